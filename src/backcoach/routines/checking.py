"""TOML values → a routine: everything checked, every problem noted, nothing left to find later."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from re import fullmatch
from typing import Any, Final

from backcoach.catalogue.fields import ID_PATTERN
from backcoach.catalogue.loading import Catalogue
from backcoach.catalogue.model import Exercise
from backcoach.catalogue.validation import validate
from backcoach.document.problems import BadFileError, Path, Problems
from backcoach.document.reading import Document
from backcoach.errors import BackcoachError
from backcoach.routines.doses import Work, settle
from backcoach.routines.model import CircuitStep, Defaults, ExerciseStep, RestStep, RoutineFile

MAX_DEPTH: Final = 3
MAX_STEPS: Final = 200
MAX_PHASES: Final = 20_000
MAX_TOTAL_MS: Final = 6 * 3600 * 1000

_STEP_KINDS = ("exercise", "repeat", "rest")


@dataclass(frozen=True, slots=True)
class Break:
    """A rest step."""

    number: int
    rest_ms: int
    note: str

    @property
    def length_ms(self) -> int:
        """What it lasts."""
        return self.rest_ms

    @property
    def phase_count(self) -> int:
        """One phase, or none where it lasts nothing."""
        return bool(self.rest_ms)


@dataclass(frozen=True, slots=True)
class Circuit:
    """Steps in rounds, with a rest between them."""

    repeat: int
    round_rest_ms: int
    steps: "tuple[PlannedStep, ...]"

    @property
    def length_ms(self) -> int:
        """All rounds and the rests between them."""
        a_round = sum(step.length_ms for step in self.steps)
        return self.repeat * a_round + (self.repeat - 1) * self.round_rest_ms

    @property
    def phase_count(self) -> int:
        """The phases of all rounds."""
        a_round = sum(step.phase_count for step in self.steps)
        return self.repeat * a_round + (self.repeat - 1) * bool(self.round_rest_ms)


PlannedStep = Work | Break | Circuit


@dataclass(frozen=True, slots=True)
class Routine:
    """A routine in which everything is settled.

    Attributes:
        exercises: the catalogue's and the file's own, for what its steps can be swapped for.
    """

    id: str
    file: RoutineFile
    steps: tuple[PlannedStep, ...]
    exercises: "Exercises"
    source: str


class Exercises:
    """The exercises a routine may name: the catalogue's, and those of its own file."""

    def __init__(self, catalogue: Catalogue, own: Mapping[str, Exercise]) -> None:
        self._catalogue = catalogue
        self._own = own

    def get(self, exercise: str) -> Exercise | None:
        """The exercise, or None.

        Raises:
            BackcoachError: the file of an exercise of the person's own can't be used.
        """
        return self._own.get(exercise) or self._catalogue.get(exercise)

    @property
    def ids(self) -> list[str]:
        """Every id there is."""
        return sorted({*self._catalogue.ids, *self._own})


def check_routine(routine_id: str, document: Document, catalogue: Catalogue) -> Routine:
    """The routine that a document describes.

    Raises:
        BadFileError: with everything that is wrong in it.
    """
    checker = _Checker(Problems(document.file), catalogue)
    routine = checker.routine(routine_id, document)
    if routine is None or checker.problems:
        raise BadFileError(checker.problems)
    return routine


def _circles(own: Mapping[str, Exercise]) -> set[str]:
    """The exercises of a file from which following `easier` leads back to them."""
    circling: set[str] = set()
    done: set[str] = set()
    for name in own:
        walk: dict[str, int] = {}
        here: str | None = name
        while here is not None and here in own and here not in walk and here not in done:
            walk[here] = len(walk)
            here = own[here].easier
        if here in walk:
            circling |= {step for step, at in walk.items() if at >= walk[here]}
        done |= walk.keys()
    return circling


class _Checker:
    """One pass over one file. Numbers the steps as it meets them."""

    def __init__(self, problems: Problems, catalogue: Catalogue) -> None:
        self.problems = problems
        self._catalogue = catalogue
        self._exercises = Exercises(catalogue, {})
        self._broken: set[str] = set()
        self._defaults = Defaults()
        self._number = 0
        self._too_deep = False
        self._written = 0

    def routine(self, routine_id: str, document: Document) -> Routine | None:
        if not fullmatch(ID_PATTERN, routine_id):
            self.problems.add(
                "routine-id",
                "a routine's file name is lower-case words joined by hyphens",
                hint="rename the file, like `bird-dogs.toml`",
            )
        file = validate(RoutineFile, document.values, self.problems, ())
        # What is wrong in the head of a file doesn't hide what is wrong in its steps.
        if file is not None:
            self._defaults = file.defaults
        self._exercises = Exercises(self._catalogue, self._own(document.values.get("exercises")))
        steps = self._steps(document.values.get("steps"), ("steps",), 1)
        if self._written > MAX_STEPS:
            self._limit(f"the routine has more than {MAX_STEPS} steps")
        if file is not None:
            self._check_swaps(file)
        if file is None or self.problems:
            return None
        self._check_limits(steps)
        return Routine(routine_id, file, steps, self._exercises, document.text)

    def _own(self, values: Any) -> dict[str, Exercise]:
        own: dict[str, Exercise] = {}
        if not isinstance(values, dict):
            return own
        for name, value in values.items():
            path = ("exercises", name)
            if not fullmatch(ID_PATTERN, name):
                self.problems.add(
                    "exercise-id", "an exercise's id is lower-case words and hyphens", path=path
                )
            elif name in self._catalogue.ids:
                self.problems.add(
                    "exercise-taken",
                    f"`{name}` is an exercise of the catalogue",
                    hint="choose another id",
                    path=path,
                )
            exercise = validate(Exercise, value, self.problems, path)
            if exercise is None:
                self._broken.add(name)
            else:
                own[name] = exercise
        for name, exercise in own.items():
            for key in ("easier", "harder"):
                other = getattr(exercise, key)
                if other and other not in own and other not in self._catalogue.ids:
                    self._unknown(other, ("exercises", name, key), [*own, *self._catalogue.ids])
        for name in sorted(_circles(own)):
            self.problems.add(
                "exercise-cycle",
                f"`{name}` is reached again by way of its own `easier`",
                path=("exercises", name, "easier"),
            )
        return own

    def _steps(self, values: Any, path: Path, depth: int) -> tuple[PlannedStep, ...]:
        if not isinstance(values, list):
            return ()
        planned = []
        for index, value in enumerate(values):
            self._written += 1
            if self._written > MAX_STEPS:
                break
            if step := self._step(value, (*path, index), depth):
                planned.append(step)
        return tuple(planned)

    def _step(self, value: Any, path: Path, depth: int) -> PlannedStep | None:
        kinds = [kind for kind in _STEP_KINDS if kind in value] if isinstance(value, dict) else []
        if len(kinds) != 1:
            self.problems.add(
                "step-kind",
                "a step has exactly one of `exercise`, `repeat` and `rest`",
                path=path,
            )
            return None
        if kinds == ["repeat"]:
            return self._circuit(value, path, depth)
        self._number += 1
        if kinds == ["rest"]:
            rest = validate(RestStep, value, self.problems, path)
            return Break(self._number, rest.rest, rest.note) if rest else None
        step = validate(ExerciseStep, value, self.problems, path)
        if step is None:
            name = value["exercise"]
            if isinstance(name, str) and fullmatch(ID_PATTERN, name) and name not in self._broken:
                self._exercise(name, (*path, "exercise"))
            return None
        if step.exercise in self._broken:
            return None
        exercise = self._exercise(step.exercise, (*path, "exercise"))
        if exercise is None:
            return None
        return settle(self._number, step, self._defaults, exercise, self.problems, path)

    def _circuit(self, value: Any, path: Path, depth: int) -> Circuit | None:
        if depth > MAX_DEPTH:
            if not self._too_deep:
                self._limit(f"circuits nest at most {MAX_DEPTH} deep", path)
            self._too_deep = True
            return None
        circuit = validate(CircuitStep, value, self.problems, path)
        steps = self._steps(value.get("steps"), (*path, "steps"), depth + 1)
        return Circuit(circuit.repeat, circuit.round_rest, steps) if circuit else None

    def _exercise(self, exercise: str, path: Path) -> Exercise | None:
        try:
            found = self._exercises.get(exercise)
        except BackcoachError as error:
            why = "; ".join(line.strip() for line in str(error).splitlines())
            self.problems.add("exercise-file", f"`{exercise}` can't be used: {why}", path=path)
            return None
        if found is None:
            self._unknown(exercise, path, self._exercises.ids)
        return found

    def _unknown(self, exercise: str, path: Path, ids: list[str]) -> None:
        close = get_close_matches(exercise, ids, n=1, cutoff=0.6)
        self.problems.add(
            "unknown-exercise",
            f"there is no exercise `{exercise}`",
            hint=f"did you mean `{close[0]}`?" if close else "",
            path=path,
        )

    def _check_swaps(self, file: RoutineFile) -> None:
        for index, swap in enumerate(file.coach.swaps):
            for key in ("replace", "exercise"):
                self._exercise(getattr(swap, key), ("coach", "swaps", index, key))

    def _check_limits(self, steps: tuple[PlannedStep, ...]) -> None:
        if sum(step.phase_count for step in steps) > MAX_PHASES:
            self._limit(f"the routine has more than {MAX_PHASES:,} phases")
        elif sum(step.length_ms for step in steps) > MAX_TOTAL_MS:
            self._limit("the routine lasts longer than 6 hours")

    def _limit(self, message: str, path: Path = ()) -> None:
        self.problems.add("limit", message, path=path)
