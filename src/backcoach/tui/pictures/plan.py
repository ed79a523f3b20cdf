"""A routine's steps as lines: how much of each, how long it takes, and which come round again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from rich.cells import cell_len

from backcoach.durations import format_clock
from backcoach.timeline.model import Phase, PhaseKind, Step, Timeline, total_of
from backcoach.tui.canvas import Canvas, Role, shorten

_STANDING: Final = ("standing", "half-kneeling", "")
_SEATED: Final = "seated"
LEAST_NAME: Final = 14
PLAN_WIDTH: Final = 74
"""In more, the eye loses the line between a name and its time."""
WITH_DOSES: Final = 42
"""In less width a line is a name and a time."""
INDENT: Final = 2
_TIME_WIDTH: Final = 6


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A step, or what a circuit begins with.

    Attributes:
        step: None for the head of a circuit.
        time: empty where it is the circuit's alone.
    """

    name: str
    dose: str
    time: str
    step: Step | None = None
    indent: int = 0


def plan_lines(timeline: Timeline) -> tuple[PlanLine, ...]:
    """The steps in their order; those of a circuit under a line that says how often."""
    lines: list[PlanLine] = []
    for steps, rounds in _groups(timeline):
        if rounds < 2:
            lines += [_line(step, 0) for step in steps]
            continue
        numbers = {step.number for step in steps}
        length = _clock(phase for phase in timeline.phases if phase.step in numbers)
        lines.append(PlanLine(f"{rounds} rounds of", "", length))
        lines += [_line(step, INDENT) for step in steps]
    return tuple(lines)


def dose_column(lines: Sequence[PlanLine], width: int) -> int:
    """Where the doses begin in lines of so many cells; past their end where they have no room."""
    if width < WITH_DOSES:
        return width
    names = max((line.indent + cell_len(line.name) for line in lines), default=0)
    doses = max((cell_len(line.dose) for line in lines), default=0)
    spare = width - _TIME_WIDTH - names - doses - 2
    if spare >= 0:
        return names + 2 + min(spare // 2, 6)
    return max(LEAST_NAME, width - _TIME_WIDTH - doses)


def put_plan_line(
    canvas: Canvas,
    line: PlanLine,
    x: int,
    y: int,
    width: int,
    dose_at: int,
    name: Role = Role.TEXT,
    rest: Role = Role.MUTED,
) -> None:
    """A line of the plan: the name, the dose in its column, the time at the right."""
    time_at = width - cell_len(line.time)
    canvas.put(x + time_at, y, line.time, rest)
    shown = bool(line.dose) and dose_at < time_at
    if shown:
        canvas.put(x + dose_at, y, shorten(line.dose, width - _TIME_WIDTH - dose_at), rest)
    name_end = dose_at if shown else time_at
    canvas.put(x + line.indent, y, shorten(line.name, name_end - line.indent - 1), name)


def dose_of(step: Step) -> str:
    """How much of a step: its reps and holds, or for how long."""
    if step.usual.exercise is None:
        return ""
    own_pace = ", at your pace" if _self_paced(step) else ""
    if step.usual.dose:
        return step.usual.dose + own_pace
    seconds = step.usual.hold_ms / 1000
    if not seconds:
        return ""
    return f"{seconds / 60:g} min" if seconds >= 60 and not seconds % 30 else f"{seconds:g} s"


def where_of(timeline: Timeline) -> str:
    """Where one is in a routine: on the floor, on a chair, standing."""
    postures = {step.usual.exercise.posture for step in timeline.steps if step.usual.exercise}
    if postures - {*_STANDING, _SEATED}:
        return "on the floor"
    if _SEATED in postures:
        return "sitting and standing" if len(postures) > 1 else "sitting"
    return "standing"


def getting_down_ms(timeline: Timeline) -> int:
    """How long there is to get down to the floor, the first time; 0 where one doesn't have to."""
    for step in timeline.steps:
        exercise = step.usual.exercise
        if exercise and exercise.posture not in {*_STANDING, _SEATED}:
            return step.prepare_ms or next(
                (p.length_ms for p in step.usual.phases if p.kind is PhaseKind.PREPARE), 0
            )
    return 0


def _line(step: Step, indent: int) -> PlanLine:
    time = _clock(step.usual.phases) + ("+" if _self_paced(step) else "")
    return PlanLine(step.name, dose_of(step), time, step, indent)


def _self_paced(step: Step) -> bool:
    return any(phase.kind is PhaseKind.SELF_PACED for phase in step.usual.phases)


def _clock(phases: Iterable[Phase]) -> str:
    return format_clock(total_of(phases))


def _groups(timeline: Timeline) -> Iterator[tuple[list[Step], int]]:
    """The steps that come round together, and how often they do."""
    rounds: dict[int, int] = {}
    circuit: dict[int, int] = {}
    number, before = 0, 0
    for phase in timeline.phases:
        round_ = phase.round or 0
        # Round one again, or none: another circuit, or the way between two.
        number += round_ < before
        before = round_
        rounds[phase.step] = max(rounds.get(phase.step, 0), round_)
        circuit.setdefault(phase.step, number)

    def key(step: Step) -> tuple[int, int]:
        often = rounds.get(step.number, 0)
        return (circuit.get(step.number, 0), often) if often else (0, -step.number)

    for (_, often), steps in groupby(timeline.steps, key):
        yield list(steps), often
