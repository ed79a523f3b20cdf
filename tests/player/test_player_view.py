"""What is seen of a session."""

import pytest
from player_building import Playing, Values, timeline_of

from backcoach.player.inputs import InputKind
from backcoach.player.state import NOTICE_MS, Status
from backcoach.player.view import view
from backcoach.player.words import NOT_COUNTED
from backcoach.timeline.model import PhaseKind

LIFT: Values = {"exercise": "lift-up", "reps": [2, 1], "note": "Slowly."}
REACH: Values = {"exercise": "reach-out", "reps": 2}
LIE: Values = {"exercise": "lie-down"}


@pytest.fixture
def playing() -> Playing:
    """A lift in two sets, a reach on two sides, lying down, and a rest."""
    return Playing(timeline_of(LIFT, REACH, LIE, {"rest": 20}))


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (PhaseKind.PREPARE, "get ready"),
        (PhaseKind.MOVE_IN, "lift"),
        (PhaseKind.HOLD, "hold"),
        (PhaseKind.MOVE_OUT, "lower"),
        (PhaseKind.REP_REST, "rest"),
        (PhaseKind.SET_REST, "rest"),
        (PhaseKind.SWITCH, "switch"),
        (PhaseKind.TIMED, "go"),
        (PhaseKind.REST, "rest"),
    ],
)
def test_each_phase_has_its_word(playing: Playing, kind: PhaseKind, word: str) -> None:
    playing.until(kind)
    assert view(playing.state).word == word


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        (("space",), "paused"),
        (("escape",), "paused"),
        (("q",), "paused"),
        (("?",), "paused"),
        (("x",), "stopped"),
        (("q", "q"), "done"),
    ],
)
def test_each_state_has_its_word(playing: Playing, keys: tuple[str, ...], word: str) -> None:
    playing.key(*keys)
    assert view(playing.state).word == word
    assert view(playing.state).change_ms is None


def test_what_is_seen_in_a_hold(playing: Playing) -> None:
    playing.until(PhaseKind.HOLD, 2500, rep=2)
    seen = view(playing.state)
    assert (seen.routine, seen.step, seen.steps, seen.exercise) == ("Test", 1, 4, "Lift-up")
    assert (seen.rep, seen.reps, seen.reps_done, seen.set, seen.sets) == (2, 2, 1, 1, 2)
    assert (seen.big, seen.change_ms) == ("8", 500)
    assert seen.fraction == 0.25
    assert seen.left_ms == playing.state.timeline.total_ms - playing.state.now_ms
    assert seen.following == "lower"
    assert seen.stop is None


def test_the_side_has_its_words(playing: Playing) -> None:
    playing.until(PhaseKind.HOLD, side="right")
    seen = view(playing.state)
    assert (seen.exercise, seen.side, seen.side_label) == ("Reach-out", "right", "right leg")


def test_a_minute_is_shown_with_a_colon_for_the_whole_phase(playing: Playing) -> None:
    shown = []
    playing.until(PhaseKind.TIMED)
    for _ in range(3):
        shown.append(view(playing.state).big)
        playing.wait(25_000)
    assert shown == ["1:00", "0:35", "0:10"]


def test_a_short_movement_shows_its_rep() -> None:
    playing = Playing(timeline_of({"exercise": "swing-by", "reps": 3}))
    playing.until(PhaseKind.MOVE_OUT, rep=2)
    assert view(playing.state).big == "2"


def test_the_digits_change_when_they_say(playing: Playing) -> None:
    for _ in range(300):
        before = view(playing.state)
        if before.change_ms is None:
            break
        playing.wait(before.change_ms - 1)
        assert view(playing.state).big == before.big
        playing.wait(1)
        assert view(playing.state).big != before.big or playing.state.elapsed_ms == 0


def test_the_first_prepare_says_it_all_and_the_settle_only_how_to_go(playing: Playing) -> None:
    assert view(playing.state).cue == "Slowly. Lift up."
    playing.until(PhaseKind.HOLD, 1000)
    playing.key("space", "space")
    assert view(playing.state).cue == f"{NOT_COUNTED} Lift up."


def test_the_bar_has_a_part_for_each_playing_of_a_step() -> None:
    playing = Playing(timeline_of({"repeat": 2, "round_rest": 9, "steps": [LIFT, LIE]}))
    bar = view(playing.state).bar
    assert len(bar) == 5
    assert sum(length for length, _ in bar) == playing.state.timeline.total_ms
    assert {over for _, over in bar} == {0}
    playing.until(PhaseKind.REST, 4000)
    bar = view(playing.state).bar
    assert [over for _, over in bar] == [bar[0][0], bar[1][0], 4000, 0, 0]


def test_an_ended_session_can_still_be_seen(playing: Playing) -> None:
    playing.key("x", "q")
    seen = view(playing.state)
    assert (seen.word, seen.outcome, seen.status) == ("done", "pain", Status.ENDED)


def test_a_routine_of_nothing_can_be_seen() -> None:
    seen = view(Playing(timeline_of({"rest": 0})).state)
    assert (seen.word, seen.left_ms, seen.bar) == ("done", 0, ((0, 0),))


def over(playing: Playing) -> int:
    """How much of the first step the bar shows as over."""
    return view(playing.state).bar[0][1]


def test_a_prepare_that_is_begun_afresh_is_not_shown_as_done() -> None:
    playing = Playing(timeline_of({**LIFT, "prepare": 8}))
    playing.wait(2000)
    playing.key("space", "space")
    assert over(playing) == 0
    playing.wait(5000)
    assert over(playing) == 5000
    playing.wait(5000)
    assert playing.state.settle is None
    assert over(playing) == 8000


def test_time_to_get_back_leaves_the_bar_where_it_goes_on() -> None:
    playing = Playing(timeline_of(LIE))
    playing.until(PhaseKind.TIMED, 20_000)
    before = over(playing)
    playing.key("space", "space")
    playing.wait(5000)
    assert playing.state.settle
    assert over(playing) == before


def test_a_notice_gives_its_place_back_to_the_cue() -> None:
    playing = Playing(timeline_of({**LIFT, "prepare": 20}))
    playing.key("+")
    assert view(playing.state).notice == "5 s longer"
    playing.wait(NOTICE_MS - 300)
    assert view(playing.state).notice == "5 s longer"
    assert view(playing.state).change_ms == 300
    playing.wait(300)
    assert not view(playing.state).notice


def test_a_notice_stays_while_the_clock_stands() -> None:
    playing = Playing(timeline_of(LIFT))
    playing.wait(3000)
    playing.do(InputKind.GAP, 60_000)
    playing.wait(10 * NOTICE_MS)
    assert "60 s went missing" in view(playing.state).notice
    assert view(playing.state).change_ms is None
