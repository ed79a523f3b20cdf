"""The exercises that a routine may name: the catalogue's, and those that its file describes."""

from collections.abc import Mapping
from re import fullmatch
from typing import Any, Final

from backcoach.catalogue.checking import check_exercise
from backcoach.catalogue.fields import ID_PATTERN, as_id
from backcoach.catalogue.loading import Catalogue
from backcoach.catalogue.model import Exercise
from backcoach.catalogue.validation import validate
from backcoach.document.problems import Also, Part, Path, Problems, did_you_mean

MAX_EXERCISES: Final = 500
"""A file has at most so many exercises of its own."""


class Exercises:
    """The exercises a routine may name: the catalogue's, and those of its own file.

    Args:
        own: those of the file that are right.
        broken: the names of those that aren't; None where it can't be told which they are.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        own: Mapping[str, Exercise] | None = None,
        broken: frozenset[str] | None = frozenset(),
    ) -> None:
        self._catalogue = catalogue
        self._own = own or {}
        self._broken = broken

    def get(self, exercise: str) -> Exercise | None:
        """The exercise, or None.

        Raises:
            BackcoachError: the file of an exercise of the person's own can't be used.
        """
        return self._own.get(exercise) or self._catalogue.get(exercise)

    def is_broken(self, exercise: str) -> bool:
        """Whether the file describes it, or may do so, and a problem says so already."""
        if self._broken is None:
            return exercise not in self._catalogue.ids
        return exercise in self._broken

    def suggest(self, exercise: str) -> str:
        """Which one was probably meant, as a help; else where they are named."""
        own = [*self._own, *(self._broken or ())]
        ids = [each for each in own if fullmatch(ID_PATTERN, each)]
        return (
            did_you_mean(exercise, ids)
            or self._catalogue.suggest(exercise)
            or "`backcoach list --exercises` names them"
        )

    @property
    def ids(self) -> list[str]:
        """Every id there is."""
        return sorted({*self._catalogue.ids, *self._own})


def read_own(values: Mapping[str, Any], catalogue: Catalogue, problems: Problems) -> Exercises:
    """The exercises that a routine may name, after noting what is wrong with its own."""
    tables = values.get("exercises")
    if tables is None:
        return Exercises(catalogue)
    if not isinstance(tables, dict):
        # That it is no table is noted with the rest of the file.
        return Exercises(catalogue, broken=None)
    if tables and not any(isinstance(table, dict | list) for table in tables.values()):
        problems.add(
            "wrong-type",
            "`exercises` holds a table for each exercise",
            hint="give it an id: `[exercises.wall-sit]`",
            path=("exercises",),
        )
        return Exercises(catalogue, broken=None)
    if len(tables) > MAX_EXERCISES:
        message = f"the file describes more than {MAX_EXERCISES} exercises"
        problems.add("limit", message, path=("exercises",), part=Part.KEY)
        return Exercises(catalogue, broken=None)
    own: dict[str, Exercise] = {}
    broken = set()
    for name, table in tables.items():
        path = ("exercises", name)
        right = _check_id(name, catalogue, problems, path)
        exercise = validate(Exercise, table, problems, path)
        if exercise is not None:
            check_exercise(exercise, problems, path)
        if right and exercise is not None:
            own[name] = exercise
        else:
            # Steps may name it the way that is asked for here.
            broken |= {name, as_id(name)}
    found = Exercises(catalogue, own, frozenset(broken))
    _check_links(own, found, problems)
    return found


def _check_id(name: str, catalogue: Catalogue, problems: Problems, path: Path) -> bool:
    if not fullmatch(ID_PATTERN, name):
        problems.add(
            "exercise-id",
            "an exercise's id is lower-case words joined by hyphens",
            hint=f"write it like `{as_id(name) or 'wall-sit'}`",
            path=path,
            part=Part.KEY,
        )
        return False
    if name in catalogue.ids:
        problems.add(
            "exercise-taken",
            f"`{name}` is an exercise of the catalogue",
            hint=f"choose another id, like `my-{name}`",
            path=path,
            part=Part.KEY,
        )
        return False
    return True


def _check_links(own: Mapping[str, Exercise], found: Exercises, problems: Problems) -> None:
    known = frozenset(found.ids)
    for name, exercise in own.items():
        for key in ("easier", "harder"):
            other = getattr(exercise, key)
            if other and other not in known and not found.is_broken(other):
                problems.add(
                    "unknown-exercise",
                    f"there is no exercise `{other}`",
                    hint=found.suggest(other) if problems.hinting else "",
                    path=("exercises", name, key),
                )
    for circle in _circles(own):
        first, *others = circle
        problems.add(
            "exercise-cycle",
            f"`easier` leads round in a circle: {' → '.join([*circle, first])}",
            hint="leave one of them out",
            path=("exercises", first, "easier"),
            also=[Also("and here", ("exercises", name, "easier"), Part.VALUE) for name in others],
        )


def _circles(own: Mapping[str, Exercise]) -> list[tuple[str, ...]]:
    """Each circle of exercises of a file that `easier` leads round, in its order."""
    circles: list[tuple[str, ...]] = []
    done: set[str] = set()
    for name in own:
        walk: dict[str, int] = {}
        here: str | None = name
        while here is not None and here in own and here not in walk and here not in done:
            walk[here] = len(walk)
            here = own[here].easier
        if here is not None and here in walk:
            circles.append(tuple(walk)[walk[here] :])
        done.update(walk)
    return circles
