"""What the editors' own tools make of the schema: taplo and tombi, as they are installed."""

import shutil
import tomllib
from pathlib import Path
from typing import Any, Final

import pytest
from routine_building import check_values
from schema_building import SCHEMA_FILE, LanguageServer, tool
from session_building import ROOT, until

HEAD: Final = '#:schema ./routine.schema.json\nname = "Mine"\n'
STEP: Final = '[[steps]]\nexercise = "bridge"\n'
RIGHT: Final = (
    f'{STEP}reps = [6, 4]\nhold = "5s"\n[[steps]]\nrest = 30\nnote = "Sip some water."',
    f'{STEP}[exercises.mine]\nname = "Mine"\nkind = "hold"\n[[exercises.mine.poses]]\nlumbar = 0.5',
    '[[steps]]\nrepeat = 3\nround_rest = "1m"\nsteps = [{ repeat = 2, steps = [{ rest = 1 }] }]',
)
WRONG: Final = (
    ("", "steps"),
    (f"sumary = 1\n{STEP}", "sumary"),
    (f'{STEP}reps = "6"', "reps"),
    (f'{STEP}hold = "10"', "hold"),
    (f"{STEP}hold = -5", "hold"),
    (f'{STEP}holt = "10s"', "holt"),
    (f'{STEP}sides = "both"', "sides"),
    (f"{STEP}rest = 1", "rest"),
    (f'{STEP}note = "\\u001B[2J"', "note"),
    ("[[steps]]\nrepeat = 2\nsteps = [\n{ rest = true },\n]", "rest"),
    (f'{STEP}[exercises."My own"]\nname = "Mine"\nkind = "hold"', "My own"),
)
"""Files that are wrong, and a word of the line that is."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the schema in it, like the one of the routines."""
    shutil.copy(SCHEMA_FILE, tmp_path)
    return tmp_path


def taplo(folder: Path, *args: str) -> tuple[int, str]:
    """The status and the words of taplo, which never asks the network unless told to."""
    done = tool("taplo", folder, "lint", "--no-auto-config", *args)
    return done.returncode, done.stderr


def tombi(folder: Path, *args: str) -> tuple[int, str]:
    """The status and the words of tombi, kept from the network; a warning counts."""
    options = ("--offline", "--no-cache", "--error-on-warnings")
    done = tool("tombi", folder, "lint", *options, *args)
    return done.returncode, done.stderr


def test_both_accept_the_library(folder: Path) -> None:
    names = [Path(shutil.copy(path, folder)).name for path in (ROOT / "routines").glob("*.toml")]

    assert names
    assert taplo(folder, *names)[0] == 0
    assert tombi(folder, *names) == (0, f"{len(names)} files linted successfully\n")


@pytest.mark.parametrize("body", RIGHT)
def test_both_accept_what_is_right(folder: Path, body: str) -> None:
    (folder / "mine.toml").write_text(HEAD + body, "utf-8")
    check_values(tomllib.loads(HEAD + body))

    for status, words in (taplo(folder, "mine.toml"), tombi(folder, "mine.toml")):
        assert status == 0, words


@pytest.mark.parametrize(("body", "word"), WRONG)
def test_both_refuse_what_is_wrong(folder: Path, body: str, word: str) -> None:
    (folder / "mine.toml").write_text(HEAD + body, "utf-8")

    for status, words in (taplo(folder, "mine.toml"), tombi(folder, "mine.toml")):
        assert status == 1, words
        assert "mine.toml" in words
    line = next((n for n, text in enumerate((HEAD + body).splitlines(), 1) if word in text), 1)
    # taplo can't tell which kind of step was meant, and marks all of it; tombi can.
    assert f"mine.toml:{line}:" in tombi(folder, "mine.toml")[1]


def test_taplo_takes_the_schema_by_its_address(folder: Path) -> None:
    (folder / "right.toml").write_text(f'name = "Mine"\n{STEP}', "utf-8")
    (folder / "wrong.toml").write_text(f'nam = "Mine"\n{STEP}', "utf-8")
    schema = ("--schema", (folder / SCHEMA_FILE.name).as_uri())

    assert taplo(folder, *schema, "right.toml")[0] == 0
    assert taplo(folder, *schema, "wrong.toml")[0] == 1
    assert taplo(folder, "wrong.toml")[0] == 0


@pytest.mark.parametrize(
    ("body", "offered", "not_offered"),
    [
        (f"{STEP}|", {"hold", "reps", "set_rest", "note"}, {"rest", "repeat", "exercise"}),
        (f"{STEP}hol|", {"hold"}, {"reps"}),
        (f"{STEP}hold = |", {'"5s"', '"10s"'}, set()),
        (f"{STEP}sides = |", {'"each"', '"alternate"', '"left"', '"right"'}, {'"both"'}),
        (f"{STEP}[safety]\n|", {"max_start_pain", "stops_to_end"}, {"hold"}),
        (f"|\n{STEP}", {"summary", "defaults", "exercises"}, {"hold", "name"}),
        (f"{STEP}[exercises.mine]\n|", {"kind", "posture", "cues"}, {"hold"}),
    ],
)
def test_an_editor_completes_from_it(
    folder: Path, body: str, offered: set[str], not_offered: set[str]
) -> None:
    before, after = (HEAD + body).split("|")
    document = {"uri": (folder / "mine.toml").as_uri()}
    place = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
    with LanguageServer(folder, "tombi", "lsp", "--offline", "--no-cache") as server:
        opened = {**document, "languageId": "toml", "version": 1, "text": before + after}
        server.tell("textDocument/didOpen", textDocument=opened)

        def labels() -> set[str]:
            answer: Any = server.ask(
                "textDocument/completion", textDocument=document, position=place
            )
            items = answer["items"] if isinstance(answer, dict) else answer or []
            return {item["label"] for item in items}

        # It reads the document while it answers, and has nothing to offer until then.
        until(labels)
        found = labels()

    assert offered <= found
    assert found.isdisjoint(not_offered)
