"""The tables of a report, their cells in words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from backcoach.history.records import SessionRecord, StopRecord
from backcoach.player.questions import NO, WORDS, YES
from backcoach.report.doses import Dose
from backcoach.report.facts import Facts, Mean, Span
from backcoach.report.layout import NOTHING, Table, clean, minutes_words, table
from backcoach.report.stops import StopFact
from backcoach.stats.days import MINUTE_MS
from backcoach.stats.words import how_it_ended, so_many_stops
from backcoach.timeline.model import PhaseKind

_PHASES: Final = {
    PhaseKind.PREPARE: "getting ready",
    PhaseKind.MOVE_IN: "the move in",
    PhaseKind.HOLD: "the hold",
    PhaseKind.MOVE_OUT: "the move out",
    PhaseKind.REP_REST: "the rest",
    PhaseKind.SWITCH: "the switch",
    PhaseKind.SET_REST: "the rest",
    PhaseKind.REST: "the rest",
}
"""What a stop is so many seconds into; of the others the exercise is all there is."""
_CHECKED: Final = {YES: "yes", NO: "no", "": "left out", None: "not asked"}


@dataclass(frozen=True, slots=True)
class Dates:
    """How days are written; `with_year` where one may be mistaken for another year's."""

    with_year: bool

    def short(self, day: date) -> str:
        """`3 Mar`."""
        return f"{day.day} {day:%b}{f' {day.year}' if self.with_year else ''}"

    def moment(self, at: datetime) -> str:
        """`3 Mar 18:07`, where it was played."""
        return f"{self.short(at.date())} {at:%H:%M}"

    def days(self, span: Span) -> str:
        """`24 Feb – 3 Mar`."""
        until = self.short(span.until)
        if span.days == 1:
            return until
        same = (span.since.year, span.since.month) == (span.until.year, span.until.month)
        return f"{span.since.day if same else self.short(span.since)} – {until}"


def weeks_table(facts: Facts, dates: Dates) -> Table:
    """Seven days a row, the last ones first."""
    goal = f", the goal is {facts.a_week}" if facts.a_week else ""
    return table(
        f"Seven days each{goal}; a mean with its number of scores",
        ("Days", "#Sessions", "#Active", "#Pain before", "#after", "#Stops"),
        (
            (
                dates.days(week),
                str(week.done),
                minutes_words(week.active_ms),
                _mean(week.before),
                _mean(week.after),
                str(week.stops or NOTHING),
            )
            for week in facts.weeks
        ),
    )


def doses_table(facts: Facts) -> Table:
    """What was done of what was planned, by exercise and side."""
    return table(
        "Done of planned, in all sessions together",
        ("Exercise", "Side", "#Sessions", "#Reps", "#Held, s", "#Stops"),
        (
            (
                clean(dose.name),
                clean(dose.side or NOTHING),
                str(dose.sessions or NOTHING),
                _of(dose.reps, dose.planned),
                _held(dose),
                str(dose.stops or NOTHING),
            )
            for dose in facts.doses
        ),
    )


def stops_table(facts: Facts, dates: Dates) -> Table:
    """Every stop, with its place and its answers."""
    return table(
        "In the order of time",
        (
            *("Session", "Exercise", "Side", "Where in it", "What it was", "Where it hurt"),
            *("#Pain", "#After a rest", "Emergency signs"),
        ),
        (_stop(stop, dates) for stop in facts.stops),
    )


def sessions_table(facts: Facts, dates: Dates) -> Table:
    """Every session that was played."""
    return table(
        "Minutes active of planned; pain before → after",
        ("When", "Routine", "#Minutes", "#Pain", "How it went"),
        (
            (
                dates.moment(each.started_at),
                clean(each.name),
                _of(round(each.active_ms / MINUTE_MS), round(each.planned_ms / MINUTE_MS)),
                _pain(each),
                _outcome(each),
            )
            for each in facts.sessions
        ),
    )


def activities_table(facts: Facts, dates: Dates) -> Table:
    """What was written down by hand."""
    return table(
        "Written down by hand; pain before → after",
        ("When", "What", "#Minutes", "#Pain"),
        (
            (
                dates.moment(each.started_at),
                clean(each.name),
                str(round(each.active_ms / MINUTE_MS)),
                _pain(each),
            )
            for each in facts.by_hand
        ),
    )


def notes_table(facts: Facts, dates: Dates) -> Table:
    """What the person wrote."""
    noted = sorted((*facts.sessions, *facts.by_hand), key=lambda each: each.started_at)
    return table(
        "In the person's own words",
        ("When", "Session", "Note"),
        (
            (dates.moment(each.started_at), clean(each.name), note)
            for each in noted
            if (note := clean(each.note))
        ),
    )


def _score(value: int | None) -> str:
    return NOTHING if value is None else str(value)


def _pain(session: SessionRecord) -> str:
    """The scores with a session; nothing where there is neither."""
    scores = session.pain_before, session.pain_after
    return NOTHING if scores == (None, None) else " → ".join(map(_score, scores))


def _mean(mean: Mean | None) -> str:
    return NOTHING if mean is None else f"{mean.value:.1f} ({mean.count})"


def _of(done: int, planned: int | None) -> str:
    """How much of how much; nothing where there was neither."""
    if planned:
        return f"{done} of {planned}"
    return str(done or NOTHING)


def _held(dose: Dose) -> str:
    planned_ms = dose.planned_held_ms
    return _of(round(dose.held_ms / 1000), None if planned_ms is None else planned_ms // 1000)


def _stop(fact: StopFact, dates: Dates) -> tuple[str, ...]:
    stop = fact.stop
    again = _score(fact.again)
    if fact.leg_gone:
        again += "; leg: gone" if fact.leg_gone == YES else "; leg: not gone"
    return (
        dates.moment(fact.session.started_at),
        clean(fact.name) or "a rest",
        clean(stop.side or NOTHING),
        _place(stop),
        clean(WORDS.get(stop.quality or "", stop.quality or NOTHING)),
        clean(WORDS.get(stop.where or "", stop.where or NOTHING)),
        _score(stop.intensity),
        again,
        _CHECKED.get(fact.red_flags, NOTHING),
    )


def _place(stop: StopRecord) -> str:
    parts = [
        f"{word} {number}" for word, number in (("set", stop.set), ("rep", stop.rep)) if number
    ]
    if isinstance(stop.into_ms, int):
        of = next((f" of {words}" for kind, words in _PHASES.items() if kind == stop.phase), "")
        parts.append(f"second {stop.into_ms // 1000 + 1}{of}")
    return ", ".join(parts) or NOTHING


def _outcome(session: SessionRecord) -> str:
    words = clean(how_it_ended(session))
    stops = so_many_stops(session)
    return f"{words}, {stops}" if stops and session.outcome != "pain" else words
