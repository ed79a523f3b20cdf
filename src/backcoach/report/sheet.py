"""The history as a table for spreadsheets: comma-separated values, a row a set.

As RFC 4180 has it. Whatever would be taken for a formula begins with an apostrophe instead:
spreadsheets obey what is written to them, and names and notes may come from anywhere.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from backcoach.history.reader import Reader
from backcoach.history.records import EventRecord, StopRecord, stops_of
from backcoach.history.summary import last_value
from backcoach.history.transfer import WholeSession, session_ids, whole_sessions
from backcoach.report.detail import steps_of

COLUMNS: Final = (
    "session",
    "started_at",
    "routine",
    "routine_name",
    "outcome",
    "rehearsal",
    "by_hand",
    "pain_before",
    "pain_after",
    "step",
    "exercise",
    "exercise_name",
    "family",
    "round",
    "set",
    "side",
    "reps",
    "held_s",
    "real_s",
    "stops",
    "note",
)
"""The first row. `held_s` is spent in holds, `real_s` from the first movement to the last."""
_FORMULA: Final = tuple("=+-@\t\r＝＋－＠")
"""What a formula begins with, in one spreadsheet or another."""

_Place = tuple[Any, ...]
"""Step, exercise, round, set and side."""


def sheet(reader: Reader | None, since: date | None = None) -> Iterator[str]:
    """The rows, each with its end: the oldest session first, no deleted one.

    A session in which nothing was done has one row, without an exercise.

    Args:
        reader: the history, or None where there is none yet.
        since: only sessions of this day or later, where they were played.

    Raises:
        StoreError: the file is damaged, or was erased meanwhile.
    """
    line = _Line()
    writer = csv.writer(line)
    writer.writerow(COLUMNS)
    yield line.text
    if reader:
        for session in whole_sessions(reader, session_ids(reader, since)):
            for row in rows_of(session):
                writer.writerow(row)
                yield line.text


class _Line:
    """A file of one line: the last that was written."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


@dataclass(slots=True)
class _Set:
    """What was done in one place of a session."""

    name: str = ""
    family: str = ""
    reps: int = 0
    held_ms: int = 0
    real_ms: int = 0
    stops: list[str] = field(default_factory=list)


def rows_of(session: WholeSession) -> Iterator[list[str | int | float]]:
    """A session's rows: a place in the order in which something first happened there.

    What hurt is told where it was; a stop that was a mistake isn't.
    """
    begun = session.begun
    note = last_value(session.events, "note")
    before = "" if begun.pain_before is None else begun.pain_before
    after = "" if session.pain_after is None else session.pain_after
    for place, done in _sets(session).items():
        step, exercise, round_, set_, side = place
        yield [
            _text(begun.id),
            begun.started_at.isoformat(timespec="seconds"),
            _text(begun.routine),
            _text(begun.name),
            # Whatever it was: once it is written elsewhere, nobody plays it any more.
            session.outcome or "interrupted",
            int(begun.rehearsal),
            int(begun.by_hand),
            before,
            after,
            _number(step),
            _text(exercise),
            _text(done.name),
            _text(done.family),
            _number(round_),
            _number(set_),
            _text(side),
            done.reps,
            _seconds(done.held_ms),
            _seconds(done.real_ms),
            _text("; ".join(done.stops)),
            _text(note),
        ]


def _sets(session: WholeSession) -> Mapping[_Place, _Set]:
    sets: dict[_Place, _Set] = {}
    names = _names(session.begun.plan)
    hurt: dict[int, _Place] = {}
    for event in session.events:
        data = event.data
        if event.kind in ("rep", "activity"):
            done = sets.setdefault(_place(event), _Set())
            exercise = data.get("exercise")
            done.name = str(data.get("name") or names.get(exercise, exercise))
            done.family = str(data.get("family") or "")
            done.reps += _count(data.get("reps"))
            done.held_ms += _count(data.get("held_ms"))
            done.real_ms += _count(data.get("real_ms"))
        elif event.kind == "stop" and isinstance(number := data.get("number"), int):
            hurt[number] = _place(event)
    for number, stop in zip(sorted(hurt), stops_of(session.events), strict=True):
        if not stop.mistake:
            done = sets.setdefault(hurt[number], _Set(names.get(stop.exercise, "")))
            done.stops.append(_stop(stop))
    return sets or {(None,) * 5: _Set()}


def _place(event: EventRecord) -> _Place:
    values = (event.data.get(key) for key in ("step", "exercise", "round", "set", "side"))
    return tuple(value if isinstance(value, (int, str)) else None for value in values)


def _names(plan: Mapping[str, Any]) -> dict[Any, str]:
    """What the plan calls its exercises."""
    return {
        step["exercise"]: str(step.get("name", ""))
        for step in steps_of(plan)
        if isinstance(step.get("exercise"), str)
    }


def _stop(stop: StopRecord) -> str:
    """A stop as it was answered; the word alone where nothing was."""
    # A spreadsheet would take 6/10, alone in its cell, for a day of June.
    amount = None if stop.intensity is None else f"{stop.intensity} of 10"
    return ", ".join(filter(None, (stop.quality, stop.where, amount))) or "stop"


def _seconds(ms: int) -> int | float:
    seconds = round(ms / 1000, 1)
    return int(seconds) if seconds == int(seconds) else seconds


def _count(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _number(value: Any) -> int | str:
    return value if isinstance(value, int) else ""


def _text(value: Any) -> str:
    """A cell of text that no spreadsheet calculates, and no terminal obeys."""
    text = value if isinstance(value, str) else ""
    shown = "".join(
        c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text
    )
    return f"'{shown}" if text.lstrip(" \n").startswith(_FORMULA) else shown
