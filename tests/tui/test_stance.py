"""What the figure does at each moment of a session, and the breath beside it."""

from itertools import pairwise
from math import dist
from typing import Final

import pytest
from figure_building import IDS, drawing_of, exercise_of
from hypothesis import given, settings
from hypothesis import strategies as st
from player_building import Playing, timeline_of

from backcoach.figure.drawing import Drawing
from backcoach.figure.moving import BREATH_STEPS
from backcoach.figure.skeleton import KeyPose
from backcoach.player.inputs import InputKind
from backcoach.player.state import Status
from backcoach.timeline.model import PhaseKind
from backcoach.tui.stance import (
    EXIT_MS,
    FRAME_MS,
    PACER_STEPS,
    STILL_MS,
    STRIDE_MS,
    Stance,
    paced,
    pacer,
    stance,
)

FASTEST: Final = 0.25
"""Trunk lengths that a joint goes in a frame at most."""
FRAME: Final = round(FRAME_MS)
RUNS: Final = st.sampled_from(
    [
        ({"exercise": "bird-dog", "reps": 2, "hold": 5},),
        ({"exercise": "cat-cow", "reps": 2, "hold": 2},),
        ({"exercise": "side-plank", "reps": 1}, {"rest": 10}, {"exercise": "rest-crook"}),
        ({"exercise": "walk", "duration": 30}, {"exercise": "prone-elbows"}),
        ({"exercise": "knee-to-chest", "reps": 2, "pace": "self"},),
    ]
)


def playing(exercise: str = "bird-dog", **keys: object) -> Playing:
    return Playing(timeline_of({"exercise": exercise, **keys}))


def seen(play: Playing, *, still: bool = False) -> Stance:
    shown = stance(play.state, still=still)
    assert shown is not None
    return shown


def apart(drawing: Drawing, one: KeyPose, other: KeyPose) -> float:
    before, after = drawing.place(one), drawing.place(other)
    return max(dist(before[joint], after[joint]) for joint in before)


def at_start(shown: Stance) -> bool:
    return apart(shown.drawing, shown.pose, shown.drawing.poses[0]) < 1e-6


def at_hold(shown: Stance) -> bool:
    drawing = shown.drawing
    return apart(drawing, shown.pose, drawing.poses[drawing.hold_pose]) < 1e-6


# --- each kind of phase --------------------------------------------------------------------------


def test_before_it_begins_it_is_shown_once_and_ends_where_it_begins() -> None:
    play = playing()
    length = play.state.current.duration_ms
    assert length is not None
    moments = []
    for _ in range(length // FRAME):
        moments.append(seen(play))
        play.wait(FRAME)

    assert at_start(moments[0])
    assert apart(seen(play).drawing, moments[-1].pose, moments[0].pose) < 0.05
    assert any(at_hold(shown) for shown in moments)
    assert {shown.moves for shown in moments} == {True, False}


@pytest.mark.parametrize("prepare", [4, 5, 8, 12, 14, 20, 31])
def test_a_prepare_of_any_length_ends_where_it_begins(prepare: int) -> None:
    play = playing(prepare=prepare)
    play.wait(prepare * 1000 - 1)

    # Its last frame is a pixel away at most.
    assert apart(seen(play).drawing, seen(play).pose, seen(play).drawing.poses[0]) < 0.05


def test_a_longer_prepare_does_not_make_its_figure_jump() -> None:
    play = playing(prepare=20)
    play.wait(3000)
    before = seen(play)
    play.do(InputKind.LONGER)

    assert before.moves
    assert same_look(before, seen(play))


def test_between_two_frames_whatever_is_drawn_shows_the_same_figure() -> None:
    play = playing(prepare=20)
    play.wait(3000)
    looks = []
    for _ in range(10 * FRAME):
        looks.append(seen(play).pose)
        play.wait(1)
    changes = sum(before != after for before, after in pairwise(looks))

    assert 9 <= changes <= 10


def test_nothing_is_demonstrated_in_a_prepare_that_is_too_short() -> None:
    play = playing(prepare=3)
    for _ in range(10):
        assert at_start(seen(play))
        play.wait(290)


def test_it_moves_in_holds_and_moves_out() -> None:
    play = playing(reps=1, hold=5)
    play.until(PhaseKind.MOVE_IN)
    assert at_start(seen(play))
    play.wait(1000)
    half = seen(play)
    assert not at_start(half)
    assert not at_hold(half)
    assert half.moves
    play.until(PhaseKind.HOLD)
    assert at_hold(seen(play))
    assert not seen(play).moves
    play.until(PhaseKind.MOVE_OUT)
    assert at_hold(seen(play))
    play.wait(1999)
    assert seen(play).moves
    assert apart(seen(play).drawing, seen(play).pose, seen(play).drawing.poses[0]) < 0.01


def test_in_a_hold_it_is_still_but_for_its_breath() -> None:
    play = playing(reps=1, hold=10)
    play.until(PhaseKind.HOLD)
    moments = []
    for _ in range(99):
        moments.append(seen(play))
        play.wait(100)

    assert len({id(shown.pose) for shown in moments}) == 1
    assert {shown.breath for shown in moments} == set(range(BREATH_STEPS + 1))
    assert all(abs(a.breath - b.breath) <= 1 for a, b in pairwise(moments))


def test_a_breath_takes_as_long_as_the_exercise_says() -> None:
    exercise = exercise_of("rest-crook")
    inward, outward = exercise.breath_in_ms, exercise.breath_out_ms
    play = playing("rest-crook", duration=60)
    play.until(PhaseKind.TIMED)
    breaths = []
    for _ in range((inward + outward) // 100):
        breaths.append(seen(play).breath)
        play.wait(100)

    top = breaths.index(BREATH_STEPS)
    assert 0.7 * inward < 100 * top <= inward
    assert breaths[: top + 1] == sorted(breaths[: top + 1])
    assert breaths[inward // 100 :] == sorted(breaths[inward // 100 :], reverse=True)


def test_a_rest_between_reps_and_sets_shows_where_it_begins() -> None:
    play = playing(reps=[2, 1], sides="left")
    for kind in (PhaseKind.REP_REST, PhaseKind.SET_REST):
        play.until(kind, 1500)
        assert at_start(seen(play))
        assert seen(play).change_ms is None
        assert seen(play).drawing.drawn_left


def test_a_switch_shows_the_side_that_comes() -> None:
    play = playing(reps=1)
    play.until(PhaseKind.HOLD)
    assert seen(play).drawing.drawn_left
    play.until(PhaseKind.SWITCH)
    assert not seen(play).drawing.drawn_left
    assert at_start(seen(play))
    play.until(PhaseKind.HOLD)
    assert not seen(play).drawing.drawn_left


def test_a_rest_of_its_own_shows_what_comes_next_and_its_side() -> None:
    play = Playing(
        timeline_of(
            {"exercise": "rest-crook"}, {"rest": 20}, {"exercise": "side-plank", "sides": "right"}
        )
    )
    play.until(PhaseKind.REST, 4000)
    shown = seen(play)

    assert not shown.drawing.drawn_left
    assert shown.drawing.view == "front"
    assert at_start(shown)
    assert shown.change_ms is None


def test_after_the_last_exercise_there_is_nobody_to_draw() -> None:
    play = Playing(timeline_of({"exercise": "rest-crook"}, {"rest": 20}))
    play.until(PhaseKind.REST)

    assert stance(play.state) is None


def test_an_exercise_without_poses_is_not_drawn() -> None:
    play = playing("lift-up", reps=1)
    for kind in (PhaseKind.PREPARE, PhaseKind.MOVE_IN, PhaseKind.HOLD, PhaseKind.MOVE_OUT):
        play.until(kind)
        assert stance(play.state) is None
    play.do(InputKind.STOP)
    assert stance(play.state) is None


def test_who_walks_goes_round_all_the_time() -> None:
    play = playing("walk", duration=60)
    play.until(PhaseKind.TIMED)
    begun = seen(play)
    play.wait(round(STRIDE_MS / 2))
    half = seen(play)
    play.wait(round(STRIDE_MS / 2))

    assert at_start(begun)
    assert apart(half.drawing, half.pose, half.drawing.poses[2]) < 0.05
    assert apart(begun.drawing, seen(play).pose, begun.pose) < 0.05
    assert begun.moves
    assert half.moves


def test_at_ones_own_pace_it_is_shown_again_and_again() -> None:
    play = playing("knee-to-chest", reps=2, pace="self")
    play.until(PhaseKind.SELF_PACED)
    moments = []
    for _ in range(400):
        moments.append(seen(play))
        play.wait(FRAME)
    starts = [now for before, now in pairwise(moments) if at_start(now) and not at_start(before)]

    assert len(starts) >= 3


def test_the_side_is_the_one_of_the_phase_in_a_settle_too() -> None:
    play = playing(reps=1)
    play.until(PhaseKind.HOLD, 1000, side="right")
    play.do(InputKind.PAUSE)
    play.wait(5000)
    play.do(InputKind.PAUSE)

    assert play.state.settle is not None
    assert not seen(play).drawing.drawn_left
    assert at_start(seen(play))


# --- frozen --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [InputKind.PAUSE, InputKind.MENU, InputKind.HELP, InputKind.QUIT])
def test_while_the_clock_stands_so_does_the_figure(kind: InputKind) -> None:
    play = playing(reps=1)
    play.until(PhaseKind.MOVE_IN, 900)
    running = seen(play)
    play.do(kind)
    assert play.state.status is not Status.RUNNING
    for _ in range(5):
        assert seen(play) == running or apart(
            running.drawing, running.pose, seen(play).pose
        ) == pytest.approx(0)
        play.wait(700)


@pytest.mark.parametrize("exercise", IDS)
def test_reduced_motion_never_moves(exercise: str) -> None:
    play = playing(exercise)
    drawing = drawing_of(exercise)
    for _ in range(300):
        if play.state.status is not Status.RUNNING:
            break
        shown = seen(play, still=True)
        assert not shown.moves
        assert shown.breath == 0
        poses = drawing.on_side(shown.drawing.drawn_left).poses
        assert any(apart(shown.drawing, shown.pose, pose) < 1e-6 for pose in poses)
        play.wait(700)


def test_reduced_motion_shows_the_two_ends_of_a_movement_by_turns() -> None:
    play = playing(prepare=20)
    shown = []
    for _ in range(4):
        shown.append(seen(play, still=True))
        play.wait(round(STILL_MS))

    assert [at_start(each) for each in shown] == [True, False, True, False]
    assert [at_hold(each) for each in shown] == [False, True, False, True]


# --- the stop ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exercise", "kind", "into"),
    [
        ("bird-dog", PhaseKind.MOVE_IN, 900),
        ("bird-dog", PhaseKind.HOLD, 2000),
        ("bird-dog", PhaseKind.MOVE_OUT, 700),
        ("cat-cow", PhaseKind.MOVE_IN, 900),
        ("cat-cow", PhaseKind.MOVE_OUT, 900),
        ("childs-pose", PhaseKind.MOVE_IN, 2900),
        ("walk", PhaseKind.TIMED, 1500),
    ],
)
def test_after_a_stop_it_comes_down_without_a_jump_and_stays_down(
    exercise: str, kind: PhaseKind, into: int
) -> None:
    play = playing(exercise)
    play.until(kind, into)
    frames = [seen(play)]
    play.do(InputKind.STOP)
    for _ in range(EXIT_MS // FRAME + 2):
        frames.append(seen(play))
        play.wait(FRAME)

    assert all(shown.drawing is frames[0].drawing for shown in frames)
    assert max(apart(a.drawing, a.pose, b.pose) for a, b in pairwise(frames)) < FASTEST
    down = [apart(shown.drawing, shown.pose, shown.drawing.poses[0]) for shown in frames]
    assert down[-1] == 0
    assert frames[3].moves
    for _ in range(5):
        play.wait(5000)
        assert at_start(seen(play))
        assert seen(play).change_ms is None
        assert not seen(play).moves


def test_a_cat_does_not_come_down_through_the_cow() -> None:
    """The low back would be arched by the exit."""
    play = playing("cat-cow")
    play.until(PhaseKind.MOVE_OUT, 300)
    play.do(InputKind.STOP)
    for _ in range(40):
        assert seen(play).pose.angles["lumbar"] >= -1e-6
        play.wait(FRAME)


def test_after_a_stop_in_a_rest_it_stays_down() -> None:
    """It may belong to the hold before; by now the person is down."""
    play = playing(reps=2)
    play.until(PhaseKind.REP_REST, 1000)
    play.do(InputKind.STOP)
    assert play.state.stop is not None
    assert play.state.stop.place.phase.kind is PhaseKind.HOLD
    for _ in range(10):
        assert at_start(seen(play))
        play.wait(300)


def test_after_a_stop_nothing_moves_with_reduced_motion() -> None:
    play = playing(reps=1)
    play.until(PhaseKind.HOLD, 1000)
    play.do(InputKind.STOP)

    assert at_start(seen(play, still=True))
    assert seen(play, still=True).change_ms is None


# --- no jump, and the next change ----------------------------------------------------------------


@pytest.mark.parametrize("exercise", IDS)
def test_no_joint_jumps_from_one_frame_of_a_session_to_the_next(exercise: str) -> None:
    """From phase to phase too; only another side is another picture."""
    play = playing(exercise)
    before = seen(play)
    while play.state.status is Status.RUNNING and play.state.now_ms < 60_000:
        now = seen(play)
        if now.drawing is before.drawing:
            kind = play.state.current.kind
            assert apart(now.drawing, before.pose, now.pose) < FASTEST, (kind, play.state.now_ms)
        before = now
        play.wait(FRAME)


@settings(max_examples=80, deadline=None)
@given(steps=RUNS, ms=st.integers(0, 70_000), share=st.floats(0, 0.99), still=st.booleans())
def test_nothing_changes_before_it_is_said_and_something_does_then(
    steps: tuple[dict[str, object], ...], ms: int, share: float, still: bool
) -> None:
    play = Playing(timeline_of(*steps))
    while ms and play.state.current.duration_ms is not None:
        wait = min(ms, 5000)
        play.wait(wait)
        ms -= wait
    now = stance(play.state, still=still)
    if now is None or play.state.status is not Status.RUNNING:
        return
    left = (
        play.state.current.duration_ms - play.state.elapsed_ms
        if play.state.current.duration_ms is not None
        else 100_000
    )
    if now.moves:
        assert now.change_ms is not None
        assert now.change_ms <= FRAME_MS
    change = left if now.change_ms is None else now.change_ms
    assert change >= 1
    begun = play.state
    play.wait(int(min(change - 1, left - 1) * share))
    assert stance(play.state, still=still) in (now, None) or same_look(now, seen(play, still=still))
    if now.change_ms is not None and now.change_ms < left - 1:
        play.state = begun
        # A movement begins slowly: it is looked at two frames later.
        play.wait(min(left - 1, int(now.change_ms) + 1 + (0 if now.breath else 2 * FRAME)))
        assert not same_look(now, seen(play, still=still))


def same_look(one: Stance, other: Stance) -> bool:
    return (
        one.drawing is other.drawing
        and one.breath == other.breath
        and one.moves == other.moves
        and apart(one.drawing, one.pose, other.pose) < 1e-9
    )


# --- the paced breath ----------------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(ms=st.integers(0, 10_000_000), in_ms=st.integers(1000, 9000), out_ms=st.integers(1000, 9000))
def test_a_paced_breath_looks_the_same_until_it_changes(ms: int, in_ms: int, out_ms: int) -> None:
    now = paced(ms, in_ms, out_ms)
    later = ms + max(1, -int(-now.change_ms // 1))

    assert 1 <= now.full <= PACER_STEPS
    assert now.change_ms >= 1
    assert now.inward == (ms % (in_ms + out_ms) < in_ms)
    before = paced(max(ms, later - 2), in_ms, out_ms)
    assert (before.inward, before.full) == (now.inward, now.full)
    then = paced(later, in_ms, out_ms)
    assert (then.inward, then.full) != (now.inward, now.full)


def test_a_paced_breath_fills_and_empties() -> None:
    full = [paced(ms, 4000, 6000).full for ms in range(0, 10_000, 10)]

    assert full[:400] == sorted(full[:400])
    assert full[400:] == sorted(full[400:], reverse=True)
    assert (full[0], full[399], full[400], full[-1]) == (1, PACER_STEPS, PACER_STEPS, 1)


def test_a_breath_is_paced_only_where_the_exercise_has_one() -> None:
    play = playing(reps=1)
    while play.state.status is Status.RUNNING:
        assert pacer(play.state) is None
        play.wait(1000)


def test_a_breath_is_paced_only_while_the_clock_runs() -> None:
    play = playing("rest-crook", duration=60)
    assert pacer(play.state) is None
    play.until(PhaseKind.TIMED, 1000)
    assert pacer(play.state) == paced(1000, 4000, 6000)
    play.do(InputKind.PAUSE)
    assert pacer(play.state) is None
    play.wait(2000)
    play.do(InputKind.PAUSE)
    play.until(PhaseKind.TIMED, 3000)
    assert pacer(play.state) is not None
    play.do(InputKind.STOP)
    assert pacer(play.state) is None


def test_with_reduced_motion_a_paced_breath_is_its_word_alone() -> None:
    play = playing("rest-90-90")
    play.until(PhaseKind.TIMED)
    turns = []
    for _ in range(100):
        breath = pacer(play.state, still=True)
        assert breath is not None
        turns.append((breath.inward, breath.full))
        assert 0 < breath.change_ms <= 6000
        play.wait(100)

    assert len(set(turns)) == 2
    assert sum(before != after for before, after in pairwise(turns)) <= 2
