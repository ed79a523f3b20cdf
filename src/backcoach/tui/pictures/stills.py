"""A figure that stands for an exercise: as it is held, and how high it is for its width."""

from math import ceil
from typing import Final

from backcoach.figure.drawing import Drawing
from backcoach.figure.moving import held
from backcoach.figure.raster import MARGIN
from backcoach.tui.stance import Stance

TALLEST: Final = 55
"""Beside others, or below a list, a figure that stands is as high as so much of its width, in
cells to a hundred."""


def still(drawing: Drawing) -> Stance:
    """An exercise as it is held."""
    return Stance(drawing, held(drawing))


def rows_of(drawing: Drawing, width: int) -> int:
    """How many rows a figure of so many cells takes, its floor included: two pixels a row."""
    frame = drawing.frame
    height = frame.top - frame.bottom
    pixels = width * (height + 2 * MARGIN) / (frame.width + 2 * MARGIN)
    return ceil((pixels + 1) / 2)
