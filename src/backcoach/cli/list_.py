"""`backcoach list`: the library."""

from datetime import datetime
from typing import Any

import click

from backcoach.cli.main import Context, echo_json
from backcoach.cli.wiring import last_completed
from backcoach.document.problems import BadFileError, Problem, plain_text, problem_json
from backcoach.durations import format_clock
from backcoach.errors import BackcoachError
from backcoach.routines.finding import Entry, quick_name
from backcoach.routines.library import Library


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def command(context: Context, as_json: bool) -> None:
    """The library: every routine with its length. A broken file is listed with its problem."""
    library = Library(context.paths)
    last = last_completed(context.paths)
    rows = [_row(library, entry, last.get(entry.id)) for entry in library.entries()]
    if as_json:
        echo_json({"routines": rows})
        return
    width = max((len(row["id"]) for row in rows), default=0)
    for row in rows:
        name = f"{plain_text(row['id']):{width}}"
        if row["problem"]:
            click.echo(f"{name}        ✗  {plain_text(row['problem']['message'])}")
            continue
        source = "" if row["source"] == "bundled" else "  (yours)"
        click.echo(f"{name}  {format_clock(row['total_ms']):>7}  {row['name']}{source}")


def _row(library: Library, entry: Entry, last: datetime | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": entry.id,
        "name": "",
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
        row["problem"] = problem_json(next(iter(error.problems)))
    except BackcoachError as error:
        row["problem"] = problem_json(Problem(str(entry.path), "unreadable", str(error)))
    else:
        return row | {
            "name": timeline.name,
            "total_ms": timeline.total_ms,
            "stage": list(timeline.stage),
            "tags": list(timeline.tags),
        }
    return row | {"name": plain_text(quick_name(entry))}
