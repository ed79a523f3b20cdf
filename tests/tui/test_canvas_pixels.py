"""Pixels on a canvas: over text, at its edges and beyond them, and beside wide characters."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from backcoach.figure.raster import SHADES, Raster, Tone
from backcoach.tui.canvas import FIGURE, PIXELS, Canvas, Pixels, Role


def raster(*rows: str) -> Raster:
    """`#` is a bright pixel, `o` a dim one, `-` one that is half covered, a blank is ground."""
    codes = {
        "#": Tone.WORK << 3 | SHADES,
        "o": Tone.CARRY << 3 | SHADES,
        "-": Tone.WORK << 3 | SHADES // 2,
        " ": 0,
    }
    return Raster(len(rows[0]), len(rows), tuple(bytes(codes[c] for c in row) for row in rows))


def cells(canvas: Canvas, y: int) -> list[object]:
    """What each cell of a row is drawn with."""
    return [ink for text, ink in canvas.rows()[y] for _ in range(cell_len(text))]


def test_two_pixels_are_a_cell() -> None:
    canvas = Canvas(3, 1)
    canvas.put_pixels(0, 0, raster("# -", "oo "))

    assert cells(canvas, 0) == [
        Pixels(Role.HOLD, SHADES, Role.CARRY, SHADES),
        Pixels(Role.TEXT, 0, Role.CARRY, SHADES),
        Pixels(Role.HOLD, SHADES // 2, Role.TEXT, 0),
    ]
    assert canvas.text() == PIXELS * 3


def test_where_there_is_only_ground_what_was_there_stays() -> None:
    canvas = Canvas(5, 1)
    canvas.put(0, 0, "abcde", Role.STRONG)
    canvas.put_pixels(1, 0, raster("# #", "   "))

    assert canvas.text() == f"a{PIXELS}c{PIXELS}e"
    assert cells(canvas, 0)[2] is Role.STRONG


def test_the_last_row_of_an_odd_height_has_ground_below_it() -> None:
    canvas = Canvas(2, 3)
    canvas.put_pixels(0, 0, raster("##", "##", "#o"))

    assert cells(canvas, 1) == [
        Pixels(Role.HOLD, SHADES, Role.TEXT, 0),
        Pixels(Role.CARRY, SHADES, Role.TEXT, 0),
    ]
    assert cells(canvas, 2) == [Role.TEXT] * 2


def test_tones_are_drawn_with_the_roles_that_are_handed_in() -> None:
    canvas = Canvas(1, 1)
    canvas.put_pixels(0, 0, raster("#", "o"), {**FIGURE, Tone.WORK: Role.REST})

    assert cells(canvas, 0) == [Pixels(Role.REST, SHADES, Role.CARRY, SHADES)]


def test_every_tone_has_a_role() -> None:
    assert set(FIGURE) == set(Tone)


@pytest.mark.parametrize(
    ("x", "y", "shown"),
    [
        (-1, 0, f"{PIXELS}bc\ndef"),
        (2, 1, f"abc\nde{PIXELS}"),
        (1, -1, f"a{PIXELS}{PIXELS}\ndef"),
        (9, 9, "abc\ndef"),
        (-9, -9, "abc\ndef"),
    ],
)
def test_pixels_outside_the_canvas_are_cut_off(x: int, y: int, shown: str) -> None:
    canvas = Canvas(3, 2)
    canvas.put(0, 0, "abc")
    canvas.put(0, 1, "def")
    picture = raster("##", "##", "##", "##") if y < 0 else raster("##", "##")
    canvas.put_pixels(x, y, picture)

    assert canvas.text() == shown


@settings(max_examples=60, deadline=None)
@given(
    text=st.text(st.sampled_from("ab宽é "), max_size=14),
    over=st.text(st.sampled_from("x宽"), max_size=4),
    x=st.integers(-4, 14),
    at=st.integers(-4, 14),
    width=st.integers(1, 6),
)
def test_whatever_is_written_over_wide_characters_a_row_is_as_wide_as_the_canvas(
    text: str, over: str, x: int, at: int, width: int
) -> None:
    canvas = Canvas(12, 1)
    canvas.put(0, 0, text)
    canvas.put(x, 0, over)
    canvas.put_pixels(at, 0, raster("#" * width, "o" * width))

    assert sum(cell_len(part) for part, _ in canvas.rows()[0]) == 12
    for column in range(max(0, at), min(12, at + width)):
        assert isinstance(cells(canvas, 0)[column], Pixels)


def test_equal_cells_are_one_stretch() -> None:
    canvas = Canvas(6, 1)
    canvas.put_pixels(0, 0, raster("####  ", "####  "))

    assert [text for text, _ in canvas.rows()[0]] == [PIXELS * 4, "  "]
