"""What a terminal can show: how many colours, and which characters. Needs no Textual."""

from collections.abc import Mapping
from enum import Enum
from typing import Final


class Depth(Enum):
    """How many colours there are; the value is the name that Textual's console has for it."""

    TRUE = "truecolor"
    COLOURS_256 = "256"
    COLOURS_16 = "standard"
    NONE = "none"

    @property
    def mixes(self) -> bool:
        """Whether colours can be mixed: without that, a figure is drawn in one bit."""
        return self in (Depth.TRUE, Depth.COLOURS_256)


_TRUE_COLOUR_TERMS: Final = ("direct", "kitty", "ghostty", "alacritty", "wezterm", "foot")
"""Parts of `TERM` of terminals that have all colours, also where `COLORTERM` got lost on the way,
as it does over ssh."""

# Half blocks, shades and corners are in every console font; thin strokes and signs aren't.
CONSOLE: Final = str.maketrans(
    "▂▃▅▆▇◐▔▁▏▎▍▕┃━┏┓┗┛┣┫╭╮╰╯" + "▾▴▸▶◀▲▼◆●○□" + "✓✗✔✘♪‖⇄↕×−" + "…–—‘’“”",
    "▄▄███o▀▄│││││─┌┐└┘├┤┌┐└┘" + "v^>><^v****" + "+x+x~H<^x-" + ".--''\"\"",
)
"""What the Linux console shows in place of what its fonts lack: one cell for one cell."""


def find_depth(environ: Mapping[str, str]) -> Depth:
    """How many colours a terminal has, by its environment. An empty `NO_COLOR` is no wish."""
    term = environ.get("TERM", "").strip().lower()
    if environ.get("NO_COLOR") or term in ("dumb", "unknown", "vt100", "vt102", "vt220"):
        return Depth.NONE
    forced = environ.get("TEXTUAL_COLOR_SYSTEM", "").strip().lower()
    for depth in (Depth.TRUE, Depth.COLOURS_256, Depth.COLOURS_16):
        if forced == depth.value:
            return depth
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return Depth.TRUE
    if any(part in term for part in _TRUE_COLOUR_TERMS):
        return Depth.TRUE
    if "256color" in term:
        return Depth.COLOURS_256
    return Depth.COLOURS_16


def is_console(environ: Mapping[str, str]) -> bool:
    """Whether this is the Linux console, whose fonts hold no more than 512 characters."""
    return environ.get("TERM", "").strip().lower() in ("linux", "linux-16color")


def is_light(environ: Mapping[str, str]) -> bool:
    """Whether the terminal says that its ground is light: `COLORFGBG` is `text;ground`."""
    ground = environ.get("COLORFGBG", "").rpartition(";")[2].strip()
    return ground.isdecimal() and ground.isascii() and int(ground) in (7, *range(9, 16))


def is_still(motion: str, environ: Mapping[str, str]) -> bool:
    """Whether nothing is to move: by the settings, or by the variable that Textual reads."""
    wished = environ.get("TEXTUAL_ANIMATIONS", "").strip().lower()
    return motion == "reduced" or wished == "none"
