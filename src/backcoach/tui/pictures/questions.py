"""What is asked before a session, and what is said where it isn't begun. Nothing of it is cut."""

from typing import Final

from backcoach.coach.checkin import HURTS_FROM
from backcoach.timeline.model import Timeline
from backcoach.tui.canvas import Canvas, Role, wrap
from backcoach.tui.pictures.pieces import SCALE_WIDTH, put_keys, put_rule, put_scale

_NEW: Final = (
    "numb, tingling or weak: a leg, both legs, or between the legs",
    "bladder or bowels changed",
    "a fall, a fever, feeling unwell",
)
_ASKED: Final = "Since last time, is anything NEW?"
_SOMETHING: Final = "yes, something is"
_PRESS: Final = "NOTHING NEW?  Press your pain right now:"
_PRESS_SHORT: Final = "NOTHING NEW?  Your pain right now:"


def draw_questions(
    canvas: Canvas, timeline: Timeline, x: int, y: int, width: int, height: int
) -> None:
    """Whether anything is new, and the digit; with air between them where there is room."""
    most = min(timeline.safety.max_start_pain, HURTS_FROM - 1)
    press = _PRESS if len(_PRESS) <= width else _PRESS_SHORT
    after = (
        f"The digit starts the session (0 to {most}).",
        f"{most + 1} or more: it isn't begun, and you are told what may help.",
    )
    bullets = sum(len(wrap(line, width - 2)) for line in _NEW)
    scale_rows = 3 if width >= SCALE_WIDTH else 2
    least = 1 + bullets + 1 + 1 + scale_rows
    after_rows = sum(len(wrap(line, width)) for line in after)
    told = height >= least + after_rows + 1
    # Blank lines, where they help most: before the digits, after the title, around the rest.
    spare = height - least - (after_rows + 1 if told else 0)
    rule, under_title, before_f, around_scale = (spare > at for at in (1, 2, 3, 5))
    canvas.put(x, y, _ASKED, Role.STRONG)
    y += 1 + under_title
    for line in _NEW:
        canvas.put(x, y, "·", Role.MUTED)
        y = canvas.put_wrapped(x + 2, y, width - 2, line, Role.TEXT)
    y += before_f
    put_keys(canvas, x, y, [("f", _SOMETHING)], role=Role.TEXT, end=x + width)
    y += 1
    if rule:
        y += spare > 4
        put_rule(canvas, y, x, width)
        y += 1
    canvas.put(x, y, press, Role.STRONG)
    y += 1 + around_scale
    put_scale(canvas, x, y, width, most=most)
    y += scale_rows
    if told:
        y += 1
        for line in after:
            y = canvas.put_wrapped(x, y, width, line, Role.MUTED)


def draw_advice(canvas: Canvas, advice: str, x: int, y: int, width: int, height: int) -> None:
    """Why it isn't begun, and what can be done instead."""
    canvas.put(x, y, "NOT THIS ONE TODAY", Role.STRONG)
    air = 1 if height > 10 else 0
    row = canvas.put_wrapped(x, y + 1 + air, width, advice, Role.TEXT, height - 3 - 3 * air)
    keys = [("x", "a position that needs nothing"), ("esc", "the library")]
    for key in keys if air else ():
        put_keys(canvas, x, row + 1, [key], role=Role.TEXT, end=x + width + 1)
        row += 2
