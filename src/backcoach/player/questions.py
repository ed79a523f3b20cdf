"""The questions of a stop: their answers, their order, and what they lead to.

Whatever is not answered counts as its cautious row. This player is stricter than the rulebook:
only a dull effort of 4 or less, away from the legs, lets a session go on.
"""

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

ASKED: Final = (Question.WHAT, Question.WHERE, Question.HOW_MUCH)
"""The questions with answers, in their order."""

_EMERGENCY_QUALITIES = frozenset({"numb", "unwell"})
_EMERGENCY_PLACES = frozenset({"both-legs", "between-legs", "chest-or-tummy", "other"})
_LEG = frozenset({"thigh", "below-knee", "both-legs", "between-legs"})
_MAY_GO_ON_TO: Final = 4

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
        case Question.HOW_MUCH:
            return tuple(INTENSITIES)
        case _:
            return ()


def answered(stop: Stop, value: str | int | None) -> Stop:
    """The stop with an answer to what it asks, None where it is left out, and what it asks next.

    A value that the question doesn't take is left out.
    """
    known = value if value in choices(stop.question) else None
    match stop.question:
        case Question.WHAT:
            stop = replace(stop, quality=known if isinstance(known, str) else None)
            urgent = stop.quality in _EMERGENCY_QUALITIES
            return replace(stop, question=Question.EMERGENCY if urgent else Question.WHERE)
        case Question.WHERE:
            stop = replace(stop, where=known if isinstance(known, str) else None)
            urgent = stop.where in _EMERGENCY_PLACES
            return replace(stop, question=Question.EMERGENCY if urgent else Question.HOW_MUCH)
        case Question.HOW_MUCH:
            stop = replace(stop, intensity=known if isinstance(known, int) else None)
            return replace(stop, question=Question.CHOICE if may_go_on(stop) else Question.REST)
        case _:
            return stop


def may_go_on(stop: Stop) -> bool:
    """Whether the session may go on after this stop, if the person chooses so."""
    return (
        stop.quality == "dull"
        and stop.intensity is not None
        and stop.intensity <= _MAY_GO_ON_TO
        and stop.where is not None
        and stop.where not in _LEG
    )
