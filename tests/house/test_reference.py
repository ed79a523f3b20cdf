"""The tables of all keys in the guide: as `docs/reference.py` makes them, from the models."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from schema_building import written_schema
from session_building import ROOT, TIMEOUT_S

SCRIPT: Final = ROOT / "docs" / "reference.py"
GUIDE: Final = ROOT / "docs" / "routine-format.md"
BEGIN: Final = "<!-- reference:begin -->"
END: Final = "<!-- reference:end -->"


def reference(*args: str | Path) -> "subprocess.CompletedProcess[str]":
    """Run the script."""
    return subprocess.run(
        [sys.executable, SCRIPT, *args],
        capture_output=True,
        encoding="utf-8",
        timeout=TIMEOUT_S,
        check=False,
    )


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """A copy of the guide."""
    return Path(shutil.copy(GUIDE, tmp_path))


def test_the_guide_has_the_tables_of_the_models() -> None:
    done = reference("--check")

    assert done.returncode == 0, done.stderr


def test_tables_that_have_drifted_are_found_and_mended(guide: Path) -> None:
    whole = guide.read_text("utf-8")
    guide.write_text(whole.replace(BEGIN, f"{BEGIN}\n\n| `rep_pause` |", 1), "utf-8")
    drifted = guide.read_bytes()

    done = reference("--check", guide)
    assert done.returncode == 1
    assert "python docs/reference.py" in done.stderr
    assert guide.read_bytes() == drifted

    assert reference(guide).returncode == 0
    assert guide.read_text("utf-8") == whole


def test_nothing_else_of_the_guide_is_touched(guide: Path) -> None:
    guide.write_text(f"Before.\n{BEGIN}\nwhat was here\n{END}\nAfter.\n", "utf-8")

    assert reference(guide).returncode == 0

    text = guide.read_text("utf-8")
    assert text.startswith(f"Before.\n{BEGIN}\n\n### The file\n")
    assert text.endswith(f"\n{END}\nAfter.\n")
    assert "what was here" not in text


@pytest.mark.parametrize("text", ["Nothing.", f"{BEGIN}\n", f"{END}\n{BEGIN}\n"])
def test_a_guide_without_a_place_for_them_is_left_alone(guide: Path, text: str) -> None:
    guide.write_text(text, "utf-8")

    done = reference(guide)

    assert done.returncode == 2
    assert "are missing" in done.stderr
    assert guide.read_text("utf-8") == text


def test_every_key_of_every_table_has_a_row(guide: Path) -> None:
    guide.write_text(f"{BEGIN}\n{END}\n", "utf-8")
    assert reference(guide).returncode == 0
    rows = [line for line in guide.read_text("utf-8").splitlines() if line.startswith("| `")]
    schema = written_schema()

    keys = [
        key
        for table in (schema, *schema["definitions"].values())
        for key in table.get("properties", {})
    ]
    assert sorted(row.split("`")[1] for row in rows) == sorted(keys)
    # Four cells: a bar in a cell would make a fifth.
    assert {row.count("|") for row in rows} == {5}
