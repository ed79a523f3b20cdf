"""What lies over the frozen player: the stop menu, the question before the end, the keys."""

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len

from backcoach.player.state import Status
from backcoach.tui.canvas import Canvas, Role, shorten
from backcoach.tui.commands import PLAYER
from backcoach.tui.pictures.fitting import put_first_that_fits
from backcoach.tui.pictures.landmarks import stop_rows

Lines = Sequence[tuple[str, ...]]
"""Keys, and what they do in several wordings, the fullest first."""

_ASKING: Final = (("q", "yes, end and save"), ("space", "no, go on"), ("x", "it hurts"))
_MENU: Final = (("x", "it hurts (or enter)"), ("space", "go on"), ("q", "end here"))
_KEYS: Final = tuple(
    (each.shown, each.help, *(f"{name[0].lower()}{name[1:]}" for name in (each.name, each.brief)))
    for each in PLAYER
)
_WIDE: Final = 46
_WIDEST: Final = 94
_SHAPES: Final = ((1, 5), (1, 2), (2, 5), (2, 2))
"""In how many columns the lines are set, and how many rows are around them: the first that fits."""

_AIRY_FROM: Final = 22
"""In a lower window a panel of few lines leaves as much of the player free as it can."""


def draw_panel(canvas: Canvas, status: Status) -> None:
    """The panel of a status, in the middle of what is above STOP, which is never covered."""
    match status:
        case Status.HELP:
            _draw(canvas, "THE KEYS", _KEYS, "space goes on · ? closes this", _WIDEST)
        case Status.ASKING:
            _draw(canvas, "END HERE?", _ASKING, "Everything done so far is saved.", _WIDE)
        case _:
            _draw(canvas, "PAUSED", _MENU, "The clock stands still.", _WIDE)


def _draw(canvas: Canvas, title: str, lines: Lines, foot: str, wide: int) -> None:
    free = canvas.height - stop_rows(canvas.height)
    for columns, around in _SHAPES[canvas.height < _AIRY_FROM :]:
        rows = -(-len(lines) // columns)
        if rows + around <= free:
            break
    width = min(canvas.width - 2, wide)
    height = rows + around
    x, y = (canvas.width - width) // 2, max(0, (free - height) // 2)
    airy = around > 2
    canvas.fill(x, y, width, min(height, free), Role.PANEL)
    canvas.put(x + 2, y + airy, title, Role.PANEL)
    each = (width - 2) // columns
    for column in range(columns):
        part = lines[column * rows : (column + 1) * rows]
        _draw_column(canvas, x + 2 + column * each, y + (3 if airy else 1), each - 1, part)
    canvas.put(x + 2, y + height - 1, shorten(foot, width - 4), Role.PANEL_MUTED)


def _draw_column(canvas: Canvas, x: int, y: int, width: int, lines: Lines) -> None:
    """Key caps, and beside them the fullest words that fit; rather all words than all keys."""
    caps = [f" {line[0]} " for line in lines]
    beside = width - max(map(cell_len, caps)) - 1
    if any(cell_len(line[1]) > beside for line in lines):
        caps = [f" {line[0].partition(' · ')[0]} " for line in lines]
        beside = width - max(map(cell_len, caps)) - 1
    for row, (cap, line) in enumerate(zip(caps, lines, strict=True), y):
        canvas.put(x, row, cap, Role.STOP if cap == " x " else Role.KEY)
        put_first_that_fits(canvas, x + width - beside, row, beside, Role.PANEL_MUTED, *line[1:])
