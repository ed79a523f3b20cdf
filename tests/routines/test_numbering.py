"""Which step, side, set, rep and round each phase says it belongs to."""

from routine_building import numbers, timeline_of


def test_steps_are_numbered_in_reading_order_the_same_in_every_round() -> None:
    timeline = timeline_of(
        "[[steps]]\nrest = 1\n"
        "[[steps]]\nrepeat = 2\nsteps = [{ rest = 2 }, { repeat = 2, steps = [{ rest = 3 }] }, "
        "{ rest = 4 }]\n"
        "[[steps]]\nrest = 5"
    )

    assert [(phase.step, phase.length_ms // 1000) for phase in timeline.phases] == [
        (1, 1),
        *[(2, 2), (3, 3), (3, 3), (4, 4)] * 2,
        (5, 5),
    ]
    assert [step.number for step in timeline.steps] == [1, 2, 3, 4, 5]


def test_reps_and_sets_without_sides() -> None:
    phases = timeline_of('[[steps]]\nexercise = "still"\nreps = [2, 1]\nhold = 3').phases

    assert numbers(phases) == [
        ("prepare", None, 1, 1),
        ("move-in", None, 1, 1),
        ("hold", None, 1, 1),
        ("move-out", None, 1, 1),
        ("rep-rest", None, 1, 2),
        ("move-in", None, 1, 2),
        ("hold", None, 1, 2),
        ("move-out", None, 1, 2),
        ("set-rest", None, 2, 1),
        ("move-in", None, 2, 1),
        ("hold", None, 2, 1),
        ("move-out", None, 2, 1),
    ]
    assert {(phase.step, phase.exercise, phase.round) for phase in phases} == {(1, "still", None)}


def test_what_lies_between_carries_what_comes_next() -> None:
    phases = timeline_of('[[steps]]\nexercise = "reach"\nreps = [2, 1]\nhold = 3\nmove = 0').phases

    assert numbers(phases) == [
        ("prepare", "left", 1, 1),
        ("hold", "left", 1, 1),
        ("rep-rest", "left", 1, 2),
        ("hold", "left", 1, 2),
        ("switch", "right", 1, 1),
        ("hold", "right", 1, 1),
        ("rep-rest", "right", 1, 2),
        ("hold", "right", 1, 2),
        ("set-rest", "left", 2, 1),
        ("hold", "left", 2, 1),
        ("switch", "right", 2, 1),
        ("hold", "right", 2, 1),
    ]


def test_alternating_counts_reps_per_side() -> None:
    phases = timeline_of('[[steps]]\nexercise = "march"\nreps = [2, 1]\nhold = 3\nmove = 0').phases

    assert numbers(phases) == [
        ("prepare", "left", 1, 1),
        ("hold", "left", 1, 1),
        ("switch", "right", 1, 1),
        ("hold", "right", 1, 1),
        ("rep-rest", "left", 1, 2),
        ("hold", "left", 1, 2),
        ("switch", "right", 1, 2),
        ("hold", "right", 1, 2),
        ("set-rest", "left", 2, 1),
        ("hold", "left", 2, 1),
        ("switch", "right", 2, 1),
        ("hold", "right", 2, 1),
    ]


def test_one_side_says_which() -> None:
    phases = timeline_of(
        '[[steps]]\nexercise = "reach"\nsides = "right"\nsets = 2\nhold = 3\nmove = 0'
    ).phases

    assert numbers(phases) == [
        ("prepare", "right", 1, 1),
        ("hold", "right", 1, 1),
        ("set-rest", "right", 2, 1),
        ("hold", "right", 2, 1),
    ]


def test_self_paced_has_no_reps() -> None:
    phases = timeline_of('[[steps]]\nexercise = "reach"\nreps = [4, 3]\npace = "self"').phases

    assert numbers(phases) == [
        ("prepare", "left", 1, None),
        ("self-paced", "left", 1, None),
        ("switch", "right", 1, None),
        ("self-paced", "right", 1, None),
        ("set-rest", "left", 2, None),
        ("self-paced", "left", 2, None),
        ("switch", "right", 2, None),
        ("self-paced", "right", 2, None),
    ]


def test_self_paced_alternately_has_no_side_either() -> None:
    phases = timeline_of('[[steps]]\nexercise = "march"\nreps = [4, 3]\npace = "self"').phases

    assert numbers(phases) == [
        ("prepare", None, 1, None),
        ("self-paced", None, 1, None),
        ("set-rest", None, 2, None),
        ("self-paced", None, 2, None),
    ]


def test_timed_has_none_of_them() -> None:
    phases = timeline_of('[[steps]]\nexercise = "sit"').phases

    assert numbers(phases) == [("prepare", None, None, None), ("timed", None, None, None)]


def test_rounds_are_counted_and_their_rest_leads_to_the_next() -> None:
    phases = timeline_of(
        "[[steps]]\nrest = 1\n"
        '[[steps]]\nrepeat = 3\nround_rest = 9\nsteps = [{ exercise = "sit" }, { rest = 5 }]\n'
        "[[steps]]\nrest = 2"
    ).phases

    assert [(phase.kind.value, phase.step, phase.exercise, phase.round) for phase in phases] == [
        ("rest", 1, None, None),
        ("prepare", 2, "sit", 1),
        ("timed", 2, "sit", 1),
        ("rest", 3, None, 1),
        ("rest", 2, None, 2),
        ("prepare", 2, "sit", 2),
        ("timed", 2, "sit", 2),
        ("rest", 3, None, 2),
        ("rest", 2, None, 3),
        ("prepare", 2, "sit", 3),
        ("timed", 2, "sit", 3),
        ("rest", 3, None, 3),
        ("rest", 4, None, None),
    ]


def test_the_rounds_of_the_inner_circuit_are_those_counted_in_it() -> None:
    phases = timeline_of(
        "[[steps]]\nrepeat = 2\nround_rest = 9\nsteps = ["
        "{ repeat = 3, round_rest = 8, steps = [{ rest = 1 }] }, { rest = 2 }]"
    ).phases

    a_round = [(1, 1), (8, 2), (1, 2), (8, 3), (1, 3)]
    assert [(phase.length_ms // 1000, phase.round) for phase in phases] == [
        *a_round,
        (2, 1),
        (9, 2),
        *a_round,
        (2, 2),
    ]
