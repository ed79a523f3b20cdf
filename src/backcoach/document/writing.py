"""Files written whole or not at all, whatever kills the program or the machine."""

import contextlib
import os
import stat
import tempfile
from pathlib import Path


def replace_file(path: Path, content: bytes, before: bytes | None = None) -> None:
    """Put new content into a file, keeping its permissions, and its link if it is one.

    Args:
        path: it need not be there yet; it is private to its owner then.
        before: what the file held when the new content was made from it; None for anything.

    Raises:
        FileExistsError: the file holds something else by now.
        OSError: it can't be written.
    """
    # A link stays, and what it leads to is replaced.
    target = Path(os.path.realpath(path))
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(f"{path}: the file is read-only")
    temporary = _write_beside(target, content)
    try:
        with contextlib.suppress(FileNotFoundError):
            known = target.stat()
            os.chmod(temporary, stat.S_IMODE(known.st_mode))
            if hasattr(os, "chown"):
                # Only root may give a file away: else it is its owner's already.
                with contextlib.suppress(PermissionError):
                    os.chown(temporary, known.st_uid, known.st_gid)
        if before is not None and target.read_bytes() != before:
            raise FileExistsError(f"{path}: another program has changed it meanwhile")
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def create_file(path: Path, content: bytes) -> None:
    """Write a new file, private to its owner, and never over one that is there.

    Raises:
        FileExistsError: there is one.
        OSError: it can't be written.
    """
    temporary = _write_beside(path, content)
    try:
        # A link is made whole or not at all, and never over what is there.
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        # A disk without links: never over what is there, and whole unless the machine fails.
        _create_plainly(path, content)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def _create_plainly(path: Path, content: bytes) -> None:
    _fill(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), path, content)


def _write_beside(path: Path, content: bytes) -> Path:
    """A temporary file in the same folder with this content, on the disk."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    _fill(handle, temporary, content)
    return temporary


def _fill(handle: int, path: Path, content: bytes) -> None:
    """Write what a new file holds, on the disk; where that fails, the file goes again."""
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink()
        raise


def sync_folder(folder: Path) -> None:
    """Have the folder's new entry on the disk too, where folders can be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
