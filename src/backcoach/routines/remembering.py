"""Timelines that were compiled before, kept until anything that they were made from has changed.

A routine that is played again is there without the models that check it.
"""

import contextlib
import io
import os
import pickle
import sys
import tempfile
from pathlib import Path
from typing import Final

import backcoach
from backcoach.paths import Paths, make_private
from backcoach.routines.finding import Entry
from backcoach.timeline.model import Timeline

_CLASSES: Final = ("backcoach.timeline.", "backcoach.figure.")
"""Nothing else is ever made of what a file says."""
_MADE_BY: Final = ("catalogue", "document", "figure", "routines", "timeline")
"""The rooms that turn files into timelines; the catalogue's data are among them."""

Stamp = tuple[object, ...]


def load_timeline(paths: Paths, entry: Entry) -> Timeline:
    """The timeline of a routine, remembered or made anew.

    Raises:
        BadFileError: with everything that is wrong in the file.
        UnreadableError: the file can't be read.
    """
    stamp = _stamp(paths, entry)
    found = _recall(_place(paths, entry), stamp)
    if found is not None:
        return found
    from backcoach.routines.library import Library

    timeline = Library(paths).load(entry)
    if stamp:
        with contextlib.suppress(OSError):
            # A disk that is full or read-only makes it anew each time.
            _remember(_place(paths, entry), stamp, timeline)
    return timeline


def _place(paths: Paths, entry: Entry) -> Path:
    return paths.compiled / f"{entry.source}-{entry.id}"


def _stamp(paths: Paths, entry: Entry) -> Stamp:
    """What a timeline was made from: equal as long as nothing of it has changed.

    Empty for a file that is no part of the library, which is never remembered.
    """
    if entry.source == "path":
        return ()
    package = Path(backcoach.__file__).parent
    folders = [package / room for room in _MADE_BY]
    try:
        sources = [_look_of(path) for folder in folders for path in _files(folder)]
        own = [_look_of(path) for path in _files(paths.exercises)]
        return (sys.version_info[:2], _look_of(str(entry.path)), tuple(own), tuple(sources))
    except OSError:
        return ()


def _files(folder: Path) -> list[str]:
    """The files of a folder and of those in it, without what Python makes of them."""
    found: list[str] = []
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return found
    for entry in entries:
        if entry.is_dir():
            found += _files(Path(entry.path)) if entry.name != "__pycache__" else ()
        else:
            found.append(entry.path)
    return found


def _look_of(path: str) -> tuple[str, int, int, int]:
    known = os.stat(path)
    return (path, known.st_size, known.st_mtime_ns, known.st_ctime_ns)


class _Reader(pickle.Unpickler):
    """Makes timelines, and nothing else: whoever writes into the folder runs no code of theirs."""

    def find_class(self, module_name: str, global_name: str) -> type:
        if module_name.startswith(_CLASSES):
            found = super().find_class(module_name, global_name)
            if isinstance(found, type) and found.__module__ == module_name:
                return found
        raise pickle.UnpicklingError(f"{module_name}.{global_name} is no part of a timeline")


def _recall(place: Path, stamp: Stamp) -> Timeline | None:
    if not stamp:
        return None
    try:
        known, timeline = _Reader(io.BytesIO(place.read_bytes())).load()
    except Exception:
        # Half a file, an older one, or anything else: it is made anew.
        return None
    return timeline if known == stamp and isinstance(timeline, Timeline) else None


def _remember(place: Path, stamp: Stamp, timeline: Timeline) -> None:
    # Each by itself: what is made on the way to a folder isn't private.
    make_private(place.parent.parent)
    make_private(place.parent)
    handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    with os.fdopen(handle, "wb") as file:
        pickle.dump((stamp, timeline), file, protocol=pickle.HIGHEST_PROTOCOL)
    Path(temporary).replace(place)
