"""Joints, outlines and frames of the stick figure, against numbers worked out by hand."""

import math
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backcoach.figure.skeleton import (
    JOINTS,
    SEGMENTS,
    THINNEST,
    Box,
    KeyPose,
    Point,
    View,
    between,
    bounds,
    check_joint,
    frame,
    joints,
    opposite,
    outline,
    placed,
    raised,
    turn,
    union,
)

TRUNK = {"lumbar": 90, "thoracic": 90, "head": 90}
LEGS = {"near_thigh": -90, "near_shin": -90, "far_thigh": -90, "far_shin": -90}
FEET = {"near_foot": 0, "far_foot": 0}
ARMS = {"near_upper_arm": -90, "near_forearm": -90, "far_upper_arm": -90, "far_forearm": -90}
STANDING = KeyPose({**TRUNK, **LEGS, **FEET, **ARMS})
SUPINE = KeyPose({"lumbar": 180, "thoracic": 180, "head": 180, "near_thigh": 90, "near_shin": 0})
ENDS = {
    "lumbar": ("pel", "mid", 0.5),
    "thoracic": ("mid", "sho", 0.5),
    "head": ("sho", "head", 0.24),
    "near_thigh": ("pel", "knn", 0.85),
    "near_shin": ("knn", "ann", 0.85),
    "near_foot": ("ann", "ton", 0.2),
    "far_thigh": ("pel", "knf", 0.85),
    "far_shin": ("knf", "anf", 0.85),
    "far_foot": ("anf", "tof", 0.2),
    "near_upper_arm": ("sho", "eln", 0.45),
    "near_forearm": ("eln", "han", 0.42),
    "far_upper_arm": ("sho", "elf", 0.45),
    "far_forearm": ("elf", "haf", 0.42),
}

whole_bodies = st.builds(
    KeyPose,
    st.fixed_dictionaries({name: st.floats(-720, 720) for name in SEGMENTS}),
    st.dictionaries(st.sampled_from(SEGMENTS), st.floats(0, 3)),
)
views = st.sampled_from(["side", "front", "top"])


def near(points: Mapping[str, Point]) -> object:
    """The same points, give or take rounding."""
    return {name: pytest.approx(point, abs=1e-9) for name, point in points.items()}


def edges(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.right, box.bottom, box.top


# --- joints --------------------------------------------------------------------------------------


def test_a_body_that_stands_is_a_line() -> None:
    assert joints(STANDING) == near(
        {
            "pel": (0, 0),
            "mid": (0, 0.5),
            "sho": (0, 1),
            "head": (0, 1.24),
            **dict.fromkeys(("knn", "knf"), (0, -0.85)),
            **dict.fromkeys(("ann", "anf"), (0, -1.7)),
            **dict.fromkeys(("ton", "tof"), (0.2, -1.7)),
            **dict.fromkeys(("eln", "elf"), (0, 0.55)),
            **dict.fromkeys(("han", "haf"), (0, 0.13)),
        }
    )


def test_hip_and_knee_at_right_angles() -> None:
    points = joints(SUPINE)

    assert points["head"] == pytest.approx((-1.24, 0))
    assert points["knn"] == pytest.approx((0, 0.85))
    assert points["ann"] == pytest.approx((0.85, 0.85))


def test_angles_are_absolute_and_anti_clockwise() -> None:
    points = joints(KeyPose({"lumbar": 30, "thoracic": 150}))

    assert points["mid"] == pytest.approx((0.25 * math.sqrt(3), 0.25))
    assert points["sho"] == pytest.approx((0, 0.5))


def test_scale_makes_a_segment_longer_or_shorter_and_no_other() -> None:
    pose = KeyPose({"near_thigh": 0, "near_shin": 90, "near_foot": 0}, {"near_shin": 0.4})

    assert joints(pose) == near(
        {"pel": (0, 0), "knn": (0.85, 0), "ann": (0.85, 0.34), "ton": (1.05, 0.34)}
    )


def test_what_has_no_angle_is_not_there_nor_what_hangs_from_it() -> None:
    pose = KeyPose({"lumbar": 90, "head": 90, "near_upper_arm": 0, "far_shin": 0, "far_thigh": 0})

    assert set(joints(pose)) == {"pel", "mid", "knf", "anf"}


def test_every_segment_ends_in_a_joint_of_its_own() -> None:
    assert {"pel", *(end for _, end, _ in ENDS.values())} == set(JOINTS)
    assert len(JOINTS) == 14
    assert set(SEGMENTS) == set(ENDS)


@given(whole_bodies)
def test_no_angle_changes_a_length(pose: KeyPose) -> None:
    points = joints(pose)

    for name, (start, end, length) in ENDS.items():
        scaled = length * pose.scale.get(name, 1)
        assert math.dist(points[start], points[end]) == pytest.approx(scaled, abs=1e-9)


@pytest.mark.parametrize(
    ("angles", "scale"),
    [
        ({"tail": 0}, {}),
        ({}, {"near_arm": 1}),
        ({"head": math.nan}, {}),
        ({"head": math.inf}, {}),
        ({"head": 0}, {"head": -0.1}),
        ({"head": 0}, {"head": math.nan}),
        ({"head": 0}, {"head": math.inf}),
    ],
)
def test_a_body_of_another_kind_is_refused(
    angles: dict[str, float], scale: dict[str, float]
) -> None:
    with pytest.raises(ValueError, match=r"segment|finite"):
        KeyPose(angles, scale)


# --- placing -------------------------------------------------------------------------------------


def test_a_body_stands_on_the_soles_of_its_feet() -> None:
    (figure,) = placed([STANDING], "anf", "side")

    # the ankle's thickness is on the floor
    assert figure["anf"] == pytest.approx((0, 0.06))
    assert figure["pel"] == pytest.approx((0, 1.76))
    assert bounds(figure).bottom == pytest.approx(0)
    assert bounds(figure).top == pytest.approx(1.76 + 1.24 + 0.13)


def test_a_body_lies_on_its_back() -> None:
    (figure,) = placed([SUPINE], "pel", "side")

    assert figure["pel"] == pytest.approx((0, 0.13))
    assert edges(bounds(figure)) == pytest.approx((-1.24 - 0.13, 0.85 + 0.06, 0, 0.98 + 0.085))


def test_the_contact_stays_at_its_place() -> None:
    stepped = KeyPose({**STANDING.angles, "near_thigh": -60, "far_thigh": -120})
    first, second = placed([STANDING, stepped], "anf", "side")

    assert first["anf"] == pytest.approx((0, 0.06))
    assert second["anf"] == pytest.approx((0, 0.06))
    assert second["pel"] == pytest.approx((0.425, 0.06 + 0.85 + 0.425 * math.sqrt(3)))


def test_from_above_there_is_no_floor() -> None:
    (figure,) = placed([STANDING], "sho", "top")

    assert figure["sho"] == pytest.approx((0, 0))
    assert figure["pel"] == pytest.approx((0, -1))


def test_an_unknown_contact_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(ValueError, match=r"no joint 'tail'.*pel, mid, sho.*han"):
        placed([STANDING], "tail", "side")
    with pytest.raises(ValueError, match="no joint 'tail'"):
        check_joint("tail")
    with pytest.raises(ValueError, match="no joint 'tail'"):
        opposite("tail")


def test_a_contact_that_a_pose_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="the pose has no joint 'han'"):
        placed([STANDING, KeyPose(TRUNK)], "han", "side")


def test_a_pose_without_segments_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        placed([KeyPose({})], "pel", "side")


@given(whole_bodies, st.sampled_from(JOINTS), views)
def test_placing_moves_a_figure_and_changes_nothing_else(
    pose: KeyPose, anchor: str, view: View
) -> None:
    free = joints(pose)
    (figure,) = placed([pose], anchor, view)
    right, up = figure["pel"]

    assert figure[anchor][0] == 0
    assert (figure[anchor][1] if view == "top" else bounds(figure).bottom) == pytest.approx(
        0, abs=1e-9
    )
    assert figure == near({name: (x + right, y + up) for name, (x, y) in free.items()})


# --- outlines and frames -------------------------------------------------------------------------


def test_the_outline_has_the_thickness_of_each_segment() -> None:
    capsules = {capsule.name: capsule for capsule in outline(joints(SUPINE))}

    assert list(capsules) == ["lumbar", "thoracic", "neck", "head", "near_thigh", "near_shin"]
    assert capsules["head"].start == capsules["head"].end == pytest.approx((-1.24, 0))
    assert edges(capsules["head"].bounds) == pytest.approx((-1.37, -1.11, -0.13, 0.13))
    assert edges(capsules["near_shin"].bounds) == pytest.approx((-0.085, 0.91, 0.765, 0.935))
    assert pytest.approx(0.1) == THINNEST


@given(whole_bodies)
def test_no_part_is_out_of_bounds(pose: KeyPose) -> None:
    box = bounds(joints(pose))

    for capsule in outline(joints(pose)):
        for (x, y), radius in (
            (capsule.start, capsule.start_radius),
            (capsule.end, capsule.end_radius),
        ):
            assert box.left <= x - radius
            assert x + radius <= box.right
            assert box.bottom <= y - radius
            assert y + radius <= box.top


def test_a_frame_holds_every_pose_and_every_prop() -> None:
    figures = placed([SUPINE, KeyPose({**SUPINE.angles, "near_thigh": 0})], "pel", "side")
    mat, wall = Box(-1, 0, -0.06, 0), Box(2, 2.1, 0, 3)

    assert edges(frame(figures)) == pytest.approx((-1.37, 1.76, 0, 1.065))
    assert edges(frame(figures, [mat, wall])) == pytest.approx((-1.37, 2.1, -0.06, 3))
    assert frame(figures, [mat, wall]).width == pytest.approx(3.47)
    assert frame(figures, [mat, wall]).height == pytest.approx(3.06)


def test_a_frame_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        frame([])
    with pytest.raises(ValueError, match="nothing to draw"):
        union([])


def test_a_chair_comes_up_to_the_calves_and_a_mat_stays_below() -> None:
    figures = placed([SUPINE], "pel", "side")
    chair, mat = Box(0.25, 1.1, 0, 0.76), Box(-1.4, 1, -0.06, 0)

    # the back is 0.13 thick, so the calves lie that much higher than on a body without thickness
    assert edges(raised(chair, figures)) == pytest.approx((0.25, 1.1, 0, 0.89))
    assert raised(mat, figures) == mat


# --- the other side ------------------------------------------------------------------------------


def test_swapping_changes_limbs_and_leaves_the_trunk() -> None:
    pose = KeyPose({**TRUNK, "near_thigh": 10, "far_forearm": 20}, {"near_thigh": 0.5, "head": 2})

    assert pose.swapped() == KeyPose(
        {**TRUNK, "far_thigh": 10, "near_forearm": 20}, {"far_thigh": 0.5, "head": 2}
    )
    assert [opposite(joint) for joint in ("pel", "head", "knn", "tof")] == [
        "pel",
        "head",
        "knf",
        "ton",
    ]


def test_flipping_mirrors_the_figure_at_its_contact() -> None:
    pose = KeyPose({"lumbar": 90, "near_thigh": -60, "far_thigh": 180}, {"near_thigh": 0.5})

    assert joints(pose.flipped()) == near({name: (-x, y) for name, (x, y) in joints(pose).items()})
    assert Box(0.1, 0.3, 1, 2).flipped() == Box(-0.3, -0.1, 1, 2)


@given(whole_bodies)
def test_swapping_twice_changes_nothing(pose: KeyPose) -> None:
    assert pose.swapped().swapped() == pose


@given(whole_bodies)
def test_flipping_twice_changes_nothing(pose: KeyPose) -> None:
    twice = pose.flipped().flipped()

    assert twice.angles == pytest.approx(dict(pose.angles))
    assert twice.scale == pose.scale


@given(whole_bodies, st.sampled_from(JOINTS))
def test_both_sides_have_the_same_frame(pose: KeyPose, anchor: str) -> None:
    drawn = bounds(placed([pose], anchor, "side")[0])
    swapped = bounds(placed([pose.swapped()], opposite(anchor), "side")[0])
    flipped = bounds(placed([pose.flipped()], anchor, "front")[0])

    assert swapped == drawn
    assert edges(flipped) == pytest.approx(edges(drawn.flipped()), abs=1e-9)


@pytest.mark.parametrize("joint", JOINTS)
def test_the_opposite_of_the_opposite_is_the_joint(joint: str) -> None:
    assert opposite(opposite(joint)) == joint


# --- on the way ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "degrees"),
    [
        (0, 90, 90),
        (90, 0, -90),
        (180, -110, 70),
        (-110, 180, -70),
        (0, 180, 180),
        (180, 0, 180),
        (-720, 720, 0),
    ],
)
def test_a_turn_takes_the_shorter_way(start: float, end: float, degrees: float) -> None:
    assert turn(start, end) == degrees


def test_half_way_is_in_the_middle() -> None:
    start = KeyPose({"near_thigh": -90, "near_shin": 180}, {"near_shin": 0.5})
    end = KeyPose({"near_thigh": 203, "near_shin": 203, "head": 0})

    half = between(start, end, 0.5)

    assert half.angles == {"near_thigh": -123.5, "near_shin": 191.5}
    assert half.scale == {"near_thigh": 1, "near_shin": 0.75}


@given(whole_bodies, whole_bodies)
def test_a_move_goes_from_the_one_pose_to_the_other(start: KeyPose, end: KeyPose) -> None:
    assert joints(between(start, end, 0)) == near(joints(start))
    assert joints(between(start, end, 1)) == near(joints(end))
