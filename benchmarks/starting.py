"""From the command to what was asked for, and the memory it takes then, beside the bare app."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from statistics import median
from typing import Final

from benchmarks.place import BACKCOACH, BARE, BARE_TEXT, GET_READY, LIBRARY, Place, Row
from benchmarks.terminal import COLUMNS, Terminal

FIRST: Final = "back-on-track"
"""What home chooses where nothing was done yet."""
MOST: Final = {
    "start: home, names": 1.45,
    "start: play, get ready": 1.8,
    "memory: home": 1.7,
    "memory: play": 1.7,
}
"""The targets, as ratios to the bare app."""


def measure_start(place: Place, runs: int) -> Iterator[Row]:
    """From the command to what was asked for, and the memory it takes then."""
    names, summary = library_words()
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
            row = f"{title}: {name}"
            yield Row(row, unit, median(measured), bare, MOST.get(row), of_ratio=True)


def library_words() -> tuple[list[str], str]:
    """What home shows: the routines' names, and the summary of the one that it chooses.

    Of each the beginning: there isn't always room for the rest of it on one line.
    """
    routines = {
        path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
        for path in LIBRARY.glob("*.toml")
    }
    room = COLUMNS // 6
    return [each["name"][:room] for each in routines.values()], routines[FIRST]["summary"][:room]
