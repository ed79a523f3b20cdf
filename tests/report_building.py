"""Bad files, and the reports of them: `python tests/report_building.py` writes the reports anew.

Beside `tests/data/bad/NAME.toml` stands `NAME.txt`, what `backcoach check NAME.toml` prints there.
What can't be a single file of the repository is in `BUILT`, and made in a folder that is empty.
"""

import contextlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from click.testing import CliRunner, Result
from session_building import ROOT

from backcoach.cli.main import Context, cli
from backcoach.document.reading import MAX_BYTES
from backcoach.document.syntax import MAX_VALUES
from backcoach.paths import Paths

BAD: Final = ROOT / "tests" / "data" / "bad"
CODES: Final = re.compile(r"^(?:error|warning)\[([a-z0-9-]+)\]: ", re.MULTILINE)
"""In a report in the format for people."""

WALL_SIT: Final = 'name = "Wall sit"\nkind = "held"\n\n[cues]\nlift = "Slowly slide down."\n'
EVENING: Final = """name = "In the evening"

[[steps]]
exercise = "cat-cow"
prepare = "45s"
"""
NAMES_WALL_SIT: Final = """name = "Wall sits"

[[steps]]
exercise = "wall-sit"

[[steps]]
repeat = 2
steps = [ { exercise = "wall-sit" }, { rest = "20s" } ]
"""


@dataclass(frozen=True, slots=True)
class Built:
    """Files in a folder, and what of them is checked.

    Attributes:
        files: a path in the folder → the content; None for a folder.
        paths: what `check` is given; nothing for the whole library.
    """

    files: dict[str, str | None] = field(default_factory=dict)
    paths: tuple[str, ...] = ()

    def build(self, folder: Path) -> None:
        """Write the files."""
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                path.mkdir()
            else:
                path.write_text(content, "utf-8", newline="")


BUILT: Final = {
    "choice-exercise-file": Built(
        {"config/exercises/wall-sit.toml": WALL_SIT}, ("config/exercises/wall-sit.toml",)
    ),
    "exercise-cycle-files": Built(
        {
            "config/exercises/half-sit.toml": (
                'name = "Half a sit"\nkind = "hold"\neasier = "wall-sit"\n'
            ),
            "config/exercises/wall-sit.toml": (
                'name = "Wall sit"\nkind = "hold"\neasier = "half-sit"\n'
            ),
        }
    ),
    "exercise-file": Built(
        {"config/exercises/wall-sit.toml": WALL_SIT, "evening.toml": NAMES_WALL_SIT},
        ("evening.toml",),
    ),
    "exercise-file-folder": Built(
        {"config/exercises/wall-sit.toml": None, "evening.toml": NAMES_WALL_SIT},
        ("evening.toml",),
    ),
    "exercise-file-library": Built(
        {
            "config/exercises/wall-sit.toml": WALL_SIT,
            "config/routines/evening.toml": NAMES_WALL_SIT,
            "config/routines/noon.toml": 'name = "At noon"\nsteps = [ { rest = "half" } ]\n',
        }
    ),
    "exercise-id-file": Built(
        {"config/exercises/Wall Sit.toml": 'name = "Wall sit"\nkind = "hold"\n'},
        ("config/exercises/Wall Sit.toml",),
    ),
    "exercise-taken-file": Built(
        {"config/exercises/plank.toml": 'name = "My plank"\nkind = "hold"\n'},
        ("config/exercises/plank.toml",),
    ),
    "misplaced": Built(
        {
            "config/exercises/evening.toml": EVENING,
            "config/routines/wall-sit.toml": 'name = "Wall sit"\nkind = "hold"\n',
        }
    ),
    "same-name": Built(
        {
            "config/routines/evening.toml": EVENING,
            "config/routines/late-evening.toml": EVENING,
        }
    ),
    "too-large": Built({"evening.toml": f"{'#' * MAX_BYTES}\n{EVENING}"}, ("evening.toml",)),
    "too-large-values": Built(
        {"evening.toml": "tags = [\n" + "1,\n" * MAX_VALUES + "]\n" + EVENING}, ("evening.toml",)
    ),
    "unreadable": Built(
        {"evening.toml": None}, ("evening.toml", "nowhere.toml", "config/routines/cat-cow.toml")
    ),
}
"""Each with a report, `NAME.txt`, like the files."""


def bad_files() -> list[str]:
    """The bad files of the repository, without their suffix."""
    return sorted(path.stem for path in BAD.glob("*.toml"))


def names() -> list[str]:
    """Everything that has a report."""
    return sorted([*bad_files(), *BUILT])


def check(folder: Path, *args: str) -> Result:
    """What `backcoach check` does in a folder, for a person whose configuration is in there."""
    context = Context(Paths(Path("data"), Path("config")))
    options = ("--data-dir", "data", "--config-dir", "config")
    with contextlib.chdir(folder):
        return CliRunner().invoke(cli, [*options, "check", *args], obj=context)


def report(name: str) -> str:
    """What a person is told of a bad file, without how many problems it has."""
    if name in BUILT:
        with TemporaryDirectory() as folder:
            BUILT[name].build(Path(folder))
            return said(check(Path(folder), *BUILT[name].paths))
    return said(check(BAD, f"{name}.toml"))


def said(result: Result) -> str:
    """What was printed, and of what could not be read why."""
    unread = [line for line in result.stderr.splitlines(True) if line.startswith("backcoach: ")]
    return result.stdout + "".join(unread)


def expected(name: str) -> str:
    """The report as it is written down."""
    return (BAD / f"{name}.txt").read_bytes().decode("utf-8")


def codes_in(reports: Iterable[str]) -> Iterator[str]:
    """The codes in reports, in their order."""
    for text in reports:
        yield from CODES.findall(text)


def rewrite() -> None:
    """Write all reports down as they are now, and take away those of what is no more."""
    for path in BAD.glob("*.txt"):
        if path.stem not in names():
            path.unlink()
    for name in names():
        (BAD / f"{name}.txt").write_bytes(report(name).encode("utf-8"))


if __name__ == "__main__":
    rewrite()
