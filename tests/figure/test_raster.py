"""Capsules, boxes and rings as pixels, against shapes that can be reckoned by hand."""

import math

import pytest
from figure_building import lit
from hypothesis import given, settings
from hypothesis import strategies as st

from backcoach.figure.raster import (
    SHADES,
    THINNEST_PX,
    Raster,
    Scale,
    Tone,
    draw,
    fit,
    ring,
    room_in_ring,
)
from backcoach.figure.skeleton import Box, Joints

SHIN = {"knn": (0.0, 0.0), "ann": (1.0, 0.0)}
CROSSING = {"knn": (0.0, 1.0), "ann": (2.0, 1.0), "knf": (1.0, 0.0), "anf": (1.0, 2.0)}
"""A near shin that lies, and a far one that stands behind its middle."""
TEN = Scale(10, 2, 12)


def drawn(
    figure: Joints,
    *working: str,
    scale: Scale = TEN,
    props: tuple[tuple[Tone, Box], ...] = (),
    floor: bool = False,
    swell: float = 0.0,
) -> Raster:
    return draw(figure, working, props, scale, 24, 24, floor=floor, swell=swell)


# --- limbs ---------------------------------------------------------------------------------------


def test_a_limb_is_as_long_and_as_thick_as_it_is_reckoned() -> None:
    raster = drawn({"knn": (0.0, 0.0), "ann": (1.0, 0.0)}, "near_shin", scale=Scale(20, 2, 12))

    assert {y for x, y in lit(raster, 3) if x == 3} == {10, 11, 12, 13}  # 0.085 × 20 = 1.7
    assert {y for x, y in lit(raster, 3) if x == 20} == {11, 12}  # 0.06 × 20 = 1.2
    assert {x for x, y in lit(raster, 2) if y == 11} == set(range(23))  # 2 - 1.7 to 22 + 1.2


def test_edges_are_soft() -> None:
    raster = drawn(SHIN, "near_shin", scale=Scale(10, 2, 12.25))

    assert {raster.shade(10, y) for y in range(24)} >= {0, SHADES}
    assert {raster.shade(10, y) for y in range(24)} & {1, 2, 3}


@settings(max_examples=60, deadline=None)
@given(y=st.floats(8, 16), angle=st.floats(0, math.tau), per_trunk=st.floats(1, 8))
def test_the_thinnest_limb_never_fades(y: float, angle: float, per_trunk: float) -> None:
    along = (math.cos(angle) * 8 / per_trunk, math.sin(angle) * 8 / per_trunk)
    raster = drawn({"ann": (0.0, 0.0), "ton": along}, "near_foot", scale=Scale(per_trunk, 12, y))

    for part in range(9):
        x, up = 12 + math.cos(angle) * part, y - math.sin(angle) * part
        assert raster.shade(math.floor(x), math.floor(up)) >= SHADES / 2


def test_a_limb_that_points_at_the_viewer_is_a_dot() -> None:
    raster = drawn({"ann": (0.5, 0.5), "ton": (0.5, 0.5)}, "near_foot")

    assert lit(raster, SHADES) == {(6, 6), (7, 6), (6, 7), (7, 7)} or len(lit(raster)) <= 9
    assert lit(raster, 3)


def test_what_works_is_bright_and_what_carries_is_dim() -> None:
    assert drawn(SHIN, "near_shin").tone(7, 12) is Tone.WORK
    assert drawn(SHIN, "far_shin").tone(7, 12) is Tone.CARRY


def test_the_neck_is_as_bright_as_the_head() -> None:
    body = {"mid": (0.0, 0.0), "sho": (0.5, 0.0), "head": (1.2, 0.0)}
    raster = drawn(body, "head")

    assert [raster.tone(x, 11) for x in (4, 11, 14)] == [Tone.CARRY, Tone.WORK, Tone.WORK]


@pytest.mark.parametrize("working", ["near_shin", "far_shin"])
def test_a_near_limb_is_in_front_of_a_far_one(working: str) -> None:
    raster = drawn(CROSSING, working, scale=Scale(10, 2, 22))
    near, far = (Tone.WORK, Tone.CARRY) if working.startswith("near") else (Tone.CARRY, Tone.WORK)

    assert raster.tone(12, 12) is near
    assert (raster.tone(12, 4), raster.tone(12, 19)) == (far, far)


def test_a_near_limb_keeps_a_dim_one_behind_it_away_from_its_edge() -> None:
    raster = drawn(CROSSING, "near_shin", scale=Scale(10, 2, 22))
    column = [(raster.tone(12, y), raster.shade(12, y)) for y in range(3, 21)]
    carried = [shade for tone, shade in column if tone is Tone.CARRY]

    assert min(carried) <= 1  # the outline: all but ground
    assert carried[0] == carried[-1] == SHADES


def test_arms_are_in_front_of_the_trunk_or_behind_it() -> None:
    trunk = {"pel": (0.0, 0.2), "mid": (0.5, 0.2), "sho": (1.0, 0.2)}
    near = drawn({**trunk, "eln": (0.3, 0.2), "han": (0.7, 0.2)}, "near_forearm", scale=TEN)
    far = drawn({**trunk, "elf": (0.3, 0.2), "haf": (0.7, 0.2)}, "far_forearm", scale=TEN)

    assert near.tone(7, 10) is Tone.WORK
    assert far.tone(7, 10) is Tone.CARRY


def test_a_breath_widens_the_trunk_and_nothing_else() -> None:
    body = {"pel": (0.0, 0.0), "mid": (0.5, 0.0), "sho": (1.0, 0.0), "eln": (1.5, 0.0)}
    still, full = drawn(body), drawn(body, swell=0.1)

    assert len(lit(full, SHADES)) > len(lit(still, SHADES))
    assert drawn({"sho": (1.0, 0.0), "eln": (1.5, 0.0)}) == drawn(
        {"sho": (1.0, 0.0), "eln": (1.5, 0.0)}, swell=0.1
    )


# --- props and the floor -------------------------------------------------------------------------


def test_a_prop_is_behind_the_figure_and_in_whole_pixels() -> None:
    raster = drawn(SHIN, "near_shin", props=((Tone.PROP, Box(0.31, 0.82, -0.5, 0.5)),))

    assert raster.tone(7, 12) is Tone.WORK
    prop = {(x, y) for x, y in lit(raster) if raster.tone(x, y) is Tone.PROP}
    assert {x for x, _ in prop} == set(range(5, 10))
    assert {raster.shade(x, y) for x, y in prop if not 9 <= y <= 14} == {SHADES}


def test_a_thin_prop_is_at_least_a_pixel() -> None:
    raster = drawn(SHIN, props=((Tone.PROP, Box(0.5, 0.501, 0.5, 0.501)),))

    assert sum(raster.tone(x, y) is Tone.PROP for x, y in lit(raster)) == 1


def test_a_prop_outside_the_picture_is_left_out() -> None:
    props = ((Tone.PROP, Box(50, 60, 0, 1)), (Tone.PROP, Box(-60, -50, 0, 1)))
    raster = drawn(SHIN, props=props)

    assert not any(raster.tone(x, y) is Tone.PROP for x, y in lit(raster))


def test_the_floor_is_the_whole_last_row_and_nothing_presses_through_it() -> None:
    body = {"pel": (0.0, 0.1), "mid": (0.5, 0.1), "sho": (1.0, 0.1)}
    raster = drawn(body, "lumbar", scale=Scale(20, 2, 23), floor=True, swell=0.1)

    assert {raster.tone(x, 23) for x in range(24)} == {Tone.FLOOR}
    assert {raster.shade(x, 23) for x in range(24)} == {SHADES}
    assert {raster.tone(x, 22) for x in range(4, 20)} <= {Tone.WORK, Tone.CARRY}


def test_without_a_floor_there_is_none() -> None:
    raster = drawn(SHIN)

    assert not any(raster.tone(x, y) is Tone.FLOOR for x, y in lit(raster))


# --- how it is fitted ----------------------------------------------------------------------------

boxes = st.builds(
    lambda left, width, bottom, height: Box(left, left + width, bottom, bottom + height),
    st.floats(-3, 1),
    st.floats(0.3, 4),
    st.floats(-0.1, 0.5),
    st.floats(0.3, 4),
)


@settings(max_examples=100, deadline=None)
@given(box=boxes, width=st.integers(18, 110), height=st.integers(14, 88), floor=st.booleans())
def test_a_frame_is_in_the_middle_as_large_as_it_fits(
    box: Box, width: int, height: int, floor: bool
) -> None:
    scale = fit(box, width, height, floor=floor)
    left, right = (scale.x + edge * scale.per_trunk for edge in (box.left, box.right))
    top, bottom = (scale.y - edge * scale.per_trunk for edge in (box.top, box.bottom))
    rows = height - floor

    assert left == pytest.approx(width - right)
    assert left > 0
    if floor:
        assert scale.y - min(box.bottom, 0) * scale.per_trunk == pytest.approx(rows)
    else:
        assert top == pytest.approx(height - bottom)
    assert min(left, (rows - (bottom - top)) / 2) < 0.07 * scale.per_trunk
    if not floor or box.bottom <= 0:
        assert top > 0


# --- the ring ------------------------------------------------------------------------------------


def turned(x: int, y: int, size: int) -> float:
    """How far round clockwise from the top a pixel's middle is."""
    dx, dy = x + 0.5 - size / 2, y + 0.5 - size / 2
    return math.degrees(math.atan2(dx, -dy)) % 360 / 360


@pytest.mark.parametrize("size", [40, 48, 61])
def test_a_ring_is_round(size: int) -> None:
    pixels = lit(ring(size, 0))

    for x, y in pixels:
        assert {(size - 1 - x, y), (x, size - 1 - y), (y, x)} <= pixels
    assert {0, size - 1} <= {x for x, _ in pixels}
    room = room_in_ring(size)
    radii = [math.dist((x + 0.5, y + 0.5), (size / 2, size / 2)) for x, y in pixels]
    assert room - 1 <= min(radii)
    assert size / 2 - 1 <= max(radii) <= size / 2 + 0.5
    assert size * 0.07 < size / 2 - room < size * 0.11


@pytest.mark.parametrize(("share", "tone"), [(0, Tone.WORK), (1, Tone.FLOOR)])
def test_a_ring_is_whole_at_its_start_and_at_its_end(share: float, tone: Tone) -> None:
    raster = ring(48, share)

    assert {raster.tone(x, y) for x, y in lit(raster)} == {tone}


@settings(max_examples=30, deadline=None)
@given(share=st.floats(0.01, 0.99), size=st.sampled_from([40, 53]))
def test_a_ring_empties_clockwise_from_its_top(share: float, size: int) -> None:
    raster = ring(size, share)

    assert lit(raster) == lit(ring(size, 0))
    for x, y in lit(raster):
        over = turned(x, y, size) < share
        if abs(turned(x, y, size) - share) > 1e-9:
            assert raster.tone(x, y) is (Tone.FLOOR if over else Tone.WORK)


def test_a_ring_at_a_quarter_has_its_upper_right_quarter_empty() -> None:
    raster = ring(40, 0.25)
    empty = {(x, y) for x, y in lit(raster) if raster.tone(x, y) is Tone.FLOOR}

    assert empty == {(x, y) for x, y in lit(raster) if x >= 20 and y < 20}


def test_the_thinnest_limb_is_wider_than_a_pixel() -> None:
    assert 2 * THINNEST_PX > 1
