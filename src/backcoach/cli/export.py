"""`backcoach export`: the history, to take elsewhere."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Final

import click

from backcoach.cli.dates import read_since
from backcoach.cli.handing_out import hand_out
from backcoach.cli.main import Context
from backcoach.history.reader import Reader, open_existing
from backcoach.session.clock import SystemClock, local

_SUFFIXES: Final = {"": "jsonl", ".jsonl": "jsonl", ".json": "jsonl", ".csv": "csv"}


@click.command("export")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv"]),
    help="jsonl has everything, csv a row a set. By default what FILE ends with, or jsonl.",
)
@click.option("--since", metavar="DATE|28d", help="Only sessions from this day on.")
@click.option("--force", is_flag=True, help="Write over FILE.")
@click.pass_obj
def command(
    context: Context, file: Path | None, form: str | None, since: str | None, force: bool
) -> None:
    """Write the history into FILE, or to the standard output.

    `backcoach import` reads jsonl again: nothing is lost on the way. Deleted sessions are left
    out. FILE is for you alone to read.
    """
    first = read_since(since, local(SystemClock().now()).date())
    as_csv = (form or _form_of(file)) == "csv"
    reader = open_existing(context.paths.history)
    with ExitStack() as stack:
        if reader is not None:
            stack.enter_context(reader)
        pieces = _pieces(reader, first, as_csv=as_csv)
        hand_out(file, (piece.encode() for piece in pieces), force=force)


def _form_of(file: Path | None) -> str:
    """What is written where nothing is said, by how the file's name ends.

    Raises:
        click.UsageError: it ends like something else.
    """
    form = _SUFFIXES.get("" if file is None else file.suffix.lower())
    if form is None:
        raise click.UsageError(
            f"{file}: end it with .jsonl or .json for everything, with .csv for a sheet, or say "
            "--format. Nothing was written."
        )
    return form


def _pieces(reader: Reader | None, since: date | None, *, as_csv: bool) -> Iterator[str]:
    if as_csv:
        from backcoach.report.sheet import sheet

        return sheet(reader, since)
    from backcoach.history.transfer import export

    return export(reader, since)
