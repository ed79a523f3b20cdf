"""Problems as they are printed: with the line and a mark under it, on one line, for a forge."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from backcoach.document.positions import Place
from backcoach.document.problems import Problem, Problems, describe, plain_text, show_path
from backcoach.lines import width

Paint = Callable[[str, str], str]
"""Colours a piece of a report: its role (error, warning, frame, note, help), and the text."""

TAB: Final = 4
WIDEST: Final = 70
"""A longer line is shown in part, around its mark."""
_BEFORE: Final = 20
"""So much of a long line is shown before its mark."""


def unpainted(role: str, text: str) -> str:
    """No colours."""
    del role
    return text


@dataclass(frozen=True, slots=True)
class _Mark:
    """What is pointed at: the place, what stands beside the mark, and its sign."""

    place: Place
    note: str
    sign: str


def text_report(problem: Problem, text: str | None, paint: Paint = unpainted) -> str:
    """A problem with the lines that it is about, each mark under what it means.

    Args:
        text: of the file; None where there is none.
    """
    role = str(problem.severity)
    head = f"{problem.severity}[{problem.code}]"
    lines = [f"{paint(role, head)}: {plain_text(problem.message)}"]
    marks = [] if problem.place is None else [_Mark(problem.place, "", "^")]
    marks += [
        _Mark(other.place, other.note, "-") for other in problem.also if other.place is not None
    ]
    margin = " " * len(str(max((mark.place.line for mark in marks), default=0)))
    lines.append(f"{margin}{paint('frame', '-->')} {plain_text(problem.where)}")
    if problem.place is not None and text is not None:
        source = _lines(text)
        lines.append(paint("frame", f"{margin} |"))
        lines += _snippet(source, marks, len(margin), role, paint)
    notes = [("at", show_path(problem.path)), ("help", problem.help)]
    notes += [("note", other.note) for other in problem.also if other.place is None]
    for name, said in notes:
        if said:
            lines.append(
                f"{margin} {paint('frame', '=')} {paint('help', name)}: {plain_text(said)}"
            )
    return "\n".join(lines)


@lru_cache(maxsize=1)
def _lines(text: str) -> list[str]:
    """A text's lines; one file has many problems."""
    return text.split("\n")


def _snippet(
    source: list[str], marks: list[_Mark], margin: int, role: str, paint: Paint
) -> Iterator[str]:
    before = 0
    ordered = sorted(marks, key=lambda mark: (mark.place, mark.sign))
    first = 0
    for mark in ordered:
        number = mark.place.line
        if number != before or mark.place.column > first - _BEFORE + WIDEST:
            # A line is cut around its first mark, and shown again for one that is far from it.
            first, again = mark.place.column, number == before
            before = 0 if again else before
        shown, signs = _marked(source[number - 1].rstrip("\r"), mark, first)
        if number != before:
            if before and number > before + 1:
                yield paint("frame", "...")
            yield f"{paint('frame', f'{number:{margin}} |')} {shown}".rstrip()
        kind = role if mark.sign == "^" else "note"
        note = f" {plain_text(mark.note)}" if mark.note else ""
        indent = " " * (len(signs) - len(signs.lstrip()))
        painted = f"{indent}{paint(kind, signs.lstrip() + note)}"
        yield f"{paint('frame', ' ' * margin + ' |')} {painted}"
        before = number


def _marked(line: str, mark: _Mark, first: int) -> tuple[str, str]:
    """A line as a terminal shows it, and the signs under it. Both are cut where it is long."""
    start, end = mark.place.column - 1, mark.place.end_column - 1
    if mark.place.end_line > mark.place.line:
        end = len(line.rstrip())
    cut = max(0, first - 1 - _BEFORE) if len(line) > WIDEST else 0
    shown = _tame(line[cut : cut + WIDEST])
    lead = "…" if cut else ""
    tail = "…" if len(line) > cut + WIDEST else ""
    start = min(start, cut + WIDEST)
    left = len(lead) + width(_tame(line[cut:start]))
    right = len(lead) + width(_tame(line[cut : min(end, cut + WIDEST)]))
    return f"{lead}{shown}{tail}", " " * left + mark.sign * max(1, right - left)


def _tame(text: str) -> str:
    """The text with tabs as spaces, and a sign for what a terminal wouldn't just print."""
    first, *rest = text.split("\t")
    shown = plain_text(first)
    for piece in rest:
        shown += " " * (TAB - width(shown) % TAB) + plain_text(piece)
    return shown


def concise_report(problem: Problem) -> str:
    """A problem on one line."""
    return describe(problem)


def github_report(problem: Problem) -> str:
    """A problem as a workflow command of GitHub's, which shows it beside the line."""
    place = problem.place
    where = {"file": problem.file}
    if place is not None:
        where |= {"line": str(place.line), "col": str(place.column)}
        where |= {"endLine": str(place.end_line), "endColumn": str(place.end_column)}
    where["title"] = problem.code
    properties = ",".join(f"{name}={_escape(value, ':,')}" for name, value in where.items())
    help_ = f" ({problem.help})" if problem.help else ""
    said = _escape(problem.message + help_, "")
    return f"::{problem.severity} {properties}::{said}"


def _escape(text: str, more: str) -> str:
    """Encode what would end a workflow command or one of its properties."""
    text = plain_text(text)
    return "".join(f"%{ord(c):02X}" if c in f"%{more}" else c for c in text)


def report(problems: Problems, most: int, show: Callable[[Problem], str]) -> list[str]:
    """The first problems of a file, and how many more there are."""
    shown = [show(problem) for problem in problems.found[:most]]
    if more := len(problems) - len(shown):
        shown.append(f"and {more} more in {plain_text(problems.file)}")
    return shown


def count(found: Iterable[Problem]) -> str:
    """How many there are: "2 errors, 1 warning"."""
    kinds = [str(problem.severity) for problem in found]
    parts = []
    for kind in dict.fromkeys(sorted(kinds)):
        number = kinds.count(kind)
        parts.append(f"{number} {kind}" + ("s" if number != 1 else ""))
    return ", ".join(parts)
