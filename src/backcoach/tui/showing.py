"""What a figure does while its exercise is only looked at: it shows how, again and again."""

from backcoach.figure.moving import held, shown
from backcoach.timeline.model import Exercise
from backcoach.tui.stance import (
    FRAME_MS,
    QUIET_IN_MS,
    QUIET_OUT_MS,
    SHOWN_MS,
    Stance,
    breathing,
)


def showing(exercise: Exercise | None, into_ms: int, *, still: bool = False) -> Stance | None:
    """The figure of an exercise, so long after it was looked at; None where it has none.

    Args:
        still: as it is held, without moving.
    """
    drawing = exercise.drawing if exercise else None
    if exercise is None or drawing is None:
        return None
    if still:
        return Stance(drawing, held(drawing))
    if len(drawing.poses) == 1:
        in_ms = exercise.breath_in_ms or QUIET_IN_MS
        return breathing(drawing, into_ms, in_ms, exercise.breath_out_ms or QUIET_OUT_MS)
    # It begins as it is held, which is what tells one exercise from another.
    pose = shown(drawing, (into_ms + SHOWN_MS / 2) / SHOWN_MS)
    if any(pose is key_pose for key_pose in drawing.poses):
        quarter = SHOWN_MS / 4
        return Stance(drawing, pose, 0, max(FRAME_MS, quarter - into_ms % quarter))
    return Stance(drawing, pose, 0, FRAME_MS, moves=True)
