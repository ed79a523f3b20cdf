"""`backcoach import`: sessions from another history, added to this one."""

import sys
import tempfile
from pathlib import Path
from typing import IO, Final

import click

from backcoach.cli.changing import changing, sure
from backcoach.cli.main import Context
from backcoach.cli.saying import say
from backcoach.errors import UnreadableError
from backcoach.history.arrivals import Arrivals, bring_in, preview
from backcoach.history.incoming import read_sessions
from backcoach.history.reader import open_existing

MAX_BYTES: Final = 1 << 30
"""Of what comes through a pipe."""
_IN_MEMORY: Final = 16 << 20


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Import without asking.")
@click.pass_obj
def command(context: Context, file: Path, yes: bool) -> None:
    """Add the sessions of FILE, which `backcoach export` has written; `-` is the standard input.

    First the whole file is looked at, and what it would bring is shown. Nothing that is here is
    changed or taken away, and importing a file twice is importing it once.
    """
    stdin = file == Path("-")
    if stdin and not yes:
        raise click.UsageError("`-` needs --yes beside it: nobody can be asked.")
    name = "standard input" if stdin else str(file)
    try:
        with _open(file, stdin=stdin) as source:
            _import(context, source, name, yes=yes)
    except OSError as error:
        raise UnreadableError(f"{name}: {error.strerror}") from error


def _import(context: Context, source: IO[bytes], name: str, *, yes: bool) -> None:
    here = open_existing(context.paths.history)
    try:
        arrivals = preview(here, read_sessions(source, name))
    finally:
        if here is not None:
            here.close()
    for line in describe(arrivals):
        say(line)
    if not arrivals.anything:
        say("There is nothing new in it.")
        return
    if not sure("Import this?", yes=yes):
        say("Nothing was imported.")
        return
    source.seek(0)
    with changing(context.paths.history) as store:
        bring_in(store, read_sessions(source, name))
    say("Imported.")


def _open(file: Path, *, stdin: bool) -> IO[bytes]:
    """The file, from its beginning, to be read twice.

    Raises:
        OSError: it can't be read.
        UnreadableError: it is too big.
    """
    if stdin:
        return _copy(sys.stdin.buffer, "standard input")
    source = file.open("rb")
    if source.seekable():
        return source
    with source:
        return _copy(source, str(file))


def _copy(source: IO[bytes], name: str) -> IO[bytes]:
    """What comes through a pipe, as a file; a big one is never all in memory."""
    copy = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
    while piece := source.read(1 << 20):
        copy.write(piece)
        if copy.tell() > MAX_BYTES:
            raise UnreadableError(f"{name}: it has more than {MAX_BYTES >> 30} GB: no history has")
    copy.seek(0)
    return copy


def describe(arrivals: Arrivals) -> list[str]:
    """What a file brings, in words."""
    lines = []
    if arrivals.new and arrivals.first and arrivals.last:
        first, last = arrivals.first.date(), arrivals.last.date()
        when = f"of {first}" if first == last else f"from {first} to {last}"
        lines.append(f"{_sessions(arrivals.new, 'new session')} {when}")
    if arrivals.here:
        verb = "is" if arrivals.here == 1 else "are"
        lines.append(f"{_sessions(arrivals.here)} {verb} here already")
    if arrivals.grown:
        verb = "gets" if arrivals.grown == 1 else "get"
        lines.append(f"  {arrivals.grown} of these {verb} {arrivals.events} more events")
    if arrivals.back:
        verb = (
            "was deleted here, and comes" if arrivals.back == 1 else "were deleted here, and come"
        )
        lines.append(f"  {arrivals.back} of these {verb} back")
    if arrivals.differing:
        verb = "differs" if arrivals.differing == 1 else "differ"
        end = "stays as it is" if arrivals.differing == 1 else "stay as they are"
        lines.append(f"{_sessions(arrivals.differing)} {verb} from what is here, and {end} here")
    if arrivals.running:
        verb = "runs" if arrivals.running == 1 else "run"
        lines.append(f"{_sessions(arrivals.running)} {verb} at this moment: left alone")
    return lines


def _sessions(count: int, what: str = "session") -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
