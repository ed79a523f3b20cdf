"""Finds the session that was broken off last, and what of it is still to do."""

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from backcoach.document.problems import BadFileError
from backcoach.errors import BackcoachError
from backcoach.history.opening import StoreError
from backcoach.history.owner import this_process
from backcoach.history.reader import open_existing
from backcoach.history.records import NewSession, SessionRecord
from backcoach.history.store import Store
from backcoach.history.unfinished import broken_off
from backcoach.paths import Paths
from backcoach.player.resuming import BrokenOff, resume
from backcoach.player.words import name_of
from backcoach.player.zones import STRICTEST
from backcoach.session.unfinished import RESUME_H, Unfinished

if TYPE_CHECKING:
    from backcoach.player.state import State


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
            session = reader.broken_off(now - timedelta(hours=RESUME_H))
            begun = reader.begun(session.id) if session else None
            if session is None or begun is None:
                return None
            events = reader.events(session.id)
        before = broken_off(events, session.active_ms)
        source = begun.plan.get("source")
        if before is None or not isinstance(source, str):
            return None
        from backcoach.routines.library import Library

        timeline = Library(paths).load_text(session.routine, source)
        resumed = resume(timeline, before, 0, STRICTEST)
    except (StoreError, BadFileError, BackcoachError, LookupError, ValueError, TypeError):
        # A history or a routine that can't be read offers nothing; whoever opens it hears why.
        return None
    if resumed is None:
        return None
    after = events[-1].seq if events else 0
    return Unfinished(session, begun, timeline, before, after, _where(resumed[0]))


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
        with Store(paths.history) as store, store.transaction():
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
        with Store(paths.history) as store, store.transaction():
            store.amend(session.id, "declined", True, at)
    except (StoreError, sqlite3.Error):
        return
