"""Other programs: run with nothing of the terminal, cut at once, killed with all they started."""

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from cues_building import FAIL, HANG, alive, program, running
from session_building import until

from backcoach.cues.channel import Channel, Turn
from backcoach.cues.children import Command, Outcome, run
from backcoach.session.clock import SystemClock

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the programs of these tests are scripts")


def never(seconds: float) -> bool:
    return threading.Event().wait(seconds)


def ran(path: Path, *args: str, limit_s: float = 20, stdin: bytes = b"") -> Outcome:
    return run(Command((str(path), *args), limit_s, stdin), never)


def pids_in(path: Path) -> list[int]:
    return [int(word) for word in path.read_text().split()] if path.exists() else []


def test_a_program_gets_its_arguments_and_what_it_reads(tmp_path: Path) -> None:
    fake = program(tmp_path, "speak")
    assert ran(fake.path, "-x", "two words; $(touch bad)", stdin="Über.".encode()) == Outcome(0)
    (call,) = fake.calls
    assert call["argv"][1:] == ["-x", "two words; $(touch bad)"]
    assert call["stdin"] == "Über."


def test_it_has_a_session_of_its_own_and_no_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    fake = program(tmp_path, "speak")
    assert ran(fake.path).status == 0
    (call,) = fake.calls
    assert call["session"] == call["pid"] != os.getsid(0)
    assert call["terminal"] is False
    assert capfd.readouterr() == ("", "")


def test_a_failure_is_told(tmp_path: Path) -> None:
    fake = program(tmp_path, "speak", FAIL)
    assert ran(fake.path) == Outcome(3, problem="exit status 3")


@pytest.mark.parametrize("content", [None, "", "not a program"])
def test_what_cant_be_started_is_told(content: str | None, tmp_path: Path) -> None:
    path = tmp_path / "speak"
    if content is not None:
        path.write_text(content)
    outcome = ran(path)
    assert outcome.status is None
    assert outcome.problem
    assert not outcome.cut


def test_a_null_character_starts_nothing() -> None:
    assert run(Command(("true", "a\0b"), 1), never).problem == "embedded null byte"


def test_one_that_hangs_is_killed_after_its_time(tmp_path: Path) -> None:
    fake = program(tmp_path, "speak", HANG)
    outcome = ran(fake.path, limit_s=1.0)
    assert outcome == Outcome(None, problem="took longer than 1 s")
    assert [alive(call["pid"]) for call in fake.calls] in ([], [False])


def test_one_that_doesnt_read_never_blocks(tmp_path: Path) -> None:
    fake = program(tmp_path, "speak", reads=False)
    assert ran(fake.path, stdin=b"x" * 30_000).status == 0


def test_all_that_it_started_is_killed_with_it(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    sleeper = f"""
import subprocess
child = subprocess.Popen([sys.executable, "-c", "import threading; threading.Event().wait()"])
open({str(pids)!r}, "w").write(str(child.pid))
"""
    left = program(tmp_path, "leaves", sleeper)
    assert ran(left.path).status == 0
    (grandchild,) = pids_in(pids)
    until(lambda: not running(grandchild))
    pids.unlink()
    hangs = program(tmp_path, "hangs", sleeper + HANG)
    turn = threading.Event()

    def cut(seconds: float) -> bool:
        return bool(pids_in(pids)) or turn.wait(seconds)

    assert run(Command((str(hangs.path),), 20), cut).cut
    (grandchild,) = pids_in(pids)
    until(lambda: not running(grandchild))


def test_a_cut_is_done_within_0_3_seconds(tmp_path: Path) -> None:
    fake = program(
        tmp_path,
        "speak",
        f"import signal; signal.signal({int(signal.SIGTERM)}, "
        f"signal.SIG_IGN); signal.signal({int(signal.SIGINT)}, signal.SIG_IGN)\n{HANG}",
    )
    clock = SystemClock()
    ended: list[int] = []

    def work(command: Command, turn: Turn) -> None:
        run(command, turn.wait)
        ended.append(clock.now().monotonic_ms)

    channel = Channel("test", work)
    channel.put(Command((str(fake.path),), 20))
    until(lambda: fake.calls)
    cut_ms = clock.now().monotonic_ms
    channel.cut()
    until(lambda: ended)
    assert ended[0] - cut_ms < 300
    assert not alive(fake.calls[0]["pid"])
    assert channel.close(5)


# --- one at a time -------------------------------------------------------------------------------


def doing(done: list[str], gate: threading.Event) -> Callable[[str, Turn], None]:
    def work(job: str, turn: Turn) -> None:
        done.append(f"{job} begun")
        if job == "raises":
            raise RuntimeError(job)
        while not gate.is_set() and not turn.wait(0.01):
            pass
        done.append(f"{job} {'cut' if turn.over else 'done'}")

    return work


def test_the_newest_replaces_what_waits_and_cuts_what_is_done() -> None:
    done: list[str] = []
    gate = threading.Event()
    channel = Channel("test", doing(done, gate))
    channel.put("one")
    until(lambda: done == ["one begun"])
    channel.put("two")
    channel.put("three")
    until(lambda: "three begun" in done)
    gate.set()
    assert channel.finish(5)
    assert done[:2] == ["one begun", "one cut"]
    assert done[-2:] == ["three begun", "three done"]
    assert channel.close(5)
    channel.put("four")
    assert "four begun" not in done


def test_a_fault_ends_nothing_else() -> None:
    done: list[str] = []
    gate = threading.Event()
    gate.set()
    channel = Channel("test", doing(done, gate))
    channel.put("raises")
    assert channel.finish(5)
    channel.put("one")
    assert channel.finish(5)
    assert done == ["raises begun", "one begun", "one done"]
    assert channel.close(5)


def test_finishing_is_waited_for_no_longer_than_asked() -> None:
    gate = threading.Event()
    channel = Channel("test", doing([], gate))
    channel.put("one")
    assert not channel.finish(0.05)
    assert channel.close(5)


def test_one_that_was_never_used_is_closed_at_once() -> None:
    channel = Channel("test", doing([], threading.Event()))
    channel.cut()
    assert channel.finish(0)
    assert channel.close(0)


# --- channels ------------------------------------------------------------------------------------


def test_what_is_done_in_a_turn_is_done_before_it_is_cut_or_never() -> None:
    entered, go_on = threading.Event(), threading.Event()
    done: list[str] = []

    def slow() -> None:
        entered.set()
        go_on.wait(10)
        done.append("work")

    def work(_: str, turn: Turn) -> None:
        assert not turn.do(slow)
        while not turn.wait(1):
            pass
        assert turn.do(lambda: done.append("too late"))

    channel = Channel("test", work)
    channel.put("job")
    assert entered.wait(10)

    def cut() -> None:
        channel.cut()
        done.append("cut")

    cutting = threading.Thread(target=cut)
    cutting.start()
    go_on.set()
    cutting.join(10)
    assert channel.close(5)
    assert done == ["work", "cut"]


class NoThread(threading.Thread):
    """What a machine gives that has no threads left."""

    def start(self) -> None:
        raise RuntimeError("can't start new thread")


def test_without_threads_a_job_is_dropped_and_the_next_one_tries_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[int] = []
    channel: Channel[int] = Channel("test", lambda job, _: done.append(job))
    with monkeypatch.context() as patch:
        patch.setattr(threading, "Thread", NoThread)
        channel.put(1)
        assert channel.finish(0), "nothing is waited for"
    channel.put(2)
    until(lambda: done)
    assert channel.close(5)
    assert done == [2]
    never_any: Channel[int] = Channel("test", lambda job, _: done.append(job))
    monkeypatch.setattr(threading, "Thread", NoThread)
    never_any.put(3)
    assert never_any.close(5)
