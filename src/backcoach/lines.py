"""Lines of text as a terminal shows them: one that is too long is broken between its words."""

import os
import re
from typing import Final, TextIO

_COLOUR: Final = re.compile(r"\x1b\[[0-9;]*m")
_WORD: Final = re.compile(r"\s*\S+|\s+$")
_COLUMN: Final = re.compile(r"^\s+|(?<=\S)\s{2,}(?=\S)")
"""What stands before a column of a list."""
_SOURCE: Final = re.compile(r"\s*\d* \|")
"""How a line of a file begins, and the line with the marks under it: they belong together."""


def fit(text: str, stream: TextIO) -> str:
    """The text as a stream is to have it: fitted to a terminal's width, elsewhere as it is."""
    columns = _columns(stream)
    if not columns:
        return text
    return "\n".join(wrap(line, columns) for line in text.split("\n"))


def wrap(line: str, columns: int) -> str:
    """A line broken between words; what is carried over stands under a list's last column.

    A word is never broken, however long: whoever copies a path wants it in one piece.
    """
    if width(line) <= columns or _SOURCE.match(_COLOUR.sub("", line)):
        return line
    rows, indent = [""], " " * _indent(line, columns)
    for word in _WORD.findall(line):
        if rows[-1].strip() and word.strip() and width(rows[-1] + word) > columns:
            rows.append(indent + word.lstrip())
        else:
            rows[-1] += word
    return "\n".join(rows)


def width(text: str) -> int:
    """How many columns of a terminal a text takes; its colours take none."""
    text = _COLOUR.sub("", text)
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    return max(0, wcswidth(text))


def _indent(line: str, columns: int) -> int:
    """Where the last column of a list begins that leaves room for words; 0 where there is none."""
    begins = (width(line[: gap.end()]) for gap in _COLUMN.finditer(line))
    return max((each for each in begins if each <= columns // 2), default=0)


def _columns(stream: TextIO) -> int:
    """How wide a terminal is; 0 where there is none, or it doesn't say."""
    try:
        return os.get_terminal_size(stream.fileno()).columns if stream.isatty() else 0
    except (OSError, ValueError):
        return 0
