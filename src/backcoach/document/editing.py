"""One value of a text changed in place, every other byte kept."""

import codecs
import re
from copy import deepcopy
from typing import Any, Final

import tomli

from backcoach.document.positions import Positions, locate
from backcoach.document.problems import Path, show_path
from backcoach.document.reading import Document
from backcoach.document.scanning import Node, PositionsLostError, Span, scan
from backcoach.errors import BackcoachError, UnreadableError

_PART: Final = re.compile(r"\.([A-Za-z0-9_-]+)|\[([1-9][0-9]{0,5})\]")


class CantSetError(UnreadableError):
    """A path that leads nowhere, or to what is no single value."""


def read_path(written: str) -> Path:
    """A path as people write it, `steps[2].hold`, counting from 1.

    Raises:
        CantSetError: it isn't written like one.
    """
    path: list[str | int] = []
    # The first key has no dot before it.
    dotted, at = f".{written}", 0
    while at < len(dotted):
        found = _PART.match(dotted, at)
        if found is None:
            raise CantSetError(
                f"`{written}` is no path: write it like `steps[2].hold`, counting from 1"
            )
        path.append(found[1] if found[1] is not None else int(found[2]) - 1)
        at = found.end()
    return tuple(path)


def literals(value: str) -> list[str]:
    """How a value that was typed can be written in TOML: as it is, if it is TOML; as a text.

    Raises:
        CantSetError: it is no text at all.
    """
    import tomli_w

    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise CantSetError("the value holds bytes that are no text") from error

    as_text = tomli_w.dumps({"x": value}).removeprefix("x = ").removesuffix("\n")
    typed = value.strip()
    try:
        tomli.loads(f"x = {typed}")
        node = scan(f"x = {typed}").children
    except (tomli.TOMLDecodeError, PositionsLostError, RecursionError, ValueError):
        return [as_text]
    # Nothing but one value: no comment, no line after it.
    if isinstance(node, dict) and node.keys() == {"x"}:
        start, end = node["x"].value
        if (start, end) == (4, 4 + len(typed)):
            return [typed, as_text]
    return [as_text]


def set_value(document: Document, path: Path, literal: str) -> str:
    """The text with another value at a path; one that isn't there is added to its table.

    Args:
        literal: the value as TOML.

    Raises:
        CantSetError: nothing can be written there.
    """
    try:
        positions = locate(document.text)
    except PositionsLostError as error:
        raise BackcoachError(f"{document.file}: it can only be changed with an editor") from error
    node, depth = positions.find(path)
    if depth == len(path):
        if not node.inline:
            raise CantSetError(f"`{show_path(path)}` holds more than one value: name one of them")
        start, end = node.value
        text = document.text[:start] + literal + document.text[end:]
    else:
        text = _added(document.text, positions, path, literal)
    try:
        done = _same(tomli.loads(text), _with_value(document.values, path, literal))
    except (tomli.TOMLDecodeError, RecursionError, ValueError):
        done = False
    if not done:
        raise CantSetError(f"`{show_path(path)}` can only be written with an editor")
    return text


def encode_like(content: bytes, text: str) -> bytes:
    """A changed text as bytes, with a byte-order mark if the file had one."""
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    return mark + text.encode()


def _same(one: Any, other: Any) -> bool:
    """Whether two values are the same, in their types too; what is no number is itself."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return repr(one) == repr(other)


def _with_value(values: dict[str, Any], path: Path, literal: str) -> dict[str, Any]:
    """What the changed text has to say."""
    changed = deepcopy(values)
    here: Any = changed
    for part in path[:-1]:
        here = here.setdefault(part, {}) if isinstance(here, dict) else here[part]
    here[path[-1]] = tomli.loads(f"x = {literal}")["x"]
    return changed


def _added(text: str, positions: Positions, path: Path, literal: str) -> str:
    """The text with a new key in the innermost table on the way that is written down."""
    node, depth = positions.find(path)
    while depth and isinstance(node.children, dict) and not (node.header or node.inline):
        # Only dotted keys made it: they stand in the table around it.
        depth -= 1
        node, _ = positions.find(path[:depth])
    rest = path[depth:]
    if isinstance(node.children, list) and isinstance(rest[0], int):
        count = len(node.children)
        entries = "1 entry" if count == 1 else f"{count} entries"
        missing, list_ = show_path(path[: depth + 1]), show_path(path[:depth])
        raise CantSetError(f"there is no `{missing}`: `{list_}` has {entries}")
    if not isinstance(node.children, dict) or not all(isinstance(part, str) for part in rest):
        raise CantSetError(f"there is no `{show_path(path)}`, and no table that it could stand in")
    pair = f"{'.'.join(str(part) for part in rest)} = {literal}"
    if node.inline:
        return _into_inline(text, node, pair)
    return _into_section(text, positions, node, pair)


def _into_inline(text: str, table: Node, pair: str) -> str:
    last = _last_end(table, table.value)
    if last is None:
        at = table.value[0] + 1
        return f"{text[:at]} {pair} {text[at:].lstrip(' ')}"
    return f"{text[:last]}, {pair}{text[last:]}"


def _into_section(text: str, positions: Positions, table: Node, pair: str) -> str:
    """Below the last line of the table that a header begins, or the file."""
    start = table.value[1]
    headers = (node.value[0] for _, node in positions.walk() if node.header)
    end = min((at for at in headers if at >= start), default=len(text))
    newline = "\r\n" if "\r\n" in text else "\n"
    last = _last_end(table, (start, end))
    if last is None:
        if table is positions.root:
            return f"{pair}{newline}{text}"
        last = start
    at = text.find("\n", last)
    if at < 0:
        return f"{text}{newline}{pair}{newline}"
    return f"{text[: at + 1]}{pair}{newline}{text[at + 1 :]}"


def _last_end(table: Node, within: Span) -> int | None:
    """Where the last value of a table ends, of those in a stretch of the text."""
    ends = []
    rest = list(table.children.values()) if isinstance(table.children, dict) else []
    while rest:
        node = rest.pop()
        if node.inline:
            if within[0] <= node.value[0] and node.value[1] <= within[1]:
                ends.append(node.value[1])
        elif isinstance(node.children, dict):
            rest.extend(node.children.values())
    return max(ends, default=None)
