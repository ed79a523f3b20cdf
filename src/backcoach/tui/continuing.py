"""A program that was suspended and goes on."""

import signal
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from backcoach.tui.app import CoachApp


def mend_continue(app: "CoachApp") -> None:
    """After SIGCONT, draw again; only a suspended app takes its terminal back.

    Textual's own handler takes it back unasked, and leaves a thread behind each time.
    """
    driver: Any = app._driver
    if not hasattr(driver, "_must_signal_resume") or not hasattr(signal, "SIGCONT"):
        return

    def on_continue(number: int, frame: FrameType | None) -> None:
        del number, frame
        if driver._must_signal_resume:
            driver._sigcont_application()
        else:
            app.from_thread(app.draw_again)

    signal.signal(signal.SIGCONT, on_continue)
