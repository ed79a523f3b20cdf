"""Keys as terminals send them: layouts, modifiers, presenters, pasted text."""

import pytest
from end_to_end_terminal import Home, Terminal

STOPPED = "WHAT WAS IT?"


def playing(home: Home) -> Terminal:
    terminal = home.play("bird-dogs")
    terminal.wait_for("get ready")
    terminal.run_for(1)
    return terminal


HELD = {
    "alt-x": "\x1b[120;3u",
    "ctrl-x": "\x1b[120;5u",
    "alt-shift-x": "\x1b[120;4u",
    "ctrl-cyrillic": "\x1b[1095;5u",
    "alt-greek": "\x1b[967;3u",
    "keypad-delete": "\x1b[57426u",
    "keypad-dot": "\x1b[57409u",
    "shift-delete": "\x1b[3;2~",
    "ctrl-delete": "\x1b[3;5~",
    "ctrl-backspace": "\x1b[127;5u",
    "escape-backspace": "\x1b\x7f",
    "escape-cyrillic": "\x1bч",
}


@pytest.mark.parametrize("sent", HELD.values(), ids=HELD)
def test_stop_keys_with_a_hand_on_others_are_stop_keys(home: Home, sent: str) -> None:
    terminal = playing(home)
    terminal.press(sent)
    terminal.wait_for(STOPPED, 3)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ("\x1b[6~", "2 of 3"),
        ("n", "2 of 3"),
        ("\x1b", "PAUSED"),
        ("b", "PAUSED"),
        ("\x1b[15~", "PAUSED"),
        (".", STOPPED),
        (" ", "‖ paused"),
        ("?", "THE KEYS"),
        ("q", "END HERE?"),
        (":", "What to do?"),
    ],
    ids=["pagedown", "n", "escape", "b", "f5", "dot", "space", "?", "q", "colon"],
)
def test_what_presenters_and_hands_send(home: Home, sent: str, words: str) -> None:
    terminal = playing(home)
    terminal.press(sent)
    terminal.wait_for(words, 3)


def test_pasted_text_is_no_key_whatever_is_in_it(home: Home) -> None:
    terminal = playing(home)
    terminal.press("\x1b[200~x marks the spot: q\r\x1b[201~")
    terminal.wait_for("PAUSED", 3)
    terminal.run_for(0.5)
    assert STOPPED not in terminal.text
    terminal.press("x")
    terminal.wait_for(STOPPED, 3)


def test_a_terminal_without_the_focus_plays_on(home: Home) -> None:
    terminal = playing(home)
    before = terminal.text
    terminal.press("\x1b[O")
    terminal.wait_until(lambda text: text != before, 5)
    assert "get ready" in terminal.text


def test_a_click_on_the_stop_is_a_stop(home: Home) -> None:
    terminal = playing(home)
    terminal.press("\x1b[<0;5;23M\x1b[<0;5;23m")
    terminal.wait_for(STOPPED, 3)


def test_a_click_elsewhere_pauses(home: Home) -> None:
    terminal = playing(home)
    terminal.press("\x1b[<0;60;8M\x1b[<0;60;8m")
    terminal.wait_for("PAUSED", 3)
