"""What is wrong with a text as TOML: every mistake in it, and none that follows from another."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import tomli

from backcoach.document.guessing import LONGEST_LINE, guess
from backcoach.document.positions import Place, Positions
from backcoach.document.problems import Also, Part, Problems
from backcoach.document.scanning import (
    PositionsLostError,
    Progress,
    TooDeepError,
    TooManyError,
    progress,
    scan,
)

MOST_PARSED: Final = 2 * 1024 * 1024
"""So many characters are parsed in all: a large file isn't searched to its end."""
MAX_VALUES: Final = 50_000
"""Two hundred steps with every key, and some hundred exercises, are a tenth of it."""
_LARGE: Final = 16 * 1024
"""A longer text is scanned before it is parsed: some take the parser minutes, and gigabytes."""

_REPEATED: Final = ("Cannot ", "Duplicate ")
_WORDS: Final = {
    "Expected '=' after a key in a key/value pair": "a key is followed by `=` and its value",
    "Expected newline or end of document after a statement": "something is left over here",
    "Invalid statement": "a line begins with a key, `[` or `#`",
    "Invalid initial character for a key part": "a key is missing here",
    "Expected ']' at the end of a table declaration": "the header isn't closed with `]`",
    "Expected ']]' at the end of an array declaration": "the header isn't closed with `]]`",
    "Unclosed array": "a comma or `]` is missing before this",
    "Unclosed inline table": "a comma or `}` is missing before this",
    "Unescaped '\\' in a string": "a lone `\\` in a text",
    "Invalid hex value": "the digits of the `\\` escape are missing",
    "Escaped character is not a Unicode scalar value": "there is no such character",
    "Invalid date or datetime": "there is no such day or time",
    "Invalid value": "there is no value here that TOML knows",
}
_UNCLOSED: Final = ("Unclosed array", "Unclosed inline table")
_OF_VALUES: Final = ("Invalid value", "Expected newline or end of document after a statement")
_TOKEN: Final = re.compile(
    r"""\n|\#[^\n]*|"{3}.*?"{3}|'{3}.*?'{3}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[\[\]{}]|[^\n\#"'\[\]{}]+|.""",
    re.DOTALL,
)
_KEY: Final = r"[ \t]*[A-Za-z_][A-Za-z0-9_. -]*"
_HEADER_LINE: Final = re.compile(rf"[ \t]*(?:\[\[{_KEY}\]\]|\[{_KEY}\])[ \t]*(?:#.*)?$")
_PAIR_LINE: Final = re.compile(r"[ \t]*[A-Za-z0-9_.-]+[ \t]*=")
_CLOSING: Final = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class _Wrong:
    """A mistake's statement: what is left out so that the rest can be read.

    Attributes:
        start, end: offsets of its lines, the last line break not included.
        lost: whether what follows it belongs to a table whose name is lost.
    """

    start: int
    end: int
    lost: bool = False


def parse_toml(text: str, problems: Problems) -> dict[str, Any] | None:
    """What a text says, or None after noting every mistake in it.

    After a mistake its statement is blanked and the rest is read again. Where nobody can tell how
    far it reaches, the search ends.
    """
    source = text.replace("\r\n", "\n")
    parsed = 0
    while True:
        if len(source) > _LARGE and not _fits(source, problems):
            return None
        try:
            # The parser takes CR LF for the end of a line: also where a lone CR stands before LF.
            values = tomli.loads(source.replace("\n", "\r\n") if "\r" in source else source)
        except tomli.TOMLDecodeError as error:
            wrong = _Mistake(error, source, problems).note()
        except RecursionError:
            problems.add("too-deep", "the brackets nest too deeply", part=Part.FILE)
            return None
        except ValueError:
            _note_long_number(source, problems)
            return None
        else:
            return None if problems else values
        # However short a text is, to read it again takes its time.
        parsed += len(source) + 4096
        if wrong is None or parsed > MOST_PARSED:
            return None
        blank = "\n" * source.count("\n", wrong.start, wrong.end)
        # What stands under a lost header must not land in the table above it.
        header = f'["lost {len(problems)}"]' if wrong.lost else ""
        blanked = source[: wrong.start] + header + blank + source[wrong.end :]
        if blanked == source:
            return None
        source = blanked


def _fits(source: str, problems: Problems) -> bool:
    """Note if there is more in a text than anything of ours has; else it may be parsed."""
    try:
        scan(source, MAX_VALUES)
    except TooDeepError:
        problems.add("too-deep", "the brackets nest too deeply", part=Part.FILE)
    except TooManyError:
        problems.add(
            "too-large",
            f"the file holds more than {MAX_VALUES:,} values",
            hint="split the routine",
            part=Part.FILE,
        )
    except PositionsLostError:
        # The parser, which is stricter, gets no further.
        return True
    else:
        return True
    return False


class _Mistake:
    """One mistake that the parser has stopped at."""

    def __init__(self, error: tomli.TOMLDecodeError, source: str, problems: Problems) -> None:
        self._message = error.msg
        self._source = source
        self._problems = problems
        self._at = min(error.pos, len(source))
        self._line_start = source.rfind("\n", 0, self._at) + 1
        self._line = source[self._line_start : self._end_of_line(self._at)]
        self._seen: Progress = progress(source[: self._at])

    def note(self) -> _Wrong | None:
        """Note it; its statement, or None where nobody can tell how far it reaches."""
        if self._message.startswith(_REPEATED):
            return self._note_repeated()
        if self._seen.open and self._source[self._seen.open[-1]] in "\"'":
            return self._note_in_text(self._seen.open[-1])
        if before := self._left_open():
            return self._note_left_open(before[-1])
        if self._seen.open and not self._source[self._at :].strip():
            place = self._place(self._seen.open[-1])
            self._problems.add("toml-syntax", "this bracket is never closed", place=place)
            return None
        message, hint, place = self._said()
        also = [Also("opened here", place=self._place(at)) for at in self._seen.open[-1:]]
        self._problems.add(
            "toml-syntax",
            message,
            hint=hint,
            place=place,
            also=also if self._message in _UNCLOSED else (),
        )
        return self._smallest(self._statement(self._at, self._seen.open))

    def _said(self) -> tuple[str, str, Place]:
        """The message in our own words, what to write instead, and what that is about."""
        place = self._place(self._at)
        if "\r" in self._message or self._source[self._at : self._at + 1] == "\r":
            return "a lone carriage return", "end lines as your editor does on Linux", place
        if self._message.startswith(("Illegal character", "Found invalid character")):
            return "a character that a TOML file may not hold", "take it out", place
        message = _WORDS.get(self._message, self._message.lower())
        column = self._at - self._line_start + 1
        hint, columns = guess(self._line, column, inside=bool(self._seen.open))
        if columns is not None and self._message in (*_OF_VALUES, *_UNCLOSED):
            place = Place(place.line, columns[0], place.line, columns[1])
            if self._message in _OF_VALUES:
                message = "this value isn't written the way TOML has it"
        return message, hint, place

    def _note_in_text(self, quote: int) -> _Wrong | None:
        """A mistake inside of quotes, or quotes that aren't closed."""
        sign = self._source[quote]
        long = self._source.startswith(sign * 3, quote)
        end_of_line = self._end_of_line(quote)
        if not long and self._at >= end_of_line < len(self._source):
            self._problems.add(
                "toml-syntax",
                "the text isn't closed on its line",
                hint="a text ends with the quote it began with",
                place=self._place(end_of_line),
            )
            return self._statement(end_of_line, self._seen.open[:-1])
        if self._at >= len(self._source):
            message = "this text is never closed"
            self._problems.add("toml-syntax", message, place=self._place(quote))
            return None
        message, hint, place = self._said()
        self._problems.add("toml-syntax", message, hint=hint, place=place)
        end = self._source.find(sign * 3, self._at) + 3 if long else end_of_line
        return self._statement(end, self._seen.open[:-1]) if end >= self._at else None

    def _left_open(self) -> tuple[int, ...]:
        """The brackets that a line should have closed before this one, which begins anew."""
        before = progress(self._source[: self._line_start]).open
        inside = before and self._source[before[-1]] not in "\"'"
        return before if inside and self._begins_anew(self._line_start, before) else ()

    def _note_left_open(self, bracket: int) -> _Wrong:
        if self._message in _UNCLOSED and self._at == self._first_of_line():
            self._problems.add(
                "toml-syntax",
                _WORDS[self._message],
                place=self._place(self._at),
                also=[Also("opened here", place=self._place(bracket))],
            )
        else:
            place = self._place(bracket)
            self._problems.add("toml-syntax", "this bracket is never closed", place=place)
        return _Wrong(self._start(), self._line_start - 1)

    def _note_repeated(self) -> _Wrong | None:
        """Something is named twice; both places."""
        end = self._end_of_line(self._at)
        seen = progress(self._source[:end])
        start = self._source.rfind("\n", 0, seen.statement) + 1
        header = self._source[seen.statement : seen.statement + 1] == "["
        if seen.repeated is None:
            place = self._span((seen.statement, max(self._at, seen.statement + 1)))
            if place.line != place.end_line:
                place = Place(place.line, place.column, place.line, place.column + 1)
            message = "this is already set further up"
            self._problems.add("toml-duplicate", message, hint="keep one of the two", place=place)
            return _Wrong(start, end, lost=header)
        first, second = (self._span(span) for span in seen.repeated)
        name = self._source[slice(*seen.repeated[1])].strip("\"'")
        list_header = self._source.startswith(f"[[{name}", seen.repeated[0][0] - 2)
        hint = "keep one of the two"
        if header and list_header:
            hint = f"another one is begun with two brackets: `[[{name}]]`"
        elif name in ("exercise", "rest", "repeat"):
            hint = "begin another step with `[[steps]]`"
        self._problems.add(
            "toml-duplicate",
            f"`{name}` is already set on line {first.line}",
            hint=hint,
            place=second,
            also=[Also("first set here", place=first)],
        )
        wrong = self._statement(self._at, seen.open, start)
        # The keys below were meant for another table where its header was forgotten.
        lost = header or name in ("exercise", "rest", "repeat")
        return _Wrong(wrong.start, wrong.end, lost=lost and not seen.open)

    def _statement(self, at: int, opened: Sequence[int], start: int | None = None) -> _Wrong:
        """The whole statement that a place is in, as far as its brackets go.

        Args:
            at: what is before it is read.
            opened: the brackets that are open there.
        """
        start = self._start() if start is None else start
        lost = self._source[self._seen.statement : self._seen.statement + 1] == "["
        stack = [_CLOSING[self._source[bracket]] for bracket in opened]
        depth = Counter(stack)
        for token in _TOKEN.finditer(self._source, at):
            sign = token.group()
            if sign == "\n":
                if not stack or self._begins_anew(token.end(), stack):
                    return _Wrong(start, token.start(), lost)
            elif sign in _CLOSING:
                stack.append(_CLOSING[sign])
                depth[_CLOSING[sign]] += 1
            elif depth[sign]:
                while (closed := stack.pop()) != sign:
                    depth[closed] -= 1
                depth[sign] -= 1
        return _Wrong(start, len(self._source), lost)

    def _smallest(self, statement: _Wrong) -> _Wrong:
        """The mistake's own line, where the lines around it can be read without it."""
        end = self._end_of_line(self._at)
        inside = statement.start < self._line_start and end < statement.end
        # Without its comma, a line can't be left out of a list.
        complete = self._line.partition("#")[0].rstrip().endswith(",") and "\n" not in self._line
        if not (inside and complete) or any(at >= self._line_start for at in self._seen.open[:1]):
            return statement
        stack: list[str] = []
        for token in _TOKEN.finditer(self._line):
            sign = token.group()
            if sign in _CLOSING:
                stack.append(_CLOSING[sign])
            elif sign in ("]", "}") and (not stack or stack.pop() != sign):
                return statement
        return statement if stack else _Wrong(self._line_start, end)

    def _begins_anew(self, line_start: int, inside: Sequence[int | str]) -> bool:
        """Whether a line looks like a new statement, though brackets are open before it.

        Args:
            inside: the brackets: where they were opened, or what closes them.
        """
        line = self._source[line_start : self._end_of_line(line_start)]
        if len(line) > LONGEST_LINE:
            return False
        innermost = inside[-1]
        closing = innermost if isinstance(innermost, str) else _CLOSING[self._source[innermost]]
        if _HEADER_LINE.match(line):
            # After a comma, one word in brackets is a list of its own.
            return "[[" in line or closing == "}" or not self._wants_a_value(line_start)
        # Inside of braces a pair is at its place.
        return closing == "]" and bool(_PAIR_LINE.match(line))

    def _wants_a_value(self, at: int) -> bool:
        """Whether a comma or an opening bracket is the last thing before a place."""
        while at and self._source[at - 1] in " \t\n":
            at -= 1
        return self._source[at - 1 : at] in (",", "[")

    def _start(self) -> int:
        return self._source.rfind("\n", 0, self._seen.statement) + 1

    def _first_of_line(self) -> int:
        return self._line_start + len(self._line) - len(self._line.lstrip())

    def _end_of_line(self, at: int) -> int:
        end = self._source.find("\n", at)
        return len(self._source) if end < 0 else end

    def _place(self, at: int) -> Place:
        place = self._span((at, at))
        return Place(place.line, place.column, place.line, place.column + 1)

    def _span(self, span: tuple[int, int]) -> Place:
        return Positions(self._source, scan("")).place(span)


def _note_long_number(source: str, problems: Problems) -> None:
    """Note the number that has more digits than can be read: Python limits them."""
    for number, line in enumerate(source.split("\n"), 1):
        if found := re.search(r"[0-9_]{4000,}", line):
            place = Place(number, found.start() + 1, number, found.end() + 1)
            problems.add("toml-syntax", "the number is too long to be read", place=place)
            return
    problems.add("toml-syntax", "a number is too long to be read", part=Part.FILE)
