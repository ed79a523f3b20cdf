"""What home has to say: something to answer, how the week stands, where it hurt last time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from backcoach.timeline.model import Timeline
from backcoach.tui.canvas import Canvas, Role, shorten, wrap
from backcoach.tui.pictures.pieces import put_keys

if TYPE_CHECKING:
    from backcoach.history.records import StopRecord
    from backcoach.session.unfinished import Unfinished
    from backcoach.stats.adherence import Week

_MINUTE_MS: Final = 60_000
_MOST_LINES: Final = 3
_BAR: Final = 10
"""Cells of the bar for walking."""


@dataclass(frozen=True, slots=True)
class News:
    """Something that home says.

    Attributes:
        keys: what answers it, with what that does; empty where any key takes note of it.
    """

    words: str
    keys: tuple[tuple[str, str], ...] = ()


def unfinished_news(unfinished: "Unfinished") -> News:
    """That a session was broken off, and may be gone on with."""
    session = unfinished.session
    ended = session.ended_at or session.started_at
    words = f"Broken off at {ended:%H:%M}: {session.name}, at {unfinished.where}"
    return News(words, (("g", "go on"), ("n", "leave it")))


def brought_back(sessions: int) -> str:
    """How many sessions a copy has brought back."""
    return f"{'One session is' if sessions == 1 else f'{sessions} sessions are'} back."


def news_rows(news: News, width: int) -> int:
    """How many rows it takes to say it, and to say what answers it."""
    lines, beside = _laid_out(news, width)
    return len(lines) + (not beside)


def draw_news(canvas: Canvas, y: int, news: News) -> None:
    """What there is to say, and at its end what answers it."""
    lines, beside = _laid_out(news, canvas.width)
    for row, line in enumerate(lines, y):
        canvas.put(2, row, line, Role.PREPARE)
    at = canvas.width - _keys_width(news) if beside else 2
    put_keys(canvas, at, y + len(lines) - beside, news.keys, gap=2, role=Role.TEXT)


def _laid_out(news: News, width: int) -> tuple[list[str], bool]:
    """The words in lines, and whether the keys have room beside the last of them."""
    lines = wrap(news.words, width - 4)
    if len(lines) > _MOST_LINES:
        rest = " ".join(lines[_MOST_LINES - 1 :])
        lines = [*lines[: _MOST_LINES - 1], shorten(rest, width - 4)]
    beside = cell_len(lines[-1]) + 4 + _keys_width(news) <= width if lines else True
    return lines, beside or not news.keys


def _keys_width(news: News) -> int:
    return sum(cell_len(key) + cell_len(does) + 5 for key, does in news.keys)


def draw_week(canvas: Canvas, y: int, week: "Week") -> None:
    """How the week stands against its goals; one that is no goal is left out.

    Where there is no room for all of them with their bars, they are words alone.
    """
    walked, walking = week.walking_ms // _MINUTE_MS, week.walking_goal_ms // _MINUTE_MS
    goals = (
        ("sessions", week.sessions, week.sessions_goal, "", "■", "□"),
        ("walking", walked, walking, " min", "█", "░"),
        ("strength", week.strength_days, week.strength_goal, "", "■", "□"),
        ("mobility", week.mobility_days, week.mobility_goal, "", "■", "□"),
    )
    parts = []
    for name, done, goal, unit, full, empty in goals:
        if goal:
            cells = min(goal, _BAR)
            reached = min(cells, done * cells // goal)
            bar = (full * reached, empty * (cells - reached))
            parts.append((f"{name} {done} of {goal}{unit}", *bar))
    x = canvas.put(2, y, "THIS WEEK", Role.STRONG) + 3
    room = canvas.width - 2 - x
    with_bars = sum(len("".join(part)) + 4 for part in parts) - 3 <= room
    for words, full, empty in parts:
        if x + len(words) > canvas.width - 2:
            break
        x = canvas.put(x, y, words, Role.MUTED)
        if with_bars:
            x = canvas.put(x + 1, y, full, Role.HOLD)
            x = canvas.put(x, y, empty, Role.AHEAD)
        x += 3


def stop_news(timeline: Timeline, stops: "Mapping[str, StopRecord]") -> str:
    """Where a routine was stopped last time: "Plank. Last time you stopped here …"; else ""."""
    from backcoach.stats.last_time import said_of_steps

    for number, said in said_of_steps(timeline, stops).items():
        return f"{timeline.steps[number - 1].name}. {said}"
    return ""
