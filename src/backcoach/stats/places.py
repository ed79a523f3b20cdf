"""Where it hurt: stops and aches by exercise and side."""

from collections.abc import Iterable
from dataclasses import dataclass

from backcoach.history.records import SessionRecord
from backcoach.stats.days import counted


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How often an exercise hurt on a side.

    Attributes:
        side: "left", "right", or None where it has none. Of an ache no side is recorded.
        stops: those that were no mistake.
        aches: sessions in which it ached.
        worst: the highest pain that was answered at a stop.
    """

    exercise: str
    side: str | None
    stops: int
    aches: int
    worst: int | None


def by_place(sessions: Iterable[SessionRecord]) -> list[PlaceCount]:
    """Each exercise and side that hurt, most stops first; a stop outside of any is left out."""
    stops: dict[tuple[str, str | None], list[int | None]] = {}
    aches: dict[tuple[str, str | None], int] = {}
    for session in counted(sessions):
        for stop in session.real_stops:
            if stop.exercise is not None:
                stops.setdefault((stop.exercise, stop.side), []).append(stop.intensity)
        for exercise in session.aches:
            aches[exercise, None] = aches.get((exercise, None), 0) + 1
    found = [
        PlaceCount(
            exercise,
            side,
            stops=len(pains := stops.get((exercise, side), [])),
            aches=aches.get((exercise, side), 0),
            worst=max((pain for pain in pains if pain is not None), default=None),
        )
        for exercise, side in stops.keys() | aches.keys()
    ]
    return sorted(
        found, key=lambda each: (-each.stops, -each.aches, each.exercise, each.side or "")
    )


def names_of(sessions: Iterable[SessionRecord]) -> dict[str, str]:
    """What exercises are called, by id; the last session that knows has the word."""
    names: dict[str, str] = {}
    for session in sessions:
        for done in session.exercises:
            if done.name != done.exercise:
                names[done.exercise] = done.name
    return names
