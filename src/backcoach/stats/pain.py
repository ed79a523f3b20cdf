"""Pain before sessions: by day, over a week and a month, and in words that claim nothing.

Sums are kept exact: a change is called one only where it truly is one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from backcoach.history.records import SessionRecord
from backcoach.stats.days import MONTH_DAYS, counted, in_last

SMALLEST_CHANGE: Final = 2.0
"""Points of 0 to 10. A smaller one can't be told from the way scores wobble."""
LEAST_DAYS: Final = 3
"""With scores, in each of two months that are compared."""
WEEK_DAYS: Final = 7
_BARS: Final = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class PainTrend:
    """How pain has gone, in points of 0 to 10 with one decimal. None where there is too little.

    Attributes:
        days_7, days_28: the mean of the daily means over the last 7 or 28 days, today included.
        before_28: the same over the 28 days before those.
        change: `days_28` less `before_28`, taken before either is rounded, and itself rounded
            towards 0: it is never shown as more than it is. None with fewer than three days with
            scores in either month.
        afterwards: by how much it is higher after a session than before, on average over those of
            the last 28 days that have both scores; rounded towards 0.
    """

    days_7: float | None
    days_28: float | None
    before_28: float | None
    change: float | None
    afterwards: float | None


def daily_pain(sessions: Iterable[SessionRecord], *, after: bool = False) -> dict[date, float]:
    """The mean of the scores before the sessions of each day that has one, or of those after."""
    return {day: float(mean) for day, mean in _daily(counted(sessions), after=after).items()}


def pain_bar(score: float) -> str:
    """A score of 0 to 10 as a bar of one character."""
    return _BARS[round(score * (len(_BARS) - 1) / 10)]


def pain_trend(sessions: Iterable[SessionRecord], today: date) -> PainTrend:
    """How pain has gone up to a day."""
    recent = in_last(sessions, today, 2 * MONTH_DAYS)
    month = in_last(recent, today, MONTH_DAYS)
    now = _daily(month)
    before = _daily(in_last(recent, today, MONTH_DAYS, MONTH_DAYS))
    enough = min(len(now), len(before)) >= LEAST_DAYS
    both = [
        Fraction(each.pain_after - each.pain_before)
        for each in month
        if each.pain_before is not None and each.pain_after is not None
    ]
    return PainTrend(
        days_7=_rounded(_mean(_daily(in_last(month, today, WEEK_DAYS)).values())),
        days_28=_rounded(_mean(now.values())),
        before_28=_rounded(_mean(before.values())),
        change=_towards_0(_difference(_mean(now.values()), _mean(before.values())))
        if enough
        else None,
        afterwards=_towards_0(_mean(both)),
    )


def pain_words(trend: PainTrend) -> str:
    """What the change of a month comes to, without a verdict: a phrase with no full stop."""
    if trend.change is None:
        return "too few scores to compare with the month before"
    if not trend.change:
        return "about the same as the month before"
    way = "lower" if trend.change < 0 else "higher"
    words = f"{abs(trend.change):.1f} {way} than the month before"
    if abs(trend.change) < SMALLEST_CHANGE:
        words += f": too little to call ({SMALLEST_CHANGE:.0f} would be)"
    return words


def _daily(sessions: Iterable[SessionRecord], *, after: bool = False) -> dict[date, Fraction]:
    sums: dict[date, list[int]] = {}
    for session in sessions:
        score = session.pain_after if after else session.pain_before
        if score is not None:
            day = sums.setdefault(session.day, [0, 0])
            day[0] += score
            day[1] += 1
    return {day: Fraction(total, count) for day, (total, count) in sums.items()}


def _mean(values: Iterable[Fraction]) -> Fraction | None:
    numbers = list(values)
    return sum(numbers, Fraction()) / len(numbers) if numbers else None


def _difference(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one - other


def _rounded(value: Fraction | None) -> float | None:
    return None if value is None else float(round(value, 1))


def _towards_0(value: Fraction | None) -> float | None:
    return None if value is None else int(value * 10) / 10
