"""Keeping at it: what was planned and done over a month, and how this week stands."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date

from backcoach.history.records import SessionRecord
from backcoach.settings.model import WeekGoals
from backcoach.stats.days import MONTH_DAYS, counted, in_last
from backcoach.stats.families import WALKING, FamilyTable


@dataclass(frozen=True, slots=True)
class Adherence:
    """Sessions over the last 28 days. More may be done than was planned.

    Attributes:
        planned: 0 before the first session, and where there is no goal.
    """

    planned: int
    done: int


@dataclass(frozen=True, slots=True)
class Week:
    """How this week stands, from Monday to today. A goal of 0 is none."""

    walking_ms: int
    walking_goal_ms: int
    strength_days: int
    strength_goal: int
    mobility_days: int
    mobility_goal: int
    sessions: int
    sessions_goal: int


def counts(session: SessionRecord) -> bool:
    """Whether a session is one that was done: whole, half of it, or stopped because it hurt.

    Stopping is what was asked for, so it never costs anything. What was written down by hand is
    no session of a plan.
    """
    if session.rehearsal or session.by_hand or session.outcome == "running":
        return False
    if session.outcome in ("completed", "pain"):
        return True
    return 2 * session.active_ms >= max(session.planned_ms, 1)


def adherence(
    sessions: Iterable[SessionRecord], today: date, a_week: int, *, days: int = MONTH_DAYS
) -> Adherence:
    """What was planned and done over the last 28 days, or over as many as asked for.

    Args:
        a_week: the goal. Who began later than those days is measured from the first session on.
    """
    played = [each for each in counted(sessions) if not each.by_hand and each.day <= today]
    planned = 0
    if played and a_week:
        since_first = (today - min(each.day for each in played)).days + 1
        # A part of a session isn't due yet.
        planned = max(1, a_week * min(since_first, days) // 7)
    return Adherence(planned, sum(map(counts, in_last(played, today, days))))


def this_week(
    sessions: Iterable[SessionRecord], today: date, goals: WeekGoals, families: FamilyTable
) -> Week:
    """How the week of a day stands.

    Args:
        families: the catalogue's table: which families strengthen, and which keep moving.
    """
    week = in_last(sessions, today, today.weekday() + 1)
    return Week(
        walking_ms=sum(each.families.get(family, 0) for each in week for family in WALKING),
        walking_goal_ms=goals.walking_ms,
        strength_days=_days_with(week, families.core),
        strength_goal=goals.strength_days,
        mobility_days=_days_with(week, (families.warm_up | families.stretch) - WALKING),
        mobility_goal=goals.mobility_days,
        sessions=sum(map(counts, week)),
        sessions_goal=goals.sessions,
    )


def _days_with(sessions: Iterable[SessionRecord], families: Set[str]) -> int:
    """How many days have something of these families."""
    return len({each.day for each in sessions if not families.isdisjoint(each.families)})
