"""The brief: the plan with its figure, and the questions, none of them ever cut."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from home_building import (
    ANY_SIZE,
    SIZES,
    assert_caps_are_whole,
    assert_fits,
    figure_rows,
    library,
    stretches,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from routine_building import timeline_of
from screen_building import Stage, on_stage

from backcoach.figure.moving import held
from backcoach.tui.canvas import Canvas, Role
from backcoach.tui.pictures.brief import BriefView, draw_brief, takes_turns
from backcoach.tui.pictures.plan import plan_lines
from backcoach.tui.screens.home import HomeScreen
from backcoach.tui.screens.player import PlayerScreen
from backcoach.tui.showing import showing
from backcoach.tui.stance import FRAME_MS

CIRCUIT = """
[[steps]]
exercise = "walk"
duration = "60s"
[[steps]]
repeat = 3
steps = [
  { exercise = "bridge", reps = 4, hold = "5s" },
  { exercise = "pelvic-tilt", reps = 3, pace = "self" },
]
[[steps]]
exercise = "cat-cow"
reps = 5
"""


def brief(
    width: int,
    height: int,
    name: str = "core-foundation",
    *,
    marked: int = 0,
    plan: bool = False,
    advice: str = "",
) -> Canvas:
    timeline = library()[name]
    stance = showing(timeline.steps[marked].usual.exercise, 0, still=True)
    return draw_brief(BriefView(timeline, advice, marked, stance, plan), width, height)


def play(
    folder: Path,
    act: Callable[[Stage], Awaitable[None]],
    size: tuple[int, int] = (100, 30),
    routine: str = "core-foundation",
) -> None:
    async def go() -> None:
        async with on_stage(folder, routine, size=size) as stage:
            await act(stage)

    asyncio.run(go())


@settings(max_examples=150, deadline=None)
@given(
    size=ANY_SIZE,
    name=st.sampled_from(["core-foundation", "bird-dogs", "acute-relief", "prevention-20"]),
    marked=st.integers(0, 2),
    plan=st.booleans(),
    advice=st.sampled_from(["", "Something gentler. " * 8]),
)
def test_the_brief_fits_every_window(
    size: tuple[int, int], name: str, marked: int, plan: bool, advice: str
) -> None:
    canvas = brief(*size, name, marked=marked, plan=plan, advice=advice)
    assert_fits(canvas, size)
    assert_caps_are_whole(canvas)
    assert any(" x " in text for text in stretches(canvas, Role.STOP))
    assert "it hurts now" in canvas.text()
    assert "esc back" in canvas.text()


@given(size=ANY_SIZE)
def test_the_scale_is_whole_in_every_window(size: tuple[int, int]) -> None:
    canvas = brief(*size)
    row = next(line for line in canvas.text().splitlines() if "t=10" in line)
    digits = row.rpartition("│")[2].split()
    assert digits == [*"0123456789", "t=10"]
    assert canvas.text().count("t=10") == 1


@pytest.mark.parametrize("size", SIZES)
def test_a_digit_that_does_not_start_is_dim(size: tuple[int, int]) -> None:
    canvas = brief(*size)
    starts = "".join(stretches(canvas, Role.KEY)).split()
    dim = "".join(stretches(canvas, Role.PANEL_MUTED)).split()
    assert [*"0123"] == [key for key in starts if key in "0123456789"]
    assert {*"456789", "t=10"} <= set(dim)


@pytest.mark.parametrize("size", [(100, 30), (120, 40), (200, 60), (300, 90)])
def test_the_plan_has_every_step_with_its_dose_and_its_time(size: tuple[int, int]) -> None:
    text = brief(*size).text()
    for line in plan_lines(library()["core-foundation"]):
        assert line.name[:18] in text
        assert line.dose in text
        assert line.time in text
    assert "Get down slowly: there are 45 s for it." in text
    assert " · mat" in text


@pytest.mark.parametrize("size", SIZES)
def test_the_marked_step_is_drawn_with_its_first_words(size: tuple[int, int]) -> None:
    canvas = brief(*size, marked=6)
    if takes_turns(*size):
        assert figure_rows(canvas) == 0
        canvas = brief(*size, marked=6, plan=True)
        assert "▶  Bird-dog leg slide" in canvas.text() or "▶ Bird-dog" in canvas.text()
        assert "3+2 × 5 s a side" in canvas.text()
        return
    assert figure_rows(canvas) >= 5
    words = " ".join(line.split("│")[0].strip() for line in canvas.text().splitlines())
    assert "Slide one foot back, toes down." in " ".join(words.split())


def test_at_80_by_24_the_plan_is_folded_into_a_line() -> None:
    text = brief(80, 24, marked=6).text()
    assert "THE PLAN  7 of 9 steps" in text
    assert "Bird-dog leg slide" in text
    assert "Dead-bug" not in text
    assert "NOTHING NEW?" in text


def test_a_narrow_window_asks_first_and_has_the_plan_behind_tab() -> None:
    asked, plan = brief(40, 12).text(), brief(40, 12, plan=True).text()
    assert "NOTHING NEW?" in asked
    assert "tab  the plan" in asked
    assert "NOTHING NEW?" not in plan
    assert "tab  the questions" in plan


def test_a_long_plan_goes_on_around_the_mark() -> None:
    text = brief(120, 24, "prevention-20", marked=9).text()
    assert "10 of 10 steps" in text
    assert "Standing hip-flexor" in text


def test_a_circuit_says_how_often_it_comes_round() -> None:
    lines = plan_lines(timeline_of(CIRCUIT))
    assert [(line.name, line.indent) for line in lines] == [
        ("Walking", 0),
        ("3 rounds of", 0),
        ("Glute bridge", 2),
        ("Pelvic tilt", 2),
        ("Cat-cow", 0),
    ]
    assert lines[3].dose.endswith("at your pace")
    assert lines[3].time.endswith("+")


def test_where_it_should_be_heard_there_is_a_place_to_say_so() -> None:
    view = BriefView(library()["bird-dogs"], hear='♪ You should hear "Ready" now.')
    assert '♪ You should hear "Ready" now.' in draw_brief(view, 100, 30).text()


def test_a_figure_shows_its_movement_and_keeps_still_where_that_is_wished() -> None:
    exercise = library()["bird-dogs"].steps[2].usual.exercise
    assert exercise is not None
    assert exercise.drawing is not None
    still = showing(exercise, 5000, still=True)
    assert still is not None
    assert still.change_ms is None
    assert still.pose is held(exercise.drawing)
    first = showing(exercise, 0)
    assert first is not None
    assert first.pose is held(exercise.drawing)
    moving = showing(exercise, 3000)
    assert moving is not None
    assert moving.moves
    assert moving.change_ms is not None
    assert moving.change_ms <= FRAME_MS
    assert showing(None, 0) is None


def test_arrows_go_through_the_plan(tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        assert "Stand tall" in stage.text
        await stage.press("down")
        assert "Lie on your back" in stage.text
        await stage.press("up", "up")
        assert "Stand tall" in stage.text
        await stage.press("2")
        assert stage.shows(PlayerScreen)

    play(tmp_path, act)


def test_the_marked_figure_moves_by_itself(tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.press("down", "down", "down", "down")
        before = stage.app.screen.draw(100, 30).rows()  # type: ignore[attr-defined]
        await stage.wait(3)
        assert stage.app.screen.draw(100, 30).rows() != before  # type: ignore[attr-defined]

    play(tmp_path, act)


def test_a_digit_never_answers_what_is_not_seen(tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.press("down")
        assert "THE PLAN" in stage.text
        await stage.press("2")
        assert stage.app.live is None
        assert "NOTHING NEW?" in stage.text
        await stage.press("2")
        assert stage.shows(PlayerScreen)

    play(tmp_path, act, (40, 12))


def test_esc_leads_back_from_the_plan_too(tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.press("tab", "escape")
        assert stage.shows(HomeScreen)

    play(tmp_path, act, (40, 12))
