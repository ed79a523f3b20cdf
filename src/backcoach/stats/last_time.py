"""What happened the last time an exercise was done, where that was a stop."""

from collections.abc import Iterable, Mapping

from backcoach.history.records import SessionRecord, StopRecord
from backcoach.player.words import the_phase
from backcoach.stats.days import counted
from backcoach.timeline.model import Side, Timeline


def stopped_last_time(sessions: Iterable[SessionRecord]) -> dict[str, StopRecord]:
    """The exercises that were stopped for pain the last time they were begun, by id.

    Once an exercise has gone well again, its old stop is no news any more.

    Args:
        sessions: with what was done of each exercise.
    """
    newest: dict[str, StopRecord | None] = {}
    for session in sorted(counted(sessions), key=lambda each: each.started_at, reverse=True):
        stops = {stop.exercise: stop for stop in session.real_stops}
        done = {each.exercise for each in session.exercises if each.reps}
        for exercise in done | stops.keys():
            if exercise is not None:
                newest.setdefault(exercise, stops.get(exercise))
    return {exercise: stop for exercise, stop in newest.items() if stop is not None}


def said_of_steps(timeline: Timeline, stops: Mapping[str, StopRecord]) -> dict[int, str]:
    """What there is to say of the steps that were stopped last time, by their numbers."""
    said = {}
    for step in timeline.steps:
        exercise = step.usual.exercise
        stop = stops.get(exercise.id) if exercise else None
        if exercise and stop:
            side = Side(stop.side) if stop.side in ("left", "right") else None
            label = exercise.label(side) if exercise.labels else ""
            said[step.number] = last_time_words(stop, label)
    return said


def last_time_words(stop: StopRecord, label: str = "") -> str:
    """Where a stop was: "Last time you stopped here: left leg, 12 s into the hold."

    Args:
        label: what the exercise calls the side; else "left side".
    """
    where = [label or f"{stop.side} side"] if stop.side else []
    if stop.into_ms is not None and stop.phase:
        where.append(f"{stop.into_ms // 1000} s into {the_phase(stop.phase)}")
    return f"Last time you stopped here{': ' if where else ''}{', '.join(where)}."
