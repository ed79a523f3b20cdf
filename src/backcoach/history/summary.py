"""What a session's events add up to: written beside it at its end, so that nobody reads them all.

A fold over plain values: the same events give the same summary, whoever asks.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Final

from backcoach.history.records import EventRecord, ExerciseDone, StopRecord, stops_of

WHOLE_SHARE: Final = 0.9
"""Of the planned reps: who has done this much has done them."""
_DECODER: Final = json.JSONDecoder()
"""On the thousands of short texts of years, what `json.loads` does before and after counts."""


@dataclass(frozen=True, slots=True)
class Summary:
    """See `SessionRecord`, which has the same fields."""

    families: Mapping[str, int]
    stops: tuple[StopRecord, ...]
    aches: tuple[str, ...]
    clean: bool
    note: str
    exercises: tuple[ExerciseDone, ...]


def summarise(
    plan: Mapping[str, Any], events: Sequence[EventRecord], outcome: str | None
) -> Summary:
    """What a session comes to.

    Args:
        plan: the routine as it was played; of an early version it may say less.
        events: all of them, in order.
        outcome: None for one that hasn't ended.
    """
    exercises = _exercises(plan, events)
    families: Counter[str] = Counter()
    for done in exercises:
        if done.real_ms:
            families[done.family] += done.real_ms
    stops = stops_of(events)
    aches = _aches(plan, events)
    planned = sum(done.planned for done in exercises)
    reached = sum(min(done.reps, done.planned) for done in exercises)
    hurt = aches or any(not stop.mistake for stop in stops)
    note = last_value(events, "note")
    return Summary(
        families=dict(families),
        stops=stops,
        aches=aches,
        clean=outcome == "completed" and not hurt and reached >= planned * WHOLE_SHARE > 0,
        note=note if isinstance(note, str) else "",
        exercises=exercises,
    )


def last_value(events: Iterable[EventRecord], kind: str) -> Any:
    """What was written last of a kind; None where it never was."""
    value = None
    for event in events:
        if event.kind == kind:
            value = event.data.get("value")
    return value


def _exercises(plan: Mapping[str, Any], events: Iterable[EventRecord]) -> tuple[ExerciseDone, ...]:
    """Each exercise and side, those of the plan first and in its order."""
    names: dict[str, tuple[str, str]] = {}
    counted: dict[tuple[str, str | None], list[int]] = {}
    for step in _steps(plan):
        exercise = step.get("exercise")
        if not isinstance(exercise, str):
            continue
        names.setdefault(exercise, (str(step.get("name", exercise)), str(step.get("family", ""))))
        planned = step.get("planned")
        for side, reps in planned.items() if isinstance(planned, dict) else ():
            counts = counted.setdefault((exercise, side or None), [0, 0, 0, 0])
            counts[1] += reps if isinstance(reps, int) else 0
    for event in events:
        if event.kind not in ("rep", "activity"):
            continue
        data = event.data
        exercise = str(data.get("exercise", ""))
        names.setdefault(exercise, (str(data.get("name", exercise)), str(data.get("family", ""))))
        counts = counted.setdefault((exercise, data.get("side")), [0, 0, 0, 0])
        for at, key in ((0, "reps"), (2, "held_ms"), (3, "real_ms")):
            value = data.get(key)
            counts[at] += value if isinstance(value, int) else 0
    return tuple(
        ExerciseDone(exercise, *names[exercise], side, *counts)
        for (exercise, side), counts in counted.items()
    )


def _steps(plan: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    steps = plan.get("steps")
    return [step for step in steps if isinstance(step, dict)] if isinstance(steps, list) else []


def _aches(plan: Mapping[str, Any], events: Iterable[EventRecord]) -> tuple[str, ...]:
    """What ached in the session, and what was marked afterwards, of which the last list counts."""
    ached: dict[str, None] = {}
    marked: list[Any] = []
    for event in events:
        exercise = event.data.get("exercise")
        if event.kind == "ache" and isinstance(exercise, str):
            ached[exercise] = None
        elif event.kind == "ached-after":
            value = event.data.get("value")
            marked = value if isinstance(value, list) else []
    for step in _steps(plan):
        exercise = step.get("exercise")
        if step.get("number") in marked and isinstance(exercise, str):
            ached[exercise] = None
    return tuple(ached)


def to_columns(summary: Summary) -> tuple[str, str]:
    """A summary as it is kept: the part that every list needs, and the exercises."""
    short: dict[str, Any] = {"families": summary.families}
    if summary.stops:
        short["stops"] = [asdict(stop) for stop in summary.stops]
    if summary.aches:
        short["aches"] = summary.aches
    if summary.clean:
        short["clean"] = True
    if summary.note:
        short["note"] = summary.note
    exercises = [list(asdict(done).values()) for done in summary.exercises]
    return _line(short), _line(exercises)


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# A session that went as planned comes to the same as the one before it: years have few texts.
@lru_cache(maxsize=4096)
def from_columns(short: str, exercises: str | None) -> Summary:
    """A summary that was kept; without the exercises where they weren't read.

    Raises:
        ValueError, TypeError, AttributeError: it isn't one.
    """
    kept, _ = _DECODER.raw_decode(short)
    stops = kept.get("stops")
    return Summary(
        families=dict(kept["families"]),
        stops=tuple(StopRecord(**stop) for stop in stops) if stops else (),
        aches=tuple(kept.get("aches", ())),
        clean=kept.get("clean", False),
        note=kept.get("note", ""),
        exercises=tuple(ExerciseDone(*row) for row in json.loads(exercises)) if exercises else (),
    )
