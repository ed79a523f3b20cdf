"""Every way in which the program can be ended from outside, so that nothing is lost.

A signal first lets the app end itself. Where it can't, because its terminal takes no more output,
a watchdog saves, gives the terminal back as well as it can, and leaves.
"""

import contextlib
import os
import select
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

WATCHDOG_S: Final = 1.0
"""How long the app has to end itself."""
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
        ask: called on the main thread with the signal's number: let the app end itself.
        save: called by the watchdog: write the session's end without the app's help.
    """

    def __init__(self, ask: Callable[[int], None], save: Callable[[], None]) -> None:
        self._ask = ask
        self._save = save
        self._before: dict[int, Any] = {}
        self._terminal = _terminal_state()

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

    def install(self) -> None:
        """Handle the signals from now on. One that is ignored, by nohup say, stays ignored."""
        for number in SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._on_signal)

    def restore(self) -> None:
        """Handle them as before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        del frame
        watchdog = threading.Timer(WATCHDOG_S, self._give_up, (number,))
        watchdog.daemon = True
        watchdog.start()
        self._ask(number)

    def _give_up(self, number: int) -> None:
        """On the watchdog's thread: the app hangs, most likely in a write to its terminal."""
        self._save()
        _restore_terminal(self._terminal)
        os._exit(128 + number)


def mend_continue(app: Any) -> None:
    """After SIGCONT, draw again; only a suspended app takes its terminal back.

    Textual's own handler takes it back unasked, and leaves a thread behind each time.
    """
    driver: Any = getattr(app, "_driver", None)
    if not hasattr(driver, "_must_signal_resume") or not hasattr(signal, "SIGCONT"):
        return

    def on_continue(number: int, frame: FrameType | None) -> None:
        del number, frame
        if driver._must_signal_resume:
            driver._sigcont_application()
        else:
            app.from_thread(lambda: app.refresh(layout=True))

    signal.signal(signal.SIGCONT, on_continue)


def _terminal_state() -> Any:
    try:
        import termios

        return termios.tcgetattr(0)
    except (ImportError, OSError, ValueError):
        return None
    except Exception as error:  # termios.error has no other base
        del error
        return None


def _restore_terminal(state: Any) -> None:
    """Give the terminal back, without ever waiting for it."""
    if state is None:
        return
    import termios

    with contextlib.suppress(OSError, termios.error):
        termios.tcsetattr(0, termios.TCSANOW, state)
    with contextlib.suppress(OSError):
        termios.tcflush(0, termios.TCOFLUSH)
        os.set_blocking(2, False)
        os.write(2, _LEAVE)
