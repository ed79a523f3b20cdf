"""Mistakes that people make, each with the exact report that they get of it.

Where a report is meant to change: `python tests/report_building.py`, then read the difference.
"""

import ast
import json
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from report_building import BAD, BUILT, bad_files, check, codes_in, expected, names, report
from routine_building import Values, check_values, routine_values, spoiled, toml_tables
from session_building import ROOT, Program, unprintable

from backcoach.document.explaining import explanations
from backcoach.document.problems import BadFileError, Severity

READS_FILES: Final = ("catalogue", "cli", "document", "routines", "settings")
SOURCES: Final = [
    path for room in READS_FILES for path in (ROOT / "src" / "backcoach" / room).rglob("*.py")
]
NOTERS: Final = {"add": 0, "_warn": 0, "PydanticCustomError": 0, "Problem": 1}
"""What makes a problem → which of its arguments is the code."""
TABLES: Final = ("_MESSAGES", "_PATTERNS")
"""Tables of problems; each value begins with its code."""


def code_of(name: str) -> str:
    """The code that a bad file is there for: its name is the code, and perhaps more words."""
    words = re.split("[- ]", name)
    codes = ("-".join(words[:count]) for count in range(len(words), 0, -1))
    return next(code for code in codes if code in explanations())


@pytest.mark.parametrize("name", names())
def test_the_report(name: str) -> None:
    assert report(name) == expected(name)


# What can't be read has no report to show its code in.
@pytest.mark.parametrize("name", [name for name in names() if name != "unreadable"])
def test_it_shows_the_code_that_its_name_says(name: str) -> None:
    assert code_of(name) in codes_in([expected(name)])


def test_every_report_has_its_file() -> None:
    assert sorted(path.stem for path in BAD.glob("*.txt")) == names()
    assert {path.suffix for path in BAD.iterdir()} == {".toml", ".txt"}
    assert not set(BUILT) & set(bad_files())


@pytest.mark.parametrize(
    "name",
    [
        *("toml-syntax-crlf", "unknown-key-wide", "routine-id My Bird Dogs", "long-stretch"),
    ],
)
def test_the_program_prints_just_that(tmp_path: Path, name: str) -> None:
    program = Program(tmp_path)
    done = program.shell(f'cd {shlex.quote(str(BAD))} && "$@"', "check", f"{name}.toml")

    assert done.stdout == expected(name)
    assert done.returncode == int("error[" in done.stdout)


# --- codes and explanations ----------------------------------------------------------------------


def texts_in(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may be."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value


def codes_noted(tree: ast.Module) -> Iterator[str]:
    """The codes of the problems that a module notes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            called = node.func.id if isinstance(node.func, ast.Name) else called
            if called in NOTERS and len(node.args) > NOTERS[called] + 1:
                yield from texts_in(node.args[NOTERS[called]])
        elif isinstance(node, ast.AnnAssign) and ast.unparse(node.target) in TABLES:
            assert isinstance(node.value, ast.Dict)
            for value in node.value.values:
                assert isinstance(value, ast.Tuple)
                yield from texts_in(value.elts[0])


def codes_in_the_program() -> set[str]:
    """The codes of all problems that are noted anywhere."""
    trees = [ast.parse(path.read_text("utf-8")) for path in SOURCES]
    return {code for tree in trees for code in codes_noted(tree)}


def test_codes_are_found_where_they_are_noted() -> None:
    tree = ast.parse(
        "problems.add('one', 'said', path=())\n"
        "self._warn('two' if x else 'three', 'said', 'help', path)\n"
        "raise PydanticCustomError('four', 'said', {})\n"
        "Problem(file, 'five', 'said')\n"
        "found.add('six')\n"
        "_MESSAGES: Final = {'x': ('seven', 'said')}\n"
    )

    assert set(codes_noted(tree)) == {"one", "two", "three", "four", "five", "seven"}


def test_every_problem_is_explained_and_every_explanation_is_of_a_problem() -> None:
    assert codes_in_the_program() == explanations().keys()


def test_every_problem_has_a_bad_file() -> None:
    # Of what can't be read there is nothing to show: only the reason is said.
    assert set(codes_in(map(expected, names()))) == explanations().keys() - {"unreadable"}


def test_what_can_not_be_read_is_told_with_its_code_in_the_list(tmp_path: Path) -> None:
    program = Program(tmp_path)
    (program.routines / "evening.toml").mkdir()
    rows = json.loads(program.run("list", "--json").stdout)["routines"]

    assert [row["problem"]["code"] for row in rows if row["problem"]] == ["unreadable"]


@given(toml_tables() | spoiled(routine_values()))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_wrong_is_explained(values: Values) -> None:
    try:
        check_values(values)
    except BadFileError as error:
        codes = {problem.code for problem in error.problems}
        assert codes <= explanations().keys()


# --- what holds for every report -----------------------------------------------------------------


@cache
def problems_of(name: str) -> list[dict[str, Any]]:
    """The problems of a bad file of the repository, as data."""
    answer = json.loads(check(BAD, f"{name}.toml", "--format", "json").stdout)
    assert answer["files"] == 1
    found: list[dict[str, Any]] = answer["problems"]
    return found


def text_of(name: str) -> str:
    """The text of a bad file, as well as it can be read."""
    content = (BAD / f"{name}.toml").read_bytes()
    return content.decode("utf-8", "replace").removeprefix("\ufeff")


@pytest.mark.parametrize("name", bad_files())
def test_each_problem_is_in_the_text_and_they_are_in_its_order(name: str) -> None:
    lines = [line.removesuffix("\r") for line in text_of(name).split("\n")]
    places: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for problem in problems_of(name):
        if problem["line"] is None:
            assert not places, "what concerns the whole file comes first"
            continue
        start, end = (
            (problem["line"], problem["column"]),
            (
                problem["end_line"],
                problem["end_column"],
            ),
        )
        assert start <= end
        for line, column in (start, end):
            assert 1 <= line <= len(lines)
            assert 1 <= column <= len(lines[line - 1]) + 2
        places.append((start, end))
    assert places == sorted(places)


@pytest.mark.parametrize("name", bad_files())
def test_the_formats_tell_the_same_problems_and_so_does_the_status(name: str) -> None:
    problems = problems_of(name)
    file = f"{name}.toml"
    concise = check(BAD, file, "--format", "concise")

    assert list(codes_in([expected(name)])) == [problem["code"] for problem in problems]
    for problem, line in zip(problems, concise.stdout.splitlines(), strict=True):
        where = file if problem["line"] is None else f"{file}:{problem['line']}:{problem['column']}"
        assert line.startswith(f"{where}: {problem['severity']}[{problem['code']}]: ")
    severities = {problem["severity"] for problem in problems}
    assert concise.exit_code == int(Severity.ERROR in severities)
    assert severities


@pytest.mark.parametrize("name", names())
def test_each_is_said_once_and_in_words_of_the_house(name: str) -> None:
    text = expected(name)

    assert unprintable(text) == set()
    for message in re.findall(r"^(?:error|warning)\[[a-z0-9-]+\]: (.*)$", text, re.MULTILINE):
        assert message
        assert not message.endswith(".")
        assert not message[0].isupper()
        assert "pydantic" not in message.lower()
    blocks = text.split("\n\n")
    assert len(blocks) == len(set(blocks))


# --- what is suggested ---------------------------------------------------------------------------

SUGGESTED: Final = re.compile(
    r"""did\ you\ mean\ (?:`(?P<name>[^`]+)`|(?P<choice>"[^"]+"))\?
    | (?:write|a\ duration\ has\ quotes:)\ (?P<value>"[^"]+")
    | [^`]*`(?P<key>[a-z_]+)\ =\ (?P<set>[^`]+)`""",
    re.VERBOSE,
)


def written_instead(problem: dict[str, Any], before: str, after: str) -> str | None:
    """What a help tells to write in the place that is marked, or None.

    Args:
        before: the line up to the mark.
        after: the line from its end.
    """
    found = SUGGESTED.fullmatch(problem["help"])
    if found is None or problem["line"] != problem["end_line"]:
        return None
    if found["name"]:
        key = after.lstrip().startswith("=") or before.lstrip().startswith("[")
        return found["name"] if key else f'"{found["name"]}"'
    if found["key"]:
        return found["set"] if re.search(rf"\b{found['key']}\s*=\s*\Z", before) else None
    return found["choice"] or found["value"]


def mended(text: str, problems: list[dict[str, Any]]) -> tuple[str, set[int]]:
    """The text with everything written as it is suggested, and the lines that must be right now."""
    lines = text.split("\n")
    right: set[int] = set()
    wrong: set[int] = set()
    for problem in reversed(problems):
        at = problem["line"] - 1
        line, start, end = lines[at], problem["column"] - 1, problem["end_column"] - 1
        word = written_instead(problem, line[:start], line[end:])
        if word is None:
            wrong.add(problem["line"])
        else:
            lines[at] = line[:start] + word + line[end:]
            right.add(problem["line"])
    return "\n".join(lines), right - wrong


def left_wrong(name: str, folder: Path) -> list[str] | None:
    """What is still wrong in lines that were mended, or None where nothing could be."""
    problems = [problem for problem in problems_of(name) if problem["line"]]
    text, right = mended(text_of(name), problems)
    if not right:
        return None
    (folder / "a.toml").write_text(text, "utf-8", newline="")
    left = json.loads(check(folder, "a.toml", "--format", "json").stdout)["problems"]
    # Where errors are mended, warnings come to light.
    severities = {problem["severity"] for problem in problems}
    return [
        f"{each['line']}: {each['message']}"
        for each in left
        if each["line"] in right and each["severity"] in severities
    ]


def test_what_is_suggested_puts_it_right(tmp_path: Path) -> None:
    left = {name: left_wrong(name, tmp_path) for name in bad_files()}

    assert {name: wrong for name, wrong in left.items() if wrong} == {}
    assert sum(wrong is not None for wrong in left.values()) > 20
