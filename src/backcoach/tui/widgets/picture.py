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
        self._rows: tuple[Row, ...] = ()
        self._width = 0

    def show(self, canvas: Canvas) -> None:
        """Show this from now on."""
        before, after = self._rows, canvas.rows()
        self._rows, self._width = after, canvas.width
        if len(before) != len(after):
            self.refresh()
            return
        changed = [
            Region(*_changed(old, new, canvas.width, y))
            for y, (old, new) in enumerate(zip(before, after, strict=True))
            if old != new
        ]
        if changed:
            self.refresh(*changed)

    def on_unmount(self) -> None:
        """Let go of what was drawn: Textual 8.2 remembers a thousand widgets that are gone."""
        self._styles_cache.clear()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown, cell by cell."""
        return self._rows

    @property
    def text(self) -> str:
        """What is shown, as plain lines."""
        return "\n".join("".join(text for text, _ in row).rstrip() for row in self._rows)

    def render_line(self, y: int) -> Strip:
        """One row, as Textual's line API asks for it."""
        width = self.size.width
        segments = self._paint.segments(self._rows[y]) if y < len(self._rows) else []
        if segments and width == self._width:
            # As wide as it was drawn: nobody has to count its cells.
            return Strip(segments, width)
        return Strip(segments).adjust_cell_length(width, self._paint.ground)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Just those: Textual's own would turn colours into true ones, which they are."""
        return self._filters


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
