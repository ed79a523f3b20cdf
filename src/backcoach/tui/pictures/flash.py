"""The phase shown the other way round for a moment: what is left where nothing can be heard."""

from typing import Final

from backcoach.figure.letters import LETTER_ROWS
from backcoach.player.view import PlayerView
from backcoach.tui.canvas import Canvas
from backcoach.tui.pictures.countdown import phase_role

FLASHED_ROWS: Final = LETTER_ROWS + 2
"""From the top: wherever the word of the phase is, at any size of the window."""
_OTHER_WAY_ROUND: Final = str.maketrans(" █▀▄", "█ ▄▀")


def flash_phase(canvas: Canvas, view: PlayerView) -> None:
    """Turn the phase's block round, in its own colour: never in red."""
    role = phase_role(view)
    for y, line in enumerate(canvas.text().split("\n")[1:FLASHED_ROWS], 1):
        turned = line.ljust(canvas.width // 2).translate(_OTHER_WAY_ROUND)
        canvas.put(0, y, turned, role)
