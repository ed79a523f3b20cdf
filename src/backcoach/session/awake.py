"""Keeps the screen from going dark while a session needs it. Never waited for, never missed."""

import contextlib
import queue
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from enum import Enum, auto
from typing import Any, Final

from backcoach.player import events as ev
from backcoach.player.events import Event
from backcoach.session.clock import Moment

PATIENCE_S: Final = 600.0
"""How long the screen stays on for a session that is paused or stopped."""
FIRST_FRAME_S: Final = 1.0
"""By then the session is drawn: what this loads takes nobody's time."""
LEAVE_S: Final = 0.5
"""How long the end of the program waits for it."""
ANSWER_S: Final = 3.0
"""How long `describe` waits: a message bus may never answer."""


class _Wish(Enum):
    AWAKE = auto()
    PATIENT = auto()
    """Awake, but not for ever."""
    ASLEEP = auto()
    OVER = auto()


Enter = Callable[[], AbstractContextManager[Any]]


def _presenting() -> AbstractContextManager[Any]:
    from wakepy import keep

    return keep.presenting(on_fail="pass")


class Awake:
    """A sink for events: while they say that a session runs, the screen stays on.

    The work is done on a thread of its own, which nothing waits for: a message bus that doesn't
    answer holds up that thread only.

    Args:
        enter: gives what keeps the screen on for as long as it is entered.
        patience_s: how long a pause may be.
        after_s: how long it is waited with the first of it.
    """

    def __init__(
        self,
        enter: Enter = _presenting,
        *,
        patience_s: float = PATIENCE_S,
        after_s: float = FIRST_FRAME_S,
    ) -> None:
        self._enter = enter
        self._patience_s = patience_s
        self._after_s = after_s
        self._wishes: queue.SimpleQueue[_Wish] = queue.SimpleQueue()
        self._last: _Wish | None = None
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def __call__(self, event: Event, moment: Moment) -> None:
        """Note what has happened."""
        del moment
        match event:
            case ev.Ended():
                self._wish(_Wish.OVER)
            case ev.Paused() | ev.Stopped():
                self._wish(_Wish.PATIENT)
            case ev.StepBegan() | ev.PhaseBegan() | ev.Resumed():
                self._wish(_Wish.AWAKE)
            case _:
                pass

    def close(self) -> None:
        """Whatever ended the session: let the screen go dark again."""
        if self._last is not None:
            self._wish(_Wish.OVER)
        if self._thread is not None:
            self._thread.join(LEAVE_S)

    def _wish(self, wish: _Wish) -> None:
        if wish is self._last:
            return
        if self._thread is None and wish is not _Wish.OVER:
            self._thread = _started(self._run)
        self._last = wish
        if wish is _Wish.OVER:
            self._over.set()
        self._wishes.put(wish)

    def _run(self) -> None:
        # Whatever fails here fails quietly: a dark screen is no reason to disturb a session.
        with contextlib.suppress(Exception):
            if not self._over.wait(self._after_s):
                self._follow_wishes()

    def _follow_wishes(self) -> None:
        wish = self._wishes.get()
        while wish is not _Wish.OVER:
            if wish is _Wish.ASLEEP:
                wish = self._wishes.get()
                continue
            with self._enter():
                while wish in (_Wish.AWAKE, _Wish.PATIENT):
                    wish = self._next(self._patience_s if wish is _Wish.PATIENT else None)

    def _next(self, seconds: float | None) -> _Wish:
        try:
            return self._wishes.get(timeout=seconds)
        except queue.Empty:
            return _Wish.ASLEEP


def _started(work: Callable[[], None]) -> threading.Thread | None:
    """A thread that does this; None where there are no more: the screen goes dark when it does."""
    thread = threading.Thread(target=work, name="awake", daemon=True)
    with contextlib.suppress(RuntimeError, MemoryError):
        thread.start()
        return thread
    return None


def describe(enter: Enter = _presenting, *, answer_s: float = ANSWER_S) -> str:
    """Whether the screen can be kept on here, and by what, in a few words."""
    answer: queue.SimpleQueue[str] = queue.SimpleQueue()

    def ask() -> None:
        try:
            with enter() as mode:
                by = mode.result.method
                answer.put(f"kept on, by {by.name}" if by else "not kept on: nothing here can")
        except Exception as error:
            answer.put(f"not kept on: {error}")

    if _started(ask) is None:
        return "not kept on: there are no threads left"
    try:
        return answer.get(timeout=answer_s)
    except queue.Empty:
        return "not kept on: nothing answers here"
