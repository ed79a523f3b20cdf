"""A history leaves as lines of JSON and comes back: nothing is lost, and nothing evil comes in."""

import io
import json
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from session_building import evening, new_session, record, rows
from transfer_building import (
    EVENTS,
    a_line,
    changed_lines,
    exported,
    fill,
    histories,
    imported,
    lines,
    refusal,
    running,
    told,
    with_event,
    write,
    write_three,
)

from backcoach.cli.session_view import session_lines
from backcoach.history.arrivals import STRANGER, Arrivals
from backcoach.history.incoming import MAX_LINE, BadExportError, read_sessions
from backcoach.history.opening import StoreError
from backcoach.history.owner import is_alive
from backcoach.history.reader import Reader
from backcoach.history.records import EventRecord
from backcoach.history.store import Store
from backcoach.history.transfer import WholeSession, dump_unsaved, export, whole_session
from backcoach.report.sheet import sheet


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A history with three sessions."""
    path = tmp_path / "history.db"
    write_three(path)
    return path


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Where a history on another machine will be."""
    return tmp_path / "other" / "history.db"


def all_events(path: Path) -> list[tuple[Any, ...]]:
    """Every event of a history, as it is kept."""
    return rows(path, "SELECT session, seq, at, active_ms, kind, data FROM event ORDER BY 1, 2")


# There and back


def test_a_history_comes_back_as_it_was(path: Path, other: Path) -> None:
    text = exported(path)
    assert imported(other, text).new == 3

    assert told(other) == told(path)
    assert all_events(other) == all_events(path)
    assert exported(other) == text


def test_what_sessions_come_to_is_settled_at_once(path: Path, other: Path) -> None:
    imported(other, exported(path))

    query = "SELECT summary, exercises FROM session WHERE id = 'hurt-1'"
    assert rows(other, query) == rows(path, query)
    assert rows(other, "SELECT id FROM session WHERE summary IS NULL") == []


@given(histories())
@settings(max_examples=60, deadline=None)
def test_any_history_comes_back_as_it_was(sessions: list[WholeSession]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder, "first.db"), Path(folder, "second.db")
        fill(first, sessions)
        imported(second, text := exported(first))

        with Reader(second) as reader:
            assert [whole_session(reader, each.begun.id) for each in sessions] == sessions
        assert told(second) == told(first)
        assert all_events(second) == all_events(first)
        assert exported(second) == text


def test_a_file_is_plain_ascii_with_a_line_a_session(path: Path) -> None:
    header, *sessions = exported(path).splitlines()

    assert json.loads(header) == {"backcoach": "history", "version": 1, "sessions": 3}
    assert [json.loads(line)["id"] for line in sessions] == ["hurt-1", "kill-2", "west-3"]
    assert exported(path).isascii()


def test_days_are_those_where_it_was_played(path: Path) -> None:
    # There it was the evening of the 31st; in UTC, the 1st.
    assert '"west-3"' in exported(path, since=date(2026, 3, 31))
    assert '"west-3"' not in exported(path, since=date(2026, 4, 1))
    assert '"hurt-1"' not in exported(path, since=date(2026, 3, 30))


def test_a_deleted_session_is_left_out(path: Path) -> None:
    with Store(path) as store, store.transaction():
        store.delete("kill-2", evening())

    assert '"kill-2"' not in exported(path)
    assert exported(path).startswith('{"backcoach":"history","version":1,"sessions":2}\n')


def test_no_history_is_an_empty_file() -> None:
    text = "".join(export(None))

    assert refusal(text) == ""
    assert list(read_sessions(io.BytesIO(text.encode()), "file")) == []


def test_a_session_that_still_runs_reads_as_broken_off_elsewhere(path: Path, other: Path) -> None:
    running(path, new_session("now"), *EVENTS[:2])
    imported(other, exported(path))

    assert [each["outcome"] for each in told(path) if each["id"] == "now"] == ["running"]
    assert [each["outcome"] for each in told(other) if each["id"] == "now"] == ["interrupted"]


def test_nobody_plays_what_was_imported(path: Path, other: Path) -> None:
    imported(other, exported(path))

    owners = set(rows(other, "SELECT owner_pid, owner_boot, owner_started FROM session"))
    assert owners == {(STRANGER.pid, STRANGER.boot, STRANGER.started)}
    assert not is_alive(STRANGER)


def test_a_history_of_a_newer_version_still_leaves(path: Path, other: Path) -> None:
    text = exported(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("ALTER TABLE session ADD COLUMN mood TEXT")
        db.execute("UPDATE meta SET value = '99' WHERE key = 'min_writer'")
        db.execute("PRAGMA user_version = 99")
        db.commit()

    with Reader(path) as reader:
        assert "newer" in reader.refuses
    assert exported(path) == text
    assert imported(other, text).new == 3


def test_a_session_that_is_erased_meanwhile_is_said(path: Path) -> None:
    with Reader(path) as reader:
        leaving = export(reader)
        next(leaving)
        with closing(sqlite3.connect(path)) as db:
            db.execute("DELETE FROM session")
            db.commit()
        with pytest.raises(StoreError, match="erased"):
            next(leaving)


def test_nobody_is_held_up_by_who_reads_slowly(path: Path) -> None:
    with Reader(path) as reader:
        leaving = export(reader)
        next(leaving)
        next(leaving)
        # It waits for ten seconds, and fails, where the reader holds on to the file.
        write(path, new_session("meanwhile"))
        assert len(list(leaving)) == 2


# One that couldn't be written


def test_a_session_that_was_not_written_can_be_imported(tmp_path: Path) -> None:
    there, here = tmp_path / "there.db", tmp_path / "here.db"
    session = new_session(started_at=evening())
    write(there, session, *EVENTS)
    imported(here, dump_unsaved(session, EVENTS))

    assert told(here) == told(there)
    assert exported(here) == exported(there)


def test_so_can_one_without_an_end(tmp_path: Path) -> None:
    there, here = tmp_path / "there.db", tmp_path / "here.db"
    write(there, new_session(), *EVENTS[:4])
    imported(here, dump_unsaved(new_session(), EVENTS[:4]))
    assert told(here) == told(there)

    write(there, new_session("nothing"))
    imported(here, dump_unsaved(new_session("nothing"), ()))
    assert told(here) == told(there)


def test_and_one_that_was_gone_on_with(tmp_path: Path) -> None:
    events = (
        record(1, "end", 5, outcome="interrupted"),
        record(2, "taken-over", 5),
        record(3, "end", 9, outcome="completed"),
        record(4, "pain-before", 9, value=7),
    )
    imported(tmp_path / "here.db", dump_unsaved(new_session(), events))

    (session,) = told(tmp_path / "here.db")
    assert (session["outcome"], session["active_ms"], session["pain_before"]) == ("completed", 9, 7)
    assert session["ended_at"] == evening(3).isoformat(timespec="seconds")


# What is here already


def test_twice_is_once(path: Path, other: Path) -> None:
    text = exported(path)
    imported(other, text)
    before = rows(other, "SELECT * FROM session"), rows(other, "SELECT * FROM event")

    again = imported(other, text)
    assert (again.here, again.new, again.anything) == (3, 0, False)
    assert (rows(other, "SELECT * FROM session"), rows(other, "SELECT * FROM event")) == before


def test_into_itself_is_nothing(path: Path) -> None:
    assert not imported(path, exported(path)).anything


def test_when_the_first_and_the_last_began(path: Path, other: Path) -> None:
    arrived = imported(other, exported(path))

    west = timedelta(hours=-9, minutes=-30)
    assert arrived.first == evening()
    assert arrived.last is not None
    assert arrived.last.utcoffset() == west


def test_events_that_are_missing_here_are_added(tmp_path: Path) -> None:
    there, here = tmp_path / "there.db", tmp_path / "here.db"
    write(there, new_session(), *EVENTS)
    write(here, new_session(), *EVENTS[:3])

    arrived = imported(here, exported(there))
    assert arrived == Arrivals(here=1, grown=1, events=7)
    assert told(here) == told(there)
    assert exported(here) == exported(there)


def test_events_between_those_that_are_here_are_added_too(tmp_path: Path) -> None:
    there, here = tmp_path / "there.db", tmp_path / "here.db"
    write(there, new_session(), *EVENTS[:8])
    write(here, new_session(), *EVENTS[:1], *EVENTS[2:])

    assert imported(here, exported(there)).events == 1
    assert [row[1] for row in all_events(here)] == [event.seq for event in EVENTS]
    (session,) = told(here)
    assert (session["outcome"], session["pain_after"]) == ("pain", 5)
    with Reader(here) as reader:
        (read,) = reader.sessions()
        assert read.families == {"posterior": 9000}


def test_what_was_put_right_here_stays(path: Path) -> None:
    text = exported(path)
    with Store(path) as store, store.transaction():
        store.amend("hurt-1", "pain-before", 9, evening(99))
    before = told(path)

    assert imported(path, text).here == 3
    assert told(path) == before


def test_what_was_put_right_there_comes(path: Path, other: Path) -> None:
    imported(other, exported(path))
    with Store(path) as store, store.transaction():
        store.amend("hurt-1", "pain-before", 9, evening(99))
        store.amend("kill-2", "note", "later", evening(99))

    assert imported(other, exported(path)) == Arrivals(here=3, grown=2, events=2)
    assert told(other) == told(path)


@pytest.mark.parametrize(
    ("changes", "second"),
    [
        ({}, record(2, "end", 9, outcome="ended")),
        ({"name": "Another"}, EVENTS[1]),
        ({"started_at": evening(1)}, EVENTS[1]),
    ],
)
def test_what_differs_stays_as_it_is_here(
    tmp_path: Path, changes: dict[str, Any], second: EventRecord
) -> None:
    there, here = tmp_path / "there.db", tmp_path / "here.db"
    write(there, new_session(**changes), EVENTS[0], second, *EVENTS[2:])
    write(here, new_session(), *EVENTS[:2])
    before = exported(here)

    assert imported(here, exported(there)) == Arrivals(differing=1)
    assert exported(here) == before


def test_a_deleted_session_comes_back(path: Path) -> None:
    text = exported(path)
    with Store(path) as store, store.transaction():
        store.delete("hurt-1", evening())
    arrived = imported(path, text)

    assert (arrived.here, arrived.back, arrived.anything) == (3, 1, True)
    assert exported(path) == text
    assert not imported(path, text).anything


def test_so_does_one_that_was_removed_for_good(path: Path) -> None:
    text = exported(path)
    with Store(path) as store, store.transaction():
        store.delete("hurt-1", evening())
        assert store.sweep(evening(1)) == 1
    arrived = imported(path, text)

    assert (arrived.here, arrived.new) == (2, 1)
    assert exported(path) == text
    # Else it would be left out once more, when the history is ever brought back from a copy.
    assert rows(path, "SELECT key FROM meta WHERE key <> 'min_writer'") == []


def test_a_session_that_runs_is_left_alone(tmp_path: Path) -> None:
    there, here = tmp_path / "there.db", tmp_path / "here.db"
    write(there, new_session(), *EVENTS)
    running(here, new_session(), *EVENTS[:2])

    assert imported(here, exported(there)) == Arrivals(running=1)
    assert len(all_events(here)) == 2


# Files that are refused


def test_a_good_file_is_refused_for_nothing() -> None:
    assert refusal(lines(a_line())) == ""
    assert refusal(b"\xef\xbb\xbf" + lines(a_line()).replace("\n", "\r\n\r\n").encode()) == ""


NESTED = json.loads("[" * 60 + "]" * 60)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "file: there is nothing in it"),
        ("\n \n", "file: there is nothing in it"),
        ("{}", "file:1: this is no history that `backcoach export` has written"),
        ('{"backcoach": "history", "version": true}', "file:1: this is no history"),
        ("[]", "file:1: a line is a table"),
        ("SQLite format 3\0", "file:1: this is a history itself: `backcoach restore FILE`"),
        (b"\xff\xfe", "file:1: the text is no UTF-8"),
        ('{"backcoach": "history", "version": 2}', "file:1: a newer version of backcoach"),
        ('{"backcoach": "history", "version": 1}', "file:1: sessions is missing"),
        ('{"backcoach": "history", "version": 1, "sessions": -1}', "file:1: sessions has to be"),
        (lines(a_line(), a_line()), "file:3: session one stands in line 2 already"),
        (lines(a_line()) * 2, "file:3: another export begins here"),
        (lines(a_line())[:-40], "file:2: this is no JSON from character"),
        (lines(a_line(), a_line(id="two")).rsplit("\n", 2)[0], "it ends early: 1 of its 2"),
        (lines(a_line(mood=1)), "file:2: mood is not known"),
        (lines(a_line(pain_befor=1)), "pain_befor is not known: did you mean `pain_before`?"),
        (lines(a_line(id="")), "file:2: id has to be a text, not empty"),
        (lines(a_line(id=7)), "file:2: id has to be a text"),
        (lines(a_line(name=None)), "file:2: name has to be a text"),
        (lines(a_line(started_at="2026-03-29")), "file:2: started_at has to be a time with its"),
        (lines(a_line(started_at="2026-03-29T10:00")), "started_at has to be a time with its"),
        (lines(a_line(started_at="0001-01-01T00:00+14:00")), "started_at has to be a time"),
        (lines(a_line(started_at="9999-12-31T23:00-12:00")), "started_at has to be a time"),
        (lines(a_line(seen_at=5)), "file:2: seen_at has to be a time"),
        (lines(a_line(outcome="fine")), 'file:2: outcome has to be "completed", "ended"'),
        (lines(a_line(outcome=["pain"])), "file:2: outcome has to be"),
        (lines(a_line(rehearsal=1)), "file:2: rehearsal has to be true or false"),
        (lines(a_line(active_ms=-1)), "file:2: active_ms has to be a whole number"),
        (lines(a_line(active_ms=10**30)), "file:2: active_ms has to be a whole number"),
        (lines(a_line(active_ms=True)), "file:2: active_ms has to be a whole number"),
        (lines(a_line(pain_after=11)), "file:2: pain_after has to be a whole number from 0 to 10"),
        (lines(a_line(plan=[])), "file:2: plan has to be a table"),
        (lines(a_line(plan={"a": NESTED})), "file:2: plan: lists and tables are nested more than"),
        (lines(a_line(plan={"a": 10**40})), "file:2: plan: a number has too many digits"),
        (lines(a_line(extra={"a": 1})).replace("1}", "NaN}"), "file:1: NaN is no number"),
        (lines(a_line(events={})), "file:2: events has to be a list"),
        (lines(a_line(events=[1])), "file:2: events[1]: an event is a table"),
        (with_event(seq=0), "file:2: events[1].seq has to be a whole number from 1 on"),
        (with_event(seq=2**70), "file:2: events[1].seq has to be"),
        (with_event(at="now"), "file:2: events[1].at has to be a time"),
        (with_event(kind=None), "file:2: events[1].kind has to be a text"),
        (with_event(data=[]), "file:2: events[1].data has to be a table"),
        (with_event(more=1), "file:2: events[1].more is not known"),
        (with_event(data={"a": NESTED}), "file:2: events[1].data: lists and tables are nested"),
        (with_event(data={"side": ["left"]}), "file:2: events[1].data.side has to be a text"),
        (with_event(kind="answer", data={"value": []}), "events[1].data.value has to be a text"),
        (with_event(kind="rep"), "file:2: events[1].data.exercise is missing: a text"),
        (with_event(kind="end", data={"outcome": None}), "events[1].data.outcome has to be"),
        (with_event(kind="note", data={"value": 5}), "file:2: events[1].data.value has to be"),
        (with_event(kind="pain-after", data={"value": "5"}), "events[1].data.value has to be"),
        (with_event(kind="stop", data={"number": 1, "stopped_at_ms": "x"}), "stopped_at_ms has to"),
        (lines(a_line(events=a_line()["events"] * 2)), "file:2: events[11]: there is an event 1"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str | bytes, words: str) -> None:
    assert words in refusal(text)
    assert refusal(text).endswith("Nothing was imported.")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("[" * 100_000, "file:2: lists and tables are nested more than 50 deep"),
        ('{"id": ' + "9" * 5000 + "}", "file:2: a number has too many digits"),
        ('{"id": 1e999}', "file:2: 1e999 is no number"),
        ('{"id": Infinity}', "file:2: Infinity is no number"),
        ('"' + "x" * MAX_LINE + '"', "file:2: the line is longer than 8 MB: no session is"),
        ("{" * 3, "file:2: this is no JSON from character 2 on"),
    ],
)
def test_lines_that_no_reader_could_bear(line: str, words: str) -> None:
    assert words in refusal(lines(a_line()).splitlines()[0] + "\n" + line + "\n")


def test_everything_that_is_wrong_is_said_at_once() -> None:
    bad = [a_line(id=str(number), pain_after=11) for number in range(30)]
    *shown, more, end = refusal(lines(a_line(), *bad)).splitlines()

    assert [line.split(":")[1] for line in shown] == [str(number) for number in range(3, 23)]
    assert more == "and 10 more"
    assert end == "Nothing was imported."


def test_names_that_would_steer_a_terminal_are_only_text(other: Path) -> None:
    imported(other, lines(a_line(name="\x1b[2J\0\u202e", id="a\x1b")))

    (session,) = told(other)
    assert session["name"] == "\x1b[2J\0\u202e"


def test_half_a_character_becomes_a_question_mark(other: Path) -> None:
    text = lines(a_line(name="a\ud800b\N{FLEXED BICEPS}"))
    imported(other, text)

    assert told(other)[0]["name"] == "a?b\N{FLEXED BICEPS}"
    assert not imported(other, text).anything


@given(changed_lines())
@settings(max_examples=150, deadline=None)
def test_what_is_let_in_can_be_read_by_everything(line: dict[str, Any]) -> None:
    text = lines(line)
    if refusal(text):
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "history.db")
        imported(path, text)
        (session,) = told(path)

        assert not imported(path, exported(path)).anything
        with Reader(path) as reader:
            assert list(session_lines(reader, session["id"]))
            assert len(list(sheet(reader))) > 1


def test_nothing_is_written_where_something_is_wrong(path: Path) -> None:
    before = exported(path)
    text = lines(a_line(id="new"), a_line(id="bad", plan=1))

    with pytest.raises(BadExportError, match="plan has to be"):
        imported(path, text)
    unseen = read_sessions(io.BytesIO(text.encode()), "file")
    with pytest.raises(BadExportError, match="plan has to be"):
        fill(path, unseen)
    assert exported(path) == before


def test_moments_are_kept_as_the_history_keeps_them(other: Path) -> None:
    imported(other, lines(a_line(seen_at="2026-03-29T10:00:00.123456+05:30", ended_at=None)))

    assert rows(other, "SELECT seen_at FROM session") == [("2026-03-29T04:30:00.123+00:00",)]
    with Reader(other) as reader:
        whole = whole_session(reader, "one")
        assert whole is not None
        assert whole.seen_at.tzinfo is UTC
        assert whole_session(reader, "none") is None
