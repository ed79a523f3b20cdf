"""A file → its text → TOML values. Every way in which that can fail is a clear error."""

import codecs
import os
import stat
from dataclasses import dataclass
from typing import Any, Final

import tomli

from backcoach.document.problems import BadFileError, Problems
from backcoach.errors import UnreadableError

MAX_BYTES: Final = 1024 * 1024
MAX_DEPTH: Final = 64


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
        BadFileError: with one problem that carries its line where it is known.
    """
    problems = Problems(file)
    if len(content) > MAX_BYTES:
        problems.add("too-large", "the file is larger than 1 MiB", hint="split the routine")
        raise BadFileError(problems)
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        problems.add(
            "not-utf-8",
            "the file is not UTF-8 text",
            hint="save it as UTF-8",
            line=before.count(b"\n") + 1,
            column=len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1,
        )
        raise BadFileError(problems) from error
    try:
        values = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        last = text.count("\n") + 1
        problems.add(
            "toml-syntax",
            error.msg[:1].lower() + error.msg[1:],
            line=min(error.lineno, last),
            column=error.colno,
        )
        raise BadFileError(problems) from error
    except (RecursionError, ValueError) as error:
        # Too many brackets in brackets, or an integer too long to be read.
        what = "nested too deeply" if isinstance(error, RecursionError) else "not readable as TOML"
        problems.add("toml-syntax", f"the file is {what}")
        raise BadFileError(problems) from error
    if _depth(values) > MAX_DEPTH:
        problems.add("toml-syntax", "the file is nested too deeply")
        raise BadFileError(problems)
    return Document(file, text, values)


def _depth(value: object) -> int:
    """How deep the tables and arrays nest, counted without recursion."""
    deepest = 0
    rest: list[tuple[object, int]] = [(value, 1)]
    while rest:
        here, depth = rest.pop()
        deepest = max(deepest, depth)
        if isinstance(here, dict):
            rest.extend((child, depth + 1) for child in here.values())
        elif isinstance(here, list):
            rest.extend((child, depth + 1) for child in here)
    return deepest
