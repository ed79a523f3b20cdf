"""One session in full, as lines of text: what was done, what hurt, and when each thing happened."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from backcoach.document.problems import plain_text
from backcoach.durations import format_clock, format_duration
from backcoach.history.reader import Reader
from backcoach.history.records import EventRecord, ExerciseDone, SessionRecord, StopRecord
from backcoach.history.transfer import WholeSession, whole_session
from backcoach.player.questions import WORDS

_LONGEST: Final = 60
"""So much is shown of what an event of another version holds."""
_REASONS: Final = {"gap": "the machine slept", "key": "", "menu": "", "quit": "", "help": ""}


def session_lines(reader: Reader, session: str) -> Iterator[str]:
    """A session, line by line; nothing of it can steer a terminal.

    Raises:
        StoreError: the history is damaged.
    """
    record, whole = reader.session(session), whole_session(reader, session)
    if record is None or whole is None:
        return
    deleted = reader.deleted_at(session)
    zone = record.started_at.tzinfo
    names = _names(whole)
    yield _title(record)
    yield _when(record)
    if deleted:
        yield f"deleted {_day(deleted.astimezone(zone))}"
    yield f"{_length(record)}   {_pain(record, whole)}"
    for label, value in _notes(whole):
        yield from _paragraph(label, value)
    if record.exercises:
        yield ""
        yield from _table([_done(done) for done in record.exercises])
    if record.stops:
        yield ""
        for stop in record.stops:
            yield f"stop at {format_clock(stop.at_ms)}: {_stop(stop, names)}"
    yield ""
    day = record.day
    for event in whole.events:
        at = event.at.astimezone(zone)
        when = f"{at:%H:%M:%S}" if at.date() == day else f"{_day(at)} {at:%H:%M}"
        told = f"{when}  {format_clock(event.active_ms):>7}  {_event(event, names)}"
        yield plain_text(told).rstrip()


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
        + ("completed, clean" if record.clean else record.outcome)
    )


def _day(time: datetime) -> str:
    # Without the padding, which not every system can leave out.
    return f"{time.day} {time:%b %Y}"


def _length(record: SessionRecord) -> str:
    if record.by_hand:
        return format_clock(record.active_ms)
    return f"{format_clock(record.active_ms)} of {format_clock(record.planned_ms)}"


def _pain(record: SessionRecord, whole: WholeSession) -> str:
    zone = record.started_at.tzinfo
    first = whole.begun.answers.get("pain")
    before = _was(whole, "pain-before", first if isinstance(first, int) else None, zone)
    after = _was(whole, "pain-after", None, zone)
    return f"pain {_score(record.pain_before)}{before} → {_score(record.pain_after)}{after}"


def _score(pain: object) -> str:
    return "–" if pain is None else str(pain)


def _was(whole: WholeSession, kind: str, first: object, zone: Any) -> str:
    """What a score was before it was put right, and when it was."""
    told = []
    value = first
    for event in whole.events:
        if event.kind != kind:
            continue
        if value is not None and value != event.data.get("value"):
            told.append(f"was {_score(value)}, changed {_day(event.at.astimezone(zone))}")
        value = event.data.get("value")
    return f" ({'; '.join(told)})" if told else ""


def _notes(whole: WholeSession) -> Iterator[tuple[str, str]]:
    """The note as it is now, and those that it has replaced."""
    zone = whole.begun.started_at.tzinfo
    notes = [event for event in whole.events if event.kind == "note"]
    texts = [str(event.data.get("value") or "") for event in notes]
    if texts and texts[-1]:
        yield "note", texts[-1]
    for text, changed in zip(texts, notes[1:], strict=False):
        if text:
            yield f"note until {_day(changed.at.astimezone(zone))}", text


def _paragraph(label: str, text: str) -> Iterator[str]:
    first, *more = text.splitlines() or [""]
    yield f"{label}: {plain_text(first)}"
    for line in more:
        yield f"{'':{len(label)}}  {plain_text(line)}"


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


def _names(whole: WholeSession) -> Mapping[str, str]:
    """What the plan and the events call the exercises."""
    names: dict[str, str] = {}
    steps = whole.begun.plan.get("steps")
    entries = [*(steps if isinstance(steps, list) else ()), *(each.data for each in whole.events)]
    for entry in entries:
        if isinstance(entry, dict) and isinstance(exercise := entry.get("exercise"), str):
            names.setdefault(exercise, str(entry.get("name", exercise)))
    return names


def _stop(stop: StopRecord, names: Mapping[str, str]) -> str:
    where = [
        names.get(stop.exercise, stop.exercise) if stop.exercise else "",
        stop.side,
        f"set {stop.set}" if stop.set else "",
        f"rep {stop.rep}" if stop.rep else "",
    ]
    said = [
        WORDS.get(stop.quality or "", stop.quality),
        WORDS.get(stop.where or "", stop.where),
        "" if stop.intensity is None else f"{stop.intensity} of 10",
        "a mistake" if stop.mistake else "",
    ]
    answers = "; ".join(str(each) for each in said if each)
    place = ", ".join(str(each) for each in where if each)
    return plain_text(": ".join(filter(None, (place, answers or "nothing was answered"))))


def _event(event: EventRecord, names: Mapping[str, str]) -> str:
    """An event in a few words; one that isn't known, with what it holds."""
    data = event.data
    name = names.get(str(data.get("exercise")), str(data.get("exercise") or "rest"))
    place = _place(data)
    match event.kind:
        case "step":
            return f"step {data.get('step')}: {name}{place}"
        case "rep":
            return f"done: {name}{place}{_held(data)}"
        case "activity":
            return f"{name}, {format_duration(_ms(data.get('real_ms')))}"
        case "skip":
            return f"skipped to {_step(data.get('to_step'))}"
        case "back":
            return f"back to {_step(data.get('to_step'))}"
        case "pause":
            reason = _REASONS.get(str(data.get("reason")), str(data.get("reason")))
            lost = _ms(data.get("lost_ms"))
            gone = f", {format_duration(lost)} lost" if lost else ""
            return f"paused{f': {reason}' if reason else ''}{gone}"
        case "resume":
            return "went on"
        case "change":
            by_ms = data.get("by_ms")
            longer = not isinstance(by_ms, int) or by_ms >= 0
            by = format_duration(abs(by_ms)) if isinstance(by_ms, int) else ""
            return f"{'longer' if longer else 'shorter'} by {by}"
        case "swap":
            return f"from here on {data.get('form')}: {name}"
        case "ache":
            return f"it ached: {name}{', which ends there' if data.get('ends') else ''}"
        case "stop":
            return f"{'the stop was earlier' if data.get('moved') else 'stop'}: {name}{place}"
        case "answer":
            value = data.get("value")
            told = "not answered" if value is None else WORDS.get(str(value), str(value))
            return f"{data.get('question')}: {told}"
        case "mistake":
            return "the stop was a mistake"
        case "left-out":
            return f"left out: {name} ({data.get('reason')})"
        case "end":
            return f"the end: {data.get('outcome')}"
        case "note":
            return f"note: {' '.join(str(data.get('value') or '').split())}"
        case "pain-before" | "pain-after":
            return f"pain {event.kind[5:]}: {_score(data.get('value'))}"
        case "taken-over":
            return "gone on with"
        case "declined":
            return "not gone on with"
        case "morning":
            return f"the next morning: {data.get('value')}"
        case "ached-after":
            steps = data.get("value")
            told = ", ".join(map(str, steps)) if isinstance(steps, list) else ""
            return f"ached, said afterwards: step {told}" if told else "nothing ached after all"
    told = json.dumps(data, ensure_ascii=False)
    short = told if len(told) <= _LONGEST else f"{told[: _LONGEST - 1]}…"
    return f"{event.kind} {short}" if data else event.kind


def _place(data: Mapping[str, Any]) -> str:
    """Round, set, side and rep, as far as they are known."""
    parts = [f"{key} {data[key]}" for key in ("round", "set") if data.get(key)]
    parts += [str(data["side"])] if data.get("side") else []
    parts += [f"rep {data['rep']}"] if data.get("rep") else []
    return "".join(f", {part}" for part in parts)


def _held(data: Mapping[str, Any]) -> str:
    held, moved = _ms(data.get("held_ms")), _ms(data.get("real_ms"))
    if held:
        return f", held {format_duration(held)}"
    return f", {format_duration(moved)}" if moved else ""


def _ms(value: object) -> int:
    return value if isinstance(value, int) else 0


def _step(step: object) -> str:
    return "the end" if step is None else f"step {step}"
