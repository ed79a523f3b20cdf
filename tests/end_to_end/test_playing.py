"""A routine from its first "get ready" to its end, in a real pseudo-terminal."""

import subprocess
import sys

import pytest
from end_to_end_terminal import BACKCOACH, Home, Terminal


def test_a_rehearsal_reaches_its_end_and_is_in_the_history(home: Home) -> None:
    terminal = home.play("bird-dogs", "--speed", "60")
    terminal.wait_for("get ready")
    terminal.wait_for("HOW MUCH NOW?", 30)
    (session,) = home.sessions()
    assert session["routine"] == "bird-dogs"
    assert session["outcome"] == "completed"
    assert session["rehearsal"] is True
    assert session["active_ms"] == session["planned_ms"] == 257_000
    assert session["pain_before"] == 1
    terminal.run_for(0.5)
    terminal.press("q")
    assert terminal.wait_exit() == 0


def test_the_same_without_a_terminal(home: Home) -> None:
    answers = ("--pain", "1", "--nothing-new", "--accept-safety-notes", "--plain")
    played = home.run("play", "bird-dogs", *answers, "--speed", "60")
    assert played.returncode == 0, played.stderr
    assert "\x1b" not in played.stdout
    (session,) = home.sessions()
    assert session["outcome"] == "completed"
    assert session["rehearsal"] is True
    assert session["active_ms"] == 257_000


def test_a_first_run_shows_the_notes_once_then_home_brief_and_player(home: Home) -> None:
    terminal = home.open(size=(100, 40))
    terminal.wait_for("Before the first session")
    terminal.run_for(0.5)
    terminal.press("\r")
    terminal.wait_for("LIBRARY")
    terminal.wait_for("4:17")
    terminal.run_for(0.8)
    terminal.press("\r")
    terminal.wait_for("NOTHING NEW?")
    terminal.run_for(0.5)
    terminal.press("2")
    terminal.wait_for("get ready")
    assert home.sessions()[0]["pain_before"] == 2
    terminal.run_for(0.5)
    terminal.press("q")
    terminal.wait_for("END HERE?")
    terminal.run_for(0.5)
    terminal.press("y")
    terminal.wait_for("HOW MUCH NOW?")
    terminal.run_for(0.5)
    terminal.press("\r")
    terminal.wait_for("LIBRARY")
    terminal.run_for(0.5)
    terminal.press("q")
    assert terminal.wait_exit() == 0
    again = home.open()
    again.wait_for("LIBRARY")
    assert "Before the first session" not in again.text


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40), (300, 90)])
def test_every_size_has_phase_digits_and_stop(home: Home, size: tuple[int, int]) -> None:
    terminal = home.play("bird-dogs", size=size)
    terminal.wait_for("██▀▀█▄ ██▀▀▀▀ ▄█▀▀█▄ ██▀▀█▄ ██  ██")
    small = size[0] < 78
    terminal.wait_for("x  STOP" if small else "▄█▀▀▀▀ ██████ ▄█▀▀█▄ ██▀▀█▄")
    # The prepare of 45 s begins with a four: nothing else on the screen has such strokes.
    terminal.wait_for("███" if small else "████")


def test_a_resize_in_the_middle_is_drawn_anew(home: Home) -> None:
    terminal = home.play("bird-dogs", size=(120, 40))
    terminal.wait_for("then  lift")
    terminal.resize(40, 12)
    terminal.wait_for("space pause  ?")
    terminal.resize(80, 24)
    terminal.wait_for("then  lift")


def test_a_high_pain_never_starts_it(home: Home) -> None:
    refused = home.run("play", "bird-dogs", "--pain", "4", "--nothing-new", "--accept-safety-notes")
    assert refused.returncode == 1
    assert "something gentler" in refused.stderr
    assert home.sessions() == []
    terminal = home.open("play", "bird-dogs")
    terminal.wait_for("enter")
    terminal.run_for(0.5)
    terminal.press("\r")
    terminal.run_for(0.6)
    terminal.press("\r")
    terminal.wait_for("NOTHING NEW?")
    terminal.run_for(0.5)
    terminal.press("6")
    terminal.wait_for("NOT THIS ONE TODAY")
    assert home.sessions() == []


def test_a_bad_routine_is_refused_before_the_screen_changes(home: Home) -> None:
    bad = home.folder / "bad.toml"
    bad.write_text('name = "Bad"\n[[steps]]\nexercise = "bridge"\nhold = "10"\n', encoding="utf-8")
    terminal = home.play(str(bad))
    assert terminal.wait_exit() == 1
    assert b"\x1b[?1049h" not in terminal.raw
    assert "hold" in terminal.text


def test_two_players_at_once_are_both_whole(home: Home) -> None:
    first = home.play("bird-dogs", "--speed", "60")
    second = home.play("bridges", "--speed", "60")
    # Both are read in turns: a terminal that takes no more output would hold its player up.
    for terminal in (first, second) * 200:
        terminal.run_for(0.1)
        if all("HOW MUCH NOW?" in each.text for each in (first, second)):
            break
    sessions = {session["routine"]: session for session in home.sessions()}
    assert sessions["bird-dogs"]["active_ms"] == 257_000
    assert sessions["bridges"]["active_ms"] == 297_000
    assert {session["outcome"] for session in sessions.values()} == {"completed"}


CRASH = """
import backcoach.tui.screens.player as player
draw = player.draw_player
def fail(view, *rest):
    if view.rep == 2:
        raise RuntimeError("planted")
    return draw(view, *rest)
player.draw_player = fail
from backcoach.cli.main import main
main()
"""


def test_a_fault_of_ours_saves_the_session_and_says_so_in_a_line(home: Home) -> None:
    answers = ["--pain", "1", "--nothing-new", "--accept-safety-notes", "--speed", "20"]
    terminal = Terminal([sys.executable, "-c", CRASH, "play", "bird-dogs", *answers], home.env)
    try:
        assert terminal.wait_exit() == 70
        assert terminal.raw.rindex(b"\x1b[?1049l") > terminal.raw.rindex(b"\x1b[?1049h")
        assert "a fault of ours" in terminal.text
        assert "Traceback" not in terminal.text
    finally:
        terminal.close()
    assert "planted" in (home.folder / "data" / "backcoach.log").read_text("utf-8")
    (session,) = home.sessions()
    assert session["outcome"] == "interrupted"
    assert session["active_ms"] > 40_000


def test_a_dumb_terminal_gets_lines_of_text(home: Home) -> None:
    answers = ["--pain", "1", "--nothing-new", "--accept-safety-notes", "--speed", "200"]
    env = home.env | {"TERM": "dumb"}
    terminal = Terminal([str(BACKCOACH), "play", "bird-dogs", *answers], env)
    try:
        assert terminal.wait_exit() == 0
        assert b"\x1b" not in terminal.raw
        assert "the end: completed" in terminal.text
    finally:
        terminal.close()


def test_without_a_home_that_can_be_written_a_session_can_still_be_played(home: Home) -> None:
    env = home.env | {"BACKCOACH_DATA_DIR": "/proc/nowhere", "BACKCOACH_CONFIG_DIR": "/proc/no"}
    answers = ["--pain", "1", "--nothing-new", "--accept-safety-notes", "--speed", "60"]
    terminal = Terminal([str(BACKCOACH), "play", "bird-dogs", *answers], env)
    try:
        if "Before the first session" in terminal.wait_until(
            lambda text: "get ready" in text or "Before the first" in text
        ):
            terminal.run_for(0.5)
            terminal.press("\r")
            terminal.run_for(0.6)
            terminal.press("\r")
        terminal.wait_for("HOW MUCH NOW?", 30)
        assert "not saved yet" in terminal.text
    finally:
        terminal.close()


def test_the_module_runs_like_the_command(home: Home) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "backcoach", "--version"],
        env=home.env,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert done.stdout.startswith("backcoach ")
