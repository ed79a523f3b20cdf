"""The player in a window too small for everything: the phase, the side, the digits and STOP first.

What a window has more than the smallest goes, in this order, to STOP in large letters, the bar, the
cue, and the figure.
"""

from typing import Final

from rich.cells import cell_len

from backcoach.figure.letters import LETTER_ROWS, digits_width
from backcoach.player.state import Status
from backcoach.player.view import PlayerView
from backcoach.tui.canvas import Canvas, Role, shorten, wrap
from backcoach.tui.pictures.countdown import (
    counts_of,
    draw_digits,
    draw_fuse,
    state_of,
    widest_digits,
)
from backcoach.tui.pictures.figures import LEAST_ROWS, draw_figure
from backcoach.tui.pictures.fitting import (
    put_first_that_fits,
    put_lines,
    whole_sentences,
    whole_words,
)
from backcoach.tui.pictures.landmarks import (
    SMALLER,
    STOP_ROWS,
    draw_bar,
    draw_phase_and_side,
    draw_stop_bar,
    draw_words_of_side,
    heading_of,
    stop_rows,
    wordings_of,
    words_of_side,
)
from backcoach.tui.stance import Stance

_MOST_DIGITS: Final = 8
_BESIDE: Final = 16
"""The columns that are kept for what stands beside the digits."""
_CUE_ROWS: Final = 2
_MOST_CUE_ROWS: Final = 4
_LEAST_STOP: Final = 32
"""The columns of STOP in large letters, with its key."""


def draw_small(canvas: Canvas, view: PlayerView, stance: Stance | None) -> None:
    """Draw the player into a window of 40×12 and more."""
    width = canvas.width
    heading = heading_of(view, width, canvas.height)
    free, said = draw_phase_and_side(canvas, view, heading, width - 1)
    bottom = _draw_foot(canvas, view, figure=stance is not None)
    across = digits_width(widest_digits(view), _MOST_DIGITS) > width - _BESIDE
    line = across and free + len(view.left) + len(" left") >= width
    if stance is not None and _spare(bottom) - line >= LEAST_ROWS:
        rows = max(LEAST_ROWS, min(_spare(bottom) - 1, width // 2))
        bottom -= rows
        draw_figure(canvas, stance, 0, bottom, width, rows)
    top = LETTER_ROWS + (_spare(bottom) > line)
    if across:
        _draw_across(canvas, view, top, bottom, free)
    else:
        beside = draw_words_of_side(canvas, words_of_side(view, said), free, 0, width)
        _draw_countdown(canvas, view, top, bottom, side_below=not beside)


def _spare(bottom: int) -> int:
    """The rows that the digits can do without, where so many are above what is below them."""
    return bottom - LETTER_ROWS - _MOST_DIGITS


def _draw_foot(canvas: Canvas, view: PlayerView, *, figure: bool) -> int:
    """STOP, and above it the bar and the cue where there is room; the row that it begins in."""
    width = canvas.width
    bottom = _draw_stop(canvas, view)
    if _spare(bottom) > 0:
        bottom -= 1
        draw_bar(canvas, view, bottom)
    if _spare(bottom) >= _CUE_ROWS:
        cue = view.notice or view.cue
        rows = _cue_rows(cue, width - 2, _spare(bottom), figure=figure)
        bottom -= rows
        role = Role.PREPARE if view.notice else Role.STRONG
        put_lines(canvas, 1, bottom, whole_sentences(cue, width - 2, rows), role)
    return bottom


def _cue_rows(cue: str, width: int, spare: int, *, figure: bool) -> int:
    """The rows of the cue: what it needs, but not so many that a figure has no room any more."""
    most = min(_MOST_CUE_ROWS, spare)
    if figure and spare - _CUE_ROWS >= LEAST_ROWS:
        most = min(most, spare - LEAST_ROWS)
    return max(_CUE_ROWS, min(most, len(wrap(cue, width))))


def _draw_stop(canvas: Canvas, view: PlayerView) -> int:
    """STOP, as large as there is room for; the row that it begins in."""
    width, height = canvas.width, canvas.height
    space = "pause" if view.status is Status.RUNNING else "go on"
    at = height - stop_rows(height)
    if height - at == STOP_ROWS:
        stop_width = max(_LEAST_STOP, min(38, width - 14))
        draw_stop_bar(canvas, at, stop_width)
        canvas.fill(stop_width, at, width - stop_width, STOP_ROWS, Role.PANEL)
        for row, (key, does) in enumerate((("space", space), ("→", "next"), ("?", "keys"))):
            x = canvas.put(stop_width + 1, at + row, key, Role.KEY) + 1
            put_first_that_fits(canvas, x, at + row, width - x, Role.PANEL_MUTED, does, "")
        return at
    canvas.fill(0, at, width, 1, Role.PANEL)
    canvas.put(0, at, " x  STOP ".center(width // 2 + 2), Role.STOP)
    canvas.put_right(at, f"space {space}  ?", Role.PANEL)
    return at


def _draw_countdown(
    canvas: Canvas, view: PlayerView, top: int, bottom: int, *, side_below: bool
) -> None:
    """The digits, with what there is to know on both sides of them."""
    widest = widest_digits(view)
    rows = min(_MOST_DIGITS, bottom - top)
    taken = digits_width(widest, rows)
    column = (canvas.width - taken) // 2
    draw_digits(canvas, view, column, top, taken, rows)
    margin = 1 if column > 9 else 0
    space = column - margin - 1
    name = whole_words(view.exercise, space, 2)
    put_lines(canvas, margin, 5 - len(name), name, Role.STRONG)
    if view.amber:
        put_first_that_fits(canvas, margin, 5, space, Role.PREPARE, SMALLER)
    for row, count in enumerate(counts_of(view)[:2], 6):
        short = count.replace(" of ", "/")
        bare = short.partition(" ")[2]
        ways = (count.replace(" of ", " / "), short, bare)
        put_first_that_fits(canvas, margin, row, space, Role.TEXT, *ways)
    if view.settling or view.status is Status.PAUSED:
        # The state stands above in letters: what else there is to know of it takes its place.
        put_lines(canvas, margin, 9, whole_words("nothing counted", space, 2), Role.MUTED)
    else:
        states = (state_of(view, word) for word in wordings_of(view.word))
        put_first_that_fits(canvas, margin, 9, space, Role.MUTED, *states)
    right = column + taken + 1
    space = canvas.width - right
    put_first_that_fits(canvas, right, 4, space, Role.TEXT, f"{view.left} left", view.left)
    draw_fuse(canvas, view, right, 6, space - 1, rows=1)
    canvas.put(right, 7, shorten(view.following, space), Role.MUTED)
    if side_below:
        put_lines(canvas, right, 8, _side_in(view, space, bottom - 8), Role.TEXT)


def _side_in(view: PlayerView, width: int, rows: int) -> tuple[str, ...]:
    """What the exercise calls the side, in a narrow column: its first part before both."""
    parts = [whole_words(part, width, rows) for part in words_of_side(view)]
    both = tuple(line for part in parts for line in part)
    return both if len(both) <= rows else parts[0]


def _draw_across(canvas: Canvas, view: PlayerView, top: int, bottom: int, free: int) -> None:
    """Minutes and seconds: as wide as the window.

    What there is to know stands in a line above them, or beside the phase where there is none.

    Args:
        free: the first column that is free beside the phase and the side.
    """
    left = f"{view.left} left"
    smaller = SMALLER if view.amber else ""
    if bottom - top > _MOST_DIGITS:
        x = canvas.put_right(top, left, Role.TEXT)
        state = f" · {state_of(view)}"
        room = x - 3 - cell_len(state) - len(smaller)
        x = canvas.put(1, top, shorten(view.exercise, room) + state, Role.STRONG)
        canvas.put(x + 1, top, smaller, Role.PREPARE)
        top += 1
    elif free + cell_len(left) < canvas.width:
        name = whole_words(view.exercise, canvas.width - free, 1 if smaller else 2)
        put_lines(canvas, free, 0, name, Role.STRONG)
        canvas.put(free, 1, smaller, Role.PREPARE)
        canvas.put(free, 2, left, Role.TEXT)
    draw_digits(canvas, view, 0, top, canvas.width, min(_MOST_DIGITS, bottom - top))
