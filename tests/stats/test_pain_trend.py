"""How pain has gone: means by day, windows, and words that never say more than is so."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stats_building import TODAY, a_session, a_walk, days_ago

from backcoach.history.records import SessionRecord
from backcoach.stats.pain import PainTrend, daily_pain, pain_trend, pain_words

NOTHING = PainTrend(None, None, None, None, None)


def scored(first: int, *days: Sequence[int]) -> list[SessionRecord]:
    """Sessions with these scores before, on days from so many days ago on, a day each."""
    return [
        a_session(days_ago(first - number), pain_before=score)
        for number, scores in enumerate(days)
        for score in scores
    ]


def months(before: Sequence[Sequence[int]], now: Sequence[Sequence[int]]) -> PainTrend:
    """The trend of two months, each with scores on its first days."""
    return pain_trend([*scored(55, *before), *scored(27, *now)], TODAY)


def test_without_a_score_there_is_nothing() -> None:
    assert pain_trend([], TODAY) == NOTHING
    assert pain_trend([a_session()], TODAY) == NOTHING


def test_a_day_has_the_mean_of_its_scores() -> None:
    sessions = [*scored(1, [1, 2], [4]), a_session(days_ago(1)), a_walk(pain_before=3)]

    assert daily_pain(sessions) == {days_ago(1): 1.5, TODAY: 3.5}


def test_a_month_is_the_mean_of_days_and_not_of_sessions() -> None:
    trend = pain_trend(scored(1, [8, 8, 8, 8], [2]), TODAY)

    assert (trend.days_7, trend.days_28) == (5.0, 5.0)


def test_the_windows_end_today() -> None:
    sessions = [
        *scored(55, [10]),
        *scored(28, [6], [4]),
        *scored(7, [2], [0]),
        *scored(-1, [10]),
        *scored(56, [10]),
    ]

    trend = pain_trend(sessions, TODAY)

    assert (trend.days_7, trend.days_28, trend.before_28) == (0.0, 2.0, 8.0)


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        ([[4], [4]], [[1], [1], [1]], None),
        ([[4], [4], [4]], [[1], [1]], None),
        # Three scores of one day are one day.
        ([[4], [4], [4]], [[1, 1, 1]], None),
        ([[4], [4], [4]], [[1], [1], [1]], -3.0),
        ([], [[1], [1], [1]], None),
    ],
)
def test_two_months_are_compared_from_three_days_on_in_each(
    before: list[list[int]], now: list[list[int]], change: float | None
) -> None:
    assert months(before, now).change == change


@pytest.mark.parametrize(
    ("before", "now", "change", "words"),
    [
        ([3, 3, 3], [3, 3, 3], 0.0, "about the same as the month before"),
        ([3] * 11 + [4], [3] * 12, 0.0, "about the same as the month before"),
        ([3] * 12, [3] * 11 + [4], 0.0, "about the same as the month before"),
        (
            [3, 3, 3],
            [2, 2, 3],
            -0.6,
            "0.6 lower than the month before: too little to call (2 would be)",
        ),
        (
            [2, 2, 3],
            [3, 3, 3],
            0.6,
            "0.6 higher than the month before: too little to call (2 would be)",
        ),
        # 1.95: rounded to the nearest it would read 2.0, and that is a change.
        (
            [4] * 20,
            [2] * 19 + [3],
            -1.9,
            "1.9 lower than the month before: too little to call (2 would be)",
        ),
        (
            [2] * 27,
            [4] * 26 + [3],
            1.9,
            "1.9 higher than the month before: too little to call (2 would be)",
        ),
        # Sums of floats would make these 1.9999999.
        ([3, 3, 4], [1, 1, 2], -2.0, "2.0 lower than the month before"),
        ([1, 1, 2], [3, 3, 4], 2.0, "2.0 higher than the month before"),
        ([6, 6, 6], [3, 4, 4], -2.3, "2.3 lower than the month before"),
        ([0, 0, 0], [10, 10, 10], 10.0, "10.0 higher than the month before"),
    ],
)
def test_a_change_below_two_points_is_none(
    before: list[int], now: list[int], change: float, words: str
) -> None:
    trend = months([[score] for score in before], [[score] for score in now])

    assert trend.change == change
    assert pain_words(trend) == words


def test_a_month_with_too_few_scores_isn_t_compared() -> None:
    assert pain_words(NOTHING) == "too few scores to compare with the month before"


def test_afterwards_needs_both_scores() -> None:
    sessions = [
        a_session(pain_before=4, pain_after=2),
        a_session(pain_before=4, pain_after=3),
        a_session(pain_before=9),
        a_session(pain_after=9),
        a_session(days_ago(28), pain_before=0, pain_after=10),
    ]

    assert pain_trend(sessions, TODAY).afterwards == -1.5


SCORES = st.lists(st.lists(st.integers(0, 10), min_size=1, max_size=4), min_size=3, max_size=28)


@given(SCORES, SCORES)
def test_only_a_change_of_two_points_is_said_without_a_doubt(
    before: list[list[int]], now: list[list[int]]
) -> None:
    trend = months(before, now)
    words = pain_words(trend)
    means = [sum(sum(day) / len(day) for day in month) / len(month) for month in (now, before)]

    assert trend.change is not None
    assert abs(trend.change) <= abs(means[0] - means[1]) + 1e-9
    assert trend.change == pytest.approx(means[0] - means[1], abs=0.1 + 1e-9)
    assert ("too little" in words or "same" in words) == (abs(means[0] - means[1]) < 2 - 1e-9)
    assert not {"better", "worse", "improved", "good", "bad"} & set(words.split())
