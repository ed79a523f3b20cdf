"""What is wrong with a file, collected as it is found, each with its place in the text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from typing import Any, Final

from backcoach.document.positions import Place, Positions, locate
from backcoach.document.scanning import PositionsLostError
from backcoach.errors import BackcoachError

Path = tuple[str | int, ...]
"""Where in a document: keys, and positions counted from 0."""

MOST_SHOWN: Final = 50
"""So many problems of a file are told at once."""
MOST_HINTED: Final = MOST_SHOWN
"""So many problems of a file get suggestions: looking for them takes its time."""
MOST_COMPARED: Final = 300
"""So many choices are compared with what was written."""


class Severity(StrEnum):
    """How bad a problem is: a file with an error can't be used, one with a warning can."""

    ERROR = "error"
    WARNING = "warning"


class Part(StrEnum):
    """What of a path is meant: the key, the value (of a table: its header), or the file."""

    KEY = "key"
    VALUE = "value"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Also:
    """A second place that matters.

    Attributes:
        note: why it matters, in a few words; shown beside its mark.
    """

    note: str
    path: Path = ()
    part: Part = Part.KEY
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in one place.

    Attributes:
        file: as the person named it.
        code: a stable short name, which `backcoach explain` knows.
        message: what is wrong, in lower case and without a full stop.
        help: what to write instead; may be empty.
        path: where in the document, `("steps", 1, "hold")`, counting from 0.
        place: where in the text; None where that is not known.
        also: other places that matter.
    """

    file: str
    code: str
    message: str
    help: str = ""
    path: Path = ()
    part: Part = Part.VALUE
    place: Place | None = None
    also: tuple[Also, ...] = ()
    severity: Severity = Severity.ERROR

    @property
    def where(self) -> str:
        """`file:line:column`, as much of it as is known."""
        if self.place is None:
            return self.file
        return f"{self.file}:{self.place.line}:{self.place.column}"


@dataclass(slots=True)
class Problems:
    """A list that problems are added to while a file is read; nothing is raised on the way.

    Attributes:
        text: of the file, to find places in; None where there is none.
    """

    file: str
    text: str | None = None
    found: list[Problem] = field(default_factory=list)

    def add(
        self,
        code: str,
        message: str,
        *,
        path: Path = (),
        part: Part = Part.VALUE,
        hint: str = "",
        place: Place | None = None,
        also: Iterable[Also] = (),
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Note a problem at a path of the document, or at a place in its text."""
        self.found.append(
            Problem(self.file, code, message, hint, path, part, place, tuple(also), severity)
        )

    @property
    def hinting(self) -> bool:
        """Whether it is still worth looking for suggestions."""
        return len(self.found) < MOST_HINTED

    def placed(self) -> "Problems":
        """The same in the order of the text, each with its place where that can be found."""
        found = self.found
        if self.text is not None and any(_sought(problem) for problem in found):
            try:
                positions = locate(self.text)
            except PositionsLostError:
                return self
            found = [_place(problem, positions) for problem in found]
        found = sorted(found, key=lambda problem: (problem.place is not None, problem.place))
        return Problems(self.file, self.text, found)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)


def _sought(problem: Problem) -> bool:
    """Whether a place of it is still to be found."""
    sought = problem.place is None and problem.part is not Part.FILE
    return sought or any(other.place is None for other in problem.also)


def _place(problem: Problem, positions: Positions) -> Problem:
    also = tuple(
        replace(other, place=other.place or _find(other.path, other.part, positions))
        for other in problem.also
    )
    place = problem.place or _find(problem.path, problem.part, positions)
    return replace(problem, place=place, also=also)


def _find(path: Path, part: Part, positions: Positions) -> Place | None:
    match part:
        case Part.KEY:
            return positions.key(path)
        case Part.VALUE:
            return positions.value(path)
        case Part.FILE:
            return None


class BadFileError(BackcoachError):
    """A file that can't be used, with everything that is wrong in it, in the order of its text."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems.placed()
        shown = [describe(problem) for problem in self.problems.found[:MOST_SHOWN]]
        if more := len(self.problems) - len(shown):
            shown.append(f"and {more} more")
        super().__init__("\n".join(shown))


def closest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that was probably meant, or None."""
    from difflib import get_close_matches

    if len(word) > 100:
        # That is no slip of the fingers, and would take long to compare.
        return None
    found = get_close_matches(word, list(islice(choices, MOST_COMPARED)), n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """A suggestion as a help, or nothing."""
    close = closest(word, choices)
    return f"did you mean `{close}`?" if close else ""


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem as `check --format json` has it."""
    place = problem.place
    return {
        "file": problem.file,
        "line": place and place.line,
        "column": place and place.column,
        "end_line": place and place.end_line,
        "end_column": place and place.end_column,
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
    """A problem on one line: place, code, message and help."""
    help_ = f" ({problem.help})" if problem.help else ""
    where = f"{problem.where}: {problem.severity}[{problem.code}]: {problem.message}{help_}"
    return plain_text(where)
