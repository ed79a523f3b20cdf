"""Lines that are too long for a terminal: broken between words, under a list's last column."""

import io

import pytest

from backcoach.lines import fit, width, wrap

LISTED = "bird-dogs     4:17  Leg slides, then opposite arm and leg"


def test_what_fits_stays_as_it_is() -> None:
    assert wrap(LISTED, len(LISTED)) == LISTED


def test_a_sentence_goes_on_at_the_margin() -> None:
    assert wrap("If it hurts, come down. The keyboard can wait.", 24).split("\n") == [
        "If it hurts, come down.",
        "The keyboard can wait.",
    ]


def test_a_list_goes_on_under_its_last_column() -> None:
    assert wrap(LISTED, 42).split("\n") == [
        "bird-dogs     4:17  Leg slides, then",
        "                    opposite arm and leg",
    ]


def test_a_column_too_far_to_the_right_leaves_no_room_and_is_not_that_one() -> None:
    assert wrap("12345678  " + "x" * 25 + "  one two three", 40).split("\n") == [
        "12345678  " + "x" * 25 + "  one",
        "          two three",
    ]


@pytest.mark.parametrize("columns", range(1, 60))
def test_no_word_is_broken_and_none_is_lost(columns: int) -> None:
    rows = wrap(LISTED, columns).split("\n")

    assert " ".join(rows).split() == LISTED.split()
    assert all(width(row) <= columns or len(row.split()) == 1 for row in rows)


def test_a_path_stays_in_one_piece() -> None:
    path = "x/" * 40

    assert wrap(f"written: {path}", 40).split("\n") == ["written:", path]


def test_a_question_keeps_its_last_space() -> None:
    assert wrap("Is anything new? yes or no: ", 20) == "Is anything new? yes\nor no: "


def test_colours_and_wide_letters_are_measured_as_they_are_seen() -> None:
    assert wrap("\x1b[31merror\x1b[0m: no", 9) == "\x1b[31merror\x1b[0m: no"
    assert wrap("腰痛 体操", 8) == "腰痛\n体操"


@pytest.mark.parametrize("line", ["12 | hold = 1 2 3", "   | ^^^^ a note", " |"])
def test_lines_of_a_file_and_their_marks_stay_together(line: str) -> None:
    assert wrap(line, 8) == line


def test_what_is_no_terminal_gets_one_line(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert fit(LISTED * 9, io.StringIO()) == LISTED * 9
    with (tmp_path_factory.mktemp("out") / "out.txt").open("w") as file:
        assert fit(LISTED * 9, file) == LISTED * 9
