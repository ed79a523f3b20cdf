"""The moments in a phase at which something is heard."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backcoach.timeline.marks import REMINDED_MS, Cue, Mark, marks_of
from backcoach.timeline.model import PhaseKind

RESTS = (PhaseKind.REP_REST, PhaseKind.SWITCH, PhaseKind.SET_REST)


def heard(kind: PhaseKind, duration_ms: int | None) -> list[tuple[int, str]]:
    return [(mark.at_ms, mark.cue.value) for mark in marks_of(kind, duration_ms)]


def test_a_self_paced_phase_is_reminded_of_a_few_times_and_never_ended() -> None:
    assert heard(PhaseKind.SELF_PACED, None) == [(ms, "remind") for ms in REMINDED_MS]


@pytest.mark.parametrize("kind", [PhaseKind.HOLD, PhaseKind.REST, PhaseKind.PREPARE])
def test_a_short_phase_has_its_end_only(kind: PhaseKind) -> None:
    assert heard(kind, 1) == [(1, "end")]
    assert heard(kind, 7999) == [(7999, "end")]


@pytest.mark.parametrize("kind", [PhaseKind.HOLD, PhaseKind.REST, PhaseKind.PREPARE])
def test_a_longer_one_is_counted_down(kind: PhaseKind) -> None:
    assert heard(kind, 8000) == [(5000, "three"), (6000, "two"), (7000, "one"), (8000, "end")]


@pytest.mark.parametrize("kind", [PhaseKind.HOLD, PhaseKind.TIMED])
def test_a_long_effort_says_when_its_half_is_reached(kind: PhaseKind) -> None:
    assert heard(kind, 19_999)[0] == (16_999, "three")
    assert heard(kind, 20_000)[:2] == [(10_000, "half"), (17_000, "three")]
    assert heard(kind, 20_001)[0] == (10_000, "half")


@pytest.mark.parametrize("kind", sorted(set(PhaseKind) - {PhaseKind.HOLD, PhaseKind.TIMED}))
def test_nothing_else_has_a_half(kind: PhaseKind) -> None:
    assert "half" not in [cue for _, cue in heard(kind, 60_000)]


def test_only_something_timed_says_its_last_half_minute() -> None:
    assert heard(PhaseKind.TIMED, 30_000)[0] == (15_000, "half")
    assert heard(PhaseKind.TIMED, 31_000)[:2] == [(1000, "half-minute"), (15_500, "half")]
    assert heard(PhaseKind.TIMED, 90_000)[:2] == [(45_000, "half"), (60_000, "half-minute")]
    assert "half-minute" not in [cue for _, cue in heard(PhaseKind.HOLD, 60_000)]


def test_a_half_that_is_nearly_the_last_half_minute_is_that_only() -> None:
    assert [cue for _, cue in heard(PhaseKind.TIMED, 54_000)][:2] == ["half-minute", "half"]
    for duration_ms in (54_002, 60_000, 65_998):
        assert [cue for _, cue in heard(PhaseKind.TIMED, duration_ms)][:2] == [
            *("half-minute", "three")
        ]
    assert [cue for _, cue in heard(PhaseKind.TIMED, 66_000)][:2] == ["half", "half-minute"]


@pytest.mark.parametrize("kind", RESTS)
def test_a_rest_says_when_to_get_ready_again(kind: PhaseKind) -> None:
    assert heard(kind, 5999) == [(5999, "end")]
    assert heard(kind, 6000) == [(2000, "again"), (6000, "end")]
    assert heard(kind, 20_000)[:2] == [(16_000, "again"), (17_000, "three")]


def test_a_short_rest_between_reps_is_silent() -> None:
    assert heard(PhaseKind.REP_REST, 4999) == []
    assert heard(PhaseKind.REP_REST, 5000) == [(5000, "end")]
    assert heard(PhaseKind.SWITCH, 1000) == [(1000, "end")]


@given(st.sampled_from(list(PhaseKind)), st.integers(1, 4 * 3_600_000))
@settings(deadline=None, max_examples=100)
def test_marks_are_in_order_and_inside(kind: PhaseKind, duration_ms: int) -> None:
    marks = marks_of(kind, duration_ms)
    times = [mark.at_ms for mark in marks]

    assert times == sorted(set(times))
    assert all(0 < time <= duration_ms for time in times)
    assert not marks or marks[-1] == Mark(duration_ms, Cue.END)
