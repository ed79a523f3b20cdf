"""The one place that reads a clock. Everything else is handed the time."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Moment:
    """One reading of all clocks, in whole milliseconds.

    Attributes:
        monotonic_ms: never goes back; stands still or runs on while the machine sleeps,
            by platform.
        wall_ms: since 1970; jumps where somebody sets the clock.
        boot_ms: like the monotonic one, but runs on while the machine sleeps; where there is no
            such clock, the same as `monotonic_ms`.
    """

    monotonic_ms: int
    wall_ms: int
    boot_ms: int


class Clock(Protocol):
    """Anything that tells the time."""

    def now(self) -> Moment:
        """The present moment."""
        ...


class SystemClock:
    """This machine's clocks."""

    def now(self) -> Moment:
        """The present moment."""
        monotonic_ms = time.monotonic_ns() // 1_000_000
        boot = getattr(time, "CLOCK_BOOTTIME", None)
        boot_ms = monotonic_ms if boot is None else time.clock_gettime_ns(boot) // 1_000_000
        return Moment(monotonic_ms, time.time_ns() // 1_000_000, boot_ms)


class HandedClock:
    """A clock that stands still until it is moved: for tests, and for pictures of a moment.

    Args:
        wall_ms: what the wall clock begins at, in milliseconds since 1970.
    """

    def __init__(self, wall_ms: int = 0) -> None:
        self._moment = Moment(0, wall_ms, 0)

    def now(self) -> Moment:
        """The moment it was last moved to."""
        return self._moment

    def advance(self, ms: int, *, wall_ms: int | None = None, boot_ms: int | None = None) -> None:
        """Move on; the wall and the boot-time clock by as much, where nothing else is said."""
        moment = self._moment
        self._moment = Moment(
            moment.monotonic_ms + ms,
            moment.wall_ms + (ms if wall_ms is None else wall_ms),
            moment.boot_ms + (ms if boot_ms is None else boot_ms),
        )


def utc(moment: Moment) -> datetime:
    """The wall clock's time, aware, in UTC."""
    return datetime.fromtimestamp(moment.wall_ms / 1000, UTC)


def local(moment: Moment) -> datetime:
    """The wall clock's time, aware, where this machine is."""
    return utc(moment).astimezone()
