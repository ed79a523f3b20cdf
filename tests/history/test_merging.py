"""Sessions taken in from another file: all that reads, and nothing here changed by it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from damage_building import (
    DAMAGES,
    NOW,
    contents,
    corrupt,
    corrupt_at,
    garbage,
    ids,
    write_sessions,
    write_version_1,
)
from session_building import evening, new_session, record, rows

from backcoach.history.merging import Taken, compare, salvage, take_in
from backcoach.history.opening import connect
from backcoach.history.reader import Reader
from backcoach.history.rescue import Finding, diagnose, journal_of
from backcoach.history.store import Store

NAMES = [f"session {number:03}" for number in range(120)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a history will be."""
    return tmp_path / "data" / "history.db"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Another file, with sessions of which the history has none or some."""
    return tmp_path / "other" / "history.db"


def taken_in(path: Path, other: Path) -> Taken:
    """Take a file's sessions in."""
    with Store(path) as store, closing(connect(other)) as there:
        return take_in(store, there)


def salvaged(path: Path, damaged: Path) -> Taken:
    """Take in what still reads."""
    before = damaged.read_bytes()
    with Store(path) as store:
        taken = salvage(damaged, store)
    assert damaged.read_bytes() == before
    assert diagnose(path).finding is Finding.FINE
    assert not rows(path, "PRAGMA foreign_key_check")
    return taken


# A whole file


def test_into_an_empty_history_everything_comes(path: Path, other: Path) -> None:
    write_sessions(other, NAMES[:5])

    assert taken_in(path, other) == Taken(5, 15)
    assert contents(path) == contents(other)
    with Reader(path) as ours, Reader(other) as theirs:
        assert ours.sessions(exercises=True) == theirs.sessions(exercises=True)
        assert ours.unsettled() == []
    assert taken_in(path, other) == Taken(0, 0)


def test_nothing_that_is_here_changes(path: Path, other: Path) -> None:
    write_sessions(other, ["both", "theirs"])
    write_sessions(path, ["both", "ours"])
    with Store(path) as store, store.transaction():
        store.amend("both", "note", "as I remember it now", NOW)
        store.amend("both", "pain-after", 1, NOW)
    before = [row for row in contents(path) if row[0] == "both"]

    assert taken_in(path, other) == Taken(1, 3)
    assert [row for row in contents(path) if row[0] == "both"] == before
    assert ids(path) == {"both", "ours", "theirs"}


def test_events_that_are_missing_come_in_and_are_summed_up(path: Path, other: Path) -> None:
    write_sessions(other, ["one"])
    write_sessions(path, ["one"], ended=False)
    with Store(path) as store:
        store.settle("one")
        assert store.sessions()[0].outcome == "interrupted"

    assert taken_in(path, other) == Taken(1, 1)
    with Reader(path) as reader:
        (session,) = reader.sessions()
        assert (session.outcome, session.active_ms) == ("completed", 3000)
        assert reader.unsettled() == []


def test_what_was_deleted_here_stays_deleted(path: Path, other: Path) -> None:
    write_sessions(other, ["deleted", "swept", "kept"])
    write_sessions(path, ["deleted", "swept", "kept"])
    with Store(path) as store, store.transaction():
        store.delete("swept", NOW - timedelta(days=40))
        store.delete("deleted", NOW)
        assert store.sweep(NOW - timedelta(days=30)) == 1

    assert taken_in(path, other) == Taken(0, 0)
    with Reader(path) as reader:
        assert [session.id for session in reader.sessions()] == ["kept"]
    assert ids(path) == {"deleted", "kept"}


def test_that_it_was_deleted_is_remembered_by_the_next_history_too(
    path: Path, other: Path, tmp_path: Path
) -> None:
    old = write_sessions(tmp_path / "old.db", ["swept", "kept"])
    write_sessions(other, ["swept", "kept"])
    with Store(other) as store, store.transaction():
        store.delete("swept", NOW - timedelta(days=40))
        store.sweep(NOW)

    assert taken_in(path, other) == Taken(1, 3)
    assert taken_in(path, old) == Taken(0, 0)
    assert ids(path) == {"kept"}


def test_a_first_versions_file_comes_in_as_it_is(path: Path, other: Path) -> None:
    plan = {"name": "Fünf Minuten"}
    sessions = [new_session(name, evening(), plan=plan) for name in ("one", "two", "three")]
    content = write_version_1(other, sessions).read_bytes()

    assert taken_in(path, other) == Taken(3, 5)
    assert other.read_bytes() == content
    with Reader(path) as reader:
        assert {session.id: session.outcome for session in reader.sessions()} == {
            "one": "completed",
            "two": "running",
            "three": "completed",
        }
        assert reader.plan("two") == plan
    assert rows(path, "SELECT count(*) FROM plan") == [(1,)]


def test_what_a_newer_version_has_more_is_left_there(path: Path, other: Path) -> None:
    write_sessions(other, ["one"])
    with closing(sqlite3.connect(other)) as db:
        db.execute("ALTER TABLE session ADD COLUMN weather TEXT DEFAULT 'rain'")
        db.commit()

    assert taken_in(path, other) == Taken(1, 3)


# What a copy would do


def test_the_difference_says_what_would_come_back(path: Path, other: Path) -> None:
    write_sessions(other, ["one", "two", "three"])
    write_sessions(path, ["three", "four"])
    with Reader(path) as here, closing(connect(other)) as there:
        change = compare(here, there)
        assert (change.back, change.fuller, change.both, change.only_here) == (2, 0, 1, 1)
        assert (change.first, change.last) == (evening(), evening(3600))
        assert compare(None, there).back == 3
    with Reader(path) as here, closing(connect(path)) as same:
        change = compare(here, same)
        assert (change.back, change.first, change.last) == (0, None, None)


def test_the_difference_is_what_then_happens(path: Path, other: Path) -> None:
    write_sessions(other, NAMES[:7])
    write_sessions(path, NAMES[3:9])
    with Store(path) as store, store.transaction():
        store.delete(NAMES[5], NOW - timedelta(days=40))
        store.sweep(NOW)
    with Reader(path) as here, closing(connect(other)) as there:
        back = compare(here, there).back
    assert taken_in(path, other).sessions == back == 3

    with closing(connect(path)) as db:
        db.execute("DELETE FROM event WHERE session = ? AND seq > 1", (NAMES[3],))
    with Reader(path) as here, closing(connect(other)) as there:
        assert (compare(here, there).back, compare(here, there).fuller) == (0, 1)
    assert taken_in(path, other) == Taken(1, 2)


# A damaged file


@pytest.mark.parametrize("text", ['"value":"session 007 ', '"value":"session 090 '])
def test_one_lost_page_costs_what_was_in_it_and_no_more(path: Path, other: Path, text: str) -> None:
    write_sessions(other, NAMES)
    corrupt_at(other, text)
    taken = salvaged(path, other)

    assert taken.sessions == 120
    # A page has 4096 bytes, an event of these nearly 300; old bytes of it may be in a second one.
    assert 360 - 40 <= taken.events < 360


def test_events_without_their_session_make_one_until_a_copy_has_it(
    path: Path, other: Path, tmp_path: Path
) -> None:
    write_sessions(other, NAMES)
    whole = tmp_path / "whole.db"
    whole.write_bytes(other.read_bytes())
    corrupt_at(other, "session 050bird-dogs")
    taken = salvaged(path, other)

    assert taken == Taken(120, 360)
    with Reader(path) as reader:
        by_name = {session.id: session for session in reader.sessions()}
        stub = by_name["session 050"]
        assert (stub.name, stub.outcome, stub.active_ms) == (
            "A session, in parts",
            "completed",
            3000,
        )
        assert by_name["session 119"].name == "Bird-dogs, five minutes"
    assert taken_in(path, whole).sessions >= 1
    assert contents(path) == contents(whole)


def test_without_the_tables_root_the_rest_is_there(path: Path, other: Path) -> None:
    write_sessions(other, NAMES)
    corrupt(other, "event")

    assert salvaged(path, other) == Taken(120, 0)


def test_without_any_session_their_events_are_there(path: Path, other: Path) -> None:
    write_sessions(other, NAMES)
    corrupt(other, "session")

    assert salvaged(path, other) == Taken(120, 360)
    with Reader(path) as reader:
        assert {session.outcome for session in reader.sessions()} == {"completed"}


def test_sessions_without_their_plan_are_there(path: Path, other: Path) -> None:
    write_sessions(other, NAMES)
    corrupt(other, "plan")

    assert salvaged(path, other) == Taken(120, 360)
    with Reader(path) as reader:
        assert reader.plan("session 003") == {}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_any_damage_ends_well(path: Path, other: Path, damage: Callable[[Path], None]) -> None:
    damage(write_sessions(other, NAMES))
    taken = salvaged(path, other)

    assert rows(path, "SELECT count(*) FROM session") == [(taken.sessions,)]


def test_of_garbage_nothing_comes(path: Path, other: Path) -> None:
    other.parent.mkdir()
    garbage(other)

    assert salvaged(path, other) == Taken(0, 0)


def test_a_first_versions_damaged_file_is_read_from_both_ends(path: Path, other: Path) -> None:
    sessions = [new_session(name, plan={"much": name * 40}) for name in NAMES]
    write_version_1(other, sessions)
    corrupt_at(other, "session 060bird-dogs")
    taken = salvaged(path, other)

    with Reader(path) as reader:
        found = [session.id for session in reader.sessions() if session.routine]
    assert {NAMES[0], NAMES[-1]} <= set(found)
    assert len(found) > 100
    assert taken == Taken(120, 180)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE event SET data = 'no json' WHERE session = 'one' AND seq = 1",
        "UPDATE event SET data = '[1]' WHERE session = 'one' AND seq = 1",
        "UPDATE event SET at = 'yesterday' WHERE session = 'one' AND seq = 1",
    ],
)
def test_what_could_not_be_read_later_is_left_out(path: Path, other: Path, change: str) -> None:
    write_sessions(other, ["one", "two"])
    with closing(sqlite3.connect(other)) as db:
        db.execute(change)
        db.commit()

    assert salvaged(path, other) == Taken(2, 5)
    with Reader(path) as reader:
        assert [event.seq for event in reader.events("one")] == [2, 3]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE session SET started_at = 'once' WHERE id = 'one'",
        "UPDATE session SET seen_at = '' WHERE id = 'one'",
        "UPDATE session SET offset_s = 999999 WHERE id = 'one'",
        "PRAGMA ignore_check_constraints = 1; UPDATE session SET pain_before = 77 WHERE id = 'one'",
    ],
)
def test_a_session_that_makes_no_sense_is_made_of_its_events(
    path: Path, other: Path, change: str
) -> None:
    write_sessions(other, ["one", "two"])
    with closing(sqlite3.connect(other)) as db:
        db.executescript(change)

    assert salvaged(path, other) == Taken(2, 6)
    with Reader(path) as reader:
        assert {session.id: session.name for session in reader.sessions()} == {
            "one": "A session, in parts",
            "two": "Bird-dogs, five minutes",
        }


def test_bytes_that_are_no_text_are_read_as_well_as_can_be(path: Path, other: Path) -> None:
    write_sessions(other, ["one"])
    with closing(sqlite3.connect(other)) as db:
        db.execute("UPDATE session SET name = CAST(x'48ff69' AS TEXT)")
        db.commit()

    assert salvaged(path, other) == Taken(1, 3)
    with Reader(path) as reader:
        assert reader.sessions()[0].name == "H\N{REPLACEMENT CHARACTER}i"


def test_the_damaged_files_journal_is_heeded_and_kept(path: Path, other: Path) -> None:
    write_sessions(other, ["one"])
    with Store(other) as store:
        store.db.execute("PRAGMA cache_size = 1")
        store.db.execute("BEGIN IMMEDIATE")
        for number in range(10, 400):
            store.add("one", record(number, "note", value="x" * 500))
        half, journal = other.read_bytes(), journal_of(other).read_bytes()
        store.db.execute("ROLLBACK")
    other.write_bytes(half)
    journal_of(other).write_bytes(journal)

    assert salvaged(path, other) == Taken(1, 3)
    assert journal_of(other).read_bytes() == journal


def test_a_running_session_goes_on_beside_what_was_salvaged(path: Path, other: Path) -> None:
    write_sessions(other, ["one"], ended=False)
    salvaged(path, other)
    with Store(path) as store, store.transaction():
        store.add("one", record(3, "end", 4000, outcome="ended"))

    with Reader(path) as reader:
        assert [event.seq for event in reader.events("one")] == [1, 2, 3]
        assert reader.sessions()[0].outcome == "ended"
