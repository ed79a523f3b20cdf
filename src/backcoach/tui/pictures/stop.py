"""The stop as a picture: a red band, what to do, then one question at a time."""

from typing import Final

from backcoach.coach.words import (
    CANT_GET_UP,
    REST_POSITION,
    REST_POSITION_SHORT,
    emergency_card,
)
from backcoach.figure.letters import LETTER_ROWS, block_letters, letters_width
from backcoach.player.keys import answer_keys
from backcoach.player.questions import SHORT_WORDS, WORDS, choices
from backcoach.player.state import Question
from backcoach.player.view import StopView
from backcoach.tui.canvas import Canvas, Role, shorten

_TITLES: Final = {
    Question.WHAT: "WHAT WAS IT?",
    Question.WHERE: "WHERE?",
    Question.HOW_MUCH: "HOW MUCH NOW?",
    Question.CHOICE: "A DULL EFFORT: YOUR CHOICE",
    Question.REST: "THAT IS ENOUGH FOR TODAY",
    Question.EMERGENCY: "PLEASE GET HELP",
    Question.BREATHE: "BREATHE WITH ME",
}


def draw_stop(stop: StopView, width: int, height: int, written: str, emergency: str) -> Canvas:
    """The stop at this size.

    Args:
        written: that it was written down, and when, or that it isn't yet; empty before either
            is known, and then nothing is asked.
        emergency: the number to call.
    """
    canvas = Canvas(width, height)
    small = width < 78 or height < 22
    y = _draw_band(canvas, stop, written, small)
    y = _draw_calm(canvas, stop, y, small)
    if written:
        _draw_question(canvas, stop, y, emergency, small)
    _draw_foot(canvas, stop, emergency, small)
    return canvas


def _draw_band(canvas: Canvas, stop: StopView, written: str, small: bool) -> int:
    """The red band with where the stop belongs; the row after it."""
    if small:
        # With the first question there is room to say where; later ones need the row.
        rows = LETTER_ROWS + (stop.question is Question.WHAT)
        canvas.fill(0, 0, canvas.width, rows, Role.STOP)
        canvas.put_rows(1, 0, block_letters("STOP"), Role.STOP)
        where = f"{stop.exercise} · {stop.place}"
        if stop.question is Question.WHAT:
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


def _draw_calm(canvas: Canvas, stop: StopView, y: int, small: bool) -> int:
    """What to do with the body, and a breath to follow; the row after it."""
    exit_words = " ".join(stop.exit)
    if small:
        words = _breath(stop) if stop.breathing else exit_words
        canvas.put(1, y, shorten(words, canvas.width - 2), Role.STRONG)
        return y + 1
    word = "breathe in" if stop.breathing and stop.breathe_in else "breathe out"
    canvas.put_rows(3, y + 1, block_letters(word), Role.TEXT)
    canvas.put(3, y + 5, exit_words, Role.STRONG)
    canvas.put(3, y + 6, "Take your time. The clock has stopped.", Role.MUTED)
    _rule(canvas, y + 7)
    return y + 8


def _breath(stop: StopView) -> str:
    return "breathe in …" if stop.breathe_in else "… and breathe out"


def _rule(canvas: Canvas, y: int) -> None:
    canvas.put(0, y, "─" * canvas.width, Role.AHEAD)


def _draw_question(canvas: Canvas, stop: StopView, y: int, emergency: str, small: bool) -> None:
    x = 1 if small else 3
    canvas.put(x, y, _TITLES[stop.question], Role.STRONG)
    keys = answer_keys(stop.question)
    if keys and not small:
        number = (Question.WHAT, Question.WHERE, Question.HOW_MUCH).index(stop.question) + 1
        canvas.put_right(y, f"{number} of 3 · enter leaves it out", Role.MUTED, margin=3)
    y += 1 if small else 2
    if stop.question is Question.HOW_MUCH:
        _draw_scale(canvas, x, y, small)
    elif keys:
        _draw_answers(canvas, stop.question, x, y, small)
    else:
        _draw_words(canvas, stop, x, y, emergency, small)


def _draw_answers(canvas: Canvas, question: Question, x: int, y: int, small: bool) -> None:
    answers = list(zip(answer_keys(question), choices(question), strict=True))
    columns = 2 if small or len(answers) <= 6 else 3
    per_column = -(-len(answers) // columns)
    column_width = (canvas.width - x) // columns
    spread = 2 if not small and len(answers) <= 6 and canvas.height >= 28 else 1
    for number, (key, value) in enumerate(answers):
        column, row = divmod(number, per_column)
        at = x + column * column_width
        canvas.put(at, y + row * spread, f" {key} ", Role.KEY)
        words = (SHORT_WORDS if small else WORDS)[str(value)]
        canvas.put(at + 4, y + row * spread, shorten(words, column_width - 5), Role.TEXT)


def _draw_scale(canvas: Canvas, x: int, y: int, small: bool) -> None:
    """0 to 10, with both ends in words."""
    for number, key in enumerate(answer_keys(Question.HOW_MUCH)):
        at = x + number * (3 if small else 5)
        canvas.put(at, y, f" {key}" if small else f" {key} ", Role.KEY)
    canvas.put(x, y + 1, "0 no pain    t = 10 worst imaginable", Role.MUTED)


def _draw_words(
    canvas: Canvas, stop: StopView, x: int, y: int, emergency: str, small: bool
) -> None:
    width = canvas.width - 2 * x
    match stop.question:
        case Question.CHOICE:
            for key, words in (
                ("e", "go on, with this one made smaller"),
                ("g", "go on with the next one; this one is left out"),
                ("q", "end here and save"),
            ):
                canvas.put(x, y, f" {key} ", Role.KEY)
                canvas.put(x + 5, y, shorten(words, width - 5), Role.TEXT)
                y += 1
        case Question.EMERGENCY:
            last = canvas.height - (1 if small else 5)
            for line in emergency_card(emergency):
                y = canvas.put_wrapped(x, y, width, line, Role.STRONG, last - y)
        case Question.REST:
            y = canvas.put_wrapped(
                x, y, width, REST_POSITION_SHORT if small else REST_POSITION, Role.TEXT, 4
            )
            canvas.put_wrapped(
                x, y, width, "Nothing goes on by itself. q ends and saves.", Role.MUTED, 1
            )
        case _:
            canvas.put_wrapped(
                x, y, width, REST_POSITION_SHORT if small else REST_POSITION, Role.TEXT, 4
            )


def _draw_foot(canvas: Canvas, stop: StopView, emergency: str, small: bool) -> None:
    y = canvas.height - (1 if small else 4)
    keys = []
    if stop.question not in (Question.EMERGENCY, Question.BREATHE):
        keys.append(("space", "breathe" if small else "no questions, breathe"))
    if stop.question is Question.EMERGENCY:
        keys.append(("←", "not that" if small else "not that: ask again"))
    if stop.mistakable:
        keys.append(("z", "mistake" if small else "pressed by mistake"))
    keys.append(("q", "end" if small else "end and save"))
    x = 1 if small else 3
    for key, does in keys:
        x = canvas.put(x, y, f" {key} ", Role.KEY)
        x = canvas.put(x + 1, y, does, Role.MUTED) + (1 if small else 3)
    if small:
        if stop.question not in (Question.WHERE, Question.EMERGENCY):
            canvas.put(1, y - 1, shorten(emergency, canvas.width - 2), Role.STRONG)
        return
    _rule(canvas, y - 1)
    if answer_keys(stop.question):
        silent = "Nothing pressed? Slow breathing begins by itself (in 4, out 6) and goes on."
        canvas.put(3, y + 1, shorten(silent, canvas.width - 4), Role.MUTED)
    canvas.put(3, y + 2, shorten(CANT_GET_UP, canvas.width - 4), Role.TEXT)
    canvas.put(3, y + 3, shorten(emergency, canvas.width - 4), Role.STRONG)
