"""However a session ends, it is in the history with the work done so far."""

import os
import signal
import sqlite3
import subprocess
import termios
from contextlib import closing, suppress
from typing import Any

import pytest
from end_to_end_terminal import BACKCOACH, Home, Terminal, short_holds


def after_some_holds(home: Home, *more: str) -> Terminal:
    """A session, at its third rep."""
    terminal = home.play(short_holds(home), *more)
    terminal.wait_for("rep 3 of 100")
    return terminal


def only_session(home: Home) -> dict[str, Any]:
    sessions = home.sessions()
    assert len(sessions) == 1
    return sessions[0]


def assert_active_time_right(session: dict[str, Any]) -> None:
    """The third rep begins at 5 s of active time, and we saw it then."""
    assert 2_000 <= session["active_ms"] <= 10_000


def assert_terminal_restored(terminal: Terminal) -> None:
    """The last word on the alternate screen and on the cursor gives both back."""
    assert terminal.raw.rindex(b"\x1b[?1049l") > terminal.raw.rindex(b"\x1b[?1049h")
    assert terminal.raw.rindex(b"\x1b[?25h") > terminal.raw.rindex(b"\x1b[?25l")
    flags = termios.tcgetattr(terminal.fd)[3]
    assert flags & termios.ECHO
    assert flags & termios.ICANON


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_signal_ends_the_session_and_gives_the_terminal_back(
    home: Home, number: signal.Signals, status: int
) -> None:
    terminal = after_some_holds(home)
    terminal.signal(number)
    assert terminal.wait_exit(3) == status
    assert_terminal_restored(terminal)
    session = only_session(home)
    assert session["outcome"] == "interrupted"
    assert_active_time_right(session)


def test_ctrl_c_ends_the_session_and_says_what_to_do(home: Home) -> None:
    terminal = after_some_holds(home)
    terminal.press("\x03")
    assert terminal.wait_exit(3) == 130
    assert_terminal_restored(terminal)
    assert "Lower your hips now. Rest." in terminal.raw.decode()
    session = only_session(home)
    assert session["outcome"] == "interrupted"
    assert_active_time_right(session)


def test_a_closed_terminal_ends_the_session(home: Home) -> None:
    terminal = after_some_holds(home)
    terminal.hang_up()
    assert terminal.wait_exit(2) == 129
    session = only_session(home)
    assert session["outcome"] == "interrupted"
    assert_active_time_right(session)


def test_a_terminal_closed_under_nohup_ends_the_session_too(home: Home) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        terminal = after_some_holds(home)
    finally:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    terminal.hang_up()
    terminal.wait_exit(8)
    session = only_session(home)
    assert session["outcome"] == "interrupted"
    assert_active_time_right(session)


def test_a_killed_session_is_interrupted_at_once(home: Home) -> None:
    terminal = after_some_holds(home)
    assert only_session(home)["outcome"] == "running"
    terminal.signal(signal.SIGKILL)
    assert terminal.wait_exit(2) == 137
    session = only_session(home)
    assert session["outcome"] == "interrupted"
    assert_active_time_right(session)


def test_a_terminal_that_takes_no_more_output_keeps_nobody_from_ending(home: Home) -> None:
    terminal = after_some_holds(home)
    # Nothing is read from here on: the program's writer blocks, and with it its loop.
    fill_terminal(terminal)
    terminal.signal(signal.SIGTERM)
    fd, terminal.fd = terminal.fd, -1
    try:
        assert terminal.wait_exit(8) == 143
        flags = termios.tcgetattr(fd)[3]
        assert flags & termios.ECHO
    finally:
        os.close(fd)
    session = only_session(home)
    assert session["outcome"] == "interrupted"
    assert_active_time_right(session)


def fill_terminal(terminal: Terminal) -> None:
    """Make the program write more than a terminal holds: each new size is a whole picture."""
    for number in range(60):
        terminal.resize(200 + number % 2, 60)
        # Not read: only time passes for the program, until it is heard no more.
        terminal.idle(0.05)


def test_q_asks_once_and_ends_by_choice(home: Home) -> None:
    terminal = after_some_holds(home)
    terminal.press("q")
    terminal.wait_for("END HERE?")
    terminal.run_for(0.5)
    terminal.press("y")
    terminal.wait_for("HOW MUCH NOW?")
    assert only_session(home)["outcome"] == "ended"
    terminal.run_for(0.5)
    terminal.press("3")
    terminal.run_for(0.3)
    terminal.press("q")
    assert terminal.wait_exit(3) == 0
    assert_terminal_restored(terminal)
    assert only_session(home)["pain_after"] == 3


def test_a_signal_at_the_very_start_gives_the_terminal_back(home: Home) -> None:
    terminal = home.open()
    terminal.wait_until(lambda _: b"\x1b[?1049h" in terminal.raw)
    terminal.signal(signal.SIGTERM)
    assert terminal.wait_exit(5) == 143
    assert_terminal_restored(terminal)


def test_a_closed_terminal_under_nohup_ends_home_too(home: Home) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        terminal = home.open()
        terminal.wait_for("Before the first session")
    finally:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    terminal.hang_up()
    terminal.wait_exit(5)


def test_a_history_that_another_program_holds_is_waited_for(home: Home) -> None:
    home.play("bird-dogs", "--speed", "1000").wait_for("HOW MUCH NOW?")
    terminal = home.play("bridges", "--speed", "30")
    terminal.wait_for("2 of 4")
    with closing(sqlite3.connect(home.folder / "data" / "history.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        terminal.wait_for("HOW MUCH NOW?")
        assert "saving" in terminal.text
        terminal.run_for(0.5)
        terminal.press("4")
        terminal.run_for(0.3)
        terminal.press("q")
        terminal.wait_for("Saving")
        other.execute("ROLLBACK")
    assert terminal.wait_exit() == 0
    session = next(each for each in home.sessions() if each["routine"] == "bridges")
    assert session["outcome"] == "completed"
    assert session["pain_after"] == 4


def test_a_history_that_is_replaced_in_the_middle_gets_the_whole_session(home: Home) -> None:
    terminal = after_some_holds(home)
    history = home.folder / "data" / "history.db"
    history.rename(history.with_suffix(".old"))
    terminal.press("x")
    terminal.wait_for("WHAT WAS IT?")
    terminal.wait_until(lambda _: bool(history.exists() and home.sessions()), 10, "a new history")
    terminal.run_for(0.5)
    terminal.press("q")
    terminal.wait_for("HOW MUCH NOW?")
    terminal.wait_for("saved")
    session = only_session(home)
    assert session["outcome"] == "pain"
    assert len(session["stops"]) == 1
    assert_active_time_right(session)


def test_text_that_nobody_reads_keeps_nobody_from_ending(home: Home) -> None:
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with suppress(BlockingIOError):
        while True:
            os.write(writing, b"." * 4096)
    os.set_blocking(writing, True)
    answers = ("--pain", "1", "--nothing-new", "--accept-safety-notes", "--plain")
    command = [str(BACKCOACH), "play", "bird-dogs", *answers]
    with subprocess.Popen(
        command, env=home.env, stdin=subprocess.DEVNULL, stdout=writing
    ) as player:
        os.close(writing)
        # However busy the machine is: it has begun, and has something to say that nobody reads.
        while not (home.folder / "data" / "accepted.toml").exists():
            with pytest.raises(subprocess.TimeoutExpired):
                player.wait(0.1)
        with pytest.raises(subprocess.TimeoutExpired):
            player.wait(1.5)
        player.terminate()
        assert player.wait(10) == 143
    os.close(reading)
