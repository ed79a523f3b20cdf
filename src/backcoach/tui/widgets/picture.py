"""The one widget: shows a canvas, and sends the terminal only the rows that have changed."""

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from backcoach.tui.canvas import Canvas, Role, Row


class Picture(Widget):
    """Shows the rows of a canvas."""

    DEFAULT_CSS = "Picture { width: 100%; height: 100%; }"

    def __init__(self, styles: dict[Role, Style]) -> None:
        super().__init__()
        self._styles = styles
        self._rows: tuple[Row, ...] = ()

    def show(self, canvas: Canvas) -> None:
        """Show this from now on."""
        before, after = self._rows, canvas.rows()
        self._rows = after
        if len(before) != len(after):
            self.refresh()
            return
        changed = [
            Region(0, y, canvas.width, 1)
            for y, (old, new) in enumerate(zip(before, after, strict=True))
            if old != new
        ]
        if changed:
            self.refresh(*changed)

    @property
    def text(self) -> str:
        """What is shown, as plain lines."""
        return "\n".join("".join(text for text, _ in row).rstrip() for row in self._rows)

    def render_line(self, y: int) -> Strip:
        """One row, as Textual's line API asks for it."""
        width = self.size.width
        if y >= len(self._rows):
            return Strip([Segment(" " * width, self._styles[Role.TEXT])], width)
        strip = Strip([Segment(text, self._styles[role]) for text, role in self._rows[y] if text])
        return strip.adjust_cell_length(width, self._styles[Role.TEXT])
