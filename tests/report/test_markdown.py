"""A report as Markdown, read by another reader of it, and by eye."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from month_building import SINCE, TODAY, Kept, answer, hurt, page_in
from wcwidth import wcswidth

from backcoach.report.layout import Page, Section, clean, table
from backcoach.report.markdown import to_markdown

HOSTILE: Final = (
    "a | b",
    "<script>alert(1)</script>",
    "**bold** _it_ `code` ~~gone~~",
    "[a](https://example.org) ![b](c) <https://example.org>",
    "# no heading",
    "- no list",
    "1. no list",
    "> no quote",
    "&lt;&amp;&#42;",
    "back\\slash\\| and \\",
    "腰が軽い | 🧘",
    "```",
    "---",
)


def tokens_of(text: str) -> list[Token]:
    """What another reader makes of a text."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def cells_of(text: str) -> list[str]:
    """The cells of all tables, as they are shown."""
    tokens = tokens_of(text)
    return [
        shown(after) for token, after in pairwise(tokens) if token.type in ("td_open", "th_open")
    ]


def shown(token: Token) -> str:
    """An inline token's text; markup in it shows as what it is."""
    return "".join(
        child.content if child.type in ("text", "text_special") else f"<{child.type}>"
        for child in token.children or ()
    )


def page_with(*cells: str) -> Page:
    """A page with these texts in all places where a text can be."""
    rows = [(cell, cell) for cell in cells]
    section = Section("A section", table=table("All of it", ("One", "#Two"), rows))
    return Page("A title", "a while", SINCE, TODAY, (), (), (section,), "the end")


def table_lines(text: str) -> Iterator[list[str]]:
    """The lines of each table."""
    for found in re.finditer(r"(?:^\|.*\|$\n?)+", text, re.MULTILINE):
        yield found[0].splitlines()


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_text_is_markup(text: str) -> None:
    written = to_markdown(page_with(text))

    assert cells_of(written) == ["One", "Two", text, text]
    kinds = {token.type for token in tokens_of(written)}
    assert not kinds & {"html_block", "fence", "code_block", "blockquote_open", "hr"}


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), max_size=4))
def test_a_cell_is_read_as_it_was_written(texts: list[str]) -> None:
    cells = [clean(text) for text in texts]

    read = cells_of(to_markdown(page_with(*cells)))
    # Space around a cell, and how wide it is, is nothing that Markdown keeps.
    assert [" ".join(cell.split()) for cell in read[2::2]] == [
        " ".join(" / ".join(cell.splitlines()).split()) for cell in cells
    ]


@pytest.mark.parametrize("cells", [HOSTILE, ("",), ()])
def test_tables_are_aligned(cells: tuple[str, ...]) -> None:
    (lines,) = table_lines(to_markdown(page_with(*cells)))

    assert len(lines) == len(cells) + 2
    assert len({wcswidth(line) for line in lines}) == 1


def test_a_whole_report(tmp_path: Path) -> None:
    stop = (answer("what", "dull"), answer("where", "low-back"), answer("how-much", 4))
    page = page_in(
        tmp_path / "history.db", Kept(0), Kept(2, before=10, after=0), hurt(3, *stop, before=4)
    )
    text = to_markdown(page)

    assert text.startswith("# Exercise and pain record\n\n26 October 2026 to 22 November 2026")
    assert "\n- Sessions: 3 of 2 (the goal: 4 a week)\n" in text
    assert "\n- Stops: 1 (in 1 exercise)\n" in text
    headings = re.findall(r"(?m)^## (.+)$", text)
    assert headings == ["Pain, 0 to 10", "Stops", "Exercises", "Week by week", "Sessions"]
    assert "dull ache, or effort | low back" in text
    assert not re.search(r"[ \t]$|\n\n\n", text, re.MULTILINE)


def test_the_chart_has_a_place_for_each_day(tmp_path: Path) -> None:
    page = page_in(tmp_path / "history.db", Kept(0, before=10, after=5), hurt(26, before=0))

    _, chart, *_ = to_markdown(page).split("```")
    assert chart.splitlines()[1:5] == [
        "26 October 2026 to 22 November 2026",
        f"before   ▁{' ' * 25}█",
        f"after    ▂{' ' * 25}▅",
        "stops    ×",
    ]


def test_the_chart_of_a_long_while_is_in_lines(tmp_path: Path) -> None:
    page = page_in(tmp_path / "history.db", Kept(0), since=date(2026, 6, 1))

    _, chart, *_ = to_markdown(page).split("```")
    starts = re.findall(r"(?m)^\d+ \w+ 2026", chart)
    assert starts == ["1 June 2026", "27 July 2026", "21 September 2026", "16 November 2026"]
    assert max(map(len, chart.splitlines())) <= 64
