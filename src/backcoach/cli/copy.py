"""`backcoach copy`: a routine, to be made one's own."""

import click

from backcoach.cli.completing import complete_routines
from backcoach.cli.main import Context
from backcoach.cli.saying import say
from backcoach.document.problems import plain_text
from backcoach.routines.finding import bundled_folder, find_entry


@click.command("copy")
@click.argument("routine", shell_complete=complete_routines)
@click.argument("id", required=False)
@click.pass_obj
def command(context: Context, routine: str, id: str | None) -> None:  # noqa: A002
    """Copy ROUTINE into your own folder, as ID or under its own.

    A routine of yours with the id of a bundled one stands in for it. It never overwrites
    anything.
    """
    from backcoach.routines.customising import copy_routine

    entry = find_entry(context.paths, routine)
    path = copy_routine(context.paths, entry, id)
    click.echo(plain_text(str(path)))
    if (bundled_folder() / path.name).exists():
        say(f"`{path.stem}` is now yours; delete the file to have ours again", err=True)
