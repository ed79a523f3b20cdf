"""The events of a session in words."""

import io
from contextlib import redirect_stdout
from types import SimpleNamespace

import pytest
from player_building import Playing, only, timeline_of
from session_building import Conducted, bird_dogs, unprintable

from backcoach.coach.words import SHORT_CHECK, emergency_card, same_day_card
from backcoach.plain.player import _PlainPlayer, lines_of, question_lines
from backcoach.player import events as ev
from backcoach.player.inputs import Input, InputKind
from backcoach.player.view import view
from backcoach.timeline.model import PhaseKind

NUMBER = "Emergency 112"
WHAT = (
    "What was it? (1 of 4) 1 sharp or stabbing, 2 electric or burning, 3 grabbing, a spasm, "
    "4 dull ache, or effort, 5 numb or tingling, 6 dizzy, chest, breathless, unwell"
)
WHERE = (
    "Where? (2 of 4) 1 low back, 2 upper back or neck, 3 one buttock, 4 thigh, 5 below the knee, "
    "6 both legs, 7 between the legs, 8 hip or knee, 9 shoulder, arm or wrist, 0 chest or tummy, "
    "- somewhere else"
)
LEAVE = (
    "enter leaves it out, z pressed by mistake, space no questions, breathe, "
    "! emergency card, q ends and saves"
)
NO_MISTAKE = (
    "enter leaves it out, left arrow a wrong key: ask again, space no questions, breathe, "
    "! emergency card, q ends and saves"
)
HOW_MUCH = "How much now? (3 of 4) 0 to 9, t for 10"
ENDS = "Nothing goes on by itself. ! emergency card, q ends and saves"
POSITIONS = (
    "Positions: 1 Rest on the back, knees bent, 2 Rest on the side, knees bent, 3 90/90 rest, "
    "calves on a chair, 4 On the back, pillows under knees, 5 Prone lying, if arching eases"
)


class Told:
    """A session, and what is told of it."""

    def __init__(self, *steps: dict[str, object]) -> None:
        default = {"exercise": "lift-up", "reps": 2}
        self.playing = Playing(timeline_of(*(steps or (default, {"rest": 30}))))

    def told(self, events: list[ev.Event]) -> list[str]:
        """These events in words."""
        state = self.playing.state
        return [line for event in events for line in lines_of(event, state)]

    def key(self, *keys: str) -> list[str]:
        """What is told when keys are pressed."""
        return self.told(self.playing.key(*keys))

    def wait(self, ms: int) -> list[str]:
        """What is told as time goes by."""
        return self.told(self.playing.wait(ms))

    def asked(self, *keys: str) -> list[str]:
        """What is asked after keys were pressed."""
        self.playing.key(*keys)
        stop = view(self.playing.state).stop
        assert stop is not None
        return question_lines(stop, NUMBER)

    def in_hold(self) -> "Told":
        """Three seconds into the first hold."""
        self.playing.until(PhaseKind.HOLD, 3000)
        return self


def test_the_beginning_has_everything_to_get_ready_with() -> None:
    session = Told()
    lines = session.told(session.playing.events)

    assert lines[0] == "1 of 2: Lift-up"
    assert lines[1].startswith("get ready, 12 s, set 1, rep 1, Lift up.")


def test_a_rep_is_told_phase_by_phase() -> None:
    lines = Told().wait(12_000 + 2000 + 10_000 + 2000 + 3000)

    assert lines == [
        "lift, 2 s, set 1, rep 1",
        "hold, 10 s, set 1, rep 1",
        "lower, 2 s, set 1, rep 1",
        "rest, 3 s, set 1, rep 2",
        "lift, 2 s, set 1, rep 2",
    ]


def test_sides_are_named_and_rounds_are_counted() -> None:
    step = {"exercise": "reach-out", "reps": 1, "hold": 20}
    session = Told({"repeat": 2, "steps": [step]})
    lines = session.told(session.playing.events) + session.wait(300_000)

    assert "2 of 2: Reach-out, round 2" in lines or "1 of 1: Reach-out, round 2" in lines
    assert "hold, 20 s, left leg, set 1, rep 1" in lines
    assert "hold, 20 s, right leg, set 1, rep 1" in lines
    assert lines.count("half way") == 4
    assert lines[-1] == "the end: completed"


@pytest.mark.parametrize(
    ("keys", "lines"),
    [
        ("space", ["paused"]),
        ("escape", ["paused"]),
        ("q", ["paused"]),
        ("?", ["paused"]),
        ("+", ["5 s longer"]),
        ("-", ["5 s shorter"]),
        ("m", ["sound off"]),
        ("m m", ["sound off", "sound on"]),
        ("n", ["skipped", "2 of 2: Rest", "rest, 30 s"]),
        ("escape q", ["paused", "the end: ended"]),
    ],
)
def test_keys_are_told(keys: str, lines: list[str]) -> None:
    assert Told().in_hold().key(*keys.split()) == lines


def test_going_on_is_told() -> None:
    session = Told().in_hold()
    session.key("space")

    assert session.key("space") == [
        "going on",
        "get ready, 12 s, Lift up.",
    ]


def test_another_form_is_told() -> None:
    lines = Told().in_hold().key("e")

    assert any("smaller" in line or "5 s" in line for line in lines)


def test_a_gap_says_how_much_went_missing() -> None:
    session = Told().in_hold()
    lines = session.told(session.playing.give(Input(InputKind.GAP, 61_000)))

    assert lines == ["paused, 61 s went missing"]


def test_a_stop_says_what_to_do_before_it_asks() -> None:
    lines = Told().in_hold().key("x")

    assert lines == [
        "STOP: Lift-up, set 1 · rep 1 · 3 s into the hold",
        "Lower. Rest.",
    ]


def test_then_it_asks_what_it_was() -> None:
    assert Told().in_hold().asked("x") == [WHAT, LEAVE]


def test_a_stop_that_may_belong_to_another_place_can_be_moved() -> None:
    session = Told()
    session.playing.until(PhaseKind.REP_REST, 1000)
    lines = session.key("x")
    assert lines[0].startswith("STOP: Lift-up, set 1 · rep 1")
    assert "left arrow: or was it Lift-up, rep 2?" in lines

    moved = session.key("left")
    assert moved[0].startswith("STOP: Lift-up")
    assert moved[0] != lines[0]


def test_each_answer_brings_the_next_question() -> None:
    session = Told().in_hold()
    session.key("x")

    assert session.asked("4") == [WHERE, NO_MISTAKE]
    assert session.asked("1") == [HOW_MUCH, NO_MISTAKE]
    assert session.asked("3") == [
        "Your choice. It is not too much to carry on with.",
        "a: go on with this one, smaller",
        "e: go on with the easier one",
        "g: leave this one out: that was the last",
        ENDS,
    ]


def test_the_emergency_signs_are_one_question() -> None:
    session = Told().in_hold()
    session.key("x", "1", "1")
    lines = session.asked("4")

    assert lines[0].startswith("Any of these? (4 of 4) numb around the genitals")
    assert all(sign in lines[0] for sign in SHORT_CHECK)
    assert lines[1:] == ["y yes, n none of them", NO_MISTAKE]


def test_relief_is_told_with_its_positions_and_asked_again() -> None:
    session = Told({"exercise": "lift-up", "reps": 2}, {"exercise": "pelvic-tilt", "reps": 1})
    session.in_hold().key("x", "1", "1", "4")

    assert session.key("n")[0] == "Rest on the back, knees bent"
    assert session.asked() == ["Rest. In two minutes you can say how it is.", POSITIONS, ENDS]
    assert session.key("2")[0] == "Rest on the side, knees bent"
    session.wait(150_000)
    assert session.asked()[2] == "enter: say how it is now"
    assert session.asked("enter") == [
        "How much after resting? (1 of 1) 0 to 9, t for 10",
        NO_MISTAKE,
    ]
    assert session.asked("2")[1] == "g: go on: Pelvic tilt"
    assert session.key("g")[:2] == ["Lift-up: left out after a stop", "going on"]


def test_what_is_left_out_leads_to_rest() -> None:
    session = Told().in_hold()
    session.key("x", "enter", "enter", "enter", "enter")

    why = "No more exercise today: where it is wasn't said, so it counts as in a leg."
    assert session.asked() == [f"Rest. {why}", POSITIONS, "enter: say how it is now", ENDS]
    assert session.asked("enter", "enter") == [
        f"That is enough for today. Rest as long as you like. {why}",
        POSITIONS,
        ENDS,
    ]


def test_a_leg_is_named_where_it_was_said() -> None:
    session = Told().in_hold()
    session.key("x", "1", "5", "4", "n")

    assert session.asked()[0] == "Rest. No more exercise today: a leg may be part of it."


@pytest.mark.parametrize("keys", ["5 y", "5 enter", "6 n", "4 6 n", "4 7 n", "4 0 n", "1 1 4 y"])
def test_what_is_urgent_shows_the_card_and_the_number(keys: str) -> None:
    session = Told().in_hold()
    session.key("x")
    lines = session.asked(*keys.split())

    assert lines == [*emergency_card(NUMBER), "space breathe, q ends and saves"]
    assert lines[0] == "Stop here. Call 112 or go to emergency now."


def test_numb_with_no_sign_is_for_a_doctor_the_same_day() -> None:
    session = Told().in_hold()
    session.key("x")

    assert session.asked("5", "n") == [*same_day_card(NUMBER), "space breathe, q ends and saves"]


def test_the_card_can_be_opened_and_closed() -> None:
    session = Told().in_hold()
    session.key("x")

    assert session.asked("!") == [
        *emergency_card(NUMBER),
        "left arrow back, space breathe, q ends and saves",
    ]
    assert session.asked("left") == [WHAT, LEAVE]


def test_a_mistake_is_told() -> None:
    session = Told().in_hold()
    session.key("x")
    lines = session.key("z")

    assert lines[0] == "pressed by mistake: going on"
    assert lines[1] == "going on"


def test_a_mistake_in_a_pause_stays_paused() -> None:
    session = Told().in_hold()
    session.key("space")
    session.key("x")

    assert session.key("z") == ["pressed by mistake: still paused"]


def test_after_silence_there_is_breathing_and_then_the_end() -> None:
    session = Told().in_hold()
    session.key("x")

    assert session.wait(10_000) == ["breathe in for 4, out for 6, and again"]
    assert session.wait(600_000) == ["the end: pain"]


def test_a_stop_that_is_told_after_the_end_is_still_told() -> None:
    session = Told().in_hold()
    events = session.playing.key("x") + session.playing.do(InputKind.INTERRUPT)
    (stop,) = only(events, ev.Stopped)

    assert "STOP" in session.told([stop])[0]
    assert session.told(events)[-1] == "the end: interrupted"


def test_every_line_is_one_line_without_boxes() -> None:
    session = Told().in_hold()
    lines = session.told(session.playing.events)
    for keys in ("x", "4", "1", "3", "a", "m", "escape", "space", "?", "space"):
        lines += session.key(keys)
    lines += session.wait(600_000)

    assert len(lines) > 15
    for line in lines:
        assert unprintable(line) == set()
        assert "\n" not in line
        assert not any("\u2500" <= c <= "\u259f" for c in line)


def test_a_second_stop_is_asked_whole() -> None:
    session = Conducted()
    out = io.StringIO()
    with redirect_stdout(out):
        player = _PlainPlayer(
            bird_dogs(),
            SimpleNamespace(has_keys=True),  # type: ignore[arg-type]
            NUMBER,
        )
    live = SimpleNamespace(conductor=session.conductor, keeper=SimpleNamespace(problem=""))
    for _ in range(2):
        out.truncate(0)
        session.wait(15_000)
        session.press("x")
        session.wait(1200)
        player._tell(live)  # type: ignore[arg-type]
        assert "What was it?" in out.getvalue()
        session.press("z")
        player._tell(live)  # type: ignore[arg-type]
