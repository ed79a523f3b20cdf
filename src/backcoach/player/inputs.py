"""What can be said to the player, besides the time."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class InputKind(StrEnum):
    """What an input asks for. What it does depends on the status; `machine` has the table."""

    TICK = "tick"
    STOP = "stop"
    PAUSE = "pause"
    NEXT = "next"
    BACK = "back"
    LONGER = "longer"
    SHORTER = "shorter"
    ACHE = "ache"
    EASIER = "easier"
    DONE = "done"
    MUTE = "mute"
    MENU = "menu"
    QUIT = "quit"
    HELP = "help"
    OTHER = "other"
    """Any key without a meaning."""
    ANSWER = "answer"
    """`value` answers the question that the stop asks."""
    TEN = "ten"
    """A 0 after a 1: the answer to the question `value` is 10."""
    BREATHE = "breathe"
    POSITION = "position"
    """`value` is the id of a position to rest in."""
    CARD = "card"
    """Open or close the emergency card."""
    MISTAKE = "mistake"
    GO_ON = "go-on"
    END = "end"
    SAVED = "saved"
    """The history has the stop whose number is `value`."""
    GAP = "gap"
    """Time was lost; `value` is how much in real milliseconds."""
    CHOSEN = "chosen"
    """Chosen by its name while the session was frozen for that; `value` is the kind of input."""
    INTERRUPT = "interrupt"
    """The program is ended from outside."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input; `value` where the kind needs one."""

    kind: InputKind
    value: str | int | None = None


TICK: Final = Input(InputKind.TICK)
