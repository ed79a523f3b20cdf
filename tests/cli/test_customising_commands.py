"""`new`, `copy`, `set` and `edit`, run: streams, statuses, editors of every kind, a terminal."""

import shlex
import signal
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner
from customising_building import MINE, WITHOUT_POWERS, names, script
from end_to_end_terminal import BACKCOACH, Terminal
from session_building import ROOT, Program, unprintable

from backcoach.cli.main import Context, cli
from backcoach.paths import find_paths

SCHEMA: Final = "routine.schema.json"
PLANKS: Final = (ROOT / "routines" / "planks.toml").read_text("utf-8")
WRONG: Final = MINE.replace("reps = 5", "reps = 500")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A fresh home."""
    return Program(tmp_path / "home with blanks")


@pytest.fixture(autouse=True)
def home(program: Program) -> None:
    program.home.mkdir()


@pytest.fixture
def mine(program: Program) -> Path:
    """A routine of the person's own."""
    path = program.routines / "mine.toml"
    path.write_text(MINE, "utf-8")
    return path


def config(program: Program) -> Path:
    """Where the routines would be, made or not."""
    return program.home / "config" / "routines"


def editor(program: Program, words: str) -> str:
    """An editor that is a shell's words, where the file is `"$1"`, as $EDITOR names it."""
    return shlex.quote(script(program.home / "bin" / "my editor", words))


def edit(
    program: Program, routine: str, words: str, **env: str
) -> "subprocess.CompletedProcess[str]":
    return program.run("edit", routine, env={"VISUAL": "", "EDITOR": editor(program, words), **env})


def assert_said(done: "subprocess.CompletedProcess[str]", status: int, *words: str) -> None:
    """It ended so, with nothing on stdout and these words on stderr."""
    assert done.returncode == status, done.stderr
    assert done.stdout == ""
    for each in words:
        assert each in done.stderr
    assert "Traceback" not in done.stderr
    assert unprintable(done.stderr) == set()


# --- new -----------------------------------------------------------------------------------------


def test_new_prints_the_file_and_what_can_be_done_with_it(program: Program) -> None:
    done = program.run("new", "Rücken, am Morgen")
    path = next(config(program).glob("*.toml"))

    assert (done.returncode, done.stdout) == (0, f"{path}\n")
    assert f"backcoach edit {path.stem} " in done.stderr
    assert f"backcoach play {path.stem} " in done.stderr
    assert 'name = "Rücken, am Morgen"' in path.read_text("utf-8")
    checked = program.run("check", path.stem)
    assert (checked.returncode, checked.stdout, "warning" in checked.stderr) == (0, "", False)


def test_new_never_overwrites(program: Program, mine: Path) -> None:
    assert_said(program.run("new", "Mine!"), 1, str(mine), "nothing was changed")

    assert mine.read_text("utf-8") == MINE
    assert names(mine.parent) == ["mine.toml"]


@pytest.mark.parametrize("name", ["", "\x1b[2J/../mine"])
def test_new_makes_nothing_of_what_is_no_name(program: Program, name: str) -> None:
    assert_said(program.run("new", name), 2, "gives no id")

    assert names(program.home) == []


# --- copy ----------------------------------------------------------------------------------------


def test_copy_prints_the_file_and_says_that_it_stands_in(program: Program) -> None:
    done = program.run("copy", "planks")
    path = config(program) / "planks.toml"

    assert (done.returncode, done.stdout) == (0, f"{path}\n")
    assert "`planks` is now yours" in done.stderr
    assert path.read_text("utf-8") == PLANKS
    assert_said(program.run("copy", "planks"), 1, str(path))


def test_copy_under_another_id_says_no_more(program: Program) -> None:
    done = program.run("copy", "planks", "my-planks")
    path = config(program) / "my-planks.toml"

    assert (done.returncode, done.stdout, done.stderr) == (0, f"{path}\n", "")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("plank",), "Did you mean `planks`?"),
        (("planks", "../planks"), "`../planks`"),
        (("planks", "My Planks"), "`my-planks`"),
        (("nowhere.toml",), "nowhere.toml"),
    ],
)
def test_copy_of_nothing_is_wrong_usage(
    program: Program, args: tuple[str, ...], words: str
) -> None:
    assert_said(program.run("copy", *args), 2, words)

    assert names(program.home) == []


def test_copy_of_a_broken_file_is_refused_with_its_report(program: Program) -> None:
    (program.home / "broken.toml").write_text('name = "Broken', "utf-8")
    assert_said(program.run("copy", "./broken.toml", "whole"), 1, "broken.toml:1:8", "1 error in 1")

    assert names(program.home) == ["broken.toml"]


# --- set -----------------------------------------------------------------------------------------


def test_set_prints_what_is_written_now(program: Program, mine: Path) -> None:
    done = program.run("set", "mine", "steps[2].rest", "45s")

    assert (done.returncode, done.stdout, done.stderr) == (0, 'steps[2].rest = "45s"\n', "")
    assert mine.read_text("utf-8") == MINE.replace('"30s"', '"45s"')


def test_set_takes_a_path(program: Program) -> None:
    path = program.home / "from-physio.toml"
    path.write_text(MINE, "utf-8")
    done = program.run("set", "./from-physio.toml", "steps[1].reps", "[4, 3]")

    assert (done.returncode, done.stdout, done.stderr) == (0, "steps[1].reps = [4, 3]\n", "")
    assert path.read_text("utf-8") == MINE.replace("reps = 5", "reps = [4, 3]")
    assert not config(program).exists()


def test_set_says_what_has_become_unwise(program: Program, mine: Path) -> None:
    done = program.run("set", "mine", "steps[1].prepare", "5s")
    assert (done.returncode, done.stdout) == (0, 'steps[1].prepare = "5s"\n')
    assert "warning[short-prepare]" in done.stderr
    assert mine.read_text("utf-8") == MINE.replace('"45s"', '"5s"')

    done = program.run("set", "mine", "name", "Known by now")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "value",
    [
        "-5",
        "-0.5",
        "Sip some water, slowly.",
        "",
        "--loud",
        "-- three --",
        'say "ah" # out loud',
        pytest.param("-5h"),
        pytest.param("- keep the hips level"),
    ],
)
def test_set_takes_any_words(program: Program, mine: Path, value: str) -> None:
    context = Context(find_paths())
    done = CliRunner(env=program.env()).invoke(cli, ["set", "mine", "note", value], obj=context)

    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("note = ")
    written = done.stdout.removeprefix("note = ").removesuffix("\n")
    assert mine.read_text("utf-8") == MINE.replace("'as it was'", written)
    assert tomllib.loads(mine.read_text("utf-8"))["note"] == value


def test_set_copies_a_bundled_routine_first(program: Program) -> None:
    done = program.run("set", "planks", "name", "My planks")
    path = config(program) / "planks.toml"

    assert (done.returncode, done.stdout) == (0, 'name = "My planks"\n')
    assert done.stderr == f"copied to {path}\n"
    assert path.read_text("utf-8") == PLANKS.replace('"Planks, five minutes"', '"My planks"')
    assert (ROOT / "routines" / "planks.toml").read_text("utf-8") == PLANKS


@pytest.mark.parametrize(
    ("path", "value", "status", "words"),
    [
        ("steps[1].reps", "many", 1, "error[reps]"),
        ("steps[99].hold", "5s", 2, "steps"),
        ("steps[1]", "5s", 2, "steps[1]"),
        ("steps.[1]", "5s", 2, "steps.[1]"),
    ],
)
def test_set_leaves_no_copy_of_what_it_refuses(
    program: Program, path: str, value: str, status: int, words: str
) -> None:
    done = program.run("set", "planks", path, value)

    assert_said(done, status, words)
    assert done.stderr.endswith("\nnothing was written\n")
    assert "copied" not in done.stderr
    if config(program).exists():
        assert names(config(program)) == [SCHEMA]


@pytest.mark.parametrize(
    "args", [("plank", "name", "x"), ("nowhere.toml", "name", "x"), ("planks", "name")]
)
def test_set_of_nothing_is_wrong_usage(program: Program, args: tuple[str, ...]) -> None:
    assert_said(program.run("set", *args), 2)

    assert names(program.home) == []


@pytest.mark.parametrize("args", [("new", "my \udcff"), ("set", "mine", "note", "\udcff")])
def test_bytes_that_are_no_text_are_refused(
    program: Program, mine: Path, args: tuple[str, ...]
) -> None:
    assert program.run(*args).returncode in (1, 2)
    assert names(mine.parent) == ["mine.toml"]
    assert mine.read_text("utf-8") == MINE


# --- edit ----------------------------------------------------------------------------------------


def test_edit_opens_the_file_itself(program: Program, mine: Path) -> None:
    done = edit(program, "mine", 'test "$#" = 1 && echo "$1" && sed -i "s/it was/it is/" "$1"')

    assert (done.returncode, done.stdout, done.stderr) == (0, f"{mine}\n", "")
    assert mine.read_text("utf-8") == MINE.replace("as it was", "as it is")


def test_edit_copies_a_bundled_routine_first(program: Program) -> None:
    done = program.run("edit", "planks", env={"VISUAL": "", "EDITOR": "sed -i s/cat-cow/bridge/"})
    path = config(program) / "planks.toml"

    assert_said(done, 0, f"copied to {path}\n")
    assert path.read_text("utf-8") == PLANKS.replace("cat-cow", "bridge")


def test_edit_prefers_visual(program: Program, mine: Path) -> None:
    visual = editor(program, 'sed -i "s/as it was/$2 $1/" "$3"')
    done = program.run("edit", "mine", env={"VISUAL": f"{visual} seen was", "EDITOR": "false"})

    assert_said(done, 0)
    assert mine.read_text("utf-8") == MINE.replace("as it was", "was seen")


@pytest.mark.parametrize("name", ["nano", "vi"])
def test_edit_falls_back_to_an_editor_that_is_there(
    program: Program, mine: Path, name: str
) -> None:
    path = script(program.home / "bin" / name, 'echo "# seen" >> "$1"').removesuffix(f"/{name}")
    done = program.run("edit", "mine", env={"VISUAL": "", "EDITOR": "", "PATH": path})

    assert_said(done, 0)
    assert mine.read_text("utf-8") == f"{MINE}# seen\n"


def test_edit_says_what_is_unwise(program: Program, mine: Path) -> None:
    done = edit(program, "mine", 'sed -i s/45s/1s/ "$1"')

    assert_said(done, 0, "warning[short-prepare]", "1 warning in 1 file")
    assert mine.read_text("utf-8") == MINE.replace("45s", "1s")


GARBAGE: Final = {
    "wrong": ("sed -i 's/reps = 5/reps = 500/'", "error[reps]"),
    "nothing": ("truncate -s 0", "`name` is missing"),
    "no text": ("cp /bin/sh", "error["),
    "nul": ("truncate -s 500", "error[toml-syntax]"),
}


@pytest.mark.parametrize(("words", "said"), GARBAGE.values(), ids=GARBAGE)
def test_edit_keeps_what_was_typed_and_says_what_is_wrong(
    program: Program, mine: Path, words: str, said: str
) -> None:
    expected = program.home / "expected"
    expected.write_text(MINE, "utf-8")
    subprocess.run(["sh", "-c", f"{words} expected"], cwd=program.home, check=True)
    done = edit(program, "mine", f'{words} "$1"')

    assert_said(done, 1, said, "1 file", f"what you typed is kept in {mine}")
    assert "again" not in done.stderr
    assert mine.read_bytes() == expected.read_bytes()
    assert names(mine.parent) == ["mine.toml"]


def test_edit_keeps_what_was_typed_in_a_copy(program: Program) -> None:
    done = edit(program, "planks", 'echo oops > "$1"')
    path = config(program) / "planks.toml"

    assert_said(done, 1, f"copied to {path}", "error[toml-syntax]", f"kept in {path}")
    assert path.read_text("utf-8") == "oops\n"


def test_edit_keeps_a_copy_that_an_editor_has_had(program: Program) -> None:
    # It may have come back at once, and have the file open still.
    done = edit(program, "planks", "true")

    assert_said(done, 0, "copied to")
    assert names(config(program)) == ["planks.toml", SCHEMA]


NO_EDITOR: Final = [
    pytest.param("false", id="fails"),
    pytest.param("no-such-editor --wait", id="missing"),
    pytest.param("'vim", id="an open quote"),
]


@pytest.mark.parametrize("command", NO_EDITOR)
def test_edit_says_that_an_editor_failed(program: Program, mine: Path, command: str) -> None:
    done = program.run("edit", "mine", env={"VISUAL": "", "EDITOR": command})

    assert_said(done, 1, command.split()[0])
    assert mine.read_text("utf-8") == MINE


@pytest.mark.parametrize("command", NO_EDITOR)
def test_an_editor_that_failed_leaves_no_copy(program: Program, command: str) -> None:
    done = program.run("edit", "planks", env={"VISUAL": "", "EDITOR": command})

    assert_said(done, 1, "removed again")
    assert names(config(program)) == [SCHEMA]


def test_what_was_typed_before_an_editor_failed_stays(program: Program) -> None:
    done = edit(program, "planks", 'echo "# typed" >> "$1"; exit 3')

    assert_said(done, 1)
    assert (config(program) / "planks.toml").read_text("utf-8") == f"{PLANKS}# typed\n"


@pytest.mark.parametrize("routine", ["mine", "planks"])
def test_a_file_that_the_editor_deletes_stays_deleted(
    program: Program, mine: Path, routine: str
) -> None:
    done = edit(program, routine, 'rm "$1"')

    assert_said(done, 2, f"{routine}.toml: No such file")
    assert not (mine.parent / f"{routine}.toml").exists()


def test_edit_of_nothing_is_wrong_usage(program: Program) -> None:
    assert_said(edit(program, "plank", "echo opened"), 2, "Did you mean `planks`?")

    assert not config(program).exists()


# --- edit, in a terminal -------------------------------------------------------------------------

# The first time it makes a mistake, the second time it mends it.
TWICE: Final = """
if test -e "$0.again"; then sed -i 's/reps = 500/reps = 6/' "$1"
else sed -i 's/reps = 5/reps = 500/' "$1"; touch "$0.again"; fi
"""


@pytest.fixture
def interrupts() -> Iterator[None]:
    """Ctrl-C means something to what is started, though tests may run where it is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def terminal(program: Program, mine: Path) -> Iterator[Terminal]:
    """`edit` where a mistake was made, at the question whether to open the file again."""
    env = {"VISUAL": "", "EDITOR": editor(program, TWICE), "TERM": "xterm", "NO_COLOR": "1"}
    terminal = Terminal([str(BACKCOACH), "edit", "mine"], program.env(env), (100, 24))
    try:
        terminal.wait_for("Open it again?")
        assert mine.read_text("utf-8") == WRONG
        assert "error[reps]" in terminal.text
        assert "reps = 500 # reps = 6" in terminal.text
        assert "1 error in 1 file" in terminal.text
        yield terminal
    finally:
        terminal.close()


@pytest.mark.parametrize("answer", ["y", "", "what?\ryes"])
def test_yes_opens_it_again(terminal: Terminal, mine: Path, answer: str) -> None:
    terminal.press(f"{answer}\r")

    assert terminal.wait_exit() == 0
    assert mine.read_text("utf-8") == MINE.replace("reps = 5", "reps = 6")
    assert "kept" not in terminal.text


def test_no_leaves_it_as_it_was_typed(terminal: Terminal, mine: Path) -> None:
    terminal.press("n\r")

    assert terminal.wait_exit() == 1
    assert "what you typed is kept in" in terminal.text
    assert mine.read_text("utf-8") == WRONG


@pytest.mark.usefixtures("interrupts")
def test_ctrl_c_leaves_it_as_it_was_typed(terminal: Terminal, mine: Path) -> None:
    terminal.press("\x03")

    assert terminal.wait_exit() == 130
    assert "Traceback" not in terminal.text
    assert mine.read_text("utf-8") == WRONG


@pytest.mark.usefixtures("interrupts")
def test_ctrl_c_in_an_editor_is_the_editors(program: Program, mine: Path) -> None:
    words = 'trap "" INT; echo opened; read typed; echo "# $typed" >> "$1"'
    env = {"VISUAL": "", "EDITOR": editor(program, words), "TERM": "xterm"}
    terminal = Terminal([str(BACKCOACH), "edit", "mine"], program.env(env), (100, 24))
    try:
        terminal.wait_for("opened")
        terminal.press("\x03")
        terminal.wait_for("^C")
        terminal.press("still here\r")
        assert terminal.wait_exit() == 0
    finally:
        terminal.close()
    assert mine.read_text("utf-8") == f"{MINE}# still here\n"


# --- a folder that may not be written to ---------------------------------------------------------

MAIN: Final = """
import sys
from backcoach.cli.main import main
sys.argv = ["backcoach", *sys.argv[1:]]
main()
"""


@pytest.mark.parametrize(
    ("folder", "args"),
    [
        (".", ("new", "mine")),
        ("config", ("new", "mine")),
        ("config/routines", ("new", "mine")),
        ("config", ("copy", "planks", "mine")),
        ("config/routines", ("set", "planks", "name", "Mine")),
        ("config/routines", ("edit", "planks")),
    ],
)
def test_a_folder_that_may_not_be_written_to_is_said(
    program: Program, folder: str, args: tuple[str, ...]
) -> None:
    closed = program.home / folder
    closed.mkdir(parents=True, exist_ok=True)
    closed.chmod(0o500)
    try:
        done = program.python(
            WITHOUT_POWERS + MAIN, *args, env={"VISUAL": "", "EDITOR": "touch opened"}
        )
        assert_said(done, 1, str(config(program)), "Permission denied")
        assert names(closed) == []
    finally:
        closed.chmod(0o700)


def test_a_routine_in_a_closed_folder_stays_as_it_was(program: Program, mine: Path) -> None:
    mine.parent.chmod(0o500)
    try:
        done = program.python(WITHOUT_POWERS + MAIN, "set", "mine", "name", "Other")
        assert_said(done, 1, str(mine), "Permission denied")
    finally:
        mine.parent.chmod(0o700)

    assert mine.read_text("utf-8") == MINE
    assert names(mine.parent) == ["mine.toml"]
