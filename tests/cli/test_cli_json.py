"""The JSON answers: their keys exactly as documented, and what stands in them."""

import json
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from session_building import Program, evening, new_session, record

from backcoach.cli.main import Context, cli
from backcoach.history.owner import this_process
from backcoach.history.store import Store
from backcoach.paths import find_paths

BUNDLED = [
    *("acute-relief", "back-on-track", "bird-dogs", "bridge-plank-builder", "bridges"),
    *("core-big3", "core-foundation", "desk-break", "evening-winddown", "flare-first-48h"),
    *("knee-to-chest", "morning-mobility", "planks", "prevention-20"),
]
OWN = """
name = "My own"
stage = ["subacute"]
tags = ["mine"]

[[steps]]
repeat = 2
round_rest = 5
steps = [
    { exercise = "bird-dog", reps = 1, hold = 2 },
    { exercise = "cat-cow", reps = 3, pace = "self" },
    { rest = 7 },
]
"""
BROKEN = 'name = "Broken"\n\n[[steps]]\nexercise = "no-such-exercise"\n'


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A fresh home."""
    return Program(tmp_path)


def answer(program: Program, *args: str) -> dict[str, Any]:
    """What a command answers; the version is the first thing in it."""
    context = Context(find_paths(str(program.data), str(program.home / "config")))
    result = CliRunner(env=program.env()).invoke(cli, args, obj=context)
    assert result.exit_code == 0, result.output
    value = json.loads(result.stdout)
    assert isinstance(value, dict)
    assert next(iter(value.items())) == ("version", 1)
    return value


def routines(program: Program) -> dict[str, dict[str, Any]]:
    """The library by its ids."""
    return {row["id"]: row for row in answer(program, "list", "--json")["routines"]}


def write_sessions(program: Program) -> None:
    """Three sessions: one with stops, one that runs, and a rehearsal."""
    place = {"exercise": "bird-dog", "side": "left", "set": 1, "rep": 2, "moved": False}
    events = (
        record(1, "stop", 31_000, number=1, **place, stopped_at_ms=30_000),
        record(2, "answer", 31_000, number=1, question="what", value="sharp"),
        record(3, "stop", 40_000, number=2, **place, stopped_at_ms=39_000),
        record(4, "mistake", 40_000, number=2),
        record(5, "end", 41_000, outcome="pain"),
        record(6, "pain-after", 41_000, value=6),
    )
    with Store(program.history) as store, store.transaction():
        store.begin(new_session("old"), this_process())
        for event in events:
            store.add("old", event)
        store.begin(new_session("new", evening(60)), this_process())
        store.begin(new_session("fast", evening(30, UTC), rehearsal=True), this_process())
        store.add("fast", record(1, "end", 257_000, outcome="completed"))


# list


def test_list_has_these_keys(program: Program) -> None:
    value = answer(program, "list", "--json")

    assert list(value) == ["version", "routines"]
    for row in value["routines"]:
        assert list(row) == [
            *("id", "name", "source", "path", "total_ms", "stage", "tags"),
            *("last_completed_at", "problem"),
        ]


def test_list_has_the_bundled_routines(program: Program) -> None:
    found = routines(program)

    assert list(found) == BUNDLED
    for name, row in found.items():
        assert row["source"] == "bundled"
        assert Path(row["path"]).name == f"{name}.toml"
        assert Path(row["path"]).is_file()
        assert row["problem"] is row["last_completed_at"] is None
    assert found["bird-dogs"] | {"path": ""} == {
        "id": "bird-dogs",
        "name": "Bird-dogs, five minutes",
        "source": "bundled",
        "path": "",
        "total_ms": 257_000,
        "stage": ["subacute", "prevention"],
        "tags": ["core", "family"],
        "last_completed_at": None,
        "problem": None,
    }


def test_a_routine_of_ones_own_is_listed_in_its_place(program: Program) -> None:
    path = program.routines / "my-own.toml"
    path.write_text(OWN, "utf-8")
    found = routines(program)

    assert list(found) == sorted([*BUNDLED, "my-own"])
    row = found["my-own"]
    assert (row["name"], row["source"], row["path"]) == ("My own", "user", str(path))
    assert (row["stage"], row["tags"]) == (["subacute"], ["mine"])


def test_a_file_of_ones_own_wins_over_a_bundled_one(program: Program) -> None:
    path = program.routines / "planks.toml"
    path.write_text(OWN, "utf-8")
    found = routines(program)

    assert list(found) == BUNDLED
    row = found["planks"]
    assert (row["name"], row["source"], row["path"]) == ("My own", "user", str(path))
    assert answer(program, "show", "planks", "--json")["name"] == "My own"


def test_a_broken_file_is_listed_with_its_problem(program: Program) -> None:
    (program.routines / "broken.toml").write_text(BROKEN, "utf-8")
    found = routines(program)

    assert list(found) == sorted([*BUNDLED, "broken"])
    row = found["broken"]
    assert (row["name"], row["total_ms"]) == ("Broken", None)
    assert "no-such-exercise" in row["problem"]["message"]


def test_a_broken_file_of_ones_own_hides_the_bundled_one(program: Program) -> None:
    (program.routines / "planks.toml").write_text("name =", "utf-8")
    row = routines(program)["planks"]

    assert (row["name"], row["source"], row["total_ms"]) == ("planks", "user", None)
    assert row["problem"]["code"] == "toml-syntax"
    assert row["problem"]["line"] == 1


def test_the_problem_is_as_in_check(program: Program) -> None:
    (program.routines / "broken.toml").write_text(BROKEN, "utf-8")

    assert list(routines(program)["broken"]["problem"]) == [
        *("file", "line", "column", "end_line", "end_column"),
        *("severity", "code", "message", "help", "path"),
    ]


def test_a_folder_with_a_routines_name_is_a_problem(program: Program) -> None:
    (program.routines / "folder.toml").mkdir()
    row = routines(program)["folder"]

    assert (row["name"], row["total_ms"]) == ("folder", None)
    assert row["problem"]["message"]


def test_other_files_are_no_routines(program: Program) -> None:
    for name in (".hidden.toml", "notes.txt", "planks.toml~"):
        (program.routines / name).write_text(OWN, "utf-8")

    assert list(routines(program)) == BUNDLED


def test_list_says_when_each_was_last_completed(program: Program) -> None:
    write_sessions(program)
    assert routines(program)["bird-dogs"]["last_completed_at"] is None

    with Store(program.history) as store, store.transaction():
        store.begin(new_session("done", evening(100)), this_process())
        store.add("done", record(1, "end", outcome="completed"))

    found = routines(program)
    assert found["bird-dogs"]["last_completed_at"] == "2026-03-29T19:31:40+05:30"
    assert found["planks"]["last_completed_at"] is None


# show


def test_show_has_these_keys(program: Program) -> None:
    value = answer(program, "show", "bird-dogs", "--json")

    assert list(value) == ["version", "id", "name", "total_ms", "phases"]
    assert (value["id"], value["total_ms"]) == ("bird-dogs", 257_000)
    for phase in value["phases"]:
        assert list(phase) == [
            *("kind", "start_ms", "duration_ms", "step", "exercise", "side", "set", "rep", "round"),
        ]


def test_show_has_every_phase_one_after_the_other(program: Program) -> None:
    value = answer(program, "show", "bird-dogs", "--json")

    at = 0
    for phase in value["phases"]:
        assert phase["start_ms"] == at
        at += phase["duration_ms"]
    assert at == value["total_ms"]


def test_show_counts_from_one_and_has_null_where_there_is_nothing(program: Program) -> None:
    path = program.home / "mine.toml"
    path.write_text(OWN, "utf-8")
    value = answer(program, "show", str(path), "--json")
    phases = value["phases"]

    assert value["id"] == "mine"
    assert [phase["round"] for phase in phases] == sorted(phase["round"] for phase in phases)
    assert {phase["round"] for phase in phases} == {1, 2}
    first = phases[0]
    assert (first["kind"], first["exercise"], first["side"]) == ("prepare", "bird-dog", "left")
    assert (first["set"], first["rep"], first["round"]) == (1, 1, 1)
    assert {phase["step"] for phase in phases} == {1, 2, 3}
    (self_paced, _) = [phase for phase in phases if phase["kind"] == "self-paced"]
    assert self_paced["duration_ms"] is self_paced["side"] is None
    rests = [phase for phase in phases if phase["kind"] == "rest"]
    for rest in rests:
        assert rest["exercise"] is rest["side"] is rest["set"] is rest["rep"] is None
    assert {rest["duration_ms"] for rest in rests} == {7000, 5000}
    counted = [phase["duration_ms"] for phase in phases if phase["kind"] != "self-paced"]
    assert sum(counted) == value["total_ms"]


@pytest.mark.parametrize("routine", BUNDLED)
def test_show_knows_these_kinds_and_sides(program: Program, routine: str) -> None:
    phases = answer(program, "show", routine, "--json")["phases"]

    assert {phase["kind"] for phase in phases} <= {
        *("prepare", "move-in", "hold", "move-out", "rep-rest", "switch", "set-rest"),
        *("rest", "timed", "self-paced"),
    }
    assert {phase["side"] for phase in phases} <= {"left", "right", None}


# history


def test_an_empty_history_is_an_empty_list(program: Program) -> None:
    assert answer(program, "history", "--json") == {"version": 1, "sessions": []}
    assert not program.data.exists()


def test_history_has_these_keys(program: Program) -> None:
    write_sessions(program)
    value = answer(program, "history", "--json")

    assert list(value) == ["version", "sessions"]
    for session in value["sessions"]:
        assert list(session) == [
            *("id", "routine", "name", "started_at", "ended_at", "outcome", "rehearsal"),
            *("active_ms", "planned_ms", "pain_before", "pain_after", "stops"),
        ]
        for stop in session["stops"]:
            assert list(stop) == [
                *("exercise", "side", "set", "rep", "at_ms", "quality", "where", "intensity"),
                "mistake",
            ]


def test_history_has_every_session_newest_first(program: Program) -> None:
    write_sessions(program)
    fast, new, old = answer(program, "history", "--json")["sessions"]

    assert [fast["id"], new["id"], old["id"]] == ["fast", "new", "old"]
    assert fast["rehearsal"] is True
    assert fast["started_at"] == "2026-03-29T19:30:30+00:00"
    assert (new["outcome"], new["ended_at"], new["pain_after"]) == ("running", None, None)
    assert old | {"stops": []} == {
        "id": "old",
        "routine": "bird-dogs",
        "name": "Bird-dogs, five minutes",
        "started_at": "2026-03-29T19:30:00+05:30",
        "ended_at": "2026-03-29T19:30:05+05:30",
        "outcome": "pain",
        "rehearsal": False,
        "active_ms": 41_000,
        "planned_ms": 257_000,
        "pain_before": 2,
        "pain_after": 6,
        "stops": [],
    }
    place = {"exercise": "bird-dog", "side": "left", "set": 1, "rep": 2}
    assert old["stops"] == [
        place
        | {"at_ms": 30_000, "quality": "sharp", "where": None}
        | {"intensity": None, "mistake": False},
        place
        | {"at_ms": 39_000, "quality": None, "where": None}
        | {"intensity": None, "mistake": True},
    ]


# paths


def test_paths_has_these_keys(program: Program) -> None:
    value = answer(program, "paths", "--json")
    data, config = program.data, program.home / "config"

    assert list(value.items()) == [
        ("version", 1),
        ("data", str(data)),
        ("config", str(config)),
        ("routines", str(config / "routines")),
        ("exercises", str(config / "exercises")),
        ("history", str(data / "history.db")),
        ("backups", str(data / "backups")),
        ("log", str(data / "backcoach.log")),
    ]
    assert not data.exists()
