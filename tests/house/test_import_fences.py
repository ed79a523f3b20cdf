"""The import contracts, each shown to fail on an import that it forbids."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any, Final

import pytest
from session_building import ROOT, TIMEOUT_S

DOWNWARDS: Final = "Import downwards only"
TEXTUAL: Final = "Textual is drawn with in tui only"
WIRING: Final = "cli wires tui, and draws nothing itself"
PURE: Final = "Pure rooms know no clock, file, database or model"
COACH: Final = "The coach's rules read no clock and no database"

PLANTS: Final = (
    (DOWNWARDS, "stray/__init__.py", ""),
    (DOWNWARDS, "stray.py", ""),
    (DOWNWARDS, "durations.py", "import backcoach.player.state"),
    (DOWNWARDS, "history/planted.py", "import backcoach.session.clock"),
    (DOWNWARDS, "player/planted.py", "def late():\n    import backcoach.coach.words"),
    (DOWNWARDS, "plain/planted.py", "import backcoach.tui.theme"),
    (DOWNWARDS, "player/planted.py", "import backcoach.routines.finding"),
    (DOWNWARDS, "timeline/planted.py", "import backcoach.document.problems"),
    (TEXTUAL, "player/planted.py", "import textual"),
    (TEXTUAL, "plain/planted.py", "def late():\n    from rich.text import Text"),
    (WIRING, "cli/planted.py", "from textual.app import App"),
    (PURE, "timeline/planted.py", "import sqlite3"),
    (PURE, "stats/planted.py", "from backcoach.history.store import Store"),
    (PURE, "history/records.py", "import pydantic"),
    (PURE, "history/records.py", "from backcoach.history.store import Store"),
    (PURE, "player/planted.py", "import time"),
    (PURE, "player/planted.py", "def late():\n    from asyncio import sleep"),
    (PURE, "cues/script.py", "import time"),
    (PURE, "figure/planted.py", "from pathlib import Path"),
    (COACH, "coach/planted.py", "import time"),
    (COACH, "coach/planted.py", "from backcoach.history.store import Store"),
)
"""A contract, a file of the package, and lines at its end that break the contract."""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the package and its contracts."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def broken_contracts(tree: Path) -> set[str]:
    """The contracts that import-linter finds broken in a copy."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=tree,
        env=os.environ | {"PYTHONPATH": str(tree / "src"), "COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        timeout=TIMEOUT_S,
        check=False,
    )
    broken = set(re.findall(r"^(.+) BROKEN", done.stdout, re.MULTILINE))
    assert "Contracts: " in done.stdout, done.stdout + done.stderr
    assert done.returncode == int(bool(broken))
    return broken


def contracts() -> list[dict[str, Any]]:
    """The contracts as they are written down."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    found: list[dict[str, Any]] = project["tool"]["importlinter"]["contracts"]
    return found


def test_the_package_keeps_every_contract(tree: Path) -> None:
    assert broken_contracts(tree) == set()


@pytest.mark.parametrize(("contract", "file", "lines"), PLANTS)
def test_a_contract_bites(tree: Path, contract: str, file: str, lines: str) -> None:
    path = tree / "src" / "backcoach" / file
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as source:
        source.write(f"\n{lines}\n")

    assert contract in broken_contracts(tree)


def test_every_contract_is_shown_to_bite() -> None:
    assert {contract["name"] for contract in contracts()} == {plant[0] for plant in PLANTS}


def rooms() -> set[str]:
    """The packages and modules right inside the package."""
    package = ROOT / "src" / "backcoach"
    packages = {path.parent.name for path in package.glob("*/__init__.py")}
    return packages | {path.stem for path in package.glob("[!_]*.py")}


def sources_of(contract_name: str) -> set[str]:
    """The rooms that a contract speaks of."""
    (contract,) = (c for c in contracts() if c["name"] == contract_name)
    return {name.removeprefix("backcoach.") for name in contract["source_modules"]}


def test_a_new_room_is_fenced_from_textual_too() -> None:
    assert sources_of(TEXTUAL) == rooms() - {"tui", "cli"}


def test_a_new_pure_room_is_fenced_too() -> None:
    pure = {"player", "timeline", "stats", "figure"} & rooms()

    assert sources_of(PURE) == pure | {"history.records", "history.summary", "cues.script"}
