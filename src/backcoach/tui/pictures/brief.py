"""Before a session: the plan, and two questions that one digit answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len

from backcoach.durations import format_clock
from backcoach.timeline.model import Step, Timeline
from backcoach.tui.canvas import Canvas, Role, shorten, wrap
from backcoach.tui.pictures.figures import (
    LEAST_ROWS,
    LEAST_WIDTH,
    MOST_ROWS,
    MOST_WIDTH,
    draw_figure,
)
from backcoach.tui.pictures.pieces import put_bar, put_keys, put_rule, put_upright, window
from backcoach.tui.pictures.plan import (
    PLAN_WIDTH,
    WITH_DOSES,
    PlanLine,
    dose_column,
    dose_of,
    getting_down_ms,
    plan_lines,
    put_plan_line,
)
from backcoach.tui.pictures.questions import draw_advice, draw_questions
from backcoach.tui.stance import Stance

TWO_PAGES: Final = 78
"""In less width, or fewer rows than `LOW`, the plan and the questions take turns."""
LOW: Final = 20
_WORD_ROWS: Final = 3
_TALLEST: Final = 30
"""The room for a figure, in rows to a hundred cells of its width: the same for every step, so that
its floor stays where it is."""
_LOW_FIGURE: Final = 12
_LEAST_LINES: Final = 4
"""Fewer lines than these say less of a plan than one that is folded."""
SLOWLY_MS: Final = 20_000
"""Less time than this is nothing to promise."""
_SAFE: Final = "Stop at any sharp pain. Muscle work and a mild stretch are fine."
_SAFE_SHORT: Final = "Stop at any sharp pain."


@dataclass(frozen=True, slots=True)
class BriefView:
    """What the brief shows.

    Attributes:
        advice: why it isn't started; empty while nothing was answered.
        marked: the index of the marked step.
        stance: what the marked step's figure does.
        plan: whether a small window shows the plan in place of the questions.
        hear: what should be heard now; empty where nothing is said of it.
        where: what comes first, where a session is gone on with.
    """

    timeline: Timeline
    advice: str = ""
    marked: int = 0
    stance: Stance | None = None
    plan: bool = False
    hear: str = ""
    where: str = ""


def takes_turns(width: int, height: int) -> bool:
    """Whether a window of this size shows either the plan or the questions."""
    return width < TWO_PAGES or height < LOW


def draw_brief(view: BriefView, width: int, height: int) -> Canvas:
    """The brief at this size."""
    canvas = Canvas(width, height)
    timeline = view.timeline
    facts = f"goes on: {view.where}" if view.where else facts_of(timeline)
    put_bar(canvas, timeline.name, facts, "esc back")
    if takes_turns(width, height):
        _draw_page(canvas, view)
        return canvas
    left = max(width * 47 // 100, min(width * 54 // 100, width - 50))
    foot = height - 4
    _draw_plan(canvas, view, 2, 2, left - 3, foot - 3)
    put_upright(canvas, left, 2, foot - 3)
    questions = (left + 3, 2, min(width - left - 4, 76), foot - 3)
    if view.advice:
        draw_advice(canvas, view.advice, *questions)
    else:
        draw_questions(canvas, timeline, *questions)
    put_rule(canvas, foot)
    starts = [] if view.advice else [("0–9", "start")]
    put_keys(canvas, 2, foot + 1, [*starts, ("x", "it hurts now"), ("↑↓", "look at the steps")])
    down = getting_down_ms(timeline)
    slowly = ""
    if down:
        slowly = " Get down slowly"
        slowly += f": there are {down // 1000} s for it." if down >= SLOWLY_MS else "."
    words = _SAFE + slowly
    if cell_len(words) > width - 4:
        words = _SAFE_SHORT + slowly
    canvas.put(2, foot + 2, shorten(words, width - 4), Role.TEXT)
    return canvas


def facts_of(timeline: Timeline) -> str:
    """How long it takes, and what one needs."""
    return " · ".join((format_clock(timeline.total_ms), *(timeline.needs or ("needs nothing",))))


def _draw_page(canvas: Canvas, view: BriefView) -> None:
    """The questions alone, or the plan alone."""
    width, height = canvas.width, canvas.height
    x, inner, foot = (1, width - 2, height - 1) if width < 60 else (2, width - 4, height - 1)
    top = 1 if height < 16 else 2
    if view.plan:
        _draw_plan(canvas, view, x, top, inner, foot - top - (0 if height < 16 else 1))
        turn = ("tab", "the questions")
    else:
        rows = foot - top
        if view.advice:
            draw_advice(canvas, view.advice, x, top, inner, rows)
        else:
            draw_questions(canvas, view.timeline, x, top, min(inner, 76), rows)
        turn = ("tab", "the plan")
    put_keys(canvas, x, foot, [("x", "it hurts now"), turn], gap=2)


# The plan and its figure


def _draw_plan(canvas: Canvas, view: BriefView, x: int, y: int, width: int, height: int) -> None:
    """The steps, and below them the marked one as it is done."""
    lines = plan_lines(view.timeline)
    step = view.timeline.steps[view.marked]
    end = y + height
    if view.hear and height >= LEAST_ROWS:
        end -= 1
        canvas.put(x, end, shorten(view.hear, width), Role.MUTED)
    words = _start_words(step, width)
    figure_rows = LEAST_ROWS if view.stance and width >= LEAST_WIDTH else 0
    list_rows = min(len(lines), end - y - 1 - figure_rows - len(words) - 1)
    if width >= WITH_DOSES and list_rows >= min(len(lines), _LEAST_LINES):
        row = _draw_lines(canvas, view, lines, x, y, min(width, PLAN_WIDTH), list_rows) + 1
    elif end - y >= LEAST_ROWS + 3 + len(words):
        row = _draw_folded(canvas, view, x, y, width)
    else:
        row = _draw_lines(canvas, view, lines, x, y, width, end - y - 2)
        words = [shorten(dose_of(step) or words[0], width)]
    if view.stance is not None:
        most = min(MOST_ROWS, max(_LOW_FIGURE, width * _TALLEST // 100))
        room = min(end - len(words) - row, most)
        if room >= LEAST_ROWS and width >= LEAST_WIDTH:
            draw_figure(canvas, view.stance, x, row, min(width, MOST_WIDTH), room)
            row += room
    for line in words:
        canvas.put(x, row, line, Role.TEXT)
        row += 1


def _draw_lines(
    canvas: Canvas,
    view: BriefView,
    lines: Sequence[PlanLine],
    x: int,
    y: int,
    width: int,
    rows: int,
) -> int:
    """The plan, as much of it as there is room for around the mark; the row after it."""
    step = view.timeline.steps[view.marked]
    canvas.put(x, y, "THE PLAN", Role.STRONG)
    canvas.put(x + width - 5, y, "time", Role.MUTED)
    if rows < len(lines):
        canvas.put(x + 10, y, _place(view), Role.MUTED)
    at = next((index for index, line in enumerate(lines) if line.step is step), 0)
    first = window(at, len(lines), rows)
    dose_at = dose_column(lines, width - 3)
    for line in lines[first : first + rows]:
        y += 1
        here = line.step is step
        if here:
            canvas.put(x, y, "▶", Role.HOLD)
            canvas.fill(x + 1, y, width - 1, 1, Role.PANEL)
        role = Role.PANEL if here else Role.TEXT
        muted = Role.PANEL_MUTED if here else Role.MUTED
        put_plan_line(canvas, line, x + 2, y, width - 3, dose_at, role, muted)
    return y + 1


def _draw_folded(canvas: Canvas, view: BriefView, x: int, y: int, width: int) -> int:
    """The plan as one line, and the marked step; the row after them."""
    step = view.timeline.steps[view.marked]
    canvas.put(x, y, "THE PLAN", Role.STRONG)
    canvas.put(x + 10, y, _place(view), Role.MUTED)
    put_keys(canvas, x + width - 4, y, [("↑↓", "")], end=x + width + 1)
    dose = dose_of(step)
    canvas.put(x, y + 1, shorten(step.name, width), Role.STRONG)
    canvas.put(x, y + 2, shorten(dose, width), Role.MUTED)
    return y + 3


def _place(view: BriefView) -> str:
    return f"{view.marked + 1} of {len(view.timeline.steps)} steps"


def _start_words(step: Step, width: int) -> list[str]:
    """What is said before a step begins: as many of its sentences as have room."""
    exercise = step.usual.exercise
    sentences = [step.note] if step.note else []
    if exercise is not None:
        sentences += [*exercise.cues.setup, *exercise.cues.go]
    for count in range(len(sentences), 0, -1):
        lines = wrap(" ".join(sentences[:count]), width)
        if len(lines) <= _WORD_ROWS:
            return lines
    return wrap(sentences[0], width)[:_WORD_ROWS] if sentences else ["Nothing to do."]
