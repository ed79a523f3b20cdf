"""A file → its text → TOML values, and every way in which that fails."""

import os
import socket
import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from routine_building import DATA, can_be_shown

from backcoach.document.problems import BadFileError, Problem
from backcoach.document.reading import (
    MAX_BYTES,
    Document,
    parse_document,
    read_bytes,
    read_document,
)
from backcoach.document.scanning import MAX_DEPTH
from backcoach.document.syntax import MAX_VALUES
from backcoach.errors import UnreadableError

EXAMPLE = (DATA / "format-example.toml").read_bytes()


def problem_in(content: bytes) -> Problem:
    with pytest.raises(BadFileError) as raised:
        parse_document(content, "a.toml")
    (problem,) = raised.value.problems
    return problem


def place_in(content: bytes) -> tuple[str, int, int]:
    problem = problem_in(content)
    assert problem.place is not None
    return problem.code, problem.place.line, problem.place.column


# --- accepted ------------------------------------------------------------------------------------


def test_values_and_text() -> None:
    document = parse_document("a = 1 # é\n".encode(), "a.toml")

    assert document == Document("a.toml", "a = 1 # é\n", {"a": 1})


def test_an_empty_file_has_no_values() -> None:
    assert parse_document(b"", "a.toml").values == {}


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert parse_document(b"\xef\xbb\xbfa = 1\n", "a.toml") == Document(
        "a.toml", "a = 1\n", {"a": 1}
    )


def test_crlf_is_accepted_and_kept() -> None:
    document = parse_document(b"a = 1\r\nb = 2\r\n", "a.toml")

    assert document.values == {"a": 1, "b": 2}
    assert document.text == "a = 1\r\nb = 2\r\n"


def test_toml_1_1_is_accepted() -> None:
    document = parse_document(b'a = {\n  b = 1,\n  c = "\\x41",\n}\n', "a.toml")

    assert document.values == {"a": {"b": 1, "c": "A"}}


def test_as_another_parser_reads_it() -> None:
    assert parse_document(EXAMPLE, "a.toml").values == tomllib.loads(EXAMPLE.decode())


def test_exactly_the_largest_size() -> None:
    content = b"a = 1 #" + b"x" * (MAX_BYTES - 7)

    assert parse_document(content, "a.toml").values == {"a": 1}


# --- refused -------------------------------------------------------------------------------------


def test_a_byte_too_many() -> None:
    problem = problem_in(b"#" * (MAX_BYTES + 1))

    assert problem.code == "too-large"
    assert "1 MiB" in problem.message


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"\xff", 1, 1),
        (b"a = 1\nb = '\xe9'\n", 2, 6),
        (b"a = 1\r\n\r\nb = \xc3\x28", 3, 5),
        ("# ééé".encode() + b"\xff", 1, 6),
        (b"a = '\xed\xa0\x80'", 1, 6),
        (b"a = 1\n# \xc0\xaf", 2, 3),
    ],
)
def test_not_utf_8_and_where(content: bytes, line: int, column: int) -> None:
    assert place_in(content) == ("not-utf-8", line, column)


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [(b"a = \xff", 1, 5), (b"a = 1\n\xff", 2, 1), (b"a = 1\nb = '\xe9'", 2, 6)],
)
def test_not_utf_8_after_a_byte_order_mark(content: bytes, line: int, column: int) -> None:
    assert place_in(b"\xef\xbb\xbf" + content) == ("not-utf-8", line, column)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_utf_16_is_not_utf_8(encoding: str) -> None:
    content = 'a = "é"\n'.encode(encoding)

    assert place_in(content) == ("not-utf-8", 1, 1)
    assert "UTF-8" in problem_in(content).help


def test_utf_16_is_named() -> None:
    assert problem_in('a = "é"\n'.encode("utf-16")).message == "the file is UTF-16 text"
    assert problem_in(b"a = '\xe9'\n").message == "the file is not UTF-8 text"


@pytest.mark.parametrize(("encoding", "column"), [("utf-16-le", 2), ("utf-16-be", 1)])
def test_utf_16_without_a_mark_is_no_toml(encoding: str, column: int) -> None:
    with pytest.raises(BadFileError) as raised:
        parse_document("a = 1\n".encode(encoding), "a.toml")
    found = raised.value.problems.found

    assert {problem.code for problem in found} == {"toml-syntax"}
    assert found[0].place is not None
    assert (found[0].place.line, found[0].place.column) == (1, column)


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"a = 1\rb = 2", 1, 6),
        (b"a = 1\n# \x00", 2, 3),
        (b"a = '\x00'", 1, 6),
        (b"a = 1\nb = \n", 2, 5),
        (b"a = 1\r\nb = \r\n", 2, 5),
        (b"a = 2026-02-31", 1, 5),
        (b"\xef\xbb\xbfa = 1\nb = ", 2, 5),
    ],
)
def test_no_toml_and_where(content: bytes, line: int, column: int) -> None:
    assert place_in(content) == ("toml-syntax", line, column)


def test_a_key_set_twice_and_where() -> None:
    assert place_in(b"a = 1\na = 2") == ("toml-duplicate", 2, 1)


@pytest.mark.parametrize("content", [b"a = ", b"a = [\n1,\n", b'a = """x\ny', b"a = {\n", b"["])
def test_the_line_is_one_that_the_file_has(content: bytes) -> None:
    code, line, _ = place_in(content)

    assert code == "toml-syntax"
    assert 1 <= line <= content.count(b"\n") + 1


@pytest.mark.parametrize(
    "content",
    [
        b"a = " + b"[" * 100_000,
        b"a = " + b"[" * 5000 + b"]" * 5000,
        b"a = " + b"{a=" * 5000 + b"1" + b"}" * 5000,
        b"a = " + b"[" * MAX_DEPTH + b"]" * MAX_DEPTH,
        b"a." * MAX_DEPTH + b"a = 1",
        b"a." * 5000 + b"a = 1",
        b"[" + b"a." * 5000 + b"a]",
        b"[[" + b"a." * 300 + b"a]]",
    ],
    ids=["open", "lists", "tables", "just", "dotted", "long-dotted", "header", "array-header"],
)
def test_nested_too_deeply(content: bytes) -> None:
    problem = problem_in(content)

    assert problem.code == "too-deep"
    assert "too deeply" in problem.message


def test_nested_as_deeply_as_may_be() -> None:
    lists = MAX_DEPTH - 1

    assert parse_document(b"a = " + b"[" * lists + b"]" * lists, "a.toml").values


def test_an_integer_too_long_to_be_read() -> None:
    assert place_in(b"b = 1\na = " + b"1" * 100_000) == ("toml-syntax", 2, 5)


def test_as_many_values_as_may_be() -> None:
    values = b"a = [" + b"1," * (MAX_VALUES - 1) + b"]"

    assert len(parse_document(values, "a.toml").values["a"]) == MAX_VALUES - 1


@pytest.mark.parametrize(
    "content",
    [
        b"a = [" + b"1," * MAX_VALUES + b"]",
        b"[[a]]\n" * (MAX_VALUES + 1),
        b"".join(b"a%d.b = 1\n" % number for number in range(MAX_VALUES // 2 + 1)),
    ],
    ids=["array", "tables", "dotted"],
)
def test_and_not_more(content: bytes) -> None:
    problem = problem_in(content)

    assert problem.code == "too-large"
    assert "50,000 values" in problem.message
    assert problem.help


# --- files ---------------------------------------------------------------------------------------


def refused(path: str | Path) -> str:
    with pytest.raises(UnreadableError) as raised:
        read_document(str(path))
    return str(raised.value)


def test_a_file_is_read_and_named(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_bytes(b"a = 1\n")

    assert read_document(str(file)) == Document(str(file), "a = 1\n", {"a": 1})
    assert read_document(str(file), "shown.toml").file == "shown.toml"


def test_problems_name_the_file_as_shown(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_bytes(b"a =")

    with pytest.raises(BadFileError) as raised:
        read_document(str(file), "shown.toml")
    assert [problem.file for problem in raised.value.problems] == ["shown.toml"]


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.touch()
    os.truncate(file, 1 << 40)

    assert len(read_bytes(str(file))) == MAX_BYTES + 1
    with pytest.raises(BadFileError, match="too-large"):
        read_document(str(file))


def test_a_symbolic_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"a = 1")
    (tmp_path / "link.toml").symlink_to("a.toml")

    assert read_document(str(tmp_path / "link.toml")).values == {"a": 1}


def test_missing(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.toml") == f"{tmp_path}/a.toml: No such file or directory"


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a").touch()

    assert "Not a directory" in refused(tmp_path / "a" / "b.toml")


def test_a_directory(tmp_path: Path) -> None:
    (tmp_path / "a.toml").mkdir()

    assert str(tmp_path / "a.toml") in refused(tmp_path / "a.toml")


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="counts open files in /proc")
@pytest.mark.parametrize("kind", ["directory", "fifo", "device"])
def test_nothing_stays_open(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.toml"
    if kind == "directory":
        path.mkdir()
    elif kind == "fifo":
        os.mkfifo(path)
    else:
        path = Path("/dev/null")
    before = sorted(os.listdir("/proc/self/fd"))

    with pytest.raises((UnreadableError, OSError)):
        read_bytes(str(path))

    assert sorted(os.listdir("/proc/self/fd")) == before


def test_a_fifo_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.toml")

    assert "not a regular file" in refused(tmp_path / "a.toml")


def test_a_device() -> None:
    assert "not a regular file" in refused("/dev/null")


def test_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("a.toml")
        assert refused("a.toml").startswith("a.toml: ")


def test_a_loop_of_symbolic_links(tmp_path: Path) -> None:
    (tmp_path / "a.toml").symlink_to("b.toml")
    (tmp_path / "b.toml").symlink_to("a.toml")

    assert refused(tmp_path / "a.toml").startswith(f"{tmp_path}/a.toml: ")


@pytest.mark.parametrize("name", ["a\0.toml", "\ud800.toml", "a" * 300 + ".toml", ""])
def test_a_name_that_no_file_has(tmp_path: Path, name: str) -> None:
    assert refused(f"{tmp_path}/{name}/x" if name else "")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.touch(0o000)

    assert "Permission denied" in refused(file)


@pytest.mark.skipif(not Path("/proc/self/mem").is_file(), reason="a file that can't be read")
def test_a_file_that_fails_while_it_is_read() -> None:
    assert refused("/proc/self/mem").startswith("/proc/self/mem: ")


# --- anything at all -----------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *"\n\r\t ='\"[]{}.,#\\abc019-_+:eExT\x00\x1b\u202e\ufeff",
        *("\r\n", "'''", '"""', "[[", "]]", "inf", "nan", "true", "0x", "1e9", "\\u00e9", "\\x"),
        *("2026-01-02", "12:30:00", "a = ", "[a]\n", "a.b = 1\n", "1" * 5000, "[" * 300),
    ]
)
CONTENTS = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(str.encode),
    st.lists(PIECES, max_size=40).map(lambda pieces: "".join(pieces).encode()),
    st.tuples(st.integers(0, len(EXAMPLE)), st.integers(0, 40), st.binary(max_size=6)).map(
        lambda cut: EXAMPLE[: cut[0]] + cut[2] + EXAMPLE[cut[0] + cut[1] :]
    ),
)


def parse_anything(content: bytes) -> None:
    try:
        document = parse_document(content, "a.toml")
    except BadFileError as error:
        for problem in error.problems:
            if problem.place is not None:
                assert 1 <= problem.place.line <= content.count(b"\n") + 1
                assert problem.place.column >= 1
        assert can_be_shown(error)  # noqa: PT017
    else:
        assert isinstance(document.values, dict)


@given(CONTENTS)
@example(b"\xef\xbb\xbf\xef\xbb\xbf")
@settings(deadline=None, max_examples=400)
def test_any_bytes_are_a_document_or_problems(content: bytes) -> None:
    parse_anything(content)


@pytest.mark.soak
@given(CONTENTS)
@settings(deadline=None, max_examples=10_000)
def test_very_many_bytes_are_a_document_or_problems(content: bytes) -> None:
    parse_anything(content)
