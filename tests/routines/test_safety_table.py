"""`[safety]`: a file can only be stricter than the rulebook, and so can its exercises."""

import pytest
from routine_building import timeline_of

from backcoach.timeline.model import RULEBOOK_START_PAIN, Safety


def safety_of(exercises: tuple[str, ...] = (), table: str = "", own: str = "") -> Safety:
    steps = "\n".join(f'[[steps]]\nexercise = "{name}"' for name in exercises)
    head = f"[safety]\n{table}" if table else ""
    return timeline_of((steps or "[[steps]]\nrest = 5") + own, head).safety


def own(max_pain: int) -> str:
    return f'\n[exercises.mine]\nname = "M"\nkind = "hold"\nmax_pain = {max_pain}'


def test_the_rulebook_s_without_a_table() -> None:
    assert safety_of() == Safety(RULEBOOK_START_PAIN, "ask", 2)
    assert RULEBOOK_START_PAIN == 5


@pytest.mark.parametrize(
    ("exercises", "table", "pain"),
    [
        # a file's own, of no max_pain: 5; bird-dog 3, bridge 4, bridge-march 2
        (("still",), "", 5),
        (("bird-dog",), "", 3),
        (("bridge",), "", 4),
        (("bridge", "bird-dog", "still"), "", 3),
        (("still", "bridge-march"), "", 2),
        (("still",), "max_start_pain = 4", 4),
        (("still",), "max_start_pain = 0", 0),
        (("bridge",), "max_start_pain = 3", 3),
        (("bird-dog",), "max_start_pain = 4", 3),
        (("still",), "max_start_pain = 9", 5),
        (("walk", "bird-dog"), "max_start_pain = 10", 3),
    ],
)
def test_the_strictest_start_pain(exercises: tuple[str, ...], table: str, pain: int) -> None:
    assert safety_of(exercises, table).max_start_pain == pain


def test_exercises_in_circuits_count() -> None:
    timeline = timeline_of('[[steps]]\nrepeat = 2\nsteps = [{ exercise = "bridge-march" }]')

    assert timeline.safety.max_start_pain == 2


@pytest.mark.parametrize("pain", [0, 2, 5])
def test_a_file_s_own_exercise_may_be_stricter(pain: int) -> None:
    assert safety_of(("mine",), "", own(pain)).max_start_pain == pain


@pytest.mark.parametrize("table", ["", "max_start_pain = 8"])
@pytest.mark.parametrize("pain", [6, 10])
def test_a_file_s_own_exercise_is_never_laxer_than_the_rulebook(pain: int, table: str) -> None:
    assert safety_of(("mine",), table, own(pain)).max_start_pain == RULEBOOK_START_PAIN


def test_a_file_of_rests_alone_is_never_laxer_than_the_rulebook() -> None:
    assert safety_of((), "max_start_pain = 8").max_start_pain == RULEBOOK_START_PAIN
    assert safety_of((), "max_start_pain = 4").max_start_pain == 4


def test_rest_positions_are_what_is_left_above_it() -> None:
    """Clinical.md 2.2: at 6 and 7 there are rest positions and a short walk."""
    assert safety_of(("rest-crook",)).max_start_pain >= 7
    assert safety_of(("walk",)).max_start_pain == 7
    assert safety_of(("rest-crook",), "max_start_pain = 2").max_start_pain == 2


@pytest.mark.parametrize("table", ['on_sharp_pain = "end"', "stops_to_end = 1"])
def test_a_sharp_stop_may_end_the_session(table: str) -> None:
    safety = safety_of(("still",), table)

    assert safety == Safety(5, "end" if "sharp" in table else "ask", 1 if "stops" in table else 2)
