"""`backcoach`: its commands, each loaded when it is called."""

import contextlib
import errno
import gc
import importlib
import io
import os
import signal
import sys
from dataclasses import dataclass
from typing import Any, Final, NoReturn

import click
from click.shell_completion import CompletionItem

from backcoach.cli.saying import say
from backcoach.document.problems import BadFileError, plain_text
from backcoach.errors import EXIT_CRASH, EXIT_PROBLEM, EXIT_SIGNAL, BackcoachError
from backcoach.paths import Paths, find_paths, make_private

COMMANDS: Final = {
    "play": ("play", "Play a routine."),
    "list": ("list_", "The library."),
    "show": ("show", "One routine, with its steps."),
    "schema": ("schema", "The JSON schema, for editors."),
    "check": ("check", "What is wrong with routine files."),
    "explain": ("explain", "A problem, explained."),
    "new": ("new", "Begin a routine of your own."),
    "copy": ("copy", "Copy a routine, to make it yours."),
    "edit": ("edit", "Open a routine in your editor, then check it."),
    "set": ("set_", "Change one value of a routine."),
    "history": ("history", "Every session."),
    "stats": ("stats", "What they come to: totals, streak, pain."),
    "log": ("log", "Write down a walk, a swim, or anything else."),
    "export": ("export", "The history, to take elsewhere."),
    "import": ("import_", "Sessions from another history, added."),
    "backup": ("backup", "Copy the history."),
    "restore": ("restore", "Bring back sessions from a copy."),
    "erase": ("erase", "Erase everything that was written down about you."),
    "report": ("report", "A page for a physiotherapist."),
    "ics": ("ics", "A weekly plan, for a calendar."),
    "paths": ("paths", "Where everything is."),
    "doctor": ("doctor", "What was found on this machine, and whether it works."),
}
"""Name → its module beside this one, and its line in the help."""

_CLOSED: Final = EXIT_SIGNAL + getattr(signal, "SIGPIPE", 13)
_UNWRITTEN: Final = {errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
"""How a write fails through no fault of who writes: nobody reads it, or there is no room."""


@dataclass(slots=True)
class Context:
    """What every command gets."""

    paths: Paths


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command is called."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but with a suggestion among the names of commands not yet loaded."""
        known = not args or args[0] in COMMANDS or args[0].startswith("-")
        # Half a line that is being completed is nobody's mistake yet.
        if not known and not ctx.resilient_parsing:
            raise click.exceptions.NoSuchCommand(args[0], possibilities=COMMANDS, ctx=ctx)
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of the help."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with a name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"backcoach.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """What can follow: the commands by their table, without importing any of them."""
        names = [
            CompletionItem(name, help=line)
            for name, (_, line) in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        # The options are click's own affair, and what the group of all groups knows.
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in the help, without importing any of them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Try it: backcoach play bird-dogs",
)
@click.option(
    "--data-dir",
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="Keep the history in this folder.",
)
@click.option(
    "--config-dir",
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="Look for routines of your own here.",
)
@click.version_option(package_name="backcoach", message="backcoach %(version)s")
@click.pass_context
def cli(ctx: click.Context, data_dir: str | None, config_dir: str | None) -> None:
    """A coach for a hurting back. Without a command: the library.

    Press x at any time to stop: it hurts.
    """
    ctx.obj.paths = find_paths(data_dir, config_dir)
    if ctx.invoked_subcommand is None:
        from backcoach.cli.home import open_home

        ctx.exit(open_home(ctx.obj.paths))


def main() -> NoReturn:
    """Run the program, and exit with the status that says how it went."""
    # Nothing that start-up makes is garbage: `cli.wiring.started` turns the collector on.
    gc.disable()
    _mend_streams()
    context = Context(find_paths())
    stdout = sys.stdout
    try:
        status = cli.main(standalone_mode=False, obj=context)
    except click.ClickException as error:
        _show_usage(error)
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        status = EXIT_SIGNAL + signal.SIGINT
    except BackcoachError as error:
        _show_error(error)
        status = error.exit_status
    except SystemExit:
        # Whoever read our output has had enough: click notices, wraps it, and leaves.
        if sys.stdout is stdout:
            raise
        sys.stdout = stdout
        status = _CLOSED
    except Exception as error:
        lost = _lost_output(error)
        status = _report_crash(context.paths) if lost is None else _say_lost(lost)
    _leave(status if isinstance(status, int) else 0)


def _show_error(error: BackcoachError) -> None:
    """What went wrong, on stderr: of a file that can't be used all that is wrong in it."""
    if isinstance(error, BadFileError):
        from backcoach.cli.painting import show_problems

        show_problems(error.problems)
    else:
        say(_tame(f"backcoach: {error}"), err=True)
    for note in getattr(error, "__notes__", ()):
        say(note, err=True)


def _show_usage(error: click.ClickException) -> None:
    """What click says of a command that it doesn't understand, on stderr."""
    words = io.StringIO()
    error.show(words)
    say(_tame(words.getvalue()), err=True)


def _tame(text: str) -> str:
    """A text of some lines with nothing in it that a terminal would obey."""
    return "\n".join(map(plain_text, text.splitlines()))


def _mend_streams() -> None:
    """Have all three streams, and write what a terminal can't show as a question mark.

    A closed one would give its number to the next file that is opened: to the history.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _leave(status: int) -> NoReturn:
    """Exit with this status, even where nobody takes our last words any more."""
    if (lost := _lost_output()) is not None:
        status = status or _say_lost(lost)
    try:
        sys.stderr.flush()
    except OSError:
        os._exit(status)
    sys.exit(status)


def _lost_output(error: Exception | None = None) -> OSError | None:
    """Why the standard output doesn't take what is written; what it still holds is let go of.

    Args:
        error: what came up, of whatever kind.
    """
    try:
        sys.stdout.flush()
    except OSError as refused:
        error = refused
    if not isinstance(error, OSError) or error.errno not in _UNWRITTEN:
        return None
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return error


def _say_lost(error: OSError) -> int:
    """What the process exits with where its output is lost; said, unless nobody wants it."""
    if error.errno == errno.EPIPE:
        return _CLOSED
    with contextlib.suppress(OSError):
        say(f"backcoach: not all of it could be written: {error.strerror}", err=True)
    return EXIT_PROBLEM


def _report_crash(paths: Paths) -> int:
    """A fault of ours: say so, and keep what is needed to find it."""
    import traceback

    report = traceback.format_exc()
    where = ""
    try:
        make_private(paths.data)
        with open(paths.log, "a", encoding="utf-8", opener=_private) as log:
            log.write(report + "\n")
        where = f" The report is in {paths.log}."
    except OSError:
        where = f"\n{report}"
    with contextlib.suppress(OSError):
        say(f"backcoach: this is a fault of ours, not yours.{where}", err=True)
    return EXIT_CRASH


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def echo_json(value: dict[str, Any]) -> None:
    """A JSON answer on stdout, its version first; what isn't ASCII is escaped."""
    import json

    click.echo(json.dumps({"version": 1, **value}, indent=2))
