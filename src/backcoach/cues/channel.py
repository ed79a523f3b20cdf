"""A thread that makes one sound at a time: the newest waits, and never more than one does."""

import contextlib
import threading
from collections.abc import Callable
from typing import Final, Generic, TypeVar

J = TypeVar("J")

IDLE_S: Final = 3600.0


class Turn:
    """One job's turn: how it waits, and how it learns that it is over."""

    def __init__(self, changed: threading.Condition) -> None:
        self._changed = changed
        self.over = False

    def wait(self, seconds: float) -> bool:
        """Wait so long, or until the turn is over; whether it is."""
        with self._changed:
            if not self.over:
                self._changed.wait_for(lambda: self.over, seconds)
            return self.over

    def do(self, work: Callable[[], None]) -> bool:
        """Do something unless the turn is over, which it can't become meanwhile; whether it is.

        Args:
            work: takes no time, and waits for nothing that waits for this channel.
        """
        with self._changed:
            if not self.over:
                work()
            return self.over


class Channel(Generic[J]):
    """Does jobs on a thread of its own, which starts with the first of them.

    Where there are no threads to be had, a job is dropped: no sound is worth a session.

    Args:
        work: does one job; ends soon once its turn is over. What it raises ends nothing else.
    """

    def __init__(self, name: str, work: Callable[[J, Turn], None]) -> None:
        self._name = name
        self._work = work
        self._changed = threading.Condition()
        self._waiting: J | None = None
        self._turn: Turn | None = None
        self._closed = False
        self._thread: threading.Thread | None = None

    def put(self, job: J) -> None:
        """Do this now: it replaces what waits, and cuts what is being done."""
        with self._changed:
            if self._closed:
                return
            self._waiting = job
            self._end_turn()
            if self._thread is None and not self._start():
                self._waiting = None

    def cut(self) -> None:
        """Do nothing any more, until something is put."""
        with self._changed:
            self._waiting = None
            self._end_turn()

    def finish(self, seconds: float) -> bool:
        """Wait until all is done, so long at most; whether it is."""
        with self._changed:
            return self._changed.wait_for(
                lambda: self._waiting is None and self._turn is None, seconds
            )

    def close(self, seconds: float) -> bool:
        """Cut everything, and end the thread; whether it ended in that time."""
        with self._changed:
            self._closed = True
            self._waiting = None
            self._end_turn()
        if self._thread is None:
            return True
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _start(self) -> bool:
        """Start the thread; whether there was one to be had. The next job tries again."""
        thread = threading.Thread(target=self._run, name=self._name, daemon=True)
        with contextlib.suppress(RuntimeError, MemoryError):
            thread.start()
            self._thread = thread
        return self._thread is not None

    def _end_turn(self) -> None:
        if self._turn is not None:
            self._turn.over = True
        self._changed.notify_all()

    def _run(self) -> None:
        while (taken := self._take()) is not None:
            job, turn = taken
            # A sound that can't be made is no reason for anything else to fail.
            with contextlib.suppress(Exception):
                self._work(job, turn)
            with self._changed:
                self._turn = None
                self._changed.notify_all()

    def _take(self) -> tuple[J, Turn] | None:
        with self._changed:
            while self._waiting is None and not self._closed:
                self._changed.wait(IDLE_S)
            if self._waiting is None:
                return None
            job, self._waiting = self._waiting, None
            self._turn = Turn(self._changed)
            return job, self._turn
