"""What tests of routine files of the person's own share: the walls of a disk, and what it holds."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from session_building import ROOT

WITHOUT_POWERS: Final = """
import ctypes, os, sys
if os.geteuid() == 0 and "POWERS_DROPPED" not in os.environ:
    # Permissions are nothing to root: it loses CAP_DAC_OVERRIDE, and what it executes stays so.
    drop, overriding = 24, 1
    if ctypes.CDLL(None, use_errno=True).prctl(drop, overriding, 0, 0, 0):
        sys.exit(os.strerror(ctypes.get_errno()))
    os.environ["POWERS_DROPPED"] = "1"
    os.execv(sys.executable, sys.orig_argv)
"""
"""The head of a Python program that permissions are to hold for, whoever runs the tests."""

BUNDLED: Final = sorted((ROOT / "routines").glob("*.toml"))
COMMENTED: Final = ROOT / "tests" / "data" / "heavily-commented.toml"
MINE: Final = """# Mine. Every comment stays.
name = "Mine" # name = "Not mine"
note = 'as it was'

[[steps]]
exercise = "cat-cow"
prepare = "45s"
reps = 5 # reps = 6

[[steps]]
rest = "30s"
"""
"""A small routine of which `check` has nothing to say."""


def script(path: Path, words: str) -> str:
    """Make a program of a shell's words; its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{words}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


@contextmanager
def small_files() -> Iterator[None]:
    """No file of this process may grow past some bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def names(folder: Path) -> list[str]:
    """Everything in a folder, hidden or not."""
    return sorted(entry.name for entry in folder.iterdir())
