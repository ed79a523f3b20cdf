"""All of it together, as `stats` shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from backcoach.history.records import SessionRecord
from backcoach.settings.model import WeekGoals
from backcoach.stats.adherence import Adherence, adherence
from backcoach.stats.days import counted
from backcoach.stats.families import families_ms
from backcoach.stats.pain import PainTrend, pain_trend
from backcoach.stats.streak import streak_days


@dataclass(frozen=True, slots=True)
class Stats:
    """What a history comes to.

    Attributes:
        sessions, active_ms, families, stops: over all time, what was written down by hand
            included.
        by_hand: how many of the sessions were written down by hand.
        families: milliseconds by family, most first.
        stops: those that were no mistake.
    """

    sessions: int
    active_ms: int
    streak_days: int
    adherence: Adherence
    pain: PainTrend
    families: dict[str, int]
    stops: int
    by_hand: int = 0


def total(sessions: Iterable[SessionRecord], today: date, goals: WeekGoals) -> Stats:
    """What all sessions come to on a day."""
    known = counted(sessions)
    return Stats(
        sessions=len(known),
        active_ms=sum(each.active_ms for each in known),
        streak_days=streak_days(known, today),
        adherence=adherence(known, today, goals.sessions),
        pain=pain_trend(known, today),
        families=families_ms(known),
        stops=sum(len(each.real_stops) for each in known if each.stops),
        by_hand=sum(each.by_hand for each in known),
    )


def stats_json(stats: Stats) -> dict[str, Any]:
    """The same as `stats --json` has it."""
    return {
        "sessions": stats.sessions,
        "active_ms": stats.active_ms,
        "streak_days": stats.streak_days,
        "adherence": {"planned": stats.adherence.planned, "done": stats.adherence.done},
        "pain": {
            "days_7": stats.pain.days_7,
            "days_28": stats.pain.days_28,
            "change": stats.pain.change,
        },
        "families": stats.families,
        "stops": stats.stops,
    }
