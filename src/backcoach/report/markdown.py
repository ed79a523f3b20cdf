"""A report as Markdown, that reads well as it stands too."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from wcwidth import wcswidth

from backcoach.report.facts import Mean, Span
from backcoach.report.layout import Page, Section, Table, long_day
from backcoach.stats.pain import pain_bar

LINE_DAYS: Final = 56
"""So many days stand in a line of the chart."""
_MARKUP: Final = re.compile(r"([\\`*_\[\]<>|#~&])")


def to_markdown(page: Page) -> str:
    """The report, each paragraph and each table row on one line."""
    blocks = [f"# {_escaped(page.title)}", _escaped(page.period), *map(_escaped, page.about)]
    if page.keys:
        rows = (f"- {key.label}: {key.value} ({key.more})" for key in page.keys)
        blocks.append("\n".join(map(_escaped, rows)))
    for section in page.sections:
        blocks += _section(section, page)
    blocks.append(_escaped(page.foot))
    return "\n\n".join(blocks) + "\n"


def _section(section: Section, page: Page) -> Iterator[str]:
    yield f"## {_escaped(section.title)}"
    yield from (f"**{_escaped(line)}**" for line in section.alerts)
    yield from map(_escaped, section.lines)
    if section.days is not None:
        yield _chart(section.days, page.since, page.until)
    if section.table is not None:
        yield f"{_escaped(section.table.caption)}:"
        yield _table(section.table)


def _escaped(text: str) -> str:
    """A text on one line in which nothing is markup."""
    return _MARKUP.sub(r"\\\1", " / ".join(text.splitlines()))


def _table(table: Table) -> str:
    rows = [[column.title for column in table.columns], *table.rows]
    cells = [[_escaped(cell) for cell in row] for row in rows]
    widths = [max(3, *map(_width, column)) for column in zip(*cells, strict=True)]
    right = [column.number for column in table.columns]
    rule = [
        "-" * (width - 1) + (":" if number else "-")
        for width, number in zip(widths, right, strict=True)
    ]
    padded = [[_padded(*each) for each in zip(row, widths, right, strict=True)] for row in cells]
    return "\n".join(f"| {' | '.join(row)} |" for row in (padded[0], rule, *padded[1:]))


def _padded(text: str, width: int, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space


def _width(text: str) -> int:
    return max(0, wcswidth(text))


def _chart(days: Sequence[Span], since: date, until: date) -> str:
    """Pain as bars, a character a day, so many days a line."""
    known = {span.since: span for span in days}
    lines = ["```text"]
    first = since
    while first <= until:
        last = min(first + timedelta(days=LINE_DAYS - 1), until)
        shown = [
            known.get(first + timedelta(days=number)) for number in range((last - first).days + 1)
        ]
        lines += [
            f"{long_day(first)} to {long_day(last)}",
            f"before  {_bars(span.before if span else None for span in shown)}".rstrip(),
            f"after   {_bars(span.after if span else None for span in shown)}".rstrip(),
            f"stops   {''.join('×' if span and span.stops else ' ' for span in shown)}".rstrip(),
            "",
        ]
        first = last + timedelta(days=1)
    lines += ["▁ none, █ 10; a gap is a day without a score", "```"]
    return "\n".join(lines)


def _bars(means: Iterable[Mean | None]) -> str:
    return "".join(pain_bar(mean.value) if mean else " " for mean in means)
