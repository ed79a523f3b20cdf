"""What is said of an exercise that was stopped the last time."""

from datetime import timedelta
from typing import Any

import pytest
from player_building import timeline_of
from session_building import evening

from backcoach.history.records import ExerciseDone, SessionRecord, StopRecord
from backcoach.stats.last_time import last_time_words, said_of_steps, stopped_last_time

STOP = StopRecord("lift-up", "left", 1, 2, 30_000, "sharp", phase="hold", into_ms=12_900)


def session(
    days: int, *stops: StopRecord, did: tuple[str, ...] = (), **changes: Any
) -> SessionRecord:
    """A session so many days after the first one."""
    start = evening() + timedelta(days=days)
    return SessionRecord(
        **{
            "id": str(days),
            "routine": "test",
            "name": "Test",
            "started_at": start,
            "ended_at": start + timedelta(minutes=5),
            "outcome": "completed",
            "rehearsal": False,
            "active_ms": 300_000,
            "planned_ms": 300_000,
            "stops": stops,
            "exercises": tuple(ExerciseDone(e, e, "core", None, 3, 3, 0, 9000) for e in did),
            **changes,
        }
    )


def test_the_last_time_counts_whatever_came_before() -> None:
    stopped = session(0, STOP, did=("lift-up",))
    others = session(1, did=("reach-out",))
    well = session(2, did=("lift-up",))

    assert stopped_last_time([stopped]) == {"lift-up": STOP}
    assert stopped_last_time([others, stopped]) == {"lift-up": STOP}
    assert stopped_last_time([stopped, well, others]) == {}


def test_an_exercise_that_was_stopped_before_its_first_rep() -> None:
    assert stopped_last_time([session(0, did=("lift-up",)), session(1, STOP)]) == {"lift-up": STOP}


@pytest.mark.parametrize("changes", [{"rehearsal": True}, {"outcome": "running"}])
def test_what_counts_nowhere_counts_here_neither(changes: dict[str, Any]) -> None:
    assert stopped_last_time([session(0, STOP, **changes)]) == {}


def test_a_mistake_is_no_stop() -> None:
    mistake = StopRecord("lift-up", None, 1, 1, 0, mistake=True)

    assert stopped_last_time([session(0, mistake, did=("lift-up",))]) == {}


def test_the_words() -> None:
    assert last_time_words(STOP) == "Last time you stopped here: left side, 12 s into the hold."
    assert last_time_words(StopRecord("a", None, None, None, 5)) == "Last time you stopped here."
    newer = StopRecord("a", None, 1, 1, 5, phase="float", into_ms=2000)
    assert last_time_words(newer) == "Last time you stopped here: 2 s into it."


def test_a_step_has_its_exercises_own_words_for_a_side() -> None:
    timeline = timeline_of({"rest": "10s"}, {"exercise": "reach-out", "reps": 1})
    stop = StopRecord("reach-out", "right", 1, 1, 5, phase="move-in", into_ms=900)

    assert said_of_steps(timeline, {"reach-out": stop}) == {
        2: "Last time you stopped here: right leg, 0 s into the lift."
    }
    assert said_of_steps(timeline, {"lift-up": STOP}) == {}
