"""What a timeline asks for, counted: the reps of a step on each side, and its rounds."""

from collections import Counter

from backcoach.timeline.model import WORK_KINDS, PhaseKind, Side, Step, Timeline


def planned_reps(timeline: Timeline, step: Step) -> dict[Side | None, int]:
    """How many reps the routine has for a step, in all its sets and rounds, by side.

    A timed exercise counts one.
    """
    planned: Counter[Side | None] = Counter()
    counted: set[object] = set()
    for phase in timeline.phases:
        if phase.step != step.number or phase.kind not in WORK_KINDS:
            continue
        place = (phase.run, phase.set, phase.side, phase.rep)
        if place not in counted:
            counted.add(place)
            self_paced = phase.kind is PhaseKind.SELF_PACED
            planned[phase.side] += step.usual.reps_in(phase.set) if self_paced else 1
    return dict(planned)


def rounds_of(timeline: Timeline, step: Step) -> int:
    """In how many rounds a step is played."""
    return max(
        (phase.round or 1 for phase in timeline.phases if phase.step == step.number), default=1
    )
