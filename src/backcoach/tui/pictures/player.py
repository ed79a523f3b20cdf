"""The player as a picture, from 40×12 up. Pure: a view and a size in, a canvas out.

As the window shrinks, things go in this order: the ring, the breath, the figure, the cue, the bar.
Never the phase, the side, the digits and STOP.
"""

from typing import Final

from rich.cells import cell_len

from backcoach.figure.letters import LETTER_ROWS, block_letters, letters_width
from backcoach.player.state import Status
from backcoach.player.view import PlayerView
from backcoach.tui.canvas import Canvas, Role, shorten, wrap
from backcoach.tui.pictures.countdown import (
    draw_digits,
    draw_fuse,
    draw_reps,
    draw_ring,
    phase_role,
    rows_in_ring,
    state_of,
    widest_digits,
)
from backcoach.tui.pictures.figures import LEAST_WIDTH, draw_figure
from backcoach.tui.pictures.fitting import put_first_that_fits, put_lines, whole_sentences
from backcoach.tui.pictures.landmarks import (
    SMALLER,
    STOP_ROWS,
    Heading,
    Layout,
    draw_bar,
    draw_phase_and_side,
    draw_stop_bar,
    draw_words_of_side,
    heading_of,
    layout_of,
    words_beside,
    words_of_side,
)
from backcoach.tui.pictures.panels import draw_panel
from backcoach.tui.pictures.small_player import draw_small
from backcoach.tui.stance import PACER_STEPS, Pacer, Stance

_REPS_ROWS: Final = 5
"""The rows under the countdown of a large window: blocks, words, and what sets them off."""
LEAST_IN_RING: Final = 10
"""Where digits would be lower than this, there is no ring around them."""
_LEAST_NAME: Final = 8
"""A name in the top line is no shorter than this; that of the exercise is left out before."""
_EDGES: Final = 6
"""The columns of the top line that stay empty: at its start, after the routine, before its end."""
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
    if layout_of(width, height) is Layout.SMALL:
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
    tall = layout_of(width, height) is Layout.TALL
    _draw_top_line(canvas, view, sound)
    top = _draw_heading(canvas, view, tall=tall) + (0 if stance and not tall else 1)
    bottom = _draw_foot(canvas, view)
    ringed = width >= 120 and height >= 40
    right = _right_width(width, bottom - top) if ringed else _column_width(view, width)
    _draw_right(
        canvas, view, (width - right - 2, top, right, bottom - top), ringed=ringed, tall=tall
    )
    area = (1, top, width - right - 5, bottom - top)
    if tall:
        _draw_left(canvas, view, stance, area, rows=4, cue_rows=3 if pacer else 4, gap=1)
        if pacer is not None:
            _draw_pacer(canvas, pacer, 2, bottom - 1)
    else:
        rows = max(2, min(4, len(wrap(view.notice or view.cue, area[2]))))
        _draw_left(canvas, view, stance, area, rows=rows, cue_rows=rows, gap=0)


def _draw_heading(canvas: Canvas, view: PlayerView, *, tall: bool) -> int:
    """The phase and the side in letters, and what belongs to them; the row after them."""
    heading = heading_of(view, canvas.width, canvas.height)
    below = heading.y + LETTER_ROWS
    if not tall:
        _draw_phase_and_words(canvas, view, heading)
        return below
    end = canvas.width - 2
    free, said = draw_phase_and_side(canvas, view, heading, end)
    words = words_of_side(view, said)
    if not draw_words_of_side(canvas, words, free, heading.y, end):
        canvas.put(2, below, shorten(", ".join(words), end - 2), Role.STRONG)
    return below


def _draw_foot(canvas: Canvas, view: PlayerView) -> int:
    """STOP and the other keys, what comes next, and the bar; the row that it begins in."""
    stop_at = canvas.height - STOP_ROWS
    stop_width = 46 if canvas.width >= 100 else 38
    draw_stop_bar(canvas, stop_at, stop_width)
    paused = view.status is not Status.RUNNING
    _draw_keys(canvas, stop_at, stop_width + 2, _PAUSED_KEYS if paused else _KEYS)
    _draw_following(canvas, view, stop_at - 1)
    draw_bar(canvas, view, stop_at - 2)
    return stop_at - 2


def _draw_left(
    canvas: Canvas,
    view: PlayerView,
    stance: Stance | None,
    area: tuple[int, int, int, int],
    *,
    rows: int,
    cue_rows: int,
    gap: int,
) -> None:
    """The figure with the cue below it; without a figure the exercise in words.

    Args:
        rows: how many below the figure are not its own.
        cue_rows: how many of them the cue may take.
        gap: what sets both off, in rows and in columns.
    """
    x, y, width, height = area
    words_at = y + height - rows
    if stance is None:
        _draw_words(canvas, view, x + 1, y + 1, width, height - rows - 1)
        return
    draw_figure(canvas, stance, x, y, width, height - rows - gap)
    role = Role.PREPARE if view.notice else Role.STRONG
    cue = whole_sentences(view.notice or view.cue, width, cue_rows)
    put_lines(canvas, x + gap, words_at, cue, role)


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
    """Everything once more in plain text: where, what, in which state, and how long still.

    The names give way, the routine's first: the state is always there whole.
    """
    canvas.fill(0, 0, canvas.width, 1, Role.PANEL)
    place, state = f"{view.step} of {view.steps}", state_of(view)
    sound, left = "mute" if view.muted else sound, f"   {view.left} left"
    if cell_len(f"{place} · {view.exercise} · {state}{sound}{left}") + _LEAST_NAME > canvas.width:
        # Where it goes on is worth more than how loud it is.
        sound = sound.partition(",")[0]
    end = canvas.put_right(0, sound + left, Role.PANEL_MUTED)
    room = end - _EDGES - cell_len(f"{place} ·  · {state}")
    exercise = shorten(view.exercise, room - min(_LEAST_NAME, cell_len(view.routine)))
    if cell_len(exercise) < min(_LEAST_NAME, cell_len(view.exercise)):
        exercise = ""
    names = f"{place} · {exercise} · " if exercise else f"{place} · "
    routine = shorten(view.routine, end - _EDGES - cell_len(names + state))
    x = canvas.put(1, 0, routine, Role.PANEL) + 2
    x = canvas.put(x, 0, names, Role.PANEL_MUTED)
    canvas.put(x, 0, state, Role.PANEL)


def _draw_following(canvas: Canvas, view: PlayerView, y: int) -> None:
    """What comes next; and that it is a smaller form, where it was made one."""
    end = canvas.width
    if view.amber:
        end = canvas.put_right(y, SMALLER, Role.PREPARE)
    canvas.put(1, y, "then", Role.MUTED)
    canvas.put(7, y, shorten(view.following, end - 8), Role.TEXT)


def _draw_phase_and_words(canvas: Canvas, view: PlayerView, heading: Heading) -> None:
    """The state's word, the side as one letter, and in words all that is too long for letters."""
    canvas.put_rows(heading.x, heading.y, block_letters(heading.word), phase_role(view))
    x = heading.end
    if view.side is not None:
        canvas.put_rows(x, heading.y, block_letters(str(view.side)[0]), Role.TEXT)
        x += letters_width("L") + 2
    for row, wordings in enumerate(words_beside(view), heading.y):
        put_first_that_fits(canvas, x, row, canvas.width - x - 1, Role.STRONG, *wordings)


def _draw_words(canvas: Canvas, view: PlayerView, x: int, y: int, width: int, rows: int) -> None:
    """The exercise's name and what to do, large enough in number of words to be found."""
    canvas.put(x, y, shorten(view.exercise, width), Role.STRONG)
    put_first_that_fits(canvas, x, y + 1, width, Role.MUTED, view.side_label)
    put_lines(canvas, x, y + 4, whole_sentences(view.cue, width, rows - 4), Role.TEXT)


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
