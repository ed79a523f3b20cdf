"""The phase shown the other way round for a moment: what is left where nothing can be heard."""

from typing import Final

from backcoach.figure.letters import block_letters
from backcoach.player.view import PlayerView
from backcoach.tui.canvas import Canvas
from backcoach.tui.pictures.countdown import phase_role
from backcoach.tui.pictures.landmarks import heading_of

_OTHER_WAY_ROUND: Final = str.maketrans(" █▀▄", "█ ▄▀")


def flash_phase(canvas: Canvas, view: PlayerView) -> None:
    """Turn the state's word round, and nothing else, in its own colour: never in red."""
    x, y, word = heading_of(view, canvas.width, canvas.height)
    for row, line in enumerate(block_letters(word), y):
        canvas.put(x - 1, row, f" {line} ".translate(_OTHER_WAY_ROUND), phase_role(view))
