"""Several processes on one history, and one that is killed in the middle of a transaction."""

import sys
from contextlib import ExitStack
from pathlib import Path

from session_building import TIMEOUT_S, Program, kinds_in, new_session, record, rows

from backcoach.history.owner import this_process
from backcoach.history.reader import Reader
from backcoach.history.store import Store

TESTS = str(Path(__file__).parents[1])
HEAD = f"import sys; sys.path.insert(0, {TESTS!r})\n"

KILLED_IN_THE_MIDDLE = """
import os, signal
from pathlib import Path
from session_building import *

with Store(Path(sys.argv[1])) as store:
    with store.transaction():
        for number in range(2, 4000):
            store.add("one", record(number, "note", 1000 * number, value="x" * 2000))
        os.kill(os.getpid(), signal.SIGKILL)
"""
"""More than SQLite keeps in memory: the file is half rewritten, and the journal puts it right."""

WRITES_A_LOT = """
from pathlib import Path
from session_building import *
from backcoach.history.recorder import Recorder

path, name = Path(sys.argv[1]), sys.argv[2]
recorder = Recorder(path, new_session(name))
for number in range(100):
    recorder.note("note", {"value": number}, number, evening(number))
    if number % 10 == 0:
        recorder.note("flush", {}, number, evening(number))
        until(lambda: recorder._queue.empty())
raise SystemExit(0 if recorder.close(20) else 1)
"""


def test_a_reader_after_a_kill_in_mid_transaction_reads_what_was_there(tmp_path: Path) -> None:
    program = Program(tmp_path)
    path = program.history
    with Store(path) as store, store.transaction():
        store.begin(new_session(), this_process())
        store.add("one", record(1, "step", 5000))
    done = program.python(HEAD + KILLED_IN_THE_MIDDLE, str(path))
    assert done.returncode == -9, done.stderr
    journal = path.with_name("history.db-journal")
    assert journal.stat().st_size > 0
    assert path.stat().st_size > 1_000_000

    with Reader(path) as reader:
        (session,) = reader.sessions()
        assert session.active_ms == 5000
        assert [event.seq for event in reader.events("one")] == [1]

    assert not journal.exists()
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]


def test_so_does_the_next_session(tmp_path: Path) -> None:
    program = Program(tmp_path)
    path = program.history
    with Store(path) as store, store.transaction():
        store.begin(new_session(), this_process())
    program.python(HEAD + KILLED_IN_THE_MIDDLE, str(path))

    with Store(path) as store, store.transaction():
        store.add("one", record(1, "end", outcome="ended"))

    assert kinds_in(path) == ["end"]


def test_players_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    program = Program(tmp_path)
    path = program.history
    names = ["first", "second", "third"]
    command = [sys.executable, "-c", HEAD + WRITES_A_LOT, str(path)]
    with ExitStack() as running:
        processes = [running.enter_context(program.start([*command, name])) for name in names]
        for process in processes:
            _, errors = process.communicate(timeout=TIMEOUT_S)
            assert process.returncode == 0, errors

    for name in names:
        events = rows(path, f"SELECT seq FROM event WHERE session = '{name}' ORDER BY seq")
        assert events == [(number + 1,) for number in range(110)]
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
