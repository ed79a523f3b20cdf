"""The stop: at once, with its place, then one question after the other, and nothing by itself."""

from dataclasses import replace
from typing import Final

from backcoach.player import events as ev
from backcoach.player.adjusting import leave_out, make_smaller
from backcoach.player.inputs import Input
from backcoach.player.questions import ASKED, answered, may_go_on
from backcoach.player.running import Run, end_session, go_on
from backcoach.player.state import Outcome, Place, Question, Status, Stop
from backcoach.timeline.model import REP_KINDS, WORK_KINDS

LATE_STOP_MS: Final = 20_000
"""How long after a hold a stop still belongs to it."""
SILENCE_MS: Final = 10_000
"""Without a key, breathing is paced from here on."""
ABANDONED_MS: Final = 10 * 60_000
"""Without a key, a stopped session is ended."""


def it_hurts(run: Run, _: Input) -> None:
    """It hurts: everything stands still, and where it was is said before anything is asked."""
    state = run.state
    phase = state.current
    present = Place(phase, state.elapsed_ms, state.active_ms)
    recent = state.now_ms - state.last_work_at_ms <= LATE_STOP_MS
    late = phase.kind not in WORK_KINDS or (phase.kind not in REP_KINDS and recent)
    proposed = state.last_work if late and state.last_work else present
    stop = Stop(len(state.stops) + 1, proposed, present, silent_since_ms=state.now_ms)
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
    if stop.question is Question.WHAT and stop.proposed != stop.present:
        stop = replace(stop, at_present=not stop.at_present)
        run.set(stop=stop)
        _say_stop(run, stop, moved=True)


def answer(run: Run, given: Input) -> None:
    stop = _heard(run)
    if stop.question not in ASKED:
        return
    after = answered(stop, given.value)
    value = {
        Question.WHAT: after.quality,
        Question.WHERE: after.where,
        Question.HOW_MUCH: after.intensity,
    }[stop.question]
    run.set(stop=after)
    run.emit(ev.StopAnswered, number=stop.number, question=str(stop.question), value=value)


def breathe(run: Run, _: Input) -> None:
    stop = _heard(run)
    if stop.question is not Question.EMERGENCY:
        run.set(stop=replace(stop, question=Question.BREATHE, breathing=True))


def mistake(run: Run, _: Input) -> None:
    stop = _heard(run)
    if stop.question is Question.EMERGENCY:
        return
    run.emit(ev.StopMistaken, number=stop.number)
    _close_stop(run, replace(stop, mistake=True))
    go_on(run)


def go_on_without(run: Run, _: Input) -> None:
    """After a dull effort: the exercise is left out, and the next one gets its full prepare."""
    stop = _heard(run)
    if stop.question is not Question.CHOICE or not may_go_on(stop):
        return
    _close_stop(run, stop)
    present = run.state.phase.step
    step = run.state.step_of(stop.place.phase)
    if step.number != present:
        leave_out(run, step)
        go_on(run)
        return
    run.set(status=Status.PAUSED)
    leave_out(run, step)
    if run.state.status is not Status.ENDED:
        go_on(run)


def go_on_smaller(run: Run, _: Input) -> None:
    """After a dull effort: the same exercise, made smaller."""
    stop = _heard(run)
    if stop.question is not Question.CHOICE or not may_go_on(stop):
        return
    _close_stop(run, stop)
    make_smaller(run, run.state.step_of(stop.place.phase))
    run.set(undo=None)
    go_on(run)


def _close_stop(run: Run, stop: Stop) -> None:
    run.set(stop=None, stops=(*run.state.stops, stop))


def end_stop(run: Run, _: Input) -> None:
    _heard(run)
    end_session(run, Outcome.PAIN)


def saved(run: Run, _: Input) -> None:
    stop = run.state.stop
    if stop is not None:
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
