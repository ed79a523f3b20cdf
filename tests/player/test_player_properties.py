"""What holds in every session, whatever the routine and whatever is done to it."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from player_building import (
    PLAYS,
    QUIET_PLAYS,
    TIMELINES,
    Play,
    Turn,
    ceiling_of,
    only,
)

from backcoach.player import events as ev
from backcoach.player.inputs import TICK, Input, InputKind
from backcoach.player.keys import STOP_KEYS, read_key
from backcoach.player.machine import begin, next_deadline, step
from backcoach.player.state import Outcome, Question, State, Status
from backcoach.player.stopping import ways_on
from backcoach.player.view import view
from backcoach.timeline.marks import marks_of
from backcoach.timeline.model import HELD_KINDS, REP_KINDS, WORK_KINDS, Phase, PhaseKind, Timeline

SETTLE_MS = 10_000

briefly = settings(
    max_examples=110,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
at_length = settings(briefly, max_examples=4000)


# Splitting ticks


def ticks_may_be_split(play: Play, cuts: list[int]) -> None:
    """Ticks at any moments between the inputs change neither events nor the final state."""
    whole, events = play.begun()
    split, split_events = play.begun()
    for given_, after_ms in play.script:
        now = whole.now_ms + after_ms
        whole, more = step(whole, given_, now)
        events += more
        for moment in sorted(split.now_ms + after_ms * cut // 1000 for cut in cuts):
            split, more = step(split, TICK, moment)
            split_events += more
        split, more = step(split, given_, now)
        split_events += more
    assert split_events == events
    assert split == whole


def waking_early_changes_nothing(play: Play) -> None:
    """Whoever wakes at every deadline has the same session as one who only wakes for inputs."""
    woken, events = play.begun()
    jumped, jumped_events = play.begun()
    for given_, after_ms in play.script:
        now = jumped.now_ms + after_ms
        jumped, more = step(jumped, given_, now)
        jumped_events += more
        while (due := next_deadline(woken)) is not None and due < now:
            woken, more = step(woken, TICK, due)
            events += more
        woken, more = step(woken, given_, now)
        events += more
    assert events == jumped_events
    assert woken == jumped


CUTS = st.lists(st.integers(0, 1000), max_size=6)


@briefly
@given(PLAYS, CUTS)
def test_splitting_ticks_changes_nothing(play: Play, cuts: list[int]) -> None:
    ticks_may_be_split(play, cuts)


@briefly
@given(PLAYS)
def test_waking_at_every_deadline_changes_nothing(play: Play) -> None:
    waking_early_changes_nothing(play)


# Pausing


def pausing_keeps_the_place(play: Play, wait_ms: int) -> None:
    """Nothing moves while the clock stands, whatever froze it and however long."""
    state = play.running()
    if state is None:
        return
    for kind in (InputKind.PAUSE, InputKind.MENU, InputKind.QUIT, InputKind.HELP, InputKind.STOP):
        frozen, _ = step(state, Input(kind), state.now_ms)
        later, events = step(frozen, TICK, state.now_ms + wait_ms)
        assert place_of(frozen) == place_of(state)
        assert place_of(later) == place_of(state)
        assert not only(events, ev.MarkReached)
        assert later.now_ms == state.now_ms + wait_ms


def place_of(state: State) -> tuple[object, ...]:
    """Where a session is."""
    return (
        state.index,
        state.settle,
        state.elapsed_ms,
        state.resume_ms,
        state.active_ms,
        state.left_ms,
        state.next_mark,
    )


def going_on_starts_the_rep_afresh(play: Play, wait_ms: int) -> None:
    """After a pause in work: max(prepare, 10 s), then the rep from its first movement."""
    state = play.running()
    if state is None or state.current.kind not in WORK_KINDS:
        return
    phase = state.phase
    paused, _ = step(state, Input(InputKind.PAUSE), state.now_ms)
    going, events = step(paused, Input(InputKind.PAUSE), state.now_ms + wait_ms)
    assert [type(event) for event in events] == [ev.Resumed, ev.PhaseBegan]
    settling = events[1]
    assert isinstance(settling, ev.PhaseBegan)
    assert settling.settle
    assert settling.phase.kind is PhaseKind.PREPARE
    assert settling.phase.duration_ms == max(prepare_before(state), SETTLE_MS)
    assert going.active_ms == state.active_ms
    done, events = step(going, TICK, going.now_ms + settling.phase.length_ms)
    begun = only(events, ev.PhaseBegan)[0]
    if phase.kind in REP_KINDS:
        first = next(other for other in state.plan if other.same_rep(phase))
        assert begun.phase == first
        assert done.elapsed_ms == done.rep_ms == 0
    else:
        assert begun.phase == phase
        assert (
            phase.duration_ms is None
            or done.index > state.index
            or (done.elapsed_ms == state.elapsed_ms)
        )


def prepare_before(state: State) -> int:
    """The prepare that the current phase of the plan comes after, in its step."""
    prepare_ms = state.step.prepare_ms
    for phase in state.plan[: state.index]:
        if phase.kind is PhaseKind.PREPARE and phase.run == state.phase.run:
            prepare_ms = phase.length_ms
    return prepare_ms


def nobody_is_hurried_back(play: Play, frozen_by: InputKind) -> None:
    """Left alone after a pause, a gap or a stop, no work begins for 10 s."""
    state = play.running()
    if state is None:
        return
    frozen, _ = step(state, Input(frozen_by, 60_000), state.now_ms)
    state, _ = step(frozen, Input(InputKind.GO_ON), state.now_ms)
    state, _ = step(state, Input(InputKind.MISTAKE), state.now_ms)
    assert state.status is Status.RUNNING
    assert state.current.kind not in WORK_KINDS
    _, events = step(state, TICK, state.now_ms + SETTLE_MS - 1)
    assert not [
        e for e in only(events, ev.PhaseBegan) if e.phase.kind in WORK_KINDS and not e.settle
    ]


WAITS = st.sampled_from((0, 1, 999, 60_000, 9 * 3_600_000))
FREEZERS = st.sampled_from((InputKind.PAUSE, InputKind.GAP, InputKind.STOP, InputKind.MENU))


@briefly
@given(PLAYS, st.sampled_from((0, 1, 999, 9999)))
def test_pausing_keeps_the_place(play: Play, wait_ms: int) -> None:
    pausing_keeps_the_place(play, wait_ms)


@briefly
@given(PLAYS, WAITS)
def test_going_on_starts_the_rep_afresh(play: Play, wait_ms: int) -> None:
    going_on_starts_the_rep_afresh(play, wait_ms)


@briefly
@given(PLAYS, FREEZERS)
def test_nobody_is_hurried_back(play: Play, frozen_by: InputKind) -> None:
    nobody_is_hurried_back(play, frozen_by)


# Lengths


def no_phase_lasts_longer_than_it_should(play: Play) -> None:
    """From the events alone: a phase ends after its length as adjusted, or earlier by `enter`."""
    began: ev.PhaseBegan | None = None
    allowed_ms: int | None = None
    for turn in play.turns():
        for event in turn.events:
            match event:
                case ev.PhaseBegan():
                    began, allowed_ms = event, event.phase.duration_ms
                case ev.Lengthened() if allowed_ms is not None:
                    allowed_ms += max(0, event.by_ms)
                case ev.WentBack(undone=True):
                    # The plan is put back: the phase may have the length it had before.
                    allowed_ms = None
                case ev.PhaseEnded(phase=phase, elapsed_ms=elapsed_ms):
                    assert began is not None
                    spent_ms = event.active_ms - began.active_ms
                    assert spent_ms <= elapsed_ms
                    if phase.kind in REP_KINDS or began.settle:
                        assert spent_ms == elapsed_ms, "these begin at their beginning"
                    if phase.duration_ms is not None:
                        assert elapsed_ms <= phase.duration_ms
                        assert allowed_ms is None or elapsed_ms <= allowed_ms
                        assert elapsed_ms == phase.duration_ms or means(turn.given, InputKind.DONE)
                case _:
                    pass


def active_time_is_the_plan_as_adjusted(play: Play) -> None:
    """Going only forward, the session is as far in its plan as time was active."""
    untimed_ms = cut_ms = 0
    for turn in play.turns():
        for ended in only(turn.events, ev.PhaseEnded):
            if ended.phase.duration_ms is None:
                untimed_ms += ended.elapsed_ms
            else:
                cut_ms += ended.phase.duration_ms - ended.elapsed_ms
        state = turn.after
        length_ms = sum(phase.length_ms for phase in state.plan)
        if state.status is Status.ENDED:
            assert state.active_ms == length_ms + untimed_ms - cut_ms
        else:
            into_plan_ms = state.phase.start_ms + state.elapsed_ms
            assert state.active_ms == into_plan_ms + untimed_ms - cut_ms
            assert state.left_ms <= length_ms - state.phase.start_ms


def a_rep_is_what_it_took(play: Play) -> None:
    """`real_ms` and `held_ms` are those of the rep's last and only whole going."""
    ended: list[ev.PhaseEnded] = []
    for turn in play.turns():
        for event in turn.events:
            if isinstance(event, ev.PhaseEnded):
                ended.append(event)
            if isinstance(event, ev.RepDone):
                parts = parts_of_rep(ended)
                held = (part.elapsed_ms for part in parts if part.phase.kind in HELD_KINDS)
                assert event.real_ms == sum(part.elapsed_ms for part in parts)
                assert event.held_ms == sum(held)


def parts_of_rep(ended: list[ev.PhaseEnded]) -> list[ev.PhaseEnded]:
    """The last phase that ended, and those before it that were parts of the same rep."""
    parts = [ended[-1]]
    kinds = {ended[-1].phase.kind}
    for earlier in reversed(ended[:-1]):
        kind = earlier.phase.kind
        if not earlier.phase.same_rep(ended[-1].phase) or kind in kinds:
            break
        parts.append(earlier)
        kinds.add(kind)
    return parts


def longer_never_passes_a_ceiling(play: Play) -> None:
    """`+` stops at the ceilings of a hold and of a side, and past them does nothing."""
    for turn in play.turns():
        if not means(turn.given, InputKind.LONGER):
            continue
        before = just_before(turn)
        if (turn.given.kind is InputKind.CHOSEN) != (before.status is Status.PAUSED):
            assert not only(turn.events, ev.Lengthened)
            continue
        phase = before.current
        hold_ms, total_ms = ceiling_of(phase.exercise)
        if phase.kind not in HELD_KINDS or hold_ms is None or total_ms is None:
            continue
        if phase.length_ms >= hold_ms or held_ms(before, phase) >= total_ms:
            assert turn.after.plan == before.plan
            if before.status is Status.RUNNING:
                after = turn.after
                said = replace(before, notice=after.notice, noticed_at_ms=after.noticed_at_ms)
                assert after == said
            continue
        if before.status in (Status.RUNNING, Status.PAUSED):
            now = turn.after.plan[before.index]
            added = sum(event.by_ms for event in only(turn.events, ev.Lengthened))
            room = min(5000, hold_ms - phase.length_ms, total_ms - held_ms(before, phase))
            assert now.length_ms - phase.length_ms == added == room
            assert now.length_ms <= hold_ms
            assert held_ms(turn.after, now) <= total_ms


def means(given_: Input, kind: InputKind) -> bool:
    """Whether an input asks for this, by its key or chosen by its name."""
    return kind in (given_.kind, given_.value if given_.kind is InputKind.CHOSEN else None)


def just_before(turn: Turn) -> State:
    """The state that an input met, with the time before it gone by."""
    return step(turn.before, TICK, turn.after.now_ms)[0]


def held_ms(state: State, phase: Phase) -> int:
    """All that the plan holds of an exercise, on one side."""
    like = (phase.exercise, phase.side)
    holds = (p for p in state.plan if p.kind in HELD_KINDS and (p.exercise, p.side) == like)
    return sum(hold.length_ms for hold in holds)


def no_hold_is_past_file_and_ceiling(play: Play) -> None:
    """No hold of any plan is longer than its ceiling, or than the file's own where that is."""
    longest: dict[str | None, int] = {}
    for step_ in play.timeline.steps:
        for form in (step_.usual, step_.easier):
            for phase in form.phases if form else ():
                if phase.kind in HELD_KINDS:
                    longest[phase.exercise] = max(longest.get(phase.exercise, 0), phase.length_ms)
    for turn in play.turns():
        for phase in turn.after.plan:
            ceiling_ms = ceiling_of(phase.exercise)[0]
            if phase.kind in HELD_KINDS and ceiling_ms is not None:
                assert phase.length_ms <= max(longest[phase.exercise], ceiling_ms)


@briefly
@given(PLAYS)
def test_no_phase_lasts_longer_than_it_should(play: Play) -> None:
    no_phase_lasts_longer_than_it_should(play)


@briefly
@given(QUIET_PLAYS)
def test_active_time_is_the_plan_as_adjusted(play: Play) -> None:
    active_time_is_the_plan_as_adjusted(play)


@briefly
@given(PLAYS)
def test_a_rep_is_what_it_took(play: Play) -> None:
    a_rep_is_what_it_took(play)


@briefly
@given(st.one_of(PLAYS, QUIET_PLAYS))
def test_longer_never_passes_a_ceiling(play: Play) -> None:
    longer_never_passes_a_ceiling(play)


@briefly
@given(PLAYS)
def test_no_hold_is_past_file_and_ceiling(play: Play) -> None:
    no_hold_is_past_file_and_ceiling(play)


# Stopping


def after_a_stop_nothing_goes_on(play: Play) -> None:
    """From a stop to `Resumed` no phase begins, no mark is reached, no rep is done."""
    stopped = False
    for turn in play.turns():
        for event in turn.events:
            if isinstance(event, ev.Resumed):
                stopped = False
            if stopped:
                moving = (ev.PhaseBegan, ev.PhaseEnded, ev.StepBegan, ev.MarkReached, ev.RepDone)
                assert not isinstance(event, moving)
            if isinstance(event, ev.Stopped):
                stopped = True


def only_a_key_that_says_so_goes_on(play: Play) -> None:
    """No stop is left but by a mistake, by the end, or by what was offered to go on with."""
    for turn in play.turns():
        if turn.before.status is not Status.STOPPED or turn.after.status is Status.STOPPED:
            continue
        if turn.after.status is Status.ENDED:
            chosen = just_before(turn).stop
            by_choice = chosen is not None and chosen.question is Question.CHOICE
            ends = (Outcome.PAIN, Outcome.INTERRUPTED)
            assert turn.after.outcome in ends or (by_choice and turn.given.kind is InputKind.GO_ON)
            continue
        stop = just_before(turn).stop
        assert stop is not None
        if turn.given.kind is InputKind.MISTAKE:
            assert not stop.said
            assert turn.after.status is (Status.PAUSED if stop.frozen else Status.RUNNING)
            continue
        assert turn.given.kind in ways_on(just_before(turn))
        assert stop.red_flags != "yes"
        assert stop.quality not in ("numb", "unwell", "electric")
        assert stop.where is not None
        assert stop.intensity is not None
        if stop.question is not Question.CHOICE:
            assert stop.again is not None
            assert stop.red_flags == "no" or stop.quality == "dull"


def what_is_left_out_stays_out(play: Play) -> None:
    """Nothing that a stop has left out ever begins again."""
    for turn in play.turns():
        barred = turn.after.barred
        assert turn.before.barred | barred == barred
        if turn.after.status is Status.RUNNING:
            assert not turn.after.bars(turn.after.phase)
            assert not any(turn.after.bars(p) for p in turn.after.plan[turn.after.index :])


def the_end_is_the_end(play: Play) -> None:
    """Nothing happens after `Ended`, and nothing changes but the time."""
    ended = False
    for turn in play.turns():
        if ended:
            assert not turn.events
            assert turn.after == replace(turn.before, now_ms=turn.after.now_ms)
        kinds = [type(event) for event in turn.events]
        assert ev.Ended not in kinds[:-1]
        ended = ended or ev.Ended in kinds
        assert ended == (turn.after.status is Status.ENDED)


def active_time_stands_while_frozen(play: Play) -> None:
    """Active time passes while running, and as much of it as time itself."""
    for turn in play.turns():
        passed = turn.after.active_ms - turn.before.active_ms
        assert passed >= 0
        if turn.before.status is not Status.RUNNING:
            assert passed == 0
        elif turn.after.status is not Status.ENDED:
            assert passed == turn.after.now_ms - turn.before.now_ms


@briefly
@given(PLAYS)
def test_after_a_stop_nothing_goes_on(play: Play) -> None:
    after_a_stop_nothing_goes_on(play)


@briefly
@given(PLAYS)
def test_only_a_key_that_says_so_goes_on(play: Play) -> None:
    only_a_key_that_says_so_goes_on(play)


@briefly
@given(PLAYS)
def test_what_is_left_out_stays_out(play: Play) -> None:
    what_is_left_out_stays_out(play)


@briefly
@given(PLAYS)
def test_the_end_is_the_end(play: Play) -> None:
    the_end_is_the_end(play)


@briefly
@given(PLAYS)
def test_active_time_stands_while_frozen(play: Play) -> None:
    active_time_stands_while_frozen(play)


# Valid states


def every_state_is_valid(play: Play) -> None:
    """Whatever is done, every state is one that can be shown and gone on from."""
    for turn in play.turns():
        state = turn.after
        assert 0 <= state.index < len(state.plan)
        check_place(state)
        check_plan(state)
        assert state.left_ms >= 0
        assert (state.status is Status.ENDED) == (state.outcome is not None)
        due = next_deadline(state)
        assert due is None or due > state.now_ms, "a deadline that has come is done with"
        assert (due is None) == (
            state.status not in (Status.RUNNING, Status.STOPPED)
            or (
                state.status is Status.RUNNING
                and state.current.duration_ms is None
                and state.next_mark == len(state.current.marks)
            )
        )
        check_view(state)


def check_place(state: State) -> None:
    """The place in the current phase, and the mark that is due next."""
    phase = state.current
    marks = phase.marks
    assert state.elapsed_ms >= 0
    assert phase.duration_ms is None or state.elapsed_ms <= phase.duration_ms
    assert 0 <= state.next_mark <= len(marks)
    if state.settle is None:
        assert state.resume_ms == 0
    else:
        length_ms = state.phase.duration_ms
        assert state.resume_ms >= 0
        assert length_ms is None or state.resume_ms <= length_ms
    if state.status is Status.RUNNING:
        assert all(mark.at_ms <= state.elapsed_ms for mark in marks[: state.next_mark])
        assert all(mark.at_ms > state.elapsed_ms for mark in marks[state.next_mark :])


def check_plan(state: State) -> None:
    """No gaps, and the marks of each phase where they belong."""
    at_ms = 0
    for phase in state.plan:
        assert phase.start_ms == at_ms
        assert phase.marks == marks_of(phase.kind, phase.duration_ms)
        at_ms += phase.length_ms


def check_view(state: State) -> None:
    """What is seen of it."""
    seen = view(state)
    assert 0 <= seen.fraction <= 1
    assert 1 <= seen.step <= seen.steps
    assert seen.reps_done >= 0
    assert 1 <= seen.rep <= seen.reps
    assert 1 <= seen.set <= seen.sets
    assert not seen.big.startswith("-")
    assert all(0 <= over <= length for length, over in seen.bar)
    if state.status is not Status.STOPPED:
        assert (seen.change_ms is None) == (state.status is not Status.RUNNING)
    assert seen.change_ms is None or seen.change_ms > 0


def a_stop_is_open_while_stopped(play: Play) -> None:
    """There is an open stop exactly while the session is stopped."""
    for turn in play.turns():
        stop = turn.after.stop
        assert (turn.after.status is Status.STOPPED) == (stop is not None)
        for place in filter(None, (stop.proposed, stop.other)) if stop else ():
            assert 0 <= place.active_ms <= turn.after.active_ms
            assert place.into_ms >= 0
            assert place.phase.duration_ms is None or place.into_ms <= place.phase.duration_ms
        if turn.after.status is Status.ENDED:
            numbers = [stop.number for stop in turn.after.stops]
            assert numbers == list(range(1, len(numbers) + 1))


def times_never_go_back(play: Play) -> None:
    """Events carry the time at which they were due: in order, none later than now."""
    at = [(event.at_ms, event.active_ms) for turn in play.turns() for event in turn.events]
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(at))
    for turn in play.turns():
        for event in turn.events:
            assert turn.before.now_ms <= event.at_ms <= turn.after.now_ms


@briefly
@given(PLAYS)
def test_every_state_is_valid(play: Play) -> None:
    every_state_is_valid(play)


@briefly
@given(PLAYS)
def test_a_stop_is_open_while_stopped(play: Play) -> None:
    a_stop_is_open_while_stopped(play)


@briefly
@given(PLAYS)
def test_times_never_go_back(play: Play) -> None:
    times_never_go_back(play)


@briefly
@given(PLAYS, st.integers(-(10**12), 10**12))
def test_the_zero_of_time_means_nothing(play: Play, zero_ms: int) -> None:
    state, events = play.begun()
    moved, moved_events = begin(play.timeline, zero_ms, state.zone)
    for given_, after_ms in play.script:
        state, more = step(state, given_, state.now_ms + after_ms)
        events += more
        moved, more = step(moved, given_, moved.now_ms + after_ms)
        moved_events += more
    assert [replace(event, at_ms=event.at_ms - zero_ms) for event in moved_events] == events


@briefly
@given(PLAYS, st.text(max_size=12), st.sampled_from(sorted(STOP_KEYS)))
def test_every_key_means_something_in_every_state(play: Play, key: str, stop_key: str) -> None:
    state = play.end()
    assert isinstance(read_key(state, key), Input)
    assert read_key(state, stop_key) == Input(InputKind.STOP)


@briefly
@given(TIMELINES)
def test_played_as_written_a_session_lasts_its_total(timeline: Timeline) -> None:
    state, events = begin(timeline, 0)
    while state.status is not Status.ENDED:
        due = next_deadline(state)
        self_paced = state.current.duration_ms is None
        given_ = Input(InputKind.DONE) if self_paced else TICK
        state, more = step(state, given_, state.now_ms if self_paced else due or 0)
        events += more
    assert state.active_ms == timeline.total_ms
    assert state.left_ms == 0
    assert [e.phase for e in only(events, ev.PhaseBegan)] == list(timeline.phases)
    assert only(events, ev.Ended)[0].outcome == "completed"


# The long versions

CHECKS: list[Callable[[Play], None]] = [
    waking_early_changes_nothing,
    no_phase_lasts_longer_than_it_should,
    a_rep_is_what_it_took,
    longer_never_passes_a_ceiling,
    no_hold_is_past_file_and_ceiling,
    after_a_stop_nothing_goes_on,
    only_a_key_that_says_so_goes_on,
    what_is_left_out_stays_out,
    the_end_is_the_end,
    active_time_stands_while_frozen,
    every_state_is_valid,
    a_stop_is_open_while_stopped,
    times_never_go_back,
]


@pytest.mark.soak
@pytest.mark.parametrize("check", CHECKS)
@at_length
@given(play=PLAYS)
def test_at_length(check: Callable[[Play], None], play: Play) -> None:
    check(play)


@pytest.mark.soak
@at_length
@given(QUIET_PLAYS)
def test_active_time_at_length(play: Play) -> None:
    active_time_is_the_plan_as_adjusted(play)


@pytest.mark.soak
@at_length
@given(PLAYS, CUTS)
def test_splitting_ticks_at_length(play: Play, cuts: list[int]) -> None:
    ticks_may_be_split(play, cuts)


@pytest.mark.soak
@at_length
@given(PLAYS, WAITS, FREEZERS)
def test_pausing_at_length(play: Play, wait_ms: int, frozen_by: InputKind) -> None:
    pausing_keeps_the_place(play, min(wait_ms, 9999))
    going_on_starts_the_rep_afresh(play, wait_ms)
    nobody_is_hurried_back(play, frozen_by)
