"""Histories to look after, and what can happen to one."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from session_building import evening, new_session, record

from backcoach.history.opening import connect
from backcoach.history.owner import Owner, this_process
from backcoach.history.records import NewSession
from backcoach.history.schema import APPLICATION_ID, MIGRATIONS
from backcoach.history.store import Store
from backcoach.paths import Paths

NOW: Final = datetime(2026, 11, 22, 23, 15, tzinfo=UTC)
NOBODY: Final = Owner(1, "another boot", "long ago")
"""The owner of a session whose process is gone."""


def days_ago(days: float) -> datetime:
    """A moment before the present one."""
    return NOW - timedelta(days=days)


def paths_in(folder: Path) -> Paths:
    """The folders of a person who keeps everything in one."""
    return Paths(data=folder / "data", config=folder / "config")


def write_sessions(
    path: Path, names: Iterable[str] = ("one",), *, events: int = 3, ended: bool = True
) -> Path:
    """A history with these sessions, each of so many notes and an end."""
    with Store(path) as store, store.transaction():
        for at, name in enumerate(names):
            begun = new_session(name, evening(3600 * at), plan={"name": f"plan {at % 3}"})
            store.begin(begun, NOBODY)
            for number in range(1, events):
                store.add(name, record(number, "note", number * 1000, value=f"{name} " * 20))
            if ended:
                store.add(name, record(events, "end", events * 1000, outcome="completed"))
    return path


def begin_running(path: Path, session: str = "now") -> None:
    """Let this process play a session."""
    with Store(path) as store, store.transaction():
        store.begin(new_session(session, evening(9_000_000)), this_process())


def contents(path: Path) -> list[tuple[Any, ...]]:
    """All that is in a history, in its order, but for the numbers that the file gives itself."""
    with closing(connect(path)) as db:
        return [
            *db.execute(
                "SELECT session.id, routine, name, started_at, seen_at, ended_at, outcome,"
                " active_ms, pain_before, deleted_at, body, answers"
                " FROM session JOIN plan ON plan.id = session.plan ORDER BY session.id"
            ),
            *db.execute(
                "SELECT session, seq, at, active_ms, kind, data FROM event ORDER BY session, seq"
            ),
        ]


def ids(path: Path) -> set[str]:
    """The sessions of a history, deleted ones too."""
    with closing(connect(path)) as db:
        return {session for (session,) in db.execute("SELECT id FROM session")}


# What can happen to a file


def empty(path: Path) -> None:
    """0 bytes."""
    path.write_bytes(b"")


def cut_off(path: Path) -> None:
    """The second half is missing."""
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2 + 100])


def garbage(path: Path) -> None:
    """Another kind of file."""
    path.write_bytes(b"precious " * 1000)


def corrupt(path: Path, table: str = "event") -> None:
    """The first page of a table is zeroes."""
    with closing(connect(path)) as db:
        root = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,))
        _zero(path, root.fetchone()[0] - 1)


def corrupt_at(path: Path, text: str) -> None:
    """Each page that a text stands in is zeroes."""
    size, content = _page_size(path), path.read_bytes()
    pages = [
        at for at in range(len(content) // size) if text.encode() in content[at * size :][:size]
    ]
    assert pages
    for page in pages:
        _zero(path, page)


def _page_size(path: Path) -> int:
    with closing(connect(path)) as db:
        return int(db.execute("PRAGMA page_size").fetchone()[0])


def _zero(path: Path, page: int) -> None:
    size = _page_size(path)
    with path.open("r+b") as file:
        file.seek(page * size)
        file.write(b"\0" * size)


DAMAGES: Final[dict[str, Callable[[Path], None]]] = {
    "truncated": cut_off,
    "garbage": garbage,
    "corrupt": corrupt,
}


# A history of the first version


def write_version_1(path: Path, sessions: Iterable[NewSession]) -> Path:
    """A history as the first version wrote it: two events a session, only every second ended."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in MIGRATIONS[0]:
            db.execute(statement)
        db.execute("PRAGMA user_version = 1")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        for at, session in enumerate(sessions):
            over = at % 2 == 0
            moment = session.started_at.astimezone(UTC).isoformat(timespec="milliseconds")
            owner = NOBODY if over else this_process()
            db.execute(
                "INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 5000, 257000, 2,"
                " NULL, ?, ?, ?, '{}')",
                (
                    session.id,
                    session.routine,
                    session.name,
                    json.dumps(session.plan),
                    json.dumps(session.answers),
                    moment,
                    19_800,
                    moment,
                    moment if over else None,
                    "completed" if over else None,
                    owner.pid,
                    owner.boot,
                    owner.started,
                ),
            )
            kinds = [("step", "{}"), ("end", '{"outcome":"completed"}')]
            for seq, (kind, data) in enumerate(kinds[: 2 if over else 1], 1):
                db.execute(
                    "INSERT INTO event (session, seq, at, active_ms, kind, data)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    (session.id, seq, moment, 1000 * seq, kind, data),
                )
    return path
