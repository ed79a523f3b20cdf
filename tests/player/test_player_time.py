"""Time: deadlines, marks on time, and events that carry when they were due."""

from player_building import Playing, Values, only, timeline_of, timeline_of_text

from backcoach.player import events as ev
from backcoach.player.inputs import TICK, Input, InputKind
from backcoach.player.machine import begin, next_deadline, step
from backcoach.player.state import Status
from backcoach.timeline.marks import REMINDED_MS, Cue
from backcoach.timeline.model import PhaseKind

LIFT: Values = {"exercise": "lift-up", "reps": [2, 2]}
REACH: Values = {"exercise": "reach-out", "reps": 2}
LIE: Values = {"exercise": "lie-down"}

TEXT = """
name = "From a file"
[[steps]]
exercise = "wall-sit"
reps = [2]
hold = "20s"
[[steps]]
rest = "9s"
[exercises.wall-sit]
name = "Wall sit"
kind = "hold"
dose = { prepare = "5s", move = "2s", rep_rest = "6s" }
"""


def test_walking_from_deadline_to_deadline_yields_every_mark_on_time() -> None:
    timeline = timeline_of(LIFT, {"rest": 12}, REACH, LIE)
    playing = Playing(timeline, now_ms=1_000_000)
    while playing.state.status is Status.RUNNING:
        due = next_deadline(playing.state)
        assert due is not None
        assert due > playing.state.now_ms
        for event in playing.wake():
            assert event.at_ms == due, "nothing is noticed late"
    planned = [
        (1_000_000 + phase.start_ms + mark.at_ms, mark.cue)
        for phase in timeline.phases
        for mark in phase.marks
    ]
    assert [(m.at_ms, m.cue) for m in playing.of(ev.MarkReached)] == planned


def test_the_marks_of_a_routine_in_a_file() -> None:
    playing = Playing(timeline_of_text(TEXT))
    playing.wait(3_600_000)
    assert [(m.at_ms, m.phase.kind, m.cue) for m in playing.of(ev.MarkReached)] == [
        (5000, PhaseKind.PREPARE, Cue.END),
        (6000, PhaseKind.MOVE_IN, Cue.END),
        (16_000, PhaseKind.HOLD, Cue.HALF),
        (23_000, PhaseKind.HOLD, Cue.THREE),
        (24_000, PhaseKind.HOLD, Cue.TWO),
        (25_000, PhaseKind.HOLD, Cue.ONE),
        (26_000, PhaseKind.HOLD, Cue.END),
        (27_000, PhaseKind.MOVE_OUT, Cue.END),
        (29_000, PhaseKind.REP_REST, Cue.AGAIN),
        (33_000, PhaseKind.REP_REST, Cue.END),
        (34_000, PhaseKind.MOVE_IN, Cue.END),
        (44_000, PhaseKind.HOLD, Cue.HALF),
        (51_000, PhaseKind.HOLD, Cue.THREE),
        (52_000, PhaseKind.HOLD, Cue.TWO),
        (53_000, PhaseKind.HOLD, Cue.ONE),
        (54_000, PhaseKind.HOLD, Cue.END),
        (55_000, PhaseKind.MOVE_OUT, Cue.END),
        (61_000, PhaseKind.REST, Cue.THREE),
        (62_000, PhaseKind.REST, Cue.TWO),
        (63_000, PhaseKind.REST, Cue.ONE),
        (64_000, PhaseKind.REST, Cue.END),
    ]


def test_a_short_rest_between_reps_is_silent() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.SET_REST)
    assert PhaseKind.REP_REST not in {mark.phase.kind for mark in playing.of(ev.MarkReached)}


def test_one_late_jump_says_when_each_thing_was_due() -> None:
    timeline = timeline_of(LIFT, REACH, LIE)
    playing = Playing(timeline)
    playing.wait(timeline.total_ms + 987_654)
    began = playing.of(ev.PhaseBegan)
    assert [(b.at_ms, b.active_ms) for b in began] == [
        (phase.start_ms, phase.start_ms) for phase in timeline.phases
    ]
    ended = playing.of(ev.PhaseEnded)
    assert [e.at_ms for e in ended] == [p.start_ms + p.length_ms for p in timeline.phases]
    (over,) = playing.of(ev.Ended)
    assert (over.at_ms, over.active_ms) == (timeline.total_ms, timeline.total_ms)
    assert playing.state.now_ms == timeline.total_ms + 987_654
    assert playing.state.active_ms == timeline.total_ms


def test_thirty_seconds_at_once_and_five_hundred_ticks_are_the_same() -> None:
    timeline = timeline_of(LIFT, REACH, LIE)
    once, events = begin(timeline, 0)
    once, more = step(once, TICK, 30_000)
    events += more
    often, often_events = begin(timeline, 0)
    for tick in range(1, 501):
        often, more = step(often, TICK, tick * 60)
        often_events += more
    assert often_events == events
    assert often == once


def test_an_input_acts_at_its_own_time_after_what_was_due_before() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD)
    now = playing.state.now_ms
    events = playing.give(Input(InputKind.PAUSE), after_ms=11_000)
    assert only(events, ev.PhaseEnded)[0].at_ms == now + 10_000
    assert only(events, ev.Paused)[0].at_ms == now + 11_000
    assert playing.state.phase.kind is PhaseKind.MOVE_OUT
    assert playing.state.elapsed_ms == 1000


def test_an_input_at_the_very_end_of_a_phase_meets_the_next_one() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.wait(12_000)
    assert playing.state.phase.kind is PhaseKind.MOVE_IN
    assert not playing.key("enter")


def test_time_never_goes_backwards() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.wait(5000)
    before = playing.state
    playing.state, events = step(playing.state, TICK, 1000)
    assert not events
    assert playing.state == before


def test_self_paced_work_is_reminded_of_and_then_left_alone() -> None:
    playing = Playing(timeline_of({"exercise": "lift-less", "pace": "self"}))
    playing.until(PhaseKind.SELF_PACED)
    began_ms = playing.state.now_ms
    reminders = [playing.wake() for _ in REMINDED_MS]
    assert [only(events, ev.MarkReached)[0].at_ms - began_ms for events in reminders] == [
        *REMINDED_MS
    ]
    assert next_deadline(playing.state) is None


def test_frozen_states_have_no_deadline() -> None:
    for key in ("space", "escape", "q", "?"):
        playing = Playing(timeline_of(LIFT))
        playing.key(key)
        assert next_deadline(playing.state) is None
    playing.key("space")
    assert next_deadline(playing.state) is not None


def test_a_stop_has_the_deadlines_of_its_silence() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD, 1234)
    now = playing.state.now_ms
    playing.key("x")
    assert next_deadline(playing.state) == now + 10_000
    playing.wake()
    assert next_deadline(playing.state) == now + 600_000
    playing.wait(50_000)
    playing.key("w")
    assert next_deadline(playing.state) == now + 70_000
    playing.key("space")
    assert next_deadline(playing.state) == now + 660_000
    playing.wake()
    assert playing.state.status is Status.ENDED
    assert next_deadline(playing.state) is None


def test_deadlines_move_with_a_changed_phase() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD, 1000)
    now = playing.state.now_ms
    assert next_deadline(playing.state) == now + 6000
    playing.key("+")
    assert next_deadline(playing.state) == now + 11_000
    playing.key("-", "-")
    assert next_deadline(playing.state) == now + 4000
