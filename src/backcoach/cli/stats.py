"""`backcoach stats`: totals, the streak, how this week stands, and how pain has gone."""

from collections.abc import Iterable, Mapping
from typing import Final

import click

from backcoach.cli.main import Context, echo_json
from backcoach.cli.saying import say
from backcoach.document.problems import plain_text
from backcoach.durations import format_clock
from backcoach.history.reader import open_existing
from backcoach.history.records import SessionRecord
from backcoach.stats.adherence import Adherence, Week, this_week
from backcoach.stats.change import changes
from backcoach.stats.days import MINUTE_MS
from backcoach.stats.pain import PainTrend
from backcoach.stats.places import PlaceCount, by_place, names_of
from backcoach.stats.totals import Stats, stats_json, total
from backcoach.stats.words import plural

MOST_PLACES: Final = 5
LABEL_WIDTH: Final = 18


@click.command("stats")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def command(context: Context, as_json: bool) -> None:
    """What the sessions come to: totals, streak, this week, pain.

    A session belongs to the day it began on, where it was played. Rehearsals never count.

    Streak: days in a row, up to two of them at a time with nothing. Rest is part of it, and a walk
    by hand or a relief routine keeps it.

    Last 28 days: a session counts if it was completed, was stopped because it hurt, or had half of
    its time. What was planned is the week's goal, from the first session on.

    This week: from Monday. Strength and mobility are days with such exercises.

    Pain: the mean of each day's scores before sessions, then the mean of the days. A change of less
    than 2 points says nothing. A month is 28 days.
    """
    from backcoach.catalogue.families import families
    from backcoach.cli.wiring import settings_in
    from backcoach.session.clock import SystemClock, local

    today = local(SystemClock().now()).date()
    goals = settings_in(context.paths)[0].week
    sessions: list[SessionRecord] = []
    reader = open_existing(context.paths.history)
    if reader is not None:
        with reader:
            # Of what was done of each exercise only the names are needed, and by people only.
            sessions = reader.sessions(exercises=not as_json)
    stats = total(sessions, today, goals)
    if as_json:
        echo_json(stats_json(stats))
    elif not stats.sessions:
        say("No session yet. `backcoach play bird-dogs` is a start.")
    else:
        names = names_of(reversed(sessions))
        places = by_place(sessions)[:MOST_PLACES]
        week = this_week(sessions, today, goals, families())
        rows = [
            ("Streak", plural(stats.streak_days, "day")),
            ("Last 28 days", _adherence(stats.adherence)),
            *_list("This week", _week(week)),
            *_list("Pain", _pain(stats.pain)),
            *_list("Since last month", changes(sessions, today)),
            ("In all", _in_all(stats)),
            *_list("  where it hurt", (_place(place, names) for place in places)),
            *_list("  by family", map(_family, stats.families.items())),
        ]
        for label, text in rows:
            say(f"{label:{LABEL_WIDTH}}{text}")
        say("What counts, and how: backcoach stats --help", err=True)


def _in_all(stats: Stats) -> str:
    sessions, stops = plural(stats.sessions, "session"), plural(stats.stops, "stop")
    if stats.by_hand:
        sessions += f" ({stats.by_hand} by hand)"
    return f"{sessions}, {format_clock(stats.active_ms)}, {stops}"


def _list(label: str, lines: Iterable[str]) -> list[tuple[str, str]]:
    """Lines about one thing, which is named before the first."""
    return [("" if number else label, line) for number, line in enumerate(lines)]


def _adherence(found: Adherence) -> str:
    return plural(found.done, "session") + (f" of {found.planned} planned" if found.planned else "")


def _week(week: Week) -> list[str]:
    walked, goal = (round(ms / MINUTE_MS) for ms in (week.walking_ms, week.walking_goal_ms))
    sessions = _of(week.sessions, week.sessions_goal, "session")
    strength = _of(week.strength_days, week.strength_goal, "day")
    mobility = _of(week.mobility_days, week.mobility_goal, "day")
    return [
        f"{sessions}, {_of(walked, goal, 'minute')} of walking",
        f"strength on {strength}, mobility on {mobility}",
    ]


def _of(done: int, goal: int, noun: str) -> str:
    return f"{done} of {plural(goal, noun)}" if goal else plural(done, noun)


def _pain(trend: PainTrend) -> list[str]:
    if trend.days_28 is None:
        return ["no score in the last 28 days"]
    week = "–" if trend.days_7 is None else f"{trend.days_7:.1f}"
    lines = [f"{week} over 7 days, {trend.days_28:.1f} over 28 days, before sessions"]
    if trend.afterwards:
        way = "lower" if trend.afterwards < 0 else "higher"
        lines.append(f"{abs(trend.afterwards):.1f} {way} after a session than before, on average")
    return lines


def _place(place: PlaceCount, names: Mapping[str, str]) -> str:
    side = f", {plain_text(place.side)}" if place.side else ""
    stops = [plural(place.stops, "stop")] if place.stops else []
    aches = [plural(place.aches, "ache")] if place.aches else []
    worst = [] if place.worst is None else [f"worst {place.worst}"]
    name = plain_text(names.get(place.exercise, place.exercise))
    return f"{name}{side}: {', '.join([*stops, *worst, *aches])}"


def _family(pair: tuple[str, int]) -> str:
    name, ms = pair
    return f"{format_clock(ms):>9}  {plain_text(name)}"
