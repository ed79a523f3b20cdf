"""`backcoach report`: a page about a period, for a physiotherapist."""

from pathlib import Path
from typing import Final

import click

from backcoach.cli.dates import read_day, read_since
from backcoach.cli.handing_out import hand_out
from backcoach.cli.main import Context

DAYS: Final = 28
"""A report is about so many days where nothing else is asked for."""
_SUFFIXES: Final = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html"}


@click.command("report")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--since", metavar="DATE|28d", help=f"The first day; else the last {DAYS} days.")
@click.option("--until", metavar="DATE", help="The last day; else today.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["md", "html"]),
    help="By default what FILE ends with; md to the standard output.",
)
@click.option("--notes", is_flag=True, help="Your own notes too: they are left out otherwise.")
@click.option("--force", is_flag=True, help="Write over FILE.")
@click.pass_obj
def command(
    context: Context,
    file: Path | None,
    since: str | None,
    until: str | None,
    form: str | None,
    notes: bool,
    force: bool,
) -> None:
    """A page for a physiotherapist, into FILE (.md or .html) or to the standard output.

    How often, what was done of what was planned, pain before and after, stops by exercise and
    side. The html page needs no network and prints on one sheet for a usual month. FILE is for
    you alone to read.
    """
    from backcoach.cli.wiring import settings_in
    from backcoach.report.page import page_of
    from backcoach.report.reading import facts_in
    from backcoach.session.clock import SystemClock, local

    form = form or _form_of(file)
    today = local(SystemClock().now()).date()
    last = read_day(until, today, "--until") if until else today
    first = read_since(since or f"{DAYS}d", last)
    assert first is not None
    if first > last:
        raise click.UsageError(f"the period would end on {last}, before it begins on {first}")
    a_week = settings_in(context.paths)[0].week.sessions
    facts = facts_in(context.paths.history, first, last, a_week=a_week, notes=notes)
    page = page_of(facts, today)
    if form == "html":
        from backcoach.report.html import to_html as write
    else:
        from backcoach.report.markdown import to_markdown as write
    hand_out(file, [write(page).encode()], force=force)


def _form_of(file: Path | None) -> str:
    if file is None or file == Path("-"):
        return "md"
    form = _SUFFIXES.get(file.suffix.lower())
    if form is None:
        raise click.UsageError(f"{file}: end it with .md or .html, or say --format")
    return form
