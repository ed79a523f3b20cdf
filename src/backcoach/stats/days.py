"""Sessions by day. A session belongs to the local day it began on, where it was played."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from backcoach.history.records import SessionRecord

MONTH_DAYS: Final = 28
"""A month, in every figure: four whole weeks, so that each has the same days of the week."""
MINUTE_MS: Final = 60_000


def counted(sessions: Iterable[SessionRecord]) -> list[SessionRecord]:
    """Those that any figure counts: neither a rehearsal nor one that still runs.

    Nor is one of which only parts could be saved, until a copy brings the rest: it has no routine.
    """
    return [
        each
        for each in sessions
        if not each.rehearsal and each.outcome != "running" and each.routine
    ]


def in_last(
    sessions: Iterable[SessionRecord], today: date, days: int, before: int = 0
) -> list[SessionRecord]:
    """The sessions of so many days, in the order they are given in.

    One dated after today, by a clock that was wrong, is in no such window.

    Args:
        days: how many, the last one included.
        before: how many days before today the last one is.
    """
    last = today - timedelta(days=before)
    first = last - timedelta(days=days - 1)
    return [each for each in counted(sessions) if first <= each.day <= last]


def minutes_by_day(sessions: Iterable[SessionRecord]) -> dict[date, float]:
    """Minutes of active time on each day that has any, what was written down by hand included."""
    found: Counter[date] = Counter()
    for session in counted(sessions):
        if session.active_ms:
            found[session.day] += session.active_ms
    return {day: ms / MINUTE_MS for day, ms in found.items()}


def stop_days(sessions: Iterable[SessionRecord]) -> frozenset[date]:
    """The days with a stop that was no mistake."""
    return frozenset(each.day for each in counted(sessions) if each.stops and each.real_stops)
