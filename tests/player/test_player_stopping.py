"""The stop: at once, where it belongs, its questions, and nothing ever by itself."""

import pytest
from player_building import Playing, Values, only, timeline_of

from backcoach.player import events as ev
from backcoach.player.inputs import Input, InputKind
from backcoach.player.state import Outcome, Question, Status, Stop
from backcoach.player.view import StopView, view
from backcoach.timeline.model import PhaseKind, Side

LIFT: Values = {"exercise": "lift-up", "reps": [2, 2]}
REACH: Values = {"exercise": "reach-out", "reps": 2}
LIE: Values = {"exercise": "lie-down"}
TEN_MINUTES = 10 * 60_000


@pytest.fixture
def playing() -> Playing:
    """A lift in two sets, a reach on two sides, and lying down."""
    return Playing(timeline_of(LIFT, REACH, LIE))


@pytest.fixture
def stopped(playing: Playing) -> Playing:
    """Stopped two seconds into the second rep's hold."""
    playing.until(PhaseKind.HOLD, 2000, rep=2)
    playing.key("x")
    return playing


def open_stop(playing: Playing) -> Stop:
    """The stop that is asked about."""
    stop = playing.state.stop
    assert stop is not None
    return stop


def shown(playing: Playing) -> StopView:
    """The stop as it is shown."""
    seen = view(playing.state).stop
    assert seen is not None
    return seen


def answers(playing: Playing) -> list[tuple[str, str | int | None]]:
    """What was answered."""
    return [(given.question, given.value) for given in playing.of(ev.StopAnswered)]


# At once


def test_a_stop_freezes_the_clock_and_asks_what_it_was(playing: Playing) -> None:
    playing.until(PhaseKind.HOLD, 2345, rep=2)
    before = playing.state
    (stopped,) = playing.key("x")
    assert isinstance(stopped, ev.Stopped)
    assert stopped.recorded
    assert (stopped.at_ms, stopped.active_ms) == (before.now_ms, before.active_ms)
    assert stopped.number == 1
    assert not stopped.moved
    assert playing.state.status is Status.STOPPED
    assert open_stop(playing).question is Question.WHAT
    assert not only(playing.wait(TEN_MINUTES - 1), ev.Ended)
    assert playing.state.active_ms == before.active_ms
    assert playing.state.elapsed_ms == 2345


@pytest.mark.parametrize("freeze", ["space", "escape", "q", "?"])
def test_a_stop_while_frozen_belongs_to_where_the_clock_stands(
    playing: Playing, freeze: str
) -> None:
    playing.until(PhaseKind.HOLD, 2000, rep=2)
    playing.key(freeze)
    playing.wait(5000)
    playing.key("x")
    (stopped,) = playing.of(ev.Stopped)
    assert (stopped.phase, stopped.rep, stopped.into_ms) == (PhaseKind.HOLD, 2, 2000)


def test_the_history_having_the_stop_is_no_key(stopped: Playing) -> None:
    stopped.wait(9999)
    assert not open_stop(stopped).saved
    stopped.do(InputKind.SAVED, 2)
    assert not open_stop(stopped).saved
    stopped.do(InputKind.SAVED, 1)
    assert open_stop(stopped).saved
    assert len(only(stopped.wait(1), ev.BreathingBegan)) == 1


# Where it belongs


@pytest.mark.parametrize("kind", [PhaseKind.MOVE_IN, PhaseKind.HOLD, PhaseKind.MOVE_OUT])
def test_a_stop_in_a_rep_belongs_to_it(playing: Playing, kind: PhaseKind) -> None:
    playing.until(kind, 1500, rep=2, exercise="reach-out", side="right")
    playing.key("x")
    (stopped,) = playing.of(ev.Stopped)
    assert (stopped.step, stopped.exercise) == (2, "reach-out")
    assert (stopped.phase, stopped.side, stopped.set) == (kind, Side.RIGHT, 1)
    assert (stopped.rep, stopped.into_ms) == (2, 1500)
    assert stopped.stopped_at_ms == playing.state.active_ms
    assert shown(playing).exercise == "Reach-out · right leg"


@pytest.mark.parametrize(
    ("kind", "where", "place"),
    [
        (PhaseKind.REP_REST, {"step": 1}, (1, None, 1, 1, 10_000)),
        (PhaseKind.SET_REST, {}, (1, None, 1, 2, 10_000)),
        (PhaseKind.PREPARE, {"step": 2}, (1, None, 2, 2, 10_000)),
        (PhaseKind.SWITCH, {}, (2, Side.LEFT, 1, 2, 8000)),
        (PhaseKind.PREPARE, {"step": 3}, (2, Side.RIGHT, 1, 2, 8000)),
    ],
)
def test_a_stop_between_belongs_to_the_last_hold(
    playing: Playing,
    kind: PhaseKind,
    where: Values,
    place: tuple[int, Side | None, int, int, int],
) -> None:
    playing.until(kind, 1500, **where)
    playing.key("x")
    (stopped,) = playing.of(ev.Stopped)
    assert stopped.phase is PhaseKind.HOLD
    assert (stopped.step, stopped.side, stopped.set, stopped.rep, stopped.into_ms) == place
    assert stopped.stopped_at_ms == playing.state.active_ms - 1500 - 2000


def test_the_exit_cue_is_that_of_the_proposed_exercise(playing: Playing) -> None:
    playing.until(PhaseKind.PREPARE, 4000, step=2)
    playing.key("x")
    assert shown(playing).exercise == "Lift-up"
    assert shown(playing).exit == ("Lower. Rest.",)
    assert shown(playing).place == "set 2 · rep 2 · 10 s into the hold"


def test_a_stop_before_any_hold_belongs_to_the_present(playing: Playing) -> None:
    playing.wait(4000)
    playing.key("x")
    (stopped,) = playing.of(ev.Stopped)
    assert (stopped.phase, stopped.step, stopped.into_ms) == (PhaseKind.PREPARE, 1, 4000)
    assert not shown(playing).other


@pytest.mark.parametrize(
    ("into_ms", "exercise"), [(0, "reach-out"), (20_000, "reach-out"), (20_001, "lie-low")]
)
def test_a_stop_soon_after_a_hold_belongs_to_it_though_something_else_runs(
    into_ms: int, exercise: str
) -> None:
    playing = Playing(timeline_of(REACH, {"exercise": "lie-low", "duration": 60}))
    playing.until(PhaseKind.TIMED, into_ms)
    playing.key("x")
    assert playing.of(ev.Stopped)[0].exercise == exercise


def test_a_stop_in_the_settle_belongs_to_the_hold_that_was_left(playing: Playing) -> None:
    playing.until(PhaseKind.HOLD, 3000, rep=2)
    playing.key("space", "space")
    playing.wait(4000)
    playing.key("x")
    (stopped,) = playing.of(ev.Stopped)
    assert (stopped.phase, stopped.rep, stopped.into_ms) == (PhaseKind.HOLD, 2, 3000)


def test_a_stop_in_the_settle_of_the_first_hold_belongs_to_that(playing: Playing) -> None:
    playing.until(PhaseKind.HOLD, 3000)
    playing.key("x", "z")
    playing.wait(4000)
    playing.key("x")
    assert [stopped.phase for stopped in playing.of(ev.Stopped)] == [PhaseKind.HOLD] * 2


def test_a_stop_after_a_skip_belongs_to_the_hold_that_was_skipped(playing: Playing) -> None:
    playing.until(PhaseKind.HOLD, 3000, rep=2)
    playing.key("right", "x")
    (stopped,) = playing.of(ev.Stopped)
    assert (stopped.step, stopped.phase, stopped.rep) == (1, PhaseKind.HOLD, 2)
    assert stopped.into_ms == 3000


def test_left_moves_the_stop_to_the_present_and_back(playing: Playing) -> None:
    playing.until(PhaseKind.PREPARE, 4000, step=2)
    playing.key("x")
    assert shown(playing).other
    playing.key("left", "pageup")
    places = [(e.step, e.phase, e.into_ms, e.moved) for e in playing.of(ev.Stopped)]
    assert places == [
        (1, PhaseKind.HOLD, 10_000, False),
        (2, PhaseKind.PREPARE, 4000, True),
        (1, PhaseKind.HOLD, 10_000, True),
    ]
    assert {stopped.number for stopped in playing.of(ev.Stopped)} == {1}


def test_left_moves_a_stop_in_a_hold_to_the_one_before(stopped: Playing) -> None:
    assert shown(stopped).other == "Lift-up, rep 1"
    stopped.key("left")
    moved = stopped.of(ev.Stopped)[-1]
    assert moved.moved
    assert (moved.phase, moved.set, moved.rep) == (PhaseKind.HOLD, 1, 1)


def test_left_moves_nothing_once_a_question_is_answered(playing: Playing) -> None:
    playing.until(PhaseKind.PREPARE, 4000, step=2)
    playing.key("x", "4")
    assert not shown(playing).other
    playing.key("left")
    assert len(playing.of(ev.Stopped)) == 1


# The questions


def test_the_questions_come_one_after_the_other(stopped: Playing) -> None:
    asked = [open_stop(stopped).question]
    for key in ("4", "1", "3"):
        stopped.key(key)
        asked.append(open_stop(stopped).question)
    assert asked == [Question.WHAT, Question.WHERE, Question.HOW_MUCH, Question.CHOICE]
    assert answers(stopped) == [("what", "dull"), ("where", "low-back"), ("how-much", 3)]
    stop = open_stop(stopped)
    assert (stop.quality, stop.where, stop.intensity) == ("dull", "low-back", 3)


@pytest.mark.parametrize("key", ["5", "6"])
def test_numb_and_unwell_go_straight_to_the_emergency_questions(stopped: Playing, key: str) -> None:
    stopped.key(key)
    assert open_stop(stopped).question is Question.RED_FLAGS
    stopped.key("y")
    assert open_stop(stopped).question is Question.EMERGENCY
    assert not stopped.key("1", "enter", "z", "g", "e", "a", "left", "!")
    assert stopped.state.status is Status.STOPPED
    assert open_stop(stopped).question is Question.EMERGENCY
    stopped.key("q")
    assert stopped.state.outcome is Outcome.PAIN


@pytest.mark.parametrize("key", ["6", "7", "0", "-"])
def test_a_place_of_alarm_goes_straight_to_the_emergency_questions(
    stopped: Playing, key: str
) -> None:
    stopped.key("4", key)
    assert open_stop(stopped).question is Question.RED_FLAGS


@pytest.mark.parametrize(
    ("keys", "question"),
    [
        ("410", Question.CHOICE),
        ("413", Question.CHOICE),
        ("433", Question.CHOICE),
        ("483", Question.CHOICE),
        ("493", Question.CHOICE),
        ("414", Question.RELIEF),
        ("415", Question.RED_FLAGS),
        ("41t", Question.RED_FLAGS),
        ("443", Question.RED_FLAGS),
        ("453", Question.RED_FLAGS),
        ("110", Question.RED_FLAGS),
        ("210", Question.RED_FLAGS),
        ("311", Question.RED_FLAGS),
    ],
)
def test_the_short_check_is_left_out_for_a_small_dull_effort_only(
    stopped: Playing, keys: str, question: Question
) -> None:
    stopped.key(*keys)
    assert open_stop(stopped).question is question


@pytest.mark.parametrize("unanswered", [0, 1, 2])
def test_what_is_unanswered_counts_as_its_cautious_row(stopped: Playing, unanswered: int) -> None:
    keys = ["4", "1", "3"]
    keys[unanswered] = "enter"
    stopped.key(*keys, "n", "enter")
    stopped.wait(300_000)
    stopped.key("enter", "0")
    assert open_stop(stopped).question is Question.REST
    assert answers(stopped)[unanswered][1] is None


def test_an_answer_that_no_question_takes_is_left_out(stopped: Playing) -> None:
    stopped.do(InputKind.ANSWER, "nonsense")
    stopped.do(InputKind.ANSWER, 3)
    stopped.do(InputKind.ANSWER, 11)
    assert [value for _, value in answers(stopped)] == [None] * 3
    assert open_stop(stopped).question is Question.RED_FLAGS


def test_nothing_goes_on_before_the_questions_are_answered(stopped: Playing) -> None:
    for kind in (InputKind.GO_ON, InputKind.EASIER, InputKind.PAUSE, InputKind.NEXT):
        assert not stopped.do(kind)
    assert stopped.state.status is Status.STOPPED


def test_answers_carry_the_number_of_their_stop(stopped: Playing) -> None:
    stopped.key("4", "1", "3", "a", "x", "1")
    assert [stop.number for stop in stopped.of(ev.Stopped)] == [1, 2]
    assert [given.number for given in stopped.of(ev.StopAnswered)] == [1, 1, 1, 2]


# Going on


def test_a_dull_effort_may_go_on_smaller(stopped: Playing) -> None:
    stopped.key("4", "1", "3")
    events = stopped.key("a")
    assert [type(event) for event in events] == [ev.Swapped, ev.Resumed, ev.PhaseBegan]
    assert stopped.state.settle is not None
    assert stopped.state.settle.length_ms == 12_000
    stopped.wait(12_000)
    assert (stopped.state.phase.kind, stopped.state.phase.rep) == (PhaseKind.MOVE_IN, 2)
    stopped.wait(2000)
    assert stopped.state.phase.length_ms == 5000
    assert stopped.state.stop is None
    assert len(stopped.state.stops) == 1


def test_going_on_smaller_cant_be_undone(stopped: Playing) -> None:
    stopped.key("4", "1", "3", "a", "left")
    assert not stopped.of(ev.WentBack)[0].undone
    holds = [p.length_ms for p in stopped.state.plan if p.exercise == "lift-up"]
    assert holds.count(5000) == 3


def test_going_on_smaller_where_it_is_already_small_gives_the_easier_exercise() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD, 2000, set=2)
    playing.key("e", "x", "4", "1", "3", "e")
    assert playing.state.status is Status.RUNNING
    assert [swap.form for swap in playing.of(ev.Swapped)] == ["smaller", "easier"]
    assert {p.exercise for p in playing.state.plan[playing.state.index :]} == {"lift-less"}


def test_a_dull_effort_may_be_left_out(stopped: Playing) -> None:
    stopped.key("4", "1", "3", "g")
    assert stopped.state.status is Status.RUNNING
    assert stopped.state.phase.exercise == "reach-out"
    assert stopped.state.settle is not None
    assert stopped.state.settle.length_ms == 10_000
    left_out = [(out.step, out.exercise, out.reason) for out in stopped.of(ev.LeftOut)]
    assert left_out == [(1, "lift-up", "stop")]
    assert not stopped.of(ev.Skipped)
    stopped.wait(10_000)
    assert stopped.state.phase.kind is PhaseKind.MOVE_IN


def test_nothing_begins_before_the_clock_runs_again(stopped: Playing) -> None:
    stopped.key("4", "1", "3")
    events = stopped.key("g")
    resumed = next(i for i, event in enumerate(events) if isinstance(event, ev.Resumed))
    assert not only(events[:resumed], ev.PhaseBegan)
    assert [began.settle for began in only(events, ev.PhaseBegan)] == [True]


def test_back_doesnt_undo_what_a_stop_left_out(stopped: Playing) -> None:
    stopped.key("4", "1", "3", "g")
    stopped.wait(1000)
    stopped.key("left")
    assert stopped.state.phase.exercise == "reach-out"


def test_what_is_left_out_comes_in_no_later_round() -> None:
    steps = [{"exercise": "lift-up", "reps": 1}, REACH]
    playing = Playing(timeline_of({"repeat": 3, "steps": steps}))
    playing.until(PhaseKind.HOLD, 2000)
    playing.key("x", "4", "1", "3", "g")
    assert "lift-up" not in {p.exercise for p in playing.state.plan[playing.state.index :]}


def test_a_late_stop_leaves_the_exercise_before_out_and_goes_on_with_this_one() -> None:
    steps = [{"exercise": "lift-up", "reps": 1}, REACH]
    playing = Playing(timeline_of({"repeat": 2, "steps": steps}))
    playing.until(PhaseKind.PREPARE, 4000, step=2)
    playing.key("x", "4", "1", "3", "g")
    assert playing.state.phase.exercise == "reach-out"
    assert playing.state.status is Status.RUNNING
    assert "lift-up" not in {p.exercise for p in playing.state.plan[playing.state.index :]}


def test_leaving_the_only_step_out_ends_the_session() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD, 2000)
    playing.key("x", "4", "1", "3")
    assert shown(playing).options[-1].words == "leave this one out: that was the last"
    playing.key("g")
    assert playing.state.outcome is Outcome.ENDED
    assert not playing.of(ev.Resumed)


def test_leaving_the_last_step_out_completes_what_was_done(stopped: Playing) -> None:
    stopped.key("z")
    stopped.until(PhaseKind.TIMED, 25_000, step=3)
    stopped.key("x", "4", "1", "3", "g")
    assert stopped.state.outcome is Outcome.COMPLETED


def test_a_mistake_goes_on_with_a_full_prepare_and_the_rep_afresh(stopped: Playing) -> None:
    mistaken, resumed, began = stopped.key("z")
    assert isinstance(mistaken, ev.StopMistaken)
    assert mistaken.number == 1
    assert isinstance(resumed, ev.Resumed)
    assert isinstance(began, ev.PhaseBegan)
    assert began.settle
    assert began.phase.length_ms == 12_000
    stopped.wait(12_000)
    phase = stopped.state.phase
    assert (phase.kind, phase.rep) == (PhaseKind.MOVE_IN, 2)
    (stop,) = stopped.state.stops
    assert stop.mistake


@pytest.mark.parametrize("keys", [["4"], ["enter"], [*"11"], [*"415"], [*"413"], ["6", "left"]])
def test_what_was_answered_was_no_mistake(stopped: Playing, keys: list[str]) -> None:
    stopped.key(*keys, "z")
    assert stopped.state.status is Status.STOPPED
    assert not shown(stopped).mistakable


def test_breathing_first_takes_no_mistake_back(stopped: Playing) -> None:
    stopped.key("space", "z")
    assert stopped.state.status is Status.RUNNING


def test_a_wrong_digit_at_the_emergency_can_be_answered_again(stopped: Playing) -> None:
    stopped.key("6", "left")
    assert open_stop(stopped).question is Question.WHAT
    stopped.key("4")
    assert (open_stop(stopped).quality, open_stop(stopped).question) == ("dull", Question.WHERE)


@pytest.mark.parametrize("keys", ["", "4", "41", "413", "415", "5"])
def test_q_ends_with_pain_at_every_question(stopped: Playing, keys: str) -> None:
    stopped.key(*keys)
    (ended,) = stopped.key("q")
    assert isinstance(ended, ev.Ended)
    assert ended.outcome == "pain"


def test_a_session_that_ended_keeps_its_last_stop_with_the_others(stopped: Playing) -> None:
    stopped.key("z", "x", "1", "q")
    assert stopped.state.stop is None
    assert [(s.number, s.mistake, s.quality) for s in stopped.state.stops] == [
        (1, True, None),
        (2, False, "sharp"),
    ]


# Silence


def test_ten_seconds_of_nothing_begin_the_breathing(stopped: Playing) -> None:
    at_ms = stopped.state.now_ms
    assert not stopped.wait(9999)
    assert not shown(stopped).breathing
    (breathing,) = stopped.wait(1)
    assert isinstance(breathing, ev.BreathingBegan)
    assert breathing.at_ms == at_ms + 10_000
    assert shown(stopped).breathing
    assert not stopped.wait(TEN_MINUTES - 10_001)


def test_ten_minutes_of_nothing_end_with_pain(stopped: Playing) -> None:
    at_ms = stopped.state.now_ms
    breathing, ended = stopped.wait(TEN_MINUTES + 123_456)
    assert isinstance(breathing, ev.BreathingBegan)
    assert isinstance(ended, ev.Ended)
    assert ended.outcome == "pain"
    assert (breathing.at_ms, ended.at_ms) == (at_ms + 10_000, at_ms + TEN_MINUTES)
    assert stopped.state.now_ms == at_ms + TEN_MINUTES + 123_456
    assert stopped.state.status is Status.ENDED


KEYS_IN_A_STOP = ["x", "w", "4", "enter", "left", "right", "m"]


@pytest.mark.parametrize("key", KEYS_IN_A_STOP)
def test_a_key_ends_the_silence(stopped: Playing, key: str) -> None:
    stopped.wait(9000)
    stopped.key(key)
    assert not only(stopped.wait(9999), ev.BreathingBegan)
    assert len(only(stopped.wait(1), ev.BreathingBegan)) == 1


@pytest.mark.parametrize("key", KEYS_IN_A_STOP)
def test_a_key_puts_the_end_off(stopped: Playing, key: str) -> None:
    stopped.wait(TEN_MINUTES - 1)
    stopped.key(key)
    assert not only(stopped.wait(TEN_MINUTES - 1), ev.Ended)
    assert len(only(stopped.wait(1), ev.Ended)) == 1


def test_the_silence_is_counted_at_every_question(stopped: Playing) -> None:
    for key in ("4", "1", "3"):
        stopped.key(key)
        assert len(only(stopped.wait(10_000), ev.BreathingBegan)) == 1


def test_space_asks_no_more_and_breathes(stopped: Playing) -> None:
    events = stopped.key("space")
    assert open_stop(stopped).question is Question.BREATHE
    assert shown(stopped).breathing
    assert stopped.state.status is Status.STOPPED
    assert not only(stopped.wait(TEN_MINUTES - 1), ev.Ended)
    assert not stopped.of(ev.Resumed)
    (ended,) = only(stopped.wait(1), ev.Ended)
    assert ended.outcome == "pain"
    assert not [event for event in events if event.recorded]


def test_asking_for_the_breathing_says_that_it_begins(stopped: Playing) -> None:
    assert len(only(stopped.key("space"), ev.BreathingBegan)) == 1
    assert not only(stopped.wait(60_000), ev.BreathingBegan)


def test_the_breathing_goes_on_through_other_keys(stopped: Playing) -> None:
    stopped.key("space", "w")
    assert shown(stopped).breathing


@pytest.mark.parametrize("key", ["space", "right", "n", "+", "-", "a", "escape", "?", "g", "e"])
def test_nothing_goes_on_by_a_players_key(stopped: Playing, key: str) -> None:
    before = stopped.state
    stopped.key(key)
    after = stopped.state
    assert after.status is Status.STOPPED
    assert (after.index, after.elapsed_ms, after.plan) == (
        before.index,
        before.elapsed_ms,
        before.plan,
    )


def test_a_second_stop_while_stopped_is_the_same_one(stopped: Playing) -> None:
    assert not stopped.key("x")
    assert open_stop(stopped).number == 1
    assert stopped.give(Input(InputKind.STOP), 5000) == []


def test_an_ended_session_stays_ended(stopped: Playing) -> None:
    stopped.key("q")
    ended = stopped.state
    for kind in InputKind:
        assert not stopped.do(kind)
    assert stopped.state == ended


def test_a_stop_in_what_went_on_after_a_pause_is_where_it_came() -> None:
    playing = Playing(timeline_of(LIE))
    playing.until(PhaseKind.TIMED, 20_000)
    playing.key("space", "space")
    playing.until(PhaseKind.TIMED)
    playing.wait(5000)
    playing.do(InputKind.STOP)
    assert playing.state.stop is not None
    assert playing.state.stop.place.phase.kind is PhaseKind.TIMED
    assert playing.state.stop.place.into_ms == 25_000
    assert playing.state.stop.other is None
