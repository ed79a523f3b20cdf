"""The colours: what the table of the design promises, in every theme and for every pair of eyes."""

from itertools import pairwise
from math import dist

import pytest
from textual.theme import BUILTIN_THEMES

from backcoach.tui.canvas import Role
from backcoach.tui.colours import (
    contrast,
    distance,
    hex_of_256,
    lab,
    least_distance,
    linear,
    mix,
    nearest_of_256,
)
from backcoach.tui.depth import Depth
from backcoach.tui.theme import DARK, LIGHT, Palette
from backcoach.tui.themes import READ, SEEN, TOLD_APART, find_palette, theme_names

TABLE = {
    "text": ("#F2F5F7", 16.9, 14.7, "#14191E", 16.9, 15.0),
    "muted": ("#A3B1BF", 8.5, 7.3, "#55616D", 6.1, 5.4),
    "prepare": ("#EED453", 12.5, 10.8, "#4A2E00", 12.0, 10.6),
    "hold": ("#51EC9E", 12.2, 10.6, "#0F6C56", 6.1, 5.4),
    "rest": ("#6184FA", 5.5, 4.7, "#083DBA", 8.4, 7.4),
    "switch": ("#E868AF", 6.2, 5.4, "#833597", 6.9, 6.1),
    "carry": ("#4C8672", 4.4, 3.8, "#6C8A80", 3.6, 3.2),
    "floor": ("#4C8672", 4.4, 3.8, "#6C8A80", 3.6, 3.2),
    "ahead": ("#52616F", 2.9, 2.5, "#87949D", 3.0, 2.6),
}
"""Colour, and contrast on the ground and on a panel: dark, then light."""
MIXED = [
    find_palette(name, depth)
    for name in theme_names()
    for depth in (Depth.TRUE, Depth.COLOURS_256)
    if find_palette(name, depth).depth.mixes
]
# What terminals make of the sixteen: the console's, xterm's, GNOME's and Windows'.
SIXTEEN = {
    "console": "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa "
    "555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
    "xterm": "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 "
    "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
    "tango": "2e3436 cc0000 4e9a06 c4a000 3465a4 75507b 06989a d3d7cf "
    "555753 ef2929 8ae234 fce94f 729fcf ad7fa8 34e2e2 eeeeec",
    "campbell": "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc "
    "767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2",
}


@pytest.mark.parametrize("role", TABLE)
def test_the_table_of_contrasts_holds(role: str) -> None:
    for palette, (colour, ground, panel) in ((DARK, TABLE[role][:3]), (LIGHT, TABLE[role][3:])):
        shown = getattr(palette, role)
        assert shown == colour.lower()
        assert contrast(shown, palette.ground) == pytest.approx(ground, abs=0.06)
        assert contrast(shown, palette.panel) == pytest.approx(panel, abs=0.06)


def test_the_stop_is_white_on_red() -> None:
    assert contrast("#ffffff", DARK.stop) == pytest.approx(5.6, abs=0.06)
    assert contrast("#ffffff", LIGHT.stop) == pytest.approx(6.5, abs=0.06)


@pytest.mark.parametrize(("palette", "least"), [(DARK, 34), (LIGHT, 11)])
def test_every_pair_of_eyes_tells_the_phases_apart(palette: Palette, least: float) -> None:
    assert least <= least_distance((*palette.phases, palette.stop)) < least + 1


def test_eyes_are_told_from_each_other() -> None:
    """Red and green of one lightness: far apart for most, close for some."""
    red, green = "#b05050", "#6f7d00"
    assert distance(red, green) < 30
    assert dist(lab(linear(red)), lab(linear(green))) > 45
    assert distance("#000000", "#ffffff") == pytest.approx(100, abs=0.1)


def test_lab_is_that_of_the_books() -> None:
    """Values of sRGB red and of a middle grey, as Lindbloom's calculator gives them."""
    assert lab(linear("#ff0000")) == pytest.approx((53.24, 80.09, 67.20), abs=0.05)
    assert lab(linear("#777777")) == pytest.approx((50.03, 0, 0), abs=0.05)


@pytest.mark.parametrize(
    "palette", MIXED, ids=lambda palette: f"{palette.name}-{palette.depth.value}"
)
def test_every_theme_can_be_read_and_its_phases_told_apart(palette: Palette) -> None:
    assert contrast(palette.text, palette.ground) >= 7
    for colour in (palette.muted, *palette.phases):
        assert contrast(colour, palette.ground) >= READ
    for colour in (palette.carry, palette.floor, palette.prop):
        assert contrast(colour, palette.ground) >= SEEN
    assert contrast("#ffffff", palette.stop) >= READ
    assert least_distance((*palette.phases, palette.stop)) >= TOLD_APART
    grounds = {style.bgcolor for style in palette.styles().values()}
    assert len(grounds) >= 3, "ground, stop and selected"


def test_a_theme_keeps_its_own_ground_and_what_can_be_told_apart_of_it() -> None:
    nord = find_palette("nord", Depth.TRUE)
    assert nord.ground == "#2e3440"
    assert distance(nord.prepare, str(BUILTIN_THEMES["nord"].warning)) < 1
    # Its blue and its green are too close for some.
    assert distance(nord.rest, str(BUILTIN_THEMES["nord"].primary)) > 10


def test_auto_follows_the_ground_and_an_unknown_name_is_dark() -> None:
    assert find_palette("auto", Depth.TRUE, light=True) == LIGHT
    assert find_palette("auto", Depth.TRUE) == find_palette("no such theme", Depth.TRUE) == DARK
    assert find_palette("light", Depth.TRUE) == LIGHT


@pytest.mark.parametrize("palette", [DARK, LIGHT, find_palette("dark", Depth.COLOURS_256)])
@pytest.mark.parametrize("role", [Role.HOLD, Role.CARRY, Role.FLOOR, Role.PROP])
def test_shades_go_evenly_from_the_ground_to_the_colour(palette: Palette, role: Role) -> None:
    shades = [mix(palette.ground, palette.colour(role), shade / 4) for shade in range(5)]
    assert shades[0] == palette.ground
    assert shades[4] == palette.colour(role)
    lights = [lab(linear(shade))[0] for shade in shades]
    steps = [after - before for before, after in pairwise(lights)]
    assert max(steps) - min(steps) < 2
    assert palette.pixel(role, 4, 4) == palette.style(shades[4], shades[0]).color.name  # type: ignore[union-attr]


def test_colours_of_256_are_named_by_their_numbers() -> None:
    assert nearest_of_256("#d70000") == 160
    assert hex_of_256(160) == "#d70000"
    assert hex_of_256(244) == "#808080"
    for style in find_palette("light", Depth.COLOURS_256).styles().values():
        assert style.color is not None
        assert style.color.name.startswith("color(")


@pytest.mark.parametrize("terminal", SIXTEEN)
@pytest.mark.parametrize("name", ["dark", "light"])
def test_sixteen_colours_can_be_read_in_every_terminal(terminal: str, name: str) -> None:
    colours = ["#" + each for each in SIXTEEN[terminal].split()]
    styles = find_palette(name, Depth.COLOURS_16).styles()
    assert set(styles) == set(Role)
    for role, style in styles.items():
        assert style.color is not None
        assert style.bgcolor is not None
        assert style.color.number is not None
        assert style.bgcolor.number is not None
        ratio = contrast(colours[style.color.number], colours[style.bgcolor.number])
        words = role in (Role.TEXT, Role.STOP, Role.KEY, Role.PANEL, Role.PANEL_MUTED)
        dim = role in (Role.AHEAD, Role.PROP)
        # A phase is a word of letters three rows high.
        assert ratio >= (1.5 if dim else 4 if words else 3), role
    phases = (Role.PREPARE, Role.HOLD, Role.REST, Role.SWITCH)
    assert len({styles[role].color for role in phases}) == 4


def test_without_colours_reverse_says_where_to_press() -> None:
    styles = find_palette("dark", Depth.NONE).styles()
    assert set(styles) == set(Role)
    assert all(style.color is None and style.bgcolor is None for style in styles.values())
    reversed_ = {role for role, style in styles.items() if style.reverse}
    assert reversed_ == {Role.STOP, Role.KEY, Role.SELECTED}
    assert styles[Role.SELECTED].bold
