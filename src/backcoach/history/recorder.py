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
Saved = Callable[[str, int | None], None]
"""Called with an event's kind, and the number it carries, once it is committed."""


@dataclass(frozen=True, slots=True)
class _Item:
    job: Job
    kind: str
    number: int | None = None


class Recorder:
    """Records one session.

    Args:
        path: the history's file.
        session: what is written first.
        on_saved: called on the recorder's thread.
    """

    def __init__(self, path: Path, session: NewSession, on_saved: Saved | None = None) -> None:
        self.problem = ""
        """Why the history doesn't take what is written, while it doesn't."""
        self._on_saved = on_saved
        self._path = path
        self._session = session
        self._seq = 0
        self._put_count = 0
        self._written_count = 0
        self._lost = ""
        self._store: Store | None = None
        self._written: list[_Item] = []
        self._queue: queue.SimpleQueue[_Item | None] = queue.SimpleQueue()
        self._never = threading.Event()
        self._thread = threading.Thread(target=self._work, name="recorder", daemon=True)
        owner = this_process()
        self._put(_Item(lambda store: store.begin(session, owner), "begin"))
        self._thread.start()

    @property
    def session(self) -> NewSession:
        """The session that is recorded."""
        return self._session

    @property
    def written(self) -> bool:
        """Whether everything so far is committed."""
        return self._written_count == self._put_count

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
        self._put(_Item(lambda store: store.add(session, record), kind, data.get("number")))

    def progress(self, active_ms: int, at: datetime) -> None:
        """Bring the session's active time up to date."""
        session = self._session.id
        self._put(_Item(lambda store: store.progress(session, active_ms, at), "progress"))

    def close(self, timeout: float) -> bool:
        """Wait until everything is written, for at most so many seconds; whether it is."""
        self._queue.put(None)
        self._thread.join(timeout)
        return not self._thread.is_alive() and self.written

    def _put(self, item: _Item) -> None:
        self._put_count += 1
        self._queue.put(item)

    def _work(self) -> None:
        waiting: list[_Item] = []
        closing = False
        while waiting or not closing:
            closing = self._take(waiting, block=not waiting) or closing
            try:
                self._write(waiting)
            except (sqlite3.Error, StoreError) as error:
                self.problem = str(error)
                # The file may have been replaced: the next try opens what is there then.
                self._let_go()
                self._never.wait(RETRY_S)
                continue
            waiting.clear()
            self.problem = self._lost
        self._let_go()

    def _write(self, items: list[_Item]) -> None:
        """Commit what waits. What can't be written for a fault of ours alone is left out."""
        store = self._open()
        good = items
        try:
            with store.transaction():
                for item in items:
                    item.job(store)
        except (sqlite3.Error, StoreError):
            raise
        except Exception:
            good = [item for item in items if self._write_alone(store, item)]
        self._written += good
        self._written_count += len(good)
        for item in good:
            # A listener's fault is no reason to stop writing.
            with contextlib.suppress(Exception):
                if self._on_saved:
                    self._on_saved(item.kind, item.number)

    def _write_alone(self, store: Store, item: _Item) -> bool:
        try:
            with store.transaction():
                item.job(store)
        except (sqlite3.Error, StoreError):
            raise
        except Exception as error:
            self._lost = f"{item.kind}: {type(error).__name__}: {error}"
            return False
        return True

    def _open(self) -> Store:
        """The history; one opened anew gets everything of this session again, which is harmless."""
        if self._store is None:
            store = Store(self._path)
            try:
                with store.transaction():
                    for item in self._written:
                        item.job(store)
            except BaseException:
                store.close()
                raise
            self._store = store
        return self._store

    def _let_go(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None

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
