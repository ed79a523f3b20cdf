"""The smaller and the easier form of a step, kept beside the usual one."""

from pathlib import Path
from typing import get_args

import pytest
from routine_building import lengths, numbers, places, problems_of, timeline_of

from backcoach.catalogue.loading import Catalogue
from backcoach.catalogue.model import Posture
from backcoach.player.inputs import Input, InputKind
from backcoach.player.machine import begin
from backcoach.player.machine import step as play
from backcoach.timeline.model import Form, PhaseKind, Step, lay_out


def step_of(step: str, own: str = "", catalogue: Catalogue | None = None) -> Step:
    return timeline_of(f"[[steps]]\n{step}\n{own}", "", catalogue).steps[0]


def smaller_of(step: str) -> Form:
    form = step_of(step).smaller
    assert form is not None
    return form


def easier_of(body: str, number: int = 1) -> str | None:
    form = timeline_of(body).steps[number - 1].easier
    return form.exercise.id if form and form.exercise else None


# --- the usual form ------------------------------------------------------------------------------


def test_the_usual_form_is_one_playing_from_zero() -> None:
    timeline = timeline_of(
        "[[steps]]\nrest = 9\n"
        '[[steps]]\nrepeat = 2\nsteps = [{ exercise = "reach", reps = [2, 1], hold = 3, '
        'note = "Slowly.", prepare = 7 }]'
    )
    step = timeline.steps[1]

    played = [phase for phase in timeline.phases if phase.round == 1]
    assert lengths(step.usual.phases) == lengths(tuple(played))
    assert numbers(step.usual.phases) == numbers(tuple(played))
    assert step.usual.phases[0].start_ms == 0
    assert {phase.round for phase in step.usual.phases} == {None}
    assert (step.number, step.note, step.prepare_ms) == (2, "Slowly.", 7000)
    assert (step.usual.words, step.usual.reps, step.usual.hold_ms) == ("", (2, 1), 3000)


def test_a_timed_form_has_its_duration_and_no_reps() -> None:
    usual = step_of('exercise = "sit"').usual

    assert (usual.reps, usual.hold_ms) == ((), 30_000)


def test_a_rest_has_no_other_form() -> None:
    step = step_of('rest = "1m"\nnote = "Sip."')

    assert (step.smaller, step.easier, step.usual.exercise) == (None, None, None)
    assert (step.name, step.note) == ("Rest", "Sip.")
    assert lengths(step.usual.phases) == [("rest", 60_000)]


# --- smaller -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "step",
    [
        'exercise = "still"\nreps = [3, 2]\nhold = "10s"',
        'exercise = "reach"\nreps = 2\nhold = "7s"\nmove = 0',
        'exercise = "march"\nreps = 2\nsets = 2\nhold = "3s"\nswitch = 0',
        'exercise = "sway"\nreps = 4',
        'exercise = "sit"\nduration = "75s"',
        'exercise = "reach"\npace = "self"',
        'exercise = "bird-dog"',
        'exercise = "walk"',
    ],
)
def test_smaller_is_the_same_phase_for_phase_with_half_the_hold(step: str) -> None:
    usual, smaller = step_of(step).usual, smaller_of(step)
    held = ("hold", "timed")

    assert numbers(smaller.phases) == numbers(usual.phases)
    assert lengths(smaller.phases) == [
        (kind, ms // 2 if kind in held and ms is not None else ms)
        for kind, ms in lengths(usual.phases)
    ]
    assert smaller.exercise == usual.exercise
    assert smaller.reps == usual.reps
    assert smaller.hold_ms == usual.hold_ms // 2
    assert smaller.phases == lay_out(smaller.phases)


def test_a_hold_of_a_second_does_not_vanish() -> None:
    smaller = smaller_of('exercise = "still"\nhold = "1s"')

    assert ("hold", 1000) in lengths(smaller.phases)


def test_smaller_says_how() -> None:
    assert smaller_of('exercise = "bird-dog"').words == "Leg only; toes may stay down."
    assert smaller_of('exercise = "still"').words


# --- easier --------------------------------------------------------------------------------------


def test_easier_is_the_first_step_of_another_exercise_s_ladder() -> None:
    easier = step_of('exercise = "bird-dog"\nreps = [6, 4, 2]\nhold = "10s"').easier

    assert easier is not None
    assert easier.exercise is not None
    assert easier.exercise.id == "bird-dog-slide"
    assert easier.words == "Bird-dog leg slide instead."
    # the ladder begins with 3 reps of 3 s: as many sets of it
    assert (easier.reps, easier.hold_ms) == ((3, 3, 3), 3000)
    assert lengths(easier.phases)[0] == ("prepare", 13_000)
    assert {phase.exercise for phase in easier.phases} == {"bird-dog-slide"}
    assert {phase.step for phase in easier.phases} == {1}
    assert easier.phases == lay_out(easier.phases)


def test_easier_has_as_many_sets() -> None:
    easier = step_of('exercise = "dead-bug"\nreps = 3').easier

    # heel taps begin with three sets of one
    assert easier is not None
    assert easier.reps == (1,)
    more = step_of('exercise = "dead-bug"\nreps = 3\nsets = 5').easier
    assert more is not None
    assert more.reps == (1, 1, 1, 1, 1)


def test_easier_leaves_out_what_the_routine_has() -> None:
    assert easier_of('[[steps]]\nexercise = "bird-dog"') == "bird-dog-slide"
    assert (
        easier_of('[[steps]]\nexercise = "bird-dog"\n[[steps]]\nexercise = "bird-dog-slide"')
        == "cat-cow"
    )


def test_easier_leaves_out_what_a_circuit_has() -> None:
    body = (
        '[[steps]]\nexercise = "bird-dog"\n[[steps]]\nrepeat = 2\nsteps = ['
        '{ exercise = "bird-dog-slide" }, { repeat = 2, steps = [{ exercise = "cat-cow" }] }]'
    )

    assert easier_of(body) == "seated-tilt"


def test_there_may_be_none_left() -> None:
    body = "\n".join(
        f'[[steps]]\nexercise = "{name}"'
        for name in ("bird-dog", "bird-dog-slide", "cat-cow", "seated-tilt")
    )

    assert [easier_of(body, number) for number in (1, 2, 3, 4)] == [None] * 4
    assert easier_of('[[steps]]\nexercise = "walk"') is None


def test_easier_has_time_to_change_posture() -> None:
    # cat-cow is on all fours, the seated tilt on a chair: 45 s, its own prepare is 11 s
    easier = step_of('exercise = "cat-cow"').easier

    assert easier is not None
    assert easier.exercise is not None
    assert easier.exercise.id == "seated-tilt"
    assert lengths(easier.phases)[0] == ("prepare", 45_000)


OWN = """
[exercises.a]
name = "A"
kind = "hold"
posture = "supine"
{a}
[exercises.b]
name = "B"
kind = "hold"
posture = "supine"
{b}
"""


def test_easier_keeps_its_own_prepare_where_that_is_longer() -> None:
    own = OWN.format(a='easier = "b"', b='dose = { prepare = "50s" }')
    easier = step_of('exercise = "a"\nprepare = "3s"', own).easier

    assert easier is not None
    assert lengths(easier.phases)[0] == ("prepare", 50_000)


def test_easier_without_a_ladder_is_its_dose() -> None:
    own = OWN.format(a='easier = "b"', b="dose = { reps = 4, hold = 6 }")
    easier = step_of('exercise = "a"\nsets = 2', own).easier

    assert easier is not None
    assert (easier.reps, easier.hold_ms) == ((4, 4), 6000)


def test_easier_of_a_timed_exercise() -> None:
    easier = step_of('exercise = "rest-crook"').easier

    assert easier is not None
    assert easier.exercise is not None
    assert easier.exercise.id == "rest-side-fetal"
    assert lengths(easier.phases) == [("prepare", 15_000), ("timed", 60_000)]
    assert (easier.reps, easier.hold_ms) == ((), 60_000)


def test_easier_is_guided_even_where_the_step_is_not() -> None:
    easier = step_of('exercise = "bird-dog"\npace = "self"\nreps = 2').easier

    assert easier is not None
    assert "self-paced" not in [kind for kind, _ in lengths(easier.phases)]


def test_easier_forms_of_a_file_that_lead_in_a_circle_are_problems() -> None:
    step = '[[steps]]\nexercise = "a"\n'
    circle = problems_of(step + OWN.format(a='easier = "b"', b='easier = "a"'))
    alone = problems_of(step + OWN.format(a='easier = "a"', b=""))

    assert places(circle) == [
        ("exercise-cycle", "exercises.a.easier"),
    ]
    assert places(alone) == [("exercise-cycle", "exercises.a.easier")]


def test_easier_without_a_dose_is_not_offered() -> None:
    own = OWN.format(a='easier = "c"', b="") + '[exercises.c]\nname = "C"\nkind = "timed"'

    assert step_of('exercise = "a"', own).easier is None


def test_easier_that_cannot_be_read_is_not_offered(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        'name = "Mine"\nkind = "hold"\neasier = "broken"', encoding="utf-8"
    )
    (tmp_path / "broken.toml").write_text("name = 3", encoding="utf-8")
    (tmp_path / "lost.toml").write_text(
        'name = "Lost"\nkind = "hold"\neasier = "gone"', encoding="utf-8"
    )
    catalogue = Catalogue(tmp_path)

    assert step_of('exercise = "mine"', "", catalogue).easier is None
    assert step_of('exercise = "lost"', "", catalogue).easier is None


# --- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("posture", get_args(Posture))
@pytest.mark.parametrize("kind", ["hold", "dynamic", "timed"])
def test_every_posture_and_kind_has_words(posture: str, kind: str) -> None:
    own = f'[exercises.mine]\nname = "M"\nkind = "{kind}"\nposture = "{posture}"\n' + (
        'dose = { duration = "30s" }' if kind == "timed" else ""
    )
    exercise = step_of('exercise = "mine"', own).usual.exercise

    assert exercise is not None
    assert exercise.posture == posture
    (leave,) = exercise.cues.exit
    assert 1 <= len(leave.split()) <= 8
    assert exercise.cues.last
    if kind != "timed":
        assert 1 <= len(exercise.cues.lift.split()) <= 2
        assert 1 <= len(exercise.cues.lower.split()) <= 2


def test_an_exercise_s_own_words_come_first() -> None:
    exercise = step_of('exercise = "bird-dog"').usual.exercise

    assert exercise is not None
    assert exercise.cues.exit == ("Hand down. Knee down. Stay there.",)
    assert exercise.label(None) == ""
    assert exercise.labels == ("left leg, right arm", "right leg, left arm")
    assert exercise.ceiling.hold_ms == 10_000
    assert exercise.family == "posterior"


@pytest.mark.parametrize(
    ("keys", "most_ms"),
    [
        ('kind = "hold"\ndose = { hold = "5s" }', 30_000),
        ('kind = "hold"\ndose = { hold = "40s" }', 80_000),
        ('kind = "hold"\ndose = { hold = "40s" }\nceiling = { hold = "45s" }', 45_000),
        ('kind = "dynamic"\nceiling = { reps = 10 }', 30_000),
        ('kind = "timed"\ndose = { duration = "5m" }', 600_000),
        ('kind = "timed"', None),
    ],
)
def test_a_hold_that_nobody_gave_a_ceiling_has_one(keys: str, most_ms: int | None) -> None:
    own = f'\n[exercises.wall-sit]\nname = "Wall sit"\nposture = "standing"\n{keys}\n'
    step = 'exercise = "wall-sit"' + ('\nduration = "1m"' if '"timed"' in keys else "")
    exercise = step_of(step, own).usual.exercise

    assert exercise is not None
    assert exercise.ceiling.hold_ms == most_ms


def test_a_key_that_sticks_on_longer_makes_no_hold_of_minutes() -> None:
    own = """
[exercises.wall-sit]
name = "Wall sit"
kind = "hold"
posture = "standing"
dose = { hold = "5s", prepare = "10s", move = "4s" }
"""
    state, _ = begin(timeline_of(f'[[steps]]\nexercise = "wall-sit"{own}'), 0)
    state, _ = play(state, Input(InputKind.TICK), 10_000)
    state, _ = play(state, Input(InputKind.TICK), 12_500)
    assert state.phase.kind is PhaseKind.HOLD
    for _ in range(100):
        state, _ = play(state, Input(InputKind.LONGER), 12_500)
    assert state.phase.duration_ms == 30_000
