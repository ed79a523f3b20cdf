"""`backcoach check`: how it ends, what it prints on which stream, and whatever it is given."""

import json
import os
import shlex
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner, Result
from end_to_end_terminal import BACKCOACH, Terminal
from report_building import EVENING
from session_building import Program, unprintable

from backcoach.cli.main import Context, cli
from backcoach.document.problems import MOST_SHOWN
from backcoach.document.reading import MAX_BYTES
from backcoach.errors import EXIT_PROBLEM, EXIT_USAGE
from backcoach.paths import Paths

GOOD: Final = EVENING
UNWISE: Final = GOOD.replace('prepare = "45s"', 'prepare = "5s"')
BAD: Final = GOOD.replace("prepare", "prepair")
THREE: Final = f'sumary = "x"\nauthor = "y"\n{BAD}'
"""A routine with three errors, on lines 1, 2 and 7."""
EXERCISE: Final = 'name = "Wall sit"\nkind = "hold"\n'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a routine of each sort; the configuration is empty."""
    monkeypatch.chdir(tmp_path)
    for name, text in {"good": GOOD, "unwise": UNWISE, "bad": BAD, "three": THREE}.items():
        (tmp_path / f"{name}.toml").write_text(text, "utf-8")
    return tmp_path


def check(*args: str, stdin: bytes | None = None) -> Result:
    """What `backcoach check` does here."""
    context = Context(Paths(Path("data"), Path("config")))
    options = ("--data-dir", "data", "--config-dir", "config")
    done = CliRunner().invoke(cli, [*options, "check", *args], obj=context, input=stdin)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def answer(*args: str) -> dict[str, Any]:
    """The same as data."""
    value = json.loads(check("--format", "json", *args).stdout)
    assert isinstance(value, dict)
    return value


def own(folder: str, name: str, text: str) -> Path:
    """A file of the person's own."""
    path = Path("config", folder, f"{name}.toml")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


# --- how it ends ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("args", "status", "summary"),
    [
        (("good.toml",), 0, "1 file, nothing wrong"),
        (("good.toml", "good.toml"), 0, "2 files, nothing wrong"),
        (("unwise.toml",), 0, "1 warning in 1 file"),
        (("bad.toml",), 1, "1 error in 1 file"),
        (("three.toml", "good.toml"), 1, "3 errors in 2 files"),
        (("unwise.toml", "bad.toml"), 1, "1 error, 1 warning in 2 files"),
        (("--strict", "good.toml"), 0, "1 file, nothing wrong"),
        (("--strict", "unwise.toml"), 1, "1 warning in 1 file"),
        (("--strict", "bad.toml"), 1, "1 error in 1 file"),
        (("good.toml", "nowhere.toml"), 2, "1 file, nothing wrong"),
        (("nowhere.toml", "bad.toml"), 2, "1 error in 1 file"),
        (("bad.toml", ".", "unwise.toml"), 2, "1 error, 1 warning in 2 files"),
    ],
)
@pytest.mark.parametrize("form", ["text", "concise", "json", "github"])
def test_the_exit_status(args: tuple[str, ...], status: int, summary: str, form: str) -> None:
    done = check("--format", form, *args)

    assert done.exit_code == status
    assert summary in done.stderr.splitlines()
    assert summary not in done.stdout


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "args",
    [
        ("--format", "xml", "good.toml"),
        ("--max-errors", "0", "good.toml"),
        ("--max-errors", "many", "good.toml"),
        ("--max-error", "3", "good.toml"),
        ("--strickt", "good.toml"),
        ("nowhere.toml",),
        ("bird-cats",),
        ("",),
        ("/",),
        ("a\0b",),
    ],
)
def test_wrong_usage_and_what_is_not_there(args: tuple[str, ...]) -> None:
    done = check(*args)

    assert done.exit_code == EXIT_USAGE
    assert done.stdout == ""
    assert done.stderr
    assert unprintable(done.stderr) == set()


@pytest.mark.usefixtures("home")
def test_what_can_not_be_read_hides_nothing() -> None:
    done = check("--format", "concise", "bad.toml", "nowhere.toml", "bird-cats", "three.toml")

    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == [
        "bad.toml",
        *["three.toml"] * 3,
    ]
    assert done.stderr.splitlines()[:2] == [
        "backcoach: nowhere.toml: No such file or directory",
        "backcoach: there is no routine `bird-cats`. Did you mean `bird-dogs`?",
    ]
    assert done.exit_code == EXIT_USAGE


@pytest.mark.usefixtures("home")
def test_where_nothing_is_wrong_nothing_is_printed() -> None:
    for form in ("text", "concise", "github"):
        assert check("--format", form, "good.toml").stdout == ""


@pytest.mark.usefixtures("home")
def test_it_says_how_to_learn_more() -> None:
    assert check("bad.toml").stderr.splitlines()[1] == "`backcoach explain unknown-key` tells more"
    assert "explain" not in check("good.toml").stderr


# --- as data -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("home")
def test_json() -> None:
    Path("mine.toml").write_text(
        'name = "A"\n\n[[steps]]\nrepeat = 2\nsteps = [ { rest = 5 }, { rest = "x" } ]\n', "utf-8"
    )

    assert list(answer("mine.toml").items()) == [
        ("version", 1),
        ("files", 1),
        ("omitted", 0),
        (
            "problems",
            [
                {
                    "file": "mine.toml",
                    "line": 5,
                    "column": 34,
                    "end_line": 5,
                    "end_column": 37,
                    "severity": "error",
                    "code": "duration",
                    "message": "`rest`: this is no duration",
                    "help": 'write "45s", "1m30s", "2m" or "1h"',
                    "path": "steps[1].steps[2].rest",
                }
            ],
        ),
    ]


@pytest.mark.usefixtures("home")
def test_json_has_these_keys_in_this_order() -> None:
    value = answer("three.toml", "unwise.toml", "nowhere.toml", "good.toml")

    assert list(value) == ["version", "files", "omitted", "problems"]
    assert (value["files"], value["omitted"], len(value["problems"])) == (3, 0, 4)
    for problem in value["problems"]:
        assert list(problem) == [
            *("file", "line", "column", "end_line", "end_column"),
            *("severity", "code", "message", "help", "path"),
        ]
    assert [problem["severity"] for problem in value["problems"]] == [*["error"] * 3, "warning"]


@pytest.mark.usefixtures("home")
def test_json_of_nothing_wrong() -> None:
    assert answer("good.toml") == {"version": 1, "files": 1, "omitted": 0, "problems": []}


@pytest.mark.usefixtures("home")
def test_json_of_nothing_read() -> None:
    assert answer("nowhere.toml") == {"version": 1, "files": 0, "omitted": 0, "problems": []}


@pytest.mark.usefixtures("home")
def test_json_of_a_problem_without_a_place() -> None:
    Path("Not An Id.toml").write_text(GOOD, "utf-8")
    (problem,) = answer("Not An Id.toml")["problems"]

    assert problem["code"] == "routine-id"
    assert problem["path"] == ""
    for key in ("line", "column", "end_line", "end_column"):
        assert problem[key] is None


@pytest.mark.usefixtures("home")
def test_columns_are_characters() -> None:
    Path("wide.toml").write_text(f'"🧘左" . "e\u0301" = 1\n{GOOD}', "utf-8")
    (problem,) = answer("wide.toml")["problems"]

    assert (problem["line"], problem["column"]) == (1, 1)
    assert (problem["end_line"], problem["end_column"]) == (1, 5)
    assert problem["path"] == "🧘左"


# --- how many ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("home")
def test_the_first_of_each_file_and_how_many_more() -> None:
    args = ("--max-errors", "1", "three.toml", "bad.toml", "three.toml")
    lines = check("--format", "concise", *args).stdout.splitlines()

    assert [line.split(": ")[0] for line in lines] == [
        "three.toml:1:1",
        "and 2 more in three.toml",
        "bad.toml:5:1",
        "three.toml:1:1",
        "and 2 more in three.toml",
    ]
    value = answer(*args)
    assert (value["files"], value["omitted"], len(value["problems"])) == (3, 4, 3)


@pytest.mark.usefixtures("home")
def test_how_many_are_told_changes_neither_the_status_nor_the_count() -> None:
    done = check("--max-errors", "1", "three.toml")

    assert done.exit_code == EXIT_PROBLEM
    assert "3 errors in 1 file" in done.stderr


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(("count", "more"), [(MOST_SHOWN, 0), (MOST_SHOWN + 1, 1), (300, 250)])
def test_fifty_are_told(count: int, more: int) -> None:
    Path("many.toml").write_text("".join(f"x{n} = 1\n" for n in range(count)) + GOOD, "utf-8")
    lines = check("--format", "concise", "many.toml").stdout.splitlines()

    assert len(lines) == min(count, MOST_SHOWN) + bool(more)
    assert lines[MOST_SHOWN:] == ([f"and {more} more in many.toml"] if more else [])
    assert answer("many.toml")["omitted"] == more


# --- in which order ------------------------------------------------------------------------------


@pytest.mark.usefixtures("home")
def test_in_the_order_of_the_text() -> None:
    Path("mixed.toml").write_text(
        '[exercises.own]\nkind = "held"\nname = ""\n[[steps]]\nrest = "x"\n[[steps]]\n'
        '[safety]\nmax_start_pain = 11\n[coach]\nmode = "x"\nfoo = 1\n',
        "utf-8",
    )
    problems = answer("mixed.toml")["problems"]

    assert [(problem["line"], problem["code"]) for problem in problems] == [
        (1, "missing-key"),
        (2, "choice"),
        (3, "length"),
        (5, "duration"),
        (6, "step-kind"),
        (8, "range"),
        (10, "choice"),
        (11, "unknown-key"),
    ]


@pytest.mark.usefixtures("home")
def test_files_come_as_they_were_named() -> None:
    args = ("unwise.toml", "bad.toml", "good.toml", "three.toml", "bad.toml")

    files = [problem["file"] for problem in answer(*args)["problems"]]

    assert files == ["unwise.toml", "bad.toml", *["three.toml"] * 3, "bad.toml"]


# --- what is checked -----------------------------------------------------------------------------


@pytest.mark.usefixtures("home")
def test_the_whole_library() -> None:
    bundled = answer()
    assert bundled["files"] > 5
    assert bundled["problems"] == [], "what comes with the program is right"
    exercise = own("exercises", "wall-sit", EXERCISE.replace("hold", "held"))
    early, late = own("routines", "an-own", BAD), own("routines", "zz-own", UNWISE)
    own("routines", "good", GOOD.replace("evening", "morning"))
    own("routines", ".hidden", BAD)

    found = answer()

    assert found["files"] == bundled["files"] + 4
    assert [(problem["file"], problem["line"]) for problem in found["problems"]] == [
        (str(exercise), 2),
        (str(early), 5),
        (str(late), 5),
    ]


@pytest.mark.usefixtures("home")
def test_a_file_of_ones_own_is_checked_in_place_of_the_bundled_one() -> None:
    before = answer()["files"]
    path = own("routines", "planks", BAD)

    found = answer()

    assert found["files"] == before
    assert [problem["file"] for problem in found["problems"]] == [str(path)]
    assert [problem["file"] for problem in answer("planks")["problems"]] == [str(path)]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("folder", ["routines", "exercises"])
def test_what_can_not_be_read_hides_nothing_of_the_library(folder: str) -> None:
    path = own("routines", "bad", BAD)
    Path("config", folder, "folder.toml").mkdir(parents=True)

    done = check("--format", "concise")

    assert done.exit_code == EXIT_USAGE
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == [str(path)]
    assert done.stderr.startswith(f"backcoach: config/{folder}/folder.toml: ")


@pytest.mark.usefixtures("home")
def test_names_that_two_routines_have_are_told_in_the_whole_library_only() -> None:
    own("routines", "one", GOOD)
    two = own("routines", "two", GOOD)

    (problem,) = answer()["problems"]

    assert (problem["code"], problem["file"], problem["line"]) == ("same-name", str(two), 1)
    assert answer("one", "two")["problems"] == []


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "name",
    [
        pytest.param("a"),
        "zz",
    ],
)
def test_a_name_of_a_bundled_one_is_the_own_files_problem(name: str) -> None:
    path = own("routines", name, GOOD.replace("In the evening", "Bird-dogs, five minutes"))

    assert [problem["file"] for problem in answer()["problems"]] == [str(path)]


@pytest.mark.usefixtures("home")
def test_a_routine_by_its_id() -> None:
    assert check("planks").exit_code == 0
    path = own("routines", "mine", BAD)

    (problem,) = answer("mine")["problems"]

    assert problem["file"] == str(path)


@pytest.mark.usefixtures("home")
def test_a_file_beats_an_id_and_a_folder_does_not() -> None:
    Path("planks").mkdir()
    assert answer("planks")["problems"] == []
    Path("bridges").write_text(BAD, "utf-8")

    (problem,) = answer("bridges")["problems"]

    assert problem["file"] == "bridges"


@pytest.mark.usefixtures("home")
def test_which_of_two_was_checked_is_said() -> None:
    there = own("routines", "mine", GOOD)
    Path("mine").write_text(BAD, "utf-8")
    told = f"`mine` is a file here, which was checked; the routine is {there}\n"

    assert check("mine").stderr.startswith(told)
    assert "file here" not in check("./mine", "good.toml", str(there)).stderr
    Path("mine").unlink()
    assert check("mine").stderr == "1 file, nothing wrong\n"


@pytest.mark.usefixtures("home")
def test_an_exercise_is_known_by_its_folder_or_its_looks() -> None:
    broken = EXERCISE.replace("kind", "knid")
    inside = own("exercises", "wall-sit", broken)
    Path("outside.toml").write_text(EXERCISE.replace("hold", "held"), "utf-8")
    Path("Not An Id.toml").write_text(EXERCISE, "utf-8")

    codes = {
        str(path): [problem["code"] for problem in answer(str(path))["problems"]]
        for path in (inside, "outside.toml", "Not An Id.toml")
    }

    assert codes == {
        str(inside): ["unknown-key"],
        "outside.toml": ["choice"],
        "Not An Id.toml": ["exercise-id"],
    }


# --- what is piped in ----------------------------------------------------------------------------


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("content", "status", "lines"),
    [
        (GOOD.encode(), 0, []),
        (b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(), 0, []),
        (EXERCISE.encode(), 0, []),
        (UNWISE.encode(), 0, ["<stdin>:5:11: warning[short-prepare]"]),
        (BAD.encode(), 1, ["<stdin>:5:1: error[unknown-key]"]),
        (b"name =", 1, ["<stdin>:1:7: error[toml-syntax]"]),
        (b"name = '\xff'", 1, ["<stdin>:1:9: error[not-utf-8]"]),
        (b"#" * MAX_BYTES, 1, ["<stdin>:1:1: error[missing-key]"] * 2),
        (b"#" * (MAX_BYTES + 1), 1, ["<stdin>: error[too-large]"]),
    ],
)
def test_a_text_that_is_piped_in(content: bytes, status: int, lines: list[str]) -> None:
    done = check("--format", "concise", "-", stdin=content)

    assert done.exit_code == status
    assert [": ".join(line.split(": ")[:2]) for line in done.stdout.splitlines()] == lines


@pytest.mark.usefixtures("home")
def test_among_files() -> None:
    done = check("--format", "concise", "bad.toml", "-", "unwise.toml", stdin=BAD.encode())

    files = [line.partition(":")[0] for line in done.stdout.splitlines()]
    assert files == ["bad.toml", "<stdin>", "unwise.toml"]


# --- whatever it is given ------------------------------------------------------------------------


def write_odd_files(folder: Path) -> None:
    """Files as nobody writes them."""
    os.mkfifo(folder / "fifo.toml")
    (folder / "folder.toml").mkdir()
    (folder / "loop.toml").symlink_to("pool.toml")
    (folder / "pool.toml").symlink_to("loop.toml")
    (folder / "dangling.toml").symlink_to("nowhere.toml")
    (folder / "through.toml").symlink_to("bad.toml")
    (folder / "closed.toml").touch(0o000)
    (folder / "large.toml").touch()
    os.truncate(folder / "large.toml", 50_000_000)
    for name, content in {
        "empty": b"",
        "nul": b"\0" * 1000,
        "utf-16": GOOD.encode("utf-16"),
        "utf-32": GOOD.encode("utf-32"),
        "bom": b"\xef\xbb\xbf" + BAD.encode(),
        "lone-cr": GOOD.replace("\n", "\r").encode(),
        "open-brackets": b"a = " + b"[" * 100_000,
        "brackets": b"a = " + b"[" * 5000 + b"]" * 5000,
        "tables": b"[" + b"a." * 5000 + b"a]",
        "circuits": b"steps = [ " + b"{ repeat = 2, steps = [ " * 30 + b"] } " * 30 + b"]",
        "integer": b"a = " + b"9" * 100_000,
        "float": b"name = 1" + b"0" * 400 + b".0",
        "keys": b"".join(b"key%06d = 1\n" % number for number in range(48_000)),
        "step-keys": b"[[steps]]\n" + b"".join(b"key%06d = 1\n" % n for n in range(48_000)),
        "duplicates": b"a = 1\n" * 150_000,
        "slips": b"a = = 1\n" * 120_000,
        "one-line": b"name = '" + b"x" * 1_000_000 + b"'",
        "escapes": b'name = "' + b"\\u001b[31m" * 1000 + b'"\n"\\u009b" = 1',
    }.items():
        (folder / f"{name}.toml").write_bytes(content)


UNREADABLE: Final = ("fifo", "folder", "loop", "dangling", "closed")
CODES: Final = {
    "through": "unknown-key",
    "large": "too-large",
    "empty": "missing-key",
    "nul": "toml-syntax",
    "utf-16": "not-utf-8",
    "utf-32": "not-utf-8",
    "bom": "unknown-key",
    "lone-cr": "toml-syntax",
    "open-brackets": "too-deep",
    "brackets": "too-deep",
    "tables": "too-deep",
    "circuits": "missing-key",
    "integer": "toml-syntax",
    "float": "missing-key",
    "keys": "missing-key",
    "step-keys": "missing-key",
    "duplicates": "toml-duplicate",
    "slips": "toml-syntax",
    "one-line": "missing-key",
    "escapes": "missing-key",
}
"""The first problem of each odd file that can be read."""


@pytest.fixture
def odd(tmp_path: Path) -> Program:
    """A home with odd files, and one bad one."""
    (tmp_path / "bad.toml").write_text(BAD, "utf-8")
    write_odd_files(tmp_path)
    return Program(tmp_path)


def test_odd_files_that_can_be_read(odd: Program) -> None:
    done = odd.run("check", "--format", "json", *(f"{name}.toml" for name in CODES))

    assert done.returncode == EXIT_PROBLEM
    assert "backcoach:" not in done.stderr
    first: dict[str, str] = {}
    for problem in json.loads(done.stdout)["problems"]:
        first.setdefault(problem["file"].removesuffix(".toml"), problem["code"])
    assert first == CODES
    assert not (odd.data / "backcoach.log").exists()


@pytest.mark.usefixtures("odd", "home")
@pytest.mark.parametrize("form", ["text", "concise", "github"])
def test_nothing_in_an_odd_file_is_obeyed(form: str) -> None:
    names = ("nul", "utf-16", "utf-32", "bom", "lone-cr", "integer", "float", "escapes")

    done = check("--format", form, *(f"{name}.toml" for name in names))

    assert done.exit_code == EXIT_PROBLEM
    assert unprintable(done.output) == set()


def test_odd_files_that_can_not_be_read(odd: Program) -> None:
    names = [name for name in UNREADABLE if name != "closed" or os.geteuid()]
    done = odd.run("check", "--format", "concise", *(f"{name}.toml" for name in names), "bad.toml")

    assert done.returncode == EXIT_USAGE
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == ["bad.toml"]
    told = [line.split(": ")[1] for line in done.stderr.splitlines() if "backcoach: " in line]
    assert told == [f"{name}.toml" for name in names]
    assert not (odd.data / "backcoach.log").exists()


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("form", ["text", "concise", "github"])
def test_nothing_in_a_files_name_is_obeyed(form: str) -> None:
    Path("a\x1b[31m\u202e\nb.toml").write_text(THREE, "utf-8")

    done = check("--format", form, "--max-errors", "1", "a\x1b[31m\u202e\nb.toml", "\x1b[2J.toml")

    assert done.exit_code == EXIT_USAGE
    assert unprintable(done.output) == set()


def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    program = Program(tmp_path)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.toml")).write_text(BAD, "utf-8")

    for form in ("text", "json"):
        done = program.shell(f'"$@" --format {form} *.toml', "check")
        assert done.returncode == EXIT_PROBLEM, done.stderr


# --- streams -------------------------------------------------------------------------------------


@pytest.fixture
def program(home: Path) -> Program:
    """A home with a routine of each sort, and one with very many mistakes."""
    keys = "".join(f"key{number} = 1\n" for number in range(3000))
    (home / "many.toml").write_text(keys + GOOD, "utf-8")
    return Program(home)


def test_a_reader_that_has_had_enough(program: Program) -> None:
    done = program.shell('"$@" | head -1', "check", "--max-errors", "3000", "many.toml")

    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


def test_a_writer_that_never_ends(program: Program) -> None:
    done = program.shell('yes "# more" | "$@"', "check", "--format", "concise", "-")

    assert done.returncode == EXIT_PROBLEM
    assert done.stdout.startswith("<stdin>: error[too-large]: ")


@pytest.mark.parametrize(
    ("closed", "args", "status"),
    [
        ("<&-", ("-",), 1),
        (">&-", ("bad.toml",), 1),
        ("<&- >&- 2>&-", ("nowhere.toml",), 2),
    ],
)
def test_streams_that_are_not_there(
    program: Program, closed: str, args: tuple[str, ...], status: int
) -> None:
    assert program.shell(f'"$@" {closed}', "check", *args).returncode == status


def test_a_terminal_that_can_not_show_everything(program: Program) -> None:
    (program.home / "wide.toml").write_text(f'"🧘" = "左"\n{GOOD}', "utf-8")
    done = program.run("check", "wide.toml", env={"PYTHONIOENCODING": "ascii"})

    assert done.returncode == EXIT_PROBLEM
    assert "^^^" in done.stdout


# --- colours -------------------------------------------------------------------------------------


def in_a_terminal(program: Program, *args: str, **env: str) -> Terminal:
    """What comes on a terminal until the program has ended."""
    kept = {name: value for name, value in program.env().items() if name != "NO_COLOR"}
    folder = shlex.quote(str(program.home))
    command = ["sh", "-c", f'cd {folder} && exec "$@"', "sh", str(BACKCOACH), "check", *args]
    terminal = Terminal(command, kept | {"TERM": "xterm-256color"} | env, (120, 40))
    try:
        terminal.wait_for("tells more")
        terminal.wait_exit()
    finally:
        terminal.close()
    return terminal


def test_a_terminal_gets_colours(program: Program) -> None:
    terminal = in_a_terminal(program, "bad.toml", NO_COLOR="")

    assert b"\x1b[31m\x1b[1merror[unknown-key]\x1b[0m: " in terminal.raw
    assert b"\x1b[31m\x1b[1m^^^^^^^\x1b[0m" in terminal.raw
    assert '5 | prepair = "45s"\n  | ^^^^^^^\n' in terminal.text


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_that_wants_none_gets_none(program: Program, env: dict[str, str]) -> None:
    assert b"\x1b" not in in_a_terminal(program, "bad.toml", **env).raw


def test_what_a_program_reads_has_none(program: Program) -> None:
    assert b"\x1b" not in in_a_terminal(program, "--format", "concise", "bad.toml").raw


def test_a_pipe_gets_none(program: Program) -> None:
    done = program.run("check", "bad.toml", env={"FORCE_COLOR": "1", "TERM": "xterm-256color"})

    assert "\x1b" not in done.stdout + done.stderr
