"""The routines that come with the program."""

import tomllib
from pathlib import Path

import pytest
from routine_building import expected_ms

from backcoach.catalogue.postures import change_ms
from backcoach.paths import Paths
from backcoach.routines.finding import bundled_folder
from backcoach.routines.library import Library
from backcoach.timeline.model import Timeline

TOTALS = {
    "bird-dogs": 257_000,
    "bridges": 297_000,
    "core-foundation": 877_000,
    "knee-to-chest": 291_000,
    "planks": 270_000,
}

each = pytest.mark.parametrize("name", sorted(TOTALS))


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
    values = tomllib.loads((bundled_folder() / f"{name}.toml").read_text("utf-8"))

    assert expected_ms(values) == TOTALS[name]


@each
def test_the_file_is_no_laxer_than_its_exercises(name: str, tmp_path: Path) -> None:
    values = tomllib.loads((bundled_folder() / f"{name}.toml").read_text("utf-8"))

    assert load(name, tmp_path).safety.max_start_pain == values["safety"]["max_start_pain"]


@each
def test_there_is_time_for_every_change_of_posture(name: str, tmp_path: Path) -> None:
    posture = "standing"
    for step in load(name, tmp_path).steps:
        if step.usual.exercise:
            assert step.prepare_ms >= change_ms(posture, step.usual.exercise.posture), step.name
            posture = step.usual.exercise.posture


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
