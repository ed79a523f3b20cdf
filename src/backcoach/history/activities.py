"""What somebody did without a routine, and how it is written down: a walk, a swim, heat."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from backcoach.history.records import EventRecord, NewSession

LONGEST_MS: Final = 24 * 3600 * 1000
"""Nobody does anything for longer."""


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that is done without a routine.

    Attributes:
        id: the word for it on the command line.
        family: what its minutes count as.
    """

    id: str
    name: str
    family: str


_KNOWN: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "walking": {"walk": ("walking", "walked", "stroll")},
    "mobility": {"stretching": ("stretch", "stretches"), "yoga": ()},
    "relief": {"heat": (), "ice": (), "rest": (), "breathing": ("breathe",), "massage": ()},
    "other": {
        "swim": ("swimming", "swam"),
        "cycle": ("cycling", "bike", "biking"),
        "run": ("running", "jog", "jogging"),
        "hike": ("hiking",),
        "dance": ("dancing",),
        "gym": (),
        "pilates": (),
        "tai-chi": (),
        "skiing": ("ski",),
        "rowing": ("row",),
        "gardening": ("garden",),
        "housework": (),
        "physio": ("physiotherapy",),
    },
}
"""Family → activity → other words for it."""
ACTIVITIES: Final = {
    each: Activity(each, each.replace("-", " ").capitalize(), family)
    for family, known in _KNOWN.items()
    for each in known
}
"""Those that are known, by their ids."""
_WORDS: Final = {
    word: ACTIVITIES[each]
    for known in _KNOWN.values()
    for each, others in known.items()
    for word in (each, *others)
}
_SHORTEST_SLIP: Final = 4
"""Shorter words are too much alike for one to be a slip for another."""


def activity_of(word: str) -> Activity:
    """The activity that a word means; one that isn't known is taken as it is written."""
    word = word.casefold()
    return _WORDS.get(word) or Activity(word, word.replace("-", " ").capitalize(), "other")


def probably_meant(word: str) -> str | None:
    """The known word that differs from an unknown one by one slip of the fingers; or None."""
    word = word.casefold()
    if word in _WORDS or len(word) < _SHORTEST_SLIP:
        return None
    return next((known for known in _WORDS if len(known) > 2 and _one_slip(word, known)), None)


def _one_slip(one: str, other: str) -> bool:
    """Whether a letter is wrong, missing or too many, or two have changed places."""
    ahead = 0
    while ahead < min(len(one), len(other)) and one[ahead] == other[ahead]:
        ahead += 1
    one, other = one[ahead:], other[ahead:]
    return (
        one[1:] == other[1:]
        or one[1:] == other
        or one == other[1:]
        or (one[:2] == other[1::-1] and one[2:] == other[2:])
    )


def by_hand(
    session: str,
    activity: Activity,
    started_at: datetime,
    duration_ms: int,
    pain_before: int | None = None,
    pain_after: int | None = None,
    note: str = "",
) -> tuple[NewSession, tuple[EventRecord, ...]]:
    """A session that is written down when it is over, and its events.

    Nothing of it was planned: `planned_ms` is 0, and its one rep is none of a plan's.

    Args:
        session: its id.
        started_at: aware, with the offset of where it was done.
        pain_before, pain_after: from 0 to 10, None where nobody says.
    """
    new = NewSession(
        id=session,
        routine=activity.id,
        name=activity.name,
        started_at=started_at,
        rehearsal=False,
        planned_ms=0,
        plan={},
        pain_before=pain_before,
        answers={} if pain_before is None else {"pain": pain_before},
        by_hand=True,
    )
    done = {
        "exercise": activity.id,
        "name": activity.name,
        "family": activity.family,
        "reps": 1,
        "real_ms": duration_ms,
    }
    told: list[tuple[str, dict[str, Any]]] = [("activity", done), ("end", {"outcome": "completed"})]
    if pain_after is not None:
        told.append(("pain-after", {"value": pain_after}))
    if note:
        told.append(("note", {"value": note}))
    ended_at = started_at + timedelta(milliseconds=duration_ms)
    return new, tuple(
        EventRecord(seq, ended_at, duration_ms, kind, data)
        for seq, (kind, data) in enumerate(told, 1)
    )
