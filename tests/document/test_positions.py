"""Where keys and values stand. The oracle: what is cut out of the text parses to what it names."""

from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from session_building import ROOT
from toml_building import EXAMPLE, FILES, ROUTINES, slips, toml_texts

from backcoach.document.positions import Place, Positions, locate
from backcoach.document.scanning import (
    Node,
    PositionsLostError,
    RepeatedError,
    progress,
    scan,
)

At = tuple[str | int, ...]


# --- the oracle ----------------------------------------------------------------------------------


def paths_in(value: object, path: At = ()) -> dict[At, Any]:
    """Every value below a value, by its path."""
    found: dict[At, Any] = {path: value} if path else {}
    if isinstance(value, dict):
        for name, inner in value.items():
            found |= paths_in(inner, (*path, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            found |= paths_in(inner, (*path, index))
    return found


def names_in(header: str) -> list[str]:
    """The names in a table's header."""
    here: Any = tomli.loads(header)
    names = []
    while here:
        if isinstance(here, list):
            (here,) = here
        else:
            ((name, here),) = here.items()
            names.append(name)
    return names


def check_node(text: str, path: At, node: Node, value: object) -> None:
    cut = text[slice(*node.value)]
    if isinstance(path[-1], int) and not node.header:
        assert node.key is None
    else:
        assert node.key is not None
        name = next(part for part in reversed(path) if isinstance(part, str))
        assert tomli.loads(f"{text[slice(*node.key)]} = 1") == {name: 1}
    if node.inline:
        assert repr(tomli.loads(f"x = {cut}")["x"]) == repr(value)
        assert cut == cut.strip()
    elif node.header or isinstance(value, list):
        assert names_in(cut) == [part for part in path if isinstance(part, str)]
        assert cut.startswith("[[" if isinstance(path[-1], int) or not node.header else "[")
    else:
        assert isinstance(value, dict)
        assert node.value == node.key


def check_positions(text: str) -> Positions:
    """Every path of the text has a node, and each node's spans are what they say they are."""
    positions = locate(text)
    values = paths_in(tomli.loads(text))
    nodes = dict(positions.walk())
    assert nodes.keys() == values.keys()
    lines = text.split("\n")
    for path, node in nodes.items():
        check_node(text, path, node, values[path])
        assert positions.find(path) == (node, len(path))
        for span in (node.key or node.value, node.value):
            place = positions.place(span)
            assert offset(lines, place.line, place.column) == span[0]
            assert offset(lines, place.end_line, place.end_column) == span[1]
    return positions


def offset(lines: list[str], line: int, column: int) -> int:
    assert 1 <= column <= len(lines[line - 1]) + 1
    return sum(len(before) + 1 for before in lines[: line - 1]) + column - 1


def with_crlf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def check_with_both_line_ends(text: str) -> None:
    """As it is, and with the other line ends: no place may change with them."""
    check_positions(text)
    unix, dos = (check_positions(twin) for twin in (text.replace("\r\n", "\n"), with_crlf(text)))
    for path, _ in unix.walk():
        assert (unix.key(path), unix.value(path)) == (dos.key(path), dos.value(path))


# --- texts by hand -------------------------------------------------------------------------------

BY_HAND = {
    "nothing": "",
    "comments only": "# a = 1\n\n\t# [b]",
    "no newline at the end": "a = 1",
    "dotted keys": "a.b.c = 1\na.b . d = 2\na\t.\te=3\n3.14 = 1\n",
    "dotted keys in a table": "[t]\na.b = 1\na.c = 2\n[t.d]\nx = 1\n",
    "quoted keys": "\"a b\" = 1\n'c\\d' = 2\n\"\" = 3\n'.' . '' = 4\n",
    "keys with escapes": (
        '"\\e" = 1\n"\\x41\\u00e9\\U0001F9D8" = 2\n"\\"\\\\\\t" = 3\n"#[a]" . "=" = 4\n'
    ),
    "keys that look like values": "true = 1\ninf = 2\n1979-05-27 = 3\n-1 = 4\n_ = 5\n",
    "strings": 'a = "x # y"\nb = \'x " y\'\nc = "\\""\nd = \'\'\ne = ""\nf = "\\\\" # "\n',
    "escapes": 'a = "\\b\\t\\n\\f\\r\\e\\"\\\\\\x41\\u00e9\\U0001F9D8"\n',
    "long strings": 'a = """x\n[b]\nc = 1 # no comment"""\nb = \'\'\'\n"""\n\\\n\'\'\'\n',
    "quotes in long strings": (
        'a = """"x"""\nb = """""x"""""\nc = """x\\""""\nd = """a""b"c"""\ne = """"""\n'
        "f = ''''x'''\ng = '''''x'''''\nh = '''''''\ni = ''''''''\nj = '''a''b'c'''\n"
    ),
    "continued long strings": 'a = """\\\n   x \\\n\n   y\\   \n z"""\nb = """\\\\"""\n',
    "numbers": (
        "a = 0\nb = +1_000\nc = 0xDEAD_beef\n"
        + "d = 0o7\ne = 0b1\nf = 1.5e-3\ng = +inf\nh = -nan\ni = -0.0\n"
    ),
    "days and times": (
        "a = 2026-01-02\nb = 12:30\nc = 12:30:00.123\nd = 2026-01-02T12:30:00\n"
        "e = 2026-01-02 12:30:00Z # x\nf = 2026-01-02 12:30\ng = 2026-01-02 12:30:00.5-07:00\n"
        "h = 2026-01-02 # 12:30\ni = [2026-01-02 12:30:00,2026-01-02 ,2026-01-02 12:30z]\n"
        "j = {a=2026-01-02 12:30:00,b=2026-01-02}\nk = 2026-01-02\t\nl = 2026-01-02 "
    ),
    "arrays": (
        "a = []\nb = [ ]\nc = [1,2,]\nd = [ 1 , \"]\" , ']' ]\n"
        "e = [ # ]\n  1, # ,\n\n  [2, [3]], # [\n  {x = 4}\n]\nf = [[], [[]]]\n"
    ),
    "inline tables": (
        "a = {}\nb = { }\nc = {x=1}\nd = { x = 1, y.z = 2 , y.w = {} }\n"
        "e = {\n  x = 1, # }\n  'y' = [\n1],\n}\nf = { # {\n}\ng = {x=1,}\n"
    ),
    "tables": "[a]\nx = 1\n[ b ]\n[\tc . 'd e' . \"\\e\"\t] # ]\nx = 1\n  [f]\n\tx\t=\t1\n",
    "tables before what they are in": "[a.b.c]\nx = 1\n[a]\ny = 1\n[a.b]\nz = 1\n[a.b.d]\n",
    "arrays of tables": (
        "[[a]]\n[a.b]\nx = 1\n[[a.c]]\ny = 1\n[[a.c]]\n[a.c.d]\nz = 1\n"
        "[[a]]\n[a.b]\nx = 2\n[[ a . c ]] # ]]\n"
    ),
    "arrays of tables below tables": "[a]\nx = 1\n[[a.b]]\n[[a.b]]\ny.z = 1\n[a.c]\n",
    "tables between the tables of an array": "[[a]]\nx = 1\n[b]\n[[a]]\nx = 2\n[c.d]\n[[a]]\n",
    "empty lines and blanks": " \t\n\n \t a \t = \t 1 \t \n\n\t\n",
    "wide characters": "a = 'ééé🧘' # 🧘\n\"é\" = ['🧘', 1]\n",
    "no line end but newlines": "a = '\x85\u2028\u2029' # \x85\nb = 1\n",
    "as deep as may be": (
        f"a = {'[' * 60}{']' * 60}\n{'b.' * 60}c = 1\nd = {'{e=' * 60}1{'}' * 60}\n"
    ),
}

by_hand = pytest.mark.parametrize("text", BY_HAND.values(), ids=BY_HAND)


@by_hand
def test_texts_by_hand(text: str) -> None:
    check_with_both_line_ends(text)


@by_hand
def test_texts_without_their_last_newline(text: str) -> None:
    check_with_both_line_ends(text.rstrip("\r\n"))


def test_one_text_with_mixed_line_ends() -> None:
    check_positions('a = """x\r\ny\n"""\r\nb = [\n1,\r\n2]\n[c]\r\n# x\nd = 1\r\n')


# --- the spans themselves ------------------------------------------------------------------------


def cut(text: str, path: At) -> tuple[str | None, str]:
    node, depth = locate(text).find(path)
    assert depth == len(path)
    return text[slice(*node.key)] if node.key else None, text[slice(*node.value)]


@pytest.mark.parametrize(
    ("text", "path", "key", "value"),
    [
        ("[coach]\nmode = 'on'\n", ("coach",), "coach", "[coach]"),
        ("[coach]\nmode = 'on'\n", ("coach", "mode"), "mode", "'on'"),
        (" [ a . 'b' ] # c", ("a", "b"), "'b'", "[ a . 'b' ]"),
        ("[a.b]", ("a",), "a", "a"),
        ("[a.b]\n[a]", ("a",), "a", "[a]"),
        ("a . b = 1", ("a",), "a", "a"),
        ("a . b = 1", ("a", "b"), "b", "1"),
        ("[[s]]\nx = 1\n[[ s ]]", ("s",), "s", "[[s]]"),
        ("[[s]]\nx = 1\n[[ s ]]", ("s", 0), "s", "[[s]]"),
        ("[[s]]\nx = 1\n[[ s ]]", ("s", 1), "s", "[[ s ]]"),
        ("[[s]]\n[s.t]\nx = 1", ("s", 0, "t"), "t", "[s.t]"),
        ("[[s]]\n[[s.t]]\nx = 1", ("s", 0, "t", 0, "x"), "x", "1"),
        ("x = [ 1 , [2] ]", ("x",), "x", "[ 1 , [2] ]"),
        ("x = [ 1 , [2] ]", ("x", 0), None, "1"),
        ("x = [ 1 , [2] ]", ("x", 1, 0), None, "2"),
        ("x = [ {a = 1}, {a = 2} ]", ("x", 1), None, "{a = 2}"),
        ("x = {a.b = 1, 'c' = [2]}", ("x", "a"), "a", "a"),
        ("x = {a.b = 1, 'c' = [2]}", ("x", "c"), "'c'", "[2]"),
        ("x = 2026-01-02 12:30:00 # y", ("x",), "x", "2026-01-02 12:30:00"),
        ("x = 2026-01-02 # y", ("x",), "x", "2026-01-02"),
        ('x = """\na"""" # y', ("x",), "x", '"""\na""""'),
    ],
)
def test_what_a_span_holds(text: str, path: At, key: str | None, value: str) -> None:
    assert cut(text, path) == (key, value)


def test_lines_and_columns_count_characters_from_1() -> None:
    positions = locate("# 🧘\r\n\t'é' = '🧘é' # x\r\n[a]\r\nb = '''\r\nx'''")

    assert positions.key(("é",)) == Place(2, 2, 2, 5)
    assert positions.value(("é",)) == Place(2, 8, 2, 12)
    assert positions.value(("a",)) == Place(3, 1, 3, 4)
    assert positions.value(("a", "b")) == Place(4, 5, 5, 5)


def test_a_header_of_its_own_is_a_table_s_place() -> None:
    positions = locate("[a.b]\n[a]\n")

    assert positions.key(("a",)) == Place(2, 2, 2, 3)
    assert positions.value(("a",)) == Place(2, 1, 2, 4)


def test_what_has_no_key_is_pointed_at_by_its_value() -> None:
    assert locate("x = [1, 2]").key(("x", 1)) == Place(1, 9, 1, 10)
    assert locate("").key(()) == Place(1, 1, 1, 1)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ((), ()),
        (("b",), ()),
        (("a", "y"), ("a",)),
        (("a", 0), ("a",)),
        (("a", "x", 3), ("a", "x")),
        (("a", "x", "y"), ("a", "x")),
        (("a", "x", 0, "y", 1), ("a", "x", 0)),
        ((0,), ()),
    ],
)
def test_what_is_not_there_leads_to_what_it_would_be_in(path: At, found: At) -> None:
    positions = locate("[a]\nx = [1, 2]\n")
    node, depth = positions.find(path)

    assert depth == len(found)
    assert positions.find(found) == (node, depth)
    assert positions.value(path) == positions.place(node.value)


# --- texts that are not right --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("a", ()),
        ("a = ", ()),
        ("= 1", ()),
        ("[a", ()),
        ("[[a]", ()),
        ("a = [1]", ()),
        ("a = {b = 1}", ()),
        ("a = [", (4,)),
        ("a = [1, [2, 3]", (4,)),
        ("a = [1, [2, 3", (4, 8)),
        ("a = {b = 1", (4,)),
        ("a = {b = [1}", (4, 9)),
        ("a = [{b = 1}, 2", (4,)),
        ("a = [\n# ]\n", (4,)),
        ("a = 'x\nb = 'y'", (4,)),
        ('a = "x', (4,)),
        ('a = ["x', (4, 5)),
        ("a = '''x", (4,)),
        ('b = 1\na = """x\n"" \\"""', (10,)),
        ("'a = 1", (0,)),
    ],
)
def test_what_is_open_where_a_text_goes_wrong(text: str, opened: tuple[int, ...]) -> None:
    assert progress(text).open == opened


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("", 0),
        ("a = 1\n", 0),
        ("a = 1\n # x\n b", 12),
        ("a = 1\n [b", 7),
        ("a = 1\nb = [\n1,\n{c = 2,\n", 6),
        ("[a]\nb = '''\n\nx", 4),
        ("a = 1\na = [2", 6),
    ],
)
def test_the_statement_in_which_a_text_goes_wrong(text: str, statement: int) -> None:
    assert progress(text).statement == statement


def test_a_text_that_nests_too_deeply_is_followed_no_further() -> None:
    assert progress("a = " + "[" * 5000).open[:2] == (4, 5)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("a = 1\na = 2", (0, 1), (6, 7)),
        ("a = 1\n'a' = 2", (0, 1), (6, 9)),
        ('"\\x61" = 1\na = 2', (0, 6), (11, 12)),
        ("a = {b = 1, b = 2}", (5, 6), (12, 13)),
        ("a = {}\na.b = 1", (0, 1), (7, 8)),
        ("a = {b = {}, b.c = 1}", (5, 6), (13, 14)),
        ("a = 1\n[a]", (0, 1), (7, 8)),
        ("a = 1\n[a.b]", (0, 1), (7, 8)),
        ("a = []\n[[a]]", (0, 1), (9, 10)),
        ("[a]\n[a]", (1, 2), (5, 6)),
        ("[a]\n[[a]]", (1, 2), (6, 7)),
        ("[[a]]\n[a]", (2, 3), (7, 8)),
        ("[[a]]\n[b]\n[ a ]", (2, 3), (12, 13)),
        ("[[a.b]]\n[a]\nb.c = 1", (4, 5), (12, 13)),
        ("a.b = 1\na = 2", (0, 1), (8, 9)),
    ],
)
def test_what_is_named_twice(text: str, first: tuple[int, int], second: tuple[int, int]) -> None:
    with pytest.raises(tomli.TOMLDecodeError):
        tomli.loads(text)
    with pytest.raises(RepeatedError) as raised:
        scan(text)
    assert raised.value.names == (first, second)
    assert progress(text).repeated == (first, second)


def test_positions_that_are_lost_are_not_guessed() -> None:
    with pytest.raises(PositionsLostError):
        locate("a = [1, 2")


# --- texts of the repository ---------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_of_the_repository(path: Path) -> None:
    check_with_both_line_ends(path.read_text("utf-8"))


def test_all_of_them_are_read() -> None:
    names = {str(path.relative_to(ROOT)) for path in FILES}

    assert names >= {
        "pyproject.toml",
        "routines/bird-dogs.toml",
        "src/backcoach/catalogue/data/bird-dog.toml",
        "src/backcoach/catalogue/tables/families.toml",
        "tests/data/format-example.toml",
    }


# --- texts, drawn --------------------------------------------------------------------------------

OFTEN = settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
SLIPPED = slips(st.sampled_from([*ROUTINES.values(), EXAMPLE, *BY_HAND.values()]) | toml_texts())


@given(toml_texts())
@example('a = {"\\e" = 1}')
@OFTEN
def test_any_text(text: str) -> None:
    check_with_both_line_ends(text)


def check_if_accepted(text: str) -> None:
    try:
        tomli.loads(text)
    except (tomli.TOMLDecodeError, RecursionError):
        accepted = False
    else:
        accepted = True
    assume(accepted)
    check_positions(text)


@given(SLIPPED)
@OFTEN
def test_any_slip_that_is_accepted(text: str) -> None:
    check_if_accepted(text)


@pytest.mark.soak
@given(toml_texts())
@settings(OFTEN, max_examples=3000)
def test_very_many_texts(text: str) -> None:
    check_with_both_line_ends(text)


@pytest.mark.soak
@given(SLIPPED)
@settings(OFTEN, max_examples=10_000)
def test_very_many_slips_that_are_accepted(text: str) -> None:
    check_if_accepted(text)
