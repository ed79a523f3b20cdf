"""Sessions in an SQLite file: a rollback journal, everything synced, one commit an event.

The settings were chosen by a simulation of power cuts: with these, none of its images was corrupt
or missed an acknowledged row.
"""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from backcoach.errors import BackcoachError
from backcoach.history.owner import Owner, is_alive
from backcoach.history.records import EventRecord, NewSession, SessionRecord, stops_of, to_json
from backcoach.history.schema import APPLICATION_ID, MIGRATIONS
from backcoach.paths import make_private

LATEST: Final = len(MIGRATIONS)
BUSY_S: Final = 10.0
"""How long a writer waits for another one."""

_PRAGMAS = (
    "journal_mode = DELETE",
    "synchronous = EXTRA",
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "fullfsync = ON",
)


class StoreError(BackcoachError):
    """The history can't be used; the message names its file."""


class Store:
    """One connection to the history. Not shared between threads.

    Args:
        path: the database; made with its folder where it isn't there.
        read_only: change nothing, and don't make the file.

    Raises:
        StoreError: it can't be opened, isn't ours, or is damaged.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        try:
            if not read_only:
                make_private(path.parent)
                _make_private_file(path)
            # A reader opens it for writing too: a killed writer's journal is rolled back first.
            self._db = sqlite3.connect(
                path.absolute().as_uri() + "?mode=rw",
                uri=True,
                timeout=BUSY_S,
                isolation_level=None,
            )
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"{path}: {error}") from error
        try:
            self._prepare(read_only)
        except BaseException as error:
            self._db.close()
            if isinstance(error, sqlite3.Error):
                raise StoreError(f"{path}: {error}") from error
            raise

    def _prepare(self, read_only: bool) -> None:
        # One look at the file: another process may be making its tables at this moment.
        self._db.execute("BEGIN")
        ours = self._pragma("application_id")
        version = self._pragma("user_version")
        tables = self._db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        self._db.execute("COMMIT")
        if ours != APPLICATION_ID and (ours or tables):
            raise StoreError(f"{self.path}: this is not a history of backcoach")
        if version > LATEST:
            raise StoreError(
                f"{self.path}: made by a newer version of backcoach; nothing was changed"
            )
        if read_only:
            if not tables:
                raise StoreError(f"{self.path}: there is no history in it")
            self._pragma("query_only = ON")
            return
        for pragma in _PRAGMAS:
            self._pragma(pragma)
        if version < LATEST:
            self._migrate()

    def _pragma(self, words: str) -> int:
        row = self._db.execute(f"PRAGMA {words}").fetchone()
        return row[0] if row and isinstance(row[0], int) else 0

    def _migrate(self) -> None:
        with self.transaction():
            # Another process may have been first: what counts is what stands under the lock.
            for version in range(self._pragma("user_version"), LATEST):
                for statement in MIGRATIONS[version]:
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {version + 1}")
            self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is there afterwards, or nothing of it is."""
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
        started = _to_text(session.started_at)
        self._db.execute(
            "INSERT OR IGNORE INTO session (id, routine, name, plan, answers, started_at,"
            " offset_s, seen_at, rehearsal, active_ms, planned_ms, pain_before, owner_pid,"
            " owner_boot, owner_started) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?)",
            (
                session.id,
                session.routine,
                session.name,
                to_json(session.plan),
                to_json(session.answers),
                started,
                int(offset.total_seconds()),
                started,
                int(session.rehearsal),
                session.planned_ms,
                session.pain_before,
                owner.pid,
                owner.boot,
                owner.started,
            ),
        )

    def add(self, session: str, event: EventRecord) -> None:
        """Add an event; the same number a second time changes nothing."""
        at = _to_text(event.at)
        added = self._db.execute(
            "INSERT OR IGNORE INTO event (session, seq, at, active_ms, kind, data)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (session, event.seq, at, event.active_ms, event.kind, to_json(event.data)),
        )
        if not added.rowcount:
            return
        self.progress(session, event.active_ms, event.at)
        if event.kind == "end":
            self._db.execute(
                "UPDATE session SET ended_at = ?, outcome = ? WHERE id = ? AND outcome IS NULL",
                (at, event.data.get("outcome"), session),
            )
        elif event.kind == "pain-after":
            self._db.execute(
                "UPDATE session SET pain_after = ? WHERE id = ?",
                (event.data.get("value"), session),
            )

    def progress(self, session: str, active_ms: int, at: datetime) -> None:
        """Bring a session's active time up to date."""
        self._db.execute(
            "UPDATE session SET active_ms = max(active_ms, ?), seen_at = ? WHERE id = ?",
            (active_ms, _to_text(at), session),
        )

    # Reading

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Damage that shows only now, in the file or in a value, is said with the file's name."""
        try:
            yield
        except (sqlite3.Error, ValueError, TypeError, AttributeError, OverflowError) as error:
            raise StoreError(f"{self.path}: {error}") from error

    def sessions(self, limit: int | None = None) -> list[SessionRecord]:
        """The sessions, newest first.

        Raises:
            StoreError: the file is damaged.
        """
        with self._reading():
            rows = self._db.execute(
                "SELECT id, routine, name, started_at, offset_s, seen_at, ended_at, outcome,"
                " rehearsal, active_ms, planned_ms, pain_before, pain_after, owner_pid,"
                " owner_boot, owner_started FROM session"
                " ORDER BY started_at DESC, id DESC LIMIT ?",
                (-1 if limit is None else limit,),
            ).fetchall()
            stopped = self._db.execute("SELECT DISTINCT session FROM event WHERE kind = 'stop'")
            with_stops = {row[0] for row in stopped}
            return [self._session(row, row[0] in with_stops) for row in rows]

    def _session(self, row: tuple[Any, ...], stopped: bool) -> SessionRecord:
        (session, routine, name, started, offset_s, seen, ended, outcome, rehearsal,
         active_ms, planned_ms, pain_before, pain_after, *owner) = row  # fmt: skip
        zone = timezone(timedelta(seconds=offset_s))
        if outcome is None:
            outcome = "running" if is_alive(Owner(*owner)) else "interrupted"
            ended = seen if outcome == "interrupted" else None
        return SessionRecord(
            id=session,
            routine=routine,
            name=name,
            started_at=_to_time(started, zone),
            ended_at=_to_time(ended, zone) if ended else None,
            outcome=outcome,
            rehearsal=bool(rehearsal),
            active_ms=active_ms,
            planned_ms=planned_ms,
            pain_before=pain_before,
            pain_after=pain_after,
            stops=stops_of(self.events(session)) if stopped else (),
        )

    def events(self, session: str) -> list[EventRecord]:
        """A session's events, in their order, in UTC.

        Raises:
            StoreError: the file is damaged.
        """
        with self._reading():
            rows = self._db.execute(
                "SELECT seq, at, active_ms, kind, data FROM event WHERE session = ? ORDER BY seq",
                (session,),
            ).fetchall()
            return [
                EventRecord(seq, _to_time(at, UTC), active_ms, kind, json.loads(data))
                for seq, at, active_ms, kind, data in rows
            ]

    def last_completed(self) -> dict[str, datetime]:
        """When each routine was last completed, rehearsals left out.

        Raises:
            StoreError: the file is damaged.
        """
        with self._reading():
            rows = self._db.execute(
                "SELECT routine, max(started_at), offset_s FROM session"
                " WHERE outcome = 'completed' AND NOT rehearsal GROUP BY routine"
            ).fetchall()
            return {
                routine: _to_time(started, timezone(timedelta(seconds=offset_s)))
                for routine, started, offset_s in rows
            }


def open_existing(path: Path) -> Store | None:
    """The history for reading, or None where there is none yet.

    Raises:
        StoreError: it can't be read.
    """
    try:
        there = path.exists()
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from error
    return Store(path, read_only=True) if there else None


def _make_private_file(path: Path) -> None:
    """Make the file for its owner alone: SQLite gives its journals the same mode.

    One that is there isn't opened: closing it would drop this process's locks on it.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _to_text(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="milliseconds")


def _to_time(text: str, zone: timezone) -> datetime:
    return datetime.fromisoformat(text).astimezone(zone)
