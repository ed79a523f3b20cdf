"""Finding routines by id and by path."""

import os
from pathlib import Path

import pytest

from backcoach.document.problems import BadFileError
from backcoach.errors import UnreadableError
from backcoach.paths import Paths
from backcoach.routines.finding import Entry, bundled_folder, quick_name
from backcoach.routines.library import Library

MINE = 'name = "Mine"\n[[steps]]\nrest = "5s"\n'


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data", tmp_path / "config")


def write(folder: Path, name: str, text: str = MINE) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_bundled_ones_without_a_folder_of_one_s_own(paths: Paths) -> None:
    entries = Library(paths).entries()

    assert entries
    assert {entry.source for entry in entries} == {"bundled"}
    assert [entry.id for entry in entries] == sorted(entry.id for entry in entries)
    assert not paths.config.exists()


def test_one_s_own_are_listed_among_them(paths: Paths) -> None:
    file = write(paths.routines, "mine.toml")

    entries = Library(paths).entries()

    assert Entry("mine", "user", file) in entries
    assert [entry.id for entry in entries] == sorted(entry.id for entry in entries)


def test_one_s_own_file_wins(paths: Paths) -> None:
    file = write(paths.routines, "planks.toml")
    library = Library(paths)

    assert library.find("planks") == Entry("planks", "user", file, stands_in=True)
    assert [entry.source for entry in library.entries() if entry.id == "planks"] == ["user"]
    assert library.load(library.find("planks")).name == "Mine"


def test_what_is_no_routine_is_not_listed(paths: Paths) -> None:
    for name in (".planks.toml", ".#mine.toml", "notes.txt", "mine.toml~", ".toml"):
        write(paths.routines, name)

    assert {entry.source for entry in Library(paths).entries()} == {"bundled"}


def test_a_file_in_place_of_the_folder(paths: Paths) -> None:
    write(paths.config, "routines")

    assert {entry.source for entry in Library(paths).entries()} == {"bundled"}


def test_files_are_looked_for_each_time(paths: Paths) -> None:
    library = Library(paths)
    with pytest.raises(UnreadableError):
        library.find("mine")

    write(paths.routines, "mine.toml")

    assert library.find("mine").source == "user"


# --- find ----------------------------------------------------------------------------------------


def test_by_id(paths: Paths) -> None:
    assert Library(paths).find("planks") == Entry(
        "planks", "bundled", bundled_folder() / "planks.toml"
    )


@pytest.mark.parametrize("name", ["x/planks.toml", "./planks", "/x/planks", "planks.toml", "a.b"])
def test_anything_with_a_slash_or_a_suffix_is_a_path(paths: Paths, name: str) -> None:
    assert Library(paths).find(name) == Entry(Path(name).stem, "path", Path(name))


def test_by_a_path_that_is_there(paths: Paths, tmp_path: Path) -> None:
    file = write(tmp_path, "my-own.toml")
    library = Library(paths)

    timeline = library.load(library.find(str(file)))

    assert (timeline.routine, timeline.name, timeline.source) == ("my-own", "Mine", MINE)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("plank", "there is no routine `plank`. Did you mean `planks`?"),
        ("birddogs", "there is no routine `birddogs`. Did you mean `bird-dogs`?"),
        ("zzzz", "there is no routine `zzzz`. `backcoach list` names them."),
        ("", "there is no routine ``. `backcoach list` names them."),
    ],
)
def test_an_unknown_id(paths: Paths, name: str, message: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        Library(paths).find(name)
    assert str(raised.value) == message


def test_one_s_own_are_suggested(paths: Paths) -> None:
    write(paths.routines, "evening.toml")

    with pytest.raises(UnreadableError, match="Did you mean `evening`"):
        Library(paths).find("evning")


# --- load ----------------------------------------------------------------------------------------


def load(paths: Paths, name: str) -> None:
    library = Library(paths)
    library.load(library.find(name))


@pytest.mark.parametrize("name", ["./none.toml", "/none/a.toml", "a\0.toml"])
def test_a_path_that_is_not_there(paths: Paths, name: str) -> None:
    with pytest.raises(UnreadableError):
        load(paths, name)


def test_a_folder_named_like_a_routine(paths: Paths) -> None:
    (paths.routines / "mine.toml").mkdir(parents=True)

    with pytest.raises(UnreadableError):
        load(paths, "mine")


def test_a_fifo_named_like_a_routine(paths: Paths) -> None:
    paths.routines.mkdir(parents=True)
    os.mkfifo(paths.routines / "mine.toml")

    with pytest.raises(UnreadableError):
        load(paths, "mine")


def test_a_broken_routine(paths: Paths) -> None:
    file = write(paths.routines, "mine.toml", 'name = "Mine"\nsteps = [{}]')

    with pytest.raises(BadFileError) as raised:
        load(paths, "mine")
    assert [problem.file for problem in raised.value.problems] == [str(file)]


def test_a_file_name_that_is_no_id(paths: Paths) -> None:
    write(paths.routines, "My Own.toml")

    with pytest.raises(BadFileError, match="routine-id"):
        load(paths, "My Own")


def test_with_exercises_of_one_s_own(paths: Paths) -> None:
    write(paths.exercises, "wall-sit.toml", 'name = "Wall sit"\nkind = "hold"\n')
    write(paths.routines, "mine.toml", 'name = "M"\n[[steps]]\nexercise = "wall-sit"\n')
    library = Library(paths)

    assert library.load(library.find("mine")).steps[0].name == "Wall sit"


# --- quick names ---------------------------------------------------------------------------------


def quick(folder: Path, text: str) -> str:
    return quick_name(Entry("mine", "user", write(folder, "mine.toml", text)))


def test_a_name_without_checking_the_file(tmp_path: Path) -> None:
    assert quick(tmp_path, 'name = "Mine"\nfoo = 1') == "Mine"


@pytest.mark.parametrize("text", ["", "name = 3", 'name = ""', "name =", "steps = [3]"])
def test_else_its_id(tmp_path: Path, text: str) -> None:
    assert quick(tmp_path, text) == "mine"


def test_else_its_id_for_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").mkdir()

    assert quick_name(Entry("mine", "user", tmp_path / "none.toml")) == "mine"
    assert quick_name(Entry("mine", "user", tmp_path / "mine.toml")) == "mine"
