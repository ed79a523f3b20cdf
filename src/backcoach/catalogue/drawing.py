"""An exercise's poses → what is drawn of it."""

from backcoach.catalogue.model import Exercise, Pose
from backcoach.figure.drawing import Drawing, Prop
from backcoach.figure.skeleton import SEGMENTS, Box, KeyPose


def drawing_of(exercise: Exercise) -> Drawing | None:
    """How the exercise is drawn; None where it has no poses."""
    figure = exercise.figure
    if not exercise.poses:
        return None
    return Drawing(
        poses=tuple(_key_pose(pose) for pose in exercise.poses),
        anchor=figure.anchor_joint or "pel",
        view=figure.view,
        hold_pose=figure.hold_pose - 1,
        cycle=figure.cycle,
        flips=figure.mirror == "flip",
        drawn_left=figure.drawn_side == "left",
        props=tuple(
            Prop(prop.kind, Box(prop.x, prop.x + prop.w, prop.y, prop.y + prop.h))
            for prop in figure.props
        ),
    )


def _key_pose(pose: Pose) -> KeyPose:
    angles = {name: getattr(pose, name) for name in SEGMENTS}
    return KeyPose({name: angle for name, angle in angles.items() if angle is not None}, pose.scale)
