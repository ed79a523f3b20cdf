"""Before a session: the plan, and two questions that one digit answers."""

from backcoach.coach.checkin import ANCHORS
from backcoach.coach.words import COME_DOWN
from backcoach.durations import format_clock
from backcoach.timeline.model import Timeline, total_of
from backcoach.tui.canvas import Canvas, Role, shorten

_NEW = (
    "numb, tingling or weak: a leg, both legs, or between the legs",
    "bladder or bowels changed",
    "a fall, a fever, feeling unwell",
)


def draw_brief(timeline: Timeline, advice: str, width: int, height: int) -> Canvas:
    """The brief at this size.

    Args:
        advice: why it isn't started; empty while nothing was answered.
    """
    canvas = Canvas(width, height)
    small = width < 78 or height < 20
    canvas.fill(0, 0, width, 1, Role.PANEL)
    canvas.put_right(0, "esc back", Role.PANEL_MUTED)
    facts = " · ".join((format_clock(timeline.total_ms), *timeline.needs))
    x = canvas.put(1, 0, shorten(timeline.name, width - 12 - len(facts)), Role.PANEL)
    canvas.put(x + 2, 0, shorten(facts, max(0, width - x - 12)), Role.PANEL_MUTED)
    if small:
        _draw_questions(canvas, timeline, advice, 1, 1, width - 2, small=True)
    else:
        left = width * 50 // 100
        _draw_plan(canvas, timeline, 2, 2, left - 4, height - 5)
        for row in range(2, height - 3):
            canvas.put(left, row, "│", Role.AHEAD)
        _draw_questions(canvas, timeline, advice, left + 3, 2, width - left - 5, small=False)
        canvas.put(0, height - 3, "─" * width, Role.AHEAD)
        canvas.put(2, height - 2, shorten(COME_DOWN, width - 4), Role.TEXT)
    x = canvas.put(1, height - 1, " x ", Role.STOP)
    canvas.put(x + 1, height - 1, "it hurts now", Role.MUTED)
    return canvas


def _draw_plan(canvas: Canvas, timeline: Timeline, x: int, y: int, width: int, height: int) -> None:
    canvas.put(x, y, "THE PLAN", Role.STRONG)
    row = y + 2
    last = y + height - 1
    for step in timeline.steps:
        if row > last - 1 and step.number < len(timeline.steps):
            canvas.put(x, row, f"… and {len(timeline.steps) - step.number + 1} more", Role.MUTED)
            break
        time = format_clock(total_of(step.usual.phases))
        canvas.put(x + width - len(time), row, time, Role.MUTED)
        amount = shorten(step.usual.dose, width - len(time) - 16)
        name_width = width - len(time) - len(amount) - 3
        canvas.put(x, row, shorten(step.name, name_width), Role.TEXT)
        canvas.put(x + width - len(time) - 2 - len(amount), row, amount, Role.MUTED)
        row += 1
    if timeline.note and row < last:
        canvas.put_wrapped(x, row + 1, width, timeline.note, Role.MUTED, last - row)


def _draw_questions(
    canvas: Canvas, timeline: Timeline, advice: str, x: int, y: int, width: int, *, small: bool
) -> None:
    if advice:
        canvas.put(x, y, "NOT THIS ONE TODAY", Role.STRONG)
        row = canvas.put_wrapped(x, y + (1 if small else 2), width, advice, Role.TEXT, 8)
        canvas.put(x, row + 1, shorten("x  a position that needs nothing", width), Role.STRONG)
        if not small:
            canvas.put(x, row + 3, "esc back", Role.MUTED)
        return
    canvas.put(x, y, "Since last time, is anything NEW?", Role.STRONG)
    y += 1 if small else 2
    for line in _NEW:
        canvas.put(x, y, "·", Role.MUTED)
        y = canvas.put_wrapped(x + 2, y, width - 2, line, Role.TEXT, 2)
    y += 0 if small else 1
    at = canvas.put(x, y, " f ", Role.KEY)
    canvas.put(at + 1, y, "yes, something is", Role.TEXT)
    y += 1 if small else 2
    canvas.put(x, y, "NOTHING NEW? Your pain right now:", Role.STRONG)
    y += 1 if small else 2
    step = 3 if width < 50 else 4
    for number in range(10):
        canvas.put(x + number * step, y, f" {number}" if step == 3 else f" {number} ", Role.KEY)
    canvas.put(x + 10 * step, y, " t=10", Role.KEY)
    y += 1
    canvas.put(x, y, "0 none        worst imaginable 10", Role.MUTED)
    if small:
        return
    y += 2
    for low, high in ((1, 2), (3, 4), (5, 6), (7, 8)):
        canvas.put(x, y, shorten(f"{low}–{high}  {ANCHORS[low]}", width), Role.MUTED)
        y += 1
    y += 1
    most = timeline.safety.max_start_pain
    canvas.put(x, y, shorten(f"The digit starts the session (0 to {most}).", width), Role.TEXT)
