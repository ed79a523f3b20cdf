"""What several pictures are put together from: the top line, rules, key caps, frames, lists."""

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len

from backcoach.figure.letters import block_letters
from backcoach.tui.canvas import Canvas, Role, clip, shorten, wrap

SCALE_STEP: Final = 4
"""From one key of the pain scale to the next, with a gap between them."""
TIGHT_STEP: Final = 3
SCALE_WIDTH: Final = 10 * SCALE_STEP + 6
TIGHT_WIDTH: Final = 10 * TIGHT_STEP + 6
_ENDS: Final = ((0, "none"), (3, "clearly there"), (5, "hard to ignore"), (7, "hard to think"))


def put_bar(canvas: Canvas, name: str, facts: str = "", right: str = "") -> None:
    """The top line: what this is, what there is to know of it, and something at its end."""
    width = canvas.width
    canvas.fill(0, 0, width, 1, Role.PANEL)
    right = shorten(right, max(0, width - 16)) if right else ""
    end = width - cell_len(right) - 3
    canvas.put_right(0, right, Role.PANEL_MUTED)
    x = canvas.put(1, 0, shorten(name, end - 1), Role.PANEL) + 3
    if end - x >= min(8, cell_len(facts)):
        canvas.put(x, 0, shorten(facts, end - x), Role.PANEL_MUTED)


def put_rule(canvas: Canvas, y: int, x: int = 0, width: int | None = None) -> None:
    """A line across."""
    canvas.put(x, y, "─" * (canvas.width - x if width is None else width), Role.AHEAD)


def put_upright(canvas: Canvas, x: int, y: int, rows: int) -> None:
    """A line down."""
    for row in range(y, y + rows):
        canvas.put(x, row, "│", Role.AHEAD)


def put_frame(canvas: Canvas, x: int, y: int, width: int, height: int) -> None:
    """A frame with round corners."""
    canvas.put(x, y, "╭" + "─" * (width - 2) + "╮", Role.AHEAD)
    put_upright(canvas, x, y + 1, height - 2)
    put_upright(canvas, x + width - 1, y + 1, height - 2)
    canvas.put(x, y + height - 1, "╰" + "─" * (width - 2) + "╯", Role.AHEAD)


def put_keys(
    canvas: Canvas,
    x: int,
    y: int,
    keys: Sequence[tuple[str, str]],
    *,
    gap: int = 3,
    role: Role = Role.MUTED,
    end: int | None = None,
) -> int:
    """Key caps with their words; a pair that has no room is left out whole.

    Args:
        end: where they have to end; the margin of the canvas where nothing is said.
    """
    end = canvas.width - 1 if end is None else end
    for key, does in keys:
        if x + cell_len(key) + 3 + cell_len(does) > end:
            break
        x = canvas.put(x, y, f" {key} ", Role.STOP if key == "x" else Role.KEY)
        x = canvas.put(x + 1, y, does, role) + gap
    return x


def put_letters(canvas: Canvas, x: int, y: int, word: str, role: Role) -> None:
    """A word in block letters."""
    canvas.put_rows(x, y, block_letters(word), role)


def put_scale(
    canvas: Canvas,
    x: int,
    y: int,
    width: int,
    *,
    most: int = 10,
    chosen: int | None = None,
    words: bool = True,
) -> None:
    """The keys for a pain from 0 to 10, and below them what some of the numbers mean.

    Args:
        most: numbers above it are dim.
        chosen: the one that was pressed.
        words: whether it is said what they mean.
    """
    step = SCALE_STEP if width >= SCALE_WIDTH else TIGHT_STEP
    for number, key in enumerate((*"0123456789", "t=10")):
        role = Role.KEY if number <= most else Role.PANEL_MUTED
        if number == chosen:
            role = Role.SELECTED
        canvas.put(x + number * step, y, f" {key} ", role)
    if not words:
        return
    if step == TIGHT_STEP:
        canvas.put(x + 1, y + 1, "none", Role.MUTED)
        worst = "worst imaginable"
        canvas.put(x + TIGHT_WIDTH - 1 - len(worst), y + 1, worst, Role.MUTED)
        return
    for number, anchor in _ENDS:
        for row, line in enumerate(wrap(anchor, 2 * SCALE_STEP - 1)):
            canvas.put(x + 1 + number * step, y + 1 + row, line, Role.MUTED)


def named(names: Sequence[str], width: int, rows: int) -> list[str]:
    """Names in lines, a dot between them; those that have no room are counted at the end."""
    for kept in range(len(names), 0, -1):
        more = len(names) - kept
        items = [*names[:kept], *([f"{more} more"] if more else [])]
        lines = _in_lines(items, width)
        if len(lines) <= rows:
            return lines
    return []


def _in_lines(items: Sequence[str], width: int) -> list[str]:
    lines: list[str] = []
    for item in items:
        longer = f"{lines[-1]} · {item}" if lines else item
        if lines and cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(shorten(item, width))
    return lines


def put_no_history(canvas: Canvas, problem: str, empty: tuple[str, str] | None) -> None:
    """In place of what a history shows: why it can't be read, or what will be there.

    Args:
        problem: what is wrong with it; empty where nothing is.
        empty: what is said before the first session, and in more words; None while it is read.
    """
    x, width = 2, min(canvas.width - 4, 72)
    y, end = max(1, min(4, canvas.height // 3 - 2)), canvas.height - 2
    if problem:
        y = canvas.put_wrapped(x, y, width, "The history can't be read.", Role.STRONG) + 1
        y = canvas.put_wrapped(x, y, width, problem, Role.TEXT, end - y - 2) + 1
        more = "Nothing was changed. `backcoach doctor` and `backcoach restore` help."
        canvas.put_wrapped(x, y, width, more, Role.MUTED, end - y)
    elif empty is None:
        canvas.put(x, y, "…", Role.MUTED)
    else:
        y = canvas.put_wrapped(x, y, width, empty[0], Role.STRONG) + 1
        canvas.put_wrapped(x, y, width, empty[1], Role.TEXT, end - y)


def put_middle(canvas: Canvas, x: int, y: int, width: int, text: str, role: Role) -> None:
    """A text in the middle of so many cells."""
    text = clip(text, width)
    canvas.put(x + (width - cell_len(text)) // 2, y, text, role)


def window(chosen: int, count: int, rows: int) -> int:
    """The first of `count` lines to show in so many rows, so that the chosen one is seen."""
    return max(0, min(chosen - rows // 2, count - rows))
