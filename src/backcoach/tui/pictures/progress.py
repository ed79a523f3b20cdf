"""Progress as a picture: pain, minutes and sessions by week, and in words what has changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from rich.cells import cell_len

from backcoach.durations import format_duration
from backcoach.stats.places import PlaceCount
from backcoach.stats.words import plural
from backcoach.tui.canvas import Canvas, Role, shorten, wrap
from backcoach.tui.pictures.charts import (
    LEAST_ROWS,
    LEAST_WIDTH,
    Axis,
    Marks,
    Stack,
    draw_bars,
    draw_marks,
)
from backcoach.tui.pictures.month import place_name
from backcoach.tui.pictures.pieces import put_bar, put_keys, put_no_history
from backcoach.tui.pictures.weeks import KINDS, Progress, by_week

WIDE: Final = 98
TALL: Final = 28
"""From this size on all of it is there at once."""
SPANS: Final = (4, 12, 26, 52)
"""How many weeks the charts show."""
PAGES: Final = ("pain", "minutes", "sessions", "in words")
_FOOT: Final = 2
_DAILY: Final = 12
"""Over more weeks than these, a mark is a week."""
_SIGNS: Final = ("█", "▒", "░", "·")
"""Of the kinds of exercise: told apart without a colour."""
_KIND_ROLES: Final = (Role.HOLD, Role.REST, Role.SWITCH, Role.PREPARE)
_BEFORE, _AFTER, _BOTH = "●", "+", "="
_EMPTY: Final = (
    "Nothing to draw yet.",
    "After the first sessions there are charts here: pain before and afterwards, minutes and "
    "sessions by week, and in words what has changed.",
)
_WAYS_OUT: Final = (("x", "it hurts"), ("h", "history"), ("esc", "back"))


@dataclass(frozen=True, slots=True)
class ProgressView:
    """What progress shows.

    Attributes:
        progress: None until it is read.
        weeks: how many the charts show.
        page: which of `PAGES` a small window shows.
        problem: why the history can't be read.
    """

    progress: Progress | None = None
    weeks: int = 12
    page: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Box:
    """Where a part goes."""

    x: int
    y: int
    width: int
    height: int


def draw_progress(view: ProgressView, width: int, height: int) -> Canvas:
    """Progress at this size."""
    canvas = Canvas(width, height)
    all_at_once = width >= WIDE and height >= TALL
    page = view.page % len(PAGES)
    progress = view.progress
    if progress is None or not progress.stats.sessions:
        put_bar(canvas, "Progress")
        put_no_history(canvas, view.problem, None if progress is None else _EMPTY)
        put_keys(canvas, 2, height - 1, _WAYS_OUT, gap=2)
        return canvas
    put_bar(
        canvas,
        "Progress",
        f"{view.weeks} weeks",
        "" if all_at_once else f"{page + 1} of {len(PAGES)}",
    )
    if all_at_once:
        across, down = (width - 8) // 2, (height - _FOOT - 3) // 2
        for number, draw in enumerate(_PARTS):
            x = 2 + number % 2 * (across + 4)
            y = 2 + number // 2 * (down + 1)
            draw(canvas, progress, view.weeks, _Box(x, y, across, down))
    else:
        top = 1 if height < 16 else 2
        box = _Box(2, top, width - 4, height - _FOOT - top - (height >= 16))
        _PARTS[page](canvas, progress, view.weeks, box)
    gap = 2 if width < 60 else 3
    turn = [] if all_at_once else [("tab", PAGES[(page + 1) % len(PAGES)])]
    keys = [_WAYS_OUT[0], *turn, ("←→", "weeks"), *_WAYS_OUT[1:]]
    if width < 60:
        put_keys(canvas, 2, height - 2, keys[2:], gap=1)
        put_keys(canvas, 2, height - 1, keys[:2], gap=gap)
    else:
        put_keys(canvas, 2, height - 1, keys, gap=gap)
    return canvas


def _put_title(
    canvas: Canvas, box: _Box, title: str, legend: Sequence[tuple[str, str, Role]]
) -> _Box:
    """What a chart is of, and what its characters mean; what is left for the chart itself."""
    x, y = canvas.put(box.x, box.y, title, Role.STRONG) + 2, box.y
    if x + sum(cell_len(sign + words) + 3 for sign, words, _ in legend) > box.x + box.width + 2:
        # They have a line of their own.
        x, y = box.x, y + 1
    for sign, words, role in legend:
        if x + 2 + cell_len(words) > box.x + box.width:
            break
        x = canvas.put(x, y, sign, role)
        x = canvas.put(x + (1 if sign else 0), y, words, Role.MUTED) + 2
    return _Box(box.x, y + 1, box.width, box.y + box.height - y - 1)


def _has_room(canvas: Canvas, box: _Box) -> bool:
    if box.width >= LEAST_WIDTH and box.height >= LEAST_ROWS:
        return True
    canvas.put(box.x, box.y, "no room for a chart", Role.MUTED)
    return False


# Pain


def _draw_pain(canvas: Canvas, progress: Progress, weeks: int, box: _Box) -> None:
    legend = [(_BEFORE, "before", Role.HOLD), (_AFTER, "after", Role.REST)]
    before, after = progress.before, progress.after
    step = 1
    if weeks > _DAILY:
        before, after, step = by_week(before), by_week(after), 7
    first, last = progress.monday(weeks - 1), progress.today
    starts, afters = _points(before, first, last), _points(after, first, last)
    both = [point for point in starts if point in afters]
    if both:
        legend.append((_BOTH, "the same", Role.SWITCH))
    box = _put_title(canvas, box, "PAIN" if step == 1 else "PAIN, weekly means", legend)
    if not _has_room(canvas, box):
        return
    if not starts and not afters:
        canvas.put(box.x, box.y + 1, "No score in this time.", Role.MUTED)
        return
    days = max(1, (last - first).days)
    marks = [Marks(_BEFORE, starts), Marks(_AFTER, afters), Marks(_BOTH, both)]
    ticks = [(0.0, _short(first)), (days / 2, _short(first + timedelta(days=days // 2)))]
    over = Axis(0, days, [*ticks, (float(days), "today")])
    up = Axis(0, 10, [(0, "0"), (5, "5"), (10, "10")])
    draw_marks(canvas, box.x, box.y, (box.width, box.height), marks, over, up)


def _points(days: Mapping[date, float], first: date, last: date) -> list[tuple[float, float]]:
    """Days as places from the first of them on; those without a score are gaps."""
    return [
        ((day - first).days, value) for day, value in sorted(days.items()) if first <= day <= last
    ]


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"


# Weeks


def _draw_minutes(canvas: Canvas, progress: Progress, weeks: int, box: _Box) -> None:
    shown = _shown(weeks, box)
    stacks = [
        Stack(sign, minutes[-shown:])
        for sign, minutes in zip(_SIGNS, progress.minutes, strict=True)
    ]
    legend = [
        (sign, kind, role)
        for sign, kind, role, stack in zip(_SIGNS, KINDS, _KIND_ROLES, stacks, strict=True)
        if any(stack.heights)
    ]
    box = _put_title(canvas, box, "MINUTES A WEEK", legend)
    most = max(map(sum, zip(*(stack.heights for stack in stacks), strict=True)))
    _draw_weeks(canvas, progress, shown, box, stacks, most)


def _draw_sessions(canvas: Canvas, progress: Progress, weeks: int, box: _Box) -> None:
    shown = _shown(weeks, box)
    counts = progress.sessions[-shown:]
    planned = progress.planned
    legend = [("─", f"{planned} planned", Role.MUTED)] if planned else []
    kept = progress.stats.adherence
    if planned and kept.planned:
        legend.append(("", f"28 days: {kept.done} of {kept.planned}", Role.MUTED))
    box = _put_title(canvas, box, "SESSIONS A WEEK", legend)
    most = max(*counts, planned)
    _draw_weeks(canvas, progress, shown, box, [Stack(_SIGNS[0], counts)], most, goal=planned)


def _shown(weeks: int, box: _Box) -> int:
    """As many weeks as there are columns for."""
    return max(1, min(weeks, box.width - 6))


def _draw_weeks(
    canvas: Canvas,
    progress: Progress,
    weeks: int,
    box: _Box,
    stacks: Sequence[Stack],
    most: float,
    goal: float = 0,
) -> None:
    if not _has_room(canvas, box):
        return
    top = _round_up(most)
    ticks = [(0.0, "0"), (top / 2, f"{top / 2:g}"), (top, f"{top:g}")]
    named = {1.0: _short(progress.monday(weeks - 1)), float(weeks): "now"}
    if weeks >= 8 and box.width >= 36:
        named[float(weeks // 2)] = _short(progress.monday(weeks - weeks // 2))
    size = (box.width, box.height)
    up = Axis(0, top, ticks)
    draw_bars(canvas, box.x, box.y, size, stacks, sorted(named.items()), up, goal)


def _round_up(most: float) -> float:
    """The top of an axis that has whole numbers at its half too."""
    for step in (2, 4, 6, 8, 10, 20, 30, 40, 60, 80, 100, 120, 160, 200, 240, 300, 400, 600, 800):
        if most <= step:
            return float(step)
    return float(-(-most // 500) * 500)


# Words


def _draw_words(canvas: Canvas, progress: Progress, weeks: int, box: _Box) -> None:
    del weeks
    y, end = box.y, box.y + box.height
    canvas.put(box.x, y, "SINCE LAST MONTH", Role.STRONG)
    y += 1
    for sentence in progress.changes or ("Nothing was done in either month.",):
        y = canvas.put_wrapped(box.x, y, box.width, sentence, Role.TEXT, end - y)
    places, gap = progress.places, int(box.height >= 14)
    altogether = wrap(_altogether(progress), box.width)
    y += gap
    if places and y + 1 < end:
        canvas.put(box.x, y, "WHERE IT HURT", Role.STRONG)
        y += 1
        for place in places[: max(1, end - y - gap - 1 - len(altogether))]:
            _put_place(canvas, box, y, place, progress.names)
            y += 1
    y += gap
    if y + 1 < end:
        canvas.put(box.x, y, "ALTOGETHER", Role.STRONG)
        for number, line in enumerate(altogether[: end - y - 1], y + 1):
            canvas.put(box.x, number, line, Role.TEXT)


def _put_place(
    canvas: Canvas, box: _Box, y: int, place: PlaceCount, names: Mapping[str, str]
) -> None:
    counts = ((place.stops, "stop"), (place.aches, "ache"))
    parts = [plural(count, noun) for count, noun in counts if count]
    if place.worst is not None:
        parts.append(f"worst {place.worst}")
    words = ", ".join(parts)
    room = box.width - len(words) - 2
    canvas.put(box.x, y, shorten(place_name(place, names), room), Role.TEXT)
    canvas.put(box.x + box.width - len(words), y, words, Role.MUTED)


def _altogether(progress: Progress) -> str:
    stats = progress.stats
    parts = [
        plural(stats.sessions, "session"),
        format_duration(stats.active_ms // 60_000 * 60_000),
        plural(stats.stops, "stop"),
    ]
    if stats.streak_days > 1:
        parts.append(f"{stats.streak_days} days in a row, rest days included")
    return " · ".join(parts)


_PARTS: Final[tuple[Callable[[Canvas, Progress, int, _Box], None], ...]] = (
    _draw_pain,
    _draw_minutes,
    _draw_sessions,
    _draw_words,
)
