"""A session's events in words: the sets, what hurt, what was put right, and what is unknown."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from past_building import BEGAN, evening_detail

from backcoach.history.desk import Detail
from backcoach.history.records import EventRecord
from backcoach.report.session_log import LogLine, session_log


def told(detail: Detail) -> list[str]:
    """What the lines say."""
    return [line.text for line in session_log(detail)]


def with_events(*more: tuple[str, object], after: timedelta = timedelta(days=1)) -> Detail:
    """The evening with something written down afterwards, on the next day if nothing is said."""
    added = [(kind, {"value": value}) for kind, value in more]
    return only(*added, after=after, before=evening_detail().events)


def only(
    *events: tuple[str, Mapping[str, Any]], after: timedelta = timedelta(0), before: Any = ()
) -> Detail:
    """The evening with these events alone, or after those before."""
    added = [
        EventRecord(number, BEGAN + after, 260_000, kind, data)
        for number, (kind, data) in enumerate(events, len(before) + 1)
    ]
    return replace(evening_detail(), events=(*before, *added))


def rep(number: int, side: str | None, **more: Any) -> tuple[str, dict[str, Any]]:
    """A rep of the leg slide."""
    place = {"step": 2, "exercise": "leg-slide", "round": None, "set": 1}
    return "rep", {**place, "side": side, "rep": number, "reps": 1, "held_ms": 3000, **more}


def test_a_session_is_told_set_by_set() -> None:
    assert told(evening_detail()) == [
        "Curl-up · 3+2 × 8 s",
        "  set 1 · 3 × 8 s",
        "paused for 0:30",
        "  set 2 · 2 × 8 s",
        "Leg slide · 3 × 3 s a side",
        "  left · set 1 · 3 × 8 s",
        "  right · set 1 · 2 × 8 s",
        "× it hurt: Leg slide, right, set 1, rep 3, 2 s into the hold",
        "  what it was: sharp or stabbing",
        "  where: low back",
        "  how much: 4",
        "Bridge: left out: only gentle ones after a stop",
        "90/90 rest · 1 min",
        "  1:00",
        "done",
    ]


def test_sides_that_take_turns_are_one_line() -> None:
    turns = [rep(number, side) for number in (1, 2, 3) for side in ("left", "right")]

    assert told(only(*turns)) == ["  left and right · set 1 · 6 × 3 s"]


def test_holds_of_different_lengths_are_told_one_by_one() -> None:
    reps = [rep(1, "left"), rep(2, "left", held_ms=1600), rep(3, "left")]

    assert told(only(*reps)) == ["  left · set 1 · 3 reps · held 3, 2, 3 s"]


def test_a_line_has_its_time_and_how_far_the_session_was() -> None:
    assert session_log(evening_detail())[1] == LogLine("18:07:20", "0:20", "  set 1 · 3 × 8 s")


def test_what_stood_there_before_is_told_below_its_day() -> None:
    detail = with_events(
        ("note", "stiff"), ("note", "stiff at first"), ("pain-before", 3), ("pain-after", 10)
    )

    assert [(line.time, line.text) for line in session_log(detail)][-5:] == [
        ("15 May", ""),
        ("18:07:00", "note: stiff"),
        ("18:07:00", "note: stiff at first   (was: stiff)"),
        ("18:07:00", "pain before: 3   (was: 2)"),
        ("18:07:00", "pain afterwards: 10"),
    ]


def test_the_day_is_told_with_its_year_where_that_is_another() -> None:
    line = session_log(with_events(("note", "late"), after=timedelta(days=300)))[-2]

    assert (line.time, line.text) == ("10 Mar 2027", "")


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("step", {"step": 1, "round": 2}, "Curl-up · 3+2 × 8 s · round 2"),
        ("step", {"step": 9}, "step 9"),
        ("pause", {"reason": "key", "lost_ms": 0}, "paused"),
        (
            "pause",
            {"reason": "gap", "lost_ms": 65_000},
            "the machine slept or the program stood still: 1:05 not counted",
        ),
        ("skip", {"step": 1, "to_step": 2}, "on to Leg slide"),
        ("skip", {"step": 4, "to_step": None}, "on to the end"),
        ("back", {"step": 2, "to_step": 1, "undone": False}, "back to Curl-up"),
        ("back", {"step": 2, "to_step": 1, "undone": True}, "took that back: Curl-up"),
        ("change", {"step": 1, "phase": "hold", "by_ms": -5000}, "the hold 5 s shorter"),
        ("change", {"step": 1, "phase": "hold", "by_ms": 5000}, "the hold 5 s longer"),
        (
            "swap",
            {"form": "easier", "exercise": "bridge"},
            "on with an easier exercise: Bridge",
        ),
        ("swap", {"form": "smaller", "exercise": "bridge"}, "made smaller: half of the hold"),
        ("ache", {"exercise": "bridge"}, "it ached"),
        ("ache", {"exercise": "bridge", "ends": True}, "it ached again: this exercise ended"),
        ("stop", {"number": 1, "step": 3, "moved": True}, "× no, the one before: Bridge"),
        (
            "stop",
            {"number": 1, "step": 4, "phase": "timed", "into_ms": 22_400},
            "× it hurt: 90/90 rest, 22 s into it",
        ),
        ("mistake", {"number": 1}, "× that was pressed by mistake"),
        ("answer", {"number": 1, "question": "where", "value": None}, "  where: left out"),
        (
            "answer",
            {"number": 1, "question": "position", "value": "crook"},
            "  rested as: 90/90 rest",
        ),
        (
            "left-out",
            {"step": 3, "reason": "family"},
            "Bridge: left out: the same kind as the one that hurt",
        ),
        ("activity", {"name": "Walk", "real_ms": 1_200_000}, "Walk · 20:00"),
        ("end", {"outcome": "pain"}, "ended after a stop"),
        ("taken-over", {}, "gone on with"),
        ("check-in", {"pain": 3, "new": "no"}, "checked in again: pain 3"),
        ("declined", {"value": True}, "not gone on with"),
        ("morning", {"value": "same"}, "next morning: same"),
        ("ached-after", {"value": [1, 3]}, "ached: Curl-up, Bridge"),
        ("ached-after", {"value": []}, "ached: nothing"),
        ("jumped", {}, "jumped"),
        ("yawn", {"why": "x" * 100}, 'yawn {"why": "' + "x" * 50 + "…"),
    ],
)
def test_every_event_has_its_words(kind: str, data: dict[str, Any], words: str) -> None:
    assert told(only((kind, data))) == [words]


def test_a_pause_says_how_long_it_was_and_what_follows_needs_no_line() -> None:
    assert told(only(("resume", {}))) == []


def test_text_of_others_is_text() -> None:
    (line,) = told(only(("note", {"value": "\x1b[31mred"})))

    assert line.isprintable()
    assert line.startswith("note: ")
