"""How a session moves through its plan: beginning and finishing phases, going on after a stop.

A `Run` is one call of the player; every other file of this room changes a session through it.
"""

from dataclasses import replace
from typing import Final, TypeVar

from backcoach.player import events as ev
from backcoach.player.state import Outcome, Place, State, Status
from backcoach.timeline.marks import Cue
from backcoach.timeline.model import WORK_KINDS, Phase, PhaseKind, with_duration

E = TypeVar("E", bound=ev.Event)

SETTLE_MS: Final = 10_000
"""The least time to get back into position after a pause, a stop or a gap."""


class Run:
    """One call of `step`: the state as it changes, and the events so far."""

    __slots__ = ("events", "state")

    def __init__(self, state: State) -> None:
        self.state = state
        self.events: list[ev.Event] = []

    def set(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]

    def note(self, words: str) -> None:
        """Show what has happened, for a moment."""
        self.set(notice=words, noticed_at_ms=self.state.active_ms)

    def emit(self, kind: type[E], **fields: object) -> E:
        at = {"at_ms": self.state.now_ms, "active_ms": self.state.active_ms}
        event = kind(**at, **fields)  # type: ignore[arg-type]
        self.events.append(event)
        return event


def finish_phase(run: Run) -> None:
    """The current phase is over: note what is done with it, and begin the next."""
    state = run.state
    if state.settle:
        run.emit(ev.PhaseEnded, phase=state.settle, elapsed_ms=state.elapsed_ms)
        _start(run, state.resume_ms)
        return
    phase = state.phase
    run.emit(ev.PhaseEnded, phase=phase, elapsed_ms=state.elapsed_ms)
    following = state.following
    remember_work(run)
    if phase.kind in WORK_KINDS and not (following and phase.same_rep(following)):
        _count_rep(run, phase)
    if following is None:
        end_session(run, Outcome.COMPLETED)
    else:
        enter(run, state.index + 1)


def _count_rep(run: Run, phase: Phase) -> None:
    state = run.state
    form = state.form_of(phase)
    if form.exercise is None:
        return
    self_paced = phase.kind is PhaseKind.SELF_PACED
    done = run.emit(
        ev.RepDone,
        step=phase.step,
        exercise=form.exercise.id,
        family=form.exercise.family,
        round=phase.round,
        side=phase.side,
        set=phase.set,
        rep=phase.rep,
        reps=form.reps_in(phase.set) if self_paced else 1,
        real_ms=state.rep_ms,
        held_ms=state.held_ms,
    )
    run.set(done=(*state.done, done))


def enter(run: Run, index: int) -> None:
    """Go to the phase at `index`, to its start."""
    before = run.state
    # Plans have nothing locked ahead. Should one have it all the same, it isn't begun.
    while before.bars(before.plan[index]):
        index += 1
        if index == len(before.plan):
            end_session(run, Outcome.PAIN)
            return
    moved_on = index == before.index + 1 and before.phase.same_rep(before.plan[index])
    run.set(index=index)
    if not moved_on:
        run.set(rep_ms=0, held_ms=0)
    _start(run, 0)


def _start(run: Run, at_ms: int) -> None:
    """Let time pass in the current phase of the plan, from so far into it."""
    run.set(settle=None, resume_ms=0, elapsed_ms=at_ms)
    _announce(run)


def _announce(run: Run) -> None:
    """Say what begins; while the clock stands still nothing does, and `go_on` says it later."""
    aim_marks(run)
    state = run.state
    if state.status is not Status.RUNNING:
        return
    phase = state.phase
    if phase.run != state.told:
        run.set(told=phase.run)
        run.emit(ev.StepBegan, step=phase.step, exercise=phase.exercise, round=phase.round)
    run.emit(ev.PhaseBegan, phase=state.current, settle=state.settle is not None)


def aim_marks(run: Run) -> None:
    """The next mark is the first that still lies ahead; the end is always ahead."""
    state = run.state
    ahead = (
        number
        for number, mark in enumerate(state.current.marks)
        if mark.at_ms > state.elapsed_ms or mark.cue is Cue.END
    )
    run.set(next_mark=next(ahead, len(state.current.marks)))


def go_on(run: Run, least_ms: int = SETTLE_MS) -> None:
    """Run again from where the clock stands: the rep afresh, after time to get back down.

    Args:
        least_ms: the least time for that.
    """
    remember_work(run)
    run.set(status=Status.RUNNING, notice="")
    state = run.state
    run.emit(ev.Resumed)
    if state.settle:
        _settle(run, state.index, state.resume_ms, least_ms)
        return
    phase, following = state.phase, state.following
    if phase.kind in (PhaseKind.TIMED, PhaseKind.SELF_PACED):
        _settle(run, state.index, state.elapsed_ms, least_ms)
    elif phase.kind in WORK_KINDS:
        _settle(run, state.rep_start(state.index), 0, least_ms)
    elif following is None:
        _start(run, state.elapsed_ms)
    elif phase.kind is PhaseKind.PREPARE:
        _settle(run, state.index + 1, 0, least_ms)
    else:
        _go_on_with_rest(run, least_ms)


def _go_on_with_rest(run: Run, least_ms: int) -> None:
    """A rest goes on, unless what is left of it is too little to get back into position."""
    state = run.state
    left_ms = state.phase.length_ms - state.elapsed_ms
    work = state.index + 1
    while work < len(state.plan) and state.plan[work].kind not in WORK_KINDS:
        left_ms += state.plan[work].length_ms
        work += 1
    if work < len(state.plan) and left_ms < _settle_ms(state, work, least_ms):
        _settle(run, work, 0, least_ms)
    else:
        _start(run, state.elapsed_ms)


def _settle_ms(state: State, index: int, least_ms: int) -> int:
    return max(state.prepare_ms(index), least_ms)


def _settle(run: Run, index: int, resume_ms: int, least_ms: int) -> None:
    """Time to get into position, then the phase at `index`, from so far into it."""
    state = run.state
    prepare = replace(state.plan[index], kind=PhaseKind.PREPARE)
    if resume_ms == 0:
        run.set(rep_ms=0, held_ms=0)
    run.set(
        index=index,
        settle=with_duration(prepare, _settle_ms(state, index, least_ms)),
        elapsed_ms=0,
        resume_ms=resume_ms,
    )
    _announce(run)


def remember_work(run: Run) -> None:
    """Leaving a hold, keep where it was: a late stop belongs to it."""
    state = run.state
    phase, last = state.phase, state.last_work
    # What has only just begun was no work yet: nothing can have hurt in it.
    if state.settle or phase.kind not in WORK_KINDS or state.elapsed_ms == 0:
        return
    run.set(last_work_at_ms=state.now_ms)
    if last and last.phase.same_work(phase):
        if phase.kind is PhaseKind.MOVE_OUT and last.phase.kind is not PhaseKind.MOVE_OUT:
            # The rep's hold is the better place, but the movement out has only just ended.
            return
    elif last:
        run.set(earlier_work=last)
    run.set(last_work=Place(phase, state.elapsed_ms, state.active_ms))


def end_session(run: Run, outcome: Outcome) -> None:
    """The session is over, a stop that is still open included."""
    state = run.state
    if state.stop is not None:
        run.set(stop=None, stops=(*state.stops, state.stop))
    run.set(status=Status.ENDED, outcome=outcome)
    run.emit(ev.Ended, outcome=str(outcome))


def switch_sound(run: Run) -> None:
    """Sound off, or on again."""
    run.set(muted=not run.state.muted)
    run.emit(ev.Muted, muted=run.state.muted)
