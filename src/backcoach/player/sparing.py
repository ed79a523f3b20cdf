"""Leaving out of the plan what a stop has barred, and finding what is left of it."""

from dataclasses import replace

from backcoach.player import events as ev
from backcoach.player.barring import Barred
from backcoach.player.running import Run, end_session, enter, remember_work
from backcoach.player.state import Outcome, State, relaid
from backcoach.timeline.model import Phase


def spare(run: Run, barred: Barred, outcome: Outcome = Outcome.PAIN) -> None:
    """Leave out of the rest of the plan what is barred, its rests included.

    The session ends where no exercise is left; else the clock stands at the next one, or where it
    stood if that may go on.

    Args:
        outcome: of a session that ends for it.
    """
    run.set(barred=run.state.barred | barred)
    before = run.state
    plan = list(before.plan[: before.index])
    for start, end, why in _ahead(before, before.barred):
        phases = before.plan[max(start, before.index) : end]
        if not why:
            plan += phases
        elif phases[0].exercise:
            _say(run, phases[0], why)
    moved = plan[before.index : before.index + 1] != [before.phase]
    if not has_exercises(plan[before.index :]):
        end_session(run, outcome)
        return
    if moved:
        remember_work(run)
    run.set(plan=relaid(tuple(plan)))
    if moved:
        enter(run, before.index)


def without_barred(state: State, index: int) -> tuple[Phase, ...]:
    """The plan without what is barred from an index on, whatever was played there before."""
    plan = list(state.plan[:index])
    for start, end, why in _ahead(replace(state, index=index), state.barred):
        if not why:
            plan += state.plan[max(start, index) : end]
    return tuple(plan)


def has_exercises(phases: list[Phase]) -> bool:
    """Whether there is anything but rests."""
    return any(phase.exercise for phase in phases)


def left_after(state: State, barred: Barred) -> tuple[str, ...]:
    """The names of the exercises still to come, without what is or would be barred."""
    names: dict[str, None] = {}
    for start, _, why in _ahead(state, state.barred | barred):
        exercise = state.exercise_of(state.plan[start])
        if exercise and not why:
            names[exercise.name] = None
    return tuple(names)


def _ahead(state: State, barred: Barred) -> list[tuple[int, int, str]]:
    """The playings of steps from here on, and why each is left out.

    A rest goes with the exercise before it.
    """
    found = []
    why = ""
    for start, end in state.runs():
        if end <= state.index:
            continue
        exercises = {
            state.exercise_of(phase) for phase in state.plan[max(start, state.index) : end]
        }
        if None not in exercises:
            why = next(filter(None, (barred.reason(e) for e in exercises if e)), "")
        found.append((start, end, why))
    return found


def _say(run: Run, phase: Phase, why: str) -> None:
    if any(step == phase.step for step, _ in run.state.left_out):
        return
    run.emit(ev.LeftOut, step=phase.step, exercise=phase.exercise, reason=why)
    run.set(left_out=(*run.state.left_out, (phase.step, why)))
