"""A report as one page of HTML: nothing is fetched, nothing runs, and it prints."""

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from html import escape
from importlib import resources
from itertools import groupby
from typing import Final

from backcoach.report.chart import pain_chart
from backcoach.report.layout import Key, Page, Section, Table

SHORT: Final = 18
"""A column whose cells have no more letters than this isn't broken into lines."""
MOST_WHOLE: Final = 30
"""A section with no more rows than this stays in one piece."""


def to_html(page: Page) -> str:
    """The whole page, in UTF-8's characters."""
    style = _style()
    # Whatever a text may smuggle in: only this very style is let through.
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{escape(page.title)}, {escape(page.period)}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        "<main>",
        *_header(page),
        *(part for section in _arranged(page) for part in section),
        f"<footer><p>{escape(page.foot)}</p></footer>",
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


@cache
def _style() -> str:
    return (resources.files("backcoach.report") / "page.css").read_text("utf-8")


def _header(page: Page) -> Iterator[str]:
    yield "<header>"
    yield f"<h1>{escape(page.title)}</h1>"
    yield f'<p class="period">{escape(page.period)}</p>'
    # On paper it goes from hand to hand, and the program knows nobody's name.
    yield '<p class="who"><span>Name</span><span>Date of birth</span></p>'
    yield from (f'<p class="about">{escape(line)}</p>' for line in page.about)
    yield "</header>"
    if page.keys:
        yield '<dl class="keys">'
        yield from map(_key, page.keys)
        yield "</dl>"


def _key(key: Key) -> str:
    return (
        f"<div><dt>{escape(key.label)}</dt><dd>{escape(key.value)}</dd>"
        f'<dd class="more">{escape(key.more)}</dd></div>'
    )


def _arranged(page: Page) -> Iterator[Iterator[str]]:
    """The sections in their order, narrow ones that follow each other side by side."""
    for narrow, sections in groupby(page.sections, key=lambda section: section.narrow):
        if narrow:
            yield iter(('<div class="beside">',))
        for section in sections:
            yield _section(section, page)
        if narrow:
            yield iter(("</div>",))


def _section(section: Section, page: Page) -> Iterator[str]:
    short = section.table is None or len(section.table.rows) <= MOST_WHOLE
    yield '<section class="whole">' if short else "<section>"
    yield f"<h2>{escape(section.title)}</h2>"
    if section.days:
        described = "; ".join(f"{key.label}: {key.value}, {key.more}" for key in page.keys)
        yield pain_chart(section.days, page.since, page.until, describe=described)
    yield from (f"<p><strong>{escape(line)}</strong></p>" for line in section.alerts)
    yield from (f"<p>{escape(line)}</p>" for line in section.lines)
    if section.table is not None:
        yield from _table(section.table)
    yield "</section>"


def _table(table: Table) -> Iterator[str]:
    yield "<table>"
    yield f"<caption>{escape(table.caption)}</caption>"
    kinds = [_kind(table, at) for at in range(len(table.columns))]
    heads = (
        f'<th scope="col"{kind}>{escape(column.title)}</th>'
        for column, kind in zip(table.columns, kinds, strict=True)
    )
    yield f"<thead><tr>{''.join(heads)}</tr></thead>"
    yield "<tbody>"
    for first, *others in table.rows:
        cells = (
            f"<td{kind}>{_text(cell)}</td>" for cell, kind in zip(others, kinds[1:], strict=True)
        )
        yield f'<tr><th scope="row"{kinds[0]}>{_text(first)}</th>{"".join(cells)}</tr>'
    yield "</tbody>"
    yield "</table>"


def _kind(table: Table, at: int) -> str:
    """How a column is set: a short one stays on one line."""
    short = all(len(row[at]) <= SHORT for row in table.rows)
    kinds = [*(["number"] if table.columns[at].number else []), *(["short"] if short else [])]
    return f' class="{" ".join(kinds)}"' if kinds else ""


def _text(cell: str) -> str:
    return escape(cell).replace("\n", "<br>")
