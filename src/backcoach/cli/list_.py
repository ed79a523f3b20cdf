"""`backcoach list`: the library."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from backcoach.cli.main import Context, echo_json
from backcoach.cli.saying import say
from backcoach.document.problems import BadFileError, Problem, plain_text, problem_json
from backcoach.durations import format_clock
from backcoach.errors import BackcoachError
from backcoach.routines.finding import Entry, quick_name

if TYPE_CHECKING:
    from backcoach.catalogue.loading import Catalogue
    from backcoach.routines.library import Library


@click.command("list")
@click.option("--exercises", is_flag=True, help="The exercises that a routine can name.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def command(context: Context, exercises: bool, as_json: bool) -> None:
    """The library: every routine with its length. A broken file is listed with its problem."""
    from backcoach.catalogue.loading import Catalogue
    from backcoach.history.reader import Reader, glance
    from backcoach.routines.library import Library

    if exercises:
        _list_exercises(Catalogue(context.paths.exercises), as_json)
        return
    library = Library(context.paths)
    last = glance(context.paths.history, Reader.last_completed) or {}
    entries = library.entries()
    rows = [_row(library, entry, last.get(entry.id)) for entry in entries]
    if as_json:
        echo_json({"routines": rows})
        return
    width = max((len(row["id"]) for row in rows), default=0)
    for entry, row in zip(entries, rows, strict=True):
        say(_line(entry, row, width))


def _list_exercises(catalogue: "Catalogue", as_json: bool) -> None:
    names = catalogue.names()
    if as_json:
        echo_json({"exercises": [{"id": each, "name": names.get(each)} for each in catalogue.ids]})
        return
    width = max(map(len, catalogue.ids))
    for each in catalogue.ids:
        say(plain_text(f"{each:{width}}  {names.get(each, '✗')}"))


def _line(entry: Entry, row: dict[str, Any], width: int) -> str:
    name = f"{plain_text(row['id']):{width}}"
    yours = {"bundled": "", "user": "  (yours)"}.get(row["source"], "")
    if entry.stands_in:
        yours = "  (yours, instead of the bundled one)"
    if problem := row["problem"]:
        where = entry.path.name if problem["line"] is None else f"line {problem['line']}"
        told = f"✗  {plain_text(where)}: {plain_text(problem['message'])}"
        return f"{name}  {'':>7}  {told}{yours}"
    return f"{name}  {format_clock(row['total_ms']):>7}  {row['name']}{yours}"


def _row(library: "Library", entry: Entry, last: datetime | None) -> dict[str, Any]:
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
