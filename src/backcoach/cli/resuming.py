"""Finds the session that was broken off last, and what of it is still to do."""

import sqlite3
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from backcoach.errors import BackcoachError
from backcoach.history.opening import StoreError
from backcoach.history.owner import this_process
from backcoach.history.reader import Reader, open_existing
from backcoach.history.records import NewSession, SessionRecord
from backcoach.history.store import Store
from backcoach.history.unfinished import broken_off
from backcoach.paths import Paths
from backcoach.player.resuming import BrokenOff, resume
from backcoach.player.words import name_of
from backcoach.player.zones import STRICTEST
from backcoach.routines.finding import list_entries
from backcoach.routines.remembering import load_timeline
from backcoach.session.unfinished import RESUME_H, Unfinished

if TYPE_CHECKING:
    from backcoach.player.state import State
    from backcoach.timeline.model import Timeline

WAIT_S: Final = 0.25
"""So long another program that writes is waited for, by whoever has pressed a key."""


def find_unfinished(paths: Paths, now: datetime) -> Unfinished | None:
    """What can be gone on with; None where there is nothing, or nobody can tell.

    Args:
        now: aware.
    """
    try:
        reader = open_existing(paths.history)
        if reader is None:
            return None
        with reader:
            session = reader.broken_off(now, timedelta(hours=RESUME_H))
            begun = reader.begun(session.id) if session else None
            if session is None or begun is None or _hurt_since(reader, session):
                return None
            events = reader.events(session.id)
        before = broken_off(events, session.active_ms)
        source = begun.plan.get("source")
        if before is None or not isinstance(source, str):
            return None
        timeline = _timeline_of(paths, session.routine, source)
        resumed = resume(timeline, before, 0, STRICTEST)
    except (BackcoachError, LookupError, ValueError, TypeError):
        # A history or a routine that can't be read offers nothing; whoever opens it hears why.
        return None
    if resumed is None:
        return None
    after = events[-1].seq if events else 0
    return Unfinished(session, begun, timeline, before, after, _where(resumed[0]))


def _hurt_since(reader: Reader, session: SessionRecord) -> bool:
    """Whether a stop that was no mistake came after it, in whatever session."""
    since = session.started_at
    lately = reader.sessions(since=since - timedelta(hours=RESUME_H))
    return any(each.real_stops and (each.ended_at or since) >= since for each in lately)


def _timeline_of(paths: Paths, routine: str, source: str) -> "Timeline":
    """The routine as it was then: most often it still is, and was compiled before.

    Raises:
        BackcoachError: it is no routine of this version.
    """
    for entry in list_entries(paths):
        if entry.id == routine:
            with suppress(BackcoachError):
                timeline = load_timeline(paths, entry)
                if timeline.source == source:
                    return timeline
    from backcoach.routines.library import Library

    return Library(paths).load_text(routine, source)


def _where(state: "State") -> str:
    phase = state.phase
    rep = f"rep {phase.rep}" if phase.rep else ""
    return ", ".join(part for part in (name_of(state, phase), rep, phase.side) if part)


def go_on_with(
    paths: Paths, unfinished: Unfinished, otherwise: NewSession
) -> tuple[NewSession, BrokenOff, int]:
    """The row to go on with a session in, how far it had come, and its last event's number.

    Args:
        otherwise: what is written where its own row can't be had: somebody else goes on with it,
            or the disk takes nothing. What comes is kept as a session of its own then.
    """
    try:
        with Store(paths.history, wait_s=WAIT_S) as store, store.transaction():
            at = otherwise.started_at
            if store.take_over(unfinished.session, unfinished.after, this_process(), at):
                return unfinished.begun, unfinished.before, unfinished.after + 1
    except (StoreError, sqlite3.Error):
        pass
    return otherwise, replace(unfinished.before, active_ms=0), 0


def decline(paths: Paths, session: SessionRecord, at: datetime) -> None:
    """Write down that a session isn't gone on with; where that can't be, it is asked again.

    Args:
        at: aware.
    """
    try:
        with Store(paths.history, wait_s=WAIT_S) as store, store.transaction():
            store.amend(session.id, "declined", True, at)
    except (StoreError, sqlite3.Error):
        return
