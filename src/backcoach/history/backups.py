"""Copies of the history: verified, thinned as they age, and never at the cost of a larger one."""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from backcoach.history.locking import alone
from backcoach.history.opening import connect, copy_database, free_name
from backcoach.paths import make_private

NEWEST: Final = 5
"""So many are kept whatever their age."""
DAYS: Final = 7
WEEKS: Final = 5
MONTHS: Final = 12
"""A copy a day is kept for so many days, then a copy a week for so many weeks, then one a month
for so many months, this one included, and then one a year."""

_NAME: Final = re.compile(r"history-(\d{4}-\d\d-\d\dT\d{6})Z(-\d+)?\.db")
_STAMP: Final = "%Y-%m-%dT%H%M%S"
_STATE: Final = (
    "SELECT (SELECT count(*) FROM event), (SELECT max(id) FROM event), count(*),"
    " count(deleted_at), max(deleted_at), count(summary), max(seen_at), total(active_ms)"
    " FROM session"
)
"""What differs between two states of one history."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the history.

    Attributes:
        at: when it was made, in UTC.
        sessions, events: how many it has; 0 where it can't be read.
        regular: whether it is one of those that are thinned. One that was made before the tables
            were changed stays.
    """

    path: Path
    at: datetime
    sessions: int
    events: int
    regular: bool = True

    @property
    def size(self) -> tuple[int, int]:
        """By this one is larger than another."""
        return self.events, self.sessions


def stamp(at: datetime) -> str:
    """A moment as a part of a file's name, in UTC."""
    return f"{at.astimezone(UTC):{_STAMP}}Z"


def list_backups(folder: Path) -> list[Backup]:
    """All copies in a folder with what is in them, newest first.

    Raises:
        OSError: the folder can't be read; one that isn't there has none.
    """
    found = [_measured(path, at, regular) for path, at, regular in _files(folder)]
    return sorted(found, key=_age, reverse=True)


def _files(folder: Path) -> list[tuple[Path, datetime, bool]]:
    if not folder.exists():
        return []
    found = []
    for path in folder.glob("*.db"):
        if path.name.startswith("before-version-"):
            made = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            found.append((path, made, False))
        elif name := _NAME.fullmatch(path.name):
            with suppress(ValueError):
                at = datetime.strptime(name[1], _STAMP).replace(tzinfo=UTC)
                found.append((path, at, True))
    return found


def newest_backup(folder: Path) -> Path | None:
    """The file of the newest copy that was made as time went by; None where there is none.

    Raises:
        OSError: the folder can't be read.
    """
    found = [Backup(path, at, 0, 0) for path, at, regular in _files(folder) if regular]
    return max(found, key=_age).path if found else None


def _age(backup: Backup) -> tuple[datetime, int, str]:
    """In the order in which they were made: of one second, the later ones have longer names."""
    return backup.at, len(backup.path.name), backup.path.name


def measure(path: Path) -> tuple[int, int]:
    """How many sessions and events a copy has.

    Raises:
        sqlite3.Error: it can't be read.
    """
    with closing(connect(path)) as db:
        counts = [db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in _TABLES]
    return counts[0], counts[1]


_TABLES: Final = ("session", "event")


def _measured(path: Path, at: datetime, regular: bool) -> Backup:
    try:
        return Backup(path, at, *measure(path), regular)
    except sqlite3.Error:
        return Backup(path, at, 0, 0, regular)


def back_up(
    db: sqlite3.Connection, folder: Path, at: datetime, *, needed: Path | None = None
) -> Path | None:
    """Copy the history, if it is another than in the newest copy, and thin the older copies.

    Args:
        db: a connection to it, outside a transaction.
        folder: made where it isn't there.
        at: the present moment.
        needed: an older copy that stays, whatever else is thinned.

    Returns:
        The copy; None where nothing has changed, or nothing is in it.

    Raises:
        OSError, sqlite3.Error, DamagedError: it can't be made. No older one was touched then.
    """
    make_private(folder)
    with alone(folder):
        state = _state(db)
        newest = newest_backup(folder)
        if not (state and state[2]) or (newest is not None and _state_of(newest) == state):
            return None
        for cut_off in folder.glob(".history-*.part*"):
            cut_off.unlink(missing_ok=True)
        made = free_name(folder, f"history-{stamp(at)}", ".db")
        copy_database(db, made)
        for each in too_many(list_backups(folder)):
            if each.path not in (made, needed):
                with suppress(OSError):
                    each.path.unlink()
        return made


def _state(db: sqlite3.Connection) -> tuple[Any, ...] | None:
    row: tuple[Any, ...] | None = db.execute(_STATE).fetchone()
    return row


def _state_of(path: Path) -> tuple[Any, ...] | None:
    """What a copy holds, as far as it tells that it changed; None for an old or a broken one."""
    with suppress(sqlite3.Error), closing(connect(path)) as db:
        return _state(db)
    return None


def too_many(backups: Iterable[Backup]) -> list[Backup]:
    """The copies that may go: those of which a larger one of the same time stays.

    The newest few stay, and the largest of all; of the older ones the largest of each day, then
    of each week, of each month, of each year. One that can't be read, or isn't regular, isn't
    judged.
    """
    judged = sorted((each for each in backups if each.regular and each.sessions), key=_age)
    if not judged:
        return []
    today = judged[-1].at.astimezone(UTC).date()
    stay = {each.path for each in judged[-NEWEST:]}
    best: dict[tuple[object, ...], Backup] = {}
    for each in judged:
        for key in (_time_of(each, today), ("all",)):
            # Of two that are as large, the newer one.
            if key not in best or each.size >= best[key].size:
                best[key] = each
    stay |= {each.path for each in best.values()}
    return [each for each in judged if each.path not in stay]


def _time_of(backup: Backup, today: date) -> tuple[object, ...]:
    """The day, week, month or year of which one copy stays."""
    day = backup.at.astimezone(UTC).date()
    if today - day < timedelta(days=DAYS):
        return "day", day
    if today - day < timedelta(days=DAYS + 7 * WEEKS):
        return "week", *day.isocalendar()[:2]
    months = 12 * (today.year - day.year) + today.month - day.month
    return ("month", day.year, day.month) if months < MONTHS else ("year", day.year)
