"""Real time, in a real pseudo-terminal: cues at their moment, and a process that is stopped."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from end_to_end_terminal import Home, Terminal
from player_building import timeline_of_text

from backcoach.session.clock import SystemClock
from backcoach.timeline.marks import Cue

MARKED = """
name = "Two minutes of bells"
summary = "Every phase ends with one."
[[steps]]
exercise = "bird-dog"
prepare = "10s"
reps = 29
hold = "1s"
move = "1s"
rep_rest = "0s"
switch = "1s"
"""
LONG_HOLD = """
name = "One long hold"
summary = "Stopped in the middle."
[[steps]]
exercise = "bird-dog"
prepare = "1s"
reps = 1
hold = "5m"
move = "1s"
"""
BUSY = (sys.executable, "-c", "while True: pass")
STOPPED_S = 5
CLOCK = SystemClock()


def p99(values: list[int]) -> int:
    """What one of a hundred exceeds."""
    return sorted(values)[-(-len(values) * 99 // 100) - 1]


def only_bells(home: Home) -> None:
    """What sounds is the terminal's bell, which is seen on this side of it."""
    folder = home.folder / "config"
    folder.mkdir()
    (folder / "settings.toml").write_text('[sound]\nbackend = "bell"\n', encoding="utf-8")


def moments_of_bells(terminal: Terminal, count: int, seconds: int) -> list[int]:
    """When each of so many bells was read. Nothing is drawn meanwhile: that takes time too."""
    found: list[int] = []
    end_ms = CLOCK.now().monotonic_ms + seconds * 1000
    while len(found) < count and CLOCK.now().monotonic_ms < end_ms:
        if select.select([terminal.fd], [], [], 1.0)[0]:
            data = os.read(terminal.fd, 65536)
            found += [CLOCK.now().monotonic_ms] * data.count(b"\a")
    # The session may be over in the same read: what rings then is no mark.
    return found[:count]


def planned_bells() -> list[int]:
    """When each phase ends, from the start of the session."""
    return [
        phase.start_ms + mark.at_ms
        for phase in timeline_of_text(MARKED).phases
        for mark in phase.marks
        if mark.cue is Cue.END
    ]


@contextmanager
def busy_cores() -> Iterator[None]:
    """As many processes as there are cores, none of which ever waits."""
    processes = [subprocess.Popen(BUSY) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


def lateness(home: Home) -> list[int]:
    """By how much each bell of two minutes is later than the plan, in milliseconds.

    The bell takes the whole way: the app wakes, the player moves on, the cues are told, the app's
    thread writes, and this process reads. Both have the same monotonic clock. When exactly the
    session began is not known here: no bell is early, so the promptest one says it. What is left
    is what a person hears of it: whether one bell is late against the others.
    """
    only_bells(home)
    path = home.folder / "marked.toml"
    path.write_text(MARKED, encoding="utf-8")
    planned = planned_bells()
    assert planned[-1] >= 120_000
    terminal = home.play(str(path), size=(120, 40))
    terminal.wait_for("get ready")
    seen = moments_of_bells(terminal, len(planned), 200)
    passed = [at_ms - plan_ms for at_ms, plan_ms in zip(seen, planned, strict=False)]
    assert len(seen) == len(planned), passed
    return [each - min(passed) for each in passed]


@pytest.mark.soak
@pytest.mark.parametrize(("busy", "most_ms"), [(False, 20), (True, 60)], ids=["idle", "busy"])
def test_marks_are_on_time(home: Home, busy: bool, most_ms: int) -> None:
    if busy:
        with busy_cores():
            late = lateness(home)
    else:
        late = lateness(home)
    print(f"{len(late)} marks, late by: median {sorted(late)[len(late) // 2]}, p99 {p99(late)}, "
          f"most {max(late)} ms")  # fmt: skip
    assert p99(late) <= most_ms


@pytest.mark.soak
def test_a_stopped_process_pauses_banks_nothing_and_goes_on_by_itself(home: Home) -> None:
    path = home.folder / "long.toml"
    path.write_text(LONG_HOLD, encoding="utf-8")
    terminal = home.play(str(path), "--mute")
    terminal.wait_for("■ hold")
    held_ms = CLOCK.now().monotonic_ms
    terminal.run_for(2)
    terminal.signal(signal.SIGSTOP)
    terminal.idle(STOPPED_S)
    terminal.signal(signal.SIGCONT)
    # The settle that follows a pause; nobody presses anything.
    terminal.wait_for("▲ get ready")
    terminal.wait_for("■ hold")
    terminal.run_for(1)
    terminal.signal(signal.SIGTERM)
    passed_ms = CLOCK.now().monotonic_ms - held_ms
    assert terminal.wait_exit() == 143
    (session,) = home.sessions()
    assert session["outcome"] == "interrupted"
    # A second of prepare and half a second of movement come before it.
    lost_ms = passed_ms + 1500 - session["active_ms"]
    assert STOPPED_S * 1000 - 300 <= lost_ms <= STOPPED_S * 1000 + 1500
