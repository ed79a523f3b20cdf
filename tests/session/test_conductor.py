"""A session that is woken when it asks for it: what it hears, when, and how often it beats."""

from itertools import pairwise

import pytest
from player_building import only, timeline_of
from session_building import EVENING_MS, Conducted, bird_dogs, in_one_jump

from backcoach.player import events as ev
from backcoach.player.inputs import Input, InputKind
from backcoach.player.state import Outcome, Status
from backcoach.session.clock import HandedClock, Moment
from backcoach.session.conductor import BEAT_MS, Conductor
from backcoach.timeline.model import Timeline

SPEEDS = (0.1, 0.3, 1.0, 3.0, 7.0, 500.0, 1000.0)
MOST_BETWEEN_BEATS_MS = 5000


def quiet_rests(*seconds: int) -> Timeline:
    """Rests, one after the other."""
    return timeline_of(*({"rest": length} for length in seconds))


# Waking up


@pytest.mark.parametrize("speed", SPEEDS)
def test_it_wakes_at_every_deadline(speed: float) -> None:
    session = Conducted(speed=speed)
    session.to_the_end()

    assert session.heard == in_one_jump(bird_dogs())
    assert session.conductor.state.outcome is Outcome.COMPLETED
    assert session.active_ms == bird_dogs().total_ms


@pytest.mark.parametrize("speed", SPEEDS)
def test_it_wakes_in_time_for_every_event(speed: float) -> None:
    session = Conducted(speed=speed)
    session.to_the_end()

    for event, moment in zip(session.heard, session.moments, strict=True):
        due_ms = event.at_ms / speed
        # No sooner, and no later than the player's and the machine's milliseconds can tell.
        assert due_ms - 0.01 <= moment.monotonic_ms <= due_ms + 1 + 1 / speed


@pytest.mark.parametrize("speed", SPEEDS)
def test_it_never_waits_in_vain_nor_longer_than_a_beat(speed: float) -> None:
    session = Conducted(speed=speed)
    while not session.conductor.ended:
        assert 0 < session.conductor.wait_ms() <= BEAT_MS
        session.wake()


def test_the_whole_takes_as_long_as_its_speed_says() -> None:
    for speed in SPEEDS:
        session = Conducted(speed=speed)
        session.to_the_end()

        assert abs(session.now_ms - bird_dogs().total_ms / speed) <= 1 + 1 / speed


def test_waking_more_often_changes_nothing() -> None:
    session = Conducted()
    while not session.conductor.ended:
        session.clock.advance(min(session.conductor.wait_ms(), 333))
        session.conductor.pump()
        session.conductor.pump()

    assert session.heard == in_one_jump(bird_dogs())


@pytest.mark.parametrize("late_ms", [1, 700, 2000])
def test_a_late_wake_up_is_made_up_for(late_ms: int) -> None:
    session = Conducted()
    session.to_the_end(late_ms)

    assert session.heard == in_one_jump(bird_dogs())
    assert session.active_ms == bird_dogs().total_ms
    behind = [
        moment.monotonic_ms - event.at_ms
        for event, moment in zip(session.heard, session.moments, strict=True)
    ]
    assert 0 < max(behind) <= late_ms


def test_a_frozen_session_waits_for_a_beat() -> None:
    session = Conducted()
    session.wait(1000)
    session.press("space")

    assert 0 < session.conductor.wait_ms() <= BEAT_MS
    session.wait(600_000)
    assert session.active_ms == 1000


def test_a_stopped_session_wakes_for_its_silence() -> None:
    session = Conducted()
    session.wait(1000)
    session.press("x")
    session.wait(9_999)
    assert "breathing" not in session.kinds()

    session.wait(1)
    assert session.kinds()[-1] == "breathing"
    session.wait(589_999)
    assert not session.conductor.ended

    session.wait(1)
    assert session.conductor.state.outcome is Outcome.PAIN


def test_a_self_paced_phase_is_waited_for() -> None:
    session = Conducted(timeline_of({"exercise": "swing-by", "reps": 4, "pace": "self"}))
    session.wait(600_000)
    assert not session.conductor.ended

    session.press("enter")
    assert session.conductor.state.outcome is Outcome.COMPLETED


def test_a_timeline_without_phases_is_over_at_once() -> None:
    session = Conducted(Timeline("empty", "Empty", (), ()))

    assert session.conductor.ended
    assert session.kinds()[-1] == "end"
    assert session.active_ms == 0


# Handing on


def test_every_sink_gets_every_event_in_order() -> None:
    heard: list[tuple[int, ev.Event]] = []
    clock = HandedClock(EVENING_MS)
    conductor = Conductor(
        quiet_rests(3, 9),
        clock,
        sinks=[
            lambda event, _: heard.append((1, event)),
            lambda event, _: heard.append((2, event)),
        ],
    )
    while not conductor.ended:
        clock.advance(conductor.wait_ms())
        conductor.pump()

    first = [event for number, event in heard if number == 1]
    assert first == in_one_jump(quiet_rests(3, 9))
    assert [event for number, event in heard if number == 2] == first
    # Whoever comes first has heard all of a moment before the second hears any of it.
    assert [number for number, _ in heard][:4] == [1, 1, 2, 2]


def test_an_event_comes_with_the_moment_it_was_noticed() -> None:
    session = Conducted(quiet_rests(3, 9))
    for ms in (2000, 1500):
        session.clock.advance(ms)
        session.conductor.pump()

    (*_, last) = session.heard
    assert last.at_ms == 3000
    assert session.moments[-1] == Moment(3500, EVENING_MS + 3500, 3500)


def test_keys_and_other_inputs_are_handed_on_too() -> None:
    session = Conducted()
    session.wait(1000)
    session.press("space")
    session.wait(1000)
    session.conductor.tell(Input(InputKind.INTERRUPT))

    assert session.kinds()[-2:] == ["pause", "end"]
    assert session.conductor.state.outcome is Outcome.INTERRUPTED


def test_a_session_that_begins_muted_is_silent_before_anything_is_heard() -> None:
    session = Conducted(muted=True)

    assert session.conductor.view.muted
    assert session.kinds() == ["mute", "step", "phase-began"]


def test_what_there_is_to_see_is_of_the_last_wake_up() -> None:
    session = Conducted()
    session.wait(15_000)
    session.clock.advance(900)

    assert session.conductor.view.big == "30"
    assert session.conductor.view.status is Status.RUNNING


# The active time


@pytest.mark.parametrize("speed", [0.1, 1.0, 3.0])
def test_the_active_time_is_handed_on_at_least_every_five_seconds(speed: float) -> None:
    session = Conducted(speed=speed)
    session.to_the_end()

    times = [0, *(at_ms for _, at_ms in session.beats), session.now_ms]
    assert max(later - at for at, later in pairwise(times)) <= MOST_BETWEEN_BEATS_MS


def test_a_beat_says_how_much_was_done_by_then() -> None:
    session = Conducted(quiet_rests(60))
    session.wait(20_000)
    session.press("space")
    session.wait(20_000)
    session.press("space")
    session.to_the_end()

    assert len(session.beats) > 10
    for active_ms, at_ms in session.beats:
        assert active_ms == min(at_ms, max(20_000, at_ms - 20_000))


def test_no_beat_comes_after_the_end() -> None:
    session = Conducted(quiet_rests(10))
    session.to_the_end()
    beats = list(session.beats)
    session.wait(60_000)

    assert session.beats == beats
    assert only(session.heard, ev.Ended) == session.heard[-1:]
