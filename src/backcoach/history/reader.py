"""Reads the history: sessions with what they add up to, and everything that happened in one."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Final, Self, TypeVar

from backcoach.history.opening import StoreError, open_database, store_error, what_is_left
from backcoach.history.owner import Owner, is_alive
from backcoach.history.records import EventRecord, NewSession, SessionRecord
from backcoach.history.summary import from_columns, summarise

Seen = TypeVar("Seen")
_COLUMNS: Final = (
    "id, routine, name, started_at, offset_s, seen_at, ended_at, outcome, rehearsal, by_hand,"
    " active_ms, planned_ms, pain_before, pain_after, owner_pid, owner_boot, owner_started, summary"
)


class Reader:
    """One connection to the history, that only reads. Not shared between threads.

    Args:
        path: the database.
        wait_s: how long another program that writes is waited for; None for as long as usual.

    Attributes:
        refuses: why nothing can be written; "" where it can.

    Raises:
        StoreError: it can't be opened, isn't ours, or is damaged.
    """

    _read_only: ClassVar[bool] = True

    def __init__(self, path: Path, *, wait_s: float | None = None) -> None:
        self.path = path
        self._db, self.refuses = open_database(path, read_only=self._read_only, wait_s=wait_s)
        self._zones: dict[int, timezone] = {}

    @property
    def db(self) -> sqlite3.Connection:
        """The connection itself, for what copies whole files."""
        return self._db

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
    def reading(self) -> Iterator[None]:
        """Around what is read: damage that shows only now is said with the file's name.

        Raises:
            StoreError: the file is damaged, or a value in it isn't what it has to be.
        """
        try:
            yield
        except (sqlite3.Error, ValueError, TypeError, LookupError, AttributeError) as error:
            raise store_error(self.path, error) from error

    def sessions(
        self,
        limit: int | None = None,
        *,
        since: datetime | None = None,
        routine: str | None = None,
        exercise: str | None = None,
        exercises: bool = False,
        deleted: bool = False,
    ) -> list[SessionRecord]:
        """The sessions, newest first, without those that were deleted.

        Args:
            since: only those that began at this moment or later.
            routine, exercise: only those of this routine, or in which this exercise was planned
                or done, by id.
            exercises: whether what was done of each exercise is read too.
            deleted: in their place, those that were deleted.

        Raises:
            StoreError: the file is damaged.
        """
        where, values = [f"deleted_at IS {'NOT ' if deleted else ''}NULL"], []
        if since is not None:
            where.append("started_at >= ?")
            values.append(to_text(since))
        if routine is not None:
            where.append("routine = ?")
            values.append(routine)
        if exercise is not None:
            # It stands there as the first of its row. One that wasn't made up yet may have it.
            where.append("(exercises IS NULL OR instr(exercises, ?))")
            values.append(f"[{json.dumps(exercise, ensure_ascii=False)},")
        more = ", exercises" if exercises else ", NULL"
        with self.reading():
            rows = self._db.execute(
                f"SELECT {_COLUMNS}{more} FROM session WHERE {' AND '.join(where)}"
                " ORDER BY started_at DESC, id DESC LIMIT ?",
                (*values, -1 if limit is None else limit),
            ).fetchall()
            found = [self._session(row) for row in rows]
        if exercise is None:
            return found
        unsettled = {row[0] for row in rows if row[17] is None}
        return [each for each in found if each.id not in unsettled or self._has(each.id, exercise)]

    def session(self, session: str) -> SessionRecord | None:
        """One session with its exercises, a deleted one too; None where there is none.

        Raises:
            StoreError: the file is damaged.
        """
        with self.reading():
            row = self._db.execute(
                f"SELECT {_COLUMNS}, exercises FROM session WHERE id = ?", (session,)
            ).fetchone()
            return self._session(row) if row else None

    def beginning(self, prefix: str) -> list[str]:
        """The ids that begin with some characters, those of deleted sessions too.

        Raises:
            StoreError: the file is damaged.
        """
        with self.reading():
            rows = self._db.execute(
                "SELECT id FROM session WHERE substr(id, 1, ?) = ? ORDER BY id",
                (len(prefix), prefix),
            ).fetchall()
            return [row[0] for row in rows]

    def deleted_at(self, session: str) -> datetime | None:
        """When a session was deleted; None where it wasn't, or isn't there.

        Raises:
            StoreError: the file is damaged.
        """
        with self.reading():
            row = self._db.execute(
                "SELECT deleted_at FROM session WHERE id = ?", (session,)
            ).fetchone()
            return to_time(row[0], UTC) if row and row[0] else None

    def broken_off(self, now: datetime, within: timedelta) -> SessionRecord | None:
        """The newest session, if it was broken off lately and may be gone on with.

        Args:
            within: how far away from the present moment at most, on either side: a clock that
                was put right may have it in the future.

        Raises:
            StoreError: the file is damaged.
        """
        for session in self.sessions(1, since=now - within - timedelta(days=1)):
            ended = session.ended_at
            late = ended is None or abs(now - ended) > within
            if session.outcome == "interrupted" and not (session.rehearsal or late):
                declined = any(event.kind == "declined" for event in self.events(session.id))
                return None if declined else session
        return None

    def begun(self, session: str) -> NewSession | None:
        """What was written of a session at its start; None where there is none.

        Raises:
            StoreError: the file is damaged.
        """
        with self.reading():
            row = self._db.execute(
                "SELECT routine, name, started_at, offset_s, rehearsal, planned_ms, body,"
                " pain_before, answers, by_hand FROM session JOIN plan ON plan.id = session.plan"
                " WHERE session.id = ?",
                (session,),
            ).fetchone()
            if row is None:
                return None
            routine, name, started, offset_s, rehearsal, planned_ms, plan, pain, answers, hand = row
            return NewSession(
                id=session,
                routine=routine,
                name=name,
                started_at=to_time(started, self._zone(offset_s)),
                rehearsal=bool(rehearsal),
                planned_ms=planned_ms,
                plan=json.loads(plan),
                pain_before=pain,
                answers=json.loads(answers),
                by_hand=bool(hand),
            )

    def plan(self, session: str) -> dict[str, Any]:
        """The routine as a session played it; empty where there is no such session.

        Raises:
            StoreError: the file is damaged.
        """
        with self.reading():
            row = self._db.execute(
                "SELECT body FROM session JOIN plan ON plan.id = session.plan WHERE session.id = ?",
                (session,),
            ).fetchone()
            plan = json.loads(row[0]) if row else {}
            return plan if isinstance(plan, dict) else {}

    def answers(self, session: str) -> dict[str, Any]:
        """What was answered before a session; empty where there is no such session.

        Raises:
            StoreError: the file is damaged.
        """
        with self.reading():
            row = self._db.execute(
                "SELECT answers FROM session WHERE id = ?", (session,)
            ).fetchone()
            answers = json.loads(row[0]) if row else {}
            return answers if isinstance(answers, dict) else {}

    def unsettled(self) -> list[str]:
        """Sessions that are over, with nothing made up of them yet: their owners were killed.

        Raises:
            StoreError: the file is damaged.
        """
        with self.reading():
            rows = self._db.execute(
                "SELECT id, outcome, owner_pid, owner_boot, owner_started FROM session"
                " WHERE summary IS NULL"
            ).fetchall()
            return [
                session
                for session, outcome, *owner in rows
                if outcome or not is_alive(Owner(*owner))
            ]

    def count(self) -> tuple[int, int]:
        """How many sessions and events there are, those of deleted sessions included."""
        with self.reading():
            return (
                self._db.execute("SELECT count(*) FROM session").fetchone()[0],
                self._db.execute("SELECT count(*) FROM event").fetchone()[0],
            )

    def _has(self, session: str, exercise: str) -> bool:
        found = self.session(session)
        return found is not None and any(done.exercise == exercise for done in found.exercises)

    def _session(self, row: tuple[Any, ...]) -> SessionRecord:
        (session, routine, name, started, offset_s, seen, ended, outcome, rehearsal, by_hand,
         active_ms, planned_ms, before, after, *owner, short, exercises) = row  # fmt: skip
        zone = self._zone(offset_s)
        if outcome is None:
            outcome = "running" if is_alive(Owner(*owner)) else "interrupted"
            ended = seen if outcome == "interrupted" else None
        summary = None
        if short is not None:
            # One that doesn't read is made again: it is the events that count.
            with suppress(ValueError, TypeError, LookupError, AttributeError):
                summary = from_columns(short, exercises)
        if summary is None:
            summary = summarise(self.plan(session), self.events(session), outcome)
        return SessionRecord(
            id=session,
            routine=routine,
            name=name,
            started_at=to_time(started, zone),
            ended_at=to_time(ended, zone) if ended else None,
            outcome=outcome,
            rehearsal=bool(rehearsal),
            active_ms=active_ms,
            planned_ms=planned_ms,
            pain_before=before,
            pain_after=after,
            stops=summary.stops,
            by_hand=bool(by_hand),
            families=summary.families,
            aches=summary.aches,
            clean=summary.clean,
            note=summary.note,
            exercises=summary.exercises,
        )

    def _zone(self, offset_s: int) -> timezone:
        zone = self._zones.get(offset_s)
        if zone is None:
            zone = self._zones[offset_s] = timezone(timedelta(seconds=offset_s))
        return zone

    def events(self, session: str) -> list[EventRecord]:
        """A session's events, in their order, in UTC.

        Raises:
            StoreError: the file is damaged.
        """
        with self.reading():
            rows = self._db.execute(
                "SELECT seq, at, active_ms, kind, data FROM event WHERE session = ? ORDER BY seq",
                (session,),
            ).fetchall()
            return [
                EventRecord(seq, to_time(at, UTC), active_ms, kind, json.loads(data))
                for seq, at, active_ms, kind, data in rows
            ]

    def last_completed(self) -> dict[str, datetime]:
        """When each routine was last completed, rehearsals left out.

        Raises:
            StoreError: the file is damaged.
        """
        with self.reading():
            rows = self._db.execute(
                "SELECT routine, max(started_at), offset_s FROM session"
                " WHERE outcome = 'completed' AND NOT rehearsal AND deleted_at IS NULL"
                " GROUP BY routine"
            ).fetchall()
            return {
                routine: to_time(started, timezone(timedelta(seconds=offset_s)))
                for routine, started, offset_s in rows
            }


def open_existing(path: Path) -> Reader | None:
    """The history for reading, or None where there is none yet.

    Raises:
        StoreError: it can't be read.
    """
    try:
        there = path.exists()
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from error
    if not there and (left := what_is_left(path)):
        raise StoreError(f"{path}: it is gone{left}")
    return Reader(path) if there else None


def glance(path: Path, look: Callable[[Reader], Seen]) -> Seen | None:
    """What a look at the history gives; None where there is none yet, or it can't be read.

    For those who can do without it; whoever is asked for the history itself says what is wrong.
    """
    try:
        reader = open_existing(path)
        if reader is None:
            return None
        with reader:
            return look(reader)
    except StoreError:
        return None


def to_text(time: datetime) -> str:
    """A moment as it is kept: UTC, so that texts are in the order of time."""
    return time.astimezone(UTC).isoformat(timespec="milliseconds")


def to_time(text: str, zone: timezone) -> datetime:
    """A moment that was kept, in a zone.

    Raises:
        ValueError: it isn't one.
    """
    return datetime.fromisoformat(text).astimezone(zone)
