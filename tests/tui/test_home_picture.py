"""Home: the card and the library, at every size, and what is chosen first."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from pathlib import Path

import pytest
from home_building import (
    ANY_SIZE,
    BROKEN,
    NOW,
    SIZES,
    assert_caps_are_whole,
    assert_fits,
    figure_rows,
    index_of,
    library,
    shelves,
    stretches,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from screen_building import Stage, on_stage

from backcoach.coach.checkin import CheckIn
from backcoach.stats.adherence import Week
from backcoach.tui.canvas import Canvas, Pixels, Role
from backcoach.tui.pictures.card import Shelf, last_words, telling
from backcoach.tui.pictures.home import draw_home
from backcoach.tui.pictures.news import draw_week
from backcoach.tui.pictures.plan import getting_down_ms, plan_lines, where_of
from backcoach.tui.screens.brief import BriefScreen
from backcoach.tui.screens.home import first_of


def home(width: int, height: int, name: str = "core-foundation", *, card: bool = False) -> Canvas:
    return draw_home(shelves(), index_of(name), NOW, width, height, sound="♪ voice", card=card)


def play(folder: Path, act: Callable[[Stage], Awaitable[None]], size: tuple[int, int]) -> None:
    async def go() -> None:
        async with on_stage(folder, size=size) as stage:
            await act(stage)

    asyncio.run(go())


@settings(max_examples=120, deadline=None)
@given(
    size=ANY_SIZE,
    chosen=st.integers(-1, 14),
    card=st.booleans(),
    name=st.text(max_size=90),
    known=st.booleans(),
)
def test_home_fits_every_window_and_always_says_the_way_out(
    size: tuple[int, int], chosen: int, card: bool, name: str, known: bool
) -> None:
    shown = shelves() if known else tuple(replace(s, timeline=None) for s in shelves())
    shown = (*shown[:-1], replace(shown[-1], name=name))
    canvas = draw_home(shown, chosen, NOW, *size, sound="♪ voice", card=card)
    assert_fits(canvas, size)
    assert_caps_are_whole(canvas)
    assert "x   IT HURTS NOW" in canvas.text()
    assert " enter  start" in canvas.text()
    assert " q  quit" in canvas.text()


@pytest.mark.parametrize("size", SIZES)
def test_the_way_out_is_red_and_nothing_else_is(size: tuple[int, int]) -> None:
    canvas = home(*size)
    red = "".join(stretches(canvas, Role.STOP))
    assert red.split()[:4] == ["x", "IT", "HURTS", "NOW"]
    assert ("at once" in red) == (size[0] >= 80)


@pytest.mark.parametrize(("size", "figures"), [((80, 24), 1), ((100, 30), 2), ((120, 40), 3)])
def test_the_card_shows_as_many_figures_as_can_be_recognised(
    size: tuple[int, int], figures: int
) -> None:
    canvas = home(*size)
    assert figure_rows(canvas) >= 5
    # On their floors figures are widest, and each stands apart from the others.
    apart = [
        sum(is_figure for is_figure, _ in groupby(isinstance(ink, Pixels) for _, ink in row))
        for row in canvas.rows()
    ]
    floor = max(number for number, count in enumerate(apart) if count)
    assert apart[floor] == figures
    text = canvas.text()
    for exercise in telling(library()["core-foundation"].steps, figures):
        assert exercise.name in text


@pytest.mark.parametrize("name", library())
@pytest.mark.parametrize("size", [(80, 24), (100, 30), (60, 24)])
def test_every_routine_has_a_figure(size: tuple[int, int], name: str) -> None:
    assert figure_rows(home(*size, name, card=True)) >= 4


@pytest.mark.parametrize("size", [(79, 24), (60, 20), (40, 12)])
def test_a_narrow_window_shows_the_library_and_by_tab_the_card(size: tuple[int, int]) -> None:
    listed, card = home(*size).text(), home(*size, card=True).text()
    assert "Bridges, five" in listed
    assert "A gentle Big 3 with a bridge." not in listed
    assert "A gentle Big 3 with a bridge." in card
    assert "mat · on the floor" in card
    assert "last done on Saturday" in card
    assert " tab  card" in listed
    assert " tab  library" in card


def test_a_narrow_but_high_window_shows_both() -> None:
    text = home(60, 60).text()
    assert "Bridges, five minutes" in text
    assert "A gentle Big 3 with a bridge." in text
    assert " tab " not in text


def test_in_the_smallest_card_every_exercise_is_named_or_counted() -> None:
    assert "more" in home(40, 12, card=True).text()
    text = home(80, 24, "bird-dogs").text()
    assert "Bird-dog" in text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["core-foundation", "desk-break", "acute-relief"])
def test_nothing_is_written_over_a_figure(size: tuple[int, int], name: str) -> None:
    """A name below a figure would be cut in two by it."""
    text = home(*size, name, card=True).text()
    timeline = library()[name]
    for exercise in telling(timeline.steps, 1) if size[0] >= 80 else ():
        # A longer name goes on in a second line.
        assert exercise.name.split()[0] in text
        assert exercise.name.split()[-1].rpartition("-")[2] in text
    assert timeline.name in text or size[0] < 100


def test_a_broken_file_is_listed_with_what_is_wrong_with_it() -> None:
    listed = home(120, 40).text()
    assert "✗ My physio line 12" in listed
    card = draw_home(shelves(), index_of(BROKEN.id), NOW, 120, 40).text()
    assert 'line 12: `hold = "10"` has no unit' in card
    assert "The file is as you left it." in card
    assert "backcoach check my-physio" in " ".join(card.split())


def test_what_is_not_loaded_yet_is_shown_calmly() -> None:
    waiting = (Shelf("one", "One"), Shelf("two", "Two"))
    text = draw_home(waiting, -1, NOW, 100, 30).text()
    assert "…" in text
    assert "—" not in text
    assert "▶" not in text


def test_the_library_says_where_one_is_where_it_is_longer_than_the_window() -> None:
    assert "6 of 15" in home(40, 12).text()
    assert "6 of 15" not in home(120, 40).text()


def test_each_exercise_is_shown_once_and_work_before_rest() -> None:
    relief = telling(library()["acute-relief"].steps, 3)
    assert len({exercise.id for exercise in relief}) == len(relief) == 3
    names = [exercise.name for exercise in telling(library()["core-foundation"].steps, 3)]
    assert names == ["Side plank on knees", "Bird-dog leg slide", "Glute bridge"]


def test_the_plan_says_where_one_is_and_how_long_there_is_to_get_down() -> None:
    assert where_of(library()["core-foundation"]) == "on the floor"
    assert where_of(library()["desk-break"]) == "sitting and standing"
    assert getting_down_ms(library()["core-foundation"]) == 45_000
    assert getting_down_ms(library()["desk-break"]) == 0
    assert all(line.time for line in plan_lines(library()["core-foundation"]))


def test_where_it_was_stopped_is_said_whole_or_with_an_ellipsis() -> None:
    said = "Last time you stopped here: right side to the wall, 12 s into the hold."
    for size in SIZES[1:]:
        shelf = replace(shelves()[index_of("core-foundation")], said=said)
        canvas = draw_home((shelf,), 0, NOW, *size, sound="♪ voice", card=True)
        shown = " ".join(" ".join(stretches(canvas, Role.PREPARE)).split())
        assert said in shown or re.search(r"Last time [^…]* …", shown)


def test_when_it_was_done_is_said_in_words() -> None:
    assert last_words(None, NOW) == "not done yet"
    assert last_words(NOW, NOW) == "last done today"
    assert last_words(NOW - timedelta(days=5), NOW) == "last done on Saturday"
    assert last_words(NOW - timedelta(days=12), NOW) == "last done on 2 May"
    assert last_words(NOW - timedelta(days=400), NOW) == "last done in Apr 2025"


def test_first_comes_what_was_done_last_else_where_everybody_begins() -> None:
    assert shelves()[first_of(shelves())].id == "core-foundation"
    fresh = tuple(replace(shelf, last=None) for shelf in shelves())
    assert fresh[first_of(fresh)].id == "back-on-track"
    assert first_of((BROKEN,)) == 0
    assert first_of(()) == -1


def test_the_library_is_sorted_by_name_and_enter_begins_gently(tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        listed = [line.rpartition("│")[2].strip(" ▶") for line in stage.text.splitlines()]
        names = [line for line in listed if line.endswith("—")]
        assert len(names) == len(library())
        assert names == sorted(names, key=str.casefold)
        await stage.press("enter")
        assert stage.shows(BriefScreen)
        assert stage.text.startswith(" Back on track")

    play(tmp_path, act, (80, 24))


def test_tab_turns_a_small_home_over(tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        assert "walk, loosen" not in stage.text
        await stage.press("tab")
        assert "walk, loosen" in stage.text
        await stage.press("down")
        assert "opposite arm" in stage.text
        await stage.press("tab", "enter")
        assert stage.shows(BriefScreen)

    play(tmp_path, act, (40, 12))


def test_what_was_just_done_is_chosen_next_time(tmp_path: Path) -> None:
    async def do(stage: Stage) -> None:
        await stage.wait(257)

    async def go() -> None:
        answers = CheckIn(1, nothing_new=True)
        async with on_stage(tmp_path, "bird-dogs", answers) as stage:
            await do(stage)
            await stage.press("enter")
            assert "▶ Bird-dogs, five" in stage.text
            assert "today" in stage.text

    asyncio.run(go())


def week_row(width: int, **goals: int) -> str:
    """The row of a week: 25 minutes of walking, three days of strength, one of mobility."""
    usual = {"walking_goal_ms": 9_000_000, "strength_goal": 2, "mobility_goal": 5}
    week = Week(
        walking_ms=1_500_000,
        strength_days=3,
        mobility_days=1,
        sessions=3,
        **{**usual, "sessions_goal": 4} | goals,
    )
    canvas = Canvas(width, 1)
    draw_week(canvas, 0, week)
    return canvas.text().rstrip()


@pytest.mark.parametrize(
    ("width", "row"),
    [
        (
            130,
            "  THIS WEEK   sessions 3 of 4 ■■■□   walking 25 of 150 min █░░░░░░░░░"
            "   strength 3 of 2 ■■   mobility 1 of 5 ■□□□□",
        ),
        (
            100,
            "  THIS WEEK   sessions 3 of 4   walking 25 of 150 min   strength 3 of 2"
            "   mobility 1 of 5",
        ),
        (80, "  THIS WEEK   sessions 3 of 4   walking 25 of 150 min   strength 3 of 2"),
    ],
)
def test_the_week_gives_up_its_bars_before_its_goals(width: int, row: str) -> None:
    assert week_row(width) == row


def test_what_is_no_goal_is_no_part_of_the_week() -> None:
    row = week_row(80, walking_goal_ms=0, mobility_goal=0)

    assert row == "  THIS WEEK   sessions 3 of 4 ■■■□   strength 3 of 2 ■■"


def test_a_single_figure_is_one_that_can_be_made_out() -> None:
    """From above, in a small window, a body is a stick."""
    for timeline in library().values():
        (shown,) = telling(timeline.steps, 1) or (None,)
        drawings = [step.usual.exercise.drawing for step in timeline.steps if step.usual.exercise]
        if any(drawing and drawing.view != "top" for drawing in drawings):
            assert shown is not None
            assert shown.drawing is not None
            assert shown.drawing.view != "top"
