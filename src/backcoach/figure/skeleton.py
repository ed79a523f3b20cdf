"""The stick figure's geometry: from the angles of a key pose to joints, outlines and a frame.

Lengths are in trunk lengths (pelvis to shoulder = 1), x to the right, y up. Angles are absolute, in
degrees, anti-clockwise from pointing right. Nothing here knows a pixel.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, TypeAlias

View: TypeAlias = Literal["side", "front", "top"]
Point: TypeAlias = tuple[float, float]
Joints: TypeAlias = Mapping[str, Point]

HEAD_RADIUS: Final = 0.13


class _Segment(NamedTuple):
    start: str
    end: str
    length: float
    start_radius: float
    end_radius: float


# A segment stands after the one that it hangs from.
_SEGMENTS: Final = {
    "lumbar": _Segment("pel", "mid", 0.5, 0.13, 0.12),
    "thoracic": _Segment("mid", "sho", 0.5, 0.12, 0.13),
    "head": _Segment("sho", "head", 0.24, 0.06, 0.06),
    "near_thigh": _Segment("pel", "knn", 0.85, 0.11, 0.085),
    "near_shin": _Segment("knn", "ann", 0.85, 0.085, 0.06),
    "near_foot": _Segment("ann", "ton", 0.2, 0.06, 0.05),
    "far_thigh": _Segment("pel", "knf", 0.85, 0.11, 0.085),
    "far_shin": _Segment("knf", "anf", 0.85, 0.085, 0.06),
    "far_foot": _Segment("anf", "tof", 0.2, 0.06, 0.05),
    "near_upper_arm": _Segment("sho", "eln", 0.45, 0.07, 0.06),
    "near_forearm": _Segment("eln", "han", 0.42, 0.06, 0.05),
    "far_upper_arm": _Segment("sho", "elf", 0.45, 0.07, 0.06),
    "far_forearm": _Segment("elf", "haf", 0.42, 0.06, 0.05),
}

SEGMENTS: Final = tuple(_SEGMENTS)
"""The names of all segments."""
JOINTS: Final = ("pel", *(segment.end for segment in _SEGMENTS.values()))
"""The names of all joints: pelvis, mid-back, shoulder and head; knee, ankle, toes, elbow and hand
with `n` for the near one and `f` for the far one."""
THINNEST: Final = 2 * min(min(part.start_radius, part.end_radius) for part in _SEGMENTS.values())
"""The thickness of the thinnest end of a limb."""


@dataclass(frozen=True, slots=True)
class KeyPose:
    """What a body does in one picture.

    Attributes:
        angles: segment to degrees. A segment without an angle isn't there, nor what hangs from it.
        scale: segment to a factor of its length, for what points at the viewer or away; 1 where
            none is given. Thickness isn't scaled.

    Raises:
        ValueError: there is no such segment, an angle isn't finite, or a factor isn't finite or is
            below 0.
    """

    angles: Mapping[str, float]
    scale: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in (*self.angles, *self.scale):
            if name not in _SEGMENTS:
                raise ValueError(f"no segment {name!r}: the segments are {', '.join(SEGMENTS)}")
        if not all(math.isfinite(angle) for angle in self.angles.values()):
            raise ValueError("an angle isn't finite")
        if not all(0 <= factor < math.inf for factor in self.scale.values()):
            raise ValueError("a scale isn't finite or is below 0")

    def __hash__(self) -> int:
        return hash(frozenset(self.angles.items()))

    def swapped(self) -> "KeyPose":
        """The pose with near and far limbs changed over: the other side, seen from the side.

        The contact changes over with them: it is placed by `opposite(anchor)`.
        """
        return KeyPose(
            {_other_limb(name): angle for name, angle in self.angles.items()},
            {_other_limb(name): factor for name, factor in self.scale.items()},
        )

    def flipped(self) -> "KeyPose":
        """The pose with left and right mirrored: the other side, seen from the front or above."""
        return KeyPose({name: 180 - angle for name, angle in self.angles.items()}, self.scale)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: a prop, or all that a picture has to show."""

    left: float
    right: float
    bottom: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def flipped(self) -> "Box":
        """The box mirrored at x = 0, where the contact is."""
        return Box(-self.right, -self.left, self.bottom, self.top)


@dataclass(frozen=True, slots=True)
class Capsule:
    """A segment's outline: two discs and all that is between them.

    The head is a capsule of one disc; the capsule called `neck` is the segment that leads to it.
    """

    name: str
    start: Point
    end: Point
    start_radius: float
    end_radius: float

    @property
    def bounds(self) -> Box:
        """The smallest box around it."""
        (x0, y0), r0 = self.start, self.start_radius
        (x1, y1), r1 = self.end, self.end_radius
        return Box(
            min(x0 - r0, x1 - r1),
            max(x0 + r0, x1 + r1),
            min(y0 - r0, y1 - r1),
            max(y0 + r0, y1 + r1),
        )


def opposite(joint: str) -> str:
    """The same joint of the other limb; a joint of the trunk is its own.

    Raises:
        ValueError: there is no such joint.
    """
    check_joint(joint)
    segment = next((name for name, part in _SEGMENTS.items() if part.end == joint), None)
    return _SEGMENTS[_other_limb(segment)].end if segment else joint


def end_of(segment: str) -> str:
    """The joint that a segment leads to."""
    return _SEGMENTS[segment].end


def limb_above(segment: str) -> str:
    """The segment of the same limb that this one hangs from; empty for a limb's first."""
    start = _SEGMENTS[segment].start
    above = next((name for name, part in _SEGMENTS.items() if part.end == start), "")
    same_limb = "_" in segment and "_" in above
    return above if same_limb else ""


def check_joint(joint: str) -> None:
    """Refuses what is not a joint.

    Raises:
        ValueError: it isn't one; the message names those there are.
    """
    if joint not in JOINTS:
        raise ValueError(f"no joint {joint!r}: the joints are {', '.join(JOINTS)}")


def joints(pose: KeyPose) -> dict[str, Point]:
    """Where the joints of a pose are, in trunk lengths from the pelvis."""
    points: dict[str, Point] = {"pel": (0.0, 0.0)}
    for name, segment in _SEGMENTS.items():
        if name not in pose.angles or segment.start not in points:
            continue
        x, y = points[segment.start]
        length = segment.length * pose.scale.get(name, 1)
        angle = math.radians(pose.angles[name])
        points[segment.end] = x + length * math.cos(angle), y + length * math.sin(angle)
    return points


def placed(poses: Iterable[KeyPose], anchor: str, view: View) -> tuple[dict[str, Point], ...]:
    """The joints of an exercise's poses, each where it is drawn.

    The anchor, the contact that stays where it is, is at x = 0 in every pose. The lowest point of
    the outline is on the floor, y = 0; seen from above there is no floor, and the anchor is at the
    origin.

    Raises:
        ValueError: there is no joint of the anchor's name (it says which there are), a pose doesn't
            have that joint, or it has no segment to lie on the floor with.
    """
    check_joint(anchor)
    return tuple(_placed(joints(pose), anchor, view) for pose in poses)


def outline(figure: Joints) -> tuple[Capsule, ...]:
    """The capsules of the segments whose two joints are there, trunk first and arms last."""
    capsules = []
    for name, segment in _SEGMENTS.items():
        if segment.start in figure and segment.end in figure:
            ends = figure[segment.start], figure[segment.end]
            radii = segment.start_radius, segment.end_radius
            if name == "head":
                capsules.append(Capsule("neck", *ends, *radii))
                ends, radii = (ends[1], ends[1]), (HEAD_RADIUS, HEAD_RADIUS)
            capsules.append(Capsule(name, *ends, *radii))
    return tuple(capsules)


def bounds(figure: Joints) -> Box:
    """The smallest box around a figure, its thickness included.

    Raises:
        ValueError: it has no segment, so there is nothing to draw.
    """
    return union(capsule.bounds for capsule in outline(figure))


def raised(prop: Box, figures: Sequence[Joints]) -> Box:
    """A prop beside placed figures; not for a view from above.

    The catalogue measures props from joints that lie on the floor, as if a body had no thickness.
    The drawn body lies on its underside, so that its joints are higher, and what stands on the
    floor grows as much: otherwise calves would float over their chair. What is under the floor
    line (a mat, a pad) stays.
    """
    if prop.bottom < 0:
        return prop
    lift = min(y for figure in figures for _, y in figure.values())
    return Box(prop.left, prop.right, prop.bottom, prop.top + lift)


def frame(figures: Iterable[Joints], props: Iterable[Box] = ()) -> Box:
    """What a picture of an exercise has to show: all of its poses with all of its props.

    A limb may swing out of the frame of two key poses on its way from one to the other, by up to a
    seventh of a trunk: where the figure moves, hand in some of the poses `between` them too.

    Raises:
        ValueError: a figure has no segment.
    """
    return union((*map(bounds, figures), *props))


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of them.

    Raises:
        ValueError: there is none.
    """
    boxes = tuple(boxes)
    if not boxes:
        raise ValueError("there is nothing to draw")
    return Box(
        min(box.left for box in boxes),
        max(box.right for box in boxes),
        min(box.bottom for box in boxes),
        max(box.top for box in boxes),
    )


def turn(start: float, end: float) -> float:
    """The shorter way from one angle to another: degrees over -180 and up to 180."""
    return 180 - (180 - (end - start)) % 360


def between(start: KeyPose, end: KeyPose, share: float) -> KeyPose:
    """The pose at a share of the way, from 0 to 1; a segment turns the shorter way.

    A segment that only one of the two has isn't there on the way.
    """
    names = [name for name in start.angles if name in end.angles]
    return KeyPose(
        {
            name: start.angles[name] + share * turn(start.angles[name], end.angles[name])
            for name in names
        },
        {
            name: (1 - share) * start.scale.get(name, 1) + share * end.scale.get(name, 1)
            for name in names
        },
    )


def _placed(points: Joints, anchor: str, view: View) -> dict[str, Point]:
    if anchor not in points:
        raise ValueError(f"the pose has no joint {anchor!r}")
    x, y = points[anchor]
    floor = y if view == "top" else bounds(points).bottom
    return {name: (a - x, b - floor) for name, (a, b) in points.items()}


def _other_limb(segment: str) -> str:
    nearness, _, limb = segment.partition("_")
    return f"{ {'near': 'far', 'far': 'near'}[nearness] }_{limb}" if limb else segment
