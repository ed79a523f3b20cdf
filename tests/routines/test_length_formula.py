"""For routines of every kind: the timeline is as long as the format's formula says."""

from itertools import pairwise

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from routine_building import CATALOGUE, Values, expected_ms, routine_values

from backcoach.document.problems import BadFileError
from backcoach.document.reading import parse_document
from backcoach.routines.checking import (
    MAX_PHASES,
    MAX_TOTAL_MS,
    Break,
    PlannedStep,
    Routine,
    check_routine,
)
from backcoach.routines.checking import Circuit as PlannedCircuit
from backcoach.routines.compiling import compile_routine
from backcoach.timeline.marks import marks_of
from backcoach.timeline.model import (
    HELD_KINDS,
    REST_KINDS,
    WORK_KINDS,
    PhaseKind,
    Timeline,
    total_of,
)

USUAL = settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])


def check_written(file: Values) -> Routine | None:
    """The routine, by way of its text; None where it is longer than a routine may be."""
    document = parse_document(tomli_w.dumps(file).encode(), "drawn.toml")
    try:
        return check_routine("drawn", document, CATALOGUE)
    except BadFileError as error:
        (problem,) = error.problems
        assert problem.code == "limit", problem
        if "hours" in problem.message:
            assert expected_ms(file) > MAX_TOTAL_MS
        return None


def flat(steps: tuple[PlannedStep, ...]) -> int:
    """The phases of the steps, as the exercise steps count their own."""
    count = 0
    for step in steps:
        if isinstance(step, PlannedCircuit):
            count += step.repeat * flat(step.steps)
            count += (step.repeat - 1) * (step.round_rest_ms > 0)
        elif isinstance(step, Break):
            count += step.rest_ms > 0
        else:
            count += step.phase_count
    return count


def hold_formula(file: Values) -> None:
    routine = check_written(file)
    if routine is None:
        return
    timeline = compile_routine(routine)

    assert timeline.total_ms == expected_ms(file) <= MAX_TOTAL_MS
    assert len(timeline.phases) == flat(routine.steps) <= MAX_PHASES
    hold_together(timeline)
    hold_forms(timeline)


def hold_together(timeline: Timeline) -> None:
    """No gaps, nothing of zero length, and what lies between carries what comes next."""
    at = 0
    for phase in timeline.phases:
        assert phase.start_ms == at
        assert phase.duration_ms != 0
        assert (phase.duration_ms is None) == (phase.kind is PhaseKind.SELF_PACED)
        assert phase.marks == marks_of(phase.kind, phase.duration_ms)
        assert (phase.exercise is None) == (phase.kind is PhaseKind.REST)
        assert 1 <= phase.step <= len(timeline.steps)
        at += phase.length_ms
    assert at == timeline.total_ms
    for phase, after in pairwise(timeline.phases):
        within = phase.kind in REST_KINDS | {PhaseKind.PREPARE} and phase.exercise
        if within and after.kind in WORK_KINDS and after.step == phase.step:
            assert (phase.side, phase.set, phase.rep) == (after.side, after.set, after.rep)
            assert phase.round == after.round


def hold_forms(timeline: Timeline) -> None:
    """The steps are those that are played; their forms are as the catalogue's rules say."""
    played = {step.usual.exercise.id for step in timeline.steps if step.usual.exercise}
    for number, step in enumerate(timeline.steps, 1):
        assert step.number == number
        if step.usual.exercise is None:
            assert (step.smaller, step.easier) == (None, None)
            continue
        assert step.smaller is not None
        assert step.smaller.exercise == step.usual.exercise
        pairs = zip(step.usual.phases, step.smaller.phases, strict=True)
        for usual, smaller in pairs:
            assert (usual.kind, usual.side, usual.set, usual.rep) == (
                smaller.kind,
                smaller.side,
                smaller.set,
                smaller.rep,
            )
            if usual.kind in HELD_KINDS:
                assert smaller.length_ms == max(usual.length_ms // 2, 1000)
            else:
                assert smaller.duration_ms == usual.duration_ms
        if step.easier is not None:
            assert step.easier.exercise is not None
            assert step.easier.exercise.id not in played
            assert step.easier.phases
            assert total_of(step.easier.phases) > 0


@given(routine_values())
@USUAL
def test_a_routine_lasts_what_the_formula_says(file: Values) -> None:
    hold_formula(file)


@pytest.mark.soak
@given(routine_values())
@settings(USUAL, max_examples=3000)
def test_very_many_routines_last_what_the_formula_says(file: Values) -> None:
    hold_formula(file)
