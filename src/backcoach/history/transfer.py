"""A history as lines of JSON, to leave with and to come back: a header, then a session a line.

Nothing that the database has of a session is left out, but for the process that played it: whoever
reads the lines is another one. All of it is ASCII, so no mailer and no editor changes it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, Final

from backcoach.history.opening import StoreError
from backcoach.history.reader import Reader, to_text, to_time
from backcoach.history.records import EventRecord, NewSession

FORMAT: Final = "history"
"""What the header says under `backcoach`."""
VERSION: Final = 1
"""Of the lines: a newer one says something that this version doesn't know."""


@dataclass(frozen=True, slots=True)
class WholeSession:
    """All that the history has of a session.

    Attributes:
        begun: as it began; but its `pain_before` is the newest one.
        seen_at: when something was last written about it while it was played.
        outcome: None where it has no end: it runs, or was broken off.
        extra: what another version has added.
        events: in order.
    """

    begun: NewSession
    seen_at: datetime
    ended_at: datetime | None
    outcome: str | None
    active_ms: int
    pain_after: int | None
    events: tuple[EventRecord, ...]
    extra: Mapping[str, Any] = field(default_factory=dict)


def header_line(sessions: int) -> str:
    """The first line, for so many sessions."""
    return _line({"backcoach": FORMAT, "version": VERSION, "sessions": sessions})


def session_line(session: WholeSession) -> str:
    """A session as one line, with its end."""
    begun = session.begun
    zone = begun.started_at.tzinfo
    ended = session.ended_at
    return _line(
        {
            "id": begun.id,
            "routine": begun.routine,
            "name": begun.name,
            "started_at": _iso(begun.started_at),
            "ended_at": _iso(ended.astimezone(zone)) if ended else None,
            "seen_at": _iso(session.seen_at.astimezone(zone)),
            "outcome": session.outcome,
            "rehearsal": begun.rehearsal,
            "by_hand": begun.by_hand,
            "active_ms": session.active_ms,
            "planned_ms": begun.planned_ms,
            "pain_before": begun.pain_before,
            "pain_after": session.pain_after,
            "answers": begun.answers,
            "plan": begun.plan,
            "extra": session.extra,
            "events": [
                {
                    "seq": event.seq,
                    "at": to_text(event.at),
                    "active_ms": event.active_ms,
                    "kind": event.kind,
                    "data": event.data,
                }
                for event in session.events
            ],
        }
    )


def _iso(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds")


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, separators=(",", ":"), allow_nan=False) + "\n"


def dump_unsaved(session: NewSession, events: Sequence[EventRecord]) -> str:
    """The lines of one session that the history didn't take: `backcoach import` reads them.

    Args:
        events: those that are known, in order.

    Raises:
        ValueError: an event holds what is no JSON.
    """
    whole = WholeSession(session, session.started_at, None, None, 0, None, tuple(events))
    for event in events:
        value = event.data.get("value")
        if whole.outcome is None:
            # What comes after the end was written down when nobody played any more.
            active_ms = max(whole.active_ms, event.active_ms)
            whole = replace(whole, seen_at=event.at, active_ms=active_ms)
        if event.kind == "taken-over":
            whole = replace(whole, ended_at=None, outcome=None)
        elif event.kind == "end" and whole.outcome is None:
            whole = replace(whole, ended_at=event.at, outcome=event.data.get("outcome"))
        elif event.kind == "pain-before":
            whole = replace(whole, begun=replace(whole.begun, pain_before=value))
        elif event.kind == "pain-after":
            whole = replace(whole, pain_after=value)
    return header_line(1) + session_line(whole)


def export(reader: Reader | None, since: date | None = None) -> Iterator[str]:
    """The lines of a history, each with its end: the oldest session first, no deleted one.

    Between two lines the file is let go of, so that a slow reader holds up no session that runs.

    Args:
        reader: the history, or None where there is none yet.
        since: only sessions of this day or later, where they were played.

    Raises:
        StoreError: the file is damaged, or was erased meanwhile.
    """
    found = session_ids(reader, since) if reader else []
    yield header_line(len(found))
    if reader:
        yield from map(session_line, whole_sessions(reader, found))


def session_ids(reader: Reader, since: date | None = None) -> list[str]:
    """The sessions by id, oldest first, without those that were deleted.

    Raises:
        StoreError: the file is damaged.
    """
    with reader.reading():
        rows = reader.db.execute(
            "SELECT id FROM session WHERE deleted_at IS NULL"
            " AND date(started_at, offset_s || ' seconds') >= ? ORDER BY started_at, id",
            ("" if since is None else since.isoformat(),),
        ).fetchall()
    return [row[0] for row in rows]


def whole_sessions(reader: Reader, sessions: Iterable[str]) -> Iterator[WholeSession]:
    """All that the history has of these sessions, by id.

    Raises:
        StoreError: the file is damaged, or one of them was erased meanwhile.
    """
    for session in sessions:
        whole = whole_session(reader, session)
        if whole is None:
            raise StoreError(f"{reader.path}: it was erased meanwhile")
        yield whole


def whole_session(reader: Reader, session: str) -> WholeSession | None:
    """All that the history has of a session, a deleted one too; None where there is none.

    Raises:
        StoreError: the file is damaged.
    """
    with reader.reading(), _one_look(reader):
        row = reader.db.execute(
            "SELECT routine, name, started_at, offset_s, seen_at, ended_at, outcome, rehearsal,"
            " by_hand, active_ms, planned_ms, pain_before, pain_after, body, answers, extra"
            " FROM session JOIN plan ON plan.id = session.plan WHERE session.id = ?",
            (session,),
        ).fetchone()
        if row is None:
            return None
        (routine, name, started, offset_s, seen, ended, outcome, rehearsal, by_hand,
         active_ms, planned_ms, before, after, plan, answers, extra) = row  # fmt: skip
        zone = timezone(timedelta(seconds=offset_s))
        begun = NewSession(
            id=session,
            routine=routine,
            name=name,
            started_at=to_time(started, zone),
            rehearsal=bool(rehearsal),
            planned_ms=planned_ms,
            plan=json.loads(plan),
            pain_before=before,
            answers=json.loads(answers),
            by_hand=bool(by_hand),
        )
        return WholeSession(
            begun,
            seen_at=to_time(seen, UTC),
            ended_at=to_time(ended, UTC) if ended else None,
            outcome=outcome,
            active_ms=active_ms,
            pain_after=after,
            events=tuple(reader.events(session)),
            extra=json.loads(extra),
        )


@contextmanager
def _one_look(reader: Reader) -> Iterator[None]:
    """A session and its events as they were at one moment, also while it is played."""
    if reader.db.in_transaction:
        yield
        return
    reader.db.execute("BEGIN")
    try:
        yield
    finally:
        reader.db.execute("COMMIT")
