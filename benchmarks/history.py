"""What ten years of sessions cost, beside a history in which there is none yet."""

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

from backcoach.history.owner import this_process
from backcoach.history.recorder import Recorder
from backcoach.history.records import EventRecord, NewSession
from backcoach.history.store import Store
from backcoach.tui.pictures.history import EMPTY
from benchmarks.place import BACKCOACH, PYTHON, Place, Row
from benchmarks.starting import library_words
from benchmarks.years import SESSIONS, home_of

HOME_MOST: Final = 1.1
DATA_MOST_MS: Final = 60.0
COMMIT_MOST_MS: Final = 5.0
TRANSFER_MOST_S: Final = 10.0
LISTED: Final = "28 DAYS"
"""Above the list, once there is one."""
EVENTS: Final = 100
"""So many are recorded in each run."""

_OWN_WORK: Final = """
import gc, sys, time
from datetime import datetime
from pathlib import Path
from backcoach.catalogue.families import families
from backcoach.cli.looking_back import look_back
from backcoach.history.desk import HistoryDesk
from backcoach.paths import Paths
from backcoach.settings.model import WeekGoals
from backcoach.stats.days import minutes_by_day, stop_days
from backcoach.stats.totals import stats_json, total
from backcoach.tui.pictures.month import month_of
from backcoach.tui.pictures.weeks import progress_of

# As every command begins: the collector is off, and nothing was read before.
gc.disable()
paths, now = Paths(Path(sys.argv[1]), Path(sys.argv[2])), datetime.now().astimezone()
goals, table, today = WeekGoals(), families(), now.date()
desk = HistoryDesk(paths.history, lambda: now)
began_s = time.perf_counter()
"""
_EXERCISES: Final = """
sessions = desk.sessions(exercises=True)
names = {done.exercise: done.name for session in sessions for done in session.exercises}
"""
_OWN_WORKS: Final = {
    "stats --json": "stats_json(total(desk.sessions(), today, goals))",
    "the history screen": f"""{_EXERCISES}
minutes_by_day(sessions)
stop_days(sessions)
month_of(sessions, today, goals.sessions, names)
""",
    "progress": f"{_EXERCISES}progress_of(sessions, today, goals, table, names)",
    "home": "look_back(paths, goals, now)",
}
"""What is read, and what it is folded to."""
_OWN_MOST: Final = {"stats --json": DATA_MOST_MS, "the history screen": DATA_MOST_MS}
_COMMANDS: Final = {
    "list --json": ("list", "--json"),
    "stats --json": ("stats", "--json"),
    "history --limit 1": ("history", "--limit", "1"),
}


_GROWTH: Final = {"list --json": 1.1}
"""What doesn't look at the history starts as fast as ever."""


def measure_history(place: Place, runs: int) -> Iterator[Row]:
    """The screens, what they read, whole commands, what is recorded, and the way out and in."""
    places = home_of(place.folder / "years", SESSIONS), home_of(place.folder / "new", 0)
    yield from _measure_home(*places, runs)
    for name, work in _OWN_WORKS.items():
        ours, bare = _medians(partial(_own_work_ms, work), places, runs)
        yield Row(f"own work: {name}", "ms", ours, bare, _OWN_MOST.get(name))
    for name, args in _COMMANDS.items():
        ours, bare = _medians(partial(_run_ms, args), places, runs)
        yield Row(f"process: {name}", "ms", ours, bare, _GROWTH.get(name), of_ratio=True)
    yield from _measure_recording(*places, runs)
    yield from _measure_transfer(places[0], place.folder)


def _medians(
    measure: Callable[[Place], float], places: tuple[Place, Place], runs: int
) -> tuple[float, float]:
    """Of both places, in turns: what slows the machine slows both."""
    taken = [[measure(each) for each in places] for _ in range(runs)]
    ours, bare = zip(*taken, strict=True)
    return median(ours), median(bare)


def _measure_home(years: Place, new: Place, runs: int) -> Iterator[Row]:
    """From the command to the routines' names, and from a key to the list of the sessions."""
    names, _ = library_words()
    home_ms: dict[Place, list[float]] = {years: [], new: []}
    list_ms: dict[Place, list[float]] = {years: [], new: []}
    for number in range(runs + 1):
        for each, words in ((years, LISTED), (new, EMPTY[0])):
            with each.run(BACKCOACH) as terminal:
                shown_s = terminal.wait_for(*names)
                home_ms[each].append((shown_s - terminal.started_s) * 1000)
                # Looking after the history is over by then, and keys count.
                terminal.settle(1.0)
                pressed_s = terminal.press("h")
                list_ms[each].append((terminal.wait_for(words) - pressed_s) * 1000)
            if number == 0:
                # The routines were compiled, and a first copy of the history was made.
                home_ms[each].clear()
                list_ms[each].clear()
    home = median(home_ms[years]), median(home_ms[new])
    yield Row("home, names", "ms", *home, HOME_MOST, of_ratio=True)
    yield Row("from h to the list", "ms", median(list_ms[years]), median(list_ms[new]))


def _own_work_ms(work: str, place: Place) -> float:
    """Milliseconds of some work, in a process of its own that has only done its imports."""
    code = f"{_OWN_WORK}{work}\nprint((time.perf_counter() - began_s) * 1000)"
    folders = (str(place.paths.data), str(place.paths.config))
    done = subprocess.run(
        (PYTHON, "-c", code, *folders), capture_output=True, encoding="utf-8", check=True
    )
    return float(done.stdout)


def _run_ms(args: Sequence[str], place: Place) -> float:
    """Milliseconds from a command's start to its end."""
    began_s = time.perf_counter()
    done = subprocess.run(
        (BACKCOACH, *args),
        env={**os.environ, **place.environment},
        capture_output=True,
        check=False,
    )
    took_s = time.perf_counter() - began_s
    assert done.returncode == 0, done
    return took_s * 1000


def _measure_recording(years: Place, new: Place, runs: int) -> Iterator[Row]:
    """Commits, and from an event to the word that it is saved; in both histories in turns."""
    committed_ms: dict[str, dict[Place, list[float]]] = {}
    saved_ms: dict[Place, list[float]] = {years: [], new: []}
    for number in range(runs):
        writers = {each: _Writer(each, number) for each in (years, new)}
        for kind in ("begin", *["rep"] * EVENTS, "end"):
            for each, writer in writers.items():
                taken = committed_ms.setdefault(kind, {years: [], new: []})
                taken[each].append(writer.commit_ms(kind))
        for each, writer in writers.items():
            writer.close()
            saved_ms[each] += _saved_ms(each, number)
    titles = {"begin": "its start", "rep": "an event", "end": "its end"}
    for kind, taken in committed_ms.items():
        most = COMMIT_MOST_MS if kind == "rep" else None
        yield Row(f"commit: {titles[kind]}", "ms", median(taken[years]), median(taken[new]), most)
    yield Row("recorder: saved", "ms", median(saved_ms[years]), median(saved_ms[new]))


class _Writer:
    """Commits a session's events one by one."""

    def __init__(self, place: Place, number: int) -> None:
        self._new = _new_session(f"commits-{number}")
        self._store = Store(place.paths.history)
        self._seq = 0

    def commit_ms(self, kind: str) -> float:
        """Milliseconds of one transaction."""
        began_s = time.perf_counter()
        with self._store.transaction():
            if kind == "begin":
                self._store.begin(self._new, this_process())
            else:
                self._seq += 1
                at = self._new.started_at + timedelta(seconds=8 * self._seq)
                data = {"outcome": "completed"} if kind == "end" else _REP
                event = EventRecord(self._seq, at, 8000 * self._seq, kind, data)
                self._store.add(self._new.id, event)
        return (time.perf_counter() - began_s) * 1000

    def close(self) -> None:
        self._store.close()


_REP: Final = {
    "step": 1, "exercise": "bird-dog", "family": "posterior", "round": None, "side": "left",
    "set": 1, "rep": 1, "reps": 1, "real_ms": 8000, "held_ms": 5000,
}  # fmt: skip


def _saved_ms(place: Place, number: int) -> list[float]:
    """Milliseconds from handing an event to a recorder until it is said to be saved."""
    taken: list[float] = []
    saved = threading.Semaphore(0)
    new = _new_session(f"recorded-{number}")
    recorder = Recorder(place.paths.history, new, lambda *_: saved.release())
    saved.acquire()
    for seq in range(EVENTS):
        began_s = time.perf_counter()
        recorder.note("rep", dict(_REP), 8000 * seq, new.started_at + timedelta(seconds=8 * seq))
        saved.acquire()
        taken.append((time.perf_counter() - began_s) * 1000)
    assert recorder.close(10)
    return taken


def _new_session(name: str) -> NewSession:
    started = datetime.now(UTC)
    return NewSession(
        name, "bird-dogs", "Bird-dogs", started, False, 257_000, {"version": 2, "steps": []}
    )


def _measure_transfer(years: Place, folder: Path) -> Iterator[Row]:
    """All sessions out into a file, and into a history where none of them is."""
    file = str(folder / "all.jsonl")
    there = Place(folder / "there")
    for name, place, args, most in (
        ("export", years, ("export", file), TRANSFER_MOST_S),
        ("import", there, ("import", file, "--yes"), TRANSFER_MOST_S),
        ("import, all there already", there, ("import", file, "--yes"), TRANSFER_MOST_S),
        ("backup", there, ("backup", str(folder / "all.db")), None),
    ):
        yield Row(name, "s", _run_ms(args, place) / 1000, None, most)
