"""What is wrong with a file, collected as it is found."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from backcoach.errors import BackcoachError

Path = tuple[str | int, ...]
"""Where in a document: keys, and positions counted from 0."""


MOST_SHOWN = 50
"""So many problems of a file are told at once."""


class Severity(StrEnum):
    """How bad a problem is: a file with an error can't be used, one with a warning can."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in one place.

    Attributes:
        file: as the person named it.
        code: a stable short name, `routine-key` or so.
        message: what is wrong, in lower case and without a full stop.
        help: what to write instead; may be empty.
        path: where in the document, `("steps", 1, "hold")`, counting from 0.
        line, column, end_line, end_column: from 1; None where the place is not known.
    """

    file: str
    code: str
    message: str
    help: str = ""
    path: Path = ()
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    severity: Severity = Severity.ERROR

    @property
    def where(self) -> str:
        """`file:line:column`, as much of it as is known."""
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n is not None)]
        return ":".join(parts)


@dataclass(slots=True)
class Problems:
    """A list that problems are added to while a file is read; nothing is raised on the way."""

    file: str
    found: list[Problem] = field(default_factory=list)

    def add(
        self,
        code: str,
        message: str,
        *,
        path: Path = (),
        hint: str = "",
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        """Note an error at a path of the document, or at a place in its text."""
        self.found.append(Problem(self.file, code, message, hint, path, line, column))

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    def __bool__(self) -> bool:
        return bool(self.found)


class BadFileError(BackcoachError):
    """A file that can't be used, with everything that is wrong in it."""

    def __init__(self, problems: Problems) -> None:
        shown = [describe(problem) for problem in problems.found[:MOST_SHOWN]]
        if more := len(problems.found) - len(shown):
            shown.append(f"and {more} more")
        super().__init__("\n".join(shown))
        self.problems = problems


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem as `check --format json` has it."""
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "end_line": problem.end_line,
        "end_column": problem.end_column,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "help": problem.help,
        "path": show_path(problem.path),
    }


def show_path(path: Path) -> str:
    """A path as people count: `steps[2].hold` is the second step's hold."""
    shown = ""
    for part in path:
        if isinstance(part, int):
            shown += f"[{part + 1}]"
        else:
            shown += f".{part}" if shown else part
    return shown


def plain_text(text: str) -> str:
    """The text with everything that isn't printable made visible, on one line.

    A terminal obeys what is written to it: control characters and those that turn the
    direction of writing come from files, and never get through.
    """
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def describe(problem: Problem) -> str:
    """A problem as lines of text: place, code and message, then the path and the help."""
    where = f"{problem.where}: {problem.severity}[{problem.code}]: {problem.message}"
    lines = [plain_text(where)]
    if problem.path:
        lines.append(plain_text(f"  at: {show_path(problem.path)}"))
    if problem.help:
        lines.append(plain_text(f"  help: {problem.help}"))
    return "\n".join(lines)
