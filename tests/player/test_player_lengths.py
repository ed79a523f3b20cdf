"""`+` and `-`: this phase longer or shorter, never past a ceiling."""

import pytest
from player_building import Playing, Values, timeline_of

from backcoach.player import events as ev
from backcoach.player.inputs import InputKind
from backcoach.timeline.marks import Cue
from backcoach.timeline.model import PhaseKind

LIFT: Values = {"exercise": "lift-up", "reps": [2, 2]}
TWIST: Values = {"exercise": "twist-over", "reps": 1, "hold": 12}
SWING: Values = {"exercise": "swing-by", "reps": 2}


def lengths(playing: Playing) -> list[int]:
    """How much each `+` and `-` has done."""
    return [event.by_ms for event in playing.of(ev.Lengthened)]


def hold_of(playing: Playing) -> int:
    """The length of the current phase."""
    return playing.state.current.length_ms


def test_longer_stops_at_the_ceiling_of_a_hold() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD, 4000)
    playing.key("+")
    assert (hold_of(playing), lengths(playing)) == (15_000, [5000])
    playing.key("+")
    assert (hold_of(playing), lengths(playing)) == (18_000, [5000, 3000])
    assert not playing.key("+")
    assert hold_of(playing) == 18_000
    assert playing.state.notice


def test_longer_lengthens_this_hold_only() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD)
    playing.key("+")
    holds = [p.length_ms for p in playing.state.plan if p.kind is PhaseKind.HOLD]
    assert holds == [15_000, 10_000, 10_000, 10_000]
    assert playing.state.left_ms == playing.state.timeline.total_ms - 14_000 + 5000


def test_longer_stops_at_the_ceiling_of_a_side() -> None:
    step: Values = {"exercise": "reach-out", "reps": 2, "hold": 8}
    playing = Playing(timeline_of(step))
    playing.until(PhaseKind.HOLD)
    playing.key("+")
    playing.until(PhaseKind.HOLD, rep=2)
    playing.key("+")
    assert lengths(playing) == [2000, 2000]
    playing = Playing(timeline_of({**step, "reps": 1}, {**step, "hold": 9, "reps": 1}))
    playing.until(PhaseKind.HOLD)
    playing.key("+")
    playing.until(PhaseKind.HOLD, step=2)
    playing.key("+")
    assert lengths(playing) == [2000, 1000]


def test_the_other_side_has_a_ceiling_of_its_own() -> None:
    playing = Playing(timeline_of({"exercise": "lie-low", "duration": 3}, {
        "exercise": "reach-out", "reps": 2, "hold": 9,
    }))  # fmt: skip
    for rep in (1, 2):
        playing.until(PhaseKind.HOLD, rep=rep, side="left")
        playing.key("+", "+")
    playing.until(PhaseKind.HOLD, side="right")
    playing.key("+")
    assert lengths(playing) == [1000, 1000, 1000]


def test_all_rounds_count_for_the_ceiling_of_a_side() -> None:
    lift = {"exercise": "lift-up", "reps": [3]}
    playing = Playing(timeline_of({"repeat": 2, "steps": [lift]}))
    playing.until(PhaseKind.HOLD)
    assert not playing.key("+")


def test_longer_without_a_ceiling_is_five_seconds_each_time() -> None:
    playing = Playing(timeline_of(TWIST))
    playing.until(PhaseKind.HOLD)
    playing.key("+", "=", "plus")
    assert lengths(playing) == [5000, 5000, 5000]


@pytest.mark.parametrize("step", [{"hold": 25, "reps": 1}, {"hold": 15, "reps": [3, 2]}])
def test_longer_does_nothing_where_the_file_is_past_the_ceiling(step: Values) -> None:
    playing = Playing(timeline_of({"exercise": "lift-up", **step}))
    playing.until(PhaseKind.HOLD, 1000)
    plan = playing.state.plan
    assert not playing.key("+")
    assert playing.state.plan == plan


def test_a_timed_exercise_has_its_ceiling_too() -> None:
    playing = Playing(timeline_of({"exercise": "lie-down", "duration": 63}))
    playing.until(PhaseKind.TIMED)
    playing.key("+", "+", "+")
    assert lengths(playing) == [5000, 2000]


def test_longer_after_smaller_goes_up_to_the_ceiling_again() -> None:
    playing = Playing(timeline_of({"exercise": "lift-up", "hold": 24}))
    playing.until(PhaseKind.HOLD)
    assert not playing.key("+")
    playing.key("e", "+", "+")
    assert hold_of(playing) == 18_000


def test_shorter_takes_five_seconds_off_what_is_left() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD, 2000)
    playing.key("-")
    assert (hold_of(playing), lengths(playing)) == (5000, [-5000])
    playing.wait(3000)
    assert playing.state.phase.kind is PhaseKind.MOVE_OUT


def test_shorter_than_what_has_passed_ends_the_hold_now() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD, 7500)
    playing.key("-")
    assert lengths(playing) == [-2500]
    ended = playing.of(ev.PhaseEnded)[-1]
    assert (ended.elapsed_ms, ended.phase.length_ms) == (7500, 7500)
    assert playing.of(ev.MarkReached)[-1].cue is Cue.END
    assert playing.state.phase.kind is PhaseKind.MOVE_OUT


def test_shorter_keeps_three_seconds_of_a_prepare() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.key("-", "minus", "-")
    assert lengths(playing) == [-5000, -4000]
    assert hold_of(playing) == 3000


def test_rests_go_up_to_half_an_hour() -> None:
    playing = Playing(timeline_of({"rest": "29m57s"}))
    playing.key("+", "+")
    assert lengths(playing) == [3000]
    assert playing.state.left_ms == 30 * 60_000


@pytest.mark.parametrize("key", ["+", "-"])
@pytest.mark.parametrize("kind", [PhaseKind.MOVE_IN, PhaseKind.MOVE_OUT, PhaseKind.SELF_PACED])
def test_movements_and_self_paced_work_keep_their_length(kind: PhaseKind, key: str) -> None:
    playing = Playing(timeline_of(SWING, {"exercise": "lift-less", "pace": "self"}))
    playing.until(kind, 500)
    before = playing.state
    assert not playing.key(key)
    assert playing.state.plan == before.plan


def test_the_settle_can_be_changed_without_the_plan() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD, 4000)
    playing.key("space", "space")
    plan = playing.state.plan
    playing.key("+", "-", "-")
    assert hold_of(playing) == 7000
    assert playing.state.plan == plan
    playing.wait(7000)
    assert playing.state.phase.kind is PhaseKind.MOVE_IN


def test_a_lengthened_prepare_is_the_settle_of_its_step() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.key("+")
    playing.until(PhaseKind.HOLD, 4000)
    playing.key("space", "space")
    assert hold_of(playing) == 17_000


def test_marks_move_with_the_end_of_a_hold() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD, 7500)
    began_ms = playing.state.now_ms - 7500
    playing.key("+")
    playing.wait(7500)
    heard = [(m.cue, m.at_ms - began_ms) for m in playing.of(ev.MarkReached)]
    assert heard[-5:] == [
        (Cue.THREE, 7000),
        (Cue.THREE, 12_000),
        (Cue.TWO, 13_000),
        (Cue.ONE, 14_000),
        (Cue.END, 15_000),
    ]


def test_a_hold_made_too_short_for_its_count_has_its_end_tone() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD, 1000)
    playing.key("-")
    heard = [m.cue for m in playing.wait(9000) if isinstance(m, ev.MarkReached)]
    assert heard[0] is Cue.END


@pytest.mark.parametrize("kind", [InputKind.LONGER, InputKind.SHORTER])
def test_nothing_is_changed_while_paused(kind: InputKind) -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD, 1000)
    playing.key("space")
    before = playing.state
    assert not playing.do(kind)
    assert playing.state == before
