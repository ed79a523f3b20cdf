"""Sessions of one file taken into another: what still reads in a damaged one, or a backup's.

Nothing that is in the history is changed by it, and what was deleted there stays deleted.
"""

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from backcoach.history.opening import StoreError, connect, number
from backcoach.history.reader import Reader
from backcoach.history.rescue import journal_of
from backcoach.history.store import SWEPT, Store

BATCH: Final = 50
"""So many sessions are summed up in one transaction: whoever plays gets a turn in between."""
READ: Final = "read "
"""Begins the key, in `meta`, that says of a file set aside that its rows were taken in."""
_LOST: Final = '{"salvaged":true}'
"""The `extra` of a session of which only events were left; a backup has the rest of it."""
_MADE_ANEW: Final = {"plan", "summary", "exercises"}
_ROW_BYTES: Final = 32
"""No row is shorter, its place in the page included: so many rows at most are in a file."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Taken:
    """How many events came in that weren't there before, and how many sessions have more now."""

    sessions: int
    events: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What a backup has that the history hasn't, and the other way round.

    Attributes:
        back: how many sessions would come back.
        fuller: how many that are in both would get events that are missing.
        both: how many are in both.
        only_here: how many the history has alone.
        first, last: when those that would come back began, in UTC; None where there are none.
    """

    back: int
    fuller: int
    both: int
    only_here: int
    first: datetime | None
    last: datetime | None


def compare(here: Reader | None, there: sqlite3.Connection) -> Difference:
    """What taking in a backup would do.

    Args:
        here: the history; None where there is none.

    Raises:
        sqlite3.Error: one of them can't be read.
    """
    ours = {row[0] for row in here.db.execute("SELECT id FROM session")} if here else set()
    gone = _swept(here.db) if here else set()
    theirs = dict(there.execute("SELECT id, started_at FROM session").fetchall())
    new = sorted(at for session, at in theirs.items() if session not in ours | gone)
    both = ours & theirs.keys()
    known = _event_counts(here.db) if here else {}
    there_too = _event_counts(there)
    fuller = sum(there_too.get(session, 0) > known.get(session, 0) for session in both)
    first, last = (datetime.fromisoformat(new[at]) if new else None for at in (0, -1))
    return Difference(len(new), fuller, len(both), len(ours) - len(both), first, last)


def _event_counts(db: sqlite3.Connection) -> dict[str, int]:
    return dict(db.execute("SELECT session, count(*) FROM event GROUP BY session").fetchall())


def salvage(aside: Path, store: Store) -> Taken:
    """Take every session and event that still reads in a damaged file into the history.

    The file itself is only copied: opening it would write to it.

    Raises:
        OSError: it can't be copied.
        StoreError, sqlite3.Error: the history can't be written.
    """
    with tempfile.TemporaryDirectory(prefix="backcoach-") as folder:
        copy = Path(folder) / "damaged.db"
        shutil.copyfile(aside, copy)
        if journal_of(aside).is_file():
            shutil.copyfile(journal_of(aside), journal_of(copy))
        with closing(connect(copy)) as db:
            db.text_factory = lambda text: text.decode("utf-8", "replace")
            return take_in(store, db)


def take_in(store: Store, source: sqlite3.Connection) -> Taken:
    """Take in the sessions and events of another file that the history hasn't got.

    Raises:
        StoreError, sqlite3.Error: the history can't be written; nothing came in then.
    """
    plans = {row["id"]: row["body"] for row in _rows(source, "plan")}
    with store.transaction():
        taking = _Taking(store, source)
        for row in _rows(source, "session"):
            # At first a session had its plan in its own row.
            plan = row.get("plan")
            taking.session(row, plans.get(plan) if isinstance(plan, int) else plan)
        for row in _rows(source, "event"):
            taking.event(row)
        taking.finish()
    settle_all(store)
    return Taken(len(taking.touched), taking.events)


def settle_all(store: Store) -> None:
    """Sum up the sessions that are over and weren't yet; one that can't be is left as it is.

    Raises:
        StoreError, sqlite3.Error: the history can't be read or written.
    """
    waiting = store.unsettled()
    for at in range(0, len(waiting), BATCH):
        with store.transaction():
            # Somebody may have gone on with one meanwhile.
            for session in sorted(set(waiting[at : at + BATCH]).intersection(store.unsettled())):
                with suppress(StoreError, ValueError, TypeError, LookupError, AttributeError):
                    store.settle(session)


class _Taking:
    """Rows on their way into a history, inside its transaction."""

    def __init__(self, store: Store, source: sqlite3.Connection) -> None:
        self.events = 0
        self.touched: set[str] = set()
        self._store = store
        self._db = db = store.db
        self._columns = {row[1] for row in db.execute("PRAGMA table_info(session)")} - _MADE_ANEW
        known = db.execute("SELECT id, extra FROM session").fetchall()
        self._here = {session for session, _ in known}
        self._stubs = {session for session, extra in known if extra == _LOST}
        self._gone = _swept(db) - self._here
        for row in _rows(source, "meta"):
            key, value = row.get("key"), row.get("value")
            if isinstance(key, str) and key.startswith((SWEPT, READ)) and isinstance(value, str):
                db.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (key, value))

    def session(self, row: Row, plan: object) -> None:
        """A session's row, with its plan's text."""
        session = row.get("id")
        lost = session in self._stubs
        if session in self._gone or (session in self._here and not lost) or not _is_sound(row):
            return
        values = {name: row[name] for name in row if name in self._columns}
        for name in ("answers", "extra"):
            values[name] = _table(values.get(name))
        values["plan"] = self._plan(_table(plan))
        if lost:
            del values["id"]
            names = ", ".join(f"{name} = ?" for name in values)
            query = f"UPDATE session SET {names} WHERE id = ?"
            self._write(query, (*values.values(), session))
            self._stubs.discard(str(session))
        else:
            names = ", ".join(values)
            marks = ", ".join("?" * len(values))
            query = f"INSERT INTO session ({names}) VALUES ({marks})"
            if not self._write(query, tuple(values.values())):
                return
        self._here.add(str(session))
        self.touched.add(str(session))

    def event(self, row: Row) -> None:
        """An event; one whose session doesn't read any more gets one that says so."""
        session = row.get("session")
        if not isinstance(session, str) or session in self._gone or not _is_event(row):
            return
        if session not in self._here:
            self._stub(session, row)
        added = self._write(
            "INSERT OR IGNORE INTO event (session, seq, at, active_ms, kind, data)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            tuple(row[name] for name in ("session", "seq", "at", "active_ms", "kind", "data")),
        )
        if added:
            self.events += 1
            self.touched.add(session)

    def _stub(self, session: str, first: Row) -> None:
        at = first["at"]
        self._db.execute(
            "INSERT INTO session (id, routine, name, started_at, offset_s, seen_at, rehearsal,"
            " active_ms, planned_ms, owner_pid, owner_boot, owner_started, plan, answers, extra)"
            " VALUES (?, '', 'A session, in parts', ?, 0, ?, 0, 0, 0, 0, '', '', ?, '{}', ?)",
            (session, at, at, self._plan("{}"), _LOST),
        )
        self._here.add(session)
        self._stubs.add(session)
        self.touched.add(session)

    def finish(self) -> None:
        """Let what came in agree with itself; what it adds up to is found anew."""
        for session in self.touched:
            self._store.agree(session)
        # What is here was not removed for good, whoever says so.
        self._db.execute(f"DELETE FROM meta WHERE key IN (SELECT '{SWEPT}' || id FROM session)")

    def _plan(self, body: str) -> int:
        self._db.execute("INSERT OR IGNORE INTO plan (body) VALUES (?)", (body,))
        found = self._db.execute("SELECT id FROM plan WHERE body = ?", (body,)).fetchone()
        return int(found[0])

    def _write(self, query: str, values: tuple[object, ...]) -> bool:
        """Write a row; whether it came in. One that can't be a row of ours stays outside."""
        try:
            return self._db.execute(query, values).rowcount > 0
        except (sqlite3.IntegrityError, OverflowError):
            return False


def _swept(db: sqlite3.Connection) -> set[str]:
    keys = db.execute("SELECT key FROM meta WHERE key GLOB ?", (f"{SWEPT}*",))
    return {key.removeprefix(SWEPT) for (key,) in keys}


def _is_sound(row: Row) -> bool:
    """Whether a row can be read as a session later on."""
    offset = row.get("offset_s")
    times = [row.get("started_at"), row.get("seen_at")]
    if row.get("ended_at") is not None:
        times.append(row["ended_at"])
    return (
        isinstance(row.get("id"), str)
        and isinstance(offset, int)
        and abs(offset) < timedelta(days=1).total_seconds()
        and all(map(_is_time, times))
    )


def _is_event(row: Row) -> bool:
    data = row.get("data")
    # Text that isn't a table is told from "{}" by what it begins with.
    whole = isinstance(data, str) and (_table(data) != "{}" or data.strip() == "{}")
    return whole and _is_time(row.get("at"))


def _is_time(text: object) -> bool:
    try:
        return isinstance(text, str) and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _table(text: object) -> str:
    """A table as JSON, as it is; an empty one in place of anything else."""
    with suppress(ValueError, RecursionError):
        if isinstance(text, str) and isinstance(json.loads(text), dict):
            return text
    return "{}"


# --- reading what may be damaged -----------------------------------------------------------------


def _rows(db: sqlite3.Connection, table: str) -> Iterator[Row]:
    """Every row of a table that reads."""
    try:
        names = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        numbered = names and _has_rowid(db, table)
    except sqlite3.DatabaseError:
        return
    if names:
        rows = _around(db, table) if numbered else _from_both_ends(db, table, names[0])
        for values in rows:
            yield dict(zip(names, values, strict=True))


def _has_rowid(db: sqlite3.Connection, table: str) -> bool:
    try:
        db.execute(f"SELECT rowid FROM {table} LIMIT 0")
    except sqlite3.OperationalError:
        return False
    return True


def _around(db: sqlite3.Connection, table: str) -> Iterator[list[Any]]:
    """The rows of a table by their numbers: a damaged place is closed in on from both sides."""
    pending = [(1, _last_rowid(db, table))]
    while pending:
        first, last = pending.pop()
        read = first - 1
        try:
            found = db.execute(
                f"SELECT rowid, * FROM {table} WHERE rowid BETWEEN ? AND ? ORDER BY rowid",
                (first, last),
            )
            for rowid, *values in found:
                read = rowid
                yield values
        except sqlite3.DatabaseError:
            if read >= first:
                pending.append((read + 1, last))
            elif first < last:
                middle = (first + last) // 2
                pending += [(middle + 1, last), (first, middle)]


def _last_rowid(db: sqlite3.Connection, table: str) -> int:
    """No row has a higher number."""
    for query in (
        f"SELECT max(rowid) FROM {table}",
        f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'",
    ):
        with suppress(sqlite3.DatabaseError):
            found = db.execute(query).fetchone()
            return int(found[0] or 0) if found else 0
    return number(db, "page_count") * number(db, "page_size") // _ROW_BYTES


def _from_both_ends(db: sqlite3.Connection, table: str, key: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a table without numbers, as far as it reads from its start and from its end."""
    seen = set()
    for order in ("ASC", "DESC"):
        with suppress(sqlite3.DatabaseError):
            for values in db.execute(f"SELECT * FROM {table} ORDER BY {key} {order}"):
                if values[0] in seen:
                    return
                seen.add(values[0])
                yield values
            return
