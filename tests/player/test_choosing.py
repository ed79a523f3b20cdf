"""What is chosen by its name does what its key does, to the phase that was frozen for it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from player_building import PLAYS, Play, Playing, Values, only, timeline_of

from backcoach.player import events as ev
from backcoach.player.choosing import as_chosen
from backcoach.player.inputs import TICK, Input, InputKind
from backcoach.player.machine import step
from backcoach.player.state import State, Status
from backcoach.timeline.model import HELD_KINDS, REST_KINDS, WORK_KINDS, PhaseKind

LIFT: Values = {"exercise": "lift-up", "reps": [2, 2]}
OWN_PACE: Values = {"exercise": "swing-by", "reps": [3, 3], "pace": "self", "set_rest": 20}
LIE: Values = {"exercise": "lie-down"}
STARTABLE = REST_KINDS | {PhaseKind.PREPARE}
CHOOSABLE = (
    *(InputKind.LONGER, InputKind.SHORTER, InputKind.DONE, InputKind.NEXT, InputKind.BACK),
    *(InputKind.ACHE, InputKind.EASIER, InputKind.MUTE),
)

briefly = settings(
    max_examples=110,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def playing_in(kind: PhaseKind, into_ms: int = 0, *steps: Values, **places: object) -> Playing:
    """A session so far into a phase."""
    playing = Playing(timeline_of(*(steps or (LIFT, LIE))))
    playing.until(kind, into_ms, **places)
    return playing


def choose(playing: Playing, kind: InputKind, after_ms: int = 9000) -> list[ev.Event]:
    """Open the list, and choose something a while later; what came of it."""
    playing.do(InputKind.PAUSE)
    given_ = as_chosen(playing.state, Input(kind), frozen=True)
    return playing.give(given_, after_ms)


# Longer and shorter


def test_a_hold_that_was_frozen_is_longer_and_played_afresh() -> None:
    playing = playing_in(PhaseKind.HOLD, 4000)
    (longer,) = only(choose(playing, InputKind.LONGER), ev.Lengthened)
    assert (longer.phase, longer.by_ms) == (PhaseKind.HOLD, 5000)
    assert playing.state.status is Status.RUNNING
    assert playing.state.settle is not None
    assert playing.state.settle.length_ms == 12_000
    assert playing.state.notice == "5 s longer"

    (done,) = only(playing.wait(12_000 + 4000 + 15_000 + 4000), ev.RepDone)
    assert (done.rep, done.held_ms) == (1, 15_000)


def test_a_hold_is_never_chosen_past_its_ceiling() -> None:
    playing = playing_in(PhaseKind.HOLD, 4000)
    lengths = []
    for _ in range(3):
        choose(playing, InputKind.LONGER)
        playing.until(PhaseKind.HOLD, 4000)
        lengths.append(playing.state.phase.length_ms)
    assert lengths == [15_000, 18_000, 18_000]


def test_a_hold_that_was_frozen_is_shorter_but_never_than_what_was_held() -> None:
    playing = playing_in(PhaseKind.HOLD, 7000)
    choose(playing, InputKind.SHORTER)
    (done,) = only(playing.wait(12_000 + 4000 + 7000 + 4000), ev.RepDone)
    assert (done.rep, done.held_ms) == (1, 7000)


def test_what_is_cut_to_what_has_passed_of_it_is_over() -> None:
    playing = playing_in(PhaseKind.TIMED, 58_000, LIE, LIFT)
    events = choose(playing, InputKind.SHORTER)
    (done,) = only(events, ev.RepDone)
    assert done.held_ms == 58_000
    assert playing.state.phase.step == 2
    assert playing.state.status is Status.RUNNING


def test_the_last_thing_cut_to_nothing_ends_the_session() -> None:
    playing = playing_in(PhaseKind.TIMED, 58_000, LIE)
    choose(playing, InputKind.SHORTER)
    assert playing.of(ev.Ended)[0].outcome == "completed"
    assert playing.state.status is Status.ENDED


def test_a_rest_that_was_frozen_is_longer_and_goes_on_where_it_was() -> None:
    playing = playing_in(PhaseKind.SET_REST, 5000)
    choose(playing, InputKind.LONGER)
    assert playing.state.settle is None
    assert (playing.state.elapsed_ms, playing.state.phase.length_ms) == (5000, 25_000)


@pytest.mark.parametrize(("kind", "ms"), [(InputKind.LONGER, 17_000), (InputKind.SHORTER, 7000)])
@pytest.mark.parametrize("settling", [False, True])
def test_time_to_get_ready_begins_anew_and_is_the_one_that_is_meant(
    kind: InputKind, ms: int, *, settling: bool
) -> None:
    playing = playing_in(PhaseKind.PREPARE, 9000)
    if settling:
        playing.key("space", "space")
        playing.wait(9000)
    choose(playing, kind)
    assert playing.state.current.kind is PhaseKind.PREPARE
    assert playing.state.current.length_ms == ms
    assert playing.state.elapsed_ms == 0


# Done, and start now


def test_what_is_done_at_ones_own_pace_can_be_finished() -> None:
    playing = playing_in(PhaseKind.SELF_PACED, 30_000, OWN_PACE)
    (done,) = only(choose(playing, InputKind.DONE), ev.RepDone)
    assert (done.set, done.reps, done.real_ms) == (1, 3, 30_000)
    assert playing.state.status is Status.RUNNING
    assert (playing.state.current.kind, playing.state.elapsed_ms) == (PhaseKind.SET_REST, 0)


@pytest.mark.parametrize("into_ms", [0, 500, 9000])
def test_who_chooses_to_start_now_starts_now(into_ms: int) -> None:
    for kind in (PhaseKind.PREPARE, PhaseKind.SET_REST):
        playing = playing_in(kind, into_ms)
        events = choose(playing, InputKind.DONE)
        assert [type(event) for event in events][:2] == [ev.Resumed, ev.PhaseEnded]
        assert (playing.state.current.kind, playing.state.elapsed_ms) == (PhaseKind.MOVE_IN, 0)
        assert playing.state.status is Status.RUNNING


def test_from_a_settle_it_starts_where_that_would_have_led() -> None:
    playing = playing_in(PhaseKind.TIMED, 25_000, LIE)
    playing.key("space", "space")
    playing.wait(1000)
    choose(playing, InputKind.DONE)
    assert playing.state.settle is None
    assert (playing.state.phase.kind, playing.state.elapsed_ms) == (PhaseKind.TIMED, 25_000)


@pytest.mark.parametrize("kind", [PhaseKind.HOLD, PhaseKind.MOVE_IN, PhaseKind.TIMED])
def test_done_counts_nothing_that_was_not_done(kind: PhaseKind) -> None:
    playing = playing_in(kind, 2000)
    reps = len(playing.of(ev.RepDone))
    plan, place = playing.state.plan, playing.state.phase.rep
    choose(playing, InputKind.DONE)
    assert len(playing.of(ev.RepDone)) == reps
    assert playing.state.plan == plan
    assert playing.state.settle is not None
    assert playing.state.phase.rep == place


# What means something in a pause too


@pytest.mark.parametrize(
    ("kind", "step_", "event"),
    [
        (InputKind.NEXT, 2, ev.Skipped),
        (InputKind.BACK, 1, ev.WentBack),
        (InputKind.ACHE, 1, ev.Ached),
        (InputKind.EASIER, 1, ev.Swapped),
        (InputKind.MUTE, 1, ev.Muted),
    ],
)
def test_it_is_done_and_goes_on(kind: InputKind, step_: int, event: type[ev.Event]) -> None:
    playing = playing_in(PhaseKind.HOLD, 4000, rep=2)
    events = choose(playing, kind)
    assert only(events, event)
    assert len(only(events, ev.Resumed)) == 1
    assert playing.state.phase.step == step_
    assert playing.state.status is Status.RUNNING
    assert playing.state.settle is not None


def test_what_became_smaller_says_so() -> None:
    playing = playing_in(PhaseKind.HOLD, 4000)
    choose(playing, InputKind.EASIER)
    assert playing.state.step.smaller is not None
    assert playing.state.notice == playing.state.step.smaller.words


@pytest.mark.parametrize("kind", list(InputKind))
def test_what_a_person_has_paused_goes_on_only_by_what_needs_that(kind: InputKind) -> None:
    playing = playing_in(PhaseKind.HOLD, 4000)
    playing.do(InputKind.PAUSE)
    chosen = as_chosen(playing.state, Input(kind), frozen=False)
    running_only = (InputKind.LONGER, InputKind.SHORTER, InputKind.DONE)
    assert (chosen == Input(InputKind.CHOSEN, str(kind))) == (kind in running_only)


@pytest.mark.parametrize("freeze", ["", "escape", "q", "?", "x"])
def test_in_another_state_it_is_the_key(freeze: str) -> None:
    playing = playing_in(PhaseKind.HOLD, 4000)
    if freeze:
        playing.key(freeze)
    before = playing.state
    for kind in CHOOSABLE:
        assert as_chosen(before, Input(kind), frozen=True) == Input(kind)
        assert not playing.do(InputKind.CHOSEN, str(kind))
    assert playing.state == before


@pytest.mark.parametrize("value", [None, "nonsense", 3, "stop", "end"])
def test_nothing_else_can_be_chosen_so(value: str | int | None) -> None:
    playing = playing_in(PhaseKind.HOLD, 4000)
    playing.do(InputKind.PAUSE)
    before = playing.state
    assert not playing.do(InputKind.CHOSEN, value)
    assert playing.state == before


# In every session


def chosen_after(play: Play, kind: InputKind, wait_ms: int) -> tuple[State, State, list[ev.Event]]:
    """The frozen session, what it is after a choice, and what came of that."""
    frozen, _ = step(play.end(), Input(InputKind.GO_ON), play.end().now_ms)
    frozen, _ = step(frozen, TICK, frozen.now_ms + wait_ms)
    frozen, _ = step(frozen, Input(InputKind.PAUSE), frozen.now_ms)
    after, events = step(frozen, Input(InputKind.CHOSEN, str(kind)), frozen.now_ms + 9000)
    return frozen, after, events


def nobody_is_hurried(frozen: State, kind: InputKind, after: State) -> None:
    """Work begins at once for who chose that; for everybody else after ten seconds."""
    starts = kind is InputKind.DONE and frozen.current.kind in STARTABLE
    shorter = kind is InputKind.SHORTER and frozen.current.kind is PhaseKind.PREPARE
    if after.status is Status.RUNNING and not (starts or shorter):
        _, events = step(after, TICK, after.now_ms + 9999)
        begun = [each for each in only(events, ev.PhaseBegan) if not each.settle]
        assert after.current.kind not in WORK_KINDS
        assert not [each for each in begun if each.phase.kind in WORK_KINDS]


def only_what_is_done_counts(frozen: State, kind: InputKind, events: list[ev.Event]) -> None:
    """A rep by what ends it: by `done` at one's own pace, or a hold that was held so far."""
    for done in only(events, ev.RepDone):
        at_own_pace = frozen.current.kind is PhaseKind.SELF_PACED
        assert kind is (InputKind.DONE if at_own_pace else InputKind.SHORTER)
        assert at_own_pace or frozen.current.kind in HELD_KINDS
        assert (done.real_ms, done.held_ms) == (frozen.rep_ms, frozen.held_ms)


def it_goes_on(frozen: State, after: State, events: list[ev.Event]) -> None:
    """It runs, or it is over; what is between took no active time."""
    resumed = len(only(events, ev.Resumed))
    assert after.active_ms == frozen.active_ms
    if after.status is Status.ENDED:
        assert len(only(events, ev.Ended)) == 1
        assert resumed <= 1
    else:
        assert after.status is Status.RUNNING
        assert resumed == 1


@briefly
@given(PLAYS, st.sampled_from(CHOOSABLE), st.sampled_from((0, 400, 5000, 20_000)))
def test_whatever_is_chosen_in_whatever_session(play: Play, kind: InputKind, wait_ms: int) -> None:
    frozen, after, events = chosen_after(play, kind, wait_ms)
    if frozen.status is Status.PAUSED:
        it_goes_on(frozen, after, events)
        nobody_is_hurried(frozen, kind, after)
        only_what_is_done_counts(frozen, kind, events)
