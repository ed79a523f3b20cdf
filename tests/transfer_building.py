"""Histories of odd sessions, and what comes of them on another machine."""

import io
import json
from collections.abc import Iterable
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any, Final

from hypothesis import strategies as st
from session_building import INDIA, evening, new_session, record

from backcoach.history.arrivals import Arrivals, bring_in, preview
from backcoach.history.incoming import BadExportError, read_sessions
from backcoach.history.owner import Owner, this_process
from backcoach.history.reader import Reader, open_existing
from backcoach.history.records import OUTCOMES, EventRecord, NewSession, session_json
from backcoach.history.store import Store
from backcoach.history.transfer import WholeSession, export, session_line

GONE: Final = Owner(1, "a boot long ago", "0")
"""A process that no longer runs."""

STOP: Final[dict[str, Any]] = {
    "number": 1,
    "exercise": "bird-dog",
    "side": "left",
    "set": 1,
    "rep": 2,
}
REP: Final[dict[str, Any]] = {
    "step": 1,
    "exercise": "bird-dog",
    "family": "posterior",
    "round": None,
    "set": 1,
    "side": "left",
    "rep": 1,
    "reps": 1,
    "real_ms": 9000,
    "held_ms": 5000,
}
EVENTS: Final = (
    record(1, "step", 0, step=1, exercise="bird-dog", round=None),
    record(2, "rep", 20_000, **REP),
    record(3, "stop", 31_000, **STOP, step=1, stopped_at_ms=30_000, moved=False),
    record(4, "answer", 31_000, number=1, question="what", value="sharp"),
    record(5, "answer", 31_000, number=1, question="where", value="low-back"),
    record(6, "answer", 31_000, number=1, question="how-much", value=6),
    record(7, "waved", 32_000, at=["whom", {"it": "concerned"}], much=0.1),
    record(8, "end", 41_000, outcome="pain"),
    record(9, "pain-after", 41_000, value=5),
    record(10, "note", 41_000, value="=steif\nund müde \N{FLEXED BICEPS}"),
)
"""A session that hurt, with an event of a kind that nobody knows."""


def write(path: Path, session: NewSession, *events: EventRecord, owner: Owner = GONE) -> None:
    """Write a session into a history."""
    with Store(path) as store, store.transaction():
        store.begin(session, owner)
        for event in events:
            store.add(session.id, event)


def write_three(path: Path) -> None:
    """A session that hurt, one that was killed, and a rehearsal in another zone."""
    write(path, new_session("hurt-1", by_hand=False), *EVENTS)
    write(path, new_session("kill-2", evening(90_000)), *EVENTS[:2])
    west = timezone(timedelta(hours=-9, minutes=-30))
    last = new_session("west-3", evening(180_000, west), rehearsal=True, pain_before=None)
    write(path, last, record(1, "end", 9, outcome="completed"))


def exported(path: Path, **options: Any) -> str:
    """A history's lines."""
    with Reader(path) as reader:
        return "".join(export(reader, **options))


def imported(path: Path, text: str) -> Arrivals:
    """What came in, which is what was announced."""
    here = open_existing(path)
    announced = preview(here, read_sessions(io.BytesIO(text.encode()), "a file"))
    if here:
        here.close()
    with Store(path) as store, store.transaction():
        arrived = bring_in(store, read_sessions(io.BytesIO(text.encode()), "a file"))
    assert arrived == announced
    return arrived


def told(path: Path) -> list[dict[str, Any]]:
    """Every session as `history --json` has it."""
    with Reader(path) as reader:
        return [session_json(session) for session in reader.sessions()]


def refusal(text: str | bytes) -> str:
    """Why a file isn't imported."""
    raw = text if isinstance(text, bytes) else text.encode()
    try:
        for _ in read_sessions(io.BytesIO(raw), "file"):
            pass
    except BadExportError as error:
        return str(error)
    return ""


def running(path: Path, session: NewSession, *events: EventRecord) -> None:
    """A session that this process plays at this moment."""
    write(path, session, *events, owner=this_process())


def lines(*sessions: dict[str, Any]) -> str:
    """A file with these sessions."""
    header = {"backcoach": "history", "version": 1, "sessions": len(sessions)}
    return "".join(json.dumps(value) + "\n" for value in (header, *sessions))


def a_line(**changes: Any) -> dict[str, Any]:
    """A session as a file has it."""
    whole = WholeSession(new_session(), evening(41), evening(41), "pain", 41_000, 5, EVENTS)
    value: dict[str, Any] = json.loads(session_line(whole))
    return value | changes


def with_event(**changes: Any) -> str:
    """A file with one session and one event."""
    event = {"seq": 1, "at": "2026-03-29T14:00:00.000+00:00", "active_ms": 0}
    return lines(a_line(events=[event | {"kind": "step", "data": {}} | changes]))


# Any history

_TEXTS: Final = st.text(st.characters(codec="utf-8"), max_size=12)
_COUNTS: Final = st.integers(0, 10**12)
_ZONES: Final = st.integers(-86_399, 86_399).map(
    lambda seconds: timezone(timedelta(seconds=seconds))
)
# On the first and the last days there ever are, not every zone has a date.
_TIMES: Final = (
    st.datetimes(timezones=st.just(INDIA) | _ZONES)
    .filter(lambda time: 1 < time.year < 9999)
    .map(lambda time: time.replace(microsecond=time.microsecond // 1000 * 1000))
)
_JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | _TEXTS
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
_TABLES: Final = st.dictionaries(_TEXTS, _JSON, max_size=3)
_KNOWN: Final = st.sampled_from(EVENTS).map(lambda event: (event.kind, event.data))
_OTHERS: Final = st.tuples(_TEXTS.map(lambda text: f"x{text}"), _TABLES)


@st.composite
def whole_sessions(draw: st.DrawFn, name: str) -> WholeSession:
    """Any session that a history may have."""
    pains = st.none() | st.integers(0, 10)
    seqs = sorted(draw(st.sets(st.integers(1, 50), max_size=4)))
    events = tuple(
        EventRecord(seq, draw(_TIMES), draw(_COUNTS), *draw(_KNOWN | _OTHERS)) for seq in seqs
    )
    begun = NewSession(
        id=name,
        routine=draw(_TEXTS),
        name=draw(_TEXTS),
        started_at=draw(_TIMES),
        rehearsal=draw(st.booleans()),
        planned_ms=draw(_COUNTS),
        plan=draw(_TABLES),
        pain_before=draw(pains),
        answers=draw(_TABLES),
        by_hand=draw(st.booleans()),
    )
    return WholeSession(
        begun,
        seen_at=draw(_TIMES),
        ended_at=draw(st.none() | _TIMES),
        outcome=draw(st.none() | st.sampled_from(OUTCOMES)),
        active_ms=draw(_COUNTS),
        pain_after=draw(pains),
        events=events,
        extra=draw(_TABLES),
    )


def histories() -> st.SearchStrategy[list[WholeSession]]:
    """Up to three sessions."""
    return st.integers(0, 3).flatmap(
        lambda count: st.tuples(*(whole_sessions(f"session-{n}") for n in range(count))).map(list)
    )


def fill(path: Path, sessions: Iterable[WholeSession]) -> None:
    """Write sessions as they are."""
    with Store(path) as store, store.transaction():
        bring_in(store, sessions)


@st.composite
def changed_lines(draw: st.DrawFn) -> dict[str, Any]:
    """A session as a file has it, with something put in the place of a value or two."""
    line = a_line()
    first, *_, note = line["events"]
    inside = [line, line["plan"], line["answers"], first, note]
    inside += [event["data"] for event in line["events"]]
    for _ in range(draw(st.integers(1, 2))):
        table = draw(st.sampled_from(inside))
        key = draw(st.sampled_from(sorted(table)) | _TEXTS if table else _TEXTS)
        value = draw(_JSON | _COUNTS | _TIMES.map(lambda time: time.isoformat()))
        table[key] = value
    return line
