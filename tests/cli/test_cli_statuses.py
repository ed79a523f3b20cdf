"""How each command ends: its exit status, and which of the two streams says what."""

import tomllib
from pathlib import Path

import pytest
from session_building import DECLARED, ROOT, Program

BAD = """name = "Bad"

[[steps]]
exercise = "bird-dog"
reps = "three"

[[steps]]
exercise = "bird-doggy"
"""
PLAY = ("play", "bird-dogs", "--plain", "--speed", "1000")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A fresh home, with a bad routine in it."""
    (tmp_path / "bad.toml").write_text(BAD, "utf-8")
    (tmp_path / "latin.toml").write_bytes(b'name = "caf\xe9"\n')
    return Program(tmp_path)


WRONG_USAGE = {
    "no terminal": (),
    "unknown command": ("frobnicate",),
    "unknown option": ("list", "--frobnicate"),
    "no abbreviations": ("list", "--jso"),
    "no routine": ("play",),
    "no routine to show": ("show",),
    "unknown routine": ("play", "bird-cats", *DECLARED),
    "unknown routine to show": ("show", "bird-cats"),
    "no such file": ("play", "nowhere/at-all.toml", *DECLARED),
    "no such file by its suffix": ("show", "nowhere.toml"),
    "a folder": ("show", "./"),
    "a folder to play": ("play", "/", *DECLARED),
    "a device": ("show", "/dev/null"),
    "pain alone": (*PLAY, "--pain", "1", "--accept-safety-notes"),
    "nothing new alone": (*PLAY, "--nothing-new", "--accept-safety-notes"),
    "pain that is no number": (*PLAY, "--pain", "much", "--nothing-new"),
    "pain beyond ten": (*PLAY, "--pain", "11", "--nothing-new"),
    "pain below none": (*PLAY, "--pain", "-1", "--nothing-new"),
    "speed of nothing": ("play", "bird-dogs", "--speed", "0"),
    "speed beyond all": ("play", "bird-dogs", "--speed", "1001"),
    "notes never accepted": (*PLAY, "--pain", "1", "--nothing-new"),
    "no check-in": (*PLAY, "--accept-safety-notes"),
    "two routines": ("play", "bird-dogs", "planks", *DECLARED),
}


@pytest.mark.parametrize("args", WRONG_USAGE.values(), ids=WRONG_USAGE.keys())
def test_wrong_usage_is_two(program: Program, args: tuple[str, ...]) -> None:
    done = program.run(*args)

    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert not program.history.exists()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("show", "bird-dog"), "Did you mean `bird-dogs`?"),
        (("show", "xyzzy"), "`backcoach list`"),
        (("play", "bird-dogs", "--nothing-new"), "--pain"),
        (("play", "bird-dogs", "--pain", "2"), "--nothing-new"),
        ((*PLAY, "--pain", "1", "--nothing-new"), "--accept-safety-notes"),
        ((), "--plain"),
    ],
)
def test_it_says_what_would_help(program: Program, args: tuple[str, ...], words: str) -> None:
    assert words in program.run(*args).stderr


@pytest.mark.parametrize("command", ["play", "show"])
def test_a_bad_routine_is_one_with_its_report(program: Program, command: str) -> None:
    declared = DECLARED if command == "play" else ()
    done = program.run(command, "./bad.toml", *declared)

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("bad.toml") == done.stderr.count("error[") == 2
    assert "at: steps[1].reps" in done.stderr
    assert "at: steps[2].exercise" in done.stderr
    assert "Traceback" not in done.stderr
    assert not program.history.exists()


def test_a_file_that_is_not_utf_8_is_one(program: Program) -> None:
    done = program.run("show", "latin.toml")

    assert done.returncode == 1
    assert "latin.toml:1:" in done.stderr
    assert "not-utf-8" in done.stderr


@pytest.mark.parametrize("pain", ["4", "7", "8", "10"])
def test_too_much_pain_is_one_and_no_session(program: Program, pain: str) -> None:
    done = program.run(*PLAY, "--pain", pain, "--nothing-new", "--accept-safety-notes")

    assert done.returncode == 1
    assert done.stdout == ""
    assert pain in done.stderr
    assert "Press x" not in done.stderr
    assert not program.history.exists()


def test_a_session_is_zero_and_its_notes_are_accepted_for_good(program: Program) -> None:
    assert program.run(*PLAY, *DECLARED).returncode == 0
    done = program.run(*PLAY, "--pain", "0", "--nothing-new")

    assert done.returncode == 0
    assert done.stderr == ""
    assert (program.data / "accepted.toml").exists()


@pytest.mark.parametrize("args", [("--help",), ("-h",), ("play", "--help"), ("--version",)])
def test_help_is_zero_and_on_stdout(program: Program, args: tuple[str, ...]) -> None:
    done = program.run(*args)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_help_names_every_command(program: Program) -> None:
    text = program.run("--help").stdout

    for command in ("play", "list", "show", "history", "paths"):
        assert f"\n  {command} " in text
    assert "Press x at any time" in text


def test_version_is_the_projects(program: Program) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert program.run("--version").stdout == f"backcoach {project['version']}\n"


# A history that can't be read


def damage(program: Program) -> None:
    """Wipe everything after the first page of a history of several sessions."""
    assert program.run(*PLAY, *DECLARED).returncode == 0
    size = program.history.stat().st_size
    with program.history.open("r+b") as file:
        file.seek(4096)
        file.write(b"\0" * (size - 4096))


@pytest.mark.parametrize("damaged", [True, False])
@pytest.mark.parametrize("args", [(), ("--json",)])
def test_a_history_that_can_not_be_read_is_one(
    program: Program, damaged: bool, args: tuple[str, ...]
) -> None:
    if damaged:
        damage(program)
    else:
        program.data.mkdir()
        program.history.write_text("garbage " * 1000, "utf-8")
    done = program.run("history", *args)

    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    assert str(program.history) in done.stderr
    assert not (program.data / "backcoach.log").exists()


@pytest.mark.parametrize("damaged", [True, False])
def test_it_keeps_nobody_from_the_library(program: Program, damaged: bool) -> None:
    if damaged:
        damage(program)
    else:
        program.data.mkdir()
        program.history.write_text("garbage " * 1000, "utf-8")
    done = program.run("list")

    assert done.returncode == 0, done.stderr
    assert "bird-dogs" in done.stdout


def test_notes_that_can_not_be_written_down_are_accepted_for_this_once(program: Program) -> None:
    program.data.write_text("a file where the folder should be", "utf-8")
    done = program.run(*PLAY, *DECLARED)

    assert done.returncode == 1, done.stderr
    assert "the end: completed" in done.stdout
    assert "Not saved" in done.stdout


# A fault of ours

FAULT = """
import sys
from backcoach.cli import main, paths
paths.NAMES = ("nowhere",)
sys.argv = ["backcoach", *sys.argv[1:]]
main.main()
"""


def test_a_fault_of_ours_is_seventy_and_kept(program: Program) -> None:
    done = program.python(FAULT, "paths")

    assert done.returncode == 70
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    log = program.data / "backcoach.log"
    assert str(log) in done.stderr
    assert "AttributeError" in log.read_text("utf-8")
    assert log.stat().st_mode & 0o777 == 0o600


def test_it_is_kept_where_everything_else_is(program: Program) -> None:
    elsewhere = program.home / "elsewhere"
    done = program.python(FAULT, "--data-dir", str(elsewhere), "paths")

    assert done.returncode == 70
    assert (elsewhere / "backcoach.log").exists()
    assert not program.data.exists()


def test_where_it_can_not_be_kept_it_is_shown(program: Program) -> None:
    program.data.write_text("a file where the folder should be", "utf-8")
    done = program.python(FAULT, "paths")

    assert done.returncode == 70
    assert "AttributeError" in done.stderr
