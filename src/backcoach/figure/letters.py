"""Letters and digits made of half blocks, to be read from two metres away.

A pixel is half a cell high and one cell wide, so it is about square.
"""

from functools import cache
from itertools import pairwise
from typing import Final

LETTER_ROWS: Final = 3
"""The height of block letters, in rows."""

_LETTERS: Final = {
    "A": ("▄█▀▀█▄", "██▄▄██", "██  ██"),
    "B": ("██▀▀█▄", "██▀▀█▄", "██▄▄█▀"),
    "C": ("▄█▀▀▀▀", "██    ", "▀█▄▄▄▄"),
    "D": ("██▀▀█▄", "██  ██", "██▄▄█▀"),
    "E": ("██▀▀▀▀", "██▀▀  ", "██▄▄▄▄"),
    "F": ("██▀▀▀▀", "██▀▀  ", "██    "),
    "G": ("▄█▀▀▀▀", "██ ▀██", "▀█▄▄██"),
    "H": ("██  ██", "██████", "██  ██"),
    "I": ("██", "██", "██"),
    "J": ("    ██", "    ██", "▀█▄▄█▀"),
    "K": ("██ ▄█▀", "████  ", "██ ▀█▄"),
    "L": ("██    ", "██    ", "██▄▄▄▄"),
    "M": ("██▄ ▄██", "██▀█▀██", "██   ██"),
    "N": ("██▄ ██", "██▀███", "██  ██"),
    "O": ("▄█▀▀█▄", "██  ██", "▀█▄▄█▀"),
    "P": ("██▀▀█▄", "██▄▄█▀", "██    "),
    "Q": ("▄█▀▀█▄", "██ ▄██", "▀█▄▄██"),
    "R": ("██▀▀█▄", "██▄▄█▀", "██ ▀█▄"),
    "S": ("▄█▀▀▀▀", "▀▀▀▀█▄", "▄▄▄▄█▀"),
    "T": ("██████", "  ██  ", "  ██  "),
    "U": ("██  ██", "██  ██", "▀█▄▄█▀"),
    "V": ("██  ██", "██  ██", " ▀██▀ "),
    "W": ("██   ██", "██▄█▄██", "██▀ ▀██"),
    "X": ("▀█▄▄█▀", "  ██  ", "▄█▀▀█▄"),
    "Y": ("██  ██", "▀█▄▄█▀", "  ██  "),
    "Z": ("▀▀▀▀██", " ▄█▀▀ ", "██▄▄▄▄"),
    " ": ("   ", "   ", "   "),
}

# Each digit as the strokes it has, like the lit segments of a clock: top, middle, bottom, then the
# upper and lower halves of the left and the right upright.
_STROKES: Final = {
    "0": "tbudUD",
    "1": "",
    "2": "tmbUd",
    "3": "tmbUD",
    "4": "muUD",
    "5": "tmbuD",
    "6": "tmbudD",
    "7": "tUD",
    "8": "tmbudUD",
    "9": "tmbuUD",
}


@cache
def block_letters(text: str) -> tuple[str, str, str]:
    """A text in letters three rows high; a character without a letter is left out."""
    letters = [_LETTERS[char] for char in text.upper() if char in _LETTERS]
    first, second, third = (" ".join(letter[row] for letter in letters) for row in range(3))
    return first, second, third


def letters_width(text: str) -> int:
    """How many cells a text takes in block letters."""
    return len(block_letters(text)[0])


def digit_width(rows: int) -> int:
    """How many cells a digit of so many rows takes."""
    return max(5, round(rows * 2 * 0.6))


def digits_width(text: str, rows: int) -> int:
    """How many cells digits and colons take, with the gaps between them."""
    stroke = _stroke(rows)
    widths = [stroke if char == ":" else digit_width(rows) for char in text]
    return sum(widths) + sum(_gaps(text, stroke))


def _gaps(text: str, stroke: int) -> list[int]:
    """How far apart digits are: a colon, which is mostly air itself, stands closer."""
    pairs = pairwise(text)
    return [max(1, stroke // 2) if ":" in pair else stroke for pair in pairs]


@cache
def big_digits(text: str, rows: int) -> tuple[str, ...]:
    """Digits and colons, `rows` high; each has the same size, whatever it shows."""
    stroke = _stroke(rows)
    glyphs = [_glyph(char, rows * 2, stroke) for char in text]
    gaps = [*(" " * gap for gap in _gaps(text, stroke)), ""]
    pixels = [
        "".join(glyph[y] + gap for glyph, gap in zip(glyphs, gaps, strict=True))
        for y in range(rows * 2)
    ]
    return tuple(
        "".join(_half_block(up, down) for up, down in zip(*pixels[y : y + 2], strict=True))
        for y in range(0, rows * 2, 2)
    )


def _stroke(rows: int) -> int:
    """The width of a stroke: a sixth of the height, in pixels."""
    return max(2, round(rows * 2 / 6))


def _half_block(up: str, down: str) -> str:
    return {"  ": " ", "# ": "▀", " #": "▄", "##": "█"}[up + down]


def _glyph(char: str, height: int, stroke: int) -> list[str]:
    """A digit or a colon as rows of pixels, `#` where it is lit."""
    if char == ":":
        third = height // 3
        lit = {*range(third - stroke // 2, third - stroke // 2 + stroke)}
        lit |= {height - 1 - y for y in lit}
        return [("#" if y in lit else " ") * stroke for y in range(height)]
    width = digit_width(height // 2)
    if char == "1":
        return _one(width, height, stroke)
    strokes = _STROKES[char]
    middle = (height - stroke) // 2
    pixels = []
    for y in range(height):
        across = (
            ("t" in strokes and y < stroke)
            or ("m" in strokes and middle <= y < middle + stroke)
            or ("b" in strokes and y >= height - stroke)
        )
        upper = y < middle + stroke // 2
        left = ("u" if upper else "d") in strokes
        right = ("U" if upper else "D") in strokes
        side = "#" * stroke
        blank = " " * stroke
        inner = ("#" if across else " ") * (width - 2 * stroke)
        pixels.append(
            (side if left or across else blank) + inner + (side if right or across else blank)
        )
    return pixels


def _one(width: int, height: int, stroke: int) -> list[str]:
    """An upright in the middle with a flag and a foot: never to be taken for half of a digit."""
    left = (width - stroke) // 2
    right = width - left - stroke
    pixels = []
    for y in range(height):
        if y >= height - stroke:
            pixels.append("#" * width)
        elif y < stroke:
            flag = min(stroke, left)
            pixels.append(" " * (left - flag) + "#" * (flag + stroke) + " " * right)
        else:
            pixels.append(" " * left + "#" * stroke + " " * right)
    return pixels
