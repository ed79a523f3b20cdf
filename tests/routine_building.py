"""Routines made for tests, the format's formula written a second time, and values to throw at it.

Nothing here asks the code under test what to expect: durations, precedence and lengths are worked
out again from docs of the format, on the plain values of a file.
"""

import datetime
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import strategies as st

from backcoach.catalogue.loading import Catalogue
from backcoach.document.problems import BadFileError, Problem, show_path
from backcoach.document.reading import Document, parse_document
from backcoach.routines.checking import Routine, check_routine
from backcoach.routines.compiling import compile_routine
from backcoach.timeline.model import Phase, Timeline

Values = dict[str, Any]

DATA: Final = Path(__file__).parent / "data"

OWN: Final = """
[exercises.still]
name = "Still"
kind = "hold"

[exercises.reach]
name = "Reach"
kind = "hold"
sides = "each"
side_labels = { left = "left arm", right = "right arm" }

[exercises.march]
name = "March"
kind = "dynamic"
sides = "alternate"

[exercises.sway]
name = "Sway"
kind = "dynamic"

[exercises.sit]
name = "Sit"
kind = "timed"
dose = { duration = "30s" }
"""
"""One exercise of every sort, without a dose of its own, so that the format's figures apply."""


# --- files ---------------------------------------------------------------------------------------


def routine_of(body: str, head: str = "", catalogue: Catalogue | None = None) -> Routine:
    """The checked routine of a file with these lines, the exercises of `OWN` at its end."""
    text = f'name = "Test"\n{head}\n{body}\n{OWN}'
    return check_routine("test", parse_document(text.encode(), "test.toml"), catalogue or CATALOGUE)


def timeline_of(body: str, head: str = "", catalogue: Catalogue | None = None) -> Timeline:
    """The timeline of such a file."""
    return compile_routine(routine_of(body, head, catalogue))


def problems_of(body: str, head: str = "", catalogue: Catalogue | None = None) -> list[Problem]:
    """The problems of such a file, which must have some."""
    with pytest.raises(BadFileError) as raised:
        routine_of(body, head, catalogue)
    return raised.value.problems.found


def problem_of(body: str, head: str = "", catalogue: Catalogue | None = None) -> Problem:
    """The only problem of such a file."""
    found = problems_of(body, head, catalogue)
    assert len(found) == 1, found
    return found[0]


def places(problems: list[Problem]) -> list[tuple[str, str]]:
    """Code and path of each."""
    return [(problem.code, show_path(problem.path)) for problem in problems]


def can_be_shown(error: BadFileError) -> bool:
    """Whether it says something, and only what a terminal just prints."""
    lines = str(error).split("\n")
    return bool(error.problems) and all(line and line.isprintable() for line in lines)


def check_values(values: Values) -> Routine:
    """The routine of a file with exactly these values."""
    return check_routine("test", Document("test.toml", "", values), CATALOGUE)


CATALOGUE: Final = Catalogue()


# --- what is seen of phases ----------------------------------------------------------------------


def lengths(phases: tuple[Phase, ...]) -> list[tuple[str, int | None]]:
    """Kind and milliseconds of each."""
    return [(phase.kind.value, phase.duration_ms) for phase in phases]


def numbers(phases: tuple[Phase, ...]) -> list[tuple[str, str | None, int | None, int | None]]:
    """Kind, side, set and rep of each."""
    return [
        (phase.kind.value, phase.side.value if phase.side else None, phase.set, phase.rep)
        for phase in phases
    ]


# --- the format's formula, a second time ---------------------------------------------------------


def ms_of(written: str | int) -> int:
    """Milliseconds of an accepted duration."""
    if isinstance(written, int):
        return written * 1000
    total, digits = 0, ""
    for character in written:
        if character.isdigit():
            digits += character
        else:
            total += int(digits) * {"h": 3600, "m": 60, "s": 1}[character]
            digits = ""
    return total * 1000


@cache
def bundled(exercise: str) -> Values:
    """The plain values of a bundled exercise."""
    entry = resources.files("backcoach.catalogue") / "data" / f"{exercise}.toml"
    return tomllib.loads(entry.read_text("utf-8"))


def expected_ms(file: Values) -> int:
    """What a routine lasts, by the formula of the format, from the values of its file."""
    return sum(_step_ms(step, file) for step in file["steps"])


def _step_ms(step: Values, file: Values) -> int:
    if "rest" in step:
        return ms_of(step["rest"])
    if "repeat" in step:
        a_round = sum(_step_ms(inner, file) for inner in step["steps"])
        between = ms_of(step.get("round_rest", 0))
        return int(step["repeat"]) * a_round + (int(step["repeat"]) - 1) * between
    return _exercise_ms(step, file)


def _exercise_ms(step: Values, file: Values) -> int:
    exercise = file.get("exercises", {}).get(step["exercise"]) or bundled(step["exercise"])
    defaults, dose = file.get("defaults", {}), exercise.get("dose", {})

    def figure(key: str, last: str) -> int:
        return ms_of(next((t[key] for t in (step, defaults, dose) if key in t), last))

    prepare = figure("prepare", "10s")
    if exercise["kind"] == "timed":
        return prepare + ms_of(step.get("duration", dose.get("duration")))
    move, hold = figure("move", "4s"), figure("hold", "0s")
    rep_rest, switch = figure("rep_rest", "2s"), figure("switch", "5s")
    counts = step.get("reps", dose.get("reps", 1))
    if not isinstance(counts, list):
        counts = [counts] * step.get("sets", defaults.get("sets", dose.get("sets", 1)))
    sides = step.get("sides", exercise.get("sides", "none"))
    self_paced = step.get("pace", defaults.get("pace", "guided")) == "self"
    total = prepare + (len(counts) - 1) * figure("set_rest", "20s")
    for reps in counts:
        if sides == "alternate":
            worked, pauses, switches = 2 * reps * (move + hold), (reps - 1) * rep_rest, reps
        else:
            played = 2 if sides == "each" else 1
            worked, pauses = played * reps * (move + hold), played * (reps - 1) * rep_rest
            switches = played - 1
        if not self_paced:
            total += worked + pauses + switches * switch
        elif sides != "alternate":
            total += switches * switch
    return int(total)


# --- routines, drawn -----------------------------------------------------------------------------

SIDED: Final = ("reach", "march", "bird-dog", "bridge-march", "side-plank")
SIDELESS: Final = ("still", "sway", "plank", "cat-cow", "curl-up")
TIMED: Final = ("sit", "walk", "rest-crook")
GUIDED_KEYS: Final = ("hold", "move", "rep_rest")
OTHER_KEYS: Final = ("prepare", "switch", "set_rest")


def _written(seconds: int) -> st.SearchStrategy[str | int]:
    ways: list[str | int] = [seconds, f"{seconds}s", f"0m{seconds}s"]
    if seconds >= 60:
        ways.append(f"{seconds // 60}m{seconds % 60}s")
    return st.sampled_from(ways)


def durations(low: int = 0, high: int = 7) -> st.SearchStrategy[str | int]:
    """A duration of so many seconds, written in one of its ways."""
    return st.integers(low, high).flatmap(_written)


def _some(keys: tuple[str, ...]) -> st.SearchStrategy[Values]:
    return st.fixed_dictionaries({}, optional={key: durations() for key in keys})


COUNTS: Final = st.integers(1, 3)
REP_LISTS: Final = st.lists(COUNTS, min_size=1, max_size=3)


@st.composite
def defaults_tables(draw: st.DrawFn) -> Values:
    """A `[defaults]` table."""
    table = draw(_some((*GUIDED_KEYS, *OTHER_KEYS)))
    if draw(st.booleans()):
        table["sets"] = draw(COUNTS)
    if draw(st.booleans()):
        table["pace"] = draw(st.sampled_from(["guided", "self"]))
    return table


@st.composite
def exercise_steps(draw: st.DrawFn, defaults: Values) -> Values:
    """An exercise step that fits its exercise, its kind and the defaults."""
    exercise = draw(st.sampled_from([*SIDED, *SIDELESS, *TIMED]))
    step: Values = {"exercise": exercise}
    if exercise in TIMED:
        step |= draw(_some(("prepare",)))
        if draw(st.booleans()):
            step["duration"] = draw(durations(1, 90))
        return step
    step |= draw(_some(OTHER_KEYS))
    match draw(st.sampled_from(["none", "number", "sets", "list"])):
        case "number":
            step["reps"] = draw(COUNTS)
        case "sets":
            step["reps"], step["sets"] = draw(COUNTS), draw(COUNTS)
        case "list":
            step["reps"] = draw(REP_LISTS)
    if exercise in SIDED and draw(st.booleans()):
        step["sides"] = draw(st.sampled_from(["each", "alternate", "left", "right"]))
    if draw(st.booleans()):
        step["pace"] = draw(st.sampled_from(["guided", "self"]))
    if step.get("pace", defaults.get("pace")) != "self":
        step |= draw(_some(GUIDED_KEYS))
    return step


@st.composite
def circuits(draw: st.DrawFn, defaults: Values, depth: int) -> Values:
    """A circuit that holds at most so many more circuits in one another."""
    inner = any_steps(defaults, depth)
    step: Values = {"repeat": draw(st.integers(2, 3))}
    step["steps"] = draw(st.lists(inner, min_size=1, max_size=2))
    if draw(st.booleans()):
        step["round_rest"] = draw(durations())
    return step


def any_steps(defaults: Values, depth: int) -> st.SearchStrategy[Values]:
    """A step of any kind, circuits at most so deep."""
    rests = st.fixed_dictionaries({"rest": durations(0, 90)})
    leaves = exercise_steps(defaults) | rests
    return leaves | circuits(defaults, depth - 1) if depth else leaves


@st.composite
def routine_values(draw: st.DrawFn) -> Values:
    """The values of a whole routine file without a mistake."""
    defaults = draw(defaults_tables() | st.just({}))
    file: Values = {"name": "Drawn", "exercises": tomllib.loads(OWN)["exercises"]}
    if defaults:
        file["defaults"] = defaults
    file["steps"] = draw(st.lists(any_steps(defaults, 3), min_size=1, max_size=3))
    return file


# --- values, drawn, that are seldom right --------------------------------------------------------

_WORDS: Final = """
name summary stage tags when needs note coach safety defaults steps exercises mode hidden_for
swaps max_start_pain on_sharp_pain stops_to_end prepare move hold rep_rest switch set_rest sets
pace exercise reps duration sides rest repeat round_rest kind posture side_labels dose ceiling
ladder easier harder cues figure poses props scale breath in avoid go exit left right none each
alternate self guided on off ask end acute plank bird-dog walk still sit 10s 1m30s 10 1:30 2.5
supine timed dynamic x y lumbar max_pain smaller family replace bending-worse
"""
WORDS: Final = tuple(_WORDS.split())

_SCALARS: Final[st.SearchStrategy[Any]] = st.one_of(
    st.sampled_from(WORDS),
    st.integers(-2, 30),
    st.integers(),
    st.sampled_from([2**64, -(2**2000), 2**14000, 10**15]),
    st.booleans(),
    st.floats(),
    st.text(max_size=12),
    st.text(min_size=290, max_size=310, alphabet="a"),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.just(datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)),
)
KEYS: Final = st.sampled_from(WORDS) | st.text(max_size=6)


def toml_values(leaves: int = 12) -> st.SearchStrategy[Any]:
    """Anything that a TOML parser can give."""
    return st.recursive(
        _SCALARS,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
        max_leaves=leaves,
    )


def toml_tables() -> st.SearchStrategy[Values]:
    """A whole file of such values."""
    return st.dictionaries(KEYS, toml_values(), max_size=6)


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value


@st.composite
def spoiled(draw: st.DrawFn, files: st.SearchStrategy[Values]) -> Values:
    """A file that was right, with a value somewhere in it replaced, added or taken away."""
    file: Values = _copied(draw(files))
    for _ in range(draw(st.integers(1, 3))):
        here: Any = file
        while True:
            keys = list(here) if isinstance(here, dict) else list(range(len(here)))
            below = [key for key in keys if isinstance(here[key], dict | list) and here[key]]
            if not below or draw(st.integers(0, 3)) == 0:
                break
            here = here[draw(st.sampled_from(below))]
        if isinstance(here, dict) and draw(st.booleans()):
            here[draw(KEYS)] = draw(toml_values(4))
        elif keys:
            key = draw(st.sampled_from(keys))
            if draw(st.booleans()):
                here[key] = draw(toml_values(4))
            else:
                del here[key]
    return file
