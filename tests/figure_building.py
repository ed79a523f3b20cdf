"""The bundled exercises as they are drawn, and what can be said of their pixels."""

from functools import cache
from typing import Final

from player_building import timeline_of

from backcoach.catalogue.loading import bundled_ids
from backcoach.figure.drawing import Drawing
from backcoach.figure.raster import Raster
from backcoach.timeline.model import Exercise

IDS: Final = sorted(bundled_ids())

SIZES: Final = ((38, 24), (46, 24), (60, 40))
"""Width and height in pixels: two of them, one above the other, are a cell."""


@cache
def exercise_of(name: str) -> Exercise:
    """A bundled exercise as a timeline has it."""
    exercise = timeline_of({"exercise": name}).steps[0].usual.exercise
    assert exercise is not None
    return exercise


def drawing_of(name: str) -> Drawing:
    """How a bundled exercise is drawn, on the side of its poses."""
    drawing = exercise_of(name).drawing
    assert drawing is not None
    return drawing


def both_sides(drawing: Drawing) -> tuple[Drawing, Drawing]:
    """The left side working, then the right one."""
    return drawing.on_side(True), drawing.on_side(False)


def lit(raster: Raster, shade: int = 1) -> set[tuple[int, int]]:
    """The pixels that have at least so much of a tone."""
    return {
        (x, y)
        for y in range(raster.height)
        for x in range(raster.width)
        if raster.shade(x, y) >= shade
    }
