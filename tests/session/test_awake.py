"""The screen stays on while a session needs it, and nothing ever waits for that."""

import queue
import socket
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from player_building import timeline_of
from session_building import Program

from backcoach.player.inputs import Input, InputKind
from backcoach.session.awake import Awake, describe
from backcoach.session.clock import HandedClock
from backcoach.session.conductor import Conductor

SOON_S = 10.0


class Screen:
    """A screen that says when it is kept on, and when it isn't any more."""

    def __init__(self) -> None:
        self.said: queue.SimpleQueue[str] = queue.SimpleQueue()

    @contextmanager
    def kept_on(self) -> Iterator[None]:
        self.said.put("on")
        yield
        self.said.put("off")

    def says(self) -> str:
        return self.said.get(timeout=SOON_S)


def session(awake: Awake) -> Conductor:
    timeline = timeline_of({"exercise": "lie-low", "duration": 60})
    return Conductor(timeline, HandedClock(1_778_000_000_000), sinks=(awake,))


def test_it_is_kept_on_from_the_first_phase_to_the_end() -> None:
    screen = Screen()
    conductor = session(Awake(screen.kept_on, after_s=0))
    assert screen.says() == "on"
    conductor.tell(Input(InputKind.INTERRUPT))
    assert screen.says() == "off"


def test_a_long_pause_lets_it_go_dark_and_going_on_brings_it_back() -> None:
    screen = Screen()
    conductor = session(Awake(screen.kept_on, patience_s=0.01, after_s=0))
    assert screen.says() == "on"
    conductor.tell(Input(InputKind.PAUSE))
    assert screen.says() == "off"
    conductor.tell(Input(InputKind.PAUSE))
    assert screen.says() == "on"


def test_a_pause_of_a_moment_changes_nothing() -> None:
    screen = Screen()
    awake = Awake(screen.kept_on, after_s=0)
    conductor = session(awake)
    assert screen.says() == "on"
    conductor.tell(Input(InputKind.PAUSE))
    conductor.tell(Input(InputKind.PAUSE))
    conductor.tell(Input(InputKind.STOP))
    awake.close()
    assert screen.says() == "off"
    assert screen.said.empty()


def test_closing_lets_go_whatever_ended_the_session() -> None:
    screen = Screen()
    awake = Awake(screen.kept_on, after_s=0)
    session(awake)
    assert screen.says() == "on"
    awake.close()
    assert screen.says() == "off"


def test_a_session_over_before_its_first_frame_never_asks() -> None:
    screen = Screen()
    awake = Awake(screen.kept_on, after_s=SOON_S)
    conductor = session(awake)
    conductor.tell(Input(InputKind.INTERRUPT))
    awake.close()
    assert screen.said.empty()
    assert "awake" not in {thread.name for thread in threading.enumerate() if not thread.daemon}


def test_what_fails_disturbs_nobody(capfd: pytest.CaptureFixture[str]) -> None:
    asked = threading.Event()

    def broken() -> AbstractContextManager[None]:
        asked.set()
        raise OSError("no bus")

    awake = Awake(broken, after_s=0)
    conductor = session(awake)
    assert asked.wait(SOON_S)
    awake.close()
    assert not conductor.ended
    assert capfd.readouterr() == ("", "")
    assert describe(broken) == "not kept on: no bus"


def test_what_never_answers_is_waited_for_by_nobody() -> None:
    asked, never = threading.Event(), threading.Event()

    @contextmanager
    def hanging() -> Iterator[None]:
        asked.set()
        never.wait()
        yield

    awake = Awake(hanging, after_s=0)
    conductor = session(awake)
    assert asked.wait(SOON_S)
    conductor.tell(Input(InputKind.INTERRUPT))
    awake.close()
    assert describe(hanging, answer_s=0.05) == "not kept on: nothing answers here"
    never.set()


def test_without_threads_the_screen_goes_dark_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def start(thread: threading.Thread) -> None:
        raise RuntimeError(f"can't start new thread {thread.name}")

    screen = Screen()
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", start)
        awake = Awake(screen.kept_on, after_s=0)
        conductor = session(awake)
        awake.close()
        assert describe(screen.kept_on) == "not kept on: there are no threads left"
        later = Awake(screen.kept_on, after_s=0)
        conductor = session(later)
    assert screen.said.empty()
    conductor.tell(Input(InputKind.PAUSE))
    assert screen.says() == "on", "there are some again"
    later.close()
    assert screen.says() == "off"


ASK = """
import sys
from backcoach.session.awake import describe
print(describe(answer_s=0.5))
"""


def test_a_message_bus_that_never_answers(tmp_path: Path) -> None:
    """The real thing: a socket that takes what is written to it, and nobody who reads."""
    program = Program(tmp_path)
    with socket.socket(socket.AF_UNIX) as bus:
        path = tmp_path / "bus"
        bus.bind(str(path))
        bus.listen()
        done = program.python(ASK, env={"DBUS_SESSION_BUS_ADDRESS": f"unix:path={path}"})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("not kept on")


def test_no_message_bus(tmp_path: Path) -> None:
    nowhere = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path / 'nothing'}"}
    done = Program(tmp_path).python(ASK, env=nowhere)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("not kept on")
