"""How a figure moves: which pose it has at a share of a movement."""

from collections.abc import Sequence
from typing import Final

from backcoach.figure.drawing import Drawing
from backcoach.figure.skeleton import KeyPose, between

BREATH_STEPS: Final = 6
"""A breath is drawn in so many steps: each is a picture that is drawn once and kept."""


def ease(share: float) -> float:
    """A share of a movement's time → the share of its way: slow at both ends."""
    share = min(1.0, max(0.0, share))
    return share * share * (3 - 2 * share)


def moving_in(drawing: Drawing, share: float) -> KeyPose:
    """The pose at a share of the way in, from 0 to 1."""
    poses = drawing.poses
    if drawing.cycle:
        return _along(poses[: _first_half(drawing)], share)
    return _along(poses[: drawing.hold_pose + 1], share)


def moving_out(drawing: Drawing, share: float) -> KeyPose:
    """The pose at a share of the way out; a cycle goes on round its other poses."""
    poses = drawing.poses
    if drawing.cycle:
        return _along((*poses[_first_half(drawing) - 1 :], poses[0]), share)
    return _along(poses[drawing.hold_pose :: -1], share)


def going_round(drawing: Drawing, share: float) -> KeyPose:
    """The pose at a share of a whole movement, in and out again."""
    share %= 1.0
    if share < 0.5:
        return moving_in(drawing, 2 * share)
    return moving_out(drawing, 2 * share - 1)


def shown(drawing: Drawing, share: float) -> KeyPose:
    """The pose at a share of a demonstration: begin, move in, stay, move out."""
    share %= 1.0
    if drawing.cycle:
        return going_round(drawing, share)
    if share < 0.25:
        return drawing.poses[0]
    if share < 0.5:
        return moving_in(drawing, 4 * share - 1)
    if share < 0.75:
        return held(drawing)
    return moving_out(drawing, 4 * share - 3)


def held(drawing: Drawing) -> KeyPose:
    """The pose that is held; of a cycle, the one that shows best what it is."""
    return drawing.poses[drawing.hold_pose]


def _first_half(drawing: Drawing) -> int:
    """How many poses of a cycle are reached on the way in."""
    return len(drawing.poses) // 2 + 1


def _along(poses: Sequence[KeyPose], share: float) -> KeyPose:
    """The pose at a share of a way through several, eased as a whole: it stops in none of them."""
    at = ease(share) * (len(poses) - 1)
    start = int(at)
    if start >= len(poses) - 1:
        return poses[-1]
    return between(poses[start], poses[start + 1], at - start)
