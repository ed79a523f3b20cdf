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

from backcoach.history.opening import BusyError, DamagedError, StoreError, store_error
from backcoach.history.owner import this_process
from backcoach.history.records import EventRecord, NewSession
from backcoach.history.store import Store
from backcoach.player.events import Event

RETRY_S: Final = 1.0
FRAME_S: Final = 0.01
"""What a key has done is on the screen by then: drawing and writing want the same interpreter."""

Job = Callable[[Store], None]
Saved = Callable[[str, int | None], None]
"""Called with an event's kind, and the number it carries, once it is committed."""
BackUp = Callable[[Store, datetime], object]
"""Makes a copy of the history; it is handed the moment of what was written last."""
_NEVER: Final = (
    sqlite3.IntegrityError,
    sqlite3.DataError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
)
"""What no other try would write, once the file is known to be the right one."""


@dataclass(frozen=True, slots=True)
class _Item:
    job: Job
    kind: str
    at: datetime
    number: int | None = None


class Recorder:
    """Records one session.

    Args:
        path: the history's file.
        session: what is written first.
        on_saved: called on the recorder's thread.
        after: the number of the last event that the session has already, where it goes on.
        mend: called on that thread where the history's file is damaged, before the next try.
        back_up: called on that thread once the session's end is written, and once more if
            something came after it.
    """

    def __init__(
        self,
        path: Path,
        session: NewSession,
        on_saved: Saved | None = None,
        *,
        after: int = 0,
        mend: Callable[[], object] | None = None,
        back_up: BackUp | None = None,
    ) -> None:
        self.problem = ""
        """Why the history doesn't take what is written, while it doesn't."""
        self._on_saved = on_saved
        self._path = path
        self._session = session
        self._mend = mend
        self._make_copy = back_up
        self._copied_count = 0
        self._events: list[EventRecord] = []
        self._seq = after
        self._put_count = 0
        self._written_count = 0
        self._lost = ""
        self._store: Store | None = None
        self._written: list[_Item] = []
        self._queue: queue.SimpleQueue[_Item | None] = queue.SimpleQueue()
        self._never = threading.Event()
        self._news = threading.Condition()
        self._asked = self._in_vain = 0
        """How often it was to be closed, and which of these came before a try that failed."""
        self._over = False
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        owner = this_process()
        self._put(_Item(lambda store: store.begin(session, owner), "begin", session.started_at))
        self._thread.start()

    @property
    def session(self) -> NewSession:
        """The session that is recorded."""
        return self._session

    @property
    def events(self) -> tuple[EventRecord, ...]:
        """All events that were to be written, in order."""
        return tuple(self._events)

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
        self._events.append(record)
        self._put(_Item(lambda store: store.add(session, record), kind, at, data.get("number")))

    def progress(self, active_ms: int, at: datetime) -> None:
        """Bring the session's active time up to date."""
        session = self._session.id
        self._put(_Item(lambda store: store.progress(session, active_ms, at), "progress", at))

    def finish(self) -> None:
        """Take nothing more: the thread ends once everything is written."""
        self._queue.put(None)

    def close(self, timeout: float) -> bool:
        """Wait until everything is written, for at most so many seconds; whether it is.

        What doesn't pass by waiting isn't waited for: one more try, and then it is given up for
        now. A copy that is still being made then may be cut off: the next start makes one.
        """
        with self._news:
            self._asked += 1
            asked = self._asked
            self.finish()
            self._news.wait_for(lambda: self._over or self._in_vain >= asked, timeout)
        return self.written

    def _put(self, item: _Item) -> None:
        self._put_count += 1
        self._queue.put(item)

    def _run(self) -> None:
        try:
            self._work()
        finally:
            with self._news:
                self._over = True
                self._news.notify_all()

    def _work(self) -> None:
        waiting: list[_Item] = []
        closing = False
        while waiting or not closing:
            closing = self._take(waiting, block=not waiting) or closing
            if not closing:
                self._never.wait(FRAME_S)
            # A file that was open may just have been replaced: that passes.
            asked = self._asked if self._store is None else 0
            try:
                self._write(waiting)
            except (sqlite3.Error, StoreError) as error:
                # The file may have been replaced: the next try opens what is there then.
                self._let_go()
                self._say(error, asked)
                self._never.wait(RETRY_S)
                continue
            ended = any(item.kind == "end" for item in waiting)
            waiting.clear()
            self.problem = self._lost
            if ended:
                self._back_up()
        if self._copied_count:
            self._back_up()
        self._let_go()

    def _say(self, error: sqlite3.Error | StoreError, asked: int) -> None:
        """Say what is wrong; a damaged file is mended, if somebody does that.

        Args:
            asked: how often it was to be closed before this try; 0 where another one may do.
        """
        known = error if isinstance(error, StoreError) else store_error(self._path, error)
        self.problem = str(known)
        if self._mend is not None and isinstance(known, DamagedError):
            with contextlib.suppress(Exception):
                self._mend()
            # Now it can be written, or that comes to light at the next try.
            return
        if not isinstance(known, BusyError):
            with self._news:
                self._in_vain = max(self._in_vain, asked)
                self._news.notify_all()

    def _back_up(self) -> None:
        """Have a copy made of what is new. Without one the session is no less saved."""
        if self._make_copy is None or self._store is None:
            return
        if self._copied_count < self._written_count:
            self._copied_count = self._written_count
            with contextlib.suppress(Exception):
                self._make_copy(self._store, self._written[-1].at)

    def _write(self, items: list[_Item]) -> None:
        """Commit what waits. What can't be written for a fault of ours alone is left out."""
        # What refers to a session that isn't there any more may in the file that is there now.
        anew = self._store is None
        store = self._open()
        good = items
        try:
            with store.transaction():
                for item in items:
                    item.job(store)
        except Exception as error:
            if _passes(error, anew=anew):
                raise
            good = [item for item in items if self._write_alone(store, item, anew=anew)]
        self._written += good
        self._written_count += len(good)
        for item in good:
            # A listener's fault is no reason to stop writing.
            with contextlib.suppress(Exception):
                if self._on_saved:
                    self._on_saved(item.kind, item.number)

    def _write_alone(self, store: Store, item: _Item, *, anew: bool) -> bool:
        try:
            with store.transaction():
                item.job(store)
        except Exception as error:
            if _passes(error, anew=anew):
                raise
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


def _passes(error: Exception, *, anew: bool) -> bool:
    """Whether another try may write it.

    Args:
        anew: whether the file was just opened, and all of the session written into it.
    """
    if anew and isinstance(error, _NEVER):
        return False
    return isinstance(error, (sqlite3.Error, StoreError))
