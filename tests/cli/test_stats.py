"""`backcoach stats`: what it prints of a real history, and what it loads for it."""

import json
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from session_building import Program, new_session

from backcoach.history.owner import this_process
from backcoach.history.records import EventRecord
from backcoach.history.store import Store
from backcoach.session.clock import SystemClock, local

NONE_YET = "No session yet. `backcoach play bird-dogs` is a start.\n"
EMPTY = {
    "version": 1,
    "sessions": 0,
    "active_ms": 0,
    "streak_days": 0,
    "adherence": {"planned": 0, "done": 0},
    "pain": {"days_7": None, "days_28": None, "change": None},
    "families": {},
    "stops": 0,
}


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A fresh home."""
    return Program(tmp_path)


def ago(days: float) -> datetime:
    """A moment before now, where this machine is."""
    return local(SystemClock().now()) - timedelta(days=days)


def write(
    program: Program,
    started: datetime,
    outcome: str | None = "completed",
    *events: tuple[str, dict[str, Any]],
    active_ms: int = 257_000,
    **changes: Any,
) -> None:
    """Write a session into the history; one without an outcome runs as long as this process."""
    session = new_session(f"{started}-{outcome}", started, **changes)
    ends = [("end", {"outcome": outcome})] if outcome else [("pause", {})]
    with Store(program.history) as store, store.transaction():
        store.begin(session, this_process())
        for seq, (kind, data) in enumerate([*events, *ends], 1):
            store.add(session.id, EventRecord(seq, started, active_ms, kind, data))


def rep(exercise: str, family: str, ms: int) -> tuple[str, dict[str, Any]]:
    """A rep that was done."""
    data = {"exercise": exercise, "family": family, "side": None, "reps": 1, "real_ms": ms}
    return "rep", data


def stop(exercise: str, side: str | None, pain: int) -> list[tuple[str, dict[str, Any]]]:
    """A stop, and how much it hurt."""
    place = {"number": 1, "exercise": exercise, "side": side, "set": 1, "rep": 1}
    return [
        ("stop", place | {"stopped_at_ms": 1000, "moved": False}),
        ("answer", {"number": 1, "question": "how-much", "value": pain}),
    ]


def stats(program: Program) -> dict[str, Any]:
    """What `stats --json` says."""
    done = program.run("stats", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def lines(program: Program) -> dict[str, list[str]]:
    """What `stats` says, by what it is about."""
    done = program.run("stats")
    assert (done.returncode, done.stderr) == (0, "What counts, and how: backcoach stats --help\n")
    found: dict[str, list[str]] = {}
    label = ""
    for line in done.stdout.splitlines():
        label = line[:18].strip() or label
        found.setdefault(label, []).append(line[18:])
    return found


def test_without_a_history_nothing_is_made(program: Program) -> None:
    done = program.run("stats")

    assert (done.returncode, done.stdout, done.stderr) == (0, NONE_YET, "")
    assert stats(program) == EMPTY
    assert list(stats(program)) == list(EMPTY)
    assert not program.data.exists()


def test_a_history_of_rehearsals_is_none(program: Program) -> None:
    write(program, ago(0.1), rehearsal=True)
    write(program, ago(0), None)

    assert stats(program) == EMPTY
    assert program.run("stats").stdout == NONE_YET


def test_what_the_sessions_come_to(program: Program) -> None:
    write(program, ago(2), "completed", rep("bridge", "posterior", 90_000), pain_before=3)
    write(
        program,
        ago(1),
        "pain",
        rep("bird-dog", "posterior", 30_000),
        *stop("bird-dog", "left", 6),
        ("pain-after", {"value": 2}),
        active_ms=43_000,
        pain_before=4,
    )
    walk = {
        "exercise": "walk",
        "name": "Walk",
        "family": "walking",
        "reps": 1,
        "real_ms": 1_200_000,
    }
    write(
        program,
        ago(40),
        "completed",
        ("activity", walk),
        active_ms=1_200_000,
        by_hand=True,
        planned_ms=0,
        pain_before=None,
    )

    assert stats(program) == {
        "version": 1,
        "sessions": 3,
        "active_ms": 1_500_000,
        "streak_days": 2,
        "adherence": {"planned": 1, "done": 2},
        "pain": {"days_7": 3.5, "days_28": 3.5, "change": None},
        "families": {"walking": 1_200_000, "posterior": 120_000},
        "stops": 1,
    }
    found = lines(program)
    week = found.pop("This week")
    assert found == {
        "Streak": ["2 days"],
        "Last 28 days": ["2 sessions of 1 planned"],
        "Pain": [
            "3.5 over 7 days, 3.5 over 28 days, before sessions",
            "2.0 lower after a session than before, on average",
        ],
        "Since last month": [
            "5 minutes, 20 in the month before.",
            "2 sessions, none in the month before.",
            "1 stop, none in the month before.",
        ],
        "In all": ["3 sessions (1 by hand), 25:00, 1 stop"],
        "where it hurt": ["bird-dog, left: 1 stop, worst 6"],
        "by family": ["    20:00  walking", "     2:00  posterior"],
    }
    # How much of it was this week is a matter of today.
    assert week[0].endswith(" of 4 sessions, 0 of 150 minutes of walking")
    assert week[1].startswith("strength on ")


def test_exercises_have_the_name_they_had_last(program: Program) -> None:
    for days, name in ((3, "Knee in"), (2, "Knee to\x1b[2J chest")):
        step = {"number": 1, "exercise": "knee-to-chest", "name": name, "planned": {"left": 1}}
        plan = {"version": 2, "steps": [step]}
        write(program, ago(days), "pain", *stop("knee-to-chest", "left", 3), plan=plan)

    (line,) = lines(program)["where it hurt"]

    assert line == "Knee to\N{REPLACEMENT CHARACTER}[2J chest, left: 2 stops, worst 3"


def test_each_thing_is_said_on_one_line(program: Program) -> None:
    for days in (1, 2, 3, 31, 32, 33):
        write(program, ago(days), pain_before=3 if days > 30 else 2)

    (line,) = (each for each in lines(program)["Since last month"] if "too little" in each)

    assert len(line) > 80 - 18


def test_the_goals_are_those_of_the_settings(program: Program) -> None:
    write(program, ago(0))
    settings = program.home / "config" / "settings.toml"
    settings.parent.mkdir()
    goals = "sessions = 0\nwalking = '0s'\nstrength_days = 0\nmobility_days = 0\n"
    settings.write_text(f"[week]\n{goals}", "utf-8")

    found = lines(program)

    assert found["Last 28 days"] == ["1 session"]
    assert found["This week"] == [
        "1 session, no minutes of walking",
        "strength on no days, mobility on no days",
    ]
    settings.write_text("[week]\nsessions = 21\n", "utf-8")
    assert stats(program)["adherence"] == {"planned": 3, "done": 1}


def test_what_a_history_says_reaches_the_terminal_as_text(program: Program) -> None:
    bad = "\x1b]0;x\x07\nplank"
    write(program, ago(0), "pain", rep(bad, bad, 1000), *stop(bad, bad, 3))

    done = program.run("stats")

    assert all(character.isprintable() for line in done.stdout.split("\n") for character in line)
    assert list(stats(program)["families"]) == [bad]


def test_a_damaged_history_is_said(program: Program) -> None:
    program.data.mkdir()
    program.history.write_bytes(b"no database at all\n" * 100)

    done = program.run("stats", "--json")

    assert done.returncode == 1
    assert done.stdout == ""
    assert str(program.history) in done.stderr


def test_a_newer_history_is_read(program: Program) -> None:
    write(program, ago(0))
    with closing(sqlite3.connect(program.history)) as newer, newer:
        newer.execute("UPDATE meta SET value = '99' WHERE key = 'min_writer'")
        newer.execute("PRAGMA user_version = 99")

    assert stats(program)["sessions"] == 1


def test_the_help_says_what_counts(program: Program) -> None:
    said = " ".join(program.run("stats", "--help").stdout.split())

    for words in (
        "Rehearsals never count.",
        "up to two of them at a time with nothing",
        "stopped because it hurt, or had half of its time",
        "less than 2 points says nothing",
        "A month is 28 days.",
    ):
        assert words in said


@pytest.mark.parametrize("args", [("stats",), ("stats", "--json")])
def test_little_is_loaded(program: Program, args: tuple[str, ...]) -> None:
    write(program, ago(0))
    code = """
import sys
from backcoach.cli.main import main
try:
    main()
except SystemExit:
    print(*{"textual", "rich", "pydantic", "tomli_w", "icalendar"} & sys.modules.keys(), "loaded")
"""

    done = program.python(code, *args)

    assert done.stdout.endswith("\nloaded\n"), done.stdout + done.stderr
