"""Colours as numbers: contrast, mixing, and how far apart two are for every pair of eyes. Pure."""

from collections.abc import Sequence
from functools import cache
from itertools import combinations
from math import dist
from typing import Final

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]

VISIONS: Final[dict[str, Matrix]] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanope": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranope": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanope": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""How eyes see linear light. From Machado, Oliveira and Fernandes 2009, at full severity."""

_TO_XYZ: Final[Matrix] = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE: Final = (0.95047, 1.0, 1.08883)
_STEPS: Final = (0, 95, 135, 175, 215, 255)
"""The levels of the colour cube that terminals of 256 colours have."""


def linear(colour: str) -> Triple:
    """The light of a `#rrggbb`, each part from 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _lit(red), _lit(green), _lit(blue)


def _lit(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def encoded(light: Triple) -> str:
    """Light as `#rrggbb`."""
    parts = (
        12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
        for part in (min(1.0, max(0.0, part)) for part in light)
    )
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def contrast(one: str, other: str) -> float:
    """The ratio of two colours' luminances, as WCAG reckons it: from 1 to 21."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def mix(one: str, other: str, part: float) -> str:
    """A colour on the way from one to the other, in steps that look even (CIELAB)."""
    start, end = lab(linear(one)), lab(linear(other))
    return encoded(_light_of(_between(start, end, part)))


def _between(start: Triple, end: Triple, part: float) -> Triple:
    light, a, b = (s + (e - s) * part for s, e in zip(start, end, strict=True))
    return light, a, b


def lab(light: Triple) -> Triple:
    """Linear light in CIELAB, for a white of D65."""
    x, y, z = (
        _root(part / white) for part, white in zip(_apply(_TO_XYZ, light), _WHITE, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(part: float) -> float:
    return part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116


def _light_of(colour: Triple) -> Triple:
    """CIELAB as linear light; some of it may not be seen on any screen."""
    y = (colour[0] + 16) / 116
    x, y, z = (
        white * (part**3 if part > 6 / 29 else (116 * part - 16) * 27 / 24389)
        for part, white in zip((y + colour[1] / 500, y, y - colour[2] / 200), _WHITE, strict=True)
    )
    return (
        3.2404542 * x - 1.5371385 * y - 0.4985314 * z,
        -0.9692660 * x + 1.8760108 * y + 0.0415560 * z,
        0.0556434 * x - 0.2040259 * y + 1.0572252 * z,
    )


def _apply(matrix: Matrix, light: Triple) -> Triple:
    one, two, three = (
        sum(factor * part for factor, part in zip(row, light, strict=True)) for row in matrix
    )
    return one, two, three


def distance(one: str, other: str) -> float:
    """How far apart two colours are for whoever tells them apart worst (CIE76)."""
    return min(_seen_distance(matrix, one, other) for matrix in VISIONS.values())


def _seen_distance(matrix: Matrix, one: str, other: str) -> float:
    return dist(*(lab(_clipped(_apply(matrix, linear(each)))) for each in (one, other)))


def _clipped(light: Triple) -> Triple:
    red, green, blue = (min(1.0, max(0.0, part)) for part in light)
    return red, green, blue


def least_distance(colours: Sequence[str]) -> float:
    """The smallest distance between any two of them."""
    return min(distance(one, other) for one, other in combinations(colours, 2))


@cache
def nearest_of_256(colour: str) -> int:
    """The number of the colour of 256 that looks most like this one."""
    wanted = lab(linear(colour))
    return min(_of_256(), key=lambda each: dist(each[1], wanted))[0]


@cache
def _of_256() -> tuple[tuple[int, Triple], ...]:
    """The cube and the greys; the first sixteen look different in each terminal."""
    return tuple((number, lab(linear(hex_of_256(number)))) for number in range(16, 256))


def hex_of_256(number: int) -> str:
    """One of the cube or of the greys, 16 to 255, as `#rrggbb`."""
    if number >= 232:
        return f"#{8 + 10 * (number - 232):02x}" + f"{8 + 10 * (number - 232):02x}" * 2
    red, rest = divmod(number - 16, 36)
    green, blue = divmod(rest, 6)
    return "#" + "".join(f"{_STEPS[step]:02x}" for step in (red, green, blue))
