"""What is wrong with a history's file, and a damaged one set aside: nothing is ever deleted."""

import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from damage_building import (
    DAMAGES,
    NOW,
    corrupt,
    empty,
    garbage,
    write_sessions,
    write_version_1,
)
from session_building import TIMEOUT_S, Program, new_session, rows

from backcoach.history import locking, opening, rescue
from backcoach.history.opening import connect
from backcoach.history.rescue import (
    Finding,
    diagnose,
    files_set_aside,
    journal_of,
    reading_failed,
    set_aside,
)
from backcoach.history.store import Store

TESTS = str(Path(__file__).parents[1])

SETS_ASIDE = f"""
import sys; sys.path.insert(0, {TESTS!r})
from pathlib import Path
from damage_building import *
from backcoach.history.rescue import set_aside

path = Path(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
print(set_aside(path, NOW), flush=True)
Store(path).close()
"""
"""A program that sets a history aside when it is told to, and begins a new one."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a history will be."""
    return tmp_path / "data" / "history.db"


# What is found


def test_a_history_is_fine(path: Path) -> None:
    assert diagnose(write_sessions(path)).finding is Finding.FINE
    assert diagnose(path).words == ""


def test_an_older_versions_is_fine_and_stays_as_it_is(path: Path) -> None:
    content = write_version_1(path, [new_session()]).read_bytes()

    assert diagnose(path).finding is Finding.FINE
    assert path.read_bytes() == content


def test_nothing_is_missing_and_0_bytes_are_empty(path: Path) -> None:
    assert diagnose(path).finding is Finding.MISSING
    path.parent.mkdir()
    path.touch()
    assert diagnose(path).finding is Finding.EMPTY


def test_a_database_without_tables_is_empty(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 0")
        db.execute("VACUUM")
    assert path.stat().st_size

    assert diagnose(path).finding is Finding.EMPTY


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damage_is_found_and_said_with_what_helps(
    path: Path, damage: Callable[[Path], None]
) -> None:
    damage(write_sessions(path, [f"{number}" for number in range(40)]))
    content = path.read_bytes()

    found = diagnose(path)
    assert found.finding is Finding.DAMAGED
    assert found.words.startswith(f"{path}: it is damaged. `backcoach restore` helps (")
    assert path.read_bytes() == content


@pytest.mark.parametrize("table", ["session", "event", "meta", "plan", "session_by_start"])
def test_wherever_the_damage_is(path: Path, table: str) -> None:
    write_sessions(path)
    corrupt(path, table)

    assert diagnose(path).finding is Finding.DAMAGED


def test_a_table_that_is_gone_is_damage(path: Path) -> None:
    write_sessions(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE event")

    assert diagnose(path).finding is Finding.DAMAGED


def test_a_newer_versions_is_neither(path: Path) -> None:
    with Store(write_sessions(path)) as store:
        store.db.execute("PRAGMA user_version = 99")
        store.db.execute("UPDATE meta SET value = '99'")

    assert diagnose(path).finding is Finding.NEWER
    assert "newer version" in diagnose(path).words


def test_another_programs_database_is_not_judged(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE recipe (name)")

    assert diagnose(path).finding is Finding.UNREADABLE
    assert "not a history of backcoach" in diagnose(path).words


def test_what_passes_is_no_damage(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backcoach.history.rescue.LOOK_S", 0.05)
    monkeypatch.setattr(opening, "BUSY_S", 0.05)
    write_sessions(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        found = diagnose(path)
        assert found.finding is Finding.UNREADABLE
        assert "another program has it" in found.words
        assert set_aside(path, NOW) is None

    journal_of(path).mkdir()
    assert diagnose(path).finding is Finding.UNREADABLE
    assert set_aside(path, NOW) is None
    assert path.exists()


def test_a_folder_in_its_place_and_a_file_in_its_folders_are_not_damage(tmp_path: Path) -> None:
    folder = tmp_path / "history.db"
    folder.mkdir()
    assert diagnose(folder).finding is Finding.UNREADABLE
    in_the_way = tmp_path / "data"
    in_the_way.write_text("a file", "utf-8")
    assert diagnose(in_the_way / "history.db").finding is Finding.UNREADABLE


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_no_damage(path: Path) -> None:
    write_sessions(path).chmod(0)

    assert diagnose(path).finding is Finding.UNREADABLE


# Setting aside


@pytest.mark.parametrize("damage", [*DAMAGES.values(), empty], ids=[*DAMAGES, "empty"])
def test_it_gets_its_date_and_keeps_every_byte(path: Path, damage: Callable[[Path], None]) -> None:
    damage(write_sessions(path, [f"{number}" for number in range(40)]))
    content = path.read_bytes()

    aside = set_aside(path, NOW)
    assert aside == path.with_name("history.corrupt-2026-11-22T231500Z.db")
    assert aside.read_bytes() == content
    assert diagnose(path).finding is (Finding.FINE if content else Finding.EMPTY)
    assert files_set_aside(path) == [aside]


def test_a_fine_one_stays(path: Path) -> None:
    assert set_aside(write_sessions(path), NOW) is None
    assert set_aside(path.with_name("missing.db"), NOW) is None
    assert files_set_aside(path) == []


def test_none_is_ever_overwritten(path: Path) -> None:
    path.parent.mkdir()
    for number in range(3):
        path.write_bytes(b"garbage %d " % number * 1000)
        assert set_aside(path, NOW)

    first, second, third = sorted(files_set_aside(path), key=lambda each: each.stat().st_ino)
    assert {first.name, second.name, third.name} == {
        "history.corrupt-2026-11-22T231500Z.db",
        "history.corrupt-2026-11-22T231500Z-2.db",
        "history.corrupt-2026-11-22T231500Z-3.db",
    }
    assert len({each.read_bytes() for each in (first, second, third)}) == 3


def test_its_journal_goes_with_it(path: Path) -> None:
    path.parent.mkdir()
    empty(path)
    journal_of(path).write_bytes(b"half a transaction")
    aside = set_aside(path, NOW)

    assert aside
    assert journal_of(aside).read_bytes() == b"half a transaction"
    assert files_set_aside(path) == [aside, journal_of(aside)]


def test_of_two_processes_one_does_it_and_the_new_history_stays(tmp_path: Path) -> None:
    program = Program(tmp_path)
    path = program.history
    garbage(write_sessions(path))
    command = [sys.executable, "-c", SETS_ASIDE, str(path)]
    with ExitStack() as running:
        both = [running.enter_context(program.start(command, stdin=-1)) for _ in range(2)]
        for process in both:
            assert process.stdout
            assert process.stdout.readline() == b"ready\n"
        outputs = [process.communicate(b"go\n", timeout=TIMEOUT_S) for process in both]

    assert sorted(out == b"None\n" for out, _ in outputs) == [False, True], outputs
    assert diagnose(path).finding is Finding.FINE
    assert len(files_set_aside(path)) == 1


def test_who_waits_too_long_for_its_turn_says_so(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "BUSY_S", 0.05)
    path.parent.mkdir()
    garbage(path)
    with locking.alone(path.parent), pytest.raises(sqlite3.OperationalError, match="locked"):
        set_aside(path, NOW)
    assert path.exists()

    assert set_aside(path, NOW)
    assert rows(path.parent / locking.LOCK, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize(
    ("fault", "failed"),
    [
        ("Tree 4 page 7: unable to get the page. error code=266", True),
        ("*** in database main ***\nPage 7: unable to get the page. error code=10", True),
        ("Tree 4 page 7: unable to get the page. error code=11", False),
        ("Tree 4 page 7: unable to get the page. error code=267", False),
        ("row 3 missing from index session_by_start", False),
        ("ok", False),
    ],
)
def test_a_disk_that_gives_no_page_is_no_damage(fault: str, failed: bool) -> None:
    """In SQLite's own words: it has no error of its own for a page that can't be read."""
    assert reading_failed(fault) is failed


def test_a_damaged_file_is_not_moved_away_from_who_writes_to_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is committed at that moment has to be in the file before its rows are taken in."""
    monkeypatch.setattr(rescue, "LOOK_S", 0.05)
    write_sessions(path)
    corrupt(path)
    with closing(connect(path)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO meta VALUES ('written', 'just now')")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            set_aside(path, NOW)
        writer.execute("COMMIT")
        aside = set_aside(path, NOW)

        assert aside is not None
        assert rows(aside, "SELECT value FROM meta WHERE key = 'written'") == [("just now",)]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            writer.execute("DELETE FROM meta")


@pytest.mark.parametrize("damage", [corrupt, garbage])
def test_a_new_history_is_there_before_anybody_gets_at_the_old_one(
    path: Path, damage: Callable[[Path], None]
) -> None:
    """Who still has the old one open would roll the new one's first transaction back into it."""
    write_sessions(path)
    damage(path)
    content = path.read_bytes()
    aside = set_aside(path, NOW)

    assert aside is not None
    assert aside.read_bytes() == content
    assert diagnose(path).finding is Finding.FINE
    assert rows(path, "SELECT count(*) FROM session") == [(0,)]


def test_a_history_that_is_just_being_made_is_not_moved_away(path: Path) -> None:
    path.parent.mkdir()
    empty(path)
    with closing(connect(path)) as maker:
        maker.execute("BEGIN IMMEDIATE")
        maker.execute("CREATE TABLE made (word TEXT)")
        maker.execute("INSERT INTO made VALUES ('here')")
        assert set_aside(path, NOW)
        maker.execute("COMMIT")

    assert rows(path, "SELECT word FROM made") == [("here",)]
