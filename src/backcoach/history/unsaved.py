"""A session that the history didn't take, kept as a file of its own that can be imported."""

import os
import sqlite3
import stat
import tempfile
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from backcoach.document.writing import create_file
from backcoach.errors import BackcoachError
from backcoach.history.arrivals import bring_in, preview
from backcoach.history.backups import stamp
from backcoach.history.incoming import MAX_LINE, read_sessions
from backcoach.history.opening import free_name
from backcoach.history.records import EventRecord, NewSession
from backcoach.history.store import Store
from backcoach.history.transfer import dump_unsaved

_HEAD: Final = "backcoach-unsaved-"


def save_elsewhere(
    history: Path, session: NewSession, events: Sequence[EventRecord], folders: Iterable[Path]
) -> Path | None:
    """Write a session into the first folder that takes it, private to its owner.

    Args:
        history: the file that didn't take it.

    Returns:
        The new file; None where no folder takes it.
    """
    content = dump_unsaved(session, events).encode()
    for folder in folders:
        with suppress(OSError):
            path = free_name(folder, f"{_head(history)}{stamp(session.started_at)}", ".jsonl")
            create_file(path, content)
            return path
    return None


def bring_in_unsaved(store: Store, folders: Iterable[Path]) -> int:
    """Take what was kept elsewhere of a history into it, now that it takes it; how many files.

    Once all of a file is in the history, it goes. One that isn't wholly ours stays as it is.
    """
    count = 0
    head = _head(store.path)
    for path in dict.fromkeys(path for folder in folders for path in _unsaved_in(folder, head)):
        with suppress(OSError, BackcoachError, sqlite3.Error):
            with path.open("rb") as file:
                sessions = list(read_sessions(file, str(path)))
            with store.transaction():
                bring_in(store, sessions)
            left = preview(store, sessions)
            if not (left.anything or left.differing or left.running):
                path.unlink()
                count += 1
    return count


def _head(history: Path) -> str:
    """How the names of its files begin: somebody may have more than one history."""
    return f"{_HEAD}{zlib.crc32(os.fsencode(history.resolve())):08x}-"


def _unsaved_in(folder: Path, head: str) -> list[Path]:
    """The files in a folder that this program kept for this person, and nobody else's."""
    found = []
    with suppress(OSError):
        for entry in os.scandir(folder):
            if not (entry.name.startswith(head) and entry.name.endswith(".jsonl")):
                continue
            known = entry.stat(follow_symlinks=False)
            mine = not hasattr(os, "getuid") or known.st_uid == os.getuid()
            if stat.S_ISREG(known.st_mode) and mine and known.st_size <= 2 * MAX_LINE:
                found.append(Path(entry.path).absolute())
    return sorted(found)


def other_places(data: Path) -> list[Path]:
    """The folders to try when the data folder takes nothing: beside it, home, here, temporary."""
    places = [data.absolute().parent]
    with suppress(RuntimeError):
        places.append(Path.home())
    with suppress(OSError):
        places.append(Path(os.getcwd()))
    with suppress(OSError):
        places.append(Path(tempfile.gettempdir()))
    return places
