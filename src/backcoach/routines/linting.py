"""What is allowed in a routine and yet unwise, from the catalogue's data: warnings, no errors."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from backcoach.catalogue.families import Families, families
from backcoach.catalogue.postures import change_ms
from backcoach.document.problems import Also, Part, Path, Problems, Severity
from backcoach.durations import format_duration
from backcoach.routines.checking import Break, Circuit, PlannedStep, Routine
from backcoach.routines.doses import Work
from backcoach.timeline.model import Side

STRETCH_MS: Final = 60_000
"""So much of one stretch is enough for a side."""
ONE_EFFORT_MS: Final = 3000
"""Reps with a shorter rest between them are one effort."""
WORD_MS: Final = 400
"""A spoken word takes so long, at 150 a minute."""


def lint(routine: Routine, problems: Problems) -> None:
    """Note everything that is unwise in a routine; it plays all the same."""
    _Linter(routine, problems).lint()


def lint_names(routines: Iterable[tuple[Routine, Problems]]) -> None:
    """Note a name that several routines have, with each but the first."""
    first: dict[str, str] = {}
    for routine, problems in routines:
        name = routine.file.name
        if name in first:
            problems.add(
                "same-name",
                f"another routine has this name: {first[name]}",
                hint="give it a name of its own",
                path=("name",),
                severity=Severity.WARNING,
            )
        first.setdefault(name, problems.file)


class _Linter:
    """One look at one routine."""

    def __init__(self, routine: Routine, problems: Problems) -> None:
        self._routine = routine
        self._problems = problems
        self._families: Families = families()
        self._over: set[Path] = set()

    def lint(self) -> None:
        works = list(_rounds(self._routine.steps))
        for work, rounds in works:
            if not self._over_ceiling(work, rounds):
                self._long_core_set(work)
            self._other_stage(work)
            self._long_note(work)
        self._morning_bending(work for work, _ in works)
        self._cold_core(work for work, _ in works)
        self._long_stretches(works)
        self._short_prepares()

    def _warn(
        self, code: str, message: str, hint: str, path: Path, also: Iterable[Also] = ()
    ) -> None:
        self._problems.add(
            code, message, hint=hint, path=path, also=also, severity=Severity.WARNING
        )

    def _over_ceiling(self, work: Work, rounds: int) -> bool:
        """The least that is too much: a hold, else the reps, else all of it together."""
        ceiling = work.exercise.ceiling
        hold_ms = work.hold_ms or work.duration_ms
        held = "hold" if work.reps else "duration"
        a_side = " a side" if work.exercise.sides != "none" else ""
        in_rounds = f" in {rounds} rounds" if rounds > 1 else ""
        reps = rounds * sum(work.reps)
        worked_ms = rounds * _worked_ms(work)
        if ceiling.hold is not None and hold_ms > ceiling.hold:
            most = format_duration(ceiling.hold)
            self._warn_ceiling(work, held, format_duration(hold_ms), f"{most} at a time", "")
        elif ceiling.reps is not None and reps > ceiling.reps:
            self._warn_ceiling(work, "reps", f"{reps} reps{in_rounds}", f"{ceiling.reps}", a_side)
        elif ceiling.total is not None and worked_ms > ceiling.total:
            most = format_duration(ceiling.total)
            key = "reps" if work.reps else held
            self._warn_ceiling(
                work, key, f"{format_duration(worked_ms)} in all{in_rounds}", most, a_side
            )
        else:
            return False
        return True

    def _warn_ceiling(self, work: Work, key: str, much: str, most: str, a_side: str) -> None:
        self._over.add(work.path)
        self._warn(
            "over-ceiling",
            f"{much}{a_side} is over the ceiling of `{work.id}`",
            f"{most}{a_side} is the most",
            (*work.path, key),
        )

    def _long_core_set(self, work: Work) -> None:
        if (
            work.exercise.family not in self._families.core
            or work.id in self._families.plank_exceptions
        ):
            return
        effort_ms = _longest_effort_ms(work)
        most = self._families.max_core_ms
        if effort_ms > most:
            self._warn(
                "long-core-set",
                f"{format_duration(effort_ms)} of core work without a rest; "
                f"{format_duration(most)} is enough",
                f"rest {format_duration(ONE_EFFORT_MS)} or longer between the reps, or hold less",
                (*work.path, "exercise"),
            )

    def _other_stage(self, work: Work) -> None:
        stages, own = self._routine.file.stage, work.exercise.stage
        missing = [stage for stage in stages if own and stage not in own]
        if missing:
            self._warn(
                "other-stage",
                f"`{work.id}` isn't for the {missing[0]} stage, which this routine is for",
                f"its {'stage is' if len(own) == 1 else 'stages are'} {', '.join(own)}",
                (*work.path, "exercise"),
            )

    def _long_note(self, work: Work) -> None:
        if not work.note:
            return
        cues = work.exercise.cues
        lines = [work.exercise.name, *cues.setup, *cues.go, work.note]
        spoken_ms = WORD_MS * sum(len(line.split()) for line in lines)
        if spoken_ms > work.prepare_ms:
            needed = format_duration(-(-spoken_ms // 1000) * 1000)
            self._warn(
                "long-note",
                f"the note can't be said in {format_duration(work.prepare_ms)} of `prepare`, "
                "with the name and the set-up",
                f'shorten it, or write `prepare = "{needed}"`',
                (*work.path, "note"),
            )

    def _morning_bending(self, works: Iterable[Work]) -> None:
        if "morning" not in self._routine.file.tags:
            return
        for work in works:
            if work.exercise.end_range:
                self._warn(
                    "morning-bending",
                    f"`{work.id}` bends the back to its end, too early in the morning",
                    "leave it for later in the day: the first hour after waking is too soon",
                    (*work.path, "exercise"),
                )

    def _cold_core(self, works: Iterable[Work]) -> None:
        for work in works:
            if work.exercise.family in self._families.warm_up:
                return
            if work.exercise.family in self._families.core:
                self._warn(
                    "cold-core",
                    f"`{work.id}` is core work, and nothing before it warms up",
                    "begin with `walk`, `pelvic-tilt` or `cat-cow`",
                    (*work.path, "exercise"),
                )
                return

    def _long_stretches(self, works: Iterable[tuple[Work, int]]) -> None:
        """One stretch in several steps; a step that is too much by itself was said already."""
        stretched: dict[tuple[str, Side | None], list[tuple[Work, int]]] = defaultdict(list)
        for work, rounds in works:
            if work.exercise.family in self._families.stretch:
                sides = (Side.LEFT, Side.RIGHT) if work.alternate else work.sides
                for side in sides:
                    stretched[work.id, side].append((work, rounds * _held_ms(work)))
        said: set[str] = set()
        for (exercise, _), steps in stretched.items():
            last = steps[-1][0]
            most = max(STRETCH_MS, last.exercise.ceiling.total or 0)
            total = sum(held for _, held in steps)
            if total <= most or exercise in said or any(w.path in self._over for w, _ in steps):
                continue
            said.add(exercise)
            a_side = " a side" if last.exercise.sides != "none" else ""
            self._warn(
                "long-stretch",
                f"{format_duration(total)} of `{exercise}`{a_side}, and {format_duration(most)} "
                "is enough",
                "hold less, or leave one of them out",
                (*last.path, "exercise"),
                [Also("also here", (*work.path, "exercise"), Part.VALUE) for work, _ in steps[:-1]],
            )

    def _short_prepares(self) -> None:
        posture: str | None = None
        rest_ms = 0
        said: set[Path] = set()
        for step in _played(self._routine.steps):
            if isinstance(step, int):
                rest_ms += step
                continue
            here = step.exercise.posture
            if posture is None:
                # One who begins seated sits already.
                posture = "seated" if here == "seated" else "standing"
            needed = change_ms(posture, here)
            if rest_ms + step.prepare_ms < needed and step.path not in said:
                said.add(step.path)
                self._warn(
                    "short-prepare",
                    f"from {posture} to {here} takes {format_duration(needed)}, "
                    f"and there are {format_duration(rest_ms + step.prepare_ms)}",
                    f'write `prepare = "{format_duration(needed - rest_ms)}"`',
                    (*step.path, "prepare"),
                )
            posture, rest_ms = here, 0


def _rounds(steps: Iterable[PlannedStep], rounds: int = 1) -> Iterator[tuple[Work, int]]:
    """Each exercise step once, and in how many rounds it is played."""
    for step in steps:
        if isinstance(step, Circuit):
            yield from _rounds(step.steps, rounds * step.repeat)
        elif isinstance(step, Work):
            yield step, rounds


def _played(steps: Iterable[PlannedStep]) -> Iterator[Work | int]:
    """The exercise steps as they follow one another, and the milliseconds of rest between them.

    Two rounds of a circuit show every change that there is.
    """
    for step in steps:
        if isinstance(step, Break):
            yield step.rest_ms
        elif isinstance(step, Circuit):
            yield from _played(step.steps)
            yield step.round_rest_ms
            yield from _played(step.steps)
        else:
            yield step


def _held_ms(work: Work) -> int:
    """What is held of a step on one side."""
    return sum(work.reps) * work.hold_ms + work.duration_ms


def _worked_ms(work: Work) -> int:
    """What counts against the total of a ceiling, on one side: moves are the work of a mover."""
    moved_ms = work.move_ms if work.exercise.kind == "dynamic" and not work.self_paced else 0
    return sum(work.reps) * moved_ms + _held_ms(work)


def _longest_effort_ms(work: Work) -> int:
    """The longest stretch of a step in which nothing is set down; nothing is known if self-paced.

    A rep is an effort for its hold and half of its move.
    """
    if work.self_paced:
        return 0
    if not work.reps:
        return work.duration_ms
    rep_ms = work.hold_ms + work.move_ms // 2
    reps_at_once = max(work.reps) if work.rep_rest_ms < ONE_EFFORT_MS else 1
    if not work.alternate:
        return rep_ms * reps_at_once
    if work.switch_ms < ONE_EFFORT_MS:
        return 2 * rep_ms * reps_at_once
    # A right rep and the left one after it, where nothing but the switches is a rest.
    return rep_ms * min(2, reps_at_once)
