"""An app with real parts, its time handed in, and no terminal."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from session_building import EVENING_MS
from textual.pilot import Pilot
from textual.screen import Screen

from backcoach.cli.wiring import (
    decline_session,
    look_back_at,
    make_begin,
    open_desk,
    resting_figure,
)
from backcoach.coach.checkin import CheckIn
from backcoach.history.reader import open_existing
from backcoach.history.records import SessionRecord
from backcoach.paths import Paths
from backcoach.routines.finding import list_entries, quick_name
from backcoach.routines.library import Library
from backcoach.session.clock import HandedClock, local
from backcoach.session.live import Live
from backcoach.settings.acceptance import accept_notes, notes_accepted
from backcoach.settings.model import Settings
from backcoach.tui.app import CoachApp
from backcoach.tui.screens.picture_screen import PictureScreen
from backcoach.tui.screens.player import PlayerScreen
from backcoach.tui.widgets.picture import Picture
from backcoach.tui.wiring import Wiring


@dataclass
class Stage:
    """A running app, its clock, and what there is to see."""

    app: CoachApp
    pilot: "Pilot[Any]"
    clock: HandedClock
    paths: Paths

    @property
    def text(self) -> str:
        """What the screen shows."""
        return self.app.screen.query_one(Picture).text

    def shows(self, kind: type[Screen[None]]) -> bool:
        """Whether a screen of this kind is on top."""
        return isinstance(self.app.screen, kind)

    @property
    def live(self) -> Live:
        """The session that runs."""
        assert self.app.live is not None
        return self.app.live

    async def press(self, *keys: str) -> None:
        """Press keys, each aimed at the screen that is there."""
        for key in keys:
            self.clock.advance(1000)
            self.tick()
            await self.pilot.press(key)
            await self.settled()

    async def settled(self) -> None:
        """Wait for threads and messages, not for time."""
        await self.app.workers.wait_for_complete()
        while (live := self.app.live) and not isinstance(self.app.screen, PlayerScreen):
            if live.conductor.ended:
                break
            await asyncio.sleep(0)
        while live and (stop := live.conductor.state.stop) and not stop.saved:
            await asyncio.sleep(0)
        await self.pilot.pause()
        # What one thread has read, another may go on with.
        while len(self.app.workers):
            await self.app.workers.wait_for_complete()
            await self.pilot.pause()

    def tick(self) -> None:
        """What is due is done."""
        screen = self.app.screen
        if isinstance(screen, PictureScreen):
            screen.tick()

    async def wait(self, seconds: float) -> None:
        """Let time pass in steps that no gap rule takes for a machine that slept."""
        ms = round(seconds * 1000)
        while ms > 0:
            step = min(ms, 1000)
            self.clock.advance(step)
            self.tick()
            ms -= step
        await self.settled()

    def sessions(self) -> list[SessionRecord]:
        """The history, once everything is written."""
        store = open_existing(self.paths.history)
        if store is None:
            return []
        with store:
            return store.sessions()


@asynccontextmanager
async def on_stage(
    folder: Path,
    routine: str | None = None,
    check_in: CheckIn | None = None,
    *,
    size: tuple[int, int] = (80, 24),
    accepted: bool = True,
    speed: float = 1.0,
    notice: str = "",
    theme: str = "dark",
) -> AsyncIterator[Stage]:
    """The app at its first screen."""
    paths = Paths(folder / "data", folder / "config")
    clock = HandedClock(EVENING_MS)
    library = Library(paths)
    if accepted:
        accept_notes(paths.accepted, local(clock.now()))
    wiring = Wiring(
        clock=clock,
        names=lambda: [(entry, quick_name(entry)) for entry in list_entries(paths)],
        load=library.load,
        look_back=lambda: look_back_at(paths, Settings(), clock),
        decline=lambda session: decline_session(paths, session, clock),
        begin=make_begin(paths, clock, speed=speed),
        notes_accepted=notes_accepted(paths.accepted),
        accept_notes=lambda: accept_notes(paths.accepted, local(clock.now())),
        speed=speed,
        notice=notice,
        resting=resting_figure,
        desk=lambda: open_desk(paths, clock),
    )
    timeline = library.load(library.find(routine)) if routine else None
    app = CoachApp(wiring, timeline, check_in, theme=theme, environ={"COLORTERM": "truecolor"})
    async with app.run_test(size=size) as pilot:
        stage = Stage(app, pilot, clock, paths)
        await stage.settled()
        yield stage
