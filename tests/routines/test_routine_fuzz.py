"""Whatever a file holds, checking it ends in a routine that compiles, or in problems."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from routine_building import (
    Values,
    can_be_shown,
    check_values,
    routine_values,
    spoiled,
    toml_tables,
)

from backcoach.document.problems import BadFileError, show_path
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


@given(toml_tables())
@USUAL
def test_any_values_are_a_routine_or_problems(values: Values) -> None:
    check_anything(values)


@given(spoiled(routine_values()))
@USUAL
def test_a_routine_with_a_mistake_is_a_routine_or_problems(values: Values) -> None:
    check_anything(values)


@pytest.mark.soak
@given(toml_tables() | spoiled(routine_values()))
@settings(USUAL, max_examples=8000)
def test_very_many_values_are_a_routine_or_problems(values: Values) -> None:
    check_anything(values)
