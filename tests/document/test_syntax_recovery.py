"""How far a mistake in a TOML text reaches: each is said once, and what follows is read on."""

import pytest
import tomli
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from toml_building import (
    EXAMPLE,
    ROUTINES,
    slips,
    start,
    starts,
    syntax_problem,
    syntax_problems,
    toml_texts,
)

from backcoach.document.positions import locate
from backcoach.document.problems import Problems
from backcoach.document.syntax import MOST_PARSED, parse_toml

MISTAKES = """\
name = Bird dogs
hold = 10s
reps = 6, 4, 2

[[steps]
hold = 10
gentle = True # yes
note = "It's
[[steps]]
rest =
rest = 5
rest = 6
[defaults]
prepare = [1, 2
set_rest = 3
switch = “5s”
[defaults]
a = {b = 1, b = 2}
"""


def test_every_mistake_in_one_run() -> None:
    assert starts(MISTAKES) == [
        *((1, 8), (2, 8), (3, 8), (5, 8), (7, 10), (8, 13), (10, 7), (12, 1), (15, 1)),
        *((16, 10), (17, 2), (18, 13)),
    ]


@pytest.mark.parametrize("text", [MISTAKES, "a = [\n1\n[b]\n", "a = '''x\n", "a = 1\na = 2\n"])
def test_places_are_the_same_with_crlf(text: str) -> None:
    unix, dos = syntax_problems(text), syntax_problems(text.replace("\n", "\r\n"))

    assert [(p.message, p.place, p.also) for p in dos] == [
        (p.message, p.place, p.also) for p in unix
    ]


each_routine = pytest.mark.parametrize(
    "text", [*ROUTINES.values(), EXAMPLE], ids=[*ROUTINES, "example"]
)


# --- one mistake, one problem --------------------------------------------------------------------


def test_what_stands_below_a_lost_header_is_not_twice_there() -> None:
    step = "[[steps]]\nexercise = 'plank'\nhold = 5\n"
    text = step * 2 + step.replace("]]", "]") + step + "[safety\nx = 1\n[coach]\nx = 1\n[safety]\n"

    assert starts(text) == [(7, 8), (13, 8)]


def test_two_lost_headers_are_two_tables() -> None:
    assert starts("[a\nx = 1\n[b\nx = 1\n") == [(1, 3), (3, 3)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("steps = [\n  { a = 1 }\n  { a = 2 },\n]\nb = 1\n", (3, 3)),
        ("steps = [\n  { a = 1 },\n  { a = plank },\n]\n", (3, 9)),
        ("steps = [\n  { a = 1 },\n  { a = 2, b },\n]\n", (3, 14)),
        ("steps = [ { a = plank },\n  { a = 2 },\n]\n", (1, 17)),
        ("reps = [\n  6,\n  four,\n  2,\n]\n", (3, 3)),
        ("reps = [\n  6\n  4\n]\nb = 1\n", (3, 3)),
        ("reps = [6, four,\n  2]\n", (1, 12)),
        ("a = [\n  [1, x],\n  [2, 3],\n]\n", (2, 7)),
        ("a = [\n  [1, 2],\n  [2, x],\n]\n", (3, 7)),
        ("a = {\n  b = 1\n  c = 2\n}\nd = 1\n", (3, 3)),
        ("a = {\n  b = x,\n  c = 2,\n}\nd = 1\n", (2, 7)),
        ('a = """\\q\nx = 1\n"""\nb = 1\n', (1, 10)),
        ('a = """\n[b]\\q\n"""\nb = 1\n', (2, 6)),
        ("a = '''\n'''x\nb = 1\n", (2, 4)),
        ("a = [\n  'x',\n  'y\n]\nb = 1\n", (3, 5)),
        ("a = 'it's'\nb = 1\n", (1, 9)),
        pytest.param("a = [{ b = 1,\n  c = 2 }, plank]\nd = 1\n", (2, 12)),
        pytest.param("a = [\n  [1],\n  [plank]\n]\nb = 1\n", (3, 4)),
        ("a = [\n  { b = plank, c = [\n    1 ] },\n  { b = 1 },\n]\n", (2, 9)),
        ("a = [\n  plank, '''x\n  y''',\n  2,\n]\n", (2, 3)),
        ("a = [\n  1\n  , plank\n  , 3\n]\n", (3, 5)),
        ("a = [\n  1,\n  plank\n  # so\n\n  , 3\n]\n", (3, 3)),
        ('a = "say "hi""\nb = 1\n', (1, 11)),
    ],
)
def test_a_mistake_in_several_lines_is_one(text: str, place: tuple[int, int]) -> None:
    assert starts(text) == [place]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a = [1s, 2s]\nb = [1s,\n2s]\nc = 1s\n", [1, 2, 4]),
        ("a = [1, 2\nb = [1, 2\nc = 1s\n", [2, 3, 3]),
        ("a = {\n  b = 1,\n  c = 10s,\n  d = 2\n[e]\nf = 1\n", [3, 5]),
        ("a = [\n  { b = 1s },\n  { b = 1 },\n  { b = 2s },\n]\nb =\n", [2, 4, 6]),
        ("a = [\n  1s,\n  2s,\n]\nb = 1s\n", [2, 3, 5]),
        ("a = {\n  b = 1s,\n  c = 1,\n  d = 1s,\n}\n", [2, 4]),
    ],
)
def test_several_mistakes_in_brackets(text: str, places: list[int]) -> None:
    assert [line for line, _ in starts(text)] == places


@each_routine
def test_a_value_that_is_none_is_one_problem(text: str) -> None:
    positions = locate(text)
    for _, node in positions.walk():
        if node.children is None:
            first, last = node.value
            bad = f"{text[:first]}plank{text[last:]}"
            where = positions.place(node.value)
            assert starts(bad) == [(where.line, where.column)]


@each_routine
def test_a_header_that_is_not_closed_is_one_problem(text: str) -> None:
    positions = locate(text)
    for _, node in positions.walk():
        if node.header:
            end = node.value[1]
            where = positions.place((end, end))
            (found,) = syntax_problems(text[: end - 1] + text[end:])
            assert start(found.place)[0] == where.line


# --- no more work than has to be -----------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    ["x", "x = [", "x = {a = 10s}", "[x", "x = 10s", "x = 1", "x = '", "[x]", "x = [1s]\n[", "\\"],
)
@pytest.mark.parametrize("size", [1 << 12, 1 << 20])
def test_a_large_text_is_not_searched_to_its_end(line: str, size: int) -> None:
    text = (f"{line}\n" * (size // (len(line) + 1)))[:size]
    found = syntax_problems(text)

    assert len(found) <= min(MOST_PARSED // len(text) + 1, text.count("\n") + 1)
    assert len({problem.place for problem in found}) == len(found)


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 500,
        "a = " + "{a=" * 350 + "1",
        "a = " + "[1, {a=" * 199,
        "a = 1\n" + "b." * 2000 + "c = 1\n",
    ],
    ids=["arrays", "tables", "both", "keys"],
)
def test_brackets_that_nest_too_deeply(text: str) -> None:
    problem = syntax_problem(text)

    assert problem.code in ("too-deep", "toml-syntax")


# --- anything at all -----------------------------------------------------------------------------

OFTEN = settings(deadline=None, max_examples=250, suppress_health_check=[HealthCheck.too_slow])
SLIPPED = slips(st.sampled_from([*ROUTINES.values(), EXAMPLE, MISTAKES]) | toml_texts())


def accepts(text: str) -> bool:
    try:
        tomli.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def check_places(text: str) -> None:
    """Problems for what the parser refuses, none else; each once, at a place that there is."""
    problems = Problems("a.toml", text)
    values = parse_toml(text, problems)
    assert (values is not None) == accepts(text) == (not problems)
    lines = text.replace("\r\n", "\n").split("\n")
    places = [problem.place for problem in problems]
    for place in [*places, *(other.place for problem in problems for other in problem.also)]:
        assert place is not None
        assert 1 <= place.line <= place.end_line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1
        # A mark on the end of a line is one wide all the same.
        assert 1 <= place.end_column <= len(lines[place.end_line - 1]) + 2
        assert (place.line, place.column) <= (place.end_line, place.end_column)
    assert len(set(places)) == len(places)


@given(SLIPPED)
@example("a = [10s]\nb = [")
@example("a = 'x\nb = 1")
@OFTEN
def test_any_slip_has_its_place(text: str) -> None:
    check_places(text)


@pytest.mark.soak
@given(SLIPPED)
@settings(OFTEN, max_examples=15_000)
def test_very_many_slips_have_their_places(text: str) -> None:
    check_places(text)
