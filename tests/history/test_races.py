"""Two who want the same session at once, and a clock or a file that isn't what it was."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from damage_building import NOBODY, NOW, ids, paths_in, write_sessions
from session_building import bird_dogs, evening, new_session, record, rows, until
from transfer_building import a_line, imported, lines, refusal

from backcoach.cli.resuming import decline, find_unfinished, go_on_with
from backcoach.history.merging import salvage, settle_all, take_in
from backcoach.history.opening import BUSY_S, StoreError, connect
from backcoach.history.owner import Owner, this_process
from backcoach.history.plans import plan_of
from backcoach.history.reader import Reader
from backcoach.history.recorder import Recorder
from backcoach.history.records import EventRecord, SessionRecord
from backcoach.history.store import AFTERWARDS, Store
from backcoach.history.tending import running
from backcoach.history.transfer import dump_unsaved
from backcoach.paths import Paths
from backcoach.session.clock import SystemClock
from backcoach.session.unfinished import RESUME_H, Unfinished
from backcoach.stats.last_time import last_time_words, stopped_last_time

RESUMED = (
    record(1, "step", 0, step=1, exercise="cat-cow", round=None),
    record(2, "end", 4000, outcome="interrupted"),
    record(3, "taken-over", 4000),
    record(4, "ache", 5000, step=1, exercise="cat-cow", ends=False),
)
"""A session that was gone on with."""
REST = (
    record(5, "end", 9000, outcome="completed"),
    record(6, "pain-after", 9000, value=1),
    record(7, "pain-before", 9000, value=4),
)
"""How it ended."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a history will be."""
    return tmp_path / "data" / "history.db"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A person's folders."""
    return paths_in(tmp_path)


def only(path: Path) -> SessionRecord:
    """The one session of a history."""
    with Reader(path) as reader:
        (session,) = reader.sessions(exercises=True)
    return session


def break_off(path: Path, name: str = "one", seconds: float = 0) -> None:
    """A session of the bird-dogs whose process was killed."""
    plan = plan_of(bird_dogs())
    begun = new_session(name, evening(seconds), plan=plan)
    with Store(path) as store, store.transaction():
        store.begin(begun, NOBODY)
        step = record(1, "step", 0, step=1, exercise="cat-cow", round=None)
        store.add(name, step)
        store.progress(name, 4000, evening(seconds + 60))


def found(paths: Paths, seconds: float = 120) -> Unfinished:
    """What is offered, so many seconds into the evening."""
    unfinished = find_unfinished(paths, evening(seconds))
    assert unfinished
    return unfinished


# Going on


def test_one_that_was_deleted_meanwhile_is_not_gone_on_with(paths: Paths) -> None:
    break_off(paths.history)
    unfinished = found(paths)
    with Store(paths.history) as store, store.transaction():
        store.delete("one", evening(100))

    session, _, after = go_on_with(paths, unfinished, new_session("two", evening(120)))
    assert (session.id, after) == ("two", 0)


def test_one_that_is_gone_on_with_is_not_deleted(paths: Paths) -> None:
    break_off(paths.history)
    go_on_with(paths, found(paths), new_session("two", evening(120)))

    refused = pytest.raises(StoreError, match="still runs")
    with Store(paths.history) as store, refused, store.transaction():
        store.delete("one", evening(130))


def test_of_two_who_go_on_one_gets_the_row(paths: Paths) -> None:
    break_off(paths.history)
    unfinished = found(paths)
    rows_had = [go_on_with(paths, unfinished, new_session(each)) for each in ("two", "three")]

    assert [(session.id, after) for session, _, after in rows_had] == [("one", 2), ("three", 0)]
    assert rows_had[1][1].active_ms == 0


def test_a_note_written_later_does_not_make_it_longer_or_new(paths: Paths) -> None:
    break_off(paths.history)
    ended = only(paths.history).ended_at
    late = evening(RESUME_H * 3600 + 600)
    assert find_unfinished(paths, late) is None
    for kind in sorted(AFTERWARDS - {"declined"}):
        with Store(paths.history) as store, store.transaction():
            store.amend("one", kind, [] if kind == "ached-after" else 3, late)

    assert only(paths.history).ended_at == ended == evening(60)
    assert find_unfinished(paths, late) is None


def test_one_from_the_future_is_not_offered_for_longer(paths: Paths) -> None:
    break_off(paths.history, seconds=400 * 24 * 3600)

    assert find_unfinished(paths, evening()) is None
    assert find_unfinished(paths, evening(400 * 24 * 3600 + 120))
    # A clock that was put right by a few minutes changes nothing.
    assert find_unfinished(paths, evening(400 * 24 * 3600 - 120))


def test_nobody_waits_for_a_locked_history_at_the_screen(paths: Paths) -> None:
    break_off(paths.history)
    unfinished = found(paths)
    with closing(connect(paths.history)) as other:
        other.execute("BEGIN EXCLUSIVE")
        began_ms = SystemClock().now().monotonic_ms
        session, before, after = go_on_with(paths, unfinished, new_session("two"))
        decline(paths, unfinished.session, evening(120))
        assert SystemClock().now().monotonic_ms - began_ms < BUSY_S * 250

    assert (session.id, before.active_ms, after) == ("two", 0, 0)
    assert found(paths)


def test_a_summing_up_that_comes_too_late_leaves_a_running_session_alone(path: Path) -> None:
    write_sessions(path, ["one"], ended=False)
    with Store(path) as store, Store(path) as other:

        def take_over(query: str) -> None:
            if query == "BEGIN IMMEDIATE" and not other.db.in_transaction:
                store.db.set_trace_callback(None)
                session = other.session("one")
                assert session
                with other.transaction():
                    assert other.take_over(session, 2, this_process(), evening(9))

        store.db.set_trace_callback(take_over)
        settle_all(store)

    assert rows(path, "SELECT summary FROM session") == [(None,)]


# What comes in from elsewhere


def write_part(path: Path, *events: EventRecord, owner: Owner = NOBODY) -> Path:
    """A history of one session with these events."""
    with Store(path) as store, store.transaction():
        store.begin(new_session(), owner)
        for event in events:
            if event.kind == "taken-over":
                known = store.session("one")
                assert known
                assert store.take_over(known, event.seq - 1, owner, event.at)
            else:
                store.add("one", event)
    return path


def outcome_of(path: Path) -> tuple[object, ...]:
    """What a list shows of the one session, and what it is made from."""
    session = only(path)
    return (
        session.outcome,
        session.ended_at,
        session.active_ms,
        session.pain_before,
        session.pain_after,
        session.aches,
    )


DONE = ("completed", evening(5), 9000, 4, 1, ("cat-cow",))


def test_what_followed_in_a_copy_shows_as_it_ended(tmp_path: Path) -> None:
    whole = write_part(tmp_path / "whole.db", *RESUMED, *REST)
    assert outcome_of(whole) == DONE
    for count in (0, 1, 2, 4, 5, 6):
        here = write_part(tmp_path / f"{count}.db", *(*RESUMED, *REST)[:count])
        with Store(here) as store, closing(connect(whole)) as there:
            take_in(store, there)
        assert outcome_of(here) == DONE


def test_so_it_does_where_the_row_was_lost(path: Path, tmp_path: Path) -> None:
    whole = write_part(tmp_path / "whole.db", *RESUMED, *REST)
    with closing(connect(whole)) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("DELETE FROM session")
    with Store(path) as store, closing(connect(whole)) as there:
        take_in(store, there)

    assert outcome_of(path) == DONE


def test_one_that_was_gone_on_with_runs_on_whatever_is_taken_in(path: Path, tmp_path: Path) -> None:
    """Its file was set aside while it was played: its first end is none any more."""
    damaged = write_part(tmp_path / "damaged.db", *RESUMED[:3], owner=this_process())
    recorder = Recorder(path, new_session(), after=3)
    until(lambda: recorder.written)
    with Store(path) as store:
        salvage(damaged, store)
    assert only(path).outcome == "running"
    for event in (RESUMED[3], *REST):
        recorder.note(event.kind, dict(event.data), event.active_ms, event.at)
    assert recorder.close(20)

    assert outcome_of(path) == DONE


def test_the_rest_that_was_saved_elsewhere_ends_it(path: Path) -> None:
    write_part(path, *RESUMED[:3])
    rest = dump_unsaved(new_session(), (RESUMED[3], *REST))
    assert imported(path, rest).events == 4

    assert outcome_of(path) == DONE
    assert not imported(path, rest).anything


def test_a_session_that_is_here_is_never_said_to_be_swept(path: Path, tmp_path: Path) -> None:
    """A copy may say so of one that came back since: the next one would leave it out."""
    old = write_sessions(tmp_path / "old.db", ["one"])
    with Store(old) as store, store.transaction():
        store.delete("one", NOW - timedelta(days=40))
        store.sweep(NOW)
    copy = write_sessions(tmp_path / "copy.db", ["one"])
    write_sessions(path, ["one"])
    with Store(path) as store, closing(connect(old)) as there:
        take_in(store, there)
    again = tmp_path / "again.db"
    for source in (path, copy):
        with Store(again) as store, closing(connect(source)) as there:
            if source == path:
                there.execute("PRAGMA foreign_keys = OFF")
                there.execute("DELETE FROM event")
                there.execute("DELETE FROM session")
            take_in(store, there)

    assert ids(again) == {"one"}


@pytest.mark.parametrize("key", ["into_ms", "phase", "quality"])
def test_a_stop_that_holds_anything_is_let_in_as_something_that_can_be_shown(
    path: Path, key: str
) -> None:
    line = a_line()
    stop = next(event for event in line["events"] if event["kind"] == "stop")
    stop["data"] |= {"into_ms": 5, "phase": "hold", key: ["no", "such"]}
    text = lines(line)
    if not refusal(text):
        imported(path, text)
        with Reader(path) as reader:
            recent = reader.sessions(exercises=True)
        assert all(last_time_words(stop) for stop in stopped_last_time(recent).values())


# What is kept beside a session


@pytest.mark.parametrize(
    "summary", ["", "[]", "{", "{}", '{"families":{},"stops":[{"colour":1}]}', '{"families":1}']
)
def test_what_a_session_comes_to_is_made_again_where_it_does_not_read(
    path: Path, summary: str
) -> None:
    write_part(path, *RESUMED, *REST)
    before = only(path)
    with closing(connect(path)) as db:
        db.execute("UPDATE session SET summary = ?", (summary,))

    assert only(path) == before


def test_half_a_character_is_no_reason_to_lose_a_note(path: Path) -> None:
    recorder = Recorder(path, new_session(answers={"said": "a\ud800"}))
    recorder.note("end", {"outcome": "completed"}, 1000, evening(5))
    recorder.note("note", {"value": "a\udcffb"}, 1000, evening(6))
    assert recorder.close(20)

    assert only(path).note == "a?b"
    assert not recorder.problem


def test_what_can_never_be_written_holds_up_nothing(path: Path) -> None:
    recorder = Recorder(path, new_session())
    recorder.note("pain-after", {"value": 99}, 1000, evening(5))
    recorder.note("pain-after", {"value": [1]}, 1000, evening(5))
    recorder.note("end", {"outcome": "completed"}, 2000, evening(6))
    recorder.close(20)

    assert only(path).outcome == "completed"
    assert "pain-after" in recorder.problem


def test_a_session_that_runs_is_seen_behind_any_number_from_the_future(path: Path) -> None:
    write_sessions(path, [f"{number}" for number in range(60)])
    with Store(path) as store, store.transaction():
        store.begin(new_session("now", evening(-9)), this_process())

    assert running(path)
