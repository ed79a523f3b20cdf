"""The program as lines of text: without a terminal, ended by signals, and with a keyboard."""

import json
import os
import pty
import re
import signal
import sqlite3
import termios
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from session_building import (
    DECLARED,
    TIMEOUT_S,
    Lines,
    Program,
    begun,
    bird_dogs,
    in_one_jump,
    rows,
    unprintable,
    until,
)

from backcoach.coach.words import COME_DOWN
from backcoach.durations import format_clock
from backcoach.plain.player import lines_of
from backcoach.player.machine import begin

PLAY = ("play", "bird-dogs", "--plain", *DECLARED)
LINE = re.compile(r"[0-9]+:[0-9]{2}  \S.*")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A fresh home."""
    return Program(tmp_path)


def only_session(program: Program) -> dict[str, Any]:
    """The one session of the history."""
    done = program.run("history", "--json")
    (session,) = json.loads(done.stdout)["sessions"]
    assert isinstance(session, dict)
    return session


def test_a_session_is_played_and_kept(program: Program) -> None:
    done = program.run(*PLAY, "--speed", "500")

    assert (done.returncode, done.stderr) == (0, "")
    session = only_session(program)
    assert session["outcome"] == "completed"
    assert session["rehearsal"] is True
    assert session["active_ms"] == session["planned_ms"] == 257_000
    assert session["pain_before"] == 1
    assert session["stops"] == []


def test_every_event_is_a_line(program: Program) -> None:
    state, _ = begin(bird_dogs(), 0)
    told = [
        f"{format_clock(event.active_ms)}  {line}"
        for event in in_one_jump(bird_dogs())
        for line in lines_of(event, state)
    ]
    done = program.run(*PLAY, "--speed", "1000")

    assert done.stdout.splitlines() == [
        "Bird-dogs, five minutes, 4:17",
        "Leg slides first, then arm and leg.",
        COME_DOWN,
        *told,
        "Saved.",
    ]
    assert len(told) > 50
    assert all(LINE.fullmatch(line) for line in told)


@pytest.mark.parametrize("env", [{}, {"TERM": "dumb"}, {"FORCE_COLOR": "1"}])
def test_nothing_is_drawn(program: Program, env: dict[str, str]) -> None:
    done = program.run(*PLAY, "--speed", "1000", env=env)

    assert done.returncode == 0
    assert unprintable(done.stdout) == set()
    assert not any("\u2500" <= c <= "\u259f" for c in done.stdout)


def test_without_a_terminal_it_is_plain_by_itself(program: Program) -> None:
    done = program.run("play", "bird-dogs", *DECLARED, "--speed", "1000")

    assert done.returncode == 0
    assert done.stdout.endswith("Saved.\n")


def test_muted_is_said(program: Program) -> None:
    assert "sound off" in program.run(*PLAY, "--speed", "1000", "--mute").stdout


def test_a_file_is_played_too(program: Program) -> None:
    (program.home / "mine.toml").write_text(
        'name = "Mine"\n[[steps]]\nrest = 5\n[[steps]]\nexercise = "cat-cow"\nreps = 1\n', "utf-8"
    )
    done = program.run("play", "./mine.toml", "--plain", *DECLARED, "--speed", "1000")

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Mine, ")
    assert only_session(program)["routine"] == "mine"


def test_a_session_in_another_window_is_said_once_and_changes_nothing(program: Program) -> None:
    words = "Bird-dogs, five minutes still runs in another window. This one is written down"
    planks = ("play", "planks", "--plain", *DECLARED, "--speed", "1000")
    with program.start(program.command(*PLAY)) as process:
        Lines(process).until("get ready")
        until(lambda: begun(program.history))
        done = program.run(*planks)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count(words) == 1
    # The other one was killed, and runs no more.
    assert words not in program.run(*planks).stdout
    sessions = json.loads(program.run("history", "--json").stdout)["sessions"]
    outcomes = [session["outcome"] for session in sessions]
    assert sorted(outcomes) == ["completed", "completed", "interrupted"]


# Ended from outside


@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)],
)
def test_a_signal_ends_it_and_it_is_kept(
    program: Program, number: signal.Signals, status: int
) -> None:
    with program.start(program.command(*PLAY)) as process:
        lines = Lines(process)
        lines.until("get ready")
        process.send_signal(number)
        lines.until("Saved.")
        _, errors = process.communicate(timeout=TIMEOUT_S)

    assert (process.returncode, errors) == (status, b"")
    assert "the end: interrupted" in lines.text
    assert "Traceback" not in lines.text
    session = only_session(program)
    assert session["outcome"] == "interrupted"
    assert session["ended_at"] is not None
    assert session["rehearsal"] is False
    assert 0 <= session["active_ms"] < 45_000
    ends = rows(program.history, "SELECT count(*) FROM event WHERE kind = 'end'")
    assert ends == [(1,)]


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_second_signal_waits_until_it_is_kept(
    program: Program, number: signal.Signals, status: int
) -> None:
    with program.start(program.command(*PLAY)) as process:
        lines = Lines(process)
        lines.until("get ready")
        until(lambda: begun(program.history))
        with closing(sqlite3.connect(program.history, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            process.send_signal(number)
            lines.until("the end: interrupted")
            lines.quiet(0.2)
            process.send_signal(number)
            lines.quiet(0.2)
            other.execute("ROLLBACK")
        rest, _ = process.communicate(timeout=TIMEOUT_S)

    assert process.returncode == status
    assert (lines.text + rest.decode()).endswith("Saved.\n")
    ends = rows(program.history, "SELECT count(*) FROM event WHERE kind = 'end'")
    assert ends == [(1,)]


def test_a_kill_leaves_what_was_done(program: Program) -> None:
    (program.home / "rests.toml").write_text(
        'name = "Rests"\n[[steps]]\nrest = 1\n[[steps]]\nrest = 60\n', "utf-8"
    )
    with program.start(program.command("play", "rests.toml", *DECLARED)) as process:
        Lines(process).until("2 of 2")
        until(lambda: len(rows(program.history, "SELECT 1 FROM event")) == 2)
        process.kill()
        process.communicate(timeout=TIMEOUT_S)

    session = only_session(program)
    assert session["outcome"] == "interrupted"
    assert session["active_ms"] >= 1000
    assert session["ended_at"] is not None


def test_a_signal_without_any_standard_input(program: Program) -> None:
    command = ["sh", "-c", 'exec "$@" <&-', "sh", *program.command(*PLAY)]
    with program.start(command) as process:
        Lines(process).until("get ready")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)

    assert process.returncode == 143
    assert only_session(program)["outcome"] == "interrupted"


def test_a_reader_that_goes_away_ends_it(program: Program) -> None:
    with program.start(program.command(*PLAY, "--speed", "100")) as process:
        Lines(process).until("get ready")
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        errors = process.stderr.read()
        process.wait(timeout=TIMEOUT_S)

    assert errors == b""
    assert only_session(program)["outcome"] == "interrupted"


# A disk that takes nothing


def test_what_can_not_be_written_is_said_and_holds_nothing_up(program: Program) -> None:
    program.history.mkdir(parents=True)
    done = program.run(*PLAY, "--speed", "1000")

    assert done.returncode == 1
    *_, end, last = done.stdout.splitlines()
    assert end == "4:17  the end: completed"
    assert last.startswith(f"Not saved in the history: {program.history}: ")


def test_a_locked_history_delays_and_loses_nothing(program: Program) -> None:
    assert program.run(*PLAY, "--speed", "1000").returncode == 0
    with closing(sqlite3.connect(program.history, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with program.start(program.command(*PLAY, "--speed", "500")) as process:
            Lines(process).until("the end: completed")
            other.execute("ROLLBACK")
            process.communicate(timeout=TIMEOUT_S)

    assert process.returncode == 0
    sessions = json.loads(program.run("history", "--json").stdout)["sessions"]
    assert [session["outcome"] for session in sessions] == ["completed", "completed"]
    assert [session["active_ms"] for session in sessions] == [257_000, 257_000]


# With a keyboard


def test_a_stop_at_the_keyboard(program: Program) -> None:
    master, slave = pty.openpty()
    try:
        before = termios.tcgetattr(slave)
        with program.start(program.command(*PLAY), stdin=slave) as process:
            lines = Lines(process)
            lines.until("get ready")
            os.write(master, b"x")
            lines.until("STOP: ")
            lines.until("Written down.")
            lines.until("What was it?")
            written = rows(program.history, "SELECT kind FROM event")
            for key, words in (
                (b"4", "Where?"),
                (b"1", "How much now?"),
                (b"3", "leave this one out"),
            ):
                lines.quiet(0.8)
                os.write(master, key)
                lines.until(words)
            lines.quiet(0.8)
            os.write(master, b"q")
            lines.until("the end: pain")
            _, errors = process.communicate(timeout=TIMEOUT_S)
        after = termios.tcgetattr(slave)
    finally:
        os.close(master)
        os.close(slave)

    assert ("stop",) in written
    assert (process.returncode, errors) == (0, b"")
    assert after == before
    assert unprintable(lines.text) == set()
    session = only_session(program)
    assert session["outcome"] == "pain"
    (stop,) = session["stops"]
    assert (stop["quality"], stop["where"], stop["intensity"]) == ("dull", "low-back", 3)


@pytest.mark.parametrize(
    ("answers", "status", "words"),
    [
        (b"no\n", 0, "Type yes"),
        (b"yes\nmaybe\n\x04", 1, "without an answer"),
        (b"yes\nyes\n2\n", 1, "Something new"),
        (b"yes\nno\n9\n", 0, "Stay still"),
    ],
)
def test_the_questions_are_asked_first(
    program: Program, answers: bytes, status: int, words: str
) -> None:
    master, slave = pty.openpty()
    try:
        command = program.command("play", "bird-dogs", "--plain", "--speed", "1000")
        with program.start(command, stdin=slave) as process:
            os.write(master, answers)
            output, errors = process.communicate(timeout=TIMEOUT_S)
    finally:
        os.close(master)
        os.close(slave)

    assert process.returncode == status
    assert output == b""
    assert words in errors.decode()
    assert not program.history.exists()


def test_what_is_asked_while_it_stands_is_said(program: Program) -> None:
    """Whoever hears it only has to know what a key would do now."""
    master, slave = pty.openpty()
    try:
        with program.start(program.command(*PLAY), stdin=slave) as process:
            lines = Lines(process)
            lines.until("? these keys.")
            lines.until("get ready")
            for key, words in (
                (b"?", "space goes on"),
                (b" ", "going on"),
                (b"e", "Half range, both ways."),
                (b"e", "Seated pelvic rock instead."),
                (b"e", "nothing easier here"),
                (b"o", "x it hurts, space go on, q end here"),
                (b" ", "going on"),
                (b"q", "End here? y or q end here, space go on"),
                (b"y", "the end: ended"),
            ):
                lines.quiet(0.8)
                os.write(master, key)
                lines.until(words)
            process.communicate(timeout=TIMEOUT_S)
    finally:
        os.close(master)
        os.close(slave)
    assert process.returncode == 0
