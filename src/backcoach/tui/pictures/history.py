"""History as a picture: a year of days, what a month comes to, the sessions, and one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from backcoach.document.problems import plain_text
from backcoach.durations import format_clock
from backcoach.history.records import SessionRecord
from backcoach.stats.words import plural
from backcoach.tui.canvas import Canvas, Role, shorten
from backcoach.tui.pictures.amending import Asking, draw_asking
from backcoach.tui.pictures.heat import ROWS as HEAT_ROWS
from backcoach.tui.pictures.heat import draw_heat, weeks_in
from backcoach.tui.pictures.month import Month, pain_line
from backcoach.tui.pictures.pieces import (
    put_bar,
    put_keys,
    put_no_history,
    put_rule,
    put_upright,
    window,
)
from backcoach.tui.pictures.session_card import draw_session_card, how, pain_of, when_short
from backcoach.tui.pictures.sieve import Sieve, draw_sieve

if TYPE_CHECKING:
    from backcoach.history.desk import Detail

WIDE: Final = 98
"""From so many columns on, the chosen session stands beside the list."""
TALL: Final = 28
"""From so many rows on, the year stands above them."""
CARD_BELOW: Final = 20
"""In a narrow window the chosen session stands below the list from so many rows on."""
_CARD_ROWS: Final = 8
_FOOT: Final = 2
_FACTS: Final = 10
"""Rows for the facts of a month with their sentence."""
_LABEL: Final = 10
_TREND: Final = 36
_MOST_LIST: Final = 100
_TITLE: Final = "History"
EMPTY: Final = (
    "Nothing is written down yet.",
    "Every session will be here: when it was and how long, how much it hurt before and after, and "
    "each hold of it. Above it, a year of days.",
)
_OUTSIDE: Final = "backcoach report · backcoach export"
_PAIN_SAYS: Final = "0–10; a gap: no score"


@dataclass(frozen=True, slots=True)
class HistoryView:
    """What the history shows.

    Attributes:
        listed: the sessions that the filters leave, newest first; None until they are read.
        none_at_all: whether there is none, whatever the filters.
        chosen: the index of the chosen one.
        detail: all of it, as soon as it is read.
        filters: what the top line says of them.
        page: what a small window shows: 0 the list, 1 the year, 2 the month.
        problem: why the history can't be read.
        notice: what has just been done, or couldn't be.
        sieve: the filters, while they are chosen.
        left: where the sessions of an empty history may still be.
    """

    now: datetime
    listed: tuple[SessionRecord, ...] | None = None
    none_at_all: bool = False
    chosen: int = 0
    detail: "Detail | None" = None
    minutes: Mapping[date, float] | None = None
    stops: frozenset[date] = frozenset()
    month: Month | None = None
    filters: str = ""
    page: int = 0
    problem: str = ""
    notice: str = ""
    asking: Asking | None = None
    sieve: Sieve | None = None
    can_undo: bool = False
    left: str = ""

    @property
    def session(self) -> SessionRecord | None:
        """The chosen session."""
        listed = self.listed or ()
        return listed[self.chosen] if 0 <= self.chosen < len(listed) else None


def pages_at(width: int, height: int) -> int:
    """How many pages a window of this size has, that take turns."""
    if width >= WIDE and height >= TALL:
        return 1
    return 2 if width >= WIDE or height >= HEAT_ROWS + _FACTS + 4 else 3


def list_rows(width: int, height: int) -> int:
    """How many sessions the list shows at this size: what a page up or down goes by."""
    return max(1, _list_place(width, height)[1])


def draw_history(view: HistoryView, width: int, height: int) -> Canvas:
    """The history at this size."""
    canvas = Canvas(width, height)
    pages = pages_at(width, height)
    page = view.page % pages
    if view.problem or view.listed is None or view.none_at_all:
        put_bar(canvas, _TITLE)
        _draw_words(canvas, view)
        return canvas
    put_bar(canvas, _TITLE, view.filters, plural(len(view.listed), "session"))
    if pages == 1:
        _draw_year(canvas, view, 2)
        put_rule(canvas, 2 + _FACTS)
    if pages == 1 or page == 0:
        _draw_list_and_card(canvas, view)
    elif page == 1:
        _draw_year(canvas, view, 1)
    else:
        _draw_month(canvas, view, 2, 1, width - 4, height - _FOOT - 1)
    if pages == 1:
        put_rule(canvas, height - 5)
        _draw_pain(canvas, view, 2, height - 4)
        put_rule(canvas, height - 3)
    turn = ("", "year", "month")[(page + 1) % pages] or "list" if pages > 1 else ""
    _draw_foot(canvas, view, turn)
    if view.sieve:
        draw_sieve(canvas, view.sieve)
    return canvas


def _draw_words(canvas: Canvas, view: HistoryView) -> None:
    """In place of everything: that it is read, that there is nothing, or what is wrong."""
    nothing = ("There is no session in it.", view.left) if view.left else EMPTY
    put_no_history(canvas, view.problem, None if view.listed is None else nothing)
    if view.notice:
        canvas.put(2, canvas.height - 2, shorten(view.notice, canvas.width - 3), Role.PREPARE)
    undo = [("u", "put it back")] if view.can_undo else []
    keys = [("esc", "back"), ("x", "it hurts"), *undo]
    put_keys(canvas, 2, canvas.height - 1, keys, gap=2)


# The year and the month


def _draw_year(canvas: Canvas, view: HistoryView, y: int) -> None:
    """The days of a year, and beside them, or below, what a month comes to."""
    width = canvas.width
    day = view.session.day if view.session else None
    room = width - 4
    if width >= WIDE:
        # As much for the days as leaves room for the facts.
        room = 112 if width >= 160 else 60
    weeks, cell = weeks_in(room)
    used = 4 + weeks * cell
    days = (view.minutes or {}, view.stops, view.now.date(), day)
    after = draw_heat(canvas, 2, y, room, *days, gap=int(canvas.height >= 20))
    if width >= WIDE:
        x = 2 + used + 4
        _draw_month(canvas, view, x, y, width - x - 2, _FACTS)
    elif canvas.height >= after + _FACTS + _FOOT:
        _draw_month(canvas, view, 2, after + 1, width - 4, _FACTS - 1)
        _draw_pain(canvas, view, 2, min(after + _FACTS, canvas.height - _FOOT - 1))


def _draw_month(canvas: Canvas, view: HistoryView, x: int, y: int, width: int, rows: int) -> None:
    """The facts of 28 days, and the one sentence about change."""
    month = view.month
    end = y + rows
    canvas.put(x, y, "28 DAYS", Role.STRONG)
    if month is None:
        return
    for number, (label, value) in enumerate(month.facts, y + 1):
        canvas.put(x, number, label, Role.MUTED)
        canvas.put(x + _LABEL, number, shorten(value, width - _LABEL), Role.TEXT)
    row = y + 1 + len(month.facts)
    # In two lines it breaks at its colon.
    room = width if width > len(month.trend) else min(width, _TREND)
    canvas.put_wrapped(x, row, room, month.trend, Role.TEXT, end - row)


def _draw_pain(canvas: Canvas, view: HistoryView, x: int, y: int) -> None:
    if view.month is None:
        return
    at = canvas.put(x, y, "pain, 28 days", Role.MUTED) + 3
    at = canvas.put(at, y, pain_line(view.month.pain), Role.HOLD) + 3
    if at + len(_PAIN_SAYS) < canvas.width:
        canvas.put(at, y, _PAIN_SAYS, Role.MUTED)


# The list, and the chosen session


def _list_place(width: int, height: int) -> tuple[int, int]:
    """The row of the list's titles, and how many sessions it shows."""
    if width >= WIDE:
        top = 3 + _FACTS if height >= TALL else 1
        return top, height - top - 1 - (5 if height >= TALL else _FOOT + 1)
    if height >= CARD_BELOW:
        return 1, height - _FOOT - _CARD_ROWS - 3
    return 0, height - _FOOT - 1


def _draw_list_and_card(canvas: Canvas, view: HistoryView) -> None:
    width, height = canvas.width, canvas.height
    top, rows = _list_place(width, height)
    beside = width >= WIDE
    card = max(32 + (width - WIDE) * 35 // 100, width - _MOST_LIST - 6)
    list_width = width - card - 6 if beside else width - 2
    _draw_list(canvas, view, 1, top, list_width, rows, head=top > 0)
    session = view.session
    if beside:
        x = width - card - 2
        put_upright(canvas, x - 2, top, rows + 1)
        if session:
            draw_session_card(canvas, session, view.detail, x, top, card, rows + 1)
    elif height >= CARD_BELOW:
        y = top + rows + 1
        put_rule(canvas, y)
        if session:
            draw_session_card(canvas, session, view.detail, 2, y + 1, width - 4, _CARD_ROWS)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns of the list end or begin, from the list's own start."""

    name: int
    name_width: int
    minutes: int
    pain: int
    how: int
    how_width: int
    weekday: bool


def _columns(width: int) -> _Columns:
    tight = width < 56
    weekday = width >= 74
    when = 6 if tight else 16 if weekday else 12
    how_width = 1 if tight else 11
    pain_width = 0 if tight else 7
    name = 2 + when + (1 if tight else 2)
    how_at = width - how_width
    pain = how_at - pain_width - (1 if tight else 2)
    minutes = pain - (0 if tight else 2)
    name_width = minutes - (7 if weekday else 6) - name
    return _Columns(name, name_width, minutes, pain, how_at, how_width, weekday)


def _draw_list(
    canvas: Canvas, view: HistoryView, x: int, y: int, width: int, rows: int, *, head: bool
) -> None:
    listed = view.listed or ()
    columns = _columns(width)
    first = window(view.chosen, len(listed), rows)
    if head:
        _draw_titles(canvas, x, y, columns)
        if len(listed) > rows:
            place = f"{first + 1}–{first + rows}"
            canvas.put(x + columns.name + 9, y, shorten(place, columns.name_width - 9), Role.AHEAD)
    if not listed:
        canvas.put(x + 2, y + 1, "Nothing matches the filter. f changes it.", Role.MUTED)
    for row, number in enumerate(range(first, min(len(listed), first + rows)), y + 1):
        here = number == view.chosen
        if here:
            canvas.put(x, row, "▶", Role.HOLD)
            canvas.fill(x + 2, row, width - 2, 1, Role.PANEL)
        _draw_session(canvas, listed[number], view.now, x, row, columns, here=here)


def _draw_titles(canvas: Canvas, x: int, y: int, columns: _Columns) -> None:
    canvas.put(x + 2, y, "when", Role.MUTED)
    canvas.put(x + columns.name, y, "routine", Role.MUTED)
    canvas.put(x + columns.minutes - 3, y, "min", Role.MUTED)
    if columns.how_width > 1:
        canvas.put(x + columns.pain, y, "pain", Role.MUTED)
        canvas.put(x + columns.how, y, "how", Role.MUTED)


def _draw_session(
    canvas: Canvas,
    session: SessionRecord,
    now: datetime,
    x: int,
    y: int,
    columns: _Columns,
    *,
    here: bool,
) -> None:
    role = Role.PANEL if here else Role.TEXT
    muted = Role.PANEL_MUTED if here else Role.MUTED
    when = when_short(session, now, weekday=columns.weekday)
    canvas.put(x + 2, y, when if columns.how_width > 1 else when[:6], muted)
    name = shorten(plain_text(session.name), columns.name_width)
    canvas.put(x + columns.name, y, name, role)
    length = format_clock(session.active_ms)
    canvas.put(x + columns.minutes - len(length), y, length, role)
    words = how(session)
    if columns.how_width == 1:
        canvas.put(x + columns.how, y, words[0] if words[0] in "✓×◐" else "·", role)
        return
    canvas.put(x + columns.pain, y, pain_of(session), muted)
    done = session.outcome == "completed" and words[0] == "✓"
    canvas.put(x + columns.how, y, words, Role.HOLD if done and not here else role)


# The foot


def _draw_foot(canvas: Canvas, view: HistoryView, turn: str) -> None:
    """What can be done with the chosen session, and where else to go; or a question."""
    y = canvas.height - _FOOT
    if view.asking:
        draw_asking(canvas, y, view.asking)
        return
    gap = 2 if canvas.width < 60 else 3
    if view.notice:
        canvas.put(2, y, shorten(view.notice, canvas.width - 4), Role.PREPARE)
    else:
        undo = [("u", "undo")] if view.can_undo else []
        session = [("n", "note"), ("s", "score"), ("d", "delete"), *undo]
        put_keys(canvas, 2, y, [("enter", "open"), ("x", "it hurts"), *session], gap=gap)
    turns = [("tab", turn)] if turn else []
    keys = [*turns, ("f", "filter"), ("esc", "back"), ("p", "progress"), (":", "all commands")]
    x = put_keys(canvas, 2, y + 1, keys, gap=gap)
    if canvas.width - x > len(_OUTSIDE) + 1:
        canvas.put_right(y + 1, _OUTSIDE, Role.MUTED, 2)
