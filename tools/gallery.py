"""Draw the pictures of README and docs: `make gallery`.

Or `PYTHONPATH=tests python tools/gallery.py FOLDER`. Real screens with a real timeline and the time
handed in, on the tests' stage. The animated one needs `rsvg-convert` and Pillow.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from studio import SCENES, Shot, film, shoot
from svg import svg_of

from backcoach.catalogue.drawing import drawing_of
from backcoach.catalogue.loading import Catalogue, bundled_ids
from backcoach.figure.moving import held
from backcoach.tui.canvas import Canvas, Role, shorten
from backcoach.tui.painting import Paint
from backcoach.tui.pictures.figures import draw_figure
from backcoach.tui.stance import Stance
from backcoach.tui.theme import DARK, LIGHT

SIZES: Final = ((40, 12), (80, 24), (120, 40), (200, 60))
KEPT: Final = {
    "home": (100, 30),
    "brief": (100, 30),
    "hold": (100, 30),
    "stop": (100, 30),
    "summary": (100, 30),
    "history": (100, 30),
    "progress": (100, 30),
}
"""The screens that are kept for README and docs, and at which size."""
CELL: Final = (38, 12)
COLUMNS: Final = 4
FRAME_MS: Final = 125


def main(arguments: list[str]) -> None:
    """Draw what is kept; with `--all`, every screen at every size."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    if "--all" in arguments:
        for scene in SCENES:
            for theme in ("dark", "light"):
                for (width, height), shot in zip(SIZES, shoot(scene, SIZES, theme), strict=True):
                    _write(folder / f"{scene}-{width}x{height}-{theme}.svg", shot)
        return
    for scene, size in KEPT.items():
        _write(folder / f"{scene}.svg", shoot(scene, (size,))[0])
    _write(folder / "hold-light.svg", shoot("hold", ((100, 30),), "light")[0])
    for palette, name in ((DARK, "figures.svg"), (LIGHT, "figures-light.svg")):
        _write(folder / name, Shot(_figures().rows(), Paint(palette)))
    _animate(folder / "player.gif")


def _write(path: Path, shot: Shot) -> None:
    path.write_text(svg_of(shot.rows, shot.paint, path.stem.replace("-", " ")), "utf-8")


def _figures() -> Canvas:
    """Every exercise in the pose that is held, with its name."""
    ids = sorted(bundled_ids())
    width, rows = CELL[0] + 3, CELL[1] + 3
    canvas = Canvas(COLUMNS * width + 2, -(-len(ids) // COLUMNS) * rows + 1)
    catalogue = Catalogue()
    for number, name in enumerate(ids):
        row, column = divmod(number, COLUMNS)
        x, y = 2 + column * width, 1 + row * rows
        exercise = catalogue.get(name)
        drawing = drawing_of(exercise) if exercise else None
        if exercise and drawing:
            draw_figure(canvas, Stance(drawing, held(drawing)), x, y, *CELL)
            canvas.put(x, y + CELL[1], shorten(exercise.name, CELL[0]), Role.MUTED)
    return canvas


def _animate(path: Path) -> None:
    """From the last of "get ready" through one rep into the next, as a film that goes round."""
    from PIL import Image

    shots = film("bird-dogs", ("1", 164_000), (100, 30), 17_000 // FRAME_MS, FRAME_MS)
    frames = []
    with tempfile.TemporaryDirectory() as folder:
        for number, shot in enumerate(shots):
            svg, png = Path(folder) / "frame.svg", Path(folder) / f"{number}.png"
            _write(svg, shot)
            subprocess.run(["rsvg-convert", "--width", "800", svg, "--output", png], check=True)
            with Image.open(png) as image:
                frames.append(image.convert("RGB").quantize(64, dither=Image.Dither.NONE))
    frames[0].save(
        path, save_all=True, append_images=frames[1:], duration=FRAME_MS, loop=0, optimize=True
    )


if __name__ == "__main__":
    main(sys.argv[1:])
