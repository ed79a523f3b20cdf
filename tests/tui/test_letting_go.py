"""Whoever plays on and on: what is over takes no thread and no memory."""

import asyncio
import gc
import threading
from pathlib import Path

from screen_building import Stage, on_stage
from session_building import until
from textual.strip import Strip

from backcoach.tui.screens.home import HomeScreen
from backcoach.tui.screens.player import PlayerScreen


def recorders() -> int:
    """How many threads write a session down."""
    return sum(thread.name == "recorder" for thread in threading.enumerate())


def drawn_rows() -> int:
    """How many rows that were drawn are remembered anywhere."""
    gc.collect()
    return sum(type(each) is Strip for each in gc.get_objects())


async def play_a_little(stage: Stage) -> None:
    """From home into a session, and back."""
    await stage.press("enter", "1")
    assert stage.shows(PlayerScreen)
    await stage.wait(3)
    await stage.press("q", "y", "3", "enter")
    assert stage.shows(HomeScreen)


def test_a_session_that_is_over_and_written_has_no_thread(tmp_path: Path) -> None:
    async def go() -> None:
        async with on_stage(tmp_path) as stage:
            for _ in range(3):
                await play_a_little(stage)
            until(lambda: recorders() == others)
            assert [session.pain_after for session in stage.sessions()] == [3, 3, 3]

    others = recorders()
    asyncio.run(go())


def test_nothing_is_remembered_of_screens_that_are_gone(tmp_path: Path) -> None:
    async def go() -> None:
        async with on_stage(tmp_path, size=(120, 40)) as stage:
            for _ in range(2):
                await play_a_little(stage)
            before = drawn_rows()
            for _ in range(3):
                await play_a_little(stage)
            # Each session has three screens of forty rows.
            assert drawn_rows() < before + 60

    asyncio.run(go())
