"""On, back, undo and `enter`: how a person moves through a session."""

import pytest
from player_building import Playing, Values, only, timeline_of

from backcoach.player import events as ev
from backcoach.player.inputs import InputKind
from backcoach.player.state import Status
from backcoach.timeline.model import PhaseKind, Side, Timeline

LIFT: Values = {"exercise": "lift-up", "reps": [2, 2]}
REACH: Values = {"exercise": "reach-out", "reps": 2}
LIE: Values = {"exercise": "lie-down"}


@pytest.fixture
def playing() -> Playing:
    """Three steps: a lift in two sets, a reach on two sides, and lying down for a minute."""
    return Playing(timeline_of(LIFT, REACH, LIE))


# On


def test_next_goes_to_the_next_step(playing: Playing) -> None:
    playing.until(PhaseKind.HOLD, 4000)
    skipped, step_began, phase_began = playing.do(InputKind.NEXT)
    assert isinstance(skipped, ev.Skipped)
    assert (skipped.step, skipped.to_step) == (1, 2)
    assert isinstance(step_began, ev.StepBegan)
    assert (step_began.step, step_began.exercise) == (2, "reach-out")
    assert isinstance(phase_began, ev.PhaseBegan)
    assert not phase_began.settle
    assert playing.state.phase.kind is PhaseKind.PREPARE
    assert playing.state.elapsed_ms == 0
    assert playing.state.status is Status.RUNNING


def test_skipping_everything_is_an_end_by_choice(playing: Playing) -> None:
    playing.key("n", "right")
    skipped, ended = playing.key("pagedown")
    assert isinstance(skipped, ev.Skipped)
    assert (skipped.step, skipped.to_step) == (3, None)
    assert isinstance(ended, ev.Ended)
    assert ended.outcome == "ended"


def test_next_in_the_last_step_completes_a_session_that_did_something(playing: Playing) -> None:
    playing.until(PhaseKind.HOLD, rep=2)
    ended = playing.key("n", "n", "n")[-1]
    assert isinstance(ended, ev.Ended)
    assert ended.outcome == "completed"


def test_next_in_a_circuit_goes_to_the_next_playing() -> None:
    playing = Playing(timeline_of({"repeat": 2, "round_rest": 30, "steps": [LIFT, REACH]}))
    playing.do(InputKind.NEXT)
    playing.do(InputKind.NEXT)
    assert (playing.state.phase.kind, playing.state.phase.round) == (PhaseKind.REST, 2)
    playing.do(InputKind.NEXT)
    assert (playing.state.phase.step, playing.state.phase.round) == (1, 2)
    assert [(e.step, e.exercise, e.round) for e in playing.of(ev.StepBegan)] == [
        (1, "lift-up", 1),
        (2, "reach-out", 1),
        (1, None, 2),
        (1, "lift-up", 2),
    ]


def test_next_while_paused_moves_and_stays_paused(playing: Playing) -> None:
    playing.until(PhaseKind.HOLD, 4000)
    playing.key("space", "right")
    assert playing.state.status is Status.PAUSED
    assert playing.state.phase.step == 2
    assert not playing.wait(60_000)
    resumed, began, settling = playing.key("space")
    assert isinstance(resumed, ev.Resumed)
    assert isinstance(began, ev.StepBegan)
    assert began.step == 2
    assert isinstance(settling, ev.PhaseBegan)
    assert settling.settle
    assert settling.phase.length_ms == 10_000


def test_a_skipped_rep_is_not_done(playing: Playing) -> None:
    playing.until(PhaseKind.MOVE_OUT, 1000)
    playing.do(InputKind.NEXT)
    assert not playing.of(ev.RepDone)
    assert playing.state.done == ()


# Back


def test_back_goes_to_the_start_of_the_step(playing: Playing) -> None:
    playing.until(PhaseKind.HOLD, 4000, set=2)
    playing.wait(6000)
    went, began = playing.do(InputKind.BACK)
    assert isinstance(went, ev.WentBack)
    assert (went.step, went.to_step, went.undone) == (1, 1, False)
    assert isinstance(began, ev.PhaseBegan)
    assert playing.state.index == 0
    assert playing.state.elapsed_ms == 0


@pytest.mark.parametrize(("apart_ms", "step"), [(1, 1), (1999, 1), (2000, 1), (2001, 2)])
def test_back_twice_within_two_seconds_goes_to_the_step_before(
    playing: Playing, apart_ms: int, step: int
) -> None:
    playing.until(PhaseKind.HOLD, 4000, exercise="reach-out")
    playing.key("left")
    playing.wait(apart_ms)
    playing.key("pageup")
    assert playing.state.phase.step == step
    assert playing.state.index == playing.state.run_start(playing.state.index)
    assert playing.state.elapsed_ms == 0


def test_back_three_times_goes_two_steps_back(playing: Playing) -> None:
    playing.until(PhaseKind.TIMED, 9000)
    playing.key("left", "left", "left")
    assert playing.state.index == 0


def test_back_twice_in_the_first_step_stays_there(playing: Playing) -> None:
    playing.until(PhaseKind.HOLD, 4000)
    playing.key("left", "left", "left")
    assert playing.state.index == 0
    assert playing.state.status is Status.RUNNING


def test_back_keeps_what_is_done(playing: Playing) -> None:
    playing.until(PhaseKind.REP_REST, 1000)
    playing.key("left")
    assert [done.rep for done in playing.state.done] == [1]


def test_back_to_a_first_rep_begins_it_from_nothing() -> None:
    playing = Playing(timeline_of({"exercise": "lift-up", "prepare": 0}))
    playing.until(PhaseKind.HOLD, 4000)
    playing.key("left")
    playing.wait(14_000)
    (done,) = playing.of(ev.RepDone)
    assert (done.real_ms, done.held_ms) == (14_000, 10_000)


# Undo


@pytest.mark.parametrize("after_ms", [0, 400, 4999, 5000])
def test_back_soon_after_next_undoes_it(playing: Playing, after_ms: int) -> None:
    playing.until(PhaseKind.HOLD, 4000, rep=2)
    there = playing.state
    playing.key("right")
    playing.wait(after_ms)
    went, resumed, began, settling = playing.key("left")
    assert isinstance(went, ev.WentBack)
    assert (went.step, went.to_step, went.undone) == (2, 1, True)
    assert isinstance(resumed, ev.Resumed)
    assert isinstance(began, ev.StepBegan)
    assert isinstance(settling, ev.PhaseBegan)
    assert settling.settle
    assert settling.phase.length_ms == 12_000
    playing.wait(12_000)
    assert playing.state.phase.same_rep(there.phase)
    assert playing.state.phase.kind is PhaseKind.MOVE_IN
    assert playing.state.plan == there.plan


def test_back_later_after_next_goes_to_the_start_of_the_new_step(playing: Playing) -> None:
    playing.until(PhaseKind.HOLD, 4000)
    playing.key("right")
    playing.wait(5001)
    (went, _) = playing.key("left")
    assert isinstance(went, ev.WentBack)
    assert not went.undone
    assert playing.state.phase.step == 2


def test_an_undo_is_done_once(playing: Playing) -> None:
    playing.until(PhaseKind.HOLD, 4000, rep=2)
    playing.key("right", "left", "left")
    assert [went.undone for went in playing.of(ev.WentBack)] == [True, False]
    assert playing.state.index == 0


def test_time_in_a_pause_counts_for_the_undo(playing: Playing) -> None:
    playing.key("right", "space")
    playing.wait(5001)
    playing.key("left")
    assert playing.state.phase.step == 2


def test_undoing_while_paused_stays_paused_where_it_was(playing: Playing) -> None:
    playing.until(PhaseKind.HOLD, 7500)
    playing.key("space")
    there = playing.state
    playing.key("right")
    playing.wait(3000)
    playing.key("left")
    assert playing.state.status is Status.PAUSED
    assert (playing.state.index, playing.state.elapsed_ms) == (there.index, 7500)
    assert playing.state.left_ms == there.left_ms


def test_an_undone_skip_keeps_what_a_timed_exercise_had_done() -> None:
    playing = Playing(timeline_of(LIE, LIFT))
    playing.until(PhaseKind.TIMED, 30_000)
    playing.key("right")
    playing.wait(3000)
    playing.key("left")
    playing.wait(10_000)
    assert playing.state.elapsed_ms == 30_000
    playing.wait(30_000)
    (done,) = playing.of(ev.RepDone)
    assert done.held_ms == 60_000


def test_an_undone_skip_counts_nothing_of_the_step_between() -> None:
    playing = Playing(timeline_of(LIE, {"exercise": "lie-low", "prepare": 0}))
    playing.until(PhaseKind.TIMED, 30_000)
    playing.key("right")
    playing.wait(3000)
    playing.key("left")
    playing.wait(40_000)
    (done,) = playing.of(ev.RepDone)
    assert (done.real_ms, done.held_ms) == (60_000, 60_000)


def test_a_stop_ends_what_could_be_undone(playing: Playing) -> None:
    playing.until(PhaseKind.HOLD, 4000, rep=2)
    playing.key("right", "x", "z", "left")
    (went,) = playing.of(ev.WentBack)
    assert not went.undone


# Enter


def kinds_of_timeline() -> Timeline:
    """Every kind of phase."""
    return timeline_of(
        {**LIFT, "rep_rest": 6},
        {"rest": 20},
        REACH,
        LIE,
        {"exercise": "lift-less", "pace": "self", "reps": [3]},
    )


def test_enter_does_nothing_in_the_first_three_seconds_of_prepare(playing: Playing) -> None:
    playing.wait(2999)
    before = playing.state
    assert not playing.key("enter")
    assert playing.state == before
    playing.wait(1)
    ended, began = playing.key("enter")
    assert isinstance(ended, ev.PhaseEnded)
    assert ended.elapsed_ms == 3000
    assert isinstance(began, ev.PhaseBegan)
    assert began.phase.kind is PhaseKind.MOVE_IN


def test_enter_shortens_the_settle_after_its_first_three_seconds(playing: Playing) -> None:
    playing.until(PhaseKind.HOLD, 4000)
    playing.key("space", "space")
    playing.wait(2999)
    assert not playing.key("enter")
    playing.wait(1)
    playing.key("enter")
    assert playing.state.settle is None
    assert (playing.state.phase.kind, playing.state.elapsed_ms) == (PhaseKind.MOVE_IN, 0)


@pytest.mark.parametrize(
    "kind", [PhaseKind.REP_REST, PhaseKind.SET_REST, PhaseKind.REST, PhaseKind.SWITCH]
)
@pytest.mark.parametrize("into_ms", [0, 1500])
def test_enter_ends_a_rest_at_once(kind: PhaseKind, into_ms: int) -> None:
    playing = Playing(kinds_of_timeline())
    playing.until(kind, into_ms)
    index = playing.state.index
    playing.key("enter")
    assert (playing.state.index, playing.state.elapsed_ms) == (index + 1, 0)


@pytest.mark.parametrize(
    "kind", [PhaseKind.MOVE_IN, PhaseKind.HOLD, PhaseKind.MOVE_OUT, PhaseKind.TIMED]
)
@pytest.mark.parametrize("into_ms", [0, 1500])
def test_enter_never_cuts_work_short(kind: PhaseKind, into_ms: int) -> None:
    playing = Playing(kinds_of_timeline())
    playing.until(kind, into_ms)
    before = playing.state
    assert not playing.key("enter")
    assert playing.state == before


def test_enter_says_that_a_self_paced_set_is_done() -> None:
    playing = Playing(kinds_of_timeline())
    playing.until(PhaseKind.SELF_PACED)
    playing.wait(3_600_000)
    assert playing.state.phase.kind is PhaseKind.SELF_PACED
    ended, done, over = playing.key("enter")
    assert isinstance(ended, ev.PhaseEnded)
    assert isinstance(done, ev.RepDone)
    assert (done.reps, done.rep, done.set) == (3, None, 1)
    assert (done.real_ms, done.held_ms) == (3_600_000, 0)
    assert isinstance(over, ev.Ended)


def test_enter_does_nothing_while_paused(playing: Playing) -> None:
    playing.until(PhaseKind.REP_REST, 1000)
    playing.key("space")
    assert not playing.key("enter")
    assert playing.state.status is Status.PAUSED


# As written


def test_a_session_tells_of_every_rep_once(playing: Playing) -> None:
    playing.until(PhaseKind.TIMED)
    playing.wait(60_000)
    assert [(d.exercise, d.set, d.side, d.rep) for d in playing.state.done] == [
        ("lift-up", 1, None, 1),
        ("lift-up", 1, None, 2),
        ("lift-up", 2, None, 1),
        ("lift-up", 2, None, 2),
        ("reach-out", 1, Side.LEFT, 1),
        ("reach-out", 1, Side.LEFT, 2),
        ("reach-out", 1, Side.RIGHT, 1),
        ("reach-out", 1, Side.RIGHT, 2),
        ("lie-down", None, None, None),
    ]
    assert [d.held_ms for d in playing.state.done] == [10_000] * 4 + [8000] * 4 + [60_000]
    assert [d.real_ms for d in playing.state.done] == [14_000] * 4 + [12_000] * 4 + [60_000]
    assert playing.of(ev.RepDone) == list(playing.state.done)
    assert playing.state.status is Status.ENDED
    assert only(playing.events, ev.Ended)[0].active_ms == playing.state.timeline.total_ms


def test_a_routine_of_nothing_is_over_at_once() -> None:
    playing = Playing(timeline_of({"rest": 0}))
    assert playing.state.status is Status.ENDED
    assert [type(event) for event in playing.events] == [ev.Ended]
    assert not playing.key("x", "space", "enter")
