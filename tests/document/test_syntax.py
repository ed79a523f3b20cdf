"""What is wrong with a text as TOML: all of it at once, each mistake once, in its place."""

import pytest
import tomli
from toml_building import start, starts, syntax_problem, syntax_problems

from backcoach.document.positions import Place
from backcoach.document.problems import Problems
from backcoach.document.syntax import parse_toml


def cut(text: str, place: Place | None) -> str:
    """What a place on one line marks."""
    assert place is not None
    assert place.line == place.end_line
    return text.split("\n")[place.line - 1][place.column - 1 : place.end_column - 1]


def test_a_text_that_is_right_has_its_values_and_no_problem() -> None:
    problems = Problems("a.toml", "a = 1")

    assert parse_toml("a = 1", problems) == {"a": 1}
    assert not problems


# --- what was meant ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "marked", "hint"),
    [
        ("hold = 10s", "10s", '"10s"'),
        ("hold = 1m30s # slowly", "1m30s", '"1m30s"'),
        ("hold = 1:30", "1:30", '"1m30s"'),
        ("hold = 1m 30s", "1m 30s", '"1m30s"'),
        ("name = Bird dogs", "Bird dogs", '`name = "Bird dogs"`'),
        ("  name=Bird dogs\t# the usual", "Bird dogs", '`name = "Bird dogs"`'),
        ("exercise = bird-dog", "bird-dog", '`exercise = "bird-dog"`'),
        ("name = “Bird dogs”", None, '" instead of “'),
        ("name = ‘Bird dogs’", None, '" instead of ‘'),
        ("name = «Bird dogs»", None, '" instead of «'),
        ("reps = 6, 4, 2", "6, 4, 2", "`reps = [6, 4, 2]`"),
        ("reps = 6,4,", "6,4,", "`reps = [6,4]`"),
        ("gentle = True", "True", "`gentle = true`"),
        ("gentle = False", "False", "`gentle = false`"),
        ("hold =", None, "`hold =`"),
        ("hold = # ten", None, "`hold =`"),
    ],
)
def test_what_to_write_instead(line: str, marked: str | None, hint: str) -> None:
    text = f"a = 1\n{line}\nb = 2\n"
    problem = syntax_problem(text)

    assert problem.code == "toml-syntax"
    assert start(problem.place)[0] == 2
    assert hint in problem.help
    if marked is not None:
        assert cut(text, problem.place) == marked


@pytest.mark.parametrize(
    "line", ["hold = 10s", "name = Bird dogs", "gentle = True", "reps = 6, 4, 2", "reps = 6,4,"]
)
def test_what_is_suggested_is_right(line: str) -> None:
    """A whole line in a hint is TOML; a value in one is TOML behind the key."""
    hint = syntax_problem(line).help
    quoted = hint.split("`")[1] if "`" in hint else f"{line.split()[0]} = {hint.split(': ')[1]}"

    assert tomli.loads(quoted).keys() == {line.split()[0]}


@pytest.mark.parametrize(
    ("line", "marked", "message"),
    [
        ("hold", "", "`=`"),
        ("hold: 10", ":", "`=`"),
        ("= 10", "=", "begins with a key"),
        ("hold. = 10", "=", "key is missing"),
        ("a = 1 b = 2", "b", "left over"),
        ("[defaults] hold = 1", "h", "left over"),
        ('a = "x" y', "y", "left over"),
        ("a = [1,,2]", ",", "no value"),
        ("a = 2026-02-31", "2", "no such day"),
        ('a = "\\q"', None, "`\\`"),
        ('a = "\\x4"', None, "digits"),
        ('a = "\\ud800"', None, "no such character"),
        ("- a", None, "`=`"),
        ("{ a = 1 }", "{", "begins with a key"),
    ],
)
def test_what_is_wrong_in_a_line(line: str, marked: str | None, message: str) -> None:
    text = f"z = 1\n{line}\ny = 2\n"
    problem = syntax_problem(text)

    assert start(problem.place)[0] == 2
    assert message in problem.message
    if marked is not None:
        assert cut(text, problem.place) == marked


@pytest.mark.parametrize(
    "text", ["a = 'x", 'a = "x', "a = 1 2", "a = \\", "a = [", "[a", "a.", "]"]
)
def test_messages_are_our_own_words(text: str) -> None:
    message = syntax_problem(text).message

    with pytest.raises(tomli.TOMLDecodeError) as raised:
        tomli.loads(text)
    assert raised.value.msg.lower() not in message
    assert message[0] == message[0].lower()
    assert not message.endswith(".")


# --- what isn't closed ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("[a\nb = 1", "closed with `]`", (1, 3)),
        ("[a # b\nb = 1", "closed with `]`", (1, 4)),
        ("z = 1\n[[a.b]\nb = 1", "closed with `]]`", (2, 6)),
        ('a = "x\nb = 1', "closed on its line", (1, 7)),
        ("a = 'x\nb = 'y'", "closed on its line", (1, 7)),
        ("'a = 1\nb = 'y'", "closed on its line", (1, 7)),
        ('a = ["x\n]\nb = 1', "closed on its line", (1, 8)),
    ],
)
def test_headers_and_texts_end_with_their_line(
    text: str, message: str, place: tuple[int, int]
) -> None:
    found = syntax_problems(text)[0]

    assert message in found.message
    assert start(found.place) == place


@pytest.mark.parametrize(
    ("text", "what", "place"),
    [
        ("b = 1\na = [", "bracket", (2, 5)),
        ("a = [1,\n2,\n", "bracket", (1, 5)),
        ("a = [1,\n[2,\n3]\n", "bracket", (1, 5)),
        ("a = [1,\n[2,\n3\n", "bracket", (2, 1)),
        ("a = {", "bracket", (1, 5)),
        ("a = {\n  b = 1,\n\n", "bracket", (1, 5)),
        ("a = {\n  b = [1\n", "bracket", (2, 7)),
        ('a = """x\nb = 1\n', "text", (1, 5)),
        ("b = 1\na = '''\nb = 1\n", "text", (2, 5)),
        ("a = ['''\n", "text", (1, 6)),
        ('a = "x', "text", (1, 5)),
        ("a = 'x", "text", (1, 5)),
        ('"a', "text", (1, 1)),
    ],
)
def test_what_is_open_at_the_end_is_pointed_at(
    text: str, what: str, place: tuple[int, int]
) -> None:
    problem = syntax_problem(text)

    assert problem.message == f"this {what} is never closed"
    assert start(problem.place) == place


@pytest.mark.parametrize(
    ("text", "place", "opened"),
    [
        ("a = [1, 2\nb = 3\nc = 4\n", (2, 1), (1, 5)),
        ("z = 1\na = [\n  1,\n  2\n\nb = 3\n", (6, 1), (2, 5)),
        ("a = [1,\n2\n[b]\nc = 4\n", (3, 1), (1, 5)),
        ("a = {b = 1\n[c]\nd = 4\n", (2, 1), (1, 5)),
        ("a = {b = 1 c = 2}\n", (1, 12), (1, 5)),
        ("a = [{b = 1 c = 2}]\n", (1, 13), (1, 6)),
        ("a = [1 2]\n", (1, 8), (1, 5)),
        ("a = [[1], [2 3]]\n", (1, 14), (1, 11)),
        ("a = [{b = 1}\n{b = 2}]\n", (2, 1), (1, 5)),
    ],
)
def test_a_bracket_that_is_not_closed_is_the_second_place(
    text: str, place: tuple[int, int], opened: tuple[int, int]
) -> None:
    problem = syntax_problem(text)

    assert start(problem.place) == place
    assert [(other.note, start(other.place)) for other in problem.also] == [("opened here", opened)]


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("a = [10s]\nb = [1]\n", (1, 5)),
        ("a = {b = 10s}\n", (1, 5)),
        ("a = [1 2]\nb = [\n", (1, 5)),
        ("a = [10s]\nb = [\n", (1, 5)),
        ("a = {b = 10s}\nb = 'x", (1, 5)),
    ],
)
def test_the_second_place_is_no_bracket_further_down(text: str, opened: tuple[int, int]) -> None:
    first = syntax_problems(text)[0]

    assert [start(other.place) for other in first.also] == [opened]


# --- what is named twice -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "first", "second"),
    [
        ("a = 1\nb = 2\na = 3\n", "a", (1, 1), (3, 1)),
        ("a = 1\n'a' = 3\n", "a", (1, 1), (2, 1)),
        ("[x]\nhold = 1\n[y]\nhold = 1\nhold = 2\n", "hold", (4, 1), (5, 1)),
        ("[[s]]\nx = 1\n[[s]]\nx = 1\n x = 2\n", "x", (4, 1), (5, 2)),
        ("a = {b = 1, b = 2}\n", "b", (1, 6), (1, 13)),
        ("a = {\nb = 1,\nb = 2 }\n", "b", (2, 1), (3, 1)),
        ("[coach]\nx = 1\n[ coach ]\nx = 1\n", "coach", (1, 2), (3, 3)),
        ("steps = []\n[[steps]]\nrest = 1\n", "steps", (1, 1), (2, 3)),
        ("[[s]]\n[s]\n", "s", (1, 3), (2, 2)),
        ("[s]\n[[s]]\n", "s", (1, 2), (2, 3)),
        ("a = 1\n[a.b]\n", "a", (1, 1), (2, 2)),
        ("a = {}\na.b = 1\n", "a", (1, 1), (2, 1)),
        ("a = 1\na = '''\n'''\n", "a", (1, 1), (2, 1)),
        ("a = 1\na = [\n1,\n]\nb = 1\n", "a", (1, 1), (2, 1)),
    ],
)
def test_what_is_named_twice_has_two_places(
    text: str, name: str, first: tuple[int, int], second: tuple[int, int]
) -> None:
    problem = syntax_problem(text)

    assert problem.code == "toml-duplicate"
    assert problem.message == f"`{name}` is already set on line {first[0]}"
    assert problem.help
    assert cut(text, problem.place).strip("'") == name
    assert start(problem.place) == second
    assert [(other.note, start(other.place)) for other in problem.also] == [
        ("first set here", first)
    ]


@pytest.mark.parametrize(
    "text", ["a.b = 1\n[a]\nc = 1\n", "[a.b]\n[a]\nb.c = 1\n", "[a]\nb.c = 1\n[a.b]\nd = 1\n"]
)
def test_a_table_that_is_made_in_two_ways(text: str) -> None:
    problem = syntax_problem(text)

    assert problem.code == "toml-duplicate"
    assert cut(text, problem.place)


def test_a_table_set_three_times_is_two_problems() -> None:
    found = syntax_problems("[a]\nx = 1\n[a]\nx = 1\n[b]\n[a]\nx = 1\n")

    assert [start(problem.place) for problem in found] == [(3, 2), (6, 2)]
    assert {start(other.place) for problem in found for other in problem.also} == {(1, 2)}


# --- odd characters ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a = 1\n# \x00\n", (2, 3)),
        ("a = 1\nb = 'x\x00'\n", (2, 7)),
        ('a = 1\nb = "\x1b"\n', (2, 6)),
        ('a = """\n\x07"""\n', (2, 1)),
        ("a = 1 # \x7f\n", (1, 9)),
    ],
)
def test_a_character_that_no_file_may_hold(text: str, place: tuple[int, int]) -> None:
    first = syntax_problems(text)[0]

    assert first.message == "a character that a TOML file may not hold"
    assert first.help
    assert start(first.place) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a = 1\rb = 2\n", (1, 6)),
        ("a = 1\r", (1, 6)),
        ('a = """\nx\ry"""\n', (2, 2)),
    ],
)
def test_a_lone_carriage_return(text: str, place: tuple[int, int]) -> None:
    problem = syntax_problem(text)

    assert problem.message == "a lone carriage return"
    assert problem.help
    assert start(problem.place) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a = 1\n\x00\n", (2, 1)),
        ("\ufeffa = 1\n", (1, 1)),
        ("a = 1\n\ufeffb = 1\n", (2, 1)),
        ("é = 1\n", (1, 1)),
        ("🧘é = 1\n", (1, 1)),
        ("a = '🧘é' é\n", (1, 10)),
        ("\ta\t=\t'\t' x\n", (1, 10)),
    ],
)
def test_columns_count_characters(text: str, place: tuple[int, int]) -> None:
    assert starts(text) == [place]


@pytest.mark.parametrize("digits", [4301, 100_000])
def test_a_number_that_is_too_long(digits: int) -> None:
    text = f"a = 1\nb = [2, {'7' * digits}]\n"
    problem = syntax_problem(text)

    assert "number" in problem.message
    assert cut(text, problem.place) == "7" * digits
