"""What was planned and done over a month, and how this week stands."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from stats_building import HISTORIES, SESSIONS, TODAY, a_session, a_walk, days_ago

from backcoach.catalogue.families import families
from backcoach.history.records import SessionRecord
from backcoach.settings.model import WeekGoals
from backcoach.stats.adherence import Adherence, Week, adherence, counts, this_week

GOALS = WeekGoals()
LONG_AGO = a_session(days_ago(400))
EMPTY = Week(0, 150 * 60_000, 0, 2, 0, 5, 0, 4)


@pytest.mark.parametrize(
    ("changes", "done"),
    [
        ({}, True),
        # Shorter holds, skipped rests: it was whole all the same.
        ({"minutes": 3}, True),
        ({"outcome": "pain", "minutes": 0.2}, True),
        ({"outcome": "pain", "minutes": 0}, True),
        ({"outcome": "ended", "minutes": 5}, True),
        ({"outcome": "ended", "minutes": 4.99}, False),
        ({"outcome": "interrupted", "minutes": 5}, True),
        ({"outcome": "interrupted", "minutes": 4.99}, False),
        # At one's own pace throughout, nothing is planned.
        ({"outcome": "ended", "minutes": 1, "planned_ms": 0}, True),
        ({"outcome": "ended", "minutes": 0, "planned_ms": 0}, False),
        ({"routine": "acute-relief"}, True),
        ({"by_hand": True}, False),
        ({"rehearsal": True}, False),
        ({"outcome": "running"}, False),
    ],
)
def test_what_counts_as_done(changes: dict[str, Any], done: bool) -> None:
    session = a_session(**changes)

    assert counts(session) == done
    assert adherence([LONG_AGO, session], TODAY, 4) == Adherence(16, int(done))


@pytest.mark.parametrize(
    ("first", "a_week", "planned"),
    [
        (0, 4, 1),
        (1, 4, 1),
        (2, 4, 1),
        (3, 4, 2),
        (6, 4, 4),
        (7, 4, 4),
        (26, 4, 15),
        (27, 4, 16),
        (28, 4, 16),
        (5000, 4, 16),
        (0, 28, 4),
        (27, 1, 4),
        (0, 0, 0),
        (100, 0, 0),
    ],
)
def test_what_is_planned_begins_with_the_first_session(
    first: int, a_week: int, planned: int
) -> None:
    sessions = [a_session(days_ago(first))]

    assert adherence(sessions, TODAY, a_week).planned == planned


@pytest.mark.parametrize(
    "session",
    [a_walk(days_ago(20)), a_session(days_ago(20), rehearsal=True), a_session(days_ago(-1))],
)
def test_a_walk_a_rehearsal_and_a_day_to_come_begin_nothing(session: SessionRecord) -> None:
    assert adherence([session], TODAY, 4) == Adherence(0, 0)
    assert adherence([session, a_session()], TODAY, 4) == Adherence(1, 1)


def test_only_the_last_28_days_are_done() -> None:
    sessions = [a_session(days_ago(days)) for days in (-1, 0, 0, 27, 28)]

    assert adherence(sessions, TODAY, 4) == Adherence(16, 3)


@given(HISTORIES, SESSIONS)
def test_another_session_never_makes_less_done(
    sessions: list[SessionRecord], another: SessionRecord
) -> None:
    before = adherence(sessions, TODAY, 4)
    after = adherence([*sessions, another], TODAY, 4)

    assert before.done <= after.done <= before.done + 1
    assert before.planned <= after.planned <= 16


@given(HISTORIES)
def test_a_stop_for_pain_never_counts_less_than_an_end(sessions: list[SessionRecord]) -> None:
    stopped = [
        replace(each, outcome="pain") if each.outcome == "ended" else each for each in sessions
    ]

    assert adherence(sessions, TODAY, 4).done <= adherence(stopped, TODAY, 4).done


def week(*sessions: SessionRecord, today: date = TODAY) -> Week:
    """The week as the bundled table and the usual goals have it."""
    return this_week(sessions, today, GOALS, families())


def test_an_empty_week() -> None:
    assert week() == EMPTY


@pytest.mark.parametrize(
    ("today", "days"),
    [(date(2026, 11, 16), 1), (date(2026, 11, 18), 3), (date(2026, 11, 22), 7)],
)
def test_a_week_begins_on_monday(today: date, days: int) -> None:
    sessions = [a_session(days_ago(n)) for n in range(-8, 15)]

    assert week(*sessions, today=today).sessions == days


def test_a_week_at_the_turn_of_the_year() -> None:
    monday, new_year = date(2026, 12, 28), date(2027, 1, 1)

    assert week(a_session(monday), a_session(new_year), today=new_year).sessions == 2


def test_walks_are_walked_in_routines_and_by_hand() -> None:
    found = week(
        a_walk(minutes=20),
        a_walk(days_ago(1), minutes=0.5),
        a_session(families={"aerobic": 60_000, "hip": 5000}),
        a_walk(days_ago(7), minutes=500),
        a_walk(rehearsal=True),
    )

    assert found.walking_ms == 21 * 60_000 + 30_000
    assert found.sessions == 1


@pytest.mark.parametrize(
    ("family", "strength", "mobility"),
    [
        ("anti-extension", 1, 0),
        ("anterior", 1, 0),
        ("lateral", 1, 0),
        ("posterior", 1, 0),
        ("hinge", 1, 0),
        ("mobility", 0, 1),
        ("control", 0, 1),
        ("rotation", 0, 1),
        ("flexion", 0, 1),
        ("hip", 0, 1),
        ("extension", 0, 1),
        # A walk has a goal of its own; resting positions and what isn't known have none.
        ("aerobic", 0, 0),
        ("walking", 0, 0),
        ("rest", 0, 0),
        ("relief", 0, 0),
        ("other", 0, 0),
        ("", 0, 0),
    ],
)
def test_a_day_of_strength_or_mobility_has_one_exercise_of_it(
    family: str, strength: int, mobility: int
) -> None:
    one = a_session(outcome="interrupted", minutes=1, families={family: 1})
    found = week(one, one, a_session(families={}))

    assert (found.strength_days, found.mobility_days) == (strength, mobility)


def test_days_are_counted_and_not_sessions() -> None:
    mixed = {"lateral": 1000, "hip": 1000}
    found = week(
        a_session(days_ago(2), families=mixed),
        a_session(days_ago(2), "07:00", families=mixed),
        a_session(days_ago(1), families={"hip": 1}),
    )

    assert (found.strength_days, found.mobility_days, found.sessions) == (1, 2, 3)


def test_the_goals_are_handed_on() -> None:
    found = this_week([], TODAY, WeekGoals(1, 2, 3, 4), families())

    assert found == Week(0, 2, 0, 3, 0, 4, 0, 1)
