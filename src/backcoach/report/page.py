"""A report in words: what is seen first, and its sections."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from backcoach.coach.words import SHORT_CHECK
from backcoach.player.questions import YES
from backcoach.report.facts import Facts
from backcoach.report.layout import (
    NOTHING,
    Key,
    Page,
    Section,
    clean,
    long_day,
    minutes_words,
)
from backcoach.report.tables import (
    Dates,
    activities_table,
    doses_table,
    notes_table,
    sessions_table,
    stops_table,
    weeks_table,
)
from backcoach.stats.pain import pain_words
from backcoach.stats.words import plural

ABOUT: Final = (
    "Kept at home with backcoach by the person who did the exercises. Scores, answers and words "
    "are theirs, as they were written down: nobody has checked them, and nothing here is a "
    "diagnosis.",
)
COUNTS: Final = "A session counts if half of it was done, or if it ended because it hurt."


def page_of(facts: Facts, made: date) -> Page:
    """A report in words.

    Args:
        made: the day it is made on.
    """
    since, until = facts.whole.since, facts.whole.until
    dates = Dates(with_year=since.year != until.year)
    something = facts.sessions or facts.by_hand
    notes = "" if facts.notes else " Personal notes are not part of it."
    return Page(
        title="Exercise and pain record",
        period=f"{long_day(since)} to {long_day(until)}, {plural(facts.whole.days, 'day')}",
        since=since,
        until=until,
        about=ABOUT,
        keys=tuple(_keys(facts)) if something else (),
        sections=tuple(_sections(facts, dates)) if something else (_nothing(facts),),
        foot=f"Made on {long_day(made)} with backcoach.{notes}",
    )


def _nothing(facts: Facts) -> Section:
    lines = ["No session and no activity was recorded in this period."]
    if facts.last_before is not None:
        lines.append(f"The last one before it was on {long_day(facts.last_before)}.")
    return Section("Nothing recorded", tuple(lines))


def _keys(facts: Facts) -> Iterator[Key]:
    planned, done = facts.adherence.planned, facts.adherence.done
    if planned:
        yield Key("Sessions", f"{done} of {planned}", f"the goal: {facts.a_week} a week")
    else:
        yield Key("Sessions", str(done), "no goal was set")
    parts = [plural(len(facts.sessions), "session")]
    if facts.by_hand:
        parts.append(plural(len(facts.by_hand), "other"))
    yield Key("Active time", minutes_words(facts.whole.active_ms), " and ".join(parts))
    for label, mean in (("Pain before", facts.whole.before), ("Pain after", facts.whole.after)):
        if mean is None:
            yield Key(label, NOTHING, "no scores")
        else:
            more = f"mean of {mean.count}, from {mean.least} to {mean.most}"
            yield Key(label, f"{mean.value:.1f}", more)
    hurt = len({stop.stop.exercise for stop in facts.stops})
    more = f"in {plural(hurt, 'exercise')}" if hurt else "in this period"
    yield Key("Stops", str(len(facts.stops) or "none"), more)


def _sections(facts: Facts, dates: Dates) -> Iterator[Section]:
    yield Section("Pain, 0 to 10", tuple(_pain_lines(facts, dates)), days=facts.days)
    stops = stops_table(facts, dates) if facts.stops else None
    alerts = tuple(_alerts(facts, dates))
    yield Section("Stops", tuple(_stop_lines(facts)), alerts=alerts, table=stops)
    if facts.doses:
        yield Section("Exercises", tuple(_ache_lines(facts)), table=doses_table(facts), narrow=True)
    yield Section("Week by week", (COUNTS,), table=weeks_table(facts, dates), narrow=True)
    if facts.sessions:
        yield Section("Sessions", table=sessions_table(facts, dates), narrow=True)
    if facts.by_hand:
        yield Section("Other activities", table=activities_table(facts, dates), narrow=True)
    if facts.notes:
        notes = notes_table(facts, dates)
        lines = () if notes.rows else ("No note was written in this period.",)
        yield Section("Notes", lines, table=notes if notes.rows else None)


def _pain_lines(facts: Facts, dates: Dates) -> Iterator[str]:
    trend, until = facts.trend, dates.short(facts.whole.until)
    if trend.days_28 is None:
        yield f"There are no scores before sessions in the 28 days to {until}."
    else:
        parts = [f"{trend.days_28:.1f} over the 28 days to {until}"]
        if trend.days_7 is not None:
            parts.append(f"{trend.days_7:.1f} over the last 7")
        if trend.before_28 is not None:
            parts.append(f"{trend.before_28:.1f} over the 28 before")
        yield (
            f"Before sessions, mean of the days' means: {', '.join(parts)}. "
            f"Compared: {pain_words(trend)}."
        )
    if facts.change is not None:
        amount = f"{abs(facts.change.value):.1f}"
        way = "lower" if facts.change.value < 0 else "higher"
        words = "the same" if amount == "0.0" else f"{amount} {way}"
        both = plural(facts.change.count, "session")
        yield f"After a session it was {words} on average ({both} with both scores)."


def _alerts(facts: Facts, dates: Dates) -> Iterator[str]:
    for stop in facts.stops:
        if stop.red_flags == YES:
            when = dates.moment(stop.session.started_at)
            yield f"In the session of {when} the question for emergency signs was answered yes."


def _stop_lines(facts: Facts) -> Iterator[str]:
    if not facts.stops:
        yield "No stop for pain in this period."
    if facts.mistakes:
        yield f"{plural(facts.mistakes, 'stop')} pressed by mistake: not counted here."
    if any(stop.red_flags is not None for stop in facts.stops):
        yield f"The emergency signs, asked as one question: {'; '.join(SHORT_CHECK)}."


def _ache_lines(facts: Facts) -> Iterator[str]:
    if facts.aches:
        ached = (
            f"{clean(name)} in {plural(times, 'session')}" for name, times in facts.aches.items()
        )
        yield f"Marked as aching: {', '.join(ached)}."
