"""A session that was broken off goes on at the start of its rep, whatever had been done of it."""

from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from player_building import QUITE_WELL, Playing, timeline_of
from session_building import evening

from backcoach.history.records import EventRecord
from backcoach.history.unfinished import broken_off
from backcoach.player import events as ev
from backcoach.player.inputs import TICK
from backcoach.player.machine import begin, step
from backcoach.player.resuming import BrokenOff
from backcoach.player.state import State, Status
from backcoach.timeline.model import WORK_KINDS, PhaseKind, Timeline

TWO = timeline_of(
    {"exercise": "lift-up", "reps": 3, "sets": 2, "prepare": "12s"},
    {"exercise": "reach-out", "reps": 2, "prepare": "14s"},
)


def written(playing: Playing) -> list[EventRecord]:
    """What the history has of a session."""
    return [
        EventRecord(number, evening(number), event.active_ms, event.kind, plain(event))
        for number, event in enumerate((e for e in playing.events if e.recorded), 1)
    ]


def plain(event: ev.Event) -> dict[str, Any]:
    data = asdict(event)
    del data["at_ms"], data["active_ms"]
    return data


def gone_on_with(playing: Playing, timeline: Timeline = TWO) -> tuple[State, list[ev.Event]]:
    """The session as it goes on after it was broken off now."""
    before = broken_off(written(playing), playing.state.active_ms)
    assert before is not None
    return begin(timeline, 0, QUITE_WELL, before)


def to_the_end(state: State) -> list[ev.RepDone]:
    """The reps that are still done when nobody touches a key."""
    _, events = step(state, TICK, state.now_ms + 3_600_000)
    return [event for event in events if isinstance(event, ev.RepDone)]


def place_of(rep: ev.RepDone) -> tuple[object, ...]:
    return (rep.step, rep.round, rep.side, rep.set, rep.rep)


ALL = [place_of(rep) for rep in to_the_end(begin(TWO, 0, QUITE_WELL)[0])]


@given(ms=st.integers(0, TWO.total_ms - 1))
def test_every_rep_is_done_once_wherever_it_is_broken_off(ms: int) -> None:
    playing = Playing(TWO)
    playing.wait(ms)
    done = [place_of(rep) for rep in playing.state.done]
    state, events = gone_on_with(playing)

    assert state.status is Status.RUNNING
    assert state.active_ms == playing.state.active_ms
    assert events[0].kind == "resume"
    assert state.current.kind in (PhaseKind.PREPARE, PhaseKind.SET_REST, PhaseKind.SWITCH)
    assert done + [place_of(rep) for rep in to_the_end(state)] == ALL


def test_there_is_time_to_get_down_to_the_floor() -> None:
    playing = Playing(TWO)
    playing.until(PhaseKind.HOLD, 4000, rep=2)
    state, _ = gone_on_with(playing)

    assert state.settle is not None
    assert state.settle.length_ms == 45_000
    assert (state.phase.kind, state.phase.rep) == (PhaseKind.MOVE_IN, 2)


def test_what_was_made_smaller_stays_so() -> None:
    playing = Playing(TWO)
    playing.until(PhaseKind.HOLD, 1000, rep=2)
    playing.key("a")
    state, _ = gone_on_with(playing)

    assert state.amber == {1}
    holds = [p.length_ms for p in state.plan[state.index :] if p.kind is PhaseKind.HOLD]
    assert holds[0] == 5000
    assert holds[-1] == 8000


def test_so_does_an_easier_exercise() -> None:
    playing = Playing(TWO)
    playing.until(PhaseKind.HOLD, 1000, rep=2)
    playing.key("e")
    playing.wait(2000)
    playing.key("e")
    playing.until(PhaseKind.HOLD, 500, exercise="lift-less")
    state, _ = gone_on_with(playing)

    assert state.phase.exercise == "lift-less"
    first = next(p for p in state.plan[state.index :] if p.kind in WORK_KINDS)
    assert (first.exercise, first.set) == ("lift-less", 2)


def test_what_has_ached_twice_is_over() -> None:
    playing = Playing(TWO)
    playing.until(PhaseKind.HOLD, 1000)
    playing.key("a")
    playing.wait(1500)
    playing.key("a")
    state, _ = gone_on_with(playing)

    assert state.phase.exercise == "reach-out"
    assert {rep.step for rep in to_the_end(state)} == {2}


def test_an_undone_skip_leaves_its_reps_to_do() -> None:
    playing = Playing(TWO)
    playing.until(PhaseKind.HOLD, 1000, rep=3)
    playing.key("right")
    playing.wait(1000)
    playing.key("left")
    state, _ = gone_on_with(playing)

    assert (state.phase.step, state.phase.rep) == (1, 3)


def test_after_a_stop_nothing_is_gone_on_with() -> None:
    playing = Playing(TWO)
    playing.until(PhaseKind.HOLD, 1000)
    playing.key("x")

    assert broken_off(written(playing), 1000) is None


def test_a_mistake_is_no_stop() -> None:
    playing = Playing(TWO)
    playing.until(PhaseKind.HOLD, 1000, rep=2)
    playing.key("x")
    playing.wait(1000)
    playing.key("z")
    state, _ = gone_on_with(playing)

    assert state.phase.rep == 2


def test_the_rests_of_a_routine_are_places_too() -> None:
    rests = timeline_of(
        {"exercise": "lift-up", "reps": 1, "prepare": "12s"},
        {"rest": "40s"},
        {"exercise": "reach-out", "reps": 1, "prepare": "14s"},
    )
    playing = Playing(rests)
    playing.until(PhaseKind.REST, 5000)
    state, _ = gone_on_with(playing, rests)

    assert (state.phase.kind, state.phase.step) == (PhaseKind.REST, 2)


@pytest.mark.parametrize("step_", [7, 2])
def test_a_place_that_is_not_there_begins_at_the_start(step_: int) -> None:
    state, _ = begin(TWO, 0, QUITE_WELL, BrokenOff(step=step_, round=3))

    assert state.index == 0
    assert state.active_ms == 0
