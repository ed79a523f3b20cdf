"""What home has to say: something to answer, how the week stands, where it hurt last time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len

from backcoach.timeline.model import Timeline
from backcoach.tui.canvas import Canvas, Role, shorten
from backcoach.tui.pictures.pieces import put_keys

if TYPE_CHECKING:
    from backcoach.history.records import StopRecord
    from backcoach.session.unfinished import Unfinished
    from backcoach.stats.adherence import Week

_MINUTE_MS = 60_000
_BAR = 10


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


def draw_news(canvas: Canvas, y: int, news: News) -> None:
    """What there is to say, and at its end what answers it."""
    width = canvas.width
    keys = sum(cell_len(key) + cell_len(does) + 5 for key, does in news.keys)
    room = width - 4 - keys
    canvas.put(2, y, shorten(news.words, room), Role.PREPARE)
    put_keys(canvas, width - keys, y, news.keys, gap=2, role=Role.TEXT)


def draw_week(canvas: Canvas, y: int, week: "Week") -> None:
    """How the week stands against its goals; one that is no goal is left out."""
    x = canvas.put(2, y, "THIS WEEK", Role.STRONG) + 3
    if week.walking_goal_ms:
        done, goal = week.walking_ms // _MINUTE_MS, week.walking_goal_ms // _MINUTE_MS
        x = canvas.put(x, y, f"walking {done} of {goal} min ", Role.MUTED)
        full = min(_BAR, done * _BAR // goal)
        canvas.put(x, y, "█" * full, Role.HOLD)
        canvas.put(x + full, y, "░" * (_BAR - full), Role.AHEAD)
        x += _BAR + 3
    counts = (
        ("strength", week.strength_days, week.strength_goal),
        ("mobility", week.mobility_days, week.mobility_goal),
        ("sessions", week.sessions, week.sessions_goal),
    )
    for name, done, goal in counts:
        if not goal or x + len(name) + 10 + max(goal, done) > canvas.width - 2:
            continue
        x = canvas.put(x, y, f"{name} {done} of {goal} ", Role.MUTED)
        canvas.put(x, y, "■" * done, Role.HOLD)
        x = canvas.put(x + done, y, "□" * max(0, goal - done), Role.AHEAD)
        x += 3


def stop_news(timeline: Timeline, stops: "Mapping[str, StopRecord]") -> str:
    """Where a routine was stopped last time: "Plank. Last time you stopped here …"; else ""."""
    from backcoach.stats.last_time import said_of_steps

    for number, said in said_of_steps(timeline, stops).items():
        return f"{timeline.steps[number - 1].name}. {said}"
    return ""
