"""What is drawn, at every size, for every state: pure functions, no terminal."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from player_building import QUITE_WELL

from backcoach.paths import Paths
from backcoach.player.inputs import Input, InputKind
from backcoach.player.keys import read_key
from backcoach.player.machine import begin, step
from backcoach.player.state import State, Status
from backcoach.player.view import view
from backcoach.routines.finding import find_entry
from backcoach.routines.library import Library
from backcoach.timeline.model import Timeline
from backcoach.tui.canvas import Canvas, Role, clip, shorten, wrap
from backcoach.tui.pictures.brief import BriefView, draw_brief
from backcoach.tui.pictures.card import Shelf, when
from backcoach.tui.pictures.home import draw_home
from backcoach.tui.pictures.notes import draw_hurts, draw_notes
from backcoach.tui.pictures.player import draw_player
from backcoach.tui.pictures.stop import draw_stop
from backcoach.tui.pictures.summary import SummaryView, draw_summary
from backcoach.tui.pictures.tally import summary_lines
from backcoach.tui.theme import DARK, LIGHT, Palette

SIZES = st.tuples(st.integers(40, 300), st.integers(12, 90))
EMERGENCY = "Emergency 999, 112 or 911"


@cache
def timeline(name: str = "bird-dogs") -> Timeline:
    paths = Paths(Path("nowhere"), Path("nowhere"))
    return Library(paths).load(find_entry(paths, name))


def state_at(ms: int, *kinds: InputKind, routine: str = "bird-dogs") -> State:
    state, _ = begin(timeline(routine), 0)
    state, _ = step(state, Input(InputKind.TICK), ms)
    for kind in kinds:
        state, _ = step(state, Input(kind), ms)
    return state


def assert_fits(canvas: Canvas, size: tuple[int, int]) -> None:
    rows = canvas.rows()
    assert len(rows) == size[1]
    assert all(sum(len(text) for text, _ in row) <= size[0] for row in rows)


@settings(max_examples=150, deadline=None)
@given(
    size=SIZES,
    ms=st.integers(0, 900_000),
    routine=st.sampled_from(["bird-dogs", "core-foundation"]),
    kinds=st.lists(
        st.sampled_from(
            [InputKind.PAUSE, InputKind.HELP, InputKind.MENU, InputKind.QUIT, InputKind.ACHE]
        ),
        max_size=2,
    ),
)
def test_the_player_fits_every_window(
    size: tuple[int, int], ms: int, routine: str, kinds: list[InputKind]
) -> None:
    state = state_at(ms, *kinds, routine=routine)
    canvas = draw_player(view(state), *size, "♪ bell")
    assert_fits(canvas, size)
    if state.status is Status.RUNNING:
        assert any(role is Role.STOP for row in canvas.rows() for _, role in row)


@settings(max_examples=100, deadline=None)
@given(size=SIZES, ms=st.integers(0, 256_000), answers=st.integers(0, 3), value=st.integers(0, 5))
def test_the_stop_fits_every_window(
    size: tuple[int, int], ms: int, answers: int, value: int
) -> None:
    state = state_at(ms, InputKind.STOP)
    values = ("sharp", "electric", "spasm", "dull", "numb", "unwell")
    for answer in (values[value], "low-back", value)[:answers]:
        state, _ = step(state, Input(InputKind.ANSWER, answer), ms)
    seen = view(state).stop
    assert seen is not None
    canvas = draw_stop(seen, *size, "written down at 18:16:40", EMERGENCY)
    assert_fits(canvas, size)
    assert any(role is Role.STOP for row in canvas.rows() for _, role in row)


@settings(max_examples=60, deadline=None)
@given(size=SIZES, urgent=st.sampled_from([True, False, None]), breathe_in=st.booleans())
def test_it_hurts_now_fits_every_window_with_its_whole_question(
    size: tuple[int, int], urgent: bool | None, breathe_in: bool
) -> None:
    canvas = draw_hurts(breathe_in, urgent, EMERGENCY, *size)
    assert_fits(canvas, size)
    assert "You don't have to do" in canvas.text()
    if urgent is None:
        words = " ".join(canvas.text().split())
        assert "Numb between the legs" in words
        assert "faint, fever." in words


@settings(max_examples=60, deadline=None)
@given(size=SIZES, ms=st.integers(0, 900_000), scroll=st.integers(0, 50))
def test_the_other_pictures_fit_every_window(size: tuple[int, int], ms: int, scroll: int) -> None:
    from datetime import UTC, datetime

    now = datetime(2026, 5, 14, 18, 5, tzinfo=UTC)
    shelves = tuple(
        Shelf(name, timeline(name).name, timeline(name), last=now)
        for name in ("bird-dogs", "core-foundation")
    )
    broken = Shelf("broken", "宽" * 60, problem="line 12: this is no duration" * 4)
    assert_fits(draw_home((*shelves, broken), scroll % 3, now, *size), size)
    assert_fits(draw_home((), 0, now, *size), size)
    assert_fits(draw_brief(BriefView(timeline("core-foundation")), *size), size)
    advised = BriefView(timeline("core-foundation"), "Not today. " * 20)
    assert_fits(draw_brief(advised, *size), size)
    assert_fits(draw_notes(scroll, *size)[0], size)
    ended = state_at(ms, InputKind.STOP, InputKind.END)
    assert_fits(draw_summary(SummaryView(ended, 2, 3, emergency=EMERGENCY), *size), size)


def test_the_digits_have_one_size_from_ten_to_nine() -> None:
    """A phase's digits don't grow as they lose one: the eye keeps its place."""
    before = draw_player(view(state_at(35_000)), 80, 24, "").text().splitlines()
    after = draw_player(view(state_at(36_000)), 80, 24, "").text().splitlines()

    def lit(lines: list[str]) -> int:
        return sum("█" in line[41:] for line in lines[5:18])

    assert lit(before) == lit(after) > 6


def test_the_summary_counts_what_was_done() -> None:
    state = state_at(171_500, InputKind.STOP)
    state, _ = step(state, Input(InputKind.END), 171_500)
    lines = summary_lines(state)
    assert [line.mark for line in lines] == ["✓", "✓", "–"]
    assert lines[0].done == "5 slow"
    assert lines[2].note == "stopped: left leg, right arm, rep 1, 4 s into the hold"


def test_the_summary_says_what_a_stop_left_out() -> None:
    state, _ = begin(timeline("core-foundation"), 0, QUITE_WELL)
    keys = ("x", "4", "8", "5", "n", "+150", "enter", "2", "g", "q", "q")
    state, _ = step(state, Input(InputKind.TICK), 130_000)
    for key in keys:
        given_ = Input(InputKind.TICK) if key.startswith("+") else read_key(state, key)
        wait_ms = int(key) * 1000 if key.startswith("+") else 0
        state, _ = step(state, given_, state.now_ms + wait_ms)
    assert state.outcome == "ended"
    notes = [line.note for line in summary_lines(state)]
    assert notes.count("left out: only gentle ones after a stop") >= 3


def test_the_summary_tells_the_sides_apart() -> None:
    state = state_at(205_000, InputKind.QUIT, InputKind.END)
    assert summary_lines(state)[2].done == "L 2 · R 1"


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=lambda palette: palette.name)
def test_every_colour_of_meaning_can_be_told_from_its_ground(palette: Palette) -> None:
    for colour in (palette.text, palette.muted, palette.prepare, palette.hold, palette.rest):
        assert contrast(colour, palette.ground) >= 4.5
    assert contrast(palette.switch, palette.ground) >= 4.5
    assert contrast(palette.carry, palette.ground) >= 3
    assert contrast("#ffffff", palette.stop) >= 4.5


def contrast(one: str, other: str) -> float:
    """The ratio of two colours' luminances, as the accessibility guidelines reckon it."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_canvas_cuts_off_what_is_outside() -> None:
    canvas = Canvas(5, 2)
    canvas.put(3, 0, "abc")
    canvas.put(-1, 1, "xyz")
    canvas.put(0, 7, "never")
    assert canvas.text() == "   ab\nyz"


def test_a_wide_character_takes_two_cells() -> None:
    canvas = Canvas(6, 1)
    assert canvas.put(0, 0, "宽a") == 3
    assert canvas.text() == "宽a"
    assert shorten("宽宽宽", 5) == "宽宽…"
    assert clip("宽宽", 3) == "宽"


@given(text=st.text(max_size=200), width=st.integers(2, 60))
def test_wrapped_lines_are_never_wider(text: str, width: int) -> None:
    from rich.cells import cell_len

    assert all(cell_len(line) <= width for line in wrap(text, width))


def test_when_says_how_long_ago() -> None:
    from datetime import UTC, datetime, timedelta

    now = datetime(2026, 5, 14, 18, 5, tzinfo=UTC)
    assert when(None, now) == "—"
    assert when(now - timedelta(hours=2), now) == "today"
    assert when(now - timedelta(days=2), now) == "Tue"
    assert when(now - timedelta(days=8), now) == "6 May"
    assert when(now - timedelta(days=400), now) == "Apr 2025"


@given(size=SIZES)
def test_what_is_asked_before_a_session_is_never_cut_off(size: tuple[int, int]) -> None:
    lines = draw_brief(BriefView(timeline()), *size).text().splitlines()
    words = " ".join(" ".join(line.rpartition("│")[2] for line in lines).split())
    assert "both legs, or between the legs" in words
    assert "bladder or bowels changed" in words
    assert "t=10" in words


@given(size=SIZES)
def test_whom_to_call_is_never_cut_off(size: tuple[int, int]) -> None:
    state, _ = step(state_at(52_000, InputKind.STOP), Input(InputKind.ANSWER, "numb"), 52_000)
    state, _ = step(state, Input(InputKind.ANSWER, "yes"), 52_000)
    seen = view(state).stop
    assert seen is not None
    words = " ".join(draw_stop(seen, *size, "written down", EMERGENCY).text().split())
    assert "Call 999, 112 or 911 or go to emergency now." in words
    assert "and don't drive yourself." in words
    assert " q " in words


@pytest.mark.parametrize("ms", range(0, 257_000, 1900))
def test_the_phase_has_its_word_in_the_smallest_window(ms: int) -> None:
    """Never a window without the phase: the first three rows are never empty."""
    rows = draw_player(view(state_at(ms)), 40, 12, "").text().splitlines()[:3]
    assert sum(row.count("█") for row in rows) > 10
