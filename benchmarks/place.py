"""What every measurement needs: a folder of its own, the routines to play, and a row to fill."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backcoach.paths import Paths
from benchmarks.terminal import Terminal

PYTHON: Final = sys.executable
BACKCOACH: Final = str(Path(PYTHON).parent / "backcoach")
BARE: Final = (PYTHON, str(Path(__file__).parent / "bare.py"))
LIBRARY: Final = Path(__file__).resolve().parents[1] / "routines"
# Nobody wants to hear a benchmark, and a voice is another program's cost.
ANSWERS: Final = ("--pain", "1", "--nothing-new", "--accept-safety-notes", "--mute")
NO_MOTION: Final = {"TEXTUAL_ANIMATIONS": "none"}

GET_READY: Final = "▲ get ready"
"""As the top line has it."""
BARE_TEXT: Final = "bare: 0 keys"
KEPT_S: Final = 3.2
"""A prepare can't be left sooner."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        bare: of the bare app; None where it has nothing like it.
        most: the target, of the ratio where `of_ratio`, else of ours; None where there is none.
    """

    measure: str
    unit: str
    ours: float
    bare: float | None
    most: float | None = None
    of_ratio: bool = False

    @property
    def ratio(self) -> float | None:
        """Ours to the bare app's."""
        return self.ours / self.bare if self.bare else None

    @property
    def is_met(self) -> bool:
        """Whether the target is, where there is one."""
        value = self.ratio if self.of_ratio else self.ours
        return self.most is None or value is None or value <= self.most


@dataclass(frozen=True, slots=True)
class Made:
    """A routine that is made for measuring: one exercise, again and again.

    Attributes:
        name: its file's stem.
        lines: of its step, but for `exercise`.
    """

    name: str
    lines: str
    exercise: str = "bird-dog"

    @property
    def text(self) -> str:
        """The file."""
        return (
            f'name = "{self.name}"\nsummary = "For a benchmark."\n'
            f'[[steps]]\nexercise = "{self.exercise}"\n{self.lines}'
        )


LONG_PREPARE: Final = Made("long-prepare", 'reps = 1\nprepare = "10m"\nhold = "5m"\n')
"""The keys' own: the figure shows what is to be done, which moves."""
LONG_HOLD: Final = Made("long-hold", 'reps = 1\nprepare = "1s"\nmove = "0s"\nhold = "30m"\n')
SHORT_HOLDS: Final = Made(
    "short-holds",
    'reps = 100\nprepare = "1s"\nmove = "0s"\nrep_rest = "0s"\nhold = "10s"\n',
)
"""As they are in a routine: the ring empties in ten seconds."""
LONG_MOVES: Final = Made(
    "long-moves", 'reps = 20\nprepare = "1s"\nmove = "4m"\nrep_rest = "0s"\nhold = "1s"\n'
)
SHORT_MOVES: Final = Made(
    "short-moves", 'reps = 100\nprepare = "1s"\nmove = "4s"\nrep_rest = "0s"\n', "cat-cow"
)
"""As they are in a routine: two seconds there, two seconds back."""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder for everything that the measured programs write.

    Args:
        folder: an empty one.
    """

    folder: Path

    @property
    def paths(self) -> Paths:
        """Where the program keeps its files then."""
        return Paths(self.folder / "data", self.folder / "config")

    @property
    def environment(self) -> dict[str, str]:
        """What makes a program keep its files here."""
        return {
            "BACKCOACH_DATA_DIR": str(self.paths.data),
            "BACKCOACH_CONFIG_DIR": str(self.paths.config),
        }

    def run(self, *command: str, more: Mapping[str, str] | None = None) -> Terminal:
        """Start a program that keeps its files here.

        Args:
            more: of its environment.
        """
        return Terminal(command, {**self.environment, **(more or {})})

    def play(self, routine: str, more: Mapping[str, str] | None = None) -> Terminal:
        """Play a routine at once."""
        return self.run(BACKCOACH, "play", routine, *ANSWERS, more=more)

    def play_made(self, made: Made, more: Mapping[str, str] | None = None) -> Terminal:
        """Play a routine that is made for measuring."""
        path = self.folder / f"{made.name}.toml"
        path.write_text(made.text, encoding="utf-8")
        return self.play(str(path), more)
