"""What is in its place in every player: the phase and the side, the bar of the routine, STOP."""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple

from rich.cells import cell_len

from backcoach.figure.letters import block_letters, letters_width
from backcoach.player.state import Status
from backcoach.player.view import PlayerView
from backcoach.tui.canvas import Canvas, Role
from backcoach.tui.pictures.countdown import counts_of, phase_role
from backcoach.tui.pictures.fitting import put_lines

STOP_ROWS: Final = 3
SMALLER: Final = "smaller"
"""What an exercise is marked with after an ache, in amber."""
_LEAST_LARGE: Final = (78, 22)
_TALL_FROM: Final = 28
_LARGE_STOP_FROM: Final = 14
_SHORTER_WORDS: Final = {
    "get ready": "ready",
    "ready": "prep",
    "switch": "side",
    "paused": "pause",
    "stopped": "stop",
    "lower": "low",
}
_GAP: Final = 3
"""Between what stands in block letters and what is beside it."""
_MOST_BESIDE: Final = 24
"""Words that are longer than this are shortened rather than the heading."""


class Layout(StrEnum):
    """How much of the player has room."""

    SMALL = "small"
    USUAL = "usual"
    TALL = "tall"


def layout_of(width: int, height: int) -> Layout:
    """The layout of a window."""
    if width < _LEAST_LARGE[0] or height < _LEAST_LARGE[1]:
        return Layout.SMALL
    return Layout.TALL if height >= _TALL_FROM else Layout.USUAL


def stop_rows(height: int) -> int:
    """How high STOP is in a window of so many rows."""
    return STOP_ROWS if height >= _LARGE_STOP_FROM else 1


class Heading(NamedTuple):
    """The state's word in block letters: where, and in the fullest wording that has room."""

    x: int
    y: int
    word: str

    @property
    def end(self) -> int:
        """The first column that is free beside it."""
        return self.x + letters_width(self.word) + _GAP


def heading_of(view: PlayerView, width: int, height: int) -> Heading:
    """The heading in a window of this size."""
    layout = layout_of(width, height)
    if layout is Layout.USUAL:
        words = max(cell_len(wordings[-1]) for wordings in words_beside(view))
        needed = min(words, _MOST_BESIDE) + (letters_width("L") + 2 if view.side else 0)
        return _heading(view, 1, 1, width - 1 - needed - _GAP)
    needed = letters_width("L") + 2 if view.side and view.status is Status.RUNNING else 0
    if layout is Layout.TALL:
        return _heading(view, 2, 2, width - 2 - needed)
    return _heading(view, 1, 0, width - 1 - needed)


def _heading(view: PlayerView, x: int, y: int, end: int) -> Heading:
    """The fullest wording that ends before a column; where none does, the shortest."""
    wordings = wordings_of(view.word)
    fits = (word for word in wordings if x + letters_width(word) <= end)
    return Heading(x, y, next(fits, wordings[-1]))


@cache
def wordings_of(word: str) -> tuple[str, ...]:
    """A state in one word, the fullest first."""
    shorter = _SHORTER_WORDS.get(word)
    return (word, *wordings_of(shorter)) if shorter else (word,)


def words_of_side(view: PlayerView, said: str = "") -> list[str]:
    """What the exercise calls the side, in one part or two, without what is said already."""
    parts = (part.strip() for part in view.side_label.split(",", 1))
    return [part for part in parts if part not in ("", said)]


def words_beside(view: PlayerView) -> list[tuple[str, ...]]:
    """What stands beside the heading, line by line: each in several wordings, the fullest first."""
    counts = counts_of(view)
    short = [count.replace(" of ", "/") for count in counts]
    ways = (" · ".join(counts), ", ".join(short), ", ".join(short[:2]))
    return [*((line,) for line in words_of_side(view) or [view.exercise]), ways]


def draw_phase_and_side(
    canvas: Canvas, view: PlayerView, heading: Heading, end: int
) -> tuple[int, str]:
    """The state's word and the side, as large as there is room for both.

    Returns:
        The first column that is free beside them, and what of the side is in letters.
    """
    canvas.put_rows(heading.x, heading.y, block_letters(heading.word), phase_role(view))
    x = heading.end
    if view.side is None:
        return x, ""
    wider = ((x + 4, words) for words in (*words_of_side(view)[:1], str(view.side)))
    for at, words in (*wider, (x, str(view.side)[0])):
        free = at + letters_width(words)
        if free <= end:
            canvas.put_rows(at, heading.y, block_letters(words), Role.TEXT)
            return free + _GAP, words
    return x, ""


def draw_words_of_side(canvas: Canvas, words: Sequence[str], x: int, y: int, end: int) -> bool:
    """What the exercise calls the side, beside its letters; whether there was room for it."""
    if x + max(map(cell_len, words), default=0) > end:
        return False
    put_lines(canvas, x, y, tuple(words), Role.STRONG)
    return True


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
    letters = letters_width("STOP")
    x = max(min(7, width - letters - 1), (width - letters) // 2)
    canvas.fill(0, y, width, STOP_ROWS, Role.STOP)
    canvas.put(max(1, min(3, x - 4)), y + 1, "x", Role.STOP)
    canvas.put_rows(x, y, block_letters("STOP"), Role.STOP)
