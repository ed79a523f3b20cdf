"""Measure how long the catalogue's lines take to say: `python tools/measure_cues.py [--check]`.

Each line is spoken once by `espeak-ng` into a WAV file, never on a sound device. The milliseconds,
without the silence before and after, go to `catalogue/tables/spoken.toml`. Nothing of the program
runs this: it is for whoever changes a line. `--check` only compares the table with the catalogue,
and needs no voice.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import wave
from array import array
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, get_args

import tomli_w

from backcoach.catalogue.loading import Catalogue, bundled_ids
from backcoach.catalogue.model import Kind, Posture
from backcoach.cues.lengths import sentence
from backcoach.cues.own_lines import OWN_LINES
from backcoach.document.reading import parse_document
from backcoach.routines.checking import check_routine
from backcoach.routines.compiling import compile_routine
from backcoach.timeline.model import Cues, Exercise

TABLE: Final = (
    Path(__file__).resolve().parents[1] / "src" / "backcoach" / "catalogue" / "tables"
) / "spoken.toml"
PROGRAM: Final = "espeak-ng"
VOICE: Final = "en-gb"
WORDS_A_MINUTE: Final = 150
TIMEOUT_S: Final = 20
SILENCE: Final = 64
"""A sample of 16 bits that is no further from zero can't be heard."""

HEADER: Final = """\
# How long each line of the catalogue takes to say, in milliseconds: the cues and names of the
# exercises in `data/`, the words that an exercise without its own is given, and the player's own.
# Measured with espeak-ng {version}, voice {voice}, {rate} words a minute, the silence around a line
# left out. Written by `python tools/measure_cues.py`: run it again when a line changes.
"""


class CantMeasureError(Exception):
    """There is no voice, or it made nothing that can be measured."""


# --- what is said --------------------------------------------------------------------------------


def lines_to_measure() -> set[str]:
    """Every line that the catalogue has the player say, the default ones included."""
    bundled = _compiled(dict.fromkeys(sorted(bundled_ids())))
    # Without words of their own, so that they are given the default ones.
    silent: dict[str, dict[str, Any] | None] = {
        f"own-{kind}-{posture}": {"name": "Own", "kind": kind, "posture": posture}
        for kind in get_args(Kind)
        for posture in get_args(Posture)
    }
    return {
        *(exercise.name for exercise in bundled),
        *(line for exercise in (*bundled, *_compiled(silent)) for line in cue_lines(exercise.cues)),
        *(sentence(label) for exercise in bundled for label in exercise.labels),
        *OWN_LINES,
    }


def cue_lines(cues: Cues) -> list[str]:
    """All lines that there are in some cues."""
    each_rep = (cues.lift, cues.lower, cues.last, cues.between, cues.again)
    lists = (*cues.setup, *cues.go, *cues.hold, *cues.exit, *cues.up)
    return [line for line in (*each_rep, *lists) if line]


def _compiled(exercises: Mapping[str, dict[str, Any] | None]) -> list[Exercise]:
    """Some exercises as the player gets them, those with values as a file's own."""
    own = {
        name: {**values, "dose": {"duration": "1m"}} if values["kind"] == "timed" else values
        for name, values in exercises.items()
        if values is not None
    }
    steps = [{"exercise": name} for name in exercises]
    values = {"name": "Every line", "steps": steps, "exercises": own}
    document = parse_document(tomli_w.dumps(values).encode(), "every-line.toml")
    routine = check_routine("every-line", document, Catalogue())
    played = [step.usual.exercise for step in compile_routine(routine).steps]
    return [exercise for exercise in played if exercise is not None]


# --- how long it takes ---------------------------------------------------------------------------


def measure(lines: Iterable[str]) -> dict[str, int]:
    """Milliseconds by line.

    Raises:
        CantMeasureError: a line can't be spoken.
    """
    with tempfile.TemporaryDirectory(prefix="backcoach-cues-") as folder:
        wav = Path(folder) / "line.wav"
        spoken = {}
        for line in sorted(lines):
            wav.unlink(missing_ok=True)
            _run("-v", VOICE, "-s", str(WORDS_A_MINUTE), "-w", str(wav), "--", line)
            spoken[line] = sound_ms(wav)
        return spoken


def sound_ms(path: Path) -> int:
    """Milliseconds from the first to the last sound of a WAV file, rounded up.

    Raises:
        CantMeasureError: it isn't one channel of 16 bits, or all of it is silence.
    """
    try:
        with wave.open(str(path), "rb") as file:
            if (file.getnchannels(), file.getsampwidth()) != (1, 2):
                raise CantMeasureError(f"{path.name}: not one channel of 16 bits")
            rate = file.getframerate()
            samples = array("h", file.readframes(file.getnframes()))
    except (OSError, EOFError, wave.Error) as error:
        raise CantMeasureError(f"{path.name}: {error}") from error
    if sys.byteorder == "big":
        samples.byteswap()
    heard = [index for index, sample in enumerate(samples) if abs(sample) > SILENCE]
    if not heard:
        raise CantMeasureError(f"{path.name}: nothing but silence")
    return -(-(heard[-1] - heard[0] + 1) * 1000 // rate)


def voice_version() -> str:
    """The version of `espeak-ng`, and nothing of where it is installed.

    Raises:
        CantMeasureError: it isn't there, or doesn't say.
    """
    said = _run("--version")
    found = re.search(r"\d+(\.\d+)+[-\w]*", said)
    if found is None:
        raise CantMeasureError(f"{PROGRAM} doesn't say its version: {said.strip()!r}")
    return found.group()


def _run(*arguments: str) -> str:
    """What `espeak-ng` prints; it reads nothing."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise CantMeasureError(
            f"{PROGRAM} isn't installed; it is a package of that name in most systems"
        )
    try:
        done = subprocess.run(
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CantMeasureError(f"{PROGRAM} took longer than {TIMEOUT_S} s") from error
    except OSError as error:
        raise CantMeasureError(f"{PROGRAM} can't be started: {error.strerror}") from error
    if done.returncode:
        raise CantMeasureError(f"{PROGRAM} ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


# --- the table -----------------------------------------------------------------------------------


def table_text(spoken: Mapping[str, int], version: str) -> str:
    """The table's file: its header, then a line each, sorted."""
    head = HEADER.format(version=version, voice=VOICE, rate=WORDS_A_MINUTE)
    # What JSON escapes in a string, TOML reads back.
    rows = (f"{json.dumps(line, ensure_ascii=False)} = {spoken[line]}\n" for line in sorted(spoken))
    return head + "".join(rows)


def differences(lines: set[str], table: Iterable[str]) -> list[str]:
    """What a table lacks of these lines, and what it has beside them, in words."""
    measured = set(table)
    return [
        *(f"not measured: {line!r}" for line in sorted(lines - measured)),
        *(f"said nowhere: {line!r}" for line in sorted(measured - lines)),
    ]


def main(arguments: list[str] | None = None) -> int:
    """Write the table, or compare it. 0: well; 1: it differs, or can't be measured."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="only say whether the table is whole")
    parser.add_argument("--table", type=Path, default=TABLE, help="another file than the bundled")
    given = parser.parse_args(arguments)
    lines = lines_to_measure()
    if given.check:
        table = tomllib.loads(given.table.read_text("utf-8")) if given.table.exists() else {}
        found = differences(lines, table)
        print("\n".join(found) or f"{len(lines)} lines, all of them measured")
        return 1 if found else 0
    try:
        text = table_text(measure(lines), voice_version())
    except CantMeasureError as error:
        print(f"measure_cues: {error}", file=sys.stderr)
        return 1
    given.table.write_text(text, "utf-8", newline="\n")
    print(f"{len(lines)} lines measured")
    return 0


if __name__ == "__main__":
    sys.exit(main())
