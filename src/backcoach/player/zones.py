"""What a pain means in a session, by how much it hurt at rest before it."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class PainZone:
    """One row of the table of pain zones, handed in when a session begins.

    Attributes:
        resting: the pain at rest, 0 to 10.
        red_from: the least pain that stops an exercise; below it, it may be made smaller.
    """

    resting: int
    red_from: int

    def is_red(self, pain: int) -> bool:
        """Whether so much is too much to carry on with."""
        return pain >= self.red_from

    def is_settled(self, pain: int | None) -> bool:
        """Whether it is back to about what it was, and not too much to carry on with."""
        return pain is not None and pain <= self.resting + 1 and not self.is_red(pain)


STRICTEST: Final = PainZone(resting=0, red_from=0)
"""Where nobody said how much it hurts, every pain is too much."""
