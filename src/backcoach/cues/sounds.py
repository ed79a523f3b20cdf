"""What can be heard, before anything makes it heard."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from backcoach.timeline.model import Side


class Tone(StrEnum):
    """A short sound of ours; the value is its file's name."""

    TICK = "tick"
    TICK_LEFT = "tick-left"
    TICK_RIGHT = "tick-right"
    END = "end"
    END_LEFT = "end-left"
    END_RIGHT = "end-right"
    HALF = "half"
    BREATHE_IN = "breathe-in"
    BREATHE_OUT = "breathe-out"


ENDS: Final = frozenset({Tone.END, Tone.END_LEFT, Tone.END_RIGHT})
"""What the bell and the flash stand in for, where nothing else can be heard."""
_ENDS: Final = {None: Tone.END, Side.LEFT: Tone.END_LEFT, Side.RIGHT: Tone.END_RIGHT}
_TICKS: Final = {None: Tone.TICK, Side.LEFT: Tone.TICK_LEFT, Side.RIGHT: Tone.TICK_RIGHT}


def end_tone(side: Side | None) -> Tone:
    """The end of a phase: left is lower, right is higher."""
    return _ENDS[side]


def tick_tone(side: Side | None) -> Tone:
    """A second of the countdown: left is lower, right is higher."""
    return _TICKS[side]


@dataclass(frozen=True, slots=True)
class Cut:
    """Silence, at once: what is said, what sounds, and the breath."""


@dataclass(frozen=True, slots=True)
class Say:
    """A line.

    Attributes:
        ms: how long it takes to say.
        tone: what sounds in its place where there is no voice.
    """

    line: str
    ms: int
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class Ring:
    """A tone."""

    tone: Tone


@dataclass(frozen=True, slots=True)
class Pace:
    """A breath from now on, in real milliseconds; nothing paced any more where both are 0.

    Attributes:
        aloud: in words, not by tones.
    """

    in_ms: int
    out_ms: int
    aloud: bool = False


Sound = Cut | Say | Ring | Pace
