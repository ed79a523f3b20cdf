"""The catalogue: bundled exercises and the person's own, read one file at a time when asked for."""

from functools import cache
from importlib import resources
from pathlib import Path

from backcoach.catalogue.model import Exercise
from backcoach.catalogue.validation import validate
from backcoach.document.problems import BadFileError, Problems
from backcoach.document.reading import Document, parse_document, read_document

_DATA = resources.files("backcoach.catalogue") / "data"


class Catalogue:
    """Exercises by id. A file is read when its exercise is first asked for.

    Args:
        own: the folder of the person's own exercise files; it need not be there.
    """

    def __init__(self, own: Path | None = None) -> None:
        self._own = {path.stem: path for path in sorted(own.glob("[!.]*.toml"))} if own else {}

    @property
    def ids(self) -> list[str]:
        """Every id that has a file, the person's own included."""
        return sorted({*bundled_ids(), *self._own})

    def get(self, exercise: str) -> Exercise | None:
        """The exercise, or None where no file has its name.

        A bundled id wins over a file of the person's own: a routine of the library always
        plays what it was written for.

        Raises:
            BadFileError: the person's own file is wrong.
            UnreadableError: it can't be read.
        """
        if exercise in bundled_ids():
            return _bundled(exercise)
        own = self._own.get(exercise)
        return read_exercise(read_document(str(own))) if own else None


@cache
def bundled_ids() -> frozenset[str]:
    """The ids of the exercises that come with the program."""
    return frozenset(
        entry.name.removesuffix(".toml")
        for entry in _DATA.iterdir()
        if entry.name.endswith(".toml")
    )


@cache
def _bundled(exercise: str) -> Exercise:
    entry = _DATA / f"{exercise}.toml"
    return read_exercise(parse_document(entry.read_bytes(), entry.name))


def read_exercise(document: Document) -> Exercise:
    """The exercise that a document describes.

    Raises:
        BadFileError: with everything that is wrong in it.
    """
    problems = Problems(document.file)
    exercise = validate(Exercise, document.values, problems, ())
    if exercise is None:
        raise BadFileError(problems)
    return exercise
