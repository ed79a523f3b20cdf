"""Writes a running session into the history, on a thread of its own.

Whoever plays only puts things in a queue: a slow, full or locked disk never holds a session up.
What can't be written is kept, in order, and tried again.
"""

import contextlib
import queue
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from backcoach.history.owner import this_process
from backcoach.history.records import EventRecord, NewSession
from backcoach.history.store import Store, StoreError
from backcoach.player.events import Event

RETRY_S: Final = 1.0

Job = Callable[[Store], None]


@dataclass(frozen=True, slots=True)
class _Item:
    job: Job
    kind: str


class Recorder:
    """Records one session.

    Args:
        path: the history's file.
        session: what is written first.
        on_saved: called on the recorder's thread with an event's kind once it is committed.
    """

    def __init__(
        self,
        path: Path,
        session: NewSession,
        on_saved: Callable[[str], None] | None = None,
    ) -> None:
        self._on_saved = on_saved
        self.problem = ""
        """Why the history doesn't take what is written, while it doesn't."""
        self._path = path
        self._session = session
        self._seq = 0
        self._queue: queue.SimpleQueue[_Item | None] = queue.SimpleQueue()
        self._never = threading.Event()
        self._thread = threading.Thread(target=self._work, name="recorder", daemon=True)
        owner = this_process()
        self._put(lambda store: store.begin(session, owner), "begin")
        self._thread.start()

    @property
    def session(self) -> NewSession:
        """The session that is recorded."""
        return self._session

    def record(self, event: Event, at: datetime) -> None:
        """Write an event, if it is one that is recorded."""
        if not event.recorded:
            return
        data = asdict(event)
        del data["at_ms"], data["active_ms"]
        self.note(event.kind, data, event.active_ms, at)

    def note(self, kind: str, data: dict[str, Any], active_ms: int, at: datetime) -> None:
        """Write something that is no event of the player's."""
        self._seq += 1
        record = EventRecord(self._seq, at, active_ms, kind, data)
        session = self._session.id
        self._put(lambda store: store.add(session, record), kind)

    def progress(self, active_ms: int, at: datetime) -> None:
        """Bring the session's active time up to date."""
        session = self._session.id
        self._put(lambda store: store.progress(session, active_ms, at), "progress")

    def close(self, timeout: float) -> bool:
        """Wait until everything is written, for at most so many seconds; whether it is."""
        self._queue.put(None)
        self._thread.join(timeout)
        return not self._thread.is_alive() and not self.problem

    def _put(self, job: Job, kind: str) -> None:
        self._queue.put(_Item(job, kind))

    def _work(self) -> None:
        store: Store | None = None
        waiting: list[_Item] = []
        closing = False
        while waiting or not closing:
            closing = self._take(waiting, block=not waiting) or closing
            try:
                store = store or Store(self._path)
                with store.transaction():
                    for item in waiting:
                        item.job(store)
            except (sqlite3.Error, StoreError) as error:
                self.problem = str(error)
                self._never.wait(RETRY_S)
                continue
            except Exception as error:
                # A fault of ours that trying again won't mend: whoever closes is told.
                self.problem = f"{type(error).__name__}: {error}"
                raise
            self.problem = ""
            for item in waiting:
                # A listener's fault is no reason to stop writing.
                with contextlib.suppress(Exception):
                    self._tell(item.kind)
            waiting.clear()
        if store:
            store.close()

    def _tell(self, kind: str) -> None:
        if self._on_saved:
            self._on_saved(kind)

    def _take(self, waiting: list[_Item], *, block: bool) -> bool:
        """Take all there is, so that a backlog is one commit; whether it is the last there'll be.

        Args:
            block: whether to wait for something first.
        """
        while block or not self._queue.empty():
            item = self._queue.get()
            block = False
            if item is None:
                return True
            waiting.append(item)
        return False
