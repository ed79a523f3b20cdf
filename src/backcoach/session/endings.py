"""Every way in which the program can be ended from outside, so that nothing is lost.

A signal first lets the session end itself. Where it can't, because its terminal or its pipe takes
no more output, a watchdog saves, gives the terminal back as well as it can, and leaves.
"""

import contextlib
import os
import select
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

from backcoach.errors import EXIT_SIGNAL

WATCHDOG_S: Final = 1.0
"""How long the session has to end itself."""
HANG_UP_S: Final = 0.5
"""How often the terminal is looked for."""
_LEAVE: Final = (
    b"\x1b[?1049l\x1b[?25h\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[<u\x1b[0m\r\n"
)
"""Back from the other screen, with the cursor, without mouse, paste and key reports."""

SIGNALS: Final = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name)
)


class Endings:
    """Handles the signals that end the program.

    Args:
        ask: called on the main thread with the signal's number: let the session end itself.
        save: called by the watchdog: write the session's end without anybody's help.
        drawn: whether the terminal is drawn on, and has to be given back with its first screen.
    """

    def __init__(
        self, ask: Callable[[int], None], save: Callable[[], None], *, drawn: bool
    ) -> None:
        self._ask = ask
        self._save = save
        self._drawn = drawn
        self._before: dict[int, Any] = {}
        self._terminal = _terminal_state()
        self._watchdog: threading.Timer | None = None
        self._over = threading.Event()

    def install(self) -> None:
        """Handle the signals from now on. One that is ignored, by nohup say, stays ignored."""
        for number in SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._on_signal)

    def watch_terminal(self) -> None:
        """End as by SIGHUP once the terminal is gone, also where that signal is ignored.

        On a thread of its own: whoever draws may hang in a write by then.
        """
        threading.Thread(target=self._watch, name="terminal", daemon=True).start()

    def _watch(self) -> None:
        while not self._over.wait(HANG_UP_S):
            if self.hung_up():
                self._on_signal(signal.SIGHUP, None)
                return

    def in_order(self) -> None:
        """The terminal is given back, and what is left is writing: no need of the watchdog."""
        self._over.set()
        if self._watchdog is not None:
            self._watchdog.cancel()

    def restore(self) -> None:
        """Handle them as before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def hung_up(self) -> bool:
        """Whether the terminal is gone. Its reader would spin on it for ever otherwise."""
        if self._terminal is None:
            return False
        try:
            poll = select.poll()
            poll.register(0, 0)
            return any(flags & (select.POLLHUP | select.POLLERR) for _, flags in poll.poll(0))
        except (AttributeError, OSError, ValueError):
            return False

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        del frame
        if self._watchdog is None:
            self._watchdog = threading.Timer(WATCHDOG_S, self._give_up, (number,))
            self._watchdog.daemon = True
            self._watchdog.start()
        self._ask(number)

    def _give_up(self, number: int) -> None:
        """On the watchdog's thread: the program hangs, most likely in a write."""
        try:
            self._save()
            if self._terminal is not None:
                _restore_terminal(self._terminal, drawn=self._drawn)
        finally:
            os._exit(EXIT_SIGNAL + number)


def _terminal_state() -> Any:
    try:
        import termios
    except ImportError:
        return None
    try:
        return termios.tcgetattr(0)
    except (termios.error, OSError, ValueError):
        return None


def _restore_terminal(state: Any, *, drawn: bool) -> None:
    """Give the terminal back, without ever waiting for it."""
    import termios

    with contextlib.suppress(OSError, termios.error):
        termios.tcsetattr(0, termios.TCSANOW, state)
    if not drawn:
        return
    with contextlib.suppress(OSError, termios.error):
        termios.tcflush(0, termios.TCOFLUSH)
        os.set_blocking(2, False)
        os.write(2, _LEAVE)
