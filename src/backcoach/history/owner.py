"""Whether the process that began a session still lives, told apart from one that reuses its id."""

import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Owner:
    """A process: its id, the boot it belongs to, and when it began in that boot."""

    pid: int
    boot: str
    started: str


def this_process() -> Owner:
    """The process that runs this."""
    pid = os.getpid()
    return Owner(pid, _boot(), _started(pid) or "")


def is_alive(owner: Owner) -> bool:
    """Whether exactly this process still runs on this machine."""
    return owner.boot == _boot() and _started(owner.pid) == owner.started


if sys.platform == "linux":

    @cache
    def _boot() -> str:
        try:
            return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        except OSError:
            # In a jail without it the process's start alone tells.
            return ""

    def _started(pid: int) -> str | None:
        """The process's start in clock ticks since boot; None where there is none, or a zombie."""
        try:
            stat = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
        except OSError:
            return None
        # The name in brackets may hold anything; what follows the last bracket is fixed.
        fields = stat[stat.rindex(")") + 2 :].split()
        return None if fields[0] in "ZX" else fields[19]

else:

    @cache
    def _boot() -> str:
        import psutil

        # Whole minutes: the wall clock that this is reckoned from is corrected now and then.
        return str(round(psutil.boot_time() / 60))

    def _started(pid: int) -> str | None:
        import psutil

        try:
            return str(round(psutil.Process(pid).create_time()))
        except psutil.Error:
            return None
