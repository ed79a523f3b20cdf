"""What no tool looks after: empty `__init__.py` files, short files, and no word about a machine."""

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest
from session_building import ROOT, TIMEOUT_S

PACKAGE: Final = ROOT / "src" / "backcoach"
MOST_LINES: Final = 400
# In pieces, or this file would name them.
NEEDLES: Final = (
    *("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com"),
    *("deb." + "debian.org", "proxy.golang" + ".org", "crates" + ".io", "docker" + ".io"),
    *("/" + "work/", "/" + "root/", "/" + "home/", "/" + "Users/"),
)


def full_inits(package: Path) -> list[Path]:
    """The `__init__.py` files that aren't empty."""
    return [path for path in sorted(package.rglob("__init__.py")) if path.read_bytes()]


def long_files(package: Path) -> list[Path]:
    """The files of text that are too long to be read in one go."""
    files = (
        path for path in sorted(package.rglob("*")) if path.suffix in (".py", ".toml", ".tcss")
    )
    return [path for path in files if len(path.read_text("utf-8").splitlines()) >= MOST_LINES]


def tell_tales(files: Iterable[Path]) -> list[tuple[Path, str]]:
    """The files that name a registry's host or a place on somebody's machine."""
    return [
        (path, needle)
        for path in files
        for needle in NEEDLES
        if needle.encode() in path.read_bytes()
    ]


def tracked_files() -> list[Path]:
    """Everything that a clone has."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a clone")
    done = subprocess.run(
        [git, "ls-files", "-z"], cwd=ROOT, capture_output=True, timeout=TIMEOUT_S, check=True
    )
    files = [ROOT / name for name in done.stdout.decode().split("\0") if name]
    return [path for path in files if path.is_file()]


def test_rooms_are_loaded_without_their_contents() -> None:
    assert full_inits(PACKAGE) == []


def test_every_folder_with_modules_is_a_package() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py")}

    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_a_full_init_is_found(tmp_path: Path) -> None:
    (tmp_path / "room").mkdir()
    full = tmp_path / "room" / "__init__.py"
    full.write_text("\n", "utf-8")
    (tmp_path / "__init__.py").touch()

    assert full_inits(tmp_path) == [full]


def test_every_file_of_the_package_is_short() -> None:
    assert long_files(PACKAGE) == []


@pytest.mark.parametrize("name", ["a.py", "a.tcss", "a.toml"])
def test_a_long_file_is_found(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("#\n" * (MOST_LINES - 1), "utf-8")
    assert long_files(tmp_path) == []

    path.write_text("#\n" * MOST_LINES, "utf-8")
    assert long_files(tmp_path) == [path]


def test_no_file_names_a_registry_or_a_machine() -> None:
    assert tell_tales(tracked_files()) == []


@pytest.mark.parametrize("needle", NEEDLES)
def test_a_tell_tale_is_found(tmp_path: Path, needle: str) -> None:
    path = tmp_path / "constraints.txt"
    path.write_text(f"one\n# https://{needle}simple\n", "utf-8")

    assert tell_tales([path]) == [(path, needle)]
