"""Single keys from a terminal without any picture, and a wake-up from other threads."""

import contextlib
import os
import select
import sys
from types import TracebackType
from typing import Any, Final, Self

_SEQUENCES: Final = {
    b"\x1b[C": "right",
    b"\x1b[D": "left",
    b"\x1bOC": "right",
    b"\x1bOD": "left",
    b"\x1b[5~": "pageup",
    b"\x1b[6~": "pagedown",
    b"\x1b[3~": "delete",
    b"\x7f": "backspace",
    b"\x08": "ctrl+h",
    b"\r": "enter",
    b"\n": "enter",
    b"\x18": "ctrl+x",
    b"\x1bx": "alt+x",
    b"\x1bX": "alt+X",
    b" ": "space",
    b"\x1b": "escape",
}


class Keyboard:
    """Reads keys while it is open; without a terminal there are none, and it only waits."""

    def __init__(self) -> None:
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_write, False)
        self._before: Any = None
        self.has_keys = bool(sys.stdin) and sys.stdin.isatty()

    def __enter__(self) -> Self:
        if self.has_keys:
            try:
                import termios
                import tty
            except ImportError:
                self.has_keys = False
                return self
            self._before = termios.tcgetattr(0)
            tty.setcbreak(0)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._before is not None:
            import termios

            with contextlib.suppress(termios.error, OSError):
                termios.tcsetattr(0, termios.TCSADRAIN, self._before)
        os.close(self._wake_read)
        os.close(self._wake_write)

    def wake(self) -> None:
        """End a wait, from any thread or from a signal's handler."""
        with contextlib.suppress(OSError):
            os.write(self._wake_write, b".")

    def wait(self, seconds: float) -> list[str]:
        """The keys that come within so many seconds; as soon as there is one.

        A terminal that is gone gives no more keys.
        """
        sources = [self._wake_read, *([0] if self.has_keys else [])]
        ready, _, _ = select.select(sources, [], [], seconds)
        if self._wake_read in ready:
            os.read(self._wake_read, 4096)
        if 0 not in ready:
            return []
        try:
            data = os.read(0, 1024)
        except OSError:
            data = b""
        if not data:
            self.has_keys = False
        return split_keys(data)


def split_keys(data: bytes) -> list[str]:
    """What a terminal sent as keys: their names, or the characters they type."""
    keys = []
    while data:
        sequence = next(
            (
                known
                for known in sorted(_SEQUENCES, key=len, reverse=True)
                if data.startswith(known)
            ),
            None,
        )
        if sequence is not None:
            keys.append(_SEQUENCES[sequence])
            data = data[len(sequence) :]
            continue
        size = _character_size(data[0])
        keys.append(data[:size].decode("utf-8", "replace"))
        data = data[size:]
    return keys


def _character_size(first: int) -> int:
    """How many bytes a UTF-8 character has that begins with this one."""
    return 4 if first >= 0xF0 else 3 if first >= 0xE0 else 2 if first >= 0xC0 else 1
