"""Programs that are run, sessions that are conducted by a handed clock, and histories to read."""

import os
import select
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any, Final

from player_building import timeline_of_text

from backcoach.history.reader import Reader
from backcoach.history.records import EventRecord, NewSession
from backcoach.history.store import Store as Store
from backcoach.player import events as ev
from backcoach.player.inputs import TICK
from backcoach.player.machine import begin, step
from backcoach.session.clock import HandedClock, Moment
from backcoach.session.conductor import Conductor
from backcoach.timeline.model import Timeline

ROOT: Final = Path(__file__).parents[1]
EVENING_MS: Final = 1_778_000_000_000
"""A wall clock's time to begin at."""
TIMEOUT_S: Final = 30
"""Nothing that is waited for takes this long."""
DECLARED: Final = ("--pain", "1", "--nothing-new", "--accept-safety-notes")
"""Everything that `play` would ask."""

INDIA: Final = timezone(timedelta(hours=5, minutes=30))


@cache
def bird_dogs() -> Timeline:
    """The bundled routine: 257 s."""
    return timeline_of_text((ROOT / "routines" / "bird-dogs.toml").read_text("utf-8"))


def until(holds: Callable[[], object]) -> None:
    """Wait until something holds that another thread or process brings about."""
    never = threading.Event()
    for _ in range(TIMEOUT_S * 100):
        if holds():
            return
        never.wait(0.01)
    raise AssertionError("it never came to hold")


# Conducted sessions


class Conducted:
    """A session, its clock, and all it hands on.

    Attributes:
        heard: the events, in the order the sink got them.
        moments: for each event, when.
        beats: the active time that was handed on, and when by the monotonic clock.
    """

    def __init__(
        self, timeline: Timeline | None = None, *, speed: float = 1.0, muted: bool = False
    ) -> None:
        self.clock = HandedClock(EVENING_MS)
        self.heard: list[ev.Event] = []
        self.moments: list[Moment] = []
        self.beats: list[tuple[int, int]] = []
        self.conductor = Conductor(
            timeline or bird_dogs(),
            self.clock,
            sinks=(self._hear,),
            beat=lambda active_ms, moment: self.beats.append((active_ms, moment.monotonic_ms)),
            speed=speed,
            muted=muted,
        )

    def _hear(self, event: ev.Event, moment: Moment) -> None:
        self.heard.append(event)
        self.moments.append(moment)

    @property
    def now_ms(self) -> int:
        """What the monotonic clock shows."""
        return self.clock.now().monotonic_ms

    @property
    def active_ms(self) -> int:
        """The unpaused time so far."""
        return self.conductor.state.active_ms

    def wake(self, late_ms: int = 0) -> None:
        """Wake up when the conductor asked for it, or so much later."""
        self.clock.advance(self.conductor.wait_ms() + late_ms)
        self.conductor.pump()

    def wait(self, ms: int) -> None:
        """Let time go by, and wake as often as the conductor asks for."""
        end_ms = self.now_ms + ms
        while self.now_ms < end_ms:
            self.clock.advance(min(self.conductor.wait_ms() or 1, end_ms - self.now_ms))
            self.conductor.pump()

    def press(self, *keys: str) -> bool:
        """Press keys now, one after the other; whether all of them count."""
        counted = [self.conductor.press(key) for key in keys]
        return all(counted)

    def to_the_end(self, late_ms: int = 0) -> None:
        """Wake up until the session is over."""
        for _ in range(10_000):
            if self.conductor.ended:
                return
            self.wake(late_ms)
        raise AssertionError("it never ends")

    def kinds(self) -> list[str]:
        """The events by their kinds."""
        return [event.kind for event in self.heard]


def in_one_jump(timeline: Timeline) -> list[ev.Event]:
    """Every event of a session in which nobody touches a key."""
    state, events = begin(timeline, 0)
    _, more = step(state, TICK, timeline.total_ms)
    return [*events, *more]


# Histories


def new_session(
    session: str = "one", started_at: datetime | None = None, **changes: Any
) -> NewSession:
    """What is written when a session begins."""
    fields: dict[str, Any] = {
        "id": session,
        "routine": "bird-dogs",
        "name": "Bird-dogs, five minutes",
        "started_at": started_at or evening(),
        "rehearsal": False,
        "planned_ms": 257_000,
        "plan": {"version": 1, "name": "Fünf Minuten"},
        "pain_before": 2,
        "answers": {"pain": 2, "nothing_new": True, "declared": False},
    }
    return NewSession(**fields | changes)


def evening(seconds: float = 0, zone: timezone = INDIA) -> datetime:
    """A moment on an evening, so many seconds into it."""
    return datetime(2026, 3, 29, 19, 30, tzinfo=zone) + timedelta(seconds=seconds)


def record(seq: int, kind: str, active_ms: int = 0, **data: Any) -> EventRecord:
    """An event to add to a history, a second after the one before."""
    return EventRecord(seq, evening(seq), active_ms, kind, data)


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    """What another program reads in a history."""
    other = sqlite3.connect(path)
    try:
        return other.execute(query).fetchall()
    finally:
        other.close()


def begun(path: Path) -> bool:
    """Whether a session is in a history that another thread or process may just be making."""
    if not path.exists():
        return False
    made = rows(path, "SELECT 1 FROM sqlite_schema WHERE name = 'session'")
    return bool(made and rows(path, "SELECT id FROM session"))


def kinds_in(path: Path) -> list[str]:
    """The events of a history's only session, by their kinds."""
    with Reader(path) as store:
        (session,) = store.sessions()
        return [event.kind for event in store.events(session.id)]


# Programs


@dataclass(frozen=True, slots=True)
class Program:
    """The program with a home of its own.

    Attributes:
        home: where its data, its configuration and everything else go.
    """

    home: Path

    @property
    def data(self) -> Path:
        """Where the history is."""
        return self.home / "data"

    @property
    def history(self) -> Path:
        """The history."""
        return self.data / "history.db"

    @property
    def routines(self) -> Path:
        """The person's own routines; the folder is made."""
        folder = self.home / "config" / "routines"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def env(self, extra: Mapping[str, str] | None = None) -> dict[str, str]:
        """An environment in which nothing of this machine's person is touched."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("LC_", "LANG", "XDG_", "PYTHON"))
        }
        ours = {
            "HOME": str(self.home),
            "BACKCOACH_DATA_DIR": str(self.data),
            "BACKCOACH_CONFIG_DIR": str(self.home / "config"),
            "LC_ALL": "C.UTF-8",
            "PYTHONSAFEPATH": "1",
        }
        return kept | ours | dict(extra or {})

    def command(self, *args: str) -> list[str]:
        """What runs the program."""
        return [sys.executable, "-m", "backcoach", *args]

    def run(
        self, *args: str, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run the program to its end, without a terminal."""
        return self._run(self.command(*args), env)

    def python(
        self, code: str, *args: str, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run some Python to its end, in the program's environment."""
        return self._run([sys.executable, "-c", code, *args], env)

    def shell(self, words: str, *args: str) -> subprocess.CompletedProcess[str]:
        """Run the program inside a shell's words, where it is `"$@"`."""
        return self._run(["sh", "-c", words, "sh", *self.command(*args)], None)

    def _run(
        self, command: list[str], env: Mapping[str, str] | None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            env=self.env(env),
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=TIMEOUT_S,
            check=False,
        )

    @contextmanager
    def start(
        self, command: Sequence[str], stdin: int = subprocess.DEVNULL
    ) -> Iterator["subprocess.Popen[bytes]"]:
        """Start something in the program's environment; what still runs at the end is killed."""
        with subprocess.Popen(
            command,
            env=self.env(),
            cwd=self.home,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            try:
                yield process
            finally:
                process.kill()


class Lines:
    """What a program writes, read while it runs."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdout is not None
        self._fd = process.stdout.fileno()
        self._at = 0
        self.text = ""

    def until(self, words: str) -> None:
        """Read until some words have come, after those that were waited for before."""
        while (at := self.text.find(words, self._at)) < 0:
            assert self._more(TIMEOUT_S), f"{words!r} never came after:\n{self.text}"
        self._at = at + len(words)

    def quiet(self, seconds: float) -> None:
        """Read until nothing has come for so long."""
        while self._more(seconds):
            pass

    def _more(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._fd], [], [], seconds)
        data = os.read(self._fd, 4096) if ready else b""
        self.text += data.decode("utf-8", "replace")
        return bool(data)


def unprintable(text: str) -> set[str]:
    """The characters in a text that a terminal would obey or that hide what is written."""
    return {c for c in text if not c.isprintable() and c != "\n"}
