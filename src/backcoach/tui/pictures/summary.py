"""After a session: done against planned, and how much it hurts now."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from backcoach.coach.words import CHANGES
from backcoach.durations import format_clock
from backcoach.figure.letters import LETTER_ROWS, block_letters, letters_width
from backcoach.player.state import Outcome, State
from backcoach.timeline.model import WORK_KINDS, PhaseKind, Side, Step, total_of
from backcoach.tui.canvas import Canvas, Role, shorten

_WORDS: Final = {
    Outcome.COMPLETED: "done",
    Outcome.ENDED: "ended",
    Outcome.PAIN: "stopped",
    Outcome.INTERRUPTED: "broken off",
}


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One step: whether it was done whole, how much of it, and what was planned."""

    mark: str
    name: str
    done: str
    planned: str
    note: str


def summary_lines(state: State) -> tuple[SummaryLine, ...]:
    """What was done of each exercise of a session."""
    return tuple(
        _line(state, step) for step in state.timeline.steps if step.usual.exercise is not None
    )


def _line(state: State, step: Step) -> SummaryLine:
    done: dict[Side | None, int] = defaultdict(int)
    real_ms = 0
    names = set()
    for rep in state.done:
        if rep.step == step.number:
            done[rep.side] += rep.reps
            real_ms += rep.real_ms
            names.add(rep.exercise)
    planned = _planned_reps(state, step)
    reached = sum(done.values())
    timed = not step.usual.reps
    if timed:
        words = format_clock(real_ms) if real_ms else ""
        plan_words = format_clock(step.usual.hold_ms)
    else:
        sides = {side: count for side, count in done.items() if side}
        if sides and len(set(sides.values())) + (len(sides) < 2) > 1:
            words = " · ".join(f"{side[0].upper()} {count}" for side, count in sides.items())
        else:
            words = str(max(done.values(), default=0) or "")
        plan_words = step.usual.dose
    stops = [stop for stop in state.stops if stop.place.phase.step == step.number]
    notes = []
    if any(not stop.mistake for stop in stops):
        notes.append("a stop here")
    if step.number in state.amber:
        notes.append("ached: made smaller")
    elif step.number in state.small:
        notes.append("made smaller")
    exercise = step.usual.exercise
    if exercise and names - {exercise.id}:
        notes.append("easier exercise")
    mark = "✓" if reached >= planned > 0 else "■" if reached else "–"
    return SummaryLine(mark, step.name, words, plan_words, ", ".join(notes))


def _planned_reps(state: State, step: Step) -> int:
    """How many reps the routine has for a step, all sides and rounds; a timed one counts one."""
    planned = 0
    counted: set[object] = set()
    for phase in state.timeline.phases:
        if phase.step != step.number or phase.kind not in WORK_KINDS:
            continue
        place = (phase.run, phase.set, phase.side, phase.rep)
        if place not in counted:
            counted.add(place)
            self_paced = phase.kind is PhaseKind.SELF_PACED
            planned += step.usual.reps_in(phase.set) if self_paced else 1
    return planned


def draw_summary(
    state: State,
    pain_before: int,
    pain_after: int | None,
    saved: str,
    emergency: str,
    width: int,
    height: int,
) -> Canvas:
    """The summary at this size.

    Args:
        saved: "saved", or that it isn't yet and why.
    """
    canvas = Canvas(width, height)
    small = width < 78 or height < 22
    canvas.fill(0, 0, width, 1, Role.PANEL)
    x = canvas.put_right(0, shorten(saved, width // 2), Role.PANEL_MUTED)
    canvas.put(1, 0, shorten(state.timeline.name, x - 2), Role.PANEL)
    lines = summary_lines(state)
    whole = sum(line.mark == "✓" for line in lines)
    planned = format_clock(total_of(state.timeline.phases))
    facts = [
        f"{format_clock(state.active_ms)} of {planned}",
        f"{whole} of {len(lines)} exercises whole",
        f"pain before {pain_before}",
    ]
    stops = len([stop for stop in state.stops if not stop.mistake])
    if stops:
        facts.append("one stop" if stops == 1 else f"{stops} stops")
    word = _WORDS[state.outcome or Outcome.ENDED]
    role = Role.HOLD if state.outcome is Outcome.COMPLETED else Role.TEXT
    if small:
        canvas.put(1, 1, word.upper(), role)
        canvas.put(1, 2, shorten(" · ".join(facts[:2]), width - 2), Role.TEXT)
        y = 3
    else:
        canvas.put_rows(2, 2, block_letters(word), role)
        at = 2 + letters_width(word) + 5
        for row, fact in enumerate((facts[0], facts[1], " · ".join(facts[2:])), 2):
            canvas.put(at, row, shorten(fact, width - at - 1), Role.TEXT)
        y = 2 + LETTER_ROWS + 1
        canvas.put(0, y, "─" * width, Role.AHEAD)
        y += 1
    foot = height - (3 if small else 6)
    _draw_lines(canvas, lines, y, foot - y, small)
    _draw_question(canvas, pain_after, foot, emergency, small)
    return canvas


def _draw_lines(
    canvas: Canvas, lines: tuple[SummaryLine, ...], y: int, rows: int, small: bool
) -> None:
    width = canvas.width
    if small:
        for row, line in enumerate(lines[:rows]):
            canvas.put(1, y + row, line.mark, _mark_role(line))
            done = line.done
            canvas.put(3, y + row, shorten(line.name, width - len(done) - 6), Role.TEXT)
            canvas.put_right(y + row, done, Role.MUTED)
        return
    columns = (8, 8 + (width - 10) * 36 // 100, 8 + (width - 10) * 52 // 100)
    note_at = 8 + (width - 10) * 76 // 100
    for x, title in zip((*columns, note_at), ("exercise", "done", "plan", "note"), strict=True):
        canvas.put(x, y, title, Role.MUTED)
    for row, line in enumerate(lines[: rows - 1], y + 1):
        canvas.put(4, row, line.mark, _mark_role(line))
        canvas.put(columns[0], row, shorten(line.name, columns[1] - columns[0] - 1), Role.TEXT)
        canvas.put(columns[1], row, shorten(line.done, columns[2] - columns[1] - 1), Role.TEXT)
        canvas.put(columns[2], row, shorten(line.planned, note_at - columns[2] - 1), Role.MUTED)
        canvas.put(note_at, row, shorten(line.note, width - note_at - 1), Role.PREPARE)


def _mark_role(line: SummaryLine) -> Role:
    return Role.HOLD if line.mark == "✓" else Role.MUTED


def _draw_question(
    canvas: Canvas, pain_after: int | None, y: int, emergency: str, small: bool
) -> None:
    width = canvas.width
    if small:
        canvas.put(1, y, "PAIN NOW?  0–9, t = 10", Role.STRONG)
        if pain_after is not None:
            canvas.put_right(y, f"{pain_after}", Role.HOLD)
        canvas.put(1, y + 1, "enter home   q quit   x it hurts", Role.MUTED)
        canvas.put(1, y + 2, shorten(emergency, width - 2), Role.STRONG)
        return
    canvas.put(0, y, "─" * width, Role.AHEAD)
    x = canvas.put(3, y + 1, "HOW MUCH NOW?", Role.STRONG) + 3
    for number, key in enumerate((*"0123456789", "t")):
        role = Role.SELECTED if pain_after == number else Role.KEY
        label = f" {key} " if key != "t" else " t=10 "
        x = canvas.put(x, y + 1, label, role) + 1
    canvas.put(19, y + 2, "0 none, 10 worst imaginable; leave it out if you like", Role.MUTED)
    x = 3
    for key, does in (("enter", "home"), ("q", "quit"), ("x", "it hurts")):
        x = canvas.put(x, y + 4, f" {key} ", Role.KEY)
        x = canvas.put(x + 1, y + 4, does, Role.MUTED) + 4
    canvas.put_right(y + 4, emergency, Role.STRONG, margin=3)
    canvas.put(3, y + 5, shorten(CHANGES, width - 4), Role.STRONG)
