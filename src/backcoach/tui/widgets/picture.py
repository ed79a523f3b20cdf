"""The one widget: shows a canvas, and sends the terminal only the cells that have changed."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.filter import LineFilter
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from backcoach.tui.canvas import Canvas, Row
from backcoach.tui.painting import Paint


class Picture(Widget):
    """Shows the rows of a canvas.

    Args:
        paint: makes colours of what the canvas says.
        filters: take out what the terminal lacks.
    """

    DEFAULT_CSS = "Picture { width: 100%; height: 100%; }"

    def __init__(self, paint: Paint, filters: Sequence[LineFilter] = ()) -> None:
        super().__init__()
        self._paint = paint
        self._filters = filters
        self._canvas: Canvas | None = None
        self._rows: list[Row] = []
        self._strips: dict[int, Strip] = {}
        """What was sent of each row, by its number, until it changes."""

    def show(self, canvas: Canvas) -> None:
        """Show this from now on; nobody writes on it any more."""
        before, self._canvas = self._canvas, canvas
        if before is None or (before.width, before.height) != (canvas.width, canvas.height):
            self._rows = list(canvas.rows())
            self._strips.clear()
            self.refresh()
            return
        changed = []
        for y in canvas.unlike(before):
            old, new = self._rows[y], canvas.row(y)
            self._rows[y] = new
            self._strips.pop(y, None)
            changed.append(Region(*_changed(old, new, canvas.width, y)))
        if changed:
            self.refresh(*changed)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown, cell by cell."""
        return tuple(self._rows)

    @property
    def text(self) -> str:
        """What is shown, as plain lines."""
        return "\n".join("".join(text for text, _ in row).rstrip() for row in self._rows)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Rows, as Textual asks for them: it would add borders and styles, and there are none."""
        strips = [self.render_line(y) for y in crop.line_range]
        if crop.column_span == (0, self.size.width):
            return strips
        return [strip.crop(*crop.column_span) for strip in strips]

    def render_line(self, y: int) -> Strip:
        """One row, painted when it has changed."""
        strip = self._strips.get(y)
        if strip is None or strip.cell_length != self.size.width:
            strip = self._strips[y] = self._painted(y)
        return strip

    def _painted(self, y: int) -> Strip:
        width, ground = self.size.width, self._paint.ground
        segments = self._paint.segments(self._rows[y]) if y < len(self._rows) else []
        # As wide as it was drawn, mostly: nobody has to count its cells then.
        drawn = self._canvas.width if self._canvas and segments else 0
        strip = Strip(segments, drawn).adjust_cell_length(width, ground)
        for what in self._filters:
            strip = strip.apply_filter(what, self.background_colors[1])
        return strip


def _changed(old: Row, new: Row, width: int, y: int) -> tuple[int, int, int, int]:
    """The stretch of a row that differs, as x, y, width and height."""
    start = _same(old, new)
    end = _same(old[::-1], new[::-1])
    return start, y, max(1, width - start - end), 1


def _same(one: Row, other: Row) -> int:
    """How many cells the two begin with that are the same, in whole spans."""
    same = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        same += cell_len(left[0])
    return same
