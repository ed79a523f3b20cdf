"""Files that are not what they should be: refused with their path, and never changed."""

import os
import shutil
import sqlite3
import stat
from contextlib import suppress
from pathlib import Path

import pytest
from session_building import evening, new_session, record, rows

from backcoach.errors import BackcoachError
from backcoach.history import opening
from backcoach.history.opening import NewerError, StoreError
from backcoach.history.owner import this_process
from backcoach.history.reader import Reader, glance, open_existing
from backcoach.history.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a history will be."""
    return tmp_path / "data" / "history.db"


def written(path: Path, events: int = 0) -> Path:
    """A history with a session of so many events."""
    with Store(path) as store, store.transaction():
        store.begin(new_session(), this_process())
        for number in range(events):
            store.add("one", record(number + 1, "note", value="word " * 100))
    return path


def mode(path: Path) -> int:
    """A file's permissions."""
    return stat.S_IMODE(path.stat().st_mode)


# Who may read it


def test_it_is_its_owners_alone_whatever_the_umask(path: Path) -> None:
    before = os.umask(0)
    try:
        with Store(path) as store, store.transaction():
            store.begin(new_session(), this_process())
            journal = path.with_name("history.db-journal")
            assert mode(journal) == 0o600
    finally:
        os.umask(before)

    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700


def test_names_with_signs_of_their_own_are_names(tmp_path: Path) -> None:
    path = written(tmp_path / "50% of it? #1 ü" / "history.db")

    assert path.exists()
    store = open_existing(path)
    assert store is not None
    with store:
        assert len(store.sessions()) == 1


# What is refused


def refused(path: Path, words: str) -> None:
    """The file can neither be written nor read, says so with its path, and stays as it is."""
    content = path.read_bytes()
    for way in (Store, Reader):
        with pytest.raises(StoreError) as caught:
            way(path)
        assert str(path) in str(caught.value)
        assert words in str(caught.value)
        assert isinstance(caught.value, BackcoachError)
        assert caught.value.exit_status == 1
    assert path.read_bytes() == content
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no list of open files")
@pytest.mark.parametrize("way", [Reader, Store])
def test_what_is_refused_is_let_go_of(path: Path, way: type[Reader]) -> None:
    path.parent.mkdir()
    path.write_bytes(b"garbage " * 1000)
    with pytest.raises(StoreError) as caught:
        way(path)

    assert caught.value
    files = Path("/proc/self/fd").iterdir()
    assert str(path) not in {os.path.realpath(file) for file in files}


def test_a_newer_versions_history_is_left_alone(path: Path) -> None:
    with Store(written(path)) as store:
        store.db.execute("PRAGMA user_version = 99")
        store.db.execute("UPDATE meta SET value = '99'")
    content = path.read_bytes()

    with Store(path) as store:
        assert [session.id for session in store.sessions()] == ["one"]
        with pytest.raises(NewerError, match="newer version") as caught, store.transaction():
            store.add("one", record(9, "step"))
        assert str(path) in str(caught.value)
    assert path.read_bytes() == content


def test_a_newer_version_may_let_this_one_write(path: Path) -> None:
    with Store(written(path)) as store:
        store.db.execute("PRAGMA user_version = 99")

    with Store(path) as store:
        with store.transaction():
            store.add("one", record(9, "step"))
        assert [event.seq for event in store.events("one")] == [9]


def test_a_newer_history_that_does_not_say_who_may_write_is_only_read(path: Path) -> None:
    with Store(written(path)) as store:
        store.db.execute("PRAGMA user_version = 99")
        store.db.execute("DELETE FROM meta")

    with Store(path) as store:
        assert "newer version" in store.refuses


@pytest.mark.parametrize("application", [0, 17])
def test_another_programs_database_is_left_alone(path: Path, application: int) -> None:
    path.parent.mkdir()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE recipe (name)")
    other.execute(f"PRAGMA application_id = {application}")
    other.close()

    refused(path, "not a history of backcoach")


def test_an_empty_database_of_another_program_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    other = sqlite3.connect(path)
    other.execute("PRAGMA application_id = 17")
    other.close()

    refused(path, "not a history of backcoach")


@pytest.mark.parametrize(
    "content", [b"garbage", b"SQLite format 3\x00" + b"\xff" * 200, b"\x00" * 8192, b"{}\n" * 5000]
)
def test_garbage_is_left_alone(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)

    refused(path, "")


@pytest.mark.parametrize("size", [50, 512, 4096])
def test_a_file_that_was_cut_off_is_left_alone(path: Path, size: int) -> None:
    written(path, events=200)
    os.truncate(path, size)

    refused(path, "")


def test_a_folder_is_no_history(path: Path) -> None:
    path.mkdir(parents=True)
    for way in (Store, Reader):
        with pytest.raises(StoreError, match=r"history\.db"):
            way(path)


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", "utf-8")

    with pytest.raises(StoreError, match=r"history\.db"):
        Store(tmp_path / "data" / "history.db")


def test_an_empty_file_is_begun(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with pytest.raises(StoreError, match=r"history\.db"):
        Reader(path)
    assert path.read_bytes() == b""

    written(path)
    assert rows(path, "SELECT id FROM session") == [("one",)]


@pytest.mark.parametrize("page", ["session", "event"])
def test_damage_that_is_found_while_reading_names_the_file(path: Path, page: str) -> None:
    written(path, events=200)
    with Store(path) as store, store.transaction():
        store.add("one", record(300, "stop", number=1))
    ((root,),) = rows(path, f"SELECT rootpage FROM sqlite_schema WHERE name = '{page}'")
    size = rows(path, "PRAGMA page_size")[0][0]
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\0" * size)

    def read() -> None:
        with Reader(path) as store:
            store.sessions()
            store.last_completed()

    with pytest.raises(StoreError, match=r"history\.db"):
        read()


# What came first


def test_a_file_that_another_process_begins_meanwhile_is_ours(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "BUSY_S", 0.1)
    overtaken: list[bool] = []

    look = opening.number

    def look_slowly(db: sqlite3.Connection, pragma: str) -> int:
        """Another process overtakes after the first look at the file."""
        value = look(db, pragma)
        if not overtaken:
            overtaken.append(True)
            # Whether the other one gets through now or has to wait is all the same.
            with suppress(sqlite3.OperationalError, StoreError):
                written(path)
        return value

    monkeypatch.setattr(opening, "number", look_slowly)
    with Store(path) as store:
        assert store.sessions() is not None
    assert overtaken


def test_a_copy_of_the_file_alone_is_a_history(path: Path, tmp_path: Path) -> None:
    with Store(written(path, events=3)):
        copy = Path(shutil.copy(path, tmp_path / "copy.db"))
        with Reader(copy) as store:
            assert store.sessions()[0].started_at == evening()
            assert len(list(store.events("one"))) == 3


def test_a_glance_gives_what_there_is_or_nothing(path: Path) -> None:
    assert glance(path, Reader.count) is None
    written(path, events=2)
    assert glance(path, Reader.count) == (1, 2)

    path.write_bytes(b"garbage " * 1000)
    assert glance(path, Reader.count) is None
