"""The installed program in a real pseudo-terminal, read as a person would read it."""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyte

BACKCOACH = Path(sys.executable).with_name("backcoach")
# Sequences that pyte would show as text.
_PRIVATE = re.compile(
    rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1bP[^\x1b]*\x1b\\|\x1b_G[^\x1b]*\x1b\\"
)


class Terminal:
    """A program under a pseudo-terminal.

    Args:
        argv: the program and its arguments.
        env: its environment.
        size: columns and rows.
    """

    def __init__(
        self, argv: list[str], env: dict[str, str], size: tuple[int, int] = (80, 24)
    ) -> None:
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""
        pid, fd = pty.fork()
        columns, rows = size
        if pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
                os.execvpe(argv[0], argv, env)
            finally:
                os._exit(127)
        self.pid, self.fd = pid, fd
        self.status: int | None = None

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def resize(self, columns: int, rows: int) -> None:
        """Change the window's size."""
        self._screen.resize(rows, columns)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.kill(self.pid, signal.SIGWINCH)

    def read(self, seconds: float) -> bool:
        """Take in what comes within so many seconds; False once nothing can come any more."""
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        if not data:
            return False
        self.raw += data
        if b"\x1b[?2026$p" in data:
            os.write(self.fd, b"\x1b[?2026;2$y")
        if b"\x1b[6n" in data:
            os.write(self.fd, b"\x1b[1;1R")
        self._stream.feed(_PRIVATE.sub(b"", data))
        return True

    def wait_for(self, words: str, seconds: float = 20) -> str:
        """Read until the screen shows these words; the screen."""
        return self.wait_until(lambda text: words in text, seconds, repr(words))

    def wait_until(
        self, seen: Callable[[str], bool], seconds: float = 20, what: str = "that"
    ) -> str:
        """Read until the screen looks like it should; the screen."""
        end = time.monotonic() + seconds
        while not seen(self.text):
            left = end - time.monotonic()
            if left <= 0 or not self.read(min(left, 0.1)):
                raise AssertionError(f"never saw {what} in:\n{self.text}")
        return self.text

    def run_for(self, seconds: float) -> None:
        """Read for so long, whatever comes."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and self.read(left):
            pass

    def idle(self, seconds: float) -> None:
        """Let so much time pass without reading."""
        time.sleep(seconds)

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self.fd, keys.encode())

    def signal(self, number: int) -> None:
        """Send a signal to the program."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal, as a window is closed."""
        os.close(self.fd)
        self.fd = -1

    def wait_exit(self, seconds: float = 15) -> int:
        """Read until the program has ended; its exit status, 128 and more for a signal."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.fd >= 0:
                self.read(0.02)
            if self.ended():
                assert self.status is not None
                return self.status
            if self.fd < 0:
                time.sleep(0.02)
        raise AssertionError(f"still running after {seconds} s:\n{self.text}")

    def ended(self) -> bool:
        """Whether the program has ended."""
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                code = os.waitstatus_to_exitcode(status)
                self.status = code if code >= 0 else 128 - code
        return self.status is not None

    def close(self) -> None:
        """Make sure that nothing is left of it."""
        if not self.ended():
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self.fd >= 0:
            os.close(self.fd)


class Home:
    """A folder that stands for one person's machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._terminals: list[Terminal] = []

    @property
    def env(self) -> dict[str, str]:
        """The environment of every program started here."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("BACKCOACH", "TEXTUAL", "NO_COLOR"))
        }
        return kept | {
            "BACKCOACH_DATA_DIR": str(self.folder / "data"),
            "BACKCOACH_CONFIG_DIR": str(self.folder / "config"),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def open(self, *arguments: str, size: tuple[int, int] = (80, 24)) -> Terminal:
        """Start `backcoach` in a terminal."""
        terminal = Terminal([str(BACKCOACH), *arguments], self.env, size)
        self.keep(terminal)
        return terminal

    def keep(self, terminal: Terminal) -> None:
        """End this one too, afterwards."""
        self._terminals.append(terminal)

    def play(self, routine: str, *more: str, size: tuple[int, int] = (80, 24)) -> Terminal:
        """Start a session in a terminal, with everything answered."""
        answers = ("--pain", "1", "--nothing-new", "--accept-safety-notes")
        return self.open("play", routine, *answers, *more, size=size)

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run `backcoach` without a terminal."""
        return subprocess.run(
            [str(BACKCOACH), *arguments],
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def sessions(self) -> list[dict[str, Any]]:
        """What `history --json` says."""
        answer = self.run("history", "--json")
        assert answer.returncode == 0, answer.stderr
        sessions: list[dict[str, Any]] = json.loads(answer.stdout)["sessions"]
        return sessions

    def close(self) -> None:
        """End everything that still runs."""
        for terminal in self._terminals:
            terminal.close()


HOLDS = """
name = "Short holds"
[[steps]]
exercise = "bridge"
reps = 100
hold = "1s"
move = "1s"
rep_rest = 0
prepare = "1s"
"""


def short_holds(home: Home) -> str:
    """A routine whose first hold comes at once."""
    path = home.folder / "short-holds.toml"
    path.write_text(HOLDS, encoding="utf-8")
    return str(path)
