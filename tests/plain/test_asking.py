"""The safety notes and the check-in, asked line by line."""

import io
import sys

import pytest

from backcoach.coach.checkin import CheckIn
from backcoach.coach.words import (
    CANT_GET_UP,
    EMERGENCY_QUESTION,
    NOTHING_TO_DO,
    SAFETY_NOTES,
    TELL_THEM,
)
from backcoach.plain.asking import HurtsError, ask_check_in, ask_to_accept, say_what_helps


def type_in(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Answer with these lines, and nothing more."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


@pytest.mark.parametrize("answer", ["yes", "y", "YES", " yes "])
def test_the_notes_are_accepted(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    type_in(monkeypatch, answer)

    assert ask_to_accept()


@pytest.mark.parametrize("answers", [["no"], ["n"], [""], ["ok"], ["yess"], []])
def test_anything_else_is_a_no(monkeypatch: pytest.MonkeyPatch, answers: list[str]) -> None:
    type_in(monkeypatch, *answers)

    assert not ask_to_accept()


def test_all_notes_are_shown_and_stdout_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_in(monkeypatch, "yes")
    ask_to_accept()
    shown = capsys.readouterr()

    assert shown.out == ""
    for note in SAFETY_NOTES:
        assert note in shown.err


@pytest.mark.parametrize(
    ("lines", "check_in"),
    [
        (("no", "3"), CheckIn(3, nothing_new=True)),
        (("n", "0"), CheckIn(0, nothing_new=True)),
        (("No", " 7 "), CheckIn(7, nothing_new=True)),
        (("yes", "3"), CheckIn(3, nothing_new=False)),
        (("y", "7"), CheckIn(7, nothing_new=False)),
    ],
)
def test_the_answers_are_taken(
    monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...], check_in: CheckIn
) -> None:
    type_in(monkeypatch, *lines)

    assert ask_check_in() == check_in
    assert not check_in.declared


@pytest.mark.parametrize("lines", [("no", "8"), ("yes", "9"), ("n", " 10 ")])
def test_so_much_pain_is_no_question_of_exercise(
    monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...]
) -> None:
    type_in(monkeypatch, *lines)

    with pytest.raises(HurtsError) as hurts:
        ask_check_in()
    assert hurts.value.pain == int(lines[1])


@pytest.mark.parametrize(("pain", "told"), [(0, False), (7, False), (8, True), (10, True)])
def test_what_helps_is_said_and_whom_to_tell(
    capsys: pytest.CaptureFixture[str], pain: int, told: bool
) -> None:
    say_what_helps("Emergency 112", pain)
    said = capsys.readouterr().err

    assert NOTHING_TO_DO in said
    assert EMERGENCY_QUESTION in said
    assert "Call 112" in said
    assert CANT_GET_UP in said
    assert (TELL_THEM in said) is told


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("",),
        ("maybe",),
        ("no",),
        ("no", ""),
        ("no", "11"),
        ("no", "-1"),
        ("no", "3.5"),
        ("no", "three"),
        ("no", "³"),
        ("no", "٣"),
        ("no", "1" * 3000),
    ],
    ids=lambda lines: " ".join(lines)[:20],
)
def test_without_an_answer_there_is_none(
    monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...]
) -> None:
    type_in(monkeypatch, *lines)

    assert ask_check_in() is None


@pytest.mark.parametrize("line", ["x", "xx", "xX.", "\x18", "\x18\x18", " x ", "чч", "delete"])
def test_a_line_of_stop_keys_is_a_stop(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    type_in(monkeypatch, line)

    with pytest.raises(HurtsError):
        ask_check_in()


@pytest.mark.parametrize("line", ["", "ex", "x1"])
def test_another_line_is_none(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    type_in(monkeypatch, line, "no", "3")

    assert ask_check_in() == CheckIn(3, nothing_new=True)
