"""What was done of a session, step by step, against what was planned."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from backcoach.durations import format_clock
from backcoach.player.barring import REASONS, STOPPED
from backcoach.player.state import State, Stop
from backcoach.player.words import the_phase
from backcoach.timeline.counting import planned_reps, rounds_of
from backcoach.timeline.model import PhaseKind, Side, Step, Timeline, total_of

ACHE_LETTERS: Final = "abcdefgjklmopsuvwyz"
"""Never one that does something else after a session, or may one day: x, t, q; h, i, n, r."""
WHOLE: Final = "✓"
IN_PART: Final = "■"
NOT: Final = "–"


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One step: whether it was done whole, how much of it, and what was planned.

    Attributes:
        step: its number in the file.
        letter: marks that it ached; empty where nothing of it was done, or that is known already.
    """

    mark: str
    name: str
    done: str
    planned: str
    note: str
    step: int = 0
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a session adds up to, in words.

    Attributes:
        facts: how long it took, how much of it was whole, and the stops.
        held: how long was held; empty where nothing is.
    """

    lines: tuple[SummaryLine, ...]
    facts: tuple[str, ...]
    held: str


def tally(state: State) -> Tally:
    """What a session adds up to."""
    lines = summary_lines(state)
    whole = sum(line.mark == WHOLE for line in lines)
    planned = format_clock(total_of(state.timeline.phases))
    facts = [
        f"{format_clock(state.active_ms)} of {planned}",
        f"{whole} of {len(lines)} exercises whole",
    ]
    stops = len([stop for stop in state.stops if not stop.mistake])
    if stops:
        facts.append("one stop" if stops == 1 else f"{stops} stops")
    held = ""
    if planned_ms := _held_ms(state.timeline):
        reps = (rep for rep in state.done if state.timeline.steps[rep.step - 1].usual.reps)
        done = format_clock(sum(rep.held_ms for rep in reps))
        held = f"holds {done} of {format_clock(planned_ms)}"
    return Tally(lines, tuple(facts), held)


def summary_lines(state: State) -> tuple[SummaryLine, ...]:
    """What was done of each exercise of a session."""
    letters = iter(ACHE_LETTERS)
    return tuple(
        _line(state, step, letters_left=letters)
        for step in state.timeline.steps
        if step.usual.exercise is not None
    )


def _line(state: State, step: Step, letters_left: Iterator[str]) -> SummaryLine:
    done: dict[Side | None, int] = defaultdict(int)
    real_ms = 0
    names = set()
    for rep in state.done:
        if rep.step == step.number:
            done[rep.side] += rep.reps
            real_ms += rep.real_ms
            names.add(rep.exercise)
    planned = sum(planned_reps(state.timeline, step).values())
    rounds = rounds_of(state.timeline, step)
    reached = sum(done.values())
    whole = reached >= planned > 0
    stops = [s for s in state.stops if s.place.phase.step == step.number and not s.mistake]
    exercise = step.usual.exercise
    easier = bool(exercise and names - {exercise.id})
    if step.usual.reps:
        plan_words = step.usual.dose + (f", {rounds} rounds" if rounds > 1 else "")
        as_planned = whole and not easier and step.number not in state.small
        done_words = plan_words if as_planned else _counted(done)
    else:
        plan_words = format_clock(step.usual.hold_ms * max(1, planned))
        done_words = format_clock(real_ms) if real_ms else ""
    notes = [_stop_words(state, stop) for stop in stops]
    notes += [
        REASONS[why] for number, why in state.left_out if number == step.number and why != STOPPED
    ]
    ached = step.number in state.amber
    if ached:
        notes.append("ached: made smaller")
    elif step.number in state.small:
        notes.append("made smaller")
    if easier:
        notes.append("easier exercise")
    begun = bool(reached or stops)
    return SummaryLine(
        mark=WHOLE if whole else IN_PART if reached else NOT,
        name=step.name,
        done=done_words,
        planned=plan_words,
        note=", ".join(notes),
        step=step.number,
        letter=next(letters_left, "") if begun and not ached else "",
    )


def _counted(done: dict[Side | None, int]) -> str:
    """How many reps, each side by itself where they differ."""
    sides = {side: count for side, count in done.items() if side}
    if sides and (len(sides) < 2 or len(set(sides.values())) > 1):
        return " · ".join(f"{side[0].upper()} {count}" for side, count in sides.items())
    return str(max(done.values(), default=0) or "")


def _stop_words(state: State, stop: Stop) -> str:
    """Where a stop was, and what was answered: "stopped: right, rep 3, 2 s in; sharp, 4"."""
    phase = stop.place.phase
    exercise = state.exercise_of(phase)
    label = exercise.label(phase.side) if exercise else ""
    where = [part for part in (label, f"rep {phase.rep}" if phase.rep else "") if part]
    seconds = stop.place.into_ms // 1000
    where.append(f"{seconds} s into {the_phase(phase.kind)}")
    said = [stop.quality or "", "" if stop.intensity is None else f"pain {stop.intensity}"]
    answers = ", ".join(part for part in said if part)
    return f"stopped: {', '.join(where)}" + (f"; {answers}" if answers else "")


def _held_ms(timeline: Timeline) -> int:
    return total_of(phase for phase in timeline.phases if phase.kind is PhaseKind.HOLD)
