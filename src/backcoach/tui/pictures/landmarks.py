"""What is in its place in every player: the phase and the side, the bar of the routine, STOP."""

from typing import Final

from backcoach.figure.letters import block_letters, letters_width
from backcoach.player.state import Status
from backcoach.player.view import PlayerView
from backcoach.tui.canvas import Canvas, Role, shorten
from backcoach.tui.pictures.countdown import phase_role

STOP_ROWS: Final = 3
_SHORT_WORDS: Final = {
    "get ready": "ready",
    "ready": "prep",
    "switch": "side",
    "paused": "pause",
    "stopped": "stop",
    "lower": "low",
}


def draw_phase_and_side(canvas: Canvas, view: PlayerView, x: int, y: int, width: int) -> None:
    """The state's word and the side, as large as there is room for both."""
    role = phase_role(view)
    room = width - (8 if view.side and view.status is Status.RUNNING else 0)
    word = view.word
    while word and letters_width(word) > room:
        word = _SHORT_WORDS.get(word, "")
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


def draw_bar(canvas: Canvas, view: PlayerView, y: int) -> None:
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


def draw_stop_bar(canvas: Canvas, y: int, width: int) -> None:
    """The key that is always there, as large as a thumb."""
    canvas.fill(0, y, width, STOP_ROWS, Role.STOP)
    canvas.put(3, y + 1, "x", Role.STOP)
    canvas.put_rows(
        max(7, (width - letters_width("STOP")) // 2), y, block_letters("STOP"), Role.STOP
    )
