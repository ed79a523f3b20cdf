"""Twenty-eight days in a few lines: what was done of what was planned, and how pain went."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from backcoach.history.records import SessionRecord
from backcoach.stats.adherence import adherence, counts
from backcoach.stats.days import MINUTE_MS, MONTH_DAYS, in_last
from backcoach.stats.pain import daily_pain, pain_bar, pain_trend, pain_words
from backcoach.stats.places import PlaceCount, by_place


@dataclass(frozen=True, slots=True)
class Month:
    """What 28 days come to.

    Attributes:
        facts: each with what it is called.
        trend: the one sentence about change.
        pain: the mean score before sessions of each day, the oldest first; None without one.
    """

    facts: tuple[tuple[str, str], ...]
    trend: str
    pain: tuple[float | None, ...]


def month_of(
    sessions: Iterable[SessionRecord],
    today: date,
    a_week: int,
    names: Mapping[str, str],
    *,
    all_of_it: bool = True,
) -> Month:
    """The 28 days that end with a day.

    Args:
        a_week: how many sessions a week are planned.
        names: what exercises are called, by id.
        all_of_it: whether these are all sessions; of a part of them nothing was planned.
    """
    known = list(sessions)
    recent = in_last(known, today, MONTH_DAYS)
    before = in_last(known, today, MONTH_DAYS, MONTH_DAYS)
    kept = adherence(known, today, a_week)
    facts: list[tuple[str, str]] = []
    planned = f" of {kept.planned} planned" if all_of_it and kept.planned else ""
    facts.append(("sessions", f"{kept.done}{planned}"))
    facts.append(("minutes", f"{_minutes(recent)}   ({_minutes(before)} before)"))
    trend = pain_trend(known, today)
    if trend.days_28 is not None:
        was = "" if trend.before_28 is None else f"{trend.before_28:.1f} → "
        facts.append(("pain", f"{was}{trend.days_28:.1f} before sessions"))
        if trend.afterwards is not None:
            facts.append(("", _afterwards(trend.afterwards)))
    places = by_place(recent)
    stops = sum(len(session.real_stops) for session in recent)
    where = ", ".join(place_name(each, names) for each in places if each.stops)
    facts.append(("stops", f"{stops}   {where}".rstrip() if stops else "none"))
    done = [session for session in recent if counts(session)]
    clean = sum(session.clean for session in done)
    if done:
        facts.append(("clean", f"{clean} of {len(done)}"))
    words = pain_words(trend)
    days = daily_pain(recent)
    first = today - timedelta(days=MONTH_DAYS - 1)
    return Month(
        tuple(facts),
        words[0].upper() + words[1:] + ".",
        tuple(days.get(first + timedelta(days=number)) for number in range(MONTH_DAYS)),
    )


def _minutes(sessions: Iterable[SessionRecord]) -> int:
    return round(sum(session.active_ms for session in sessions) / MINUTE_MS)


def _afterwards(points: float) -> str:
    if not points:
        return "about the same afterwards"
    return f"{abs(points):.1f} {'lower' if points < 0 else 'higher'} afterwards"


def place_name(place: PlaceCount, names: Mapping[str, str]) -> str:
    """An exercise and its side: "Leg slide, right"."""
    name = names.get(place.exercise, place.exercise)
    return f"{name}, {place.side}" if place.side else name


def pain_line(pain: Iterable[float | None]) -> str:
    """Scores as bars of one character; a day without one is a gap."""
    return "".join(" " if each is None else pain_bar(each) for each in pain)
