"""Copies of the history made, listed and brought back; and everything erased."""

import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from damage_building import (
    DAMAGES,
    begin_running,
    contents,
    days_ago,
    empty,
    garbage,
    ids,
    write_sessions,
    write_version_1,
)
from end_to_end_terminal import Terminal
from session_building import Program, new_session, rows

from backcoach.cli import backup as backup_module
from backcoach.cli import doctor, erase, restore
from backcoach.cli.main import Context
from backcoach.errors import BackcoachError, UnreadableError
from backcoach.history import opening
from backcoach.history.backups import NEWEST, back_up, list_backups
from backcoach.history.opening import connect, copy_pages
from backcoach.history.rescue import Finding, diagnose, files_set_aside
from backcoach.history.store import Store
from backcoach.history.tending import Tended, tend
from backcoach.paths import Paths

NAMES = [f"session {number:02}" for number in range(20)]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A person's machine."""
    return Program(tmp_path)


@pytest.fixture
def paths(program: Program) -> Paths:
    """Its folders."""
    return Paths(data=program.data, config=program.home / "config")


def run(paths: Paths, command: str, *args: str) -> Result:
    """Run a command without a terminal; its errors are raised."""
    module = {"backup": backup_module, "restore": restore, "erase": erase, "doctor": doctor}
    return CliRunner().invoke(
        module[command].command, args, obj=Context(paths), catch_exceptions=False
    )


def refused(paths: Paths, *args: str) -> str:
    """The words with which a command refuses."""
    with pytest.raises(BackcoachError) as caught:
        run(paths, *args)
    return str(caught.value)


def copy_of(paths: Paths, days: float = 1) -> Path:
    """A copy of the history, so many days old."""
    with Store(paths.history) as store:
        made = back_up(store.db, paths.backups, days_ago(days))
    assert made
    return made


# backup


def test_a_copy_is_made_and_said(paths: Paths) -> None:
    write_sessions(paths.history, NAMES)
    result = run(paths, "backup")

    (made,) = list_backups(paths.backups)
    assert result.output == f"{made.path}: 20 sessions, 60 events, checked\n"
    assert contents(made.path) == contents(paths.history)
    assert run(paths, "backup").output == f"Nothing has changed since {made.path.name}.\n"


def test_a_copy_goes_where_it_should_and_never_over_a_file(paths: Paths, tmp_path: Path) -> None:
    write_sessions(paths.history)
    target = tmp_path / "my copy.db"
    assert "1 session, 3 events" in run(paths, "backup", str(target)).output
    assert contents(target) == contents(paths.history)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list_backups(paths.backups) == []

    content = target.read_bytes()
    write_sessions(paths.history, ["more"])
    with pytest.raises(UnreadableError, match="there is a file"):
        run(paths, "backup", str(target))
    assert target.read_bytes() == content


def test_what_can_not_be_copied_is_said(paths: Paths, tmp_path: Path) -> None:
    assert "no history yet" in refused(paths, "backup")
    write_sessions(paths.history)
    assert "No such file" in refused(paths, "backup", str(tmp_path / "missing" / "copy.db"))
    garbage(paths.history)
    words = refused(paths, "backup")
    assert str(paths.history) in words
    assert "`backcoach restore` helps" in words


# restore


def test_the_copies_are_listed_with_what_they_would_bring_back(paths: Paths) -> None:
    write_sessions(paths.history, NAMES)
    made = copy_of(paths)
    paths.history.unlink()
    write_sessions(paths.history, NAMES[:15])
    broken = paths.backups / "history-2026-01-01T000000Z.db"
    garbage(broken)

    first, second = run(paths, "restore").output.splitlines()
    assert first.endswith(f"20 sessions,    5 of them missing here  {made.name}")
    assert second.endswith(f"can't be read  {broken.name}")


def test_without_copies_that_is_said(paths: Paths) -> None:
    assert "There is no copy of the history" in run(paths, "restore").output
    assert "no copy of the history yet" in refused(paths, "restore", "latest")


def test_it_says_what_would_change_and_needs_a_yes(paths: Paths) -> None:
    write_sessions(paths.history, NAMES)
    made = copy_of(paths)
    paths.history.unlink()
    write_sessions(paths.history, [*NAMES[:15], "new"])
    content = paths.history.read_bytes()
    result = run(paths, "restore", "latest")

    assert result.exit_code == 2
    assert f"{made.name}: 5 sessions would come back, " in result.output
    assert "; in both: 15; only here: 1, not touched." in result.output
    assert "--yes is needed" in result.output
    assert paths.history.read_bytes() == content

    assert "Done: 5 sessions came back." in run(paths, "restore", "latest", "--yes").output
    assert ids(paths.history) == {*NAMES, "new"}
    assert "Nothing would change" in run(paths, "restore", made.name, "--yes").output


@pytest.mark.parametrize(("answer", "came"), [("y\r", True), ("n\r", False)])
def test_in_a_terminal_it_asks(program: Program, paths: Paths, answer: str, came: bool) -> None:
    write_sessions(paths.history, NAMES)
    copy_of(paths)
    paths.history.unlink()
    write_sessions(paths.history, ["new"])
    terminal = Terminal(program.command("restore", "latest"), program.env())
    try:
        terminal.wait_for("Do that?")
        terminal.press(answer)
        assert terminal.wait_exit() == 0
    finally:
        terminal.close()

    assert ids(paths.history) == ({*NAMES, "new"} if came else {"new"})


@pytest.mark.parametrize("way", ["name", "path", "latest"])
def test_a_copy_is_named_in_three_ways(paths: Paths, way: str) -> None:
    write_sessions(paths.history)
    made = copy_of(paths)
    paths.history.unlink()
    named = {"name": made.name, "path": str(made), "latest": "latest"}

    assert "1 session came back" in run(paths, "restore", named[way], "--yes").output
    assert contents(paths.history) == contents(made)


@pytest.mark.parametrize("damage", [*DAMAGES.values(), empty], ids=[*DAMAGES, "empty"])
def test_a_damaged_history_is_set_aside_first(paths: Paths, damage: Callable[[Path], None]) -> None:
    write_sessions(paths.history, NAMES)
    before = contents(paths.history)
    copy_of(paths)
    damage(paths.history)
    content = paths.history.read_bytes()
    run(paths, "restore", "latest", "--yes")

    assert contents(paths.history) == before
    (aside,) = files_set_aside(paths.history)
    assert aside.read_bytes() == content


def test_what_reads_in_a_damaged_one_is_kept_without_any_copy(paths: Paths) -> None:
    write_sessions(paths.history, NAMES)
    DAMAGES["corrupt"](paths.history)
    result = run(paths, "restore")

    assert "The history was damaged." in result.stderr
    assert ids(paths.history) == set(NAMES)


def test_exactly_makes_it_what_it_was_and_keeps_what_is(paths: Paths) -> None:
    write_sessions(paths.history, NAMES)
    made = copy_of(paths)
    write_sessions(paths.history, ["new"])
    with Store(paths.history) as store, store.transaction():
        store.delete(NAMES[0], days_ago(0))
    now = contents(paths.history)
    result = run(paths, "restore", "latest", "--exactly", "--yes")

    assert "only here: 1, gone then" in result.output
    assert contents(paths.history) == contents(made)
    assert contents(list_backups(paths.backups)[0].path) == now
    assert rows(paths.history, "PRAGMA integrity_check") == [("ok",)]


def test_exactly_stays_so_whatever_was_set_aside(paths: Paths) -> None:
    write_sessions(paths.history, NAMES)
    made = copy_of(paths)
    write_sessions(paths.history, ["new"])
    DAMAGES["corrupt"](paths.history)
    run(paths, "restore", made.name, "--exactly", "--yes")
    assert tend(paths, days_ago(0)) == Tended()

    assert contents(paths.history) == contents(made)
    assert len(files_set_aside(paths.history)) == 1


def test_exactly_an_older_version_is_brought_to_ours(paths: Paths, tmp_path: Path) -> None:
    old = write_version_1(tmp_path / "old.db", [new_session("old"), new_session("older")])
    write_sessions(paths.history)
    run(paths, "restore", str(old), "--exactly", "--yes")

    assert ids(paths.history) == {"old", "older"}
    assert rows(paths.history, "PRAGMA user_version") == [(2,)]


def test_exactly_waits_for_a_running_session_and_merging_need_not(paths: Paths) -> None:
    write_sessions(paths.history, NAMES)
    copy_of(paths)
    paths.history.unlink()
    begin_running(paths.history)

    assert "a session runs" in refused(paths, "restore", "latest", "--exactly", "--yes")
    assert ids(paths.history) == {"now"}
    run(paths, "restore", "latest", "--yes")
    assert ids(paths.history) == {*NAMES, "now"}


def test_the_copy_that_is_wanted_is_not_thinned_away_first(paths: Paths) -> None:
    for number in range(NEWEST):
        write_sessions(paths.history, [NAMES[number]])
        copy_of(paths, 0.5 - number / 100)
    wanted = list_backups(paths.backups)[-1].path
    write_sessions(paths.history, ["new"])
    run(paths, "restore", wanted.name, "--exactly", "--yes")

    assert ids(paths.history) == ids(wanted) == {NAMES[0]}


def test_the_history_itself_is_no_copy_of_it(paths: Paths) -> None:
    write_sessions(paths.history)

    said = refused(paths, "restore", str(paths.history), "--exactly", "--yes")
    assert "the history itself" in said


def test_exactly_gives_up_on_a_file_that_stays_locked(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "BUSY_S", 0.1)
    write_sessions(paths.history)
    made = copy_of(paths)
    write_sessions(paths.history, ["new"])
    with Store(paths.history) as store, closing(connect(made)) as there:
        there.execute("BEGIN EXCLUSIVE")
        with closing(connect(made)) as again, pytest.raises(sqlite3.OperationalError):
            copy_pages(again, store.db)

    assert ids(paths.history) == {"one", "new"}


def test_what_is_no_whole_copy_is_refused_and_changes_nothing(paths: Paths, tmp_path: Path) -> None:
    content = write_sessions(paths.history).read_bytes()
    bad = tmp_path / "bad.db"
    garbage(bad)
    newer = write_sessions(tmp_path / "newer.db", ["newer"])
    with Store(newer) as store:
        store.db.execute("PRAGMA user_version = 99")
        store.db.execute("UPDATE meta SET value = '99'")
    for file, words in (
        (str(bad), "it is damaged (file is not a database)"),
        (str(newer), "made by a newer version"),
        (str(tmp_path / "missing.db"), "there is no such copy"),
        (str(tmp_path), "it is no file"),
    ):
        with pytest.raises(UnreadableError) as caught:
            run(paths, "restore", file, "--yes")
        assert words in str(caught.value)
    assert run(paths, "restore", "--exactly").exit_code == 2
    assert paths.history.read_bytes() == content


def test_a_newer_versions_history_gets_nothing(paths: Paths) -> None:
    write_sessions(paths.history)
    copy_of(paths)
    with Store(paths.history) as store:
        store.db.execute("PRAGMA user_version = 99")
        store.db.execute("UPDATE meta SET value = '99'")

    assert "newer version" in refused(paths, "restore", "latest", "--yes")


# erase


def everything(paths: Paths) -> None:
    """All that can be there of a person, and what stays."""
    write_sessions(paths.history, NAMES)
    copy_of(paths)
    garbage(paths.data / "history.corrupt-2026-11-22T231500Z.db")
    (paths.data / "compiled").mkdir()
    for path in (paths.log, paths.accepted):
        path.write_text("words", "utf-8")
    paths.routines.mkdir(parents=True)
    for path in (paths.settings, paths.routines / "mine.toml"):
        path.write_text("words", "utf-8")


def test_all_that_was_written_down_goes_and_what_was_made_stays(paths: Paths) -> None:
    everything(paths)
    result = run(paths, "erase", "--yes", "--everything")

    assert list(paths.data.iterdir()) == []
    assert (paths.routines / "mine.toml").exists()
    assert paths.settings.exists()
    assert f"Your settings and routines in {paths.config} stay." in result.output
    for path in (paths.history, paths.backups, paths.log, paths.accepted):
        assert str(path) in result.output
    assert "nothing to erase" in run(paths, "erase", "--yes", "--everything").output


def test_what_a_link_leads_to_goes_too(paths: Paths, tmp_path: Path) -> None:
    elsewhere = write_sessions(tmp_path / "elsewhere" / "history.db")
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / "history-2026-01-01T000000Z.db").write_bytes(b"")
    paths.data.mkdir()
    paths.history.symlink_to(elsewhere)
    paths.backups.symlink_to(tmp_path / "copies")
    run(paths, "erase", "--yes", "--everything")

    assert not elsewhere.exists()
    assert not (tmp_path / "copies").exists()
    assert list(paths.data.iterdir()) == []


@pytest.mark.parametrize(
    ("args", "words"),
    [((), "--yes --everything is needed"), (("--yes",), "--yes needs --everything")],
)
def test_without_a_terminal_it_takes_both_words(
    paths: Paths, args: tuple[str, ...], words: str
) -> None:
    everything(paths)
    result = run(paths, "erase", *args)

    assert result.exit_code == 2
    assert words in result.output
    assert diagnose(paths.history).finding is Finding.FINE


def test_it_waits_for_a_running_session(paths: Paths) -> None:
    begin_running(paths.history)

    assert "a session runs" in refused(paths, "erase", "--yes", "--everything")
    assert paths.history.exists()


def test_a_damaged_history_can_be_erased(paths: Paths) -> None:
    paths.data.mkdir()
    garbage(paths.history)
    run(paths, "erase", "--yes", "--everything")

    assert list(paths.data.iterdir()) == []


@pytest.mark.parametrize(
    ("answers", "gone"),
    [(("y\r", "erase\r"), True), (("y\r", "yes\r"), False), (("n\r",), False)],
)
def test_in_a_terminal_it_asks_twice(
    program: Program, answers: tuple[str, ...], gone: bool
) -> None:
    write_sessions(program.history)
    terminal = Terminal(program.command("erase"), program.env())
    try:
        for question, answer in zip(("Erase all of this?", "Type erase"), answers, strict=False):
            terminal.wait_for(question)
            terminal.press(answer)
        assert terminal.wait_exit() == 0
    finally:
        terminal.close()

    assert program.history.exists() is not gone


@pytest.mark.parametrize("args", [("erase",), ("restore", "latest", "--exactly")])
def test_a_session_that_began_while_it_was_asked_is_waited_for(
    program: Program, paths: Paths, args: tuple[str, ...]
) -> None:
    write_sessions(paths.history)
    copy_of(paths)
    write_sessions(paths.history, ["new"])
    terminal = Terminal(program.command(*args), program.env())
    try:
        terminal.wait_for("[y/N]")
        begin_running(paths.history)
        terminal.press("y\r")
        if args == ("erase",):
            terminal.wait_for("Type erase")
            terminal.press("erase\r")
        assert terminal.wait_exit() == 1
    finally:
        terminal.close()

    assert ids(paths.history) == {"one", "new", "now"}


# What is said elsewhere


def test_commands_say_what_is_wrong_and_what_helps(program: Program) -> None:
    program.data.mkdir()
    garbage(program.history)
    content = program.history.read_bytes()
    for command in (("history",), ("history", "--json"), ("export",), ("backup",)):
        done = program.run(*command)
        assert done.returncode == 1, command
        assert done.stdout == ""
        assert done.stderr == (
            f"backcoach: {program.history}: it is damaged. `backcoach restore` helps "
            "(file is not a database)\n"
        )
    assert program.history.read_bytes() == content


@pytest.mark.parametrize("loss", [empty, Path.unlink], ids=["empty", "missing"])
def test_a_history_that_is_gone_is_not_taken_for_a_new_one(
    program: Program, paths: Paths, loss: Callable[[Path], None]
) -> None:
    write_sessions(paths.history, NAMES)
    copy_of(paths)
    loss(paths.history)
    for command in ("history", "export", "backup"):
        done = program.run(command)
        assert done.returncode == 1
        assert done.stderr.startswith(f"backcoach: {program.history}: ")
        assert done.stderr.endswith(
            ", but there are copies of one: `backcoach restore` lists them\n"
        )
    found = run(paths, "doctor", "--silent")
    assert found.exit_code == 1
    assert "there are copies of one: `backcoach restore` lists them" in found.output


def test_doctor_says_how_the_history_is(paths: Paths) -> None:
    assert "no copy yet: one is made after a session" in run(paths, "doctor", "--silent").output
    write_sessions(paths.history)
    copy_of(paths, days=-(2**16))
    fine = run(paths, "doctor", "--silent").output
    assert f"history    {paths.history}: checked, and whole" in fine
    assert "a copy, the newest of today" in fine
    garbage(paths.history)
    result = run(paths, "doctor", "--silent")
    assert result.exit_code == 1
    assert "it is damaged" in result.output
    as_json = run(paths, "doctor", "--silent", "--json").output
    assert '"finding": "damaged"' in as_json
    assert '"backups": 1' in as_json
