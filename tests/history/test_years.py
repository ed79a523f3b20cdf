"""What years of sessions come to when they are read: the same as when nothing was ever written."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from history_building import GONE, TODAY, a_year, past_sessions, ten_years
from session_building import new_session, record

from backcoach.history.reader import Reader
from backcoach.history.records import SessionRecord
from backcoach.history.store import Store

SESSIONS = 120


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A history of some months."""
    path = tmp_path_factory.mktemp("years") / "history.db"
    ten_years(path, SESSIONS)
    return path


def read(path: Path, *, exercises: bool) -> list[SessionRecord]:
    """All its sessions."""
    with Reader(path) as reader:
        return reader.sessions(exercises=exercises)


def test_what_is_written_is_read_as_it_was(path: Path) -> None:
    assert read(path, exercises=True) == a_year(SESSIONS)


def test_where_nothing_is_made_up_yet_it_is_from_the_events(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "history.db"
    copy.write_bytes(path.read_bytes())
    before = read(copy, exercises=True)
    with closing(sqlite3.connect(copy, isolation_level=None)) as other:
        # As the killed ones were before anybody looked after them.
        other.execute("UPDATE session SET summary = NULL, exercises = NULL")

    assert read(copy, exercises=True) == before


def test_without_the_exercises_the_rest_is_the_same(path: Path) -> None:
    whole, short = read(path, exercises=True), read(path, exercises=False)

    assert {each.exercises for each in short} == {()}
    assert [each.families for each in short] == [each.families for each in whole]


@pytest.mark.parametrize("exercise", ["bird-dog", "walk", "bridge"])
def test_an_exercise_is_found_in_the_sessions_that_have_it(path: Path, exercise: str) -> None:
    with Reader(path) as reader:
        found = {each.id for each in reader.sessions(exercise=exercise)}

    assert found == {
        each.id
        for each in read(path, exercises=True)
        if any(done.exercise == exercise for done in each.exercises)
    }


def test_so_is_one_with_a_name_in_other_letters(tmp_path: Path) -> None:
    done: dict[str, Any] = {"exercise": "rückenübung", "name": "Für den Rücken", "reps": 1}
    with Store(tmp_path / "history.db") as store, store.transaction():
        store.begin(new_session(plan={}), GONE)
        store.add("one", record(1, "activity", **done))
        store.add("one", record(2, "end", outcome="completed"))

    with Reader(tmp_path / "history.db") as reader:
        assert [each.id for each in reader.sessions(exercise="rückenübung")] == ["one"]
        assert reader.sessions(exercise="rücken") == []


def test_years_have_all_that_happens_to_people() -> None:
    sessions = a_year()
    days = {each.day for each in sessions}

    assert len(sessions) == 365
    assert max(days) <= TODAY < max(days) + timedelta(days=3)
    assert {each.outcome for each in sessions} == {"completed", "ended", "pain", "interrupted"}
    assert len({each.started_at.utcoffset() for each in sessions}) >= 4
    assert any(each.by_hand for each in sessions)
    assert any(each.rehearsal for each in sessions)
    assert any(each.note for each in sessions)
    assert any(each.aches for each in sessions)
    assert any(stop.side for each in sessions for stop in each.stops)
    assert any(stop.mistake for each in sessions for stop in each.stops)
    assert a_year(seed=1) != sessions
    assert list(past_sessions(20)) == list(past_sessions(20))
