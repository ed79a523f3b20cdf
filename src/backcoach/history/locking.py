"""One process at a time, for what is done with whole files. The lock is a database of its own."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from backcoach.history.opening import connect, make_private_file

LOCK: Final = ".lock"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Only one process, and one thread of it, is in here for a folder; the others wait a while.

    Whatever kills a process lets its lock go.

    Raises:
        OSError, sqlite3.Error: the lock can't be made, or is held for too long.
    """
    lock = folder / LOCK
    make_private_file(lock)
    with closing(connect(lock)) as db:
        db.execute("BEGIN EXCLUSIVE")
        yield
