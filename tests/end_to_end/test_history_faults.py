"""Whatever is wrong with the history: the session plays to its end, and nothing of it is lost."""

import json
import os
import shlex
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from damage_building import DAMAGES, contents, empty, ids, write_sessions
from end_to_end_terminal import Home, Terminal
from session_building import DECLARED, TIMEOUT_S, Lines, Program

from backcoach.history.backups import list_backups
from backcoach.history.rescue import Finding, diagnose, files_set_aside
from backcoach.history.store import Store

NAMES = [f"session {number:02}" for number in range(30)]
PLAY = ("play", "bird-dogs", "--plain", "--mute", *DECLARED, "--speed", "1000")
END = "4:17  the end: completed"

FULL_DISK = """
import os, resource, sys
size = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
os.execv(sys.argv[2], sys.argv[2:])
"""
"""Runs a program that can't make any file longer than so many bytes: like a full disk."""


IMPATIENT = """
import sys
from backcoach.history import opening, recorder, rescue
import backcoach.plain.player as plain, backcoach.tui.app as app
opening.BUSY_S = rescue.LOOK_S = recorder.RETRY_S = 0.05
plain.CLOSE_S = app.CLOSE_S = app.SOON_S = 0.5
from backcoach.cli.main import main
main()
"""
"""The program, but for how long it waits: as often as it tries here, it does in seconds."""


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A person's machine, whose home takes nothing but through the program."""
    return Program(tmp_path)


def write_and_copy(program: Program) -> None:
    """A month of sessions, and a copy of them."""
    write_sessions(program.history, NAMES)
    done = program.run("backup")
    assert done.returncode == 0, done.stderr


def played(done: CompletedProcess[str]) -> None:
    """The session came to its end, whatever else."""
    assert END in done.stdout, (done.stdout, done.stderr)


def kept_file(done: CompletedProcess[str] | str) -> Path:
    """Where the last words say that the session is."""
    text = done if isinstance(done, str) else done.stdout
    words = " ".join(text.split())
    assert "Not saved in the history: " in words
    quoted = words.split("It is kept: `backcoach import ")[1].split("`")[0]
    return Path(quoted.strip("'"))


def comes_in(program: Program, path: Path, before: int) -> None:
    """The file that was kept can be imported once all is well, and is the whole session."""
    assert path.stat().st_mode & 0o777 == 0o600
    done = program.run("import", str(path), "--yes")
    assert done.returncode == 0, done.stderr
    answer = program.run("history", "--json")
    sessions = json.loads(answer.stdout)["sessions"]
    assert len(sessions) == before + 1
    (new,) = [each for each in sessions if not each["id"].startswith("session ")]
    assert (new["outcome"], new["active_ms"], new["rehearsal"]) == ("completed", 257_000, True)


# What is mended


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_history(program: Program, damage: Callable[[Path], None]) -> None:
    write_and_copy(program)
    before = contents(program.history)
    damage(program.history)
    content = program.history.read_bytes()
    done = program.run(*PLAY)

    played(done)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "Saved."
    (aside,) = files_set_aside(program.history)
    assert aside.read_bytes() == content
    (copy, *_) = [each for each in list_backups(program.data / "backups") if each.sessions == 30]
    assert done.stderr.startswith(
        f"backcoach: The history was damaged. The damaged file is kept as {aside.name}; "
    )
    assert f"`backcoach restore {copy.path.name}` does." in done.stderr
    back = program.run("restore", copy.path.name, "--yes")
    assert back.returncode == 0, back.stderr
    new = ids(program.history) - set(NAMES)
    assert len(new) == 1
    assert [row for row in contents(program.history) if row[0] not in new] == before


@pytest.mark.parametrize("loss", [empty, Path.unlink], ids=["0-bytes", "missing"])
def test_a_history_that_is_gone(program: Program, loss: Callable[[Path], None]) -> None:
    write_and_copy(program)
    loss(program.history)
    done = program.run(*PLAY)

    played(done)
    assert done.returncode == 0
    copy = next(each for each in list_backups(program.data / "backups") if each.sessions == 30)
    assert done.stderr == (
        "backcoach: The history is gone: its file is missing or empty. A copy of "
        f"{copy.at.astimezone():%-d %B %Y} can bring back 30 sessions. "
        f"`backcoach restore {copy.path.name}` does.\n"
    )
    program.run("restore", copy.path.name, "--yes")
    assert len(ids(program.history)) == 31


def test_a_damaged_history_without_any_copy(program: Program) -> None:
    write_sessions(program.history, NAMES)
    DAMAGES["corrupt"](program.history)
    done = program.run(*PLAY)

    played(done)
    assert "30 sessions that could be read in it are in the new one." in done.stderr
    assert len(ids(program.history)) == 31


def test_a_history_that_is_damaged_while_somebody_plays(program: Program) -> None:
    write_and_copy(program)
    # Slow enough that it still plays when this process, on a busy machine, has read of a hold.
    with program.start([sys.executable, "-c", IMPATIENT, *PLAY, "--speed", "50"]) as process:
        lines = Lines(process)
        lines.until("hold")
        DAMAGES["garbage"](program.history)
        lines.until(END)
        lines.until("Saved.")
        assert process.wait(TIMEOUT_S) == 0
        assert process.stderr
        errors = process.stderr.read().decode()

    assert "The history was damaged." in errors
    assert diagnose(program.history).finding is Finding.FINE
    answer = program.run("history", "--json")
    (new,) = json.loads(answer.stdout)["sessions"]
    assert (new["outcome"], new["active_ms"]) == ("completed", 257_000)


def test_a_damaged_history_in_the_app(home: Home) -> None:
    program = Program(home.folder)
    write_and_copy(program)
    DAMAGES["garbage"](program.history)
    terminal = home.play("bird-dogs", "--speed", "400", "--mute")
    terminal.wait_for("HOW MUCH NOW?", 30)
    terminal.press("2")
    terminal.wait_until(lambda text: "saved" in text and "not saved" not in text)
    terminal.signal(signal.SIGTERM)
    assert terminal.wait_exit() == 143

    assert diagnose(program.history).finding is Finding.FINE
    (session,) = home.sessions()
    assert session["outcome"] == "completed"
    assert len(files_set_aside(program.history)) == 1
    assert "The history was damaged." in terminal.raw.decode()


# What is kept elsewhere


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program has the file for itself, all the time."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def test_a_history_that_is_locked_the_whole_time(program: Program) -> None:
    write_sessions(program.history, NAMES)
    with locked(program.history):
        done = program.python(IMPATIENT, *PLAY)

    played(done)
    assert done.returncode == 1
    problem = f"{program.history}: it is locked: another program has it"
    assert f"Not saved in the history: {problem}. It is kept: " in done.stdout
    path = kept_file(done)
    assert path.parent == program.home
    comes_in(program, path, before=30)


def test_a_folder_where_the_journal_goes(program: Program) -> None:
    write_sessions(program.history, NAMES)
    journal = program.history.with_name("history.db-journal")
    journal.mkdir()
    done = program.python(IMPATIENT, *PLAY)

    played(done)
    assert done.returncode == 1
    assert f"{program.history}: reading or writing fails" in done.stdout
    assert files_set_aside(program.history) == []
    path = kept_file(done)
    journal.rmdir()
    comes_in(program, path, before=30)


def test_a_file_where_the_folder_goes(program: Program) -> None:
    program.data.write_text("in the way", "utf-8")
    done = program.python(IMPATIENT, *PLAY)

    played(done)
    assert done.returncode == 1
    path = kept_file(done)
    program.data.unlink()
    comes_in(program, path, before=0)


def test_a_full_disk(program: Program) -> None:
    write_sessions(program.history, NAMES)
    size = program.history.stat().st_size
    before = contents(program.history)
    limited = [sys.executable, "-c", FULL_DISK, str(size), sys.executable, "-c", IMPATIENT, *PLAY]
    with program.start(limited) as process:
        out, errors = process.communicate(timeout=TIMEOUT_S)
    text = out.decode()

    assert END in text, errors
    assert process.returncode == 1
    assert f"{program.history}: reading or writing fails: the disk may be full" in text
    assert contents(program.history) == before
    comes_in(program, kept_file(text), before=30)


SMALL_DISK = """
cp {data}/history.db {home}/before.db
mount -t tmpfs -o size=300k small {data} || exit 99
cp {home}/before.db {data}/history.db
head -c 400000 /dev/zero >{data}/fills 2>/dev/null
"$@"; status=$?
cp {data}/history.db {home}/after.db
exit $status
"""
READ_ONLY = """
mount --bind {data} {data} && mount -o remount,bind,ro {data} || exit 99
"$@"; status=$?
cp {data}/history.db {home}/after.db
exit $status
"""


@pytest.mark.skipif(shutil.which("unshare") is None or os.geteuid() != 0, reason="mounts disks")
@pytest.mark.parametrize(
    ("mounts", "words"), [(SMALL_DISK, "the disk is full"), (READ_ONLY, "it is read-only")]
)
def test_a_disk_that_is_really_full_or_read_only(program: Program, mounts: str, words: str) -> None:
    before = contents(write_sessions(program.history, NAMES))
    script = mounts.format(data=shlex.quote(str(program.data)), home=shlex.quote(str(program.home)))
    command = ["unshare", "-m", "sh", "-c", script, "sh", sys.executable, "-c", IMPATIENT, *PLAY]
    with program.start(command) as process:
        out, errors = process.communicate(timeout=TIMEOUT_S)
    text = out.decode()
    if process.returncode == 99 or "unshare" in errors.decode():
        pytest.skip(f"nothing can be mounted here: {errors.decode()}")

    assert END in text
    assert f"{program.history}: {words}" in text
    assert contents(program.home / "after.db") == before
    comes_in(program, kept_file(text), before=30)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("mode", [0o400, 0o000], ids=["read-only", "no permission"])
def test_a_file_that_may_not_be_written(program: Program, mode: int) -> None:
    write_sessions(program.history, NAMES).chmod(mode)
    done = program.python(IMPATIENT, *PLAY)

    played(done)
    assert done.returncode == 1
    path = kept_file(done)
    program.history.chmod(0o600)
    comes_in(program, path, before=30)


def test_a_newer_versions_history(program: Program) -> None:
    with Store(write_sessions(program.history, NAMES)) as store:
        store.db.execute("PRAGMA user_version = 99")
        store.db.execute("UPDATE meta SET value = '99'")
    content = program.history.read_bytes()
    done = program.python(IMPATIENT, *PLAY)

    played(done)
    assert done.returncode == 1
    assert "made by a newer version of backcoach" in done.stderr
    path = kept_file(done)
    assert program.history.read_bytes() == content
    export = program.run("export")
    assert export.returncode == 0, export.stderr
    assert len(export.stdout.splitlines()) == 31
    program.history.unlink()
    comes_in(program, path, before=0)


def test_the_app_says_where_a_session_is_that_could_not_be_saved(home: Home) -> None:
    program = Program(home.folder)
    write_sessions(program.history, NAMES)
    with locked(program.history):
        command = [sys.executable, "-c", IMPATIENT, "play", "bird-dogs", *DECLARED]
        terminal = Terminal([*command, "--speed", "400", "--mute"], home.env, (150, 40))
        home.keep(terminal)
        terminal.wait_for("HOW MUCH NOW?", 30)
        terminal.wait_for("not saved yet", 20)
        terminal.press("\x03")
        assert terminal.wait_exit(30) == 130

    comes_in(program, kept_file(terminal.raw.decode().split("Saving")[-1]), before=30)


def test_where_no_folder_takes_it_that_is_said(program: Program) -> None:
    write_sessions(program.history, NAMES)
    # Nothing at all can be written.
    limited = [sys.executable, "-c", FULL_DISK, "0", sys.executable, "-c", IMPATIENT, *PLAY]
    with program.start(limited) as process:
        out, _ = process.communicate(timeout=TIMEOUT_S)

    text = out.decode()
    assert END in text
    assert text.splitlines()[-1].endswith("No other folder takes it either.")
