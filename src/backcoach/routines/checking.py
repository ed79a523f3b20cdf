"""TOML values → a routine: everything checked, every problem noted, nothing left to find later."""

from dataclasses import dataclass, replace
from re import fullmatch
from typing import Any, Final

from pydantic import ValidationError

from backcoach.catalogue.fields import ID_PATTERN, as_id
from backcoach.catalogue.loading import Catalogue
from backcoach.catalogue.model import Exercise
from backcoach.catalogue.validation import validate
from backcoach.document.problems import (
    Also,
    BadFileError,
    Part,
    Path,
    Problems,
    closest,
)
from backcoach.document.reading import Document
from backcoach.durations import format_duration
from backcoach.errors import BackcoachError
from backcoach.routines.doses import Work, settle
from backcoach.routines.exercises import Exercises, read_own
from backcoach.routines.hints import improve_hints
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
    path: Path = ()

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
    path: Path = ()

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
    exercises: Exercises
    source: str


def check_routine(routine_id: str | None, document: Document, catalogue: Catalogue) -> Routine:
    """The routine that a document describes.

    Args:
        routine_id: the stem of its file; None for a text that is in none.

    Raises:
        BadFileError: with everything that is wrong in it.
    """
    checker = _Checker(Problems(document.file, document.text), catalogue)
    routine = checker.routine(routine_id, document)
    if routine is None or checker.problems:
        raise BadFileError(checker.problems)
    return routine


class _Checker:
    """One pass over one file. Numbers the steps as it meets them."""

    def __init__(self, problems: Problems, catalogue: Catalogue) -> None:
        self.problems = problems
        self._catalogue = catalogue
        self._exercises = Exercises(catalogue)
        self._unusable: dict[str, int] = {}
        self._defaults = Defaults()
        self._number = 0
        self._too_deep = False
        self._written = 0

    def routine(self, routine_id: str | None, document: Document) -> Routine | None:
        if routine_id is not None and not fullmatch(ID_PATTERN, routine_id):
            self.problems.add(
                "routine-id",
                "a routine's file name is lower-case words joined by hyphens",
                hint=f"rename the file, like `{as_id(routine_id) or 'bird-dogs'}.toml`",
                part=Part.FILE,
            )
        file = validate(RoutineFile, document.values, self.problems, ())
        # What is wrong in the head of a file doesn't hide what is wrong in its steps.
        if file is not None:
            self._defaults = file.defaults
        self._exercises = read_own(document.values, self._catalogue, self.problems)
        steps = self._steps(document.values.get("steps"), ("steps",), 1)
        if file is not None:
            self._check_swaps(file)
        if file is None or self.problems:
            improve_hints(self.problems, document.values, self._exercises)
            return None
        self._check_limits(steps)
        return Routine(routine_id or "", file, steps, self._exercises, document.text)

    def _steps(self, values: Any, path: Path, depth: int) -> tuple[PlannedStep, ...]:
        if not isinstance(values, list):
            return ()
        planned = []
        for index, value in enumerate(values):
            self._written += 1
            if self._written > MAX_STEPS:
                if self._written == MAX_STEPS + 1:
                    hint = "split the routine, or use circuits"
                    self._limit(
                        f"the routine has more than {MAX_STEPS} steps", (*path, index), hint
                    )
                break
            if step := self._step(value, (*path, index), depth):
                planned.append(step)
        return tuple(planned)

    def _step(self, value: Any, path: Path, depth: int) -> PlannedStep | None:
        kinds = [kind for kind in _STEP_KINDS if kind in value] if isinstance(value, dict) else []
        if len(kinds) != 1:
            self._note_kinds(value, kinds, path)
            return None
        if kinds == ["repeat"]:
            return self._circuit(value, path, depth)
        self._number += 1
        if kinds == ["rest"]:
            rest = validate(RestStep, value, self.problems, path)
            return Break(self._number, rest.rest, rest.note, path) if rest else None
        step = validate(ExerciseStep, value, self.problems, path)
        if step is None:
            self._look_further(value, path)
            return None
        exercise = self._exercise(step.exercise, (*path, "exercise"))
        if exercise is None:
            return None
        return settle(self._number, step, self._defaults, exercise, self.problems, path)

    def _look_further(self, value: dict[str, Any], path: Path) -> None:
        """Note what else is wrong with a step: in the keys that are right by themselves."""
        try:
            ExerciseStep.model_validate(value)
        except ValidationError as error:
            wrong = {each["loc"][0] for each in error.errors(include_url=False)}
            value = {key: inner for key, inner in value.items() if key not in wrong}
        name = value.get("exercise")
        if name is None:
            return
        exercise = self._exercise(name, (*path, "exercise"))
        if exercise is None:
            return
        rest = Problems(self.problems.file)
        step = ExerciseStep.model_validate(value)
        settle(self._number, step, self._defaults, exercise, rest, path)
        # What seems to be missing may be what was wrong.
        self.problems.found += [each for each in rest if each.code != "missing-key"]

    def _note_kinds(self, value: Any, kinds: list[str], path: Path) -> None:
        """Note a step that is of no kind, or of several."""
        hint = "write the step as a table: `[[steps]]` and its keys below"
        part = Part.VALUE
        if kinds:
            hint = "make a step of each, or leave one out"
        elif isinstance(value, dict):
            hint = 'say which exercise it is: `exercise = "bridge"`'
            odd = [key for key in value if key not in ExerciseStep.model_fields]
            for key in odd if self.problems.hinting else ():
                if meant := closest(key, _STEP_KINDS):
                    hint, path, part = f"did you mean `{meant}`?", (*path, key), Part.KEY
                    break
        self.problems.add(
            "step-kind",
            "a step has exactly one of `exercise`, `repeat` and `rest`",
            hint=hint,
            path=path,
            part=part,
            also=[
                Also("one", (*path, kinds[0])),
                *(Also("another", (*path, kind)) for kind in kinds[1:]),
            ]
            if kinds
            else (),
        )

    def _circuit(self, value: Any, path: Path, depth: int) -> Circuit | None:
        if depth > MAX_DEPTH:
            if not self._too_deep:
                self._limit(f"circuits nest at most {MAX_DEPTH} deep", path)
            self._too_deep = True
            return None
        circuit = validate(CircuitStep, value, self.problems, path)
        steps = self._steps(value.get("steps"), (*path, "steps"), depth + 1)
        if circuit is None:
            return None
        return Circuit(circuit.repeat, circuit.round_rest, steps, path)

    def _exercise(self, exercise: str, path: Path) -> Exercise | None:
        """The exercise of an id; None where there is none, or a problem is noted of it already."""
        if self._exercises.is_broken(exercise):
            return None
        try:
            found = self._exercises.get(exercise)
        except BackcoachError as error:
            self._note_unusable(exercise, error, path)
            return None
        if found is None:
            self._unknown(exercise, path)
        return found

    def _note_unusable(self, exercise: str, error: BackcoachError, path: Path) -> None:
        """Note that an exercise's own file is wrong: once, with every place that names it."""
        if (index := self._unusable.get(exercise)) is not None:
            known = self.problems.found[index]
            also = (*known.also, Also("and here", path, Part.VALUE))
            self.problems.found[index] = replace(known, also=also)
            return
        self._unusable[exercise] = len(self.problems)
        why = str(error).partition("\n")[0]
        self.problems.add(
            "exercise-file",
            f"`{exercise}` can't be used: {why}",
            hint="`backcoach check` tells all that is wrong in its file",
            path=path,
        )

    def _unknown(self, exercise: str, path: Path) -> None:
        hint = self._exercises.suggest(exercise) if self.problems.hinting else ""
        self.problems.add(
            "unknown-exercise", f"there is no exercise `{exercise}`", hint=hint, path=path
        )

    def _check_swaps(self, file: RoutineFile) -> None:
        for index, swap in enumerate(file.coach.swaps):
            for key in ("replace", "exercise"):
                self._exercise(getattr(swap, key), ("coach", "swaps", index, key))

    def _check_limits(self, steps: tuple[PlannedStep, ...]) -> None:
        phases = sum(step.phase_count for step in steps)
        length_ms = sum(step.length_ms for step in steps)
        if phases > MAX_PHASES:
            hint = f"it has {phases:,}"
            self._limit(f"the routine has more than {MAX_PHASES:,} phases", ("steps",), hint)
        elif length_ms > MAX_TOTAL_MS:
            hint = f"it lasts {format_duration(length_ms)}"
            self._limit("the routine lasts longer than 6 hours", ("steps",), hint)

    def _limit(self, message: str, path: Path, hint: str = "") -> None:
        self.problems.add("limit", message, path=path, hint=hint)
