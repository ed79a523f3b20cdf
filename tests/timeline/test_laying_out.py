"""Phases in time, and what the small parts of a timeline say of themselves."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backcoach.timeline.marks import marks_of
from backcoach.timeline.model import (
    REP_KINDS,
    REST_KINDS,
    WORK_KINDS,
    Exercise,
    Form,
    Phase,
    PhaseKind,
    Side,
    Step,
    Timeline,
    lay_out,
    total_of,
    with_duration,
)

HOLD = Phase(PhaseKind.HOLD, 5000, 1, "still", Side.LEFT, 1, 2)

phases = st.builds(
    Phase,
    kind=st.sampled_from(list(PhaseKind)),
    duration_ms=st.none() | st.integers(0, 60_000),
    step=st.integers(1, 5),
)


@given(st.lists(phases, max_size=12))
@settings(deadline=None, max_examples=150)
def test_laid_out_without_gaps_and_without_nothing(given_phases: list[Phase]) -> None:
    laid = lay_out(given_phases)
    at = 0
    for phase in laid:
        assert phase.duration_ms != 0
        assert phase.start_ms == at
        assert phase.marks == marks_of(phase.kind, phase.duration_ms)
        at += phase.length_ms
    assert at == total_of(given_phases) == Timeline("a", "A", laid, ()).total_ms
    assert [replace(phase, start_ms=0, marks=()) for phase in laid] == [
        phase for phase in given_phases if phase.duration_ms != 0
    ]


@given(st.lists(phases, max_size=12))
@settings(deadline=None, max_examples=50)
def test_laying_out_twice_changes_nothing(given_phases: list[Phase]) -> None:
    assert lay_out(lay_out(given_phases)) == lay_out(given_phases)


def test_a_self_paced_phase_counts_nothing() -> None:
    laid = lay_out([Phase(PhaseKind.SELF_PACED, None, 1), HOLD])

    assert [phase.start_ms for phase in laid] == [0, 0]
    assert laid[0].length_ms == 0
    assert total_of(laid) == 5000


def test_another_length_moves_the_marks() -> None:
    phase = with_duration(lay_out([HOLD])[0], 20_000)

    assert phase.duration_ms == 20_000
    assert phase.marks == marks_of(PhaseKind.HOLD, 20_000)
    assert replace(phase, duration_ms=5000, marks=()) == HOLD


def test_every_kind_is_work_or_rest_or_prepare() -> None:
    assert set(PhaseKind) - WORK_KINDS - REST_KINDS == {PhaseKind.PREPARE}
    assert not WORK_KINDS & REST_KINDS
    assert REP_KINDS < WORK_KINDS


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (replace(HOLD, kind=PhaseKind.MOVE_OUT), True),
        (replace(HOLD, kind=PhaseKind.REP_REST), False),
        (replace(HOLD, rep=3), False),
        (replace(HOLD, set=2), False),
        (replace(HOLD, side=Side.RIGHT), False),
        (replace(HOLD, round=2), False),
        (replace(HOLD, step=2), False),
    ],
)
def test_parts_of_one_rep(other: Phase, same: bool) -> None:
    assert HOLD.same_rep(other) is same
    assert other.same_rep(HOLD) is same


def test_a_rest_between_rounds_is_no_part_of_the_step_it_leads_to() -> None:
    rest = Phase(PhaseKind.REST, 5000, 1, round=2)
    prepare = Phase(PhaseKind.PREPARE, 5000, 1, "still", round=2)

    assert rest.run != prepare.run
    assert prepare.run == replace(prepare, kind=PhaseKind.HOLD, rep=2, set=3).run


def test_words_for_a_side() -> None:
    reach = Exercise("reach", "Reach", "hip", "supine", labels=("left leg", "right leg"))
    bare = Exercise("bare", "Bare", "hip", "supine")

    assert [reach.label(side) for side in (Side.LEFT, Side.RIGHT, None)] == [
        "left leg",
        "right leg",
        "",
    ]
    assert [bare.label(side) for side in (Side.LEFT, Side.RIGHT, None)] == ["left", "right", ""]


def test_a_step_is_named_by_its_exercise() -> None:
    assert Step(1, Form(Exercise("reach", "Reach", "hip", "supine"))).name == "Reach"
    assert Step(2, Form(None)).name == "Rest"


@pytest.mark.parametrize(
    ("reps", "hold_ms", "dose"),
    [
        ((3,), 5000, "3 × 5 s"),
        ((2, 1), 5000, "2+1 × 5 s"),
        ((2, 2), 2500, "2+2 × 2.5 s"),
        ((4, 4, 4, 4, 4), 5000, "5 sets of 4 × 5 s"),
        ((4, 4, 2), 5000, "4+4+2 × 5 s"),
        ((5,), 0, "5 slow"),
        ((), 60_000, ""),
    ],
)
def test_a_dose_to_read(reps: tuple[int, ...], hold_ms: int, dose: str) -> None:
    bare = Exercise("bare", "Bare", "hip", "supine")
    sided = replace(bare, labels=("left leg", "right leg"))

    assert Form(bare, reps=reps, hold_ms=hold_ms).dose == dose
    assert Form(sided, reps=reps, hold_ms=hold_ms).dose == (f"{dose} a side" if dose else "")
    assert Form(None, reps=reps, hold_ms=hold_ms).dose == ""
