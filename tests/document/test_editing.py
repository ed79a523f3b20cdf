"""One value changed in place. The oracle knows no positions: it compares texts, and parses them."""

import string
import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
import tomli
from customising_building import BUNDLED, COMMENTED
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from toml_building import toml_texts

from backcoach.document.editing import CantSetError, literals, read_path, set_value
from backcoach.document.reading import Document, parse_document
from backcoach.errors import EXIT_USAGE

At = tuple[str | int, ...]
Parse = Callable[[str], dict[str, Any]]

SNOWMAN: Final = '"☃"'
"""A value that no text here holds: where it stands afterwards is what was changed."""


# --- the oracle ----------------------------------------------------------------------------------


def flat(value: object, path: At = ()) -> dict[At, str]:
    """Everything in a value by its path; what tells 1 from true and from 1.0."""
    if isinstance(value, dict):
        found = {path: "table"}
        for name, inner in value.items():
            found |= flat(inner, (*path, name))
        return found
    if isinstance(value, list):
        found = {path: "list"}
        for index, inner in enumerate(value):
            found |= flat(inner, (*path, index))
        return found
    return {path: repr(value)}


def with_value(old: dict[At, str], path: At, value: object) -> dict[At, str]:
    """What there is after a value was set, and the tables that had to be made for it."""
    kept = {at: what for at, what in old.items() if at[: len(path)] != path}
    way = {path[:depth]: "table" for depth in range(len(path))}
    return way | kept | flat(value, path)


def leaves(text: str, parse: Parse) -> list[At]:
    """The paths of all values but tables and lists of tables."""
    found = everything(text, parse)
    above_tables = {at[:-1] for at, what in found.items() if what == "table"}
    return [at for at, what in found.items() if what != "table" and at not in above_tables]


def tables(text: str, parse: Parse) -> list[At]:
    """The paths of all tables, the whole file's first."""
    return [at for at, what in everything(text, parse).items() if what == "table"]


def shown(path: At) -> str:
    """A path as people write it."""
    pieces = (f".{part}" if isinstance(part, str) else f"[{part + 1}]" for part in path)
    return "".join(pieces).removeprefix(".")


@cache
def document(text: str) -> Document:
    return parse_document(text.encode(), "a.toml")


def put(text: str, path: At, literal: str) -> str:
    return set_value(document(text), path, literal)


@cache
def everything(text: str, parse: Parse) -> dict[At, str]:
    return flat(parse(text))


def around(text: str, path: At) -> tuple[str, str]:
    """What stands before and after a value."""
    before, after = put(text, path, SNOWMAN).split(SNOWMAN)
    assert text.startswith(before)
    assert text.endswith(after)
    return before, after


def check_set(text: str, path: At, values: Iterable[str], parse: Parse) -> None:
    """A value that is there becomes another, and that is all."""
    before, after = around(text, path)
    cut = text[len(before) : len(text) - len(after)]
    assert cut == cut.strip()
    old = everything(text, parse)
    # In brackets, nothing but the value may be there: no comment either.
    was = flat(parse(f"x = [{cut}]")["x"])
    below = {(0, *at[len(path) :]): what for at, what in old.items() if at[: len(path)] == path}
    assert was == {(): "list"} | below
    for literal in values:
        changed = put(text, path, literal)
        assert changed == before + literal + after
        assert flat(parse(changed)) == with_value(old, path, parse(f"x = {literal}")["x"])


def check_added(text: str, path: At, parse: Parse) -> None:
    """A value that isn't there comes in, and everything else stays."""
    changed = put(text, path, SNOWMAN)
    start = next(
        (at for at, (old, new) in enumerate(zip(text, changed, strict=False)) if old != new),
        len(text),
    )
    length = len(changed) - len(text)
    put_in = changed[start : start + length]
    assert changed[start + length :] == text[start:]
    assert SNOWMAN in put_in
    assert flat(parse(changed)) == with_value(everything(text, parse), path, "☃")
    ends = {line[-2:] == "\r\n" for line in put_in.splitlines(keepends=True)[:-1]}
    assert ends <= {"\r\n" in text}


def with_crlf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


# --- every value of every routine ----------------------------------------------------------------

LITERALS: Final = ("-1.5", "[ '''☃ # \"''', # ]\n  { 'a' . b = 2026-01-02 12:30:00 },\n]")
ENDS: Final = pytest.mark.parametrize("ends", [str, with_crlf], ids=["LF", "CRLF"])
every_routine = pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)


@ENDS
@every_routine
def test_every_value_of_a_routine(path: Path, ends: Callable[[str], str]) -> None:
    text = ends(path.read_text("utf-8"))
    found = leaves(text, tomllib.loads)
    assert len(found) >= 10
    for leaf in found:
        assert read_path(shown(leaf)) == leaf
        check_set(text, leaf, LITERALS, tomllib.loads)


@every_routine
def test_a_key_more_in_every_table_of_a_routine(path: Path) -> None:
    text = path.read_text("utf-8")
    for twin in (text, with_crlf(text).rstrip("\r\n")):
        for table in tables(twin, tomllib.loads):
            check_added(twin, (*table, "added"), tomllib.loads)
            check_added(twin, (*table, "added", "below"), tomllib.loads)


@ENDS
def test_every_value_between_comments(ends: Callable[[str], str]) -> None:
    text = ends(COMMENTED.read_text("utf-8"))
    found = leaves(text, tomli.loads)
    for leaf in found:
        assert read_path(shown(leaf)) == leaf
        check_set(text, leaf, LITERALS, tomli.loads)
    assert {
        ("name",),
        ("summary",),
        ("tags", 2),
        ("needs",),
        ("coach", "swaps", 0, "exercise"),
        ("steps", 0, "reps", 2),
        ("steps", 2, "steps", 3, "steps", 1, "rest"),
        ("exercises", "wall-sit", "cues", "go", 0),
        ("exercises", "wall-sit", "avoid", 1, "code"),
        ("exercises", "wall-sit", "figure", "props", 0, "h"),
        ("exercises", "chair-sit", "dose", "duration"),
    } <= set(found)


@ENDS
def test_a_key_more_in_every_table_between_comments(ends: Callable[[str], str]) -> None:
    text = ends(COMMENTED.read_text("utf-8"))
    assert not text.endswith("\n")
    newline = "\r\n" if "\r\n" in text else "\n"
    for twin in (text, text + newline, f"{text}{newline}  # The end.", text + newline * 3):
        for table in tables(twin, tomli.loads):
            if table != ("exercises", "wall-sit", "ceiling"):
                check_added(twin, (*table, "added"), tomli.loads)
                check_added(twin, (*table, "added", "below"), tomli.loads)


def test_inline_tables_are_values_as_well() -> None:
    text = COMMENTED.read_text("utf-8")
    inline = [
        ("exercises", "wall-sit", "breath"),
        ("exercises", "wall-sit", "ceiling"),
        ("steps", 2, "steps", 1),
        ("coach", "swaps", 1),
    ]
    for path in inline:
        before, after = around(text, path)
        cut = text[len(before) : len(text) - len(after)]
        assert (cut[0], cut[-1]) == ("{", "}")
        old = flat(tomli.loads(text))
        assert flat(tomli.loads(put(text, path, SNOWMAN))) == with_value(old, path, "☃")


def test_a_list_of_inline_tables_is_a_value_as_well() -> None:
    assert put("x = [ {a = 1}, {} ] # y\n", ("x",), "[]") == "x = [] # y\n"


# --- what is written where -----------------------------------------------------------------------

ADDED: Final = {
    "an empty file": ("", "a", "a = 1\n"),
    "comments only": ("# b\n", "a", "a = 1\n# b\n"),
    "before the first table": ("[t]\n", "a", "a = 1\n[t]\n"),
    "the head of a file": (
        "b = 2 # b\n\n# t\n[t]\nc = 3\n",
        "a",
        "b = 2 # b\na = 1\n\n# t\n[t]\nc = 3\n",
    ),
    "no last newline": ("b = 2 # b", "a", "b = 2 # b\na = 1\n"),
    "no last newline, with CRLF": ("[t]\r\nb = 2", "t.a", "[t]\r\nb = 2\r\na = 1\r\n"),
    "an empty table": ("[t] # t\n\n[u]\n", "t.a", "[t] # t\na = 1\n\n[u]\n"),
    "an empty table at the end": ("[t]", "t.a", "[t]\na = 1\n"),
    "a table with a table below": (
        "[t]\nb = 2\n[t.u]\nc = 3\n",
        "t.a",
        "[t]\nb = 2\na = 1\n[t.u]\nc = 3\n",
    ),
    "a table that is below another": (
        "[t.u]\nc = 3\n[t]\nb = 2\n",
        "t.a",
        "[t.u]\nc = 3\n[t]\nb = 2\na = 1\n",
    ),
    "a table that only the one below names": ("[t.u]\nc = 3\n", "t.a", "t.a = 1\n[t.u]\nc = 3\n"),
    "a table of a list": (
        "[[t]]\nb = 2\n\n[[t]]\nc = 3\n",
        "t[1].a",
        "[[t]]\nb = 2\na = 1\n\n[[t]]\nc = 3\n",
    ),
    "the last table of a list": ("[[t]]\n[[t]]\nc = 3\n", "t[2].a", "[[t]]\n[[t]]\nc = 3\na = 1\n"),
    "below a value of several lines": (
        "b = [ # ]\n  2,\n] # b\n# c\n",
        "a",
        "b = [ # ]\n  2,\n] # b\na = 1\n# c\n",
    ),
    "below a text of several lines": (
        "b = '''\n[t]\n'''\n[t]\n",
        "a",
        "b = '''\n[t]\n'''\na = 1\n[t]\n",
    ),
    "a table made by dotted keys": ("t.b = 2\nc = 3\n", "t.a", "t.b = 2\nc = 3\nt.a = 1\n"),
    "dotted keys in a table": ("[s]\nt.b = 2\n[u]\n", "s.t.a", "[s]\nt.b = 2\nt.a = 1\n[u]\n"),
    "no table yet": ("b = 2\n[s]\n", "t.u.a", "b = 2\nt.u.a = 1\n[s]\n"),
    "an inline table": ("t = { b = 2 } # t\n", "t.a", "t = { b = 2, a = 1 } # t\n"),
    "a tight inline table": ("t={b=2}\n", "t.a", "t={b=2, a = 1}\n"),
    "an empty inline table": ("t = {}\n", "t.a", "t = { a = 1 }\n"),
    "an empty inline table with a blank": ("t = { }\n", "t.a", "t = { a = 1 }\n"),
    "a comma too many": ("t = { b = 2 , }\n", "t.a", "t = { b = 2, a = 1 , }\n"),
    "an inline table over lines": (
        "t = {\n  b = 2, # b\n  c = 3 # c\n}\n",
        "t.a",
        "t = {\n  b = 2, # b\n  c = 3, a = 1 # c\n}\n",
    ),
    "an inline table over lines, with a comma too many": (
        "t = {\r\n  b = 2, # b\r\n}\r\n",
        "t.a",
        "t = {\r\n  b = 2, a = 1, # b\r\n}\r\n",
    ),
    "dotted keys in an inline table": ("t = { u.b = 2 }\n", "t.u.a", "t = { u.b = 2, u.a = 1 }\n"),
    "an inline table in a list": (
        "t = [ { b = 2 }, {} ]\n",
        "t[2].a",
        "t = [ { b = 2 }, { a = 1 } ]\n",
    ),
}


@pytest.mark.parametrize(("text", "path", "changed"), ADDED.values(), ids=ADDED.keys())
def test_where_a_new_key_is_written(text: str, path: str, changed: str) -> None:
    assert put(text, read_path(path), "1") == changed


def test_a_comment_in_an_empty_inline_table_stays() -> None:
    changed = put("t = {\n  # Nothing yet: a = 2\n}\n", ("t", "a"), "1")

    assert tomli.loads(changed) == {"t": {"a": 1}}
    assert "\n  # Nothing yet: a = 2\n}\n" in changed


@pytest.mark.parametrize(
    ("text", "path", "changed"),
    [
        ("a = 1 # b", "a", "a = [2] # b"),
        ("a=1", "a", "a=[2]"),
        ("a = '''\n1'''\t# b\r\n", "a", "a = [2]\t# b\r\n"),
        ("a = [1, 1, 1,]", "a[2]", "a = [1, [2], 1,]"),
        ("a = [1, [1], ]", "a[2]", "a = [1, [2], ]"),
        ("a.b.c = 1", "a.b.c", "a.b.c = [2]"),
        ("a = { b = { c = 1, }, }", "a.b.c", "a = { b = { c = [2], }, }"),
        ("a = { b = { c = 1, }, }", "a.b", "a = { b = [2], }"),
        ("[[a]]\nb = 1\n[[a]]\nb = 1\n", "a[2].b", "[[a]]\nb = 1\n[[a]]\nb = [2]\n"),
        ("a = 2026-01-02 12:30 # b", "a", "a = [2] # b"),
        ('"a" = 1\n', "a", '"a" = [2]\n'),
    ],
)
def test_what_is_written_in_place_of_a_value(text: str, path: str, changed: str) -> None:
    assert put(text, read_path(path), "[2]") == changed


def test_a_quoted_key_is_a_part_like_others() -> None:
    text = '["a b"]\n"c.d" = 1 # "c.d" = 2\n'

    assert put(text, ("a b", "c.d"), "3") == '["a b"]\n"c.d" = 3 # "c.d" = 2\n'


# --- refusals ------------------------------------------------------------------------------------

TABLES: Final = """
a.b = 1
c = []
d = { e = [{}] }
f = "x"
[t]
[[u]]
x = 1
[[u]]
[v.w]
"""


@pytest.mark.parametrize(
    "path",
    [
        *("a", "t", "u", "u[1]", "u[2]", "v", "v.w"),
        *("u[3]", "u[3].x", "u[1].x.y", "u.x", "u.x.y"),
        *("c[1]", "c[1].x", "c.x", "d.e[2]", "d.e[2].x", "d[1]", "d.e.x"),
        *("f.x", "f[1]", "t[1]", "t[1].x", "new[1]", "new.x[1].y", "t.x[1]"),
    ],
)
def test_what_can_not_be_set(path: str) -> None:
    with pytest.raises(CantSetError) as raised:
        put(TABLES, read_path(path), "1")
    assert f"`{path[0]}" in str(raised.value)
    assert raised.value.exit_status == EXIT_USAGE


def test_a_whole_file_is_no_value() -> None:
    with pytest.raises(CantSetError):
        put("a = 1", (), "1")


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("name", ("name",)),
        ("steps[2].hold", ("steps", 1, "hold")),
        ("steps[3].steps[1].reps[2]", ("steps", 2, "steps", 0, "reps", 1)),
        ("a[1][2]", ("a", 0, 1)),
        ("exercises.wall-sit.dose.hold", ("exercises", "wall-sit", "dose", "hold")),
        ("_.1.-", ("_", "1", "-")),
        ("a[999999]", ("a", 999_998)),
    ],
)
def test_how_a_path_is_written(written: str, path: At) -> None:
    assert read_path(written) == path


@pytest.mark.parametrize(
    "written",
    [
        *("", " ", ".", "..", "a.", "a..b", "a.[1]", "a b", "a ", " a", "a\n", "\na", "\n"),
        *("[1]", "[1].a", "a[0]", "a[-1]", "a[+1]", "a[1.0]", "a[]", "a[", "a]", "a[1", "a[1]]"),
        *("a[[1]]", "a[1]b", "a[1] .b", "a[x]", "a[1000000]", "a[１]", "a[²]", "é", "a.é", "a,b"),
        *('"a"', "'a b'", "a.'b'", "a/b", "../a", "a\0", "a=1", "a#b", "$a", "*", "a[*]", "a[1,2]"),
        pytest.param("a[00]"),
        pytest.param("a[000000]"),
        pytest.param(".a"),
    ],
)
def test_what_is_no_path(written: str) -> None:
    with pytest.raises(CantSetError) as raised:
        read_path(written)
    assert raised.value.exit_status == EXIT_USAGE


@given(st.text("ab-_1[]. \n") | st.text())
@settings(max_examples=200)
def test_a_path_has_no_second_meaning(written: str) -> None:
    try:
        path = read_path(written)
    except CantSetError:
        return
    assert read_path(shown(path)) == path
    assert set(written) <= {*string.ascii_letters, *string.digits, *"-_[]."}


# --- values, typed -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        *("6", "-5", "+1_000", "0x1F", "1.5", "1e3", "inf", "true", "false", "12:30:00"),
        *("2026-01-02", "2026-01-02 12:30:00", "[6, 4, 2]", "[ ]", "[1,]", "[[1], ['x']]", "{}"),
        *('"x"', "'x'", '""', "''", '"""a\nb"""', "'''\n'''", "[1, # ]\n 2]", '"# no comment"'),
        *('"]"', "'}'", "{ a = 1, b.c = [2] }", '["a, b"]', '"a\\nb"', '"\\""'),
    ],
)
def test_what_is_toml_is_taken_as_it_is(typed: str) -> None:
    as_it_is, as_text = literals(typed)

    assert as_it_is == typed
    assert tomllib.loads(f"x = {as_text}") == {"x": typed}
    assert literals(f" \t{typed} \n")[0] == typed


@pytest.mark.parametrize(
    "typed",
    [
        *("15s", "1m30s", "bird-dog", "Slowly today.", "", " ", "\n", "12:60", "True", "nul", "é"),
        *("06", "1 2", "1,2", "1, 2", "- 5", "--5", "5 s", "[1", "1]", "[1] [2]", "{a}", "{ a = 1"),
        *('1\nname = "x"', '"x" # y', "1 }", "1 # y", "[1] # y", "1\n# y", "# y", "1\n2"),
        *('"x', 'x"', "'x\"", '"x" "y"', '"""x', "'x'\ny = 'z'", "1\n[t]", "1\r\ny = 2", "1\ry"),
        *("= 1", "x = 1", "x", ".", "\\", '\\"', "\0", "\x1b[2J", "\x7f", "\r", "\u2028", "\ufeff"),
        *("C:\\temp", "it's", 'say "hm"', "'''", '"""', "a\tb", "🧘", "\u202egnp"),
    ],
)
def test_what_is_not_one_value_is_a_text(typed: str) -> None:
    (as_text,) = literals(typed)

    assert tomllib.loads(f"x = {as_text}") == {"x": typed}
    assert "\n" not in as_text


PIECES: Final = st.lists(
    st.sampled_from(
        [
            *"\n \t'\"[]{}.,#=\\a19-_+:\r\x00é",
            *("'''", '"""', "[[", "]]", "true", "nan", "10s", "2026-01-02 12:30", " # x\n", ",\n"),
            *("\\x41", "\\e", "\\q", "a = 1\n", "\n[t]\n", "\nhold = 3", "\nname = 'x'", "\\\n"),
            *('"x"', "{ a = 1 }", "[1,\n2]", "b.c", " = "),
        ]
    ),
    max_size=6,
).map("".join)
TYPED: Final = PIECES | st.text(max_size=12) | st.integers().map(str) | st.floats().map(str)


@given(TYPED)
@settings(max_examples=200)
def test_a_literal_is_one_value_wherever_it_stands(typed: str) -> None:
    found = literals(typed)

    assert tomllib.loads(f"x = {found[-1]}") == {"x": typed}
    for literal in found:
        alone = flat(tomli.loads(f"x = {literal}")["x"])
        assert flat(tomli.loads(f"x = [{literal}]")["x"][0]) == alone
        more = tomli.loads(f"x = {{ a = {literal}, b = 1 }} # c\ny = {literal}\nz = 2")
        assert more.keys() == {"x", "y", "z"}
        assert more["x"].keys() == {"a", "b"}
        assert flat(more["x"]["a"]) == flat(more["y"]) == alone
    if len(found) > 1:
        assert flat(tomli.loads(f"x = {typed.strip()}")["x"]) == flat(
            tomli.loads(f"x = {found[0]}")["x"]
        )


SOMEWHERE: Final = st.sampled_from([*BUNDLED, COMMENTED])


@given(SOMEWHERE, TYPED, st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_no_value_that_is_typed_changes_anything_else(path: Path, typed: str, random: Any) -> None:
    text = path.read_text("utf-8")
    leaf = random.choice(leaves(text, tomli.loads))
    check_set(text, leaf, (each for each in literals(typed) if "nan" not in each), tomli.loads)


@given(SOMEWHERE, TYPED, st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_what_is_no_literal_changes_nothing_else_either(path: Path, raw: str, random: Any) -> None:
    text = path.read_text("utf-8")
    known = random.choice(leaves(text, tomli.loads))
    new = (*random.choice(tables(text, tomli.loads)), "added")
    for at in (known, new):
        try:
            changed = put(text, at, raw)
        except CantSetError:
            continue
        value = tomli.loads(f"x = {raw}")["x"]
        assert flat(tomli.loads(changed)) == with_value(flat(tomli.loads(text)), at, value)


INJECTIONS: Final = (
    *('1\nname = "x"', "1\n[coach]", "1, hold = 2", "1 }\nx = { a = 1", "1 ]\nx = [ 1", "", "#"),
    *("1\n'name' = 2", "'\nname = '", "1\r\nadded.more = 1", '"""', "= 1"),
)


@pytest.mark.parametrize("raw", INJECTIONS)
def test_more_than_a_value_is_refused_everywhere(raw: str) -> None:
    text = COMMENTED.read_text("utf-8")
    added = [(*table, "added") for table in tables(text, tomli.loads)]
    for path in [*leaves(text, tomli.loads), *added]:
        with pytest.raises(CantSetError):
            put(text, path, raw)


def test_not_a_number_is_a_value_as_well() -> None:
    assert put("a = 1 # b", ("a",), "nan") == "a = nan # b"


# --- texts, drawn --------------------------------------------------------------------------------

OFTEN: Final = settings(
    deadline=None,
    max_examples=80,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
BARE: Final = frozenset(string.ascii_letters + string.digits + "-_")


def check_any_text(text: str, random: Any) -> None:
    """A value of it set, and a key added to one of its tables."""
    assume("nan" not in text)
    found = leaves(text, tomli.loads)
    if found:
        check_set(text, random.choice(found), LITERALS, tomli.loads)
    table = random.choice(tables(text, tomli.loads))
    parts = [part for part in table if isinstance(part, str)]
    if "added" in parts or not all(part and BARE.issuperset(part) for part in parts):
        return
    changed = put(text, (*table, "added"), SNOWMAN)
    expected = with_value(flat(tomli.loads(text)), (*table, "added"), "☃")
    assert flat(tomli.loads(changed)) == expected


@given(toml_texts(), st.randoms(use_true_random=False))
@OFTEN
def test_any_text(text: str, random: Any) -> None:
    check_any_text(text, random)
    check_any_text(with_crlf(text), random)


@pytest.mark.soak
@given(toml_texts(), st.randoms(use_true_random=False))
@settings(OFTEN, max_examples=6000)
def test_very_many_texts(text: str, random: Any) -> None:
    check_any_text(text, random)
    check_any_text(with_crlf(text), random)
