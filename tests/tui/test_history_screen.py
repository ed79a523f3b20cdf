"""The history in the real app, on a real file: looked through, corrected, and never lost."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from history_building import ten_years
from past_building import awaited, write_evening
from screen_building import Stage, on_stage
from session_building import new_session
from textual import events

from backcoach.coach.checkin import CheckIn
from backcoach.history.desk import HistoryDesk
from backcoach.history.owner import this_process
from backcoach.history.records import SessionRecord
from backcoach.history.store import Store
from backcoach.tui.line import MOST
from backcoach.tui.screens.history import HistoryScreen
from backcoach.tui.screens.home import HomeScreen
from backcoach.tui.screens.hurts import HurtsScreen
from backcoach.tui.screens.session import SessionScreen
from backcoach.tui.screens.summary import SummaryScreen

EVENING: Final = datetime(2026, 5, 5, 16, 0, tzinfo=UTC)
"""Within the hour before the stage's clock begins."""
Write = Callable[[Path], None]


def one_evening(path: Path) -> None:
    """A history of one session."""
    write_evening(path, began=EVENING)


def some_weeks(path: Path) -> None:
    """A history of forty sessions."""
    ten_years(path, 40, until=EVENING.date() - timedelta(days=1))


@asynccontextmanager
async def in_history(
    folder: Path, write: Write | None, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[Stage]:
    """The app with its history open."""
    if write is not None:
        write(folder / "data" / "history.db")
    async with on_stage(folder, size=size) as stage:
        await stage.press("h")
        assert stage.shows(HistoryScreen)
        await stage.settled()
        yield stage


async def typed(stage: Stage, text: str) -> None:
    """Type a text, one key after the other, as fast as one may."""
    for key in text:
        await stage.pilot.press("space" if key == " " else key)
    await stage.settled()


def only(stage: Stage) -> SessionRecord:
    """The one session that there is."""
    (session,) = stage.sessions()
    return session


@awaited
async def test_before_the_first_session_it_says_what_will_be_there(tmp_path: Path) -> None:
    async with in_history(tmp_path, None) as stage:
        assert "Nothing is written down yet." in stage.text

        await stage.press("n", "d", "enter", "f", "down", "tab", "escape")

        assert stage.shows(HomeScreen)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
@awaited
async def test_a_broken_history_is_said_and_left_as_it_is(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "data" / "history.db"

    def spoil(_: Path) -> None:
        path.parent.mkdir(mode=0o700)
        path.write_bytes(b"no database at all" * 100)

    async with in_history(tmp_path, spoil, size) as stage:
        assert "The history can't be read." in stage.text
        assert "it is damaged. `backcoach restore` helps" in " ".join(stage.text.split())

        await stage.press("d", "y", "p")
        assert "The history can't be read." in stage.text


@awaited
async def test_each_session_is_shown_hold_by_hold(tmp_path: Path) -> None:
    async with in_history(tmp_path, one_evening) as stage:
        assert "■■■ / ■■×" in stage.text
        assert "× a stop" in stage.text
        assert "sharp or stabbing · low back · 4" in stage.text


@awaited
async def test_the_arrows_go_through_all_of_them(tmp_path: Path) -> None:
    async with in_history(tmp_path, some_weeks) as stage:
        sessions = stage.sessions()
        await stage.press("end")
        assert f"{sessions[-1].started_at:%a} {sessions[-1].day.day} " in stage.text

        await stage.press("up", "pageup", "home", "down", "pagedown", "up")
        first = stage.text
        await stage.press("down")
        assert stage.text != first


@awaited
async def test_in_a_small_window_tab_turns_the_pages(tmp_path: Path) -> None:
    async with in_history(tmp_path, one_evening, (40, 12)) as stage:
        pages = [stage.text]
        for _ in range(3):
            await stage.press("tab")
            pages.append(stage.text)

        assert "Core foundation" in pages[0]
        assert "Mo  " in pages[1]
        assert "28 DAYS" in pages[2]
        assert pages[3] == pages[0]


@awaited
async def test_one_session_is_opened_in_full(tmp_path: Path) -> None:
    async with in_history(tmp_path, one_evening, (80, 24)) as stage:
        await stage.press("enter")
        assert stage.shows(SessionScreen)
        assert "■■■ / ■■×" in stage.text

        await stage.press("end")
        assert "how much: 4" in stage.text
        await stage.press("home", "pagedown", "up", "escape")
        assert stage.shows(HistoryScreen)


# Notes


@awaited
async def test_a_note_is_typed_and_kept_with_the_one_before(tmp_path: Path) -> None:
    async with in_history(tmp_path, one_evening) as stage:
        await stage.press("n")
        await typed(stage, "slower.")
        await stage.press("enter")
        assert only(stage).note == "slower."
        assert "slower." in stage.text

        await stage.press("n", "backspace", "!", "enter")
        assert only(stage).note == "slower!"

        await stage.press("enter", "end")
        assert "note: slower!" in stage.text
        assert "(was: slower.)" in " ".join(stage.text.split())


@awaited
async def test_a_note_of_two_lines_is_typed_on_as_one(tmp_path: Path) -> None:
    def with_note(path: Path) -> None:
        one_evening(path)
        HistoryDesk(path, lambda: EVENING).note("evening", "stiff\nat first")

    async with in_history(tmp_path, with_note) as stage:
        assert "stiff at first" in stage.text
        await stage.press("n", "enter")
        assert only(stage).note == "stiff\nat first"

        await stage.press("n", "!", "enter")
        assert only(stage).note == "stiff at first!"


@awaited
async def test_escape_leaves_the_note_as_it_was(tmp_path: Path) -> None:
    async with in_history(tmp_path, one_evening) as stage:
        await stage.press("n")
        await typed(stage, "no")
        await stage.press("escape")

        assert only(stage).note == ""
        assert stage.shows(HistoryScreen)


@awaited
async def test_a_letter_that_stops_elsewhere_can_be_written(tmp_path: Path) -> None:
    async with in_history(tmp_path, one_evening) as stage:
        await stage.press("n")
        await typed(stage, "x. six Ч")
        await stage.press("enter")

        assert only(stage).note == "x. six Ч"


@awaited
async def test_a_note_is_no_place_without_a_stop(tmp_path: Path) -> None:
    async with in_history(tmp_path, one_evening) as stage:
        await stage.press("n")
        await typed(stage, "so")

        for keys in (("ctrl+x",), ("x", "x"), ("alt+x",), ("ч", "ч")):
            for key in keys:
                await stage.pilot.press(key)
            await stage.settled()
            assert stage.shows(HurtsScreen), keys
            await stage.press("escape")

        await stage.press("enter")
        assert only(stage).note == "so"


SURE: Final = (
    *(("ctrl+x", "\x18"), ("alt+x", "x"), ("alt+shift+x", "X"), ("alt+ч", "ч"), ("alt+χ", "χ")),
    *((key, None) for key in ("ctrl+delete", "shift+delete", "alt+delete", "ctrl+shift+delete")),
    *((key, None) for key in ("shift+backspace", "alt+ctrl+x", "ctrl+ч")),
)
"""Stop keys that neither type nor edit, and what terminals send along with them."""


@pytest.mark.parametrize(("key", "character"), SURE)
@awaited
async def test_what_neither_types_nor_edits_stops_in_a_note(
    tmp_path: Path, key: str, character: str | None
) -> None:
    async with in_history(tmp_path, one_evening) as stage:
        await stage.press("n")
        await typed(stage, "so")
        stage.app.post_message(events.Key(key, character))
        await stage.settled()
        assert stage.shows(HurtsScreen)

        await stage.press("escape", "enter")
        assert only(stage).note == "so"


@pytest.mark.parametrize("letters", ["xx", "xX", "Xx", "XX", "чЧ", "Χχ", "xxx", "XxXxX"])
@awaited
async def test_two_quick_ones_in_one_go_stop_in_a_note(tmp_path: Path, letters: str) -> None:
    async with in_history(tmp_path, one_evening) as stage:
        await stage.press("n")
        await typed(stage, "so")
        for letter in letters:
            stage.app.post_message(events.Key(letter, letter))
        await stage.settled()
        hurts = [each for each in stage.app.screen_stack if isinstance(each, HurtsScreen)]
        assert len(hurts) == 1
        assert stage.app.screen is hurts[0]

        await stage.press("escape", "enter")
        assert only(stage).note == "so"


@awaited
async def test_two_of_them_stop_in_a_note_that_is_full_too(tmp_path: Path) -> None:
    async with in_history(tmp_path, one_evening) as stage:
        await stage.press("n")
        stage.app.screen.post_message(events.Paste("o" * MOST))
        await stage.settled()
        for key in "xx":
            await stage.pilot.press(key)
        await stage.settled()
        assert stage.shows(HurtsScreen)

        await stage.press("escape", "enter")
        assert only(stage).note == "o" * MOST


@awaited
async def test_an_x_and_another_key_is_no_stop(tmp_path: Path) -> None:
    async with in_history(tmp_path, one_evening) as stage:
        await stage.press("n")
        for key in ("x", "left", "x", "a", "X", "full_stop", "x"):
            await stage.pilot.press(key)
        await stage.settled()
        await stage.press("enter")
        assert only(stage).note == "xaX.xx"


@pytest.mark.parametrize("opened", ["f", "s", "d"])
@pytest.mark.parametrize(("key", "character"), [("alt+x", "x"), ("ctrl+delete", None), ("x", "x")])
@awaited
async def test_where_nothing_is_typed_every_stop_key_stops(
    tmp_path: Path, opened: str, key: str, character: str | None
) -> None:
    async with in_history(tmp_path, one_evening) as stage:
        await stage.press(opened)
        stage.app.post_message(events.Key(key, character))
        await stage.settled()
        assert stage.shows(HurtsScreen)


@awaited
async def test_a_click_on_the_stop_in_a_note_is_a_stop(tmp_path: Path) -> None:
    async with in_history(tmp_path, one_evening, (80, 24)) as stage:
        await stage.press("n")

        await stage.pilot.click(offset=(4, 23))
        await stage.settled()

        assert stage.shows(HurtsScreen)


@awaited
async def test_delete_and_backspace_only_edit_in_a_note(tmp_path: Path) -> None:
    async with in_history(tmp_path, one_evening) as stage:
        await stage.press("n", "a", "backspace", "backspace", "delete")

        assert stage.shows(HistoryScreen)
        assert "NOTE" in stage.text


@awaited
async def test_what_is_pasted_into_a_note_is_text(tmp_path: Path) -> None:
    async with in_history(tmp_path, one_evening) as stage:
        await stage.press("n")
        stage.app.screen.post_message(events.Paste("xx pasted\x1b[2J\nhere"))
        await stage.settled()
        await stage.press("enter")

        note = only(stage).note
        assert note.startswith("xx pasted")
        assert note.isprintable()


# Scores


@pytest.mark.parametrize(
    ("keys", "before", "after"), [(("4",), 2, 4), (("t",), 2, 10), (("tab", "0"), 0, None)]
)
@awaited
async def test_a_score_is_corrected(
    tmp_path: Path, keys: tuple[str, ...], before: int, after: int | None
) -> None:
    async with in_history(tmp_path, one_evening) as stage:
        await stage.press("s", *keys)

        session = only(stage)
        assert (session.pain_before, session.pain_after) == (before, after)


@awaited
async def test_the_score_that_was_there_is_told(tmp_path: Path) -> None:
    async with in_history(tmp_path, one_evening) as stage:
        await stage.press("enter", "s", "tab", "5")

        await stage.press("end")
        assert "pain before: 5 (was: 2)" in " ".join(stage.text.split())


@awaited
async def test_nothing_is_scored_without_a_question(tmp_path: Path) -> None:
    async with in_history(tmp_path, one_evening) as stage:
        await stage.press("7", "s", "escape", "8")

        assert only(stage).pain_after is None


# Deleting


@awaited
async def test_deleting_asks_and_is_undone(tmp_path: Path) -> None:
    async with in_history(tmp_path, one_evening) as stage:
        await stage.press("d")
        assert "DELETE?" in stage.text
        await stage.press("n")
        assert len(stage.sessions()) == 1

        await stage.press("d", "y")
        assert stage.sessions() == []
        assert "u puts it back" in stage.text

        await stage.press("u")
        assert only(stage).id == "evening"
        assert "■■■ / ■■×" in stage.text


@awaited
async def test_a_session_that_is_looked_at_is_deleted_and_put_back(tmp_path: Path) -> None:
    async with in_history(tmp_path, one_evening) as stage:
        await stage.press("enter", "d", "y")
        assert stage.sessions() == []
        assert "This session is deleted" in stage.text

        await stage.press("n", "u")
        assert only(stage).note == ""

        await stage.press("d", "y", "escape", "u")
        assert stage.shows(HistoryScreen)
        assert only(stage).id == "evening"


@awaited
async def test_what_runs_elsewhere_is_left_alone(tmp_path: Path) -> None:
    def running(path: Path) -> None:
        with Store(path) as store, store.transaction():
            store.begin(new_session("now", EVENING), this_process())

    async with in_history(tmp_path, running) as stage:
        for key in "nsd":
            await stage.press(key)
            assert "still runs: change it" in stage.text


@awaited
async def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    async with in_history(tmp_path, one_evening) as stage:
        path = stage.paths.history
        with Store(path) as store:
            store.db.execute("PRAGMA user_version = 99")
            store.db.execute("UPDATE meta SET value = '99' WHERE key = 'min_writer'")

        await stage.press("s", "3")

        assert "Not changed: " in stage.text
        assert only(stage).pain_after is None


# Filters


@awaited
async def test_a_filter_leaves_the_sessions_of_one_routine(tmp_path: Path) -> None:
    async with in_history(tmp_path, some_weeks) as stage:
        await stage.press("f", "right", "enter")

        head = stage.text.splitlines()[0]
        name = head.removeprefix(" History").strip().partition(" · ")[0]
        count = sum(session.name == name for session in stage.sessions())
        assert name != "all routines"
        assert head.rstrip().endswith("1 session" if count == 1 else f"{count} sessions")


@awaited
async def test_a_filter_by_exercise_and_period(tmp_path: Path) -> None:
    async with in_history(tmp_path, some_weeks) as stage:
        await stage.press("f", "down", "right", "down", "right", "right")
        head = stage.text.splitlines()[0]
        assert "28 days" in head
        assert "all exercises" not in head

        await stage.press("0", "escape")
        assert "all routines · all exercises · 12 months" in stage.text


# The way there and back


@awaited
async def test_it_hurts_from_everywhere(tmp_path: Path) -> None:
    ways = (("x",), ("f", "ctrl+x"), ("d", "delete"), ("s", "."), ("enter", "X"))
    async with in_history(tmp_path, one_evening, (80, 24)) as stage:
        for keys in ways:
            await stage.press(*keys)
            assert stage.shows(HurtsScreen), keys
            # Back to where it was, and out of the question that stands there.
            await stage.press("escape")
            if keys[0] != "x":
                await stage.press("escape")
            assert stage.shows(HistoryScreen)

        assert len(stage.sessions()) == 1


@awaited
async def test_leaving_before_it_is_read_is_no_fault(tmp_path: Path) -> None:
    some_weeks(tmp_path / "data" / "history.db")
    async with on_stage(tmp_path, size=(80, 24)) as stage:
        for key in "hp":
            stage.clock.advance(1000)
            await stage.pilot.press(key)
            stage.clock.advance(1000)
            await stage.pilot.press("escape")
            assert stage.shows(HomeScreen)
        await stage.pilot.pause()

        await stage.press("h")
        assert "40 sessions" in stage.text


@awaited
async def test_from_a_summary_and_back_to_it(tmp_path: Path) -> None:
    async with on_stage(tmp_path, "desk-break", CheckIn(pain=1, nothing_new=True)) as stage:
        await stage.press("q", "q")
        assert stage.shows(SummaryScreen)

        await stage.press("h")
        assert stage.shows(HistoryScreen)
        assert "Desk break" in stage.text

        await stage.press("escape")
        assert stage.shows(SummaryScreen)


@awaited
async def test_the_palette_offers_what_the_keys_do(tmp_path: Path) -> None:
    async with in_history(tmp_path, one_evening) as stage:
        screen: Any = stage.app.screen
        for command in screen.commands:
            assert command.name
            assert command.help

        screen.receive("s", chosen=True)
        await stage.settled()
        assert "PAIN AFTERWARDS" in stage.text
