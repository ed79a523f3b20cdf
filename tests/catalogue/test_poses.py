"""The poses of the bundled exercises: they fit their pictures and move as bodies do."""

from functools import cache
from itertools import pairwise
from math import dist
from typing import NamedTuple

import pytest

from backcoach.catalogue.loading import Catalogue, bundled_ids
from backcoach.catalogue.model import Figure, Pose
from backcoach.figure.skeleton import (
    JOINTS,
    SEGMENTS,
    THINNEST,
    Box,
    KeyPose,
    Point,
    between,
    bounds,
    frame,
    placed,
    raised,
    turn,
)

CATALOGUE = Catalogue()
IDS = sorted(bundled_ids())
FIGURES = {name: exercise.figure for name in IDS if (exercise := CATALOGUE.get(name))}
SIDE_VIEWS = [name for name in IDS if FIGURES[name].view == "side"]
WITH_A_FLOOR = [name for name in IDS if FIGURES[name].view != "top"]
AWAY_FROM_WALLS = [name for name in IDS if all(prop.kind != "wall" for prop in FIGURES[name].props)]

SMALLEST_PICTURE = (38, 2 * 12)
"""Width and height in pixels, half a cell each, of the picture in a window of 40 × 12 cells."""
MARGIN = 0.1
"""Trunk lengths that a picture keeps free across and upwards, for soft edges."""
LEAST_SCALE = 7.0
"""Pixels for a trunk length. The thinnest limb is then 0.7 pixels thick: at its worst place, half
in one row and half in the next, it still fills a third of each."""
LONGEST_BODY = 4.0
"""Arms overhead, trunk, legs and feet in one line are 0.87 + 1 + 1.7 + 0.2, and their thickness."""
FARTHEST_MOVE = 1.9
"""As far as the toes of a straight leg come when it is lifted by sixty degrees."""
WIDEST_TURN = 150.0
"""Towards 180 degrees, it is a matter of luck which way round is the shorter one."""

each = pytest.mark.parametrize("name", IDS)


class Scene(NamedTuple):
    """An exercise, ready to be drawn."""

    figure: Figure
    anchor: str
    poses: list[KeyPose]
    placed: tuple[dict[str, Point], ...]
    props: list[Box]

    @property
    def frame(self) -> Box:
        """The frame of the key poses and of those on the way from one to the next."""
        ways = [between(*move, share / 8) for move in self.moves for share in range(1, 8)]
        return frame((*self.placed, *placed(ways, self.anchor, self.figure.view)), self.props)

    @property
    def moves(self) -> list[tuple[KeyPose, KeyPose]]:
        """Each pose and the one after it; round and round where it is a cycle."""
        around = [(self.poses[-1], self.poses[0])] if self.figure.cycle else []
        return [*pairwise(self.poses), *around]


def key_pose(pose: Pose) -> KeyPose:
    angles = {name: getattr(pose, name) for name in SEGMENTS}
    return KeyPose({name: angle for name, angle in angles.items() if angle is not None}, pose.scale)


@cache
def scene(name: str) -> Scene:
    exercise = CATALOGUE.get(name)
    assert exercise is not None
    figure = exercise.figure
    anchor = figure.anchor_joint
    assert anchor is not None
    poses = [key_pose(pose) for pose in exercise.poses]
    figures = placed(poses, anchor, figure.view)
    props = [Box(prop.x, prop.x + prop.w, prop.y, prop.y + prop.h) for prop in figure.props]
    if figure.view != "top":
        props = [raised(prop, figures) for prop in props]
    return Scene(figure, anchor, poses, figures, props)


@each
def test_every_pose_is_a_whole_body(name: str) -> None:
    without_feet = set(JOINTS) - {"ton", "tof"}

    for points in scene(name).placed:
        assert set(points) >= without_feet


@each
def test_no_segment_comes_or_goes(name: str) -> None:
    assert len({frozenset(pose.angles) for pose in scene(name).poses}) == 1


@each
def test_there_is_a_pose_to_hold(name: str) -> None:
    assert 1 <= scene(name).figure.hold_pose <= len(scene(name).poses)


@each
def test_a_cycle_has_poses_to_go_round(name: str) -> None:
    assert not scene(name).figure.cycle or len(scene(name).poses) > 1


@each
def test_the_other_side_is_drawn_in_the_way_of_the_view(name: str) -> None:
    figure = scene(name).figure

    assert figure.mirror == ("swap" if figure.view == "side" else "flip")


@each
def test_the_contact_is_one_in_every_pose(name: str) -> None:
    scenery = scene(name)

    assert scenery.anchor in JOINTS
    assert {points[scenery.anchor][0] for points in scenery.placed} == {0}


@pytest.mark.parametrize("name", AWAY_FROM_WALLS)
def test_the_contact_stays_at_its_height(name: str) -> None:
    heights = [points[scene(name).anchor][1] for points in scene(name).placed]

    assert max(heights) - min(heights) <= 0.02


@pytest.mark.parametrize("name", WITH_A_FLOOR)
def test_only_what_is_lain_or_knelt_on_is_below_the_floor(name: str) -> None:
    scenery = scene(name)

    assert all(abs(bounds(points).bottom) < 1e-9 for points in scenery.placed)
    for prop in scenery.figure.props:
        assert prop.y == (-0.06 if prop.kind in ("mat", "pad") else 0)


@each
def test_a_body_is_on_its_mat(name: str) -> None:
    scenery = scene(name)
    for prop, box in zip(scenery.figure.props, scenery.props, strict=True):
        if prop.kind == "mat":
            for body in map(bounds, scenery.placed):
                assert box.left - 0.005 <= body.left
                assert body.right <= box.right + 0.005


@each
def test_fits_the_smallest_picture(name: str) -> None:
    box = scene(name).frame
    across, upwards = SMALLEST_PICTURE

    assert box.width <= LONGEST_BODY
    assert min(across / (box.width + MARGIN), upwards / (box.height + MARGIN)) >= LEAST_SCALE


def test_the_thinnest_limb_is_most_of_a_pixel() -> None:
    assert THINNEST * LEAST_SCALE >= 0.7 - 1e-9


@each
def test_nothing_jumps(name: str) -> None:
    scenery = scene(name)
    for start, end in scenery.moves:
        before, after = placed([start, end], scenery.anchor, scenery.figure.view)
        assert max(dist(before[joint], after[joint]) for joint in before) <= FARTHEST_MOVE
        for segment, angle in start.angles.items():
            assert abs(turn(angle, end.angles[segment])) <= WIDEST_TURN


@pytest.mark.parametrize("name", SIDE_VIEWS)
def test_knees_bend_the_way_they_do(name: str) -> None:
    for pose in scene(name).poses:
        for limb in ("near", "far"):
            knee = turn(pose.angles[f"{limb}_shin"], pose.angles[f"{limb}_thigh"])
            assert 0 <= knee <= 170


@pytest.mark.parametrize("name", SIDE_VIEWS)
def test_elbows_bend_the_way_they_do(name: str) -> None:
    for pose in scene(name).poses:
        for limb in ("near", "far"):
            upper, fore = f"{limb}_upper_arm", f"{limb}_forearm"
            # a scaled arm points out of the picture, where its elbow may seem to bend either way
            if pose.scale.get(upper, 1) == 1:
                assert -2 <= turn(pose.angles[upper], pose.angles[fore]) <= 180


@pytest.mark.parametrize("name", SIDE_VIEWS)
def test_hips_bend_the_way_they_do(name: str) -> None:
    for pose in scene(name).poses:
        for limb in ("near", "far"):
            # an arched back counts as a stretched hip: the lumbar segment stands for both
            hip = turn(pose.angles["lumbar"] + 180, pose.angles[f"{limb}_thigh"])
            assert -35 <= hip <= 155
