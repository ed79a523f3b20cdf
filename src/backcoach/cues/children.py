"""Another program, run so that nothing of it reaches the terminal, and nothing of it is left."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

LOOK_S: Final = 0.03
"""How often it is looked whether a program has ended."""
REAP_S: Final = 2.0
"""How long a killed program is waited for; only one that hangs in the kernel takes longer."""

Wait = Callable[[float], bool]
"""Waits so many seconds at most, or less where there is something new; whether to end now."""


@dataclass(frozen=True, slots=True)
class Command:
    """What to run.

    Attributes:
        stdin: what it reads; nothing where empty.
        limit_s: the time after which it is killed.
    """

    argv: tuple[str, ...]
    limit_s: float
    stdin: bytes = b""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went.

    Attributes:
        status: the exit status; None where it could not be started, was cut, or took too long.
        cut: whether it was ended because nobody wanted it any more.
        problem: in words; empty where there is none.
    """

    status: int | None
    cut: bool = False
    problem: str = ""


def run(command: Command, wait: Wait) -> Outcome:
    """Run it to its end; killed with all that it started where it is cut, or takes too long.

    Never raises: what goes wrong is in the outcome.
    """
    try:
        child = subprocess.Popen(
            command.argv,
            stdin=subprocess.PIPE if command.stdin else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # Of its own: Ctrl-C in the terminal is ours, and the group can be killed as one.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, ValueError) as error:
        return Outcome(None, problem=getattr(error, "strerror", None) or str(error))
    try:
        return _watch(child, command, wait)
    finally:
        _kill(child)


def _watch(child: "subprocess.Popen[bytes]", command: Command, wait: Wait) -> Outcome:
    if child.stdin is not None:
        # Less than a pipe holds: this never waits for a program that doesn't read.
        with contextlib.suppress(OSError):
            child.stdin.write(command.stdin)
        with contextlib.suppress(OSError):
            child.stdin.close()
    looks = max(1, round(command.limit_s / LOOK_S))
    for _ in range(looks):
        if _has_ended(child):
            status = child.wait() if sys.platform == "win32" else _status(child)
            return Outcome(status, problem="" if status == 0 else f"exit status {status}")
        if wait(LOOK_S):
            return Outcome(None, cut=True)
    return Outcome(None, problem=f"took longer than {command.limit_s:.0f} s")


def _has_ended(child: "subprocess.Popen[bytes]") -> bool:
    """Whether it has, without giving its number away: its group is still to be killed."""
    if not hasattr(os, "waitid"):
        return child.poll() is not None
    flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
    try:
        return os.waitid(os.P_PID, child.pid, flags) is not None
    except ChildProcessError:
        return True


def _status(child: "subprocess.Popen[bytes]") -> int:
    """The exit status of a program that has ended; what it has left running is killed first."""
    if child.returncode is None:
        _kill_group(child)
    return child.wait()


def _kill(child: "subprocess.Popen[bytes]") -> None:
    """End it with all that it started, and leave no zombie."""
    if child.returncode is not None:
        return
    _kill_group(child)
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(REAP_S)


def _kill_group(child: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            child.kill()
        else:
            os.killpg(child.pid, signal.SIGKILL)
