"""The last thing before the terminal: colours and characters that it doesn't have are taken out."""

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from backcoach.tui.depth import CONSOLE


class WithoutColours(LineFilter):
    """Leaves bold, underline and reverse only. Textual's own turns colours into greys."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments, colourless."""
        del background
        return [
            Segment(text, None if style is None else _colourless(style), control)
            for text, style, control in segments
        ]


@lru_cache(1024)
def _colourless(style: Style) -> Style:
    # What Textual shows by its ground alone, in a colour that is none, would be lost: no `dim`.
    return Style(
        bold=style.bold, italic=style.italic, underline=style.underline, reverse=style.reverse
    )


class ForTheConsole(LineFilter):
    """Puts characters that the Linux console's fonts have in place of those that they lack."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments, in simpler characters."""
        del background
        return [
            Segment(text if text.isascii() else text.translate(CONSOLE), style, control)
            for text, style, control in segments
        ]
