"""What a report is made of, whatever it is written in: sections, lines and tables of plain text.

A line break is all that a cell can have in it besides words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from backcoach.document.problems import plain_text
from backcoach.report.facts import Span
from backcoach.stats.days import MINUTE_MS

NOTHING: Final = "–"
"""In a cell that has nothing to say."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; numbers stand at its right."""

    title: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of a row says what the row is about."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report.

    Attributes:
        alerts: lines that are seen before all others.
        days: what its chart shows; None where it has none.
        narrow: whether it may stand beside another one.
    """

    title: str
    lines: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    table: Table | None = None
    days: tuple[Span, ...] | None = None
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """A figure that is seen first: what it is, itself, and what belongs to it."""

    label: str
    value: str
    more: str


@dataclass(frozen=True, slots=True)
class Page:
    """A whole report; `since` and `until` are its first and last day."""

    title: str
    period: str
    since: date
    until: date
    about: tuple[str, ...]
    keys: tuple[Key, ...]
    sections: tuple[Section, ...]
    foot: str


def table(caption: str, titles: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Table:
    """A table; a title that begins with # is one of numbers."""
    columns = (Column(title.removeprefix("#"), title.startswith("#")) for title in titles)
    return Table(caption, tuple(columns), tuple(rows))


def clean(text: str) -> str:
    """A text of somebody's: what a terminal would obey is made visible, and lines stay lines."""
    return "\n".join(map(plain_text, text.splitlines())).strip()


def minutes_words(ms: int) -> str:
    """A length of time in minutes, or in hours and minutes."""
    hours, rest = divmod(round(ms / MINUTE_MS), 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def long_day(day: date) -> str:
    """A day with its month in full: `3 March 2026`."""
    return f"{day.day} {day:%B %Y}"
