"""One session in full, as lines of text: what was done, what hurt, and when each thing happened."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from backcoach.document.problems import plain_text
from backcoach.durations import format_clock
from backcoach.history.desk import Detail
from backcoach.history.reader import Reader
from backcoach.history.records import ExerciseDone, SessionRecord
from backcoach.report.detail import stops_said
from backcoach.report.session_log import session_log
from backcoach.stats.words import how_it_ended

_NO_ANSWER: Final = "nothing was answered"


def session_lines(reader: Reader, session: str) -> Iterator[str]:
    """A session, line by line; nothing of it can steer a terminal.

    Raises:
        StoreError: the history is damaged.
    """
    record = reader.session(session)
    if record is None:
        return
    detail = Detail(record, reader.plan(session), reader.events(session), reader.answers(session))
    yield _title(record)
    yield _when(record)
    if deleted := reader.deleted_at(session):
        yield f"deleted {_day(deleted.astimezone(record.started_at.tzinfo))}"
    yield f"{_length(record)}   {_pain(record)}"
    yield from _note(record.note)
    if record.exercises:
        yield ""
        yield from _table([_done(done) for done in record.exercises])
    if stops := stops_said(detail):
        yield ""
        for stop in stops:
            at = format_clock(stop.at_ms)
            yield f"stop at {at}: {stop.where}: {stop.answers or _NO_ANSWER}"
    yield ""
    for line in session_log(detail):
        yield f"{line.time:8}  {line.active:>7}  {line.text}".rstrip()


def _title(record: SessionRecord) -> str:
    marks = [
        mark
        for mark, holds in (("by hand", record.by_hand), ("rehearsal", record.rehearsal))
        if holds
    ]
    return plain_text("  ".join([record.name, *marks, record.id]))


def _when(record: SessionRecord) -> str:
    ended = record.ended_at
    until = "" if ended is None else f" to {ended:%H:%M}"
    return (
        f"{record.started_at:%A} {_day(record.started_at)}, {record.started_at:%H:%M}{until}, "
        + f"{plain_text(how_it_ended(record))}{', clean' if record.clean else ''}"
    )


def _day(time: datetime) -> str:
    # Without the padding, which not every system can leave out.
    return f"{time.day} {time:%b %Y}"


def _length(record: SessionRecord) -> str:
    if record.by_hand:
        return format_clock(record.active_ms)
    return f"{format_clock(record.active_ms)} of {format_clock(record.planned_ms)}"


def _pain(record: SessionRecord) -> str:
    before, after = (
        "–" if pain is None else str(pain) for pain in (record.pain_before, record.pain_after)
    )
    return f"pain {before} → {after}"


def _note(text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines()):
        yield f"{'' if number else 'note:':5} {plain_text(line)}"


def _done(done: ExerciseDone) -> tuple[str, ...]:
    reps = f"{done.reps} of {done.planned}" if done.planned else str(done.reps)
    held = f"held {format_clock(done.held_ms)}" if done.held_ms else ""
    moved = f"{format_clock(done.real_ms)} in all" if done.real_ms else ""
    return done.name, done.side or "", reps, held, moved


def _table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    shown = [tuple(map(plain_text, row)) for row in rows]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    for row in shown:
        cells = (f"{cell:{width}}" for cell, width in zip(row, widths, strict=True) if width)
        yield "  ".join(cells).rstrip()
