"""What is asked at the foot of a screen before something of a session is changed."""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from rich.cells import cell_len, get_character_cell_size

from backcoach.tui.canvas import Canvas, Role, clip, shorten
from backcoach.tui.line import TypedLine
from backcoach.tui.pictures.pieces import SCALE_WIDTH, TIGHT_WIDTH, put_keys, put_scale

ROWS: Final = 2
_HURTS: Final = ("x", "it hurts")


class Wish(Enum):
    """What is to be changed."""

    NOTE = auto()
    SCORE = auto()
    DELETE = auto()


@dataclass(frozen=True, slots=True)
class Asking:
    """A question, and what is answered so far.

    Attributes:
        about: the session, for whoever deletes it.
        line: the note, as it is typed.
        after: whether the score is the one after the session.
        scores: those that there are, before and after.
    """

    wish: Wish
    about: str
    line: TypedLine = field(default_factory=TypedLine)
    after: bool = True
    scores: tuple[int | None, int | None] = (None, None)


def draw_asking(canvas: Canvas, y: int, asking: Asking) -> None:
    """The question, in two rows."""
    canvas.fill(0, y, canvas.width, ROWS, Role.TEXT)
    match asking.wish:
        case Wish.NOTE:
            _draw_note(canvas, y, asking.line)
        case Wish.SCORE:
            _draw_score(canvas, y, asking)
        case Wish.DELETE:
            x = canvas.put(2, y, "DELETE?", Role.STRONG) + 2
            canvas.put(x, y, shorten(asking.about, canvas.width - x - 1), Role.TEXT)
            keys = [("y", "yes"), ("n", "no"), _HURTS]
            x = put_keys(canvas, 2, y + 1, keys)
            later = "It can be put back for thirty days."
            if canvas.width - x > len(later):
                canvas.put(x, y + 1, later, Role.MUTED)


def _draw_note(canvas: Canvas, y: int, line: TypedLine) -> None:
    """The text around the place where the next character goes, and the keys.

    `x` is a letter here: what stops is said, where every other screen has its `x`.
    """
    x = canvas.put(2, y, "NOTE", Role.STRONG) + 2
    room = canvas.width - x - 2
    before, after = line.text[: line.at], line.text[line.at :]
    while cell_len(before) > max(0, room - 1 - min(6, cell_len(after))):
        before = before[1:]
    canvas.fill(x - 1, y, room + 2, 1, Role.PANEL)
    at = canvas.put(x, y, before, Role.PANEL)
    # An accent by itself has no cell of its own.
    here = after[:1] if after and get_character_cell_size(after[0]) else " "
    at = canvas.put(at, y, here, Role.SELECTED)
    canvas.put(at, y, clip(after[1:], max(0, x + room - at)), Role.PANEL)
    x = canvas.put(2, y + 1, " ctrl+x ", Role.STOP)
    x = canvas.put(x + 1, y + 1, "or xx: it hurts", Role.MUTED) + 2
    small = canvas.width < 60
    keys = [("enter", "" if small else "keep it"), ("esc", "" if small else "as it was")]
    put_keys(canvas, x, y + 1, keys, gap=0 if small else 3)


def _draw_score(canvas: Canvas, y: int, asking: Asking) -> None:
    label = "PAIN AFTERWARDS" if asking.after else "PAIN BEFORE"
    chosen = asking.scores[asking.after]
    other = "before" if asking.after else "afterwards"
    width = canvas.width
    if width >= len(label) + SCALE_WIDTH + 6:
        x = canvas.put(2, y, label, Role.STRONG) + 2
        put_scale(canvas, x, y, SCALE_WIDTH, chosen=chosen, words=False)
        x = put_keys(canvas, 2, y + 1, [("tab", f"{other} instead"), ("esc", "as it was"), _HURTS])
        words = "0 is none, 10 the worst imaginable"
        if width - x > len(words):
            canvas.put(x, y + 1, words, Role.MUTED)
        return
    put_scale(canvas, (width - TIGHT_WIDTH) // 2, y, TIGHT_WIDTH, chosen=chosen, words=False)
    short = "AFTER" if asking.after else "BEFORE"
    x = canvas.put(2, y + 1, short, Role.STRONG) + 2
    put_keys(canvas, x, y + 1, [_HURTS, ("tab", "other"), ("esc", "")], gap=1)
