"""Sessions written and read again, in real files."""

import sqlite3
from dataclasses import replace
from datetime import UTC, timedelta, timezone
from pathlib import Path

import pytest
from session_building import INDIA, evening, new_session, record, rows

from backcoach.history.opening import LATEST, number
from backcoach.history.owner import this_process
from backcoach.history.reader import Reader, open_existing
from backcoach.history.records import EventRecord, NewSession, SessionRecord, StopRecord
from backcoach.history.schema import APPLICATION_ID
from backcoach.history.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a history will be."""
    return tmp_path / "data" / "history.db"


def write(path: Path, session: NewSession, *events: EventRecord) -> None:
    """Write a session of this process."""
    with Store(path) as store:
        with store.transaction():
            store.begin(session, this_process())
        for event in events:
            with store.transaction():
                store.add(session.id, event)


def read(path: Path) -> list[SessionRecord]:
    """All sessions."""
    with Reader(path) as store:
        return store.sessions()


STOP = {"number": 1, "exercise": "bird-dog", "side": "left", "set": 1, "rep": 2}
EVENTS = (
    record(1, "step", 0, step=1, exercise="bird-dog", round=None),
    record(
        2,
        "rep",
        20_000,
        step=1,
        exercise="bird-dog",
        family="core",
        reps=1,
        real_ms=9000,
        side="left",
    ),
    record(3, "stop", 31_000, **STOP, stopped_at_ms=30_000, moved=False),
    record(4, "answer", 31_000, number=1, question="what", value="dull"),
    record(5, "stop", 31_000, **STOP | {"rep": 1}, stopped_at_ms=21_000, moved=True),
    record(6, "answer", 31_000, number=1, question="where", value="low-back"),
    record(7, "answer", 31_000, number=1, question="how-much", value=3),
    record(8, "stop", 40_000, **STOP | {"number": 2}, stopped_at_ms=40_000, moved=False),
    record(9, "mistake", 40_000, number=2),
    record(10, "end", 41_000, outcome="pain"),
    record(11, "pain-after", 41_000, value=5),
)


def test_a_session_comes_back_as_it_was(path: Path) -> None:
    write(path, new_session(), *EVENTS)

    assert read(path) == [
        SessionRecord(
            id="one",
            routine="bird-dogs",
            name="Bird-dogs, five minutes",
            started_at=evening(),
            ended_at=evening(10),
            outcome="pain",
            rehearsal=False,
            active_ms=41_000,
            planned_ms=257_000,
            pain_before=2,
            pain_after=5,
            stops=(
                StopRecord("bird-dog", "left", 1, 1, 21_000, "dull", "low-back", 3),
                StopRecord("bird-dog", "left", 1, 2, 40_000, mistake=True),
            ),
            families={"core": 9000},
        )
    ]


def test_so_do_its_events(path: Path) -> None:
    write(path, new_session(), *EVENTS)

    with Reader(path) as store:
        assert list(store.events("one")) == list(EVENTS)
        assert all(event.at.tzinfo is UTC for event in store.events("one"))
        assert list(store.events("another")) == []


def test_events_come_in_the_order_they_happened(path: Path) -> None:
    write(path, new_session(), *reversed(EVENTS))

    with Reader(path) as store:
        assert [event.seq for event in store.events("one")] == list(range(1, 12))


def test_the_plan_and_the_answers_are_kept_for_whoever_reads_later(path: Path) -> None:
    write(path, new_session())

    ((plan, answers),) = rows(path, "SELECT body, answers FROM session JOIN plan ON plan.id = plan")
    assert plan == '{"name":"Fünf Minuten","version":1}'
    assert answers == '{"declared":false,"nothing_new":true,"pain":2}'


# Times


@pytest.mark.parametrize(
    "zone",
    [
        INDIA,
        UTC,
        timezone(timedelta(hours=-3, minutes=-30)),
        timezone(timedelta(hours=14)),
        timezone(timedelta(hours=-12)),
    ],
)
def test_times_keep_their_local_offset(path: Path, zone: timezone) -> None:
    started = evening(zone=zone)
    write(path, new_session(started_at=started), record(1, "end", outcome="ended"))

    (session,) = read(path)
    assert session.started_at.isoformat() == started.isoformat()
    assert session.ended_at is not None
    assert session.ended_at == evening(1)
    assert session.ended_at.utcoffset() == zone.utcoffset(None)


def test_times_are_kept_to_the_millisecond(path: Path) -> None:
    started = evening().replace(microsecond=987_654)
    write(path, new_session(started_at=started))

    assert read(path)[0].started_at == started.replace(microsecond=987_000)


def test_newest_first_wherever_they_were_played(path: Path) -> None:
    write(path, new_session("second", evening(60, INDIA)))
    write(path, new_session("third", evening(0, UTC)))
    write(path, new_session("first", evening(0, timezone(timedelta(hours=9)))))

    assert [session.id for session in read(path)] == ["third", "second", "first"]
    with Reader(path) as store:
        assert [session.id for session in store.sessions(limit=2)] == ["third", "second"]
        assert store.sessions(limit=0) == []


# Progress and endings


def test_the_active_time_only_grows(path: Path) -> None:
    write(path, new_session(), record(1, "step", 5000))
    with Store(path) as store:
        with store.transaction():
            store.progress("one", 9000, evening(9))
        with store.transaction():
            store.progress("one", 8000, evening(10))

    assert read(path)[0].active_ms == 9000


def test_only_the_first_end_counts(path: Path) -> None:
    write(
        path,
        new_session(),
        record(1, "end", outcome="completed"),
        record(2, "end", outcome="interrupted"),
    )

    (session,) = read(path)
    assert session.outcome == "completed"
    assert session.ended_at == evening(1)


@pytest.mark.parametrize("outcome", ["completed", "ended", "pain", "interrupted"])
def test_every_end_there_is(path: Path, outcome: str) -> None:
    write(path, new_session(rehearsal=True), record(1, "end", outcome=outcome))

    (session,) = read(path)
    assert session.outcome == outcome
    assert session.rehearsal


def test_last_completed_leaves_out_what_does_not_count(path: Path) -> None:
    done = record(1, "end", outcome="completed")
    write(path, new_session("a", evening(0)), done)
    write(path, new_session("b", evening(100, UTC)), done)
    write(path, new_session("c", evening(50_000)), record(1, "end", outcome="pain"))
    write(path, new_session("d", evening(60_000), rehearsal=True), done)
    write(path, new_session("e", evening(70_000)))
    write(path, new_session("f", evening(10), routine="planks"), done)

    with Reader(path) as store:
        last = store.last_completed()
    assert last == {"bird-dogs": evening(100, UTC), "planks": evening(10)}
    assert last["planks"].utcoffset() == INDIA.utcoffset(None)


# Twice


def test_a_session_written_twice_is_there_once_as_it_was_first(path: Path) -> None:
    write(path, new_session(), *EVENTS)
    before = read(path)
    write(path, new_session(started_at=evening(5), routine="another", pain_before=9))

    assert read(path) == before


def test_all_of_it_written_twice_changes_nothing(path: Path) -> None:
    write(path, new_session(), *EVENTS)
    before = (read(path), rows(path, "SELECT * FROM session"), rows(path, "SELECT * FROM event"))
    write(path, new_session(), *EVENTS)

    again = (read(path), rows(path, "SELECT * FROM session"), rows(path, "SELECT * FROM event"))
    assert again == before


@pytest.mark.parametrize(
    "other",
    [
        record(1, "step", 99_000, step=7),
        record(1, "end", 0, outcome="completed"),
        record(1, "pain-after", 0, value=9),
        EventRecord(1, evening(999), 0, "step"),
    ],
)
def test_another_event_of_the_same_number_gets_the_next(path: Path, other: EventRecord) -> None:
    first = record(1, "step", 5000, step=1)
    write(path, new_session(), first)
    for _ in range(2):
        write(path, new_session(), other)

    with Reader(path) as store:
        assert store.events("one") == [first, replace(other, seq=2)]


# Transactions


def test_a_transaction_that_fails_leaves_nothing(path: Path) -> None:
    write(path, new_session())
    with Store(path) as store:

        def fail() -> None:
            with store.transaction():
                store.add("one", record(1, "step", 1000))
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        with store.transaction():
            store.add("one", record(2, "step", 500))

    assert rows(path, "SELECT seq FROM event") == [(2,)]
    assert read(path)[0].active_ms == 500


def test_an_event_of_no_session_is_refused(path: Path) -> None:
    write(path, new_session())
    with Store(path) as store, pytest.raises(sqlite3.IntegrityError), store.transaction():
        store.add("nobody", record(1, "step"))

    assert rows(path, "SELECT * FROM event") == []


def test_other_programs_see_a_whole_session_or_none(path: Path) -> None:
    write(path, new_session())
    with Store(path) as store:
        with store.transaction():
            store.add("one", record(1, "step"))
            assert rows(path, "SELECT * FROM event") == []
        assert len(rows(path, "SELECT * FROM event")) == 1


# The file


def test_the_settings_that_keep_it_whole_are_in_force(path: Path) -> None:
    with Store(path) as store:
        in_force = {
            name: number(store.db, name)
            for name in ("synchronous", "foreign_keys", "cell_size_check", "fullfsync")
        }
        (journal,) = store.db.execute("PRAGMA journal_mode").fetchone()

    assert in_force == {"synchronous": 3, "foreign_keys": 1, "cell_size_check": 1, "fullfsync": 1}
    assert journal == "delete"


def test_nothing_but_the_file_is_left(path: Path) -> None:
    write(path, new_session(), *EVENTS)
    read(path)

    assert [file.name for file in path.parent.iterdir()] == ["history.db"]


def test_tables_take_no_value_of_another_type(path: Path) -> None:
    Store(path).close()

    tables = {row[1]: row[5] for row in rows(path, "PRAGMA table_list") if row[2] == "table"}
    ours = {name: strict for name, strict in tables.items() if not name.startswith("sqlite_")}
    assert ours == {"session": 1, "event": 1, "plan": 1, "meta": 1}
    with Store(path) as store, pytest.raises(sqlite3.IntegrityError), store.transaction():
        store.db.execute("INSERT INTO event VALUES (1, 'one', 1, 'now', 'soon', 'step', '{}')")


def test_the_file_says_what_it_is(path: Path) -> None:
    Store(path).close()

    assert rows(path, "PRAGMA application_id") == [(APPLICATION_ID,)]
    assert rows(path, "PRAGMA user_version") == [(LATEST,)]
    assert rows(path, "SELECT value FROM meta WHERE key = 'min_writer'") == [("2",)]


def test_no_file_is_no_history(path: Path) -> None:
    assert open_existing(path) is None
    assert not path.parent.exists()


def test_a_reader_can_not_write(path: Path) -> None:
    write(path, new_session())
    store = open_existing(path)
    assert store is not None
    with store, pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.db.execute("DELETE FROM event")


def test_what_two_write_down_at_once_is_both_there(path: Path) -> None:
    write(path, new_session(), *EVENTS)
    with Store(path) as store:
        with store.transaction():
            store.amend("one", "note", "slept badly", evening(20))
        with store.transaction():
            # As the session's own recorder counts, which knows nothing of the note.
            store.add("one", record(12, "pain-after", 41_000, value=1))
        for _ in range(2):
            with store.transaction():
                store.add("one", record(12, "pain-after", 41_000, value=1))
        assert [event.kind for event in store.events("one")][-3:] == [
            *("pain-after", "note", "pain-after")
        ]
        (session,) = store.sessions()
    assert (session.note, session.pain_after) == ("slept badly", 1)
