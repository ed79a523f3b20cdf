"""The power goes at any moment: nothing is corrupt then, and nothing that was said is missing.

The long version prints how many images it has looked at.
"""

import random
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
from history_building import ten_years
from power_building import Call, Disk, Missing, Tally, cut_power, why_not_traced
from session_building import Program, evening, rows

from backcoach.history.opening import LATEST, DamagedError, first_fault
from backcoach.history.schema import APPLICATION_ID, MIGRATIONS
from backcoach.history.store import Store
from backcoach.history.tending import tend
from backcoach.paths import Paths

HEAD: Final = """
import os, sys, threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from backcoach.history import opening
from backcoach.history.owner import this_process
from backcoach.history.records import EventRecord, NewSession
from backcoach.history.store import Store

path, synchronous = Path(sys.argv[1]), sys.argv[2]
assert "synchronous = EXTRA" in opening._PRAGMAS
opening._PRAGMAS = tuple(each.replace("EXTRA", synchronous) for each in opening._PRAGMAS)
at = datetime(2026, 3, 29, 19, 30, tzinfo=UTC)
new = NewSession(
    "one", "bird-dogs", "Bird-dogs", at, False, 257_000,
    {"version": 2, "text": "x" * 3000},
)

def say(word):
    os.write(1, f"{word}\\n".encode())
"""
PLAYS: Final = """
from backcoach.history.backups import back_up
from backcoach.history.recorder import Recorder
from backcoach.player import events as ev

saved = threading.Semaphore(0)

def on_saved(kind, number):
    say(kind)
    saved.release()

def give(*events):
    for event in events:
        recorder.record(event, at + timedelta(milliseconds=event.at_ms))
    for _ in events:
        assert saved.acquire(timeout=20)

def rep(number):
    at_ms = number * 10_000
    return ev.RepDone(
        at_ms=at_ms, active_ms=at_ms, step=1, exercise="bird-dog", family="posterior", round=None,
        side=None, set=1, rep=number, reps=1, real_ms=8000, held_ms=5000,
    )

REPS = 4
def copy(store, moment):
    back_up(store.db, path.parent / "backups", moment)

recorder = Recorder(path, new, on_saved, back_up=copy)
assert saved.acquire(timeout=20)
give(ev.StepBegan(at_ms=0, active_ms=0, step=1, exercise="bird-dog", round=None))
for number in range(REPS):
    give(rep(number))
place = {"step": 1, "exercise": "bird-dog", "phase": "hold", "side": None, "set": 1, "rep": 1}
when = {"at_ms": 100_000, "active_ms": 99_000}
give(ev.Stopped(number=1, **when, **place, round=None, into_ms=5, stopped_at_ms=98_000))
# All at once: some of these are one commit.
give(*(ev.StopAnswered(number=1, question=word, value="x" * 900, **when) for word in "abcd"))
give(ev.Ended(outcome="pain", **when))
recorder.note("pain-after", {"value": 3}, 99_000, at)
assert recorder.close(20)
"""
"""A session on a machine where nothing was ever played."""

KEEPS: Final = """
with Store(path) as store:
    old = [session.id for session in store.sessions()]
    with store.transaction():
        store.begin(new, this_process())
    for number, session in enumerate(old, 1):
        with store.transaction():
            store.amend(session, "note", "x" * 600, at)
            store.add("one", EventRecord(number, at, 0, "amended", {}))
        say("amended")
    with store.transaction():
        store.delete(old[0], at)
        store.add("one", EventRecord(number + 1, at, 0, "deleted", {}))
    say("deleted")
    with store.transaction():
        store.sweep(at + timedelta(days=1))
        store.add("one", EventRecord(number + 2, at, 0, "swept", {}))
    say("swept")
"""
"""What is done with sessions of other days."""

MIGRATES: Final = """
with Store(path) as store:
    say("opened")
    with store.transaction():
        store.add("old-1", EventRecord(2, at, 0, "note", {"value": "a newer one"}))
    say("noted")
"""
COPIES: Final = """
from backcoach.history.backups import back_up

folder = path.parent / "backups"
with Store(path) as store:
    for number in range(2):
        assert back_up(store.db, folder, at + timedelta(days=number))
        say("copied")
        with store.transaction():
            store.begin(new, this_process())
            store.add("one", EventRecord(1, at, 0, "note", {}))
        say("begun")
"""
MENDS: Final = """
from backcoach.history.tending import tend
from backcoach.paths import Paths

tended = tend(Paths(path.parent, path.parent), at)
assert "was damaged" in tended.notice, tended
say("mended")
"""
SESSIONS: Final = 6
"""Of other days."""


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A program with a home of its own, and room beside it."""
    (tmp_path / "home").mkdir()
    return Program(tmp_path / "home")


def whole(path: Path) -> Store:
    """A history that an image holds.

    Raises:
        DamagedError: it is corrupt.
    """
    store = Store(path)
    fault = first_fault(store.db)
    if fault == "ok" and store.db.execute("PRAGMA foreign_key_check").fetchone():
        fault = "something refers to nothing"
    if fault != "ok":
        store.close()
        raise DamagedError(fault)
    return store


# A session that is played


def played(reps: int) -> list[str]:
    """The events of the session, in their order."""
    return ["step", *["rep"] * reps, "stop", *["answer"] * 4, "end", "pain-after"]


def missing_of_a_session(program: Program, said: Sequence[str]) -> str:
    """A session has what was saved, and of what comes after it the beginning or nothing."""
    if not program.history.exists():
        return "the history" if said else ""
    with whole(program.history) as store:
        session = store.session("one")
        if session is None:
            return "the session" if said else ""
        found = [event.kind for event in store.events("one")]
        reps = max(found.count("rep"), said.count("rep"))
        if found != played(reps)[: len(found)]:
            return f"something before the last of {found}"
        if len(found) < len(said) - 1:
            return f"{said[1:]} but for {found}"
        if ("end" in found) != (session.outcome == "pain"):
            return f"the outcome: {session.outcome}"
        if "end" in found and not (session.stops and session.exercises):
            return "what it comes to"
        return ""


# Sessions of other days


def missing_of_other_days(program: Program, said: Sequence[str]) -> str:
    """What was done with them is there as far as it was said, each thing whole."""
    with whole(program.history) as store:
        done = [event.kind for event in store.events("one")]
        if len(done) < len(said):
            return f"{said} but for {done}"
        notes = sum(session.note == "x" * 600 for session in store.sessions())
        amended = done.count("amended") - ("deleted" in done)
        if notes != amended:
            return f"one of {amended} notes, there are {notes}"
        kept = store.count()[0]
        if done and kept != SESSIONS + 1 - ("swept" in done):
            return f"a session: there are {kept}"
        return ""


# The history of an older version

OLD: Final = tuple(f"old-{number}" for number in range(4))


def write_old_version(path: Path) -> None:
    """A history as the first version wrote it: each session has its plan, and one event."""
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("BEGIN")
        for statement in MIGRATIONS[0]:
            db.execute(statement)
        for number, session in enumerate(OLD):
            db.execute(
                "INSERT INTO session VALUES (?, 'r', 'R', ?, '{}', ?, 0, ?, NULL, 'completed', 0,"
                " 1000, 2000, 1, 2, 1, 'boot', '0', '{}')",
                (session, f'{{"version":1,"text":"{"y" * 500 * (number % 2)}"}}', *[STAMP] * 2),
            )
            db.execute(
                "INSERT INTO event (session, seq, at, active_ms, kind, data)"
                " VALUES (?, 1, ?, 1000, 'end', '{\"outcome\":\"completed\"}')",
                (session, STAMP),
            )
        db.execute("PRAGMA user_version = 1")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("COMMIT")


STAMP: Final = evening().isoformat()


def missing_of_the_old_version(program: Program, said: Sequence[str]) -> str:
    """All its sessions are there, in it and in the copy that is kept of it."""
    copy = program.data / "backups" / f"before-version-{LATEST}.db"
    if said and not copy.exists():
        return "the copy"
    for path in (copy,) if copy.exists() else ():
        if rows(path, "PRAGMA integrity_check") != [("ok",)]:
            raise DamagedError(str(path))
        if rows(path, "SELECT count(*) FROM session, pragma_user_version") != [(len(OLD),)]:
            return "sessions of the copy"
    with whole(program.history) as store:
        found = {session: [event.kind for event in store.events(session)] for session in OLD}
        if any("end" not in kinds for kinds in found.values()):
            return f"an old event: {found}"
        if {session.id for session in store.sessions()} != set(OLD):
            return "an old session"
        return "the note" if "noted" in said and "note" not in found["old-1"] else ""


# Copies


def missing_of_copies(program: Program, said: Sequence[str]) -> str:
    """Each copy is there whole or not at all, and the history goes on."""
    expected = SESSIONS + ("begun" in said)
    with whole(program.history) as store:
        if store.count()[0] not in (expected, SESSIONS + 1):
            return "a session"
    copies = sorted((program.data / "backups").glob("history-*.db"))
    if len(copies) < said.count("copied"):
        return f"a copy: {copies}"
    for number, path in enumerate(copies):
        with whole(path) as copy:
            if copy.count()[0] != SESSIONS + number:
                return f"a session of {path.name}"
    return ""


# A damaged history


def damage(path: Path) -> None:
    """Make a page of it unreadable, none with a session on it."""
    root = rows(path, "SELECT rootpage FROM sqlite_schema WHERE name = 'event'")[0][0]
    content = bytearray(path.read_bytes())
    content[(root - 1) * PAGE : root * PAGE] = b"\xff" * PAGE
    path.write_bytes(content)


PAGE: Final = 4096


def missing_of_the_damaged(program: Program, said: Sequence[str]) -> str:
    """It is there as it was, under one name or the other, and its sessions are in the new one."""
    files = [path.read_bytes() for path in program.data.glob("history*.db")]
    if not any(b"\xff" * PAGE in content for content in files):
        return "what was damaged"
    if not said:
        # As the next start does.
        tend(Paths(program.data, program.data), evening())
    with whole(program.history) as store:
        return "" if store.count()[0] == SESSIONS else "sessions"


# The tests

Cut = Callable[[Program, str, int], Tally]


def cut_a_session(program: Program, synchronous: str, images: int) -> Tally:
    """While one is played where nothing was ever played before."""
    return _cut(program, PLAYS, synchronous, missing_of_a_session, images)


def cut_other_days(program: Program, synchronous: str, images: int) -> Tally:
    """While old sessions are amended, deleted and swept away."""
    ten_years(program.history, SESSIONS)
    return _cut(program, KEEPS, synchronous, missing_of_other_days, images)


def cut_a_migration(program: Program, synchronous: str, images: int) -> Tally:
    """While an old version's history becomes one of ours."""
    write_old_version(program.history)
    return _cut(program, MIGRATES, synchronous, missing_of_the_old_version, images)


def cut_copies(program: Program, synchronous: str, images: int) -> Tally:
    """While a history is copied, for the first time and again."""
    ten_years(program.history, SESSIONS)
    return _cut(program, COPIES, synchronous, missing_of_copies, images)


def cut_mending(program: Program, synchronous: str, images: int) -> Tally:
    """While a damaged history is set aside, and what still reads in it taken into a new one."""
    ten_years(program.history, SESSIONS)
    damage(program.history)
    return _cut(program, MENDS, synchronous, missing_of_the_damaged, images)


def _cut(program: Program, code: str, synchronous: str, missing: Missing, images: int) -> Tally:
    if why := why_not_traced():
        pytest.skip(why)
    return cut_power(
        program,
        HEAD + code,
        str(program.history),
        synchronous,
        missing=missing,
        images=images,
    )


CUTS: Final[Sequence[Cut]] = (
    cut_a_session,
    cut_other_days,
    cut_a_migration,
    cut_copies,
    cut_mending,
)


@pytest.mark.parametrize("cut", CUTS)
def test_nothing_is_lost_when_the_power_goes(program: Program, cut: Cut) -> None:
    tally = cut(program, "EXTRA", 3)

    assert tally.images >= tally.calls
    assert tally.faults == 0, tally.first


@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
def test_with_a_weaker_setting_something_would_be(program: Program, synchronous: str) -> None:
    tally = cut_a_session(program, synchronous, 2)

    assert tally.lost
    assert tally.corrupt or synchronous != "OFF"


@pytest.mark.soak
def test_nothing_is_lost_in_thousands_of_images(tmp_path: Path) -> None:
    images = 0
    for cut in CUTS:
        home = tmp_path / cut.__name__
        home.mkdir()
        tally = cut(Program(home), "EXTRA", 40)
        images += tally.images
        print(f"\n{cut.__name__}: {tally}")
        assert tally.faults == 0, tally.first
    assert images >= 3000


@pytest.mark.soak
@pytest.mark.parametrize("synchronous", ["FULL", "NORMAL", "OFF"])
def test_every_weaker_setting_loses_something(program: Program, synchronous: str) -> None:
    tally = cut_a_session(program, synchronous, 12)
    print(f"\n{synchronous}: {tally}")

    assert tally.lost
    assert tally.corrupt or synchronous != "OFF"


# The disk itself


def calls_on(folder: Path, *names: str) -> list[Call]:
    """What one that writes a file may do: by name, in this order."""
    path, other = bytes(folder / "file"), bytes(folder / "other")
    known = {
        "make": Call("openat", (path, "O_RDWR|O_CREAT"), 3),
        "write": Call("pwrite64", ("3", b"n" * 1024, "1024", "0"), 1024),
        "halve": Call("ftruncate", ("3", "512"), 0),
        "sync": Call("fsync", ("3",), 0),
        "rename": Call("rename", (path, other), 0),
        "remove": Call("unlink", (path,), 0),
        "open folder": Call("openat", (bytes(folder), "O_RDONLY"), 4),
        "sync folder": Call("fsync", ("4",), 0),
        "close": Call("close", ("3",), 0),
        "append": Call("write", ("3", b"n", "1"), 1),
        "link": Call("link", (path, other), 0),
        "elsewhere": Call("link", (b"/a", b"/b"), 0),
    }
    return [known[name] for name in names]


def left_after(folder: Path, *names: str) -> set[tuple[tuple[str, bytes | None], ...]]:
    """All that may be left after these calls, as far as many tries find it."""
    disk = Disk(folder)
    for call in calls_on(folder, *names):
        disk.play(call)
    chance = random.Random(0)
    return {tuple(disk.left(chance).items()) for _ in range(400)}


OLDER: Final = b"o" * 1024
NEWER: Final = b"n" * 1024
TORN: Final = {b"o" * 512 + b"n" * 512, b"n" * 512 + b"o" * 512}


@pytest.mark.parametrize(
    ("names", "contents"),
    [
        (["write"], {OLDER, NEWER, *TORN}),
        (["write", "sync"], {NEWER}),
        (["write", "sync", "halve"], {NEWER, b"n" * 512}),
        (["halve", "sync"], {b"o" * 512}),
    ],
)
def test_of_what_is_written_the_synced_is_certain(
    tmp_path: Path, names: list[str], contents: set[bytes]
) -> None:
    (tmp_path / "file").write_bytes(OLDER)

    assert left_after(tmp_path, "make", *names) == {(("file", each),) for each in contents}


@pytest.mark.parametrize(
    ("names", "left"),
    [
        (["rename"], {"file", "other"}),
        (["rename", "open folder", "sync folder"], {"other"}),
        (["remove"], {"file", ""}),
        (["remove", "open folder", "sync folder"], {""}),
        (["remove", "make"], {"file", ""}),
    ],
)
def test_a_name_is_certain_with_its_folder(
    tmp_path: Path, names: list[str], left: set[str]
) -> None:
    (tmp_path / "file").write_bytes(OLDER)

    found = left_after(tmp_path, *names)
    assert {" ".join(name for name, _ in image) for image in found} == left


def test_a_new_file_is_nowhere_without_its_name(tmp_path: Path) -> None:
    found = left_after(tmp_path, "make", "write", "sync")

    assert found == {(), (("file", NEWER),)}


@pytest.mark.parametrize("name", ["append", "link"])
def test_what_the_model_does_not_know_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotImplementedError):
        left_after(tmp_path, "make", name)


@pytest.mark.parametrize("names", [["close", "append"], ["elsewhere"]])
def test_what_is_done_elsewhere_does_not_matter(tmp_path: Path, names: list[str]) -> None:
    assert left_after(tmp_path, "make", *names) == {(), (("file", b""),)}
