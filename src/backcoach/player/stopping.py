"""The stop: at once, with its place, then one question after the other, and nothing by itself."""

from dataclasses import replace
from typing import Final

from backcoach.player import events as ev
from backcoach.player import questions
from backcoach.player.adjusting import can_be_easier, can_be_smaller, make_easier, make_smaller
from backcoach.player.barring import Barred
from backcoach.player.deciding import (
    EASIER_UP_TO,
    barred_by,
    decide,
    ends_for_certain,
    finding_of,
    is_alarming,
    next_question,
)
from backcoach.player.inputs import Input, InputKind
from backcoach.player.questions import AGAIN_FROM, RESTING, answer_of, answered, has_answers
from backcoach.player.running import SETTLE_MS, Run, end_session, go_on, switch_sound
from backcoach.player.sparing import left_after, spare
from backcoach.player.state import Outcome, Place, Question, State, Status, Stop
from backcoach.timeline.model import REP_KINDS, WORK_KINDS, Step

LATE_STOP_MS: Final = 20_000
"""How long after a hold a stop still belongs to it."""
SILENCE_MS: Final = 10_000
"""Without a key, breathing is paced from here on."""
ABANDONED_MS: Final = 10 * 60_000
"""Without a key, a stopped session is ended."""
RELIEF_LEAST_MS: Final = 2 * 60_000
"""So much rest comes before the question that may let a session go on."""
RELIEF_MS: Final = 5 * 60_000
"""So long a relief lasts."""
GET_UP_MS: Final = 45_000
"""The least time to get from lying down into any position. `enter` shortens it."""


def it_hurts(run: Run, _: Input) -> None:
    """It hurts: everything stands still, and where it was is said before anything is asked."""
    state = run.state
    phase, last = state.current, state.last_work
    present = Place(phase, state.elapsed_ms, state.active_ms)
    recent = state.now_ms - state.last_work_at_ms <= LATE_STOP_MS
    going_on = last is not None and last.phase.same_work(phase)
    late = phase.kind not in REP_KINDS and recent and not going_on
    proposed: Place = present
    other: Place | None
    if last and (phase.kind not in WORK_KINDS or late):
        proposed, other = last, present
    else:
        other = state.earlier_work if going_on else last
    now_ms = state.now_ms
    stop = Stop(
        len(state.stops) + 1,
        proposed,
        other,
        silent_since_ms=now_ms,
        began_ms=now_ms,
        breath_since_ms=now_ms,
        frozen=state.status is not Status.RUNNING,
    )
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
    stop = replace(stop, silent_since_ms=run.state.now_ms)
    if not (stop.question in RESTING or _on_card(stop)):
        stop = _breathing_over(run, stop)
    run.set(stop=stop)
    return stop


def _on_card(stop: Stop) -> bool:
    """Whether a card is shown: nothing is heard over it by itself."""
    return stop.card or stop.question is Question.EMERGENCY


def _breathing_over(run: Run, stop: Stop) -> Stop:
    """The stop with nothing paced any more: whoever was breathing hears that it is over."""
    if stop.breathing:
        run.emit(ev.BreathingEnded)
    return replace(stop, breathing=False)


def still_here(run: Run, _: Input) -> None:
    _heard(run)


def move_stop(run: Run, _: Input) -> None:
    stop = _heard(run)
    if stop.question in AGAIN_FROM:
        # A wrong digit is no reason to be frightened, and none to be careless.
        alarmed = stop.alarmed or is_alarming(stop)
        run.set(stop=replace(questions.to_be_asked_again(stop), alarmed=alarmed))
    elif stop.question is Question.WHAT and stop.other:
        stop = replace(stop, at_other=not stop.at_other)
        run.set(stop=stop)
        _say_stop(run, stop, moved=True)


def answer(run: Run, given: Input) -> None:
    stop = _heard(run)
    question = stop.question
    if not has_answers(question):
        return
    stop = answered(stop, given.value)
    run.emit(
        ev.StopAnswered,
        number=stop.number,
        question=str(question),
        value=answer_of(stop, question),
    )
    _ask_next(run, stop)


def make_ten(run: Run, given: Input) -> None:
    """A 1 that was the first digit of 10: what comes next is decided anew."""
    stop = _heard(run)
    raised = questions.with_ten(stop, given.value)
    if raised is not None:
        run.emit(ev.StopAnswered, number=stop.number, question=str(given.value), value=10)
        _ask_next(run, raised)


def _ask_next(run: Run, stop: Stop) -> None:
    """The next question, or the place where there is none any more."""
    question = next_question(finding_of(run.state, stop))
    if question is Question.GO_ON and not what_is_left(run.state, stop):
        question = Question.REST
    run.set(stop=replace(stop, question=question))
    if question in RESTING:
        _begin_relief(run)


def _begin_relief(run: Run) -> None:
    """Show the position that was chosen, or the one that needs nothing."""
    state, stop = run.state, run.state.stop
    assert stop is not None
    position = stop.position or next((p.id for p in state.timeline.relief), "")
    began = stop.relief_at_ms is not None
    if not began or stop.question is Question.RELIEF:
        # Breathing before the questions was rest, but not yet the relief that is asked about.
        stop = replace(stop, relief_at_ms=state.now_ms)
    if not began:
        run.emit(ev.ReliefBegan, position=position)
    run.set(stop=replace(stop, position=position))


def choose_position(run: Run, given: Input) -> None:
    stop = _heard(run)
    known = (p.id for p in run.state.timeline.relief if p.id == given.value != stop.position)
    position = next(known, "")
    if stop.question in RESTING and position:
        # How to lie is said first; the breathing begins again after a while.
        run.set(stop=replace(_breathing_over(run, stop), position=position))
        run.emit(ev.StopAnswered, number=stop.number, question="position", value=position)
        run.emit(ev.ReliefBegan, position=position)


def ready(run: Run, _: Input) -> None:
    """The relief has been long enough, or the questions may be asked after all."""
    stop = _heard(run)
    if not is_ready(run.state):
        return
    if stop.question is Question.RELIEF:
        stop = replace(stop, asked=stop.asked | {Question.RELIEF})
    _ask_next(run, _breathing_over(run, stop))


def is_ready(state: State) -> bool:
    """Whether the next question may be asked for.

    Once the session is over for certain there is nothing that would have to wait.
    """
    stop = state.stop
    if stop is None or stop.question not in (Question.RELIEF, Question.BREATHE):
        return False
    if stop.question is Question.BREATHE or ends_for_certain(finding_of(state, stop)):
        return True
    return relief_ms(state) >= RELIEF_LEAST_MS


def relief_ms(state: State) -> int:
    """How long the relief has lasted; 0 before it."""
    began_ms = state.stop.relief_at_ms if state.stop else None
    return 0 if began_ms is None else state.now_ms - began_ms


def show_card(run: Run, _: Input) -> None:
    """The emergency card over the stop, or back from it."""
    stop = _heard(run)
    if stop.question is Question.EMERGENCY:
        return
    if not stop.card or stop.question not in RESTING:
        # What is on the card is read in silence, unless breathing is chosen there.
        stop = _breathing_over(run, stop)
    run.set(stop=replace(stop, card=not stop.card))


def mute(run: Run, _: Input) -> None:
    """Sound off or on; somebody is there."""
    stop = _heard(run)
    switch_sound(run)
    if stop.breathing and not run.state.muted:
        # What is heard begins with a breath in, and so does what is seen.
        run.set(stop=replace(stop, breath_since_ms=run.state.now_ms))


def breathe(run: Run, _: Input) -> None:
    """No questions: breathing at once. A card stays where it is."""
    stop = run.state.stop
    assert stop is not None
    now_ms = run.state.now_ms
    began = stop.breathing
    asking = not (stop.question in RESTING or _on_card(stop))
    stop = replace(
        stop,
        silent_since_ms=now_ms,
        question=Question.BREATHE if asking else stop.question,
        breathing=True,
        breath_since_ms=stop.breath_since_ms if began else now_ms,
    )
    run.set(stop=stop)
    if asking:
        _begin_relief(run)
    if not began:
        run.emit(ev.BreathingBegan)


def mistake(run: Run, _: Input) -> None:
    stop = _heard(run)
    if stop.said or stop.card:
        return
    run.emit(ev.StopMistaken, number=stop.number)
    _close_stop(run, replace(stop, mistake=True))
    if stop.frozen:
        # Nobody has asked for the clock to run.
        run.set(status=Status.PAUSED)
    else:
        _go_on(run, stop)


# Going on


def ways_on(state: State) -> tuple[InputKind, ...]:
    """What sends the session on now; nothing else does."""
    stop = state.stop
    if stop is None or stop.card:
        return ()
    if stop.question is Question.GO_ON:
        return (InputKind.GO_ON,)
    if stop.question is not Question.CHOICE:
        return ()
    step = state.step_of(stop.place.phase)
    ways = []
    if _is_ahead(state, step):
        if can_be_smaller(state, step):
            ways.append(InputKind.ACHE)
        small_enough = stop.intensity is not None and stop.intensity <= EASIER_UP_TO
        easier_ahead = state.form_of(state.phase) is step.easier
        if small_enough and can_be_easier(state, step) and not easier_ahead:
            ways.append(InputKind.EASIER)
    return (*ways, InputKind.GO_ON)


def _is_ahead(state: State, step: Step) -> bool:
    """Whether something of a step is still to come."""
    return any(p.step == step.number and p.exercise for p in state.plan[state.index :])


def what_is_left(state: State, stop: Stop) -> tuple[str, ...]:
    """The names of the exercises that a session may go on with after a stop."""
    return left_after(state, _barred(state, stop))


def _barred(state: State, stop: Stop) -> Barred:
    exercise = state.exercise_of(stop.place.phase)
    if stop.question is Question.CHOICE:
        return Barred(exercises=frozenset({exercise.id} if exercise else ()))
    return barred_by(decide(finding_of(state, stop)), stop, exercise)


def go_on_without(run: Run, given: Input) -> None:
    """What the stop has barred is left out; the next exercise gets a full prepare."""
    stop = _going_on(run, given)
    if stop is not None:
        outcome = Outcome.PAIN
        if stop.question is Question.CHOICE:
            # Who leaves the last one out has ended it by choice.
            outcome = Outcome.COMPLETED if run.state.done else Outcome.ENDED
        spare(run, _barred(run.state, stop), outcome)
        _go_on(run, stop)


def go_on_smaller(run: Run, given: Input) -> None:
    """After a dull effort: the same exercise made smaller."""
    stop = _going_on(run, given)
    if stop is not None:
        make_smaller(run, run.state.step_of(stop.place.phase))
        _go_on(run, stop)


def go_on_easier(run: Run, given: Input) -> None:
    """After a dull effort of 4 or less: the easier exercise, and at once."""
    stop = _going_on(run, given)
    if stop is not None:
        make_easier(run, run.state.step_of(stop.place.phase), at_once=True)
        _go_on(run, stop)


def _going_on(run: Run, given: Input) -> Stop | None:
    """The stop, closed; None where this doesn't send the session on."""
    stop = _heard(run)
    if given.kind not in ways_on(run.state):
        return None
    _close_stop(run, stop)
    # Frozen until `go_on`: what is changed meanwhile begins nothing.
    run.set(status=Status.PAUSED)
    return stop


def _go_on(run: Run, stop: Stop) -> None:
    """Go on after a stop: who lay down meanwhile gets the time to get up."""
    run.set(undo=None)
    if run.state.status is not Status.ENDED:
        go_on(run, SETTLE_MS if stop.relief_at_ms is None else GET_UP_MS)


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
    due_ms = breathing_due_ms(stop)
    if due_ms is not None and now_ms >= due_ms:
        run.set(now_ms=due_ms, stop=replace(stop, breathing=True, breath_since_ms=due_ms))
        run.emit(ev.BreathingBegan)
    if now_ms >= abandoned_at_ms(stop):
        run.set(now_ms=abandoned_at_ms(stop))
        end_session(run, Outcome.PAIN)


def breathing_due_ms(stop: Stop) -> int | None:
    """When breathing begins by itself; None where it has begun, and over a card."""
    if stop.breathing or _on_card(stop):
        return None
    return stop.silent_since_ms + SILENCE_MS


def abandoned_at_ms(stop: Stop) -> int:
    """When the stop ends the session by itself; a relief is no silence."""
    quiet_since_ms = stop.silent_since_ms
    if stop.question is Question.RELIEF and stop.relief_at_ms is not None:
        quiet_since_ms = max(quiet_since_ms, stop.relief_at_ms + RELIEF_MS)
    return quiet_since_ms + ABANDONED_MS
