"""What is wrong with the history's file, and how a damaged one is set aside: nothing is deleted."""

import os
import re
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from backcoach.document.writing import sync_folder
from backcoach.history.backups import newest_backup, stamp
from backcoach.history.locking import alone
from backcoach.history.opening import (
    LATEST,
    RESTORE_HELPS,
    DamagedError,
    connect,
    first_fault,
    free_name,
    least_writer,
    make_private_file,
    number,
    open_database,
    store_error,
)
from backcoach.history.schema import APPLICATION_ID

LOOK_S: Final = 2.0
"""How long a look waits for who writes just then."""
_UNREAD: Final = re.compile(r"error code=(\d+)")
"""How a check says that it could not read a page, and why."""
_TABLES: Final = {"session", "event", "meta"}


class Finding(StrEnum):
    """What a history's file is like."""

    FINE = "fine"
    MISSING = "missing"
    EMPTY = "empty"
    """There, with nothing in it: 0 bytes, or no tables."""
    DAMAGED = "damaged"
    NEWER = "newer"
    """Made by a newer version, which doesn't let this one write."""
    UNREADABLE = "unreadable"
    """It can't be looked at, or is another program's. No damage: it stays where it is."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found, and in words, with the file's name, where it isn't fine."""

    finding: Finding
    words: str = ""


def diagnose(path: Path) -> Diagnosis:
    """What a history's file is like. Changes nothing but what a killed writer left half done."""
    try:
        kind = path.stat()
    except FileNotFoundError:
        return Diagnosis(Finding.MISSING, f"{path}: there is no history yet")
    except OSError as error:
        return Diagnosis(Finding.UNREADABLE, f"{path}: {error.strerror}")
    if not stat.S_ISREG(kind.st_mode):
        return Diagnosis(Finding.UNREADABLE, f"{path}: it is no file")
    if not kind.st_size:
        return Diagnosis(Finding.EMPTY, f"{path}: there is nothing in it")
    try:
        with closing(connect(path, timeout=LOOK_S)) as db:
            return _look(db, path)
    except sqlite3.Error as error:
        found = store_error(path, error)
        damaged = isinstance(found, DamagedError)
        return Diagnosis(Finding.DAMAGED if damaged else Finding.UNREADABLE, str(found))


def _look(db: sqlite3.Connection, path: Path) -> Diagnosis:
    db.execute("PRAGMA cell_size_check = ON")
    ours, version = number(db, "application_id"), number(db, "user_version")
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_schema")}
    if ours != APPLICATION_ID and (ours or tables):
        return Diagnosis(Finding.UNREADABLE, f"{path}: this is not a history of backcoach")
    if not tables:
        return Diagnosis(Finding.EMPTY, f"{path}: there is nothing in it")
    fault = first_fault(db, "quick_check")
    if fault == "ok" and not tables >= _TABLES:
        fault = "a table is missing"
    if reading_failed(fault):
        words = f"{path}: reading fails: the disk may be failing ({fault.splitlines()[-1]})"
        return Diagnosis(Finding.UNREADABLE, words)
    if fault != "ok":
        # What the check says may have lines, and pages that nobody knows.
        first = fault.splitlines()[-1]
        words = f"{path}: it is damaged{RESTORE_HELPS} ({first})"
        return Diagnosis(Finding.DAMAGED, words)
    if version > LATEST and least_writer(db) > LATEST:
        words = f"{path}: made by a newer version of backcoach; this one only reads it"
        return Diagnosis(Finding.NEWER, words)
    return Diagnosis(Finding.FINE)


def reading_failed(fault: str) -> bool:
    """Whether a check says that the disk didn't give a page: that may pass, and is no damage."""
    told = _UNREAD.search(fault)
    return told is not None and int(told[1]) & 0xFF != sqlite3.SQLITE_CORRUPT


def set_aside(path: Path, at: datetime) -> Path | None:
    """Give a damaged or empty history another name, and begin a new one; the old one's new path.

    Args:
        at: the present moment; it becomes a part of the name.

    Returns:
        None where there is nothing to set aside any more: another process was first.

    Raises:
        OSError, sqlite3.Error: it can't be.
    """
    with alone(path.parent):
        # What passes isn't damage, and what another process did meanwhile is done.
        if diagnose(path).finding not in (Finding.DAMAGED, Finding.EMPTY):
            return None
        aside = free_name(path.parent, f"{path.stem}.corrupt-{stamp(at)}", path.suffix)
        journal = journal_of(path)
        if not path.stat().st_size:
            # It stays where it is: another process may be making its tables at this moment.
            if journal.is_file():
                shutil.copyfile(journal, journal_of(aside))
            make_private_file(aside)
            return aside
        with _nobody_writes(path):
            if journal.is_file():
                # Before the file itself: a new history must never find it.
                journal.rename(journal_of(aside))
            path.rename(aside)
            # Who has the old file open would take the journal of the new one's making for its
            # own, and roll it back into what was set aside: they wait until it is made.
            open_database(path, read_only=False)[0].close()
        sync_folder(path.parent)
        return aside


@contextmanager
def _nobody_writes(path: Path) -> Iterator[None]:
    """Keep out who writes to a damaged file: what is written while it is moved would stay there.

    Raises:
        sqlite3.Error: somebody writes to it for too long.
    """
    with closing(connect(path, timeout=LOOK_S)) as db:
        try:
            db.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            # What is no database at all is written to by nobody.
            if not isinstance(store_error(path, error), DamagedError):
                raise
        yield


def journal_of(path: Path) -> Path:
    """Where SQLite keeps what it needs to take back a transaction."""
    return path.with_name(f"{path.name}-journal")


def what_is_left(path: Path) -> str:
    """Where an empty or missing history may still be, in words; "" where nothing is left of one.

    Raises:
        OSError: its folder can't be read.
    """
    aside = [file for file in files_set_aside(path) if file.suffix == path.suffix]
    words = [f"A damaged history is kept as {aside[-1].name}."] if aside else []
    if newest_backup(path.parent / "backups") is not None:
        words.append("There are copies: `backcoach restore` lists them.")
    return " ".join(words)


def files_set_aside(path: Path) -> list[Path]:
    """The files that were set aside in place of a history, with their journals, by age.

    Raises:
        OSError: the folder can't be read.
    """
    if not path.parent.is_dir():
        return []
    head = f"{path.stem}.corrupt-"
    names = [name for name in os.listdir(path.parent) if name.startswith(head)]
    # Of one second, the later ones have a number, and so a longer name.
    stamped = len(head) + len("2026-11-22T231500Z")
    names.sort(key=lambda name: (name[:stamped], len(name), name))
    return [path.with_name(name) for name in names]
