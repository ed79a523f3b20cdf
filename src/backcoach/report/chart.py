"""Pain over the days of a report, as a drawing inside its page: shapes, not colours, tell apart.

A dot is the score before, a ring the one after, of the same day; a line joins them, and thinner
ones the dots of days that follow each other. A day without a score is a gap.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from html import escape
from itertools import pairwise
from typing import Final

from backcoach.report.facts import Mean, Span

WIDTH: Final = 720
HEIGHT: Final = 154
_LEFT, _RIGHT, _TOP, _BOTTOM = 26, 8, 22, 34
_MOST_PAIN: Final = 10
_MOST_TICKS: Final = 9
_STEPS: Final = (1, 2, 7, 14, 28, 56, 91, 182, 364)
"""Days between two dates on the axis."""


class _Scale:
    """Where days and scores stand in the drawing."""

    def __init__(self, since: date, until: date) -> None:
        self.since = since
        self.days = (until - since).days + 1
        self.wide = (WIDTH - _LEFT - _RIGHT) / self.days
        self.radius = min(3.2, max(0.9, self.wide * 0.22))

    def x(self, day: date) -> float:
        """The middle of a day."""
        return round(_LEFT + ((day - self.since).days + 0.5) * self.wide, 1)

    def y(self, value: float) -> float:
        """The height of a score."""
        return round(_TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - value / _MOST_PAIN), 1)


def pain_chart(days: Sequence[Span], since: date, until: date, *, describe: str) -> str:
    """The drawing, as an SVG element.

    Args:
        days: those with something to show, in order.
        since, until: the first and the last day of the axis.
        describe: what it shows, for who can't see it.
    """
    scale = _Scale(since, until)
    parts = [
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        ' aria-labelledby="chart-title chart-text">',
        '<title id="chart-title">Pain before and after, by day</title>',
        f'<desc id="chart-text">{escape(describe)}</desc>',
        *_legend(),
        *_axes(scale, until),
        *_lines(days, scale),
        *(part for span in days for part in _day(span, scale)),
        "</svg>",
    ]
    return "\n".join(parts)


def _legend() -> Iterator[str]:
    y, at = 8, _LEFT + 4
    yield _dot(at, y, 3.2)
    yield _text(at + 9, y + 3.5, "before")
    yield _ring(at + 60, y, 3.2)
    yield _text(at + 69, y + 3.5, "after")
    yield _cross(at + 112, y)
    yield _text(at + 121, y + 3.5, "a stop: it hurt")


def _axes(scale: _Scale, until: date) -> Iterator[str]:
    for value in range(0, _MOST_PAIN + 1, 2):
        y = scale.y(value)
        kind = "axis" if value == 0 else "grid"
        yield f'<line class="{kind}" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y}" y2="{y}"/>'
        yield _text(_LEFT - 6, y + 3.5, str(value), "end")
    step = next((step for step in _STEPS if scale.days <= step * _MOST_TICKS), None)
    step = step or scale.days // _MOST_TICKS
    day, floor = scale.since, scale.y(0)
    while day <= until:
        x = scale.x(day)
        yield f'<line class="axis" x1="{x}" x2="{x}" y1="{floor}" y2="{floor + 4}"/>'
        anchor = "start" if day == scale.since and scale.wide < 20 else "middle"
        yield _text(x, HEIGHT - 3, f"{day.day} {day:%b}", anchor)
        day += timedelta(days=step)


def _lines(days: Sequence[Span], scale: _Scale) -> Iterator[str]:
    for one, other in pairwise(days):
        if one.before and other.before and other.since - one.since == timedelta(days=1):
            yield _line("way", one, one.before, other, other.before, scale)


def _day(span: Span, scale: _Scale) -> Iterator[str]:
    said = ", ".join(f"{word} {mean.value:.1f}" for word, mean in _scores(span) if mean is not None)
    yield f"<g><title>{span.since.day} {span.since:%b}: {said or 'a stop'}</title>"
    x = scale.x(span.since)
    if span.before and span.after:
        yield _line("stem", span, span.before, span, span.after, scale)
    if span.after:
        yield _ring(x, scale.y(span.after.value), scale.radius)
    if span.before:
        yield _dot(x, scale.y(span.before.value), scale.radius)
    if span.stops:
        yield _cross(x, scale.y(0) + 12)
    yield "</g>"


def _scores(span: Span) -> tuple[tuple[str, Mean | None], ...]:
    return ("before", span.before), ("after", span.after)


def _line(kind: str, one: Span, start: Mean, other: Span, end: Mean, scale: _Scale) -> str:
    return (
        f'<line class="{kind}" x1="{scale.x(one.since)}" y1="{scale.y(start.value)}"'
        f' x2="{scale.x(other.since)}" y2="{scale.y(end.value)}"/>'
    )


def _dot(x: float, y: float, radius: float) -> str:
    return f'<circle class="dot" cx="{x}" cy="{y}" r="{round(radius * 0.8, 1)}"/>'


def _ring(x: float, y: float, radius: float) -> str:
    # Around a dot, where both scores are the same.
    return f'<circle class="ring" cx="{x}" cy="{y}" r="{round(radius * 1.5, 1)}"/>'


def _cross(x: float, y: float) -> str:
    return f'<path class="cross" d="M{x - 3:g} {y - 3:g}l6 6m0-6l-6 6"/>'


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(words)}</text>'
