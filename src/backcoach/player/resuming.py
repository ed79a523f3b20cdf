"""Goes on with a session that was broken off: from the start of the rep it was in."""

from dataclasses import dataclass

from backcoach.player import events as ev
from backcoach.player.adjusting import make_easier, make_smaller
from backcoach.player.running import Run, go_on
from backcoach.player.state import State, Status, relaid
from backcoach.player.stopping import GET_UP_MS
from backcoach.player.zones import PainZone
from backcoach.timeline.model import WORK_KINDS, Phase, Timeline


@dataclass(frozen=True, slots=True)
class BrokenOff:
    """How far a session had come.

    Attributes:
        step, round, resting: what was begun last: a step, or the rest of its own after one.
        done: every rep that was done, in order.
        small, easier: the steps that went on in that form.
        amber: the steps that ached.
        over: the steps that had ended for it.
    """

    active_ms: int = 0
    step: int = 1
    round: int | None = None
    resting: bool = False
    done: tuple[ev.RepDone, ...] = ()
    small: frozenset[int] = frozenset()
    easier: frozenset[int] = frozenset()
    amber: frozenset[int] = frozenset()
    over: frozenset[int] = frozenset()


def resume(
    timeline: Timeline, before: BrokenOff, now_ms: int, zone: PainZone
) -> tuple[State, list[ev.Event]] | None:
    """The state in which a session goes on, after time to get into position, and its events.

    None where nothing of it is left to do.
    """
    start = _start(timeline.phases, before)
    if start is None:
        return None
    run = Run(
        State(
            timeline,
            timeline.phases,
            zone=zone,
            status=Status.PAUSED,
            index=start,
            now_ms=now_ms,
            active_ms=before.active_ms,
            done=before.done,
            amber=before.amber,
        )
    )
    _adjust(run, before)
    index = _place(run.state, before)
    if index is None:
        return None
    # What came before can't be undone, and none of it was said to anybody here.
    run.events.clear()
    run.set(index=index, undo=None, notice="", told=None, last_work=None, earlier_work=None)
    # Whoever has just pressed a key isn't on the floor yet; `enter` shortens it.
    go_on(run, GET_UP_MS)
    return run.state, run.events


def _start(phases: tuple[Phase, ...], before: BrokenOff) -> int | None:
    """Where what was begun last begins; where nothing of the plan is it, there is no going on."""
    run = (before.step, before.round, before.resting)
    return next((index for index, phase in enumerate(phases) if phase.run == run), None)


def _adjust(run: Run, before: BrokenOff) -> None:
    """Put the forms that it had come to into the plan, and take out what was over."""
    state = run.state
    here = state.phase.step
    for step in state.timeline.steps:
        if step.number in before.small:
            make_smaller(run, step)
        if step.number in before.easier:
            make_easier(run, step, at_once=step.number == here)
    state = run.state
    over = before.over
    kept = (p for p in state.plan[state.index :] if p.step not in over or p.exercise is None)
    run.set(plan=relaid((*state.plan[: state.index], *kept)))


def _place(state: State, before: BrokenOff) -> int | None:
    """The first phase of a rep that isn't done, or of what follows; None at the end."""
    this = (before.step, before.round)
    reps = [rep for rep in before.done if (rep.step, rep.round) == this]
    done = {(rep.side, rep.set, rep.rep) for rep in reps}
    last_set = max((rep.set or 0 for rep in reps), default=0)
    for index in range(state.index, len(state.plan)):
        phase = state.plan[index]
        if before.resting or phase.run != (*this, False):
            return index
        if phase.kind not in WORK_KINDS or (phase.set or 0) < last_set:
            continue
        if (phase.side, phase.set, phase.rep) not in done:
            return index
    return None
