"""What is measured: the start, a hold, and the keys. Each beside the bare app, in turns."""

import random
import sys
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.terminal import COLUMNS, Terminal, drain

PYTHON: Final = sys.executable
BACKCOACH: Final = str(Path(PYTHON).parent / "backcoach")
BARE: Final = (PYTHON, str(Path(__file__).parent / "bare.py"))
LIBRARY: Final = Path(__file__).resolve().parents[1] / "routines"
ANSWERS: Final = ("--pain", "1", "--nothing-new", "--accept-safety-notes")

ROUTINE: Final = """\
name = "Benchmark"
summary = "A prepare for the keys, and a hold that lasts."
[[steps]]
exercise = "plank"
reps = 1
prepare = "10m"
hold = "5m"
"""
GET_READY: Final = "· get ready"
"""As the top line has it."""
BARE_TEXT: Final = "bare: 0 keys"
KEPT_S: Final = 3.2
"""A prepare can't be left sooner."""
WINDOW_S: Final = 15.0
PRESSES: Final = 200
STOPS: Final = 30
GUARD_S: Final = 0.9
"""After a stop, no key but `x` counts for a little less than this."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        bare: of the bare app; None where it has nothing like it.
    """

    measure: str
    unit: str
    ours: float
    bare: float | None


@dataclass(frozen=True, slots=True)
class Place:
    """A folder for everything that the measured programs write.

    Args:
        folder: an empty one.
    """

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """What makes a program keep its files here."""
        return {
            "BACKCOACH_DATA_DIR": str(self.folder / "data"),
            "BACKCOACH_CONFIG_DIR": str(self.folder / "config"),
        }

    def run(self, *command: str) -> Terminal:
        """Start a program that keeps its files here."""
        return Terminal(command, self.environment)

    def play(self, routine: str) -> Terminal:
        """Play a routine at once."""
        return self.run(BACKCOACH, "play", routine, *ANSWERS)

    def play_benchmark(self) -> Terminal:
        """Play the routine that is made for measuring."""
        path = self.folder / "benchmark.toml"
        path.write_text(ROUTINE, encoding="utf-8")
        return self.play(str(path))


def measure_start(place: Place, runs: int) -> Iterator[Row]:
    """From the command to what was asked for, and the memory it takes then."""
    names, summary = _library()
    with place.play("bird-dogs") as terminal:
        # Accepts the safety notes, which home would show first.
        terminal.wait_for(GET_READY)
    taken_ms: dict[str, list[float]] = defaultdict(list)
    rss_mib: dict[str, list[float]] = defaultdict(list)

    def reach(name: str, terminal: Terminal, *words: str) -> None:
        taken_ms[name].append((terminal.wait_for(*words) - terminal.started_s) * 1000)

    def settle(name: str, terminal: Terminal) -> None:
        terminal.settle()
        rss_mib[name].append(terminal.rss_mib())

    for _ in range(runs):
        with place.run(*BARE) as terminal:
            reach("bare", terminal, BARE_TEXT)
            settle("bare", terminal)
        with place.run(BACKCOACH) as terminal:
            reach("home, names", terminal, *names)
            reach("home, steps and lengths", terminal, summary)
            settle("home", terminal)
        with place.play("bird-dogs") as terminal:
            reach("play, get ready", terminal, GET_READY)
            settle("play", terminal)
    for title, unit, values in (("start", "ms", taken_ms), ("memory", "MiB", rss_mib)):
        bare = median(values.pop("bare"))
        for name, measured in values.items():
            yield Row(f"{title}: {name}", unit, median(measured), bare)


def measure_hold(place: Place, runs: int) -> Iterator[Row]:
    """What a hold and a pause cost, all four programs side by side in the same seconds."""
    with ExitStack() as stack:
        hold = stack.enter_context(place.play_benchmark())
        pause = stack.enter_context(place.play_benchmark())
        ticking = stack.enter_context(place.run(*BARE, "tick"))
        still = stack.enter_context(place.run(*BARE))
        terminals = (hold, pause, ticking, still)
        for terminal in (hold, pause):
            terminal.wait_for(GET_READY)
        drain(terminals, KEPT_S)
        hold.press("\r")
        pause.press(" ")
        pause.wait_for("· paused")
        hold.wait_for("· hold")
        drain(terminals, 2.0)
        cpu_pct: dict[Terminal, list[float]] = defaultdict(list)
        bytes_per_s: dict[Terminal, list[float]] = defaultdict(list)
        for _ in range(runs):
            before = [(t.cpu_s(), t.bytes_written) for t in terminals]
            began_s = time.perf_counter()
            drain(terminals, WINDOW_S)
            passed_s = time.perf_counter() - began_s
            for terminal, (cpu_s, written) in zip(terminals, before, strict=True):
                cpu_pct[terminal].append((terminal.cpu_s() - cpu_s) / passed_s * 100)
                bytes_per_s[terminal].append((terminal.bytes_written - written) / passed_s)
    for name, unit, values, ours, bare in (
        ("hold: processor", "%", cpu_pct, hold, ticking),
        ("hold: written", "B/s", bytes_per_s, hold, ticking),
        ("paused: processor", "%", cpu_pct, pause, still),
        ("paused: written", "B/s", bytes_per_s, pause, still),
    ):
        yield Row(name, unit, median(values[ours]), median(values[bare]))


def measure_keys(place: Place, runs: int) -> Iterator[Row]:
    """From a key to its effect, in a session that counts down meanwhile."""
    with place.play_benchmark() as ours, place.run(*BARE) as bare:
        ours.wait_for(GET_READY)
        bare.wait_for(BARE_TEXT)
        keys = _Keys(ours, bare)
        # The keys of a screen count from a moment after it has appeared.
        keys.wait(1.0, 1.0)
        for _ in range(runs):
            keys.change(PRESSES)
            keys.stop(STOPS)
    yield Row("+ −: median", "ms", median(keys.ours_ms), median(keys.bare_ms))
    yield Row("+ −: p99", "ms", p99(keys.ours_ms), p99(keys.bare_ms))
    yield Row("x, frozen: median", "ms", median(keys.frozen_ms), median(keys.beside_ms))
    yield Row("x, frozen: longest", "ms", max(keys.frozen_ms), max(keys.beside_ms))
    yield Row("x, written down: median", "ms", median(keys.asked_ms), None)
    yield Row("x, written down: longest", "ms", max(keys.asked_ms), None)


class _Keys:
    """Presses keys, in ours and in the bare app in turns, and keeps how long each took, in ms.

    Args:
        ours: in the prepare of a session.
        bare: the app that counts.
    """

    def __init__(self, ours: Terminal, bare: Terminal) -> None:
        self._ours = ours
        self._bare = bare
        self._counted = 0
        self._random = random.Random(0)
        self.ours_ms: list[float] = []
        self.bare_ms: list[float] = []
        self.frozen_ms: list[float] = []
        """From `x` to the stop on the screen."""
        self.asked_ms: list[float] = []
        """From `x` to its first question, which waits until the stop is on the disk."""
        self.beside_ms: list[float] = []
        """The bare app's keys, pressed in turns with the stops."""

    def wait(self, least_s: float, most_s: float) -> None:
        """Let some time pass, of no rhythm: neither app's second may favour a key."""
        drain((self._ours, self._bare), self._random.uniform(least_s, most_s))

    def change(self, times: int) -> None:
        """Make the prepare longer and shorter in turns: the same key twice wouldn't count."""
        for number in range(times):
            key, words = ("+", "5 s longer") if number % 2 == 0 else ("-", "5 s shorter")
            pressed_s = self._ours.press(key)
            shown_s = self._ours.wait_for(words)
            self.ours_ms.append((shown_s - pressed_s) * 1000)
            self.wait(0.03, 0.09)
            self.bare_ms.append(self._count())
            self.wait(0.03, 0.09)

    def stop(self, times: int) -> None:
        """Stop, wait as long as the screen asks for, and take it back as a mistake."""
        for _ in range(times):
            pressed_s = self._ours.press("x")
            frozen_s = self._ours.wait_for("The clock has stopped")
            asked_s = self._ours.wait_for("WHAT WAS IT")
            self.frozen_ms.append((frozen_s - pressed_s) * 1000)
            self.asked_ms.append((asked_s - pressed_s) * 1000)
            self.wait(GUARD_S, GUARD_S)
            self.beside_ms.append(self._count())
            self._ours.press("z")
            self._ours.wait_for(GET_READY)
            self.wait(0.1, 0.6)

    def _count(self) -> float:
        self._counted += 1
        pressed_s = self._bare.press("k")
        shown_s = self._bare.wait_for(f"bare: {self._counted} keys")
        return (shown_s - pressed_s) * 1000


def p99(values: Sequence[float]) -> float:
    """What one of a hundred exceeds."""
    return sorted(values)[len(values) * 99 // 100 - 1]


def _library() -> tuple[list[str], str]:
    """What home shows: the routines' names, and the summary of the first one.

    Of each the beginning: there isn't always room for the rest of it on one line.
    """
    routines = [
        tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(LIBRARY.glob("*.toml"))
    ]
    room = COLUMNS // 6
    return [routine["name"][:room] for routine in routines], routines[0]["summary"][:room]
