"""Keys that come in one go, and keys that are held down: each acts on what it was aimed at."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from screen_building import Stage, on_stage
from textual import events
from textual.screen import Screen

from backcoach.coach.checkin import CheckIn
from backcoach.player.state import Status
from backcoach.tui.screens.brief import BriefScreen
from backcoach.tui.screens.home import HomeScreen
from backcoach.tui.screens.hurts import HurtsScreen
from backcoach.tui.screens.player import PlayerScreen
from backcoach.tui.screens.summary import SummaryScreen

Way = Callable[[Stage], Awaitable[None]]


async def burst(stage: Stage, *keys: str) -> None:
    """Send keys in one read: the second is there before the first has done anything."""
    stage.clock.advance(1000)
    for key in keys:
        character = "\r" if key == "enter" else key if len(key) == 1 else None
        stage.app.post_message(events.Key(key, character))
    for _ in range(8):
        await stage.pilot.pause()


async def stay(stage: Stage) -> None:
    del stage


async def to_brief(stage: Stage) -> None:
    await stage.press("enter")


async def to_hurts(stage: Stage) -> None:
    await stage.press("x")


async def to_summary(stage: Stage) -> None:
    await stage.press("enter", "1")
    await stage.wait(3)
    await stage.press("q")
    await stage.press("y")
    await stage.settled()


@pytest.mark.parametrize(
    ("way", "keys", "there"),
    [
        (stay, ("enter", "enter"), BriefScreen),
        (stay, ("x", "enter"), HurtsScreen),
        (stay, ("x", "escape"), HurtsScreen),
        (stay, (":", "x"), HurtsScreen),
        (stay, ("enter", "x"), HurtsScreen),
        (to_brief, ("escape", "escape"), HomeScreen),
        (to_brief, ("escape", "1"), HomeScreen),
        (to_hurts, ("escape", "escape"), HomeScreen),
        (to_summary, ("enter", "enter"), HomeScreen),
        (to_summary, ("enter", "escape"), HomeScreen),
        (to_summary, ("x", "x"), HurtsScreen),
    ],
)
def test_a_key_acts_on_the_screen_that_it_came_to(
    way: Way, keys: tuple[str, ...], there: type[Screen[None]], tmp_path: Path
) -> None:
    async def go() -> None:
        async with on_stage(tmp_path, size=(100, 30)) as stage:
            await way(stage)
            await burst(stage, *keys)
            assert stage.shows(there)
            assert len({type(screen) for screen in stage.app.screen_stack}) == len(
                stage.app.screen_stack
            )

    asyncio.run(go())


def test_two_digits_in_one_go_begin_one_session(tmp_path: Path) -> None:
    async def go() -> None:
        async with on_stage(tmp_path, size=(100, 30)) as stage:
            await to_brief(stage)
            await burst(stage, "1", "0")
            await stage.settled()
            assert stage.shows(PlayerScreen)
            assert len(stage.app._lives) == 1

    asyncio.run(go())


@pytest.mark.parametrize("keys", [(":", "x"), ("ctrl+p", "x"), ("x", ":"), ("space", "x")])
def test_a_stop_in_a_burst_is_a_stop(keys: tuple[str, ...], tmp_path: Path) -> None:
    async def go() -> None:
        check_in = CheckIn(1, nothing_new=True)
        async with on_stage(tmp_path, "bird-dogs", check_in, size=(100, 30)) as stage:
            await stage.wait(3)
            await burst(stage, *keys)
            assert stage.live.conductor.state.status is Status.STOPPED
            assert stage.shows(PlayerScreen)

    asyncio.run(go())


def test_a_key_that_is_held_down_does_nothing_on_the_next_screen(tmp_path: Path) -> None:
    async def go() -> None:
        async with on_stage(tmp_path, size=(100, 30)) as stage:
            await to_summary(stage)
            assert stage.shows(SummaryScreen)
            await burst(stage, "enter")
            assert stage.shows(HomeScreen)
            for _ in range(30):
                stage.clock.advance(50)
                await stage.pilot.press("enter")
            assert stage.shows(HomeScreen)
            stage.clock.advance(1000)
            await stage.pilot.press("enter")
            await stage.pilot.pause()
            assert stage.shows(BriefScreen)

    asyncio.run(go())
