"""A walk over a TOML text: the keys and values it meets, with their offsets. It judges nothing."""

import re
from dataclasses import dataclass
from typing import Any, Final

Span = tuple[int, int]
"""Offsets in characters, the end not included."""
MAX_DEPTH: Final = 64
"""So many brackets may be open at once, and a dotted key may have so many parts."""
_SPACE: Final = re.compile(r"[ \t]*+")
_GAP: Final = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]++")
_BARE_PAIR: Final = re.compile(r"([A-Za-z0-9_-]++)[ \t]*+=[ \t]*+")
_BASIC: Final = re.compile(r'"(?:[^"\\\n]|\\.)*+"')
_LITERAL: Final = re.compile(r"'[^'\n]*+'")
_LONG_BASIC: Final = re.compile(r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*+"{3,5}', re.DOTALL)
_LONG_LITERAL: Final = re.compile(r"'''(?:[^']|'{1,2}(?!'))*+'{3,5}", re.DOTALL)
# A date and its time may have a space between them.
_SCALAR: Final = re.compile(r"\d{4}-\d\d-\d\d [0-9:.Zz+-]++|[^\s,#\]}]++")


class PositionsLostError(Exception):
    """The text isn't what it was taken for."""


class TooDeepError(PositionsLostError):
    """Brackets nest, or a dotted key has parts, beyond `MAX_DEPTH`."""


class TooManyError(PositionsLostError):
    """There are more values than were to be scanned."""


class RepeatedError(PositionsLostError):
    """The text names something twice.

    Attributes:
        names: where its two names stand.
    """

    def __init__(self, first: Span, second: Span) -> None:
        super().__init__(first, second)
        self.names = (first, second)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a text can be followed that isn't right.

    Attributes:
        statement: the offset at which the last statement begins: a pair, or a header.
        open: the offsets of the brackets, and of the quote, that are open at the end, outermost
            first.
        repeated: where the two names of what is named twice stand; None where nothing is.
    """

    statement: int
    open: tuple[int, ...]
    repeated: tuple[Span, Span] | None


@dataclass(slots=True)
class Node:
    """A value and where it stands.

    Attributes:
        key: of the key that names it; None for the whole document and in arrays.
        value: of the value; of a table with a header: the header; of one that only dotted
            keys made: the key.
        children: of a table, of an array, or None.
        header: whether a header made it.
        inline: whether its value is written in one piece, and so closed for what comes later.
    """

    key: Span | None
    value: Span
    children: "dict[str, Node] | list[Node] | None" = None
    header: bool = False
    inline: bool = True


def parse(text: str) -> dict[str, Any]:
    """What the parser makes of a text; loaded late, as every command imports this module."""
    import tomli

    return tomli.loads(text)


def scan(text: str, most: int | None = None) -> Node:
    """The nodes of a text.

    Args:
        most: so many values at most, tables included; None for any number.

    Raises:
        TooDeepError: they nest too deeply.
        TooManyError: there are more of them.
        PositionsLostError: it can't be followed any further.
        RepeatedError: something is named twice.
    """
    return _Scanner(text, most).document()


def progress(text: str) -> Progress:
    """How far a text can be followed."""
    scanner = _Scanner(text)
    repeated = None
    try:
        scanner.document()
    except RepeatedError as error:
        repeated = error.names
    except (PositionsLostError, RecursionError):
        pass
    return Progress(scanner.statement, tuple(scanner.open), repeated)


class _Scanner:
    """Walks once through a text."""

    def __init__(self, text: str, most: int | None = None) -> None:
        self._text = text
        self._left = len(text) if most is None else most
        self._root = Node(None, (0, 0), {}, header=True, inline=False)
        self.open: list[int] = []
        self.statement = 0

    def document(self) -> Node:
        at, here = 0, self._root
        while True:
            at = self._skip(_GAP, at)
            if at == len(self._text):
                return self._root
            self.statement = at
            if self._text[at] == "[":
                here, at = self._header(at)
            else:
                at = self._pair(here, at)

    def _skip(self, pattern: re.Pattern[str], at: int) -> int:
        found = pattern.match(self._text, at)
        return found.end() if found else at

    def _take(self, pattern: re.Pattern[str], at: int) -> int:
        """Past what has to be there."""
        found = pattern.match(self._text, at)
        if found is None:
            if self._text[at : at + 1] in ('"', "'") and at < len(self._text):
                self.open.append(at)
            raise PositionsLostError
        return found.end()

    def _take_text(self, wanted: str, at: int) -> int:
        if not self._text.startswith(wanted, at):
            raise PositionsLostError
        return at + len(wanted)

    def _count(self, values: int = 1) -> None:
        self._left -= values
        if self._left < 0:
            raise TooManyError

    def _enter(self, bracket: int) -> None:
        # Also for the sake of our own stack: the parser's may be deeper.
        if len(self.open) == MAX_DEPTH:
            raise TooDeepError
        self.open.append(bracket)

    def _keys(self, at: int) -> tuple[list[tuple[str, Span]], int]:
        """The parts of a dotted key, and where what follows it begins."""
        parts = []
        while True:
            at = self._skip(_SPACE, at)
            quote = self._text[at : at + 1]
            pattern = {'"': _BASIC, "'": _LITERAL}.get(quote, _BARE_KEY)
            end = self._take(pattern, at)
            name = self._text[at:end]
            if quote in ("'", '"'):
                # The parser itself decodes the escapes: another may know other ones.
                name = name[1:-1] if "\\" not in name else parse(f"x = {name}")["x"]
            parts.append((name, (at, end)))
            if len(parts) > MAX_DEPTH:
                raise TooDeepError
            at = self._skip(_SPACE, end)
            if self._text[at : at + 1] != ".":
                return parts, at
            at += 1

    def _header(self, start: int) -> tuple[Node, int]:
        brackets = 2 if self._text.startswith("[[", start) else 1
        parts, at = self._keys(start + brackets)
        self._count(max(1, len(parts) - 1))
        end = self._take_text("]" * brackets, at)
        parent = self._root
        for name, span in parts[:-1]:
            parent = self._into(parent, name, span, header=True)
        name, key = parts[-1]
        assert isinstance(parent.children, dict)
        known = parent.children.get(name)
        table = Node(key, (start, end), {}, header=True, inline=False)
        if brackets == 2:
            if known is None:
                known = Node(key, (start, end), [], inline=False)
                parent.children[name] = known
            elif known.inline or not isinstance(known.children, list):
                raise RepeatedError(known.key or known.value, key)
            assert isinstance(known.children, list)
            known.children.append(table)
            return table, end
        if known is None:
            parent.children[name] = table
            return table, end
        if known.header or known.inline or not isinstance(known.children, dict):
            raise RepeatedError(known.key or known.value, key)
        known.key, known.value, known.header = key, (start, end), True
        return known, end

    def _into(self, table: Node, name: str, span: Span, *, header: bool = False) -> Node:
        """The table that a part of a dotted name leads into; made where there is none."""
        assert isinstance(table.children, dict)
        known = table.children.get(name)
        if known is None:
            known = table.children[name] = Node(span, span, {}, inline=False)
        elif known.inline or known.children is None:
            raise RepeatedError(known.key or known.value, span)
        if isinstance(known.children, list):
            if not header:
                raise RepeatedError(known.key or known.value, span)
            return known.children[-1]
        return known

    def _pair(self, table: Node, at: int) -> int:
        if simple := _BARE_PAIR.match(self._text, at):
            parts = [(simple[1], simple.span(1))]
            value, end = self._value(simple.end())
        else:
            parts, at = self._keys(at)
            self._count(len(parts) - 1)
            at = self._take_text("=", at)
            value, end = self._value(self._skip(_SPACE, at))
        for name, span in parts[:-1]:
            table = self._into(table, name, span)
        name, value.key = parts[-1]
        assert isinstance(table.children, dict)
        if known := table.children.get(name):
            raise RepeatedError(known.key or known.value, value.key)
        table.children[name] = value
        return end

    def _value(self, at: int) -> tuple[Node, int]:
        self._count()
        opening = self._text[at : at + 1]
        if opening == "[":
            return self._array(at)
        if opening == "{":
            return self._inline_table(at)
        if opening in ('"', "'") and opening:
            long, short = (_LONG_BASIC, _BASIC) if opening == '"' else (_LONG_LITERAL, _LITERAL)
            end = self._take(long if self._text.startswith(opening * 3, at) else short, at)
        else:
            end = self._take(_SCALAR, at)
        return Node(None, (at, end)), end

    def _array(self, start: int) -> tuple[Node, int]:
        self._enter(start)
        elements = []
        at = self._skip(_GAP, start + 1)
        while not self._text.startswith("]", at):
            element, at = self._value(at)
            elements.append(element)
            at = self._next(at, "]")
        self.open.pop()
        return Node(None, (start, at + 1), elements), at + 1

    def _inline_table(self, start: int) -> tuple[Node, int]:
        self._enter(start)
        table = Node(None, (start, start), {}, inline=False)
        at = self._skip(_GAP, start + 1)
        while not self._text.startswith("}", at):
            at = self._next(self._pair(table, at), "}")
        self.open.pop()
        table.value, table.inline = (start, at + 1), True
        return table, at + 1

    def _next(self, at: int, closing: str) -> int:
        """Past a comma, or to the bracket that closes."""
        at = self._skip(_GAP, at)
        if self._text.startswith(closing, at):
            return at
        return self._skip(_GAP, self._take_text(",", at))
