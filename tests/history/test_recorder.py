"""A session written by a thread of its own: in order, and whatever the disk does."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from player_building import Playing, timeline_of
from session_building import begun, evening, kinds_in, new_session, rows, until

from backcoach.history import opening
from backcoach.history import recorder as recorder_module
from backcoach.history.reader import Reader
from backcoach.history.recorder import Recorder
from backcoach.history.store import Store
from backcoach.player import events as ev

CLOSE_S = 20.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a history will be."""
    return tmp_path / "data" / "history.db"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A recorder that soon says that it has to wait, and soon tries again."""
    monkeypatch.setattr(opening, "BUSY_S", 0.05)
    monkeypatch.setattr(recorder_module, "RETRY_S", 0.02)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program has the file for itself."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def note(recorder: Recorder, *numbers: int) -> None:
    """Write numbered notes."""
    for number in numbers:
        recorder.note("note", {"value": number}, number * 1000, evening(number))


def noted(path: Path) -> list[tuple[Any, ...]]:
    """The notes by their place and their number."""
    query = "SELECT seq, json_extract(data, '$.value') FROM event ORDER BY id"
    return rows(path, query)


def test_events_come_out_in_the_order_they_went_in(path: Path) -> None:
    recorder = Recorder(path, new_session())
    note(recorder, *range(500))

    assert recorder.close(CLOSE_S)
    assert noted(path) == [(number + 1, number) for number in range(500)]
    assert recorder.problem == ""


def test_the_session_is_there_before_anything_happens(path: Path) -> None:
    recorder = Recorder(path, new_session())
    assert recorder.session.id == "one"
    until(lambda: begun(path))

    with Reader(path) as store:
        assert store.sessions()[0].outcome == "running"
    assert recorder.close(CLOSE_S)


def test_of_the_players_events_those_are_written_that_are_recorded(path: Path) -> None:
    playing = Playing(timeline_of({"exercise": "lift-up", "reps": 2, "prepare": "12s"}))
    playing.wait(20_000)
    playing.key("x", "4", "1", "3", "q")
    recorder = Recorder(path, new_session())
    for event in playing.events:
        recorder.record(event, evening(event.at_ms / 1000))
    assert recorder.close(CLOSE_S)

    assert kinds_in(path) == ["step", "stop", "answer", "answer", "answer", "end"]
    with Reader(path) as store:
        (session,) = store.sessions()
        (_, stop, *_) = store.events("one")
    assert (session.outcome, session.active_ms) == ("pain", 20_000)
    assert session.stops[0].exercise == "lift-up"
    assert stop.at == evening(20)
    assert stop.active_ms == 20_000
    (event,) = playing.of(ev.Stopped)
    assert dict(stop.data) == {
        "number": 1,
        "step": 1,
        "exercise": "lift-up",
        "phase": "hold",
        "side": None,
        "set": 1,
        "rep": 1,
        "round": None,
        "into_ms": event.into_ms,
        "stopped_at_ms": 20_000,
        "moved": False,
    }


def test_progress_is_kept_without_an_event(path: Path) -> None:
    recorder = Recorder(path, new_session())
    recorder.progress(4000, evening(4))
    recorder.progress(8000, evening(8))
    assert recorder.close(CLOSE_S)

    assert rows(path, "SELECT active_ms FROM session") == [(8000,)]
    assert kinds_in(path) == []


def test_saved_is_said_when_it_is(path: Path) -> None:
    seen: list[tuple[str, list[tuple[Any, ...]]]] = []

    def on_saved(kind: str, _: int | None) -> None:
        seen.append((kind, rows(path, "SELECT kind FROM event ORDER BY seq")))

    recorder = Recorder(path, new_session(), on_saved)
    until(lambda: seen)
    recorder.note("stop", {"number": 1}, 1000, evening(1))
    until(lambda: len(seen) == 2)
    recorder.progress(2000, evening(2))
    note(recorder, 3)
    assert recorder.close(CLOSE_S)

    assert [kind for kind, _ in seen] == ["begin", "stop", "progress", "note"]
    assert seen[0][1] == []
    assert seen[1][1] == [("stop",)]
    assert seen[3][1] == [("stop",), ("note",)]


def test_a_locked_database_delays_and_loses_nothing(path: Path) -> None:
    Store(path).close()
    saved: list[str] = []
    with locked(path):
        recorder = Recorder(path, new_session(), lambda kind, _: saved.append(kind))
        # On this thread, which holds the lock: it would never come back if it waited for it.
        note(recorder, *range(20))
        assert not recorder.close(0.1)
        assert saved == []

    assert recorder.close(CLOSE_S)
    assert noted(path) == [(number + 1, number) for number in range(20)]
    assert saved == ["begin", *["note"] * 20]


@pytest.mark.usefixtures("impatient")
def test_a_database_locked_for_long_is_a_problem_until_it_is_not(path: Path) -> None:
    Store(path).close()
    recorder = Recorder(path, new_session())
    until(lambda: begun(path))
    with locked(path):
        note(recorder, 0, 1)
        until(lambda: recorder.problem)
        assert "locked" in recorder.problem
        note(recorder, 2)
    until(lambda: not recorder.problem)
    note(recorder, 3)

    assert recorder.close(CLOSE_S)
    assert noted(path) == [(number + 1, number) for number in range(4)]


@pytest.mark.usefixtures("impatient")
def test_a_folder_that_can_not_be_made_is_a_problem_and_no_error(tmp_path: Path) -> None:
    in_the_way = tmp_path / "data"
    in_the_way.write_text("a file", "utf-8")
    path = in_the_way / "history.db"
    recorder = Recorder(path, new_session())
    note(recorder, 0, 1)
    recorder.progress(1000, evening())
    until(lambda: recorder.problem)
    assert str(path) in recorder.problem
    assert not recorder.close(0.1)

    in_the_way.unlink()
    assert recorder.close(CLOSE_S)
    assert recorder.problem == ""
    assert noted(path) == [(1, 0), (2, 1)]


@pytest.mark.usefixtures("impatient")
def test_a_file_that_is_no_database_is_a_problem_and_stays_as_it_is(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("precious " * 1000, "utf-8")
    recorder = Recorder(path, new_session())
    note(recorder, 0)
    until(lambda: recorder.problem)
    assert not recorder.close(0.1)

    assert path.read_text("utf-8") == "precious " * 1000
    path.unlink()
    assert recorder.close(CLOSE_S)
    assert noted(path) == [(1, 0)]


def test_closing_twice_is_as_good_as_once(path: Path) -> None:
    recorder = Recorder(path, new_session())

    assert recorder.close(CLOSE_S)
    assert recorder.close(CLOSE_S)


def test_the_thread_never_holds_the_program_up(path: Path) -> None:
    recorder = Recorder(path, new_session())
    threads = [thread for thread in threading.enumerate() if thread.name == "recorder"]
    assert recorder.close(CLOSE_S)

    assert all(thread.daemon for thread in threads)
    assert threads


def test_two_recorders_on_one_history(path: Path) -> None:
    first, second = (Recorder(path, new_session(name)) for name in ("one", "two"))
    for number in range(50):
        note(first, number)
        note(second, number)

    assert first.close(CLOSE_S)
    assert second.close(CLOSE_S)
    for name in ("one", "two"):
        found = rows(path, f"SELECT seq FROM event WHERE session = '{name}' ORDER BY seq")
        assert found == [(number + 1,) for number in range(50)]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_listeners_fault_loses_nothing(path: Path) -> None:
    def on_saved(kind: str, _: int | None) -> None:
        raise RuntimeError(kind)

    recorder = Recorder(path, new_session(), on_saved)
    until(lambda: begun(path))
    note(recorder, 0, 1)

    assert recorder.close(CLOSE_S)
    assert noted(path) == [(1, 0), (2, 1)]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_closing_never_says_that_what_was_lost_is_written(path: Path) -> None:
    recorder = Recorder(path, new_session())
    recorder.note("note", {"value": object()}, 0, evening())
    note(recorder, 1)

    assert not recorder.close(1.0)
