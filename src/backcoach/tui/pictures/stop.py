"""The stop as a picture: a red band, what to do, then one question at a time."""

from typing import Final

from backcoach.coach.words import (
    CANT_GET_UP,
    EMERGENCY_CARD,
    REST_POSITION,
)
from backcoach.figure.letters import LETTER_ROWS, block_letters, letters_width
from backcoach.player.keys import answer_keys
from backcoach.player.questions import WORDS, choices
from backcoach.player.state import Question
from backcoach.player.view import PlayerView, StopView
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


def draw_stop(
    view: PlayerView, stop: StopView, width: int, height: int, written: str, emergency: str
) -> Canvas:
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
        _draw_question(canvas, stop, y, small)
    _draw_foot(canvas, stop, view, emergency, small)
    return canvas


def _draw_band(canvas: Canvas, stop: StopView, written: str, small: bool) -> int:
    """The red band with where the stop belongs; the row after it."""
    rows = LETTER_ROWS if small else LETTER_ROWS + 2
    canvas.fill(0, 0, canvas.width, rows, Role.STOP)
    y = 0 if small else 1
    canvas.put_rows(2, y, block_letters("STOP"), Role.STOP)
    x = 2 + letters_width("STOP") + 3
    space = canvas.width - x - 1
    canvas.put(x, y, shorten(stop.exercise, space), Role.STOP)
    canvas.put(x, y + 1, shorten(stop.place, space), Role.STOP)
    canvas.put(x, y + 2, shorten(written, space), Role.STOP)
    if stop.movable and not small:
        canvas.put(x, y + 3, "← no, the other one", Role.STOP)
    return rows


def _draw_calm(canvas: Canvas, stop: StopView, y: int, small: bool) -> int:
    """What to do with the body, and a breath to follow; the row after it."""
    exit_words = " ".join(stop.exit)
    if small:
        y = canvas.put_wrapped(1, y, canvas.width - 2, exit_words, Role.STRONG, 2)
        if stop.breathing:
            canvas.put(1, y, _breath(stop), Role.TEXT)
            y += 1
        return y
    word = ("breathe in" if stop.breathe_in else "breathe out") if stop.breathing else "breathe out"
    canvas.put_rows(3, y + 1, block_letters(word), Role.TEXT)
    canvas.put(3, y + 5, exit_words, Role.STRONG)
    canvas.put(3, y + 6, "Take your time. The clock has stopped.", Role.MUTED)
    _rule(canvas, y + 7)
    return y + 8


def _breath(stop: StopView) -> str:
    return "breathe in …" if stop.breathe_in else "… and breathe out"


def _rule(canvas: Canvas, y: int) -> None:
    canvas.put(0, y, "─" * canvas.width, Role.TODO)


def _draw_question(canvas: Canvas, stop: StopView, y: int, small: bool) -> None:
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
        _draw_words(canvas, stop, x, y, small)


def _draw_answers(canvas: Canvas, question: Question, x: int, y: int, small: bool) -> None:
    answers = list(zip(answer_keys(question), choices(question), strict=True))
    columns = 2 if small or len(answers) <= 6 else 3
    if not small:
        y += 0
    per_column = -(-len(answers) // columns)
    column_width = (canvas.width - x) // columns
    spread = 2 if not small and len(answers) <= 6 and canvas.height >= 28 else 1
    for number, (key, value) in enumerate(answers):
        column, row = divmod(number, per_column)
        at = x + column * column_width
        canvas.put(at, y + row * spread, f" {key} ", Role.KEY)
        words = WORDS[str(value)]
        canvas.put(at + 4, y + row * spread, shorten(words, column_width - 5), Role.TEXT)


def _draw_scale(canvas: Canvas, x: int, y: int, small: bool) -> None:
    """0 to 10, with both ends in words."""
    for number, key in enumerate(answer_keys(Question.HOW_MUCH)):
        at = x + number * (3 if small else 5)
        canvas.put(at, y, f" {key}" if small else f" {key} ", Role.KEY)
    canvas.put(x, y + 1, "0 no pain    t = 10 worst imaginable", Role.MUTED)


def _draw_words(canvas: Canvas, stop: StopView, x: int, y: int, small: bool) -> None:
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
            for line in EMERGENCY_CARD:
                y = canvas.put_wrapped(x, y, width, line, Role.STRONG, 1 if small else 3)
        case Question.REST:
            y = canvas.put_wrapped(x, y, width, REST_POSITION, Role.TEXT, 2 if small else 4)
            canvas.put_wrapped(
                x, y, width, "Nothing goes on by itself. q ends and saves.", Role.MUTED, 1
            )
        case _:
            canvas.put_wrapped(x, y, width, REST_POSITION, Role.TEXT, 2 if small else 4)


def _draw_foot(
    canvas: Canvas, stop: StopView, view: PlayerView, emergency: str, small: bool
) -> None:
    y = canvas.height - (2 if small else 4)
    keys = []
    if stop.question not in (Question.EMERGENCY, Question.BREATHE):
        keys.append(("space", "just breathe" if small else "no questions, breathe with me"))
    if stop.question is not Question.EMERGENCY:
        keys.append(("z", "mistake" if small else "pressed by mistake"))
    keys.append(("q", "end" if small else "end and save"))
    if not small:
        _rule(canvas, y - 1)
    x = 1 if small else 3
    for key, does in keys:
        x = canvas.put(x, y, f" {key} ", Role.KEY)
        x = canvas.put(x + 1, y, does, Role.MUTED) + (1 if small else 6)
    if small:
        canvas.put(1, y + 1, shorten(emergency, canvas.width - 2), Role.STRONG)
        return
    silent = "Nothing pressed? Slow breathing begins by itself (in 4, out 6) and goes on."
    canvas.put(3, y + 1, shorten(silent, canvas.width - 4), Role.MUTED)
    canvas.put_right(canvas.height - 1, emergency, Role.STRONG, margin=3)
    del view
    canvas.put(
        3, canvas.height - 1, shorten(CANT_GET_UP, canvas.width - len(emergency) - 10), Role.STRONG
    )
