"""What only the whole file can tell of a problem in it: which exercise was meant, and where a key
belongs."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from backcoach.document.problems import Path, Problem, Problems
from backcoach.routines.exercises import Exercises
from backcoach.routines.model import RoutineFile

_NAMES_EXERCISES: Final = ("exercise", "replace", "easier", "harder")


def improve_hints(problems: Problems, values: Mapping[str, Any], exercises: Exercises) -> None:
    """Say more of what was meant, where the values of the whole file tell it.

    An exercise that is named by what is no id isn't told again where its own table is told of.
    """
    improved = []
    for problem in problems.found:
        better = _improve(problem, values, exercises) if problems.hinting else problem
        if better is not None:
            improved.append(better)
    problems.found = improved


def _improve(problem: Problem, values: Mapping[str, Any], exercises: Exercises) -> Problem | None:
    *_, last = problem.path or ("",)
    if problem.code == "not-an-id" and last in _NAMES_EXERCISES:
        named = str(_value_at(values, problem.path))
        if exercises.is_broken(named):
            return None
        return replace(problem, help=exercises.suggest(named))
    if problem.path == ("exercises",):
        return replace(problem, help="give each an id: `[exercises.wall-sit]`")
    if problem.code == "unknown-key" and problem.path[0] != last and last in _TOP_LEVEL:
        # In TOML a key belongs to the header above it.
        if isinstance(_value_at(values, problem.path), dict):
            return replace(problem, help=f"its header is `[{last}]`")
        return replace(problem, help=f"`{last}` belongs above the first header, `[[steps]]` or so")
    return problem


_TOP_LEVEL: Final = frozenset({*RoutineFile.model_fields} - {"steps", "exercises", "note"})


def _value_at(values: Any, path: Path) -> Any:
    """What a document has at a path that it has."""
    for part in path:
        values = values[part]
    return values
