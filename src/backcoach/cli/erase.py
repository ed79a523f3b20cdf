"""`backcoach erase`: everything that was written down about a person, gone for good."""

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

import click

from backcoach.cli.main import Context
from backcoach.cli.saying import say
from backcoach.document.problems import plain_text
from backcoach.errors import BackcoachError
from backcoach.paths import Paths

WORD = "erase"


@click.command("erase")
@click.option("--everything", is_flag=True, help="Everything of yours; needed with --yes.")
@click.option("--yes", is_flag=True, help="Without asking.")
@click.pass_obj
def command(context: Context, everything: bool, yes: bool) -> None:
    """Erase everything that was written down about you: it can't be taken back.

    The history, its copies and what was set aside; that the safety notes were accepted; the log.
    Your settings and routines stay. `backcoach export` makes a file to keep first.
    """
    if yes and not everything:
        raise click.UsageError("--yes needs --everything beside it.")
    paths = context.paths
    _refuse_while_running(paths)
    there = _there(paths)
    if not there:
        say(plain_text(f"There is nothing to erase in {paths.data}."))
        return
    for path, what in there:
        say(plain_text(f"{what:14} {path}"))
    say(plain_text(f"Your settings and routines in {paths.config} stay."))
    if not (yes or _agreed()):
        say("Nothing was erased.")
        return
    # Whoever was asked may have taken their time.
    _refuse_while_running(paths)
    for path, _ in there:
        _erase(path)
    say("Erased.")


def _refuse_while_running(paths: Paths) -> None:
    from backcoach.history.opening import StoreError
    from backcoach.history.tending import refuse_while_running

    # One that can't be read may be erased, whatever it is.
    with suppress(StoreError):
        refuse_while_running(paths)


def _there(paths: Paths) -> list[tuple[Path, str]]:
    """What would go, with what it is; the history last, so that half of it is never left alone."""
    from backcoach.history.locking import LOCK
    from backcoach.history.rescue import files_set_aside, journal_of

    try:
        aside = files_set_aside(paths.history)
    except OSError as error:
        raise BackcoachError(f"{paths.data}: {error.strerror}") from error
    files = [
        (paths.backups, "copies"),
        *((path, "set aside") for path in aside),
        (paths.compiled, "made again"),
        (paths.accepted, "safety notes"),
        (paths.log, "log"),
        (paths.data / LOCK, "lock"),
        (paths.history, "the history"),
        (journal_of(paths.history), "its journal"),
    ]
    return [(path, what) for path, what in files if path.exists() or path.is_symlink()]


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise click.UsageError("without a terminal, --yes --everything is needed.")
    if not click.confirm("Erase all of this?", err=True):
        return False
    answer: str = click.prompt(
        f"It can't be taken back. Type {WORD}", default="", show_default=False, err=True
    )
    return answer.strip().lower() == WORD


def _erase(path: Path) -> None:
    # What a link leads to is what was written down; the link alone would be nothing.
    target = Path(os.path.realpath(path))
    try:
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink(missing_ok=True)
        path.unlink(missing_ok=True)
    except OSError as error:
        raise BackcoachError(f"{error.filename or path}: {error.strerror}") from error
