"""Whoever comes to an exercise for the first time hears and sees everything about it, whatever
brought them there; whoever goes on with it only what is forgotten in a pause."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pytest
from cues_building import Listening, forms_of, heard_in, lines, played_as
from home_building import library
from player_building import Values, timeline_of

from backcoach.coach.words import COME_DOWN
from backcoach.cues.own_lines import PAUSED
from backcoach.cues.sounds import Ring, Tone
from backcoach.player import events as ev
from backcoach.player.inputs import InputKind
from backcoach.player.resuming import BrokenOff
from backcoach.player.view import view
from backcoach.player.words import NOT_COUNTED
from backcoach.routines.finding import bundled_folder
from backcoach.timeline.marks import Cue
from backcoach.timeline.model import Form, Phase, PhaseKind, Side, Step, Timeline, lay_out

ROUTINES: Final = sorted(path.stem for path in bundled_folder().glob("*.toml"))
CAT_COW: Final[Values] = {"exercise": "cat-cow", "reps": 3}
LIFT: Final[Values] = {"exercise": "lift-up", "reps": 2}
BIRD_DOG: Final[Values] = {"exercise": "bird-dog", "reps": 2, "note": "Slowly today."}
BIRD_DOG_GO: Final = "Left leg, right arm. One leg back, opposite arm forward."
BIRD_DOG_WHOLE: Final = (
    "Slowly today. Hands under shoulders, knees under hips. Flat back, eyes down."
)


def gap(playing: Listening, lost_ms: int = 5000) -> None:
    playing.do(InputKind.GAP, lost_ms)


def dull(playing: Listening, number: int = 2) -> None:
    """A stop for an effort that was too much, to the choice of what to do."""
    playing.key("x")
    for answer in ("dull", "low-back", number):
        playing.do(InputKind.ANSWER, answer)


# --- whole, the first time -----------------------------------------------------------------------


def stopped(playing: Listening) -> None:
    dull(playing)
    playing.do(InputKind.EASIER)


def swapped(playing: Listening) -> None:
    playing.key("space", "e", "e", "space")


@pytest.mark.parametrize("how", [stopped, swapped])
def test_the_easier_exercise_is_said_and_shown_whole(how: Callable[[Listening], None]) -> None:
    playing = Listening(timeline_of(CAT_COW))
    playing.until(PhaseKind.MOVE_IN, 1000)
    how(playing)
    assert playing.state.settle is not None
    exercise = playing.state.exercise_of(playing.state.phase)
    assert exercise is not None
    assert exercise.name == "Seated pelvic rock"
    cues = exercise.cues
    (said,) = playing.said
    for line in (exercise.name, *cues.setup, *cues.go):
        assert line in said
    assert view(playing.state).cue.endswith(" ".join((*cues.setup, *cues.go)))


def paused(playing: Listening) -> None:
    playing.key("space", "space")


def helped(playing: Listening) -> None:
    playing.key("?", "space")


def mistaken(playing: Listening) -> None:
    playing.key("x")
    playing.do(InputKind.MISTAKE)


@pytest.mark.parametrize("how", [paused, helped, gap, mistaken])
@pytest.mark.parametrize("into_ms", [200, 3000, 15_000])
def test_a_prepare_that_is_broken_off_is_said_again_whole(
    how: Callable[[Listening], None], into_ms: int
) -> None:
    playing = Listening(timeline_of(LIFT, {**BIRD_DOG, "prepare": "20s"}))
    playing.until(PhaseKind.PREPARE, into_ms, step=2)
    shown = view(playing.state).cue
    how(playing)
    assert playing.state.settle is not None
    (said,) = playing.said[-1:]
    assert "Bird-dog. 2 reps, 5 seconds each" in said
    assert f"{BIRD_DOG_WHOLE} {BIRD_DOG_GO}" in said
    assert view(playing.state).cue == f"{NOT_COUNTED} {shown}"


def test_a_step_that_was_skipped_to_in_a_pause_is_said_whole() -> None:
    playing = Listening(timeline_of(LIFT, {**BIRD_DOG, "prepare": "20s"}))
    playing.until(PhaseKind.HOLD, 2000)
    playing.key("space", "right", "space")
    assert f"{BIRD_DOG_WHOLE} {BIRD_DOG_GO}" in playing.said[0]
    assert BIRD_DOG_WHOLE in view(playing.state).cue


def test_what_a_rest_too_short_to_go_on_with_leads_to_is_said_whole() -> None:
    playing = Listening(timeline_of(LIFT, {"rest": "30s"}, {**BIRD_DOG, "prepare": 7}))
    playing.until(PhaseKind.REST, 29_000)
    playing.key("space", "space")
    assert playing.state.settle is not None
    assert playing.said[0].startswith("Bird-dog. Slowly today. Left")
    assert BIRD_DOG_WHOLE in view(playing.state).cue


def test_another_round_is_told_anew() -> None:
    playing = Listening(
        timeline_of({"repeat": 2, "round_rest": 15, "steps": [{**BIRD_DOG, "prepare": "20s"}]})
    )
    playing.until(PhaseKind.PREPARE, 500, round=2)
    playing.key("space", "space")
    assert BIRD_DOG_WHOLE in playing.said[0]


# --- in few words, from then on ------------------------------------------------------------------


@pytest.mark.parametrize("how", [paused, helped, gap, mistaken])
@pytest.mark.parametrize(
    ("kind", "into_ms"), [(PhaseKind.MOVE_IN, 1), (PhaseKind.HOLD, 1000), (PhaseKind.SWITCH, 100)]
)
def test_once_begun_only_the_side_and_how_to_go(
    how: Callable[[Listening], None], kind: PhaseKind, into_ms: int
) -> None:
    playing = Listening(timeline_of(BIRD_DOG))
    playing.until(kind, into_ms)
    how(playing)
    assert playing.state.settle is not None
    said = (
        BIRD_DOG_GO
        if playing.state.settle.side is Side.LEFT
        else BIRD_DOG_GO.replace("Left leg, right arm", "Right leg, left arm")
    )
    assert playing.said[-1] == f"{NOT_COUNTED} {said}"
    assert view(playing.state).cue == f"{NOT_COUNTED} One leg back, opposite arm forward."


def test_work_that_has_only_just_begun_was_none() -> None:
    playing = Listening(timeline_of(BIRD_DOG))
    playing.until(PhaseKind.MOVE_IN)
    playing.key("space", "space")
    assert "Bird-dog." in playing.said[0]


def test_what_is_different_about_a_smaller_form_is_said_and_shown() -> None:
    playing = Listening(timeline_of(BIRD_DOG))
    playing.until(PhaseKind.HOLD, 1000)
    dull(playing)
    playing.do(InputKind.ACHE)
    changed = "Leg only; toes may stay down."
    assert playing.said[-1].endswith(f"{changed} {BIRD_DOG_GO}")
    assert changed in view(playing.state).cue


# --- a session that goes on ----------------------------------------------------------------------


def test_a_session_that_goes_on_begins_like_any_other() -> None:
    timeline = timeline_of(LIFT, BIRD_DOG)
    whole = Listening(timeline)
    whole.until(PhaseKind.REP_REST, step=2, side="right")
    before = BrokenOff(step=2, done=tuple(whole.state.done))
    playing = Listening(timeline, before)
    (said,) = playing.said
    assert said.startswith(f"Test. {COME_DOWN}")
    assert "Bird-dog. 2 reps, 5 seconds each" in said
    assert BIRD_DOG_WHOLE in said
    assert "Right leg, left arm. One leg back" in said
    assert BIRD_DOG_WHOLE in view(playing.state).cue


def test_come_down_that_was_cut_short_is_said_again() -> None:
    playing = Listening(timeline_of({**LIFT, "prepare": "20s"}))
    assert COME_DOWN in playing.said[0]
    playing.wait(1000)
    playing.key("space", "space")
    assert COME_DOWN in playing.said[0]
    playing.wait(8000)
    playing.key("space", "space")
    assert COME_DOWN not in playing.said[0]


# --- notes ---------------------------------------------------------------------------------------


def test_a_note_is_worth_more_than_the_set_up() -> None:
    said = lines(heard_in(timeline_of({"rest": 30}, {**BIRD_DOG, "prepare": 12})))
    assert (
        "Bird-dog. Slowly today. Hands under shoulders, knees under hips. Left. "
        "One leg back, opposite arm forward."
    ) in said


def test_a_note_that_is_too_long_costs_nothing_but_itself() -> None:
    note = "word " * 30
    said = lines(heard_in(timeline_of({"rest": 30}, {**BIRD_DOG, "prepare": 14, "note": note})))
    assert f"Bird-dog. {BIRD_DOG_WHOLE.removeprefix('Slowly today. ')} {BIRD_DOG_GO}" in said


def test_the_note_of_a_rest_is_said_in_it() -> None:
    heard = heard_in(timeline_of(LIFT, {"rest": "20s", "note": "Sip some water"}, LIFT))
    assert "Rest. Sip some water. Next, Lift-up." in lines(heard)


def test_the_rest_between_rounds_has_no_note_of_a_step() -> None:
    timeline = timeline_of({"repeat": 2, "round_rest": 15, "steps": [BIRD_DOG]})
    assert "Rest. Next, Bird-dog." in lines(heard_in(timeline))
    playing = Listening(timeline)
    playing.until(PhaseKind.REST)
    assert view(playing.state).cue == ""


def test_the_bundled_notes_are_heard() -> None:
    noted = 0
    for name in ROUTINES:
        timeline = library()[name]
        said = " ".join(lines(heard_in(timeline)))
        for step in timeline.steps:
            noted += bool(step.note)
            assert step.note in said
    assert noted > 1


# --- what fits -----------------------------------------------------------------------------------


def settled(timeline: Timeline, at: Phase, into_ms: int) -> str:
    """What is said as a session goes on that was paused so far into a phase."""
    playing = Listening(timeline)
    playing.wake()
    playing.wait(at.start_ms + into_ms - playing.state.now_ms)
    playing.key("space", "space")
    return playing.said[0]


def after_a_rest(timeline: Timeline, step: Step, form: Form) -> Timeline:
    """A step in one of its forms, the session's first words said in the rest before it."""
    alone = played_as(timeline, step, form)
    rest = Phase(PhaseKind.REST, 20_000, 2)
    return replace(
        alone, phases=lay_out((rest, *alone.phases)), steps=(*alone.steps, Step(2, Form(None)))
    )


@pytest.mark.parametrize("routine", ROUTINES)
def test_after_a_pause_everything_fits(routine: str) -> None:
    """Of every exercise of every routine, in every form: whole, and in few words."""
    timeline = library()[routine]
    for step in timeline.steps:
        for name, form in forms_of(step):
            if form.exercise is None:
                continue
            alone = after_a_rest(timeline, step, form)
            _, prepare, work, *_ = alone.phases
            cues = form.exercise.cues
            whole = settled(alone, prepare, 3000)
            for line in (form.exercise.name, *cues.setup, *cues.go):
                assert line in whole, (step.number, name)
            few = settled(alone, work, min(1000, work.length_ms - 1))
            for line in (NOT_COUNTED, *cues.go):
                assert line in few, (step.number, name)


def test_to_a_set_up_the_first_of_the_count_gives_way() -> None:
    timeline = timeline_of(LIFT, {**BIRD_DOG, "prepare": "12s", "note": ""})
    counts = {
        (each.event.phase.step, each.event.cue): each.sound
        for each in heard_in(timeline)
        if isinstance(each.event, ev.MarkReached)
        and each.event.cue is not Cue.END
        and each.event.phase.kind is PhaseKind.PREPARE
    }
    assert set(counts) == {
        *((1, cue) for cue in (Cue.THREE, Cue.TWO, Cue.ONE)),
        *((2, cue) for cue in (Cue.TWO, Cue.ONE)),
    }
    assert counts[2, Cue.TWO] == Ring(Tone.TICK_LEFT)


# --- nothing was counted -------------------------------------------------------------------------


def test_of_a_gap_the_voice_says_so() -> None:
    playing = Listening(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD, 1000)
    gap(playing, 60_000)
    assert playing.said == [f"{PAUSED} {NOT_COUNTED}"]
    playing.key("space")
    assert playing.said == [f"{NOT_COUNTED} Lift up."]


def test_a_rest_that_goes_on_says_so_too() -> None:
    playing = Listening(timeline_of(LIFT, {"rest": "60s"}, LIFT))
    playing.until(PhaseKind.REST, 2000)
    assert playing.said == []
    playing.key("space", "space")
    assert playing.said == [f"{NOT_COUNTED} Rest. Next, Lift-up."]
