"""The roles in sixteen colours and in none, chosen by hand: the terminal says what they look like.

Only colours that every terminal draws far enough from the ground. Both grounds are painted: what
the terminal's own is, nobody knows.
"""

from typing import Final

from rich.style import Style

from backcoach.tui.canvas import Role

_PLAIN: Final = Style()
_BOLD: Final = Style(bold=True)
_REVERSE: Final = Style(bold=True, reverse=True)

COLOURLESS: Final[dict[Role, Style]] = {
    **dict.fromkeys(Role, _PLAIN),
    Role.STRONG: _BOLD,
    Role.PANEL: _BOLD,
    Role.KEY: _REVERSE,
    Role.SELECTED: _REVERSE,
    Role.STOP: _REVERSE,
}
"""No colour at all: reverse says where to press, words and shapes say the rest."""


def _on(ground: str) -> dict[Role, Style]:
    """What is the same on both grounds."""
    text = "bright_white" if ground == "black" else "black"
    return {
        Role.TEXT: Style(color=text, bgcolor=ground),
        Role.STRONG: Style(color=text, bgcolor=ground, bold=True),
        Role.PAUSED: Style(color=text, bgcolor=ground),
        Role.PANEL: Style(color="bright_white", bgcolor="blue", bold=True),
        Role.PANEL_MUTED: Style(color="white", bgcolor="blue"),
        Role.STOP: Style(color="bright_white", bgcolor="red", bold=True),
        Role.AHEAD: Style(color="bright_black", bgcolor=ground),
        Role.PROP: Style(color="bright_black", bgcolor=ground),
    }


DARK_16: Final[dict[Role, Style]] = {
    **_on("black"),
    Role.MUTED: Style(color="white", bgcolor="black"),
    Role.PREPARE: Style(color="bright_yellow", bgcolor="black"),
    Role.HOLD: Style(color="bright_green", bgcolor="black"),
    Role.REST: Style(color="bright_blue", bgcolor="black"),
    Role.SWITCH: Style(color="bright_magenta", bgcolor="black"),
    Role.CARRY: Style(color="cyan", bgcolor="black"),
    Role.FLOOR: Style(color="cyan", bgcolor="black"),
    Role.KEY: Style(color="black", bgcolor="white", bold=True),
    Role.SELECTED: Style(color="black", bgcolor="green", bold=True),
}
# Green, yellow and cyan can't be read on white, whatever the terminal makes of them.
LIGHT_16: Final[dict[Role, Style]] = {
    **_on("bright_white"),
    Role.MUTED: Style(color="bright_black", bgcolor="bright_white"),
    Role.PREPARE: Style(color="bright_black", bgcolor="bright_white"),
    Role.HOLD: Style(color="black", bgcolor="bright_white"),
    Role.REST: Style(color="blue", bgcolor="bright_white"),
    Role.SWITCH: Style(color="magenta", bgcolor="bright_white"),
    Role.CARRY: Style(color="bright_black", bgcolor="bright_white"),
    Role.FLOOR: Style(color="bright_black", bgcolor="bright_white"),
    Role.KEY: Style(color="bright_white", bgcolor="black", bold=True),
    Role.SELECTED: Style(color="bright_white", bgcolor="black", bold=True),
}
