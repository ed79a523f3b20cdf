"""Letters and digits that can be read from two metres."""

import string

import pytest

from backcoach.figure.letters import (
    big_digits,
    block_letters,
    digit_width,
    digits_width,
    letters_width,
)


@pytest.mark.parametrize("letter", [*string.ascii_uppercase, " "])
def test_every_letter_is_three_rows_of_one_width(letter: str) -> None:
    rows = block_letters(letter)
    assert len({len(row) for row in rows}) == 1
    assert set("".join(rows)) <= set(" ▀▄█")


def test_letters_differ_from_each_other() -> None:
    assert len({block_letters(letter) for letter in string.ascii_uppercase}) == 26


def test_a_word_is_as_wide_as_it_says() -> None:
    assert len(block_letters("get ready")[0]) == letters_width("GET READY")
    assert letters_width("") == 0


@pytest.mark.parametrize("rows", range(4, 16))
def test_digits_are_all_of_one_size_and_all_different(rows: int) -> None:
    glyphs = {digit: big_digits(digit, rows) for digit in string.digits}
    assert {len(glyph) for glyph in glyphs.values()} == {rows}
    assert {len(row) for glyph in glyphs.values() for row in glyph} == {digit_width(rows)}
    assert len(set(glyphs.values())) == 10


@pytest.mark.parametrize("rows", range(4, 16))
@pytest.mark.parametrize("text", ["8", "10", "1:05", "59:59"])
def test_digits_take_the_width_they_say(text: str, rows: int) -> None:
    assert {len(row) for row in big_digits(text, rows)} == {digits_width(text, rows)}


def test_an_eight_has_strokes_of_a_sixth_of_its_height() -> None:
    top = big_digits("8", 12)[0]
    assert top == "█" * digit_width(12)
    assert big_digits("8", 12)[3].startswith("█" * 4 + " ")
