"""Opens the history's file: how it is kept safe, what version it is, and how it gets to ours.

The settings were chosen by a simulation of power cuts: with these, none of its images was corrupt
or missed an acknowledged row.
"""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from backcoach.document.writing import sync_folder
from backcoach.errors import BackcoachError
from backcoach.history.schema import APPLICATION_ID, MIGRATIONS
from backcoach.paths import make_private

LATEST: Final = len(MIGRATIONS)
BUSY_S: Final = 10.0
"""How long a writer waits for another one."""

_PRAGMAS: Final = (
    "journal_mode = DELETE",
    "synchronous = EXTRA",
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "fullfsync = ON",
)
_DAMAGE: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_BUSY: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
RESTORE_HELPS: Final = ". `backcoach restore` helps"
"""What to do about a damaged history; what SQLite says of it comes after that."""
_WORDS: Final = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "it is read-only",
    sqlite3.SQLITE_PERM: "there is no permission to open it",
    sqlite3.SQLITE_CANTOPEN: "it can't be opened",
    sqlite3.SQLITE_IOERR: "reading or writing fails: the disk may be full, or failing",
}


class StoreError(BackcoachError):
    """The history can't be used; the message names its file."""


class DamagedError(StoreError):
    """The file is there and can be read, and isn't a whole history of ours."""


class BusyError(StoreError):
    """Another program has it for itself, which passes."""


class NewerError(StoreError):
    """A newer version of backcoach made the file: this one only reads it."""


def store_error(path: Path, error: Exception) -> StoreError:
    """What went wrong with a file, told apart by what can be done about it."""
    # The lowest byte is the kind, whatever the rest says of where it was noticed.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _DAMAGE:
        return DamagedError(f"{path}: it is damaged{RESTORE_HELPS} ({error})")
    if code in _BUSY:
        return BusyError(f"{path}: it is locked: another program has it")
    words = _WORDS.get(code, f"something in it can't be used ({error})")
    if isinstance(error, OSError) and error.strerror:
        words = error.strerror
    return StoreError(f"{path}: {words}")


def connect(path: Path, *, timeout: float | None = None) -> sqlite3.Connection:
    """A bare connection to a file that is there; transactions are begun by hand.

    A reader opens it for writing too: a killed writer's journal is rolled back first.

    Raises:
        sqlite3.Error: it can't be opened.
    """
    return sqlite3.connect(
        path.absolute().as_uri() + "?mode=rw",
        uri=True,
        timeout=BUSY_S if timeout is None else timeout,
        isolation_level=None,
    )


def open_database(
    path: Path, *, read_only: bool, wait_s: float | None = None
) -> tuple[sqlite3.Connection, str]:
    """A connection to the history, and why nothing can be written through it; "" where it can.

    Args:
        path: the database; made with its folder where it isn't there, unless it is only read.
        read_only: change nothing, and don't make the file.
        wait_s: how long another writer is waited for; None for as long as usual.

    Raises:
        StoreError: it can't be opened, isn't ours, or is damaged.
    """
    try:
        if not read_only:
            make_private(path.parent)
            make_private_file(path)
        db = connect(path, timeout=wait_s)
    except (OSError, sqlite3.Error) as error:
        raise store_error(path, error) from error
    try:
        return _prepare(db, path, read_only=read_only)
    except BaseException as error:
        db.close()
        if isinstance(error, (OSError, sqlite3.Error)):
            raise store_error(path, error) from error
        raise


def _prepare(
    db: sqlite3.Connection, path: Path, *, read_only: bool
) -> tuple[sqlite3.Connection, str]:
    # One look at the file: another process may be making its tables at this moment.
    db.execute("BEGIN")
    ours, version = number(db, "application_id"), number(db, "user_version")
    tables = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    least = least_writer(db) if version > LATEST else 0
    db.execute("COMMIT")
    if ours != APPLICATION_ID and (ours or tables):
        raise StoreError(f"{path}: this is not a history of backcoach")
    if read_only and not tables:
        raise StoreError(f"{path}: there is no history in it{what_is_left(path)}")
    if least > LATEST:
        db.execute("PRAGMA query_only = ON")
        return db, f"{path}: made by a newer version of backcoach; nothing was changed"
    if read_only:
        if version < LATEST:
            db = _in_memory(db, path)
        db.execute("PRAGMA query_only = ON")
        return db, f"{path}: opened for reading only"
    if version < LATEST:
        if number(db, "user_version"):
            _keep_old(db, path)
        _migrate(db, path)
    if not tables:
        _sync_names(path)
    for pragma in _PRAGMAS:
        db.execute(f"PRAGMA {pragma}")
    return db, ""


def what_is_left(path: Path) -> str:
    """Where a history is missing or empty: that there are copies of it; "" where there are none."""
    try:
        copies = any(path.with_name("backups").glob("*.db"))
    except OSError:
        return ""
    return ", but there are copies of one: `backcoach restore` lists them" if copies else ""


def _in_memory(db: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """An older history as ours, for who only reads: the file stays as it is."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    copy_pages(db, copy)
    db.close()
    _migrate(copy, path)
    return copy


def number(db: sqlite3.Connection, pragma: str) -> int:
    """A pragma's value, 0 where it has none."""
    row = db.execute(f"PRAGMA {pragma}").fetchone()
    return row[0] if row and isinstance(row[0], int) else 0


def least_writer(db: sqlite3.Connection) -> int:
    """The oldest version that may write; one that doesn't say lets nobody."""
    try:
        row = db.execute("SELECT value FROM meta WHERE key = 'min_writer'").fetchone()
        return int(row[0])
    except (sqlite3.OperationalError, TypeError, ValueError):
        return LATEST + 1


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    """Make the tables, or bring those of an older version to ours."""
    for pragma in ("journal_mode = DELETE", "synchronous = EXTRA", "fullfsync = ON"):
        db.execute(f"PRAGMA {pragma}")
    # A table that is made anew would take with it what refers to it.
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have been first: what counts is what stands under the lock.
        for version in range(number(db, "user_version"), LATEST):
            for statement in MIGRATIONS[version]:
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {version + 1}")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        if db.execute("PRAGMA foreign_key_check").fetchone():
            raise DamagedError(f"{path}: its tables don't belong together")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _keep_old(db: sqlite3.Connection, path: Path) -> None:
    folder = path.parent / "backups"
    make_private(folder)
    name = f"before-version-{LATEST}"
    copy_database(db, free_name(folder, name, ".db"))


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """A file that isn't there yet in a folder that is: with a number where the name is taken.

    Raises:
        OSError: the folder can't be read.
    """
    taken = {each.name for each in folder.iterdir()}
    names = (f"{stem}{f'-{n}' if n > 1 else ''}{suffix}" for n in range(1, len(taken) + 2))
    return folder / next(name for name in names if name not in taken)


def copy_database(db: sqlite3.Connection, target: Path) -> None:
    """Copy a database as it stands, even while others write to it: verified, whole or not at all.

    Raises:
        OSError, sqlite3.Error: it can't be written.
        DamagedError: what was written doesn't verify.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        make_private_file(part)
        with closing(connect(part)) as copy:
            copy_pages(db, copy)
            if (found := first_fault(copy)) != "ok":
                raise DamagedError(f"{target}: the copy doesn't verify: {found}")
        _sync_file(part)
        part.replace(target)
        _sync_names(target)
    finally:
        part.unlink(missing_ok=True)


def copy_pages(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Make one database what another is, whatever was in it.

    Raises:
        sqlite3.Error: it can't be; one of them is locked for too long, say.
    """

    def give_up(status: int, _left: int, _all: int) -> None:
        # Each step has waited as long as a writer does: SQLite's own loop would never end.
        if status in _BUSY:
            locked = sqlite3.OperationalError("database is locked")
            locked.sqlite_errorcode = status
            raise locked

    source.backup(target, progress=give_up)


def first_fault(db: sqlite3.Connection, check: str = "integrity_check") -> str:
    """What a check finds first; "ok" where it finds nothing.

    Args:
        check: `integrity_check`, or `quick_check`, which compares no index with its table.
    """
    return str(db.execute(f"PRAGMA {check}(1)").fetchone()[0])


def _sync_names(path: Path) -> None:
    """Have the names of a new file on the disk, and of the folders that were made for it."""
    for folder in path.absolute().parents:
        sync_folder(folder)


def _sync_file(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_private_file(path: Path) -> None:
    """Make the file for its owner alone: SQLite gives its journals the same mode.

    One that is there isn't opened: closing it would drop this process's locks on it.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
