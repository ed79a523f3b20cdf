"""The history as a screen works with it: each question and each change opens the file by itself.

Nothing stays open, so that whatever happens to the file meanwhile is seen by the next one.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from backcoach.history.reader import open_existing
from backcoach.history.records import EventRecord, SessionRecord
from backcoach.history.rescue import what_is_left
from backcoach.history.store import Store


@dataclass(frozen=True, slots=True)
class Detail:
    """One session with all there is to know of it.

    Attributes:
        plan: the routine as it was played.
        answers: of the check-in.
        events: in their order, in UTC.
    """

    session: SessionRecord
    plan: Mapping[str, Any]
    events: Sequence[EventRecord]
    answers: Mapping[str, Any] = field(default_factory=dict)


class HistoryDesk:
    """Looks things up in the history and corrects them. May be used from any thread.

    Args:
        path: the history's file, which need not be there.
        now: the time, aware.
    """

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self._path = path
        self._now = now

    def sessions(self, *, exercises: bool = False) -> list[SessionRecord]:
        """All sessions, newest first; none where there is no history yet.

        Args:
            exercises: whether what was done of each exercise is read too.

        Raises:
            StoreError: the history can't be read.
        """
        store = open_existing(self._path)
        if store is None:
            return []
        with store:
            return store.sessions(exercises=exercises)

    def what_is_left(self) -> str:
        """Where a history without sessions may still be, in words; "" where there never was one."""
        with suppress(OSError):
            return what_is_left(self._path)
        return ""

    def detail(self, session: str) -> Detail | None:
        """One session in full; None where there is none.

        Raises:
            StoreError: the history can't be read.
        """
        store = open_existing(self._path)
        if store is None:
            return None
        with store:
            record = store.session(session)
            if record is None:
                return None
            return Detail(
                record, store.plan(session), store.events(session), store.answers(session)
            )

    def note(self, session: str, text: str) -> None:
        """Write a session's note; the one before is kept.

        Raises:
            StoreError: it can't be written, or the session still runs.
            sqlite3.Error: it can't be written at the moment.
        """
        self._amend(session, "note", text)

    def score(self, session: str, pain: int, *, after: bool) -> None:
        """Write how much it hurt, before a session or after it; the score before is kept.

        Args:
            pain: from 0 to 10.

        Raises: as `note` does.
        """
        self._amend(session, "pain-after" if after else "pain-before", pain)

    def delete(self, session: str) -> None:
        """Take a session out of everything. For thirty days it can be put back.

        Raises: as `note` does.
        """
        with Store(self._path) as store, store.transaction():
            store.delete(session, self._now())

    def put_back(self, session: str) -> None:
        """Take a deletion back.

        Raises: as `note` does.
        """
        with Store(self._path) as store, store.transaction():
            store.put_back(session)

    def _amend(self, session: str, kind: str, value: object) -> None:
        with Store(self._path) as store, store.transaction():
            store.amend(session, kind, value, self._now())
