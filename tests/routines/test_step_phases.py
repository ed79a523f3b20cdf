"""What each sort of step compiles to: the order and the length of its phases."""

import pytest
from routine_building import lengths, timeline_of

PREPARE = ("prepare", 10_000)
REP_REST = ("rep-rest", 2000)
SWITCH = ("switch", 5000)
SET_REST = ("set-rest", 20_000)


def rep(hold_ms: int = 3000, move_ms: int = 4000) -> list[tuple[str, int]]:
    return [("move-in", move_ms // 2), ("hold", hold_ms), ("move-out", move_ms // 2)]


def played(step: str) -> list[tuple[str, int | None]]:
    """The phases of a routine of this one step."""
    return lengths(timeline_of(f"[[steps]]\n{step}").phases)


def test_reps_with_rests_between() -> None:
    assert played('exercise = "still"\nreps = 3\nhold = "3s"') == [
        PREPARE,
        *rep(),
        REP_REST,
        *rep(),
        REP_REST,
        *rep(),
    ]


def test_sets_with_rests_between() -> None:
    assert played('exercise = "still"\nsets = 2\nhold = "3s"') == [
        PREPARE,
        *rep(),
        SET_REST,
        *rep(),
    ]


def test_a_list_of_reps_is_one_number_a_set() -> None:
    assert played('exercise = "still"\nreps = [2, 1]\nhold = "3s"') == [
        PREPARE,
        *rep(),
        REP_REST,
        *rep(),
        SET_REST,
        *rep(),
    ]
    assert played('exercise = "still"\nreps = [2, 2]') == played(
        'exercise = "still"\nreps = 2\nsets = 2'
    )
    assert played('exercise = "still"\nreps = [2]') == played('exercise = "still"\nreps = 2')


def test_a_dynamic_exercise_has_the_same_phases() -> None:
    assert played('exercise = "sway"\nreps = 2\nhold = "3s"') == [
        PREPARE,
        *rep(),
        REP_REST,
        *rep(),
    ]


def test_without_a_hold_there_is_none() -> None:
    assert played('exercise = "sway"') == [PREPARE, ("move-in", 2000), ("move-out", 2000)]


def test_half_of_the_move_each_way() -> None:
    assert played('exercise = "still"\nmove = 5\nhold = 1')[1:] == [
        ("move-in", 2500),
        ("hold", 1000),
        ("move-out", 2500),
    ]


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("prepare", "prepare"),
        ("hold", "hold"),
        ("rep_rest", "rep-rest"),
        ("switch", "switch"),
        ("set_rest", "set-rest"),
    ],
)
def test_a_phase_of_zero_length_is_left_out(key: str, kind: str) -> None:
    usual = 'exercise = "reach"\nreps = 2\nsets = 2\nhold = 3\n'
    without = f'exercise = "reach"\nreps = 2\nsets = 2\n{"hold = 3" if key != "hold" else ""}\n'

    assert played(f"{without}{key} = 0") == [phase for phase in played(usual) if phase[0] != kind]


def test_no_move_is_no_move_in_and_no_move_out() -> None:
    assert played('exercise = "still"\nmove = "0s"\nhold = "20s"') == [PREPARE, ("hold", 20_000)]


def test_nothing_at_all_is_no_phase() -> None:
    timeline = timeline_of("[[steps]]\nrest = 0")

    assert timeline.phases == ()
    assert timeline.total_ms == 0
    assert len(timeline.steps) == 1


# --- sides ---------------------------------------------------------------------------------------


def test_each_plays_all_reps_of_a_set_left_then_right() -> None:
    a_side = [*rep(), REP_REST, *rep()]

    assert played('exercise = "reach"\nreps = [2, 2]\nhold = 3') == [
        PREPARE,
        *a_side,
        SWITCH,
        *a_side,
        SET_REST,
        *a_side,
        SWITCH,
        *a_side,
    ]


def test_alternate_has_a_switch_in_every_rep() -> None:
    pair = [*rep(), SWITCH, *rep()]

    assert played('exercise = "march"\nreps = [3, 1]\nhold = 3') == [
        PREPARE,
        *pair,
        REP_REST,
        *pair,
        REP_REST,
        *pair,
        SET_REST,
        *pair,
    ]


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("exercise", ["reach", "march"])
def test_one_side_is_played_without_a_switch(exercise: str, side: str) -> None:
    phases = timeline_of(
        f'[[steps]]\nexercise = "{exercise}"\nsides = "{side}"\nreps = 2\nhold = 3'
    ).phases

    assert lengths(phases) == [PREPARE, *rep(), REP_REST, *rep()]
    assert {phase.side and phase.side.value for phase in phases} == {side}


def test_a_step_has_its_own_way_with_sides() -> None:
    assert played('exercise = "reach"\nsides = "alternate"\nreps = 2') == played(
        'exercise = "march"\nreps = 2'
    )
    assert played('exercise = "march"\nsides = "each"\nreps = 2') == played(
        'exercise = "reach"\nreps = 2'
    )


def test_none_may_be_written_where_there_are_no_sides() -> None:
    assert played('exercise = "still"\nsides = "none"') == played('exercise = "still"')


# --- pace ----------------------------------------------------------------------------------------

SELF_PACED = ("self-paced", None)


def test_self_paced_is_one_phase_a_set() -> None:
    timeline = timeline_of('[[steps]]\nexercise = "still"\nreps = [8, 6]\npace = "self"')

    assert lengths(timeline.phases) == [PREPARE, SELF_PACED, SET_REST, SELF_PACED]
    assert timeline.total_ms == 30_000
    assert [phase.start_ms for phase in timeline.phases] == [0, 10_000, 10_000, 30_000]


def test_self_paced_is_one_phase_a_side() -> None:
    assert played('exercise = "reach"\nsets = 2\npace = "self"') == [
        PREPARE,
        SELF_PACED,
        SWITCH,
        SELF_PACED,
        SET_REST,
        SELF_PACED,
        SWITCH,
        SELF_PACED,
    ]
    assert played('exercise = "reach"\nsides = "right"\npace = "self"') == [PREPARE, SELF_PACED]


def test_self_paced_alternately_is_one_phase_a_set() -> None:
    assert played('exercise = "march"\nreps = [8, 6]\npace = "self"') == [
        PREPARE,
        SELF_PACED,
        SET_REST,
        SELF_PACED,
    ]


def test_guided_may_be_written() -> None:
    assert played('exercise = "still"\npace = "guided"') == played('exercise = "still"')


# --- timed, rests, circuits ----------------------------------------------------------------------


def test_timed() -> None:
    assert played('exercise = "sit"') == [PREPARE, ("timed", 30_000)]
    assert played('exercise = "sit"\nduration = "4h"\nprepare = 0') == [("timed", 4 * 3_600_000)]


def test_a_rest_is_one_phase() -> None:
    phases = timeline_of('[[steps]]\nrest = "1m"').phases

    assert lengths(phases) == [("rest", 60_000)]
    assert phases[0].exercise is None


def test_a_circuit_rests_between_its_rounds() -> None:
    assert played(
        'repeat = 3\nround_rest = "30s"\n'
        'steps = [{ exercise = "sit", prepare = 1, duration = 2 }, { rest = 4 }]'
    ) == [
        ("prepare", 1000),
        ("timed", 2000),
        ("rest", 4000),
        ("rest", 30_000),
        ("prepare", 1000),
        ("timed", 2000),
        ("rest", 4000),
        ("rest", 30_000),
        ("prepare", 1000),
        ("timed", 2000),
        ("rest", 4000),
    ]


def test_rounds_follow_at_once_by_default() -> None:
    assert played("repeat = 2\nsteps = [{ rest = 4 }]") == [("rest", 4000)] * 2


def test_circuits_in_circuits() -> None:
    phases = timeline_of(
        "[[steps]]\nrepeat = 2\nround_rest = 9\nsteps = ["
        "{ rest = 1 }, { repeat = 2, round_rest = 8, steps = ["
        "{ repeat = 2, round_rest = 7, steps = [{ rest = 2 }] }] }]"
    ).phases

    inmost = [2, 7, 2]
    a_round = [1, *inmost, 8, *inmost]
    assert [phase.duration_ms for phase in phases] == [
        1000 * seconds for seconds in (*a_round, 9, *a_round)
    ]


def test_steps_follow_one_another() -> None:
    timeline = timeline_of(
        '[[steps]]\nexercise = "sit"\n[[steps]]\nrest = 5\n[[steps]]\nexercise = "still"'
    )

    assert [phase.start_ms for phase in timeline.phases] == [
        0,
        10_000,
        40_000,
        45_000,
        55_000,
        57_000,
    ]
    assert timeline.total_ms == 59_000
