"""`a` and `e`: it aches, the smaller form, the easier exercise."""

import pytest
from player_building import Playing, Values, timeline_of

from backcoach.player import events as ev
from backcoach.player.state import Status
from backcoach.player.view import view
from backcoach.timeline.model import HELD_KINDS, PhaseKind

LIFT: Values = {"exercise": "lift-up", "reps": [2, 2]}
ONE_SET: Values = {"exercise": "lift-up", "reps": [2]}
REACH: Values = {"exercise": "reach-out", "reps": 2}
LIE: Values = {"exercise": "lie-down"}
LIE_LOW: Values = {"exercise": "lie-low", "duration": 3}


def holds(playing: Playing, exercise: str = "lift-up") -> list[int]:
    """The holds of an exercise in the plan."""
    plan = playing.state.plan
    return [p.length_ms for p in plan if p.kind in HELD_KINDS and p.exercise == exercise]


def forms(playing: Playing) -> list[tuple[int, str, str | None]]:
    """What has been swapped for what."""
    return [(swap.step, swap.form, swap.exercise) for swap in playing.of(ev.Swapped)]


# It aches


def test_an_ache_halves_the_holds_to_come_and_marks_amber() -> None:
    playing = Playing(timeline_of(LIFT, REACH))
    playing.until(PhaseKind.HOLD, 2000, rep=2)
    assert not view(playing.state).amber
    playing.key("a")
    assert holds(playing) == [10_000, 5000, 5000, 5000]
    assert holds(playing, "reach-out") == [8000] * 4
    (ached,) = playing.of(ev.Ached)
    assert (ached.step, ached.exercise, ached.ends) == (1, "lift-up", False)
    assert forms(playing) == [(1, "smaller", "lift-up")]
    assert view(playing.state).amber
    assert playing.state.status is Status.RUNNING
    playing.wait(3000)
    assert playing.state.phase.kind is PhaseKind.MOVE_OUT
    playing.until(PhaseKind.PREPARE)
    assert not view(playing.state).amber


def test_an_ache_past_half_of_a_hold_ends_it_now() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD, 7000)
    playing.key("a")
    assert playing.state.phase.kind is PhaseKind.MOVE_OUT
    assert holds(playing) == [7000, 5000, 5000, 5000]
    playing.wait(2000)
    assert playing.of(ev.RepDone)[0].held_ms == 7000


def test_an_ache_never_makes_a_shortened_hold_longer() -> None:
    playing = Playing(timeline_of({**LIFT, "hold": 16}))
    playing.until(PhaseKind.HOLD)
    playing.key("-", "-", "a")
    assert holds(playing) == [6000, 8000, 8000, 8000]


def test_half_of_a_hold_is_never_less_than_a_second() -> None:
    playing = Playing(timeline_of({**LIFT, "hold": 1}))
    playing.key("a")
    assert holds(playing) == [1000] * 4


def test_an_ache_counts_in_every_round() -> None:
    playing = Playing(timeline_of({"repeat": 3, "steps": [ONE_SET, LIE_LOW]}))
    playing.until(PhaseKind.HOLD, round=2)
    playing.key("a")
    assert holds(playing) == [10_000, 10_000, 5000, 5000, 5000, 5000]


def test_the_second_ache_ends_the_exercise() -> None:
    playing = Playing(timeline_of(LIFT, REACH))
    playing.until(PhaseKind.HOLD, 2000)
    playing.key("a")
    playing.until(PhaseKind.HOLD, 1000, rep=2)
    playing.key("a")
    assert [ached.ends for ached in playing.of(ev.Ached)] == [False, True]
    assert [(skip.step, skip.to_step) for skip in playing.of(ev.Skipped)] == [(1, 2)]
    assert playing.state.phase.step == 2
    assert playing.state.elapsed_ms == 0


def test_the_second_ache_leaves_the_exercise_out_of_later_rounds() -> None:
    playing = Playing(timeline_of({"repeat": 3, "round_rest": 9, "steps": [ONE_SET, LIE_LOW]}))
    playing.until(PhaseKind.HOLD)
    playing.key("a", "a")
    left = playing.state.plan[playing.state.index :]
    assert [p.exercise for p in left if p.kind is PhaseKind.TIMED] == ["lie-low"] * 3
    assert "lift-up" not in {p.exercise for p in left}


def test_the_second_ache_in_the_last_step_ends_the_session() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD)
    playing.key("a", "a")
    assert playing.state.status is Status.ENDED
    assert playing.of(ev.Ended)[0].outcome == "ended"


def test_aches_of_two_exercises_are_each_a_first_one() -> None:
    playing = Playing(timeline_of(LIFT, REACH))
    playing.until(PhaseKind.HOLD)
    playing.key("a")
    playing.until(PhaseKind.HOLD, exercise="reach-out")
    playing.key("a")
    assert [ached.ends for ached in playing.of(ev.Ached)] == [False, False]
    assert playing.state.amber == {1, 2}


def test_an_ache_after_smaller_marks_amber_and_halves_nothing_again() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD)
    playing.key("e", "a")
    assert holds(playing) == [5000] * 4
    assert [ached.ends for ached in playing.of(ev.Ached)] == [False]
    assert playing.state.amber == {1}


def test_an_ache_without_a_hold_is_still_marked() -> None:
    playing = Playing(timeline_of({"exercise": "swing-by", "reps": 3}))
    playing.until(PhaseKind.MOVE_IN)
    playing.key("a")
    assert playing.state.amber == {1}


def test_back_after_an_ache_doesnt_bring_the_whole_holds_back() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD, 2000, rep=2)
    playing.key("a")
    playing.wait(1000)
    playing.key("left")
    assert holds(playing) == [10_000, 5000, 5000, 5000]
    assert not playing.of(ev.WentBack)[0].undone


def test_an_ache_between_rounds_doesnt_count_against_an_exercise_that_didnt() -> None:
    steps = [ONE_SET, LIE_LOW]
    playing = Playing(timeline_of({"repeat": 3, "round_rest": 30, "steps": steps}))
    playing.until(PhaseKind.REST, 1000)
    playing.key("a")
    playing.until(PhaseKind.HOLD, 1000)
    playing.key("a")
    assert playing.state.phase.exercise == "lift-up"
    assert not [ached for ached in playing.of(ev.Ached) if ached.ends]


def test_an_ache_while_paused_is_marked_and_stays_paused() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD, 2000)
    playing.key("space", "a")
    assert playing.state.status is Status.PAUSED
    assert playing.state.elapsed_ms == 2000
    assert holds(playing) == [5000] * 4


# Smaller


def test_the_first_e_makes_it_smaller_without_amber() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD, 2000)
    playing.key("e")
    assert holds(playing) == [5000] * 4
    assert forms(playing) == [(1, "smaller", "lift-up")]
    assert playing.state.amber == frozenset()
    assert playing.state.elapsed_ms == 2000


def test_back_soon_after_smaller_puts_the_holds_back_where_it_is() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD, 1000)
    whole = playing.state.plan
    playing.key("e")
    playing.wait(3000)
    (went,) = playing.key("left")
    assert isinstance(went, ev.WentBack)
    assert went.undone
    assert playing.state.plan == whole
    assert playing.state.elapsed_ms == 4000
    playing.wait(6000)
    assert playing.of(ev.PhaseEnded)[-1].elapsed_ms == 10_000
    playing.key("e")
    assert holds(playing) == [10_000, 5000, 5000, 5000]


def test_an_undo_never_makes_a_phase_shorter_than_it_was_already() -> None:
    playing = Playing(timeline_of({**LIFT, "hold": 4}))
    playing.until(PhaseKind.HOLD)
    playing.key("e", "+")
    playing.wait(4900)
    playing.key("left")
    ended = playing.of(ev.PhaseEnded)[-1]
    assert ended.elapsed_ms <= ended.phase.length_ms


def test_an_undo_while_paused_leaves_a_valid_place() -> None:
    playing = Playing(timeline_of({**LIFT, "hold": 4}))
    playing.until(PhaseKind.HOLD)
    playing.key("e", "+")
    playing.wait(4900)
    playing.key("space", "left")
    assert playing.state.elapsed_ms <= playing.state.current.length_ms


def test_smaller_after_a_pause_keeps_what_a_timed_exercise_has_done() -> None:
    playing = Playing(timeline_of(LIE))
    playing.until(PhaseKind.TIMED, 50_000)
    playing.key("space", "space", "e")
    playing.wait(10_000)
    ended = playing.of(ev.PhaseEnded)[-1]
    assert ended.phase.kind is PhaseKind.TIMED
    assert (ended.elapsed_ms, ended.phase.length_ms) == (50_000, 50_000)


# Easier


def test_the_second_e_gives_the_easier_exercise_from_the_next_set() -> None:
    playing = Playing(timeline_of(LIFT, LIE_LOW))
    playing.until(PhaseKind.HOLD, 2000)
    playing.key("e", "e")
    assert forms(playing) == [(1, "smaller", "lift-up"), (1, "easier", "lift-less")]
    assert playing.state.phase.exercise == "lift-up"
    assert playing.state.elapsed_ms == 2000
    playing.until(PhaseKind.PREPARE)
    prepare = playing.state.phase
    assert (prepare.exercise, prepare.set, prepare.length_ms) == ("lift-less", 2, 15_000)
    assert playing.of(ev.RepDone)[-1].exercise == "lift-up"
    assert len(playing.state.done) == 2
    playing.wait(15_000)
    assert (playing.state.phase.kind, playing.state.phase.set) == (PhaseKind.MOVE_IN, 2)
    playing.until(PhaseKind.TIMED)
    assert [(d.exercise, d.set, d.rep) for d in playing.state.done] == [
        ("lift-up", 1, 1),
        ("lift-up", 1, 2),
        ("lift-less", 2, 1),
        ("lift-less", 2, 2),
    ]
    assert [d.held_ms for d in playing.state.done] == [5000, 5000, 3000, 3000]


def test_the_second_e_in_the_last_set_is_at_once() -> None:
    playing = Playing(timeline_of(LIFT, LIE_LOW))
    playing.until(PhaseKind.HOLD, 2000, set=2)
    playing.key("e", "e")
    phase = playing.state.phase
    assert (phase.kind, phase.exercise, phase.set) == (PhaseKind.PREPARE, "lift-less", 2)
    assert (phase.length_ms, playing.state.elapsed_ms) == (15_000, 0)
    assert playing.of(ev.PhaseBegan)[-1].phase == phase
    playing.until(PhaseKind.TIMED)
    assert [(d.exercise, d.set) for d in playing.state.done] == [
        ("lift-up", 1),
        ("lift-up", 1),
        ("lift-less", 2),
        ("lift-less", 2),
    ]


@pytest.mark.parametrize(("kind", "sets"), [(PhaseKind.SET_REST, [2]), (PhaseKind.PREPARE, [1, 2])])
def test_the_second_e_between_sets_is_for_the_one_to_come(kind: PhaseKind, sets: list[int]) -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(kind, 2000)
    playing.key("e", "e")
    phase = playing.state.phase
    assert (phase.kind, phase.exercise, phase.set) == (PhaseKind.PREPARE, "lift-less", sets[0])
    left = playing.state.plan[playing.state.index :]
    assert sorted({p.set for p in left if p.set}) == sets
    assert {p.exercise for p in left} == {"lift-less"}


def test_easier_in_the_rest_before_a_set_doesnt_wait_for_the_one_after() -> None:
    playing = Playing(timeline_of({**LIFT, "reps": [1, 1, 1]}))
    playing.until(PhaseKind.SET_REST, 2000, set=2)
    playing.key("e", "e")
    assert playing.state.phase.kind is PhaseKind.PREPARE
    left = playing.state.plan[playing.state.index :]
    assert {p.exercise for p in left} == {"lift-less"}
    assert [p.set for p in left if p.kind is PhaseKind.HOLD] == [2, 2, 3, 3]


def test_a_stop_soon_after_easier_belongs_to_the_hold_that_was_left() -> None:
    playing = Playing(timeline_of(ONE_SET))
    playing.until(PhaseKind.HOLD, 3000, rep=2)
    playing.key("e", "e", "x")
    (stopped,) = playing.of(ev.Stopped)
    assert (stopped.exercise, stopped.phase, stopped.rep) == ("lift-up", PhaseKind.HOLD, 2)
    assert stopped.into_ms == 3000


def test_nothing_is_easier_than_the_easier_exercise() -> None:
    playing = Playing(timeline_of(ONE_SET))
    playing.until(PhaseKind.HOLD)
    playing.key("e", "e")
    before = playing.state
    assert not playing.key("e")
    assert playing.state.plan == before.plan
    assert playing.state.index == before.index
    assert playing.state.notice


def test_a_third_e_before_the_easier_set_changes_nothing() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD)
    playing.key("e", "e")
    plan = playing.state.plan
    assert not playing.key("e")
    assert playing.state.plan == plan


def test_where_there_is_no_easier_exercise_it_is_said() -> None:
    playing = Playing(timeline_of({"exercise": "lift-less"}))
    playing.until(PhaseKind.HOLD)
    playing.key("e")
    assert not playing.key("e")
    assert "easier" in playing.state.notice


def test_an_easier_exercise_of_another_kind_takes_its_place() -> None:
    playing = Playing(timeline_of(REACH))
    playing.until(PhaseKind.HOLD)
    playing.key("e", "e")
    playing.until(PhaseKind.TIMED)
    assert playing.state.phase.exercise == "lie-down"
    playing.wait(60_000)
    assert playing.state.status is Status.ENDED


def test_the_easier_exercise_is_there_in_every_later_round() -> None:
    playing = Playing(timeline_of({"repeat": 3, "steps": [ONE_SET, LIE_LOW]}))
    playing.until(PhaseKind.HOLD, round=2)
    playing.key("e", "e")
    playing.until(PhaseKind.TIMED, round=3)
    assert [(d.exercise, d.round) for d in playing.state.done if d.exercise != "lie-low"] == [
        ("lift-up", 1),
        ("lift-up", 1),
        ("lift-less", 2),
        ("lift-less", 2),
        ("lift-less", 3),
        ("lift-less", 3),
    ]


def test_back_soon_after_easier_undoes_it_and_starts_the_rep_afresh() -> None:
    playing = Playing(timeline_of(ONE_SET))
    playing.until(PhaseKind.HOLD, 2000, rep=2)
    playing.key("e")
    smaller = playing.state
    playing.key("e")
    playing.wait(4000)
    playing.key("left")
    assert playing.of(ev.WentBack)[0].undone
    assert playing.state.plan == smaller.plan
    assert playing.state.settle is not None
    assert playing.state.settle.length_ms == 12_000
    playing.wait(12_000)
    phase = playing.state.phase
    assert (phase.kind, phase.rep, phase.exercise) == (PhaseKind.MOVE_IN, 2, "lift-up")


def test_undoing_easier_for_the_next_set_doesnt_do_a_rep_twice() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD, 3000)
    playing.key("e", "e")
    playing.wait(4500)
    assert [done.rep for done in playing.state.done] == [1]
    playing.key("left")
    playing.until(PhaseKind.SET_REST)
    assert [done.rep for done in playing.state.done] == [1, 2]


@pytest.mark.parametrize("key", ["e", "a"])
def test_a_rest_has_no_smaller_form(key: str) -> None:
    playing = Playing(timeline_of({"rest": 30}, LIFT))
    playing.until(PhaseKind.REST, 1000)
    plan = playing.state.plan
    playing.key(key)
    assert playing.state.plan == plan
    assert not playing.of(ev.Swapped)
