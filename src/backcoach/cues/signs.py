"""What is left where nothing can be heard: the terminal's bell, and a flash of the picture."""

import contextlib
import threading
from collections.abc import Callable
from typing import Final

FLASH_EVERY_MS: Final = 1000
"""Nothing flashes faster."""


class Signs:
    """Rings and flashes by what the screen lends, and never raises.

    Attributes:
        bell, flash: called on the caller's thread; None where there is none.
    """

    def __init__(self) -> None:
        self.bell: Callable[[], None] | None = None
        self.flash: Callable[[], None] | None = None
        self._lock = threading.Lock()
        self._flashed_ms = -FLASH_EVERY_MS

    def ring(self) -> bool:
        """Ring the bell; whether there is one."""
        if self.bell is None:
            return False
        with contextlib.suppress(Exception):
            self.bell()
            return True
        return False

    def light(self, monotonic_ms: int) -> bool:
        """Flash, at most once a second; whether it did."""
        if self.flash is None:
            return False
        with self._lock:
            # Two threads at once: only one of them flashes.
            if monotonic_ms - self._flashed_ms < FLASH_EVERY_MS:
                return False
            self._flashed_ms = monotonic_ms
        with contextlib.suppress(Exception):
            self.flash()
            return True
        return False
