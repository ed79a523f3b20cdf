"""`export` and `import`: the installed commands, their files, and what they say."""

import os
import stat
import subprocess
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from end_to_end_terminal import Terminal
from session_building import (
    TIMEOUT_S,
    Program,
    evening,
    new_session,
    record,
    unprintable,
)
from transfer_building import EVENTS, exported, told, write, write_three

from backcoach.cli.dates import read_since
from backcoach.cli.main import Context, cli
from backcoach.history.store import Store
from backcoach.paths import find_paths


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A home with three sessions."""
    program = Program(tmp_path)
    write_three(program.history)
    return program


@pytest.fixture
def other(tmp_path: Path) -> Program:
    """A home without a history."""
    (tmp_path / "other").mkdir()
    return Program(tmp_path / "other")


def called(program: Program, *args: str, typed: str | bytes | None = None) -> Result:
    """A command, in this process."""
    context = Context(find_paths(str(program.data), str(program.home / "config")))
    return CliRunner(env=program.env()).invoke(cli, args, obj=context, input=typed)


def words(result: Result) -> str:
    """Everything that a person is told, the error included."""
    return result.output + ("" if result.exception is None else str(result.exception))


# export


def test_everything_goes_to_the_standard_output(program: Program) -> None:
    done = program.run("export")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == exported(program.history)


def test_a_file_is_private_and_says_what_is_in_it(program: Program) -> None:
    file = program.home / "mine.jsonl"
    result = called(program, "export", str(file))

    assert (result.exit_code, result.stdout) == (0, "")
    assert f"written: {file}" in result.stderr
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text("ascii") == exported(program.history)


def test_a_file_that_is_there_stays(program: Program) -> None:
    file = program.home / "mine.jsonl"
    file.write_text("dear diary", "utf-8")
    result = called(program, "export", str(file))

    assert "there is such a file already: --force writes over it" in words(result)
    assert file.read_text("utf-8") == "dear diary"
    assert sorted(each.name for each in program.home.iterdir()) == ["data", "mine.jsonl"]


def test_with_force_it_is_written_over(program: Program) -> None:
    file = program.home / "mine.jsonl"
    file.write_text("dear diary", "utf-8")
    file.chmod(0o644)
    link = program.home / "link"
    link.symlink_to(file)

    assert called(program, "export", str(link), "--force").exit_code == 0
    assert link.is_symlink()
    assert file.read_text("ascii") == exported(program.history)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_is_no_file_is_never_written_over(program: Program) -> None:
    done = program.run("export", "/dev/null", "--force")

    assert done.returncode == 2
    assert "no file that can be written over" in done.stderr
    assert Path("/dev/null").is_char_device()


def test_a_history_is_never_written_over(program: Program) -> None:
    before = program.history.read_bytes()
    result = called(program, "export", str(program.history), "--format", "jsonl", "--force")

    assert "no file that can be written over" in words(result)
    assert program.history.read_bytes() == before


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_where_nothing_can_be_written_nothing_is_left(
    program: Program, force: tuple[str, ...]
) -> None:
    done = program.run("export", "nowhere/mine.jsonl", *force)

    assert done.returncode == 2
    assert done.stderr.startswith("backcoach: nowhere/mine.jsonl: No such file")
    assert [each.name for each in program.home.iterdir()] == ["data"]


def test_a_damaged_history_leaves_no_half_a_file(program: Program) -> None:
    with Store(program.history) as store, store.transaction():
        store.db.execute("UPDATE session SET answers = '{' WHERE id = 'west-3'")
    done = program.run("export", "mine.jsonl")

    assert done.returncode == 1
    assert str(program.history) in done.stderr
    assert [each.name for each in program.home.iterdir()] == ["data"]


@pytest.mark.parametrize("args", [("mine.csv",), ("mine.txt", "--format", "csv")])
def test_a_sheet_is_asked_for_by_name_or_by_format(program: Program, args: tuple[str, ...]) -> None:
    assert program.run("export", *args).returncode == 0

    text = (program.home / args[0]).read_bytes().decode()
    assert text.startswith("session,started_at,")
    assert "'=steif\nund müde \N{FLEXED BICEPS}" in text


@pytest.mark.parametrize("name", ["mine.json", "mine.JSONL", "mine"])
def test_lines_are_asked_for_by_name_or_by_none(program: Program, name: str) -> None:
    file = program.home / name

    assert called(program, "export", str(file)).exit_code == 0
    assert file.read_text("ascii") == exported(program.history)


@pytest.mark.parametrize("name", ["y.pdf", "mine.xlsx", "mine.csv.gz"])
def test_another_ending_is_no_export(program: Program, name: str) -> None:
    result = called(program, "export", str(program.home / name))

    assert (result.exit_code, result.stdout) == (2, "")
    for ending in (".jsonl", ".json", ".csv", "--format", "Nothing was written"):
        assert ending in result.stderr
    assert not (program.home / name).exists()


def test_what_is_typed_wrong_is_shown_as_text(program: Program) -> None:
    done = program.run("export", "a\x1b[2J.pdf")

    assert done.returncode == 2
    assert unprintable(done.stderr) == set()


def test_a_sheet_is_utf_8_whatever_the_terminal_has(program: Program) -> None:
    done = program.run("export", "--format", "csv", env={"LC_ALL": "C", "PYTHONUTF8": "0"})

    assert "und müde \N{FLEXED BICEPS}" in done.stdout


def test_only_the_newest(program: Program) -> None:
    assert '"sessions":1}' in called(program, "export", "--since", "2026-03-31").stdout
    assert '"sessions":0}' in called(program, "export", "--since", "today").stdout


@pytest.mark.parametrize(
    ("since", "first"),
    [
        (None, None),
        ("1d", date(2026, 3, 1)),
        ("28d", date(2026, 2, 2)),
        ("today", date(2026, 3, 1)),
        ("Yesterday", date(2026, 2, 28)),
        ("2025-12-31", date(2025, 12, 31)),
    ],
)
def test_days_count_from_today(since: str | None, first: date | None) -> None:
    assert read_since(since, date(2026, 3, 1)) == first


@pytest.mark.parametrize("since", ["0d", "soon", "1500-01-01", "2026-13-01", "99999999999d"])
def test_what_is_no_day(program: Program, since: str) -> None:
    result = called(program, "export", "--since", since)

    assert result.exit_code == 2
    assert "--since" in result.output


def test_no_history_is_exported_as_none(other: Program) -> None:
    assert called(other, "export").stdout == '{"backcoach":"history","version":1,"sessions":0}\n'
    assert not other.data.exists()


def test_who_stops_reading_is_no_crash(program: Program) -> None:
    done = program.shell('"$@" | head -c 5', "export")

    assert (done.stdout, done.stderr) == ('{"bac', "")


# import


def test_there_and_back_nothing_is_lost(program: Program) -> None:
    file = program.home / "mine.jsonl"
    called(program, "export", str(file))
    before = called(program, "history", "--json").stdout
    program.history.unlink()
    result = called(program, "import", str(file), "--yes")

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "3 new sessions from 2026-03-29 to 2026-03-31",
        "Imported.",
    ]
    assert called(program, "history", "--json").stdout == before
    assert exported(program.history) == file.read_text("ascii")


def test_a_second_time_there_is_nothing_new(program: Program) -> None:
    file = program.home / "mine.jsonl"
    called(program, "export", str(file))

    assert called(program, "import", str(file)).stdout.splitlines() == [
        "3 sessions are here already",
        "There is nothing new in it.",
    ]


def test_all_that_would_come_is_told_first(program: Program, other: Program) -> None:
    write(other.history, new_session("hurt-1"), *EVENTS[:2])
    write(other.history, new_session("kill-2", evening(90_000), name="Another"))
    with Store(other.history) as store, store.transaction():
        store.delete("hurt-1", evening())
    before = told(other.history)
    result = called(other, "import", "-", "--yes", typed=exported(program.history))

    assert result.stdout.splitlines() == [
        "1 new session of 2026-03-31",
        "1 session is here already",
        "  1 of these gets 8 more events",
        "  1 of these was deleted here, and comes back",
        "1 session differs from what is here, and stays as it is here",
        "Imported.",
    ]
    assert [each["id"] for each in before] == ["kill-2"]
    assert {each["id"] for each in told(other.history)} == {"hurt-1", "kill-2", "west-3"}


def test_without_a_terminal_nobody_is_asked(program: Program, other: Program) -> None:
    file = program.home / "mine.jsonl"
    called(program, "export", str(file))
    done = other.run("import", str(file))

    assert done.returncode == 2
    assert "3 new sessions" in done.stdout
    assert "say --yes" in done.stderr
    assert not other.history.exists()


def test_from_a_pipe_it_has_to_be_said(other: Program) -> None:
    result = called(other, "import", "-", typed="")

    assert result.exit_code == 2
    assert "--yes" in result.output


def test_a_pipe_from_one_program_to_the_other(program: Program, other: Program) -> None:
    done = subprocess.run(
        other.command("import", "-", "--yes"),
        env=other.env(),
        input=exported(program.history).encode(),
        capture_output=True,
        timeout=TIMEOUT_S,
        check=True,
    )

    assert done.stderr == b""
    assert told(other.history) == told(program.history)


def test_a_file_that_can_be_read_once_is_enough(program: Program, other: Program) -> None:
    called(program, "export", str(other.home / "mine.jsonl"))
    os.mkfifo(other.home / "pipe")
    done = other.shell('cat mine.jsonl > pipe & exec "$@"', "import", "pipe", "--yes")

    assert done.stdout.endswith("Imported.\n")
    assert told(other.history) == told(program.history)


@pytest.mark.parametrize(("key", "count"), [("y", 3), ("n", 0), ("", 0)])
def test_at_a_terminal_it_is_asked(program: Program, other: Program, key: str, count: int) -> None:
    file = other.home / "mine.jsonl"
    called(program, "export", str(file))
    terminal = Terminal(other.command("import", str(file)), other.env(), (200, 24))
    try:
        terminal.wait_for("Import this? [y/N]:")
        assert "3 new sessions from 2026-03-29 to 2026-03-31" in terminal.text
        assert not other.history.exists()
        terminal.press(f"{key}\r")
        assert terminal.wait_exit() == 0
    finally:
        terminal.close()

    assert other.history.exists() is (count > 0)
    assert count == 0 or len(told(other.history)) == count


def test_a_wrong_file_is_said_with_its_lines_and_nothing_is_made(other: Program) -> None:
    file = other.home / "bad\x1b.jsonl"
    file.write_text('{"backcoach": "history", "version": 1, "sessions": 1}\n{"id": 1}\n', "utf-8")
    done = other.run("import", str(file), "--yes")

    assert (done.returncode, done.stdout) == (1, "")
    assert ".jsonl:2: id has to be a text, not empty" in done.stderr
    assert done.stderr.endswith("Nothing was imported.\n")
    assert "\x1b" not in done.stderr
    assert not other.data.exists()


@pytest.mark.parametrize(("name", "why"), [("none", "No such file"), (".", "Is a directory")])
def test_what_can_not_be_read_is_said(other: Program, name: str, why: str) -> None:
    done = other.run("import", name, "--yes")

    assert done.returncode == 2
    assert f"backcoach: {name}: {why}" in done.stderr


def test_a_history_of_a_newer_version_takes_nothing(program: Program, other: Program) -> None:
    write(other.history, new_session("mine"), record(1, "end", 9, outcome="ended"))
    with Store(other.history) as store, store.transaction():
        store.db.execute("UPDATE meta SET value = '99' WHERE key = 'min_writer'")
        store.db.execute("PRAGMA user_version = 99")
    result = called(other, "import", "-", "--yes", typed=exported(program.history))

    assert "newer version" in words(result)
    assert called(other, "export").stdout.startswith('{"backcoach":"history"')


def test_a_fault_while_it_is_written_leaves_nothing(program: Program, other: Program) -> None:
    write(other.history, new_session("mine"))
    with Store(other.history) as store:
        store.db.execute(
            "CREATE TRIGGER fault BEFORE INSERT ON session WHEN new.id = 'west-3'"
            " BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
    before = exported(other.history)
    result = called(other, "import", "-", "--yes", typed=exported(program.history))

    assert result.exit_code != 0
    assert f"{other.history}: something in it can't be used (no room)" in words(result)
    assert "Imported" not in result.stdout
    assert exported(other.history) == before
