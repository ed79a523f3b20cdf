"""Plain values: the stops of a session, and the shapes of its JSON."""

import json
from datetime import timedelta
from typing import Any

from session_building import evening, record

from backcoach.history.records import (
    EventRecord,
    SessionRecord,
    StopRecord,
    session_json,
    stops_of,
    to_json,
)


def stop(seq: int, number: int = 1, **changes: Any) -> EventRecord:
    """A stop in the second rep of a left leg."""
    place: dict[str, Any] = {
        "number": number,
        "exercise": "bird-dog",
        "side": "left",
        "set": 1,
        "rep": 2,
        "stopped_at_ms": 12_000,
        "moved": False,
    }
    return record(seq, "stop", 12_500, **place | changes)


def answer(seq: int, question: str, value: object, number: int = 1) -> EventRecord:
    return record(seq, "answer", 12_500, number=number, question=question, value=value)


PLACE = StopRecord("bird-dog", "left", 1, 2, 12_000)


def test_a_session_without_stops_has_none() -> None:
    assert stops_of([record(1, "step", step=1), record(2, "rep", number=None)]) == ()


def test_a_stop_without_answers() -> None:
    assert stops_of([stop(1)]) == (PLACE,)


def test_each_answer_is_kept_where_it_belongs() -> None:
    events = [stop(1), answer(2, "what", "dull"), answer(3, "where", "low-back")]
    events.append(answer(4, "how-much", 0))

    assert stops_of(events) == (
        StopRecord("bird-dog", "left", 1, 2, 12_000, "dull", "low-back", 0),
    )


def test_what_was_left_out_is_none() -> None:
    events = [stop(1), answer(2, "what", None), answer(3, "where", "thigh")]

    assert stops_of(events) == (StopRecord("bird-dog", "left", 1, 2, 12_000, None, "thigh"),)


def test_a_stop_that_was_moved_keeps_its_answers() -> None:
    moved = stop(3, side="right", rep=1, stopped_at_ms=14_000, moved=True)
    events = [stop(1), answer(2, "what", "sharp"), moved]

    assert stops_of(events) == (StopRecord("bird-dog", "right", 1, 1, 14_000, "sharp"),)


def test_a_stop_in_a_rest_has_no_place_of_its_own() -> None:
    (found,) = stops_of([stop(1, exercise=None, side=None, set=None, rep=None)])

    assert found == StopRecord(None, None, None, None, 12_000)


def test_a_mistake_is_kept_as_such() -> None:
    (found,) = stops_of([stop(1), record(2, "mistake", number=1)])

    assert found.mistake


def test_two_stops_are_told_apart() -> None:
    events = [stop(1), answer(2, "what", "dull"), stop(3, number=2), answer(4, "what", "sharp", 2)]
    events.append(record(5, "mistake", number=1))

    first, second = stops_of(events)
    assert (first.quality, first.mistake) == ("dull", True)
    assert (second.quality, second.mistake) == ("sharp", False)


def test_what_a_newer_version_says_is_passed_over() -> None:
    events = [
        stop(1),
        answer(2, "what", 17),
        answer(3, "why", "dull"),
        answer(4, "what", "dull", number=9),
        record(5, "answer", number="one", question="what", value="dull"),
        record(6, "telepathy", number=1),
    ]

    assert stops_of(events) == (PLACE,)


def test_a_stop_of_an_older_version_has_the_time_it_was_written_at() -> None:
    (found,) = stops_of([record(1, "stop", 7000, number=1)])

    assert found.at_ms == 7000


def test_the_json_of_a_session() -> None:
    session = SessionRecord(
        id="one",
        routine="bird-dogs",
        name="Bird-dogs",
        started_at=evening() + timedelta(milliseconds=789),
        ended_at=None,
        outcome="running",
        rehearsal=False,
        active_ms=1000,
        planned_ms=257_000,
        stops=(PLACE,),
    )

    assert json.dumps(session_json(session)) == json.dumps(
        {
            "id": "one",
            "routine": "bird-dogs",
            "name": "Bird-dogs",
            "started_at": "2026-03-29T19:30:00+05:30",
            "ended_at": None,
            "outcome": "running",
            "rehearsal": False,
            "active_ms": 1000,
            "planned_ms": 257_000,
            "pain_before": None,
            "pain_after": None,
            "stops": [
                {
                    "exercise": "bird-dog",
                    "side": "left",
                    "set": 1,
                    "rep": 2,
                    "at_ms": 12_000,
                    "quality": None,
                    "where": None,
                    "intensity": None,
                    "mistake": False,
                }
            ],
        }
    )


def test_the_same_content_is_the_same_line() -> None:
    assert to_json({"b": [1, None], "a": "ä\n"}) == '{"a":"ä\\n","b":[1,null]}'
    assert to_json({"a": 1, "b": 2}) == to_json({"b": 2, "a": 1})
