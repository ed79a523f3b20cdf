"""Shapes → pixels with soft edges: capsules, boxes and a ring.

Pure, and quick enough for twelve pictures a second. A pixel is about square: two of them, one above
the other, make a cell of a terminal.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from typing import Final

from backcoach.figure.skeleton import Box, Capsule, Joints, outline

SHADES: Final = 4
"""How many steps lead from the ground's colour to a tone's own."""
MARGIN: Final = 0.06
"""What is left free around a frame, in trunk lengths."""
THINNEST_PX: Final = 0.8
"""No limb has a smaller radius: it would fade where it lies between two rows of pixels."""
RING: Final = 0.09
"""How thick a ring is, as a share of its width."""
EDGE_PX: Final = 0.35
"""How far an edge is soft to both sides: less than half a pixel, or thin limbs look dim."""
GAP_PX: Final = 0.9
"""How far a near limb keeps what is behind it away from its edge, in pixels."""


class Tone(IntEnum):
    """What a pixel belongs to, which gives it its colour."""

    GROUND = 0
    FLOOR = 1
    MAT = 2
    PROP = 3
    CARRY = 4
    WORK = 5


@dataclass(frozen=True, slots=True)
class Raster:
    """Pixels in rows from the top.

    Attributes:
        rows: a byte a pixel: eight times its tone, and its shade from 0 to `SHADES`.
    """

    width: int
    height: int
    rows: tuple[bytes, ...]

    def tone(self, x: int, y: int) -> Tone:
        """What a pixel belongs to."""
        return Tone(self.rows[y][x] >> 3)

    def shade(self, x: int, y: int) -> int:
        """How much of its tone a pixel has, 0 to `SHADES`."""
        return self.rows[y][x] & 7


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a frame stands among the pixels: as large as it fits, on the floor, in the middle.

    Attributes:
        per_trunk: pixels in a trunk length.
        x, y: the pixel of the origin; y counts from the top.
    """

    per_trunk: float
    x: float
    y: float


def fit(frame: Box, width: int, height: int, *, floor: bool) -> Scale:
    """How a frame is shown in so many pixels.

    Args:
        floor: whether it stands on the last row; it is in the middle otherwise.
    """
    across, up = frame.width + 2 * MARGIN, frame.height + 2 * MARGIN
    rows = height - 1 if floor else height
    per_trunk = min(width / across, rows / up)
    x = width / 2 - per_trunk * (frame.left + frame.right) / 2
    if floor:
        return Scale(per_trunk, x, rows + per_trunk * min(frame.bottom, 0.0))
    return Scale(per_trunk, x, height / 2 + per_trunk * (frame.bottom + frame.top) / 2)


def draw(
    figure: Joints,
    working: Iterable[str],
    props: Iterable[tuple[Tone, Box]],
    scale: Scale,
    width: int,
    height: int,
    *,
    floor: bool,
    swell: float = 0.0,
) -> Raster:
    """The picture of a placed figure.

    Args:
        working: the segments that are drawn bright; the others carry, and are dim.
        floor: whether there is a floor line, in the last row.
        swell: how much a breath widens the trunk, in trunk lengths.
    """
    tones = [bytearray(width) for _ in range(height)]
    levels = [[0.0] * width for _ in range(height)]
    behind = [bytearray(width) for _ in range(height)]
    sheet = _Sheet(tones, levels, behind, scale, width, height)
    for tone, box in props:
        sheet.box(box, tone)
    bright = set(working)
    for capsule in _painted(outline(figure)):
        segment = "head" if capsule.name == "neck" else capsule.name
        far = segment.startswith("far_")
        if swell and segment in ("lumbar", "thoracic"):
            capsule = _swollen(capsule, swell)
        sheet.capsule(capsule, Tone.WORK if segment in bright else Tone.CARRY, far=far)
    if floor:
        # Last: a breath, or a foot made wide enough to be seen, would press through it.
        tones[-1] = bytearray([Tone.FLOOR] * width)
        levels[-1] = [1.0] * width
    return _raster(tones, levels)


@lru_cache(maxsize=8)
def ring(size: int, share: float) -> Raster:
    """A ring that empties clockwise from its top.

    Args:
        size: its width and height in pixels.
        share: how much of it is over, from 0 to 1: that part is `FLOOR`, the rest `WORK`.
    """
    rows = [bytearray(size) for _ in range(size)]
    for x, y, turned, shade in _circle(size):
        rows[y][x] = (Tone.FLOOR if turned < share else Tone.WORK) << 3 | shade
    return Raster(size, size, tuple(bytes(row) for row in rows))


def room_in_ring(size: int) -> float:
    """The radius that is free inside a ring, in pixels."""
    return size / 2 - 0.5 - size * RING


@lru_cache(maxsize=4)
def _circle(size: int) -> list[tuple[int, int, float, int]]:
    """The pixels of a ring: where, how far round from its top, and how much of each."""
    middle, outer, inner = size / 2, size / 2 - 0.5, room_in_ring(size)
    pixels = []
    for y in range(size):
        for x in range(size):
            dx, dy = x + 0.5 - middle, y + 0.5 - middle
            radius = math.hypot(dx, dy)
            shade = round(SHADES * min(1.0, max(0.0, min(outer - radius, radius - inner) + 0.5)))
            if shade:
                pixels.append((x, y, math.atan2(dx, -dy) / math.tau % 1.0, shade))
    return pixels


def _raster(tones: Sequence[bytearray], levels: Sequence[Sequence[float]]) -> Raster:
    rows = tuple(
        # Most rows, and most of a row, are ground.
        bytes(
            [tone and tone << 3 | round(level * SHADES) for tone, level in zip(*row, strict=True)]
        )
        if any(row[0])
        else bytes(len(row[0]))
        for row in zip(tones, levels, strict=True)
    )
    return Raster(len(rows[0]), len(rows), rows)


def _painted(capsules: Sequence[Capsule]) -> list[Capsule]:
    """From the back to the front: far limbs, the trunk and the head, near limbs."""

    def depth(capsule: Capsule) -> int:
        return {"far": 0, "near": 2}.get(capsule.name.partition("_")[0], 1)

    return sorted(capsules, key=depth)


def _swollen(capsule: Capsule, by: float) -> Capsule:
    chest = capsule.name == "thoracic"
    return replace(
        capsule,
        start_radius=capsule.start_radius + by * (1.0 if chest else 0.5),
        end_radius=capsule.end_radius + by * (0.5 if chest else 1.0),
    )


@dataclass(slots=True)
class _Sheet:
    """Pixels that are painted on."""

    tones: list[bytearray]
    levels: list[list[float]]
    behind: list[bytearray]
    """Where far limbs are."""
    scale: Scale
    width: int
    height: int

    def box(self, box: Box, tone: Tone) -> None:
        """A prop, in whole pixels at its edges' nearest."""
        scale = self.scale
        left = round(scale.x + box.left * scale.per_trunk)
        right = max(left + 1, round(scale.x + box.right * scale.per_trunk))
        top = round(scale.y - box.top * scale.per_trunk)
        bottom = max(top + 1, round(scale.y - box.bottom * scale.per_trunk))
        for y in range(max(0, top), min(self.height, bottom)):
            for x in range(max(0, left), min(self.width, right)):
                self.tones[y][x], self.levels[y][x] = tone, 1.0

    def capsule(self, capsule: Capsule, tone: Tone, *, far: bool) -> None:
        """A limb; all but a far one keep a little ground around them where they cross that."""
        near = capsule.name.startswith("near_")
        scale = self.scale.per_trunk
        ax, ay = self.scale.x + capsule.start[0] * scale, self.scale.y - capsule.start[1] * scale
        bx, by = self.scale.x + capsule.end[0] * scale, self.scale.y - capsule.end[1] * scale
        ra = max(THINNEST_PX, capsule.start_radius * scale)
        rb = max(THINNEST_PX, capsule.end_radius * scale)
        reach = max(ra, rb) + 0.5 + (0 if far else GAP_PX)
        dx, dy = bx - ax, by - ay
        squared = dx * dx + dy * dy or 1.0
        for y in range(
            max(0, math.floor(min(ay, by) - reach)),
            min(self.height, math.ceil(max(ay, by) + reach)),
        ):
            tones, levels, behind = self.tones[y], self.levels[y], self.behind[y]
            py = y + 0.5 - ay
            # No more than the part of the limb that reaches this row.
            begins, ends = 0.0, 1.0
            if dy:
                begins, ends = sorted(((py - reach) / dy, (py + reach) / dy))
                begins, ends = min(1.0, max(0.0, begins)), max(0.0, min(1.0, ends))
            first, last = sorted((begins * dx, ends * dx))
            for x in range(
                max(0, math.floor(ax + first - reach)),
                min(self.width, math.ceil(ax + last + reach)),
            ):
                px = x + 0.5 - ax
                along = (px * dx + py * dy) / squared
                along = 0.0 if along < 0 else 1.0 if along > 1 else along
                qx, qy = px - along * dx, py - along * dy
                inside = ra + (rb - ra) * along - math.sqrt(qx * qx + qy * qy)
                cover = inside / (2 * EDGE_PX) + 0.5
                if cover > 0:
                    if cover >= 1:
                        tones[x], levels[x] = tone, 1.0
                    else:
                        self._edge(tones, levels, x, tone, cover)
                    behind[x] = far
                elif (
                    not far
                    and -inside < EDGE_PX + GAP_PX
                    and ((near and behind[x]) or tones[x] == Tone.CARRY != tone)
                ):
                    levels[x] = min(levels[x], (-inside - EDGE_PX) / GAP_PX)

    @staticmethod
    def _edge(tones: bytearray, levels: list[float], x: int, tone: Tone, cover: float) -> None:
        """A pixel that is covered in part: it belongs to what has more of it."""
        if tones[x] == tone or tones[x] == Tone.GROUND:
            tones[x] = tone
            levels[x] = levels[x] + cover * (1 - levels[x])
        elif cover >= 0.5:
            tones[x], levels[x] = tone, cover
