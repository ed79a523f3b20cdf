"""`backcoach backup`: a copy of the history, now."""

from pathlib import Path

import click

from backcoach.cli.main import Context
from backcoach.cli.saying import say
from backcoach.document.problems import plain_text
from backcoach.session.clock import SystemClock, utc


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.pass_obj
def command(context: Context, file: Path | None) -> None:
    """Copy the history, and check the copy.

    Without FILE it goes to the other copies, which are thinned as they age: `backcoach restore`
    lists them. With FILE it goes there, never over a file that is there.
    """
    import sqlite3

    from backcoach.errors import BackcoachError, UnreadableError
    from backcoach.history.backups import back_up, measure, newest_backup
    from backcoach.history.opening import copy_database, store_error
    from backcoach.history.reader import open_existing
    from backcoach.history.tending import how_many

    paths = context.paths
    if file is not None and (file.exists() or file.is_symlink()):
        raise UnreadableError(f"{file}: there is a file with this name already")
    reader = open_existing(paths.history)
    if reader is None:
        raise BackcoachError("there is no history yet, so there is nothing to copy")
    try:
        with reader:
            if file is None:
                made = back_up(reader.db, paths.backups, utc(SystemClock().now()))
            else:
                copy_database(reader.db, made := file)
        if made is None:
            newest = newest_backup(paths.backups)
            since = f" since {newest.name}" if newest else ": there is no session in it"
            say(plain_text(f"Nothing has changed{since}."))
            return
        sessions, events = measure(made)
    except (OSError, sqlite3.Error) as error:
        raise store_error(file or paths.backups, error) from error
    say(plain_text(f"{made}: {how_many(sessions)}, {events} events, checked"))
