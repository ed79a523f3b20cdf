"""One session in full as a picture: what it came to, its holds, and its timeline."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backcoach.document.problems import plain_text
from backcoach.history.records import SessionRecord
from backcoach.report.session_log import LogLine, Weight
from backcoach.tui.canvas import Canvas, Role, shorten, wrap
from backcoach.tui.pictures.amending import Asking, draw_asking
from backcoach.tui.pictures.pieces import put_bar, put_keys, put_rule, put_upright
from backcoach.tui.pictures.session_card import (
    Line,
    card_lines,
    how,
    length_of,
    pain_of,
    put_line,
    when_long,
)

if TYPE_CHECKING:
    from backcoach.history.desk import Detail

WIDE: Final = 98
"""From so many columns on, the holds stand beside the timeline and stay there."""
_FOOT: Final = 2
_TIME: Final = 8
_ACTIVE: Final = 6
_ROLES: Final = {
    Weight.STRONG: Role.STRONG,
    Weight.USUAL: Role.TEXT,
    Weight.LIGHT: Role.MUTED,
    Weight.AMBER: Role.PREPARE,
}
_GONE: Final = "This session is deleted. u puts it back."


@dataclass(frozen=True, slots=True)
class SessionView:
    """What one session shows.

    Attributes:
        first: the first line that is shown.
        log: its timeline.
    """

    session: SessionRecord
    detail: "Detail | None" = None
    log: tuple[LogLine, ...] = ()
    first: int = 0
    problem: str = ""
    notice: str = ""
    asking: Asking | None = None
    deleted: bool = False


def rows_at(height: int) -> int:
    """How many lines are shown in so many rows."""
    return max(1, height - _top(height) - _FOOT - (1 if height >= 20 else 0))


def most_first(view: SessionView, width: int, height: int) -> int:
    """How far down it can be scrolled at this size."""
    return max(0, len(_lines(view, width)) - rows_at(height))


def draw_session(view: SessionView, width: int, height: int) -> Canvas:
    """The session at this size."""
    canvas = Canvas(width, height)
    session = view.session
    lines, rows = _lines(view, width), rows_at(height)
    first = min(view.first, max(0, len(lines) - rows))
    more = f"{first + 1}–{min(len(lines), first + rows)} of {len(lines)}  ↑↓"
    right = more if len(lines) > rows else ""
    facts = when_long(session) if width >= 60 else ""
    put_bar(canvas, plain_text(session.name), facts, right)
    top = _top(height)
    _draw_facts(canvas, session, max(1, top - 2 if height >= 20 else 1))
    if height >= 20:
        put_rule(canvas, top - 1)
    if view.problem:
        canvas.put_wrapped(2, top, width - 4, view.problem, Role.PREPARE, rows)
    elif view.detail is None:
        canvas.put(2, top, "…", Role.MUTED)
    elif width >= WIDE:
        card = _card_width(width)
        x = width - card - 2
        put_upright(canvas, x - 2, top, rows)
        beside = card_lines(view.detail, card)
        for number, line in enumerate(beside[:rows], top):
            put_line(canvas, x, number, line)
    for number, line in enumerate(lines[first : first + rows], top):
        put_line(canvas, 2, number, line)
    _draw_foot(canvas, view)
    return canvas


def _top(height: int) -> int:
    """The row of the first line."""
    return 4 if height >= 20 else 2


def _card_width(width: int) -> int:
    return max(34, width * 2 // 5)


def _draw_facts(canvas: Canvas, session: SessionRecord, y: int) -> None:
    pain = pain_of(session)
    parts = [length_of(session), f"pain {pain}" if pain else "", how(session)]
    if canvas.width < 60:
        parts[0] = parts[0].partition(" of ")[0]
        parts.insert(0, f"{session.started_at.day} {session.started_at:%b}")
    dot = " · " if canvas.width < 60 else "  ·  "
    canvas.put(2, y, shorten(dot.join(filter(None, parts)), canvas.width - 3), Role.STRONG)


def _lines(view: SessionView, width: int) -> list[Line]:
    """All there is to scroll through: in a narrow window the holds come first."""
    if view.detail is None:
        return []
    if width >= WIDE:
        return _log_lines(view.log, width - _card_width(width) - 7)
    room = width - 4
    lines = card_lines(view.detail, room)
    if lines:
        lines += [(), ((0, "─" * room, Role.AHEAD),)]
    return [*lines, *_log_lines(view.log, room)]


def _log_lines(log: tuple[LogLine, ...], width: int) -> list[Line]:
    """The timeline: when, how far into the session, and what; long lines go on in the next."""
    tight = width < 50
    at = _TIME + 1 if tight else _TIME + _ACTIVE + 3
    lines: list[Line] = []
    for each in log:
        indent = len(each.text) - len(each.text.lstrip())
        texts = wrap(each.text, max(8, width - at - indent)) or [""]
        for number, text in enumerate(texts):
            line: list[tuple[int, str, Role]] = [(at + indent, text, _ROLES[each.weight])]
            if not number:
                line.append((0, each.time, Role.MUTED))
                if not tight:
                    line.append((at - 2 - len(each.active), each.active, Role.AHEAD))
            lines.append(tuple(line))
    return lines


def _draw_foot(canvas: Canvas, view: SessionView) -> None:
    y = canvas.height - _FOOT
    if view.asking:
        draw_asking(canvas, y, view.asking)
        return
    words = _GONE if view.deleted else view.notice
    canvas.put(2, y, words[: canvas.width - 3], Role.PREPARE)
    gap = 2 if canvas.width < 60 else 3
    first = [("u", "put it back")] if view.deleted else []
    keys = [("x", "it hurts"), *first, ("n", "note"), ("s", "score"), ("d", "delete")]
    if canvas.width < 60 and not words:
        put_keys(canvas, 2, y, [("↑↓", "scroll"), ("esc", "back")], gap=gap)
        put_keys(canvas, 2, y + 1, keys, gap=gap)
        return
    put_keys(canvas, 2, y + 1, [*keys, ("↑↓", "scroll"), ("esc", "back")], gap=gap)
