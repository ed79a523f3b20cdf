"""How figures move: slow at both ends, without a jump, through the poses that there are."""

from collections.abc import Callable
from itertools import pairwise
from math import dist

import pytest
from figure_building import IDS, both_sides, drawing_of
from hypothesis import given, settings
from hypothesis import strategies as st

from backcoach.figure.drawing import Drawing
from backcoach.figure.moving import ease, going_round, held, moving_in, moving_out, shown
from backcoach.figure.skeleton import KeyPose, between, joints, turn

STEPS = 48
"""The frames of four seconds, the time of most movements there and back."""
FASTEST = 0.15
"""Trunk lengths that a joint goes in one of these frames at most: two stretches in half the time,
of a leg that swings by two trunk lengths, at one and a half times their mean speed."""
CYCLES = [name for name in IDS if drawing_of(name).cycle]
HOLDS = [name for name in IDS if len(drawing_of(name).poses) > 1 and not drawing_of(name).cycle]

each = pytest.mark.parametrize("name", IDS)


def places(drawing: Drawing, pose: KeyPose) -> object:
    """Where the joints are, give or take rounding."""
    return {joint: pytest.approx(place, abs=1e-9) for joint, place in drawing.place(pose).items()}


def apart(drawing: Drawing, one: KeyPose, other: KeyPose) -> float:
    """How far the joint goes that goes farthest."""
    before, after = drawing.place(one), drawing.place(other)
    return max(dist(before[joint], after[joint]) for joint in before)


# --- easing --------------------------------------------------------------------------------------


def test_a_movement_is_still_at_both_ends_and_quickest_in_the_middle() -> None:
    steps = [after - before for before, after in pairwise(ease(n / 100) for n in range(101))]

    assert (ease(0), ease(0.5), ease(1)) == (0, 0.5, 1)
    assert steps[0] < 0.001 > steps[-1]
    assert max(steps) == pytest.approx(steps[50], abs=1e-4)


@given(st.floats(-2, 3), st.floats(0, 1))
def test_a_movement_never_goes_back_nor_too_far(share: float, later: float) -> None:
    assert 0 <= ease(share) <= ease(share + later) <= 1


@given(st.floats(0, 1))
def test_the_way_back_is_the_way_there(share: float) -> None:
    assert ease(1 - share) == pytest.approx(1 - ease(share), abs=1e-12)


@pytest.mark.parametrize("name", HOLDS)
def test_a_way_in_starts_and_ends_still_and_stops_nowhere_between(name: str) -> None:
    drawing = drawing_of(name)
    frames = [moving_in(drawing, number / 100) for number in range(101)]
    ways = [apart(drawing, before, after) for before, after in pairwise(frames)]

    assert ways[0] < max(ways) / 10 > ways[-1]
    assert all(way > 0 for way in ways)


@pytest.mark.parametrize("name", HOLDS)
def test_no_limb_turns_back_on_its_way_to_a_pose(name: str) -> None:
    drawing = drawing_of(name)
    stretches = drawing.hold_pose
    for stretch in range(stretches):
        begun, reached = drawing.poses[stretch], drawing.poses[stretch + 1]
        frames = [between(begun, reached, n / 20) for n in range(21)]
        for segment in frames[0].angles:
            turns = [
                turn(before.angles[segment], after.angles[segment])
                for before, after in pairwise(frames)
            ]
            assert min(turns) >= -1e-9 or max(turns) <= 1e-9


# --- from where to where -------------------------------------------------------------------------


@each
def test_a_movement_begins_and_ends_where_the_exercise_begins(name: str) -> None:
    for drawing in both_sides(drawing_of(name)):
        first = places(drawing, drawing.poses[0])
        ends: tuple[tuple[Callable[[Drawing, float], KeyPose], float], ...] = (
            (moving_in, 0),
            (moving_out, 1),
            (going_round, 0),
            (going_round, 1),
            (shown, 0),
            (shown, 1),
        )
        for way, share in ends:
            assert drawing.place(way(drawing, share)) == first, way


@pytest.mark.parametrize("name", HOLDS)
def test_a_movement_leads_to_the_pose_that_is_held_and_from_it(name: str) -> None:
    for drawing in both_sides(drawing_of(name)):
        assert held(drawing) is drawing.poses[drawing.hold_pose]
        assert moving_in(drawing, 1) is held(drawing)
        assert drawing.place(moving_out(drawing, 0)) == places(drawing, held(drawing))
        assert shown(drawing, 0.6) is held(drawing)


@pytest.mark.parametrize("name", CYCLES)
def test_a_cycle_comes_by_all_its_poses_in_their_order(name: str) -> None:
    drawing = drawing_of(name)
    count = len(drawing.poses)
    frames = [going_round(drawing, n / 960) for n in range(961)]
    nearest = [
        min(range(961), key=lambda n, pose=pose: apart(drawing, frames[n], pose))  # type: ignore[misc]
        for pose in drawing.poses
    ]

    assert nearest == sorted(nearest)
    assert len(set(nearest)) == count
    for n, pose in zip(nearest, drawing.poses, strict=True):
        assert apart(drawing, frames[n], pose) < 1e-6
    assert drawing.place(moving_in(drawing, 1)) == places(drawing, moving_out(drawing, 0))


@each
def test_the_way_out_is_the_way_in_backwards_unless_it_is_a_cycle(name: str) -> None:
    drawing = drawing_of(name)
    for n in range(9):
        back = moving_out(drawing, 1 - n / 8)
        same = apart(drawing, back, moving_in(drawing, n / 8)) < 1e-9
        assert same or (drawing.cycle and 0 < n < 8)


# --- without a jump ------------------------------------------------------------------------------


@each
def test_no_joint_jumps_between_neighbouring_frames(name: str) -> None:
    for drawing in both_sides(drawing_of(name)):
        rep = [
            *(moving_in(drawing, n / STEPS) for n in range(STEPS + 1)),
            *(moving_out(drawing, n / STEPS) for n in range(STEPS + 1)),
            *(moving_in(drawing, n / STEPS) for n in range(3)),
        ]
        around = [going_round(drawing, n / STEPS / 2) for n in range(4 * STEPS)]
        demonstration = [shown(drawing, n / STEPS / 4) for n in range(8 * STEPS)]
        for frames in (rep, around, demonstration):
            jump = max(apart(drawing, one, other) for one, other in pairwise(frames))
            assert jump <= FASTEST


@settings(max_examples=40, deadline=None)
@given(name=st.sampled_from(IDS), share=st.floats(-3, 3))
def test_any_share_of_a_movement_is_a_whole_body(name: str, share: float) -> None:
    drawing = drawing_of(name)
    for way in (moving_in, moving_out, going_round, shown):
        assert set(joints(way(drawing, share))) == set(joints(drawing.poses[0]))
