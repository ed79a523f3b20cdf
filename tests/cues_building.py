"""Sound programs for tests: real child processes, and sessions whose sounds are collected."""

import json
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from player_building import QUITE_WELL, Playing

from backcoach.cues.lengths import Lengths
from backcoach.cues.script import Script
from backcoach.cues.sounder import measured
from backcoach.cues.sounds import Say, Sound
from backcoach.player import events as ev
from backcoach.player.inputs import TICK, Input, InputKind
from backcoach.player.machine import begin, next_deadline, step
from backcoach.player.resuming import BrokenOff
from backcoach.player.state import State, Status
from backcoach.settings.model import CUES
from backcoach.timeline.marks import WORDS, Cue
from backcoach.timeline.model import Form, Phase, PhaseKind, Step, Timeline, lay_out

ALL: Final = frozenset(CUES)

RECORDER: Final = """#!{python}
import json, os, sys
stdin = sys.stdin.buffer.read() if {reads} else b""
os.write(1, b"NOISE on stdout")
os.write(2, b"NOISE on stderr")
try:
    terminal = os.open("/dev/tty", os.O_WRONLY)
    os.write(terminal, b"NOISE on the terminal")
except OSError:
    terminal = None
entry = dict(
    argv=sys.argv, stdin=stdin.decode("utf-8", "replace"), pid=os.getpid(),
    session=os.getsid(0), terminal=terminal is not None,
)
with open({log!r}, "a", encoding="utf-8") as log:
    log.write(json.dumps(entry) + "\\n")
{then}
"""


@dataclass(frozen=True)
class Fake:
    """A program of tests: what it was called with is in its log."""

    path: Path
    log: Path

    @property
    def calls(self) -> list[dict[str, Any]]:
        """Every call so far."""
        if not self.log.exists():
            return []
        lines = self.log.read_text("utf-8").splitlines(keepends=True)
        # The last one may just be being written.
        return [json.loads(line) for line in lines if line.endswith("\n")]


def program(folder: Path, name: str, then: str = "", *, reads: bool = True) -> Fake:
    """Put a program into a folder that records its calls, then does some Python."""
    folder.mkdir(parents=True, exist_ok=True)
    path, log = folder / name, folder / f"{name}.log"
    path.write_text(
        RECORDER.format(python=sys.executable, log=str(log), then=then, reads=reads), "utf-8"
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return Fake(path, log)


HANG: Final = "import threading; threading.Event().wait()"
FAIL: Final = "sys.exit(3)"


def alive(pid: int) -> bool:
    """Whether a process is there, a zombie included."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def running(pid: int) -> bool:
    """Whether a process runs: one that nobody reaps any more doesn't."""
    state = Path(f"/proc/{pid}/stat")
    if not Path("/proc/self").exists():
        return alive(pid)
    try:
        return state.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


# Sessions


@dataclass(frozen=True)
class Heard:
    """A sound, the event it came with, and the state after it."""

    event: ev.Event
    state: State
    sound: Sound


def script(**changes: Any) -> Script:
    """A script with the measured lengths, and everything wanted."""
    rate = changes.pop("rate", 150)
    wanted = changes.pop("wanted", ALL)
    return Script(Lengths(measured(), rate), wanted, **changes)


def heard_in(timeline: Timeline, **changes: Any) -> list[Heard]:
    """All that is heard of a session in which nobody touches a key."""
    listening = script(**changes)
    state, events = begin(timeline, 0)
    heard: list[Heard] = []
    while True:
        for event in events:
            heard += [Heard(event, state, each) for each in listening.sounds_of(event, state)]
        if state.status is Status.ENDED:
            return heard
        self_paced = state.current.duration_ms is None
        due = next_deadline(state)
        given = Input(InputKind.DONE) if self_paced else TICK
        state, events = step(state, given, state.now_ms if self_paced else due or 0)


def lines(heard: list[Heard]) -> list[str]:
    """What is said."""
    return [each.sound.line for each in heard if isinstance(each.sound, Say)]


class Listening(Playing):
    """A session that is played by hand, with what is heard of it."""

    def __init__(self, timeline: Timeline, before: BrokenOff | None = None, **changes: Any) -> None:
        super().__init__(timeline)
        if before is not None:
            self.state, self.events = begin(timeline, 0, QUITE_WELL, before)
        self._script = script(**changes)
        self.sounds: list[Sound] = []
        self._take(self.events)

    def give(self, given: Input, after_ms: int = 0) -> list[ev.Event]:
        """As for any session, keeping the sounds of this input only."""
        events = super().give(given, after_ms)
        self.sounds = []
        self._take(events)
        return events

    def _take(self, events: list[ev.Event]) -> None:
        for event in events:
            self.sounds += self._script.sounds_of(event, self.state)

    @property
    def said(self) -> list[str]:
        """The lines of the last input."""
        return [sound.line for sound in self.sounds if isinstance(sound, Say)]


def forms_of(step_: Step) -> Iterator[tuple[str, Form]]:
    """A step's forms, each with its name."""
    yield "usual", step_.usual
    if step_.smaller:
        yield "smaller", step_.smaller
    if step_.easier:
        yield "easier", step_.easier


def played_as(timeline: Timeline, step_: Step, form: Form) -> Timeline:
    """A timeline of one step, played in one of its forms as its usual one."""
    alone = Step(1, form, prepare_ms=step_.prepare_ms)
    phases = tuple(
        Phase(
            kind=phase.kind,
            duration_ms=phase.duration_ms,
            step=1,
            exercise=phase.exercise,
            side=phase.side,
            set=phase.set,
            rep=phase.rep,
        )
        for phase in form.phases
    )
    return Timeline(timeline.routine, timeline.name, lay_out(phases), (alone,))


def room_after(event: ev.Event) -> int:
    """Milliseconds that a line has until the next tone of its phase."""
    assert isinstance(event, ev.PhaseBegan | ev.MarkReached)
    phase = event.phase
    assert phase.duration_ms is not None
    into_ms = 0
    if isinstance(event, ev.MarkReached):
        into_ms = next(mark.at_ms for mark in phase.marks if mark.cue is event.cue)
        if event.cue is Cue.AGAIN:
            return phase.duration_ms - into_ms
    # To a set-up the first of the count gives way.
    silent = {*WORDS, Cue.THREE} if phase.kind is PhaseKind.PREPARE else WORDS
    tones = [m.at_ms for m in phase.marks if m.at_ms > into_ms and m.cue not in silent]
    return min(tones, default=phase.duration_ms) - into_ms
