"""One session as it went: its facts, its steps hold by hold, its stops, its note."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from backcoach.document.problems import plain_text
from backcoach.durations import format_clock
from backcoach.history.records import SessionRecord
from backcoach.report.detail import one_line, stops_said
from backcoach.stats.words import how_it_ended, so_many_stops
from backcoach.tui.canvas import Canvas, Role, shorten, wrap
from backcoach.tui.pictures.holds import (
    DONE,
    NOT_DONE,
    STOPPED,
    TIMED,
    Holds,
    holds_of,
)

if TYPE_CHECKING:
    from backcoach.history.desk import Detail

Piece = tuple[int, str, Role]
"""Where a text begins, counted from the line's own start, and what it is drawn with."""
Line = tuple[Piece, ...]

MOST_NAME: Final = 24
BESIDE: Final = 64
"""From so many cells on, a card has what was said beside what was done."""
_SIGNS: Final = {
    DONE: Role.HOLD,
    TIMED: Role.HOLD,
    STOPPED: Role.STRONG,
    NOT_DONE: Role.AHEAD,
    " ": Role.TEXT,
    "/": Role.MUTED,
}


def when_long(session: SessionRecord) -> str:
    """The day and the hour, "Tue 14 May 18:07"; of another year than today's, see the list."""
    at = session.started_at
    return f"{at:%a} {at.day} {at:%b %Y} {at:%H:%M}"


def when_short(session: SessionRecord, now: datetime, *, weekday: bool) -> str:
    """The same for a list: what is older than ten months has its year and no hour."""
    at = session.started_at
    if abs((now.date() - at.date()).days) >= 300:
        return f"{at.day:2} {at:%b %Y}"
    return f"{f'{at:%a} ' if weekday else ''}{at.day:2} {at:%b} {at:%H:%M}"


def score(pain: int | None) -> str:
    """A score, or a dash where there is none."""
    return "–" if pain is None else str(pain)


def pain_of(session: SessionRecord) -> str:
    """Pain before and after: "2 → 1"; empty where neither was said."""
    if session.pain_before is None and session.pain_after is None:
        return ""
    return f"{score(session.pain_before)} → {score(session.pain_after)}"


def how(session: SessionRecord) -> str:
    """How it went: a sign and a word or two."""
    if session.by_hand:
        return "by hand"
    ended, stops = how_it_ended(session), so_many_stops(session)
    if session.outcome == "running":
        return ended
    if session.outcome != "completed":
        words = f"{'×' if stops or session.outcome == 'pain' else '◐'} {ended}"
    elif stops:
        words = f"× {stops}"
    else:
        words = "✓ clean" if session.clean else "✓"
    return f"{words[0]} rehearsal" if session.rehearsal else words


def length_of(session: SessionRecord) -> str:
    """How long it took, of how long it was planned to."""
    active = format_clock(session.active_ms)
    if not session.planned_ms or session.by_hand:
        return active
    return f"{active} of {format_clock(session.planned_ms)}"


def card_lines(detail: "Detail", width: int) -> list[Line]:
    """Everything but the timeline, in lines of so many cells."""
    holds, said = list(hold_lines(holds_of(detail), width)), said_lines(detail, width)
    return [*holds, *([()] if holds and said else []), *said]


def said_lines(detail: "Detail", width: int) -> list[Line]:
    """Its stops with their answers, and its note."""
    lines: list[Line] = []
    for stop in stops_said(detail):
        for number, text in enumerate(wrap(stop.where, width - 2)):
            mark: Line = ((0, "×", Role.STRONG),) if not number else ()
            lines.append((*mark, (2, text, Role.TEXT)))
        lines += (((2, text, Role.MUTED),) for text in wrap(stop.answers, width - 2))
    note = one_line(detail.session.note)
    if note and lines:
        lines.append(())
    for number, text in enumerate(wrap(note, width - 6)):
        label: Line = ((0, "note", Role.MUTED),) if not number else ()
        lines.append((*label, (6, text, Role.TEXT)))
    return lines


def hold_lines(holds: list[Holds], width: int) -> Iterator[Line]:
    """Each step: its name, and its reps as blocks, or as numbers where there is no room."""
    longest = max((cell_len(each.name) for each in holds), default=0)
    name_width = min(longest, MOST_NAME, max(8, width // 2 - 2))
    at = name_width + 2
    blocks = all(len(each.blocks) <= width - at for each in holds)
    for each in holds:
        # One line for most; what doesn't fit into it goes on in the next.
        line: list[Piece] = [(0, shorten(each.name, name_width), Role.TEXT)]
        if each.sides and (blocks or len(each.blocks) <= width - at):
            line += _in_signs(at, each.blocks)
            end = at + len(each.blocks) + 2
            timed = TIMED in each.blocks
            words = [*([each.counts] if timed else []), *each.words]
        else:
            line.append((at, each.counts, Role.TEXT))
            end = at + len(each.counts) + (2 if each.counts else 0)
            words = list(each.words)
        text = ", ".join(words)
        if text and end + len(text) > width and end > at:
            yield tuple(line)
            line, end = [], at
        if text:
            line.append((end, shorten(text, width - end), Role.MUTED))
        yield tuple(line)


def _in_signs(x: int, text: str) -> Iterator[Piece]:
    """Blocks in stretches of one role."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or _SIGNS[text[end]] is not _SIGNS[text[start]]:
            yield x + start, text[start:end], _SIGNS[text[start]]
            start = end


def put_line(canvas: Canvas, x: int, y: int, line: Line) -> None:
    """Write a line."""
    for at, text, role in line:
        canvas.put(x + at, y, text, role)


def draw_session_card(
    canvas: Canvas,
    session: SessionRecord,
    detail: "Detail | None",
    x: int,
    y: int,
    width: int,
    height: int,
) -> None:
    """The card in so many cells; of what has no room, it says that there is more."""
    length = length_of(session)
    canvas.put(x, y, shorten(when_long(session), width), Role.STRONG)
    at = x + width - len(length)
    if at > x + len(when_long(session)) + 1:
        canvas.put(at, y, length, Role.TEXT)
    canvas.put(x, y + 1, shorten(plain_text(session.name), width), Role.TEXT)
    if detail is None or detail.session.id != session.id:
        return
    top, room = y + 3, height - 3
    if width >= BESIDE:
        # What was done on the left, what was said on the right.
        left = width * 56 // 100
        _put_lines(canvas, x, top, _cut(list(hold_lines(holds_of(detail), left)), room))
        said = said_lines(detail, width - left - 2)
        _put_lines(canvas, x + left + 2, top, _cut(said, room))
    else:
        _put_lines(canvas, x, top, _in_room(detail, width, room))


def _in_room(detail: "Detail", width: int, room: int) -> list[Line]:
    """All of it; where there is no room for that, the stops and the note before the rest."""
    lines = card_lines(detail, width) or [((0, "Nothing more was recorded of it.", Role.MUTED),)]
    if len(lines) > room:
        lines = [line for line in lines if line]
    if len(lines) <= room:
        return lines
    said = [line for line in said_lines(detail, width) if line]
    holds = list(hold_lines(holds_of(detail), width))
    return _cut([*_cut(holds, max(1, room - len(said))), *said], room)


def _cut(lines: list[Line], room: int) -> list[Line]:
    """As many as there is room for; the last one says that there are more."""
    if len(lines) <= room:
        return lines
    return [*lines[: max(0, room - 1)], ((0, "…  enter shows all of it", Role.MUTED),)]


def _put_lines(canvas: Canvas, x: int, y: int, lines: list[Line]) -> None:
    for number, line in enumerate(lines, y):
        put_line(canvas, x, number, line)
