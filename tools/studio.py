"""Screens of the real app at chosen moments, with the time handed in: for pictures and tests."""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from textual.pilot import Pilot

from backcoach.cli.wiring import make_begin, open_desk, resting_figure
from backcoach.paths import Paths, make_private
from backcoach.routines.finding import list_entries, quick_name
from backcoach.routines.library import Library
from backcoach.session.clock import HandedClock
from backcoach.timeline.model import Timeline
from backcoach.tui.app import CoachApp
from backcoach.tui.canvas import Row
from backcoach.tui.painting import Paint
from backcoach.tui.screens.picture_screen import PictureScreen
from backcoach.tui.screens.player import PlayerScreen
from backcoach.tui.widgets.picture import Picture
from backcoach.tui.wiring import LookBack, Wiring

EVENING_MS: Final = 1_778_000_000_000
"""A Tuesday evening in May."""
Size = tuple[int, int]
Moves = tuple[int | str, ...]
"""Numbers are milliseconds that pass, texts are keys."""
_HOLD: Final = 170_500
_LOOK_BACK: Final = ("h", 900, "down", "down", "down")
_STOP: Final = ("1", _HOLD, "x", 900)

SCENES: Final[dict[str, tuple[str | None, Moves]]] = {
    "notes": ("notes", ()),
    "home": (None, ()),
    "brief": ("core-foundation", ()),
    "get-ready": ("bird-dogs", ("1", 158_000)),
    "lift": ("bird-dogs", ("1", 167_400)),
    "hold": ("bird-dogs", ("1", _HOLD)),
    "lower": ("bird-dogs", ("1", 174_500)),
    "rest": ("bird-dogs", ("1", 214_000)),
    "switch": ("bird-dogs", ("1", 188_000)),
    "go": ("acute-relief", ("1", 75_000)),
    "paused": ("bird-dogs", ("1", _HOLD, "space")),
    "menu": ("bird-dogs", ("1", _HOLD, "escape")),
    "help": ("bird-dogs", ("1", _HOLD, "?")),
    "stop": ("bird-dogs", _STOP),
    "stop-where": ("bird-dogs", (*_STOP, "4", 800)),
    "stop-how-much": ("bird-dogs", (*_STOP, "4", 800, "1", 800)),
    "stop-relief": ("bird-dogs", (*_STOP, "1", 800, "1", 800, "5", 800, "n", 12_000)),
    "stop-emergency": ("bird-dogs", (*_STOP, "6", 800, "y", 800)),
    "stop-check": ("bird-dogs", (*_STOP, "6", 800)),
    "summary": ("bird-dogs", ("1", 257_000)),
    "summary-stopped": ("bird-dogs", (*_STOP, "q", 800)),
    "hurts": (None, ("x",)),
    "history": ("past", _LOOK_BACK),
    "session": ("past", (*_LOOK_BACK, "enter")),
    "progress": ("past", ("p",)),
}
"""What is drawn: the routine that is played, and the moves that lead there.

None is home; "past" is home with months that went before.
"""
PAST_SESSIONS: Final = 330


@dataclass(frozen=True, slots=True)
class Shot:
    """What a screen shows: the rows of its canvas, and what they are painted with."""

    rows: tuple[Row, ...]
    paint: Paint


def shoot(scene: str, sizes: tuple[Size, ...], theme: str = "dark") -> list[Shot]:
    """A scene at several sizes."""
    routine, moves = SCENES[scene]
    with _studio(routine, theme) as studio:
        return asyncio.run(studio.shoot(moves, sizes))


def film(routine: str, moves: Moves, size: Size, frames: int, frame_ms: int) -> list[Shot]:
    """So many pictures of a session, one after the other."""
    with _studio(routine, "dark") as studio:
        return asyncio.run(studio.film(moves, size, frames, frame_ms))


@contextmanager
def _studio(routine: str | None, theme: str) -> Iterator["_Studio"]:
    before = dict(os.environ)
    # A picture doesn't depend on the terminal, the place or the hour it is made in.
    for name in ("NO_COLOR", "COLORFGBG", "TEXTUAL_ANIMATIONS", "TEXTUAL_COLOR_SYSTEM", "LC_ALL"):
        os.environ.pop(name, None)
    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", TZ="UTC", LANG="C.UTF-8")
    time.tzset()
    try:
        with tempfile.TemporaryDirectory() as home:
            yield _Studio(Path(home), routine, theme)
    finally:
        os.environ.clear()
        os.environ.update(before)
        time.tzset()


@cache
def _months() -> bytes:
    """A history of some months: those that the tests have."""
    sys.path.append(str(Path(__file__).parents[1] / "tests"))
    from history_building import ten_years

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "history.db"
        ten_years(path, PAST_SESSIONS, until=datetime.fromtimestamp(EVENING_MS / 1000, UTC).date())
        return path.read_bytes()


class _Studio:
    """One app and its clock."""

    def __init__(self, folder: Path, routine: str | None, theme: str) -> None:
        self._clock = HandedClock(EVENING_MS)
        paths = Paths(folder / "data", folder / "config")
        library = Library(paths)
        wiring = Wiring(
            clock=self._clock,
            names=lambda: [(entry, quick_name(entry)) for entry in list_entries(paths)],
            load=library.load,
            look_back=LookBack,
            begin=make_begin(paths, self._clock),
            notes_accepted=routine != "notes",
            accept_notes=lambda: None,
            resting=resting_figure,
            desk=lambda: open_desk(paths, self._clock),
        )
        timeline: Timeline | None = None
        if routine == "past":
            make_private(paths.data)
            paths.history.write_bytes(_months())
        elif routine and routine != "notes":
            timeline = library.load(library.find(routine))
        self._app = CoachApp(wiring, timeline, theme=theme)

    async def shoot(self, moves: Moves, sizes: tuple[Size, ...]) -> list[Shot]:
        shots = []
        async with self._app.run_test(size=sizes[0]) as pilot:
            await self._play(pilot, moves)
            for size in sizes:
                await pilot.resize_terminal(*size)
                await self._settled(pilot)
                shots.append(self._shot())
        return shots

    async def film(self, moves: Moves, size: Size, frames: int, frame_ms: int) -> list[Shot]:
        shots = []
        async with self._app.run_test(size=size) as pilot:
            await self._play(pilot, moves)
            for _ in range(frames):
                shots.append(self._shot())
                self._pass(frame_ms)
                await pilot.pause()
        return shots

    async def _play(self, pilot: "Pilot[Any]", moves: Moves) -> None:
        await self._settled(pilot)
        self._clock.advance(500)
        for move in moves:
            if isinstance(move, str):
                await pilot.press(move)
            else:
                self._pass(move)
            await self._settled(pilot)

    def _pass(self, ms: int) -> None:
        """In steps that no gap rule takes for a machine that slept."""
        while ms > 0:
            self._clock.advance(min(ms, 1000))
            ms -= 1000
            if isinstance(self._app.screen, PictureScreen):
                self._app.screen.tick()

    async def _settled(self, pilot: "Pilot[Any]") -> None:
        """Let a session's screen come up, and the recorder say that a stop is written."""
        while (live := self._app.live) and not isinstance(self._app.screen, PlayerScreen):
            await asyncio.sleep(0)
        while live and (stop := live.conductor.state.stop) and not stop.saved:
            await asyncio.sleep(0)
        while live is None and not self._saved():
            await asyncio.sleep(0)
        await pilot.pause()
        while len(self._app.workers):
            await self._app.workers.wait_for_complete()
            await pilot.pause()
        if isinstance(self._app.screen, PictureScreen):
            self._app.screen.redraw()
        await pilot.pause()

    def _saved(self) -> bool:
        return all(live.keeper.written for live in self._app._lives)

    def _shot(self) -> Shot:
        picture = self._app.screen.query_one(Picture)
        return Shot(picture.rows, Paint(self._app.palette))
