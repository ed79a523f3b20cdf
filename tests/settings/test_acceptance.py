"""That the safety notes were accepted: written once, and never read out of garbage."""

import os
import stat
import tomllib
from datetime import datetime
from pathlib import Path

import pytest
from session_building import INDIA, evening

from backcoach.settings.acceptance import NOTES_VERSION, accept_notes, notes_accepted


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where it is written down."""
    return tmp_path / "data" / "accepted.toml"


def test_at_first_they_are_not(path: Path) -> None:
    assert not notes_accepted(path)
    assert not path.parent.exists()


def test_once_accepted_they_are(path: Path) -> None:
    accept_notes(path, evening())

    assert notes_accepted(path)


def test_accepting_again_is_fine(path: Path) -> None:
    accept_notes(path, evening())
    accept_notes(path, evening(60))

    assert notes_accepted(path)
    assert tomllib.loads(path.read_text("utf-8"))["accepted_at"] == evening(60)


def test_it_says_which_and_when(path: Path) -> None:
    accept_notes(path, evening())

    values = tomllib.loads(path.read_text("utf-8"))
    assert values == {"safety_notes": NOTES_VERSION, "accepted_at": evening()}
    accepted_at = values["accepted_at"]
    assert isinstance(accepted_at, datetime)
    assert accepted_at.utcoffset() == INDIA.utcoffset(None)


def test_it_is_its_owners_alone(path: Path) -> None:
    before = os.umask(0)
    try:
        accept_notes(path, evening())
    finally:
        os.umask(before)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["accepted.toml"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00garbage",
        b"safety_notes",
        b"safety_notes = 'yes'",
        b"safety_notes = 0",
        b"safety_notes = -1",
        b"safety_notes = 1.5",
        b"safety_notes = []",
        b"[safety_notes]\nversion = 1",
        b"accepted_at = 2026-03-29T19:30:00Z",
        b"safety_notes = 1\nsafety_notes = 1",
        b"safety_notes = 1" + b"\n# long" * 200_000,
        b"[" * 5000,
    ],
    ids=lambda content: repr(content[:30]),
)
def test_garbage_is_no_acceptance(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)

    assert not notes_accepted(path)


def test_older_notes_are_accepted_again(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(f"safety_notes = {NOTES_VERSION - 1}\n", "utf-8")
    assert not notes_accepted(path)

    path.write_text(f"safety_notes = {NOTES_VERSION + 1}\nfuture = true\n", "utf-8")
    assert notes_accepted(path)


def test_garbage_can_be_replaced(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"\xff")
    accept_notes(path, evening())

    assert notes_accepted(path)


def test_a_folder_in_its_place_is_no_acceptance(path: Path) -> None:
    path.mkdir(parents=True)

    assert not notes_accepted(path)


def test_a_folder_that_can_not_be_made_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")

    with pytest.raises(OSError, match="file"):
        accept_notes(tmp_path / "file" / "accepted.toml", evening())
