"""What stops leave out of the rest of a session."""

from dataclasses import dataclass
from typing import Final

from backcoach.timeline.model import Exercise

STOPPED: Final = "stop"
FAMILY: Final = "family"
LOADS: Final = "loads"
GENTLE: Final = "gentle"

REASONS: Final = {
    STOPPED: "left out after a stop",
    FAMILY: "left out: the same kind as the one that hurt",
    LOADS: "left out: it loads what hurt",
    GENTLE: "left out: only gentle ones after a stop",
}
"""Why an exercise is left out, in words."""


@dataclass(frozen=True, slots=True)
class Barred:
    """What may not be played any more in this session.

    Attributes:
        codes: of what hurts; every exercise with one of them loads it.
        gentle_only: whether only gentle exercises are left.
    """

    exercises: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    gentle_only: bool = False

    def reason(self, exercise: Exercise) -> str:
        """Why an exercise is left out, one of `REASONS`; empty where it may be played."""
        if exercise.id in self.exercises:
            return STOPPED
        if exercise.family in self.families:
            return FAMILY
        if self.codes.intersection(exercise.avoid):
            return LOADS
        return GENTLE if self.gentle_only and not exercise.gentle else ""

    def __or__(self, other: "Barred") -> "Barred":
        """Both: what one stop has left out no later one lets back in."""
        return Barred(
            self.exercises | other.exercises,
            self.families | other.families,
            self.codes | other.codes,
            self.gentle_only or other.gentle_only,
        )


NOTHING_BARRED: Final = Barred()
