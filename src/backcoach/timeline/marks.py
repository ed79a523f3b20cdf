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
AGAIN_MS: Final = 4000
"""So long before such a rest ends, one gets ready again."""
AGAIN_FROM_MS: Final = 6000
"""A shorter rest has no time for that."""
LEFT_MS: Final = 30_000
"""Half a minute left."""
APART_MS: Final = 3000
"""A half that is this close to the last half minute isn't said beside it."""
REMINDED_MS: Final = (60_000, 180_000, 300_000)
"""When somebody at their own pace is reminded that the program waits; then never again."""


class Cue(StrEnum):
    """What a mark stands for."""

    HALF = "half"
    HALF_MINUTE = "half-minute"
    AGAIN = "again"
    REMIND = "remind"
    THREE = "three"
    TWO = "two"
    ONE = "one"
    END = "end"


WORDS: Final = frozenset({Cue.HALF_MINUTE, Cue.AGAIN, Cue.REMIND})
"""What is said where there is something to say; all others sound in any case."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A cue and its time in milliseconds from the start of its phase."""

    at_ms: int
    cue: Cue


def marks_of(kind: str, duration_ms: int | None) -> tuple[Mark, ...]:
    """The marks of a phase of this kind and length, in order of time."""
    if duration_ms is None:
        return tuple(Mark(at_ms, Cue.REMIND) for at_ms in REMINDED_MS)
    if kind == "rep-rest" and duration_ms < QUIET_REP_REST_MS:
        return ()
    marks = []
    half_ms, last_ms = duration_ms // 2, duration_ms - LEFT_MS
    if kind == "timed" and last_ms > 0:
        marks.append(Mark(last_ms, Cue.HALF_MINUTE))
    if kind in ("hold", "timed") and duration_ms >= HALVED_FROM_MS:
        # Never both at once: the one in words says more.
        if not marks or abs(half_ms - last_ms) >= APART_MS:
            marks.append(Mark(half_ms, Cue.HALF))
        marks.sort(key=lambda mark: mark.at_ms)
    if kind in ("rep-rest", "switch", "set-rest") and duration_ms >= AGAIN_FROM_MS:
        marks.append(Mark(duration_ms - AGAIN_MS, Cue.AGAIN))
    if duration_ms >= COUNTED_FROM_MS:
        marks += [
            Mark(duration_ms - 3000, Cue.THREE),
            Mark(duration_ms - 2000, Cue.TWO),
            Mark(duration_ms - 1000, Cue.ONE),
        ]
    marks.append(Mark(duration_ms, Cue.END))
    return tuple(marks)
