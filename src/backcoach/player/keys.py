"""Which key means what, by what the player is doing.

Keys have Textual's names (`"space"`, `"left"`, `"ctrl+x"`); a key that types something may also
be given as that character.
"""

from typing import Final

from backcoach.player.inputs import Input, InputKind
from backcoach.player.questions import WHERES, choices
from backcoach.player.state import Question, State, Status

STOP_KEYS: Final = frozenset(
    {
        *("x", "X", "delete", "backspace", "ctrl+x", "alt+x", "alt+X", "ctrl+h"),
        *("ч", "Ч", "χ", "Χ", "alt+ч", "alt+χ", ".", "full_stop"),
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
}
_HELP: Final = {
    "space": InputKind.GO_ON,
    "?": InputKind.HELP,
    "escape": InputKind.HELP,
    "q": InputKind.HELP,
}
_STOPPED: Final = {
    "q": InputKind.END,
    "z": InputKind.MISTAKE,
    "space": InputKind.BREATHE,
    "left": InputKind.BACK,
    "pageup": InputKind.BACK,
    "m": InputKind.MUTE,
}
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
        case Question.HOW_MUCH:
            return (*"0123456789", "t")
        case _:
            return ()


def read_key(state: State, key: str) -> Input:
    """What a key asks for now. One without a meaning is `OTHER`."""
    key = _NAMED.get(key, key)
    if key in STOP_KEYS:
        return Input(InputKind.STOP)
    if state.status is Status.STOPPED and state.stop:
        question = state.stop.question
        keys = answer_keys(question)
        if key in keys:
            return Input(InputKind.ANSWER, choices(question)[keys.index(key)])
        if key == "enter" and keys:
            return Input(InputKind.ANSWER)
        if question is Question.CHOICE and key == "g":
            return Input(InputKind.GO_ON)
        if question is Question.CHOICE and key == "e":
            return Input(InputKind.EASIER)
    return Input(_BY_STATUS[state.status].get(key, InputKind.OTHER))
