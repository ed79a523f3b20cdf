"""A step's figures: its own, then `[defaults]`, then the exercise's dose, then the format's."""

import pytest
from routine_building import routine_of

from backcoach.routines.doses import Work

DOSED = """
[exercises.dosed]
name = "Dosed"
kind = "hold"
sides = "each"
dose = { prepare = 21, move = 22, hold = 23, rep_rest = 24, switch = 25, set_rest = 26, sets = 2 }
"""
KEYS = ("prepare", "move", "hold", "rep_rest", "switch", "set_rest")


def work_of(step: str, head: str = "") -> Work:
    planned = routine_of(f"[[steps]]\n{step}\n{DOSED}", head).steps[0]
    assert isinstance(planned, Work)
    return planned


def seconds(work: Work) -> dict[str, float]:
    return {key: getattr(work, f"{key}_ms") / 1000 for key in KEYS}


@pytest.mark.parametrize("key", KEYS)
def test_the_step_wins(key: str) -> None:
    work = work_of(f'exercise = "dosed"\n{key} = 3', f"[defaults]\n{key} = 4")

    assert seconds(work)[key] == 3


@pytest.mark.parametrize("key", KEYS)
def test_zero_is_a_figure_too(key: str) -> None:
    assert seconds(work_of(f'exercise = "dosed"\n{key} = 0', f"[defaults]\n{key} = 4"))[key] == 0
    assert seconds(work_of('exercise = "dosed"', f"[defaults]\n{key} = 0"))[key] == 0


@pytest.mark.parametrize("key", KEYS)
def test_then_the_defaults(key: str) -> None:
    work = work_of('exercise = "dosed"', f"[defaults]\n{key} = 4")
    unchanged = seconds(work_of('exercise = "dosed"'))

    assert seconds(work) == {**unchanged, key: 4}


def test_then_the_dose() -> None:
    assert seconds(work_of('exercise = "dosed"')) == dict(
        zip(KEYS, (21, 22, 23, 24, 25, 26), strict=True)
    )


def test_then_the_figures_of_the_format() -> None:
    work = work_of('exercise = "reach"')

    assert seconds(work) == dict(zip(KEYS, (10, 4, 0, 2, 5, 20), strict=True))
    assert work.reps == (1,)
    assert not work.self_paced


def test_of_a_bundled_exercise() -> None:
    work = work_of('exercise = "bird-dog"')

    assert seconds(work) == dict(zip(KEYS, (12, 4, 5, 3, 6, 20), strict=True))
    assert work.reps == (2, 1)


# --- sets ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "head", "reps"),
    [
        ('exercise = "still"', "", (1,)),
        ('exercise = "still"\nreps = 3', "", (3,)),
        ('exercise = "still"\nreps = 3\nsets = 2', "", (3, 3)),
        ('exercise = "still"\nreps = [3, 1]', "", (3, 1)),
        ('exercise = "still"\nsets = 2', "", (1, 1)),
        ('exercise = "still"\nreps = 3', "[defaults]\nsets = 3", (3, 3, 3)),
        ('exercise = "still"\nreps = 3\nsets = 2', "[defaults]\nsets = 3", (3, 3)),
        ('exercise = "still"\nreps = [3, 1]', "[defaults]\nsets = 3", (3, 1)),
        ('exercise = "still"\nreps = [3]', "[defaults]\nsets = 3", (3,)),
        ('exercise = "dosed"\nreps = 3', "", (3, 3)),
        ('exercise = "dosed"\nreps = 3\nsets = 1', "", (3,)),
        ('exercise = "dosed"\nreps = [3]', "", (3,)),
        # the list of bird-dog's own dose is [2, 1]
        ('exercise = "bird-dog"', "[defaults]\nsets = 3", (2, 1)),
        ('exercise = "bird-dog"\nreps = 4', "", (4,)),
        ('exercise = "bird-dog"\nsets = 3', "", (2, 1, 1)),
        ('exercise = "bird-dog"\nsets = 1', "", (2,)),
    ],
)
def test_reps_of_each_set(step: str, head: str, reps: tuple[int, ...]) -> None:
    assert work_of(step, head).reps == reps


# --- pace and kind -------------------------------------------------------------------------------


def test_defaults_may_set_the_pace() -> None:
    assert work_of('exercise = "still"', '[defaults]\npace = "self"').self_paced
    assert not work_of(
        'exercise = "still"\npace = "guided"\nhold = 3', '[defaults]\npace = "self"'
    ).self_paced


def test_defaults_are_ignored_where_the_kind_has_no_such_key() -> None:
    head = '[defaults]\nhold = 9\nmove = 9\nsets = 3\npace = "self"\nswitch = 9\nprepare = 7'
    work = work_of('exercise = "sit"', head)

    assert work.reps == ()
    assert not work.self_paced
    assert (work.prepare_ms, work.duration_ms, work.length_ms) == (7000, 30_000, 37_000)


def test_a_default_hold_is_ignored_by_a_self_paced_step() -> None:
    work = work_of('exercise = "still"\npace = "self"', "[defaults]\nhold = 9\nmove = 9")

    assert work.length_ms == 10_000


def test_a_timed_step_has_its_own_duration() -> None:
    assert work_of('exercise = "sit"\nduration = "1m"').duration_ms == 60_000
