"""What the history holds, as plain values. Knows neither the database nor any model."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

OUTCOMES: Final = ("completed", "ended", "pain", "interrupted")
"""How a session may have ended."""
MOST_PAIN: Final = 10


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
    """A stop: where it hurt, and what was answered. None where it wasn't.

    Attributes:
        at_ms: of the session's active time, the moment that it belongs to.
        phase, into_ms: in which phase that is, and how far into it.
    """

    exercise: str | None
    side: str | None
    set: int | None
    rep: int | None
    at_ms: int
    quality: str | None = None
    where: str | None = None
    intensity: int | None = None
    mistake: bool = False
    phase: str | None = None
    into_ms: int | None = None


@dataclass(frozen=True, slots=True)
class ExerciseDone:
    """What was done of one exercise of a session, on one side.

    Attributes:
        side: "left", "right", or None where it has no sides.
        reps, planned: reps done, and planned of this exercise on this side; a timed one counts 1.
            Nothing is planned of an exercise that came in place of another, and of plans that an
            early version wrote down.
        held_ms: in holds; `real_ms` from the first movement of each rep to its last.
    """

    exercise: str
    name: str
    family: str
    side: str | None
    reps: int
    planned: int
    held_ms: int
    real_ms: int


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A session as it went.

    Attributes:
        started_at, ended_at: aware, with the offset of the place it was played at.
        outcome: "running", "completed", "ended", "pain" or "interrupted".
        active_ms: unpaused time in phases.
        planned_ms: the routine's total when it began.
        by_hand: whether it was written down afterwards: a walk, a swim.
        families: milliseconds of exercise by family, rests and get ready left out.
        aches: the exercises that ached, by id.
        clean: completed, nine of ten planned reps done, no ache and no stop. The morning after
            is no part of it.
        note: the person's own words, as they were last written.
        exercises: what was done of each; empty unless it was asked for.
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
    by_hand: bool = False
    families: Mapping[str, int] = field(default_factory=dict)
    aches: tuple[str, ...] = ()
    clean: bool = False
    note: str = ""
    exercises: tuple[ExerciseDone, ...] = ()

    @property
    def day(self) -> date:
        """The day it began on, where it was played."""
        return self.started_at.date()

    @property
    def real_stops(self) -> tuple[StopRecord, ...]:
        """The stops that were no mistake."""
        return tuple(stop for stop in self.stops if not stop.mistake)


@dataclass(frozen=True, slots=True)
class NewSession:
    """What is written when a session begins.

    Attributes:
        plan: the routine as it is played, for whoever reads the history later.
        answers: of the check-in.
        by_hand: whether it is written down afterwards.
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
    by_hand: bool = False


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
                phase=data.get("phase"),
                into_ms=data.get("into_ms"),
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
    return whole_text(json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True))


def whole_text(text: str) -> str:
    """A text as a file can hold it: a keyboard and a file's name may have half characters."""
    return text.encode("utf-8", "replace").decode()
