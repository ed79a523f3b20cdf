"""What has changed since last month, in short sentences that say what is, and no more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from backcoach.history.records import SessionRecord
from backcoach.stats.adherence import counts
from backcoach.stats.days import MINUTE_MS, MONTH_DAYS, in_last
from backcoach.stats.pain import pain_trend, pain_words
from backcoach.stats.words import plural


@dataclass(frozen=True, slots=True)
class _Month:
    sessions: int
    minutes: int
    stops: int
    aches: int


def changes(sessions: Iterable[SessionRecord], today: date) -> list[str]:
    """The last 28 days beside the 28 before; nothing is said of what neither has.

    Minutes are those of everything, sessions are those that count.
    """
    recent = in_last(sessions, today, 2 * MONTH_DAYS)
    now = _month(in_last(recent, today, MONTH_DAYS))
    before = _month(in_last(recent, today, MONTH_DAYS, MONTH_DAYS))
    beside = [
        (now.minutes, before.minutes, "minute"),
        (now.sessions, before.sessions, "session"),
        (now.stops, before.stops, "stop"),
        (now.aches, before.aches, "ache"),
    ]
    found = [_beside(*each) for each in beside if any(each[:2])]
    trend = pain_trend(recent, today)
    if trend.change is not None:
        found.append(f"Pain before sessions: {pain_words(trend)}.")
    return found


def _month(sessions: Iterable[SessionRecord]) -> _Month:
    found = list(sessions)
    return _Month(
        sessions=sum(map(counts, found)),
        minutes=round(sum(each.active_ms for each in found) / MINUTE_MS),
        stops=sum(len(each.real_stops) for each in found),
        aches=sum(len(each.aches) for each in found),
    )


def _beside(now: int, before: int, noun: str) -> str:
    now_words = plural(now, noun).capitalize()
    return f"{now_words}, {'as' if now == before else before or 'none'} in the month before."
