"""Before a session: is anything new, and how much does it hurt?"""

from dataclasses import dataclass
from typing import Any

from backcoach.coach.words import NEW_SYMPTOM
from backcoach.timeline.model import Safety

ANCHORS = (
    "none",
    "only if I think of it",
    "only if I think of it",
    "clearly there, I can carry on",
    "clearly there, I can carry on",
    "hard to ignore",
    "hard to ignore",
    "hard to do or think of anything else",
    "hard to do or think of anything else",
    "can't move or talk properly for pain",
    "can't move or talk properly for pain",
)
"""What each number from 0 to 10 stands for."""


@dataclass(frozen=True, slots=True)
class CheckIn:
    """The answers before a session. `declared` where they came from the command line."""

    pain: int
    nothing_new: bool
    declared: bool = False

    @property
    def answers(self) -> dict[str, Any]:
        """As the history keeps them."""
        return {"pain": self.pain, "nothing_new": self.nothing_new, "declared": self.declared}


HURTS_FROM = 8
"""A pain of this or more is no question of exercise: it hurts now."""


def reason_not_to_start(check_in: CheckIn, safety: Safety) -> str:
    """Why a session shouldn't start with these answers; empty where it may."""
    if not check_in.nothing_new:
        return NEW_SYMPTOM
    if check_in.pain <= safety.max_start_pain:
        return ""
    if check_in.pain >= HURTS_FROM:
        return (
            f"At {check_in.pain} no exercise: rest as you are, breathe slowly, and get medical "
            "advice."
        )
    return (
        f"This routine is for a pain of {safety.max_start_pain} or less; {check_in.pain} asks for "
        "something gentler. Rest, or a short easy walk, may ease it."
    )
