"""Writes the history: one commit an event, and what a session adds up to beside it."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any, Final

from backcoach.history.opening import NewerError, StoreError
from backcoach.history.owner import Owner
from backcoach.history.reader import Reader, to_text
from backcoach.history.records import (
    MOST_PAIN,
    OUTCOMES,
    EventRecord,
    NewSession,
    SessionRecord,
    to_json,
    whole_text,
)
from backcoach.history.summary import summarise, to_columns

AFTERWARDS: Final = frozenset(
    {"note", "pain-before", "pain-after", "morning", "ached-after", "declined"}
)
"""What may still be written down once a session is over; what was said before is kept."""

SWEPT: Final = "swept "
"""Begins the key, in `meta`, that says of a session that it was removed for good."""


class Store(Reader):
    """One connection to the history, that writes. Not shared between threads.

    Args:
        path: the database; made with its folder where it isn't there.
    """

    _read_only = False

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is there afterwards, or nothing of it is.

        Raises:
            NewerError: this version only reads the file.
        """
        if self.refuses:
            raise NewerError(self.refuses)
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    # Writing. Each of these belongs inside a transaction.

    def begin(self, session: NewSession, owner: Owner) -> None:
        """Write a session's row; a second time changes nothing."""
        offset = session.started_at.utcoffset() or timedelta()
        started = to_text(session.started_at)
        self._db.execute(
            "INSERT OR IGNORE INTO session (id, routine, name, plan, answers, started_at,"
            " offset_s, seen_at, rehearsal, by_hand, active_ms, planned_ms, pain_before, owner_pid,"
            " owner_boot, owner_started) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?)",
            (
                session.id,
                whole_text(session.routine),
                whole_text(session.name),
                self._plan(session.plan),
                to_json(session.answers),
                started,
                int(offset.total_seconds()),
                started,
                int(session.rehearsal),
                int(session.by_hand),
                session.planned_ms,
                session.pain_before,
                owner.pid,
                owner.boot,
                owner.started,
            ),
        )

    def _plan(self, plan: Mapping[str, Any]) -> int:
        """The number of a plan; the same one for all sessions that are played by it."""
        body = to_json(plan)
        self._db.execute("INSERT OR IGNORE INTO plan (body) VALUES (?)", (body,))
        found = self._db.execute("SELECT id FROM plan WHERE body = ?", (body,)).fetchone()
        return int(found[0])

    def take_over(self, session: SessionRecord, after: int, owner: Owner, at: datetime) -> bool:
        """Make a process the owner of a session that was broken off, to go on with it.

        Args:
            after: the number of its last event, as whoever goes on knows it.

        Returns:
            Whether it is; not where something else was written of it meanwhile, or it was deleted.
        """
        taken = self._db.execute(
            "UPDATE session SET owner_pid = ?, owner_boot = ?, owner_started = ?, seen_at = ?,"
            " outcome = NULL, ended_at = NULL, summary = NULL, exercises = NULL"
            " WHERE id = ? AND deleted_at IS NULL"
            " AND ifnull(outcome, 'interrupted') = 'interrupted'"
            " AND ifnull((SELECT max(seq) FROM event WHERE event.session = session.id), 0) = ?",
            (owner.pid, owner.boot, owner.started, to_text(at), session.id, after),
        )
        if not taken.rowcount:
            return False
        self.add(session.id, EventRecord(after + 1, at, session.active_ms, "taken-over", {}))
        return True

    def add(self, session: str, event: EventRecord) -> None:
        """Add an event; the same one a second time changes nothing.

        Where another has its number, for one that somebody else has written down meanwhile, it
        gets the next one that is free.
        """
        at = to_text(event.at)
        what = (at, event.active_ms, event.kind, to_json(event.data))
        insert = (
            "INSERT OR IGNORE INTO event (session, seq, at, active_ms, kind, data)"
            " VALUES (?, ?, ?, ?, ?, ?)"
        )
        if not self._db.execute(insert, (session, event.seq, *what)).rowcount:
            is_there = self._db.execute(
                "SELECT 1 FROM event WHERE session = ? AND at = ? AND active_ms = ? AND kind = ?"
                " AND data = ?",
                (session, *what),
            ).fetchone()
            if is_there:
                return
            self._db.execute(insert, (session, self._last_seq(session) + 1, *what))
        row = self._db.execute("SELECT outcome FROM session WHERE id = ?", (session,)).fetchone()
        over = row is not None and row[0] is not None
        if not over and event.kind not in AFTERWARDS:
            self.progress(session, event.active_ms, event.at)
        if event.kind == "end" and not over:
            self._db.execute(
                "UPDATE session SET ended_at = ?, outcome = ? WHERE id = ?",
                (at, event.data.get("outcome"), session),
            )
            over = True
        elif event.kind in ("pain-before", "pain-after"):
            column = event.kind.replace("-", "_")
            self._db.execute(
                f"UPDATE session SET {column} = ? WHERE id = ?", (event.data.get("value"), session)
            )
        if over:
            self.settle(session)

    def amend(self, session: str, kind: str, value: object, at: datetime) -> None:
        """Write something down about a session that is over; what stood there before is kept.

        Args:
            kind: one of "note", "pain-before", "pain-after", "ached-after", "morning", "declined".

        Raises:
            StoreError: there is no such session, or it still runs.
        """
        if kind not in AFTERWARDS:
            raise ValueError(kind)
        known = self.session(session)
        if known is None:
            raise StoreError(f"{self.path}: there is no session {session}")
        if known.outcome == "running":
            raise StoreError(f"{known.name} still runs: write that down when it is over")
        seq = self._last_seq(session) + 1
        self.add(session, EventRecord(seq, at, known.active_ms, kind, {"value": value}))
        # One that was broken off has no end that would do it.
        self.settle(session)

    def _last_seq(self, session: str) -> int:
        found = self._db.execute("SELECT max(seq) FROM event WHERE session = ?", (session,))
        return found.fetchone()[0] or 0

    def settle(self, session: str) -> None:
        """Write down what the session's events add up to: it is over."""
        row = self._db.execute(
            "SELECT outcome, body FROM session JOIN plan ON plan.id = session.plan"
            " WHERE session.id = ?",
            (session,),
        ).fetchone()
        if row is None:
            return
        outcome, body = row
        summary = summarise(json.loads(body), self.events(session), outcome)
        self._db.execute(
            "UPDATE session SET summary = ?, exercises = ? WHERE id = ?",
            (*to_columns(summary), session),
        )

    def agree(self, session: str) -> None:
        """Let a session's row agree with its events, some of which came in from elsewhere."""
        found = self._db.execute(
            "SELECT kind, at, data FROM event WHERE session = ? AND kind IN"
            " ('taken-over', 'end', 'pain-before', 'pain-after') ORDER BY seq",
            (session,),
        ).fetchall()
        changes: dict[str, Any] = {}
        for kind, at, text in found:
            data = _table(text)
            value = data.get("value")
            if kind == "taken-over":
                changes |= {"outcome": None, "ended_at": None}
            elif kind == "end":
                # The first one since it was last gone on with.
                if changes.get("outcome") is None and data.get("outcome") in OUTCOMES:
                    changes |= {"outcome": data["outcome"], "ended_at": at}
            elif value is None or (type(value) is int and 0 <= value <= MOST_PAIN):
                changes[kind.replace("-", "_")] = value
        names = "".join(f"{name} = ?, " for name in changes)
        self._db.execute(
            f"UPDATE session SET {names}summary = NULL, exercises = NULL, active_ms ="
            " max(active_ms, ifnull((SELECT max(event.active_ms) FROM event"
            " WHERE event.session = session.id), 0)) WHERE id = ?",
            (*changes.values(), session),
        )

    def delete(self, session: str, at: datetime) -> None:
        """Take a session out of everything, until it is put back or swept away.

        Raises:
            StoreError: it still runs.
        """
        known = self.session(session)
        if known is not None and known.outcome == "running":
            raise StoreError(f"{known.name} still runs: delete it when it is over")
        self._db.execute("UPDATE session SET deleted_at = ? WHERE id = ?", (to_text(at), session))

    def put_back(self, session: str) -> None:
        """Take a deletion back; a session that was removed for good may come in again."""
        self._db.execute("UPDATE session SET deleted_at = NULL WHERE id = ?", (session,))
        self._db.execute("DELETE FROM meta WHERE key = ?", (f"{SWEPT}{session}",))

    def sweep(self, before: datetime) -> int:
        """Remove for good what was deleted before a moment; how many sessions."""
        # A backup that still has them doesn't bring them back.
        self._db.execute(
            f"INSERT OR IGNORE INTO meta SELECT '{SWEPT}' || id, deleted_at FROM session"
            " WHERE deleted_at < ?",
            (to_text(before),),
        )
        swept = self._db.execute("DELETE FROM session WHERE deleted_at < ?", (to_text(before),))
        if swept.rowcount:
            self._db.execute("DELETE FROM plan WHERE id NOT IN (SELECT plan FROM session)")
        return swept.rowcount

    def progress(self, session: str, active_ms: int, at: datetime) -> None:
        """Bring a session's active time up to date."""
        self._db.execute(
            "UPDATE session SET active_ms = max(active_ms, ?), seen_at = ? WHERE id = ?",
            (active_ms, to_text(at), session),
        )


def _table(text: str) -> dict[str, Any]:
    """What an event holds; nothing where that doesn't read any more."""
    with suppress(ValueError):
        value = json.loads(text)
        if isinstance(value, dict):
            return value
    return {}
