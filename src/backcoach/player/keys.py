"""Which key means what, by what the player is doing.

Keys have Textual's names (`"space"`, `"left"`, `"ctrl+x"`); a key that types something may also
be given as that character.
"""

from typing import Final

from backcoach.player.inputs import Input, InputKind
from backcoach.player.questions import RESTING, WHERES, choices
from backcoach.player.state import Question, State, Status

# Terminals that tell modified keys apart say so: a hand on Shift or Ctrl means the same.
_HELD: Final = ("", "alt+", "ctrl+", "shift+", "alt+shift+", "ctrl+shift+", "alt+ctrl+")
STOP_KEYS: Final = frozenset(
    {
        *(held + key for held in _HELD for key in ("x", "ч", "χ", "delete", "backspace")),
        *("X", "Ч", "Χ", "alt+X", "alt+Ч", "alt+Χ", "ctrl+h", ".", "full_stop", "decimal"),
        "ctrl+w",  # what Textual reads where a terminal sends alt+backspace
    }
)
"""It hurts: on every screen, in every state. The letters are those of other layouts' `x`."""

_RUNNING: Final = {
    "space": InputKind.PAUSE,
    "right": InputKind.NEXT,
    "n": InputKind.NEXT,
    "pagedown": InputKind.NEXT,
    "left": InputKind.BACK,
    "pageup": InputKind.BACK,
    "+": InputKind.LONGER,
    "=": InputKind.LONGER,
    "-": InputKind.SHORTER,
    "a": InputKind.ACHE,
    "e": InputKind.EASIER,
    "enter": InputKind.DONE,
    "m": InputKind.MUTE,
    "escape": InputKind.MENU,
    "q": InputKind.QUIT,
    "?": InputKind.HELP,
}
_MENU: Final = {
    "space": InputKind.GO_ON,
    "g": InputKind.GO_ON,
    "enter": InputKind.DONE,
    "q": InputKind.END,
    "m": InputKind.MUTE,
}
_ASKING: Final = {
    "q": InputKind.END,
    "y": InputKind.END,
    "enter": InputKind.END,
    "n": InputKind.GO_ON,
    "space": InputKind.GO_ON,
    "escape": InputKind.GO_ON,
    "m": InputKind.MUTE,
}
_HELP: Final = {
    "space": InputKind.GO_ON,
    "?": InputKind.HELP,
    "escape": InputKind.HELP,
    "q": InputKind.HELP,
    "m": InputKind.MUTE,
}
_STOPPED: Final = {
    "q": InputKind.END,
    "z": InputKind.MISTAKE,
    "space": InputKind.BREATHE,
    "left": InputKind.BACK,
    "pageup": InputKind.BACK,
    "m": InputKind.MUTE,
    "!": InputKind.CARD,
    "g": InputKind.GO_ON,
    "a": InputKind.ACHE,
    "e": InputKind.EASIER,
    "enter": InputKind.DONE,
}
_CARD: Final = {
    "!": InputKind.CARD,
    "left": InputKind.CARD,
    "escape": InputKind.CARD,
    "q": InputKind.END,
    "space": InputKind.BREATHE,
    "m": InputKind.MUTE,
}
"""While the emergency card lies over a stop."""
_BY_STATUS: Final = {
    Status.RUNNING: _RUNNING,
    Status.PAUSED: _RUNNING,
    Status.MENU: _MENU,
    Status.ASKING: _ASKING,
    Status.HELP: _HELP,
    Status.STOPPED: _STOPPED,
    Status.ENDED: {},
}
_NAMED: Final = {
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "question_mark": "?",
    "full_stop": ".",
    "add": "+",
    "subtract": "-",
    "exclamation_mark": "!",
    "return": "enter",
    " ": "space",
}

WHERE_KEYS: Final = "1234567890-"
"""The keys of the places, in their order."""


def answer_keys(question: Question) -> tuple[str, ...]:
    """The keys of a question's answers, in the order of `choices`."""
    match question:
        case Question.WHAT:
            return tuple("123456")
        case Question.WHERE:
            return tuple(WHERE_KEYS[: len(WHERES)])
        case Question.HOW_MUCH | Question.AGAIN:
            return (*"0123456789", "t")
        case Question.RED_FLAGS | Question.LEG_GONE:
            return ("y", "n")
        case _:
            return ()


def position_key(number: int) -> str:
    """The key of a position to rest in, counted from 0."""
    return str(number + 1)


def read_key(state: State, key: str) -> Input:
    """What a key asks for now. One without a meaning is `OTHER`."""
    key = _NAMED.get(key, key)
    if key in STOP_KEYS:
        return Input(InputKind.STOP)
    if state.status is Status.STOPPED and state.stop:
        if state.stop.card:
            return Input(_CARD.get(key, InputKind.OTHER))
        question = state.stop.question
        keys = answer_keys(question)
        if key in keys:
            return Input(InputKind.ANSWER, choices(question)[keys.index(key)])
        if key == "enter" and keys:
            return Input(InputKind.ANSWER)
        if question in RESTING:
            for number, position in enumerate(state.timeline.relief):
                if key == position_key(number):
                    return Input(InputKind.POSITION, position.id)
    return Input(_BY_STATUS[state.status].get(key, InputKind.OTHER))
