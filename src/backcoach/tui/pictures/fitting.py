"""Words that fit: the fullest of several wordings, and texts cut between sentences only."""

import re
from functools import lru_cache
from typing import Final

from rich.cells import cell_len

from backcoach.tui.canvas import Canvas, Role, shorten, wrap

_BETWEEN_SENTENCES: Final = re.compile(r"(?<=[.!?…]) +")


def first_that_fits(width: int, *wordings: str) -> str:
    """The first of several wordings that fits into `width` cells; else the last one, shortened.

    Args:
        wordings: the fullest first; end with "" for what may be left out.
    """
    for words in wordings:
        if cell_len(words) <= width:
            return words
    return shorten(wordings[-1], width)


def put_first_that_fits(
    canvas: Canvas, x: int, y: int, width: int, role: Role, *wordings: str
) -> int:
    """Write the fullest wording that fits; where it ends."""
    return canvas.put(x, y, first_that_fits(width, *wordings), role)


@lru_cache(maxsize=64)
def whole_sentences(text: str, width: int, rows: int) -> tuple[str, ...]:
    """A text in at most so many lines: where it is longer, its first sentences are left out.

    What to do stands last, after what has been heard before: so the end is what is kept.
    """
    sentences = _BETWEEN_SENTENCES.split(text.strip())
    lines: list[str] = []
    for first in range(len(sentences)):
        lines = wrap(" ".join(sentences[first:]), width)
        if len(lines) <= rows:
            return tuple(lines)
    return (*lines[: rows - 1], shorten(" ".join(lines[rows - 1 :]), width)) if rows > 0 else ()


def put_sentences(
    canvas: Canvas, x: int, y: int, width: int, text: str, role: Role, rows: int
) -> int:
    """Write as many of a text's last sentences as fit; the row after them."""
    for line in whole_sentences(text, width, rows):
        canvas.put(x, y, line, role)
        y += 1
    return y
