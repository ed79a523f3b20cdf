"""Home as a picture: the library, the chosen routine, and the way out of pain."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from backcoach.durations import format_clock
from backcoach.tui.canvas import Canvas, Role, shorten
from backcoach.tui.pictures.card import Shelf, draw_card, when
from backcoach.tui.pictures.news import News, draw_news, draw_week, news_rows
from backcoach.tui.pictures.pieces import put_bar, put_frame, put_keys, window

if TYPE_CHECKING:
    from backcoach.stats.adherence import Week

NARROW: Final = 80
"""Below so many columns the library and the card take turns."""
LOW: Final = 20
"""Below so many rows the foot is as small as it can be."""
WITH_WEEK: Final = 28
"""Below so many rows the library needs them all."""
_LEAST_NAME: Final = 18
_MOST_NAME: Final = 44
_LEAST_CARD: Final = 34
_BESIDE_NAME: Final = 18
"""What a line of the list has besides a name: a mark, the minutes, when it was last done."""
_HURTS: Final = "IT HURTS NOW"
_AT_ONCE: Final = "a resting position and slow breathing, at once. Questions come after."


def draw_home(
    shelves: tuple[Shelf, ...],
    chosen: int,
    now: datetime,
    width: int,
    height: int,
    *,
    sound: str = "",
    card: bool = False,
    news: News | None = None,
    week: "Week | None" = None,
) -> Canvas:
    """Home at this size.

    Args:
        chosen: the index of the chosen routine; -1 while none is.
        now: local time, for the date and for "today".
        sound: how it can be heard.
        card: whether a narrow window shows the card in place of the library.
        news: what there is to say, in as many rows as it takes.
        week: how this week stands, where there is room for it.
    """
    canvas = Canvas(width, height)
    narrow, low = width < NARROW, height < LOW
    day = f"{now:%A} {now.day} {now:%B}, {now:%H:%M}"
    place = f"{chosen + 1} of {len(shelves)}" if narrow and (card or low) and chosen >= 0 else ""
    put_bar(canvas, "backcoach", f"{now:%H:%M}" if width < 60 else day, place or sound)
    if height < WITH_WEEK or narrow:
        week = None
    above = (week is not None) + (news_rows(news, width) if news else 0)
    foot = height - (3 if low else 6) - above
    shelf = shelves[chosen] if 0 <= chosen < len(shelves) else None
    if narrow:
        both = foot - len(shelves) - 5 >= 14
        top = 1 if low else 2
        rows = len(shelves) + 1 if both else foot - top - (0 if low else 1)
        if both or not card:
            _draw_list(canvas, shelves, chosen, now, 1, top, width - 2, rows, head=not low)
        if both or card:
            top += rows + 1 if both else 0
            _draw_card(canvas, shelf, now, 2, top, width - 4, foot - top - (0 if low else 1))
        turn = "" if both else "library" if card else "card"
        _draw_above(canvas, foot, news, None)
        _draw_foot(canvas, foot + above, low=low, turn=turn)
        return canvas
    names = [cell_len(shelf.name) for shelf in shelves]
    name_width = max(_LEAST_NAME, min(max(names, default=0), _MOST_NAME))
    list_width = min(name_width + _BESIDE_NAME, width - _LEAST_CARD - 6)
    x = width - list_width - 2
    top = 1 if low else 2
    rows = foot - top - (0 if low else 1)
    if low:
        _draw_card(canvas, shelf, now, 2, top, x - 5, rows)
    else:
        put_frame(canvas, 2, top, x - 5, rows)
        _draw_card(canvas, shelf, now, 4, top + 1, x - 9, rows - 2)
    _draw_list(canvas, shelves, chosen, now, x, top, list_width, rows, head=True)
    _draw_above(canvas, foot, news, week)
    _draw_foot(canvas, foot + above, low=low, turn="")
    return canvas


def _draw_above(canvas: Canvas, y: int, news: News | None, week: "Week | None") -> None:
    if week is not None:
        draw_week(canvas, y, week)
        y += 1
    if news is not None:
        draw_news(canvas, y, news)


def _draw_card(
    canvas: Canvas, shelf: Shelf | None, now: datetime, x: int, y: int, width: int, height: int
) -> None:
    if shelf is None:
        canvas.put(x, y, "…", Role.MUTED)
    else:
        draw_card(canvas, shelf, now, x, y, width, height)


def _draw_list(
    canvas: Canvas,
    shelves: tuple[Shelf, ...],
    chosen: int,
    now: datetime,
    x: int,
    y: int,
    width: int,
    height: int,
    *,
    head: bool,
) -> None:
    """The library's names with their lengths, and when each was last completed."""
    last_at = x + width
    min_at = last_at - 10
    name_width = width - _BESIDE_NAME
    if head:
        at = canvas.put(x + 2, y, "LIBRARY", Role.STRONG)
        if len(shelves) >= height and chosen >= 0:
            canvas.put(at + 2, y, f"{chosen + 1} of {len(shelves)}", Role.MUTED)
        canvas.put(min_at - 3, y, "min", Role.MUTED)
        canvas.put(last_at - 4, y, "last", Role.MUTED)
        y, height = y + 1, height - 1
    if not shelves:
        canvas.put(x + 2, y, "It is empty.", Role.MUTED)
    first = window(chosen, len(shelves), height)
    for row, number in enumerate(range(first, min(len(shelves), first + height)), y):
        shelf = shelves[number]
        here = number == chosen
        role = Role.PANEL if here else Role.TEXT
        muted = Role.PANEL_MUTED if here else Role.MUTED
        if here:
            canvas.put(x, row, "▶", Role.HOLD)
            canvas.fill(x + 2, row, width - 2, 1, Role.PANEL)
        if shelf.problem:
            canvas.put(x, row, "✗", Role.PREPARE)
            at = canvas.put(x + 2, row, shorten(shelf.name, max(8, name_width)), role) + 1
            canvas.put(at, row, shorten(shelf.problem, max(0, last_at - at)), muted)
            continue
        canvas.put(x + 2, row, shorten(shelf.name, name_width), role)
        if shelf.timeline:
            total = format_clock(shelf.timeline.total_ms)
            canvas.put(min_at - len(total), row, total, role)
        last = when(shelf.last, now) if shelf.timeline else ""
        canvas.put(last_at - len(last), row, last, muted)


def _draw_foot(canvas: Canvas, y: int, *, low: bool, turn: str) -> None:
    """The way out of pain, how to start, and the other keys.

    Args:
        turn: what tab turns to; empty where it does nothing.
    """
    width = canvas.width
    past = [("h", "history"), ("p", "progress")]
    keys = [("↑↓", "choose"), *([("tab", turn)] if turn else []), ("q", "quit"), *past]
    start = "start, then one digit: how much it hurts"
    if low:
        canvas.fill(0, y, width, 1, Role.STOP)
        at = canvas.put(2, y, f"x   {_HURTS}", Role.STOP) + 4
        if width - at > len(_AT_ONCE):
            canvas.put(at, y, _AT_ONCE, Role.STOP)
        y += 1
    else:
        canvas.fill(2, y, width - 4, 3, Role.STOP)
        at = canvas.put(5, y + 1, f"x   {_HURTS}", Role.STOP) + 5
        short = _AT_ONCE.partition(". ")[0]
        words = _AT_ONCE if width - at - 5 >= len(_AT_ONCE) else short
        if width - at - 5 >= len(words):
            canvas.put(at, y + 1, words, Role.STOP)
        y += 4
    at = canvas.put(2, y, " enter ", Role.SELECTED) + 1
    canvas.put(at, y, start if width - at > len(start) else start.partition(",")[0], Role.TEXT)
    put_keys(canvas, 2, y + 1, [*keys, (":", "all commands")], gap=2 if width < 60 else 4)
