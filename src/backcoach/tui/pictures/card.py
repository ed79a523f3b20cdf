"""A routine as a card: what it is, what it needs, and what its exercises look like."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rich.cells import cell_len

from backcoach.durations import format_clock
from backcoach.timeline.model import HELD_KINDS, WORK_KINDS, Exercise, Phase, Step, Timeline
from backcoach.tui.canvas import Canvas, Role, shorten, wrap
from backcoach.tui.pictures.figures import LEAST_ROWS, LEAST_WIDTH, draw_figure
from backcoach.tui.pictures.fitting import put_lines, whole_words
from backcoach.tui.pictures.pieces import named, put_middle
from backcoach.tui.pictures.plan import PLAN_WIDTH, dose_column, plan_lines, put_plan_line, where_of
from backcoach.tui.pictures.stills import TALLEST, rows_of, still

MOST_FIGURES: Final = 3
GAP: Final = 2
"""Cells between two figures."""
NAME_ROWS: Final = 2
"""A name that is wider than its figure goes on in a second line."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One routine of the library, as far as it is known yet.

    Attributes:
        timeline: None until it is loaded, and where it can't be.
        problem: why it can't be played; empty where it can.
        said: where it was stopped last time; empty where it wasn't.
    """

    id: str
    name: str
    timeline: Timeline | None = None
    problem: str = ""
    last: datetime | None = None
    said: str = ""


def draw_card(
    canvas: Canvas, shelf: Shelf, now: datetime, x: int, y: int, width: int, height: int
) -> None:
    """The card, in so many cells."""
    timeline = shelf.timeline
    if shelf.problem:
        canvas.put(x, y, shorten(shelf.name, width), Role.STRONG)
        canvas.put(x, y + 2, "✗", Role.PREPARE)
        row = canvas.put_wrapped(x + 2, y + 2, width - 2, shelf.problem, Role.TEXT, height - 4)
        more = f"The file is as you left it. `backcoach check {shelf.id}` says more."
        if row + 1 < y + height:
            canvas.put_wrapped(x + 2, row + 1, width - 2, more, Role.MUTED, y + height - row - 1)
        return
    total = format_clock(timeline.total_ms) if timeline else ""
    canvas.put(x + width - cell_len(total), y, total, Role.STRONG)
    canvas.put(x, y, shorten(shelf.name, width - cell_len(total) - 2), Role.STRONG)
    if timeline is None:
        canvas.put(x, y + 1, "…", Role.MUTED)
        return
    row = put_lines(canvas, x, y + 1, whole_words(timeline.summary, width, 2), Role.TEXT)
    if shelf.said:
        row = put_lines(canvas, x, row, whole_words(shelf.said, width, 2), Role.PREPARE)
    facts = _facts(timeline, last_words(shelf.last, now), width, y + height - row)
    for line in facts:
        canvas.put(x, row, line, Role.MUTED)
        row += 1
    _draw_below(canvas, timeline, x, row, width, y + height - row)


def last_words(then: datetime | None, now: datetime) -> str:
    """When a routine was last done, in words."""
    said = when(then, now)
    if then is None:
        return "not done yet"
    if (now.date() - then.astimezone(now.tzinfo).date()).days < 7:
        return f"last done {said if said == 'today' else f'on {then:%A}'}"
    return f"last done {'on' if said[0].isdigit() else 'in'} {said}"


def when(then: datetime | None, now: datetime) -> str:
    """How long ago, in a word: "today", "Sat", "6 May", "May 2025"; "—" for never."""
    if then is None:
        return "—"
    days = (now.date() - then.astimezone(now.tzinfo).date()).days
    if days <= 0:
        return "today"
    if days < 7:
        return f"{then:%a}"
    return f"{then.day} {then:%b}" if days < 300 else f"{then:%b %Y}"


def telling(steps: Iterable[Step], count: int) -> list[Exercise]:
    """The exercises that show best what a routine is, in its order: most work before rest.

    From above, a body is hardest to make out: those come in where there is nothing else.
    """
    most: dict[str, tuple[bool, bool, int]] = {}
    found: dict[str, Exercise] = {}
    for step in steps:
        exercise = step.usual.exercise
        if exercise is None or exercise.drawing is None:
            continue
        from_the_side = exercise.drawing.view != "top"
        work_ms = sum(map(_work_ms, step.usual.phases))
        worth = (from_the_side, bool(step.usual.reps), work_ms)
        most[exercise.id] = max(most.get(exercise.id, worth), worth)
        found.setdefault(exercise.id, exercise)
    best = sorted(found, key=lambda name: most[name], reverse=True)[:count]
    return [exercise for name, exercise in found.items() if name in best]


def _work_ms(phase: Phase) -> int:
    """What a phase says of how much an exercise matters: holding more than moving."""
    if phase.kind in HELD_KINDS:
        return phase.length_ms
    return phase.length_ms // 4 if phase.kind in WORK_KINDS else 0


def _facts(timeline: Timeline, last: str, width: int, rows: int) -> list[str]:
    """What one needs, where one is, and when it was done last, in lines."""
    facts = [*(timeline.needs or ("needs nothing",)), where_of(timeline)]
    lines = named([*facts, last], width, 2)
    needed = LEAST_ROWS + 2
    # The library has the date too: it isn't worth a figure.
    return named(facts, width, 2) if rows - len(lines) < needed <= rows - 1 else lines


def _draw_below(
    canvas: Canvas, timeline: Timeline, x: int, y: int, width: int, height: int
) -> None:
    """Figures and what else there is: what has room, the figures first."""
    end = y + height
    count = min(MOST_FIGURES, (width + GAP) // (LEAST_WIDTH + GAP))
    shown = telling(timeline.steps, count)
    lines = plan_lines(timeline)
    note = wrap(timeline.note, width)
    named_rows = 1 + _name_rows(shown, width)
    rows = _figure_rows(shown, width, height - named_rows)
    if rows:
        # As large as there is room for, unless smaller ones leave room for the whole plan.
        with_plan = height - named_rows - len(lines) - 1 - (len(note) + 1 if note else 0)
        if with_plan >= LEAST_ROWS:
            rows = min(rows, with_plan)
        elif height - named_rows - rows < 1:
            rows = max(LEAST_ROWS, rows - 1)
        y = _draw_figures(canvas, shown, x, y + 1, width, rows)
    if end - y > len(lines):
        plan_width = min(width, PLAN_WIDTH)
        dose_at = dose_column(lines, plan_width)
        for row, line in enumerate(lines, y + 1):
            put_plan_line(canvas, line, x, row, plan_width, dose_at)
        y += len(lines) + 1
    else:
        y = _draw_names(canvas, timeline, shown if rows else [], x, y, width, end - y)
    if note and end - y > len(note):
        canvas.put_wrapped(x, y + 1, width, timeline.note, Role.MUTED)


def _draw_names(
    canvas: Canvas,
    timeline: Timeline,
    shown: list[Exercise],
    x: int,
    y: int,
    width: int,
    rows: int,
) -> int:
    """The exercises that aren't shown, by their names; the row after them."""
    exercises = (step.usual.exercise for step in timeline.steps)
    names = list(dict.fromkeys(each.name for each in exercises if each and each not in shown))
    also = "also " if shown else ""
    if not shown and rows > 2:
        y, rows = y + 1, rows - 1
    lines = named(names, width - len(also), min(rows, 2 if shown else rows))
    if lines:
        canvas.put(x, y, also, Role.MUTED)
    for line in lines:
        canvas.put(x + len(also), y, line, Role.MUTED if shown else Role.TEXT)
        y += 1
    return y


def _each_width(shown: list[Exercise], width: int) -> int:
    """How wide each of the figures is that share a width."""
    return (width - GAP * (len(shown) - 1)) // max(1, len(shown))


def _name_rows(shown: list[Exercise], width: int) -> int:
    """How many rows the figures' names take."""
    each = _each_width(shown, width)
    return max((len(wrap(exercise.name, each)[:NAME_ROWS]) for exercise in shown), default=0)


def _figure_rows(shown: list[Exercise], width: int, room: int) -> int:
    """How high figures are drawn that share a width; 0 where they would be too small."""
    each = _each_width(shown, width)
    if not shown or room < LEAST_ROWS or each < LEAST_WIDTH:
        return 0
    tallest = max(rows_of(shape.drawing, each) for shape in shown if shape.drawing)
    return max(LEAST_ROWS, min(room, tallest, each * TALLEST // 100))


def _draw_figures(
    canvas: Canvas, shown: list[Exercise], x: int, y: int, width: int, rows: int
) -> int:
    """Figures side by side with their names below; the row after them."""
    each = _each_width(shown, width)
    for exercise in shown:
        if exercise.drawing is not None:
            draw_figure(canvas, still(exercise.drawing), x, y, each, rows)
        for row, name in enumerate(wrap(exercise.name, each)[:NAME_ROWS], y + rows):
            put_middle(canvas, x, row, each, name, Role.TEXT)
        x += each + GAP
    return y + rows + _name_rows(shown, width)
