"""The programs that speak, and how each is asked to: never by a shell."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from backcoach.cues.children import Command
from backcoach.cues.lengths import MEASURED_RATE

LONGEST: Final = 400
"""So many characters of a line are said: names come from people's files."""
SPARE_S: Final = 4.0
_SPECIAL: Final = frozenset('[]<>{}|\\^`"$&*_~=#@/')
"""What one voice or another takes for an instruction: phonemes, commands, markup."""
_SAPI: Final = (
    "[Console]::InputEncoding = [Text.Encoding]::UTF8; "
    "Add-Type -AssemblyName System.Speech; "
    "$voice = New-Object System.Speech.Synthesis.SpeechSynthesizer; "
    "$voice.Rate = {rate}; $voice.Volume = {volume}; "
    "$voice.Speak([Console]::In.ReadToEnd())"
)


@dataclass(frozen=True, slots=True)
class Line:
    """Something to say.

    Attributes:
        ms: how long that takes.
        rate: words a minute.
        volume: 0 to 100.
    """

    text: str
    ms: int
    rate: int = MEASURED_RATE
    volume: int = 100

    @property
    def stdin(self) -> bytes:
        """The text as a program reads it."""
        return tame(self.text).encode() + b"\n"

    @property
    def limit_s(self) -> float:
        """A voice that takes longer than this hangs."""
        return self.ms * 2 / 1000 + SPARE_S


@dataclass(frozen=True, slots=True)
class Voice:
    """A program that speaks.

    Attributes:
        platform: where it is looked for, `sys.platform`; "" everywhere.
        command: how it says a line, from its path on.
        tells: whether it fails where there is no sound device; else it only ends too soon.
    """

    name: str
    command: Callable[[str, Line], Command]
    platform: str = ""
    tells: bool = True

    @property
    def here(self) -> bool:
        """Whether it is looked for on this machine."""
        return self.platform in ("", sys.platform)


def tame(text: str) -> str:
    """A text in which nothing is an option, an instruction or a control character."""
    kept = "".join(c if c.isprintable() and c not in _SPECIAL else " " for c in text[:LONGEST])
    return " ".join(kept.split()).lstrip("-+/ ")


def _say(path: str, line: Line) -> Command:
    # It has no option for the volume, but reads this; of the text nothing is left in brackets.
    volume = f"[[volm {line.volume / 100:.2f}]] ".encode()
    return Command((path, "-r", str(line.rate), "-f", "-"), line.limit_s, stdin=volume + line.stdin)


def _spd_say(path: str, line: Line) -> Command:
    rate = max(-100, min(100, round((line.rate - MEASURED_RATE) * 0.6)))
    # It has no reading from stdin that waits. A text is one argument, and behind the dashes.
    argv = (path, "--wait", "-r", str(rate), "-i", str(line.volume - 100), "--", tame(line.text))
    # No `--cancel` after a cut: it may silence what a screen reader says to its own person.
    return Command(argv, line.limit_s)


def _espeak(path: str, line: Line) -> Command:
    argv = (path, "-v", "en-gb", "-s", str(line.rate), "-a", str(line.volume), "--stdin")
    return Command(argv, line.limit_s, stdin=line.stdin)


def _powershell(path: str, line: Line) -> Command:
    rate = max(-10, min(10, round((line.rate - 180) / 12)))
    script = _SAPI.replace("{rate}", str(rate)).replace("{volume}", str(line.volume))
    argv = (path, "-NoProfile", "-NonInteractive", "-Command", script)
    return Command(argv, line.limit_s, stdin=line.stdin)


VOICES: Final = (
    Voice("say", _say, platform="darwin"),
    Voice("powershell", _powershell, platform="win32"),
    # Before spd-say: killed, it is silent at once, and it shares nothing with a screen reader.
    Voice("espeak-ng", _espeak, tells=False),
    Voice("spd-say", _spd_say, platform="linux"),
    Voice("espeak", _espeak, tells=False),
)
"""The best first."""
