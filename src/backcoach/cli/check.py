"""`backcoach check`: what is wrong with routine and exercise files, and what is unwise."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from backcoach.cli.completing import complete_routines
from backcoach.cli.main import Context, echo_json
from backcoach.cli.painting import painter
from backcoach.cli.saying import say
from backcoach.document.problems import (
    MOST_SHOWN,
    Problem,
    Problems,
    Severity,
    plain_text,
    problem_json,
)
from backcoach.document.reading import MAX_BYTES
from backcoach.document.reports import (
    Paint,
    concise_report,
    count,
    github_report,
    report,
    text_report,
)
from backcoach.errors import EXIT_PROBLEM, EXIT_USAGE, UnreadableError

if TYPE_CHECKING:
    from backcoach.routines.library import Library

STDIN: Final = "-"


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=complete_routines)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "concise", "json", "github"]),
    default="text",
    help="How the problems are printed.",
)
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@click.option(
    "--max-errors",
    type=click.IntRange(1),
    default=MOST_SHOWN,
    show_default=True,
    metavar="N",
    help="So many problems of a file are told.",
)
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[str, ...], form: str, strict: bool, max_errors: int
) -> None:
    """Check routine and exercise files: each PATH, or the whole library.

    A PATH is a file, else the id of a routine, or `-` for what is piped in. The exit status is 0
    where nothing is wrong, 1 where something is, 2 where a file can't be read. Warnings never
    change it, unless --strict.
    """
    context: Context = ctx.obj
    from backcoach.routines.library import Library

    library = Library(context.paths)
    unreadable = False
    checked: list[Problems] = []
    for outcome in _checked(library, paths):
        if isinstance(outcome, UnreadableError):
            unreadable = True
            say(f"backcoach: {plain_text(str(outcome))}", err=True)
        else:
            checked.append(outcome)
    _print(checked, form, max_errors)
    found = [problem for problems in checked for problem in problems]
    _sum_up(len(checked), found)
    if unreadable:
        ctx.exit(EXIT_USAGE)
    if any(strict or problem.severity is Severity.ERROR for problem in found):
        ctx.exit(EXIT_PROBLEM)


def _checked(library: "Library", paths: tuple[str, ...]) -> Iterator[Problems | UnreadableError]:
    """What was found in each file, in the order they were named."""
    if not paths:
        yield from library.check_all()
        return
    for path in paths:
        try:
            yield _check(library, path)
        except UnreadableError as error:
            yield error


def _check(library: "Library", path: str) -> Problems:
    if path == STDIN:
        return library.check_text(_piped())
    # A file beats the id of a routine, but not a folder that happens to have its name.
    if os.path.exists(path) and not os.path.isdir(path):
        for entry in library.entries():
            if entry.id == path:
                told = f"`{path}` is a file here, which was checked; the routine is {entry.path}"
                say(plain_text(told), err=True)
        return library.check_file(Path(path))
    return library.check_file(library.find(path).path)


def _piped() -> bytes:
    try:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableError(f"stdin: {error.strerror or error}") from error


def _print(checked: list[Problems], form: str, most: int) -> None:
    if form == "json":
        shown = [problem for problems in checked for problem in problems.found[:most]]
        total = sum(len(problems) for problems in checked)
        echo_json(
            {
                "files": len(checked),
                "omitted": total - len(shown),
                "problems": [problem_json(problem) for problem in shown],
            }
        )
        return
    paint = painter(sys.stdout)
    # The other forms are for programs, which may read them from a terminal of their own.
    show = say if form == "text" else click.echo
    for problems in checked:
        for lines in report(problems, most, _shower(form, problems.text, paint)):
            show(lines)


def _shower(form: str, text: str | None, paint: Paint) -> Callable[[Problem], str]:
    """How a problem of a file with this text is shown."""

    def with_its_lines(problem: Problem) -> str:
        return f"{text_report(problem, text, paint)}\n"

    return {"concise": concise_report, "github": github_report}.get(form, with_its_lines)


def _sum_up(files: int, found: list[Problem]) -> None:
    """Say how it went, where a person reads it."""
    if not files:
        return
    what = "1 file" if files == 1 else f"{files} files"
    say(f"{count(found)} in {what}" if found else f"{what}, nothing wrong", err=True)
    if found:
        codes = dict.fromkeys(problem.code for problem in found)
        say(f"`backcoach explain {next(iter(codes))}` tells more", err=True)
