"""What a command makes, into a file that is private to its owner, or to the standard output."""

import os
import stat
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from backcoach.cli.saying import say
from backcoach.document.problems import plain_text
from backcoach.document.writing import sync_folder
from backcoach.errors import UnreadableError

_SQLITE: Final = b"SQLite format 3\0"
"""What every database begins with."""


def hand_out(file: Path | None, pieces: Iterable[bytes], *, force: bool = False) -> None:
    """Write what was made where it is wanted; a file is there whole, or not at all.

    Args:
        file: None or `-` for the standard output.
        force: whether a file that is there may be written over.

    Raises:
        UnreadableError: it can't be written; or it is there, and isn't to be written over.
    """
    if file is None or file == Path("-"):
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()
        return
    try:
        _write_file(file, pieces, force=force)
    except OSError as error:
        raise UnreadableError(f"{file}: {_why(error)}") from error
    say(plain_text(f"written: {file}"), err=True)


def _why(error: OSError) -> str:
    if isinstance(error, FileExistsError):
        return "there is such a file already: --force writes over it"
    return error.strerror or str(error)


def _is_database(path: Path) -> bool:
    """Whether it may be a history, or a copy of one: those are worth more than any page."""
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def _write_file(path: Path, pieces: Iterable[bytes], *, force: bool) -> None:
    """Write a file for its owner alone.

    Raises:
        OSError: it can't be written; or it is there, and isn't to be written over.
    """
    # A link stays, and what it leads to is written.
    target = Path(os.path.realpath(path))
    there = force and target.exists()
    if there and (not stat.S_ISREG(target.stat().st_mode) or _is_database(target)):
        raise OSError(None, "this is no file that can be written over")
    if not there:
        # Its name is taken at once, so that nothing is done in vain.
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    name = ""
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, target)
    except BaseException:
        for left in (name, "" if there else target):
            with suppress(OSError):
                if left:
                    os.unlink(left)
        raise
    sync_folder(target.parent)
