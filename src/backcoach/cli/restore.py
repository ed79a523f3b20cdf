"""`backcoach restore`: sessions come back from a copy of the history."""

import sqlite3
import sys
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

import click

from backcoach.cli.main import Context
from backcoach.cli.saying import say
from backcoach.cli.tender import Tender
from backcoach.document.problems import plain_text
from backcoach.errors import BackcoachError, UnreadableError
from backcoach.history.backups import Backup, back_up, list_backups
from backcoach.history.merging import Difference, compare
from backcoach.history.opening import RESTORE_HELPS, connect, copy_pages, store_error
from backcoach.history.reader import Reader
from backcoach.history.rescue import Finding, diagnose, set_aside
from backcoach.history.store import Store
from backcoach.history.tending import (
    bring_back,
    how_many,
    pass_over,
    refuse_while_running,
    what_comes,
)
from backcoach.paths import Paths
from backcoach.session.clock import SystemClock, utc

LATEST = "latest"


@click.command("restore")
@click.argument("file", metavar="[FILE]", required=False)
@click.option("--exactly", is_flag=True, help="What isn't in the copy goes.")
@click.option("--yes", is_flag=True, help="Without asking.")
@click.pass_obj
def command(context: Context, file: str | None, exactly: bool, yes: bool) -> None:
    """Bring back sessions from a copy of the history.

    Without FILE the copies are listed. FILE is a name from that list, `latest`, or a path. The
    sessions that are missing come back, and nothing that is here is lost or changed. With
    --exactly the history becomes what the copy is; what was here is copied first.

    A damaged history is set aside first, under another name, and what still reads in it is kept.
    """
    paths = context.paths
    clock = SystemClock()
    if file is None and exactly:
        raise click.UsageError("--exactly needs a FILE.")
    found = diagnose(paths.history)
    if found.finding in (Finding.UNREADABLE, Finding.NEWER):
        raise BackcoachError(found.words)
    if found.finding is Finding.DAMAGED:
        tender = Tender(paths, clock)
        tender.look()
        tender.tell()
    backups = list_backups(paths.backups)
    if file is None:
        _list(paths, backups)
        return
    source = _find(paths, file, backups)
    try:
        with closing(connect(source)) as there:
            change = _compare(paths, there)
    except sqlite3.Error as error:
        raise store_error(source, error) from error
    say(plain_text(_preview(source, change, exactly=exactly)))
    if not (change.back or change.fuller or exactly):
        say("Nothing would change. `backcoach restore` lists all copies.")
        return
    if exactly:
        refuse_while_running(paths)
    if not yes and not _agreed():
        return
    if exactly:
        # Whoever was asked may have taken their time.
        refuse_while_running(paths)
    if diagnose(paths.history).finding is Finding.EMPTY:
        set_aside(paths.history, utc(clock.now()))
    if exactly:
        _replace(paths, source, utc(clock.now()))
        say("Done: the history is as it was in the copy.")
    else:
        say(f"Done: {how_many(bring_back(paths, source))} came back.")


def _list(paths: Paths, backups: list[Backup]) -> None:
    if not backups:
        say(plain_text(f"There is no copy of the history in {paths.backups}."))
        return
    for backup in backups:
        at = f"{backup.at.astimezone():%Y-%m-%d %H:%M}"
        with suppress(sqlite3.Error), closing(connect(backup.path)) as there:
            change = _compare(paths, there)
            missing = change.back + change.fuller
            counts = f"{how_many(backup.sessions):>13}, {missing:4} of them missing here"
            say(plain_text(f"{at}  {counts}  {backup.path.name}"))
            continue
        say(plain_text(f"{at}  can't be read  {backup.path.name}"))


def _find(paths: Paths, file: str, backups: list[Backup]) -> Path:
    """The copy that is meant; one that is whole, and of a version that this one knows."""
    if file == LATEST:
        whole = [each for each in backups if each.sessions]
        if not whole:
            raise UnreadableError("there is no copy of the history yet")
        return whole[0].path
    named = [each.path for each in backups if each.path.name == file]
    path = named[0] if named else Path(file)
    found = diagnose(path)
    if found.finding is Finding.MISSING:
        raise UnreadableError(f"{path}: there is no such copy: `backcoach restore` lists them")
    if path.exists() and paths.history.exists() and path.samefile(paths.history):
        raise UnreadableError(f"{path}: this is the history itself, and no copy of it")
    if found.finding is not Finding.FINE:
        raise UnreadableError(found.words.replace(RESTORE_HELPS, ""))
    return path


def _compare(paths: Paths, there: sqlite3.Connection) -> Difference:
    if diagnose(paths.history).finding is not Finding.FINE:
        return compare(None, there)
    with Reader(paths.history) as here:
        return compare(here, there)


def _preview(source: Path, change: Difference, *, exactly: bool) -> str:
    span = ""
    if change.first and change.last:
        first, last = (f"{_day(at)}" for at in (change.first, change.last))
        span = f", from {first} to {last}" if first != last else f", of {first}"
    here = f"in both: {change.both}; only here: {change.only_here}"
    here += ", gone then" if exactly else ", not touched"
    return f"{source.name}: {what_comes(change)} would come back{span}; {here}."


def _day(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d}"


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise click.UsageError("without a terminal, --yes is needed.")
    return click.confirm("Do that?", err=True)


def _replace(paths: Paths, source: Path, now: datetime) -> None:
    """Make the history what a copy is; SQLite's own copying keeps every other program out."""
    try:
        with Store(paths.history) as store:
            back_up(store.db, paths.backups, now, needed=source)
            with closing(connect(source)) as there:
                copy_pages(there, store.db)
        # A copy of an older version is brought to ours.
        with Store(paths.history) as store:
            pass_over(store, paths)
    except (OSError, sqlite3.Error) as error:
        raise store_error(paths.history, error) from error
