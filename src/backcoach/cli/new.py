"""`backcoach new`: a routine of the person's own, begun."""

import click

from backcoach.cli.main import Context
from backcoach.cli.saying import say
from backcoach.document.problems import plain_text
from backcoach.routines.finding import bundled_folder


@click.command("new")
@click.argument("name")
@click.pass_obj
def command(context: Context, name: str) -> None:
    """Begin a routine called NAME: a file with comments, to be changed.

    It never overwrites anything.
    """
    from backcoach.routines.customising import new_routine

    path = new_routine(context.paths, name)
    click.echo(plain_text(str(path)))
    if (bundled_folder() / path.name).exists():
        say(f"`{path.stem}` now stands in for the bundled routine of that id", err=True)
    say(f"backcoach edit {path.stem}    opens it", err=True)
    say(f"backcoach play {path.stem}    plays it", err=True)
