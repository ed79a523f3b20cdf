"""What is said and what sounds, at which event, and what is left out where it doesn't fit."""

from pathlib import Path
from typing import Any

import pytest
from cues_building import Heard, Listening, forms_of, heard_in, lines, played_as, room_after
from hypothesis import given, settings
from player_building import PLAYS, Play, timeline_of, timeline_of_text
from routine_building import bundled

from backcoach.catalogue.loading import bundled_ids
from backcoach.coach.words import COME_DOWN
from backcoach.cues.own_lines import DONE, HALF, REMINDER, STOP
from backcoach.cues.script import Script
from backcoach.cues.sounds import Cut, Pace, Ring, Say, Tone
from backcoach.paths import Paths
from backcoach.player import events as ev
from backcoach.player.inputs import InputKind
from backcoach.player.words import NOT_COUNTED
from backcoach.routines.finding import bundled_folder
from backcoach.routines.library import Library
from backcoach.settings.model import CUES
from backcoach.timeline.marks import Cue
from backcoach.timeline.model import PhaseKind, Timeline

ROUTINES = sorted(path.stem for path in bundled_folder().glob("*.toml"))
LIFT = {"exercise": "lift-up", "reps": [2, 2]}
REACH = {"exercise": "reach-out", "reps": 2}
LIE = {"exercise": "lie-down"}


def load(routine: str, folder: Path) -> Timeline:
    library = Library(Paths(folder, folder))
    return library.load(library.find(routine))


def at(heard: list[Heard], kind: PhaseKind, **places: object) -> list[str]:
    """What is said as the phases of a kind begin."""
    return [
        each.sound.line
        for each in heard
        if isinstance(each.event, ev.PhaseBegan)
        and isinstance(each.sound, Say)
        and each.event.phase.kind is kind
        and all(getattr(each.event.phase, name) == value for name, value in places.items())
    ]


def tones(heard: list[Heard], kind: PhaseKind) -> list[Tone]:
    return [
        each.sound.tone
        for each in heard
        if isinstance(each.event, ev.MarkReached)
        and isinstance(each.sound, Ring)
        and each.event.phase.kind is kind
    ]


# --- every routine there is ----------------------------------------------------------------------


def all_forms(routine: str, folder: Path) -> list[tuple[str, Timeline]]:
    timeline = load(routine, folder)
    return [
        ("as written", timeline),
        *(
            (f"{step.name}, {name}", played_as(timeline, step, form))
            for step in timeline.steps
            for name, form in forms_of(step)
            if form.exercise is not None
        ),
    ]


@pytest.mark.parametrize("routine", ROUTINES)
def test_no_go_line_is_lost(routine: str, tmp_path: Path) -> None:
    for name, timeline in all_forms(routine, tmp_path):
        said = [
            (each.event.phase, each.sound.line)
            for each in heard_in(timeline)
            if isinstance(each.event, ev.PhaseBegan) and isinstance(each.sound, Say)
        ]
        prepares = [phase for phase in timeline.phases if phase.kind is PhaseKind.PREPARE]
        assert prepares, name
        for phase in prepares:
            exercise = timeline.steps[phase.step - 1].usual.exercise
            assert exercise is not None
            (line,) = (line for other, line in said if other == phase)
            assert exercise.cues.go, name
            for go in exercise.cues.go:
                assert go in line, (name, go, line)


@pytest.mark.parametrize("routine", ROUTINES)
@pytest.mark.parametrize("rate", [100, 150, 220])
def test_no_line_overruns_its_phase(routine: str, rate: int, tmp_path: Path) -> None:
    said = 0
    for name, timeline in all_forms(routine, tmp_path):
        for each in heard_in(timeline, rate=rate):
            if isinstance(each.sound, Say) and not isinstance(each.event, ev.Ended):
                if getattr(each.event, "cue", None) is Cue.REMIND:
                    continue
                said += 1
                assert each.sound.ms <= room_after(each.event), (name, each.sound)
    assert said > 20


@pytest.mark.parametrize("routine", ROUTINES)
def test_nothing_is_said_while_something_is(routine: str, tmp_path: Path) -> None:
    until_ms, before = 0, ""
    for each in heard_in(load(routine, tmp_path)):
        if isinstance(each.sound, Say):
            assert each.event.at_ms >= until_ms, (before, each.sound.line)
            until_ms, before = each.event.at_ms + each.sound.ms, each.sound.line


@pytest.mark.parametrize("name", sorted(bundled_ids()))
def test_every_hold_of_a_usual_form_has_its_line_where_it_fits(name: str) -> None:
    if not bundled(name)["cues"].get("hold") or bundled(name)["kind"] == "timed":
        return
    heard = heard_in(timeline_of({"exercise": name}))
    assert at(heard, PhaseKind.HOLD), "the usual hold has time for its line"


def test_the_hold_line_is_left_out_of_a_half_hold() -> None:
    """Ten exercises have a line that is longer than half of their hold."""
    left_out = set()
    for name in sorted(bundled_ids()):
        timeline = timeline_of({"exercise": name})
        (step,) = timeline.steps
        assert step.smaller is not None
        small = heard_in(played_as(timeline, step, step.smaller))
        usual = heard_in(timeline)
        if at(usual, PhaseKind.HOLD) and not at(small, PhaseKind.HOLD):
            left_out.add(name)
    assert "pelvic-tilt" in left_out
    assert 5 <= len(left_out) <= 15


# --- a prepare -----------------------------------------------------------------------------------


def test_the_first_line_of_a_session_is_long_enough_to_notice_a_silent_device() -> None:
    first, *others = lines(heard_in(timeline_of({**LIFT, "prepare": 45}, REACH)))
    assert first.startswith(f"Test. {COME_DOWN} Lift-up.")
    assert first.endswith("Lift up.")
    assert not [line for line in others if COME_DOWN in line]


def test_a_prepare_says_name_dose_set_up_side_and_go() -> None:
    timeline = timeline_of({"exercise": "bird-dog", "prepare": "60s", "reps": [3, 2], "hold": "8s"})
    (line, *_) = at(heard_in(timeline), PhaseKind.PREPARE)
    assert line == (
        f"Test. {COME_DOWN} Bird-dog. Sets of 3 and 2, 8 seconds each, on each side. "
        "Hands under shoulders, knees under hips. Flat back, eyes down. "
        "Left leg, right arm. One leg back, opposite arm forward."
    )


def test_where_there_is_little_time_go_is_what_is_left() -> None:
    def said(prepare: int) -> list[str]:
        step = {"exercise": "bird-dog", "prepare": prepare}
        return at(heard_in(timeline_of(step)), PhaseKind.PREPARE)

    assert said(9) == ["Bird-dog. Left leg, right arm. One leg back, opposite arm forward."]
    assert said(5) == ["Left leg, right arm. One leg back, opposite arm forward."]
    assert said(4) == ["Left. One leg back, opposite arm forward."]
    assert said(2) == ["Left leg, right arm."]


def test_come_down_is_said_as_soon_as_there_is_time() -> None:
    said = lines(heard_in(timeline_of({"rest": "8s"}, LIFT)))
    assert said[0] == f"Test. {COME_DOWN}"
    assert sum(COME_DOWN in line for line in said) == 1
    late = lines(heard_in(timeline_of({**LIFT, "prepare": 2}, {**REACH, "prepare": 20})))
    assert [COME_DOWN in line for line in late].count(True) == 1
    assert COME_DOWN not in late[0]


def test_after_a_pause_the_side_and_go_only() -> None:
    playing = Listening(timeline_of({"exercise": "bird-dog"}))
    playing.until(PhaseKind.HOLD, 1000)
    playing.key("space")
    assert playing.sounds[0] == Cut()
    assert playing.said == ["Paused."]
    playing.key("space")
    assert playing.said == [
        f"{NOT_COUNTED} Left leg, right arm. One leg back, opposite arm forward."
    ]


# --- reps ----------------------------------------------------------------------------------------


def test_each_rep_has_its_lift_and_lower_and_the_last_is_announced() -> None:
    heard = heard_in(timeline_of({"exercise": "bird-dog", "reps": 2, "sides": "left"}))
    assert at(heard, PhaseKind.MOVE_IN) == ["Reach.", "Last one. Reach."]
    assert at(heard, PhaseKind.MOVE_OUT) == ["Return.", "Return."]


def test_an_only_rep_is_not_announced_as_the_last() -> None:
    heard = heard_in(timeline_of({"exercise": "bird-dog", "reps": 1, "sides": "left"}))
    assert at(heard, PhaseKind.MOVE_IN) == ["Reach."]


def test_in_a_short_movement_lift_is_worth_more_than_last() -> None:
    step = {"exercise": "bird-dog", "reps": 2, "sides": "left", "move": "2s"}
    assert at(heard_in(timeline_of(step)), PhaseKind.MOVE_IN) == ["Reach.", "Reach."]


def test_long_phases_are_counted_down_and_short_ones_end_with_one_tone() -> None:
    heard = heard_in(timeline_of({**LIFT, "hold": 8}))
    assert tones(heard, PhaseKind.HOLD)[:4] == [Tone.TICK, Tone.TICK, Tone.TICK, Tone.END]
    assert tones(heard, PhaseKind.MOVE_IN)[:2] == [Tone.END, Tone.END]
    assert tones(heard, PhaseKind.REP_REST) == []


def test_left_and_right_have_two_pitches() -> None:
    heard = heard_in(timeline_of(REACH))
    assert set(tones(heard, PhaseKind.HOLD)) == {
        *(Tone.TICK_LEFT, Tone.END_LEFT, Tone.TICK_RIGHT, Tone.END_RIGHT)
    }
    assert tones(heard, PhaseKind.SWITCH) == [Tone.END_RIGHT], "it tells of the coming side"


def test_a_long_hold_says_its_half() -> None:
    heard = heard_in(timeline_of({"exercise": "hamstring", "reps": 1, "hold": "20s"}))
    halves = [each.sound for each in heard if getattr(each.event, "cue", "") is Cue.HALF]
    assert halves == [Say(HALF, 717, Tone.HALF)] * 2


def test_the_last_half_minute_is_said_in_words_and_not_beside_the_half() -> None:
    def cues(duration: str) -> list[str]:
        heard = heard_in(timeline_of({"exercise": "walk", "duration": duration}))
        return [
            each.sound.line
            for each in heard
            if isinstance(each.event, ev.MarkReached) and isinstance(each.sound, Say)
        ]

    assert cues("60s") == ["Half a minute left."]
    assert cues("90s") == [HALF, "Half a minute left."]
    assert cues("20s") == [HALF]


# --- rests ---------------------------------------------------------------------------------------


def test_the_dead_bug_comes_down_in_every_rest_and_gets_ready_again() -> None:
    heard = heard_in(timeline_of({"exercise": "dead-bug", "reps": [2, 2]}))
    for kind in (PhaseKind.REP_REST, PhaseKind.SWITCH, PhaseKind.SET_REST):
        said = at(heard, kind)
        assert said, kind
        assert all(line.startswith("Feet down, one by one. Rest.") for line in said)
        again = [
            (each.event.at_ms, each.sound)
            for each in heard
            if isinstance(each.event, ev.MarkReached)
            and each.event.cue is Cue.AGAIN
            and each.event.phase.kind is kind
        ]
        assert len(again) == len(said)
        assert {sound for _, sound in again} == {Say("One knee up, then the other.", 1715)}


def test_the_first_of_the_count_gives_way_to_again() -> None:
    heard = heard_in(timeline_of({"exercise": "dead-bug", "reps": 1}))
    assert tones(heard, PhaseKind.SWITCH) == [Tone.TICK_RIGHT, Tone.TICK_RIGHT, Tone.END_RIGHT]


def test_in_a_short_switch_nobody_is_told_to_get_up_who_is_not_told_to_come_down() -> None:
    heard = heard_in(timeline_of({"exercise": "dead-bug", "reps": 1, "switch": "6s"}))
    assert at(heard, PhaseKind.SWITCH) == ["Switch. Right leg, left arm."]
    assert "One knee up" not in " ".join(lines(heard)[1:])


def test_a_rest_says_what_comes_next() -> None:
    heard = heard_in(timeline_of({"exercise": "lift-up", "reps": [1, 1]}, {"rest": "10s"}, REACH))
    assert at(heard, PhaseKind.SET_REST) == ["Rest. Next, set 2."]
    assert at(heard, PhaseKind.REST) == ["Rest. Next, Reach-out."]


def test_a_short_rest_of_its_own_only_says_rest() -> None:
    heard = heard_in(timeline_of(LIFT, {"rest": "5s"}, REACH))
    assert at(heard, PhaseKind.REST) == ["Rest."]


@pytest.mark.parametrize(
    ("switch", "line"),
    [(6, ["Switch. Right leg, left arm."]), (2, ["Right leg, left arm."]), (1, ["Right."])],
)
def test_a_switch_says_the_side_as_well_as_there_is_time(switch: int, line: list[str]) -> None:
    step = {"exercise": "bird-dog", "reps": 1, "switch": switch}
    assert at(heard_in(timeline_of(step)), PhaseKind.SWITCH) == line


def test_without_time_in_a_switch_the_side_is_said_with_the_lift() -> None:
    heard = heard_in(timeline_of({**REACH, "switch": 0, "reps": 1}))
    assert at(heard, PhaseKind.MOVE_IN) == ["And hold.", "Right. And hold."]


# --- what is done --------------------------------------------------------------------------------


def test_a_stop_cuts_then_says_the_way_out_of_where_it_belongs() -> None:
    playing = Listening(timeline_of({"exercise": "bird-dog"}, LIFT))
    playing.until(PhaseKind.HOLD, 3000)
    playing.key("x")
    assert playing.sounds == [
        Cut(),
        Say(f"{STOP} Hand down. Knee down. Stay there.", playing.sounds[1].ms),  # type: ignore[union-attr]
    ]


def test_a_late_stop_says_the_way_out_of_the_last_hold() -> None:
    playing = Listening(timeline_of({"exercise": "bird-dog", "reps": 1}, LIFT))
    playing.until(PhaseKind.PREPARE, 3000, step=2)
    playing.key("x")
    assert playing.said == [f"{STOP} Hand down. Knee down. Stay there."]
    playing.key("left")
    assert playing.said == ["Lower. Rest."]


def test_after_a_silence_breathing_is_paced_aloud() -> None:
    playing = Listening(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD, 3000)
    playing.key("x")
    playing.wait(9999)
    assert playing.sounds == []
    playing.wait(1)
    assert playing.sounds == [Pace(4000, 6000, aloud=True)]
    playing.do(InputKind.ANSWER, "dull")
    # Once for the breathing, once for whatever else may be said.
    assert playing.sounds == [Cut(), Cut()]


def test_any_key_ends_the_breathing_that_began_by_itself() -> None:
    playing = Listening(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD, 3000)
    playing.key("x")
    playing.wait(10_000)
    playing.key("w")
    assert playing.sounds == [Cut()]


def test_a_position_to_rest_in_is_said_with_how_to_get_there() -> None:
    playing = Listening(timeline_of(LIFT))
    playing.until(PhaseKind.HOLD, 3000)
    playing.key("x")
    for answer in ("sharp", "low-back", 3, "no"):
        playing.do(InputKind.ANSWER, answer)
    assert playing.sounds[0] == Cut()
    rest = playing.state.timeline.relief[0]
    assert playing.said == [" ".join((f"{rest.name}.", *rest.cues.setup))]

    playing.do(InputKind.POSITION, "rest-90-90")
    assert playing.said[0].startswith("90/90 rest, calves on a chair.")


def test_self_paced_work_is_reminded_of() -> None:
    playing = Listening(timeline_of({**LIFT, "pace": "self"}))
    playing.until(PhaseKind.SELF_PACED)
    playing.wait(60_000)
    assert playing.said == [REMINDER]


def test_the_end_tells_the_way_up() -> None:
    *_, last = lines(heard_in(timeline_of({"exercise": "bridge", "reps": 1})))
    assert last == f"{DONE} Knees bent. Roll to your side. Push up with your hands. Pause."


def test_ending_by_choice_is_silent() -> None:
    playing = Listening(timeline_of(LIFT))
    playing.key("q")
    playing.do(InputKind.END)
    assert playing.sounds == [Cut()]


def test_smaller_is_explained_where_there_is_time() -> None:
    playing = Listening(timeline_of({"exercise": "bird-dog", "prepare": "30s"}))
    playing.wait(1000)
    playing.key("e")
    assert playing.said == ["Leg only; toes may stay down."]
    playing = Listening(timeline_of({"exercise": "bird-dog"}))
    playing.until(PhaseKind.MOVE_OUT)
    playing.key("e")
    assert playing.said == []


def test_a_hold_is_breathed_where_the_pacer_is_wanted() -> None:
    timeline = timeline_of({"exercise": "rest-crook", "duration": "60s"})
    (exercise,) = (step.usual.exercise for step in timeline.steps)
    assert exercise is not None
    assert exercise.breath_in_ms > 0
    paces = [each.sound for each in heard_in(timeline, breath_pacer=True)]
    assert Pace(exercise.breath_in_ms, exercise.breath_out_ms) in paces
    assert not [each for each in heard_in(timeline) if isinstance(each.sound, Pace)]


# --- what is wanted ------------------------------------------------------------------------------


def test_with_nothing_wanted_go_ends_and_the_stop_are_left() -> None:
    wanted: frozenset[str] = frozenset()
    heard = heard_in(timeline_of({"exercise": "bird-dog"}), wanted=wanted)
    assert at(heard, PhaseKind.PREPARE)[0].endswith("One leg back, opposite arm forward.")
    assert at(heard, PhaseKind.MOVE_IN) == at(heard, PhaseKind.HOLD) == []
    assert set(tones(heard, PhaseKind.HOLD)) == {Tone.END_LEFT, Tone.END_RIGHT}
    playing = Listening(timeline_of(LIFT), wanted=wanted)
    playing.key("x")
    assert playing.said == [f"{STOP} Lower. Rest."]


@pytest.mark.parametrize("cue", CUES)
def test_each_cue_can_be_left_out(cue: str) -> None:
    steps: list[dict[str, Any]] = [
        {"exercise": "bird-dog", "reps": [2, 2]},
        {"rest": "10s"},
        {"exercise": "walk", "duration": "90s"},
        {"exercise": "lift-up", "pace": "self"},
    ]

    def all_of(wanted: frozenset[str]) -> list[Any]:
        playing = Listening(timeline_of(*steps), wanted=wanted)
        sounds = list(playing.sounds)
        while playing.state.outcome is None:
            if playing.state.current.duration_ms is None:
                playing.wait(60_000)
                sounds += playing.sounds
                playing.do(InputKind.DONE)
            else:
                playing.wake()
            sounds += playing.sounds
        return sounds

    everything = frozenset(CUES)
    assert all_of(everything) != all_of(everything - {cue})


# --- rehearsals and chance -----------------------------------------------------------------------


def test_a_rehearsal_says_what_fits_and_no_faster() -> None:
    timeline = timeline_of({"exercise": "bird-dog"})
    usual, fast = heard_in(timeline), heard_in(timeline, speed=4.0)
    assert 0 < len(lines(fast)) < len(lines(usual))
    for each in fast:
        if isinstance(each.sound, Say) and isinstance(each.event, ev.PhaseBegan):
            assert each.sound.ms * 4 <= each.event.phase.length_ms


def test_tones_that_come_late_are_left_out() -> None:
    playing = Listening(timeline_of(LIFT))
    playing.wait(12_000 + 400)
    assert [sound for sound in playing.sounds if isinstance(sound, Ring)] == [Ring(Tone.END)]
    playing.wait(30_000)
    assert not [sound for sound in playing.sounds if isinstance(sound, Ring)]


@given(PLAYS)
@settings(deadline=None, max_examples=60)
def test_whatever_is_done_a_stop_and_a_pause_begin_with_silence(play: Play) -> None:
    from cues_building import script

    listening: Script = script()
    for turn in play.turns():
        for event in turn.events:
            sounds = listening.sounds_of(event, turn.after)
            if isinstance(event, ev.Stopped | ev.Paused | ev.Ended):
                assert sounds[0] == Cut()
            if isinstance(event, ev.Stopped):
                assert isinstance(sounds[1], Say)
            for sound in sounds:
                if isinstance(sound, Say):
                    assert sound.line.strip() == sound.line != ""
                    assert sound.ms > 0


def test_a_name_of_ones_own_is_estimated() -> None:
    text = """
name = "Own"
[[steps]]
exercise = "wall-sit"
reps = 1
hold = "5s"
[exercises.wall-sit]
name = "Donaudampfschifffahrtsgesellschaft"
kind = "hold"
dose = { prepare = "30s" }
"""
    first, *_ = heard_in(timeline_of_text(text))
    assert isinstance(first.sound, Say)
    assert "Donaudampf" in first.sound.line
    assert first.sound.ms > 8000
