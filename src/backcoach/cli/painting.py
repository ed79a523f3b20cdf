"""Reports on a terminal: their colours, where somebody wants them."""

import os
import sys
from typing import Final, TextIO

import click

from backcoach.document.problems import MOST_SHOWN, Problems
from backcoach.document.reports import Paint, count, report, text_report, unpainted

_STYLES: Final[dict[str, dict[str, object]]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "frame": {"fg": "blue", "bold": True},
    "note": {"fg": "cyan"},
    "help": {"bold": True},
}


def show_problems(problems: Problems) -> None:
    """What is wrong with one file, on stderr."""
    paint = painter(sys.stderr)
    shown = report(problems, MOST_SHOWN, lambda each: text_report(each, problems.text, paint))
    click.echo("\n\n".join(shown), err=True)
    click.echo(f"\n{count(problems)} in 1 file", err=True)


def painter(stream: TextIO) -> Paint:
    """How a report is coloured on a stream: not at all where nobody sees it, or wants it."""
    if not stream.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return unpainted
    return _paint


def _paint(role: str, text: str) -> str:
    style = _STYLES[role]
    return click.style(text, fg=style.get("fg"), bold=bool(style.get("bold")))  # type: ignore[arg-type]
