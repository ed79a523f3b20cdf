"""Whether a session should start, by the answers before it."""

import json

import pytest
from player_building import timeline_of

from backcoach.coach.checkin import ANCHORS, CheckIn, reason_not_to_start
from backcoach.coach.words import NEW_SYMPTOM
from backcoach.timeline.model import RULEBOOK_START_PAIN, Safety


def reason(pain: int, limit: int, *, nothing_new: bool = True) -> str:
    """Why a session with this limit doesn't start."""
    return reason_not_to_start(CheckIn(pain, nothing_new), Safety(max_start_pain=limit))


@pytest.mark.parametrize("limit", range(6))
@pytest.mark.parametrize("pain", range(11))
def test_it_starts_up_to_the_limit(pain: int, limit: int) -> None:
    assert (reason(pain, limit) == "") is (pain <= limit)


@pytest.mark.parametrize("pain", range(11))
def test_something_new_comes_before_everything_else(pain: int) -> None:
    assert reason(pain, 10, nothing_new=False) == NEW_SYMPTOM
    assert reason(pain, 0, nothing_new=False) == NEW_SYMPTOM


def test_something_new_asks_for_a_look() -> None:
    assert "doctor" in NEW_SYMPTOM
    assert "same day" in NEW_SYMPTOM


@pytest.mark.parametrize(("pain", "limit"), [(4, 3), (5, 3), (6, 5), (7, 5), (1, 0)])
def test_too_much_for_this_routine_says_both_numbers(pain: int, limit: int) -> None:
    words = reason(pain, limit)

    assert f"{limit} or less" in words
    assert f"; {pain} asks for something gentler" in words


@pytest.mark.parametrize("pain", [8, 9, 10])
def test_eight_and_more_asks_for_medical_advice(pain: int) -> None:
    words = reason(pain, 3)

    assert words.startswith(f"At {pain} no exercise")
    assert "medical advice" in words


def test_without_a_file_the_rulebook_counts() -> None:
    assert RULEBOOK_START_PAIN == 5
    assert reason_not_to_start(CheckIn(5, nothing_new=True), Safety()) == ""
    assert reason_not_to_start(CheckIn(6, nothing_new=True), Safety()) != ""


@pytest.mark.parametrize("in_file", [6, 8, 10])
def test_no_file_can_ask_for_more_pain_than_the_rulebook_lets(in_file: int) -> None:
    steps = {"exercise": "lift-up", "reps": 1}
    timeline = timeline_of(steps, safety={"max_start_pain": in_file})

    assert reason_not_to_start(CheckIn(6, nothing_new=True), timeline.safety) != ""


def test_the_answers_are_kept_as_they_were_given() -> None:
    asked = CheckIn(3, nothing_new=True)
    declared = CheckIn(0, nothing_new=False, declared=True)

    assert asked.answers == {"pain": 3, "nothing_new": True, "declared": False}
    assert json.loads(json.dumps(declared.answers)) == {
        "pain": 0,
        "nothing_new": False,
        "declared": True,
    }


def test_every_number_has_words() -> None:
    assert len(ANCHORS) == 11
    assert ANCHORS[0] == "none"
    assert all(ANCHORS)
