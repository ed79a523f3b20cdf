"""Whatever a file holds, checking it ends in a routine that compiles, or in problems."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from routine_building import (
    CATALOGUE,
    Values,
    can_be_shown,
    check_values,
    routine_values,
    spoiled,
    toml_tables,
)
from toml_building import EXAMPLE, ROUTINES, slips

from backcoach.document.problems import BadFileError, show_path
from backcoach.document.reading import parse_document
from backcoach.routines.checking import check_routine
from backcoach.routines.compiling import compile_routine

USUAL = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def check_anything(values: dict[str, Any]) -> None:
    try:
        routine = check_values(values)
    except BadFileError as error:
        assert can_be_shown(error)  # noqa: PT017
        for problem in error.problems:
            assert problem.message
            assert problem.file == "test.toml"
        named = [(p.code, p.message, show_path(p.path)) for p in error.problems]
        assert len(named) == len(set(named))
    else:
        assert compile_routine(routine).steps


def check_any_text(text: str) -> None:
    """As above; and every problem has a place that the text has."""
    try:
        routine = check_routine("test", parse_document(text.encode(), "test.toml"), CATALOGUE)
    except BadFileError as error:
        assert can_be_shown(error)  # noqa: PT017
        lines = text.replace("\r\n", "\n").split("\n")
        for problem in error.problems:
            for place in (problem.place, *(other.place for other in problem.also)):
                assert place is not None
                assert 1 <= place.line <= place.end_line <= len(lines)
                assert 1 <= place.column <= len(lines[place.line - 1]) + 1
    else:
        assert compile_routine(routine).steps


SLIPPED = slips(st.sampled_from([*ROUTINES.values(), EXAMPLE]))


@given(toml_tables())
@USUAL
def test_any_values_are_a_routine_or_problems(values: Values) -> None:
    check_anything(values)


@given(spoiled(routine_values()))
@USUAL
def test_a_routine_with_a_mistake_is_a_routine_or_problems(values: Values) -> None:
    check_anything(values)


@given(SLIPPED)
@USUAL
def test_a_routine_with_a_slip_is_a_routine_or_problems(text: str) -> None:
    check_any_text(text)


@pytest.mark.soak
@given(toml_tables() | spoiled(routine_values()))
@settings(USUAL, max_examples=8000)
def test_very_many_values_are_a_routine_or_problems(values: Values) -> None:
    check_anything(values)


@pytest.mark.soak
@given(SLIPPED)
@settings(USUAL, max_examples=8000)
def test_very_many_slips_are_routines_or_problems(text: str) -> None:
    check_any_text(text)
