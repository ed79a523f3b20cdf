"""Cells → what a terminal is sent, as deep as its colours go; and only what changed is sent."""

import asyncio
from dataclasses import replace
from typing import Self

import pytest
from figure_building import IDS, drawing_of
from rich.color import ColorType
from rich.style import Style
from textual.app import App, ComposeResult
from textual.geometry import Region

from backcoach.figure.picture import picture
from backcoach.figure.raster import SHADES, Raster, Tone
from backcoach.tui.canvas import Canvas, Role
from backcoach.tui.colours import contrast
from backcoach.tui.depth import Depth
from backcoach.tui.painting import Paint
from backcoach.tui.theme import DARK, DARK_256, LIGHT, LIGHT_256, Palette
from backcoach.tui.widgets.picture import Picture

PALETTES = [DARK, LIGHT, DARK_256, LIGHT_256]
DEPTHS = [
    *PALETTES,
    *(replace(ours, depth=Depth.COLOURS_16) for ours in (DARK, LIGHT)),
    *(replace(ours, depth=Depth.NONE) for ours in (DARK, LIGHT)),
]
WIDTH, ROWS = 46, 12
BRIGHT, DIM = (Tone.WORK,), (Tone.FLOOR, Tone.PROP, Tone.CARRY)

each_depth = pytest.mark.parametrize(
    "palette", DEPTHS, ids=lambda palette: f"{palette.name}-{palette.depth.value}"
)


def painted(palette: Palette, raster: Raster, width: int = WIDTH) -> list[list[tuple[str, Style]]]:
    """Each cell of a picture: what stands in it, and how."""
    canvas = Canvas(width, raster.height // 2)
    canvas.put_pixels(0, 0, raster)
    paint = Paint(palette)
    return [
        [
            (char, segment.style or Style())
            for segment in paint.segments(row)
            for char in segment.text
        ]
        for row in canvas.rows()
    ]


def held(name: str) -> Raster:
    drawing = drawing_of(name)
    return picture(drawing, drawing.poses[drawing.hold_pose], WIDTH, 2 * ROWS)


def there(raster: Raster, x: int, y: int, *tones: Tone) -> bool:
    """Whether half of a pixel or more is of one of these tones."""
    return raster.tone(x, y) in tones and 2 * raster.shade(x, y) >= SHADES


# --- colours -------------------------------------------------------------------------------------


@pytest.mark.parametrize("palette", PALETTES, ids=lambda each: f"{each.name}-{each.depth.value}")
def test_working_limbs_stand_out_from_carrying_ones_and_both_from_the_ground(
    palette: Palette,
) -> None:
    work, carry = palette.colour(Role.HOLD), palette.colour(Role.CARRY)

    assert contrast(carry, palette.ground) >= 3
    assert contrast(work, palette.ground) >= 4.5
    assert contrast(work, palette.ground) > 1.5 * contrast(carry, palette.ground)
    assert contrast(palette.colour(Role.FLOOR), palette.ground) >= 3
    assert contrast(palette.colour(Role.PROP), palette.ground) >= 3


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=lambda each: each.name)
def test_in_true_colour_a_pixel_has_its_roles_colour_and_its_share_of_it(palette: Palette) -> None:
    codes = [
        Tone.WORK << 3 | SHADES,
        Tone.WORK << 3 | SHADES // 2,
        Tone.CARRY << 3 | SHADES,
    ]
    row = painted(palette, Raster(3, 2, (bytes(codes), bytes(3))), 3)[0]
    colours = [style.color.name for _, style in row if style.color]

    assert [char for char, _ in row] == ["▀"] * 3
    assert colours[0] == palette.hold
    assert colours[2] == palette.carry
    assert 1 < contrast(colours[1], palette.ground) < contrast(colours[0], palette.ground)
    assert {style.bgcolor.name for _, style in row if style.bgcolor} == {palette.ground}
    lower = painted(palette, Raster(3, 2, (bytes(3), bytes(codes))), 3)[0]
    assert [style.bgcolor.name for _, style in lower if style.bgcolor] == colours
    assert {style.color.name for _, style in lower if style.color} == {palette.ground}


@each_depth
def test_no_terminal_is_sent_more_colours_than_it_has(palette: Palette) -> None:
    allowed = {
        Depth.TRUE: {ColorType.TRUECOLOR},
        Depth.COLOURS_256: {ColorType.EIGHT_BIT},
        Depth.COLOURS_16: {ColorType.STANDARD},
        Depth.NONE: set(),
    }[palette.depth]
    for name in ("hip-flexor", "trunk-rotation"):
        for row in painted(palette, held(name)):
            for _, style in row:
                for colour in (style.color, style.bgcolor):
                    assert colour is None or colour.type in allowed


@each_depth
def test_every_cell_is_painted(palette: Palette) -> None:
    for row in painted(palette, held("bird-dog")):
        assert len(row) == WIDTH
        assert {char for char, _ in row} <= set(" ▀▄█▒░")


# --- one bit -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", IDS)
def test_without_colours_a_figure_is_the_outline_that_its_pixels_have(name: str) -> None:
    """Solid where it works, a shade where it carries, each where the pixels are."""
    raster = held(name)
    for y, row in enumerate(painted(replace(DARK, depth=Depth.NONE), raster)):
        for x, (char, style) in enumerate(row):
            upper, lower = (there(raster, x, 2 * y + half, *BRIGHT) for half in (0, 1))
            dim = sum(there(raster, x, 2 * y + half, *DIM) for half in (0, 1))
            if upper or lower:
                assert char == {(1, 1): "█", (1, 0): "▀", (0, 1): "▄"}[(upper, lower)]
            else:
                assert char == " ░▒"[dim]
            assert style == Style()


@pytest.mark.parametrize("name", ["bird-dog", "plank", "seated-tilt", "walk"])
def test_without_colours_a_figure_can_be_told_from_its_floor(name: str) -> None:
    rows = painted(replace(DARK, depth=Depth.NONE), held(name))
    above = sum(char in "█▀▄▒" for row in rows[:-1] for char, _ in row)

    assert above >= 20
    assert {char for char, _ in rows[-1]} >= {"░"} or {char for char, _ in rows[-1]} >= {"▄"}


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=lambda each: each.name)
def test_in_sixteen_colours_working_and_carrying_limbs_differ(palette: Palette) -> None:
    plain = replace(palette, depth=Depth.COLOURS_16)
    codes = bytes([Tone.WORK << 3 | SHADES, Tone.CARRY << 3 | SHADES, Tone.MAT << 3 | SHADES])
    solid = painted(plain, Raster(3, 2, (codes, codes)), 3)[0]
    mixed = painted(plain, Raster(3, 2, (codes, codes[1::-1] + bytes(1))), 3)[0]

    assert [char for char, _ in solid] == ["█", "█", " "]
    assert solid[0][1].color != solid[1][1].color
    assert mixed[0][0] == "▀"
    assert (mixed[0][1].color, mixed[0][1].bgcolor) == (solid[0][1].color, solid[1][1].color)


@pytest.mark.parametrize("depth", [Depth.COLOURS_16, Depth.NONE])
def test_where_colours_cannot_be_mixed_half_a_pixel_is_a_whole_one_or_none(depth: Depth) -> None:
    codes = bytes(Tone.WORK << 3 | shade for shade in range(SHADES + 1))
    row = painted(replace(DARK, depth=depth), Raster(5, 2, (codes, bytes(5))), 5)[0]

    assert "".join(char for char, _ in row) == "  ▀▀▀"


# --- only what changed ---------------------------------------------------------------------------


class WatchedPicture(Picture):
    """A picture that keeps what of it was asked to be drawn again."""

    def __init__(self, paint: Paint) -> None:
        super().__init__(paint)
        self.drawn: list[Region] | None = None
        """The regions since it was last asked; none for all of it."""

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        self.drawn = list(regions)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)


class PictureApp(App[None]):
    """Shows a picture and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = WatchedPicture(Paint(DARK))

    def compose(self) -> ComposeResult:
        yield self.picture


def sheet(*lines: str) -> Canvas:
    canvas = Canvas(40, 12)
    for y, line in enumerate(lines):
        canvas.put(0, y, line)
    return canvas


def asked_for(before: Canvas, after: Canvas) -> list[Region] | None:
    """What of a picture is drawn again for the second of two canvases; None for nothing."""

    async def run() -> list[Region] | None:
        app = PictureApp()
        async with app.run_test(size=(40, 12)) as pilot:
            app.picture.show(before)
            await pilot.pause()
            app.picture.drawn = None
            app.picture.show(after)
            drawn = app.picture.drawn
            await pilot.pause()
            for y, row in enumerate(after.rows()):
                shown = "".join(text for text, _ in row)
                assert app.picture.render_line(y).text == shown
            return drawn

    return asyncio.run(run())


def test_where_nothing_changed_nothing_is_drawn() -> None:
    assert asked_for(sheet("one", "two"), sheet("one", "two")) is None


def test_only_the_rows_that_changed_are_drawn() -> None:
    drawn = asked_for(sheet("one", "two", "three"), sheet("one", "too", "three"))

    assert drawn is not None
    assert {region.y for region in drawn} == {1}


def test_only_the_stretch_that_changed_is_drawn() -> None:
    before, after = sheet("a" * 40), sheet("a" * 40)
    for canvas, role in ((before, Role.HOLD), (after, Role.REST)):
        canvas.put(10, 0, "bbbb", role)

    assert asked_for(before, after) == [Region(10, 0, 4, 1)]


def test_a_figure_that_moves_redraws_little_more_than_itself() -> None:
    drawing = drawing_of("bird-dog")
    before, after = sheet("x" * 40, "y" * 40), sheet("x" * 40, "y" * 40)
    for canvas, pose in ((before, drawing.poses[0]), (after, drawing.poses[2])):
        canvas.put_pixels(1, 2, picture(drawing, pose, 38, 18))
    drawn = asked_for(before, after)

    assert drawn
    assert min(region.y for region in drawn) >= 2
    changed = [
        (x, y) for y in range(12) for x in range(40) if cell(before, x, y) != cell(after, x, y)
    ]
    for x, y in changed:
        assert any(region.contains(x, y) for region in drawn)
    assert sum(region.area for region in drawn) < 40 * 10


def cell(canvas: Canvas, x: int, y: int) -> object:
    column = 0
    for text, ink in canvas.rows()[y]:
        if column <= x < column + len(text):
            return text[x - column], ink
        column += len(text)
    return None


def test_another_size_is_drawn_whole() -> None:
    smaller = Canvas(40, 11)
    smaller.put(0, 0, "one")

    assert asked_for(smaller, sheet("one")) == []
