"""All figures together, and what none of them depends on."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from stats_building import HISTORIES, TODAY, a_session, a_stop, a_walk, days_ago

from backcoach.catalogue.families import families
from backcoach.history.records import SessionRecord
from backcoach.settings.model import WeekGoals
from backcoach.stats.adherence import Adherence, this_week
from backcoach.stats.change import changes
from backcoach.stats.days import minutes_by_day, stop_days
from backcoach.stats.families import families_ms
from backcoach.stats.pain import PainTrend, daily_pain
from backcoach.stats.places import by_place
from backcoach.stats.totals import Stats, stats_json, total

GOALS = WeekGoals()


def everything(sessions: list[SessionRecord], today: date = TODAY) -> list[Any]:
    """Every figure that there is."""
    return [
        total(sessions, today, GOALS),
        list(families_ms(sessions).items()),
        this_week(sessions, today, GOALS, families()),
        changes(sessions, today),
        by_place(sessions),
        minutes_by_day(sessions),
        daily_pain(sessions),
        stop_days(sessions),
    ]


def test_an_empty_history_has_all_figures() -> None:
    assert total([], TODAY, GOALS) == Stats(
        0, 0, 0, Adherence(0, 0), PainTrend(None, None, None, None, None), {}, 0
    )


def test_totals_are_over_all_time_even_over_days_to_come() -> None:
    sessions = [
        a_session(days_ago(4000), families={"hip": 5000, "lateral": 7000}),
        a_session(families={"hip": 3000, "": 1}, stops=(a_stop(), a_stop(mistake=True))),
        a_session(days_ago(-2000), minutes=1.5, families={"hip": 1}, stops=(a_stop(None),)),
        a_walk(minutes=20, stops=()),
        a_session(rehearsal=True, families={"hip": 9999}, stops=(a_stop(),)),
        a_session(outcome="running", families={"hip": 9999}, stops=(a_stop(),)),
    ]

    found = total(sessions, TODAY, GOALS)

    assert (found.sessions, found.active_ms, found.stops) == (4, 41 * 60_000 + 30_000, 2)
    assert list(found.families.items()) == [
        ("walking", 1_200_000),
        ("hip", 8001),
        ("lateral", 7000),
        ("other", 1),
    ]


def test_the_json_is_as_it_is_written_down() -> None:
    scores = [(0, 1), (1, 2), (2, 2), (30, 4), (31, 4), (32, 4)]
    sessions = [
        a_session(days_ago(days), pain_before=score, families={"hip": 1000})
        for days, score in scores
    ]

    found = stats_json(total(sessions, TODAY, WeekGoals(sessions=3)))

    assert json.dumps(found) == json.dumps(
        {
            "sessions": 6,
            "active_ms": 3_600_000,
            "streak_days": 3,
            "adherence": {"planned": 12, "done": 3},
            "pain": {"days_7": 1.7, "days_28": 1.7, "change": -2.3},
            "families": {"hip": 6000},
            "stops": 0,
        }
    )


@given(HISTORIES, st.randoms(use_true_random=False))
def test_the_order_of_sessions_doesn_t_matter(sessions: list[SessionRecord], chance: Any) -> None:
    shuffled = sessions.copy()
    chance.shuffle(shuffled)

    assert everything(shuffled) == everything(sessions)
    assert everything(sessions) == everything(list(reversed(sessions)))


@given(HISTORIES, HISTORIES)
def test_rehearsals_and_what_still_runs_change_nothing(
    sessions: list[SessionRecord], others: list[SessionRecord]
) -> None:
    more = [
        replace(each, rehearsal=True) if number % 2 else replace(each, outcome="running")
        for number, each in enumerate(others)
    ]

    assert everything([*sessions, *more]) == everything(sessions)


@given(HISTORIES, st.integers(-1000, 1000))
def test_whole_weeks_later_everything_is_the_same(
    sessions: list[SessionRecord], weeks: int
) -> None:
    later = timedelta(weeks=weeks)
    moved = [replace(each, started_at=each.started_at + later) for each in sessions]

    assert everything(moved, TODAY + later)[:5] == everything(sessions)[:5]


@given(HISTORIES)
def test_the_parts_add_up(sessions: list[SessionRecord]) -> None:
    found = total(sessions, TODAY, GOALS)
    minutes = sum(minutes_by_day(sessions).values())

    assert abs(minutes * 60_000 - found.active_ms) < 1
    assert sum(place.stops for place in by_place(sessions)) <= found.stops
    assert found.adherence.done <= found.sessions
    assert found.sessions <= len(sessions)
    json.dumps(stats_json(found), allow_nan=False)
