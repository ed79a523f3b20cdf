"""The summary: what was done, where it stopped, and what ached."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path

import pytest
from home_building import ANY_SIZE, SIZES, assert_caps_are_whole, assert_fits, library, stretches
from hypothesis import given, settings
from hypothesis import strategies as st
from routine_building import timeline_of
from screen_building import Stage, on_stage
from session_building import rows

from backcoach.coach.checkin import CheckIn
from backcoach.player.inputs import Input, InputKind
from backcoach.player.keys import STOP_KEYS
from backcoach.player.machine import begin, step
from backcoach.player.state import State
from backcoach.timeline.model import Timeline
from backcoach.tui.canvas import Canvas, Role
from backcoach.tui.commands import OPENS_COMMANDS, SUMMARY
from backcoach.tui.pictures.summary import SummaryView, draw_summary, most_first
from backcoach.tui.pictures.tally import ACHE_LETTERS, summary_lines, tally
from backcoach.tui.screens.summary import SummaryScreen

EMERGENCY = "Emergency 999, 112 or 911"
ANSWERED = CheckIn(2, nothing_new=True)


def played(timeline: Timeline, *moves: tuple[int, InputKind, object]) -> State:
    """A session after these inputs, each at its time."""
    state, _ = begin(timeline, 0)
    for ms, kind, value in moves:
        state, _ = step(state, Input(InputKind.TICK), ms)
        state, _ = step(state, Input(kind, value), ms)  # type: ignore[arg-type]
    return state


@cache
def stopped() -> State:
    """In the second set of the side planks, sharp, 4."""
    return played(
        library()["core-foundation"],
        (551_000, InputKind.STOP, None),
        (552_000, InputKind.ANSWER, "sharp"),
        (553_000, InputKind.ANSWER, "low-back"),
        (554_000, InputKind.ANSWER, 4),
        (555_000, InputKind.END, None),
    )


@cache
def finished(name: str = "bird-dogs") -> State:
    return played(library()[name], (3_600_000, InputKind.TICK, None))


def summary(width: int, height: int, state: State, **keys: object) -> Canvas:
    view = SummaryView(state, 2, emergency=EMERGENCY, when="Thursday 14 May", **keys)  # type: ignore[arg-type]
    return draw_summary(view, width, height)


def table(stage: Stage) -> list[str]:
    """The rows between the head and the foot of the smallest window, and what counts them."""
    return stage.text.splitlines()[3:9]


def play(
    folder: Path, act: Callable[[Stage], Awaitable[None]], size: tuple[int, int] = (100, 30)
) -> None:
    async def go() -> None:
        async with on_stage(folder, "bird-dogs", ANSWERED, size=size) as stage:
            await stage.wait(257)
            assert stage.shows(SummaryScreen)
            await act(stage)

    asyncio.run(go())


@settings(max_examples=120, deadline=None)
@given(
    size=ANY_SIZE,
    over=st.booleans(),
    pain=st.none() | st.integers(0, 10),
    first=st.integers(0, 40),
    ached=st.frozensets(st.integers(1, 9)),
)
def test_the_summary_fits_every_window(
    size: tuple[int, int], over: bool, pain: int | None, first: int, ached: frozenset[int]
) -> None:
    state = finished() if over else stopped()
    canvas = summary(*size, state, pain_after=pain, first=first, ached=ached)
    assert_fits(canvas, size)
    assert_caps_are_whole(canvas)
    text = canvas.text()
    assert stretches(canvas, Role.STOP) == [" x "]
    assert "HOW MUCH NOW?" in text
    assert EMERGENCY in text
    assert "saved" in text
    for part in ("enter  home", "q  quit", "it hurts"):
        assert part in text


@pytest.mark.parametrize("size", SIZES)
def test_what_was_done_is_said_against_what_was_planned(size: tuple[int, int]) -> None:
    text = summary(*size, stopped()).text()
    counted = tally(stopped())
    assert counted.facts[0] in text
    assert counted.facts[1] in text
    assert "one stop" in text


@pytest.mark.parametrize("size", [size for size in SIZES if size[0] >= 100])
def test_every_step_has_its_line_and_the_stop_its_place(size: tuple[int, int]) -> None:
    canvas = summary(*size, stopped())
    text = canvas.text()
    for line in summary_lines(stopped()):
        assert line.name in text
        assert line.planned in text
    words = " ".join(text.split())
    assert "stopped: right" in words
    assert "sharp, pain 4" in words
    assert "██" in text


def test_a_table_that_is_too_long_can_be_scrolled_to_its_end() -> None:
    view = SummaryView(stopped(), 2)
    last = most_first(view, 40, 12)
    assert last > 0
    assert "Rest on the back" not in summary(40, 12, stopped()).text()
    assert "Rest on the back" in summary(40, 12, stopped(), first=last).text()
    assert "↑↓" in summary(40, 12, stopped()).text()
    assert most_first(view, 120, 40) == 0


def test_only_what_was_done_has_a_letter() -> None:
    letters = [line.letter for line in summary_lines(stopped())]
    assert letters == ["a", "b", "c", "d", "e", "f", "", "", ""]
    assert [line.letter for line in summary_lines(finished())] == ["a", "b", "c"]


def test_no_letter_does_anything_else() -> None:
    taken = {*STOP_KEYS, *OPENS_COMMANDS, *(command.key for command in SUMMARY), *"0123456789txq"}
    assert not taken & set(ACHE_LETTERS)
    assert len(set(ACHE_LETTERS)) == len(ACHE_LETTERS)


def test_what_ached_in_the_session_has_no_letter_any_more() -> None:
    state = played(
        library()["bird-dogs"],
        (52_000, InputKind.ACHE, None),
        (3_600_000, InputKind.TICK, None),
    )
    ached = [line for line in summary_lines(state) if "ached" in line.note]
    assert len(ached) == 1
    assert not ached[0].letter


def test_the_holds_are_counted_by_themselves() -> None:
    assert tally(finished()).held == "holds 0:48 of 0:48"


def test_a_circuit_is_counted_with_its_rounds() -> None:
    timeline = timeline_of(
        '[[steps]]\nrepeat = 2\nsteps = [{ exercise = "bridge", reps = 2, hold = "3s" }]'
    )
    (line,) = summary_lines(played(timeline, (3_600_000, InputKind.TICK, None)))
    assert line.mark == "✓"
    assert line.planned == line.done == "2 × 3 s, 2 rounds"


def test_a_letter_marks_what_ached_and_takes_it_back(tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.press("b")
        assert "it ached" in stage.text
        await stage.press("C", "b")
        assert stage.text.count("it ached") == 1
        await stage.press("z", "x", "escape")
        assert stage.text.count("it ached") == 1
        await stage.press("enter")

    play(tmp_path, act)
    notes = rows(
        tmp_path / "data" / "history.db",
        "SELECT data FROM event WHERE kind = 'ached-after' ORDER BY seq",
    )
    assert [json.loads(note)["value"] for (note,) in notes] == [[2], [2, 3], [3]]


def test_the_digit_is_shown_and_the_times_are_said(tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        assert "pain before 2" in stage.text
        await stage.press("4")
        assert "pain before 2, now 4" in stage.text
        await stage.press("t")
        assert "now 10" in stage.text
        assert re.search(r"5 May · \d\d:\d\d–\d\d:\d\d · sav", stage.text.splitlines()[0])

    play(tmp_path, act)


def test_arrows_scroll_a_long_table(tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.press("a", "b", "c")
        before = table(stage)
        assert "↑↓" in before[-1]
        await stage.press("down")
        assert table(stage) != before
        await stage.press("up", "up")
        assert table(stage) == before

    play(tmp_path, act, (40, 12))
