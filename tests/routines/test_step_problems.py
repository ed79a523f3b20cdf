"""What is said of a step that is wrong: one mistake, one problem, in the right place."""

import pytest
from routine_building import places, problem_of, problems_of, timeline_of

from backcoach.document.problems import show_path
from backcoach.routines.model import ExerciseStep

OTHER_KEYS = [key for key in ExerciseStep.model_fields if key != "exercise"]
NAMED = "`backcoach list --exercises` names them"

# --- exactly one kind ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "step",
    [
        "{}",
        "{ reps = 3 }",
        "{ set_rest = 3, hold = 5 }",
        "{ zzzz = 3 }",
        '{ exercise = "still", rest = 5 }',
        '{ exercise = "nothing-like-it", repeat = 2, steps = [] }',
        '{ exercise = 3, rest = "x", repeat = true, foo = 1 }',
        "{ repeat = 2, rest = 5, steps = [{}] }",
        '"still"',
        "3",
        "[]",
        "2026-01-02",
    ],
)
def test_not_exactly_one_kind_and_nothing_else_is_said(step: str) -> None:
    problem = problem_of(f"steps = [{{ rest = 1 }}, {step}]", "")

    assert (problem.code, show_path(problem.path)) == ("step-kind", "steps[2]")
    assert all(f"`{kind}`" in problem.message for kind in ("exercise", "repeat", "rest"))


@pytest.mark.parametrize(
    ("key", "meant"),
    [("excercise", "exercise"), ("Exercise", "exercise"), ("repeats", "repeat"), ("res", "rest")],
)
def test_a_near_miss_of_a_kind_is_what_is_wrong(key: str, meant: str) -> None:
    problem = problem_of(f"steps = [{{ rest = 1 }}, {{ note = 'x', {key} = 3 }}]", "")

    assert (problem.code, show_path(problem.path)) == ("step-kind", f"steps[2].{key}")
    assert problem.help == f"did you mean `{meant}`?"


# --- exercises -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exercise", "hint"),
    [
        ("bird-dgo", "did you mean `bird-dog`?"),
        ("stil", "did you mean `still`?"),
        ("zzzzzzzz", NAMED),
    ],
)
def test_an_unknown_exercise(exercise: str, hint: str) -> None:
    problem = problem_of(f'[[steps]]\nexercise = "{exercise}"')

    assert (problem.code, show_path(problem.path)) == ("unknown-exercise", "steps[1].exercise")
    assert problem.message == f"there is no exercise `{exercise}`"
    assert problem.help == hint


@pytest.mark.parametrize(
    ("value", "code", "hint"),
    [
        ("3", "wrong-type", 'write `exercise = "3"`'),
        ('["still"]', "wrong-type", ""),
        ('""', "not-an-id", NAMED),
        ('"é"', "not-an-id", NAMED),
        ('"Still"', "not-an-id", "did you mean `still`?"),
        ('"Bird dog "', "not-an-id", "did you mean `bird-dog`?"),
        ('"../still"', "not-an-id", "did you mean `still`?"),
        ('"bird_dog"', "not-an-id", "did you mean `bird-dog`?"),
        ('"Zz Zz_"', "not-an-id", NAMED),
        (f'"{"A" * 81}"', "length", ""),
    ],
)
def test_an_exercise_is_named_by_its_id(value: str, code: str, hint: str) -> None:
    problem = problem_of(f"[[steps]]\nexercise = {value}")

    assert (problem.code, problem.help) == (code, hint)
    assert show_path(problem.path) == "steps[1].exercise"


# --- keys ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "path", "hint"),
    [
        ('exercise = "still"\nhodl = 3', "steps[1].hodl", "did you mean `hold`?"),
        ('exercise = "still"\nrep-rest = 3', "steps[1].rep-rest", "did you mean `rep_rest`?"),
        (
            'exercise = "still"\nzzzz = 3',
            "steps[1].zzzz",
            f"the other keys are {', '.join(OTHER_KEYS)}",
        ),
        ("rest = 3\nnotes = 'x'", "steps[1].notes", "did you mean `note`?"),
        ("rest = 3\nprepare = 3", "steps[1].prepare", "the other keys are note"),
        (
            "repeat = 2\nround_rests = 3\nsteps = [{ rest = 1 }]",
            "steps[1].round_rests",
            "did you mean `round_rest`?",
        ),
        (
            "repeat = 2\nzzzz = 3\nsteps = [{ rest = 1 }]",
            "steps[1].zzzz",
            "the other keys are round_rest",
        ),
    ],
)
def test_an_unknown_key(step: str, path: str, hint: str) -> None:
    problem = problem_of(f"[[steps]]\n{step}")

    assert (problem.code, show_path(problem.path)) == ("unknown-key", path)
    assert problem.help == hint


def test_a_circuit_without_steps() -> None:
    assert places([problem_of("[[steps]]\nrepeat = 2")]) == [("missing-key", "steps[1].steps")]
    assert places([problem_of("[[steps]]\nrepeat = 2\nsteps = []")]) == [
        ("length", "steps[1].steps")
    ]
    near = problem_of("[[steps]]\nrepeat = 2\nstep = [{ rest = 1 }]")
    assert (near.code, near.help) == ("unknown-key", "did you mean `steps`?")


@pytest.mark.parametrize(
    "key", ["reps", "sets", "hold", "pace", "sides", "move", "rep_rest", "switch", "set_rest"]
)
def test_a_timed_exercise_has_no_such_key(key: str) -> None:
    value = {"pace": '"self"', "sides": '"each"'}.get(key, "3")

    problem = problem_of(f'[[steps]]\nexercise = "sit"\n{key} = {value}')

    assert (problem.code, show_path(problem.path)) == ("wrong-key", f"steps[1].{key}")
    measure = key in ("reps", "sets", "hold")
    assert problem.help == ("use `duration`" if measure else "leave it out")


@pytest.mark.parametrize("exercise", ["still", "sway", "reach", "bird-dog"])
def test_only_a_timed_exercise_has_a_duration(exercise: str) -> None:
    problem = problem_of(f'[[steps]]\nexercise = "{exercise}"\nduration = "30s"')

    assert (problem.code, show_path(problem.path)) == ("wrong-key", "steps[1].duration")
    assert "hold" in problem.help


def test_a_timed_exercise_has_a_duration_from_somewhere() -> None:
    own = '\n[exercises.bare]\nname = "Bare"\nkind = "timed"'

    problem = problem_of(f'[[steps]]\nexercise = "bare"{own}')

    assert problem.code == "missing-key"
    assert show_path(problem.path).startswith("steps[1]")
    assert "`duration`" in problem.message
    assert timeline_of(f'[[steps]]\nexercise = "bare"\nduration = 9{own}').total_ms == 19_000


@pytest.mark.parametrize("key", ["hold", "move", "rep_rest"])
def test_a_self_paced_step_is_not_timed(key: str) -> None:
    problem = problem_of(f'[[steps]]\nexercise = "still"\npace = "self"\n{key} = 3')

    assert (problem.code, show_path(problem.path)) == ("wrong-key", f"steps[1].{key}")
    assert "guided" in problem.help


def test_neither_is_one_that_the_defaults_make_self_paced() -> None:
    problem = problem_of('[[steps]]\nexercise = "still"\nhold = 3', '[defaults]\npace = "self"')

    assert (problem.code, show_path(problem.path)) == ("wrong-key", "steps[1].hold")


def test_sets_beside_a_list_of_reps() -> None:
    problem = problem_of('[[steps]]\nexercise = "still"\nreps = [3, 2]\nsets = 2')

    assert (problem.code, show_path(problem.path)) == ("sets-and-list", "steps[1].sets")
    assert problem.help


# --- sides ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("sides", ["each", "alternate", "left", "right"])
def test_an_exercise_without_sides_takes_none(sides: str) -> None:
    problem = problem_of(f'[[steps]]\nexercise = "still"\nsides = "{sides}"')

    assert (problem.code, show_path(problem.path)) == ("no-sides", "steps[1].sides")
    assert '"none"' in problem.help


@pytest.mark.parametrize("exercise", ["reach", "march", "bird-dog"])
def test_an_exercise_with_sides_has_some(exercise: str) -> None:
    problem = problem_of(f'[[steps]]\nexercise = "{exercise}"\nsides = "none"')

    assert (problem.code, show_path(problem.path)) == ("has-sides", "steps[1].sides")
    assert '"each"' in problem.help


def test_sides_are_one_of_their_words() -> None:
    problem = problem_of('[[steps]]\nexercise = "reach"\nsides = "both"')

    assert (problem.code, show_path(problem.path)) == ("choice", "steps[1].sides")
    assert problem.message == '`sides` is "each", "alternate", "left", "right" or "none"'


# --- values --------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ['"10"', "true", "1.0", "0", "101", "[]", "{}"])
def test_reps_are_1_to_100(value: str) -> None:
    assert places([problem_of(f'[[steps]]\nexercise = "still"\nreps = {value}')]) == [
        ("reps", "steps[1].reps")
    ]


@pytest.mark.parametrize("value", ["[1, 0]", '[1, "1"]', "[1, true]", "[1, 101, 102]"])
def test_the_first_wrong_number_of_a_list_is_said(value: str) -> None:
    assert places([problem_of(f'[[steps]]\nexercise = "still"\nreps = {value}')]) == [
        ("reps", "steps[1].reps[2]")
    ]


def test_reps_are_shown_by_example() -> None:
    hint = problem_of('[[steps]]\nexercise = "still"\nreps = "6, 4, 2"').help

    assert "`reps = 6`" in hint
    assert "`reps = [6, 4, 2]`" in hint


def test_reps_as_many_as_may_be() -> None:
    assert timeline_of('[[steps]]\nexercise = "still"\nreps = 100').steps[0].usual.reps == (100,)
    assert len(
        timeline_of(f'[[steps]]\nexercise = "still"\nreps = {[1] * 20}').steps[0].usual.reps
    ) == (20)
    assert places([problem_of(f'[[steps]]\nexercise = "still"\nreps = {[1] * 21}')]) == [
        ("reps", "steps[1].reps")
    ]


@pytest.mark.parametrize(
    ("line", "code", "message", "hint"),
    [
        (
            'sets = "2"',
            "wrong-type",
            "`sets` is a whole number",
            "write it without quotes: `sets = 2`",
        ),
        ("sets = true", "wrong-type", "`sets` is a whole number", ""),
        ("sets = 0", "range", "`sets` is at least 1", ""),
        ("sets = 21", "range", "`sets` is at most 20", ""),
        ('hold = "10"', "duration", "`hold`: this is no duration", 'write "10s"'),
        ('hold = "1.5m"', "duration", "`hold`: this is no duration", 'write "1m30s"'),
        ('hold = "1:30"', "duration", "`hold`: this is no duration", 'write "1m30s"'),
        ('hold = "1 min"', "duration", "`hold`: this is no duration", 'write "1m"'),
        ("hold = 2.5", "duration", "`hold`: a duration has whole seconds", 'write "2s"'),
        ("hold = -5", "duration", "`hold`: a duration can't be negative", 'write "5s"'),
        ("hold = true", "duration", "`hold`: a duration is no true or false", 'write "45s" or 45'),
        (
            'hold = ""',
            "duration",
            "`hold`: this is no duration",
            'write "45s", "1m30s", "2m" or "1h"',
        ),
        (
            "hold = 12:30:00",
            "duration",
            "`hold`: this is no duration",
            'write "45s", "1m30s" or 45',
        ),
        ('hold = "1h1s"', "duration-range", "`hold`: 1h1s is outside 0s to 1h", ""),
        ('prepare = "31m"', "duration-range", "`prepare`: 31m is outside 0s to 30m", ""),
        ('pace = "slow"', "choice", '`pace` is "guided" or "self"', ""),
        ('pace = "Self"', "choice", '`pace` is "guided" or "self"', 'did you mean "self"?'),
        ("note = 3", "wrong-type", "`note` is a text in quotes", 'write `note = "3"`'),
        (
            'note = "a\\u001b[2J"',
            "control-character",
            "`note`: a character that can't be shown: U+001B",
            "take it out",
        ),
    ],
)
def test_values_of_an_exercise_step(line: str, code: str, message: str, hint: str) -> None:
    problem = problem_of(f'[[steps]]\nexercise = "still"\n{line}')

    assert (problem.code, problem.message, problem.help) == (code, message, hint)
    assert show_path(problem.path) == f"steps[1].{line.split()[0]}"


@pytest.mark.parametrize(
    ("step", "code", "path"),
    [
        ('exercise = "sit"\nduration = 0', "duration-range", "steps[1].duration"),
        ('exercise = "sit"\nduration = "4h1s"', "duration-range", "steps[1].duration"),
        ('rest = "30m1s"', "duration-range", "steps[1].rest"),
        ('rest = "long"', "duration", "steps[1].rest"),
        ("repeat = 1\nsteps = [{ rest = 1 }]", "range", "steps[1].repeat"),
        ("repeat = 51\nsteps = [{ rest = 1 }]", "range", "steps[1].repeat"),
        ('repeat = "2"\nsteps = [{ rest = 1 }]', "wrong-type", "steps[1].repeat"),
        ("repeat = true\nsteps = [{ rest = 1 }]", "wrong-type", "steps[1].repeat"),
        ("repeat = 2\nround_rest = 2.5\nsteps = [{ rest = 1 }]", "duration", "steps[1].round_rest"),
        ("repeat = 2\nsteps = 3", "wrong-type", "steps[1].steps"),
        ("repeat = 2\nsteps = { rest = 1 }", "wrong-type", "steps[1].steps"),
    ],
)
def test_values_of_other_steps(step: str, code: str, path: str) -> None:
    assert places([problem_of(f"[[steps]]\n{step}")]) == [(code, path)]


@pytest.mark.parametrize(
    "step",
    [
        'exercise = "still"\nhold = "1h"',
        'exercise = "sit"\nduration = 1',
        'exercise = "sit"\nduration = "4h"',
        'rest = "30m"',
        "rest = 0",
        "repeat = 50\nsteps = [{ rest = 1 }]",
        f'exercise = "still"\nnote = "{"é" * 200}"',
    ],
)
def test_as_much_as_may_be(step: str) -> None:
    assert timeline_of(f"[[steps]]\n{step}").steps


def test_a_note_has_at_most_200_characters() -> None:
    problem = problem_of(f'[[steps]]\nexercise = "still"\nnote = "{"é" * 201}"')

    assert (problem.code, show_path(problem.path)) == ("length", "steps[1].note")
    assert problem.message == "`note` has 201 characters; 200 are the most"


# --- together ------------------------------------------------------------------------------------


def test_steps_are_checked_one_by_one() -> None:
    found = problems_of(
        """
[[steps]]
exercise = "still"
hold = "10"
[[steps]]
rest = -1
[[steps]]
exercise = "still"
[[steps]]
pace = "self"
[[steps]]
repeat = 1
steps = [
  { exercise = "stil" },
  { rest = 5, nota = "x" },
  { repeat = 2, steps = [{ exercise = "sit", reps = 3 }, { exercise = "still", sides = "left" }] },
]
"""
    )

    assert places(found) == [
        ("duration", "steps[1].hold"),
        ("duration", "steps[2].rest"),
        ("step-kind", "steps[4]"),
        ("range", "steps[5].repeat"),
        ("unknown-exercise", "steps[5].steps[1].exercise"),
        ("unknown-key", "steps[5].steps[2].nota"),
        ("wrong-key", "steps[5].steps[3].steps[1].reps"),
        ("no-sides", "steps[5].steps[3].steps[2].sides"),
    ]


def test_one_step_may_have_several() -> None:
    found = problems_of(
        '[[steps]]\nexercise = "still"\nhold = "10"\nreps = 0\nsets = true\nfoo = 1'
    )

    assert sorted(places(found)) == [
        ("duration", "steps[1].hold"),
        ("reps", "steps[1].reps"),
        ("unknown-key", "steps[1].foo"),
        ("wrong-type", "steps[1].sets"),
    ]
    found = problems_of('[[steps]]\nexercise = "still"\nhold = "10"\nhodl = 3')
    assert sorted(places(found)) == [
        ("duration", "steps[1].hold"),
        ("unknown-key", "steps[1].hodl"),
    ]
    found = problems_of('[[steps]]\nexercise = "sit"\nhold = 3\nreps = [1]\nsets = 2')
    assert {code for code, _ in places(found)} >= {"wrong-key"}


def test_what_is_wrong_in_the_head_hides_no_step() -> None:
    found = problems_of('[[steps]]\nexercise = "stil"', "stage = ['late']\nfoo = 1")

    assert sorted(places(found)) == [
        ("choice", "stage[1]"),
        ("unknown-exercise", "steps[1].exercise"),
        ("unknown-key", "foo"),
    ]
