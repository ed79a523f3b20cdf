"""An hour of a session by a handed clock: every mark at its planned millisecond, to the end."""

import random

import pytest
from player_building import only, timeline_of_text
from session_building import Conducted

from backcoach.player import events as ev
from backcoach.player.state import Outcome

AN_HOUR_MS = 3_600_000
STEP = """
[[steps]]
exercise = "bird-dog"
reps = [10, 9, 8]
hold = "7s"
move = "3s"
rep_rest = "3s"
prepare = "11s"
"""
HEAD = 'name = "An hour"\nsummary = "Of the same."\n'
MOST_LATE_MS = 1900
"""A wake-up that is later than this is a gap, and no drift."""


@pytest.mark.parametrize("seed", range(3))
def test_late_wake_ups_never_add_up(seed: int) -> None:
    chance = random.Random(seed)
    timeline = timeline_of_text(HEAD + STEP * 5)
    assert timeline.total_ms >= AN_HOUR_MS
    planned = [
        (phase.start_ms + mark.at_ms, mark.cue) for phase in timeline.phases for mark in phase.marks
    ]
    session = Conducted(timeline)
    while not session.conductor.ended:
        session.wake(late_ms=chance.choice((0, 1, 17, 250, MOST_LATE_MS)))

    reached = only(session.heard, ev.MarkReached)
    assert [(event.at_ms, event.cue) for event in reached] == planned
    assert only(session.heard, ev.Paused) == []
    assert session.conductor.state.outcome is Outcome.COMPLETED
    assert session.active_ms == timeline.total_ms
