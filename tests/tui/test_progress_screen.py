"""Progress: charts and words, whatever the window, and nobody else loads what draws them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from home_building import SIZES, assert_caps_are_whole, assert_fits, stretches
from hypothesis import given, settings
from hypothesis import strategies as st
from past_building import NOW, awaited, months, write_evening
from screen_building import Stage, on_stage
from session_building import Program

from backcoach.catalogue.families import families
from backcoach.history.records import SessionRecord
from backcoach.settings.model import WeekGoals
from backcoach.tui.canvas import Canvas, Role
from backcoach.tui.pictures.charts import Axis, Marks, Stack, draw_bars, draw_marks
from backcoach.tui.pictures.progress import PAGES, SPANS, ProgressView, draw_progress
from backcoach.tui.pictures.weeks import KINDS, MOST_WEEKS, Progress, progress_of
from backcoach.tui.screens.history import HistoryScreen
from backcoach.tui.screens.home import HomeScreen
from backcoach.tui.screens.hurts import HurtsScreen
from backcoach.tui.screens.progress import ProgressScreen

TODAY: Final = NOW.date()
CHARTS: Final = ("plotext", "textual_plotext")


def progress(sessions: tuple[SessionRecord, ...]) -> Progress:
    """What sessions come to today."""
    return progress_of(sessions, TODAY, WeekGoals(), families(), {})


@cache
def a_hundred() -> Progress:
    """What a hundred sessions come to."""
    return progress(months())


def at(day: date, **changes: object) -> SessionRecord:
    """A session of some day."""
    first = months()[0]
    moved = first.started_at.replace(year=day.year, month=day.month, day=day.day)
    plain = replace(first, started_at=moved, outcome="completed", rehearsal=False, by_hand=False)
    return replace(plain, **changes)  # type: ignore[arg-type]


# What they come to


def test_weeks_begin_on_monday_and_end_with_this_one() -> None:
    monday = TODAY - timedelta(days=TODAY.weekday())
    found = progress((at(TODAY), at(monday), at(monday - timedelta(days=1))))

    assert found.sessions[-2:] == (1, 2)
    assert len(found.sessions) == MOST_WEEKS


def test_minutes_go_to_their_kind() -> None:
    done = {"anterior": 60_000, "mobility": 120_000, "walking": 180_000, "relief": 240_000}

    found = progress((at(TODAY, families=done),))

    assert [minutes[-1] for minutes in found.minutes] == [1, 2, 3, 4]
    assert KINDS == ("strength", "mobility", "walking", "other")


def test_rehearsals_and_what_is_dated_later_are_in_no_chart() -> None:
    found = progress((at(TODAY, rehearsal=True), at(TODAY + timedelta(days=1))))

    assert not any(found.sessions)
    assert not any(map(any, found.minutes))


# The charts themselves


@pytest.mark.parametrize("columns", [1, 2, 3, 4, 5, 8])
@pytest.mark.parametrize("bars", [1, 4, 12, 26])
def test_bars_are_all_as_wide(columns: int, bars: int) -> None:
    canvas = Canvas(3 + columns * bars, 6)
    up = Axis(0, 10, [(0, "0"), (10, "10")])

    draw_bars(canvas, 0, 0, (canvas.width, 6), [Stack("█", [10] * bars)], [], up)

    taken = columns - 1 if columns > 2 else columns
    expected = (("█" * taken).ljust(columns) * bars).rstrip()
    assert canvas.text().splitlines()[1] == "  │" + expected


def test_parts_stand_on_each_other() -> None:
    canvas = Canvas(12, 12)
    stacks = [Stack("█", [4.0]), Stack("▒", [3.0]), Stack("░", [0.0])]

    draw_bars(canvas, 0, 0, (12, 12), stacks, [], Axis(0, 10, [(0, "0"), (10, "10")]))

    column = [row[3:4] for row in canvas.text().splitlines()[:10]]
    assert "".join(column).strip() == "▒▒▒████"


def test_points_keep_their_place_and_days_without_are_gaps() -> None:
    canvas = Canvas(40, 13)
    over = Axis(0, 10, [(0, "a"), (10, "b")])
    up = Axis(0, 10, [(0, "0"), (10, "10")])

    draw_marks(canvas, 0, 0, (14, 13), [Marks("●", [(0, 10), (10, 0)])], over, up)

    rows = canvas.text().splitlines()
    assert rows[0] == "10┤●"
    assert rows[10] == " 0┤" + " " * 10 + "●"
    assert "".join(rows).count("●") == 2


# The picture


@settings(deadline=None, max_examples=40)
@given(st.integers(40, 300), st.integers(12, 90), st.integers(0, 3), st.sampled_from(SPANS))
def test_fits_every_window_with_charts(width: int, height: int, page: int, weeks: int) -> None:
    view = ProgressView(a_hundred(), weeks, page)

    assert_fits(draw_progress(view, width, height), (width, height))


@pytest.mark.parametrize("size", SIZES)
def test_all_of_it_can_be_reached_and_the_stop_is_always_there(size: tuple[int, int]) -> None:
    seen = ""
    for page in range(len(PAGES)):
        canvas = draw_progress(ProgressView(a_hundred(), page=page), *size)
        assert_caps_are_whole(canvas)
        assert " x " in stretches(canvas, Role.STOP)
        seen += canvas.text()

    for title in ("PAIN", "MINUTES A WEEK", "SESSIONS A WEEK", "SINCE LAST MONTH"):
        assert title in seen
    assert "●" in seen
    assert "█" in seen


def test_what_is_the_same_before_and_afterwards_has_a_sign_of_its_own() -> None:
    same = progress((at(TODAY, pain_before=3, pain_after=3),))
    other = progress((at(TODAY, pain_before=3, pain_after=2),))

    assert "= the same" in draw_progress(ProgressView(same), 80, 24).text()
    text = draw_progress(ProgressView(other), 80, 24).text()
    assert "= the same" not in text
    assert text.count("●") == text.count("+") == 2


@pytest.mark.parametrize("size", SIZES)
def test_before_the_first_session_it_says_what_will_be_there(size: tuple[int, int]) -> None:
    canvas = draw_progress(ProgressView(progress(())), *size)

    assert_fits(canvas, size)
    text = canvas.text()
    assert "Nothing to draw yet." in text
    assert "weeks" not in text
    for way in ("it hurts", "history", "back"):
        assert way in text


def test_every_sign_is_explained_in_the_smallest_window() -> None:
    text = draw_progress(ProgressView(progress((at(TODAY, pain_before=4, pain_after=4),))), 40, 12)

    assert "PAIN  ● before  + after  = the same" in text.text()


def test_one_session_is_enough_to_draw() -> None:
    for pain in (None, 0, 10):
        for weeks in SPANS:
            one = progress((at(TODAY, pain_before=pain, pain_after=pain, families={}),))
            assert_fits(draw_progress(ProgressView(one, weeks), 120, 40), (120, 40))


# The screen


@asynccontextmanager
async def in_progress(folder: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Stage]:
    """The app with the charts open."""
    write_evening(folder / "data" / "history.db", began=NOW - timedelta(days=10))
    async with on_stage(folder, size=size) as stage:
        await stage.press("p")
        assert stage.shows(ProgressScreen)
        await stage.settled()
        yield stage


@awaited
async def test_the_keys_turn_pages_and_change_the_time(tmp_path: Path) -> None:
    async with in_progress(tmp_path) as stage:
        assert "PAIN" in stage.text
        assert "12 weeks" in stage.text

        await stage.press("tab", "right", "right", "right")
        assert "MINUTES A WEEK" in stage.text
        assert "52 weeks" in stage.text

        await stage.press("left", "left", "left", "left", "shift+tab", "shift+tab")
        assert "4 weeks" in stage.text
        assert "ALTOGETHER" in stage.text
        assert "Leg slide, right" in stage.text


@awaited
async def test_to_the_history_and_back_home(tmp_path: Path) -> None:
    async with in_progress(tmp_path) as stage:
        await stage.press("h")
        assert stage.shows(HistoryScreen)
        await stage.press("p", "h")
        assert stage.shows(HistoryScreen)
        assert sum(isinstance(each, HistoryScreen) for each in stage.app.screen_stack) == 1

        await stage.press("escape")
        assert stage.shows(HomeScreen)


@awaited
async def test_it_hurts_here_too(tmp_path: Path) -> None:
    async with in_progress(tmp_path) as stage:
        await stage.press("x")
        assert stage.shows(HurtsScreen)

        await stage.press("escape", "escape")
        assert stage.shows(HomeScreen)


def test_only_progress_loads_what_draws_charts(tmp_path: Path) -> None:
    """The history, and all that home opens, do without."""
    code = (
        "import sys, backcoach.tui.app\n"
        "from backcoach.tui.screens import history, home, session, summary\n"
        f"print([name for name in {CHARTS!r} if name in sys.modules])\n"
        "import backcoach.tui.screens.progress\n"
        f"print([name for name in {CHARTS!r} if name in sys.modules])"
    )

    done = Program(tmp_path).python(code)

    assert done.stdout.splitlines() == ["[]", str(list(CHARTS))], done.stderr
