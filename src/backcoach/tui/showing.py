"""What a figure does while its exercise is only looked at: it shows how, again and again."""

from backcoach.timeline.model import Exercise
from backcoach.tui.stance import SHOWN_MS, Stance, breathed, demonstrated


def showing(exercise: Exercise | None, into_ms: int, *, still: bool = False) -> Stance | None:
    """The figure of an exercise, so long after it was looked at; None where it has none.

    Args:
        still: as it is held, without moving.
    """
    drawing = exercise.drawing if exercise else None
    if exercise is None or drawing is None:
        return None
    if still or len(drawing.poses) == 1:
        return breathed(drawing, exercise, into_ms, still=still)
    # It begins as it is held, which is what tells one exercise from another.
    return demonstrated(drawing, into_ms + SHOWN_MS / 2, SHOWN_MS)
