"""From a key to its effect on the screen, beside the bare app's."""

import random
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final

from benchmarks.place import BARE, BARE_TEXT, GET_READY, LONG_PREPARE, Place, Row
from benchmarks.terminal import Terminal, drain

PRESSES: Final = 200
GUARD_S: Final = 0.9
"""After a stop, no key but `x` counts for a little less than this."""


def measure_keys(place: Place, runs: int) -> Iterator[Row]:
    """From a key to its effect, in a session that counts down meanwhile."""
    with place.play_made(LONG_PREPARE) as ours, place.run(*BARE) as bare:
        ours.wait_for(GET_READY)
        bare.wait_for(BARE_TEXT)
        keys = _Keys(ours, bare)
        # The keys of a screen count from a moment after it has appeared.
        keys.wait(1.0, 1.0)
        for _ in range(runs):
            keys.change(PRESSES)
            keys.stop(PRESSES)
    changed, counted = keys.changed_ms, keys.counted_ms
    yield Row("+ −: median", "ms", median(changed), median(counted), 5)
    yield Row("+ −: p99", "ms", p99(changed), p99(counted), 25)
    frozen, beside = keys.frozen_ms, keys.beside_ms
    yield Row("x, frozen STOP: median", "ms", median(frozen), median(beside))
    yield Row("x, frozen STOP: p99", "ms", p99(frozen), p99(beside), 50)
    yield Row("x, frozen STOP: longest", "ms", max(frozen), max(beside))
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
        self.changed_ms: list[float] = []
        self.counted_ms: list[float] = []
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
            self.changed_ms.append((shown_s - pressed_s) * 1000)
            self.wait(0.03, 0.09)
            self.counted_ms.append(self._count())
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
