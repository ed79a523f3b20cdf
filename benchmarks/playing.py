"""What it costs to hold, to move, and to stand still: all programs side by side, in turns."""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median
from typing import Final

from benchmarks.place import (
    BARE,
    BARE_TEXT,
    LONG_HOLD,
    LONG_MOVES,
    NO_MOTION,
    SHORT_HOLDS,
    SHORT_MOVES,
    Made,
    Place,
    Row,
)
from benchmarks.terminal import Terminal, drain

WINDOW_S: Final = 15.0


@dataclass(frozen=True, slots=True)
class _Played:
    """A program to measure, and its targets.

    Attributes:
        word: of the state in which it is measured.
        most_pct, most_bytes: a core, and what is written in a second; None for no target.
    """

    name: str
    made: Made
    word: str
    most_pct: float | None = None
    most_bytes: float | None = None
    still: bool = False

    def start(self, place: Place) -> Terminal:
        """Play it up to the state that is measured."""
        terminal = place.play_made(self.made, NO_MOTION if self.still else None)
        try:
            # The prepare of a second is over before any screen is read.
            terminal.wait_for("↕ lift" if self.word == "lift" else "■ hold")
            if self.word == "paused":
                terminal.settle(0.05)
                drain([terminal], 1.0)
                terminal.press(" ")
                terminal.wait_for("‖ paused")
        except BaseException:
            terminal.close()
            raise
        return terminal


HOLDS: Final = (
    _Played("hold", LONG_HOLD, "hold", 3, 8000),
    _Played("holds of 10 s", SHORT_HOLDS, "hold", 3, 8000),
    _Played("paused", LONG_HOLD, "paused", 0.5),
)
STILL: Final = (
    _Played("hold, reduced motion", LONG_HOLD, "hold", 1.5, 3000, still=True),
    _Played("holds of 10 s, reduced", SHORT_HOLDS, "hold", 1.5, 3000, still=True),
    _Played("move, reduced motion", LONG_MOVES, "lift", None, None, still=True),
)
MOVES: Final = (
    _Played("move", LONG_MOVES, "lift", 10),
    _Played("moves of 2 s", SHORT_MOVES, "lift", 10),
)


def measure_hold(place: Place, runs: int) -> Iterator[Row]:
    """A hold with the figure breathing, and a pause."""
    yield from _measure(place, HOLDS, runs)


def measure_still(place: Place, runs: int) -> Iterator[Row]:
    """The same where nothing moves that doesn't have to."""
    yield from _measure(place, STILL, runs)


def measure_move(place: Place, runs: int) -> Iterator[Row]:
    """A figure that is drawn twelve times a second."""
    yield from _measure(place, MOVES, runs)


def _measure(place: Place, played: Sequence[_Played], runs: int) -> Iterator[Row]:
    """Side by side in the same seconds: medians of `runs` windows."""
    with ExitStack() as stack:
        ours = [stack.enter_context(each.start(place)) for each in played]
        ticking = stack.enter_context(place.run(*BARE, "tick"))
        still = stack.enter_context(place.run(*BARE))
        for terminal in (ticking, still):
            terminal.wait_for(BARE_TEXT)
        terminals = [*ours, ticking, still]
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
    for each, terminal in zip(played, ours, strict=True):
        bare = still if each.word == "paused" else ticking
        for name, unit, values, most in (
            ("processor", "%", cpu_pct, each.most_pct),
            ("written", "B/s", bytes_per_s, each.most_bytes),
        ):
            row = f"{each.name}: {name}"
            yield Row(row, unit, median(values[terminal]), median(values[bare]), most)
