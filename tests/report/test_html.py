"""A report as a page of HTML: well-formed, closed to everything, and nothing but what was said."""

import base64
import hashlib
import re
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from month_building import SINCE, TODAY, Kept, answer, hurt, page_in

from backcoach.report.chart import HEIGHT, WIDTH
from backcoach.report.html import SHORT, to_html
from backcoach.report.layout import Page, Section, clean, table

VOID: Final = {"meta", "br"}
PLAIN: Final = {
    *("html", "head", "meta", "title", "style", "body", "main", "header", "footer", "section"),
    *("div", "h1", "h2", "p", "span", "strong", "dl", "dt", "dd", "br"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("svg", "desc", "g", "line", "circle", "path", "text"),
}
"""Every element that a report has: none fetches, runs or asks for anything."""
ATTRIBUTES: Final = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "scope", "id", "role"),
    *("aria-labelledby", "viewbox", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "d"),
    "text-anchor",
}
HOSTILE: Final = (
    "<script>alert(1)</script>",
    "</td></table><img src=https://example.org/a onerror=alert(1)>",
    "</style><script>1</script>",
    '" onmouseover="alert(1)',
    "&lt;b&gt; &amp; &#x41;",
    "<!-- a comment",
    "]]>",
    "腰 | שלום",
)


class Strict(HTMLParser):
    """Reads a page, and insists that each element is closed where it was opened.

    Attributes:
        elements: each with its attributes and the elements around it.
        texts: of each element that has some, in order.
    """

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None], tuple[str, ...]]] = []
        self.texts: list[tuple[str, str]] = []
        self._fresh = False
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs)
        self.elements.append((tag, dict(attrs), tuple(self.open)))
        if tag not in VOID:
            self.open.append(tag)
            self._fresh = True
        elif tag == "br" and not self._fresh:
            self.handle_data("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert "svg" in self.open, f"<{tag}/> is no HTML"
        self.elements.append((tag, dict(attrs), tuple(self.open)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._fresh or not self.texts:
            self.texts.append((self.open[-1] if self.open else "", data))
        elif self.open and self.texts[-1][0] == self.open[-1]:
            self.texts[-1] = (self.open[-1], self.texts[-1][1] + data)
        self._fresh = False

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of all elements of a kind."""
        return [attributes for name, attributes, _ in self.elements if name == tag]

    def text_of(self, tag: str) -> list[str]:
        """The texts of all elements of a kind."""
        return [text for name, text in self.texts if name == tag]


def page_with(*cells: str) -> Page:
    """A page with these texts as they come from a person."""
    rows = [("first", cell) for cell in cells]
    section = Section("A section", cells, table=table("All of it", ("One", "Two"), rows))
    return Page("A title", "a while", SINCE, TODAY, (), (), (section,), "the end")


@pytest.fixture
def written(tmp_path: Path) -> str:
    """A report with everything in it."""
    stop = (answer("what", "dull"), answer("red-flags", "no"), answer("again", 2))
    page = page_in(
        tmp_path / "history.db",
        Kept(0, note="Slept well.\nWalked."),
        Kept(1, before=3, after=3),
        Kept(2, before=None, after=2),
        hurt(3, *stop, answer("red-flags", "yes"), before=10),
        Kept(5, by_hand=True, name="Walk", before=None, after=None),
        Kept(9, before=0, after=None),
        notes=True,
    )
    return to_html(page)


def chart_of(written: str) -> ElementTree.Element:
    """The page's chart, read as XML."""
    found = re.search(r"<svg.*</svg>", written, re.DOTALL)
    assert found is not None
    return ElementTree.fromstring(found[0])


def shapes(chart: ElementTree.Element, kind: str) -> list[dict[str, str]]:
    """The shapes of a class, those of the legend left out."""
    days = [*chart.iter("line"), *(shape for day in chart.iter("g") for shape in day)]
    found = {id(shape): shape.attrib for shape in days if shape.get("class") == kind}
    return list(found.values())


# The page


def test_it_is_well_formed_and_plain(written: str) -> None:
    page = Strict(written)

    assert written.startswith("<!DOCTYPE html>\n")
    assert {tag for tag, _, _ in page.elements} == PLAIN
    assert {name for _, found, _ in page.elements for name in found} <= ATTRIBUTES
    assert page.all("html") == [{"lang": "en"}]
    assert page.all("meta")[0] == {"charset": "utf-8"}
    assert page.text_of("h1") == ["Exercise and pain record"]


def test_nothing_is_let_in_but_its_own_style(written: str) -> None:
    page = Strict(written)
    (style,) = page.text_of("style")
    (policy,) = (
        found["content"]
        for found in page.all("meta")
        if found.get("http-equiv") == "Content-Security-Policy"
    )
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()

    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"url\(|@import|@font-face|expression", style)
    assert "//" not in written


def test_tables_can_be_read_aloud(written: str) -> None:
    page = Strict(written)

    assert len(page.all("caption")) == len(page.all("table")) == 6
    assert {
        (found["scope"], around[-2]) for tag, found, around in page.elements if tag == "th"
    } == {("col", "thead"), ("row", "tbody")}
    rows = [around for tag, _, around in page.elements if tag == "tr"]
    first = [around for tag, found, around in page.elements if found.get("scope") == "row"]
    assert len(first) == len([around for around in rows if around[-1] == "tbody"])


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_a_text_is_text(text: str) -> None:
    page = Strict(to_html(page_with(text)))

    assert page.text_of("td") == page.text_of("p")[1:-1] == [text]
    assert {tag for tag, _, _ in page.elements} <= PLAIN


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_every_text_is_read_as_it_was_written(text: str) -> None:
    cell = clean(text)

    assert Strict(to_html(page_with(f"a {cell}"))).text_of("td") == [f"a {cell}"]


def test_what_a_name_and_a_note_hold_is_text(tmp_path: Path) -> None:
    script = "<script>alert(1)</script>"
    page = page_in(tmp_path / "history.db", Kept(0, name=script, note=script), notes=True)
    read = Strict(to_html(page))

    assert read.text_of("td").count(script) == 3
    assert "script" not in {tag for tag, _, _ in read.elements}


def test_only_long_texts_are_broken_into_lines() -> None:
    page = Strict(to_html(page_with("x" * SHORT, "y")))
    assert page.all("td") == [{"class": "short"}] * 2

    page = Strict(to_html(page_with("x" * (SHORT + 1), "y")))
    assert page.all("td") == [{}] * 2


# The chart


def test_the_chart_says_what_it_shows(written: str) -> None:
    chart = chart_of(written)
    named = (chart.get("aria-labelledby") or "").split()

    assert chart.get("role") == "img"
    assert [chart.find(f".//*[@id='{name}']") is not None for name in named] == [True, True]
    assert chart.findtext("title") == "Pain before and after, by day"
    assert "Pain before: 3.8, mean of 4, from 0 to 10" in (chart.findtext("desc") or "")
    assert [day.findtext("title") for day in chart.iter("g")] == [
        "13 Nov: before 0.0",
        "19 Nov: before 10.0, after 1.0",
        "20 Nov: after 2.0",
        "21 Nov: before 3.0, after 3.0",
        "22 Nov: before 2.0, after 1.0",
    ]


def test_days_without_a_score_are_gaps(written: str) -> None:
    chart = chart_of(written)

    # Of the days with a score before, only the last two follow each other.
    assert len(shapes(chart, "way")) == 1
    assert len(shapes(chart, "dot")) == 4
    assert len(shapes(chart, "ring")) == 4
    assert len(shapes(chart, "stem")) == 3
    assert len(shapes(chart, "cross")) == 1


def test_the_axis_has_all_of_the_scale(written: str) -> None:
    chart = chart_of(written)
    words = [text.text or "" for text in chart.iter("text")]
    dots = shapes(chart, "dot")

    assert [word for word in words if word in map(str, range(11))] == [
        "0",
        "2",
        "4",
        "6",
        "8",
        "10",
    ]
    grid = [float(line["y1"]) for line in (*shapes(chart, "axis")[:1], *shapes(chart, "grid"))]
    assert [float(dot["cy"]) for dot in dots[:2]] == [max(grid), min(grid)]


@pytest.mark.parametrize("days", [1, 2, 28, 62, 365, 3650])
def test_everything_is_inside_the_chart(tmp_path: Path, days: int) -> None:
    since = TODAY - timedelta(days=days - 1)
    ago = {0, days // 2, days - 1}
    page = page_in(
        tmp_path / "history.db", *(hurt(each, before=10, after=0) for each in ago), since=since
    )
    chart = chart_of(to_html(page))

    for shape in chart.iter():
        for name in ("x", "x1", "x2", "cx"):
            assert 0 <= float(shape.get(name, 0)) <= WIDTH
        for name in ("y", "y1", "y2", "cy"):
            assert 0 <= float(shape.get(name, 0)) <= HEIGHT
    dates = [text for text in chart.iter("text") if re.search("[A-Z]", text.text or "")]
    assert 1 <= len(dates) <= 10
