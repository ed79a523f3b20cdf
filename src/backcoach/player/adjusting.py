"""What a person changes about a session while it runs: where it is, how long, which form."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from backcoach.player import events as ev
from backcoach.player.inputs import Input
from backcoach.player.running import (
    Run,
    aim_marks,
    end_session,
    enter,
    finish_phase,
    go_on,
    remember_work,
)
from backcoach.player.sparing import without_barred
from backcoach.player.state import Outcome, State, Status, Undo, relaid
from backcoach.timeline.model import (
    HELD_KINDS,
    REST_KINDS,
    Form,
    Phase,
    PhaseKind,
    Step,
    with_duration,
)

PREPARE_KEPT_MS: Final = 3000
"""How much of a prepare is always kept."""
CHANGE_MS: Final = 5000
"""What `+` and `-` do."""
LONGEST_REST_MS: Final = 30 * 60_000
TWICE_MS: Final = 2000
"""Two presses of `back` this close go to the step before."""
UNDO_MS: Final = 5000
"""How long `back` undoes a skip or a swap."""

_ADJUSTABLE = HELD_KINDS | REST_KINDS | {PhaseKind.PREPARE}


def next_step(run: Run, _: Input) -> None:
    _skip(run, run.state.run_end(run.state.index))


def _skip(run: Run, index: int) -> None:
    """On to the phase at `index`, or to the end where there is none."""
    before = run.state
    to_step = before.plan[index].step if index < len(before.plan) else None
    run.emit(ev.Skipped, step=before.phase.step, to_step=to_step)
    remember_work(run)
    if to_step is None:
        # Who skipped everything has ended it by choice.
        end_session(run, Outcome.COMPLETED if before.done else Outcome.ENDED)
        return
    enter(run, index)
    run.set(undo=Undo(before.now_ms, replace(before, undo=None), same_until=0))


def go_back(run: Run, _: Input) -> None:
    state = run.state
    if state.undo and state.now_ms - state.undo.at_ms <= UNDO_MS:
        _undo(run, state.undo)
        return
    start = state.run_start(state.index)
    # A run may have begun with another form, which is left out by now.
    start = next(
        (i for i in range(start, state.index) if not state.bars(state.plan[i])), state.index
    )
    twice = state.back_at_ms is not None and state.now_ms - state.back_at_ms <= TWICE_MS
    if twice:
        start = _run_before(state, state.run_start(state.index), start)
    remember_work(run)
    run.emit(ev.WentBack, step=state.phase.step, to_step=state.plan[start].step, undone=False)
    run.set(undo=None, back_at_ms=state.now_ms, plan=relaid(without_barred(state, start)))
    enter(run, start)


def _run_before(state: State, start: int, here: int) -> int:
    """Where the playing of a step before this one begins, those left out passed over."""
    before = start
    while before > 0:
        before = state.run_start(before - 1)
        if not any(map(state.bars, state.plan[before : state.run_end(before)])):
            return before
    return here


def _undo(run: Run, undo: Undo) -> None:
    """Take back a skip or a swap. What time has passed has passed, and what is done is done."""
    state, before = run.state, undo.state
    run.emit(ev.WentBack, step=state.phase.step, to_step=before.phase.step, undone=True)
    run.set(plan=before.plan, small=before.small, undo=None)
    if state.index < undo.same_until:
        _keep_what_has_passed(run)
        return
    run.set(
        index=before.index,
        settle=before.settle,
        elapsed_ms=before.elapsed_ms,
        resume_ms=before.resume_ms,
        rep_ms=before.rep_ms,
        held_ms=before.held_ms,
    )
    if state.status is Status.RUNNING:
        go_on(run)


def _keep_what_has_passed(run: Run) -> None:
    """The current phase is at least as long as what has passed of it."""
    state = run.state
    phase = state.phase
    if phase.duration_ms is not None:
        _put(run, with_duration(phase, max(phase.duration_ms, _passed_ms(state))))
    aim_marks(run)


def _put(run: Run, phase: Phase) -> None:
    """Put a phase into the plan in place of the present one."""
    plan, index = run.state.plan, run.state.index
    run.set(plan=relaid((*plan[:index], phase, *plan[index + 1 :])))


def _passed_ms(state: State) -> int:
    """How much of the phase of the plan is over, whether it runs or is gone on with later."""
    return state.resume_ms if state.settle else state.elapsed_ms


def longer(run: Run, _: Input) -> None:
    state = run.state
    phase = state.current
    if phase.kind not in _ADJUSTABLE or phase.duration_ms is None:
        return
    room = LONGEST_REST_MS - phase.duration_ms
    if phase.kind in HELD_KINDS:
        exercise = state.exercise_of(phase)
        ceiling = exercise.ceiling if exercise else None
        room = CHANGE_MS
        if ceiling and ceiling.hold_ms is not None:
            room = min(room, ceiling.hold_ms - phase.duration_ms)
        if ceiling and ceiling.total_ms is not None:
            room = min(room, ceiling.total_ms - state.held_in_plan_ms(phase))
    _change(run, max(0, min(CHANGE_MS, room)))


def shorter(run: Run, _: Input) -> None:
    state = run.state
    phase = state.current
    if phase.kind not in _ADJUSTABLE or phase.duration_ms is None:
        return
    kept = state.elapsed_ms
    if phase.kind is PhaseKind.PREPARE:
        kept = max(kept, min(PREPARE_KEPT_MS, phase.duration_ms))
    _change(run, max(-CHANGE_MS, kept - phase.duration_ms))


def _change(run: Run, by_ms: int) -> None:
    """Make the current phase longer or shorter, and say so."""
    phase = run.state.current
    if by_ms == 0:
        run.note("that is as far as it goes")
        return
    _resize(run, phase.length_ms + by_ms)
    run.emit(ev.Lengthened, step=phase.step, phase=phase.kind, by_ms=by_ms)
    seconds = f"{abs(by_ms) / 1000:g} s"
    run.note(f"{seconds} longer" if by_ms > 0 else f"{seconds} shorter")


def _resize(run: Run, duration_ms: int) -> None:
    """Give the current phase another length, never less than what has passed of it."""
    state = run.state
    resized = with_duration(state.current, max(duration_ms, state.elapsed_ms))
    if state.settle:
        run.set(settle=resized)
    else:
        _put(run, resized)
    aim_marks(run)


def start_now(run: Run, _: Input) -> None:
    """Start now, or done: never cuts a hold, a movement or a timed exercise short."""
    state = run.state
    phase = state.current
    early = phase.kind is PhaseKind.PREPARE and state.elapsed_ms < PREPARE_KEPT_MS
    if phase.kind in REST_KINDS | {PhaseKind.PREPARE, PhaseKind.SELF_PACED} and not early:
        finish_phase(run)


def ache(run: Run, _: Input) -> None:
    """Smaller from here on; the second time in one exercise, that exercise ends.

    Between two exercises it belongs to the one before.
    """
    state = run.state
    phase = state.phase
    if phase.exercise is None and state.last_work:
        phase = state.last_work.phase
    step = state.step_of(phase)
    again = step.number in state.amber
    run.emit(ev.Ached, step=step.number, exercise=phase.exercise, ends=again)
    run.set(amber=state.amber | {step.number})
    if again:
        leave_out(run, step)
    elif phase.exercise:
        make_smaller(run, step)
    run.set(undo=None)


def easier(run: Run, _: Input) -> None:
    """The smaller form; where that is played already, the easier exercise."""
    state = run.state
    step = state.step
    ahead = state.plan[state.index : state.run_end(state.index)]
    if state.phase.exercise is None:
        return
    if step.number not in state.small and step.smaller:
        make_smaller(run, step)
    elif not can_be_easier(state, step) or state.form_of(state.phase) is step.easier:
        run.note("nothing easier here: → leaves it out")
    elif any(state.form_of(phase) is step.easier for phase in ahead):
        run.note("the easier one comes with the next set")
    else:
        make_easier(run, step)


def can_be_smaller(state: State, step: Step) -> bool:
    """Whether a step has a smaller form that isn't played yet."""
    return step.smaller is not None and step.number not in state.small


def can_be_easier(state: State, step: Step) -> bool:
    """Whether a step has an easier exercise that no stop has left out."""
    easier = step.easier.exercise if step.easier else None
    return easier is not None and not state.barred.reason(easier)


def make_smaller(run: Run, step: Step) -> None:
    """Half of every hold from here on, in this round and the later ones."""
    state = run.state
    smaller = step.smaller
    if smaller is None or step.number in state.small:
        return
    plan = list(state.plan)
    for start, end in state.runs():
        same = plan[start].step == step.number and end - start == len(smaller.phases)
        if not same or plan[start].exercise is None:
            continue
        for index in range(max(start, state.index), end):
            length = smaller.phases[index - start].duration_ms
            current = plan[index].duration_ms
            if length is None or current is None or plan[index].kind not in HELD_KINDS:
                continue
            passed = _passed_ms(state) if index == state.index else 0
            plan[index] = with_duration(plan[index], max(passed, min(length, current)))
    run.set(
        plan=relaid(tuple(plan)),
        small=state.small | {step.number},
        undo=Undo(state.now_ms, replace(state, undo=None), same_until=len(plan)),
    )
    run.note(smaller.words)
    aim_marks(run)
    exercise = smaller.exercise
    run.emit(
        ev.Swapped, step=step.number, form="smaller", exercise=exercise.id if exercise else None
    )


def make_easier(run: Run, step: Step, *, at_once: bool = False) -> None:
    """The easier exercise, with a full prepare, from the next set on; at once in the last set.

    Args:
        at_once: not with the next set: the harder one is over in this step, for `back` as well.
    """
    before = run.state
    easier = step.easier
    if easier is None or easier.exercise is None:
        return
    plan: list[Phase] = []
    same_until = len(before.plan)
    for start, end in before.runs():
        first = before.plan[start]
        if first.step != step.number or first.exercise is None or end <= before.index:
            plan += before.plan[start:end]
            continue
        cut, from_set = _cut(before, start, end, at_once=at_once)
        same_until = min(same_until, cut)
        plan += before.plan[start:cut]
        plan += (replace(phase, round=first.round) for phase in _sets_from(easier, from_set))
    run.emit(ev.Swapped, step=step.number, form="easier", exercise=easier.exercise.id)
    if same_until == before.index:
        remember_work(run)
    run.set(plan=relaid(tuple(plan)))
    if same_until == before.index:
        enter(run, before.index)
    if at_once:
        _forget(run, step)
    run.set(undo=Undo(before.now_ms, replace(before, undo=None), same_until=same_until))
    run.note(easier.words)


def _forget(run: Run, step: Step) -> None:
    """Take what a step has played of its harder exercise out of the plan."""
    state = run.state
    hard = {
        index
        for index, phase in enumerate(state.plan[: state.index])
        if phase.step == step.number and phase.exercise and state.form_of(phase) is not step.easier
    }
    kept = tuple(phase for index, phase in enumerate(state.plan) if index not in hard)
    run.set(plan=relaid(kept), index=state.index - len(hard))


def _cut(state: State, start: int, end: int, *, at_once: bool) -> tuple[int, int]:
    """Where a playing of a step is cut for its easier form, and the set this goes on with."""
    if start > state.index:
        return start, 1
    here = state.phase
    set_here = here.set or 1
    if not at_once and here.kind not in (PhaseKind.PREPARE, PhaseKind.SET_REST):
        for index in range(state.index + 1, end):
            if (state.plan[index].set or 1) > set_here:
                return index, set_here + 1
    return state.index, set_here


def _sets_from(form: Form, from_set: int) -> Iterator[Phase]:
    """The prepare of a form and its sets from a number on, without the rest before them."""
    for phase in form.phases:
        if phase.kind is PhaseKind.PREPARE:
            yield replace(phase, set=phase.set and from_set)
        elif not (phase.kind is PhaseKind.SET_REST and phase.set == from_set) and (
            phase.set is None or phase.set >= from_set
        ):
            yield phase


def leave_out(run: Run, step: Step) -> None:
    """On to the next step, and this one no more in the rounds to come."""
    state = run.state
    end = state.run_end(state.index)
    coming = (p for p in state.plan[end:] if p.step != step.number or p.exercise is None)
    run.set(plan=relaid((*state.plan[:end], *coming)))
    if state.phase.step == step.number:
        _skip(run, end)
