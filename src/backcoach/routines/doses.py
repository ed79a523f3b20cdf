"""A step's figures, settled: the step's own, then `[defaults]`, then the exercise's, then ours."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from backcoach.catalogue.checking import note_sets_beside_list
from backcoach.catalogue.model import Dose, Exercise
from backcoach.document.problems import Part, Path, Problems
from backcoach.routines.model import Defaults, ExerciseStep
from backcoach.timeline.model import Side

T = TypeVar("T")

PREPARE_MS: Final = 10_000
MOVE_MS: Final = 4000
REP_REST_MS: Final = 2000
SWITCH_MS: Final = 5000
SET_REST_MS: Final = 20_000

_MEASURES = ("reps", "sets", "hold")
_REP_KEYS = (
    "pace",
    "sides",
    "move",
    "rep_rest",
    "switch",
    "set_rest",
)
_GUIDED_KEYS = ("hold", "move", "rep_rest")


@dataclass(frozen=True, slots=True)
class Work:
    """An exercise step with nothing left open. Times in milliseconds.

    Attributes:
        number: of the step in its file, from 1.
        reps: one number a set; empty for a timed exercise.
        sides: those played one after the other; `(None,)` without sides.
        alternate: each rep left, then right; `sides` is `(None,)` then.
        duration_ms: of a timed exercise; 0 for the others.
        path: of the step in its document.
    """

    number: int
    id: str
    exercise: Exercise
    note: str
    reps: tuple[int, ...]
    sides: tuple[Side | None, ...]
    alternate: bool
    self_paced: bool
    hold_ms: int
    duration_ms: int
    prepare_ms: int
    move_ms: int
    rep_rest_ms: int
    switch_ms: int
    set_rest_ms: int
    path: Path = ()

    @property
    def length_ms(self) -> int:
        """What the step lasts, by the format's formula; self-paced work counts nothing."""
        if not self.reps:
            return self.prepare_ms + self.duration_ms
        rep_ms = 0 if self.self_paced else self.move_ms + self.hold_ms
        pause_ms = 0 if self.self_paced else self.rep_rest_ms
        worked = 0
        for reps in self.reps:
            if self.alternate and not self.self_paced:
                worked += 2 * reps * rep_ms + reps * self.switch_ms + (reps - 1) * pause_ms
            else:
                worked += len(self.sides) * (reps * rep_ms + (reps - 1) * pause_ms)
                worked += (len(self.sides) - 1) * self.switch_ms
        return self.prepare_ms + worked + (len(self.reps) - 1) * self.set_rest_ms

    @property
    def phase_count(self) -> int:
        """How many phases the step has; those of zero length aren't any."""
        count = bool(self.prepare_ms) + (len(self.reps) - 1) * bool(self.set_rest_ms)
        if not self.reps:
            return bool(self.prepare_ms) + 1
        out_ms = self.move_ms - self.move_ms // 2
        per_rep = bool(self.move_ms // 2) + bool(self.hold_ms) + bool(out_ms)
        for reps in self.reps:
            if self.self_paced:
                count += len(self.sides) + (len(self.sides) - 1) * bool(self.switch_ms)
            elif self.alternate:
                count += 2 * reps * per_rep + reps * bool(self.switch_ms)
                count += (reps - 1) * bool(self.rep_rest_ms)
            else:
                a_side = reps * per_rep + (reps - 1) * bool(self.rep_rest_ms)
                count += len(self.sides) * a_side + (len(self.sides) - 1) * bool(self.switch_ms)
        return count


def settle(
    number: int,
    step: ExerciseStep,
    defaults: Defaults,
    exercise: Exercise,
    problems: Problems,
    path: Path,
) -> Work | None:
    """The step's work, or None after noting what doesn't fit the exercise's kind and sides."""
    before = len(problems.found)
    timed = exercise.kind == "timed"
    if timed:
        message = "a timed exercise takes only duration, prepare and note"
        _refuse(step, _MEASURES, message, "use `duration`", problems, path)
        _refuse(step, _REP_KEYS, message, "leave it out", problems, path)
    else:
        _refuse(step, ("duration",), f"`{step.exercise}` has reps", "use `hold`", problems, path)
    if not timed and isinstance(step.reps, tuple) and step.sets is not None:
        note_sets_beside_list(problems, path)
    self_paced = not timed and _first(step.pace, defaults.pace, "guided") == "self"
    if self_paced:
        _refuse(step, _GUIDED_KEYS, "a self-paced step is not timed",
                'leave it out, or set pace = "guided"', problems, path)  # fmt: skip
    sides, alternate = _sides(step, exercise, problems, path)
    dose = exercise.dose
    duration = dose.duration if step.duration is None else step.duration
    if timed and duration is None:
        problems.add(
            "missing-key",
            "`duration` is missing",
            hint=f'`{step.exercise}` has none of its own: write `duration = "1m"`',
            path=(*path, "duration"),
        )
    if len(problems.found) > before:
        return None
    return Work(
        number=number,
        id=step.exercise,
        exercise=exercise,
        note=step.note,
        reps=() if timed else _reps(step, defaults, dose),
        sides=sides,
        alternate=alternate,
        self_paced=self_paced,
        hold_ms=0 if timed or self_paced else _first(step.hold, defaults.hold, dose.hold, 0),
        duration_ms=duration or 0 if timed else 0,
        prepare_ms=_first(step.prepare, defaults.prepare, dose.prepare, PREPARE_MS),
        move_ms=_first(step.move, defaults.move, dose.move, MOVE_MS),
        rep_rest_ms=_first(step.rep_rest, defaults.rep_rest, dose.rep_rest, REP_REST_MS),
        switch_ms=_first(step.switch, defaults.switch, dose.switch, SWITCH_MS),
        set_rest_ms=_first(step.set_rest, defaults.set_rest, dose.set_rest, SET_REST_MS),
        path=path,
    )


def own_dose(number: int, exercise_id: str, exercise: Exercise, sets: int) -> Work | None:
    """The exercise at the first step of its ladder, in so many sets; None if it has no dose.

    This is what takes the place of a harder exercise: the least of it, as often.
    """
    first = exercise.ladder[0] if exercise.ladder else exercise.dose
    step = ExerciseStep.model_construct(
        exercise=exercise_id,
        reps=first.reps if exercise.kind != "timed" else None,
        hold=first.hold if exercise.kind != "timed" else None,
        duration=first.duration if exercise.kind == "timed" else None,
    )
    work = settle(number, step, Defaults(), exercise, Problems(""), ())
    if work is None or not work.reps:
        return work
    return replace(work, reps=_resize(work.reps, sets))


def _resize(reps: tuple[int, ...], sets: int) -> tuple[int, ...]:
    """As many sets as asked for: the first ones, the last one again where there are too few."""
    return (*reps[:sets], *[reps[-1]] * (sets - len(reps)))


def _reps(step: ExerciseStep, defaults: Defaults, dose: Dose) -> tuple[int, ...]:
    reps = _first(step.reps, dose.reps, 1)
    if not isinstance(reps, tuple):
        return (reps,) * _first(step.sets, defaults.sets, dose.sets, 1)
    return reps if step.sets is None else _resize(reps, step.sets)


def _sides(
    step: ExerciseStep, exercise: Exercise, problems: Problems, path: Path
) -> tuple[tuple[Side | None, ...], bool]:
    sides = step.sides or exercise.sides
    if exercise.kind == "timed":
        return (None,), False
    if exercise.sides == "none" and sides != "none":
        problems.add(
            "no-sides",
            f"`{step.exercise}` has no sides",
            hint='leave `sides` out, or write "none"',
            path=(*path, "sides"),
        )
    elif exercise.sides != "none" and sides == "none":
        problems.add(
            "has-sides",
            f"`{step.exercise}` has two sides",
            hint='write "each", "alternate", "left" or "right"',
            path=(*path, "sides"),
        )
    match sides:
        case "each":
            return (Side.LEFT, Side.RIGHT), False
        case "left":
            return (Side.LEFT,), False
        case "right":
            return (Side.RIGHT,), False
        case _:
            return (None,), sides == "alternate"


def _refuse(
    step: ExerciseStep,
    keys: Iterable[str],
    message: str,
    hint: str,
    problems: Problems,
    path: Path,
) -> None:
    for key in keys:
        if getattr(step, key) is not None:
            problems.add(
                "wrong-key", f"`{key}`: {message}", hint=hint, path=(*path, key), part=Part.KEY
            )


def _first(*choices: T | None) -> T:
    """The first that is given; the last one always is."""
    for choice in choices:
        if choice is not None:
            return choice
    raise AssertionError
