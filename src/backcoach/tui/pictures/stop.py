"""The stop as a picture: a red band, what to do, then one question at a time."""

from typing import Final

from backcoach.coach.words import (
    CANT_GET_UP,
    REST_POSITION,
    REST_POSITION_SHORT,
    SHORT_CHECK,
    emergency_card,
    same_day_card,
)
from backcoach.durations import format_clock
from backcoach.figure.letters import LETTER_ROWS, block_letters, letters_width
from backcoach.player.deciding import Card
from backcoach.player.keys import answer_keys, position_key
from backcoach.player.questions import AGAIN_FROM, RESTING, SHORT_WORDS, WORDS, choices
from backcoach.player.state import Question
from backcoach.player.view import StopView
from backcoach.player.words import relief_name
from backcoach.tui.canvas import Canvas, Role, shorten, wrap
from backcoach.tui.pictures.figures import LEAST_ROWS, LEAST_WIDTH, DrawFigure
from backcoach.tui.pictures.fitting import put_first_that_fits
from backcoach.tui.pictures.pieces import put_keys, put_rule

MOST_FIGURE_WIDTH: Final = 40
CROWDED_BELOW: Final = 14
"""In fewer rows the longest questions leave no row for the number to call: `!` shows it."""

_TITLES: Final = {
    Question.WHAT: "WHAT WAS IT?",
    Question.WHERE: "WHERE?",
    Question.HOW_MUCH: "HOW MUCH NOW?",
    Question.RED_FLAGS: "ANY OF THESE?",
    Question.RELIEF: "REST",
    Question.AGAIN: "HOW MUCH AFTER RESTING?",
    Question.LEG_GONE: "GONE FROM THE LEG?",
    Question.CHOICE: "A DULL EFFORT: YOUR CHOICE",
    Question.GO_ON: "ONLY IF YOU WANT TO",
    Question.REST: "THAT IS ENOUGH FOR TODAY",
    Question.EMERGENCY: "PLEASE GET HELP",
    Question.BREATHE: "BREATHE WITH ME",
}
_LONGEST_WORD: Final = "breathe out"
_NO_HURRY: Final = ("Take your time. The clock has stopped.", "Take your time.")
_LEFT: Final = 3
_MOST_CALM_ROWS: Final = 2
_PERIODS: Final = "2–5 min"


def draw_stop(
    stop: StopView,
    width: int,
    height: int,
    written: str,
    emergency: str,
    figure: DrawFigure | None = None,
) -> Canvas:
    """The stop at this size.

    Args:
        written: that it was written down, and when, or that it isn't yet; empty before either
            is known, and then nothing is asked.
        emergency: the number to call.
        figure: draws the position to come down to, or to rest in, where there is room.
    """
    canvas = Canvas(width, height)
    small = width < 78 or height < 24
    y = _draw_band(canvas, stop, written, small)
    card = stop.card is not Card.NONE
    if small:
        # The longest texts need the row, and the breath can wait for them.
        if not card and stop.question is not Question.RED_FLAGS:
            canvas.put(1, y, shorten(_calm_words(stop), width - 2), Role.STRONG)
            y += 1
    else:
        y = _draw_calm(canvas, stop, y, figure)
    foot = _foot_row(canvas, stop, small)
    # Where it is drawn tells what is left, also before it may be asked.
    sheet = canvas if written else Canvas(width, height)
    _Body(sheet, stop, y, foot, small).draw(emergency)
    if small and figure is not None:
        _draw_below(canvas, figure, _end_of(sheet, y), foot)
    _draw_foot(canvas, stop, foot, emergency, small)
    return canvas


# The band and what to do with the body


def _draw_band(canvas: Canvas, stop: StopView, written: str, small: bool) -> int:
    """The red band with where the stop belongs; the row after it."""
    if small:
        # With the first question there is room to say where; later ones need the row.
        rows = LETTER_ROWS + (stop.question is Question.WHAT and stop.card is Card.NONE)
        canvas.fill(0, 0, canvas.width, rows, Role.STOP)
        canvas.put_rows(1, 0, block_letters("STOP"), Role.STOP)
        where = f"{stop.exercise} · {stop.place}"
        if rows > LETTER_ROWS:
            canvas.put(1, LETTER_ROWS, shorten(where, canvas.width - 2), Role.STOP)
        x = letters_width("STOP") + 3
        canvas.put_wrapped(x, 0, canvas.width - x, written, Role.STOP, LETTER_ROWS)
        return rows
    canvas.fill(0, 0, canvas.width, LETTER_ROWS + 2, Role.STOP)
    canvas.put_rows(2, 1, block_letters("STOP"), Role.STOP)
    x = 2 + letters_width("STOP") + 3
    space = canvas.width - x - 1
    lines = (stop.exercise, stop.place, written, f"← or was it {stop.other}?" if stop.other else "")
    for row, line in enumerate(lines, 1):
        canvas.put(x, row, shorten(line, space), Role.STOP)
    return LETTER_ROWS + 2


def _calm_words(stop: StopView) -> str:
    if stop.breathing:
        return "breathe in …" if stop.breathe_in else "… and breathe out"
    return "Take your time." if stop.position else " ".join(stop.exit)


def _draw_calm(canvas: Canvas, stop: StopView, y: int, figure: DrawFigure | None) -> int:
    """What to do with the body, and a breath to follow; the row after it."""
    more = max(0, min(5, (canvas.height - 30) // 2))
    rows = LEAST_ROWS + more
    half = "in" if stop.breathing and stop.breathe_in else "out"
    room = canvas.width - _LEFT - letters_width(_LONGEST_WORD) - _LEFT - 1
    beside = figure is not None and room >= LEAST_WIDTH
    if figure is None or beside:
        canvas.put_rows(_LEFT, y + 1 + more // 2, block_letters(f"breathe {half}"), Role.TEXT)
    else:
        # The figure says more than the longer word: what changes stays in letters.
        room = MOST_FIGURE_WIDTH
        canvas.put(_LEFT, y, "breathe", Role.TEXT)
        canvas.put_rows(_LEFT, y + 1 + more // 2, block_letters(half), Role.TEXT)
    words_width = canvas.width - _LEFT - 1
    if figure is not None:
        room = min(MOST_FIGURE_WIDTH, room)
        figure(canvas, canvas.width - room - 1, y, room, rows)
        words_width -= room + 1
    words = stop.position.cues.setup if stop.position else stop.exit
    lines = wrap(" ".join(words), words_width)[:_MOST_CALM_ROWS]
    at = y + rows - 1
    for row, line in enumerate(lines, at - len(lines)):
        canvas.put(_LEFT, row, line, Role.STRONG)
    put_first_that_fits(canvas, _LEFT, at, words_width, Role.MUTED, *_NO_HURRY)
    put_rule(canvas, y + rows)
    return y + rows + 1


def _end_of(sheet: Canvas, y: int) -> int:
    """The row after the last one from `y` on that anything stands in."""
    written = [row for row, line in enumerate(sheet.text().split("\n")) if line and row >= y]
    return written[-1] + 1 if written else y


def _draw_below(canvas: Canvas, figure: DrawFigure, y: int, end: int) -> None:
    """The figure in the rows that nothing else takes, where they are enough for it."""
    width = min(canvas.width, MOST_FIGURE_WIDTH)
    rows = min(end - y - 1, width // 2)
    if width >= LEAST_WIDTH and rows >= LEAST_ROWS:
        figure(canvas, (canvas.width - width) // 2, end - rows, width, rows)


# What is asked


class _Body:
    """The question in the rows from `y` to `end`; nothing in it is ever cut."""

    def __init__(self, canvas: Canvas, stop: StopView, y: int, end: int, small: bool) -> None:
        self._canvas = canvas
        self._stop = stop
        self._y = y
        self._end = end
        self._small = small
        self._x = 1 if small else 3
        self._width = canvas.width - 2 * self._x

    def draw(self, emergency: str) -> None:
        """Whatever the stop asks or shows now."""
        stop = self._stop
        if stop.card is not Card.NONE:
            self._draw_card(emergency)
            return
        self._draw_title()
        match stop.question:
            case Question.HOW_MUCH | Question.AGAIN:
                self._draw_scale()
            case Question.RED_FLAGS:
                self._draw_signs()
            case Question.LEG_GONE:
                self._put_whole("Tingling, numbness or pain that was in the leg.", Role.TEXT)
            case Question.WHAT | Question.WHERE:
                self._draw_answers()
            case _:
                self._draw_rest()

    def _draw_title(self) -> None:
        stop, canvas = self._stop, self._canvas
        title = _TITLES[stop.question]
        x = canvas.put(self._x, self._y, title, Role.STRONG) + 2
        if stop.question in (Question.RED_FLAGS, Question.LEG_GONE):
            no = "none of them" if stop.question is Question.RED_FLAGS else "no"
            x = put_keys(
                canvas,
                x,
                self._y,
                (("y", "yes"), ("n", no)),
                gap=1,
                role=Role.TEXT,
                end=canvas.width,
            )
        if stop.count and not self._small:
            place = f"{stop.number} of {stop.count}"
            right = canvas.width - x - 3
            for words in (f"{place} · enter leaves it out", place):
                if len(words) <= right:
                    canvas.put_right(self._y, words, Role.MUTED, margin=3)
                    break
        if stop.positions:
            time = format_clock(stop.relief_ms // 1000 * 1000)
            period = f" of {_PERIODS}" if stop.question is Question.RELIEF else ""
            canvas.put_right(self._y, f"{time}{period}", Role.HOLD, margin=self._x)
        self._y += 1
        if self._end - self._y > 7:
            self._y += 1

    def _draw_answers(self) -> None:
        question = self._stop.question
        answers = list(zip(answer_keys(question), choices(question), strict=True))
        columns = 2 if self._small or len(answers) <= 6 else 3
        per_column = -(-len(answers) // columns)
        column_width = (self._canvas.width - self._x) // columns
        spread = 2 if self._end - self._y >= per_column * 2 else 1
        longest = max(len(WORDS[str(value)]) for _, value in answers)
        words = SHORT_WORDS if longest > column_width - 5 else WORDS
        for number, (key, value) in enumerate(answers):
            column, row = divmod(number, per_column)
            at, y = self._x + column * column_width, self._y + row * spread
            self._canvas.put(at, y, f" {key} ", Role.KEY)
            self._canvas.put(at + 4, y, words[str(value)], Role.TEXT)

    def _draw_scale(self) -> None:
        """0 to 10, with both ends in words."""
        for number, key in enumerate(answer_keys(self._stop.question)):
            at = self._x + number * (3 if self._small else 5)
            self._canvas.put(at, self._y, f" {key}" if self._small else f" {key} ", Role.KEY)
        ends = "0 no pain    t = 10 worst imaginable"
        self._canvas.put(self._x, self._y + 1, ends, Role.MUTED)

    def _draw_signs(self) -> None:
        """One question for all of them: in lines of their own where there is room."""
        lines = [f"· {sign}" for sign in SHORT_CHECK]
        if self._small or len(lines) > self._end - self._y:
            lines = [" · ".join(SHORT_CHECK)]
        for line in lines:
            self._put_whole(line, Role.TEXT)

    def _draw_card(self, emergency: str) -> None:
        stop = self._stop
        same_day = stop.card is Card.SAME_DAY
        lines = same_day_card(emergency) if same_day else emergency_card(emergency)
        if not self._small:
            title = "SEE SOMEBODY TODAY" if same_day else _TITLES[Question.EMERGENCY]
            self._canvas.put(self._x, self._y, f" {title} ", Role.STOP)
            self._y += 1
        for line in lines:
            self._put_whole(line, Role.STRONG)
        if stop.card_is_due:
            self._put_whole(stop.why, Role.TEXT)

    def _draw_rest(self) -> None:
        """Where one may rest, what may be done next, and why: the last never gives way."""
        stop = self._stop
        options = [option for option in stop.options if option.key]
        rows = [len(wrap(option.words, self._width - _cap(option.key))) for option in options]
        self._put_whole(stop.why, Role.TEXT, kept=sum(rows))
        for option in options:
            at = self._canvas.put(self._x, self._y, f" {option.key} ", Role.KEY) + 1
            inner = self._width - _cap(option.key)
            self._y = self._canvas.put_wrapped(at, self._y, inner, option.words, Role.TEXT)
        if stop.positions:
            self._draw_positions()
        elif stop.question not in (Question.CHOICE, Question.GO_ON):
            position = REST_POSITION_SHORT if self._small else REST_POSITION
            self._put_whole(position, Role.TEXT)

    def _draw_positions(self) -> None:
        stop, canvas = self._stop, self._canvas
        columns = 1 if self._small else 2
        rows = -(-len(stop.positions) // columns)
        setup = " ".join(stop.position.cues.setup) if stop.position else ""
        named = rows <= self._end - self._y
        if named:
            column_width = self._width // columns
            for number, position in enumerate(stop.positions):
                column, row = divmod(number, rows)
                at = self._x + column * column_width
                self._put_position(
                    at, self._y + row, number, column_width, name=relief_name(position)
                )
            return
        if stop.position and self._y + 1 < self._end:
            canvas.put(
                self._x, self._y, shorten(relief_name(stop.position), self._width), Role.STRONG
            )
            self._y += 1
        self._put_whole(setup, Role.TEXT, kept=1)
        if self._y < self._end:
            for number in range(len(stop.positions)):
                self._put_position(self._x + number * 4, self._y, number, 4, name="")

    def _put_position(self, x: int, y: int, number: int, width: int, *, name: str) -> None:
        shown = self._stop.positions[number] is self._stop.position
        role = Role.SELECTED if shown else Role.KEY
        at = self._canvas.put(x, y, f" {position_key(number)} ", role)
        self._canvas.put(at + 1, y, shorten(name, width - 5) if name else "", Role.TEXT)

    def _put_whole(self, words: str, role: Role, *, kept: int = 0) -> None:
        """Write a text, if all of it has room and so many rows are left after it."""
        if self._y + len(wrap(words, self._width)) + kept <= self._end:
            self._y = self._canvas.put_wrapped(self._x, self._y, self._width, words, role)


def _cap(key: str) -> int:
    """How wide a key cap is, with the blank after it."""
    return len(key) + 3


# The foot


def _foot_row(canvas: Canvas, stop: StopView, small: bool) -> int:
    """The first row of the foot."""
    if not small:
        return canvas.height - 5
    full = stop.card is not Card.NONE or stop.question is Question.WHERE
    crowded = full and canvas.height < CROWDED_BELOW
    return canvas.height - (1 if crowded else 2)


def _draw_foot(canvas: Canvas, stop: StopView, y: int, emergency: str, small: bool) -> None:
    keys = []
    card = stop.card is not Card.NONE
    if card and not stop.card_is_due:
        keys.append(("←", "back"))
    if card:
        keys.append(("space", "breathe"))
    else:
        short = small or stop.question in RESTING
        keys.append(("space", "breathe" if short else "no questions, breathe"))
    if stop.question in AGAIN_FROM and not card:
        keys.append(("←", "again" if small else "a wrong key: again"))
    if stop.mistakable and not card:
        keys.append(("z", "mistake" if small else "pressed by mistake"))
    keys.append(("q", "end" if small else "end and save"))
    help_ = [] if card else [("!", "card")]
    if small:
        alone = canvas.height - y == 1
        # All in one row have no room between them but that of the caps themselves.
        gap = 0 if alone else 1
        put_keys(
            canvas,
            1,
            canvas.height - 1,
            [*keys, *(help_ if alone else [])],
            gap=gap,
            end=canvas.width,
        )
        if not alone:
            canvas.put(1, y, shorten(emergency, canvas.width - 11), Role.STRONG)
            put_keys(canvas, canvas.width - 9, y, help_, end=canvas.width)
        return
    put_rule(canvas, y)
    put_keys(canvas, 3, y + 1, keys, end=canvas.width)
    if answer_keys(stop.question) and not card:
        silent = "Nothing pressed? Slow breathing begins by itself (in 4, out 6) and goes on."
    else:
        silent = "Nothing goes on by itself."
    canvas.put(3, y + 2, silent, Role.MUTED)
    canvas.put(3, y + 3, shorten(CANT_GET_UP, canvas.width - 4), Role.TEXT)
    canvas.put(3, y + 4, shorten(emergency, canvas.width - 15), Role.STRONG)
    put_keys(canvas, canvas.width - 11, y + 4, help_, end=canvas.width)
