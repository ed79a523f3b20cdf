"""The table for spreadsheets: what stands in it, and that nothing of it is obeyed."""

import csv
import io
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from session_building import TIMEOUT_S, evening, new_session, record
from transfer_building import EVENTS, REP, STOP, running, write

from backcoach.history.reader import Reader
from backcoach.history.records import EventRecord
from backcoach.history.transfer import WholeSession
from backcoach.report.sheet import COLUMNS, rows_of, sheet

PLAN: Final = {"steps": [{"exercise": "bird-dog", "name": "Bird-dog"}, {"exercise": 5}, None]}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a history will be."""
    return tmp_path / "history.db"


def text_of(path: Path) -> str:
    """The whole sheet."""
    with Reader(path) as reader:
        return "".join(sheet(reader))


def table(text: str) -> list[dict[str, str]]:
    """A sheet as another program reads it."""
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def rows_with(*events: EventRecord, **changes: Any) -> list[dict[str, str]]:
    """The rows of one session."""
    session = new_session(plan=PLAN, **changes)
    whole = WholeSession(session, evening(), evening(9), "completed", 9, None, events)
    return [dict(zip(COLUMNS, map(str, row), strict=True)) for row in rows_of(whole)]


def rep(seq: int, **changes: Any) -> EventRecord:
    """A rep of a bird-dog."""
    return record(seq, "rep", **REP | changes)


def test_a_set_is_a_row(path: Path) -> None:
    write(path, new_session(plan=PLAN), *EVENTS)

    assert table(text_of(path)) == [
        {
            "session": "one",
            "started_at": "2026-03-29T19:30:00+05:30",
            "routine": "bird-dogs",
            "routine_name": "Bird-dogs, five minutes",
            "outcome": "pain",
            "rehearsal": "0",
            "by_hand": "0",
            "pain_before": "2",
            "pain_after": "5",
            "step": "1",
            "exercise": "bird-dog",
            "exercise_name": "Bird-dog",
            "family": "posterior",
            "round": "",
            "set": "1",
            "side": "left",
            "reps": "1",
            "held_s": "5",
            "real_s": "9",
            "stops": "sharp, low-back, 6 of 10",
            "note": "'=steif\nund müde \N{FLEXED BICEPS}",
        }
    ]


def test_reps_add_up_in_their_set_and_on_their_side() -> None:
    found = rows_with(
        rep(1, real_ms=1250), rep(2, real_ms=1000), rep(3, side="right"), rep(4, set=2, round=2)
    )

    assert [(row["set"], row["round"], row["side"], row["reps"]) for row in found] == [
        ("1", "", "left", "2"),
        ("1", "", "right", "1"),
        ("2", "2", "left", "1"),
    ]
    assert (found[0]["held_s"], found[0]["real_s"]) == ("10", "2.2")


def test_a_stop_in_a_set_that_was_just_begun_has_its_row() -> None:
    stop: dict[str, Any] = STOP | {"set": 2, "step": 1}
    found = rows_with(rep(1), record(2, "stop", **stop, stopped_at_ms=3))

    assert [(row["set"], row["reps"], row["stops"]) for row in found] == [
        ("1", "1", ""),
        ("2", "0", "stop"),
    ]
    assert found[1]["exercise_name"] == "Bird-dog"


def test_a_stop_counts_where_it_was_moved_to_and_a_mistake_not_at_all() -> None:
    stop: dict[str, Any] = STOP | {"step": 1, "stopped_at_ms": 3}
    found = rows_with(
        record(1, "stop", **stop | {"set": 2}),
        record(2, "stop", **stop | {"moved": True}),
        record(3, "answer", number=1, question="how-much", value=4),
        record(4, "stop", **stop | {"number": 2}),
        record(5, "mistake", number=2),
    )

    assert [(row["set"], row["stops"]) for row in found] == [("1", "4 of 10")]


def test_a_walk_by_hand_is_one_row() -> None:
    (row,) = rows_with(
        record(
            1, "activity", exercise="walk", name="Walk", family="walking", reps=1, real_ms=90_500
        ),
        by_hand=True,
    )

    assert (row["exercise"], row["exercise_name"], row["family"]) == ("walk", "Walk", "walking")
    assert (row["by_hand"], row["real_s"], row["set"]) == ("1", "90.5", "")


def test_a_session_in_which_nothing_was_done_is_one_row() -> None:
    (row,) = rows_with(pain_before=None)

    assert (row["session"], row["exercise"], row["reps"], row["pain_before"]) == (
        "one",
        "",
        "0",
        "",
    )


def test_what_still_runs_has_no_end(path: Path) -> None:
    running(path, new_session(), EVENTS[0])

    assert [row["outcome"] for row in table(text_of(path))] == ["interrupted"]


def test_no_history_is_a_header() -> None:
    assert "".join(sheet(None)) == ",".join(COLUMNS) + "\r\n"


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n=", " =", "＝", "\ufeff="])
@pytest.mark.parametrize("column", ["id", "routine", "name", "note", "exercise"])
def test_no_text_begins_like_a_formula(begin: str, column: str) -> None:
    evil = f'{begin}cmd|"/c calc"!A1'
    session = {column: evil} if column in ("id", "routine", "name") else {}
    exercise = {"exercise": evil} if column == "exercise" else {}
    (row,) = rows_with(rep(1, **exercise), record(2, "note", value=evil), **session)

    for cell in row.values():
        assert cell.lstrip(" \n")[:1] not in [*"=+-@\t\r＝"]
    assert all(cell.isprintable() or "\n" in cell for cell in row.values())


@given(st.text(st.characters(codec="utf-8")))
def test_any_note_comes_out_as_one_cell(note: str) -> None:
    (row,) = rows_with(record(1, "note", value=note))
    out = io.StringIO(newline="")
    csv.writer(out).writerow(row.values())
    (read,) = csv.reader(io.StringIO(out.getvalue(), newline=""), strict=True)

    assert read == list(row.values())
    assert not any(c != "\n" and not c.isprintable() for c in "".join(read))


def test_lines_end_as_the_standard_has_it(path: Path) -> None:
    write(path, new_session(name='A "quoted", name'), record(1, "end", outcome="ended"))
    header, row, end = text_of(path).split("\r\n")

    assert header.split(",") == list(COLUMNS)
    assert ',"A ""quoted"", name",' in row
    assert end == ""


@pytest.mark.skipif(not shutil.which("sqlite3"), reason="no sqlite3 program")
def test_another_program_reads_the_same(path: Path, tmp_path: Path) -> None:
    write(path, new_session("one", name='=A "quoted",\nname'), *EVENTS)
    write(path, new_session("two", evening(60)), rep(1), rep(2, set=2))
    text = text_of(path)
    sheet_file = tmp_path / "sheet.csv"
    sheet_file.write_bytes(text.encode())
    done = subprocess.run(
        [
            "sqlite3",
            "-csv",
            ":memory:",
            f".import '{sheet_file}' t",
            ".headers on",
            "SELECT * FROM t",
        ],
        capture_output=True,
        timeout=TIMEOUT_S,
        check=True,
    )

    assert len(table(text)) == 3
    assert table(done.stdout.decode()) == table(text)
