"""How much a routine may be: past a limit there is one error, which says which."""

import pytest
from routine_building import Values, check_values

from backcoach.document.problems import BadFileError, Problem
from backcoach.routines.compiling import compile_routine
from backcoach.timeline.model import Timeline

HOUR = 3_600_000
OWN: Values = {
    "still": {"name": "Still", "kind": "hold"},
    "sit": {"name": "Sit", "kind": "timed", "dose": {"prepare": 0}},
}


def rests(count: int, seconds: int = 1) -> list[Values]:
    return [{"rest": seconds} for _ in range(count)]


def compiled(steps: list[Values]) -> Timeline:
    return compile_routine(check_values({"name": "A", "steps": steps, "exercises": OWN}))


def the_problem(steps: list[Values]) -> Problem:
    with pytest.raises(BadFileError) as raised:
        compiled(steps)
    (problem,) = raised.value.problems
    assert problem.code == "limit"
    return problem


def nested(depth: int, inmost: list[Values]) -> list[Values]:
    for _ in range(depth):
        inmost = [{"repeat": 2, "steps": inmost}]
    return inmost


def test_circuits_nest_three_deep() -> None:
    assert len(compiled(nested(3, rests(1))).phases) == 8


@pytest.mark.parametrize("depth", [4, 5, 30])
def test_and_no_deeper(depth: int) -> None:
    problem = the_problem(nested(depth, rests(1)))

    assert "3 deep" in problem.message
    assert problem.path == ("steps", 0, "steps", 0, "steps", 0, "steps", 0)


def test_200_steps() -> None:
    assert len(compiled(rests(200)).steps) == 200


def test_and_not_201() -> None:
    assert "200 steps" in the_problem(rests(201)).message


def test_steps_as_written_not_as_played() -> None:
    assert len(compiled([{"repeat": 50, "steps": rests(199)}]).phases) == 9950


@pytest.mark.parametrize("outside", [60, 201])
def test_steps_are_counted_in_circuits_too(outside: int) -> None:
    steps = [{"repeat": 2, "steps": rests(150)}, *rests(outside)]

    assert "200 steps" in the_problem(steps).message


def test_very_many_steps_are_one_error() -> None:
    bad: list[Values] = [{"rest": "x"}]

    assert "200 steps" in the_problem(rests(200) + bad * 50_000).message


def busy(reps: int) -> Values:
    """A step of so many phases, a second each."""
    return {
        "exercise": "still",
        "reps": reps,
        "hold": 1,
        "move": 0,
        "rep_rest": 0,
        "prepare": 0,
    }


BUSIEST: list[Values] = [{"repeat": 50, "steps": [busy(100)] * 4}]


def test_20_000_phases() -> None:
    timeline = compiled(BUSIEST)

    assert len(timeline.phases) == 20_000
    assert timeline.total_ms == 20_000_000


def test_and_not_one_more() -> None:
    assert "20,000 phases" in the_problem(BUSIEST + rests(1)).message


def test_phases_of_zero_length_are_not_counted() -> None:
    assert len(compiled(BUSIEST + rests(1, 0)).phases) == 20_000


def test_six_hours() -> None:
    steps: list[Values] = [{"exercise": "sit", "duration": "4h"}, *rests(4, 1800)]

    assert compiled(steps).total_ms == 6 * HOUR


def test_and_not_a_second_more() -> None:
    steps: list[Values] = [{"exercise": "sit", "duration": "4h"}, *rests(4, 1800), *rests(1)]

    assert "6 hours" in the_problem(steps).message


def test_past_two_limits_is_still_one_error() -> None:
    inmost: list[Values] = [{"exercise": "still", "reps": [100] * 20, "hold": "1h"}]
    steps: list[Values] = [{"repeat": 50, "steps": [{"repeat": 50, "steps": inmost}]}]

    assert "20,000 phases" in the_problem(steps).message
