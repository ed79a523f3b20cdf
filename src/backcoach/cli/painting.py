"""Reports on a terminal: their colours, where somebody wants them."""

import os
import sys
from typing import Final, TextIO

import click

from backcoach.cli.saying import say
from backcoach.document.problems import MOST_SHOWN, Problems
from backcoach.document.reports import Paint, count, report, text_report, unpainted

_STYLES: Final[dict[str, tuple[str | None, bool]]] = {
    "error": ("red", True),
    "warning": ("yellow", True),
    "frame": ("blue", True),
    "note": ("cyan", False),
    "help": (None, True),
}
"""Role → its colour, and whether it is bold."""


def show_problems(problems: Problems) -> None:
    """What is wrong with one file, on stderr."""
    paint = painter(sys.stderr)
    shown = report(problems, MOST_SHOWN, lambda each: text_report(each, problems.text, paint))
    say("\n\n".join(shown), err=True)
    say(f"\n{count(problems)} in 1 file", err=True)


def painter(stream: TextIO) -> Paint:
    """How a report is coloured on a stream: not at all where nobody sees it, or wants it."""
    if not stream.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return unpainted
    return _paint


def _paint(role: str, text: str) -> str:
    colour, bold = _STYLES[role]
    return click.style(text, fg=colour, bold=bold)
