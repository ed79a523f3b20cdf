"""The streak, which rest never breaks."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stats_building import HISTORIES, TODAY, a_session, a_walk, days_ago

from backcoach.history.records import SessionRecord
from backcoach.stats.streak import MOST_REST_DAYS, streak_days


def streak(days: Iterable[int]) -> int:
    """The streak of a session on each of these days ago."""
    return streak_days([a_session(days_ago(days)) for days in days], TODAY)


@pytest.mark.parametrize(
    ("days", "length"),
    [
        ([], 0),
        ([0], 1),
        ([0, 0, 0], 1),
        ([1], 1),
        ([3], 1),
        ([4], 0),
        ([0, 1, 2], 3),
        ([1, 2, 3], 3),
        # Rest days in between are part of it, those since are not yet.
        ([0, 3], 4),
        ([0, 4], 1),
        ([3, 6, 9], 7),
        ([3, 6, 10], 4),
        ([4, 5, 6], 0),
        (range(0, 400, 3), 400),
        (range(0, 100, 4), 1),
        # A day to come neither makes a streak nor breaks one.
        ([-1], 0),
        ([-1, 0, 1], 2),
        ([-2000, 0], 1),
    ],
)
def test_a_streak_goes_on_over_two_days_of_rest(days: Iterable[int], length: int) -> None:
    assert streak(days) == length


@pytest.mark.parametrize(
    ("session", "keeps"),
    [
        ({}, True),
        ({"minutes": 0.5}, True),
        ({"outcome": "pain", "minutes": 0.1}, True),
        ({"outcome": "ended", "minutes": 1}, True),
        ({"outcome": "ended", "minutes": 0.99}, False),
        ({"outcome": "interrupted", "minutes": 1}, True),
        ({"outcome": "interrupted", "minutes": 0.99}, False),
        ({"routine": "acute-relief"}, True),
        ({"rehearsal": True}, False),
        ({"outcome": "running"}, False),
    ],
)
def test_what_keeps_it(session: dict[str, Any], keeps: bool) -> None:
    sessions = [a_session(days_ago(4)), a_session(days_ago(2), **session), a_session()]

    assert streak_days(sessions, TODAY) == (5 if keeps else 1)


def test_a_walk_by_hand_keeps_it_too() -> None:
    assert streak_days([a_session(days_ago(4)), a_walk(days_ago(2)), a_walk()], TODAY) == 5


def test_the_48_hours_after_a_stop_break_nothing() -> None:
    stopped = a_session(days_ago(3), "08:00", outcome="pain")

    assert MOST_REST_DAYS * 24 >= 48
    assert streak_days([stopped, a_session(TODAY, "08:01")], TODAY) == 4


def test_midnight_parts_two_days() -> None:
    sessions = [a_session(days_ago(1), "23:59:59"), a_session(TODAY, "00:00")]

    assert streak_days(sessions, TODAY) == 2


@pytest.mark.parametrize("hours", [(1, 2), (2, 1)])
def test_the_clocks_change_breaks_none(hours: tuple[float, float]) -> None:
    before, after = hours
    sessions = [
        a_session(days_ago(2), "23:30", hours=before),
        a_session(days_ago(1), "02:30", hours=after),
        a_session(TODAY, "00:15", hours=after),
    ]

    assert streak_days(sessions, TODAY) == 3


def test_a_flight_over_the_date_line_breaks_none() -> None:
    # West: the 21st is skipped altogether. East: the 22nd is lived twice.
    west = [a_session(days_ago(2), hours=-10), a_session(TODAY, hours=13)]
    assert streak_days(west, TODAY) == 3

    east = [a_session(TODAY, "08:00", hours=13), a_session(days_ago(1), "18:00", hours=-10)]
    # Back on the 21st, the 22nd hasn't come yet; on the 22nd it has.
    assert streak_days(east, days_ago(1)) == 1
    assert streak_days(east, TODAY) == 2


def test_a_clock_that_was_set_back_takes_its_day_out_until_it_comes() -> None:
    wrong = a_session(date(2027, 6, 1))
    sessions = [a_session(days_ago(1)), wrong, a_session()]

    assert streak_days(sessions, TODAY) == 2
    assert streak_days(sessions, date(2027, 6, 2)) == 1


@given(HISTORIES, st.integers(0, 40).map(days_ago))
def test_it_never_exceeds_what_there_is(sessions: list[SessionRecord], today: date) -> None:
    days = {each.day for each in sessions if each.day <= today}
    length = streak_days(sessions, today)

    assert 0 <= length <= ((max(days) - min(days)).days + 1 if days else 0)


@given(st.sets(st.integers(0, 40)))
def test_it_is_the_longest_that_reaches_today(days: set[int]) -> None:
    length = streak(days)
    if not length:
        assert min(days, default=99) > MOST_REST_DAYS + 1
        return
    last = min(days)
    first = last + length - 1
    assert first in days
    for day in range(last, first + 1):
        assert days & set(range(day, day + MOST_REST_DAYS + 1))
    assert not days & set(range(first + 1, first + MOST_REST_DAYS + 2))


@given(HISTORIES)
def test_a_session_today_never_shortens_it(sessions: list[SessionRecord]) -> None:
    more = [*sessions, a_session()]

    assert streak_days(more, TODAY) >= max(1, streak_days(sessions, TODAY))
