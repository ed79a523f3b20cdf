"""A session whose program was killed goes on when it is opened again."""

import signal

import pytest
from end_to_end_terminal import Home, Terminal, short_holds


def killed(home: Home, how: int) -> None:
    """Play until the third rep, then end the program from outside."""
    terminal = home.play(short_holds(home), "--mute")
    terminal.wait_for("rep 3 of 100")
    terminal.signal(how)
    terminal.wait_exit()


def opened(home: Home) -> Terminal:
    terminal = home.open(size=(120, 40))
    terminal.wait_for("Broken off at")
    return terminal


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGHUP], ids=["killed", "hung up"])
def test_it_goes_on_with_its_rep_and_in_its_row(home: Home, how: int) -> None:
    killed(home, how)
    (before,) = home.sessions()
    assert before["outcome"] == "interrupted"

    terminal = opened(home)
    terminal.run_for(0.5)
    terminal.press("g")
    terminal.wait_for("goes on: Glute bridge, rep")
    terminal.run_for(0.5)
    terminal.press("1")
    terminal.wait_for("get ready")
    (running,) = home.sessions()
    assert running["outcome"] == "running"
    assert running["id"] == before["id"]
    terminal.run_for(3.2)
    terminal.press("\r")
    terminal.wait_for("rep 4 of 100")
    terminal.signal(signal.SIGTERM)
    assert terminal.wait_exit() == 143

    (session,) = home.sessions()
    assert session["id"] == before["id"]
    assert session["started_at"] == before["started_at"]
    assert session["outcome"] == "interrupted"
    assert session["active_ms"] > before["active_ms"] + 5_000


def test_who_leaves_it_is_not_asked_again(home: Home) -> None:
    killed(home, signal.SIGKILL)
    terminal = opened(home)
    terminal.run_for(0.5)
    terminal.press("n")
    terminal.wait_until(lambda text: "Broken off" not in text)
    terminal.press("q")
    assert terminal.wait_exit() == 0

    terminal = home.open(size=(120, 40))
    terminal.wait_for("THIS WEEK")
    assert "Broken off" not in terminal.text
    (session,) = home.sessions()
    assert session["outcome"] == "interrupted"
