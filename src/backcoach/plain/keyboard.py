"""Single keys from a terminal without any picture, and a wake-up from other threads."""

import contextlib
import os
import re
import select
import signal
import sys
from types import FrameType, TracebackType
from typing import Any, Final, Self

UNKNOWN: Final = "unknown"
"""A key that no table has: a hand that lands on the keyboard."""
TAIL_S: Final = 0.05
"""How long the rest of a key is waited for that came in pieces."""

_NAMES: Final = {
    b"\x1b[C": "right",
    b"\x1b[D": "left",
    b"\x1bOC": "right",
    b"\x1bOD": "left",
    b"\x1b[5~": "pageup",
    b"\x1b[6~": "pagedown",
    b"\x1b[3~": "delete",
    b"\x1bx": "alt+x",
    b"\x1bX": "alt+X",
    b"\x1b": "escape",
    b"\x7f": "backspace",
    b"\x08": "ctrl+h",
    b"\r": "enter",
    b"\n": "enter",
    b"\x18": "ctrl+x",
    b" ": "space",
}
_SEQUENCE: Final = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|O[\x20-\x7e]|[\x20-\x4e\x50-\x5a\x5c-\x7e])"
)
_UNFINISHED: Final = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|O)?\Z")


class Keyboard:
    """Reads keys while it is open; without a terminal there are none, and it only waits."""

    def __init__(self) -> None:
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_write, False)
        self._before: Any = None
        self._on_continue: Any = None
        self._tail = b""
        self.has_keys = bool(sys.stdin) and sys.stdin.isatty()

    def __enter__(self) -> Self:
        if self.has_keys:
            import termios

            self._before = termios.tcgetattr(0)
            self._take_keys()
            # A shell that had the terminal meanwhile gives it back line by line.
            self._on_continue = signal.signal(signal.SIGCONT, self._continued)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._before is not None:
            import termios

            signal.signal(signal.SIGCONT, self._on_continue)
            with contextlib.suppress(termios.error, OSError):
                termios.tcsetattr(0, termios.TCSADRAIN, self._before)
        os.close(self._wake_read)
        os.close(self._wake_write)

    def _take_keys(self) -> None:
        import termios
        import tty

        with contextlib.suppress(termios.error, OSError):
            tty.setcbreak(0)

    def _continued(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self._take_keys()
        self.wake()

    def wake(self) -> None:
        """End a wait, from any thread or from a signal's handler."""
        with contextlib.suppress(OSError):
            os.write(self._wake_write, b".")

    def wait(self, seconds: float) -> list[str]:
        """The keys that come within so many seconds; as soon as there is one.

        A terminal that is gone gives no more keys.
        """
        sources = [self._wake_read, *([0] if self.has_keys else [])]
        ready, _, _ = select.select(sources, [], [], TAIL_S if self._tail else seconds)
        if self._wake_read in ready:
            os.read(self._wake_read, 4096)
        if 0 not in ready:
            # Nothing follows: what there is of a key is all of it.
            keys, self._tail = split_keys(self._tail), b""
            return keys
        try:
            data = os.read(0, 1024)
        except OSError:
            data = b""
        if not data:
            self.has_keys = False
        data, self._tail = without_tail(self._tail + data)
        return split_keys(data)


def without_tail(data: bytes) -> tuple[bytes, bytes]:
    """What a terminal sent, and the beginning of a key at its end whose rest may follow."""
    if unfinished := _UNFINISHED.search(data):
        return data[: unfinished.start()], data[unfinished.start() :]
    for back in range(1, min(3, len(data)) + 1):
        first = data[-back]
        if first >= 0xC0:
            cut = len(data) - back if _character_size(first) > back else len(data)
            return data[:cut], data[cut:]
        if first < 0x80:
            break
    return data, b""


def split_keys(data: bytes) -> list[str]:
    """What a terminal sent as keys: their names, or the characters they type."""
    keys = []
    while data:
        if found := _SEQUENCE.match(data):
            keys.append(_NAMES.get(found[0], UNKNOWN))
            data = data[found.end() :]
            continue
        size = _character_size(data[0])
        key = data[:size]
        keys.append(_NAMES.get(key, key.decode("utf-8", "replace")))
        data = data[size:]
    return keys


def _character_size(first: int) -> int:
    """How many bytes a UTF-8 character has that begins with this one."""
    return 4 if first >= 0xF0 else 3 if first >= 0xE0 else 2 if first >= 0xC0 else 1
