"""The library: routine files, read, checked and compiled."""

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from backcoach.catalogue.loading import Catalogue, check_exercise_file
from backcoach.document.problems import BadFileError, Part, Problems
from backcoach.document.reading import Document, parse_document, read_bytes, read_document
from backcoach.errors import UnreadableError
from backcoach.paths import Paths
from backcoach.routines.checking import Routine, check_routine
from backcoach.routines.compiling import compile_routine
from backcoach.routines.finding import Entry, find_entry, list_entries
from backcoach.routines.linting import lint, lint_names
from backcoach.timeline.model import Timeline

STDIN: Final = "<stdin>"
"""How problems name a text that is piped in."""
_EXERCISE_KEYS: Final = frozenset({"kind", "posture", "dose", "cues", "poses"})


class Library:
    """Every routine that can be named."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._catalogue = Catalogue(paths.exercises)

    def entries(self) -> list[Entry]:
        """All routines, by id."""
        return list_entries(self._paths)

    def find(self, name: str) -> Entry:
        """The routine with an id, or at a path.

        Raises:
            UnreadableError: there is none.
        """
        return find_entry(self._paths, name)

    def load(self, entry: Entry) -> Timeline:
        """The routine, checked and compiled.

        Raises:
            BadFileError: with everything that is wrong in it.
            UnreadableError: the file can't be read.
        """
        document = read_document(str(entry.path))
        problems = Problems(document.file, document.text)
        if self._misplaced(document, problems):
            raise BadFileError(problems)
        return compile_routine(check_routine(entry.id, document, self._catalogue))

    def load_text(self, routine_id: str, source: str) -> Timeline:
        """The routine in a text that was kept, as it was then, with the exercises of today.

        Raises:
            BadFileError: it is no routine of this version.
        """
        document = parse_document(source.encode(), routine_id)
        return compile_routine(check_routine(routine_id, document, self._catalogue))

    def validate(self, content: bytes, file: str, routine_id: str) -> None:
        """Refuse the text of a routine that is wrong.

        Raises:
            BadFileError: with everything that is wrong in it.
        """
        check_routine(routine_id, parse_document(content, file), self._catalogue)

    def check_all(self) -> Iterator[Problems | UnreadableError]:
        """What is wrong and what is unwise in each file of the library, exercises first."""
        entries = self.entries()
        files = [*self._catalogue.own_files, *(entry.path for entry in entries)]
        checked = {path: self._guarded(path) for path in files}
        # The bundled ones come first: who shares a name with one of them has to choose another.
        by_source = sorted(entries, key=lambda entry: entry.source != "bundled")
        lint_names(
            (routine, problems)
            for problems, routine in (checked[entry.path] for entry in by_source)
            if routine is not None and isinstance(problems, Problems)
        )
        for problems, _ in checked.values():
            yield problems.placed() if isinstance(problems, Problems) else problems

    def check_file(self, path: Path) -> Problems:
        """What is wrong and what is unwise in a file: a routine's, or an exercise's.

        Raises:
            UnreadableError: it can't be read.
        """
        return self._check(read_bytes(str(path)), str(path), path.stem)[0].placed()

    def check_text(self, content: bytes, file: str = STDIN) -> Problems:
        """The same for a text that is in no file yet.

        Args:
            file: how problems name it.
        """
        return self._check(content, file, None)[0].placed()

    def _guarded(self, path: Path) -> tuple[Problems | UnreadableError, Routine | None]:
        try:
            return self._check(read_bytes(str(path)), str(path), path.stem)
        except UnreadableError as error:
            return error, None

    def _check(
        self, content: bytes, file: str, name: str | None
    ) -> tuple[Problems, Routine | None]:
        try:
            document = parse_document(content, file)
            problems = Problems(document.file, document.text)
            if self._misplaced(document, problems):
                return problems, None
            if _describes_exercise(document) or self._lies_in(self._paths.exercises, document):
                return check_exercise_file(document, name, self._catalogue), None
            routine = check_routine(name, document, self._catalogue)
        except BadFileError as error:
            return error.problems, None
        lint(routine, problems)
        return problems, routine

    def _misplaced(self, document: Document, problems: Problems) -> bool:
        """Note a routine among the exercises, or an exercise among the routines."""
        exercise = _describes_exercise(document)
        here, there = self._paths.exercises, self._paths.routines
        kind = "a routine"
        if exercise:
            here, there, kind = there, here, "an exercise"
        if not (exercise or "steps" in document.values) or not self._lies_in(here, document):
            return False
        problems.add(
            "misplaced",
            f"this is {kind}, and is never found here",
            hint=f"move it into {there}",
            part=Part.FILE,
        )
        return True

    def _lies_in(self, folder: Path, document: Document) -> bool:
        return document.file != STDIN and _resolved(os.path.dirname(document.file)) == _resolved(
            str(folder)
        )


def _describes_exercise(document: Document) -> bool:
    """Whether a file has the keys of an exercise, and none of a routine's steps."""
    return "steps" not in document.values and not _EXERCISE_KEYS.isdisjoint(document.values)


@lru_cache(maxsize=16)
def _resolved(folder: str) -> str:
    """Where a folder really is; a file that is a link lies where the link does."""
    return os.path.realpath(folder)
