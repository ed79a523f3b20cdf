"""Rows of a canvas → an SVG that needs no font for its pictures: half blocks become shapes."""

import html
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from rich.cells import get_character_cell_size
from rich.style import Style

from backcoach.tui.canvas import Row
from backcoach.tui.painting import Paint

CELL_WIDTH: Final = 10
CELL_HEIGHT: Final = 20
_FONT: Final = "DejaVu Sans Mono, Menlo, Consolas, monospace"
_HALVES: Final = {"▀": (0, 1), "▄": (1, 1), "█": (0, 2)}
"""Which half of a cell a character begins with, and how many it fills."""
_LINES: Final = "─│"
"""Drawn as shapes too: not everything that draws an SVG spreads a text over its cells."""
_SHADES: Final = {"░": 0.25, "▒": 0.5, "▓": 0.75}


def svg_of(rows: Iterable[Row], paint: Paint, title: str) -> str:
    """A picture of a screen."""
    shapes: dict[str, list[str]] = defaultdict(list)
    texts: list[str] = []
    ground = _colour(paint.ground, ground=True)
    width = height = 0
    for y, row in enumerate(rows):
        x = 0
        for segment in paint.segments(row):
            style = segment.style or Style()
            for run in _runs(segment.text):
                cells = sum(get_character_cell_size(char) for char in run)
                behind = _colour(style, ground=True)
                if behind != ground:
                    shapes[behind].append(_box(x, 2 * y, cells, 2))
                _draw(run, x, y, cells, style, shapes, texts)
                x += cells
        width, height = max(width, x), y + 1
    paths = "".join(f'<path fill="{fill}" d="{"".join(d)}"/>' for fill, d in shapes.items())
    size = f"{width * CELL_WIDTH} {height * CELL_HEIGHT}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" '
        f'font-family="{_FONT}" font-size="16" shape-rendering="crispEdges">'
        f"<title>{html.escape(title)}</title>"
        f'<rect width="100%" height="100%" fill="{ground}"/>{paths}{"".join(texts)}</svg>\n'
    )


def _runs(text: str) -> Iterable[str]:
    """Stretches of one block character, of blanks, or of other characters."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or _kind(text[end]) != _kind(text[start]):
            yield text[start:end]
            start = end


def _kind(char: str) -> str:
    return char if char in (" ", *_LINES, *_HALVES, *_SHADES) else "text"


def _draw(
    run: str,
    x: int,
    y: int,
    cells: int,
    style: Style,
    shapes: dict[str, list[str]],
    texts: list[str],
) -> None:
    colour = _colour(style, ground=False)
    if run[0] in _HALVES:
        start, halves = _HALVES[run[0]]
        shapes[colour].append(_box(x, 2 * y + start, cells, halves))
    elif run[0] in _SHADES:
        shapes[f'{colour}" fill-opacity="{_SHADES[run[0]]}'].append(_box(x, 2 * y, cells, 2))
    elif run[0] in _LINES:
        shapes[colour].append(_line(run, x, y, cells))
    elif run.strip():
        bold = ' font-weight="bold"' if style.bold else ""
        texts.append(
            f'<text x="{x * CELL_WIDTH}" y="{y * CELL_HEIGHT + 15}" fill="{colour}"{bold} '
            f'textLength="{cells * CELL_WIDTH}" xml:space="preserve">{html.escape(run)}</text>'
        )


def _box(x: int, half: int, cells: int, halves: int) -> str:
    """A rectangle of a path, in cells across and half cells down."""
    across, down = cells * CELL_WIDTH, halves * CELL_HEIGHT // 2
    return f"M{x * CELL_WIDTH} {half * CELL_HEIGHT // 2}h{across}v{down}h-{across}z"


def _line(run: str, x: int, y: int, cells: int) -> str:
    """A rectangle through the middle of cells: across, or down each of them."""
    left, top = x * CELL_WIDTH, y * CELL_HEIGHT
    if run[0] == "─":
        across = cells * CELL_WIDTH
        return f"M{left} {top + CELL_HEIGHT // 2}h{across}v1h-{across}z"
    middles = (left + CELL_WIDTH // 2 + cell * CELL_WIDTH for cell in range(cells))
    return "".join(f"M{middle} {top}h1v{CELL_HEIGHT}h-1z" for middle in middles)


def _colour(style: Style, *, ground: bool) -> str:
    colour = style.bgcolor if ground else style.color
    if colour is None or colour.triplet is None:
        return "#000000" if ground else "#ffffff"
    return colour.triplet.hex
