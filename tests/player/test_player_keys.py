"""Which key asks for what, in every state."""

import pytest
from player_building import Playing, timeline_of

from backcoach.player.inputs import Input, InputKind
from backcoach.player.keys import STOP_KEYS, answer_keys, read_key
from backcoach.player.machine import step
from backcoach.player.questions import INTENSITIES, QUALITIES, WHERES, choices
from backcoach.player.state import Question, State, Status
from backcoach.timeline.model import PhaseKind

INTO = {
    Status.RUNNING: "",
    Status.PAUSED: "space",
    Status.MENU: "escape",
    Status.ASKING: "q",
    Status.HELP: "?",
    Status.STOPPED: "x",
    Status.ENDED: "escape q",
}
"""The keys that lead from a hold to each state."""

STOPS = (
    *("x", "X", "delete", "backspace", "ctrl+x", "alt+x"),
    *("ч", "Ч", "χ", "Χ", "alt+ч", "alt+χ", ".", "full_stop"),
)
"""`ctrl+h` is what many terminals send for backspace."""


def state_in(status: Status, *more: str) -> State:
    """A session in this state, two seconds into a hold."""
    playing = Playing(timeline_of({"exercise": "lift-up", "reps": 2}))
    playing.until(PhaseKind.HOLD, 2000, rep=2)
    playing.key(*INTO[status].split(), *more)
    assert playing.state.status is status
    return playing.state


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("key", [*STOPS, "ctrl+h"])
def test_every_stop_key_is_one_in_every_state(status: Status, key: str) -> None:
    assert key in STOP_KEYS
    assert read_key(state_in(status), key) == Input(InputKind.STOP)


@pytest.mark.parametrize("question", ["", "4", "41", "413", "415", "5", "space"])
@pytest.mark.parametrize("key", STOPS)
def test_every_stop_key_is_one_at_every_question(question: str, key: str) -> None:
    keys = [question] if question == "space" else list(question)
    assert read_key(state_in(Status.STOPPED, *keys), key) == Input(InputKind.STOP)


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.ENDED])
@pytest.mark.parametrize("key", STOPS)
def test_every_stop_key_stops(status: Status, key: str) -> None:
    playing = Playing(timeline_of({"exercise": "lift-up", "reps": 2}))
    playing.until(PhaseKind.HOLD, 2000)
    playing.key(*INTO[status].split(), key)
    assert playing.state.status is Status.STOPPED


@pytest.mark.parametrize("status", [Status.RUNNING, Status.PAUSED])
@pytest.mark.parametrize(
    ("keys", "kind"),
    [
        (("space", " "), InputKind.PAUSE),
        (("right", "n", "pagedown"), InputKind.NEXT),
        (("left", "pageup"), InputKind.BACK),
        (("+", "plus", "=", "equals_sign"), InputKind.LONGER),
        (("-", "minus"), InputKind.SHORTER),
        (("a",), InputKind.ACHE),
        (("e",), InputKind.EASIER),
        (("enter", "return"), InputKind.DONE),
        (("m",), InputKind.MUTE),
        (("escape",), InputKind.MENU),
        (("q",), InputKind.QUIT),
        (("?", "question_mark"), InputKind.HELP),
        (("w", "up", "down", "tab", "1", "z", "f1", "ctrl+a", "é", ""), InputKind.OTHER),
    ],
)
def test_the_keys_of_the_player(status: Status, keys: tuple[str, ...], kind: InputKind) -> None:
    state = state_in(status)
    assert [read_key(state, key) for key in keys] == [Input(kind)] * len(keys)


@pytest.mark.parametrize(
    ("status", "key", "kind"),
    [
        (Status.MENU, "enter", InputKind.DONE),
        (Status.MENU, "space", InputKind.GO_ON),
        (Status.MENU, "g", InputKind.GO_ON),
        (Status.MENU, "q", InputKind.END),
        (Status.MENU, "escape", InputKind.OTHER),
        (Status.ASKING, "q", InputKind.END),
        (Status.ASKING, "y", InputKind.END),
        (Status.ASKING, "enter", InputKind.END),
        (Status.ASKING, "n", InputKind.GO_ON),
        (Status.ASKING, "space", InputKind.GO_ON),
        (Status.ASKING, "escape", InputKind.GO_ON),
        (Status.ASKING, "m", InputKind.MUTE),
        (Status.HELP, "m", InputKind.MUTE),
        (Status.HELP, "?", InputKind.HELP),
        (Status.HELP, "escape", InputKind.HELP),
        (Status.HELP, "space", InputKind.GO_ON),
        (Status.STOPPED, "z", InputKind.MISTAKE),
        (Status.STOPPED, "q", InputKind.END),
        (Status.STOPPED, "left", InputKind.BACK),
        (Status.STOPPED, "space", InputKind.BREATHE),
        (Status.STOPPED, "m", InputKind.MUTE),
        (Status.STOPPED, "right", InputKind.OTHER),
        (Status.STOPPED, "g", InputKind.GO_ON),
        (Status.STOPPED, "!", InputKind.CARD),
        (Status.STOPPED, "exclamation_mark", InputKind.CARD),
        (Status.STOPPED, "e", InputKind.EASIER),
        (Status.ENDED, "space", InputKind.OTHER),
    ],
)
def test_the_keys_of_the_other_screens(status: Status, key: str, kind: InputKind) -> None:
    assert read_key(state_in(status), key) == Input(kind)


def test_each_question_has_a_key_for_each_answer() -> None:
    for before, question, values in (
        ("", Question.WHAT, QUALITIES),
        ("4", Question.WHERE, WHERES),
        ("41", Question.HOW_MUCH, tuple(INTENSITIES)),
    ):
        state = state_in(Status.STOPPED, *before)
        keys = answer_keys(question)
        assert len(set(keys)) == len(keys) == len(values)
        assert choices(question) == values
        assert [read_key(state, key) for key in keys] == [
            Input(InputKind.ANSWER, value) for value in values
        ]
        assert read_key(state, "enter") == Input(InputKind.ANSWER, None)
        assert not set(keys) & STOP_KEYS


def test_the_number_keys_are_the_numbers() -> None:
    state = state_in(Status.STOPPED, "4", "1")
    assert [read_key(state, str(n)).value for n in range(10)] == list(range(10))
    assert read_key(state, "t").value == 10


def test_only_after_a_dull_effort_do_keys_go_on() -> None:
    choice = state_in(Status.STOPPED, "4", "1", "3")
    assert read_key(choice, "g") == Input(InputKind.GO_ON)
    assert read_key(choice, "a") == Input(InputKind.ACHE)
    assert read_key(choice, "e") == Input(InputKind.EASIER)
    for keys in ("", "4", "415", "415n", "5", "5y", "111", "111n", "!"):
        state = state_in(Status.STOPPED, *keys)
        for key in ("g", "a", "e", "space", "enter"):
            after, _ = step(state, read_key(state, key), state.now_ms)
            assert after.status is Status.STOPPED


def test_the_card_lies_over_the_keys_of_the_question() -> None:
    state = state_in(Status.STOPPED, "4", "1", "3", "!")
    for key in ("g", "e", "1", "z"):
        assert read_key(state, key) == Input(InputKind.OTHER)
    assert read_key(state, "space") == Input(InputKind.BREATHE)
    for key in ("!", "left", "escape"):
        assert read_key(state, key) == Input(InputKind.CARD)


def test_digits_choose_a_position_while_there_is_rest() -> None:
    resting = state_in(Status.STOPPED, *"111n")
    ids = [position.id for position in resting.timeline.relief]
    assert len(ids) == 5
    for number, position in enumerate(ids, 1):
        assert read_key(resting, str(number)) == Input(InputKind.POSITION, position)
    assert read_key(resting, "6") == Input(InputKind.OTHER)
