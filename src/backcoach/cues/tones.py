"""The programs that play our short WAV files, and how each is asked to."""

import sys
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

from backcoach.cues.children import Command
from backcoach.cues.sounds import Tone

LIMIT_S: Final = 3.0
"""A player that takes longer hangs: no tone is longer than a second and a half."""
_HEADER_BYTES: Final = 44
_PLAY: Final = (
    "$player = New-Object System.Media.SoundPlayer ([Console]::In.ReadLine()); $player.PlaySync()"
)


@dataclass(frozen=True, slots=True)
class Note:
    """A tone to play; `volume` is from 0 to 100."""

    tone: Tone
    volume: int = 100

    @property
    def path(self) -> Path:
        """Its file."""
        # Installed as files, never as a zip: a player needs one by its name.
        return Path(str(resources.files("backcoach.cues"))) / "tones" / f"{self.tone}.wav"

    def softened(self) -> bytes:
        """The file's bytes at the volume, for a player that knows none."""
        content = self.path.read_bytes()
        samples = array("h", content[_HEADER_BYTES:])
        swap = sys.byteorder == "big"
        if swap:
            samples.byteswap()
        softer = array("h", (sample * self.volume // 100 for sample in samples))
        if swap:
            softer.byteswap()
        return content[:_HEADER_BYTES] + softer.tobytes()


@dataclass(frozen=True, slots=True)
class Player:
    """A program that plays a WAV file.

    Attributes:
        platform: where it is looked for, `sys.platform`; "" everywhere.
        command: how it plays a note, from its path on.
    """

    name: str
    command: Callable[[str, Note], Command]
    platform: str = ""

    @property
    def here(self) -> bool:
        """Whether it is looked for on this machine."""
        return self.platform in ("", sys.platform)


def _afplay(path: str, note: Note) -> Command:
    return Command((path, "-v", f"{note.volume / 100:.2f}", str(note.path)), LIMIT_S)


def _pw_play(path: str, note: Note) -> Command:
    return Command((path, f"--volume={note.volume / 100:.2f}", str(note.path)), LIMIT_S)


def _paplay(path: str, note: Note) -> Command:
    return Command((path, f"--volume={65536 * note.volume // 100}", str(note.path)), LIMIT_S)


def _aplay(path: str, note: Note) -> Command:
    return Command((path, "-q", "-"), LIMIT_S, stdin=note.softened())


def _ffplay(path: str, note: Note) -> Command:
    options = ("-nodisp", "-autoexit", "-loglevel", "quiet", "-volume", str(note.volume))
    return Command((path, *options, str(note.path)), LIMIT_S)


def _play(path: str, note: Note) -> Command:
    return Command((path, "-q", "-v", f"{note.volume / 100:.2f}", str(note.path)), LIMIT_S)


def _powershell(path: str, note: Note) -> Command:
    argv = (path, "-NoProfile", "-NonInteractive", "-Command", _PLAY)
    return Command(argv, LIMIT_S, stdin=f"{note.path}\r\n".encode())


PLAYERS: Final = (
    Player("afplay", _afplay, platform="darwin"),
    Player("powershell", _powershell, platform="win32"),
    Player("pw-play", _pw_play, platform="linux"),
    Player("paplay", _paplay),
    Player("aplay", _aplay),
    Player("play", _play),
    Player("ffplay", _ffplay),
)
"""The best first."""
