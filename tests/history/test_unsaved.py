"""Where the history is, and where a session goes that it doesn't take."""

import json
import os
import re
import stat
from pathlib import Path, PurePosixPath

import pytest
from session_building import evening, new_session, record

from backcoach.history.owner import this_process
from backcoach.history.places import free_bytes, network_kind, network_of
from backcoach.history.reader import Reader
from backcoach.history.store import Store
from backcoach.history.tending import tend
from backcoach.history.unsaved import bring_in_unsaved, other_places, save_elsewhere
from backcoach.paths import Paths

HISTORY = Path("data") / "history.db"
MOUNTS = r"""
/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
server:/homes /mnt/homes nfs4 rw,vers=4.2 0 0
/dev/sdb1 /mnt/homes/anna/local xfs rw 0 0
//nas/my\040files /mnt/my\040files cifs rw 0 0
anna@there:/ /mnt/there fuse.sshfs rw 0 0
nonsense
host:/over /srv/data nfs rw 0 0
/dev/sdc1 /srv/data ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/", ""),
        ("/var/lib/anna", ""),
        ("/mnt/homes", "nfs4"),
        ("/mnt/homes/anna/data", "nfs4"),
        ("/mnt/homestead", ""),
        ("/mnt/homes/anna/local/data", ""),
        ("/mnt/my files/back", "cifs"),
        ("/mnt/there/back", "fuse.sshfs"),
        ("/srv/data/back", ""),
    ],
)
def test_the_nearest_mount_tells_whether_it_is_a_network(folder: str, kind: str) -> None:
    assert network_kind(PurePosixPath(folder), MOUNTS) == kind


def test_of_no_mounts_nothing_is_known(tmp_path: Path) -> None:
    assert network_kind(PurePosixPath("/anything"), "") == ""
    assert network_of(tmp_path / "not yet") == ""


def test_the_room_is_that_of_the_disk_the_folder_will_be_on(tmp_path: Path) -> None:
    there, not_yet = free_bytes(tmp_path), free_bytes(tmp_path / "not" / "yet")
    assert there
    assert not_yet


def test_the_first_folder_that_takes_it_gets_the_session(tmp_path: Path) -> None:
    in_the_way = tmp_path / "a file"
    in_the_way.write_text("", "utf-8")
    session, events = new_session(), [record(1, "step"), record(2, "end", 9, outcome="ended")]
    folders = [tmp_path / "missing", in_the_way, tmp_path, tmp_path / "never"]
    path = save_elsewhere(HISTORY, session, events, folders)

    assert path is not None
    assert path.parent == tmp_path
    assert re.fullmatch(r"backcoach-unsaved-[0-9a-f]{8}-2026-03-29T140000Z\.jsonl", path.name)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    _, line = path.read_text("utf-8").splitlines()
    assert json.loads(line)["id"] == "one"
    second = save_elsewhere(HISTORY, session, events, folders)
    assert second == path.with_name(f"{path.stem}-2.jsonl")


def test_no_folder_is_no_error(tmp_path: Path) -> None:
    assert save_elsewhere(HISTORY, new_session(), [], [tmp_path / "missing"]) is None


def test_the_other_places_are_none_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "anna"))
    monkeypatch.chdir(tmp_path)
    places = other_places(tmp_path / "deep" / "data")

    assert places[:3] == [tmp_path / "deep", tmp_path / "anna", Path(os.getcwd())]
    assert len(places) == 4


def test_a_working_folder_that_is_gone_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()

    assert gone not in other_places(tmp_path / "data")


# What comes back by itself


def kept(folder: Path, session: str = "one") -> Path:
    """A session that was kept in a folder when the history didn't take it."""
    events = [record(1, "step"), record(2, "end", 9000, outcome="ended")]
    history = folder / "data" / "history.db"
    path = save_elsewhere(history, new_session(session), events, [folder])
    assert path is not None
    return path


def test_what_was_kept_comes_in_by_itself_and_its_file_goes(tmp_path: Path) -> None:
    file = kept(tmp_path)
    paths = Paths(tmp_path / "data", tmp_path / "config")
    Store(paths.history).close()
    tended = tend(paths, evening(60))

    assert tended.notice == "1 session that couldn't be saved at the time is in the history."
    assert not file.exists()
    with Reader(paths.history) as reader:
        (session,) = reader.sessions()
    assert (session.id, session.outcome, session.active_ms) == ("one", "ended", 9000)
    assert tend(paths, evening(120)).notice == ""


def test_what_is_nobodys_or_spoilt_stays_as_it_is(tmp_path: Path) -> None:
    file = kept(tmp_path)
    file.write_bytes(file.read_bytes()[:-20])
    link = file.with_name(file.name.replace("2026", "2027"))
    link.symlink_to(kept(tmp_path, "two").rename(tmp_path / "elsewhere.jsonl"))
    with Store(tmp_path / "data" / "history.db") as store:
        assert bring_in_unsaved(store, [tmp_path, tmp_path / "missing"]) == 0
        assert store.count() == (0, 0)
    assert file.exists()
    assert link.is_symlink()


def test_what_another_history_did_not_take_waits_for_that_one(tmp_path: Path) -> None:
    file = kept(tmp_path)
    with Store(tmp_path / "another" / "history.db") as store:
        assert bring_in_unsaved(store, [tmp_path]) == 0
        assert store.count() == (0, 0)
    assert file.exists()


def test_one_that_is_here_already_in_another_way_is_kept(tmp_path: Path) -> None:
    file = kept(tmp_path)
    with Store(tmp_path / "data" / "history.db") as store:
        with store.transaction():
            store.begin(new_session(name="Another"), this_process())
            store.add("one", record(1, "end", 5000, outcome="completed"))
        assert bring_in_unsaved(store, [tmp_path]) == 0
        assert store.sessions()[0].outcome == "completed"
    assert file.exists()
