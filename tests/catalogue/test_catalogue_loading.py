"""Finding exercises: the bundled ones and a person's own."""

from pathlib import Path

import pytest

from backcoach.catalogue.loading import Catalogue
from backcoach.document.problems import BadFileError
from backcoach.errors import UnreadableError

OWN = 'name = "Wall sit"\nkind = "hold"\n'


def own(folder: Path, name: str, text: str = OWN) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_person_s_own_exercise(tmp_path: Path) -> None:
    catalogue = Catalogue(own(tmp_path, "wall-sit.toml"))

    exercise = catalogue.get("wall-sit")

    assert exercise is not None
    assert exercise.name == "Wall sit"
    assert "wall-sit" in catalogue.ids
    assert "bird-dog" in catalogue.ids
    assert catalogue.ids == sorted(catalogue.ids)


def test_a_bundled_id_wins(tmp_path: Path) -> None:
    catalogue = Catalogue(own(tmp_path, "bird-dog.toml"))

    exercise = catalogue.get("bird-dog")

    assert exercise is not None
    assert exercise.name == "Bird-dog"
    assert catalogue.ids == Catalogue().ids


def test_an_id_without_a_file() -> None:
    assert Catalogue().get("wall-sit") is None
    assert Catalogue().get("../tables/families") is None


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert Catalogue(tmp_path / "none").ids == Catalogue().ids


def test_a_bad_file_harms_only_who_asks_for_it(tmp_path: Path) -> None:
    own(tmp_path, "wall-sit.toml")
    catalogue = Catalogue(own(tmp_path, "broken.toml", 'name = "Broken"\n'))

    assert catalogue.get("wall-sit")
    with pytest.raises(BadFileError) as raised:
        catalogue.get("broken")
    (problem,) = raised.value.problems
    assert problem.file == str(tmp_path / "broken.toml")
    assert problem.message == "`kind` is missing"


def test_a_file_that_has_gone(tmp_path: Path) -> None:
    catalogue = Catalogue(own(tmp_path, "wall-sit.toml"))
    (tmp_path / "wall-sit.toml").unlink()

    with pytest.raises(UnreadableError):
        catalogue.get("wall-sit")


def test_a_folder_named_like_a_file(tmp_path: Path) -> None:
    (tmp_path / "wall-sit.toml").mkdir()

    with pytest.raises(UnreadableError):
        Catalogue(tmp_path).get("wall-sit")


def test_files_that_are_no_exercises_are_left_alone(tmp_path: Path) -> None:
    for name in ("notes.txt", "wall-sit.toml~", ".#wall-sit.toml", ".hidden.toml"):
        own(tmp_path, name)

    assert Catalogue(tmp_path).ids == Catalogue().ids
