"""What a shell offers when the tab key is pressed."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest
from click.shell_completion import ShellComplete, get_completion_class
from end_to_end_terminal import BACKCOACH, Terminal
from session_building import TIMEOUT_S, Program, unprintable

from backcoach.cli.main import COMMANDS, Context, cli
from backcoach.document.explaining import explanations
from backcoach.paths import Paths
from backcoach.routines.finding import list_entries

OWN: Final = 'name = "Mine, and yours"\n[[steps]]\nrest = "5s"\n'
EVIL: Final = "\x1b]0;title\x07\x1b[2J\x9b31m\r\n\u202e"
FORMATS: Final = ["text", "concise", "json", "github"]

bash = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """A home with a routine of its person's own, where the shell is."""
    program = Program(tmp_path)
    (program.routines / "mine.toml").write_text(OWN, "utf-8")
    (tmp_path / "evening.toml").write_text(OWN, "utf-8")
    monkeypatch.chdir(tmp_path)
    for name, value in program.env().items():
        monkeypatch.setenv(name, value)
    return program


def shell(name: str) -> ShellComplete:
    """Click's half of a shell's completion."""
    made = get_completion_class(name)
    assert made is not None
    obj = Context(Paths(Path("data"), Path("config")))
    return made(cli, {"obj": obj}, "backcoach", "_BACKCOACH_COMPLETE")


def offered(*words: str) -> dict[str, str | None]:
    """What may stand for the last of these words, and what is said of it."""
    *before, begun = words
    found = shell("bash").get_completions(before, begun)
    assert len({item.value for item in found}) == len(found)
    return {item.value: item.help for item in found}


# --- what is offered -----------------------------------------------------------------------------


@pytest.mark.usefixtures("program")
def test_commands_with_their_lines() -> None:
    assert offered("") == {name: line for name, (_, line) in COMMANDS.items()}
    assert list(offered("ch")) == ["check"]
    assert list(offered("ex")) == ["explain", "export"]
    assert offered("x") == {}


@pytest.mark.usefixtures("program")
@pytest.mark.parametrize(
    ("words", "options"),
    [
        (("--",), ["--data-dir", "--config-dir", "--version", "--help"]),
        (("check", "--"), ["--format", "--strict", "--max-errors", "--help"]),
        (("check", "--st"), ["--strict"]),
        (("check", "mine", "--max-errors", "3", "--s"), ["--strict"]),
        (("check", "--format", ""), FORMATS),
        (("check", "--format", "c"), ["concise"]),
        (("check", "--strict", "--format", "j"), ["json"]),
        (("check", "--max-errors", ""), []),
    ],
)
def test_options_and_their_choices(words: tuple[str, ...], options: list[str]) -> None:
    assert list(offered(*words)) == options


def ids() -> list[str]:
    """All routines."""
    return [entry.id for entry in list_entries(Paths(Path("data"), Path("config")))]


@pytest.mark.usefixtures("program")
@pytest.mark.parametrize("command", ["play", "show", "check", "copy", "edit", "set"])
def test_routines_with_their_names(command: str) -> None:
    found = offered(command, "")

    assert list(found) == ids()
    assert "mine" in found
    assert found["planks"]
    assert list(offered(command, "min")) == ["mine"]
    # What is no routine may be a file.
    assert offered(command, "xyzzy") == {"xyzzy": None}


@pytest.mark.usefixtures("program")
def test_names_are_those_in_the_files(program: Program) -> None:
    (program.routines / "broken.toml").write_text("name =", "utf-8")
    (program.routines / "folder.toml").mkdir()

    found = offered("play", "")

    assert found["mine"] is not None
    assert found["mine"].replace(",", "") == "Mine and yours"
    assert found["broken"] == "broken"
    assert found["folder"] == "folder"


@pytest.mark.usefixtures("program")
def test_every_path_of_a_check() -> None:
    assert list(offered("check", "planks", "evening.toml", "min")) == ["mine"]


@pytest.mark.usefixtures("program")
def test_where_the_options_say(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere" / "routines"
    elsewhere.mkdir(parents=True)
    (elsewhere / "theirs.toml").write_text(OWN, "utf-8")

    found = offered("--config-dir", str(elsewhere.parent), "play", "")

    assert "theirs" in found
    assert "mine" not in found


@pytest.mark.usefixtures("program")
@pytest.mark.parametrize("begun", ["./", "./ev", "../", "/", "~/", "config/", "."])
def test_files_where_a_path_is_begun(begun: str) -> None:
    (item,) = shell("bash").get_completions(["check"], begun)

    assert (item.type, item.value) == ("file", begun)


@pytest.mark.usefixtures("program")
def test_problems_with_their_titles() -> None:
    titles = {code: explanation.title for code, explanation in explanations().items()}

    assert offered("explain", "") == titles
    assert list(offered("explain", "over")) == ["over-ceiling"]


@pytest.mark.usefixtures("program")
@pytest.mark.parametrize("words", [("frobnicate", ""), ("frobnicate", "--")])
def test_a_command_that_nobody_knows_is_no_error(words: tuple[str, ...]) -> None:
    offered(*words)


@pytest.mark.usefixtures("program")
@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_nothing_in_a_file_or_its_name_is_obeyed(
    program: Program, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    escaped = "".join(f"\\u{ord(c):04x}" for c in EVIL)
    (program.routines / "evil.toml").write_text(f'name = "a{escaped}b"\n', "utf-8")
    (program.routines / f"a{EVIL}b.toml").write_text(OWN, "utf-8")
    monkeypatch.setenv("COMP_WORDS", "backcoach play ")
    monkeypatch.setenv("COMP_CWORD", "" if name == "fish" else "2")
    rows = len(ids()) * (3 if name == "zsh" else 1)

    said = shell(name).complete()

    # fish has a tab between a word and what it means.
    assert unprintable(said) == ({"\t"} if name == "fish" else set())
    assert rows - (3 if name == "zsh" else 1) <= len(said.split("\n")) <= rows


# --- through the program -------------------------------------------------------------------------


def complete(program: Program, name: str, words: str, at: str) -> list[str]:
    """What the program answers a shell."""
    env = {"_BACKCOACH_COMPLETE": f"{name}_complete", "COMP_WORDS": words, "COMP_CWORD": at}
    done = subprocess.run(
        [BACKCOACH],
        env=program.env(env),
        cwd=program.home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=TIMEOUT_S,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_bash_is_answered(program: Program) -> None:
    assert complete(program, "bash", "backcoach show min", "2") == ["plain,mine"]


def test_zsh_is_answered(program: Program) -> None:
    kind, value, said = complete(program, "zsh", "backcoach show min", "2")

    assert (kind, value) == ("plain", "mine")
    assert said.replace(",", "") == "Mine and yours"


def test_fish_is_answered(program: Program) -> None:
    (line,) = complete(program, "fish", "backcoach show min", "min")

    assert line.startswith("plain,mine")


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_each_shell_has_its_script(program: Program, name: str) -> None:
    done = program.shell(
        f'_BACKCOACH_COMPLETE={name}_source "$0"'.replace('"$0"', shlex.quote(str(BACKCOACH)))
    )

    assert done.returncode == 0, done.stderr
    assert "_backcoach_completion" in done.stdout
    assert f"_BACKCOACH_COMPLETE={name}_complete" in done.stdout


# --- in a real bash ------------------------------------------------------------------------------

SOURCE: Final = "source <(_BACKCOACH_COMPLETE=bash_source backcoach) && "


def in_bash(program: Program, *words: str) -> list[str]:
    """What bash offers for the last of these words."""
    script = (
        f'{SOURCE}COMP_WORDS=(backcoach {shlex.join(words[:-1])} "$1") '
        f"COMP_CWORD={len(words)} && _backcoach_completion backcoach && "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", script, "bash", words[-1]],
        env=with_program(program),
        cwd=program.home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=TIMEOUT_S,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def with_program(program: Program) -> dict[str, str]:
    """An environment in which the program is found by its name."""
    env = program.env()
    return env | {"PATH": f"{BACKCOACH.parent}{os.pathsep}{env['PATH']}"}


@bash
@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("ch",), ["check"]),
        (("check", "--format", ""), FORMATS),
        (("play", "m"), ["mine", "morning-mobility"]),
    ],
)
def test_bash_completes(program: Program, words: tuple[str, ...], found: list[str]) -> None:
    assert in_bash(program, *words) == found


@bash
def test_a_person_presses_tab(program: Program) -> None:
    env = with_program(program) | {"PS1": "$ ", "TERM": "xterm", "INPUTRC": "/dev/null"}
    terminal = Terminal(["bash", "--norc", "--noprofile", "-i"], env, (160, 24))
    try:
        terminal.press(f"cd {shlex.quote(str(program.home))}; {SOURCE}echo rea''dy\n")
        terminal.wait_for("ready")
        terminal.press("backcoach chec\t--form\tcon\t./eve\t")
        screen = terminal.wait_for("backcoach check --format concise ./evening.toml")
    finally:
        terminal.close()
    assert "Usage" not in screen
