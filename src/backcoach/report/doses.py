"""What was done of each exercise in a period, against what was planned."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from backcoach.history.records import SessionRecord
from backcoach.report.detail import steps_of
from backcoach.stats.places import by_place, names_of

Place = tuple[str, str | None]
"""An exercise's id, and its side."""


@dataclass(slots=True)
class Dose:
    """What was done of an exercise on one side, in all sessions together.

    Attributes:
        side: "left", "right", or None.
        sessions: those in which something of it was done.
        reps, planned: reps done and planned; a timed exercise counts 1.
        held_ms, planned_held_ms: in holds; planned is None where a plan doesn't say.
        stops: those that were no mistake.
    """

    name: str
    side: str | None
    sessions: int = 0
    reps: int = 0
    planned: int = 0
    held_ms: int = 0
    planned_held_ms: int | None = 0
    stops: int = 0


def doses(
    sessions: Iterable[SessionRecord], plans: Mapping[str, Mapping[str, Any]]
) -> tuple[Dose, ...]:
    """The doses of all exercises, those done in most sessions first, a side below the other.

    Args:
        sessions: with their exercises, in order.
        plans: by session, as they were played.
    """
    known = list(sessions)
    names = names_of(known)
    found: dict[Place, Dose] = {}

    def dose(at: Place) -> Dose:
        return found.setdefault(at, Dose(names.get(at[0], at[0]), at[1]))

    for session in known:
        held = _planned_held(plans.get(session.id, {}))
        for done in session.exercises:
            at = (done.exercise, done.side)
            one = dose(at)
            one.sessions += done.reps > 0
            one.reps += done.reps
            one.planned += done.planned
            one.held_ms += done.held_ms
            if done.planned and (at not in held or one.planned_held_ms is None):
                one.planned_held_ms = None
            else:
                one.planned_held_ms = (one.planned_held_ms or 0) + held.get(at, 0)
    for place in by_place(known):
        if place.stops:
            dose((place.exercise, place.side)).stops = place.stops
    often: dict[str, int] = {}
    for (exercise, _), each in found.items():
        often[exercise] = max(often.get(exercise, 0), each.sessions)
    order = sorted(found, key=lambda at: (-often[at[0]], found[at].name, at[0], at[1] or ""))
    return tuple(found[at] for at in order)


def _planned_held(plan: Mapping[str, Any]) -> dict[Place, int]:
    """The milliseconds of holds that a plan asks for."""
    held: dict[Place, int] = {}
    for step in steps_of(plan):
        planned = step.get("planned")
        for side, reps in planned.items() if isinstance(planned, dict) else ():
            at = (str(step.get("exercise")), side or None)
            hold_ms = step.get("hold_ms")
            if isinstance(reps, int) and isinstance(hold_ms, int):
                held[at] = held.get(at, 0) + reps * hold_ms
    return held
