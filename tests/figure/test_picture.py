"""The pictures of the bundled exercises: whole, legible, on their floor or mat, and kept."""

import math
from itertools import pairwise

import pytest
from figure_building import IDS, SIZES, both_sides, drawing_of, lit
from player_building import timeline_of

from backcoach.figure.drawing import Drawing
from backcoach.figure.moving import BREATH_STEPS, moving_in, moving_out
from backcoach.figure.picture import SWELL, picture
from backcoach.figure.raster import SHADES, Raster, Scale, Tone, draw, fit
from backcoach.figure.skeleton import KeyPose, outline

SMALLEST = SIZES[0]
PAD = 4
"""Pixels around a picture, in which whatever is cut off can be seen."""
BODY = (Tone.WORK, Tone.CARRY)

each = pytest.mark.parametrize("name", IDS)
TOP_VIEWS = [name for name in IDS if drawing_of(name).view == "top"]
WITH_A_FLOOR = [name for name in IDS if drawing_of(name).view != "top"]


def scale_of(drawing: Drawing, width: int, height: int) -> Scale:
    return fit(drawing.frame, width, height, floor=drawing.view != "top")


def frames(drawing: Drawing, count: int) -> list[KeyPose]:
    """Poses from all of a movement."""
    if len(drawing.poses) == 1:
        return [drawing.poses[0]]
    inward = [moving_in(drawing, n / count) for n in range(count + 1)]
    return inward + [moving_out(drawing, n / count) for n in range(count) if drawing.cycle]


def of_tone(raster: Raster, *tones: Tone) -> set[tuple[int, int]]:
    return {(x, y) for x, y in lit(raster) if raster.tone(x, y) in tones}


# --- nothing is cut ------------------------------------------------------------------------------


@each
def test_no_frame_leaves_the_picture(name: str) -> None:
    for drawing in both_sides(drawing_of(name)):
        for width, height in SIZES if drawing.drawn_left else SIZES[:1]:
            scale = scale_of(drawing, width, height)
            moved = Scale(scale.per_trunk, scale.x + PAD, scale.y + PAD)
            for pose in frames(drawing, 6):
                wide = draw(
                    drawing.place(pose),
                    (),
                    (),
                    moved,
                    width + 2 * PAD,
                    height + PAD,  # below is the floor
                    floor=False,
                )
                for x, y in lit(wide):
                    assert PAD <= x < PAD + width
                    assert y >= PAD


@each
def test_a_body_is_large_in_its_picture(name: str) -> None:
    """As large as the frame of its whole movement lets it be."""
    width, height = SMALLEST
    drawing = drawing_of(name)
    seen: set[tuple[int, int]] = set()
    for pose in frames(drawing, 4):
        seen |= of_tone(picture(drawing, pose, width, height), *BODY, Tone.PROP)
    across = max(x for x, _ in seen) - min(x for x, _ in seen) + 1
    up = max(y for _, y in seen) - min(y for _, y in seen) + 1

    assert across >= width - 4 or up >= height - 5


# --- everything is seen --------------------------------------------------------------------------


@each
def test_every_limb_is_seen_in_the_smallest_picture(name: str) -> None:
    width, height = SMALLEST
    for drawing in both_sides(drawing_of(name)):
        scale = scale_of(drawing, width, height)
        for pose in drawing.poses:
            placed = drawing.place(pose)
            for part in outline(placed):
                if part.name in ("neck", "head"):
                    continue
                ends = {joint: at for joint, at in placed.items() if at in (part.start, part.end)}
                raster = draw(ends, (), (), scale, width, height, floor=False)
                for share in (0.0, 0.25, 0.5, 0.75, 1.0):
                    (ax, ay), (bx, by) = part.start, part.end
                    x = scale.x + scale.per_trunk * (ax + (bx - ax) * share)
                    y = scale.y - scale.per_trunk * (ay + (by - ay) * share)
                    assert raster.shade(math.floor(x), math.floor(y)) >= SHADES / 2, part.name


@pytest.mark.parametrize("name", ["bird-dog", "heel-slide", "knee-to-chest", "dead-bug"])
def test_the_limb_that_works_is_bright_on_both_sides(name: str) -> None:
    for drawing in both_sides(drawing_of(name)):
        shin = "near_shin" if not drawing.drawn_left else "far_shin"
        scale = scale_of(drawing, 60, 40)
        held = drawing.poses[drawing.hold_pose]
        part = next(part for part in outline(drawing.place(held)) if part.name == shin)
        x = scale.x + scale.per_trunk * (part.start[0] + 0.8 * (part.end[0] - part.start[0]))
        y = scale.y - scale.per_trunk * (part.start[1] + 0.8 * (part.end[1] - part.start[1]))
        raster = picture(drawing, held, 60, 40)

        assert raster.tone(math.floor(x), math.floor(y)) is Tone.WORK


@pytest.mark.parametrize("name", WITH_A_FLOOR)
def test_there_is_a_floor_and_the_body_is_on_it(name: str) -> None:
    drawing = drawing_of(name)
    for pose in drawing.poses:
        for breath in (0, BREATH_STEPS):
            raster = picture(drawing, pose, 46, 24, breath)
            assert {raster.tone(x, 23) for x in range(46)} == {Tone.FLOOR}
            assert not of_tone(raster, Tone.MAT)
            assert max(y for _, y in of_tone(raster, *BODY)) >= 21


@pytest.mark.parametrize("name", TOP_VIEWS)
def test_who_is_seen_from_above_lies_on_a_mat(name: str) -> None:
    for drawing in both_sides(drawing_of(name)):
        for pose in frames(drawing, 4):
            raster = picture(drawing, pose, 60, 40)
            assert not of_tone(raster, Tone.FLOOR)
            mat = of_tone(raster, Tone.MAT)
            assert mat
            body = of_tone(raster, *BODY)
            on_it = sum(
                min(x for x, _ in mat) <= x <= max(x for x, _ in mat)
                and min(y for _, y in mat) <= y <= max(y for _, y in mat)
                for x, y in body
            )
            assert on_it >= 0.97 * len(body)


@each
def test_every_prop_that_stands_is_drawn(name: str) -> None:
    for drawing in both_sides(drawing_of(name)):
        raster = picture(drawing, drawing.poses[0], *SMALLEST)
        solid = any(prop.kind != "mat" for prop in drawing.props)
        assert bool(of_tone(raster, Tone.PROP)) == solid


def test_a_chair_stands_behind_the_kneeling_one_on_both_sides() -> None:
    """Near and far change over; the chair stays where it is."""
    left, right = (
        of_tone(picture(drawing, drawing.poses[0], 60, 40), Tone.PROP)
        for drawing in both_sides(drawing_of("hip-flexor"))
    )
    assert len(left ^ right) < len(left | right) / 3


@pytest.mark.parametrize("name", ["side-plank", "trunk-rotation", "wall-side-plank"])
def test_the_other_side_of_a_front_or_top_view_is_flipped(name: str) -> None:
    left, right = both_sides(drawing_of(name))
    for ours, theirs in zip(left.poses, right.poses, strict=True):
        one, other = picture(left, ours, 60, 40), picture(right, theirs, 60, 40)
        differ = sum(
            abs(a - b) > 1
            for row, mirrored in zip(one.rows, other.rows, strict=True)
            for a, b in zip(row, mirrored[::-1], strict=True)
        )
        assert differ <= 60  # the edges of props are on whole pixels
        assert one != other


# --- breath --------------------------------------------------------------------------------------


@each
def test_a_breath_changes_the_trunk_and_what_is_around_it_only(name: str) -> None:
    drawing = drawing_of(name)
    pose = drawing.poses[drawing.hold_pose]
    out, full = (picture(drawing, pose, 60, 40, breath) for breath in (0, BREATH_STEPS))
    changed = {(x, y) for y in range(40) for x in range(60) if out.rows[y][x] != full.rows[y][x]}
    scale = scale_of(drawing, 60, 40)
    trunk = [part for part in outline(drawing.place(pose)) if part.name in ("lumbar", "thoracic")]

    assert changed
    for x, y in changed:
        away = []
        for part in trunk:
            (ax, ay), (bx, by) = (
                (scale.x + px * scale.per_trunk, scale.y - py * scale.per_trunk)
                for px, py in (part.start, part.end)
            )
            dx, dy = bx - ax, by - ay
            px, py = x + 0.5 - ax, y + 0.5 - ay
            along = min(1.0, max(0.0, (px * dx + py * dy) / (dx * dx + dy * dy)))
            away.append(math.hypot(px - along * dx, py - along * dy))
        assert min(away) <= (0.13 + SWELL) * scale.per_trunk + 2


def test_a_breath_grows_step_by_step() -> None:
    drawing = drawing_of("rest-crook")
    light = [
        sum(raster.shade(x, y) for x, y in of_tone(raster, Tone.WORK))
        for raster in (
            picture(drawing, drawing.poses[0], 80, 48, breath) for breath in range(BREATH_STEPS + 1)
        )
    ]
    assert all(before < after for before, after in pairwise(light))


# --- kept ----------------------------------------------------------------------------------------


@each
def test_the_same_pose_is_the_same_picture(name: str) -> None:
    drawing = drawing_of(name)
    first = picture(drawing, drawing.poses[0], *SMALLEST)

    assert picture(drawing, drawing.poses[0], *SMALLEST) is first
    copy = KeyPose(drawing.poses[0].angles, drawing.poses[0].scale)
    assert picture(drawing, copy, *SMALLEST) == first


def test_a_drawing_that_is_made_anew_has_the_same_pictures() -> None:
    again = timeline_of({"exercise": "bird-dog"}).steps[0].usual.exercise
    assert again is not None
    assert again.drawing is not None
    drawing = drawing_of("bird-dog")
    assert again.drawing is not drawing
    for share in (0.0, 0.3, 0.5, 1.0):
        assert picture(again.drawing, moving_in(again.drawing, share), 60, 40) == picture(
            drawing, moving_in(drawing, share), 60, 40
        )


def test_what_is_kept_is_not_mixed_up() -> None:
    bridge, plank = drawing_of("bridge"), drawing_of("plank")
    seen = {
        picture(drawing, drawing.poses[index], width, 24, breath).rows
        for drawing in (*both_sides(bridge), plank)
        for index in (0, 1)
        for width in (38, 46)
        for breath in (0, BREATH_STEPS)
    }
    # The bridge is the same on both sides, but for which of its limbs are in front.
    assert len(seen) >= 16
