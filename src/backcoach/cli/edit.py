"""`backcoach edit`: a routine in the person's editor, checked when it comes back."""

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from backcoach.cli.completing import complete_routines
from backcoach.cli.main import Context
from backcoach.cli.painting import show_problems
from backcoach.cli.saying import say
from backcoach.document.problems import Severity, plain_text
from backcoach.errors import EXIT_PROBLEM, BackcoachError

if TYPE_CHECKING:
    from backcoach.routines.library import Library


@click.command("edit")
@click.argument("routine", shell_complete=complete_routines)
@click.pass_context
def command(ctx: click.Context, routine: str) -> None:
    """Open ROUTINE in your editor ($VISUAL, $EDITOR), then check it.

    A bundled routine is copied into your own folder first. What you typed stays in the file,
    right or wrong.
    """
    context: Context = ctx.obj
    from backcoach.routines.customising import copy_routine
    from backcoach.routines.library import Library

    library = Library(context.paths)
    entry = library.find(routine)
    path = entry.path
    copied = None
    if entry.source == "bundled":
        path = copy_routine(context.paths, entry)
        copied = path.read_bytes()
        say(f"copied to {plain_text(str(path))}", err=True)
    try:
        right = _edit_until_right(library, path)
    except BaseException:
        # Nobody has seen this copy; one that an editor has opened may still be open in it.
        if copied is not None and _holds(path, copied):
            path.unlink()
            say("nothing was changed: the copy is removed again", err=True)
        raise
    if not right:
        say(f"what you typed is kept in {plain_text(str(path))}", err=True)
        ctx.exit(EXIT_PROBLEM)


def _holds(path: Path, content: bytes) -> bool:
    """Whether a file is there, and unchanged."""
    try:
        return path.read_bytes() == content
    except OSError:
        return False


def _open_editor(path: Path) -> None:
    """Wait for the editor, which deals with Ctrl-C by itself."""
    # A handler, and not SIG_IGN: that would be the editor's too.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        click.edit(filename=str(path))
    except ValueError as error:
        named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        raise BackcoachError(f"{named}: that is no command: {error}") from error
    finally:
        signal.signal(signal.SIGINT, before)


def _edit_until_right(library: "Library", path: Path) -> bool:
    """Open the editor as often as the person wishes; whether the file can be played then."""
    while True:
        _open_editor(path)
        problems = library.check_file(path)
        if not problems:
            return True
        show_problems(problems)
        if all(problem.severity is Severity.WARNING for problem in problems):
            return True
        if not (sys.stdin.isatty() and click.confirm("Open it again?", default=True, err=True)):
            return False
