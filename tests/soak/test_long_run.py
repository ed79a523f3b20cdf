"""Hours of routines with random keys and window sizes, and what is left of them at the end.

The soak is two hours of routines, or `BACKCOACH_SOAK_SECONDS`, in six lives, which may run side by
side (`pytest -n 3 -m soak` with this file). What fails names its seed, to be given as
`BACKCOACH_SOAK_SEED`; the keys are the same then, the moments are not.
"""

import os
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from statistics import median
from typing import Final

import psutil
import pytest
from cues_building import FAIL, Fake, program, running
from end_to_end_terminal import Home

from backcoach.session.clock import SystemClock

SECONDS: Final = int(os.environ.get("BACKCOACH_SOAK_SECONDS", "7200"))
SEED: Final = int(os.environ.get("BACKCOACH_SOAK_SEED", "0"))
SHORT_S: Final = 5
LIVES: Final = 6
"""So many programs: one that somebody left by a key says little about its memory."""
GROWTH: Final = 1.10
LEAST_LOOKS: Final = 24
"""After fewer of them nothing is said of a life's memory."""
ROUTINES: Final = tuple(
    sorted(path.stem for path in (Path(__file__).parents[2] / "routines").glob("*.toml"))
)
SIZES: Final = ((40, 12), (60, 20), (78, 22), (80, 24), (100, 30), (120, 40), (200, 60))
KEYS: Final = (
    *"xz" * 3, *"    " * 4, *"\r\r" * 8, *"0123456789", *"+-amey?nkj::w~",
    "\x1b", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[3~", "\x7f", "\t", "\x18", "ч",
)  # fmt: skip
"""Any key but those that leave home."""
GOES_ON: Final = (
    ("HOW MUCH NOW?", "3\r"),
    ("ENOUGH FOR TODAY", "q"),
    ("have to do anything", "\x1b"),
    ("END HERE?", "y"),
    ("NOTHING NEW?", "1"),
    ("LIBRARY", "j\r"),
    ("WHAT WAS IT?", "z"),
    ("paused", " "),
    ("get ready", "\r"),
)
"""What is on the screen → what leads on from there, to the end of a session and into the next."""
SPEAKS: Final = "import threading; threading.Event().wait(0.4)"
CLOCK: Final = SystemClock()


class Life:
    """One program from its start to its end, used by somebody who presses anything.

    Attributes:
        rss: its resident memory every now and then, in bytes.
        threads: how many it had at these times.
    """

    def __init__(self, home: Home, chance: random.Random, speed: int) -> None:
        self._home = home
        self._chance = chance
        self.terminal = home.play(chance.choice(ROUTINES), "--speed", str(speed), size=(120, 40))
        self.process = psutil.Process(self.terminal.pid)
        self.rss: list[int] = []
        self.threads: list[int] = []

    def live(self, seconds: float) -> None:
        """Press keys and change the size for so long, or until a key has ended it."""
        end_ms = CLOCK.now().monotonic_ms + seconds * 1000
        while CLOCK.now().monotonic_ms < end_ms and not self.terminal.ended():
            if self._chance.random() < 0.25:
                self._press(*self._chance.choices(KEYS, k=3))
            else:
                screen = self.terminal.text
                self._press(next((keys for words, keys in GOES_ON if words in screen), ""))
            if self._chance.random() < 0.1:
                self.terminal.resize(*self._chance.choice(SIZES))
            # Long enough, now and then, for a routine to get on.
            self.terminal.run_for(self._chance.choice((0.02, 0.3, 0.6, 0.9, 4.0)))
            self._look()

    def _press(self, *keys: str) -> None:
        # The key before this one may have ended it.
        with suppress(OSError):
            self.terminal.press("".join(keys))

    def _look(self) -> None:
        if not self.terminal.ended():
            self.rss.append(self.process.memory_info().rss)
            self.threads.append(self.process.num_threads())
            # The whole output of hours isn't kept: what follows looks at the end of it only.
            self.terminal.raw = self.terminal.raw[-200_000:]
        log = self._home.folder / "data" / "backcoach.log"
        assert not log.exists(), log.read_text("utf-8")[-4000:]
        assert b"Traceback" not in self.terminal.raw, self.terminal.text

    def end(self) -> None:
        """Ask it to end: nothing it has started is left."""
        children = [] if self.terminal.ended() else self.process.children(recursive=True)
        if not self.terminal.ended():
            self.terminal.signal(15)
        assert self.terminal.wait_exit() in (0, 143), self.terminal.text
        assert not [child.pid for child in children if running(child.pid)]

    @property
    def growth(self) -> float:
        """Its memory in its last quarter, to that in its second one: by then all is loaded."""
        quarter = len(self.rss) // 4
        return median(self.rss[-quarter:]) / median(self.rss[quarter : 2 * quarter])


def use(home: Home, seconds: float, fakes: list[Fake], seed: int, speed: int) -> list[Life]:
    """Use the program for so long, again where a key has ended it; what is left is checked."""
    used: list[Life] = []
    chance = random.Random(seed)
    end_ms = CLOCK.now().monotonic_ms + seconds * 1000
    while (left_ms := end_ms - CLOCK.now().monotonic_ms) > 0:
        life = Life(home, chance, speed)
        life.live(left_ms / 1000)
        life.end()
        used.append(life)
    pids = [call["pid"] for fake in fakes for call in fake.calls]
    assert not [pid for pid in pids if running(pid)]
    check_history(home)
    return used


def check_history(home: Home) -> None:
    """It is whole, and every session in it has ended."""
    with closing(sqlite3.connect(home.folder / "data" / "history.db")) as history:
        assert history.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert history.execute("PRAGMA foreign_key_check").fetchall() == []
        count, ended = history.execute("SELECT count(*), count(outcome) FROM session").fetchone()
        assert count >= 1
        assert count == ended
        print(f"{count} sessions", end=", ")
    assert len(home.sessions()) == count


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """One person's folders, and everything that is started there, ended afterwards."""
    here = Home(tmp_path)
    yield here
    here.close()


@pytest.fixture
def fakes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Fake]:
    """A voice that speaks for a while, and a player that fails, before all others."""
    folder = tmp_path / "bin"
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return [
        program(folder, name, then)
        for name, then in (("spd-say", FAIL), ("espeak-ng", SPEAKS), ("pw-play", FAIL))
    ]


def test_a_short_run_leaves_nothing_behind(home: Home, fakes: list[Fake]) -> None:
    use(home, SHORT_S, fakes, SEED, 20)


@pytest.mark.soak
@pytest.mark.parametrize("number", range(LIVES))
def test_a_long_run_leaves_nothing_behind_and_takes_no_more_memory(
    home: Home, fakes: list[Fake], number: int
) -> None:
    # A fast rehearsal is silent: every third one is slow enough to be heard.
    speed = 4 if number % 3 == 2 else 20
    lives = use(home, SECONDS / LIVES, fakes, SEED + number, speed)
    for life in lives:
        print(
            f"{len(life.rss)} looks, {median(life.rss) / 2**20:.0f} MiB, "
            f"× {life.growth if len(life.rss) >= LEAST_LOOKS else 1:.3f}, "
            f"{min(life.threads)} to {max(life.threads)} threads",
            end="; ",
        )
    for life in lives:
        if len(life.rss) >= LEAST_LOOKS:
            quarter = len(life.threads) // 4
            assert life.growth <= GROWTH, f"BACKCOACH_SOAK_SEED={SEED + number}"
            # Sessions come and go meanwhile, and each has a few of its own.
            assert max(life.threads[-quarter:]) <= max(life.threads[: 2 * quarter]) + 1
