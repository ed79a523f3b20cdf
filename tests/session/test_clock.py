"""The clock that is handed in, and the machine's own."""

import threading
from datetime import UTC, datetime
from pathlib import Path

from session_building import EVENING_MS, Program

from backcoach.session.clock import HandedClock, Moment, SystemClock, utc


def test_a_handed_clock_stands_still() -> None:
    clock = HandedClock(EVENING_MS)

    assert clock.now() == clock.now() == Moment(0, EVENING_MS, 0)


def test_a_handed_clock_moves_all_its_hands_alike() -> None:
    clock = HandedClock(EVENING_MS)
    clock.advance(1500)
    clock.advance(1)

    assert clock.now() == Moment(1501, EVENING_MS + 1501, 1501)


def test_each_hand_can_be_moved_by_itself() -> None:
    clock = HandedClock(EVENING_MS)
    clock.advance(1000, wall_ms=-5000, boot_ms=60_000)

    assert clock.now() == Moment(1000, EVENING_MS - 5000, 60_000)


def test_the_machines_clocks_go_on() -> None:
    clock = SystemClock()
    before = clock.now()
    threading.Event().wait(0.02)
    after = clock.now()

    assert 10 <= after.monotonic_ms - before.monotonic_ms < 20_000
    assert 10 <= after.boot_ms - before.boot_ms < 20_000
    assert after.wall_ms > datetime(2025, 1, 1, tzinfo=UTC).timestamp() * 1000


def test_utc_is_the_wall_clocks_time() -> None:
    moment = Moment(0, EVENING_MS + 250, 0)

    assert utc(moment) == datetime.fromtimestamp(EVENING_MS / 1000 + 0.25, UTC)
    assert utc(moment).tzinfo is UTC


def test_local_is_the_same_moment_with_the_machines_offset(tmp_path: Path) -> None:
    code = (
        "from backcoach.session.clock import *;"
        f"moment = Moment(0, {EVENING_MS}, 0);"
        "print(local(moment).isoformat(), local(moment) == utc(moment))"
    )
    # Without the database of time zones: POSIX counts the hours from the east.
    done = Program(tmp_path).python(code, env={"TZ": "XXX-5:30"})

    assert done.stdout == "2026-05-05T22:23:20+05:30 True\n", done.stderr
