"""What a report says of a period, as plain values: a fold over the records, and no words yet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean
from typing import Any, Final

from backcoach.history.records import EventRecord, SessionRecord
from backcoach.report.doses import Dose, doses
from backcoach.report.stops import StopFact, stops_in
from backcoach.stats.adherence import Adherence, adherence, counts
from backcoach.stats.days import counted, in_last
from backcoach.stats.pain import PainTrend, pain_trend
from backcoach.stats.places import by_place, names_of

WEEK_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean, of how many values, and the least and the most of them."""

    value: float
    count: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Span:
    """Some days in a row, both ends included, and what was recorded in them.

    Attributes:
        done: the sessions that count towards the goal.
        active_ms: of everything, activities by hand included.
        before, after: the scores with each session; None where nobody gave one.
        stops: those that were no mistake.
    """

    since: date
    until: date
    done: int
    active_ms: int
    before: Mean | None
    after: Mean | None
    stops: int

    @property
    def days(self) -> int:
        """How many days."""
        return (self.until - self.since).days + 1


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a report says. Rehearsals, and a session that still runs, are no part of it.

    Attributes:
        whole: the period in one.
        a_week: the goal, in sessions; 0 where there is none.
        adherence: the sessions that count, against the goal.
        weeks: seven days each, the last ones first; the oldest may be fewer.
        days: those with a score or a stop, in order.
        change: the score after less the one before, in the sessions that have both.
        trend: of the 28 days up to the last day, whatever the period.
        sessions: oldest first; `by_hand` too.
        mistakes: stops that were pressed by mistake.
        aches: in how many sessions an exercise ached, by name, most first.
        notes: whether the person's own words are part of the report.
        last_before: the last day with anything before the period.
    """

    whole: Span
    a_week: int
    adherence: Adherence
    weeks: tuple[Span, ...]
    days: tuple[Span, ...]
    change: Mean | None
    trend: PainTrend
    sessions: tuple[SessionRecord, ...]
    by_hand: tuple[SessionRecord, ...]
    doses: tuple[Dose, ...]
    stops: tuple[StopFact, ...]
    mistakes: int
    aches: Mapping[str, int]
    notes: bool
    last_before: date | None


def reported(sessions: Iterable[SessionRecord], since: date, until: date) -> list[SessionRecord]:
    """The sessions that a report of these days is about, both ends included, oldest first."""
    found = in_last(sessions, until, (until - since).days + 1)
    return sorted(found, key=lambda each: each.started_at)


def gather(
    sessions: Sequence[SessionRecord],
    since: date,
    until: date,
    *,
    a_week: int,
    events: Mapping[str, Sequence[EventRecord]],
    plans: Mapping[str, Mapping[str, Any]],
    notes: bool = False,
) -> Facts:
    """The facts of a period.

    Args:
        sessions: all there are, with their exercises: a trend looks at what was before, too.
        since, until: the first and the last day.
        a_week: the goal, in sessions.
        events: by session, at least of those with stops.
        plans: by session, as they were played.
        notes: whether the person's own words are to be in the report.
    """
    inside = reported(sessions, since, until)
    played = tuple(each for each in inside if not each.by_hand)
    names = names_of(played)
    return Facts(
        whole=_span(inside, since, until),
        a_week=a_week,
        adherence=adherence(sessions, until, a_week, days=(until - since).days + 1),
        weeks=tuple(_weeks(inside, since, until)),
        days=tuple(_days(inside)),
        change=_mean(map(_difference, inside)),
        trend=pain_trend(sessions, until),
        sessions=played,
        by_hand=tuple(each for each in inside if each.by_hand),
        doses=doses(played, plans),
        stops=tuple(stop for each in played for stop in stops_in(each, events.get(each.id, ()))),
        mistakes=sum(len(each.stops) - len(each.real_stops) for each in played),
        aches={
            names.get(place.exercise, place.exercise): place.aches
            for place in sorted(by_place(played), key=lambda place: -place.aches)
            if place.aches
        },
        notes=notes,
        last_before=max((each.day for each in counted(sessions) if each.day < since), default=None),
    )


def _mean(values: Iterable[int | None]) -> Mean | None:
    known = [value for value in values if value is not None]
    return Mean(fmean(known), len(known), min(known), max(known)) if known else None


def _difference(session: SessionRecord) -> int | None:
    before, after = session.pain_before, session.pain_after
    return None if before is None or after is None else after - before


def _span(sessions: Sequence[SessionRecord], since: date, until: date) -> Span:
    return Span(
        since,
        until,
        done=sum(map(counts, sessions)),
        active_ms=sum(each.active_ms for each in sessions),
        before=_mean(each.pain_before for each in sessions),
        after=_mean(each.pain_after for each in sessions),
        stops=sum(len(each.real_stops) for each in sessions),
    )


def _weeks(sessions: Sequence[SessionRecord], since: date, until: date) -> Iterator[Span]:
    last = until
    while last >= since:
        first = max(last - timedelta(days=WEEK_DAYS - 1), since)
        yield _span([each for each in sessions if first <= each.day <= last], first, last)
        last = first - timedelta(days=1)


def _days(sessions: Sequence[SessionRecord]) -> Iterator[Span]:
    for day in sorted({each.day for each in sessions}):
        span = _span([each for each in sessions if each.day == day], day, day)
        if span.before or span.after or span.stops:
            yield span
