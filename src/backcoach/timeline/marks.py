"""The moments in a phase at which something is heard, whatever the screen does."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

COUNTED_FROM_MS: Final = 8000
"""A phase this long is counted down; a shorter one has its end tone only."""
HALVED_FROM_MS: Final = 20_000
"""A hold this long says when its half is reached."""
QUIET_REP_REST_MS: Final = 5000
"""A rest between reps shorter than this is silent."""


class Cue(StrEnum):
    """What a mark stands for."""

    HALF = "half"
    THREE = "three"
    TWO = "two"
    ONE = "one"
    END = "end"


@dataclass(frozen=True, slots=True)
class Mark:
    """A cue and its time in milliseconds from the start of its phase."""

    at_ms: int
    cue: Cue


def marks_of(kind: str, duration_ms: int | None) -> tuple[Mark, ...]:
    """The marks of a phase of this kind and length, in order of time."""
    if duration_ms is None or (kind == "rep-rest" and duration_ms < QUIET_REP_REST_MS):
        return ()
    marks = []
    if kind in ("hold", "timed") and duration_ms >= HALVED_FROM_MS:
        marks.append(Mark(duration_ms // 2, Cue.HALF))
    if duration_ms >= COUNTED_FROM_MS:
        marks += [
            Mark(duration_ms - 3000, Cue.THREE),
            Mark(duration_ms - 2000, Cue.TWO),
            Mark(duration_ms - 1000, Cue.ONE),
        ]
    marks.append(Mark(duration_ms, Cue.END))
    return tuple(marks)
