"""Words that fit: the fullest of several wordings, and texts cut between sentences only."""

import re
from functools import lru_cache
from typing import Final

from rich.cells import cell_len

from backcoach.tui.canvas import Canvas, Role, shorten, wrap

_BETWEEN_SENTENCES: Final = re.compile(r"(?<=[.!?…]) +")
_ANY: Final = 999


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


@lru_cache(maxsize=256)
def whole_words(text: str, width: int, rows: int) -> tuple[str, ...]:
    """A text in at most so many lines; an ellipsis stands for what has no room."""
    lines = wrap(" ".join(shorten(word, width) for word in text.split()), width)
    if len(lines) <= rows:
        return tuple(lines)
    return (*lines[: rows - 1], _cut_at_a_word(" ".join(lines[rows - 1 :]), width))[: max(0, rows)]


def _cut_at_a_word(text: str, width: int) -> str:
    """The words of a text that fit before an ellipsis; of a single long one its beginning."""
    if cell_len(text.split()[0]) > width - 2:
        return shorten(text, width)
    return f"{wrap(text, width - 2)[0]} …"


@lru_cache(maxsize=256)
def whole_sentences(text: str, width: int, rows: int) -> tuple[str, ...]:
    """A text in at most so many lines: where it is longer, its first sentences are left out.

    What to do stands last, after what has been heard before: so the end is what is kept.
    """
    sentences = _BETWEEN_SENTENCES.split(text.strip())
    for first in range(len(sentences)):
        lines = whole_words(" ".join(sentences[first:]), width, _ANY)
        if len(lines) <= rows:
            return lines
    return whole_words(sentences[-1], width, rows)


def put_lines(canvas: Canvas, x: int, y: int, lines: tuple[str, ...], role: Role) -> int:
    """Write lines one below the other; the row after them."""
    for line in lines:
        canvas.put(x, y, line, role)
        y += 1
    return y
