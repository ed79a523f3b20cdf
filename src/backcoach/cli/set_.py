"""`backcoach set`: one value of a routine, changed in place."""

from pathlib import Path

import click

from backcoach.cli.completing import complete_routines
from backcoach.cli.main import Context
from backcoach.cli.painting import show_problems
from backcoach.cli.saying import say
from backcoach.document.editing import read_path
from backcoach.document.problems import plain_text, show_path
from backcoach.routines.finding import Entry


# A value may begin with a hyphen, and hold an h.
@click.command(
    "set", context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]}
)
@click.argument("routine", shell_complete=complete_routines)
@click.argument("path")
@click.argument("value")
@click.pass_obj
def command(context: Context, routine: str, path: str, value: str) -> None:
    """Change one value of ROUTINE: the one at PATH becomes VALUE.

    PATH is written like `steps[2].hold`, counting from 1; VALUE like `15s`, `6`, `'[6, 4, 2]'`.
    Every other byte of the file stays as it is, and a value that would be wrong is never
    written. A bundled routine is copied into your own folder first.
    """
    from backcoach.routines.customising import change_routine, copy_routine
    from backcoach.routines.library import Library

    library = Library(context.paths)
    entry = library.find(routine)
    copied: Path | None = None
    try:
        where = show_path(read_path(path))
        if entry.source == "bundled":
            copied = copy_routine(context.paths, entry)
            entry = Entry(entry.id, "user", copied)
        known = {(each.code, each.path) for each in library.check_file(entry.path)}
        written = change_routine(library, entry, path, value)
    except BaseException as error:
        if copied:
            copied.unlink()
        error.add_note("nothing was written")
        raise
    if copied:
        say(f"copied to {plain_text(str(copied))}", err=True)
    say(plain_text(f"{where} = {written}"))
    problems = library.check_file(entry.path)
    # What was unwise before is known; what has become so isn't.
    problems.found = [each for each in problems if (each.code, each.path) not in known]
    if problems:
        show_problems(problems)
