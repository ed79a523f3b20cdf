"""The questions of a stop, their answers and their words."""

from dataclasses import replace
from typing import Final

from backcoach.player.state import Question, Stop

QUALITIES: Final = ("sharp", "electric", "spasm", "dull", "numb", "unwell")
WHERES: Final = (
    "low-back",
    "upper-back",
    "buttock",
    "thigh",
    "below-knee",
    "both-legs",
    "between-legs",
    "hip-or-knee",
    "shoulder-arm-or-wrist",
    "chest-or-tummy",
    "other",
)
INTENSITIES: Final = range(11)

YES: Final = "yes"
NO: Final = "no"

_FIELDS: Final = {
    Question.WHAT: "quality",
    Question.WHERE: "where",
    Question.HOW_MUCH: "intensity",
    Question.RED_FLAGS: "red_flags",
    Question.AGAIN: "again",
    Question.LEG_GONE: "leg_gone",
}
"""The questions with answers, and where a stop keeps them."""
RESTING: Final = frozenset({Question.RELIEF, Question.BREATHE, Question.REST})
"""There is nothing to answer: a position may be chosen, and breathing goes on through keys."""

AGAIN_FROM: Final = frozenset(
    {Question.WHERE, Question.HOW_MUCH, Question.RED_FLAGS, Question.AGAIN, Question.LEG_GONE}
)
"""Where a wrong answer can be taken back: the questions begin again."""

WORDS: Final = {
    "sharp": "sharp or stabbing",
    "electric": "electric or burning",
    "spasm": "grabbing, a spasm",
    "dull": "dull ache, or effort",
    "numb": "numb or tingling",
    "unwell": "dizzy, chest, breathless, unwell",
    "low-back": "low back",
    "upper-back": "upper back or neck",
    "buttock": "one buttock",
    "thigh": "thigh",
    "below-knee": "below the knee",
    "both-legs": "both legs",
    "between-legs": "between the legs",
    "hip-or-knee": "hip or knee",
    "shoulder-arm-or-wrist": "shoulder, arm or wrist",
    "chest-or-tummy": "chest or tummy",
    "other": "somewhere else",
}

SHORT_WORDS: Final = {
    "sharp": "sharp, stab",
    "electric": "electric, burn",
    "spasm": "a spasm",
    "dull": "dull, effort",
    "numb": "numb, tingling",
    "unwell": "dizzy, unwell",
    "low-back": "low back",
    "upper-back": "upper back",
    "buttock": "one buttock",
    "thigh": "thigh",
    "below-knee": "below the knee",
    "both-legs": "both legs",
    "between-legs": "between legs",
    "hip-or-knee": "hip or knee",
    "shoulder-arm-or-wrist": "shoulder, arm",
    "chest-or-tummy": "chest or tummy",
    "other": "elsewhere",
}
"""The same in at most fourteen letters, for a small window."""


def choices(question: Question) -> tuple[str | int, ...]:
    """The values a question takes, in the order they are shown."""
    match question:
        case Question.WHAT:
            return QUALITIES
        case Question.WHERE:
            return WHERES
        case Question.HOW_MUCH | Question.AGAIN:
            return tuple(INTENSITIES)
        case Question.RED_FLAGS | Question.LEG_GONE:
            return (YES, NO)
        case _:
            return ()


def answered(stop: Stop, value: str | int | None) -> Stop:
    """The stop with an answer to what it asks, None where it is left out.

    A value that the question doesn't take is left out.
    """
    known = value if value in choices(stop.question) else None
    changes = {_FIELDS[stop.question]: known}
    return replace(stop, asked=stop.asked | {stop.question}, said=True, **changes)  # type: ignore[arg-type]


def to_be_asked_again(stop: Stop) -> Stop:
    """The stop with every answer taken back; a relief that was had isn't asked for again."""
    nothing = dict.fromkeys(_FIELDS.values())
    asked = stop.asked & {Question.RELIEF}
    return replace(stop, question=Question.WHAT, asked=asked, **nothing)  # type: ignore[arg-type]


def with_ten(stop: Stop, question: str | int | None) -> Stop | None:
    """The stop with a 1 made a 10; None where the question wasn't answered with 1."""
    if question == Question.HOW_MUCH and stop.intensity == 1:
        return replace(stop, intensity=10)
    if question == Question.AGAIN and stop.again == 1:
        return replace(stop, again=10)
    return None


def answer_of(stop: Stop, question: Question) -> str | int | None:
    """What was answered to a question; None where it wasn't."""
    value: str | int | None = getattr(stop, _FIELDS[question])
    return value


def has_answers(question: Question) -> bool:
    """Whether it is a question, and no place to rest or to choose."""
    return question in _FIELDS
