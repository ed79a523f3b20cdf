"""Both sides of every bundled exercise, what stays where it is, and which limbs work."""

from itertools import pairwise

import pytest
from figure_building import IDS, both_sides, drawing_of

from backcoach.figure.drawing import Drawing, Prop
from backcoach.figure.skeleton import SEGMENTS, Box, KeyPose, between, bounds, opposite

SIDE_VIEWS = [name for name in IDS if drawing_of(name).view == "side"]
OTHER_VIEWS = [name for name in IDS if drawing_of(name).view != "side"]
TRUNK = {"lumbar", "thoracic", "head"}
RISES = {"wall-plank": 0.2, "wall-side-plank": 0.2}
"""How far a contact rises where it does: elbows slide up a wall."""

each = pytest.mark.parametrize("name", IDS)


def on_the_way(drawing: Drawing) -> list[KeyPose]:
    """The poses, and others on the way from each to the next."""
    around = [(drawing.poses[-1], drawing.poses[0])] if drawing.cycle else []
    ways = (*pairwise(drawing.poses), *around)
    return [*drawing.poses, *(between(*way, share / 16) for way in ways for share in range(1, 16))]


def limbs(nearness: str, *names: str) -> set[str]:
    return {f"{nearness}_{name}" for name in names}


LEG = ("thigh", "shin", "foot")
ARM = ("upper_arm", "forearm")


# --- sides ---------------------------------------------------------------------------------------


def test_there_are_exercises_of_all_three_views() -> None:
    assert {drawing_of(name).view for name in IDS} == {"side", "front", "top"}


@pytest.mark.parametrize("name", SIDE_VIEWS)
def test_the_other_side_of_a_side_view_has_near_and_far_limbs_changed_over(name: str) -> None:
    drawn = drawing_of(name)
    other = drawn.on_side(not drawn.drawn_left)

    for ours, theirs in zip(drawn.poses, other.poses, strict=True):
        before, after = drawn.place(ours), other.place(theirs)
        assert {opposite(joint): place for joint, place in before.items()} == after
    assert after["head"] == before["head"]
    assert other.props == drawn.props
    assert other.working == {swapped(segment) for segment in drawn.working}


def swapped(segment: str) -> str:
    nearness, _, limb = segment.partition("_")
    return f"{'far' if nearness == 'near' else 'near'}_{limb}" if limb else segment


@pytest.mark.parametrize("name", OTHER_VIEWS)
def test_the_other_side_of_a_front_or_top_view_is_its_mirror_image(name: str) -> None:
    drawn = drawing_of(name)
    other = drawn.on_side(not drawn.drawn_left)

    for ours, theirs in zip(drawn.poses, other.poses, strict=True):
        mirrored = {joint: (-x, y) for joint, (x, y) in drawn.place(ours).items()}
        assert other.place(theirs) == {
            joint: pytest.approx(place, abs=1e-9) for joint, place in mirrored.items()
        }
    assert other.working == drawn.working
    for prop, mirrored_prop in zip(drawn.boxes, other.boxes, strict=True):
        box = prop.box
        assert mirrored_prop == Prop(prop.kind, Box(-box.right, -box.left, box.bottom, box.top))


@each
def test_each_side_is_one_drawing_however_often_it_is_asked_for(name: str) -> None:
    drawn = drawing_of(name)
    left, right = both_sides(drawn)

    assert drawn is (left if drawn.drawn_left else right)
    assert (left.drawn_left, right.drawn_left) == (True, False)
    assert left is drawn.on_side(True)
    assert right is drawn.on_side(False)


@each
def test_changed_over_twice_it_is_as_it_was(name: str) -> None:
    drawn = drawing_of(name)
    again = drawn.on_side(not drawn.drawn_left).on_side(drawn.drawn_left)

    assert [again.place(pose) for pose in again.poses] == [
        {joint: pytest.approx(place, abs=1e-9) for joint, place in drawn.place(pose).items()}
        for pose in drawn.poses
    ]
    assert (again.anchor, again.working, again.props) == (drawn.anchor, drawn.working, drawn.props)


def test_the_bird_dog_reaches_back_with_the_leg_that_is_said() -> None:
    left, right = both_sides(drawing_of("bird-dog"))

    for drawing, leg, arm in ((right, "ann", "haf"), (left, "anf", "han")):
        begun, held = (
            drawing.place(drawing.poses[0]),
            drawing.place(drawing.poses[drawing.hold_pose]),
        )
        assert held[leg][1] - begun[leg][1] > 0.5
        assert held[arm][1] - begun[arm][1] > 0.5


def test_the_knees_roll_to_the_side_that_is_said() -> None:
    left, right = both_sides(drawing_of("trunk-rotation"))

    # Seen from above with the head up the page, on the back: the left side is on the right.
    for drawing, way in ((left, 1), (right, -1)):
        assert drawing.place(drawing.poses[1])["knn"][0] * way > 0.4


# --- what stays ----------------------------------------------------------------------------------


@each
def test_the_contact_stays_where_it_is_on_the_way_and_on_both_sides(name: str) -> None:
    for drawing in both_sides(drawing_of(name)):
        places = [drawing.place(pose)[drawing.anchor] for pose in on_the_way(drawing)]
        assert {x for x, _ in places} == {0}
        heights = [y for _, y in places]
        assert max(heights) - min(heights) <= RISES.get(name, 0.04)


@each
def test_the_frame_holds_the_figure_on_all_its_way_and_its_props(name: str) -> None:
    for drawing in both_sides(drawing_of(name)):
        frame = drawing.frame
        bodies = [bounds(drawing.place(pose)) for pose in on_the_way(drawing)]
        solid = [prop.box for prop in drawing.boxes if prop.kind != "mat"]
        for box in (*bodies, *solid):
            assert frame.left - 0.02 <= box.left
            assert box.right <= frame.right + 0.02
            assert frame.bottom - 0.02 <= box.bottom
            assert box.top <= frame.top + 0.02


# --- what works ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "carrying"),
    [
        ("bird-dog", limbs("far", *LEG) | limbs("near", *ARM)),
        ("bird-dog-slide", limbs("far", *LEG, *ARM) | limbs("near", *ARM)),
        ("heel-slide", limbs("far", *LEG, *ARM) | limbs("near", *ARM)),
        ("knee-to-chest", limbs("far", *LEG)),
        ("hamstring", limbs("far", *LEG, *ARM) | limbs("near", "thigh", *ARM)),
        ("cat-cow", limbs("near", *LEG) | limbs("far", *LEG)),
        ("pelvic-tilt", limbs("near", *LEG, *ARM) | limbs("far", *LEG, *ARM)),
        ("walk", set()),
        ("rest-crook", set()),
    ],
)
def test_the_limbs_that_stay_carry_and_the_others_work(name: str, carrying: set[str]) -> None:
    assert set(SEGMENTS) - drawing_of(name).working == carrying


@each
def test_trunk_and_head_always_work(name: str) -> None:
    assert drawing_of(name).working >= TRUNK


@each
def test_what_carries_is_where_it_was(name: str) -> None:
    """A limb that is dim may be taken along a little, and doesn't go anywhere by itself."""
    drawing = drawing_of(name)
    begun, held = drawing.poses[0], drawing.poses[drawing.hold_pose]
    for segment in set(begun.angles) - drawing.working:
        assert abs((held.angles[segment] - begun.angles[segment] + 180) % 360 - 180) <= 4
