"""After a session: done against planned, what ached, and how much it hurts now."""

from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from rich.cells import cell_len

from backcoach.coach.words import CHANGES
from backcoach.figure.letters import LETTER_ROWS, letters_width
from backcoach.player.state import Outcome, State
from backcoach.tui.canvas import Canvas, Role, shorten, wrap
from backcoach.tui.pictures.pieces import (
    SCALE_WIDTH,
    put_bar,
    put_keys,
    put_letters,
    put_rule,
    put_scale,
)
from backcoach.tui.pictures.tally import WHOLE, SummaryLine, Tally, tally

NARROW: Final = 78
LOW: Final = 22
"""In less width or fewer rows it is a list of lines."""
_ROOMY: Final = 28
_WORDS: Final = {
    Outcome.COMPLETED: "done",
    Outcome.ENDED: "ended",
    Outcome.PAIN: "stopped",
    Outcome.INTERRUPTED: "broken off",
}
_ASKS: Final = "HOW MUCH NOW?"
_KEYS: Final = (
    ("x", "it hurts"),
    ("enter", "home"),
    ("q", "quit"),
    ("n", "note"),
    ("h", "history"),
)
_NAME_AT: Final = 8
"""Where names begin in the table, after the mark and the letter."""
_NOTE_LEAST: Final = 24
_BOTH: Final = 110
"""In less width a dose isn't written twice."""


@dataclass(frozen=True, slots=True)
class SummaryView:
    """What the summary shows.

    Attributes:
        when: from when to when it was.
        saved: "saved", or that it isn't yet and why.
        ached: the numbers of the steps that were marked.
        first: the first row of the table to show.
    """

    state: State
    pain_before: int
    pain_after: int | None = None
    when: str = ""
    saved: str = "saved"
    emergency: str = ""
    ached: frozenset[int] = frozenset()
    first: int = 0


@dataclass(frozen=True, slots=True)
class _TableRow:
    """A step, or what is left of its note; then there is no line."""

    line: SummaryLine | None
    note: str


def draw_summary(view: SummaryView, width: int, height: int) -> Canvas:
    """The summary at this size."""
    return _drawn(view, width, height)[0]


def most_first(view: SummaryView, width: int, height: int) -> int:
    """How far down the table can be scrolled at this size."""
    return _drawn(view, width, height)[1]


def _drawn(view: SummaryView, width: int, height: int) -> tuple[Canvas, int]:
    canvas = Canvas(width, height)
    small = width < NARROW or height < LOW
    parts = (view.when, view.saved) if width >= NARROW else (view.saved,)
    put_bar(canvas, view.state.timeline.name, "", " · ".join(part for part in parts if part))
    counted = tally(view.state)
    if small:
        y = _draw_small_head(canvas, view, counted)
        foot = height - (4 if height < LOW else 5)
        rows = _small_rows(counted, view, width)
    else:
        y = _draw_head(canvas, view, counted)
        foot = height - (9 if height >= _ROOMY else 6)
        columns = _columns(counted, width)
        y = _draw_titles(canvas, columns, y)
        rows = _rows(counted, view, width - columns[2] - 2)
    room = foot - y
    most = max(0, len(rows) - room)
    first = min(view.first, most)
    for at, row in enumerate(rows[first : first + room], y):
        if small:
            _draw_small_row(canvas, row, at, view)
        else:
            _draw_row(canvas, row, at, columns, view)
    more = f"{first + 1}–{first + room} of {len(rows)}  ↑↓" if most else ""
    if small:
        _draw_small_foot(canvas, view, foot, more, counted)
    else:
        # In a high window the question follows the table; the keys stay at the bottom.
        _draw_foot(canvas, view, min(foot, y + len(rows) + 2), more, counted)
    return canvas, most


# The head


def _word(view: SummaryView) -> tuple[str, Role]:
    outcome = view.state.outcome or Outcome.ENDED
    return _WORDS[outcome], Role.HOLD if outcome is Outcome.COMPLETED else Role.TEXT


def _pain(view: SummaryView) -> str:
    now = "" if view.pain_after is None else f", now {view.pain_after}"
    return f"pain before {view.pain_before}{now}"


def _draw_head(canvas: Canvas, view: SummaryView, counted: Tally) -> int:
    """How it ended, in block letters, and what it adds up to; the row after it."""
    word, role = _word(view)
    y = 2 if canvas.height > LOW + 1 else 1
    put_letters(canvas, 2, y, word, role)
    x = 2 + letters_width(word) + 5
    for row, line in enumerate(_head_lines(counted, _pain(view), canvas.width - x - 1), y):
        canvas.put(x, row, line, Role.STRONG if row == y else Role.TEXT)
    y += LETTER_ROWS + (1 if canvas.height >= _ROOMY else 0)
    put_rule(canvas, y)
    return y + 1


def _head_lines(counted: Tally, pain: str, width: int) -> tuple[str, ...]:
    """What a session adds up to, in three lines that fit; the holds give way first."""
    time, whole, *stops = counted.facts
    held_and_pain = " · ".join(part for part in (counted.held, pain) if part)
    ways = (
        (" · ".join(counted.facts), "", held_and_pain),
        (time, " · ".join((whole, *stops)), held_and_pain),
        (" · ".join((time, *stops)), whole, pain),
    )
    fitting = (way for way in ways if all(cell_len(line) <= width for line in way))
    return next(fitting, tuple(shorten(line, width) for line in ways[-1]))


def _draw_small_head(canvas: Canvas, view: SummaryView, counted: Tally) -> int:
    word, role = _word(view)
    width = canvas.width
    facts = [counted.facts[0], _pain(view)]
    y = 1
    if canvas.height >= LOW and letters_width(word) + 2 <= width:
        put_letters(canvas, 1, y + 1, word, role)
        y += LETTER_ROWS + 2
        canvas.put(1, y, shorten(" · ".join(facts), width - 2), Role.TEXT)
    else:
        x = canvas.put(1, y, word.upper(), role) + 2
        x = canvas.put(x, y, shorten(facts[0], width - x - 1), Role.STRONG)
        now = "" if view.pain_after is None else f" → {view.pain_after}"
        pain = f"pain {view.pain_before}{now}"
        if x + 1 + len(pain) < width:
            canvas.put_right(y, pain, Role.TEXT)
    canvas.put(1, y + 1, shorten(" · ".join(counted.facts[1:]), width - 2), Role.TEXT)
    return y + 2 + (canvas.height >= LOW)


# The table


def _columns(counted: Tally, width: int) -> tuple[int, int, int]:
    """Where what was done begins, what was planned, and the note: by what is in them."""
    lines = counted.lines
    name = max((cell_len(line.name) for line in lines), default=0)
    done = max([4, *(cell_len(_done(line, width)) for line in lines)])
    plan = max([4, *(cell_len(line.planned) for line in lines)])
    gap = 4 if width >= 120 else 2
    spare = width - _NAME_AT - name - done - plan - 3 * gap - 1
    name = max(12, name + min(0, spare - _NOTE_LEAST))
    done_at = _NAME_AT + name + gap
    plan_at = done_at + done + gap
    return done_at, plan_at, plan_at + plan + gap


def _done(line: SummaryLine, width: int) -> str:
    """What was done; where there is little room, what is as planned is said in a word."""
    return "all" if width < _BOTH and line.done and line.done == line.planned else line.done


def _draw_titles(canvas: Canvas, columns: tuple[int, int, int], y: int) -> int:
    titles = ("exercise", "done", "plan", "note")
    for x, title in zip((_NAME_AT, *columns), titles, strict=True):
        canvas.put(x, y, title, Role.MUTED)
    return y + 1


def _note(line: SummaryLine, view: SummaryView) -> str:
    parts = ("it ached" if line.step in view.ached else "", line.note)
    return ", ".join(part for part in parts if part)


def _rows(counted: Tally, view: SummaryView, width: int) -> list[_TableRow]:
    """The table's rows: a note that is longer goes on in the next."""
    rows: list[_TableRow] = []
    for line in counted.lines:
        notes = wrap(_note(line, view), max(8, width)) or [""]
        for first, note in zip_longest((line,), notes):
            rows.append(_TableRow(first, note))
    return rows


def _small_rows(counted: Tally, view: SummaryView, width: int) -> list[_TableRow]:
    """In a narrow window notes have rows of their own."""
    rows: list[_TableRow] = []
    for line in counted.lines:
        rows.append(_TableRow(line, ""))
        rows += (_TableRow(None, note) for note in wrap(_note(line, view), width - 8))
    return rows


def _draw_row(
    canvas: Canvas, row: _TableRow, y: int, columns: tuple[int, int, int], view: SummaryView
) -> None:
    done_at, plan_at, note_at = columns
    line = row.line
    if line is not None:
        canvas.put(2, y, line.mark, Role.HOLD if line.mark == WHOLE else Role.MUTED)
        _draw_letter(canvas, line, 4, y, view)
        canvas.put(_NAME_AT, y, shorten(line.name, done_at - _NAME_AT - 1), Role.TEXT)
        canvas.put(done_at, y, _done(line, canvas.width), Role.TEXT)
        canvas.put(plan_at, y, line.planned, Role.MUTED)
    canvas.put(note_at, y, shorten(row.note, canvas.width - note_at - 1), Role.PREPARE)


def _draw_letter(canvas: Canvas, line: SummaryLine, x: int, y: int, view: SummaryView) -> None:
    if line.letter:
        role = Role.SELECTED if line.step in view.ached else Role.KEY
        canvas.put(x, y, f" {line.letter} ", role)


def _draw_small_row(canvas: Canvas, row: _TableRow, y: int, view: SummaryView) -> None:
    line = row.line
    if line is None:
        canvas.put(7, y, row.note, Role.PREPARE)
        return
    canvas.put(1, y, line.mark, Role.HOLD if line.mark == WHOLE else Role.MUTED)
    _draw_letter(canvas, line, 3, y, view)
    done, room = line.done, canvas.width - 9 - cell_len(line.name)
    if cell_len(done) > room:
        done = shorten(_done(line, canvas.width), max(12, room))
    canvas.put(7, y, shorten(line.name, canvas.width - 9 - cell_len(done)), Role.TEXT)
    canvas.put_right(y, done, Role.MUTED)


# The foot


def _ache_letters(counted: Tally) -> str:
    """Which letters mark that something ached; empty where nothing was done."""
    letters = [line.letter for line in counted.lines if line.letter]
    if not letters:
        return ""
    return letters[0] if len(letters) == 1 else f"{letters[0]}–{letters[-1]}"


def _draw_foot(canvas: Canvas, view: SummaryView, y: int, more: str, counted: Tally) -> None:
    width = canvas.width
    put_rule(canvas, y)
    if more:
        canvas.put_right(y, f" {more} ", Role.MUTED, margin=2)
    y += 1
    x = canvas.put(3, y, _ASKS, Role.STRONG) + 3
    roomy = canvas.height >= _ROOMY
    put_scale(canvas, x, y, width - x - 1, chosen=view.pain_after, words=roomy)
    if view.pain_after is None and width - x - SCALE_WIDTH > 32:
        put_keys(canvas, x + SCALE_WIDTH + 4, y, [("enter", "leaves it out")])
    if roomy:
        y += 3
    else:
        canvas.put(x, y + 1, "0 none, t 10 worst imaginable; leave it out if you like", Role.MUTED)
        y += 1
    if _ache_letters(counted):
        at = canvas.put(3, y + 1, "Did one of them ache?", Role.STRONG) + 3
        canvas.put(at, y + 1, "its letter marks it; again takes it back", Role.TEXT)
    y = canvas.height - 2
    if roomy:
        put_rule(canvas, y - 1)
    gap = 3 if width >= 100 else 2
    put_keys(canvas, 3, y, _KEYS, gap=gap, end=width - cell_len(view.emergency) - 4)
    canvas.put_right(y, view.emergency, Role.STRONG, margin=3)
    canvas.put(3, y + 1, shorten(CHANGES, width - 4), Role.STRONG)


def _draw_small_foot(canvas: Canvas, view: SummaryView, y: int, more: str, counted: Tally) -> None:
    width = canvas.width
    if letters := _ache_letters(counted):
        canvas.put(1, y, f"Ached? press {letters}", Role.MUTED)
    canvas.put_right(y, more, Role.MUTED)
    y = canvas.height - 4
    now = "" if view.pain_after is None else f" {view.pain_after} "
    x = canvas.put(1, y + 1, _ASKS, Role.STRONG) + 2
    canvas.put(x, y + 1, "0–9, t = 10", Role.TEXT)
    canvas.put_right(y + 1, now, Role.SELECTED)
    put_keys(canvas, 1, y + 2, _KEYS, gap=2)
    canvas.put(1, y + 3, shorten(view.emergency, width - 2), Role.STRONG)
