"""That the safety notes were accepted, once and for all until they change."""

import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Final

from backcoach.document.reading import read_document
from backcoach.errors import BackcoachError
from backcoach.paths import make_private

NOTES_VERSION: Final = 1
"""Raised when the notes change so much that they are to be accepted again."""


def notes_accepted(path: Path) -> bool:
    """Whether the present notes were accepted; a file that can't be read says no."""
    try:
        values = read_document(str(path)).values
    except BackcoachError:
        return False
    version = values.get("safety_notes")
    return isinstance(version, int) and version >= NOTES_VERSION


def accept_notes(path: Path, at: datetime) -> None:
    """Write down that they were, whole or not at all.

    Raises:
        OSError: it can't be written.
    """
    import tomli_w

    make_private(path.parent)
    content = tomli_w.dumps({"safety_notes": NOTES_VERSION, "accepted_at": at})
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).replace(path)
