"""What a terminal can show, by what it says of itself."""

import pytest
from rich.cells import cell_len

from backcoach.tui.depth import CONSOLE, Depth, find_depth, is_console, is_light, is_still


@pytest.mark.parametrize(
    ("environ", "depth"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, Depth.TRUE),
        ({"TERM": "xterm-kitty"}, Depth.TRUE),
        ({"TERM": "xterm-256color"}, Depth.COLOURS_256),
        ({"TERM": "tmux-256color"}, Depth.COLOURS_256),
        ({"TERM": "xterm"}, Depth.COLOURS_16),
        ({"TERM": "linux"}, Depth.COLOURS_16),
        ({}, Depth.COLOURS_16),
        ({"TERM": "vt100"}, Depth.NONE),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, Depth.NONE),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, Depth.COLOURS_256),
        ({"TERM": "linux", "TEXTUAL_COLOR_SYSTEM": "256"}, Depth.COLOURS_256),
        ({"TEXTUAL_COLOR_SYSTEM": "truecolor", "NO_COLOR": "1"}, Depth.NONE),
        ({"TEXTUAL_COLOR_SYSTEM": "auto", "TERM": "xterm-256color"}, Depth.COLOURS_256),
    ],
)
def test_how_many_colours_there_are(environ: dict[str, str], depth: Depth) -> None:
    assert find_depth(environ) is depth


def test_figures_are_mixed_only_where_there_are_colours_to_mix() -> None:
    assert [depth for depth in Depth if depth.mixes] == [Depth.TRUE, Depth.COLOURS_256]


@pytest.mark.parametrize(
    ("said", "light"),
    [
        *(("0;15", True), ("0;default;15", True), ("0;7", True), ("15;0", False)),
        *(("12;8", False), ("", False), ("default;default", False), ("0;²", False)),
    ],
)
def test_whether_the_ground_is_light(said: str, light: bool) -> None:
    assert is_light({"COLORFGBG": said}) is light


def test_nothing_moves_where_that_is_wished() -> None:
    assert is_still("reduced", {})
    assert is_still("full", {"TEXTUAL_ANIMATIONS": "NONE"})
    assert not is_still("full", {"TEXTUAL_ANIMATIONS": "basic"})
    assert not is_still("full", {})


def test_the_console_gets_one_cell_for_one_cell() -> None:
    for code, instead in CONSOLE.items():
        assert isinstance(instead, int)
        assert cell_len(chr(code)) == cell_len(chr(instead)) == 1
    assert "▔▏┃▾╭╯".translate(CONSOLE) == "▀││v┌┘"
    assert "░▒▓█▀▄─│←→".translate(CONSOLE) == "░▒▓█▀▄─│←→"
    assert is_console({"TERM": "linux"})
    assert not is_console({"TERM": "xterm"})
