"""Texts on a canvas, in the letters of whoever wrote them."""

from unicodedata import normalize

import pytest

from backcoach.tui.canvas import MOST_MARKS, Canvas, Role


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Rücken", 6),
        (normalize("NFD", "Rücken"), 6),
        (normalize("NFD", "Tiếng Việt"), 10),
        ("हिन्दी", 3),
        ("ไทย ที่", 5),
        ("허리 운동", 9),
        ("腰痛", 4),
    ],
)
def test_a_letter_keeps_its_marks_and_takes_its_cells(text: str, cells: int) -> None:
    canvas = Canvas(20, 1)

    assert canvas.put(2, 0, text, Role.STRONG) == 2 + cells
    assert canvas.put(2 + cells, 0, "|") == 3 + cells
    assert canvas.text() == f"  {text}|"


@pytest.mark.parametrize("char", ["\x1b", "\x07", "\u200b", "\u202e", "\u2066", "\ufeff", "\ufe0f"])
def test_what_is_invisible_is_left_out(char: str) -> None:
    canvas = Canvas(20, 1)
    canvas.put(0, 0, f"a{char}b")

    assert canvas.text() == "ab"


def test_a_letter_has_so_many_marks_and_no_more() -> None:
    canvas = Canvas(20, 1)
    canvas.put(0, 0, "a" + 1000 * "\u0301" + "b")

    assert canvas.text() == "a" + MOST_MARKS * "\u0301" + "b"


def test_a_mark_without_its_letter_is_left_out() -> None:
    canvas = Canvas(4, 1)
    canvas.put(0, 0, "abcd")
    canvas.put(2, 0, "\u0301x")
    canvas.put(-1, 0, "e\u0301f")
    canvas.put(3, 0, "gh\u0301")

    assert canvas.text() == "fbxg"
