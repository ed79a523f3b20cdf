"""What each command loads: a terminal that answers soon is one that loads little."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from session_building import DECLARED, ROOT, Program

PLAY: Final = ("play", "bird-dogs", "--plain", "--speed", "1000", *DECLARED)
WITHOUT_TEXTUAL: Final = (
    ("--version",),
    ("--help",),
    ("paths",),
    ("history",),
    ("history", "--json"),
    ("stats",),
    ("stats", "--json"),
    ("export",),
    ("log", "walk", "20m"),
    ("report",),
    ("list",),
    ("list", "--json"),
    ("show", "bird-dogs"),
    ("show", "bird-dogs", "--json"),
    ("show", "bird-dogs", "--timeline"),
    ("check",),
    ("explain", "range"),
    ("schema",),
    ("new", "mine"),
    ("copy", "planks"),
    ("set", "planks", "name", "Mine"),
    ("play", "--help"),
    PLAY,
)
WITHOUT_PYDANTIC: Final = (
    ("--version",),
    ("--help",),
    ("paths",),
    ("history",),
    ("explain",),
)
COMPLETED: Final = (
    "backcoach ",
    "backcoach explain ",
    pytest.param("backcoach play pla"),
    pytest.param("backcoach check pla"),
    pytest.param("backcoach set pla"),
)
"""What is typed when the tab key is pressed."""

PROBE: Final = """
import sys
from backcoach.cli.main import main

report, *args = sys.argv[1:]
sys.argv = ["backcoach", *args]
status = None
try:
    main()
except SystemExit as end:
    status = end.code
with open(report, "w", encoding="utf-8") as file:
    file.write(f"{status}\\n" + "\\n".join(sys.modules))
"""


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A fresh home."""
    return Program(tmp_path)


def loaded_by(
    program: Program,
    *args: str,
    source: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> set[str]:
    """The packages that are loaded once a command has done its work.

    Args:
        program: whose home it runs in.
        source: the folder of another copy of the package.
        env: more of the environment.
    """
    report = program.home / "loaded.txt"
    more = {"PYTHONPATH": str(source)} if source else {}
    done = program.python(PROBE, str(report), *args, env=more | dict(env or {}))
    status, *modules = report.read_text("utf-8").split("\n")
    assert status == "0", done.stderr
    return {name.partition(".")[0] for name in modules}


@pytest.mark.parametrize("args", WITHOUT_TEXTUAL)
def test_no_textual(program: Program, args: tuple[str, ...]) -> None:
    loaded = loaded_by(program, *args)

    assert loaded.isdisjoint({"textual", "rich"})
    assert "backcoach" in loaded


@pytest.mark.parametrize("args", WITHOUT_PYDANTIC)
def test_no_pydantic(program: Program, args: tuple[str, ...]) -> None:
    assert loaded_by(program, *args).isdisjoint({"pydantic", "pydantic_core", "tomli_w"})


@pytest.mark.parametrize("typed", COMPLETED)
def test_completing_loads_little(program: Program, typed: str) -> None:
    env = {"_BACKCOACH_COMPLETE": "bash_complete", "COMP_WORDS": typed}
    loaded = loaded_by(program, env=env | {"COMP_CWORD": str(len(typed.split(" ")) - 1)})

    assert "backcoach" in loaded
    assert loaded.isdisjoint({"textual", "rich", "pydantic", "pydantic_core", "sqlite3"})


def test_a_history_that_is_there_loads_no_more(program: Program) -> None:
    assert program.run(*PLAY).returncode == 0

    loaded = loaded_by(program, "history", "--json")

    assert loaded.isdisjoint({"pydantic", "textual", "tomli"})


def test_help_and_version_load_no_database(program: Program) -> None:
    assert "sqlite3" not in loaded_by(program, "--version") | loaded_by(program, "--help")


def test_the_app_is_drawn_before_pydantic_is_loaded(program: Program) -> None:
    done = program.python(
        "import sys, backcoach.tui.app; print('textual' in sys.modules, 'pydantic' in sys.modules)"
    )

    assert done.stdout == "True False\n", done.stderr


@pytest.mark.parametrize("package", ["textual", "pydantic"])
def test_the_probe_finds_a_deferred_import(program: Program, package: str) -> None:
    copy = program.home / "src"
    shutil.copytree(ROOT / "src", copy, ignore=shutil.ignore_patterns("__pycache__"))
    command = copy / "backcoach" / "cli" / "paths.py"
    planted = command.read_text("utf-8").replace(
        "    found = {", f"    import {package} as planted\n    del planted\n    found = {{"
    )
    command.write_text(planted, "utf-8")

    assert package in loaded_by(program, "paths", source=copy)
