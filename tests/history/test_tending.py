"""The history looked after: mended, summed up, swept, copied; said in a sentence."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from damage_building import (
    DAMAGES,
    NOW,
    begin_running,
    contents,
    corrupt_at,
    days_ago,
    empty,
    garbage,
    ids,
    paths_in,
    write_sessions,
)
from session_building import begun, evening, kinds_in, new_session, rows, until

from backcoach.cli.tender import Tender
from backcoach.history import opening
from backcoach.history import recorder as recorder_module
from backcoach.history.backups import back_up, list_backups
from backcoach.history.opening import StoreError
from backcoach.history.reader import Reader
from backcoach.history.recorder import Recorder
from backcoach.history.rescue import Finding, diagnose, files_set_aside, set_aside
from backcoach.history.store import Store
from backcoach.history.tending import Tended, bring_back, running, tend
from backcoach.paths import Paths
from backcoach.session.clock import HandedClock

CLOSE_S = 20.0
NAMES = [f"session {number:03}" for number in range(60)]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A person's folders."""
    return paths_in(tmp_path)


def write_and_copy(paths: Paths, names: list[str] = NAMES) -> None:
    """A history, and a copy of it that is a day old."""
    write_sessions(paths.history, names)
    with Store(paths.history) as store:
        assert back_up(store.db, paths.backups, days_ago(1))


# A history that is fine


def test_nothing_is_nothing_and_nothing_is_made(paths: Paths) -> None:
    assert tend(paths, NOW) == Tended()
    assert not paths.data.exists()


def test_a_fine_one_is_copied_when_something_is_new(paths: Paths) -> None:
    write_sessions(paths.history)
    assert tend(paths, NOW) == Tended()
    assert tend(paths, NOW + timedelta(hours=1)) == Tended()

    assert [backup.at for backup in list_backups(paths.backups)] == [NOW]


def test_sessions_of_killed_owners_are_summed_up(paths: Paths) -> None:
    write_sessions(paths.history, ["killed"], ended=False)
    begin_running(paths.history)
    tend(paths, NOW)

    summaries = dict(rows(paths.history, "SELECT id, summary IS NOT NULL FROM session"))
    assert summaries == {"killed": 1, "now": 0}


def test_one_that_can_not_be_summed_up_is_no_reason_not_to_go_on(paths: Paths) -> None:
    write_sessions(paths.history, ["bad", "good"], ended=False)
    with closing(sqlite3.connect(paths.history)) as db:
        db.execute("UPDATE event SET data = 'no json' WHERE session = 'bad'")
        db.commit()
    assert tend(paths, NOW) == Tended()

    summaries = dict(rows(paths.history, "SELECT id, summary IS NOT NULL FROM session"))
    assert summaries == {"bad": 0, "good": 1}


def test_what_was_deleted_a_month_ago_is_gone_for_good(paths: Paths) -> None:
    write_sessions(paths.history, ["long ago", "just now", "kept"])
    with Store(paths.history) as store, store.transaction():
        store.delete("long ago", days_ago(31))
        store.delete("just now", days_ago(29))
    tend(paths, NOW)

    assert ids(paths.history) == {"just now", "kept"}


# One that isn't


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_one_is_kept_mended_and_a_copy_offered(
    paths: Paths, damage: Callable[[Path], None]
) -> None:
    write_and_copy(paths)
    before = contents(paths.history)
    damage(paths.history)
    content = paths.history.read_bytes()
    tended = tend(paths, NOW)

    (aside,) = files_set_aside(paths.history)
    assert aside.read_bytes() == content
    assert tended.notice.startswith(
        "The history was damaged. The damaged file is kept as "
        "history.corrupt-2026-11-22T231500Z.db; "
    )
    assert diagnose(paths.history).finding is Finding.FINE
    if tended.offer:
        words = tended.notice.replace("what is missing of ", "")
        assert f"A copy of 21 November 2026 can bring back {tended.missing} sessions" in words
        assert bring_back(paths, tended.offer.path) == tended.missing
    else:
        assert bring_back(paths, list_backups(paths.backups)[-1].path) == 0
    assert contents(paths.history) == before


def test_of_garbage_everything_is_offered(paths: Paths) -> None:
    write_and_copy(paths)
    garbage(paths.history)
    tended = tend(paths, NOW)

    assert tended.missing == 60
    assert tended.notice == (
        "The history was damaged. The damaged file is kept as "
        "history.corrupt-2026-11-22T231500Z.db; nothing could be read in it. "
        "A copy of 21 November 2026 can bring back 60 sessions."
    )
    assert tended.words.endswith(" `backcoach restore history-2026-11-21T231500Z.db` does.")


def test_without_a_copy_what_reads_is_there(paths: Paths) -> None:
    write_sessions(paths.history, NAMES)
    corrupt_at(paths.history, '"value":"session 030 ')
    tended = tend(paths, NOW)

    assert "60 sessions that could be read in it are in the new one" in tended.notice
    assert tended.offer is None
    assert ids(paths.history) == set(NAMES)
    assert tend(paths, NOW) == Tended()
    (made,) = list_backups(paths.backups)
    assert made.sessions == 60


def test_a_mending_that_was_killed_is_ended_by_the_next_start(paths: Paths) -> None:
    write_sessions(paths.history, NAMES)
    corrupt_at(paths.history, '"value":"session 030 ')
    assert set_aside(paths.history, NOW)
    write_sessions(paths.history, ["new"])
    first, second = tend(paths, NOW), tend(paths, NOW)

    assert "60 sessions that could be read in it are in the new one" in first.notice
    assert second == Tended()
    assert ids(paths.history) == {*NAMES, "new"}


def test_what_was_mended_once_is_not_mended_again_with_the_next_damage(paths: Paths) -> None:
    write_sessions(paths.history, NAMES)
    corrupt_at(paths.history, '"value":"session 030 ')
    tend(paths, NOW)
    with Store(paths.history) as store, store.transaction():
        for name in NAMES[:20]:
            store.db.execute("DELETE FROM session WHERE id = ?", (name,))
    corrupt_at(paths.history, '"value":"session 040 ')
    tended = tend(paths, NOW)

    first, second = files_set_aside(paths.history)
    assert first.name not in tended.notice
    assert f"kept as {second.name}; 40 sessions that could be read" in tended.notice
    assert ids(paths.history) == set(NAMES[20:])


@pytest.mark.parametrize("loss", [empty, Path.unlink], ids=["empty", "missing"])
def test_a_lost_one_is_offered_until_it_is_back(paths: Paths, loss: Callable[[Path], None]) -> None:
    write_and_copy(paths)
    before = contents(paths.history)
    loss(paths.history)
    first, second = tend(paths, NOW), tend(paths, NOW)

    assert "its file is missing or empty" in first.notice
    assert "begun anew" in second.notice
    for tended in (first, second):
        assert tended.missing == 60
        assert tended.offer
        assert "A copy of 21 November 2026 can bring back 60 sessions." in tended.notice
    assert len(files_set_aside(paths.history)) == (1 if loss is empty else 0)
    assert first.offer
    assert bring_back(paths, first.offer.path) == 60
    assert contents(paths.history) == before
    assert tend(paths, NOW) == Tended()


def test_an_empty_one_without_copies_is_just_new(paths: Paths) -> None:
    paths.data.mkdir()
    empty(paths.history)

    assert tend(paths, NOW) == Tended()
    assert files_set_aside(paths.history) == []


def test_a_session_that_came_first_hides_no_loss(paths: Paths) -> None:
    write_and_copy(paths)
    paths.history.unlink()
    write_sessions(paths.history, ["new"])
    tended = tend(paths, NOW)

    assert tended.missing == 60
    assert tended.offer
    bring_back(paths, tended.offer.path)
    assert ids(paths.history) == {*NAMES, "new"}


def test_the_copy_that_helps_most_is_offered(paths: Paths) -> None:
    write_and_copy(paths, NAMES[:40])
    write_sessions(paths.history, NAMES[40:])
    with Store(paths.history) as store:
        best = back_up(store.db, paths.backups, days_ago(0.9))
        with store.transaction():
            for name in NAMES[10:]:
                store.delete(name, days_ago(60))
            store.sweep(NOW)
        back_up(store.db, paths.backups, days_ago(0.5))
    garbage(paths.history)
    tended = tend(paths, NOW)

    assert tended.offer
    assert (tended.offer.path, tended.missing) == (best, 60)


def test_after_an_erasing_nothing_is_offered(paths: Paths) -> None:
    write_sessions(paths.history)
    with Store(paths.history) as store, store.transaction():
        store.delete("one", days_ago(60))
    tend(paths, NOW)
    tended = tend(paths, NOW)

    assert tended == Tended()
    assert ids(paths.history) == set()


def test_a_newer_versions_is_said_and_left_alone(paths: Paths) -> None:
    with Store(write_sessions(paths.history)) as store:
        store.db.execute("PRAGMA user_version = 99")
        store.db.execute("UPDATE meta SET value = '99'")
    content = paths.history.read_bytes()

    assert "newer version" in tend(paths, NOW).notice
    assert paths.history.read_bytes() == content
    assert not paths.backups.exists()


def test_what_can_not_be_looked_at_is_said_and_left_alone(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backcoach.history.rescue.LOOK_S", 0.05)
    write_and_copy(paths)
    with closing(sqlite3.connect(paths.history, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        tended = tend(paths, NOW)

    assert tended.notice == f"{paths.history}: it is locked: another program has it."
    assert files_set_aside(paths.history) == []


def test_a_folder_in_the_way_of_the_copies_is_said(paths: Paths) -> None:
    write_sessions(paths.history)
    paths.backups.write_text("a file", "utf-8")

    assert tend(paths, NOW).notice == (
        f"The history can't be looked after: {paths.backups}: File exists."
    )
    assert diagnose(paths.history).finding is Finding.FINE


# While a session runs


def test_what_does_not_pass_is_not_waited_for(paths: Paths) -> None:
    paths.data.write_text("a file in the way", "utf-8")
    recorder = record_session(paths)
    assert not recorder.close(3600)
    assert not recorder.close(3600)
    assert [event.seq for event in recorder.events] == list(range(1, 12))

    paths.data.unlink()
    assert recorder.close(3600)
    assert len(kinds_in(paths.history)) == 11


def record_session(paths: Paths, mend: Callable[[], object] | None = None) -> Recorder:
    """A session of ten notes and an end."""
    recorder = Recorder(
        paths.history,
        new_session("now"),
        mend=mend,
        back_up=lambda store, at: back_up(store.db, paths.backups, at),
    )
    for number in range(10):
        recorder.note("note", {"value": number}, number * 1000, evening(number))
    recorder.note("end", {"outcome": "completed"}, 10_000, evening(10))
    return recorder


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_session_on_a_damaged_history_gets_it_mended(
    paths: Paths, damage: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder_module, "RETRY_S", 0.02)
    write_and_copy(paths)
    damage(paths.history)
    tender = Tender(paths, HandedClock(int(NOW.timestamp() * 1000)))
    recorder = record_session(paths, tender.look)
    until(lambda: recorder.written)
    assert recorder.close(CLOSE_S)

    assert recorder.problem == ""
    with Reader(paths.history) as reader:
        found = reader.session("now")
        assert found is not None
        assert (found.outcome, found.active_ms) == ("completed", 10_000)
        assert len(reader.events("now")) == 11
    # One of these damages writing doesn't see: then the next look does.
    tended = tender.tend()
    assert "The history was damaged" in tended.notice
    assert "damaged" not in tender.tend().notice
    assert diagnose(paths.history).finding is Finding.FINE
    assert "now" in ids(paths.history)


def test_a_session_waits_in_memory_for_whoever_mends(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder_module, "RETRY_S", 0.02)
    write_and_copy(paths)
    garbage(paths.history)
    recorder = record_session(paths)
    until(lambda: recorder.problem)
    assert "damaged" in recorder.problem
    assert not recorder.close(0.05)
    assert tend(paths, NOW).missing == 60

    assert recorder.close(CLOSE_S)
    assert kinds_in(paths.history) == [*["note"] * 10, "end"]


def test_a_session_follows_when_its_file_is_set_aside(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written goes on, into the new file, with all that was written into the old one."""
    monkeypatch.setattr(recorder_module, "RETRY_S", 0.02)
    write_sessions(paths.history, NAMES)
    recorder = Recorder(paths.history, new_session("now"))
    recorder.note("note", {"value": 1}, 1000, evening(1))
    until(lambda: recorder.written)
    corrupt_at(paths.history, '"value":"session 030 ')
    assert "damaged" in tend(paths, NOW).notice
    recorder.note("end", {"outcome": "ended"}, 2000, evening(2))

    assert recorder.close(CLOSE_S)
    with Reader(paths.history) as reader:
        found = reader.session("now")
        assert found is not None
        assert found.outcome == "ended"
        assert [event.kind for event in reader.events("now")] == ["note", "end"]


def test_after_the_end_there_is_a_copy_and_one_more_of_what_came_then(paths: Paths) -> None:
    recorder = record_session(paths)
    until(lambda: list_backups(paths.backups))
    until(lambda: recorder.written)
    recorder.note("pain-after", {"value": 2}, 10_000, evening(60))
    assert recorder.close(CLOSE_S)
    until(lambda: len(list_backups(paths.backups)) == 2)

    newest, first = list_backups(paths.backups)
    assert (first.at, first.events) == (evening(10), 11)
    assert (newest.at, newest.events) == (evening(60), 12)


def test_a_session_that_was_only_begun_is_not_copied(paths: Paths) -> None:
    recorder = Recorder(
        paths.history,
        new_session("now"),
        back_up=lambda store, at: back_up(store.db, paths.backups, at),
    )
    recorder.note("note", {"value": 1}, 1000, evening(1))
    assert recorder.close(CLOSE_S)

    assert begun(paths.history)
    assert list_backups(paths.backups) == []


def test_a_copy_that_can_not_be_made_is_no_problem_of_the_session(paths: Paths) -> None:
    paths.data.mkdir()
    paths.backups.write_text("a file", "utf-8")
    recorder = record_session(paths)

    assert recorder.close(CLOSE_S)
    assert recorder.problem == ""
    assert len(kinds_in(paths.history)) == 11


def test_a_copy_holds_up_nothing_that_is_written(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process has its turn with the copies, and takes its time."""
    from backcoach.history.locking import alone

    monkeypatch.setattr(opening, "BUSY_S", 60.0)
    paths.backups.mkdir(parents=True)
    with alone(paths.backups):
        recorder = record_session(paths)
        until(lambda: recorder.written)
        assert recorder.close(0.1)
        assert recorder.problem == ""


def test_a_session_that_runs_is_seen(paths: Paths) -> None:
    assert not running(paths.history)
    write_sessions(paths.history, ["killed"], ended=False)
    assert not running(paths.history)
    begin_running(paths.history)
    assert running(paths.history)


def test_a_copy_that_is_gone_is_said_by_its_own_name(paths: Paths) -> None:
    write_sessions(paths.history)

    with pytest.raises(StoreError, match=r"gone\.db: it can't be opened"):
        bring_back(paths, paths.backups / "gone.db")
