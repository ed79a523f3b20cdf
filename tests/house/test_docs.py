"""What the documents tell users, held to the program.

A fenced block's first word is its language; the words after it say more.

- ```toml: a word that ends in `.toml` is the block's file, there while ```console blocks run. `bad`
  has errors; `warns` has warnings and no errors; `fragment` is a piece of a file; all others pass
  `backcoach check --strict`.
- ```console: below each `$ command` is what it prints, on both streams; `$ echo $?` has its exit
  status. `~/.config/backcoach` is the configuration folder.
- ```text sums: sums.

Every `backcoach …`, in a block or in a sentence, is a command that there is, with such options.
"""

import gc
import io
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
import pytest
import tomli
from click.shell_completion import get_completion_class
from session_building import ROOT

from backcoach.catalogue.loading import Catalogue, bundled_ids, read_exercise
from backcoach.catalogue.model import Exercise
from backcoach.catalogue.postures import change_ms
from backcoach.cli.main import COMMANDS, cli, main
from backcoach.document.explaining import explanations
from backcoach.document.problems import Problem, Severity
from backcoach.document.reading import MAX_BYTES, Document
from backcoach.document.syntax import MAX_VALUES
from backcoach.durations import format_duration
from backcoach.figure.skeleton import SEGMENTS, KeyPose, bounds, placed
from backcoach.paths import CONFIG_DIR_VARIABLE, DATA_DIR_VARIABLE, Paths
from backcoach.routines.checking import MAX_DEPTH, MAX_PHASES, MAX_STEPS, MAX_TOTAL_MS
from backcoach.routines.doses import MOVE_MS, PREPARE_MS, REP_REST_MS, SET_REST_MS, SWITCH_MS
from backcoach.routines.library import Library

README: Final = ROOT / "README.md"
GUIDE: Final = ROOT / "docs" / "routine-format.md"
DOCUMENTS: Final = (README, GUIDE)
LINKED: Final = (README, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")))
SHOWN_CONFIG: Final = "~/.config/backcoach"


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block.

    Attributes:
        where: the document and the line of its first fence.
        language: the first word after the fence.
        words: those after it.
    """

    where: str
    language: str
    words: tuple[str, ...]
    text: str

    @property
    def file(self) -> str:
        """The name of the file that it is; empty where it has none."""
        return next((word for word in self.words if word.endswith(".toml")), "")


def blocks_of(document: Path) -> Iterator[Block]:
    """The fenced blocks of a document, in order."""
    lines = iter(enumerate(document.read_text("utf-8").splitlines(), 1))
    for number, line in lines:
        if line.startswith("```"):
            language, *words = line.removeprefix("```").split() or [""]
            inside = []
            for _, within in lines:
                if within == "```":
                    break
                inside.append(within)
            text = "".join(f"{within}\n" for within in inside)
            yield Block(f"{document.name}:{number}", language, tuple(words), text)


def sentences_of(document: Path) -> str:
    """A document without its fenced blocks."""
    return re.sub(r"(?ms)^```.*?^```$", "", document.read_text("utf-8"))


BLOCKS: Final = tuple(block for document in DOCUMENTS for block in blocks_of(document))


def blocks(language: str) -> list[Block]:
    """All blocks in a language."""
    return [block for block in BLOCKS if block.language == language]


def ids(found: list[Block]) -> list[str]:
    """How tests of blocks are called."""
    return [f"{block.where} {block.file}".rstrip() for block in found]


# --- files ---------------------------------------------------------------------------------------


def problems_of(text: str, folder: Path) -> list[Problem]:
    """What `backcoach check` has to say of a text, in an empty home."""
    library = Library(Paths(folder / "data", folder / "config"))
    return library.check_text(text.encode(), "text.toml").found


def completed(fragment: str) -> str:
    """A file with this piece in it."""
    values = tomli.loads(fragment)
    head = "" if "name" in values else 'name = "A piece"\n'
    return f"{head}{fragment}" + ("" if "steps" in values else "\n[[steps]]\nrest = 1\n")


@pytest.mark.parametrize("block", blocks("toml"), ids=ids(blocks("toml")))
def test_a_file_is_as_good_as_its_document_says(block: Block, tmp_path: Path) -> None:
    piece = "fragment" in block.words
    found = problems_of(completed(block.text) if piece else block.text, tmp_path)
    severities = {problem.severity for problem in found}

    if piece:
        assert Severity.ERROR not in severities, found
    elif "bad" in block.words:
        assert Severity.ERROR in severities
    else:
        assert severities == ({Severity.WARNING} if "warns" in block.words else set()), found


def test_every_file_has_a_name_of_its_own() -> None:
    names = [block.file for block in blocks("toml") if "fragment" not in block.words]

    assert all(names)
    assert len(set(names)) == len(names)


def test_the_ways_of_the_guide_to_have_no_warning_have_none(tmp_path: Path) -> None:
    (sheet,) = (block.text for block in blocks("toml") if block.file == "physio.toml")
    fewer = sheet.replace("sets = 2\n", "").replace("reps = 8\nsets = 3\n", "reps = [5, 5]\n")
    (pyramid,) = (block.text for block in blocks("toml") if block.file == "pyramid.toml")

    assert problems_of(fewer, tmp_path) == []
    for reps in ("[4, 2, 1]", "[4, 3, 1]"):
        assert f"`{reps}`" in GUIDE.read_text("utf-8")
        assert problems_of(pyramid.replace("[3, 2, 1]", reps), tmp_path) == []


def test_the_figure_of_the_wall_sit_leans_on_its_wall() -> None:
    (text,) = (block.text for block in blocks("toml") if block.file == "wall-sit.toml")
    values = tomli.loads(text)["exercises"]["wall-sit"]
    exercise = read_exercise(Document("wall-sit.toml", "", values))
    (wall,) = exercise.figure.props
    assert exercise.figure.anchor_joint is not None
    poses = [
        KeyPose({name: at for name in SEGMENTS if (at := getattr(pose, name)) is not None})
        for pose in exercise.poses
    ]

    for joints in placed(poses, exercise.figure.anchor_joint, exercise.figure.view):
        trunk = {name: joints[name] for name in ("pel", "mid", "sho")}
        assert bounds(trunk).left == pytest.approx(wall.x + wall.w, abs=0.02)
        assert wall.h > joints["head"][1]


# --- what is printed -----------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the documents' files to work in, and a fresh home."""
    for block in blocks("toml"):
        if block.file:
            (tmp_path / block.file).write_text(block.text, "utf-8")
    monkeypatch.setenv(CONFIG_DIR_VARIABLE, str(tmp_path / "config"))
    monkeypatch.setenv(DATA_DIR_VARIABLE, str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(command: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, int]:
    """What a command prints on both streams, and its exit status."""
    monkeypatch.setattr(sys, "argv", shlex.split(command))
    printed = io.StringIO()
    try:
        with redirect_stdout(printed), redirect_stderr(printed), pytest.raises(SystemExit) as end:
            main()
    finally:
        gc.enable()
    assert isinstance(end.value.code, int)
    return printed.getvalue().replace(str(home / "config"), SHOWN_CONFIG), end.value.code


def dialogue(block: Block) -> list[tuple[str, str]]:
    """The commands of a block, each with what it is said to print."""
    pieces = re.split(r"(?m)^\$ (.*)\n", block.text)
    assert pieces[0] == "", f"{block.where}: no command"
    return list(zip(pieces[1::2], pieces[2::2], strict=True))


def test_what_is_printed_is_what_the_program_prints(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, done = [], []
    status = 0
    for block in blocks("console"):
        for command, printed in dialogue(block):
            said.append((block.where, command, printed))
            if command == "echo $?":
                done.append((block.where, command, f"{status}\n"))
            else:
                output, status = run(command, home, monkeypatch)
                done.append((block.where, command, output))

    assert done == said


def test_the_sums_are_right(home: Path) -> None:
    (sums,) = (block.text for block in blocks("text") if "sums" in block.words)
    results = []
    for line in sums.splitlines():
        found = re.fullmatch(r".+: +([0-9 +×()]+) = ([0-9]+)", line)
        assert found is not None, line
        results.append(int(found[2]))
        assert eval(found[1].replace("×", "*")) == results[-1], line
    library = Library(Paths(home / "data", home / "config"))
    timeline = library.load(library.find("worked-example.toml"))

    assert timeline.total_ms == results[-1] * 1000


# --- commands ------------------------------------------------------------------------------------

_COMMAND: Final = re.compile(r"""(?<![\w./~-])backcoach(?![\w./:-])([^|;&>#)\n`]*)""")


def commands_of(document: Path) -> Iterator[tuple[str, ...]]:
    """The arguments of each `backcoach` in the blocks and the code of a document."""
    texts = [
        block.text
        for block in blocks_of(document)
        if block.language in ("sh", "console", "yaml", "vim")
    ]
    texts += re.findall(r"`([^`\n]+)`", sentences_of(document))
    for text in texts:
        for found in _COMMAND.finditer(text.replace("\\ ", " ").replace(')"', ")")):
            yield tuple(word for word in shlex.split(found[1]) if word != "…")


def parsed(args: tuple[str, ...]) -> str:
    """The command that the arguments call; what is only named may lack its arguments.

    Raises:
        UsageError: there is no such command, or it takes no such options or arguments.
    """
    top = click.Context(cli, info_name="backcoach")
    _, rest, _ = cli.make_parser(top).parse_args([*args])
    if not rest:
        return ""
    command = cli.get_command(top, rest[0])
    if command is None:
        raise click.UsageError(f"no command {rest[0]}")
    with suppress(click.MissingParameter):
        command.make_context(rest[0], rest[1:], parent=top)
    return rest[0]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_is_one(document: Path) -> None:
    for args in commands_of(document):
        parsed(args)


@pytest.mark.parametrize("args", [("chekc",), ("check", "--stict"), ("play", "a", "b"), ("--jsn",)])
def test_a_command_that_is_none_is_found(args: tuple[str, ...]) -> None:
    with pytest.raises(click.UsageError):
        parsed(args)


def test_every_command_is_in_the_readme() -> None:
    assert {parsed(args) for args in commands_of(README)} >= COMMANDS.keys()


def test_every_option_is_one() -> None:
    top = click.Context(cli)
    commands = [cli, *(cli.get_command(top, name) for name in COMMANDS)]
    known = {option for each in commands if each for param in each.params for option in param.opts}
    for document in DOCUMENTS:
        named = re.findall(r"`(--[a-z-]+)[^`]*`", sentences_of(document))
        assert set(named) <= known


@pytest.mark.usefixtures("home")
def test_the_shells_and_what_they_complete() -> None:
    text = GUIDE.read_text("utf-8")
    shells = set(re.findall(r"_BACKCOACH_COMPLETE=(\w+)_source backcoach", text))
    assert shells == {"bash", "zsh", "fish"}
    assert all(get_completion_class(shell) for shell in shells)

    bash = get_completion_class("bash")
    assert bash is not None
    completion = bash(cli, {}, "backcoach", "_BACKCOACH_COMPLETE")
    for command in ("check", "copy", "edit", "set"):
        assert "bird-dogs" in [each.value for each in completion.get_completions([command], "bi")]


# --- links ---------------------------------------------------------------------------------------


def anchors(document: Path) -> set[str]:
    """What a link may name in a document: its headings, as GitHub writes them."""
    headings = re.findall(r"(?m)^#+ (.+)$", sentences_of(document))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(document: Path) -> list[str]:
    """The relative links of a document that lead nowhere."""
    text = re.sub(r"`[^`\n]*`(?!\])", "", sentences_of(document))
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = document.parent / path if path else document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    return broken


@pytest.mark.parametrize("document", LINKED, ids=lambda path: path.name)
def test_every_link_leads_to_something(document: Path) -> None:
    assert broken_links(document) == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    document = tmp_path / "a.md"
    document.write_text(
        "# One, two\n[x](#one-two) [y](#two) [`z`](b.md) [w](a.md#one-two) [v](https://a.b/c)\n"
    )

    assert broken_links(document) == ["#two", "b.md"]


# --- tables and figures --------------------------------------------------------------------------


def exercise_row(exercise_id: str, exercise: Exercise) -> str:
    """An exercise's line in the guide."""
    ceiling = exercise.ceiling
    most = [format_duration(ceiling.hold)] if ceiling.hold else []
    most += [f"{ceiling.reps} reps"] if ceiling.reps else []
    if ceiling.total and exercise.kind != "timed":
        most.append(f"{format_duration(ceiling.total)} in all")
    sides = "" if exercise.sides == "none" else f" {exercise.sides}"
    return (
        f"| `{exercise_id}` | {exercise.name} | {exercise.kind} | {exercise.posture} |{sides} | "
        f"{', '.join(most)} |"
    )


def rows_below(heading: str) -> list[str]:
    """The rows of the first table below a heading of the guide."""
    text = GUIDE.read_text("utf-8").partition(f"\n{heading}\n")[2]
    table = re.search(r"(?m)^\|[ |-]+\|\n((?:\|.*\n)+)", text)
    assert table is not None
    return table[1].splitlines()


def test_every_exercise_is_in_the_guide() -> None:
    catalogue = Catalogue()
    rows = []
    for name in sorted(bundled_ids()):
        exercise = catalogue.get(name)
        assert exercise is not None
        rows.append(exercise_row(name, exercise))

    assert rows_below("### The exercises") == rows


def test_every_code_is_in_the_guide() -> None:
    rows = [
        f"| `{code}` | {explanation.severity} | {explanation.title} |"
        for code, explanation in explanations().items()
    ]

    assert rows_below("### The codes") == rows


LIMITS: Final = (
    ("| rounds of a circuit | 2 to 50 |", "repeat", ("2", "50"), ("1", "51")),
    ("| sets of a step | 20 |", "sets", ("20",), ("21",)),
    ("| reps of a set | 100 |", "reps", ("100",), ("101",)),
    ("| a hold, a `move` | 1 h |", "hold", ('"1h"',), ('"1h1s"',)),
    ("| a hold, a `move` | 1 h |", "move", ('"1h"',), ('"1h1s"',)),
    ("| a rest, a `prepare` | 30 min |", "rest", ('"30m"',), ('"30m1s"',)),
    ("| a rest, a `prepare` | 30 min |", "prepare", ('"30m"',), ('"30m1s"',)),
    ("| a timed exercise | 1 s to 4 h |", "duration", ('"1s"', '"4h"'), ("0", '"4h1s"')),
)
"""A row of the guide's table, its key, and values within and outside."""


@pytest.mark.parametrize(("row", "key", "within", "outside"), LIMITS)
def test_a_limit_is_as_the_guide_has_it(
    row: str, key: str, within: tuple[str, ...], outside: tuple[str, ...], tmp_path: Path
) -> None:
    besides = {
        "repeat": "steps = [{ rest = 1 }]",
        "rest": "",
        "duration": 'exercise = "walk"',
    }.get(key, 'exercise = "bridge"')

    def errors(value: str) -> list[str]:
        text = f'name = "A limit"\n[[steps]]\n{besides}\n{key} = {value}\n'
        found = problems_of(text, tmp_path)
        return [problem.code for problem in found if problem.severity is Severity.ERROR]

    assert row in rows_below("## Limits")
    assert [errors(value) for value in within if errors(value) not in ([], ["limit"])] == []
    assert all(errors(value) for value in outside)


def test_the_limits_of_a_file_are_as_the_guide_has_them() -> None:
    rows = rows_below("## Limits")

    assert f"| a file | {MAX_BYTES // 1024**2} MiB of text, {MAX_VALUES:,} values |" in rows
    assert f"| steps, as they are written | {MAX_STEPS} |" in rows
    assert f"| circuits in one another | {MAX_DEPTH} |" in rows
    hours = MAX_TOTAL_MS // 3_600_000
    assert f"| a routine, played | {hours} hours, and {MAX_PHASES:,} single stretches |" in rows


def test_the_times_between_are_as_the_guide_has_them() -> None:
    figures = {
        "prepare": PREPARE_MS,
        "move": MOVE_MS,
        "rep_rest": REP_REST_MS,
        "switch": SWITCH_MS,
        "set_rest": SET_REST_MS,
    }
    cells = [row.strip("| ").split(" | ") for row in rows_below("### The time between")]

    assert [(cell[0], cell[-1]) for cell in cells] == [
        (f"`{key}`", f"{ms // 1000} s") for key, ms in figures.items()
    ]
    assert change_ms("standing", "supine") == change_ms("supine", "standing") == 45_000
    assert "about 45 seconds" in GUIDE.read_text("utf-8")


def test_the_readme_counts_the_routines() -> None:
    assert len(list((ROOT / "routines").glob("*.toml"))) == 14
    assert "Fourteen routines" in README.read_text("utf-8")
