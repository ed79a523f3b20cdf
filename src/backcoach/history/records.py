"""What the history holds, as plain values. Knows neither the database nor any model."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One recorded event of a session.

    Attributes:
        seq: from 1, without gaps, in the order it happened.
        kind: as the player's events have it, or a kind of a newer version: kept as it is.
    """

    seq: int
    at: datetime
    active_ms: int
    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StopRecord:
    """A stop: where it hurt, and what was answered. None where it wasn't."""

    exercise: str | None
    side: str | None
    set: int | None
    rep: int | None
    at_ms: int
    quality: str | None = None
    where: str | None = None
    intensity: int | None = None
    mistake: bool = False


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A session as it went.

    Attributes:
        started_at, ended_at: aware, with the offset of the place it was played at.
        outcome: "running", "completed", "ended", "pain" or "interrupted".
        active_ms: unpaused time in phases.
        planned_ms: the routine's total when it began.
    """

    id: str
    routine: str
    name: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str
    rehearsal: bool
    active_ms: int
    planned_ms: int
    pain_before: int | None = None
    pain_after: int | None = None
    stops: tuple[StopRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class NewSession:
    """What is written when a session begins.

    Attributes:
        plan: the routine as it is played, for whoever reads the history later.
        answers: of the check-in.
    """

    id: str
    routine: str
    name: str
    started_at: datetime
    rehearsal: bool
    planned_ms: int
    plan: Mapping[str, Any]
    pain_before: int | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)


def stops_of(events: Iterable[EventRecord]) -> tuple[StopRecord, ...]:
    """The stops of a session, each with its last place and its answers."""
    stops: dict[int, StopRecord] = {}
    for event in events:
        number = event.data.get("number")
        if not isinstance(number, int):
            continue
        if event.kind == "stop":
            data = event.data
            place = StopRecord(
                exercise=data.get("exercise"),
                side=data.get("side"),
                set=data.get("set"),
                rep=data.get("rep"),
                at_ms=int(data.get("stopped_at_ms", event.active_ms)),
            )
            before = stops.get(number, place)
            stops[number] = replace(
                place,
                quality=before.quality,
                where=before.where,
                intensity=before.intensity,
                mistake=before.mistake,
            )
        elif number in stops and event.kind == "mistake":
            stops[number] = replace(stops[number], mistake=True)
        elif number in stops and event.kind == "answer":
            stops[number] = _with_answer(stops[number], event.data)
    return tuple(stops[number] for number in sorted(stops))


def _with_answer(stop: StopRecord, data: Mapping[str, Any]) -> StopRecord:
    """The stop with its newest answer; a question asked again may be left out this time."""
    value = data.get("value")
    match data.get("question"):
        case "what":
            return replace(stop, quality=value if isinstance(value, str) else None)
        case "where":
            return replace(stop, where=value if isinstance(value, str) else None)
        case "how-much":
            return replace(stop, intensity=value if isinstance(value, int) else None)
        case _:
            return stop


def session_json(session: SessionRecord) -> dict[str, Any]:
    """A session as `history --json` has it."""
    return {
        "id": session.id,
        "routine": session.routine,
        "name": session.name,
        "started_at": session.started_at.isoformat(timespec="seconds"),
        "ended_at": session.ended_at and session.ended_at.isoformat(timespec="seconds"),
        "outcome": session.outcome,
        "rehearsal": session.rehearsal,
        "active_ms": session.active_ms,
        "planned_ms": session.planned_ms,
        "pain_before": session.pain_before,
        "pain_after": session.pain_after,
        "stops": [
            {
                "exercise": stop.exercise,
                "side": stop.side,
                "set": stop.set,
                "rep": stop.rep,
                "at_ms": stop.at_ms,
                "quality": stop.quality,
                "where": stop.where,
                "intensity": stop.intensity,
                "mistake": stop.mistake,
            }
            for stop in session.stops
        ],
    }


def to_json(value: Mapping[str, Any]) -> str:
    """A mapping as one line of JSON, the same for the same content."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
