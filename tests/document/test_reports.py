"""Problems as they are printed. The oracle of the marks is a terminal: what stands above them?"""

import re
from dataclasses import replace
from typing import Final
from unicodedata import normalize

import pyte
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from session_building import unprintable

from backcoach.document.positions import Place
from backcoach.document.problems import Also, Path, Problem, Problems, Severity
from backcoach.document.reports import (
    TAB,
    WIDEST,
    concise_report,
    count,
    github_report,
    report,
    text_report,
)

USUAL: Final = settings(deadline=None, max_examples=150)


def problem_at(line: int, start: int, end: int, **changes: object) -> Problem:
    """A problem with a place on one line; columns from 1, the end not included."""
    problem = Problem("a.toml", "code", "said", place=Place(line, start, line, end))
    return replace(problem, **changes)  # type: ignore[arg-type]


def shown(problem: Problem, text: str) -> list[str]:
    """The lines of its report."""
    return text_report(problem, text).split("\n")


# --- by hand -------------------------------------------------------------------------------------


def test_everything_that_there_is_to_say() -> None:
    problem = problem_at(
        2, 8, 11, help="do this", path=("steps", 0, "hold"), also=(Also("in general"),)
    )

    assert shown(problem, 'name = "A"\nhold = "x" # why\n') == [
        "error[code]: said",
        " --> a.toml:2:8",
        "  |",
        '2 | hold = "x" # why',
        "  |        ^^^",
        "  = at: steps[1].hold",
        "  = help: do this",
        "  = note: in general",
    ]


def test_a_warning_without_a_place() -> None:
    problem = Problem("a.toml", "code", "said", "do this", severity=Severity.WARNING)

    assert shown(problem, "a = 1\n") == [
        "warning[code]: said",
        " --> a.toml",
        "  = help: do this",
    ]


@pytest.mark.parametrize(
    ("text", "start", "end", "line", "signs"),
    [
        ("", 1, 1, "", "^"),
        ("a", 1, 1, "a", "^"),
        ("a =", 4, 5, "a =", "   ^"),
        ("a = ", 5, 5, "a =", "    ^"),
        ("\ta = 1", 2, 3, "    a = 1", "    ^"),
        ("a\t= \t1", 2, 5, "a   =   1", " ^^^^^"),
        ("a\t=\t1", 5, 6, "a   =   1", "        ^"),
        ('"左右" = 右', 8, 9, '"左右" = 右', " " * 9 + "^^"),
        ('"左右" = 1', 1, 5, '"左右" = 1', "^" * 6),
        ("🧘 = 🧘", 1, 2, "🧘 = 🧘", "^^"),
        ("🧘\t= 1", 3, 4, "🧘  = 1", "    ^"),
        ("e\u0301 = 2", 6, 7, "e\u0301 = 2", "    ^"),
        ("\x1b[31m = 2", 1, 2, "\ufffd[31m = 2", "^"),
        ("\u202e = 2", 5, 6, "\ufffd = 2", "    ^"),
        ("a = 1\r", 5, 6, "a = 1", "    ^"),
        ("\x85\u2028 = 2", 6, 7, "\ufffd\ufffd = 2", "     ^"),
    ],
)
def test_the_mark_is_under_what_is_meant(
    text: str, start: int, end: int, line: str, signs: str
) -> None:
    _, _, _, above, below = shown(problem_at(1, start, end), text)

    assert (above, below) == (f"1 | {line}".rstrip(), f"  | {signs}")


def test_of_several_lines_the_first_is_shown() -> None:
    text = 'a = """ \nb\n"""\n'
    problem = replace(problem_at(1, 5, 9), place=Place(1, 5, 3, 4))

    assert shown(problem, text)[3:] == ['1 | a = """', "  |     ^^^"]


def test_the_last_line_without_a_newline() -> None:
    assert shown(problem_at(2, 1, 2), "a = 1\nb")[3:] == ["2 | b", "  | ^"]


def test_the_line_after_the_last_newline() -> None:
    assert shown(problem_at(2, 1, 2), "a = [\n")[3:] == ["2 |", "  | ^"]


# --- several places ------------------------------------------------------------------------------

TEN: Final = "".join(f"key-{number} = {number}\n" for number in range(1, 13))


def also_at(line: int, start: int, end: int, note: str = "here") -> tuple[Also, ...]:
    """A second place on one line."""
    return (Also(note, place=Place(line, start, line, end)),)


def test_two_places_far_apart() -> None:
    assert shown(problem_at(12, 1, 7, also=also_at(2, 1, 6)), TEN)[1:] == [
        "  --> a.toml:12:1",
        "   |",
        " 2 | key-2 = 2",
        "   | ----- here",
        "...",
        "12 | key-12 = 12",
        "   | ^^^^^^",
    ]


def test_two_places_on_lines_that_follow_one_another() -> None:
    assert shown(problem_at(3, 1, 2, also=also_at(4, 1, 2)), TEN)[3:] == [
        "3 | key-3 = 3",
        "  | ^",
        "4 | key-4 = 4",
        "  | - here",
    ]


def test_two_places_on_one_line() -> None:
    assert shown(problem_at(3, 9, 10, also=also_at(3, 1, 6)), TEN)[3:] == [
        "3 | key-3 = 3",
        "  | ----- here",
        "  |         ^",
    ]


def test_three_places() -> None:
    also = (*also_at(3, 9, 10, "one"), *also_at(8, 1, 2, "another"))

    assert shown(problem_at(3, 1, 2, also=also), TEN)[3:] == [
        "3 | key-3 = 3",
        "  | ^",
        "  |         - one",
        "...",
        "8 | key-8 = 8",
        "  | - another",
    ]


# --- a terminal as the oracle --------------------------------------------------------------------


def above(lines: list[str], number: int) -> str:
    """What a terminal shows right above the signs of a line, blanks left out."""
    screen = pyte.Screen(400, 3)
    pyte.Stream(screen).feed("\r\n".join(lines[number - 1 : number + 1]))
    cells = [screen.buffer[1][column].data for column in range(400)]
    marked = [column for column, cell in enumerate(cells) if cell in "^-" and column > 0]
    assert marked == list(range(marked[0], marked[-1] + 1))
    seen = "".join(screen.buffer[0][column].data for column in marked)
    return "".join(seen.split())


def tamed(text: str) -> str:
    """What is to be seen of a text, blanks left out."""
    return normalize("NFC", "".join(seen(c) for c in text if c not in " \t"))


def seen(text: str) -> str:
    """A text with a sign for each character that can't be seen."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


# Neither an emoji's variants nor joined ones: terminals differ in how wide they are.
CHARACTERS: Final = st.sampled_from(
    [*'ab= 1\t\t"[]{}', *"é左ー右ｱ🧘한", "e\u0301", "\x00", "\x1b", "\u202e"]
)


@st.composite
def marked_lines(draw: st.DrawFn, longest: int = 40) -> tuple[str, int, int]:
    """A line, and the columns of a stretch of it that isn't blank."""
    pieces = draw(st.lists(CHARACTERS, max_size=longest))
    marked = draw(st.lists(CHARACTERS, min_size=1, max_size=6).filter(lambda p: "".join(p).strip()))
    before, middle = "".join(pieces), "".join(marked)
    after = "".join(draw(st.lists(CHARACTERS, max_size=longest)))
    return before + middle + after, len(before) + 1, len(before) + len(middle) + 1


@given(marked_lines())
@USUAL
def test_a_terminal_shows_the_mark_under_what_is_meant(marked: tuple[str, int, int]) -> None:
    line, start, end = marked

    lines = shown(problem_at(1, start, end), line)

    assert above(lines, 4) == tamed(line[start - 1 : end - 1])


@pytest.mark.parametrize("column", [2, 5, 21, 22, 23, 60, 70, 71, 150, 250, 251, 295])
@pytest.mark.parametrize("filling", ["a b ", "a\tb\t", "左右"])
def test_a_long_line_is_shown_around_its_mark(column: int, filling: str) -> None:
    line = "«" + (filling * 150)[: column - 2] + "MARK" + (filling * 150)[: 296 - column] + "»"

    lines = shown(problem_at(1, column, column + 4), line)

    assert len(line) == 300
    assert above(lines, 4) == "MARK"
    text = lines[3].removeprefix("1 | ")
    assert text.startswith("«" if column <= 21 else "…")
    assert text.endswith("»" if column >= 251 else "…")
    assert len(text) <= 2 + WIDEST or "\t" in filling


@pytest.mark.parametrize(("length", "whole"), [(WIDEST, True), (WIDEST + 1, False)])
def test_a_line_is_long_from_there_on(length: int, whole: bool) -> None:
    assert shown(problem_at(1, 1, 2), "x" * length)[3].endswith("x") is whole


def test_a_long_mark_ends_where_its_line_is_cut() -> None:
    line = f'name = "{"x" * 500}"'

    assert shown(problem_at(1, 8, 509), line)[3:] == [
        f'1 | name = "{"x" * 62}…',
        f"  |        {'^' * 63}",
    ]


@pytest.mark.parametrize(("first", "second"), [(1, 200), (60, 120), (150, 290)])
def test_two_places_on_a_long_line(first: int, second: int) -> None:
    line = list("." * 300)
    line[first - 1], line[second - 1] = "A", "B"

    problem = problem_at(1, second, second + 1, also=also_at(1, first, first + 1, ""))
    lines = shown(problem, "".join(line))

    # Each mark stands below a part of the line; one that is far away has a part of its own.
    seen, source = [], ""
    for row in lines[3:]:
        if row.startswith("1 | "):
            source = row
        else:
            seen.append(above([source, row], 1))
    assert seen == ["A", "B"]


# --- nothing that a terminal would obey ----------------------------------------------------------

ANY_TEXT: Final = st.text(st.characters(exclude_categories=[]), max_size=20)
ANY_LINE: Final = st.text(
    st.characters(exclude_categories=[], exclude_characters="\n"), max_size=20
)
PATHS: Final = st.lists(ANY_TEXT | st.integers(0, 9), max_size=3).map(tuple)


@st.composite
def any_problems(draw: st.DrawFn) -> tuple[Problem, str]:
    """A problem with anything in its words, and a text that it has its places in."""
    source = draw(st.lists(ANY_LINE, min_size=1, max_size=4))

    def place() -> Place:
        line = draw(st.integers(1, len(source)))
        end_line = draw(st.integers(line, len(source)))
        start = draw(st.integers(1, len(source[line - 1]) + 1))
        end = draw(st.integers(1, len(source[end_line - 1]) + 2))
        return Place(line, start, end_line, max(end, start) if line == end_line else end)

    path: Path = draw(PATHS)
    also = tuple(
        Also(draw(ANY_TEXT), place=draw(st.sampled_from([place(), None])))
        for _ in range(draw(st.integers(0, 2)))
    )
    problem = Problem(
        draw(ANY_TEXT),
        "code",
        draw(ANY_TEXT),
        draw(ANY_TEXT),
        path,
        place=draw(st.sampled_from([place(), None])),
        also=also,
        severity=draw(st.sampled_from(Severity)),
    )
    return problem, "\n".join(source)


@given(any_problems())
@USUAL
def test_nothing_unprintable_gets_through(made: tuple[Problem, str]) -> None:
    problem, text = made

    assert unprintable(text_report(problem, text)) == set()
    assert concise_report(problem).isprintable()
    assert github_report(problem).isprintable()
    several = Problems(problem.file, text, [problem, problem])
    (_, more) = report(several, 1, concise_report)
    assert more.isprintable()


# --- for GitHub ----------------------------------------------------------------------------------

COMMAND: Final = re.compile(r"::(?P<name>[a-z]+) (?P<properties>[^:]*)::(?P<said>.*)", re.DOTALL)
DATA: Final = {"%25": "%", "%0D": "\r", "%0A": "\n"}
PROPERTY: Final = DATA | {"%3A": ":", "%2C": ","}


def decoded(text: str, signs: dict[str, str]) -> str:
    """As a runner reads it."""
    return re.sub("%[0-9A-F]{2}", lambda found: signs[found.group()], text)


def read_command(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command: its name, its properties and what it says."""
    found = COMMAND.fullmatch(line)
    assert found is not None, line
    pairs = (pair.split("=", 1) for pair in found["properties"].split(","))
    properties = {name: decoded(value, PROPERTY) for name, value in pairs}
    return found["name"], properties, decoded(found["said"], DATA)


def test_a_workflow_command() -> None:
    problem = Problem("a.toml", "code", "said", "do this", place=Place(3, 7, 4, 1))

    assert github_report(problem) == (
        "::error file=a.toml,line=3,col=7,endLine=4,endColumn=1,title=code::said (do this)"
    )


def test_a_workflow_command_without_a_place() -> None:
    problem = Problem("a.toml", "code", "said", severity=Severity.WARNING)

    assert github_report(problem) == "::warning file=a.toml,title=code::said"


PIECES: Final = [*"a%:,=()\"'`é\n\r\t\x1b", "%3A", "%0A", "::"]
SPECIAL: Final = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(SPECIAL, SPECIAL, SPECIAL)
@example("C:\\a,b%.toml", "100 %: wrong, wrong", "::error::")
@USUAL
def test_a_runner_reads_what_was_said(file: str, message: str, hint: str) -> None:
    problem = Problem(file, "code", message, hint, place=Place(1, 2, 3, 4))

    name, properties, said = read_command(github_report(problem))

    assert name == "error"
    assert properties == {
        "file": seen(file),
        "line": "1",
        "col": "2",
        "endLine": "3",
        "endColumn": "4",
        "title": "code",
    }
    assert said == seen(f"{message} ({hint})" if hint else message)


# --- colours -------------------------------------------------------------------------------------


def tagged(role: str, text: str) -> str:
    """A paint that can be seen."""
    return f"<{role}>{text}</{role}>"


@given(any_problems())
@USUAL
def test_paint_changes_no_character_and_no_place(made: tuple[Problem, str]) -> None:
    problem, text = made

    # What stands in the text and in the words must not look like paint.
    def clean(said: str) -> str:
        return said.replace("<", "(")

    problem = replace(
        problem,
        file=clean(problem.file),
        message=clean(problem.message),
        help=clean(problem.help),
        path=(),
        also=tuple(replace(other, note=clean(other.note)) for other in problem.also),
    )
    text = clean(text)

    painted = text_report(problem, text, tagged)

    assert re.sub("</?[a-z]+>", "", painted) == text_report(problem, text)


def test_what_is_painted() -> None:
    problem = problem_at(2, 1, 2, help="do", also=also_at(1, 1, 2))

    assert text_report(problem, "a = 1\nb = 2", tagged).split("\n") == [
        "<error>error[code]</error>: said",
        " <frame>--></frame> a.toml:2:1",
        "<frame>  |</frame>",
        "<frame>1 |</frame> a = 1",
        "<frame>  |</frame> <note>- here</note>",
        "<frame>2 |</frame> b = 2",
        "<frame>  |</frame> <error>^</error>",
        "  <frame>=</frame> <help>help</help>: do",
    ]


def test_a_warning_has_a_colour_of_its_own() -> None:
    problem = problem_at(1, 1, 2, severity=Severity.WARNING)

    painted = text_report(problem, "a = 1", tagged)

    assert painted.startswith("<warning>warning[code]</warning>: ")
    assert painted.endswith("<warning>^</warning>")


# --- how many ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "most", "lines"),
    [
        (2, 3, ["a.toml: error[code]: 0", "a.toml: error[code]: 1"]),
        (2, 2, ["a.toml: error[code]: 0", "a.toml: error[code]: 1"]),
        (3, 1, ["a.toml: error[code]: 0", "and 2 more in a.toml"]),
        (0, 1, []),
    ],
)
def test_the_first_and_how_many_more(number: int, most: int, lines: list[str]) -> None:
    problems = Problems("a.toml", "", [Problem("a.toml", "code", str(n)) for n in range(number)])

    assert report(problems, most, concise_report) == lines


@pytest.mark.parametrize(
    ("errors", "warnings", "said"),
    [
        (0, 0, ""),
        (1, 0, "1 error"),
        (2, 0, "2 errors"),
        (0, 1, "1 warning"),
        (2, 1, "2 errors, 1 warning"),
        (1, 30, "1 error, 30 warnings"),
    ],
)
def test_counted_by_how_bad_they_are(errors: int, warnings: int, said: str) -> None:
    bad = [Problem("a.toml", "code", "said")] * errors
    unwise = [Problem("a.toml", "code", "said", severity=Severity.WARNING)] * warnings

    assert count([*unwise, *bad]) == said


def test_a_tab_is_so_wide() -> None:
    assert TAB == 4, "the lines above are written with tabs of four"
