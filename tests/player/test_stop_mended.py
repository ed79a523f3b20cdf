"""Ways round a stop that were found in reviews, and that lead nowhere any more."""

import pytest
from player_building import QUITE_WELL, Playing, Values, only, timeline_of

from backcoach.player import events as ev
from backcoach.player.barring import Barred
from backcoach.player.deciding import any_needs_care
from backcoach.player.inputs import InputKind
from backcoach.player.running import Run, enter
from backcoach.player.state import Outcome, Question, Status, Stop
from backcoach.player.view import view
from backcoach.timeline.model import PhaseKind

LIFT: Values = {"exercise": "lift-up", "reps": [3, 3]}
SWING: Values = {"exercise": "swing-by"}
GET_UP_MS = 45_000
DULL = ("x", "4", "1", "2")


def stopped(*steps: Values) -> Playing:
    """Two seconds into the first hold of the first lift, and stopped there."""
    playing = Playing(timeline_of(*(steps or (LIFT, SWING))))
    playing.until(PhaseKind.HOLD, 2000, exercise="lift-up")
    playing.key("x")
    return playing


def open_stop(playing: Playing) -> Stop:
    """The stop that is asked about."""
    assert playing.state.stop is not None
    return playing.state.stop


def played(playing: Playing) -> set[str | None]:
    """The exercises of every phase that begins from now on, to the end."""
    seen = {playing.state.phase.exercise}
    for _ in range(2000):
        if playing.state.status is not Status.RUNNING:
            break
        if playing.state.current.duration_ms is None:
            playing.do(InputKind.DONE)
        else:
            playing.wake()
        seen.add(playing.state.phase.exercise)
    return seen


# What is left out


def test_back_behind_a_locked_exercise_never_comes_to_it_again() -> None:
    playing = stopped({"exercise": "lie-down"}, LIFT, {"exercise": "twist-over"})
    playing.key("4", "1", "2", "g")
    playing.key("left")
    playing.wait(500)
    playing.key("left")
    assert playing.state.phase.exercise == "lie-down"
    assert "lift-up" not in played(playing)


def test_a_mixed_playing_is_looked_at_whole() -> None:
    playing = Playing(timeline_of({"exercise": "lift-up", "reps": [1, 1]}, SWING))
    playing.until(PhaseKind.HOLD)
    playing.key("e", "e")
    playing.until(PhaseKind.HOLD, 1000, exercise="lift-less")
    playing.key(*DULL, "g")
    playing.key("left")
    playing.wait(300)
    playing.key("left")
    assert played(playing).isdisjoint({"lift-less"})


def test_nothing_locked_is_entered_whoever_asks_for_it() -> None:
    playing = Playing(timeline_of(SWING, LIFT, {"exercise": "lie-low"}))
    lift = next(i for i, p in enumerate(playing.state.plan) if p.exercise == "lift-up")
    run = Run(playing.state)
    run.set(barred=Barred(exercises=frozenset({"lift-up"})))
    enter(run, lift)
    assert run.state.phase.exercise == "lie-low"

    run = Run(playing.state)
    run.set(barred=Barred(exercises=frozenset({"lift-up", "lie-low"})))
    enter(run, lift)
    assert run.state.outcome is Outcome.PAIN


# The easier one


@pytest.mark.parametrize("set_", [1, 2])
def test_after_a_stop_the_easier_one_begins_at_once(set_: int) -> None:
    playing = Playing(timeline_of(LIFT, SWING))
    playing.until(PhaseKind.HOLD, 2000, set=set_)
    playing.key(*DULL, "e")
    assert playing.state.phase.exercise == "lift-less"
    settle = playing.state.settle
    assert settle is not None
    assert settle.duration_ms == 15_000
    playing.key("left")
    assert "lift-up" not in played(playing)


def test_one_side_of_something_timed_too() -> None:
    playing = Playing(timeline_of({"exercise": "lie-down", "duration": 60}, SWING))
    playing.until(PhaseKind.TIMED, 2000)
    playing.key(*DULL, "e")
    assert playing.state.phase.exercise == "lie-low"
    playing.wait(6000)
    playing.key("left")
    assert "lie-down" not in played(playing)


# Answers


@pytest.mark.parametrize("field", ["intensity", "again"])
def test_a_one_made_ten_is_decided_anew(field: str) -> None:
    playing = stopped(LIFT, {"exercise": "pelvic-tilt", "reps": 1})
    playing.key("4", "1", "1") if field == "intensity" else playing.key("4", "1", "4", "n")
    question = "how-much"
    if field == "again":
        question = "again"
        playing.wait(120_000)
        playing.key("enter", "1")
    before = open_stop(playing).question
    (given,) = only(playing.do(InputKind.TEN, question), ev.StopAnswered)
    assert (given.question, given.value) == (question, 10)
    assert getattr(open_stop(playing), field) == 10
    after = Question.RED_FLAGS if field == "intensity" else Question.REST
    assert before is not open_stop(playing).question is after


@pytest.mark.parametrize("question", ["how-much", "again", "what", None])
def test_nothing_else_is_made_ten(question: str | None) -> None:
    playing = stopped()
    playing.key("4", "1", "2")
    assert not only(playing.do(InputKind.TEN, question), ev.StopAnswered)


@pytest.mark.parametrize("keys", ["4", "41", "5", "114"])
def test_left_begins_the_questions_again(keys: str) -> None:
    playing = stopped()
    playing.key(*keys, "left")
    stop = open_stop(playing)
    assert (stop.question, stop.asked, stop.quality) == (Question.WHAT, frozenset(), None)
    playing.key("4", "1", "2")
    assert open_stop(playing).question in (Question.CHOICE, Question.RED_FLAGS)


def test_after_a_relief_they_begin_again_without_another() -> None:
    playing = stopped()
    playing.key("1", "1", "4", "n")
    playing.wait(120_000)
    playing.key("enter", "left", "1", "1", "4", "n")
    assert open_stop(playing).question is Question.AGAIN


@pytest.mark.parametrize("keys", ["5", "6", "17"])
def test_an_alarming_answer_taken_back_is_checked_all_the_same(keys: str) -> None:
    playing = stopped()
    playing.key(*keys, "left", "4", "1", "2")
    assert open_stop(playing).question is Question.RED_FLAGS
    ended = Playing(playing.state.timeline, zone=QUITE_WELL)
    ended.state = playing.state
    ended.key("q")
    assert any_needs_care(ended.state)
    playing.key("n")
    assert open_stop(playing).question is Question.CHOICE
    playing.key("q")
    assert not any_needs_care(playing.state)


# Going on


@pytest.mark.parametrize("frozen_by", ["space", "escape", "q", "?"])
def test_a_mistake_while_the_clock_stood_sends_nothing_on(frozen_by: str) -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD, 2000)
    playing.key(frozen_by, "x", "z")
    assert playing.state.status is Status.PAUSED
    assert not playing.of(ev.Resumed)


@pytest.mark.parametrize("way", ["a", "e", "z", "g"])
def test_who_lay_down_gets_the_time_to_get_up(way: str) -> None:
    playing = stopped()
    playing.key("space")
    playing.wait(60_000)
    playing.key(*(("z",) if way == "z" else ("enter", "4", "1", "2", way)))
    settle = playing.state.settle
    assert settle is not None
    assert settle.duration_ms == GET_UP_MS


def test_breathing_first_is_no_relief_yet() -> None:
    playing = stopped()
    playing.key("space")
    playing.wait(119_000)
    playing.key("enter", "1", "1", "4", "n")
    playing.wait(2000)
    playing.key("enter")
    assert open_stop(playing).question is Question.RELIEF
    playing.wait(118_000)
    playing.key("enter")
    assert open_stop(playing).question is Question.AGAIN


def test_what_never_began_is_no_place_of_a_stop() -> None:
    playing = stopped({"exercise": "lift-up", "reps": 1}, {"exercise": "lie-low"}, SWING)
    playing.key("4", "1", "2", "g")
    playing.wait(1000)
    playing.key("x")
    assert open_stop(playing).proposed.phase.exercise == "lift-up"


# Breathing


@pytest.mark.parametrize("keys", ["6y", "!"])
def test_over_a_card_breathing_begins_by_choice_only(keys: str) -> None:
    playing = stopped()
    playing.key(*keys)
    playing.wait(60_000)
    assert not playing.of(ev.BreathingBegan)
    assert len(only(playing.key("space"), ev.BreathingBegan)) == 1
    seen = view(playing.state).stop
    assert seen is not None
    assert seen.card
    assert seen.breathing


def test_the_card_cuts_a_breathing_that_runs() -> None:
    playing = stopped()
    playing.key("space")
    assert len(only(playing.key("!"), ev.BreathingEnded)) == 1
    assert not open_stop(playing).breathing


@pytest.mark.parametrize("key", ["w", "1", "m", "x"])
def test_a_key_that_ends_the_breathing_says_so(key: str) -> None:
    playing = stopped()
    playing.wait(10_000)
    assert open_stop(playing).breathing
    (ended,) = only(playing.key(key), ev.BreathingEnded)
    assert not ended.recorded
    assert not only(playing.key("w"), ev.BreathingEnded)


def test_a_key_while_resting_leaves_the_breath_where_it_is() -> None:
    playing = stopped()
    playing.key("space")
    playing.wait(5000)
    seen = view(playing.state).stop
    assert seen is not None
    assert not seen.breathe_in
    playing.key("w")
    seen = view(playing.state).stop
    assert seen is not None
    assert not seen.breathe_in
