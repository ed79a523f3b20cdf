"""A sheet of cells to write on: what a screen shows, before any terminal is involved."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final, NamedTuple
from unicodedata import category

from rich.cells import cell_len, get_character_cell_size

from backcoach.figure.raster import SHADES, Raster, Tone


class Role(StrEnum):
    """What something is, which gives it its colour."""

    TEXT = "text"
    STRONG = "strong"
    MUTED = "muted"
    PANEL = "panel"
    PANEL_MUTED = "panel-muted"
    PREPARE = "prepare"
    HOLD = "hold"
    REST = "rest"
    SWITCH = "switch"
    PAUSED = "paused"
    CARRY = "carry"
    FLOOR = "floor"
    PROP = "prop"
    AHEAD = "ahead"
    STOP = "stop"
    KEY = "key"
    SELECTED = "selected"


class Pixels(NamedTuple):
    """A cell of two pixels, one above the other: the role of each, and how much of it there is.

    Attributes:
        upper_shade, lower_shade: 0 is the ground, `SHADES` the role's full colour.
    """

    upper: Role
    upper_shade: int
    lower: Role
    lower_shade: int


Ink = Role | Pixels
"""What a cell is drawn with: a role for its character, or two pixels in place of one."""
Span = tuple[str, Ink]
Row = tuple[Span, ...]

PIXELS: Final = "▀"
"""What stands in a cell of pixels: its own colour is the upper one's, its ground the lower's."""

FIGURE: Final = {
    Tone.GROUND: Role.TEXT,
    Tone.FLOOR: Role.FLOOR,
    Tone.MAT: Role.PANEL,
    Tone.PROP: Role.PROP,
    Tone.CARRY: Role.CARRY,
    Tone.WORK: Role.HOLD,
}
"""The roles of a figure's tones."""


MOST_MARKS: Final = 4
"""On one letter: no language has more."""
_MARKS: Final = frozenset({"Mn", "Mc", "Me"})
_SELECTORS: Final = frozenset(map(chr, range(0xFE00, 0xFE10)))
"""They ask for another picture of a sign, whose width terminals don't agree on."""
_RUN: Final = re.compile(r"[^ ]+")


@cache
def _pixels(upper: Role, upper_shade: int, lower: Role, lower_shade: int) -> Pixels:
    """One object for equal cells, so that spans are told apart without comparing them."""
    return Pixels(upper, upper_shade, lower, lower_shade)


class Canvas:
    """Cells in rows, each with a character and a role. Writing outside it is cut off."""

    def __init__(self, width: int, height: int) -> None:
        self.width = max(1, width)
        self.height = max(1, height)
        self._chars = [[" "] * self.width for _ in range(self.height)]
        self._roles: list[list[Ink]] = [[Role.TEXT] * self.width for _ in range(self.height)]

    def put(self, x: int, y: int, text: str, role: Role = Role.TEXT) -> int:
        """Write a text; where it ends, for the one after it."""
        if not 0 <= y < self.height:
            return x
        chars, roles = self._chars[y], self._roles[y]
        end = x + len(text)
        if x >= 0 and text and end <= self.width and _is_narrow(text):
            # As nearly always, all of it inside.
            _free(chars, x, end)
            chars[x:end] = text
            roles[x:end] = [role] * len(text)
            return end
        written: int | None = None
        for char in text:
            size = get_character_cell_size(char)
            if size == 0:
                if written is not None and _is_mark(char) and len(chars[written]) <= MOST_MARKS:
                    chars[written] += char
                continue
            if x < 0 or x + size > self.width:
                written = None
                x += size
                continue
            _free(chars, x, x + size)
            chars[x], roles[x], written = char, role, x
            if size == 2:
                # The second cell of a wide character holds nothing of its own.
                chars[x + 1], roles[x + 1] = "", role
            x += size
        return x

    def put_right(self, y: int, text: str, role: Role = Role.TEXT, margin: int = 1) -> int:
        """Write a text that ends at the right margin; where it begins."""
        x = self.width - margin - cell_len(text)
        self.put(x, y, text, role)
        return x

    def put_rows(self, x: int, y: int, rows: tuple[str, ...], role: Role) -> None:
        """Write a picture of half blocks; its blanks leave what is there."""
        for number, runs in enumerate(_runs(rows), y):
            for start, run in runs:
                self.put(x + start, number, run, role)

    def put_pixels(
        self, x: int, y: int, raster: Raster, roles: Mapping[Tone, Role] = FIGURE
    ) -> None:
        """Draw pixels, two in a cell; where both are ground, what is there is left.

        Args:
            y: the row of the first two rows of pixels.
            roles: what each tone is drawn with.
        """
        for number, runs in enumerate(_cells(raster, tuple(roles[tone] for tone in Tone)), y):
            if not 0 <= number < self.height:
                continue
            chars, cells = self._chars[number], self._roles[number]
            for start, inks in runs:
                first, last = max(0, x + start), min(self.width, x + start + len(inks))
                if first < last:
                    _free(chars, first, last)
                    chars[first:last] = PIXELS * (last - first)
                    cells[first:last] = inks[first - x - start : last - x - start]

    def fill(self, x: int, y: int, width: int, height: int, role: Role, char: str = " ") -> None:
        """Fill a rectangle."""
        for row in range(y, y + height):
            self.put(x, row, char * width, role)

    def put_wrapped(
        self, x: int, y: int, width: int, text: str, role: Role = Role.TEXT, rows: int = 99
    ) -> int:
        """Write a text in lines of at most `width` cells; the row after its last one."""
        for line in wrap(text, width)[: max(0, rows)]:
            self.put(x, y, line, role)
            y += 1
        return y

    def row(self, y: int) -> Row:
        """What is on one row: stretches of one role."""
        return _spans(self._chars[y], self._roles[y])

    def rows(self) -> tuple[Row, ...]:
        """What is on it."""
        return tuple(map(self.row, range(self.height)))

    def unlike(self, other: "Canvas") -> list[int]:
        """The rows in which it differs from another one of its size."""
        cells = zip(self._chars, self._roles, other._chars, other._roles, strict=True)
        return [
            y
            for y, (chars, roles, theirs, their_roles) in enumerate(cells)
            if chars != theirs or roles != their_roles
        ]

    def text(self) -> str:
        """What is on it, as plain lines."""
        return "\n".join("".join(row).rstrip() for row in self._chars)


@lru_cache(maxsize=4096)
def _is_narrow(text: str) -> bool:
    """Whether each character takes one cell."""
    return all(get_character_cell_size(char) == 1 for char in text)


@lru_cache(maxsize=256)
def _runs(rows: tuple[str, ...]) -> tuple[tuple[tuple[int, str], ...], ...]:
    """What isn't blank in each row of a picture, with where it begins."""
    return tuple(tuple((run.start(), run[0]) for run in _RUN.finditer(row)) for row in rows)


def _is_mark(char: str) -> bool:
    """Whether it belongs to the letter before it: an accent, a vowel sign. Nothing invisible."""
    return category(char) in _MARKS and char not in _SELECTORS


def _free(chars: list[str], start: int, end: int) -> None:
    """Blank the halves of wide characters that are left over beside what is written over."""
    if chars[start] == "" and start:
        chars[start - 1] = " "
    if end < len(chars) and chars[end] == "":
        chars[end] = " "


@lru_cache(maxsize=32)
def _cells(
    raster: Raster, roles: tuple[Role, ...]
) -> tuple[tuple[tuple[int, tuple[Pixels, ...]], ...], ...]:
    """What is drawn of a raster in each row: from which column on, and with what.

    Kept, as most of a picture is there again in the next one.
    """
    inks = [_ink(code, roles) for code in range(8 * len(roles))]
    blank = bytes(raster.width)
    rows = []
    for number in range(0, raster.height, 2):
        uppers = raster.rows[number]
        lowers = raster.rows[number + 1] if number + 1 < raster.height else blank
        runs: list[tuple[int, tuple[Pixels, ...]]] = []
        run: list[Pixels] = []
        for column, (upper, lower) in enumerate(zip(uppers, lowers, strict=True)):
            if upper & 7 or lower & 7:
                run.append(_pixels(*inks[upper], *inks[lower]))
            elif run:
                runs.append((column - len(run), tuple(run)))
                run = []
        if run:
            runs.append((raster.width - len(run), tuple(run)))
        rows.append(tuple(runs))
    return tuple(rows)


def _ink(code: int, roles: tuple[Role, ...]) -> tuple[Role, int]:
    """A pixel's byte as its role and shade; the ground has one role only."""
    shade = code & 7
    return (roles[code >> 3], min(shade, SHADES)) if shade else (Role.TEXT, 0)


def _spans(chars: list[str], roles: list[Ink]) -> Row:
    spans: list[Span] = []
    start, ink = 0, roles[0]
    for end, other in enumerate(roles):
        if other is not ink:
            spans.append(("".join(chars[start:end]), ink))
            start, ink = end, other
    spans.append(("".join(chars[start:]), ink))
    return tuple(spans)


def wrap(text: str, width: int) -> list[str]:
    """A text in lines of at most `width` cells, broken at spaces; a longer word is cut."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if cell_len(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while cell_len(word) > width > 0:
            head = clip(word, width)
            if not head:
                break
            lines.append(head)
            word = word[len(head) :]
        line = word
    if line:
        lines.append(line)
    return lines


def clip(text: str, width: int) -> str:
    """As much of a text as fits into `width` cells."""
    taken = 0
    for number, char in enumerate(text):
        taken += get_character_cell_size(char)
        if taken > width:
            return text[:number]
    return text


def shorten(text: str, width: int) -> str:
    """The text, or its beginning and an ellipsis where it is wider than `width` cells."""
    return text if cell_len(text) <= width else clip(text, width - 1) + "…"
