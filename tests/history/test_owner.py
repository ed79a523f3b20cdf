"""Whether the process that began a session still lives."""

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from session_building import Lines, Program, evening, new_session, record

from backcoach.history.owner import Owner, is_alive, this_process
from backcoach.history.reader import Reader
from backcoach.history.store import Store

BEGIN_AND_WAIT = """
import sys, threading
from pathlib import Path
from session_building import *
from backcoach.history.owner import this_process

with Store(Path(sys.argv[1])) as store:
    with store.transaction():
        store.begin(new_session(), this_process())
        store.add("one", record(1, "step", 7000))
    print("begun", flush=True)
    threading.Event().wait(60)
"""
"""A program that begins a session, and then does nothing more."""


def outcome_with(path: Path, owner: Owner) -> str:
    """What becomes of a session that has this owner and no end."""
    with Store(path) as store:
        with store.transaction():
            store.begin(new_session(), owner)
        return store.sessions()[0].outcome


def test_this_process_lives(tmp_path: Path) -> None:
    assert is_alive(this_process())
    assert this_process() == this_process()
    assert outcome_with(tmp_path / "history.db", this_process()) == "running"


def test_a_running_session_has_no_end_yet(tmp_path: Path) -> None:
    with Store(tmp_path / "history.db") as store:
        with store.transaction():
            store.begin(new_session(), this_process())
        (session,) = store.sessions()

    assert session.ended_at is None


OTHERS = (
    replace(this_process(), boot="another"),
    replace(this_process(), started="1"),
    replace(this_process(), started=""),
)


@pytest.mark.parametrize("other", OTHERS, ids=["boot", "started", "unknown"])
def test_the_same_number_is_not_the_same_process(tmp_path: Path, other: Owner) -> None:
    other = replace(other, pid=os.getpid())

    assert not is_alive(other)
    assert outcome_with(tmp_path / "history.db", other) == "interrupted"


@pytest.mark.parametrize("pid", [0, -1, 2**22 + 1, 2**31])
def test_a_number_that_nobody_has(pid: int) -> None:
    assert not is_alive(replace(this_process(), pid=pid))


def test_an_ended_session_needs_no_owner(tmp_path: Path) -> None:
    dead = replace(this_process(), boot="another")
    with Store(tmp_path / "history.db") as store:
        with store.transaction():
            store.begin(new_session(), dead)
            store.add("one", record(1, "end", outcome="completed"))
        assert store.sessions()[0].outcome == "completed"


def test_a_killed_process_leaves_an_interrupted_session(tmp_path: Path) -> None:
    program = Program(tmp_path)
    path = program.history
    tests = str(Path(__file__).parents[1])
    code = f"import sys; sys.path.insert(0, {tests!r})\n{BEGIN_AND_WAIT}"
    with program.start([sys.executable, "-c", code, str(path)]) as process:
        Lines(process).until("begun")
        with Reader(path) as store:
            assert store.sessions()[0].outcome == "running"
            assert store.sessions()[0].active_ms == 7000

        process.send_signal(signal.SIGKILL)
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        # Nobody has fetched its exit status: it is a zombie, and has still gone.
        with Reader(path) as store:
            assert store.sessions()[0].outcome == "interrupted"

    with Reader(path) as store:
        (session,) = store.sessions()
    assert session.outcome == "interrupted"
    assert session.ended_at == evening(1)
    assert session.active_ms == 7000
