"""Where everything of ours lives on this machine."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

DATA_DIR_VARIABLE = "BACKCOACH_DATA_DIR"
CONFIG_DIR_VARIABLE = "BACKCOACH_CONFIG_DIR"


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders and files of one person.

    Nothing is made by naming it: whoever writes calls `make_private` first.
    """

    data: Path
    config: Path

    @property
    def routines(self) -> Path:
        """The person's own routine files."""
        return self.config / "routines"

    @property
    def exercises(self) -> Path:
        """The person's own exercise files."""
        return self.config / "exercises"

    @property
    def settings(self) -> Path:
        """How it looks and sounds."""
        return self.config / "settings.toml"

    @property
    def history(self) -> Path:
        """The SQLite file with every session."""
        return self.data / "history.db"

    @property
    def backups(self) -> Path:
        """Copies of the history."""
        return self.data / "backups"

    @property
    def compiled(self) -> Path:
        """Routines as they are played, made again whenever they are missing."""
        return self.data / "compiled"

    @property
    def log(self) -> Path:
        """What our own faults leave behind."""
        return self.data / "backcoach.log"

    @property
    def accepted(self) -> Path:
        """That the safety notes were accepted, and when."""
        return self.data / "accepted.toml"


def find_paths(data_dir: str | None = None, config_dir: str | None = None) -> Paths:
    """The paths to use: what was asked for, else the environment's, else the platform's.

    Args:
        data_dir: a folder given on the command line, or None.
        config_dir: the same for the configuration.
    """
    data = data_dir or os.environ.get(DATA_DIR_VARIABLE)
    config = config_dir or os.environ.get(CONFIG_DIR_VARIABLE)
    return Paths(
        data=Path(data or platformdirs.user_data_dir("backcoach", appauthor=False)),
        config=Path(config or platformdirs.user_config_dir("backcoach", appauthor=False)),
    )


def make_private(folder: Path) -> None:
    """Make a folder that only its owner may enter; one that is there already keeps its mode.

    Raises:
        OSError: if it can't be made.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
