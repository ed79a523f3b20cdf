"""The figure on a canvas."""

from collections.abc import Callable
from typing import Final

from backcoach.figure.picture import picture
from backcoach.tui.canvas import Canvas
from backcoach.tui.stance import Stance

DrawFigure = Callable[[Canvas, int, int, int, int], None]
"""Draws a figure into a canvas at x and y, so wide and so high, in cells."""

LEAST_WIDTH: Final = 18
LEAST_ROWS: Final = 7
"""In less room than this nobody can tell what a figure does."""
MOST_WIDTH: Final = 110
MOST_ROWS: Final = 44
"""In more it wouldn't say more, and take longer."""


def draw_figure(canvas: Canvas, stance: Stance, x: int, y: int, width: int, rows: int) -> bool:
    """Draw a figure into a rectangle, on its floor; whether there was room for it."""
    if width < LEAST_WIDTH or rows < LEAST_ROWS:
        return False
    x += max(0, (width - MOST_WIDTH) // 2)
    y += max(0, rows - MOST_ROWS)
    width, rows = min(width, MOST_WIDTH), min(rows, MOST_ROWS)
    canvas.put_pixels(x, y, picture(stance.drawing, stance.pose, width, 2 * rows, stance.breath))
    return True


def painter(stance: Stance | None) -> DrawFigure | None:
    """What draws a stance wherever there is room for it; None where there is nobody to draw."""
    if stance is None:
        return None

    def paint(canvas: Canvas, x: int, y: int, width: int, rows: int) -> None:
        draw_figure(canvas, stance, x, y, width, rows)

    return paint
