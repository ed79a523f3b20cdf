"""Problems, and how they are said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backcoach.document.positions import Place
from backcoach.document.problems import (
    MOST_HINTED,
    MOST_SHOWN,
    Also,
    BadFileError,
    Part,
    Path,
    Problem,
    Problems,
    Severity,
    closest,
    describe,
    did_you_mean,
    plain_text,
    problem_json,
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


@pytest.mark.parametrize(("place", "where"), [(None, "a.toml"), (Place(3, 7, 4, 1), "a.toml:3:7")])
def test_where_says_as_much_as_is_known(place: Place | None, where: str) -> None:
    assert Problem("a.toml", "code", "bad", place=place).where == where


def test_described_on_one_line() -> None:
    bare = Problem("a.toml", "toml-syntax", "invalid value", place=Place(3, 5, 3, 6))
    full = Problem("a.toml", "unknown-key", "no such key", "did you mean `a`?", ("steps", 0, "b"))

    assert describe(bare) == "a.toml:3:5: error[toml-syntax]: invalid value"
    assert describe(full) == "a.toml: error[unknown-key]: no such key (did you mean `a`?)"


def test_a_warning_says_so() -> None:
    warning = Problem("a.toml", "long", "long", severity=Severity.WARNING)

    assert describe(warning) == "a.toml: warning[long]: long"


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\n", "\r", *BIDI])
def test_what_a_terminal_obeys_is_made_visible(bad: str) -> None:
    said = describe(Problem(f"a{bad}.toml", "code", f"m{bad}", f"h{bad}"))

    assert said == "a\ufffd.toml: error[code]: m\ufffd (h\ufffd)"


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
    assert describe(Problem(file, "code", message, hint, path)).isprintable()


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
    problems.add("two", "second", place=Place(1, 2, 1, 3))

    assert problems
    assert len(problems) == 2
    assert list(problems) == [
        Problem("a.toml", "one", "first", "do", ("a",)),
        Problem("a.toml", "two", "second", place=Place(1, 2, 1, 3)),
    ]


# --- places --------------------------------------------------------------------------------------

TEXT = 'name = "A"\n[[steps]]\nhold = 3\n'


def placed(*problems: Problem, text: str | None = TEXT) -> list[Problem]:
    return BadFileError(Problems("a.toml", text, list(problems))).problems.found


@pytest.mark.parametrize(
    ("path", "part", "place"),
    [
        (("name",), Part.KEY, Place(1, 1, 1, 5)),
        (("name",), Part.VALUE, Place(1, 8, 1, 11)),
        (("steps", 0, "hold"), Part.KEY, Place(3, 1, 3, 5)),
        (("steps", 0, "hold"), Part.VALUE, Place(3, 8, 3, 9)),
        (("steps", 0), Part.VALUE, Place(2, 1, 2, 10)),
        (("steps",), Part.VALUE, Place(2, 1, 2, 10)),
        (("steps", 0, "exercise"), Part.VALUE, Place(2, 1, 2, 10)),
        (("steps", 0, "hold", "[key]"), Part.VALUE, Place(3, 8, 3, 9)),
        (("steps", 5), Part.VALUE, Place(2, 1, 2, 10)),
        ((), Part.VALUE, Place(1, 1, 1, 1)),
        (("name",), Part.FILE, None),
    ],
)
def test_a_path_has_a_place(path: Path, part: Part, place: Place | None) -> None:
    (problem,) = placed(Problem("a.toml", "code", "bad", path=path, part=part))

    assert problem.place == place


def test_second_places_have_theirs() -> None:
    also = (Also("here", ("name",)), Also("there", ("steps", 0, "hold"), Part.VALUE))

    (problem,) = placed(Problem("a.toml", "code", "bad", path=("name",), also=also))

    assert [other.place for other in problem.also] == [Place(1, 1, 1, 5), Place(3, 8, 3, 9)]
    assert [other.note for other in problem.also] == ["here", "there"]


def test_a_place_that_is_known_stays() -> None:
    place = Place(2, 2, 2, 3)
    also = (Also("here", ("name",), place=Place(3, 3, 3, 4)), Also("there", ("name",)))

    (problem,) = placed(Problem("a.toml", "code", "bad", path=("name",), place=place, also=also))

    assert problem.place == place
    assert [other.place for other in problem.also] == [Place(3, 3, 3, 4), Place(1, 1, 1, 5)]


def test_problems_come_in_the_order_of_the_text() -> None:
    found = placed(
        Problem("a.toml", "last", "bad", path=("steps", 0, "hold")),
        Problem("a.toml", "second", "bad", path=("name",)),
        Problem("a.toml", "third", "bad", path=("steps",)),
        Problem("a.toml", "of-the-file", "bad", part=Part.FILE),
        Problem("a.toml", "last-too", "bad", path=("steps", 0, "hold")),
    )

    assert [problem.code for problem in found] == [
        "of-the-file",
        "second",
        "third",
        "last",
        "last-too",
    ]


@pytest.mark.parametrize("text", [None, "name =", "name = [", "steps = 3\nsteps = 4"])
def test_without_a_text_that_is_toml_there_is_no_place(text: str | None) -> None:
    (problem,) = placed(Problem("a.toml", "code", "bad", path=("name",)), text=text)

    assert problem.place is None
    assert problem.where == "a.toml"


def test_what_is_missing_in_an_empty_text_is_missing_at_its_start() -> None:
    (problem,) = placed(Problem("a.toml", "code", "bad", path=("name",)), text="")

    assert problem.place == Place(1, 1, 1, 1)


def test_as_data() -> None:
    problem = Problem(
        "a.toml", "code", "bad", "do", ("steps", 0), place=Place(3, 7, 4, 1), also=(Also("here"),)
    )

    assert (
        problem_json(problem).items()
        >= {
            "file": "a.toml",
            "line": 3,
            "column": 7,
            "end_line": 4,
            "end_column": 1,
            "severity": "error",
            "code": "code",
            "message": "bad",
            "help": "do",
            "path": "steps[1]",
        }.items()
    )
    assert problem_json(Problem("a.toml", "code", "bad"))["line"] is None


# --- all of them ---------------------------------------------------------------------------------


def test_a_bad_file_says_everything_that_is_wrong() -> None:
    problems = Problems("a.toml")
    problems.add("one", "first")
    problems.add("two", "second")

    error = BadFileError(problems)

    assert str(error) == "a.toml: error[one]: first\na.toml: error[two]: second"
    assert error.exit_status == EXIT_PROBLEM
    assert UnreadableError("gone").exit_status == EXIT_USAGE


@pytest.mark.parametrize("count", [MOST_SHOWN, MOST_SHOWN + 1, MOST_SHOWN + 300])
def test_of_very_many_the_first_are_said(count: int) -> None:
    problems = Problems("a.toml")
    for number in range(count):
        problems.add("code", f"number {number}")

    lines = str(BadFileError(problems)).splitlines()

    assert lines[MOST_SHOWN - 1].endswith(f"number {MOST_SHOWN - 1}")
    assert lines[MOST_SHOWN:] == ([f"and {count - MOST_SHOWN} more"] if count > MOST_SHOWN else [])


@pytest.mark.parametrize(
    ("word", "meant"),
    [("hodl", "hold"), ("Hold", "hold"), ("zzz", None), ("", None), ("hold" * 26, None)],
)
def test_what_was_probably_meant(word: str, meant: str | None) -> None:
    assert closest(word, ["hold", "reps"]) == meant
    assert did_you_mean(word, ["hold", "reps"]) == (f"did you mean `{meant}`?" if meant else "")


def test_suggestions_end_with_too_many_problems() -> None:
    problems = Problems("a.toml")
    for _ in range(MOST_HINTED):
        assert problems.hinting
        problems.add("code", "bad")

    assert not problems.hinting
