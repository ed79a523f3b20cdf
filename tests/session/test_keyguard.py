"""A key acts on the screen that it was aimed at, and a key that repeats itself counts once."""

import pytest
from player_building import only, timeline_of
from session_building import Conducted

from backcoach.player import events as ev
from backcoach.player.inputs import Input, InputKind
from backcoach.player.keys import STOP_KEYS
from backcoach.player.state import Question, Status
from backcoach.session.keyguard import KeyGuard, Verdict
from backcoach.timeline.model import Timeline

STOPS = (
    *("x", "X", "delete", "backspace", "ctrl+x", "alt+x"),
    *("ч", "Ч", "χ", "Χ", "alt+ч", "alt+χ", ".", "full_stop"),
)
OTHERS = (
    *("right", "n", "pagedown", "left", "pageup", "+", "-", "a", "e", "enter", "m"),
    *("escape", "q", "?", "j", "tab", "f1"),
)
INTO = {
    Status.RUNNING: "",
    Status.PAUSED: "space",
    Status.MENU: "escape",
    Status.ASKING: "q",
    Status.HELP: "?",
    Status.STOPPED: "x",
}
FIRST_REPEATS_MS = (250, 660)
"""How long keyboards wait before a key that is held down repeats itself; then 30 times a second."""
HELD_MS = 3000


def three_steps() -> Timeline:
    """Three steps of nine seconds, without a prepare."""
    return timeline_of(*({"exercise": "lie-low", "duration": 9} for _ in range(3)))


def running(into_ms: int = 5000) -> Conducted:
    """A session in its first step, of nine seconds."""
    session = Conducted(three_steps())
    session.wait(into_ms)
    return session


def in_status(status: Status) -> Conducted:
    """A session in this state, at the very moment it came to it."""
    session = running()
    if keys := INTO[status]:
        session.press(keys)
    assert session.conductor.state.status is status
    return session


def face(session: Conducted) -> tuple[object, ...]:
    """Everything that a key could have changed."""
    state = session.conductor.state
    question = state.stop and state.stop.question
    return (state.status, state.plan, state.index, state.muted, question, len(session.heard))


def hold_down(session: Conducted, key: str, first_ms: int) -> None:
    """Hold a key down for three seconds."""
    session.conductor.press(key)
    session.wait(first_ms)
    for _ in range((HELD_MS - first_ms) // 33):
        session.conductor.press(key)
        session.wait(33)
    session.wait((HELD_MS - first_ms) % 33)


def press_once(session: Conducted, key: str) -> None:
    """The same with a finger that lets go."""
    session.conductor.press(key)
    session.wait(HELD_MS)


# After a change of screen


@pytest.mark.parametrize("key", OTHERS)
def test_just_after_a_new_step_other_keys_do_nothing(key: str) -> None:
    session = running(into_ms=9000)
    assert session.conductor.state.phase.step == 2
    before = face(session)
    assert not session.conductor.press(key)
    session.clock.advance(399)
    assert not session.conductor.press(key)

    assert face(session) == before


@pytest.mark.parametrize("key", OTHERS)
def test_at_the_very_start_too(key: str) -> None:
    session = Conducted(three_steps())
    session.clock.advance(399)

    assert not session.conductor.press(key)


@pytest.mark.parametrize("key", OTHERS)
def test_soon_they_count(key: str) -> None:
    session = running(into_ms=9000)
    session.clock.advance(400)

    assert session.conductor.press(key)


@pytest.mark.parametrize("key", [*STOPS, "space"])
def test_stop_and_pause_count_at_once(key: str) -> None:
    session = running(into_ms=9000)

    assert session.conductor.press(key)
    wanted = Status.PAUSED if key == "space" else Status.STOPPED
    assert session.conductor.state.status is wanted


@pytest.mark.parametrize("status", [Status.PAUSED, Status.MENU, Status.ASKING, Status.HELP])
def test_a_menu_is_read_before_it_is_answered(status: Status) -> None:
    session = in_status(status)
    session.clock.advance(399)
    assert not session.conductor.press("q")
    assert session.conductor.state.status is status

    session = in_status(status)
    session.clock.advance(400)
    if status is not Status.ASKING:
        assert session.conductor.press("q")
        assert session.conductor.state.status is not status


def test_it_is_told_in_real_time_whatever_the_speed() -> None:
    session = Conducted(timeline_of({"exercise": "lie-down", "duration": 70}), speed=20)
    session.wait(399)
    assert not session.conductor.press("a")

    session = Conducted(timeline_of({"exercise": "lie-down", "duration": 70}), speed=20)
    session.wait(400)
    assert session.conductor.press("a")


def test_a_key_that_comes_with_the_end_of_a_step_was_aimed_at_that_step() -> None:
    session = running(into_ms=8999)
    session.clock.advance(50)

    assert not session.conductor.press("n")
    assert session.conductor.state.phase.step == 2
    assert session.conductor.state.elapsed_ms == 49
    assert only(session.heard, ev.Skipped) == []


# The stop


@pytest.mark.parametrize("key", STOPS)
@pytest.mark.parametrize("status", list(INTO))
def test_every_stop_key_stops_from_everywhere_at_once(status: Status, key: str) -> None:
    session = in_status(status)

    assert session.conductor.press(key)
    assert session.conductor.state.status is Status.STOPPED
    assert len(only(session.heard, ev.Stopped)) == 1


def test_no_stop_key_is_left_out() -> None:
    assert set(STOPS) <= STOP_KEYS


@pytest.mark.parametrize("key", [*OTHERS, "space", "1", "2", "6", "z", "g"])
def test_after_a_stop_only_stop_counts_for_a_while(key: str) -> None:
    session = in_status(Status.STOPPED)
    before = face(session)
    assert not session.conductor.press(key)
    session.clock.advance(699)
    assert not session.conductor.press(key)

    assert face(session) == before


@pytest.mark.parametrize(
    ("key", "question"), [("4", Question.WHERE), ("5", Question.RED_FLAGS), ("z", None)]
)
def test_then_it_can_be_answered(key: str, question: Question | None) -> None:
    session = in_status(Status.STOPPED)
    session.conductor.tell(Input(InputKind.SAVED, 1))
    session.wait(700)

    assert session.conductor.press(key)
    stop = session.conductor.state.stop
    assert (stop and stop.question) == question


def test_nothing_is_answered_before_it_is_asked() -> None:
    session = in_status(Status.STOPPED)
    session.wait(999)
    assert not session.conductor.press("4")
    session.wait(1)
    assert session.conductor.asks
    assert session.conductor.press("5")


def test_it_is_asked_once_it_is_written() -> None:
    session = in_status(Status.STOPPED)
    asked = []
    for number in (0, 2, 1):
        session.conductor.tell(Input(InputKind.SAVED, number))
        asked.append(session.conductor.asks)
    assert asked == [False, False, True]


def test_x_again_changes_nothing_and_does_not_put_the_answers_off() -> None:
    session = in_status(Status.STOPPED)
    session.conductor.tell(Input(InputKind.SAVED, 1))
    session.wait(600)
    assert session.conductor.press("x")
    session.wait(100)

    assert session.conductor.press("4")
    assert len(only(session.heard, ev.Stopped)) == 1


def test_each_question_is_read_before_it_is_answered() -> None:
    session = in_status(Status.STOPPED)
    session.conductor.tell(Input(InputKind.SAVED, 1))
    session.wait(700)
    session.conductor.press("4")
    session.wait(399)
    assert not session.conductor.press("1")
    session.wait(400)
    assert session.conductor.press("2")

    (first, second) = only(session.heard, ev.StopAnswered)
    assert (first.value, second.value) == ("dull", "upper-back")


def test_no_answer_carries_over_into_the_next_question() -> None:
    session = in_status(Status.STOPPED)
    session.conductor.tell(Input(InputKind.SAVED, 1))
    session.wait(700)
    for key in ("1", "1", "4", "n"):
        session.wait(1000)
        assert session.conductor.press(key)
        answered = face(session)
        assert not session.conductor.press(key)
        session.wait(399)
        assert not session.conductor.press(key)
        assert not session.conductor.press("2")
        assert face(session) == answered


def test_the_card_is_a_screen_of_its_own() -> None:
    session = in_status(Status.STOPPED)
    session.conductor.tell(Input(InputKind.SAVED, 1))
    assert not session.conductor.press("!")
    session.wait(751)
    assert session.conductor.press("!")
    session.wait(399)
    assert not session.conductor.press("left")
    session.wait(751)
    assert session.conductor.press("left")
    assert not session.conductor.press("1")


@pytest.mark.parametrize("first_ms", FIRST_REPEATS_MS)
@pytest.mark.parametrize("key", STOPS)
def test_a_stop_key_held_down_is_one_stop(key: str, first_ms: int) -> None:
    session = running()
    hold_down(session, key, first_ms)

    assert session.conductor.state.status is Status.STOPPED
    assert len(only(session.heard, ev.Stopped)) == 1
    assert only(session.heard, ev.StopAnswered) == []


@pytest.mark.parametrize("guarded", [InputKind.PAUSE, InputKind.NEXT, InputKind.ANSWER])
def test_a_stop_passes_whatever_came_before(guarded: InputKind) -> None:
    state = running().conductor.state
    guard = KeyGuard(0)
    guard.see(state, 0)
    guard.judge("x", guarded, state, 0)

    assert guard.judge("x", InputKind.STOP, state, 0) is Verdict.COUNTS
    assert guard.judge("x", InputKind.STOP, state, 1) is Verdict.COUNTS


# A key that is held down


@pytest.mark.parametrize("first_ms", FIRST_REPEATS_MS)
@pytest.mark.parametrize("key", ["space", "n", "a", "e", "m", "escape", "q", "?", "j"])
def test_a_key_held_down_counts_once(key: str, first_ms: int) -> None:
    held, once = (
        Conducted(timeline_of(*({"exercise": "lie-down", "duration": 60},) * 5)) for _ in range(2)
    )
    for session in (held, once):
        session.wait(15_000)
    hold_down(held, key, first_ms)
    press_once(once, key)

    assert held.heard == once.heard
    assert held.conductor.state.status is once.conductor.state.status


@pytest.mark.parametrize("first_ms", FIRST_REPEATS_MS)
@pytest.mark.parametrize("key", ["1", "4", "enter", "z", "space"])
def test_an_answer_held_down_answers_one_question(key: str, first_ms: int) -> None:
    held, once = (in_status(Status.STOPPED) for _ in range(2))
    for session in (held, once):
        session.wait(1000)
    hold_down(held, key, first_ms)
    press_once(once, key)

    assert held.heard == once.heard
    assert held.conductor.state.status is once.conductor.state.status


def test_the_same_key_pressed_again_on_purpose_counts() -> None:
    session = Conducted(timeline_of(*({"exercise": "lie-down", "duration": 60},) * 5))
    session.wait(15_000)
    for _ in range(3):
        assert session.conductor.press("n")
        session.wait(1000)

    assert session.conductor.state.phase.step == 4


@pytest.mark.parametrize(("key", "kind"), [("left", ev.WentBack), ("-", ev.Lengthened)])
def test_what_is_pressed_twice_on_purpose_may_be_pressed_fast(
    key: str, kind: type[ev.Event]
) -> None:
    session = Conducted(timeline_of(*({"exercise": "lie-down", "duration": 60},) * 5))
    session.wait(100_000)
    assert session.press(key)
    session.wait(200)
    assert session.press(key)

    assert len(only(session.heard, kind)) == 2


@pytest.mark.parametrize("first_ms", FIRST_REPEATS_MS)
@pytest.mark.parametrize(("key", "kind"), [("left", ev.WentBack), ("-", ev.Lengthened)])
def test_held_down_it_counts_no_more_often_than_that(
    key: str, kind: type[ev.Event], first_ms: int
) -> None:
    session = Conducted(timeline_of(*({"exercise": "lie-down", "duration": 60},) * 5))
    session.wait(100_000)
    hold_down(session, key, first_ms)

    assert 1 <= len(only(session.heard, kind)) <= 2


def test_another_key_soon_after_counts() -> None:
    session = running(into_ms=2000)

    assert session.press("m", "+", "a")


def test_a_press_that_did_not_count_is_no_reason_to_lose_time() -> None:
    session = Conducted()
    session.wait(1000)
    session.press("m")
    for _ in range(100):
        session.clock.advance(33)
        assert not session.conductor.press("m")
    session.wake()

    assert only(session.heard, ev.Paused) == []


def test_a_key_is_no_other_inputs_business() -> None:
    session = running()
    session.conductor.tell(Input(InputKind.INTERRUPT))

    assert session.conductor.ended
    assert not session.conductor.press("space")


# The same key twice


def asked(*keys: str) -> Conducted:
    """A stop that is written down and answered so far, each answer a second after the last."""
    session = in_status(Status.STOPPED)
    session.conductor.tell(Input(InputKind.SAVED, 1))
    session.wait(1000)
    for key in keys:
        assert session.conductor.press(key)
        session.wait(1000)
    return session


def given(session: Conducted) -> list[object]:
    """The answers so far."""
    return [answer.value for answer in only(session.heard, ev.StopAnswered)]


@pytest.mark.parametrize("after_ms", [400, 500, 749])
def test_the_same_answer_to_the_next_question_counts_a_moment_later(after_ms: int) -> None:
    session = asked()
    session.conductor.press("1")
    session.wait(after_ms)
    assert session.conductor.press("1")
    session.wait(149)
    assert given(session) == ["sharp"]
    session.wait(1)
    assert given(session) == ["sharp", "low-back"]


def test_another_key_settles_the_doubt() -> None:
    session = running()
    session.wait(1000)
    session.conductor.press("m")
    session.wait(500)
    session.conductor.press("m")
    session.wait(50)
    assert session.conductor.state.muted
    session.conductor.press("+")
    assert not session.conductor.state.muted


def test_what_waits_is_dropped_with_the_screen_that_it_was_aimed_at() -> None:
    session = running(into_ms=8300)
    session.conductor.press("m")
    session.wait(600)
    session.conductor.press("m")
    session.wait(1000)

    assert session.conductor.state.phase.step == 2
    assert session.conductor.state.muted


# 1, then 0


@pytest.mark.parametrize("after_ms", [100, 399, 1000, 1500])
def test_a_0_after_a_1_makes_it_ten(after_ms: int) -> None:
    session = asked("4", "1")
    session.conductor.press("1")
    session.wait(after_ms)
    assert session.conductor.press("0")

    assert given(session) == ["dull", "low-back", 1, 10]
    stop = session.conductor.state.stop
    assert stop is not None
    assert (stop.intensity, stop.question) == (10, Question.RED_FLAGS)


def test_later_or_after_another_key_it_does_not() -> None:
    session = asked("4", "1", "1")
    session.wait(501)
    session.conductor.press("0")
    assert given(session)[-1] == 1

    session = asked("4", "1")
    session.conductor.press("1")
    session.conductor.press("w")
    session.conductor.press("0")
    assert given(session)[-1] == 1


def test_a_place_with_the_number_1_is_no_first_digit() -> None:
    session = asked("4")
    session.conductor.press("1")
    session.wait(500)
    session.conductor.press("0")
    assert given(session) == ["dull", "low-back", 0]
