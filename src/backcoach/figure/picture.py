"""A drawing, at a size, in a pose → its pixels. Poses that come back are kept."""

from functools import lru_cache
from typing import Final

from backcoach.figure.drawing import Drawing
from backcoach.figure.moving import BREATH_STEPS
from backcoach.figure.raster import Raster, Scale, Tone, draw, fit
from backcoach.figure.skeleton import KeyPose

SWELL: Final = 0.035
"""How much wider a full breath makes the trunk, in trunk lengths."""


@lru_cache(maxsize=128)
def picture(drawing: Drawing, pose: KeyPose, width: int, height: int, breath: int = 0) -> Raster:
    """A pose of a drawing, in so many pixels.

    Args:
        pose: one of the drawing's, or one on the way from one to the next.
        breath: how full it is, 0 to `BREATH_STEPS`.
    """
    return draw(
        drawing.place(pose),
        drawing.working,
        [
            (Tone.MAT if prop.kind == "mat" else Tone.PROP, prop.box)
            for prop in drawing.boxes
            # Seen from the side, a mat is the floor.
            if prop.kind != "mat" or drawing.view == "top"
        ],
        _scale(drawing, width, height),
        width,
        height,
        floor=drawing.view != "top",
        swell=SWELL * breath / BREATH_STEPS,
    )


@lru_cache(maxsize=16)
def _scale(drawing: Drawing, width: int, height: int) -> Scale:
    return fit(drawing.frame, width, height, floor=drawing.view != "top")
