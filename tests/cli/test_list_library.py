"""`backcoach list` of a library in which some files are the person's own, and some are broken."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner, Result

from backcoach.cli.main import Context, cli
from backcoach.paths import Paths
from backcoach.routines.finding import bundled_folder

BUNDLED: Final = sorted(path.stem for path in bundled_folder().glob("*.toml"))
MINE: Final = 'name = "Mine"\n[[steps]]\nrest = "90s"\n'
UNWISE: Final = 'name = "Mine"\n[[steps]]\nexercise = "plank"\nprepare = 0\n'
BROKEN: Final = """name = "Broken"
summary = 3

[[steps]]
exercise = "no-such-exercise"
"""


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the person's own routines."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "config" / "routines"
    folder.mkdir(parents=True)
    return folder


def run(*args: str) -> Result:
    """What the program does here."""
    context = Context(Paths(Path("data"), Path("config")))
    options = ("--data-dir", "data", "--config-dir", "config")
    return CliRunner().invoke(cli, [*options, *args], obj=context)


def listed() -> dict[str, str]:
    """What is said of each routine."""
    done = run("list")
    assert done.exit_code == 0, done.output
    lines = (line.split(maxsplit=1) for line in done.stdout.splitlines())
    return {name: said for name, said in lines}  # noqa: C416


def rows() -> dict[str, dict[str, Any]]:
    """The same as data."""
    found = json.loads(run("list", "--json").stdout)["routines"]
    return {row["id"]: row for row in found}


def first_problem(*args: str) -> dict[str, Any]:
    """What `check` finds first."""
    problem: dict[str, Any] = json.loads(run("check", "--format", "json", *args).stdout)[
        "problems"
    ][0]
    return problem


def test_a_bundled_one_is_nobodys() -> None:
    assert list(listed()) == BUNDLED
    assert not any("yours" in said for said in listed().values())


def test_ones_own_says_so(own: Path) -> None:
    (own / "mine.toml").write_text(MINE, "utf-8")

    assert listed()["mine"] == "1:30  Mine  (yours)"
    assert list(listed()) == sorted([*BUNDLED, "mine"])


def test_ones_own_in_place_of_a_bundled_one_says_so(own: Path) -> None:
    (own / "planks.toml").write_text(MINE, "utf-8")

    assert listed()["planks"] == "1:30  Mine  (yours, instead of the bundled one)"
    assert list(listed()) == BUNDLED
    assert rows()["planks"]["source"] == "user"
    assert rows()["planks"]["path"] == str(Path("config", "routines", "planks.toml"))


def test_a_broken_file_is_listed_with_its_first_problem(own: Path) -> None:
    (own / "broken.toml").write_text(BROKEN, "utf-8")

    assert listed()["broken"] == "✗  line 2: `summary` is a text in quotes  (yours)"
    row = rows()["broken"]
    assert row["problem"] == first_problem("broken")
    assert (row["problem"]["line"], row["problem"]["path"]) == (2, "summary")
    assert (row["name"], row["total_ms"], row["source"]) == ("Broken", None, "user")


def test_a_broken_file_hides_nothing(own: Path) -> None:
    before = {name: said for name, said in listed().items() if name != "planks"}
    (own / "planks.toml").write_text(BROKEN, "utf-8")
    (own / "a.toml").write_bytes(b"\xff\xfe")
    (own / "folder.toml").mkdir()
    (own / "mine.toml").write_text(MINE, "utf-8")

    after = listed()

    assert list(after) == sorted([*BUNDLED, "a", "folder", "mine"])
    assert before.items() <= after.items()
    assert after["planks"].startswith("✗  line 2: ")
    assert after["planks"].endswith("(yours, instead of the bundled one)")
    assert after["mine"] == "1:30  Mine  (yours)"


def test_what_has_no_line_is_told_with_its_file(own: Path) -> None:
    (own / "folder.toml").mkdir()
    (own / "Not An Id.toml").write_text(MINE, "utf-8")
    done = run("list").stdout.splitlines()

    (folder,) = (line for line in done if line.startswith("folder "))
    (no_id,) = (line for line in done if line.startswith("Not An Id "))
    assert "✗  folder.toml: " in folder
    assert "✗  Not An Id.toml: a routine's file name is lower-case words" in no_id
    assert rows()["folder"]["problem"]["code"] == "unreadable"
    assert rows()["Not An Id"]["problem"] == first_problem(
        str(Path("config", "routines", "Not An Id.toml"))
    )


def test_what_is_unwise_is_no_problem_in_the_list(own: Path) -> None:
    (own / "mine.toml").write_text(UNWISE, "utf-8")

    assert rows()["mine"]["problem"] is None
    assert listed()["mine"].endswith("Mine  (yours)")
    assert first_problem("mine")["severity"] == "warning"


def test_a_broken_exercise_is_told_with_the_routine_that_names_it(own: Path) -> None:
    exercises = own.parent / "exercises"
    exercises.mkdir()
    (exercises / "wall-sit.toml").write_text('name = "Wall sit"\nkind = "held"\n', "utf-8")
    (own / "mine.toml").write_text('name = "M"\n[[steps]]\nexercise = "wall-sit"\n', "utf-8")

    row = rows()["mine"]

    assert row["problem"]["code"] == "exercise-file"
    assert row["problem"]["line"] == 3
    assert "wall-sit" in listed()["mine"]
    assert list(listed()) == sorted([*BUNDLED, "mine"])


def test_an_exercise_among_the_routines_is_told_as_in_check(own: Path) -> None:
    (own / "wall-sit.toml").write_text('name = "Wall sit"\nkind = "hold"\n', "utf-8")

    assert rows()["wall-sit"]["problem"] == first_problem("wall-sit")


def test_columns_stay_in_line(own: Path) -> None:
    (own / "a-rather-long-name-for-a-routine.toml").write_text(MINE, "utf-8")
    (own / "broken.toml").write_text(BROKEN, "utf-8")
    lines = run("list").stdout.splitlines()

    ends = {line.index(":") for line in lines if "✗" not in line}
    assert len(ends) == 1
    assert max(len(line.split("  ")[0]) for line in lines) < min(ends)
