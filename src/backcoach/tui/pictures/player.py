"""The player as a picture, from 40×12 up. Pure: a view and a size in, a canvas out.

As the window shrinks, things go in this order: the cue, the bar, the reps. Never the phase, the
side, the digits and STOP.
"""

from typing import Final

from backcoach.durations import format_clock
from backcoach.figure.letters import (
    LETTER_ROWS,
    big_digits,
    block_letters,
    digits_width,
    letters_width,
)
from backcoach.player.state import Status
from backcoach.player.view import PlayerView
from backcoach.timeline.model import PhaseKind
from backcoach.tui.canvas import Canvas, Role, shorten

PHASE_ROLES: Final = {
    PhaseKind.PREPARE: Role.PREPARE,
    PhaseKind.MOVE_IN: Role.PREPARE,
    PhaseKind.MOVE_OUT: Role.PREPARE,
    PhaseKind.HOLD: Role.HOLD,
    PhaseKind.TIMED: Role.HOLD,
    PhaseKind.SELF_PACED: Role.PAUSED,
    PhaseKind.REP_REST: Role.REST,
    PhaseKind.SET_REST: Role.REST,
    PhaseKind.REST: Role.REST,
    PhaseKind.SWITCH: Role.SWITCH,
}
_STOP_ROWS: Final = 3
_KEYS: Final = (
    (("space", "pause"), ("→", "next"), ("e", "easier")),
    (("enter", "now"), ("←", "again"), ("+ −", "5 s")),
    (("other", "pause"), ("a", "ache"), ("?", "help")),
)
_SHORT_WORDS: Final = {
    "get ready": "ready",
    "switch": "side",
    "paused": "pause",
    "stopped": "stop",
    "lower": "low",
}
HELP: Final = (
    ("x", "it hurts: stop (also Delete, Backspace, .)"),
    ("space", "pause, and go on"),
    ("→ n", "next step"),
    ("←", "this step again; twice: the one before; undoes →, e"),
    ("+ −", "five seconds longer, shorter"),
    ("a", "it aches: half the hold from here on"),
    ("e", "easier: smaller first, then another exercise"),
    ("enter", "done, or start now"),
    ("m", "sound off, on"),
    ("q", "end here"),
)


def phase_role(view: PlayerView) -> Role:
    """The colour of the moment."""
    return PHASE_ROLES[view.kind] if view.status is Status.RUNNING else Role.PAUSED


def draw_player(view: PlayerView, width: int, height: int, sound: str) -> Canvas:
    """The player at this size.

    Args:
        sound: what the top line says of the sound, `"♪ bell"`.
    """
    canvas = Canvas(width, height)
    if width < 78 or height < 22:
        _draw_small(canvas, view)
    else:
        _draw_large(canvas, view, sound)
    if view.status in (Status.MENU, Status.ASKING, Status.HELP):
        _draw_panel(canvas, view)
    return canvas


def _draw_large(canvas: Canvas, view: PlayerView, sound: str) -> None:
    width, height = canvas.width, canvas.height
    roomy = height >= 30
    _draw_top_line(canvas, view, sound)
    y = 2 if roomy else 1
    _draw_phase_and_side(canvas, view, 2 if roomy else 1, y, width - 2)
    top = y + LETTER_ROWS + 1
    stop_at = height - _STOP_ROWS
    _draw_stop_bar(canvas, stop_at, 46 if width >= 100 else 38)
    _draw_keys(canvas, stop_at, (46 if width >= 100 else 38) + 2)
    canvas.put(1, stop_at - 1, "then", Role.MUTED)
    canvas.put(7, stop_at - 1, shorten(view.following, width // 2), Role.TEXT)
    _draw_bar(canvas, view, stop_at - 2)

    bottom = stop_at - 3
    reps_rows = 3 if roomy else 2
    fuse_at = bottom - reps_rows - 1
    rows = min(13, max(8, fuse_at - top - 1))
    right = min(44, width // 2 - 2)
    left_width = width - right - 6
    x = width - right - 2
    _draw_digits(canvas, view, x, top + max(0, (fuse_at - top - rows) // 2), right, rows)
    _draw_fuse(canvas, view, x, fuse_at, right)
    _draw_reps(canvas, view, x, bottom - reps_rows + 2, right)
    words_at = top + max(1, (fuse_at - top - rows) // 2)
    _draw_words(canvas, view, 2, words_at, left_width, fuse_at - words_at)
    canvas.put_wrapped(2, fuse_at, left_width, view.notice, Role.PREPARE, 3)


def _draw_small(canvas: Canvas, view: PlayerView) -> None:
    width, height = canvas.width, canvas.height
    _draw_phase_and_side(canvas, view, 1, 0, width - 1)
    rows = max(4, min(8, height - LETTER_ROWS - 1))
    widest = _widest(view)
    while rows > 4 and digits_width(widest, rows) > width - 16:
        rows -= 1
    taken = digits_width(widest, rows)
    column = (width - taken) // 2
    _draw_digits(canvas, view, column, LETTER_ROWS, taken, rows)
    margin, gap = (1, " ") if column > 9 else (0, "")
    lines = {
        4: (view.exercise, Role.STRONG),
        5: ("smaller" if view.amber else "", Role.PREPARE),
        6: (f"rep {view.rep}{gap}/{gap}{view.reps}", Role.TEXT),
        7: (f"set {view.set}{gap}/{gap}{view.sets}", Role.TEXT),
        9: (view.word, Role.MUTED),
    }
    for row, (words, role) in lines.items():
        canvas.put(margin, row, shorten(words, column - margin - 1), role)
    right = column + taken + 1
    space = width - right - 1
    canvas.put(right, 4, f"{view.left} left" if space > 9 else view.left, Role.TEXT)
    _draw_fuse(canvas, view, right, 6, space, rows=1)
    canvas.put(right, 7, shorten(view.following, space), Role.MUTED)
    canvas.put_wrapped(right, 8, space, view.side_label, Role.TEXT, height - 9)
    canvas.fill(0, height - 1, width, 1, Role.PANEL)
    canvas.put(0, height - 1, " x  STOP ".center(width // 2 + 2), Role.STOP)
    canvas.put_right(height - 1, "space pause  ?", Role.PANEL)


def _draw_top_line(canvas: Canvas, view: PlayerView, sound: str) -> None:
    """Everything once more in plain text: where, what, in which state, and how long still."""
    canvas.fill(0, 0, canvas.width, 1, Role.PANEL)
    left = f"{'mute' if view.muted else sound}   {view.left} left"
    start = canvas.put_right(0, left, Role.PANEL_MUTED)
    place = f"{view.step} of {view.steps} · {view.exercise} · {view.word}"
    x = canvas.put(1, 0, shorten(view.routine, max(8, start - len(place) - 6)), Role.PANEL)
    canvas.put(x + 2, 0, shorten(place, start - x - 3), Role.PANEL_MUTED)


def _draw_phase_and_side(canvas: Canvas, view: PlayerView, x: int, y: int, width: int) -> None:
    """The state's word and the side, as large as there is room for both."""
    role = phase_role(view)
    room = width - (8 if view.side and view.status is Status.RUNNING else 0)
    word = view.word if letters_width(view.word) <= room else _SHORT_WORDS.get(view.word, "")
    canvas.put_rows(x, y, block_letters(word), role)
    x += letters_width(word) + 3
    if view.side is None:
        return
    first, _, second = (part.strip() for part in view.side_label.partition(","))
    for words in (first, str(view.side)):
        if words and x + 4 + letters_width(words) <= width:
            canvas.put_rows(x + 4, y, block_letters(words), Role.TEXT)
            return
    if x + 6 <= width:
        canvas.put_rows(x, y, block_letters(str(view.side)[0]), Role.TEXT)
        for row, words in enumerate((first, second)):
            canvas.put(x + 9, y + row, shorten(words, max(0, width - x - 9)), Role.STRONG)


def _widest(view: PlayerView) -> str:
    """The widest digits that the phase shows: they have one size from its start to its end."""
    if view.duration_ms is None or view.duration_ms < 10_000:
        return view.big
    return format_clock(view.duration_ms) if ":" in view.big else "00"


def _draw_digits(canvas: Canvas, view: PlayerView, x: int, y: int, width: int, rows: int) -> None:
    """The digits, in the middle of their column."""
    while rows > 4 and digits_width(_widest(view), rows) > width:
        rows -= 1
    left = x + max(0, (width - digits_width(view.big, rows)) // 2)
    canvas.put_rows(left, y, big_digits(view.big, rows), Role.TEXT)


def _draw_fuse(canvas: Canvas, view: PlayerView, x: int, y: int, width: int, rows: int = 2) -> None:
    """What is left of the phase, burning down from the left."""
    if view.duration_ms is None:
        return
    burnt = round(view.fraction * width)
    canvas.fill(x, y, burnt, rows, Role.AHEAD, "░")
    canvas.fill(x + burnt, y, width - burnt, rows, phase_role(view), "█")


def _draw_reps(canvas: Canvas, view: PlayerView, x: int, y: int, width: int) -> None:
    """The reps of the set as blocks, then in words."""
    gap = 2
    block = min(6, (width + gap) // max(1, view.reps) - gap)
    if block >= 1 and view.reps > 1:
        for rep in range(1, view.reps + 1):
            if rep <= view.reps_done:
                role, char = Role.HOLD, "█"
            elif rep == view.rep:
                role, char = phase_role(view), "▓"
            else:
                role, char = Role.AHEAD, "░"
            canvas.put(x + (rep - 1) * (block + gap), y - 1, char * block, role)
    x = canvas.put(x, y, f"rep {view.rep} of {view.reps}", Role.TEXT)
    canvas.put(x + 4, y, f"set {view.set} of {view.sets}", Role.TEXT)
    if view.round is not None:
        canvas.put(x + 18, y, f"round {view.round}", Role.TEXT)


def _draw_words(canvas: Canvas, view: PlayerView, x: int, y: int, width: int, rows: int) -> None:
    """The exercise's name and what to do, large enough in number of words to be found."""
    canvas.put(x, y, shorten(view.exercise, width), Role.STRONG)
    if view.side_label:
        canvas.put(x, y + 1, shorten(view.side_label, width), Role.MUTED)
    if view.amber:
        canvas.put(x, y + 2, "smaller, half the hold", Role.PREPARE)
    canvas.put_wrapped(x, y + 4, width, view.cue, Role.TEXT, rows - 4)


def _draw_bar(canvas: Canvas, view: PlayerView, y: int) -> None:
    """The routine as a line cut into its steps, in proportion to their lengths."""
    total = sum(length for length, _ in view.bar)
    if not total:
        return
    before = 0
    for number, (length, over) in enumerate(view.bar):
        start = before * canvas.width // total
        before += length
        end = before * canvas.width // total
        last = number == len(view.bar) - 1
        cells = end - start - (0 if last or end - start < 2 else 1)
        done = over * cells // length if length else cells
        canvas.put(start, y, "━" * done, Role.HOLD)
        canvas.put(start + done, y, "─" * (cells - done), Role.AHEAD)


def _draw_stop_bar(canvas: Canvas, y: int, width: int) -> None:
    """The key that is always there, as large as a thumb."""
    canvas.fill(0, y, width, _STOP_ROWS, Role.STOP)
    canvas.put(3, y + 1, "x", Role.STOP)
    canvas.put_rows(
        max(7, (width - letters_width("STOP")) // 2), y, block_letters("STOP"), Role.STOP
    )


def _draw_keys(canvas: Canvas, y: int, x: int) -> None:
    canvas.fill(x - 2, y, canvas.width - x + 2, _STOP_ROWS, Role.PANEL)
    column = (canvas.width - x) // 3
    for row, keys in enumerate(_KEYS):
        for number, (key, does) in enumerate(keys):
            at = canvas.put(
                x + number * column, y + row, f"{key:5}" if number == 0 else key, Role.KEY
            )
            canvas.put(at + 1, y + row, does, Role.PANEL_MUTED)


def _draw_panel(canvas: Canvas, view: PlayerView) -> None:
    """The stop menu, the question before the end, or the keys, over the frozen picture."""
    if view.status is Status.HELP:
        title = "THE KEYS"
        lines: tuple[tuple[str, str], ...] = HELP
        foot = "space goes on · ? closes this"
    elif view.status is Status.ASKING:
        title = "END HERE?"
        lines = (("q", "yes, end and save"), ("space", "no, go on"), ("x", "it hurts"))
        foot = "Everything done so far is saved."
    else:
        title = "PAUSED"
        lines = (("x", "it hurts (or enter)"), ("space", "go on"), ("q", "end here"))
        foot = "The clock stands still."
    small = canvas.height < 22
    rows = min(len(lines), canvas.height - 4)
    width = min(canvas.width - 2, 66 if view.status is Status.HELP else 44)
    height = rows + (3 if small else 5)
    x = (canvas.width - width) // 2
    y = max(0, (canvas.height - height) // 2 - (0 if small else 2))
    canvas.fill(x, y, width, height, Role.PANEL)
    canvas.put(x + 2, y + (0 if small else 1), title, Role.PANEL)
    for number, (key, does) in enumerate(lines[:rows]):
        row = y + (1 if small else 3) + number
        role = Role.STOP if key == "x" else Role.KEY
        canvas.put(x + 2, row, f" {key} ", role)
        canvas.put(x + 12, row, shorten(does, width - 14), Role.PANEL_MUTED)
    canvas.put(x + 2, y + height - 1, shorten(foot, width - 4), Role.PANEL_MUTED)
