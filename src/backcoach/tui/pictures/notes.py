"""The safety notes of a first run, and "it hurts now" outside a session."""

from typing import Final

from rich.cells import cell_len

from backcoach.coach.checkin import HURTS_FROM
from backcoach.coach.words import (
    CALL_SOMEONE,
    CANT_GET_UP,
    EMERGENCY_QUESTION,
    GET_UP,
    MEDICAL_ADVICE,
    NOT_URGENT,
    NOTHING_TO_DO,
    REST_POSITION,
    REST_POSITION_SHORT,
    SAFETY_NOTES,
    TELL_THEM,
    emergency_card,
)
from backcoach.figure.letters import LETTER_ROWS, block_letters, letters_width
from backcoach.tui.canvas import Canvas, Role, shorten, wrap
from backcoach.tui.pictures.figures import LEAST_ROWS, LEAST_WIDTH, DrawFigure
from backcoach.tui.pictures.pieces import put_keys
from backcoach.tui.pictures.stop import MOST_FIGURE_WIDTH


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


_CALM_ROWS: Final = 2 * LETTER_ROWS + 5
"""The band, the breath in letters, and the line under it."""
_TALLEST: Final = 24


def draw_hurts(
    breathe_in: bool,
    urgent: bool | None,
    emergency: str,
    width: int,
    height: int,
    pain: int = 0,
    figure: DrawFigure | None = None,
) -> Canvas:
    """A position that needs nothing, a breath to follow, and one question.

    Args:
        urgent: the answer to the emergency question; None while there is none.
        pain: how much it is, where that was said.
        figure: draws the position, where there is room.
    """
    canvas = Canvas(width, height)
    small = width < 78 or height < 24
    margin = 1 if small else 3
    inner = width - 2 * margin
    if small:
        canvas.fill(0, 0, width, 1, Role.STOP)
        canvas.put(1, 0, shorten(f"IT HURTS   {emergency}", inner), Role.STOP)
        nothing = NOTHING_TO_DO.partition(". ")[2] if urgent else NOTHING_TO_DO
        y = canvas.put_wrapped(margin, 1, inner, nothing, Role.STRONG, 2)
        canvas.put(margin, y, "breathe in …" if breathe_in else "… breathe out", Role.HOLD)
        y += 1
    lines = _lines(urgent, emergency, pain, small)
    asked = (("y", "yes, one of them"), ("n", "none of them")) if urgent is None else ()
    below = spread = False
    free = 0
    if not small:
        rows = sum(len(wrap(words, inner)) for words, _ in lines) + bool(asked)
        free = height - _CALM_ROWS - rows
        below = free >= LEAST_ROWS + 3
        spread = free >= LEAST_ROWS + 3 + len(lines)
        y = _draw_calm(canvas, breathe_in, emergency, margin, None if below else figure)
    for words, role in lines:
        question = words is EMERGENCY_QUESTION
        if (spread and role is Role.STRONG) or (free > 1 and question):
            y += 1
        if y + len(wrap(words, inner)) <= height - 1:
            y = canvas.put_wrapped(margin, y, inner, words, role)
        if question and not small:
            # Its answers stand where it is read, not at the end of all that is said.
            put_keys(canvas, margin, y, asked, gap=2, role=Role.TEXT)
            y += 2 if free > 2 and not spread else 1
    if below and figure is not None:
        room = min(height - y - 3, _TALLEST)
        figure(canvas, margin, y + 1, min(inner, 3 * room + LEAST_WIDTH), room)
    keys = (("y", "yes"), ("n", "none of them")) if asked and small else ()
    put_keys(canvas, margin, height - 1, (*keys, ("esc", "back")), gap=2)
    return canvas


def _draw_calm(
    canvas: Canvas, breathe_in: bool, emergency: str, margin: int, figure: DrawFigure | None
) -> int:
    """The band with the number, and the breath in letters; the row after them."""
    width = canvas.width
    band = LETTER_ROWS + 2
    canvas.fill(0, 0, width, band, Role.STOP)
    canvas.put_rows(margin, 1, block_letters("it hurts"), Role.STOP)
    beside = margin + letters_width("it hurts") + 4
    room = width - beside - 1
    word, _, number = emergency.partition(" ")
    # A number that is broken off is no number.
    for row, line in enumerate((emergency,) if cell_len(emergency) <= room else (word, number), 1):
        canvas.put(beside, row, shorten(line, room), Role.STOP)
    word = "breathe in" if breathe_in else "breathe out"
    canvas.put_rows(margin, band + 1, block_letters(word), Role.TEXT)
    canvas.put(margin, band + LETTER_ROWS + 2, NOTHING_TO_DO, Role.STRONG)
    room = min(MOST_FIGURE_WIDTH, width - margin - letters_width("breathe out") - 4)
    if figure is not None and room >= LEAST_WIDTH:
        figure(canvas, width - room - 1, band, room, LEAST_ROWS)
        return band + LEAST_ROWS
    return _CALM_ROWS


def _lines(
    urgent: bool | None, emergency: str, pain: int, small: bool
) -> tuple[tuple[str, Role], ...]:
    """What is said, the most needed first: what has no room is left out whole."""
    tell = ((TELL_THEM, Role.STRONG),) if pain >= HURTS_FROM else ()
    alone = (
        (CANT_GET_UP, Role.STRONG),
        (GET_UP, Role.TEXT),
        *tell,
        (CALL_SOMEONE, Role.TEXT),
    )
    if urgent:
        return (*((line, Role.STRONG) for line in emergency_card(emergency)), *alone)
    if urgent is False:
        advice = ((MEDICAL_ADVICE, Role.STRONG),) if tell else ()
        return ((NOT_URGENT, Role.TEXT), *advice, *alone)
    position = REST_POSITION_SHORT if small else REST_POSITION
    return ((position, Role.TEXT), (EMERGENCY_QUESTION, Role.STRONG), *alone)
