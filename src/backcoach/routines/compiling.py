"""A routine → its timeline: phases in the order and with the lengths that the format gives."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from backcoach.catalogue.drawing import drawing_of
from backcoach.catalogue.loading import bundled_ids
from backcoach.catalogue.model import Exercise as CatalogueExercise
from backcoach.catalogue.postures import change_ms
from backcoach.errors import BackcoachError
from backcoach.routines.checking import Break, Circuit, PlannedStep, Routine
from backcoach.routines.doses import Work, own_dose
from backcoach.routines.exercises import Exercises
from backcoach.timeline.model import (
    REST_START_PAIN,
    RULEBOOK_START_PAIN,
    Ceiling,
    Cues,
    Exercise,
    Form,
    Phase,
    PhaseKind,
    Safety,
    Side,
    Step,
    Timeline,
    lay_out,
)

RELIEF = ("rest-crook", "rest-side-fetal", "rest-90-90", "rest-pillow", "prone-lying")
"""The positions to rest in after a stop: the first needs nothing, the last is for whom arching
eases."""
LEAST_CEILING_MS = 30_000
LONGEST_EASIER = 500
"""An exercise of more phases is no easier form of another: 200 steps could have one each."""
_EXIT_BY_POSTURE = {
    "supine": "Let go. Feet flat. Stay there.",
    "prone": "Lie flat. Breathe out. Stay there.",
    "side-lying": "Lower yourself. Stay on your side.",
    "all-fours": "Hands and knees down. Stay there.",
    "forearm-plank": "Knees down. Lie flat. Breathe out.",
    "half-kneeling": "Hold on. Both knees down. Stay there.",
    "kneeling": "Sit back gently. Stay there.",
    "standing": "Stand still. Hold on to something.",
    "seated": "Sit still. Hold on to something.",
}
_LIFT_BY_KIND = {"hold": "And hold.", "dynamic": "Go."}
_LOWER_BY_KIND = {"hold": "Release.", "dynamic": "And back."}


def compile_routine(routine: Routine) -> Timeline:
    """The routine's timeline, each exercise step with its smaller and its easier form."""
    works = [step for step in _flat(routine.steps) if isinstance(step, Work)]
    played = frozenset(work.id for work in works)
    steps = tuple(_compile_step(step, played, routine.exercises) for step in _flat(routine.steps))
    file = routine.file
    return Timeline(
        routine=routine.id,
        name=file.name,
        phases=lay_out(_phases(routine.steps, None)),
        steps=steps,
        summary=file.summary,
        note=file.note,
        stage=tuple(file.stage),
        tags=tuple(file.tags),
        needs=tuple(file.needs),
        safety=Safety(
            max_start_pain=_max_start_pain(works, file.safety.max_start_pain),
            on_sharp_pain=file.safety.on_sharp_pain,
            stops_to_end=file.safety.stops_to_end,
        ),
        relief=_relief(routine.exercises),
        source=routine.source,
    )


def _max_start_pain(works: list[Work], in_file: int | None) -> int:
    """The strictest of the file, its exercises and the rulebook.

    Only rest and walking of the catalogue itself are for a pain above the rulebook's limit.
    """
    limits = [] if in_file is None else [in_file]
    for work in works:
        calm = work.id in bundled_ids() and work.exercise.family in ("rest", "aerobic")
        limits.append(min(work.exercise.max_pain, REST_START_PAIN if calm else RULEBOOK_START_PAIN))
    return min(limits if works else [*limits, RULEBOOK_START_PAIN])


def _flat(steps: Iterable[PlannedStep]) -> Iterator[Work | Break]:
    """The exercise and rest steps, each once, in reading order."""
    for step in steps:
        if isinstance(step, Circuit):
            yield from _flat(step.steps)
        else:
            yield step


def _phases(steps: Iterable[PlannedStep], round_: int | None) -> Iterator[Phase]:
    for step in steps:
        if isinstance(step, Work):
            yield from (replace(phase, round=round_) for phase in work_phases(step))
        elif isinstance(step, Break):
            yield Phase(PhaseKind.REST, step.rest_ms, step.number, round=round_)
        else:
            first = next(_flat(step.steps)).number
            for round_here in range(1, step.repeat + 1):
                if round_here > 1:
                    yield Phase(PhaseKind.REST, step.round_rest_ms, first, round=round_here)
                yield from _phases(step.steps, round_here)


def work_phases(work: Work) -> Iterator[Phase]:
    """The phases of one playing of an exercise step, those of zero length included."""
    phase = partial(Phase, step=work.number, exercise=work.id)
    if not work.reps:
        yield phase(PhaseKind.PREPARE, work.prepare_ms)
        yield phase(PhaseKind.TIMED, work.duration_ms)
        return
    first_side = Side.LEFT if work.alternate and not work.self_paced else work.sides[0]
    first_rep = None if work.self_paced else 1
    yield phase(PhaseKind.PREPARE, work.prepare_ms, side=first_side, set=1, rep=first_rep)
    for number, reps in enumerate(work.reps, 1):
        if number > 1:
            yield phase(
                PhaseKind.SET_REST, work.set_rest_ms, side=first_side, set=number, rep=first_rep
            )
        in_set = partial(phase, set=number)
        if work.self_paced:
            yield from _self_paced(work, in_set)
        elif work.alternate:
            yield from _alternating(work, reps, in_set)
        else:
            yield from _side_by_side(work, reps, in_set)


def _self_paced(work: Work, phase: Callable[..., Phase]) -> Iterator[Phase]:
    for index, side in enumerate(work.sides):
        if index:
            yield phase(PhaseKind.SWITCH, work.switch_ms, side=side)
        yield phase(PhaseKind.SELF_PACED, None, side=side)


def _alternating(work: Work, reps: int, phase: Callable[..., Phase]) -> Iterator[Phase]:
    for rep in range(1, reps + 1):
        if rep > 1:
            yield phase(PhaseKind.REP_REST, work.rep_rest_ms, side=Side.LEFT, rep=rep)
        yield from _rep(work, partial(phase, side=Side.LEFT, rep=rep))
        yield phase(PhaseKind.SWITCH, work.switch_ms, side=Side.RIGHT, rep=rep)
        yield from _rep(work, partial(phase, side=Side.RIGHT, rep=rep))


def _side_by_side(work: Work, reps: int, phase: Callable[..., Phase]) -> Iterator[Phase]:
    for index, side in enumerate(work.sides):
        if index:
            yield phase(PhaseKind.SWITCH, work.switch_ms, side=side, rep=1)
        for rep in range(1, reps + 1):
            if rep > 1:
                yield phase(PhaseKind.REP_REST, work.rep_rest_ms, side=side, rep=rep)
            yield from _rep(work, partial(phase, side=side, rep=rep))


def _rep(work: Work, phase: Callable[..., Phase]) -> Iterator[Phase]:
    yield phase(PhaseKind.MOVE_IN, work.move_ms // 2)
    yield phase(PhaseKind.HOLD, work.hold_ms)
    yield phase(PhaseKind.MOVE_OUT, work.move_ms - work.move_ms // 2)


def _compile_step(step: Work | Break, played: frozenset[str], exercises: Exercises) -> Step:
    if isinstance(step, Break):
        rest = Phase(PhaseKind.REST, step.rest_ms, step.number)
        return Step(step.number, Form(None, phases=lay_out([rest])), step.note)
    return Step(
        number=step.number,
        usual=_form(step),
        note=step.note,
        prepare_ms=step.prepare_ms,
        smaller=_smaller(step),
        easier=_easier(step, played, exercises),
    )


def _form(work: Work, words: str = "") -> Form:
    return Form(
        exercise=_exercise(work.id, work.exercise),
        words=words,
        reps=work.reps,
        hold_ms=work.hold_ms or work.duration_ms,
        phases=lay_out(work_phases(work)),
    )


def _smaller(work: Work) -> Form:
    """The same, phase for phase, with half of every hold: never so little that one vanishes."""
    half = replace(work, hold_ms=_half(work.hold_ms), duration_ms=_half(work.duration_ms))
    return _form(half, work.exercise.smaller or "Make it smaller: half as far.")


def _half(ms: int) -> int:
    return max(ms // 2, min(ms, 1000))


def _easier(work: Work, played: frozenset[str], exercises: Exercises) -> Form | None:
    """The next easier exercise that the session doesn't have already, with time to get there."""
    seen = {work.id}
    name = work.exercise.easier
    while name and name not in seen:
        seen.add(name)
        try:
            exercise = exercises.get(name)
        except BackcoachError:
            # The person's own file is wrong: `check` says so; here it is just not on offer.
            return None
        if exercise is None:
            return None
        if name not in played:
            easier = own_dose(work.number, name, exercise, max(1, len(work.reps)))
            if easier is None or easier.phase_count > LONGEST_EASIER:
                return None
            needed = change_ms(work.exercise.posture, exercise.posture)
            prepared = replace(easier, prepare_ms=max(easier.prepare_ms, needed))
            return _form(prepared, f"{exercise.name} instead.")
        name = exercise.easier
    return None


def _exercise(exercise_id: str, exercise: CatalogueExercise) -> Exercise:
    cues = exercise.cues
    labels = exercise.side_labels
    return Exercise(
        id=exercise_id,
        name=exercise.name,
        family=exercise.family,
        posture=exercise.posture,
        labels=(labels.left, labels.right) if labels else (),
        cues=Cues(
            setup=tuple(cues.setup),
            go=tuple(cues.go),
            lift=cues.lift or _LIFT_BY_KIND.get(exercise.kind, ""),
            hold=tuple(cues.hold),
            lower=cues.lower or _LOWER_BY_KIND.get(exercise.kind, ""),
            last=cues.last or "Last one.",
            between=cues.between,
            again=cues.again,
            exit=tuple(cues.exit) or (_EXIT_BY_POSTURE[exercise.posture],),
            up=tuple(cues.up),
        ),
        breath=exercise.breath.text,
        breath_in_ms=1000 * (exercise.breath.in_ or 0),
        breath_out_ms=1000 * (exercise.breath.out or 0),
        ceiling=_ceiling(exercise),
        max_pain=exercise.max_pain,
        gentle=exercise.gentle,
        avoid=tuple(avoid.code for avoid in exercise.avoid),
        drawing=drawing_of(exercise),
    )


def _ceiling(exercise: CatalogueExercise) -> Ceiling:
    """The exercise's own; where it says nothing of a hold, twice what it is usually held.

    A key that sticks on `+` would make minutes of a hold that nobody has tried. What is done for
    as long as its step says, with no usual time, has no twice of that.
    """
    given, dose = exercise.ceiling, exercise.dose
    usual_ms = dose.duration if exercise.kind == "timed" else dose.hold or 0
    hold_ms = given.hold
    if hold_ms is None and usual_ms is not None:
        hold_ms = max(2 * usual_ms, LEAST_CEILING_MS)
    return Ceiling(hold_ms, given.total)


def _relief(exercises: Exercises) -> tuple[Exercise, ...]:
    found = ((name, exercises.get(name)) for name in RELIEF)
    return tuple(_exercise(name, exercise) for name, exercise in found if exercise)
