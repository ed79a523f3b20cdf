"""The safety notes of a first run, and "it hurts now" outside a session."""

from backcoach.coach.words import (
    CANT_GET_UP,
    EMERGENCY_QUESTION,
    NOT_URGENT,
    NOTHING_TO_DO,
    REST_POSITION,
    REST_POSITION_SHORT,
    SAFETY_NOTES,
    emergency_card,
)
from backcoach.figure.letters import LETTER_ROWS, block_letters, letters_width
from backcoach.tui.canvas import Canvas, Role, shorten, wrap


def draw_notes(scroll: int, width: int, height: int) -> tuple[Canvas, int]:
    """The notes at this size, and how far down they can be scrolled.

    Args:
        scroll: the first line to show.
    """
    canvas = Canvas(width, height)
    margin = 1 if width < 60 else 4
    inner = min(width - 2 * margin, 92)
    lines: list[str] = []
    for note in SAFETY_NOTES:
        lines += [*wrap(note, inner), ""]
    canvas.fill(0, 0, width, 1, Role.PANEL)
    canvas.put(1, 0, "backcoach", Role.PANEL)
    canvas.put(13, 0, shorten("Before the first session", width - 14), Role.PANEL_MUTED)
    rows = height - 5
    most = max(0, len(lines) - 1 - rows)
    scroll = min(scroll, most)
    for row, line in enumerate(lines[scroll : scroll + rows], 2):
        canvas.put(margin, row, line, Role.TEXT)
    y = height - 2
    if scroll < most:
        canvas.put(margin, y, "↓ there is more", Role.STRONG)
    else:
        x = canvas.put(margin, y, " enter ", Role.SELECTED)
        canvas.put(x + 1, y, shorten("I have read this", width - x - 2), Role.TEXT)
    x = canvas.put(margin, y + 1, " x ", Role.STOP)
    canvas.put(x + 1, y + 1, shorten("it hurts now      q  quit", width - x - 2), Role.MUTED)
    return canvas, most


def draw_hurts(
    breathe_in: bool, urgent: bool | None, emergency: str, width: int, height: int
) -> Canvas:
    """A position that needs nothing, a breath to follow, and one question.

    Args:
        urgent: the answer to the emergency question; None while there is none.
    """
    canvas = Canvas(width, height)
    small = width < 78 or height < 22
    margin = 1 if small else 3
    inner = width - 2 * margin
    if small:
        canvas.fill(0, 0, width, 1, Role.STOP)
        canvas.put(1, 0, shorten(f"IT HURTS   {emergency}", inner), Role.STOP)
        y = canvas.put_wrapped(margin, 1, inner, NOTHING_TO_DO, Role.STRONG, 2)
        canvas.put(margin, y, "breathe in …" if breathe_in else "… breathe out", Role.HOLD)
        y += 1
    else:
        canvas.fill(0, 0, width, LETTER_ROWS + 2, Role.STOP)
        canvas.put_rows(margin, 1, block_letters("it hurts"), Role.STOP)
        beside = margin + letters_width("it hurts") + 4
        canvas.put_wrapped(beside, 1, width - beside - 1, emergency, Role.STOP, LETTER_ROWS)
        y = LETTER_ROWS + 3
        word = "breathe in" if breathe_in else "breathe out"
        canvas.put_rows(margin, y, block_letters(word), Role.TEXT)
        canvas.put(margin, y + LETTER_ROWS + 1, NOTHING_TO_DO, Role.STRONG)
        y += LETTER_ROWS + 2
    if urgent:
        for line in emergency_card(emergency):
            y = canvas.put_wrapped(margin, y, inner, line, Role.STRONG, 2)
    else:
        position = REST_POSITION_SHORT if small else REST_POSITION
        words = NOT_URGENT if urgent is False else position
        y = canvas.put_wrapped(margin, y, inner, words, Role.TEXT, 2 if small else 3)
        if urgent is None:
            y += 0 if small else 1
            y = canvas.put_wrapped(
                margin, y, inner, EMERGENCY_QUESTION, Role.TEXT,
                max(1, height - y - 1),
            )  # fmt: skip
    foot = height - 1
    if not small:
        canvas.put(margin, foot - 1, shorten(CANT_GET_UP, inner), Role.STRONG)
    x = margin
    keys = (("y", "yes"), ("n", "none of them")) if urgent is None else ()
    for key, does in (*keys, ("esc", "back")):
        x = canvas.put(x, foot, f" {key} ", Role.KEY)
        x = canvas.put(x + 1, foot, does, Role.MUTED) + 2
    return canvas
