"""What a canvas says of a cell → what the terminal is sent: characters, with their colours."""

from functools import cache
from typing import Final

from rich.segment import Segment
from rich.style import Style

from backcoach.figure.raster import SHADES
from backcoach.tui.canvas import Ink, Pixels, Role, Row
from backcoach.tui.depth import Depth
from backcoach.tui.theme import Palette

_BRIGHT: Final = frozenset({Role.HOLD, Role.PREPARE, Role.REST, Role.SWITCH, Role.PAUSED})
"""What is drawn solid where there are no colours; the rest is drawn as a shade."""


class Paint:
    """Paints cells in one palette, as deep as its terminal's colours go."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self._styles = palette.styles()
        self._pixels = cache(self._pixels_uncached)

    def segments(self, row: Row) -> list[Segment]:
        """A row of a canvas as Textual's line API takes it."""
        return [self._segment(text, ink) for text, ink in row if text]

    @property
    def ground(self) -> Style:
        """The style of what is empty."""
        return self._styles[Role.TEXT]

    def _segment(self, text: str, ink: Ink) -> Segment:
        if isinstance(ink, Role):
            return Segment(text, self._styles[ink])
        char, style = self._pixels(ink)
        return Segment(char * len(text), style)

    def _pixels_uncached(self, ink: Pixels) -> tuple[str, Style]:
        """A cell of two pixels: in colours that are mixed, in plain ones, or in one bit."""
        if not self._palette.depth.mixes:
            upper = _hard(ink.upper, ink.upper_shade)
            lower = _hard(ink.lower, ink.lower_shade)
            if self._palette.depth is Depth.NONE:
                return _one_bit(upper, lower), self.ground
            return self._plain(upper, lower)
        pixel = self._palette.pixel
        return "▀", Style(
            color=pixel(ink.upper, ink.upper_shade, SHADES),
            bgcolor=pixel(ink.lower, ink.lower_shade, SHADES),
        )

    def _plain(self, upper: Role | None, lower: Role | None) -> tuple[str, Style]:
        """In the terminal's own colours, which don't mix."""
        if upper is lower:
            return ("█", self._styles[upper]) if upper else (" ", self.ground)
        if upper is None or lower is None:
            return ("▄", self._styles[lower]) if lower else ("▀", self._styles[upper or Role.TEXT])
        return "▀", Style(color=self._styles[upper].color, bgcolor=self._styles[lower].color)


def _hard(role: Role, shade: int) -> Role | None:
    """A pixel that is there or isn't; a mat, which is no more than a tint, isn't."""
    return role if 2 * shade >= SHADES and role is not Role.PANEL else None


def _one_bit(upper: Role | None, lower: Role | None) -> str:
    """Bright pixels are solid, dim ones a shade that fills the cell."""
    bright = (upper in _BRIGHT, lower in _BRIGHT)
    if any(bright):
        return {(True, True): "█", (True, False): "▀", (False, True): "▄"}[bright]
    if upper and lower:
        return "▒"
    return "░" if upper or lower else " "
