"""Where routines are found: the bundled ones, the person's own, and any path. Reads no file whole.

Loads neither pydantic nor the catalogue: the library's names are on the screen before they are.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from backcoach.document.problems import did_you_mean
from backcoach.document.reading import read_document
from backcoach.errors import BackcoachError, UnreadableError
from backcoach.paths import Paths

Source = Literal["bundled", "user", "path"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A routine file: its id, the kind of place it was found in, and the file.

    Attributes:
        stands_in: whether it is the person's own in place of a bundled one of that id.
    """

    id: str
    source: Source
    path: Path
    stands_in: bool = False


def list_entries(paths: Paths) -> list[Entry]:
    """All routines, by id. A file of the person's own wins over a bundled one of that id.

    Raises:
        BackcoachError: the bundled routines are missing.
    """
    found = {entry.id: entry for entry in _entries(bundled_folder(), "bundled")}
    for own in _entries(paths.routines, "user"):
        found[own.id] = replace(own, stands_in=own.id in found)
    return [found[name] for name in sorted(found)]


def find_entry(paths: Paths, name: str) -> Entry:
    """The routine with an id, or at a path: anything with a slash or a suffix is one.

    Raises:
        UnreadableError: there is none.
    """
    entries = {entry.id: entry for entry in list_entries(paths)}
    if name in entries:
        return entries[name]
    if "/" in name or os.sep in name or Path(name).suffix:
        return Entry(Path(name).stem, "path", Path(name))
    hint = did_you_mean(name, entries) or "`backcoach list` names them."
    raise UnreadableError(f"there is no routine `{name}`. {hint[:1].upper()}{hint[1:]}")


def quick_name(entry: Entry) -> str:
    """The name in a routine file, or its id where it has none that can be read."""
    try:
        name = read_document(str(entry.path)).values.get("name")
    except BackcoachError:
        return entry.id
    return name if isinstance(name, str) and name else entry.id


def _entries(folder: Path, source: Source) -> Iterator[Entry]:
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return
    for name in names:
        if name.endswith(".toml") and not name.startswith("."):
            yield Entry(name.removesuffix(".toml"), source, folder / name)


def bundled_folder() -> Path:
    """The library's files: inside an installed package, at the top of a checkout.

    Raises:
        BackcoachError: the installation has lost them.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "bundled", here.parents[2] / "routines"):
        if folder.is_dir():
            return folder
    raise BackcoachError("the bundled routines are missing: install backcoach again")
