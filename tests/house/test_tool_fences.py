"""The bans of ruff and the strictness of mypy, shown to bite where they should and nowhere else."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from session_building import ROOT, TIMEOUT_S

CLOCKS: Final = (
    "import time\n\ntime.monotonic()",
    "import time\n\ntime.monotonic_ns()",
    "import time as clock\n\nclock.perf_counter()",
    "from time import perf_counter_ns\n\nperf_counter_ns()",
    "import time\n\ntime.time()",
    "from time import time_ns as t\n\nt()",
    "import time\n\ntime.clock_gettime(time.CLOCK_BOOTTIME)",
    "import time\n\ntime.clock_gettime_ns(time.CLOCK_BOOTTIME)",
    "import time\n\ntime.sleep(1)",
    "def late():\n    from time import sleep\n\n    sleep(1)",
    "from datetime import UTC, datetime\n\ndatetime.now(UTC)",
    "import datetime as dt\n\ndt.datetime.now(dt.UTC)",
    "import datetime\n\ndatetime.datetime.utcnow()",
    "import datetime\n\ndatetime.datetime.today()",
    "from datetime import date\n\ndate.today()",
)
PLACES: Final = (
    "src/backcoach/player/planted.py",
    "src/backcoach/session/conductor.py",
    "src/backcoach/session/planted/clock.py",
    "src/backcoach/tui/clock.py",
    "tests/player/test_planted.py",
)


def tool(name: str, folder: Path, *args: str) -> "subprocess.CompletedProcess[str]":
    """Run one of the tools in a folder."""
    return subprocess.run(
        [Path(sys.executable).with_name(name), *args],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=TIMEOUT_S,
        check=False,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with the project's settings, and nothing else."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def banned(project: Path, place: str, lines: str) -> bool:
    """Whether ruff finds a clock in a file with these lines."""
    path = project / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(lines + "\n", encoding="utf-8")
    done = tool("ruff", project, "check", "--no-cache", "--output-format", "concise", place)
    assert done.returncode in (0, 1), done.stderr
    return "TID251" in done.stdout


@pytest.mark.parametrize("lines", CLOCKS)
def test_a_clock_is_read_in_one_file_only(project: Path, lines: str) -> None:
    assert not banned(project, "src/backcoach/session/clock.py", lines)
    assert banned(project, "src/backcoach/session/conductor.py", lines)


@pytest.mark.parametrize("place", PLACES)
def test_a_clock_is_banned_in_every_other_place(project: Path, place: str) -> None:
    assert banned(project, place, CLOCKS[0])


def test_relative_imports_are_banned(project: Path) -> None:
    assert not banned(project, "src/backcoach/player/planted.py", "import dataclasses")
    done = tool("ruff", project, "check", "--no-cache", "--select", "TID252", ".")
    assert done.returncode == 0

    (project / "src/backcoach/player/planted.py").write_text("from . import state\n", "utf-8")

    done = tool("ruff", project, "check", "--no-cache", "--output-format", "concise", ".")
    assert "TID252" in done.stdout


def test_mypy_is_strict(project: Path) -> None:
    shutil.copytree(ROOT / "src", project / "src", ignore=shutil.ignore_patterns("__pycache__"))
    with (project / "src/backcoach/durations.py").open("a", encoding="utf-8") as file:
        file.write("\n\ndef planted(value):\n    return value\n")

    done = tool("mypy", project, "src/backcoach/durations.py", "src/backcoach/errors.py")

    assert done.returncode == 1, done.stdout + done.stderr
    (error, *_) = done.stdout.splitlines()
    assert error.startswith("src/backcoach/durations.py:")
    assert "no-untyped-def" in error
    assert "Found 1 error" in done.stdout
