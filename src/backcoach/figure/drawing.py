"""What is drawn of an exercise: its key poses, its contact, its props, and which limbs work."""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import dist
from typing import Final

from backcoach.figure.skeleton import (
    SEGMENTS,
    Box,
    Joints,
    KeyPose,
    View,
    between,
    end_of,
    frame,
    limb_above,
    opposite,
    placed,
    raised,
    turn,
)

STILL_DEGREES: Final = 4.0
"""A limb that turns no further than this carries; one that turns further works."""
STILL_LENGTH: Final = 0.15
"""The same for the end of a limb that another one carries along, in trunk lengths."""
_ON_THE_WAY: Final = (0.25, 0.5, 0.75)


@dataclass(frozen=True, slots=True)
class Prop:
    """Something beside the figure: its kind ("mat", "wall", …) and where it is."""

    kind: str
    box: Box


@dataclass(frozen=True)
class Drawing:
    """An exercise as it is drawn, on one side.

    Attributes:
        poses: at least one; each is a body, and has the anchor.
        anchor: the joint that stays where it is.
        hold_pose: the index of the pose that is held, or that a still of a cycle shows.
        cycle: whether it goes round all poses, and holds none.
        flips: whether the other side is the mirror image; else near and far limbs change over.
        drawn_left: whether the poses show the left side.
        props: in trunk lengths from the anchor, as if a body had no thickness.
    """

    poses: tuple[KeyPose, ...]
    anchor: str
    view: View = "side"
    hold_pose: int = 0
    cycle: bool = False
    flips: bool = False
    drawn_left: bool = False
    props: tuple[Prop, ...] = ()

    def __hash__(self) -> int:
        # Poses hold their angles in mappings, which have no hash: what is left tells enough apart.
        return hash((self.anchor, self.view, self.hold_pose, len(self.poses), self.drawn_left))

    def on_side(self, left: bool) -> "Drawing":
        """The drawing with the left side working, or the right one."""
        return self if left == self.drawn_left else self._other_side

    def place(self, pose: KeyPose) -> Joints:
        """A pose, where it is drawn."""
        return placed((pose,), self.anchor, self.view)[0]

    @cached_property
    def working(self) -> frozenset[str]:
        """The segments that turn from pose to pose, with what they carry along; others carry.

        Trunk and head always work: they are what the exercise is for. Where nothing moves, nothing
        carries either.
        """
        if len(self.poses) == 1:
            return frozenset(SEGMENTS)
        shown = self.poses if self.cycle else (self.poses[0], self.poses[self.hold_pose])
        working = {"lumbar", "thoracic", "head"}
        for start, end in pairwise(shown):
            before, after = self.place(start), self.place(end)
            for name in start.angles:
                if name in end.angles and (
                    abs(turn(start.angles[name], end.angles[name])) > STILL_DEGREES
                    or (
                        limb_above(name) in working
                        and end_of(name) in before
                        and end_of(name) in after
                        and dist(before[end_of(name)], after[end_of(name)]) > STILL_LENGTH
                    )
                ):
                    working.add(name)
        return frozenset(working)

    @cached_property
    def boxes(self) -> tuple[Prop, ...]:
        """The props, where they are drawn beside the placed figure."""
        figures = [self.place(pose) for pose in self.poses]
        if self.view == "top":
            return self.props
        return tuple(replace(prop, box=raised(prop.box, figures)) for prop in self.props)

    @cached_property
    def frame(self) -> Box:
        """All that a picture of it has to show, on the way from pose to pose too."""
        shown = [*self.poses]
        around = [(self.poses[-1], self.poses[0])] if self.cycle else []
        for start, end in (*pairwise(self.poses), *around):
            shown += (between(start, end, share) for share in _ON_THE_WAY)
        solid = [prop.box for prop in self.boxes if prop.kind != "mat"]
        return frame([self.place(pose) for pose in shown], solid)

    @cached_property
    def _other_side(self) -> "Drawing":
        if self.flips:
            poses = [pose.flipped() for pose in self.poses]
            props = [replace(prop, box=prop.box.flipped()) for prop in self.props]
            anchor = self.anchor
        else:
            poses = [pose.swapped() for pose in self.poses]
            props, anchor = list(self.props), opposite(self.anchor)
        return replace(
            self,
            poses=tuple(poses),
            anchor=anchor,
            props=tuple(props),
            drawn_left=not self.drawn_left,
        )
