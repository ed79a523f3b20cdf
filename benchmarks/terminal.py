"""A program in a pseudo-terminal: what it shows, what it writes, and what it costs.

Everything is matched on the text of the screen, as a terminal would show it.
"""

import contextlib
import fcntl
import os
import platform
import pty
import re
import select
import signal
import struct
import termios
import time
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Final, Self

import psutil
import pyte

COLUMNS: Final = 120
ROWS: Final = 40
PATIENCE_S: Final = 20.0
"""How long anything may take to be seen."""
GRACE_S: Final = 0.001
"""How soon the next piece of one screen follows."""
LEAVE_S: Final = 5.0
"""How long a program may take to end after SIGTERM."""

# Keyboard and mode requests that pyte would print as text.
_UNKNOWN = re.compile(rb"\x1b\[(?:[<>=][0-9;]*[a-zA-Z]|\?[0-9;]*\$p)")
# A sequence that a read has cut in two.
_CUT = re.compile(rb"\x1b(?:\[[0-9;:?<>=$]*)?\Z")
_REPLIES: Final = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[6n": b"\x1b[1;1R"}


class TerminalError(Exception):
    """The program did not show what was waited for, or has ended; says what is on the screen."""


class Terminal:
    """A program that runs in a terminal of 120×40, from `with` to its end.

    Args:
        command: the program and its arguments.
        environment: variables in addition to this process's.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._cut = b""
        self.bytes_written = 0
        """By the program, so far."""
        self.started_s = time.perf_counter()
        """When it was started, in seconds of the performance counter."""
        self._understood_s = self.started_s
        self._unread: deque[tuple[float, bytes]] = deque()
        pid, self._fd = pty.fork()
        if pid == 0:
            try:
                os.execvpe(command[0], list(command), _environment(environment))
            finally:
                os._exit(127)
        # Long before the program asks: Python itself takes a hundred times as long to start.
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._process = psutil.Process(pid)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def fileno(self) -> int:
        """For `select`."""
        return self._fd

    @property
    def text(self) -> str:
        """The screen's lines."""
        # Not pyte's own `display`, which measures every character once more.
        rows = (self._screen.buffer[y] for y in range(ROWS))
        return "\n".join("".join(row[x].data for x in range(COLUMNS)) for row in rows)

    def press(self, key: str) -> float:
        """Write a key; when, in seconds of the performance counter."""
        now_s = time.perf_counter()
        os.write(self._fd, key.encode())
        return now_s

    def wait_for(self, *words: str) -> float:
        """Read until the screen shows all of these; when the last of them came.

        Returns:
            Seconds of the performance counter.

        Raises:
            TerminalError: they were not all seen in time.
        """
        end_s = time.perf_counter() + PATIENCE_S
        while not self._shows(words):
            left_s = end_s - time.perf_counter()
            if left_s <= 0:
                raise TerminalError(f"no {words} in time; the screen is:\n{self.text}")
            if self._unread or select.select([self], [], [], left_s)[0]:
                self._understand_next()
        seen_s = self._understood_s
        while self._unread:
            self._understand_next()
        return seen_s

    def settle(self, quiet_s: float = 0.3) -> None:
        """Read until nothing has come for a while."""
        while select.select([self], [], [], quiet_s)[0]:
            self.read()

    def read(self) -> None:
        """Take what the program has written, and answer what it asks its terminal.

        Raises:
            TerminalError: the program has ended.
        """
        self._understand_next()
        while self._unread:
            self._understand_next()

    def _understand_next(self) -> None:
        """Bring the screen up to date with one piece of what was written."""
        if not self._unread:
            self._take()
        self._understood_s, data = self._unread.popleft()
        data = self._cut + data
        cut = _CUT.search(data)
        self._cut = cut[0] if cut else b""
        data = data[: len(data) - len(self._cut)]
        for request, reply in _REPLIES.items():
            if request in data:
                os.write(self._fd, reply)
        self._stream.feed(_UNKNOWN.sub(b"", data))

    def _take(self) -> None:
        """Take all there is, each piece with its moment, and only then let pyte understand it.

        That takes milliseconds, and a program writes a large screen in several pieces.
        """
        while not self._unread or select.select([self], [], [], GRACE_S)[0]:
            now_s = time.perf_counter()
            try:
                data = os.read(self._fd, 65536)
            except OSError:
                data = b""
            if not data:
                raise TerminalError(f"the program has ended; the screen is:\n{self.text}")
            self.bytes_written += len(data)
            self._unread.append((now_s, data))

    def _shows(self, words: Sequence[str]) -> bool:
        text = self.text
        return all(word in text for word in words)

    def cpu_s(self) -> float:
        """Processor time so far, of the program and its children, in seconds."""
        family = [self._process, *self._process.children(recursive=True)]
        return sum(_cpu_s(process) for process in family)

    def rss_mib(self) -> float:
        """Resident memory, in MiB."""
        return self._process.memory_info().rss / 2**20

    def close(self) -> None:
        """End the program, by force if need be."""
        with contextlib.suppress(psutil.NoSuchProcess):
            self._process.send_signal(signal.SIGTERM)
            end_s = time.perf_counter() + LEAVE_S
            with contextlib.suppress(TerminalError):
                while (left_s := end_s - time.perf_counter()) > 0:
                    if select.select([self], [], [], left_s)[0]:
                        self.read()
            with contextlib.suppress(psutil.TimeoutExpired):
                self._process.wait(1.0)
            self._process.kill()
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._process.pid, 0)
        os.close(self._fd)


def drain(terminals: Sequence[Terminal], seconds: float) -> None:
    """Read from several for so long, so that none of them ever waits to write."""
    end_s = time.perf_counter() + seconds
    while (left_s := end_s - time.perf_counter()) > 0:
        for terminal in select.select(terminals, [], [], left_s)[0]:
            terminal.read()


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    """This process's, without what would change how Textual draws."""
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("TEXTUAL") and name not in ("NO_COLOR", "FORCE_COLOR")
    }
    return {**ours, "TERM": "xterm-256color", "COLORTERM": "truecolor", **more}


def _cpu_s(process: psutil.Process) -> float:
    with contextlib.suppress(psutil.Error, OSError):
        if platform.system() == "Linux":
            # What clock_getcpuclockid(3), which Python lacks, would give: nanoseconds where
            # psutil has hundredths of a second, and threads that have ended are counted.
            return time.clock_gettime((~process.pid << 3) | 2)
        times = process.cpu_times()
        return times.user + times.system
    return 0.0
