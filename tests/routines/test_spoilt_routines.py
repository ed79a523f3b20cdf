"""A routine with one mistake has one problem, at that place, whichever value or key it is."""

import pytest
from routine_building import CATALOGUE
from toml_building import EXAMPLE, ROUTINES

from backcoach.document.positions import locate
from backcoach.document.problems import BadFileError
from backcoach.document.reading import parse_document
from backcoach.document.scanning import Node
from backcoach.routines.checking import Routine, check_routine

FULL = """
name = "Full"
summary = "Everything a file may hold."
stage = ["acute"]
tags = ["core"]
when = "daily"
needs = ["mat"]
note = "Rest counts."
coach.mode = "on"
coach.hidden_for = ["FLEXBAD"]
coach.swaps = [{ when = "bending-worse", replace = "plank", exercise = "walk", duration = "1m" }]
safety = { max_start_pain = 3, on_sharp_pain = "ask", stops_to_end = 2 }

[defaults]
prepare = "10s"
move = 4
hold = 5
rep_rest = 2
switch = 5
set_rest = "20s"
sets = 2
pace = "guided"

[[steps]]
exercise = "reach"
reps = 6
sets = 2
hold = "10s"
pace = "guided"
sides = "each"
prepare = 10
move = 4
rep_rest = 2
switch = 5
set_rest = "30s"
note = "Slowly."

[[steps]]
note = "Round the block."
prepare = 3
exercise = "walk"
duration = "5m"

[[steps]]
rest = "1m"
note = "Sip."

[[steps]]
repeat = 3
round_rest = "30s"
steps = [
  { exercise = "bridge", reps = [8, 6], hold = "5s" },
  { repeat = 2, steps = [{ exercise = "plank", hold = "20s" }, { rest = 5 }] },
]

[[steps]]
round_rest = 5
repeat = 2

[[steps.steps]]
reps = 3
exercise = "plank"

[exercises.reach]
name = "Reach"
kind = "hold"
posture = "supine"
sides = "each"
side_labels = { left = "left arm", right = "right arm" }
family = "hip"
direction = "none"
stage = ["acute"]
max_pain = 4
gentle = true
needs = ["mat"]
start = "Lie down."
dose = { reps = 3, sets = 2, hold = 5, prepare = 9 }
ceiling = { hold = "10s", reps = 10, total = "5m" }
ladder = [{ reps = 2 }, { reps = [3] }]
smaller = "Half of it."
easier = "plank"
cues = { go = ["Reach."], lift = "Up.", last = "Last one." }
breath = { text = "Slowly.", in = 4, out = 6 }
avoid = [{ code = "KNEE", action = "skip", text = "No." }]
poses = [{ words = "Lying", lumbar = 0, scale = { head = 1.5 } }]
figure = { view = "side", hold_pose = 1, props = [{ kind = "mat", x = 1 }] }
"""
A_DAY = "2026-01-02"
"""No value of a file is a day."""


def check(text: str) -> Routine:
    return check_routine("test", parse_document(text.encode(), "a.toml"), CATALOGUE)


def spoil(text: str, node: Node, *, key: bool) -> str:
    """A text with one value replaced, or with a letter too many in one key."""
    if not key:
        return text[: node.value[0]] + A_DAY + text[node.value[1] :]
    assert node.key is not None
    return text[: node.key[1]] + text[node.key[1] - 1] + text[node.key[1] :]


def chosen_by_the_person(path: tuple[str | int, ...]) -> bool:
    """Whether a key is a name that the file itself gives."""
    return (len(path) == 2 and path[0] == "exercises") or path[-2:-1] == ("scale",)


def check_spoilt(text: str, path: tuple[str | int, ...], node: Node, *, key: bool) -> None:
    bad = spoil(text, node, key=key)
    span = node.key if key else node.value
    assert span is not None
    grown = len(bad) - len(text)
    with pytest.raises(BadFileError) as raised:
        check(bad)
    (problem,) = raised.value.problems
    assert problem.path == ((*path[:-1], bad[span[0] : span[1] + grown]) if key else path)
    assert problem.place == locate(bad).place((span[0], span[1] + grown))
    if key:
        assert problem.help == f"did you mean `{path[-1]}`?"


def test_the_full_text_is_right() -> None:
    assert check(FULL).steps


def keys_in(text: str) -> list[tuple[tuple[str | int, ...], Node]]:
    """The keys of a text that mean something, each with its path."""
    return [
        (path, node)
        for path, node in locate(text).walk()
        if node.key and node.inline and not chosen_by_the_person(path)
    ]


each = pytest.mark.parametrize(
    "text", [FULL, EXAMPLE, *ROUTINES.values()], ids=["full", "example", *ROUTINES]
)


@each
def test_a_value_that_is_wrong_is_one_problem(text: str) -> None:
    for path, node in locate(text).walk():
        if node.inline:
            check_spoilt(text, path, node, key=False)


@each
def test_a_key_that_is_wrong_is_one_problem(text: str) -> None:
    for path, node in keys_in(text):
        check_spoilt(text, path, node, key=True)
