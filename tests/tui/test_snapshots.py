"""Each screen looks as it did when somebody last looked at it."""

import pytest
from snapshot_building import FOLDER, KEPT, snapshots


@pytest.mark.parametrize("scene", KEPT)
def test_looks_as_it_did(scene: str) -> None:
    for path, text in snapshots(scene).items():
        # `python tests/snapshot_building.py` writes them anew, once the change is wanted.
        assert text == path.read_text("utf-8"), path.name


def test_no_picture_is_kept_of_what_is_gone() -> None:
    scenes = {path.stem.rpartition("-")[0] for path in FOLDER.glob("*.txt")}

    assert scenes == set(KEPT)
