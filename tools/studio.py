"""Screens of the real app at chosen moments, with the time handed in: for pictures and tests.

The app is the one that the tests put on their stage.
"""

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

from history_building import ten_years
from screen_building import Stage, on_stage
from session_building import EVENING_MS

from backcoach.paths import Paths, make_private
from backcoach.tui.canvas import Row
from backcoach.tui.painting import Paint
from backcoach.tui.screens.picture_screen import PictureScreen
from backcoach.tui.widgets.picture import Picture

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

    async def go(folder: Path) -> list[Shot]:
        shots = []
        async with _on_stage(folder, routine, moves, sizes[0], theme) as stage:
            for size in sizes:
                await stage.pilot.resize_terminal(*size)
                await _settled(stage)
                shots.append(_shot(stage))
        return shots

    with _anywhere() as folder:
        return asyncio.run(go(folder))


def film(routine: str, moves: Moves, size: Size, frames: int, frame_ms: int) -> list[Shot]:
    """So many pictures of a session, one after the other."""

    async def go(folder: Path) -> list[Shot]:
        shots = []
        async with _on_stage(folder, routine, moves, size, "dark") as stage:
            for _ in range(frames):
                shots.append(_shot(stage))
                await stage.wait(frame_ms / 1000)
        return shots

    with _anywhere() as folder:
        return asyncio.run(go(folder))


@contextmanager
def _anywhere() -> Iterator[Path]:
    """A folder for a home; a picture doesn't depend on the terminal, the place or the hour."""
    before = dict(os.environ)
    for name in ("NO_COLOR", "COLORFGBG", "TEXTUAL_ANIMATIONS", "TEXTUAL_COLOR_SYSTEM", "LC_ALL"):
        os.environ.pop(name, None)
    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", TZ="UTC", LANG="C.UTF-8")
    time.tzset()
    try:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)
    finally:
        os.environ.clear()
        os.environ.update(before)
        time.tzset()


@cache
def _months() -> bytes:
    """A history of some months."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "history.db"
        ten_years(path, PAST_SESSIONS, until=datetime.fromtimestamp(EVENING_MS / 1000, UTC).date())
        return path.read_bytes()


@asynccontextmanager
async def _on_stage(
    folder: Path, scene: str | None, moves: Moves, size: Size, theme: str
) -> AsyncIterator[Stage]:
    """The app after some moves."""
    played = None if scene in ("notes", "past") else scene
    if scene == "past":
        history = Paths(folder / "data", folder / "config").history
        make_private(history.parent)
        history.write_bytes(_months())
    accepted = scene != "notes"
    async with on_stage(folder, played, size=size, accepted=accepted, theme=theme) as stage:
        await _settled(stage)
        stage.clock.advance(500)
        for move in moves:
            if isinstance(move, str):
                await stage.pilot.press(move)
            else:
                await stage.wait(move / 1000)
            await _settled(stage)
        yield stage


async def _settled(stage: Stage) -> None:
    """Also let the recorder write what is left, and draw what that has changed."""
    await stage.settled()
    while stage.app.live is None and not all(live.keeper.written for live in stage.app._lives):
        await asyncio.sleep(0)
    if isinstance(stage.app.screen, PictureScreen):
        stage.app.screen.redraw()
    await stage.pilot.pause()


def _shot(stage: Stage) -> Shot:
    picture = stage.app.screen.query_one(Picture)
    return Shot(picture.rows, Paint(stage.app.palette))
