"""Charts, drawn by plotext and written on a canvas: in our colours, and as wide as there is room.

Loaded when a chart is first shown, and by nothing else: plotext takes its time.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from textual_plotext import Plot

from backcoach.tui.canvas import Canvas, Role

Point = tuple[float, float]

_ROLES: Final = (Role.HOLD, Role.REST, Role.SWITCH, Role.PREPARE, Role.MUTED)
"""The colours of series, by their numbers less one: plotext is told the number."""
_GOAL: Final = 5
_CODE: Final = re.compile("\\x1b\\[(?:38;5;([0-9]+)|[0-9;]*)m")
_FRAME: Final = frozenset("─│┌┐└┘├┤┬┴┼")
LEAST_ROWS: Final = 5
LEAST_WIDTH: Final = 24


@dataclass(frozen=True, slots=True)
class Marks:
    """Points that are told apart by their character, whatever their colour.

    Attributes:
        points: each with its place across and its height.
    """

    sign: str
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Stack:
    """A part of each bar, with the character it is drawn with."""

    sign: str
    heights: Sequence[float]


@dataclass(frozen=True, slots=True)
class Axis:
    """What is written along an axis: where, and what."""

    least: float
    most: float
    ticks: Sequence[tuple[float, str]]


def draw_marks(
    canvas: Canvas,
    x: int,
    y: int,
    size: tuple[int, int],
    marks: Sequence[Marks],
    over: Axis,
    up: Axis,
) -> None:
    """Points over time, later ones on top of earlier ones."""
    plot = _plot(size, over, up)
    for number, each in enumerate(marks, 1):
        if each.points:
            across, heights = zip(*each.points, strict=True)
            plot.scatter(list(across), list(heights), marker=each.sign, color=number)
    _put(canvas, x, y, plot)


def draw_bars(
    canvas: Canvas,
    x: int,
    y: int,
    size: tuple[int, int],
    stacks: Sequence[Stack],
    named: Sequence[tuple[float, str]],
    up: Axis,
    goal: float = 0,
) -> None:
    """Bars, one beside the other, each of parts that stand on each other, all equally wide.

    Args:
        named: which of them has a name below it, counted from 1.
        goal: a line across, at this height; 0 for none.
    """
    bars = len(stacks[0].heights)
    label = max(len(name) for _, name in up.ticks) + 1
    columns = max(1, (size[0] - label) // bars)
    # A gap of one column, where there is room for it. Plotext puts a place in a column by rounding:
    # these limits put the middle of each bar in the middle of its own columns.
    taken = columns - 1 if columns > 2 else columns
    middle = (taken - 1) / 2
    last = max(bars + (columns - 1 - middle) / columns, 1 + 1 / columns)
    over = Axis(1 - middle / columns, last, named)
    share = max(0.01, (taken - 1) / columns)
    plot = _plot((label + columns * bars, size[1]), over, up)
    if goal:
        plot.hline(goal, color=_GOAL)
    places = range(1, 1 + bars)
    # From the top down, each as high as all below it too: what is lower is drawn over it.
    for number in range(len(stacks), 0, -1):
        heights = [
            sum(column) for column in zip(*(s.heights for s in stacks[:number]), strict=True)
        ]
        shown = [(at, height) for at, height in zip(places, heights, strict=True) if height]
        if shown:
            at, tall = zip(*shown, strict=True)
            sign = stacks[number - 1].sign
            plot.bar(list(at), list(tall), marker=sign, color=number, width=share, minimum=0)
    # Bars move the limits.
    plot.xlim(over.least, over.most)
    plot.ylim(up.least, up.most)
    plot.xticks([at for at, _ in over.ticks], [name for _, name in over.ticks])
    _put(canvas, x, y, plot)


def _plot(size: tuple[int, int], over: Axis, up: Axis) -> Plot:
    plot = Plot()
    plot.theme("clear")
    plot.plotsize(*size)
    # Plotext takes a size for a wish, and the terminal's for the limit.
    plot._set_size(*size)
    plot.xaxes(True, False)
    plot.yaxes(True, False)
    plot.xlim(over.least, over.most)
    plot.ylim(up.least, up.most)
    plot.xticks([at for at, _ in over.ticks], [name for _, name in over.ticks])
    plot.yticks([at for at, _ in up.ticks], [name for _, name in up.ticks])
    return plot


def _put(canvas: Canvas, x: int, y: int, plot: Plot) -> None:
    """Write what plotext has built: its numbers of colours are the roles here."""
    for row, line in enumerate(plot.build().splitlines(), y):
        at, colour = x, 0
        start = 0
        for code in _CODE.finditer(line):
            at = _write(canvas, at, row, line[start : code.start()], colour)
            colour, start = int(code[1] or 0), code.end()
        _write(canvas, at, row, line[start:], colour)


def _write(canvas: Canvas, x: int, y: int, text: str, colour: int) -> int:
    if colour:
        return canvas.put(x, y, text, _ROLES[(colour - 1) % len(_ROLES)])
    for char in text:
        x = canvas.put(x, y, char, Role.AHEAD if char in _FRAME else Role.MUTED)
    return x
