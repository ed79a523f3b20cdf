"""Which day a session belongs to, and which days a window has."""

from datetime import date
from typing import Any

import pytest
from stats_building import TODAY, a_session, a_stop, a_walk, days_ago

from backcoach.stats.days import in_last, minutes_by_day, stop_days

SPRING = date(2026, 3, 29)
AUTUMN = date(2026, 10, 25)
"""The days of 23 and 25 hours in central Europe."""


def test_a_session_over_midnight_belongs_to_the_day_it_began_on() -> None:
    late = a_session(date(2026, 3, 28), "23:58", hours=5.5, minutes=20)

    assert late.ended_at is not None
    assert late.ended_at.date() == date(2026, 3, 29)
    assert minutes_by_day([late]) == {date(2026, 3, 28): 20}


@pytest.mark.parametrize(
    ("at", "hours", "utc_day"),
    [("23:30", -10, date(2026, 11, 23)), ("00:30", 13, date(2026, 11, 21))],
)
def test_the_day_is_that_of_the_place_and_not_of_utc(at: str, hours: float, utc_day: date) -> None:
    session = a_session(TODAY, at, hours=hours)

    assert (session.started_at - session.started_at.utcoffset()).date() == utc_day  # type: ignore[operator]
    assert minutes_by_day([session]) == {TODAY: 10}


@pytest.mark.parametrize(("day", "before", "after"), [(SPRING, 1, 2), (AUTUMN, 2, 1)])
def test_a_day_on_which_the_clocks_change_is_a_day(day: date, before: int, after: int) -> None:
    sessions = [
        a_session(day.replace(day=day.day - 1), "23:59", hours=before),
        a_session(day, "00:01", hours=before),
        a_session(day, "23:59", hours=after),
        a_session(day.replace(day=day.day + 1), "00:01", hours=after),
    ]

    assert list(minutes_by_day(sessions).values()) == [10, 20, 10]
    assert in_last(sessions, day.replace(day=day.day + 1), 2) == sessions[1:]


@pytest.mark.parametrize(
    ("days", "before", "inside"),
    [(1, 0, {0}), (7, 0, range(7)), (28, 0, range(28)), (28, 28, range(28, 56)), (1, 5, {5})],
)
def test_a_window_has_so_many_days_and_today_is_the_last(
    days: int, before: int, inside: "set[int] | range"
) -> None:
    sessions = [a_session(days_ago(n)) for n in range(-2, 60)]

    found = in_last(sessions, TODAY, days, before)

    assert {(TODAY - each.day).days for each in found} == set(inside)


def test_both_ends_of_a_day_are_in_its_window() -> None:
    sessions = [a_session(TODAY, at) for at in ("00:00", "23:59:59.999")]

    assert in_last(sessions, TODAY, 1) == sessions


def test_a_day_after_today_is_in_no_window_and_keeps_its_minutes() -> None:
    wrong = a_session(date(2031, 1, 1))

    assert in_last([wrong], TODAY, 10_000) == []
    assert minutes_by_day([wrong]) == {date(2031, 1, 1): 10}


@pytest.mark.parametrize("left_out", [{"rehearsal": True}, {"outcome": "running"}])
def test_a_rehearsal_and_what_still_runs_are_on_no_day(left_out: dict[str, Any]) -> None:
    sessions = [a_session(stops=(a_stop(),), **left_out)]

    assert minutes_by_day(sessions) == {}
    assert stop_days(sessions) == frozenset()
    assert in_last(sessions, TODAY, 7) == []


def test_the_minutes_of_a_day_are_added_up_walks_included() -> None:
    sessions = [a_session(minutes=4.5), a_walk(minutes=20), a_session(days_ago(1), minutes=0)]

    assert minutes_by_day(sessions) == {TODAY: 24.5}


def test_a_stop_that_was_a_mistake_marks_no_day() -> None:
    sessions = [
        a_session(stops=(a_stop(mistake=True),)),
        a_session(days_ago(1), stops=(a_stop(mistake=True), a_stop())),
        a_session(days_ago(2)),
    ]

    assert stop_days(sessions) == {days_ago(1)}
