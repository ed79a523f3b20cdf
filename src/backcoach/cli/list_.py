"""`backcoach list`: the library."""

from datetime import datetime
from typing import Any

import click

from backcoach.cli.main import Context, echo_json
from backcoach.document.problems import BadFileError, plain_text
from backcoach.durations import format_clock
from backcoach.errors import BackcoachError
from backcoach.history.store import StoreError, open_existing
from backcoach.paths import Paths
from backcoach.routines.finding import Entry, quick_name
from backcoach.routines.library import Library


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def command(context: Context, as_json: bool) -> None:
    """The library: every routine with its length. A broken file is listed with its problem."""
    library = Library(context.paths)
    last = _last_completed(context.paths)
    rows = [_row(library, entry, last.get(entry.id)) for entry in library.entries()]
    if as_json:
        echo_json({"routines": rows})
        return
    width = max((len(row["id"]) for row in rows), default=0)
    for row in rows:
        if row["problem"]:
            click.echo(f"{row['id']:{width}}      ✗  {row['problem']['message']}")
            continue
        source = "" if row["source"] == "bundled" else "  (yours)"
        total = format_clock(row["total_ms"])
        click.echo(f"{row['id']:{width}}  {total:>7}  {row['name']}{source}")


def _row(library: Library, entry: Entry, last: datetime | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": entry.id,
        "name": plain_text(quick_name(entry)),
        "source": entry.source,
        "path": str(entry.path),
        "total_ms": None,
        "stage": [],
        "tags": [],
        "last_completed_at": last and last.isoformat(timespec="seconds"),
        "problem": None,
    }
    try:
        timeline = library.load(entry)
    except BadFileError as error:
        first = next(iter(error.problems))
        row["problem"] = {
            "line": first.line,
            "column": first.column,
            "code": first.code,
            "message": plain_text(first.message),
        }
    except BackcoachError as error:
        row["problem"] = {
            "line": None,
            "column": None,
            "code": "unreadable",
            "message": plain_text(str(error)),
        }
    else:
        row |= {
            "total_ms": timeline.total_ms,
            "stage": list(timeline.stage),
            "tags": list(timeline.tags),
        }
    return row


def _last_completed(paths: Paths) -> dict[str, datetime]:
    try:
        store = open_existing(paths.history)
    except StoreError:
        return {}
    if store is None:
        return {}
    with store:
        return store.last_completed()
