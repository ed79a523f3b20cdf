"""The catalogue: bundled exercises and the person's own, read one file at a time when asked for."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from re import fullmatch

from backcoach.catalogue.checking import check_exercise
from backcoach.catalogue.fields import ID_PATTERN, as_id
from backcoach.catalogue.model import Exercise
from backcoach.catalogue.validation import validate
from backcoach.document.problems import BadFileError, Part, Problems, did_you_mean
from backcoach.document.reading import Document, parse_document, read_document
from backcoach.errors import BackcoachError

_DATA = resources.files("backcoach.catalogue") / "data"


class Catalogue:
    """Exercises by id. A file is read when its exercise is first asked for.

    Args:
        own: the folder of the person's own exercise files; it need not be there.
    """

    def __init__(self, own: Path | None = None) -> None:
        self._own = {path.stem: path for path in sorted(own.glob("[!.]*.toml"))} if own else {}
        self._read: dict[str, Exercise | BackcoachError] = {}
        self._names: dict[str, str] = {}

    @property
    def ids(self) -> list[str]:
        """Every id that has a file, the person's own included."""
        return sorted({*bundled_ids(), *self._own})

    @property
    def own_files(self) -> list[Path]:
        """The files of the person's own."""
        return list(self._own.values())

    def suggest(self, exercise: str) -> str:
        """Which exercise was probably meant, as a help, by its id or its name; or nothing."""
        named = {as_id(name): each for each, name in self.names().items()}
        meant = as_id(exercise)
        if meant in named:
            return f"did you mean `{named[meant]}`?"
        return did_you_mean(meant, self.ids)

    def circle(self, name: str, exercise: Exercise) -> list[str]:
        """The way that leads from an exercise by `easier` back to it; empty where none does."""
        way = [name]
        easier = exercise.easier
        while easier is not None and easier not in way[1:]:
            way.append(easier)
            if easier == name:
                return way
            try:
                found = self.get(easier)
            except BackcoachError:
                return []
            easier = found.easier if found else None
        return []

    def names(self) -> dict[str, str]:
        """Id → name of every exercise whose file can be read, by id."""
        if not self._names:
            for exercise in self.ids:
                try:
                    name = _document(exercise, self._own).values.get("name")
                except BackcoachError:
                    continue
                if isinstance(name, str):
                    self._names[exercise] = name
        return self._names

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
        if exercise not in self._own:
            return None
        if exercise not in self._read:
            try:
                self._read[exercise] = read_exercise(_document(exercise, self._own))
            except BackcoachError as error:
                self._read[exercise] = error
        found = self._read[exercise]
        if isinstance(found, BackcoachError):
            raise found
        return found


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
    return read_exercise(_document(exercise, {}))


def _document(exercise: str, own: Mapping[str, Path]) -> Document:
    if exercise in bundled_ids():
        entry = _DATA / f"{exercise}.toml"
        return parse_document(entry.read_bytes(), entry.name)
    return read_document(str(own[exercise]))


def read_exercise(document: Document) -> Exercise:
    """The exercise that a document describes.

    Raises:
        BadFileError: with everything that is wrong in it.
    """
    problems = Problems(document.file, document.text)
    exercise = validate(Exercise, document.values, problems, ())
    if exercise is not None:
        check_exercise(exercise, problems, ())
    if exercise is None or problems:
        raise BadFileError(problems)
    return exercise


def check_exercise_file(document: Document, name: str | None, catalogue: Catalogue) -> Problems:
    """Everything that is wrong in the file of an exercise of the person's own.

    Args:
        name: the stem of the file, the exercise's id; None for a text that is in none.
    """
    problems = Problems(document.file, document.text)
    if name is not None and not fullmatch(ID_PATTERN, name):
        problems.add(
            "exercise-id",
            "an exercise's file name is lower-case words joined by hyphens",
            hint=f"rename the file, like `{as_id(name) or 'wall-sit'}.toml`",
            part=Part.FILE,
        )
    elif name in bundled_ids():
        problems.add(
            "exercise-taken",
            f"`{name}` is an exercise of the catalogue, which is played instead of this one",
            hint=f"rename the file, like `my-{name}.toml`",
            part=Part.FILE,
        )
    exercise = validate(Exercise, document.values, problems, ())
    if exercise is not None:
        check_exercise(exercise, problems, ())
        for key in ("easier", "harder"):
            other = getattr(exercise, key)
            if other and other not in catalogue.ids:
                problems.add(
                    "unknown-exercise",
                    f"there is no exercise `{other}`",
                    hint=catalogue.suggest(other),
                    path=(key,),
                )
        if name is not None and (circle := catalogue.circle(name, exercise)):
            problems.add(
                "exercise-cycle",
                f"`easier` leads round in a circle: {' → '.join(circle)}",
                hint="leave one of them out",
                path=("easier",),
            )
    return problems
