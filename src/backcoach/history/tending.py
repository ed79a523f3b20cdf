"""Looks after the history when nobody waits for it: mends, sums up, sweeps, makes a copy."""

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from backcoach.errors import BackcoachError
from backcoach.history.backups import Backup, back_up, list_backups, newest_backup
from backcoach.history.merging import READ, Difference, compare, salvage, settle_all, take_in
from backcoach.history.opening import StoreError, connect, store_error
from backcoach.history.owner import Owner, is_alive
from backcoach.history.reader import Reader
from backcoach.history.rescue import Finding, diagnose, files_set_aside, set_aside
from backcoach.history.store import Store
from backcoach.history.unsaved import bring_in_unsaved, other_places
from backcoach.paths import Paths

SWEPT_AFTER: Final = timedelta(days=30)
"""So long a deletion can be taken back."""


class RunningError(BackcoachError):
    """A session is being played, here or in another process."""


@dataclass(frozen=True, slots=True)
class Tended:
    """What came of it.

    Attributes:
        notice: what the person should know, in a sentence or two; "" for nothing.
        offer: the copy that has most of what is missing; None where none has any.
        missing: how many sessions it would bring back, or make whole again.
    """

    notice: str = ""
    offer: Backup | None = None
    missing: int = 0

    @property
    def words(self) -> str:
        """The notice, and for who isn't asked on a screen, the command that helps."""
        if self.offer is None:
            return self.notice
        return f"{self.notice} `backcoach restore {self.offer.path.name}` does."


def tend(paths: Paths, now: datetime) -> Tended:
    """Look after the history. Whatever goes wrong, a fault of ours too, is said and not raised.

    A damaged file is set aside and what still reads in it taken into a new one; an empty or
    missing one is begun anew where there are copies of what it was.
    """
    try:
        return _tend(paths, now)
    except OSError as error:
        where = error.filename or paths.history
        return Tended(f"The history can't be looked after: {where}: {error.strerror}.")
    except Exception as error:
        known = error if isinstance(error, StoreError) else store_error(paths.history, error)
        return Tended(f"The history can't be looked after: {known}.")


def _tend(paths: Paths, now: datetime) -> Tended:
    found = diagnose(paths.history)
    match found.finding:
        case Finding.NEWER | Finding.UNREADABLE:
            return Tended(f"{found.words}.")
        case Finding.DAMAGED:
            return _mend(paths, now)
        case Finding.MISSING | Finding.EMPTY:
            if newest_backup(paths.backups) is None and not files_set_aside(paths.history):
                return Tended()
            if found.finding is Finding.EMPTY:
                set_aside(paths.history, now)
            with Store(paths.history) as store:
                if _not_read(store, paths):
                    return _take_in_what_reads(store, paths)
            return _offer(paths, "The history is gone: its file is missing or empty.")
    with Store(paths.history) as store:
        if _not_read(store, paths):
            # Whoever set it aside was killed before its rows were taken in.
            return _take_in_what_reads(store, paths)
        settle_all(store)
        with store.transaction():
            store.sweep(now - SWEPT_AFTER)
        if _begun_anew(store, paths):
            return _offer(paths, "The history was begun anew: what was in it is missing.")
        brought = bring_in_unsaved(store, other_places(paths.data))
        back_up(store.db, paths.backups, now)
    if not brought:
        return Tended()
    them = "is" if brought == 1 else "are"
    return Tended(f"{how_many(brought)} that couldn't be saved at the time {them} in the history.")


def _mend(paths: Paths, now: datetime) -> Tended:
    """Set the damaged file aside, and take what still reads in it into a new one."""
    if set_aside(paths.history, now) is None:
        # Another process was first, and says so.
        return Tended()
    with Store(paths.history) as store:
        return _take_in_what_reads(store, paths)


def _not_read(store: Store, paths: Paths) -> list[Path]:
    """The files that were set aside and not looked through yet, the newest last."""
    suffix = paths.history.suffix
    files = [each for each in files_set_aside(paths.history) if each.suffix == suffix]
    aside = [each for each in files if each.stat().st_size]
    if not aside:
        return []
    keys = store.db.execute("SELECT key FROM meta WHERE key GLOB ?", (f"{READ}*",))
    known = {key for (key,) in keys}
    return [each for each in aside if f"{READ}{each.name}" not in known]


def pass_over(store: Store, paths: Paths) -> None:
    """Never take in anything of what was set aside until now.

    Raises:
        StoreError, sqlite3.Error, OSError: the history can't be written, or its folder read.
    """
    for aside in _not_read(store, paths):
        _mark_read(store, aside)


def _mark_read(store: Store, aside: Path) -> None:
    with store.transaction():
        store.db.execute("INSERT OR IGNORE INTO meta VALUES (?, '')", (f"{READ}{aside.name}",))


def _take_in_what_reads(store: Store, paths: Paths) -> Tended:
    before, names = store.count()[0], []
    # The newest one knows which of the older ones were looked through.
    while left := _not_read(store, paths):
        salvage(left[-1], store)
        _mark_read(store, left[-1])
        names.append(left[-1].name)
    count = store.count()[0] - before
    reads = "nothing could be read in it"
    if count:
        verb = "is" if count == 1 else "are"
        reads = f"{how_many(count)} that could be read in it {verb} in the new one"
    kept = " and ".join(names)
    return _offer(paths, f"The history was damaged. The damaged file is kept as {kept}; {reads}.")


def _offer(paths: Paths, words: str) -> Tended:
    """What happened, and the copy that helps most; a new history is begun where there is none."""
    with Store(paths.history) as store:
        best, best_change = Tended(words), None
        for backup in list_backups(paths.backups):
            with suppress(sqlite3.Error), closing(connect(backup.path)) as there:
                change = compare(store, there)
                missing = change.back + change.fuller
                if missing > best.missing:
                    best, best_change = Tended(words, backup, missing), change
    if best.offer is None or best_change is None:
        return best
    day = best.offer.at.astimezone()
    more = f"A copy of {day:%-d %B %Y} can bring back {what_comes(best_change)}."
    return replace(best, notice=f"{words} {more}")


def _begun_anew(store: Store, paths: Paths) -> bool:
    """Whether the newest copy is of a history that has no session in common with this one.

    A session may have begun before anybody saw that the file was gone.
    """
    newest = newest_backup(paths.backups)
    if newest is None:
        return False
    with suppress(sqlite3.Error), closing(connect(newest)) as there:
        found = compare(store, there)
        return found.back > 0 and not found.both
    return False


def how_many(count: int) -> str:
    """So many sessions, in words."""
    return "1 session" if count == 1 else f"{count} sessions"


def what_comes(change: Difference) -> str:
    """What a copy would bring back, in words."""
    if not change.fuller:
        return how_many(change.back)
    rest = f"what is missing of {how_many(change.fuller)}"
    return f"{how_many(change.back)}, and {rest}" if change.back else rest


def bring_back(paths: Paths, backup: Path) -> int:
    """Take in what a copy has and the history hasn't; how many sessions came back, or are fuller.

    Raises:
        StoreError: one of the two files can't be used.
    """
    try:
        there = connect(backup)
    except sqlite3.Error as error:
        raise store_error(backup, error) from error
    try:
        with closing(there), Store(paths.history) as store:
            return take_in(store, there).sessions
    except sqlite3.Error as error:
        raise store_error(paths.history, error) from error


def refuse_while_running(paths: Paths) -> None:
    """Let nobody take the history away from a session that is being played.

    Raises:
        RunningError: one is.
        StoreError: the history can't be read.
    """
    if running(paths.history):
        raise RunningError("a session runs at the moment: wait until it has ended")


def running(path: Path) -> bool:
    """Whether a session is being played at the moment, here or in another process.

    Raises:
        StoreError: the history can't be read.
    """
    if not path.exists() or not path.stat().st_size:
        return False
    with Reader(path) as reader, reader.reading():
        owners = reader.db.execute(
            "SELECT owner_pid, owner_boot, owner_started FROM session WHERE outcome IS NULL"
        )
        return any(is_alive(Owner(*owner)) for owner in owners)
