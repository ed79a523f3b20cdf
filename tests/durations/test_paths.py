"""Where the folders of one person are."""

import stat
from pathlib import Path

import pytest

from backcoach.paths import (
    CONFIG_DIR_VARIABLE,
    DATA_DIR_VARIABLE,
    Paths,
    find_paths,
    make_private,
)


def test_everything_is_in_one_of_two_folders(tmp_path: Path) -> None:
    paths = Paths(data=tmp_path / "data", config=tmp_path / "config")

    assert paths.routines == tmp_path / "config" / "routines"
    assert paths.exercises == tmp_path / "config" / "exercises"
    assert paths.history == tmp_path / "data" / "history.db"
    assert paths.backups == tmp_path / "data" / "backups"
    assert paths.log == tmp_path / "data" / "backcoach.log"
    assert paths.accepted == tmp_path / "data" / "accepted.toml"
    assert list(tmp_path.iterdir()) == []


def test_what_was_asked_for_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_DIR_VARIABLE, "/env/data")
    monkeypatch.setenv(CONFIG_DIR_VARIABLE, "/env/config")

    assert find_paths("/a", "/b") == Paths(Path("/a"), Path("/b"))


def test_then_the_environment_each_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_DIR_VARIABLE, "/env/data")
    monkeypatch.setenv(CONFIG_DIR_VARIABLE, "/env/config")

    assert find_paths() == Paths(Path("/env/data"), Path("/env/config"))
    assert find_paths(config_dir="/b") == Paths(Path("/env/data"), Path("/b"))


def test_then_the_platform(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(DATA_DIR_VARIABLE, "")
    monkeypatch.delenv(CONFIG_DIR_VARIABLE, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)

    paths = find_paths()

    assert paths.data.is_relative_to(tmp_path)
    assert paths.config.is_relative_to(tmp_path)
    assert "backcoach" in paths.data.parts
    assert "backcoach" in paths.config.parts


def test_a_private_folder_is_its_owners(tmp_path: Path) -> None:
    make_private(tmp_path / "a" / "b")

    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700


def test_a_folder_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    folder.chmod(0o750)

    make_private(folder)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o750


def test_a_file_in_the_way_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(OSError, match="file"):
        make_private(tmp_path / "file" / "below")
