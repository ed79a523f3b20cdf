"""Copies of the history: verified, thinned as they age, never at the cost of a larger one."""

import sqlite3
import stat
import threading
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from damage_building import NOW, contents, days_ago, garbage, ids, write_sessions
from hypothesis import given
from hypothesis import strategies as st

from backcoach.history.backups import (
    DAYS,
    MONTHS,
    NEWEST,
    WEEKS,
    Backup,
    back_up,
    list_backups,
    measure,
    newest_backup,
    stamp,
    too_many,
)
from backcoach.history.opening import StoreError, connect
from backcoach.history.rescue import Finding, diagnose
from backcoach.history.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a history will be."""
    return tmp_path / "data" / "history.db"


@pytest.fixture
def folder(path: Path) -> Path:
    """Where its copies will be."""
    return path.parent / "backups"


def copied(path: Path, at: datetime = NOW) -> Path | None:
    """Back the history up."""
    with Store(path) as store:
        return back_up(store.db, path.parent / "backups", at)


def test_a_copy_is_whole_private_and_named_by_its_time(path: Path, folder: Path) -> None:
    write_sessions(path, ["one", "two"])
    made = copied(path)

    assert made == folder / "history-2026-11-22T231500Z.db"
    assert contents(made) == contents(path)
    assert diagnose(made).finding is Finding.FINE
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert list_backups(folder) == [Backup(made, NOW, 2, 6)]


def test_nothing_new_is_no_new_copy(path: Path, folder: Path) -> None:
    write_sessions(path)
    first = copied(path, days_ago(1))
    assert copied(path) is None
    assert newest_backup(folder) == first

    write_sessions(path, ["two"])
    assert copied(path) is not None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE session SET deleted_at = '2026-11-22'",
        "UPDATE session SET summary = NULL",
        "UPDATE session SET active_ms = active_ms + 1",
        "DELETE FROM event WHERE seq = 1",
    ],
)
def test_every_kind_of_change_is_copied(path: Path, change: str) -> None:
    write_sessions(path)
    copied(path, days_ago(1))
    with Store(path) as store:
        store.db.execute(change)

    assert copied(path) is not None


def test_a_history_without_a_session_is_not_copied(path: Path, folder: Path) -> None:
    Store(path).close()

    assert copied(path) is None
    assert list_backups(folder) == []


def test_two_copies_of_one_second_are_two_files(path: Path, folder: Path) -> None:
    first = copied(write_sessions(path))
    second = copied(write_sessions(path, ["two"]))

    assert second == folder / "history-2026-11-22T231500Z-2.db"
    assert [backup.path for backup in list_backups(folder)] == [second, first]


def test_copies_of_two_threads_at_once_are_one(path: Path, folder: Path) -> None:
    write_sessions(path)
    threads = [threading.Thread(target=copied, args=(path,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(list_backups(folder)) == 1


def test_a_copy_that_can_not_be_made_leaves_the_others(path: Path, folder: Path) -> None:
    write_sessions(path)
    first = copied(path, days_ago(1))
    write_sessions(path, ["two"])
    with Store(path) as store:
        # Half of what is copied isn't there.
        cut = store.db.execute("PRAGMA page_count").fetchone()[0] * 2048
        with path.open("r+b") as file:
            file.truncate(cut)
        with pytest.raises((sqlite3.Error, StoreError)):
            back_up(store.db, folder, NOW)

    assert [backup.path for backup in list_backups(folder)] == [first]
    assert not list(folder.glob(".history*"))


def test_what_a_killed_copy_left_is_cleared_away(path: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    left = folder / ".history-2026-11-20T000000Z.db.77.part"
    left.write_bytes(b"half")
    copied(write_sessions(path))

    assert not left.exists()


def test_the_list_has_what_was_kept_before_a_change_of_tables(path: Path, folder: Path) -> None:
    copied(write_sessions(path))
    write_sessions(folder / "before-version-2.db", ["old"])
    (folder / "my-notes.db").write_bytes(b"")
    (folder / "history-2026-99-99T231500Z.db").write_bytes(b"")

    found = {backup.path.name: backup.regular for backup in list_backups(folder)}
    assert found == {"history-2026-11-22T231500Z.db": True, "before-version-2.db": False}


def test_a_copy_that_was_damaged_is_listed_as_empty_and_stays(path: Path, folder: Path) -> None:
    made = copied(write_sessions(path), days_ago(400))
    assert made
    garbage(made)

    (backup,) = list_backups(folder)
    assert (backup.sessions, backup.events) == (0, 0)
    for day in range(300, 0, -1):
        with closing(connect(path)) as db:
            db.execute("UPDATE session SET active_ms = active_ms + 1")
            if day % 30 == 0:
                back_up(db, folder, days_ago(day))
    assert made.exists()


def test_thinning_deletes_files(path: Path, folder: Path) -> None:
    write_sessions(path)
    for hour in range(20, 0, -1):
        write_sessions(path, [f"at {hour}"])
        copied(path, NOW - timedelta(hours=hour / 2))

    assert len(list_backups(folder)) == NEWEST
    assert measure(list_backups(folder)[0].path) == (21, 63)


def test_a_copy_just_made_stays_whatever_the_clock_says(path: Path) -> None:
    write_sessions(path, [f"{number}" for number in range(12)])
    for number in range(8):
        with Store(path) as store, store.transaction():
            store.delete(f"{number}", NOW)
        copied(path, NOW + timedelta(minutes=number))
    with Store(path) as store, store.transaction():
        store.sweep(NOW + timedelta(days=1))
    made = copied(path, days_ago(300))

    assert made is not None
    assert ids(made) == {"8", "9", "10", "11"}


# Which of them may go


def backup(days: float, events: int = 100) -> Backup:
    """A copy of some days ago."""
    at = days_ago(days)
    return Backup(Path(f"{stamp(at)}-{events}"), at, max(1, events // 30), events)


def kept(backups: list[Backup]) -> list[Backup]:
    """What thinning leaves."""
    gone = too_many(backups)
    return [each for each in backups if each not in gone]


def test_a_year_of_days_becomes_days_weeks_and_months() -> None:
    days = [round((NOW - each.at).days) for each in kept([backup(n, 9999 - n) for n in range(365)])]

    assert days[:7] == list(range(7))
    weeks = [day for day in days if 7 <= day < 42]
    assert 5 <= len(weeks) <= 6
    months = [day for day in days if day >= 42]
    assert 10 <= len(months) <= 12
    assert len(days) < 26


def test_after_a_year_one_a_year_stays() -> None:
    years = 40
    left = kept([backup(n, 99_999 - n) for n in range(0, 366 * years, 17)])

    by_year = Counter(each.at.year for each in left)
    assert all(by_year[2026 - n] == 1 for n in range(2, years))
    assert len(left) <= NEWEST + 1 + DAYS + WEEKS + 1 + MONTHS + years


def test_of_one_day_the_larger_stays() -> None:
    old = [backup(3 + hour / 100, 100 + hour) for hour in range(9)]
    newest = [backup(0, 50) for _ in range(1)]

    assert kept([*newest, *[backup(n / 100, 10) for n in range(1, 6)], *old])[-1].events == 108


def test_the_largest_stays_whatever_its_age() -> None:
    large = backup(200, 5000)
    others = [backup(200 + n / 10, 5000 - n) for n in range(1, 5)]

    assert large in kept([*[backup(n) for n in range(40)], large, *others])


def test_what_is_not_regular_or_can_not_be_read_is_not_judged() -> None:
    old = Backup(Path("before-version-2.db"), days_ago(300), 1, 1, regular=False)
    broken = Backup(Path("broken"), days_ago(300), 0, 0)

    assert too_many([old, broken, *[backup(300 + n / 100) for n in range(9)], backup(0)])
    assert {old, broken} <= set(kept([old, broken, *[backup(n) for n in range(60)]]))


def test_nothing_is_nothing() -> None:
    assert too_many([]) == []


BACKUPS = st.lists(
    st.tuples(
        st.floats(0, 900).map(lambda days: round(days, 3)), st.integers(1, 400)
    ).map(lambda each: backup(*each)),
    max_size=60,
    unique_by=lambda each: each.path,
)  # fmt: skip


@given(BACKUPS)
def test_thinning_keeps_the_newest_few_and_the_largest(backups: list[Backup]) -> None:
    left = kept(backups)
    by_time = sorted(
        backups, key=lambda each: (each.at, len(each.path.name), each.path.name), reverse=True
    )

    assert set(by_time[:NEWEST]) <= set(left)
    if backups:
        assert max(each.size for each in left) == max(each.size for each in backups)


@given(BACKUPS)
def test_what_goes_has_a_larger_one_that_stays_of_the_same_time(backups: list[Backup]) -> None:
    left = kept(backups)
    newest = max((each.at for each in backups), default=NOW)
    for gone in too_many(backups):
        apart = 31 if (newest - gone.at).days < 330 else 366
        assert any(
            each.size >= gone.size and abs((each.at - gone.at).days) <= apart for each in left
        )  # fmt: skip


@given(BACKUPS)
def test_thinning_again_takes_nothing_more(backups: list[Backup]) -> None:
    assert too_many(kept(backups)) == []


@given(st.lists(st.integers(0, 5), min_size=1, max_size=120))
def test_day_after_day_few_stay_and_the_last_one_is_among_them(gaps: list[int]) -> None:
    """As it happens: one copy a session, each a little larger, thinned each time."""
    backups: list[Backup] = []
    at = datetime(2026, 1, 1, 7, tzinfo=UTC)
    for number, gap in enumerate(gaps):
        at += timedelta(days=gap)
        backups = kept([*backups, Backup(Path(str(number)), at, number + 1, number + 1)])
        assert backups[-1].path.name == str(number)
    span = (backups[-1].at - datetime(2026, 1, 1, tzinfo=UTC)).days
    assert len(backups) <= NEWEST + 1 + 7 + 6 + span // 28 + 2
