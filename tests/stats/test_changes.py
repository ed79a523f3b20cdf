"""What has changed since last month, in words."""

from hypothesis import given
from stats_building import HISTORIES, TODAY, a_session, a_stop, a_walk, days_ago

from backcoach.history.records import SessionRecord
from backcoach.stats.change import changes


def test_nothing_done_is_nothing_said() -> None:
    assert changes([], TODAY) == []
    assert changes([a_session(days_ago(56)), a_session(days_ago(-1))], TODAY) == []


def test_two_months_beside_each_other() -> None:
    sessions = [
        *(
            a_session(days_ago(days), minutes=8.2, pain_before=2, aches=("plank",))
            for days in range(5)
        ),
        a_walk(days_ago(27), minutes=20),
        a_session(days_ago(27), stops=(a_stop(), a_stop(mistake=True))),
        *(a_session(days_ago(28 + days), pain_before=3) for days in range(4)),
        a_session(days_ago(55), stops=(a_stop(), a_stop())),
    ]

    assert changes(sessions, TODAY) == [
        "71 minutes, 50 in the month before.",
        "6 sessions, 5 in the month before.",
        "1 stop, 2 in the month before.",
        "5 aches, none in the month before.",
        "Pain before sessions: 1.0 lower than the month before: too little to call (2 would be).",
    ]


def test_a_first_month() -> None:
    assert changes([a_session()], TODAY) == [
        "10 minutes, none in the month before.",
        "1 session, none in the month before.",
    ]


def test_a_walk_by_hand_has_its_minutes_and_is_no_session() -> None:
    assert changes([a_walk(minutes=20)], TODAY) == ["20 minutes, none in the month before."]
    assert changes([a_session(minutes=0, outcome="ended")], TODAY) == []


def test_a_month_without_anything_after_one_with() -> None:
    sessions = [a_session(days_ago(30), stops=(a_stop(),))]

    assert changes(sessions, TODAY) == [
        "No minutes, 10 in the month before.",
        "No sessions, 1 in the month before.",
        "No stops, 1 in the month before.",
    ]


def test_two_months_alike() -> None:
    sessions = [a_session(days_ago(days), pain_before=3) for days in (0, 1, 2, 28, 29, 30)]

    assert changes(sessions, TODAY) == [
        "30 minutes, as in the month before.",
        "3 sessions, as in the month before.",
        "Pain before sessions: about the same as the month before.",
    ]


@given(HISTORIES)
def test_nothing_is_called_better_or_worse(sessions: list[SessionRecord]) -> None:
    for sentence in changes(sessions, TODAY):
        assert sentence.endswith(".")
        assert sentence[0].isupper() or sentence[0].isdigit()
        assert not {"better", "worse", "improved", "only"} & set(sentence.lower().split())
