"""The player in a window too small for everything: the phase, the side, the digits and STOP first.

What a window has more than the smallest goes, in this order, to STOP in large letters, the bar, the
cue, and the figure.
"""

from typing import Final

from backcoach.figure.letters import LETTER_ROWS, digits_width
from backcoach.player.state import Status
from backcoach.player.view import PlayerView
from backcoach.tui.canvas import Canvas, Role, shorten, wrap
from backcoach.tui.pictures.countdown import draw_digits, draw_fuse, widest_digits
from backcoach.tui.pictures.figures import LEAST_ROWS, draw_figure
from backcoach.tui.pictures.landmarks import (
    STOP_ROWS,
    draw_bar,
    draw_phase_and_side,
    draw_stop_bar,
)
from backcoach.tui.stance import Stance

_ROWS: Final = 12
"""The rows of the smallest player."""
_MOST_DIGITS: Final = 8
_BESIDE: Final = 16
"""The columns that are kept for what stands beside the digits."""
_SIDE_IN_WORDS: Final = 52
"""From this width on the side stands in words beside its letter."""
_CUE_ROWS: Final = 2


def draw_small(canvas: Canvas, view: PlayerView, stance: Stance | None) -> None:
    """Draw the player into a window of 40×12 and more."""
    width = canvas.width
    spare = canvas.height - _ROWS
    draw_phase_and_side(canvas, view, 1, 0, width - 1)
    bottom = _draw_stop(canvas, large=spare >= STOP_ROWS - 1)
    spare -= STOP_ROWS - 1
    if spare > 0:
        bottom -= 1
        draw_bar(canvas, view, bottom)
        spare -= 1
    if spare >= _CUE_ROWS:
        bottom -= _CUE_ROWS
        role = Role.PREPARE if view.notice else Role.STRONG
        said = view.notice or view.cue
        canvas.put_wrapped(1, bottom, width - 2, said, role, _CUE_ROWS)
        spare -= _CUE_ROWS
    if stance is not None and spare > LEAST_ROWS:
        rows = min(spare - 1, width // 2)
        bottom -= rows
        draw_figure(canvas, stance, 0, bottom, width, rows)
        spare -= rows
    _draw_countdown(canvas, view, LETTER_ROWS + (spare > 0), bottom)


def _draw_stop(canvas: Canvas, *, large: bool) -> int:
    """STOP, as large as there is room for; the row that it begins in."""
    width, height = canvas.width, canvas.height
    if large:
        at = height - STOP_ROWS
        stop_width = max(36, min(38, width - 14))
        draw_stop_bar(canvas, at, stop_width)
        canvas.fill(stop_width, at, width - stop_width, STOP_ROWS, Role.PANEL)
        for row, (key, does) in enumerate((("space", "pause"), ("→", "next"), ("?", "keys"))):
            x = canvas.put(stop_width + 1, at + row, key, Role.KEY)
            canvas.put(x + 1, at + row, does, Role.PANEL_MUTED)
        return at
    canvas.fill(0, height - 1, width, 1, Role.PANEL)
    canvas.put(0, height - 1, " x  STOP ".center(width // 2 + 2), Role.STOP)
    canvas.put_right(height - 1, "space pause  ?", Role.PANEL)
    return height - 1


def _draw_countdown(canvas: Canvas, view: PlayerView, top: int, bottom: int) -> None:
    """The digits, with what there is to know beside them, or above where they are too wide."""
    widest = widest_digits(view)
    rows = min(_MOST_DIGITS, bottom - top)
    if digits_width(widest, rows) > canvas.width - _BESIDE:
        _draw_across(canvas, view, top, bottom)
        return
    taken = digits_width(widest, rows)
    column = (canvas.width - taken) // 2
    draw_digits(canvas, view, column, top, taken, rows)
    margin, gap = (1, " ") if column > 9 else (0, "")
    beside = column - margin - 1
    lines = {}
    names = [view.exercise] if view.amber else _in_two(view.exercise, beside)
    for row, words in enumerate(names, 4):
        lines[row] = (words, Role.STRONG)
    if view.amber:
        lines[5] = ("smaller", Role.PREPARE)
    for row, words in enumerate(_in_two(_state(view), beside), 9):
        lines[row] = (words, Role.MUTED)
    if view.reps > 1 or view.sets > 1:
        lines[6] = (f"rep {view.rep}{gap}/{gap}{view.reps}", Role.TEXT)
        lines[7] = (f"set {view.set}{gap}/{gap}{view.sets}", Role.TEXT)
    for row, (words, role) in lines.items():
        canvas.put(margin, row, shorten(words, beside), role)
    right = column + taken + 1
    space = canvas.width - right - 1
    canvas.put(right, 4, f"{view.left} left" if space > 9 else view.left, Role.TEXT)
    draw_fuse(canvas, view, right, 6, space, rows=1)
    canvas.put(right, 7, shorten(view.following, space), Role.MUTED)
    if canvas.width < _SIDE_IN_WORDS:
        canvas.put_wrapped(right, 8, space, view.side_label, Role.TEXT, bottom - 8)


def _draw_across(canvas: Canvas, view: PlayerView, top: int, bottom: int) -> None:
    """Minutes and seconds: as wide as the window, with one line above them."""
    words = f"{view.exercise} · {_state(view)}"
    x = canvas.put_right(top, f"{view.left} left", Role.TEXT)
    canvas.put(1, top, shorten(words, x - 3), Role.STRONG)
    draw_digits(canvas, view, 0, top + 1, canvas.width, min(_MOST_DIGITS, bottom - top - 1))


def _state(view: PlayerView) -> str:
    """The state in words, which stands above in letters: so what else there is to know of it."""
    stood_still = view.settling or view.status is Status.PAUSED
    return "nothing counted" if stood_still else view.word


def _in_two(words: str, width: int) -> list[str]:
    """Words in two lines, where none of them would have to be cut for that."""
    first, *others = wrap(words, width) or [""]
    if not others or any(len(word) > width for word in words.split()):
        return [words]
    return [first, " ".join(others)]
