"""Time that goes missing: nothing of it is banked, and only a short gap goes on by itself.

The rule is in real seconds, whatever the speed of a rehearsal.
"""

import pytest
from player_building import only, timeline_of
from session_building import Conducted, bird_dogs

from backcoach.player import events as ev
from backcoach.player.state import Outcome, Status

SPEEDS = (0.5, 1.0, 2.0)


def begun(speed: float = 1.0) -> Conducted:
    """A session in its first prepare of 45 s, just woken, 16 s of the player's time in it."""
    session = Conducted(speed=speed)
    session.wait(int(16_000 / speed))
    assert session.active_ms == 16_000
    assert only(session.heard, ev.Paused) == []
    return session


def gaps(session: Conducted) -> list[ev.Paused]:
    """The pauses so far, all of which a gap has made."""
    pauses = only(session.heard, ev.Paused)
    assert {pause.reason for pause in pauses} <= {"gap"}
    return pauses


# What is a gap


@pytest.mark.parametrize("speed", SPEEDS)
def test_a_wake_up_two_seconds_late_is_none(speed: float) -> None:
    session = begun(speed)
    passed_ms = session.conductor.wait_ms() + 2000
    session.wake(late_ms=2000)

    assert gaps(session) == []
    assert session.active_ms == 16_000 + passed_ms * speed


@pytest.mark.parametrize("speed", [*SPEEDS, 100.0])
def test_a_later_one_is(speed: float) -> None:
    session = Conducted(speed=speed)
    session.conductor.pump()
    passed_ms = session.conductor.wait_ms() + 2001
    session.wake(late_ms=2001)

    (gap,) = gaps(session)
    assert gap.lost_ms == passed_ms
    assert gap.active_ms == session.active_ms == 0


@pytest.mark.parametrize("clock", ["wall_ms", "boot_ms"])
@pytest.mark.parametrize("apart_ms", [-2000, -1, 1, 2000])
def test_clocks_two_seconds_apart_are_none(clock: str, apart_ms: int) -> None:
    session = begun()
    session.clock.advance(1000, **{clock: 1000 + apart_ms})
    session.conductor.pump()

    assert gaps(session) == []
    assert session.active_ms == 17_000


@pytest.mark.parametrize("speed", [*SPEEDS, 100.0])
@pytest.mark.parametrize("clock", ["wall_ms", "boot_ms"])
@pytest.mark.parametrize("apart_ms", [-2001, 2001])
def test_clocks_further_apart_are(clock: str, apart_ms: int, speed: float) -> None:
    session = Conducted(speed=speed)
    session.conductor.pump()
    session.clock.advance(100, **{clock: 100 + apart_ms})
    session.conductor.pump()

    (gap,) = gaps(session)
    assert gap.lost_ms == 2001
    assert session.active_ms == 0


def test_clocks_that_drift_slowly_are_none() -> None:
    session = Conducted()
    while not session.conductor.ended:
        wait_ms = session.conductor.wait_ms()
        session.clock.advance(wait_ms, wall_ms=wait_ms + 200)
        session.conductor.pump()

    assert gaps(session) == []


def test_the_first_wake_up_may_be_late_as_well() -> None:
    session = Conducted()
    session.clock.advance(60_000)
    session.conductor.pump()

    (gap,) = gaps(session)
    assert gap.active_ms == session.active_ms == 0
    assert session.conductor.state.status is Status.PAUSED


# What it does


def test_a_slept_machine_pauses_where_it_was() -> None:
    session = begun()
    session.clock.advance(500, wall_ms=3_600_000, boot_ms=3_600_000)
    session.conductor.pump()

    state = session.conductor.state
    assert state.status is Status.PAUSED
    assert (state.active_ms, state.elapsed_ms, state.index) == (16_000, 16_000, 0)
    assert gaps(session)[0].lost_ms == 3_599_500
    assert "3600 s went missing" in state.notice


def test_a_stopped_process_pauses_where_it_was() -> None:
    session = begun()
    session.clock.advance(600_000)
    session.conductor.pump()

    state = session.conductor.state
    assert state.status is Status.PAUSED
    assert (state.active_ms, state.elapsed_ms, state.index) == (16_000, 16_000, 0)
    assert session.kinds().count("phase-began") == 1


def test_a_hold_is_never_done_by_being_away() -> None:
    session = Conducted(timeline_of({"exercise": "lift-up", "reps": 1, "prepare": 0}))
    session.wait(5000)
    session.clock.advance(60_000)
    session.conductor.pump()

    assert only(session.heard, ev.RepDone) == []
    assert session.active_ms == 5000


@pytest.mark.parametrize("lost_ms", [10_000, 10_001, 60_000, 86_400_000])
def test_a_long_gap_stays_paused(lost_ms: int) -> None:
    session = begun()
    session.clock.advance(0, wall_ms=lost_ms)
    session.conductor.pump()
    session.wait(120_000)

    assert session.conductor.state.status is Status.PAUSED
    assert session.active_ms == 16_000
    assert only(session.heard, ev.Resumed) == []


@pytest.mark.parametrize("lost_ms", [2001, 5000, 9999])
def test_a_short_gap_goes_on_by_itself_after_a_settle(lost_ms: int) -> None:
    session = begun()
    session.clock.advance(0, wall_ms=lost_ms)
    session.conductor.pump()

    state = session.conductor.state
    assert state.status is Status.RUNNING
    assert state.settle is not None
    assert state.settle.length_ms >= 10_000
    assert f"{lost_ms / 1000:.0f} s went missing" in state.notice
    assert session.kinds()[-3:] == ["pause", "resume", "phase-began"]

    session.to_the_end()
    assert session.conductor.state.outcome is Outcome.COMPLETED
    settle_ms = state.settle.length_ms
    left_of_prepare_ms = 45_000 - 16_000
    assert session.active_ms == bird_dogs().total_ms - left_of_prepare_ms + settle_ms


def test_after_a_long_gap_the_person_goes_on() -> None:
    session = begun()
    session.clock.advance(0, wall_ms=60_000)
    session.conductor.pump()
    session.wait(5000)
    session.press("space")

    assert session.conductor.state.status is Status.RUNNING
    assert session.conductor.state.settle is not None


def test_one_gap_is_told_once() -> None:
    session = begun()
    session.clock.advance(5000, wall_ms=9000, boot_ms=9000)
    session.conductor.pump()
    session.wait(9000)

    assert len(gaps(session)) == 1


def test_two_gaps_are_two() -> None:
    session = begun()
    for _ in range(2):
        session.wait(1000)
        session.clock.advance(1000, wall_ms=5000)
        session.conductor.pump()

    assert len(gaps(session)) == 2
    assert session.active_ms == 16_000 + 2 * 1000


@pytest.mark.parametrize("keys", [["space"], ["escape"], ["q"], ["?"], ["x"]])
def test_a_frozen_session_loses_nothing(keys: list[str]) -> None:
    session = begun()
    session.press(*keys)
    before = list(session.heard)
    session.clock.advance(9000, wall_ms=3_600_000, boot_ms=3_600_000)
    session.conductor.pump()

    assert session.heard == before


def test_a_stop_pressed_on_waking_belongs_to_where_it_was() -> None:
    session = Conducted(timeline_of({"exercise": "lift-up", "reps": 2, "prepare": 0}))
    session.wait(6000)
    session.clock.advance(60_000)

    assert session.press("x")
    (stop,) = only(session.heard, ev.Stopped)
    assert session.conductor.state.status is Status.STOPPED
    assert stop.active_ms == 6000
    assert (stop.phase, stop.rep, stop.into_ms) == ("hold", 1, 4000)


@pytest.mark.parametrize("since_ms", [0, 100, 399])
def test_a_pause_aimed_at_a_running_session_never_sends_it_on(since_ms: int) -> None:
    session = begun()
    session.clock.advance(60_000)
    if since_ms:
        session.conductor.pump()
        session.clock.advance(since_ms)
    session.press("space")

    assert session.conductor.state.status is Status.PAUSED
