"""What commands that change the history have in common."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from backcoach.history.opening import store_error
from backcoach.history.store import Store
from backcoach.lines import fit


@contextmanager
def changing(path: Path) -> Iterator[Store]:
    """The history inside a transaction: all that is done with it is written at the end, or nothing.

    Raises:
        StoreError: it can't be written; the message names the file.
    """
    with Store(path) as store:
        try:
            with store.transaction():
                yield store
        except sqlite3.Error as error:
            raise store_error(path, error) from error


def sure(question: str, *, yes: bool) -> bool:
    """Whether the person wants it: asked, or told by `--yes`.

    Raises:
        click.UsageError: there is nobody to ask.
    """
    if yes:
        return True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.UsageError("There is nobody to ask here: say --yes.")
    return click.confirm(fit(question, sys.stderr), err=True)
