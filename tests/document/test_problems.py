"""Problems, and how they are said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backcoach.document.problems import (
    BadFileError,
    Path,
    Problem,
    Problems,
    Severity,
    describe,
    plain_text,
    show_path,
)
from backcoach.errors import EXIT_PROBLEM, EXIT_USAGE, UnreadableError

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ((), ""),
        (("name",), "name"),
        (("steps", 0), "steps[1]"),
        (("steps", 1, "hold"), "steps[2].hold"),
        (("steps", 0, "steps", 9, "reps"), "steps[1].steps[10].reps"),
        (("exercises", "wall-sit", "poses", 2), "exercises.wall-sit.poses[3]"),
    ],
)
def test_paths_count_from_one(path: Path, shown: str) -> None:
    assert show_path(path) == shown


@pytest.mark.parametrize(
    ("line", "column", "where"),
    [(None, None, "a.toml"), (3, None, "a.toml:3"), (3, 7, "a.toml:3:7")],
)
def test_where_says_as_much_as_is_known(line: int | None, column: int | None, where: str) -> None:
    assert Problem("a.toml", "code", "bad", line=line, column=column).where == where


def test_described_in_up_to_three_lines() -> None:
    bare = Problem("a.toml", "toml-syntax", "invalid value", line=3, column=5)
    full = Problem("a.toml", "unknown-key", "no such key", "did you mean `a`?", ("steps", 0, "b"))

    assert describe(bare) == "a.toml:3:5: error[toml-syntax]: invalid value"
    assert describe(full).splitlines() == [
        "a.toml: error[unknown-key]: no such key",
        "  at: steps[1].b",
        "  help: did you mean `a`?",
    ]


def test_a_warning_says_so() -> None:
    warning = Problem("a.toml", "long", "long", severity=Severity.WARNING)

    assert describe(warning) == "a.toml: warning[long]: long"


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\n", "\r", *BIDI])
def test_what_a_terminal_obeys_is_made_visible(bad: str) -> None:
    said = describe(Problem(f"a{bad}.toml", "code", f"m{bad}", f"h{bad}", ("k" + bad, 0)))

    assert said.splitlines() == [
        "a\ufffd.toml: error[code]: m\ufffd",
        "  at: k\ufffd[1]",
        "  help: h\ufffd",
    ]


ANY_TEXT = st.text(st.characters(exclude_categories=[]))


@given(
    file=ANY_TEXT,
    message=ANY_TEXT,
    hint=ANY_TEXT,
    path=st.lists(ANY_TEXT | st.integers(0, 99), max_size=4).map(tuple),
)
@settings(deadline=None, max_examples=200)
def test_nothing_unprintable_is_ever_described(
    file: str, message: str, hint: str, path: Path
) -> None:
    lines = describe(Problem(file, "code", message, hint, path)).split("\n")

    assert len(lines) == 1 + bool(path) + bool(hint)
    assert all(line.isprintable() for line in lines)


@given(st.text())
@settings(deadline=None, max_examples=100)
def test_plain_text_keeps_what_is_printable(text: str) -> None:
    plain = plain_text(text)

    assert len(plain) == len(text)
    assert all(a == b or not a.isprintable() for a, b in zip(text, plain, strict=True))


def test_problems_are_collected_in_order() -> None:
    problems = Problems("a.toml")
    assert not problems

    problems.add("one", "first", path=("a",), hint="do")
    problems.add("two", "second", line=1, column=2)

    assert problems
    assert list(problems) == [
        Problem("a.toml", "one", "first", "do", ("a",)),
        Problem("a.toml", "two", "second", line=1, column=2),
    ]


def test_a_bad_file_says_everything_that_is_wrong() -> None:
    problems = Problems("a.toml")
    problems.add("one", "first")
    problems.add("two", "second")

    error = BadFileError(problems)

    assert str(error) == "a.toml: error[one]: first\na.toml: error[two]: second"
    assert error.exit_status == EXIT_PROBLEM
    assert UnreadableError("gone").exit_status == EXIT_USAGE
