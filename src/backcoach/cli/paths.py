"""`backcoach paths`: where everything is."""

import click

from backcoach.cli.main import Context, echo_json
from backcoach.document.problems import plain_text

NAMES = ("data", "config", "routines", "exercises", "history", "backups", "log")


@click.command("paths")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def command(context: Context, as_json: bool) -> None:
    """Where everything is on this machine."""
    found = {name: str(getattr(context.paths, name)) for name in NAMES}
    if as_json:
        # Its names are fixed; what is new is for people only.
        echo_json(found)
        return
    found["settings"] = str(context.paths.settings)
    for name, path in found.items():
        click.echo(f"{name:10} {plain_text(path)}")
