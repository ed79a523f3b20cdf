"""Whatever the bytes of a file are, `check` says what is wrong with it, and where.

The soak lasts an hour, or `BACKCOACH_SOAK_S` seconds. What fails names its seed: given as
`BACKCOACH_FUZZ_SEED`, the default run and the soak begin with it.
"""

import json
import os
import random
from collections.abc import Callable
from typing import Final

import pytest
import tomli_w
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from routine_building import CATALOGUE, Values, routine_values, spoiled, toml_tables
from session_building import ROOT, unprintable
from toml_building import EXAMPLE, ROUTINES, slips, toml_texts

from backcoach.catalogue.loading import read_exercise
from backcoach.document.explaining import explanations
from backcoach.document.positions import Place
from backcoach.document.problems import BadFileError, Part, Problem, Severity, problem_json
from backcoach.document.reading import parse_document
from backcoach.document.reports import concise_report, count, github_report, report, text_report
from backcoach.paths import Paths
from backcoach.routines.checking import check_routine
from backcoach.routines.compiling import compile_routine
from backcoach.routines.library import Library
from backcoach.session.clock import SystemClock

USUAL: Final = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
SEED: Final = int(os.environ.get("BACKCOACH_FUZZ_SEED", "0"))
SOAK_S: Final = int(os.environ.get("BACKCOACH_SOAK_S", "3600"))
NUMBERS: Final = 800
"""So many contents are made in the default run."""
NAME: Final = "a\x1b]0;b:c,d\u202e.toml"
"""Of a file that nobody should obey."""

FILES: Final = tuple(
    path.read_bytes()
    for pattern in ("routines/*.toml", "tests/data/**/*.toml", "src/backcoach/catalogue/**/*.toml")
    for path in sorted(ROOT.glob(pattern))
)
_FRAGMENTS: Final = (
    *("[[steps]]\n", "[steps]\n", "[exercises.plank]\n", "[exercises.own]\n", "[defaults]\n"),
    *("exercise = 'plank'\n", "rest = '1m'\n", "repeat = 2\n", "steps = []\n", "reps = [1]\n"),
    *("hold = 10s\n", "hold = '1:30'\n", "pace = 'self'\n", "sides = 'each'\n", "sets = 2\n"),
    *("kind = 'hold'\n", "kind = 'timed'\n", "name = 'x'\n", "easier = 'own'\n", "a.b.c = 1\n"),
    *("{ exercise = 'bridge' },", "{ repeat = 2, steps = [{ rest = 1 }] },", "[[", "]]", "= "),
    *("nan", "-inf", f"0x{'f' * 4000}", "9" * 5000, "1e999", "2026-01-02", "true", "'''", '"""'),
    *("\\", "\\u0000", "\\U0010ffff", "\\e", "“", "\t", "\r", "\r\n", "\n", " ", "#", "'", '"'),
    *("\0", "\x1b[2J", "\x7f", "\x85", "\u2028", "\u202e", "\ufeff", "\U0001f9d8", "e\u0301"),
    *(
        "[" * 70,
        "{a=" * 70,
        "{a=[" * 190,
        "a." * 70,
        "x = [1,\n",
        "{",
        "}",
        ",",
        ".",
        "steps.x = 1\n",
    ),
)
FRAGMENTS: Final = (
    *(fragment.encode() for fragment in _FRAGMENTS),
    *(b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The library of somebody who has nothing of their own."""
    home = tmp_path_factory.mktemp("home")
    return Library(Paths(home / "data", home / "config"))


def check_anything(library: Library, content: bytes) -> None:
    """Check these bytes, and everything that is said of them."""
    problems = library.check_text(content, NAME)
    text = problems.text
    assert text is not None
    lines = text.split("\n")
    for problem in problems:
        assert explanations()[problem.code].severity is problem.severity
        assert problem.place is not None or problem.part is Part.FILE
        for place in (problem.place, *(other.place for other in problem.also)):
            assert place is None or lies_in(place, lines), problem
    for show in (concise_report, github_report, lambda problem: text_report(problem, text)):
        check_report("\n".join(report(problems, 50, show)))
    for problem in problems:
        check_json(problem)
    assert not unprintable(count(problems))
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    check_refused(content) if errors else check_accepted(content)


def lies_in(place: Place, lines: list[str]) -> bool:
    """Whether a place is one of a text with these lines."""
    starts = (place.line, place.column)
    ends = (place.end_line, place.end_column)
    if not (1 <= place.line <= place.end_line <= len(lines) and starts <= ends):
        return False
    # What is missing at the end of a line is marked where the line breaks.
    room = len(lines[place.line - 1]) + 1, len(lines[place.end_line - 1]) + 2
    return 1 <= place.column <= room[0] and 1 <= place.end_column <= room[1]


def check_report(shown: str) -> None:
    assert not unprintable(shown)
    # It has to come through a pipe as well.
    assert shown.encode("utf-8").decode("utf-8") == shown


def check_json(problem: Problem) -> None:
    value = problem_json(problem)
    shown = json.dumps(value)
    assert not unprintable(shown)
    assert json.loads(shown) == value


def check_refused(content: bytes) -> None:
    with pytest.raises(BadFileError) as raised:
        check_routine(None, parse_document(content, NAME), CATALOGUE)
    assert not unprintable(str(raised.value))


def check_accepted(content: bytes) -> None:
    document = parse_document(content, NAME)
    if "steps" not in document.values and "kind" in document.values:
        assert read_exercise(document).name
    else:
        assert compile_routine(check_routine(None, document, CATALOGUE)).steps


# --- files that were right, spoiled --------------------------------------------------------------


class Spoiler:
    """Does to bytes what slips of fingers, disks and programs do."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def spoiled(self) -> bytes:
        """A file of ours with one to four things done to it."""
        content = self._chance.choice(FILES)
        for _ in range(self._chance.randint(1, 4)):
            content = self._chance.choice(self._ways)(self, content)
        return content

    def _piece(self, content: bytes) -> tuple[int, int]:
        start = self._chance.randint(0, len(content))
        return start, start + self._chance.choice((1, 3, 10, 100))

    def _flip(self, content: bytes) -> bytes:
        """A bit, in one byte or in several."""
        changed = bytearray(content)
        for _ in range(self._chance.choice((1, 1, 5)) if content else 0):
            changed[self._chance.randrange(len(changed))] ^= 1 << self._chance.randrange(8)
        return bytes(changed)

    def _delete(self, content: bytes) -> bytes:
        start, end = self._piece(content)
        return content[:start] + content[end:]

    def _insert(self, content: bytes) -> bytes:
        start, _ = self._piece(content)
        return content[:start] + self._chance.choice(FRAGMENTS) + content[start:]

    def _replace(self, content: bytes) -> bytes:
        start, end = self._piece(content)
        return content[:start] + self._chance.choice(FRAGMENTS) + content[end:]

    def _truncate(self, content: bytes) -> bytes:
        return content[: self._piece(content)[0]]

    def _move_lines(self, content: bytes) -> bytes:
        """A line, or a few of them: twice, elsewhere, or gone."""
        lines = content.splitlines(keepends=True)
        start, there = (self._chance.randint(0, len(lines)) for _ in range(2))
        moved = lines[start : start + self._chance.choice((1, 1, 5))]
        match self._chance.randrange(4):
            case 0:
                lines[start:start] = moved
            case 1:
                lines[there:there] = moved
            case 2:
                lines[start : start + len(moved)], lines[there:there] = [], moved
            case _:
                lines[start : start + len(moved)] = []
        return b"".join(lines)

    def _mix(self, content: bytes) -> bytes:
        """The beginning of one file and the end of another."""
        other = self._chance.choice(FILES)
        return content[: self._piece(content)[0]] + other[self._piece(other)[0] :]

    def _encode(self, content: bytes) -> bytes:
        """As another program might write it."""
        text = content.decode("utf-8", "replace")
        match self._chance.randrange(4):
            case 0:
                return text.encode("utf-16")
            case 1:
                return text.encode("latin-1", "replace")
            case 2:
                return b"\xef\xbb\xbf" + content
            case _:
                return content.replace(b"\n", b"\r\n")

    _ways: Final[tuple[Callable[["Spoiler", bytes], bytes], ...]] = (
        _flip,
        _delete,
        _insert,
        _insert,
        _replace,
        _truncate,
        _move_lines,
        _move_lines,
        _mix,
        _encode,
    )


def noise(chance: random.Random) -> bytes:
    """Bytes of no meaning, some of them only those that TOML is made of."""
    length = chance.choice((0, 1, 10, 200, 2000))
    if chance.random() < 0.5:
        return chance.randbytes(length)
    return bytes(chance.choices(b"ax01 \t\n\r\"'=[]{}.,#\\-_:", k=length))


def check_number(library: Library, seed: int, number: int) -> None:
    """Check one of the contents of a seed."""
    chance = random.Random(f"{seed}/{number}")
    content = noise(chance) if number % 10 == 0 else Spoiler(chance).spoiled()
    try:
        check_anything(library, content)
    except BaseException as error:
        error.add_note(f"number {number} of BACKCOACH_FUZZ_SEED={seed}: {content!r}")
        raise


@pytest.mark.parametrize("part", range(4))
def test_spoiled_files_and_noise(library: Library, part: int) -> None:
    for number in range(part, NUMBERS, 4):
        check_number(library, SEED, number)


@pytest.mark.soak
def test_spoiled_files_and_noise_for_very_long(library: Library) -> None:
    seed = SEED or random.randrange(1, 10**9)
    clock = SystemClock()
    end_ms = clock.now().monotonic_ms + SOAK_S * 1000
    number = 0
    while clock.now().monotonic_ms < end_ms:
        check_number(library, seed, number)
        number += 1
    print(f"{number} contents of BACKCOACH_FUZZ_SEED={seed}")
    assert number


# --- values that are seldom right, written as TOML -----------------------------------------------


def check_values_written(library: Library, values: Values) -> None:
    try:
        content = tomli_w.dumps(values).encode()
    except ValueError:
        # Python doesn't write numbers that long.
        assume(False)
    check_anything(library, content)


@given(spoiled(routine_values()))
@USUAL
def test_routines_with_a_mistake(library: Library, values: Values) -> None:
    check_values_written(library, values)


@given(toml_tables())
@USUAL
def test_any_tables(library: Library, values: Values) -> None:
    check_values_written(library, values)


@given(slips(st.sampled_from((*ROUTINES, EXAMPLE))) | toml_texts())
@USUAL
def test_any_texts(library: Library, text: str) -> None:
    check_anything(library, text.encode())


@pytest.mark.soak
@given(spoiled(routine_values()) | toml_tables())
@settings(USUAL, max_examples=20_000)
def test_very_many_tables(library: Library, values: Values) -> None:
    check_values_written(library, values)
