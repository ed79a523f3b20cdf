"""A session that the history didn't take, kept as a file of its own that can be imported."""

import os
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from backcoach.document.writing import create_file
from backcoach.history.backups import stamp
from backcoach.history.opening import free_name
from backcoach.history.records import EventRecord, NewSession
from backcoach.history.transfer import dump_unsaved


def save_elsewhere(
    session: NewSession, events: Sequence[EventRecord], folders: Iterable[Path]
) -> Path | None:
    """Write a session into the first folder that takes it, private to its owner.

    Returns:
        The new file; None where no folder takes it.
    """
    content = dump_unsaved(session, events).encode()
    for folder in folders:
        with suppress(OSError):
            path = free_name(folder, f"backcoach-unsaved-{stamp(session.started_at)}", ".jsonl")
            create_file(path, content)
            return path
    return None


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
