"""What checking costs: files by the thousand in one process, and processes with one file each.

The reference for files reads them too, with the parser and the models alone; the one for a process
imports these two and ends.
"""

import os
import random
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import Annotated, Final

import tomli
from pydantic import Field, ValidationError

from backcoach.catalogue.loading import Catalogue
from backcoach.catalogue.model import Exercise
from backcoach.document.problems import Severity
from backcoach.document.reading import MAX_BYTES
from backcoach.paths import Paths
from backcoach.routines.checking import MAX_STEPS
from backcoach.routines.library import Library
from backcoach.routines.model import CircuitStep, ExerciseStep, RestStep, RoutineFile
from benchmarks.place import BACKCOACH, LIBRARY, PYTHON, Place, Row

FILES: Final = 1000
STEPS: Final = 20
TURN: Final = 50
"""So many files are read by one, then by the other: what slows the machine slows both."""
IMPORTS: Final = (PYTHON, "-c", "import pydantic, tomli")

LEGAL: Final = """\
# This routine is no medical advice. It replaces neither an examination nor the words of whoever
# treats you: stop at once when it hurts, and ask before you go on. No warranty is given, express
# or implied, for its fitness for any purpose, as far as the law of your place permits.
"""
NOTES: Final = ("Slowly today.", "Breathe out on the way up.", "Smaller is fine.", "Neck long.")
REMARKS: Final = (
    "as far as it goes without pulling",
    "a third set from the second week on",
    "the mat is enough",
)
SYNTAX_ERROR: Final = 'prepare = "10s\n'
WRONG_VALUE: Final = 'prepare = "10 parsecs"\n'

_WARM_UP: Final = """\
[[steps]]
exercise = "walk"
duration = "60s"
"""
_CIRCUIT: Final = """\
[[steps]]
repeat = 2
round_rest = "20s"
steps = [
  { exercise = "bridge", reps = 2, hold = "3s", prepare = "45s" },
  { exercise = "bird-dog", reps = 1, hold = "3s", prepare = "45s" },
]
"""


class _Circuit(CircuitStep, title="Circuit"):
    """With steps that pydantic checks."""

    steps: Annotated[list["ExerciseStep | RestStep | _Circuit"], Field(min_length=1)]


class _WholeFile(RoutineFile, title="Routine"):
    """Checked by pydantic alone: nothing in it is left for a second look."""

    steps: Annotated[list[ExerciseStep | RestStep | _Circuit], Field(min_length=1)]
    exercises: dict[str, Exercise] = {}


def measure_check(place: Place, runs: int) -> Iterator[Row]:
    """Files in one process, then whole processes."""
    writer = _Writer()
    right = [writer.routine(number) for number in range(FILES)]
    wrong = [_spoil(text, number) for number, text in enumerate(right)]
    yield _measure_files("right", _write(place.folder / "right", right), place, runs, errors=0)
    yield _measure_files("one error", _write(place.folder / "wrong", wrong), place, runs, errors=1)
    small = LIBRARY / "core-foundation.toml"
    yield _measure_process("a small file", small, place, runs, errors=0)
    large = [writer.large(SYNTAX_ERROR), writer.large(WRONG_VALUE)]
    syntax, value = _write(place.folder / "large", large)
    yield _measure_process("1 MiB, syntax at end", syntax, place, runs, errors=1)
    yield _measure_process("1 MiB, value at end", value, place, runs, errors=1)


def _measure_files(
    what: str, paths: Sequence[Path], place: Place, runs: int, *, errors: int
) -> Row:
    """Milliseconds for all files, by the check and by the reference."""
    library = Library(Paths(place.folder / "data", place.folder / "config"))
    for path in paths:
        # The catalogue is read at the first time, which isn't what is measured.
        problems = library.check_file(path)
        found = [problem for problem in problems if problem.severity is Severity.ERROR]
        assert len(found) == errors, found
        _validate(path)
    ours_ms, bare_ms = [], []
    for _ in range(runs):
        ours_s = bare_s = 0.0
        for start in range(0, len(paths), TURN):
            turn = paths[start : start + TURN]
            ours_s += _seconds(library.check_file, turn)
            bare_s += _seconds(_validate, turn)
        ours_ms.append(ours_s * 1000)
        bare_ms.append(bare_s * 1000)
    return Row(f"{len(paths)} files: {what}", "ms", median(ours_ms), median(bare_ms))


def _seconds(read: Callable[[Path], object], paths: Sequence[Path]) -> float:
    began_s = time.perf_counter()
    for path in paths:
        read(path)
    return time.perf_counter() - began_s


def _validate(path: Path) -> None:
    """The reference: what a wrong file raises is all that is said of it."""
    with suppress(tomli.TOMLDecodeError, ValidationError):
        _WholeFile.model_validate(tomli.loads(path.read_bytes().decode("utf-8")))


def _measure_process(what: str, path: Path, place: Place, runs: int, *, errors: int) -> Row:
    """Milliseconds from the start of a process to its end."""
    ours_ms, bare_ms = [], []
    for _ in range(runs):
        bare_ms.append(_run_ms(place, IMPORTS, 0))
        ours_ms.append(_run_ms(place, (BACKCOACH, "check", str(path)), bool(errors)))
    return Row(f"process: {what}", "ms", median(ours_ms), median(bare_ms))


def _run_ms(place: Place, command: Sequence[str], status: int) -> float:
    began_s = time.perf_counter()
    done = subprocess.run(
        command, env={**os.environ, **place.environment}, capture_output=True, check=False
    )
    took_s = time.perf_counter() - began_s
    assert done.returncode == status, done
    return took_s * 1000


def _write(folder: Path, texts: Sequence[str]) -> list[Path]:
    folder.mkdir()
    paths = [folder / f"routine-{number}.toml" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


class _Writer:
    """Writes routines as people do: other exercises and doses in each, and a remark here and there.

    The same ones every time; one in ten has a warning.
    """

    def __init__(self) -> None:
        self._random = random.Random(0)
        self._catalogue = Catalogue()
        self._posture = ""

    def routine(self, number: int) -> str:
        """A routine of twenty steps without a mistake."""
        self._posture = ""
        steps = [self._step() for _ in range(STEPS - 4)]
        return _head(number) + "\n".join((_WARM_UP, *steps, _CIRCUIT))

    def large(self, end: str) -> str:
        """As many steps and bytes as a file may have, and these characters at its end."""
        head = _head(0)
        steps = [self._step() for _ in range(MAX_STEPS - 1)]
        last = f'[[steps]]\nexercise = "plank"\n{end}'
        room = MAX_BYTES - len("".join((head, *steps, last)).encode())
        legal = LEGAL * (room // len(LEGAL) // len(steps))
        return "".join((head, *(f"{legal}{step}" for step in steps), last))

    def _step(self) -> str:
        pick = self._random
        if pick.random() < 0.1:
            return f'[[steps]]\nrest = "{pick.randint(10, 60)}s"\n'
        name = pick.choice(self._catalogue.ids)
        exercise = self._catalogue.get(name)
        assert exercise is not None
        lines = ["[[steps]]", f'exercise = "{name}"']
        if exercise.kind == "timed":
            lines.append(f'duration = "{pick.randint(30, 60)}s"')
        else:
            lines.append(f"reps = {pick.choice(['2', '[2]', '[1, 1]'])}")
            if pick.random() < 0.6:
                lines.append(f'hold = "{pick.randint(1, 2)}s"')
        if exercise.posture != self._posture or pick.random() < 0.2:
            lines.append(f'prepare = "{pick.randint(45, 60)}s"')
        self._posture = exercise.posture
        if pick.random() < 0.2:
            lines.append(f'note = "{pick.choice(NOTES)}"')
        if pick.random() < 0.3:
            lines[-1] += f"  # {pick.choice(REMARKS)}"
        return "\n".join(lines) + "\n"


def _head(number: int) -> str:
    return f"""\
#:schema ./routine.schema.json

# A routine for the days on which there is more time than usual. What a step leaves out comes
# from [defaults], else from the exercise itself.

name = "Routine {number}"
summary = "Mobility first, then the core, then a rest."
stage = ["prevention"]
tags = ["core", "long"]
when = "3 × a week"
needs = ["mat"]

[safety]
max_start_pain = 3

[defaults]
set_rest = "30s"

"""


def _spoil(text: str, number: int) -> str:
    """The same with one of the mistakes that people make, in the middle or at the end."""
    slips = (
        ("round_rest", "roundrest"),
        ('"20s"', '"20 parsecs"'),
        ("repeat = 2", "repeat = 1"),
        ('"bridge"', '"brigde"'),
        ("repeat = 2", 'repeat = "2"'),
        ("repeat = 2", "repeat = 2 times"),
        ("\n[defaults]", "\n[default]"),
        ('stage = ["prevention"]', 'stage = ["preventive"]'),
        ("max_start_pain = 3", "max_start_pain = 11"),
        ('{ exercise = "bird-dog", ', "{ "),
    )
    before, after = slips[number % len(slips)]
    return text.replace(before, after, 1)
