"""A history of the first version: brought to ours whole, whatever kills it, and copied before."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from damage_building import write_version_1
from session_building import Program, evening, new_session, rows

from backcoach.history import opening, schema
from backcoach.history.opening import LATEST, DamagedError
from backcoach.history.reader import Reader
from backcoach.history.rescue import Finding, diagnose
from backcoach.history.store import Store

TESTS = str(Path(__file__).parents[1])

KILLED_IN_THE_MIDDLE = f"""
import os, signal, sys; sys.path.insert(0, {TESTS!r})
from pathlib import Path
from backcoach.history import opening
from backcoach.history.store import Store

steps = list(opening.MIGRATIONS[1])
steps.insert(int(sys.argv[2]), "SELECT killed()")
opening.MIGRATIONS = (opening.MIGRATIONS[0], tuple(steps))
connect = opening.connect

def connect_with_a_killer(*args, **options):
    db = connect(*args, **options)
    # More than what is kept in memory, so that the file itself is half rewritten.
    db.execute("PRAGMA cache_size = 1")
    db.create_function("killed", 0, lambda: os.kill(os.getpid(), signal.SIGKILL))
    return db

opening.connect = connect_with_a_killer
Store(Path(sys.argv[1]))
"""
"""A program that is killed inside the transaction of the second migration, before a statement."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a history of the first version is."""
    plans = [{"version": 1, "name": f"plan {number % 3}", "x": "y" * 600} for number in range(30)]
    return write_version_1(
        tmp_path / "data" / "history.db",
        (
            new_session(f"s{number:02}", evening(number * 86_400), plan=plan)
            for number, plan in enumerate(plans)
        ),
    )


def version(path: Path) -> int:
    """The version that a file's tables have."""
    ((number,),) = rows(path, "PRAGMA user_version")
    return int(number)


def facts(path: Path) -> tuple[list[object], list[object]]:
    """Every session and every event as a reader has them; a running one's rows too."""
    with Reader(path) as reader:
        sessions = reader.sessions(exercises=True)
        return [*sessions], [
            (session.id, reader.plan(session.id), reader.events(session.id)) for session in sessions
        ]


def test_sessions_events_and_plans_are_what_they_were(path: Path) -> None:
    sessions = rows(
        path,
        "SELECT id, routine, name, answers, started_at, offset_s, seen_at, ended_at, outcome,"
        " rehearsal, active_ms, planned_ms, pain_before, pain_after, owner_pid, owner_boot,"
        " owner_started, plan, extra FROM session ORDER BY id",
    )
    events = rows(path, "SELECT * FROM event ORDER BY id")
    Store(path).close()

    assert version(path) == LATEST == 2
    assert events == rows(path, "SELECT * FROM event ORDER BY id")
    assert sessions == rows(
        path,
        "SELECT session.id, routine, name, answers, started_at, offset_s, seen_at, ended_at,"
        " outcome, rehearsal, active_ms, planned_ms, pain_before, pain_after, owner_pid,"
        " owner_boot, owner_started, body, extra"
        " FROM session JOIN plan ON plan.id = session.plan ORDER BY session.id",
    )
    assert rows(path, "SELECT count(*) FROM plan") == [(3,)]
    assert rows(path, "PRAGMA foreign_key_check") == []
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    with Reader(path) as reader:
        outcomes = [session.outcome for session in reader.sessions()]
    assert outcomes == ["running", "completed"] * 15


def test_what_a_reader_sees_is_the_same_before_and_after(path: Path) -> None:
    before = facts(path)
    Store(path).close()

    assert facts(path) == before
    assert len(before[0]) == 30


def test_a_running_session_goes_on(path: Path) -> None:
    with Store(path) as store, store.transaction():
        store.progress("s01", 9000, evening(90_000))
        assert "s01" not in store.unsettled()
        assert {"s00", "s28"} <= set(store.unsettled())


def test_events_go_with_their_session(path: Path) -> None:
    with Store(path) as store, store.transaction():
        store.delete("s00", evening())
        store.sweep(evening(1))

    assert rows(path, "SELECT * FROM event WHERE session = 's00'") == []


def test_reading_changes_nothing_on_the_disk(path: Path) -> None:
    content = path.read_bytes()
    facts(path)

    assert path.read_bytes() == content
    assert [file.name for file in path.parent.iterdir()] == ["history.db"]


def test_a_copy_of_what_was_is_kept(path: Path) -> None:
    before = rows(path, "SELECT * FROM session ORDER BY id")
    Store(path).close()
    Store(path).close()

    (copy,) = (path.parent / "backups").iterdir()
    assert copy.name == "before-version-2.db"
    assert version(copy) == 1
    assert diagnose(copy).finding is Finding.FINE
    assert rows(copy, "SELECT * FROM session ORDER BY id") == before


def test_an_older_copy_is_never_overwritten(path: Path) -> None:
    folder = path.parent / "backups"
    folder.mkdir()
    (folder / "before-version-2.db").write_bytes(b"of long ago")
    Store(path).close()

    assert (folder / "before-version-2.db").read_bytes() == b"of long ago"
    assert version(folder / "before-version-2-2.db") == 1


def test_without_a_copy_nothing_is_changed(path: Path) -> None:
    (path.parent / "backups").write_text("a file in the way", "utf-8")
    content = path.read_bytes()
    with pytest.raises(opening.StoreError, match="File exists"):
        Store(path)

    assert path.read_bytes() == content


@pytest.mark.parametrize("statement", range(len(schema.MIGRATIONS[1]) + 1))
def test_killed_before_any_statement_it_is_still_the_first_version(
    path: Path, tmp_path: Path, statement: int
) -> None:
    before = facts(path)
    done = Program(tmp_path).python(KILLED_IN_THE_MIDDLE, str(path), str(statement))
    assert done.returncode == -9, done.stderr

    assert facts(path) == before
    assert version(path) == 1
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    Store(path).close()
    assert version(path) == 2
    assert facts(path) == before


def test_tables_that_do_not_belong_together_stay_as_they_are(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("DELETE FROM session WHERE id = 's04'")
        db.commit()
    content = path.read_bytes()
    with pytest.raises(DamagedError, match="belong together"):
        Store(path)

    assert path.read_bytes() == content


def test_a_statement_that_fails_takes_all_with_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = (schema.MIGRATIONS[0], (*schema.MIGRATIONS[1], "INSERT INTO nowhere VALUES (1)"))
    monkeypatch.setattr(opening, "MIGRATIONS", broken)
    content = path.read_bytes()
    with pytest.raises(opening.StoreError, match="nowhere"):
        Store(path)

    assert path.read_bytes() == content
