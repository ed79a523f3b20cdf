"""Pausing, menus, gaps: the clock stands, and going on takes the time to get back down."""

import pytest
from player_building import Playing, Values, only, timeline_of

from backcoach.player import events as ev
from backcoach.player.inputs import Input, InputKind
from backcoach.player.state import Status
from backcoach.timeline.marks import Cue
from backcoach.timeline.model import PhaseKind

LIFT: Values = {"exercise": "lift-up", "reps": [2, 2]}
SHORT: Values = {**LIFT, "prepare": 4}
LIE: Values = {"exercise": "lie-down"}
HOURS = 9 * 3_600_000


@pytest.fixture
def playing() -> Playing:
    """Four seconds into the second rep's hold."""
    playing = Playing(timeline_of(LIFT, LIE))
    playing.until(PhaseKind.HOLD, 4000, rep=2)
    return playing


# Freezing


@pytest.mark.parametrize(
    ("key", "status", "reason"),
    [
        ("space", Status.PAUSED, "key"),
        ("escape", Status.MENU, "menu"),
        ("w", Status.MENU, "menu"),
        ("f5", Status.MENU, "menu"),
        ("q", Status.ASKING, "quit"),
        ("?", Status.HELP, "help"),
    ],
)
def test_a_key_freezes_the_clock(playing: Playing, key: str, status: Status, reason: str) -> None:
    before = playing.state
    (paused,) = playing.key(key)
    assert isinstance(paused, ev.Paused)
    assert paused.reason == reason
    assert playing.state.status is status
    assert not playing.wait(HOURS)
    after = playing.state
    assert (after.index, after.elapsed_ms) == (before.index, 4000)
    assert after.active_ms == before.active_ms
    assert after.left_ms == before.left_ms


def test_going_on_starts_the_rep_afresh(playing: Playing) -> None:
    playing.key("space")
    playing.wait(HOURS)
    resumed, began = playing.key("space")
    assert isinstance(resumed, ev.Resumed)
    assert isinstance(began, ev.PhaseBegan)
    assert began.settle
    assert began.phase.length_ms == 12_000
    playing.wait(12_000)
    phase = playing.state.phase
    assert (phase.kind, phase.rep, playing.state.elapsed_ms) == (PhaseKind.MOVE_IN, 2, 0)
    playing.wait(14_000)
    done = playing.of(ev.RepDone)[-1]
    assert (done.rep, done.real_ms, done.held_ms) == (2, 14_000, 10_000)


def test_the_settle_is_ten_seconds_at_least() -> None:
    playing = Playing(timeline_of(SHORT))
    playing.until(PhaseKind.MOVE_IN, 500)
    playing.key("space", "space")
    assert playing.state.current.length_ms == 10_000
    assert playing.state.current.kind is PhaseKind.PREPARE


def test_a_pause_in_prepare_is_followed_by_a_whole_one() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.wait(9000)
    playing.key("space", "space")
    assert playing.state.settle is not None
    assert playing.state.settle.length_ms == 12_000
    playing.wait(12_000)
    assert playing.state.phase.kind is PhaseKind.MOVE_IN


def test_a_pause_in_the_settle_is_followed_by_a_whole_one(playing: Playing) -> None:
    playing.key("space", "space")
    playing.wait(11_000)
    playing.key("space", "space")
    assert playing.state.current.length_ms == 12_000
    assert playing.state.elapsed_ms == 0


def test_a_timed_exercise_goes_on_where_it_was() -> None:
    playing = Playing(timeline_of(LIE))
    playing.until(PhaseKind.TIMED, 25_000)
    playing.key("space", "space")
    assert playing.state.current.length_ms == 10_000
    assert playing.state.left_ms == 10_000 + 35_000
    playing.wait(10_000)
    assert (playing.state.phase.kind, playing.state.elapsed_ms) == (PhaseKind.TIMED, 25_000)
    playing.wait(35_000)
    (done,) = playing.of(ev.RepDone)
    assert (done.real_ms, done.held_ms) == (60_000, 60_000)


def test_going_on_says_no_mark_of_a_timed_exercise_again() -> None:
    playing = Playing(timeline_of(LIE))
    playing.until(PhaseKind.TIMED, 57_000)
    playing.key("space", "space")
    playing.wait(60_000)
    marks = [m for m in playing.of(ev.MarkReached) if m.phase.kind is PhaseKind.TIMED]
    assert [m.cue for m in marks] == [Cue.HALF_MINUTE, Cue.THREE, Cue.TWO, Cue.ONE, Cue.END]


def test_a_long_rest_goes_on_where_it_was() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.SET_REST, 5000)
    playing.key("space", "space")
    assert playing.state.settle is None
    assert (playing.state.phase.kind, playing.state.elapsed_ms) == (PhaseKind.SET_REST, 5000)
    playing.wait(15_000)
    assert (playing.state.phase.kind, playing.state.elapsed_ms) == (PhaseKind.MOVE_IN, 0)


def test_the_last_of_a_rest_gives_way_to_a_settle() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.SET_REST, 15_000)
    playing.key("space", "space")
    assert playing.state.current.length_ms == 12_000
    playing.wait(12_000)
    assert (playing.state.phase.kind, playing.state.phase.set) == (PhaseKind.MOVE_IN, 2)


def test_the_last_of_a_rest_before_a_short_prepare_leaves_ten_seconds() -> None:
    playing = Playing(timeline_of({"rest": 20}, SHORT))
    playing.wait(19_000)
    playing.key("space", "space")
    began = only(playing.wait(9999), ev.PhaseBegan)
    assert PhaseKind.MOVE_IN not in {event.phase.kind for event in began}


# Menus


def test_the_menu_goes_on(playing: Playing) -> None:
    for key in ("space", "g"):
        playing.key("escape", key)
        assert playing.state.status is Status.RUNNING
        assert playing.state.settle is not None


@pytest.mark.parametrize("key", ["x", "enter"])
def test_the_menu_says_that_it_hurts(playing: Playing, key: str) -> None:
    playing.key("escape", key)
    assert playing.state.status is Status.STOPPED
    assert playing.of(ev.Stopped)[0].phase is PhaseKind.HOLD


def test_the_menu_ends_here(playing: Playing) -> None:
    (ended,) = playing.key("escape", "q")[1:]
    assert isinstance(ended, ev.Ended)
    assert ended.outcome == "ended"


@pytest.mark.parametrize("key", ["q", "y", "enter"])
def test_q_asks_once_and_ends(playing: Playing, key: str) -> None:
    playing.key("q")
    assert playing.state.status is Status.ASKING
    playing.key(key)
    assert playing.of(ev.Ended)[0].outcome == "ended"


@pytest.mark.parametrize("key", ["n", "space", "escape"])
def test_q_asks_once_and_goes_on(playing: Playing, key: str) -> None:
    playing.key("q", key)
    assert playing.state.status is Status.RUNNING
    assert playing.state.settle is not None


def test_the_keys_are_shown_while_paused(playing: Playing) -> None:
    statuses = []
    for key in ("?", "?", "question_mark", "escape", "?", "space"):
        playing.key(key)
        statuses.append(playing.state.status)
    closed = [Status.HELP, Status.PAUSED]
    assert statuses == [*closed, *closed, Status.HELP, Status.RUNNING]


def test_one_pause_is_said_once(playing: Playing) -> None:
    playing.key("space", "escape", "space")
    assert [paused.reason for paused in playing.of(ev.Paused)] == ["key"]
    assert len(playing.of(ev.Resumed)) == 1


def test_any_other_key_while_paused_does_nothing(playing: Playing) -> None:
    playing.key("space")
    before = playing.state
    assert not playing.key("w")
    assert playing.state == before


@pytest.mark.parametrize("freeze", ["", "space", "escape", "q", "?", "x"])
def test_an_interrupt_ends_the_session_in_every_state(playing: Playing, freeze: str) -> None:
    if freeze:
        playing.key(freeze)
    (ended,) = playing.do(InputKind.INTERRUPT)
    assert isinstance(ended, ev.Ended)
    assert ended.outcome == "interrupted"
    assert playing.state.status is Status.ENDED


@pytest.mark.parametrize("freeze", ["", "space", "escape", "q", "?", "x"])
def test_the_sound_can_be_muted_in_every_state(playing: Playing, freeze: str) -> None:
    if freeze:
        playing.key(freeze)
    status = playing.state.status
    playing.key("m", "m", "m")
    assert [muted.muted for muted in playing.of(ev.Muted)] == [True, False, True]
    assert playing.state.muted
    assert playing.state.status is status


# Gaps


@pytest.mark.parametrize("lost_ms", [2001, 9999])
def test_a_short_gap_goes_on_by_itself_after_a_settle(playing: Playing, lost_ms: int) -> None:
    before = playing.state
    paused, resumed, began = playing.do(InputKind.GAP, lost_ms)
    assert isinstance(paused, ev.Paused)
    assert (paused.reason, paused.lost_ms) == ("gap", lost_ms)
    assert isinstance(resumed, ev.Resumed)
    assert isinstance(began, ev.PhaseBegan)
    assert began.settle
    assert playing.state.active_ms == before.active_ms
    assert playing.state.notice
    playing.wait(12_000)
    assert (playing.state.phase.kind, playing.state.phase.rep) == (PhaseKind.MOVE_IN, 2)


@pytest.mark.parametrize("lost_ms", [10_000, HOURS])
def test_a_long_gap_stays_paused_and_banks_nothing(playing: Playing, lost_ms: int) -> None:
    before = playing.state
    (paused,) = playing.do(InputKind.GAP, lost_ms)
    assert isinstance(paused, ev.Paused)
    assert (paused.reason, paused.lost_ms) == ("gap", lost_ms)
    assert playing.state.notice
    assert not playing.wait(HOURS)
    after = playing.state
    assert after.status is Status.PAUSED
    assert (after.index, after.elapsed_ms) == (before.index, before.elapsed_ms)
    assert (after.active_ms, after.left_ms) == (before.active_ms, before.left_ms)
    assert after.done == before.done


@pytest.mark.parametrize("freeze", ["space", "escape", "q", "?", "x"])
def test_a_gap_while_frozen_changes_nothing(playing: Playing, freeze: str) -> None:
    playing.key(freeze)
    before = playing.state
    assert not playing.give(Input(InputKind.GAP, 5000))
    assert playing.state == before
