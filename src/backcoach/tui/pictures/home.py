"""Home as a picture: the library, the chosen routine, and the way out of pain."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from backcoach.durations import format_clock
from backcoach.timeline.model import Timeline
from backcoach.tui.canvas import Canvas, Role, shorten

_HURTS: Final = "x   IT HURTS NOW"


@dataclass(frozen=True, slots=True)
class Shelf:
    """One routine of the library, as far as it is known yet.

    Attributes:
        timeline: None until it is loaded, and where it can't be.
        problem: why it can't be played; empty where it can.
    """

    id: str
    name: str
    timeline: Timeline | None = None
    problem: str = ""
    last: datetime | None = None


def draw_home(
    shelves: tuple[Shelf, ...], chosen: int, now: datetime, width: int, height: int
) -> Canvas:
    """Home at this size.

    Args:
        chosen: the index of the chosen routine.
        now: local time, for the date and for "today".
    """
    canvas = Canvas(width, height)
    small = width < 78 or height < 20
    canvas.fill(0, 0, width, 1, Role.PANEL)
    canvas.put(1, 0, "backcoach", Role.PANEL)
    day = f"{now:%A} {now.day} {now:%B}, {now:%H:%M}"
    if small:
        canvas.put_right(0, f"{now:%H:%M}", Role.PANEL_MUTED)
    else:
        canvas.put(13, 0, day, Role.PANEL_MUTED)
    foot = height - (3 if small else 6)
    if small:
        _draw_list(canvas, shelves, chosen, now, 0, 1, width, foot - 1)
    else:
        left = max(34, min(width * 55 // 100, width - 46))
        _draw_card(canvas, shelves[chosen] if shelves else None, 2, 2, left - 4, foot - 3)
        _draw_list(canvas, shelves, chosen, now, left, 2, width - left - 1, foot - 2)
    _draw_foot(canvas, foot, small)
    return canvas


def _draw_list(
    canvas: Canvas,
    shelves: tuple[Shelf, ...],
    chosen: int,
    now: datetime,
    x: int,
    y: int,
    width: int,
    height: int,
) -> None:
    """The library's names with their lengths, and when each was last completed."""
    name_width = width - 3 - 7 - 9
    canvas.put(x + 3, y, "LIBRARY", Role.STRONG)
    canvas.put(x + 3 + name_width + 3, y, "min", Role.MUTED)
    canvas.put(x + 3 + name_width + 7 + 4, y, "last", Role.MUTED)
    rows = max(1, height - 1)
    first = max(0, min(chosen - rows // 2, len(shelves) - rows))
    for row, number in enumerate(range(first, min(len(shelves), first + rows)), y + 1):
        shelf = shelves[number]
        here = number == chosen
        role = Role.STRONG if here else Role.TEXT
        canvas.put(x + 1, row, "▶" if here else " ", Role.HOLD)
        if shelf.problem:
            canvas.put(x + 1, row, "✗", Role.PREPARE)
            role = Role.STRONG if here else Role.MUTED
        canvas.put(x + 3, row, shorten(shelf.name, name_width), role)
        if shelf.timeline:
            total = format_clock(shelf.timeline.total_ms)
            canvas.put(x + 3 + name_width + 6 - len(total), row, total, role)
        last = "" if shelf.problem else when(shelf.last, now)
        canvas.put(x + 3 + name_width + 7 + 8 - len(last), row, last, Role.MUTED)


def _draw_card(
    canvas: Canvas, shelf: Shelf | None, x: int, y: int, width: int, height: int
) -> None:
    """The chosen routine: what it is, what it needs, and its steps."""
    if shelf is None:
        canvas.put(x, y, "The library is empty.", Role.MUTED)
        return
    steps = shelf.timeline.steps if shelf.timeline else ()
    height = min(height, max(12, len(steps) + 8))
    _draw_frame(canvas, x, y, width, height)
    inner = width - 6
    at = x + 3
    canvas.put(at, y + 1, shorten(shelf.name, inner - 8), Role.STRONG)
    if shelf.problem:
        row = canvas.put_wrapped(at, y + 3, inner, shelf.problem, Role.PREPARE, 4)
        canvas.put_wrapped(at, row + 1, inner, "The file is as you left it.", Role.MUTED, 2)
        return
    timeline = shelf.timeline
    if timeline is None:
        canvas.put(at, y + 3, "…", Role.MUTED)
        return
    total = format_clock(timeline.total_ms)
    canvas.put(x + width - 3 - len(total), y + 1, total, Role.STRONG)
    row = canvas.put_wrapped(at, y + 2, inner, timeline.summary, Role.TEXT, 2)
    needs = " · ".join(timeline.needs) or "nothing needed"
    canvas.put(at, row, shorten(needs, inner), Role.MUTED)
    row += 2
    room = y + height - 2 - row
    for step in steps if len(steps) <= room else steps[: room - 1]:
        canvas.put(at, row, f"{step.number:2}", Role.MUTED)
        canvas.put(at + 4, row, shorten(step.name, inner - 4), Role.TEXT)
        row += 1
    if len(steps) > room:
        canvas.put(at + 4, row, f"… and {len(steps) - room + 1} more", Role.MUTED)


def _draw_frame(canvas: Canvas, x: int, y: int, width: int, height: int) -> None:
    canvas.put(x, y, "╭" + "─" * (width - 2) + "╮", Role.AHEAD)
    for row in range(y + 1, y + height - 1):
        canvas.put(x, row, "│", Role.AHEAD)
        canvas.put(x + width - 1, row, "│", Role.AHEAD)
    canvas.put(x, y + height - 1, "╰" + "─" * (width - 2) + "╯", Role.AHEAD)


def _draw_foot(canvas: Canvas, y: int, small: bool) -> None:
    width = canvas.width
    if small:
        canvas.fill(0, y, width, 1, Role.STOP)
        canvas.put(1, y, _HURTS, Role.STOP)
        canvas.put(1, y + 1, "enter", Role.STRONG)
        canvas.put(8, y + 1, "start", Role.TEXT)
        canvas.put(1, y + 2, "↑ ↓ choose   q quit", Role.MUTED)
        return
    canvas.fill(2, y, width - 4, 3, Role.STOP)
    canvas.put(5, y + 1, _HURTS, Role.STOP)
    tail = "a resting position and slow breathing, at once"
    canvas.put(5 + len(_HURTS) + 4, y + 1, shorten(tail, width - 34), Role.STOP)
    x = canvas.put(2, y + 4, "▶ ", Role.HOLD)
    x = canvas.put(x, y + 4, "enter", Role.STRONG)
    canvas.put(x + 2, y + 4, "start, then one digit: how much it hurts", Role.TEXT)
    canvas.fill(0, y + 5, width, 1, Role.PANEL)
    x = 2
    for key, does in (("↑ ↓", "choose"), ("x", "it hurts"), ("q", "quit")):
        x = canvas.put(x, y + 5, key, Role.KEY)
        x = canvas.put(x + 1, y + 5, does, Role.PANEL_MUTED) + 4


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
