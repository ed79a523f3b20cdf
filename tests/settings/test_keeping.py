"""A theme that was chosen in the program is in the settings, which are else as they were."""

import stat
from pathlib import Path

import pytest

from backcoach.errors import BackcoachError
from backcoach.settings.keeping import keep_theme
from backcoach.settings.reading import read_settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the settings are."""
    return tmp_path / "config" / "settings.toml"


def write(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_bytes(text.encode())


def test_where_there_are_no_settings_a_private_file_is_made(path: Path) -> None:
    keep_theme(path, "light")

    assert path.read_text("utf-8") == '[screen]\ntheme = "light"\n'
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'screen.theme = "nord"\n'),
        ('[screen]\ntheme = "dark"  # at night\n', '[screen]\ntheme = "nord"  # at night\n'),
        ("[screen]\nmotion = 'reduced'", "[screen]\nmotion = 'reduced'\ntheme = \"nord\"\n"),
        ("[sound]\r\nrate = 180\r\n", 'screen.theme = "nord"\r\n[sound]\r\nrate = 180\r\n'),
        ("\ufeff[screen]\ntheme = 'dark'\n", '\ufeff[screen]\ntheme = "nord"\n'),
        ('screen = { theme = "dark" }\n', 'screen = { theme = "nord" }\n'),
    ],
)
def test_every_other_byte_stays_as_it_is(path: Path, before: str, after: str) -> None:
    write(path, before)

    keep_theme(path, "nord")

    assert path.read_bytes() == after.encode()
    settings, problems = read_settings(path)
    assert settings.screen.theme == "nord"
    assert not problems


@pytest.mark.parametrize("broken", ["[screen\n", 'screen = "dark"\n', "\x00"])
def test_a_file_that_cannot_be_changed_is_left_alone(path: Path, broken: str) -> None:
    write(path, broken)

    with pytest.raises(BackcoachError, match=r"settings\.toml|screen"):
        keep_theme(path, "light")

    assert path.read_text("utf-8") == broken
    assert [file.name for file in path.parent.iterdir()] == ["settings.toml"]


def test_a_folder_where_the_file_should_be_is_told(path: Path) -> None:
    path.mkdir(parents=True)

    with pytest.raises(BackcoachError, match=r"settings\.toml: not a regular file"):
        keep_theme(path, "light")


def test_a_link_to_nowhere_is_told(path: Path) -> None:
    path.parent.mkdir()
    path.symlink_to(path.parent / "gone" / "settings.toml")

    with pytest.raises(BackcoachError, match=r"settings\.toml"):
        keep_theme(path, "light")
