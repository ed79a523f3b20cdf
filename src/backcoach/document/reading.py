"""A file → its text → TOML values. Every way in which that can fail is a clear error."""

import codecs
import os
import stat
from dataclasses import dataclass
from typing import Any, Final

from backcoach.document.positions import Place
from backcoach.document.problems import BadFileError, Part, Problems
from backcoach.document.scanning import MAX_DEPTH
from backcoach.document.syntax import MAX_VALUES, parse_toml
from backcoach.errors import UnreadableError

MAX_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Document:
    """An accepted TOML text.

    Attributes:
        file: as the person named it.
        text: without a byte-order mark, line ends as they were.
        values: what tomli made of it.
    """

    file: str
    text: str
    values: dict[str, Any]


def read_document(path: str, shown: str | None = None) -> Document:
    """Read and parse a TOML file.

    Args:
        path: the file.
        shown: how messages name it; its path where None.

    Raises:
        UnreadableError: it isn't there, isn't a file, may not be read, or is no file of ours.
        BadFileError: its text is no TOML, isn't UTF-8, or is too large.
    """
    return parse_document(read_bytes(path), shown or path)


def read_bytes(path: str) -> bytes:
    """A regular file's content, never more than a byte over the limit.

    Raises:
        UnreadableError: it can't be opened, or isn't a regular file.
    """
    try:
        # Not blocking, or a FIFO would be waited for; checked on what was opened, not before.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise UnreadableError(f"{path}: {error.strerror or error}") from error
    except ValueError as error:
        raise UnreadableError(f"{path!r}: no file has such a name") from error
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise UnreadableError(f"{path}: not a regular file")
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableError(f"{path}: {error.strerror or error}") from error
    finally:
        os.close(handle)


def parse_document(content: bytes, file: str) -> Document:
    """Parse the bytes of a TOML file.

    Raises:
        BadFileError: with everything that is wrong with it as TOML.
    """
    problems = Problems(file)
    if len(content) > MAX_BYTES:
        problems.add("too-large", "the file is larger than 1 MiB", hint="split the routine")
        raise BadFileError(problems)
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.text = content.decode("utf-8", "replace")
        _note_encoding(content, error.start, problems)
        raise BadFileError(problems) from error
    problems.text = text
    values = parse_toml(text, problems)
    if values is None:
        raise BadFileError(problems)
    _check_size(values, problems)
    if problems:
        raise BadFileError(problems)
    return Document(file, text, values)


def _note_encoding(content: bytes, at: int, problems: Problems) -> None:
    before = content[:at]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    problems.add(
        "not-utf-8",
        "the file is UTF-16 text" if utf_16 else "the file is not UTF-8 text",
        hint="save it as UTF-8",
        place=Place(line, column, line, column + 1),
    )


def _check_size(values: dict[str, Any], problems: Problems) -> None:
    """Note if there is more in a file than anything of ours has. Counted without recursion."""
    count, depth = 0, 0
    level: list[dict[str, Any] | list[Any]] = [values]
    while level and depth <= MAX_DEPTH and count <= MAX_VALUES:
        depth += 1
        count += sum(map(len, level))
        level = [
            child
            for table in level
            for child in (table.values() if isinstance(table, dict) else table)
            if isinstance(child, dict | list)
        ]
    if depth > MAX_DEPTH:
        problems.add("too-deep", "the brackets nest too deeply", part=Part.FILE)
    elif count > MAX_VALUES:
        problems.add(
            "too-large",
            f"the file holds more than {MAX_VALUES:,} values",
            hint="split the routine",
            part=Part.FILE,
        )
