"""Sessions by week: minutes of each kind of exercise, and how many were done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from backcoach.history.records import SessionRecord
from backcoach.settings.model import WeekGoals
from backcoach.stats.adherence import counts
from backcoach.stats.change import changes
from backcoach.stats.days import MINUTE_MS, counted
from backcoach.stats.families import WALKING, FamilyTable
from backcoach.stats.pain import daily_pain
from backcoach.stats.places import PlaceCount, by_place
from backcoach.stats.totals import Stats, total

MOST_WEEKS: Final = 52
KINDS: Final = ("strength", "mobility", "walking", "other")


@dataclass(frozen=True, slots=True)
class Progress:
    """What a history comes to, for charts and words.

    Attributes:
        before, after: mean pain of each day before and after its sessions.
        minutes: of each of `KINDS`, by week, the oldest first; the last is the present one.
        sessions: those that were done, by week.
        planned: a week.
        names: what exercises are called, by id.
    """

    today: date
    before: Mapping[date, float]
    after: Mapping[date, float]
    minutes: tuple[tuple[float, ...], ...]
    sessions: tuple[int, ...]
    planned: int
    changes: tuple[str, ...]
    stats: Stats
    places: tuple[PlaceCount, ...]
    names: Mapping[str, str]

    def monday(self, week: int) -> date:
        """The first day of a week, counted back from the present one, which is 0."""
        return monday(self.today) - timedelta(days=7 * week)


def monday(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


def progress_of(
    sessions: Iterable[SessionRecord],
    today: date,
    goals: WeekGoals,
    families: FamilyTable,
    names: Mapping[str, str],
) -> Progress:
    """All of it, up to a day."""
    known = counted(sessions)
    minutes = [[0.0] * MOST_WEEKS for _ in KINDS]
    done = [0] * MOST_WEEKS
    this_monday = monday(today)
    for session in known:
        back = (this_monday - monday(session.day)).days // 7
        if session.day > today or back >= MOST_WEEKS:
            continue
        week = MOST_WEEKS - 1 - back
        done[week] += counts(session)
        for family, ms in session.families.items():
            minutes[_kind(family, families)][week] += ms / MINUTE_MS
    return Progress(
        today=today,
        before=daily_pain(known),
        after=daily_pain(known, after=True),
        minutes=tuple(map(tuple, minutes)),
        sessions=tuple(done),
        planned=goals.sessions,
        changes=tuple(changes(known, today)),
        stats=total(known, today, goals),
        places=tuple(by_place(known)),
        names=names,
    )


def _kind(family: str, families: FamilyTable) -> int:
    if family in families.core:
        return KINDS.index("strength")
    if family in WALKING:
        return KINDS.index("walking")
    moving = family in families.warm_up or family in families.stretch
    return KINDS.index("mobility" if moving else "other")


def by_week(days: Mapping[date, float]) -> dict[date, float]:
    """The mean of the days of each week that has any, by its Monday."""
    weeks: dict[date, list[float]] = {}
    for day, value in days.items():
        weeks.setdefault(monday(day), []).append(value)
    return {week: sum(values) / len(values) for week, values in weeks.items()}
