"""What lies over the frozen player: the stop menu, the question before the end, the keys."""

from typing import Final

from backcoach.player.state import Status
from backcoach.tui.canvas import Canvas, Role, shorten
from backcoach.tui.commands import PLAYER

_ASKING: Final = (("q", "yes, end and save"), ("space", "no, go on"), ("x", "it hurts"))
_MENU: Final = (("x", "it hurts (or enter)"), ("space", "go on"), ("q", "end here"))


def draw_panel(canvas: Canvas, status: Status) -> None:
    """The panel of a status, in the middle."""
    wide = 46
    match status:
        case Status.HELP:
            title, foot = "THE KEYS", "space goes on · ? closes this"
            lines = tuple((command.shown, command.help) for command in PLAYER)
            wide = 94
        case Status.ASKING:
            title, lines, foot = "END HERE?", _ASKING, "Everything done so far is saved."
        case _:
            title, lines, foot = "PAUSED", _MENU, "The clock stands still."
    small = canvas.height < 22
    rows = min(len(lines), canvas.height - (2 if small else 5))
    width = min(canvas.width - 2, wide)
    height = rows + (2 if small else 5)
    x = (canvas.width - width) // 2
    y = max(0, (canvas.height - height) // 2 - (0 if small else 1))
    canvas.fill(x, y, width, height, Role.PANEL)
    canvas.put(x + 2, y + (0 if small else 1), title, Role.PANEL)
    longest = max(len(_first(key, small)) for key, _ in lines) + 5
    for number, (keys, does) in enumerate(lines[:rows]):
        row = y + (1 if small else 3) + number
        role = Role.STOP if keys.startswith("x") else Role.KEY
        canvas.put(x + 2, row, f" {_first(keys, small)} ", role)
        canvas.put(x + longest, row, shorten(does, width - longest - 1), Role.PANEL_MUTED)
    canvas.put(x + 2, y + height - 1, shorten(foot, width - 4), Role.PANEL_MUTED)


def _first(keys: str, small: bool) -> str:
    """All keys of a command, or where there is little room the first."""
    return keys.partition(" · ")[0] if small else keys
