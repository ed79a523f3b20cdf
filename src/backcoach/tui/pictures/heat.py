"""A year of days as a map: one column a week, darker where there was more to do."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from typing import Final

from backcoach.tui.canvas import Canvas, Role

WEEKS: Final = 53
LABELS: Final = 4
"""Cells for the names of the days."""
ROWS: Final = 9
"""The months, the days, and the legend; with a gap before the legend one more."""
STOP_DAY: Final = "×"
_NONE: Final = "·"
_STEPS: Final = ((5, "░"), (15, "▒"), (25, "▓"))
_MOST: Final = "█"
_DAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_LEGENDS: Final = (
    (("·", "none"), ("░", "under 5"), ("▒", "15"), ("▓", "25"), ("█", "more min"), ("×", "a stop")),
    (("░", "5"), ("▒", "15"), ("▓", "25"), ("█", "more"), ("×", "stop")),
)


def shade(minutes: float) -> str:
    """What a day with so many minutes is drawn with."""
    if minutes <= 0:
        return _NONE
    return next((sign for least, sign in _STEPS if minutes < least), _MOST)


def weeks_in(width: int) -> tuple[int, int]:
    """How many weeks fit into so many cells, and how wide each of them is."""
    room = max(1, width - LABELS)
    cell = 2 if room >= 2 * WEEKS else 1
    return min(WEEKS, room // cell), cell


def draw_heat(
    canvas: Canvas,
    x: int,
    y: int,
    width: int,
    minutes: Mapping[date, float],
    stops: AbstractSet[date],
    today: date,
    chosen: date | None = None,
    gap: int = 0,
) -> int:
    """The map of the weeks that end with today's; the row after it.

    Args:
        minutes: by day.
        stops: the days with a stop.
        chosen: the day that is looked at.
        gap: rows between the days and the legend.
    """
    weeks, cell = weeks_in(width)
    first = today - timedelta(days=today.weekday() + 7 * (weeks - 1))
    _draw_months(canvas, x + LABELS, y, first, weeks, cell)
    for number, name in enumerate(_DAYS):
        row = y + 1 + number
        canvas.put(x, row, name, Role.MUTED)
        for week in range(weeks):
            day = first + timedelta(days=7 * week + number)
            if day > today:
                break
            at = x + LABELS + week * cell
            if day in stops:
                sign, role = STOP_DAY.ljust(cell), Role.STRONG
            else:
                sign = shade(minutes.get(day, 0))
                role = Role.AHEAD if sign == _NONE else Role.HOLD
                sign = sign.ljust(cell) if sign == _NONE else sign * cell
            canvas.put(at, row, sign, Role.PREPARE if day == chosen else role)
    _draw_legend(canvas, x + LABELS, y + ROWS - 1 + gap, width - LABELS)
    return y + ROWS + gap


def _draw_months(canvas: Canvas, x: int, y: int, first: date, weeks: int, cell: int) -> None:
    """The name of each month above the week that has its first day, where there is room."""
    free = x
    for week in range(weeks):
        last = first + timedelta(days=7 * week + 6)
        at = x + week * cell
        if last.day <= 7 and at >= free and at + 3 <= x + weeks * cell:
            free = canvas.put(at, y, f"{last:%b}", Role.MUTED) + 1


def _draw_legend(canvas: Canvas, x: int, y: int, width: int) -> None:
    for legend in _LEGENDS:
        if sum(len(words) + 4 for _, words in legend) - 2 > width + 1:
            continue
        for sign, words in legend:
            shown = Role.AHEAD if sign == _NONE else Role.STRONG if sign == STOP_DAY else Role.HOLD
            x = canvas.put(x, y, sign, shown)
            x = canvas.put(x + 1, y, words, Role.MUTED) + 2
        return
