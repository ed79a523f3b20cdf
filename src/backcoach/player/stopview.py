"""The stop as it is seen, in words and numbers, for whatever shows it."""

from dataclasses import dataclass
from typing import Final

from backcoach.player.deciding import (
    ALARMING,
    Card,
    decide,
    ends_for_certain,
    finding_of,
    places_of_asking,
)
from backcoach.player.inputs import InputKind
from backcoach.player.questions import RESTING, WORDS, YES, has_answers
from backcoach.player.state import Question, State, Stop
from backcoach.player.stopping import (
    is_ready,
    relief_ms,
    ways_on,
    what_is_left,
)
from backcoach.player.words import BREATH_IN_MS, BREATH_OUT_MS, name_of, the_phase
from backcoach.timeline.model import Exercise

_WAYS: Final = {
    InputKind.ACHE: ("a", "go on with this one, smaller"),
    InputKind.EASIER: ("e", "go on with the easier one"),
    InputKind.GO_ON: ("g", "leave this one out, and go on"),
}
_MOST_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Option:
    """A key that does something besides answering, and what, in words."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class StopView:
    """The stop, as it is shown.

    Attributes:
        place: "set 1 · rep 3 · 2 s into the hold".
        exit: how to come down from the position the person was in.
        number, count: of the open question, and of how many; 0 where nothing is asked.
        options: what sends the session on, or to the next question; empty where nothing does.
        why: what is over or may go on, and why; empty while it is open.
        positions: to rest in, while one may be chosen; their keys count from 1.
        position: the one that is shown.
        relief_ms: how long the relief has lasted.
        card: which card is to be shown; `Card.NONE` for none.
        card_is_due: whether it is there to stay: something was answered that needs care.
        other: the exercise that it can be moved to; empty where there is none.
        mistakable: whether it can still be taken for a mistake.
        breathe_in: which half of a breath it is.
    """

    exercise: str
    place: str
    exit: tuple[str, ...]
    question: Question
    number: int
    count: int
    options: tuple[Option, ...]
    why: str
    positions: tuple[Exercise, ...]
    position: Exercise | None
    relief_ms: int
    card: Card
    card_is_due: bool
    other: str
    mistakable: bool
    breathing: bool
    breathe_in: bool


def stop_view(state: State, stop: Stop) -> StopView:
    """The open stop as it is seen now."""
    phase = stop.place.phase
    exercise = state.exercise_of(phase)
    label = exercise.label(phase.side) if exercise else ""
    finding = finding_of(state, stop)
    number, count = places_of_asking(finding) if has_answers(stop.question) else (0, 0)
    due = stop.question is Question.EMERGENCY
    breath_ms = state.now_ms - stop.breath_since_ms
    positions = state.timeline.relief if stop.question in RESTING else ()
    card = Card.NONE
    if due:
        card = decide(finding).card
    elif stop.card:
        card = Card.EMERGENCY
    return StopView(
        exercise=" · ".join(part for part in (name_of(state, phase), label) if part),
        place=_place(stop),
        exit=exercise.cues.exit if exercise else ("Stay still. Breathe out.",),
        question=stop.question,
        number=number,
        count=count,
        options=_options(state, stop),
        why=_why(state, stop),
        positions=positions,
        position=next((p for p in positions if p.id == stop.position), None),
        relief_ms=relief_ms(state),
        card=card,
        card_is_due=due,
        other=_other_place(state, stop),
        mistakable=not stop.said,
        breathing=stop.breathing,
        breathe_in=breath_ms % (BREATH_IN_MS + BREATH_OUT_MS) < BREATH_IN_MS,
    )


def until_changed_ms(state: State) -> int | None:
    """How long until an open stop looks different by itself; None while it doesn't."""
    stop = state.stop
    if stop is None:
        return None
    changes = []
    if stop.breathing:
        into = (state.now_ms - stop.breath_since_ms) % (BREATH_IN_MS + BREATH_OUT_MS)
        half = BREATH_IN_MS if into < BREATH_IN_MS else BREATH_IN_MS + BREATH_OUT_MS
        changes.append(half - into)
    if stop.question in RESTING:
        changes.append(1000 - relief_ms(state) % 1000)
    return min(changes, default=None)


def _place(stop: Stop) -> str:
    phase = stop.place.phase
    parts = []
    if phase.set is not None:
        parts.append(f"set {phase.set}")
    if phase.rep is not None:
        parts.append(f"rep {phase.rep}")
    parts.append(f"{stop.place.into_ms // 1000} s into {the_phase(phase.kind)}")
    return " · ".join(parts)


def _options(state: State, stop: Stop) -> tuple[Option, ...]:
    if stop.question is Question.GO_ON:
        return (Option("g", f"go on: {_named(what_is_left(state, stop))}"),)
    if stop.question is Question.RELIEF and is_ready(state):
        return (Option("enter", "say how it is now"),)
    if stop.question is Question.BREATHE:
        return (Option("enter", "the questions after all"),)
    ways = tuple(Option(*_WAYS[way]) for way in ways_on(state))
    if stop.question is Question.CHOICE and ways and not what_is_left(state, stop):
        return (*ways[:-1], Option("g", "leave this one out: that was the last"))
    return ways


def _named(names: tuple[str, ...]) -> str:
    more = len(names) - _MOST_NAMED
    return " · ".join((*names[:_MOST_NAMED], *((f"{more} more",) if more > 0 else ())))


def _why(state: State, stop: Stop) -> str:
    finding = finding_of(state, stop)
    match stop.question:
        case Question.RELIEF if ends_for_certain(finding):
            return decide(finding).why
        case Question.RELIEF:
            ready = is_ready(state)
            return "Stay as long as you like." if ready else "In two minutes you can say how it is."
        case Question.REST if not decide(finding).ends:
            return "Nothing is left that is gentle enough for today."
        case Question.EMERGENCY:
            return f"You answered: {_alarming(stop)}."
        case Question.REST | Question.GO_ON | Question.CHOICE:
            return decide(finding).why
        case _:
            return ""


def _alarming(stop: Stop) -> str:
    """The answers that brought the card."""
    said = [WORDS[value] for value in (stop.quality, stop.where) if value and value in ALARMING]
    if stop.red_flags == YES:
        said.append("yes to an emergency sign")
    return ", ".join(said)


def _other_place(state: State, stop: Stop) -> str:
    """The place that a stop would be moved to, in words."""
    if stop.other is None or stop.question is not Question.WHAT:
        return ""
    phase = (stop.proposed if stop.at_other else stop.other).phase
    rep = f", rep {phase.rep}" if phase.rep is not None else ""
    return f"{name_of(state, phase)}{rep}"
