"""What reaches terminals of few colours, byte by byte."""

import re
import signal

import pytest
from end_to_end_terminal import BACKCOACH, Home, Terminal

_SGR = re.compile(rb"\x1b\[([0-9;:]*)m")
_CONSOLE_LACKS = set("▔▏┃▾╭╯╮╰━▶✓✗♪…–—−")


def playing(home: Home, **environ: str) -> Terminal:
    """A session in a terminal that says this of itself."""
    answers = ("--pain", "1", "--nothing-new", "--accept-safety-notes")
    env = {name: value for name, value in home.env.items() if name != "COLORTERM"} | environ
    terminal = Terminal([str(BACKCOACH), "play", "bird-dogs", *answers], env, (100, 30))
    home.keep(terminal)
    terminal.wait_for("get ready")
    terminal.run_for(1)
    return terminal


def codes(terminal: Terminal) -> set[str]:
    """Every code of every change of style; those of a mixed colour as one, such as `38;5`."""
    found = set()
    for given in _SGR.findall(terminal.raw):
        text = given.decode().replace(":", ";")
        found |= set(re.findall(r"[34]8;[25]", text))
        found |= set(re.sub(r"[34]8;(2;\d+;\d+;\d+|5;\d+)", "", text).split(";"))
    return found - {""}


def colours(found: set[str]) -> set[str]:
    """Those that are colours."""
    return {code for code in found if ";" in code or 30 <= int(code) <= 49 or int(code) >= 90}


def everything_seen(terminal: Terminal) -> None:
    """The palette, the menu and the stop."""
    terminal.press("\x10")
    terminal.wait_for("What to do?")
    terminal.run_for(0.8)
    terminal.press("x")
    terminal.wait_for("WHAT WAS IT?")


def test_no_colour_is_no_colour_at_all(home: Home) -> None:
    terminal = playing(home, NO_COLOR="1", COLORTERM="truecolor")
    everything_seen(terminal)
    found = codes(terminal)
    assert not colours(found)
    assert {"1", "7"} <= found


def test_an_empty_wish_is_none(home: Home) -> None:
    assert "38;2" in codes(playing(home, NO_COLOR="", COLORTERM="truecolor"))


def test_256_colours_are_asked_for_by_number(home: Home) -> None:
    terminal = playing(home, TERM="screen-256color")
    everything_seen(terminal)
    found = colours(codes(terminal))
    assert {"38;5", "48;5"} <= found
    assert not found & {"38;2", "48;2"}


@pytest.mark.parametrize("term", ["xterm", "linux"])
def test_sixteen_colours_are_those_of_the_terminal(home: Home, term: str) -> None:
    terminal = playing(home, TERM=term)
    everything_seen(terminal)
    found = colours(codes(terminal))
    assert not {code for code in found if ";" in code}
    assert {"93", "41", "44"} <= found


def test_the_console_gets_characters_that_it_has(home: Home) -> None:
    terminal = playing(home, TERM="linux")
    everything_seen(terminal)
    assert not _CONSOLE_LACKS & set(terminal.raw.decode())
    assert _CONSOLE_LACKS & set(playing(home, TERM="xterm").raw.decode())


def test_a_theme_that_the_settings_name(home: Home) -> None:
    settings = home.folder / "config" / "settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('[screen]\ntheme = "light"\n', encoding="utf-8")
    assert b"48;2;251;250;247" in playing(home, COLORTERM="truecolor").raw


def choose_theme(terminal: Terminal, name: str) -> None:
    """By the command palette, which is on every screen."""
    for asked, typed, found in (
        ("What to do?", "theme", "dark, light, and others"),
        ("Which theme?", name, f"\n  {name}"),
    ):
        if asked == "What to do?":
            terminal.press("\x10")
        terminal.wait_for(asked)
        terminal.press(typed)
        terminal.wait_for(found)
        terminal.press("\r")


def test_a_theme_that_was_chosen_is_worn_the_next_time(home: Home) -> None:
    terminal = playing(home)
    settings = home.folder / "config" / "settings.toml"
    choose_theme(terminal, "light")
    terminal.wait_until(lambda _: settings.exists())
    assert settings.read_text("utf-8") == '[screen]\ntheme = "light"\n'
    assert b"48;2;251;250;247" in playing(home, COLORTERM="truecolor").raw


def test_a_theme_that_cannot_be_kept_is_worn_and_that_is_told(home: Home) -> None:
    settings = home.folder / "config" / "settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("[screen\n", encoding="utf-8")
    terminal = playing(home, COLORTERM="truecolor")
    choose_theme(terminal, "light")
    terminal.wait_until(lambda _: b"48;2;251;250;247" in terminal.raw)
    terminal.signal(signal.SIGTERM)
    terminal.wait_exit()
    assert b"The theme isn't kept." in terminal.raw
    assert settings.read_text("utf-8") == "[screen\n"
