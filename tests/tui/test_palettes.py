"""Each screen's palette has all that its keys do, and nothing that they don't."""

import ast
import asyncio
import inspect
import textwrap
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from screen_building import Stage, on_stage
from textual import events
from textual.command import CommandInput
from textual.widgets import OptionList

from backcoach.player.keys import STOP_KEYS
from backcoach.tui.commands import (
    BRIEF,
    HISTORY,
    HOME,
    HURTS,
    NOTES,
    PROGRESS,
    SESSION,
    SUMMARY,
    Command,
    ache_commands,
)
from backcoach.tui.screens.amending import AmendingScreen
from backcoach.tui.screens.brief import BriefScreen
from backcoach.tui.screens.history import HistoryScreen
from backcoach.tui.screens.home import HomeScreen
from backcoach.tui.screens.hurts import HurtsScreen
from backcoach.tui.screens.notes import NotesScreen
from backcoach.tui.screens.picture_screen import PictureScreen
from backcoach.tui.screens.player import PlayerScreen
from backcoach.tui.screens.progress import ProgressScreen
from backcoach.tui.screens.session import SessionScreen
from backcoach.tui.screens.summary import SummaryScreen

SIGNS: Final = {"↑": "up", "↓": "down", "←": "left", "→": "right", "−": "-", "Esc": "escape"}
TABLES: Final = [
    (HomeScreen, HOME, (), "gnb"),
    (BriefScreen, BRIEF, (), ""),
    (SummaryScreen, SUMMARY, (), ""),
    (NotesScreen, NOTES, (), ""),
    (HurtsScreen, HURTS, (), ""),
    (HistoryScreen, HISTORY, (AmendingScreen.amend,), ""),
    (SessionScreen, SESSION, (AmendingScreen.amend,), ""),
    (ProgressScreen, PROGRESS, (), ""),
]
"""Screens, their tables, where else they read keys, and the keys of what is offered at times."""


def understood(reads: Callable[..., Any]) -> Iterator[str]:
    """The keys that a method compares its own with, by its source."""
    source = ast.parse(textwrap.dedent(inspect.getsource(reads)))
    for node in ast.walk(source):
        looked_at: list[ast.AST] = []
        if isinstance(node, ast.MatchValue):
            looked_at = [node.value]
        elif isinstance(node, ast.Compare) and ast.unparse(node.left) == "key":
            looked_at = [*node.comparators]
        for each in looked_at:
            yield from (
                part.value
                for part in ast.walk(each)
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )
        if isinstance(node, ast.Attribute) and node.attr == "isdecimal":
            yield from "0123456789"


def named(table: tuple[Command, ...]) -> set[str]:
    """The keys that a table names, those that are only shown among them."""
    shown = {word for command in table for word in command.shown.split() if word != "·"}
    return {SIGNS.get(word, word.lower()) for word in shown} | {each.key for each in table}


@pytest.mark.parametrize(
    ("screen", "table", "others", "at_times"),
    TABLES,
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_a_table_has_the_keys_of_its_screen(
    screen: type[PictureScreen],
    table: tuple[Command, ...],
    others: tuple[Callable[..., Any], ...],
    at_times: str,
) -> None:
    keys = {key for reads in (screen.press, *others) for key in understood(reads)}
    assert len(keys) > 2
    # Back with Shift what Tab goes on to: nobody looks for that in a list.
    assert keys - {"shift+tab"} <= named(table)
    assert {each.key for each in table} - STOP_KEYS <= keys | set(at_times)


def test_every_letter_after_a_session_has_its_command() -> None:
    commands = ache_commands([("a", "Bird-dog"), ("b", "Bird-dog")])
    assert [command.key for command in commands] == ["a", "b"]
    assert all("Bird-dog" in command.name for command in commands)


# Chosen


def act(folder: Path, what: Callable[[Stage], Awaitable[None]]) -> None:
    """Act on a stage, at home."""

    async def go() -> None:
        async with on_stage(folder, size=(100, 30)) as stage:
            await what(stage)

    asyncio.run(asyncio.wait_for(go(), 60))


async def opened(stage: Stage) -> None:
    stage.clock.advance(1000)
    await stage.pilot.press("ctrl+p")
    while not stage.app.screen.has_class("-ready"):
        await stage.pilot.pause()


async def choose(stage: Stage, words: str, times: int = 1) -> None:
    """Find a command by its name, and choose it with so many quick keys."""
    await opened(stage)
    palette = stage.app.screen
    palette.query_one(CommandInput).value = words
    await stage.app.workers.wait_for_complete()
    for _ in range(times):
        stage.app.post_message(events.Key("enter", "\r"))
    while stage.app.screen is palette:
        await stage.pilot.pause()
    await stage.settled()


def hurting(stage: Stage) -> int:
    return sum(isinstance(each, HurtsScreen) for each in stage.app.screen_stack)


def test_the_scale_can_be_chosen_before_and_afterwards(tmp_path: Path) -> None:
    async def what(stage: Stage) -> None:
        await stage.press("enter")
        assert stage.shows(BriefScreen)
        await choose(stage, "Pain 2", times=3)
        assert stage.shows(PlayerScreen)
        assert stage.live.check_in.pain == 2
        assert len(stage.app._lives) == 1

        await stage.wait(2)
        await stage.press("q", "y")
        assert stage.shows(SummaryScreen)
        await choose(stage, "Pain 10")
        await stage.settled()
        while stage.sessions()[0].pain_after is None:
            await stage.pilot.pause()
        assert stage.sessions()[0].pain_after == 10

    act(tmp_path, what)


def test_what_was_new_by_mistake_is_taken_back(tmp_path: Path) -> None:
    async def what(stage: Stage) -> None:
        await stage.press("enter")
        await choose(stage, "Something is new")
        assert stage.app.flagged
        await choose(stage, "Nothing is new")
        assert not stage.app.flagged

    act(tmp_path, what)


@pytest.mark.parametrize(("words", "flagged"), [("Yes", True), ("None of them", False)])
def test_the_one_question_is_answered(tmp_path: Path, words: str, *, flagged: bool) -> None:
    async def what(stage: Stage) -> None:
        await stage.press("x")
        before = stage.text
        await choose(stage, words)
        assert stage.shows(HurtsScreen)
        assert stage.app.flagged is flagged
        assert stage.text != before

    act(tmp_path, what)


def test_what_looks_like_markup_is_a_name(tmp_path: Path) -> None:
    async def what(stage: Stage) -> None:
        screen = stage.app.screen
        assert isinstance(screen, HomeScreen)
        screen.commands = (Command("q", "[b]Leave[/b]", "[red]"), Command("down", "Down [x", "["))
        await opened(stage)
        options = stage.app.screen.query_one(OptionList).options
        shown = "".join(str(option.prompt) for option in options)
        assert "[b]Leave[/b]" in shown
        assert "[red]" in shown
        assert "Down [x" in shown
        await stage.pilot.press("escape")

    act(tmp_path, what)


@pytest.mark.parametrize("keys", ["x", "xx", "xxx"])
def test_it_hurts_now_is_there_once(tmp_path: Path, keys: str) -> None:
    async def what(stage: Stage) -> None:
        await stage.press("x")
        await opened(stage)
        palette = stage.app.screen
        for key in keys:
            stage.app.post_message(events.Key(key, key))
        while stage.app.screen is palette:
            await stage.pilot.pause()
        await stage.settled()
        assert stage.shows(HurtsScreen)
        assert hurting(stage) == 1

        await stage.press("escape")
        assert stage.shows(HomeScreen)

    act(tmp_path, what)
