"""The stop: at once, with its place, then one question after the other, and nothing by itself."""

from dataclasses import replace
from typing import Final

from backcoach.player import events as ev
from backcoach.player.adjusting import leave_out, make_easier, make_smaller
from backcoach.player.inputs import Input
from backcoach.player.questions import ASKED, answered, may_go_on
from backcoach.player.running import Run, end_session, go_on, switch_sound
from backcoach.player.state import Outcome, Place, Question, Status, Stop
from backcoach.timeline.model import REP_KINDS, WORK_KINDS, Step

LATE_STOP_MS: Final = 20_000
"""How long after a hold a stop still belongs to it."""
SILENCE_MS: Final = 10_000
"""Without a key, breathing is paced from here on."""
ABANDONED_MS: Final = 10 * 60_000
"""Without a key, a stopped session is ended."""


def it_hurts(run: Run, _: Input) -> None:
    """It hurts: everything stands still, and where it was is said before anything is asked."""
    state = run.state
    phase, last = state.current, state.last_work
    present = Place(phase, state.elapsed_ms, state.active_ms)
    recent = state.now_ms - state.last_work_at_ms <= LATE_STOP_MS
    proposed: Place = present
    other: Place | None
    if last and (phase.kind not in WORK_KINDS or (phase.kind not in REP_KINDS and recent)):
        proposed, other = last, present
    else:
        other = state.earlier_work if last and last.phase.same_work(phase) else last
    stop = Stop(len(state.stops) + 1, proposed, other, silent_since_ms=state.now_ms)
    run.set(status=Status.STOPPED, stop=stop, notice="", undo=None)
    _say_stop(run, stop, moved=False)


def _say_stop(run: Run, stop: Stop, *, moved: bool) -> None:
    phase = stop.place.phase
    run.emit(
        ev.Stopped,
        number=stop.number,
        step=phase.step,
        exercise=phase.exercise,
        phase=phase.kind,
        side=phase.side,
        set=phase.set,
        rep=phase.rep,
        round=phase.round,
        into_ms=stop.place.into_ms,
        stopped_at_ms=stop.place.active_ms,
        moved=moved,
    )


def _heard(run: Run) -> Stop:
    """The open stop, with the silence over."""
    stop = run.state.stop
    assert stop is not None
    breathing = stop.question is Question.BREATHE
    stop = replace(stop, silent_since_ms=run.state.now_ms, breathing=breathing)
    run.set(stop=stop)
    return stop


def still_here(run: Run, _: Input) -> None:
    _heard(run)


def move_stop(run: Run, _: Input) -> None:
    stop = _heard(run)
    if stop.question is Question.EMERGENCY:
        # A wrong digit is no reason to be frightened: the questions begin again.
        run.set(stop=replace(stop, question=Question.WHAT, quality=None, where=None))
    elif stop.question is Question.WHAT and stop.other:
        stop = replace(stop, at_other=not stop.at_other)
        run.set(stop=stop)
        _say_stop(run, stop, moved=True)


def answer(run: Run, given: Input) -> None:
    stop = _heard(run)
    if stop.question not in ASKED:
        return
    after = replace(answered(stop, given.value), said=True)
    value = {
        Question.WHAT: after.quality,
        Question.WHERE: after.where,
        Question.HOW_MUCH: after.intensity,
    }[stop.question]
    run.set(stop=after)
    run.emit(ev.StopAnswered, number=stop.number, question=str(stop.question), value=value)


def mute(run: Run, _: Input) -> None:
    """Sound off or on; somebody is there."""
    _heard(run)
    switch_sound(run)


def breathe(run: Run, _: Input) -> None:
    """No questions: breathing at once."""
    began = run.state.stop is not None and run.state.stop.breathing
    stop = _heard(run)
    if stop.question is Question.EMERGENCY:
        return
    run.set(stop=replace(stop, question=Question.BREATHE, breathing=True))
    if not began:
        run.emit(ev.BreathingBegan)


def mistake(run: Run, _: Input) -> None:
    stop = _heard(run)
    if stop.said:
        return
    run.emit(ev.StopMistaken, number=stop.number)
    _close_stop(run, replace(stop, mistake=True))
    go_on(run)


def go_on_without(run: Run, _: Input) -> None:
    """After a dull effort: the exercise is left out, and the next one gets its full prepare."""
    step = _chosen_step(run)
    if step is not None:
        leave_out(run, step)
        _go_on_after_choice(run)


def go_on_smaller(run: Run, _: Input) -> None:
    """After a dull effort: the same exercise made smaller, or the easier one if it is already."""
    step = _chosen_step(run)
    if step is not None:
        if step.number in run.state.small:
            make_easier(run, step)
        else:
            make_smaller(run, step)
        _go_on_after_choice(run)


def _chosen_step(run: Run) -> Step | None:
    """The step the stop belongs to, the stop being closed; None where nothing may go on."""
    stop = _heard(run)
    if stop.question is not Question.CHOICE or not may_go_on(stop):
        return None
    _close_stop(run, stop)
    # Frozen until `go_on`: what is changed meanwhile begins nothing.
    run.set(status=Status.PAUSED)
    return run.state.step_of(stop.place.phase)


def _go_on_after_choice(run: Run) -> None:
    run.set(undo=None)
    if run.state.status is not Status.ENDED:
        go_on(run)


def _close_stop(run: Run, stop: Stop) -> None:
    run.set(stop=None, stops=(*run.state.stops, stop))


def end_stop(run: Run, _: Input) -> None:
    _heard(run)
    end_session(run, Outcome.PAIN)


def saved(run: Run, given: Input) -> None:
    """The history has the stop with this number."""
    stop = run.state.stop
    if stop is not None and stop.number == given.value:
        run.set(stop=replace(stop, saved=True))


def advance_silence(run: Run, now_ms: int) -> None:
    """While stopped: breathing after a while of nothing, and the end after a long one."""
    stop = run.state.stop
    if run.state.status is not Status.STOPPED or stop is None:
        return
    if not stop.breathing and now_ms >= stop.silent_since_ms + SILENCE_MS:
        run.set(now_ms=stop.silent_since_ms + SILENCE_MS, stop=replace(stop, breathing=True))
        run.emit(ev.BreathingBegan)
    if now_ms >= stop.silent_since_ms + ABANDONED_MS:
        run.set(now_ms=stop.silent_since_ms + ABANDONED_MS)
        end_session(run, Outcome.PAIN)
