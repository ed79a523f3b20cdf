"""The streak: days of keeping at it, of which rest days are a part."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from backcoach.history.records import SessionRecord
from backcoach.stats.days import MINUTE_MS, counted

MOST_REST_DAYS: Final = 2
"""In a row, with nothing: a stop asks for 48 hours of rest, and rest is never punished."""


def streak_days(sessions: Iterable[SessionRecord], today: date) -> int:
    """The days from the first to the last of an unbroken chain; 0 where none reaches today.

    Up to `MOST_REST_DAYS` in a row with nothing are part of it, at its end too.
    """
    days = {each.day for each in counted(sessions) if _keeps(each)}
    reach = timedelta(days=MOST_REST_DAYS + 1)
    first, last = today, None
    for day in sorted((day for day in days if day <= today), reverse=True):
        if first - day > reach:
            break
        first, last = day, last or day
    return (last - first).days + 1 if last else 0


def _keeps(session: SessionRecord) -> bool:
    """Whether a session keeps the streak: anything does but one broken off within a minute."""
    return session.outcome in ("completed", "pain") or session.active_ms >= MINUTE_MS
