"""The player as a picture, from 40×12 up. Pure: a view and a size in, a canvas out.

As the window shrinks, things go in this order: the ring, the breath, the figure, the cue, the bar.
Never the phase, the side, the digits and STOP.
"""

from typing import Final

from backcoach.figure.letters import LETTER_ROWS, block_letters, letters_width
from backcoach.player.state import Status
from backcoach.player.view import PlayerView
from backcoach.tui.canvas import Canvas, Role, shorten, wrap
from backcoach.tui.pictures.countdown import (
    counts_of,
    draw_digits,
    draw_fuse,
    draw_reps,
    draw_ring,
    phase_role,
    rows_in_ring,
    widest_digits,
)
from backcoach.tui.pictures.figures import LEAST_WIDTH, draw_figure
from backcoach.tui.pictures.landmarks import (
    STOP_ROWS,
    draw_bar,
    draw_phase_and_side,
    draw_stop_bar,
)
from backcoach.tui.pictures.panels import draw_panel
from backcoach.tui.pictures.small_player import draw_small
from backcoach.tui.stance import PACER_STEPS, Pacer, Stance

_REPS_ROWS: Final = 5
"""The rows under the countdown of a large window: blocks, words, and what sets them off."""
LEAST_IN_RING: Final = 10
"""Where digits would be lower than this, there is no ring around them."""
_KEYS: Final = (
    (("space", "pause"), ("→", "next"), ("e", "easier")),
    (("enter", "now"), ("←", "again"), ("+ −", "5 s")),
    (("other", "pause"), ("a", "ache"), ("?", "help")),
)
_PAUSED_KEYS: Final = (
    (("space", "go on"), ("→", "next"), ("e", "easier")),
    (("q", "end"), ("←", "again"), ("m", "sound")),
    (("esc", "menu"), ("a", "ache"), ("?", "help")),
)


def draw_player(
    view: PlayerView,
    width: int,
    height: int,
    sound: str,
    stance: Stance | None = None,
    pacer: Pacer | None = None,
) -> Canvas:
    """The player at this size.

    Args:
        sound: what the top line says of the sound, `"♪ bell"`.
        stance: what the figure does; None for none.
        pacer: the breath to follow; None for none.
    """
    canvas = Canvas(width, height)
    if width < 78 or height < 22:
        draw_small(canvas, view, stance)
    else:
        _draw_large(canvas, view, sound, stance, pacer)
    if view.status in (Status.MENU, Status.ASKING, Status.HELP):
        draw_panel(canvas, view.status)
    return canvas


def _draw_large(
    canvas: Canvas, view: PlayerView, sound: str, stance: Stance | None, pacer: Pacer | None
) -> None:
    width, height = canvas.width, canvas.height
    tall = height >= 28
    _draw_top_line(canvas, view, sound)
    y = 2 if tall else 1
    if tall:
        draw_phase_and_side(canvas, view, 2, y, width - 2)
    else:
        _draw_phase_and_words(canvas, view, 1, y)
    top = y + LETTER_ROWS + (0 if stance and not tall else 1)
    stop_at = height - STOP_ROWS
    stop_width = 46 if width >= 100 else 38
    draw_stop_bar(canvas, stop_at, stop_width)
    paused = view.status is not Status.RUNNING
    _draw_keys(canvas, stop_at, stop_width + 2, _PAUSED_KEYS if paused else _KEYS)
    canvas.put(1, stop_at - 1, "then", Role.MUTED)
    canvas.put(7, stop_at - 1, shorten(view.following, width - 8), Role.TEXT)
    draw_bar(canvas, view, stop_at - 2)

    bottom = stop_at - 2
    ringed = width >= 120 and height >= 40
    right = _right_width(width, bottom - top) if ringed else _column_width(view, width)
    _draw_right(
        canvas, view, (width - right - 2, top, right, bottom - top), ringed=ringed, tall=tall
    )
    left = width - right - 5
    said = view.notice or view.cue
    words_rows = 4 if tall else max(2, min(4, len(wrap(said, left))))
    words_at = bottom - words_rows
    if stance is None:
        _draw_words(canvas, view, 2, top + 1, left, words_at - top - 1)
    else:
        draw_figure(canvas, stance, 1, top, left, words_at - top - (1 if tall else 0))
        role = Role.PREPARE if view.notice else Role.STRONG
        x = 2 if tall else 1
        canvas.put_wrapped(x, words_at, left, said, role, 3 if tall else words_rows)
    if pacer is not None and tall:
        _draw_pacer(canvas, pacer, 2, bottom - 1)


def _column_width(view: PlayerView, width: int) -> int:
    """How wide the column of the digits is: minutes and seconds take more."""
    if ":" in widest_digits(view):
        return min(50, width - LEAST_WIDTH - 8)
    return min(44, width * 45 // 100)


def _right_width(width: int, rows: int) -> int:
    """How wide the column of the ring is: the ring as large as the rows allow, less the reps."""
    return max(46, min(width * 42 // 100, 2 * (rows - _REPS_ROWS)))


def _draw_right(
    canvas: Canvas, view: PlayerView, area: tuple[int, int, int, int], *, ringed: bool, tall: bool
) -> None:
    """The countdown: the digits with a ring around them or a fuse under them, and the reps."""
    x, y, width, rows = area
    bottom = y + rows
    size = min(width, 2 * (rows - _REPS_ROWS)) // 2 * 2
    inside = rows_in_ring(widest_digits(view), size) if ringed else 0
    if inside >= LEAST_IN_RING:
        draw_ring(canvas, view, x + (width - size) // 2, y, size, inside)
        draw_reps(canvas, view, x, bottom - 5, width, rows=2)
        return
    fuse_rows = 2 if tall else 1
    below = _REPS_ROWS + fuse_rows if tall else 2
    # Large from the floor, larger still in a large window, which is in small letters.
    most = max(13, rows // 2)
    gap = 0 if tall else 1
    digit_rows = min(most, max(8, rows - below - gap))
    spare = rows - below - gap - digit_rows
    draw_digits(canvas, view, x, y + gap + max(0, spare // 2), width, digit_rows)
    if tall:
        draw_fuse(canvas, view, x, bottom - _REPS_ROWS - fuse_rows, width, rows=fuse_rows)
        draw_reps(canvas, view, x, bottom - 3, width, rows=1)
    else:
        draw_fuse(canvas, view, x, bottom - 1, width, rows=fuse_rows)


def _draw_pacer(canvas: Canvas, pacer: Pacer, x: int, y: int) -> None:
    """A breath to follow: a bar that fills and empties, and the word."""
    x = canvas.put(x, y, "breathe in " if pacer.inward else "breathe out", Role.TEXT) + 2
    canvas.put(x, y, "█" * pacer.full, Role.TEXT)
    canvas.put(x + pacer.full, y, "░" * (PACER_STEPS - pacer.full), Role.AHEAD)


def _draw_top_line(canvas: Canvas, view: PlayerView, sound: str) -> None:
    """Everything once more in plain text: where, what, in which state, and how long still."""
    canvas.fill(0, 0, canvas.width, 1, Role.PANEL)
    place = f"{view.step} of {view.steps} · {view.exercise} · {view.word}"
    left = f"   {view.left} left"
    sound = "mute" if view.muted else sound
    if len(place) + len(sound) + len(left) + 14 > canvas.width:
        # Where it goes on is worth more than how loud it is.
        sound = sound.partition(",")[0]
    start = canvas.put_right(0, sound + left, Role.PANEL_MUTED)
    x = canvas.put(1, 0, shorten(view.routine, max(8, start - len(place) - 6)), Role.PANEL)
    canvas.put(x + 2, 0, shorten(place, start - x - 3), Role.PANEL_MUTED)


def _draw_phase_and_words(canvas: Canvas, view: PlayerView, x: int, y: int) -> None:
    """The state's word, the side as one letter, and in words all that is too long for letters."""
    canvas.put_rows(x, y, block_letters(view.word), phase_role(view))
    x += letters_width(view.word) + 3
    if view.side is not None:
        canvas.put_rows(x, y, block_letters(str(view.side)[0]), Role.TEXT)
        x += letters_width("L") + 2
    first, _, second = (part.strip() for part in view.side_label.partition(","))
    room = canvas.width - x - 1
    counts = " · ".join(counts_of(view))
    if len(counts) > room:
        counts = counts.replace(" of ", "/").replace(" · ", ", ")
    lines = [line for line in (first, second) if line] or [view.exercise]
    for row, line in enumerate((*lines, counts)):
        canvas.put(x, y + row, shorten(line, room), Role.STRONG)


def _draw_words(canvas: Canvas, view: PlayerView, x: int, y: int, width: int, rows: int) -> None:
    """The exercise's name and what to do, large enough in number of words to be found."""
    canvas.put(x, y, shorten(view.exercise, width), Role.STRONG)
    if view.side_label:
        canvas.put(x, y + 1, shorten(view.side_label, width), Role.MUTED)
    if view.amber:
        canvas.put(x, y + 2, "smaller, half the hold", Role.PREPARE)
    canvas.put_wrapped(x, y + 4, width, view.cue, Role.TEXT, rows - 4)


def _draw_keys(
    canvas: Canvas, y: int, x: int, table: tuple[tuple[tuple[str, str], ...], ...]
) -> None:
    canvas.fill(x - 2, y, canvas.width - x + 2, STOP_ROWS, Role.PANEL)
    column = (canvas.width - x) // 3
    for row, keys in enumerate(table):
        for number, (key, does) in enumerate(keys):
            at = canvas.put(
                x + number * column, y + row, f"{key:5}" if number == 0 else key, Role.KEY
            )
            canvas.put(at + 1, y + row, does, Role.PANEL_MUTED)
