"""Where in a TOML text each key and each value stands, in lines and columns.

Only for a text that the parser has accepted. Where it and our own walk over the text disagree
there are no positions at all, rather than a wrong one.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from backcoach.document.scanning import Node, PositionsLostError, Span, parse, scan


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of a text: lines and columns from 1, in characters, the end not included."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(slots=True)
class Positions:
    """The places of a text."""

    text: str
    root: Node
    _line_starts: list[int] = field(default_factory=list)

    def find(self, path: tuple[str | int, ...]) -> tuple[Node, int]:
        """The deepest node on a path that there is, and how many parts of the path led to it."""
        node = self.root
        for depth, part in enumerate(path):
            child = None
            if isinstance(node.children, dict) and isinstance(part, str):
                child = node.children.get(part)
            elif isinstance(node.children, list) and isinstance(part, int):
                child = node.children[part] if part < len(node.children) else None
            if child is None:
                return node, depth
            node = child
        return node, len(path)

    def key(self, path: tuple[str | int, ...]) -> Place:
        """Where the key stands; the value of an array's element."""
        node, _ = self.find(path)
        return self.place(node.key or node.value)

    def value(self, path: tuple[str | int, ...]) -> Place:
        """Where the value stands; of what isn't there: the table that it would be in."""
        node, _ = self.find(path)
        return self.place(node.value)

    def place(self, span: Span) -> Place:
        """A span in lines and columns."""
        return Place(*self._line_column(span[0]), *self._line_column(span[1]))

    def _line_column(self, offset: int) -> tuple[int, int]:
        if not self._line_starts:
            self._line_starts = [0, *(found.end() for found in re.finditer("\n", self.text))]
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def walk(self) -> Iterator[tuple[tuple[str | int, ...], Node]]:
        """Every node but the root, with its path."""
        rest: list[tuple[tuple[str | int, ...], Node]] = [((), self.root)]
        while rest:
            path, node = rest.pop()
            if path:
                yield path, node
            if isinstance(node.children, dict):
                rest.extend(((*path, name), child) for name, child in node.children.items())
            elif isinstance(node.children, list):
                rest.extend(((*path, at), child) for at, child in enumerate(node.children))


def locate(text: str) -> Positions:
    """The places of an accepted text.

    Args:
        text: without a byte-order mark; its line ends as they are in the file.

    Raises:
        PositionsLostError: it isn't understood the way the parser understands it.
    """
    try:
        positions = Positions(text, scan(text))
        values = parse(text)
    except (RecursionError, ValueError) as error:
        raise PositionsLostError from error
    if not _agrees(positions.root, values):
        raise PositionsLostError
    return positions


def _agrees(root: Node, values: object) -> bool:
    """Whether the nodes are those of the values: the same keys, the same lengths."""
    rest = [(root, values)]
    while rest:
        node, value = rest.pop()
        if node.children is None:
            if isinstance(value, dict | list):
                return False
        elif isinstance(node.children, dict):
            if not isinstance(value, dict) or node.children.keys() != value.keys():
                return False
            rest.extend((child, value[name]) for name, child in node.children.items())
        elif not isinstance(value, list) or len(node.children) != len(value):
            return False
        else:
            rest.extend(zip(node.children, value, strict=True))
    return True
