"""What is printed: lines to read, nothing that a terminal would obey, and closed streams."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from session_building import (
    DECLARED,
    TIMEOUT_S,
    Lines,
    Program,
    begun,
    evening,
    new_session,
    record,
    unprintable,
    until,
)

from backcoach.cli.main import Context, cli
from backcoach.history.owner import this_process
from backcoach.history.store import Store
from backcoach.paths import find_paths

PLAY = ("play", "bird-dogs", "--plain", "--speed", "1000", *DECLARED)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A fresh home."""
    return Program(tmp_path)


def printed(program: Program, *args: str) -> str:
    """Everything that a command prints, its error included."""
    context = Context(find_paths(str(program.data), str(program.home / "config")))
    result = CliRunner(env=program.env()).invoke(cli, args, obj=context)
    error = "" if result.exception is None else str(result.exception)
    return result.output + error


def write_session(program: Program, session: str, **changes: Any) -> None:
    """A session that completed."""
    with Store(program.history) as store, store.transaction():
        store.begin(new_session(session, **changes), this_process())
        store.add(session, record(1, "end", 257_000, outcome="completed"))


# Lines


def test_list_is_one_line_a_routine(program: Program) -> None:
    (program.routines / "planks.toml").write_text(
        'name = "Mine"\n[[steps]]\nrest = "90s"\n[[steps]]\nexercise = "cat-cow"\n', "utf-8"
    )
    (program.routines / "broken.toml").write_text("name =", "utf-8")
    lines = program.run("list").stdout.splitlines()

    assert len(lines) == 15
    assert lines[2] == "bird-dogs                4:17  Bird-dogs, five minutes"
    assert lines[5].startswith("broken ")
    assert "✗" in lines[5]
    assert lines[13].startswith("planks ")
    assert lines[13].endswith("Mine  (yours, instead of the bundled one)")


def test_show_has_every_step(program: Program) -> None:
    lines = printed(program, "show", "bird-dogs").splitlines()

    assert lines[0] == "Bird-dogs, five minutes, 4:17"
    assert [line.split("  ")[-1] for line in lines[-3:]]
    assert [line.strip()[0] for line in lines[-3:]] == ["1", "2", "3"]


def test_show_timeline_has_every_phase(program: Program) -> None:
    phases = json.loads(printed(program, "show", "bird-dogs", "--json"))["phases"]
    lines = printed(program, "show", "bird-dogs", "--timeline").splitlines()
    (blank,) = [number for number, line in enumerate(lines) if not line]

    assert len(lines[blank + 1 :]) == len(phases)
    for phase, line in zip(phases, lines[blank + 1 :], strict=True):
        assert phase["kind"] in line


def test_an_empty_history_says_how_to_begin(program: Program) -> None:
    assert "backcoach play" in printed(program, "history")


def test_history_is_one_line_a_session(program: Program) -> None:
    write_session(program, "one")
    write_session(program, "two", started_at=evening(60), rehearsal=True, pain_before=None)
    two, one = printed(program, "history").splitlines()

    assert one.split() == [
        *("one", "2026-03-29", "19:30", "4:17", "of", "4:17"),
        *("pain", "2", "→", "–", "completed"),
        *("Bird-dogs,", "five", "minutes"),
    ]
    assert "pain – → –" in two
    assert two.endswith("rehearsal")


@pytest.mark.parametrize(("mistakes", "words"), [(0, "2 stops"), (1, "a stop"), (2, "minutes")])
def test_history_counts_the_stops_that_were_meant(
    program: Program, mistakes: int, words: str
) -> None:
    with Store(program.history) as store, store.transaction():
        store.begin(new_session(), this_process())
        for number in (1, 2):
            store.add("one", record(number, "stop", number=number, exercise="bird-dog"))
        for number in range(1, mistakes + 1):
            store.add("one", record(number + 2, "mistake", number=number))

    assert printed(program, "history").rstrip().endswith(words)


def test_a_running_session_is_seen_from_outside(program: Program) -> None:
    with program.start(program.command("play", "bird-dogs", "--plain", *DECLARED)) as process:
        Lines(process).until("get ready")
        until(lambda: begun(program.history))
        (session,) = json.loads(printed(program, "history", "--json"))["sessions"]

    assert (session["outcome"], session["ended_at"]) == ("running", None)
    assert session["rehearsal"] is False
    (session,) = json.loads(printed(program, "history", "--json"))["sessions"]
    assert session["outcome"] == "interrupted"
    assert session["ended_at"] is not None


def test_times_have_the_offset_of_where_it_was_played(program: Program) -> None:
    # Without the database of time zones: POSIX counts the hours from the east.
    assert program.run(*PLAY, env={"TZ": "XXX-5:30"}).returncode == 0
    done = program.run("history", "--json", env={"TZ": "YYY8"})

    (session,) = json.loads(done.stdout)["sessions"]
    assert session["started_at"].endswith("+05:30")
    assert session["ended_at"].endswith("+05:30")


# Where


def test_folders_come_from_the_environment(program: Program) -> None:
    assert program.run("paths").stdout.splitlines()[0].split() == ["data", str(program.data)]


def test_options_win_over_the_environment(program: Program) -> None:
    data, config = program.home / "d", program.home / "c"
    done = program.run("--data-dir", str(data), "--config-dir", str(config), "paths", "--json")

    paths = json.loads(done.stdout)
    assert paths["history"] == str(data / "history.db")
    assert paths["routines"] == str(config / "routines")


def test_everything_goes_where_it_was_asked_to(program: Program) -> None:
    data = program.home / "there" / "deep"
    done = program.run("--data-dir", str(data), *PLAY)

    assert done.returncode == 0
    assert sorted(path.name for path in data.iterdir()) == [
        "accepted.toml",
        "backups",
        "compiled",
        "history.db",
    ]
    assert data.stat().st_mode & 0o777 == 0o700
    files = {path for path in data.rglob("*") if path.is_file()}
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    for folder in ("backups", "compiled"):
        assert (data / folder).stat().st_mode & 0o777 == 0o700
    assert not program.data.exists()
    assert not (program.home / ".local").exists()


# Characters that a terminal would obey

EVIL = "\x1b]0;title\x07\x1b[2J\x9b31m\x7f\r\u202e\u2066\u200b"
ESCAPED = "".join(f"\\u{ord(c):04x}" for c in EVIL)
STEP = '[[steps]]\nexercise = "cat-cow"\n'
FILES = {
    "name": f'name = "a{ESCAPED}b"\n{STEP}',
    "summary": f'name = "a"\nsummary = "{ESCAPED}"\n{STEP}',
    "note": f'name = "a"\nnote = "{ESCAPED}"\n{STEP}',
    "tags": f'name = "a"\ntags = ["{ESCAPED}"]\n{STEP}',
    "needs": f'name = "a"\nneeds = ["{ESCAPED}"]\n{STEP}',
    "when": f'name = "a"\nwhen = "{ESCAPED}"\n{STEP}',
    "stage": f'name = "a"\nstage = ["{ESCAPED}"]\n{STEP}',
    "key": f'name = "a"\n"{ESCAPED}" = 1\n{STEP}',
    "step-note": f'name = "a"\n{STEP}note = "{ESCAPED}"\n',
    "step-key": f'name = "a"\n{STEP}"{ESCAPED}" = "{ESCAPED}"\n',
    "duration": f'name = "a"\n{STEP}hold = "{ESCAPED}"\n',
    "exercise": f'name = "a"\n[[steps]]\nexercise = "{ESCAPED}"\n',
    "own-id": f'name = "a"\n{STEP}[exercises."{ESCAPED}"]\nname = "b"\n',
    "own-name": f'name = "a"\n{STEP}[exercises.own]\nname = "{ESCAPED}"\nkind = "hold"\n',
    "own-cue": (
        'name = "a"\n[[steps]]\nexercise = "own"\nreps = 1\n'
        f'[exercises.own]\nname = "b"\nkind = "hold"\ncues = {{ go = ["{ESCAPED}"] }}\n'
    ),
    "raw": f'name = "{EVIL}"\n{STEP}',
    "raw-comment": f'name = "a" # {EVIL}\n{STEP}',
    "raw-key": f"{EVIL} = 1\n",
    "raw-date": f"name = 2026-01-01{EVIL}\n",
}
"""Each has all of them in another place."""


@pytest.fixture
def evil(program: Program) -> Program:
    """A home full of such files."""
    for name, content in FILES.items():
        (program.routines / f"{name}.toml").write_text(content, "utf-8", newline="")
    return program


@pytest.mark.parametrize("args", [("list",), ("list", "--json")])
def test_nothing_in_a_file_reaches_the_list(evil: Program, args: tuple[str, ...]) -> None:
    done = evil.run(*args)

    assert done.returncode == 0
    for name in FILES:
        assert name in done.stdout
    assert unprintable(done.stdout + done.stderr) == set()


@pytest.mark.parametrize("args", [(), ("--json",), ("--timeline",)])
@pytest.mark.parametrize("name", FILES)
def test_nothing_in_a_file_is_shown(evil: Program, name: str, args: tuple[str, ...]) -> None:
    assert unprintable(printed(evil, "show", name, *args)) == set()


def test_nothing_in_a_file_is_in_a_report(evil: Program) -> None:
    done = evil.run("play", "own-cue", *DECLARED)

    assert done.returncode == 1
    assert "control-character" in done.stderr
    assert unprintable(done.stdout + done.stderr) == set()


@pytest.mark.parametrize("args", [("list",), ("list", "--json")])
def test_nothing_in_a_files_name_reaches_the_list(program: Program, args: tuple[str, ...]) -> None:
    (program.routines / f"a{EVIL}b.toml").write_text('name = "a"\n', "utf-8")
    done = program.run(*args)

    assert done.returncode == 0
    assert unprintable(done.stdout + done.stderr) == set()


def test_a_file_name_that_is_no_text_is_listed_all_the_same(program: Program) -> None:
    Path(os.fsdecode(os.fsencode(program.routines) + b"/\xff.toml")).write_text("", "utf-8")

    assert program.run("list").returncode == 0
    done = program.run("list", "--json")
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["routines"]) == 15


def test_nothing_in_the_history_is_printed(program: Program) -> None:
    write_session(program, "one", name=f"a{EVIL}b")

    assert unprintable(printed(program, "history")) == set()
    assert json.loads(printed(program, "history", "--json"))["sessions"][0]["name"]


# Streams

ALL = (
    ("--help",),
    ("--version",),
    ("paths",),
    ("paths", "--json"),
    ("list",),
    ("list", "--json"),
    ("show", "core-foundation", "--timeline"),
    ("history",),
    PLAY,
)


@pytest.mark.parametrize("args", ALL)
def test_nobody_reads_the_output(program: Program, args: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb") as pipe:
        done = subprocess.run(
            program.command(*args),
            env=program.env(),
            stdin=subprocess.DEVNULL,
            stdout=pipe,
            stderr=subprocess.PIPE,
            timeout=TIMEOUT_S,
            check=False,
        )

    assert done.stderr == b""
    assert done.returncode != 70


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.is_char_device(), reason="there is no device that is full")
@pytest.mark.parametrize("args", [*ALL, ("export",), ("report",), ("schema",)])
def test_a_full_disk_is_said_and_is_no_fault_of_ours(
    program: Program, args: tuple[str, ...]
) -> None:
    done = program.shell(f'"$@" >{FULL}', *args)

    assert done.stderr == "backcoach: not all of it could be written: No space left on device\n"
    assert done.returncode == 1
    assert not (program.data / "backcoach.log").exists()


@pytest.mark.skipif(not FULL.is_char_device(), reason="there is no device that is full")
def test_nobody_can_be_told_that_it_is_full(program: Program) -> None:
    assert program.shell(f'"$@" >{FULL} 2>&1', "list").returncode == 1


def test_a_reader_that_has_had_enough(program: Program) -> None:
    done = program.shell('"$@" | head -1', "show", "core-foundation", "--timeline")

    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


def test_a_closed_pipe_is_no_problem_in_the_data(program: Program) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb") as pipe:
        done = subprocess.run(
            program.command("list"), env=program.env(), stdout=pipe, timeout=TIMEOUT_S, check=False
        )

    assert done.returncode == 128 + 13


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("args", [("list",), PLAY])
def test_streams_that_are_not_there(program: Program, args: tuple[str, ...], closed: str) -> None:
    done = program.shell(f'"$@" {closed}', *args)

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    if args == PLAY:
        assert " completed " in printed(program, "history")


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_a_terminal_that_can_not_show_everything(program: Program, encoding: str) -> None:
    (program.routines / "broken.toml").write_text("name =", "utf-8")
    for args in (PLAY, ("history",), ("history", "--json"), ("list",), ("list", "--json")):
        done = program.run(*args, env={"PYTHONIOENCODING": encoding})

        assert done.returncode == 0, (args, done.stderr)
