"""Compiled routines are remembered until what they were made from changes."""

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from backcoach.document.problems import BadFileError
from backcoach.paths import Paths
from backcoach.routines.finding import Entry, find_entry
from backcoach.routines.library import Library
from backcoach.routines.remembering import load_timeline

OWN = '[[steps]]\nexercise = "bridge"\nreps = {reps}\nprepare = "45s"\n'


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data", tmp_path / "config")


def write(paths: Paths, text: str) -> Entry:
    paths.routines.mkdir(parents=True, exist_ok=True)
    (paths.routines / "mine.toml").write_text(f'name = "Mine"\n{text}', "utf-8")
    return find_entry(paths, "mine")


def kept(paths: Paths) -> list[Path]:
    return sorted(paths.compiled.iterdir()) if paths.compiled.exists() else []


@pytest.mark.parametrize("name", ["bird-dogs", "core-big3", "acute-relief"])
def test_what_is_remembered_is_what_was_compiled(paths: Paths, name: str) -> None:
    entry = find_entry(paths, name)
    compiled = Library(paths).load(entry)

    assert load_timeline(paths, entry) == compiled
    assert len(kept(paths)) == 1
    assert load_timeline(paths, entry) == compiled


def test_the_second_time_no_model_is_loaded(paths: Paths) -> None:
    load_timeline(paths, find_entry(paths, "bird-dogs"))
    code = (
        "import sys; from pathlib import Path; from backcoach.paths import Paths;"
        "from backcoach.routines.finding import find_entry;"
        "from backcoach.routines.remembering import load_timeline;"
        f"paths = Paths(Path({str(paths.data)!r}), Path({str(paths.config)!r}));"
        "timeline = load_timeline(paths, find_entry(paths, 'bird-dogs'));"
        "print(timeline.name, 'pydantic' in sys.modules)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )

    assert shown.stdout.strip() == "Bird-dogs, five minutes False"


def test_a_changed_file_is_compiled_anew(paths: Paths) -> None:
    assert load_timeline(paths, write(paths, OWN.format(reps=2))).steps[0].usual.reps == (2,)
    assert load_timeline(paths, write(paths, OWN.format(reps=3))).steps[0].usual.reps == (3,)
    assert len(kept(paths)) == 1


def test_a_changed_exercise_of_ones_own_is_read_anew(paths: Paths) -> None:
    paths.exercises.mkdir(parents=True)
    file = paths.exercises / "wall-sit.toml"
    file.write_text('name = "Wall sit"\nkind = "hold"\ndose = { hold = "5s" }\n', "utf-8")
    entry = write(paths, '[[steps]]\nexercise = "wall-sit"\n')
    assert load_timeline(paths, entry).steps[0].name == "Wall sit"

    file.write_text('name = "Wall squat"\nkind = "hold"\ndose = { hold = "5s" }\n', "utf-8")
    assert load_timeline(paths, entry).steps[0].name == "Wall squat"


def test_a_file_that_is_wrong_is_never_remembered(paths: Paths) -> None:
    load_timeline(paths, write(paths, OWN.format(reps=2)))

    for _ in range(2):
        with pytest.raises(BadFileError):
            load_timeline(paths, write(paths, OWN.format(reps='"two"')))


def test_a_path_is_never_remembered(paths: Paths, tmp_path: Path) -> None:
    file = tmp_path / "elsewhere.toml"
    file.write_text('name = "There"\n' + OWN.format(reps=2), "utf-8")

    load_timeline(paths, find_entry(paths, str(file)))
    assert kept(paths) == []


@pytest.mark.parametrize("content", [b"", b"\x80", b"not a pickle", pickle.dumps(((), 1))])
def test_a_file_of_something_else_is_made_anew(paths: Paths, content: bytes) -> None:
    entry = find_entry(paths, "bridges")
    timeline = load_timeline(paths, entry)
    (file,) = kept(paths)
    file.write_bytes(content)

    assert load_timeline(paths, entry) == timeline
    assert file.read_bytes() != content


def test_half_a_file_is_made_anew(paths: Paths) -> None:
    entry = find_entry(paths, "bridges")
    timeline = load_timeline(paths, entry)
    (file,) = kept(paths)
    file.write_bytes(file.read_bytes()[:-200])

    assert load_timeline(paths, entry) == timeline


class _Trap:
    """What runs when somebody else's pickle is read without care."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.target),)


def test_nothing_that_a_file_asks_for_is_run(paths: Paths, tmp_path: Path) -> None:
    entry = find_entry(paths, "bridges")
    timeline = load_timeline(paths, entry)
    (file,) = kept(paths)
    file.write_bytes(pickle.dumps((_Trap(tmp_path / "sprung"), timeline)))

    assert load_timeline(paths, entry) == timeline
    assert not (tmp_path / "sprung").exists()


def test_it_is_private_to_its_owner(paths: Paths) -> None:
    load_timeline(paths, find_entry(paths, "bridges"))
    (file,) = kept(paths)

    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_without_a_place_to_keep_it_it_is_compiled_each_time(paths: Paths) -> None:
    paths.data.parent.mkdir(parents=True, exist_ok=True)
    paths.data.write_text("a file in the way", "utf-8")

    assert load_timeline(paths, find_entry(paths, "bridges")).name == "Bridges, five minutes"
