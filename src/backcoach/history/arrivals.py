"""What another history brings into this one. It adds, and never changes what is here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from typing import Final

from backcoach.history.owner import Owner
from backcoach.history.reader import Reader, to_text
from backcoach.history.records import EventRecord, to_json
from backcoach.history.store import Store
from backcoach.history.summary import summarise, to_columns
from backcoach.history.transfer import WholeSession, whole_session

STRANGER: Final = Owner(0, "imported", "")
"""Who plays an imported session: nobody who ever runs on this machine."""


class Meeting(Enum):
    """How a session of a file stands to what is here."""

    NEW = auto()
    HERE = auto()
    DIFFERS = auto()
    RUNS = auto()


@dataclass(slots=True)
class Arrivals:
    """What a file brings, counted.

    Attributes:
        new: sessions that aren't here; `first` and `last` say when the first and the last of
            them began.
        here: sessions that are here already.
        grown: those of them that get more events, `events` in all.
        back: those of them that were deleted and come back.
        differing: sessions that are here in another way, and stay as they are here.
        running: sessions that are played at this moment, and are left alone.
    """

    new: int = 0
    first: datetime | None = None
    last: datetime | None = None
    here: int = 0
    grown: int = 0
    events: int = 0
    back: int = 0
    differing: int = 0
    running: int = 0

    @property
    def anything(self) -> bool:
        """Whether the history changes by it."""
        return bool(self.new or self.events or self.back)


def preview(reader: Reader | None, sessions: Iterable[WholeSession]) -> Arrivals:
    """What would come in.

    Args:
        reader: the history, or None where there is none yet.

    Raises:
        StoreError: it is damaged; and whatever reading the sessions raises.
    """
    return _merge(reader, None, sessions)


def bring_in(store: Store, sessions: Iterable[WholeSession]) -> Arrivals:
    """Write what isn't here. This belongs inside a transaction.

    Raises:
        StoreError: it is damaged; and whatever reading the sessions raises.
    """
    return _merge(store, store, sessions)


def _merge(
    reader: Reader | None, store: Store | None, sessions: Iterable[WholeSession]
) -> Arrivals:
    """Count what comes in, and write it where there is something to write it to."""
    found = Arrivals()
    for session in sessions:
        meeting, missing = _meet(reader, session)
        name, started = session.begun.id, session.begun.started_at
        match meeting:
            case Meeting.NEW:
                found.new += 1
                found.first = min(found.first or started, started)
                found.last = max(found.last or started, started)
                if store:
                    _write_new(store, session)
            case Meeting.HERE:
                found.here += 1
                found.grown += bool(missing)
                found.events += len(missing)
                found.back += reader is not None and reader.deleted_at(name) is not None
                if store:
                    _write_missing(store, session, missing)
            case Meeting.DIFFERS:
                found.differing += 1
            case Meeting.RUNS:
                found.running += 1
    return found


def _meet(reader: Reader | None, session: WholeSession) -> tuple[Meeting, list[EventRecord]]:
    """How a session stands to what is here, and which of its events aren't here."""
    here = whole_session(reader, session.begun.id) if reader else None
    if reader is None or here is None:
        return Meeting.NEW, list(session.events)
    if here.outcome is None:
        # What a recorder is about to write has numbers that nobody else may take.
        known = reader.session(session.begun.id)
        if known is not None and known.outcome == "running":
            return Meeting.RUNS, []
    ours = {event.seq: event for event in here.events}
    # The score before may have been put right since: an event says so.
    same = replace(here.begun, pain_before=None) == replace(session.begun, pain_before=None)
    if not same or any(ours.get(event.seq, event) != event for event in session.events):
        return Meeting.DIFFERS, []
    return Meeting.HERE, [event for event in session.events if event.seq not in ours]


def _write_new(store: Store, session: WholeSession) -> None:
    store.put_back(session.begun.id)
    store.begin(session.begun, STRANGER)
    _write_events(store, session.begun.id, session.events)
    _write_row(store, session)


def _write_missing(store: Store, session: WholeSession, missing: list[EventRecord]) -> None:
    name = session.begun.id
    store.put_back(name)
    if not missing:
        return
    _write_events(store, name, missing)
    if len(store.events(name)) == len(session.events):
        # All that is here was in the file, and more: so its row is the newer one.
        _write_row(store, session)
    else:
        store.agree(name)
        store.settle(name)


def _write_events(store: Store, session: str, events: Iterable[EventRecord]) -> None:
    store.db.executemany(
        "INSERT INTO event (session, seq, at, active_ms, kind, data) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (session, each.seq, to_text(each.at), each.active_ms, each.kind, to_json(each.data))
            for each in events
        ],
    )


def _write_row(store: Store, session: WholeSession) -> None:
    """What has become of a session since it began."""
    begun, ended = session.begun, session.ended_at
    summary = summarise(begun.plan, session.events, session.outcome)
    store.db.execute(
        "UPDATE session SET seen_at = ?, ended_at = ?, outcome = ?, active_ms = ?,"
        " pain_before = ?, pain_after = ?, extra = ?, summary = ?, exercises = ? WHERE id = ?",
        (
            to_text(session.seen_at),
            to_text(ended) if ended else None,
            session.outcome,
            session.active_ms,
            begun.pain_before,
            session.pain_after,
            to_json(session.extra),
            *to_columns(summary),
            begun.id,
        ),
    )
