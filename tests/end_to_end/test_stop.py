"""It hurts: at once, from anywhere, and never lost."""

import signal
from typing import Any

import pytest
from end_to_end_terminal import Home, Terminal

LONG_HOLD = """
name = "One long hold"
[[steps]]
exercise = "bird-dog"
reps = 3
hold = "5m"
move = "1s"
prepare = "1s"
"""


def in_a_hold(home: Home, size: tuple[int, int] = (80, 24)) -> Terminal:
    """A session in its first hold, a little way in."""
    path = home.folder / "long-hold.toml"
    path.write_text(LONG_HOLD, encoding="utf-8")
    terminal = home.play(str(path), size=size)
    terminal.wait_for("■ hold")
    terminal.run_for(1.2)
    return terminal


def only_stop(home: Home) -> dict[str, Any]:
    (session,) = home.sessions()
    (stop,) = session["stops"]
    assert isinstance(stop, dict)
    return stop


def test_a_kill_after_the_first_question_loses_nothing_of_the_stop(home: Home) -> None:
    terminal = in_a_hold(home)
    terminal.press("x")
    terminal.wait_for("WHAT WAS IT?")
    terminal.signal(signal.SIGKILL)
    terminal.wait_exit()
    stop = only_stop(home)
    assert stop["exercise"] == "bird-dog"
    assert stop["side"] == "left"
    assert stop["set"] == 1
    assert stop["rep"] == 1
    # One second of prepare, half a second of movement, then more than a second of hold.
    assert 2_000 <= stop["at_ms"] <= 6_000
    assert stop["quality"] is None
    assert stop["mistake"] is False


@pytest.mark.parametrize(
    "key",
    ["X", "\x1b[3~", "\x7f", "\x18", "\x1bx", "ч", "χ", "."],
    ids=["X", "delete", "backspace", "ctrl+x", "escape-x", "cyrillic", "greek", "dot"],
)
def test_every_stop_key_is_the_same_stop(home: Home, key: str) -> None:
    terminal = in_a_hold(home)
    terminal.press(key)
    terminal.wait_for("WHAT WAS IT?", 2)
    stop = only_stop(home)
    assert (stop["exercise"], stop["side"], stop["rep"]) == ("bird-dog", "left", 1)


def test_the_clock_stands_still_from_the_key_on(home: Home) -> None:
    terminal = in_a_hold(home)
    terminal.press("x")
    terminal.wait_for("WHAT WAS IT?")
    before = only_stop(home)["at_ms"]
    terminal.run_for(5)
    (session,) = home.sessions()
    assert session["active_ms"] == before


def answer(terminal: Terminal, *answers: tuple[str, str]) -> None:
    """Press each key once its question can have been read, and wait for what follows."""
    terminal.wait_for("WHAT WAS IT?")
    for key, words in answers:
        terminal.run_for(0.9)
        terminal.press(key)
        terminal.wait_for(words)


SHARP_SIX = (("1", "WHERE?"), ("1", "HOW MUCH NOW?"), ("6", "ANY OF THESE?"))


def test_answers_are_kept_and_a_sharp_pain_of_six_ends_the_session(home: Home) -> None:
    terminal = in_a_hold(home)
    terminal.press("x")
    over = (("n", "No more exercise today"), ("\r", "AFTER RESTING"), ("3", "ENOUGH FOR TODAY"))
    answer(terminal, *SHARP_SIX, *over)
    terminal.run_for(0.5)
    terminal.press("q")
    terminal.wait_for("enter")
    stop = only_stop(home)
    assert (stop["quality"], stop["where"], stop["intensity"]) == ("sharp", "low-back", 6)
    assert home.sessions()[0]["outcome"] == "pain"


def test_a_kill_in_the_relief_loses_no_answer(home: Home) -> None:
    terminal = in_a_hold(home)
    terminal.press("x")
    answer(terminal, *SHARP_SIX, ("n", "No more exercise today"))
    terminal.run_for(0.9)
    terminal.press("2")
    terminal.wait_for("Lie on your side")
    terminal.run_for(0.5)
    terminal.signal(signal.SIGKILL)
    terminal.wait_exit()
    stop = only_stop(home)
    assert (stop["quality"], stop["where"], stop["intensity"]) == ("sharp", "low-back", 6)
    assert home.sessions()[0]["outcome"] == "interrupted"


def test_the_card_opens_from_the_stop_and_from_an_answer(home: Home) -> None:
    terminal = in_a_hold(home)
    terminal.press("x")
    answer(terminal, ("!", "PLEASE GET HELP"), ("!", "WHAT WAS IT?"), ("5", "ANY OF THESE?"))
    terminal.run_for(0.9)
    terminal.press("y")
    terminal.wait_for("You answered: numb or tingling")
    terminal.run_for(0.9)
    terminal.press(" gz")
    terminal.run_for(0.5)
    terminal.press("q")
    terminal.wait_for("enter")
    assert home.sessions()[0]["outcome"] == "pain"


def test_a_mistake_goes_on_with_time_to_get_back(home: Home) -> None:
    terminal = in_a_hold(home)
    terminal.press("x")
    terminal.wait_for("WHAT WAS IT?")
    terminal.run_for(0.8)
    terminal.press("z")
    terminal.wait_for("get ready")
    assert only_stop(home)["mistake"] is True
    assert home.sessions()[0]["outcome"] == "running"


def test_x_works_on_a_first_run_before_anything_is_accepted(home: Home) -> None:
    terminal = home.open()
    terminal.wait_for("Before the first session")
    terminal.press("x")
    terminal.wait_for("You don't have to do anything")
    terminal.wait_for("911")


def test_x_works_at_home_in_the_brief_and_in_the_summary(home: Home) -> None:
    home.play("bird-dogs", "--speed", "1000").wait_for("HOW MUCH NOW?")
    terminal = home.open()
    terminal.wait_for("LIBRARY")
    terminal.press("x")
    terminal.wait_for("You don't have to do anything")
    terminal.run_for(0.5)
    terminal.press("\x1b")
    terminal.wait_for("LIBRARY")
    terminal.wait_for("4:17")
    terminal.run_for(0.8)
    terminal.press("\r")
    terminal.wait_for("NOTHING NEW?")
    terminal.press("x")
    terminal.wait_for("You don't have to do anything")
    summary = home.play("bird-dogs", "--speed", "1000")
    summary.wait_for("HOW MUCH NOW?")
    summary.press("x")
    summary.wait_for("You don't have to do anything")


def test_x_in_the_same_breath_as_the_digit_stops_the_session_it_began(home: Home) -> None:
    terminal = home.open("play", "bird-dogs", size=(100, 40))
    terminal.wait_for("Before the first session")
    terminal.run_for(0.5)
    terminal.press("\r")
    terminal.wait_for("NOTHING NEW?")
    terminal.run_for(0.5)
    terminal.press("3x")
    terminal.wait_for("WHAT WAS IT?")
    (session,) = home.sessions()
    assert len(session["stops"]) == 1
    assert session["active_ms"] < 2000
