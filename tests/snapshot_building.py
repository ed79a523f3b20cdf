"""Screens as text: what stands in each cell, with what it is drawn, and which colours that is.

`python tests/snapshot_building.py` writes all of them anew; read the difference before it is kept.
"""

from pathlib import Path
from string import ascii_letters, digits
from typing import Final

from studio import SCENES, Shot, Size, shoot

from backcoach.tui.canvas import Ink, Row
from backcoach.tui.painting import Paint
from backcoach.tui.theme import DARK, LIGHT

FOLDER: Final = Path(__file__).parent / "data" / "screens"
SIZES: Final[tuple[Size, ...]] = ((40, 12), (80, 24), (120, 40), (200, 60))
KEPT: Final = tuple(name for name in SCENES if name not in ("notes", "menu", "help"))
"""The scenes whose pictures are kept; the others are tested by what they say."""
_NAMES: Final = ascii_letters + digits + "!#$%&()*+,-./:;<=>?@[]^_{|}~"


def snapshots(scene: str) -> dict[Path, str]:
    """A scene at all sizes: the file of each, and what belongs into it."""
    return {
        FOLDER / f"{scene}-{width}x{height}.txt": _as_text(scene, shot)
        for (width, height), shot in zip(SIZES, shoot(scene, SIZES), strict=True)
    }


def _as_text(scene: str, shot: Shot) -> str:
    inks: dict[Ink, str] = {}
    cells = [_cells(row, inks) for row in shot.rows]
    lines = [
        f"{scene}: characters",
        *("".join(text for text, _ in row).rstrip() for row in shot.rows),
    ]
    lines += ["", "inks, as runs", *cells]
    for palette in (DARK, LIGHT):
        paint = Paint(palette)
        lines += ["", palette.name, *(f"{name} {_look(paint, ink)}" for ink, name in inks.items())]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _cells(row: Row, inks: dict[Ink, str]) -> str:
    """The inks of a row: how many characters, and the name of what they are drawn with."""
    runs = []
    for text, ink in row:
        if text:
            name = inks.setdefault(ink, _name(len(inks)))
            runs.append(f"{len(text) if len(text) > 1 else ''}{name}")
    return " ".join(runs)


def _name(number: int) -> str:
    many, one = divmod(number, len(_NAMES))
    return _NAMES[one] if not many else f"'{_NAMES[many - 1]}{_NAMES[one]}"


def _look(paint: Paint, ink: Ink) -> str:
    segment = paint.segments((("▀", ink),))[0]
    return str(segment.style)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.txt"):
        old.unlink()
    for name in KEPT:
        for path, text in snapshots(name).items():
            path.write_text(text, "utf-8")
