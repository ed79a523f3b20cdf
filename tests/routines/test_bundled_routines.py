"""The routines that come with the program."""

import tomllib
from pathlib import Path

import pytest
from routine_building import CATALOGUE, expected_ms

from backcoach.catalogue.postures import change_ms
from backcoach.document.reading import parse_document
from backcoach.paths import Paths
from backcoach.routines.checking import check_routine
from backcoach.routines.compiling import compile_routine
from backcoach.routines.finding import bundled_folder
from backcoach.routines.library import Library
from backcoach.timeline.model import Timeline

TOTALS = {
    "acute-relief": 482_000,
    "back-on-track": 754_000,
    "bird-dogs": 257_000,
    "bridge-plank-builder": 894_000,
    "bridges": 297_000,
    "core-big3": 763_000,
    "core-foundation": 877_000,
    "desk-break": 252_000,
    "evening-winddown": 656_000,
    "flare-first-48h": 976_000,
    "knee-to-chest": 291_000,
    "morning-mobility": 561_000,
    "planks": 270_000,
    "prevention-20": 1_200_000,
}

STRICTER_EXERCISES = {"acute-relief": 5}
"""Where an exercise is stricter than its file: the two movements between rests that are for 7."""

each = pytest.mark.parametrize("name", sorted(TOTALS))


def text_of(name: str) -> str:
    return (bundled_folder() / f"{name}.toml").read_text("utf-8")


def examples_of(text: str) -> list[range]:
    """The lines of each block of comments that begins with "# Try this:", without that line."""
    lines = text.splitlines()
    found = []
    for first in (number for number, line in enumerate(lines, 1) if line == "# Try this:"):
        end = first
        while end < len(lines) and lines[end].startswith("#"):
            end += 1
        found.append(range(first, end))
    return found


def uncommented(text: str, example: range) -> str:
    """The file with these lines as a person would have them work."""
    lines = text.splitlines()
    for number in example:
        lines[number] = lines[number].removeprefix("#").removeprefix(" ")
    return "\n".join(lines)


EXAMPLES = [
    pytest.param(name, example, id=f"{name}:{example.start + 1}")
    for name in sorted(TOTALS)
    for example in examples_of(text_of(name))
]


def load(name: str, tmp_path: Path) -> Timeline:
    library = Library(Paths(tmp_path, tmp_path))
    return library.load(library.find(name))


def test_all_of_them_are_there(tmp_path: Path) -> None:
    entries = Library(Paths(tmp_path, tmp_path)).entries()

    assert [entry.id for entry in entries] == sorted(TOTALS)
    assert {entry.source for entry in entries} == {"bundled"}


@each
def test_how_long_it_is(name: str, tmp_path: Path) -> None:
    assert load(name, tmp_path).total_ms == TOTALS[name]


@each
def test_as_the_formula_has_it(name: str) -> None:
    values = tomllib.loads(text_of(name))

    assert expected_ms(values) == TOTALS[name]


@each
def test_the_file_is_no_laxer_than_its_exercises(name: str, tmp_path: Path) -> None:
    in_file = tomllib.loads(text_of(name))["safety"]["max_start_pain"]
    strictest = STRICTER_EXERCISES.get(name, in_file)

    assert strictest <= in_file
    assert load(name, tmp_path).safety.max_start_pain == strictest


@each
def test_there_is_time_for_every_change_of_posture(name: str, tmp_path: Path) -> None:
    """From standing; a routine that begins seated begins in the chair."""
    before = "standing"
    for step in load(name, tmp_path).steps:
        assert step.usual.exercise is not None
        posture = step.usual.exercise.posture
        if step.number == 1 and posture == "seated":
            before = "seated"
        assert step.prepare_ms >= change_ms(before, posture), step.name
        before = posture


@each
def test_no_hold_passes_its_ceiling(name: str, tmp_path: Path) -> None:
    for step in load(name, tmp_path).steps:
        assert step.usual.exercise is not None
        ceiling = step.usual.exercise.ceiling.hold_ms
        if ceiling is not None and step.usual.reps:
            assert step.usual.hold_ms <= ceiling


@each
def test_every_step_can_be_made_smaller(name: str, tmp_path: Path) -> None:
    timeline = load(name, tmp_path)
    played = {step.usual.exercise.id for step in timeline.steps if step.usual.exercise}

    for step in timeline.steps:
        assert step.smaller is not None
        assert len(step.smaller.phases) == len(step.usual.phases)
        if step.easier is not None:
            assert step.easier.exercise is not None
            assert step.easier.exercise.id not in played


@each
def test_an_editor_finds_the_schema_and_no_line_is_long(name: str) -> None:
    lines = text_of(name).splitlines()

    assert lines[0] == "#:schema ./routine.schema.json"
    assert max(len(line) for line in lines) <= 100


def test_there_are_examples_to_try() -> None:
    assert len(EXAMPLES) >= 10


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_an_example_works_once_it_is_uncommented(name: str, example: range) -> None:
    text = uncommented(text_of(name), example)
    document = parse_document(text.encode(), f"{name}.toml")
    timeline = compile_routine(check_routine(name, document, CATALOGUE))

    assert document.values != tomllib.loads(text_of(name))
    assert timeline.total_ms == expected_ms(tomllib.loads(text))


@each
def test_all_examples_of_a_file_work_together(name: str) -> None:
    text = text_of(name)
    for example in examples_of(text):
        text = uncommented(text, example)

    check_routine(name, parse_document(text.encode(), f"{name}.toml"), CATALOGUE)
