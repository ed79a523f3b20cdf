"""What is said of an exercise file that is wrong: one mistake, one problem."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from routine_building import bundled, can_be_shown, spoiled, toml_tables

from backcoach.catalogue.loading import read_exercise
from backcoach.catalogue.model import CeilingLimits, Dose, Exercise, SideLabels
from backcoach.catalogue.validation import keys_at
from backcoach.document.problems import BadFileError, Problem, show_path
from backcoach.document.reading import Document, parse_document

HEAD = 'name = "Wall sit"\nkind = "hold"\n'


def read(text: str) -> Exercise:
    return read_exercise(parse_document(text.encode(), "a.toml"))


def problems_in(text: str) -> list[Problem]:
    with pytest.raises(BadFileError) as raised:
        read(text)
    return raised.value.problems.found


def said_of(text: str) -> tuple[str, str, str]:
    """Path, code and message of the only problem."""
    found = problems_in(text)
    assert len(found) == 1, found
    return show_path(found[0].path), found[0].code, found[0].message


# --- accepted ------------------------------------------------------------------------------------


def test_the_least_that_is_an_exercise() -> None:
    exercise = read(HEAD)

    assert exercise.posture == "standing"
    assert exercise.sides == "none"
    assert exercise.family == "other"
    assert exercise.max_pain == 5
    assert exercise.easier is None
    assert exercise.dose == Dose()


def test_figures_in_milliseconds() -> None:
    exercise = read(
        HEAD
        + 'sides = "each"\nside_labels = { left = "left leg", right = "right leg" }\n'
        + 'dose = { prepare = "12s", reps = [3, 2], hold = 8 }\nceiling = { total = "3m" }\n'
        + "ladder = [{ reps = 3 }, { reps = [4] }]\nbreath = { in = 4, out = 6 }\n"
        + "[[poses]]\nlumbar = -12\nhead = 4.5\nscale = { head = 1 }\n"
    )

    assert exercise.side_labels == SideLabels(left="left leg", right="right leg")
    assert exercise.dose == Dose(prepare="12s", reps=[3, 2], hold=8)  # type: ignore[arg-type]
    assert exercise.dose.prepare == 12_000
    assert exercise.dose.reps == (3, 2)
    assert exercise.dose.hold == 8000
    assert exercise.ceiling == CeilingLimits(total="3m")  # type: ignore[arg-type]
    assert [dose.reps for dose in exercise.ladder] == [3, (4,)]
    assert (exercise.breath.in_, exercise.breath.out) == (4, 6)
    assert (exercise.poses[0].lumbar, exercise.poses[0].head) == (-12, 4.5)


# --- keys ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "path", "hint"),
    [
        ("familly = 'hip'", "familly", "did you mean `family`?"),
        ("dose = { hodl = 3 }", "dose.hodl", "did you mean `hold`?"),
        ("cues = { exits = ['Stop.'] }", "cues.exits", "did you mean `exit`?"),
        ("ceiling = { zzz = 3 }", "ceiling.zzz", "the keys are hold, reps, total"),
        ("breath = { in_ = 3 }", "breath.in_", "did you mean `in`?"),
        ("breath = { inn = 3 }", "breath.inn", "did you mean `in`?"),
        ("ladder = [{ reps = 1 }, { rep = 1 }]", "ladder[2].rep", "did you mean `reps`?"),
        ("poses = [{ lumber = 1 }]", "poses[1].lumber", "did you mean `lumbar`?"),
        (
            "figure = { props = [{ kind = 'mat', q = 1 }] }",
            "figure.props[1].q",
            "the other keys are ",
        ),
        ("zzzzzz = 1", "zzzzzz", ""),
    ],
)
def test_an_unknown_key(line: str, path: str, hint: str) -> None:
    (problem,) = problems_in(HEAD + line)

    assert (problem.code, show_path(problem.path)) == ("unknown-key", path)
    assert problem.help.startswith(hint) if hint else problem.help == ""


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        ('kind = "hold"', "name", "`name` is missing"),
        ('name = "A"', "kind", "`kind` is missing"),
        (HEAD + "side_labels = { left = 'l' }", "side_labels.right", "`right` is missing"),
        (HEAD + "avoid = [{ code = 'KNEE', text = 'No.' }]", "avoid[1].action", "`action` is "),
    ],
)
def test_a_missing_key(text: str, path: str, message: str) -> None:
    where, code, said = said_of(text)

    assert (where, code) == (path, "missing-key")
    assert said.startswith(message)


@pytest.mark.parametrize(
    ("text", "path", "hint"),
    [
        ('nam = "A"\nkind = "hold"', "nam", "did you mean `name`?"),
        ('Name = "A"\nkind = "hold"', "Name", "did you mean `name`?"),
        ('name = "A"\nkinds = "hold"', "kinds", "did you mean `kind`?"),
        (
            HEAD + "side_labels = { left = 'l', rigth = 'r' }",
            "side_labels.rigth",
            "did you mean `right`?",
        ),
        (
            HEAD + "avoid = [{ code = 'KNEE', acton = 'skip', text = 'No.' }]",
            "avoid[1].acton",
            "did you mean `action`?",
        ),
    ],
)
def test_a_missing_key_and_a_near_miss_of_it_are_one(text: str, path: str, hint: str) -> None:
    (problem,) = problems_in(text)

    assert (problem.code, show_path(problem.path)) == ("unknown-key", path)
    assert problem.help == hint


def test_a_missing_key_and_a_key_far_from_it_are_two() -> None:
    found = problems_in('title = "A"\nkind = "hold"')

    assert sorted(problem.code for problem in found) == ["missing-key", "unknown-key"]


def test_a_near_miss_in_one_row_excuses_no_other_row() -> None:
    found = problems_in(
        HEAD + "avoid = [{ code = 'KNEE', acton = 'skip', text = 'No.' }, { code = 'HIPREP', "
        "text = 'No.' }]"
    )

    assert [(problem.code, show_path(problem.path)) for problem in found] == [
        ("unknown-key", "avoid[1].acton"),
        ("missing-key", "avoid[2].action"),
    ]


# --- values --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "path", "message"),
    [
        ('max_pain = "3"', "max_pain", "`max_pain` is a whole number"),
        ("max_pain = true", "max_pain", "`max_pain` is a whole number"),
        ("max_pain = 3.0", "max_pain", "`max_pain` is a whole number"),
        ("start = 3", "start", "`start` is a text in quotes"),
        ("gentle = 1", "gentle", "`gentle` is true or false"),
        ('gentle = "true"', "gentle", "`gentle` is true or false"),
        ('needs = "mat"', "needs", "`needs` is a list in brackets"),
        ("cues = []", "cues", "`cues` is a table"),
        ("poses = [3]", "poses[1]", "`poses[1]` is a table"),
        ("poses = [{ lumbar = '1' }]", "poses[1].lumbar", "`lumbar` is a number"),
        ("poses = [{ lumbar = true }]", "poses[1].lumbar", "`lumbar` is a number"),
        ("poses = [{ scale = { head = '1' } }]", "poses[1].scale.head", "`head` is a number"),
        ("poses = [{ scale = 1 }]", "poses[1].scale", "`scale` is a table"),
        ("dose = { sets = true }", "dose.sets", "`sets` is a whole number"),
    ],
)
def test_types_are_strict(line: str, path: str, message: str) -> None:
    assert said_of(HEAD + line) == (path, "wrong-type", message)


@pytest.mark.parametrize(
    ("line", "path", "code", "message"),
    [
        ("max_pain = 11", "max_pain", "range", "`max_pain` is at most 10"),
        ("max_pain = -1", "max_pain", "range", "`max_pain` is at least 0"),
        ("dose = { sets = 21 }", "dose.sets", "range", "`sets` is at most 20"),
        ("poses = [{ lumbar = 721 }]", "poses[1].lumbar", "range", "`lumbar` is at most 720"),
        ("posture = 'lying'", "posture", "choice", '`posture` is "supine", '),
        ("stage = ['acute', 'late']", "stage[2]", "choice", '`stage[2]` is "acute", '),
        ("easier = 'Bird Dog'", "easier", "not-an-id", "`easier` is an id: lower-case words"),
        ("family = 'Hip'", "family", "choice", "`family` is not written as it has to be"),
        (f"easier = '{'a' * 81}'", "easier", "length", "`easier` has 81 characters; 80 are the"),
        ("dose = { hold = '61m' }", "dose.hold", "duration-range", "`hold`: 1h1m is outside 0s"),
        ("dose = { duration = 0 }", "dose.duration", "duration-range", "`duration`: 0s is outs"),
        ("dose = { hold = '10' }", "dose.hold", "duration", "`hold`: this is no duration"),
        ("dose = { reps = 0 }", "dose.reps", "reps", "`reps`: reps are whole numbers from 1 t"),
        ("dose = { reps = [1, 101] }", "dose.reps[2]", "reps", "`reps[2]`: reps are whole numb"),
        ("dose = { reps = true }", "dose.reps", "reps", "`reps`: reps are whole numbers from 1"),
        ("dose = { reps = '3' }", "dose.reps", "reps", "`reps`: reps are whole numbers from 1"),
        ("dose = { reps = [] }", "dose.reps", "reps", "`reps`: a list of reps has 1 to 20 sets"),
    ],
)
def test_values_are_kept_in_their_range(line: str, path: str, code: str, message: str) -> None:
    where, which, said = said_of(HEAD + line)

    assert (where, which) == (path, code)
    assert said.startswith(message)


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "0x" + "f" * 600])
def test_an_angle_is_a_finite_number(value: str) -> None:
    assert said_of(HEAD + f"poses = [{{ lumbar = {value} }}]")[0] == "poses[1].lumbar"


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        ('name = ""\nkind = "hold"', "name", "`name` is empty"),
        (
            f'name = "{"a" * 81}"\nkind = "hold"',
            "name",
            "`name` has 81 characters; 80 are the most",
        ),
        (
            HEAD + f"smaller = '{'a' * 121}'",
            "smaller",
            "`smaller` has 121 characters; 120 are the most",
        ),
        (
            HEAD + f"figure = {{ anchor = '{'a' * 21}' }}",
            "figure.anchor",
            "`anchor` has 21 characters; 20 are the most",
        ),
    ],
)
def test_a_text_of_the_wrong_length(text: str, path: str, message: str) -> None:
    assert said_of(text) == (path, "length", message)


def test_a_text_as_long_as_may_be() -> None:
    text = f'name = "{"é" * 80}"\nkind = "hold"\nsmaller = "{"é" * 120}"'

    assert len(read(text).name) == 80


@pytest.mark.parametrize(
    "escape", ["\\u001b[2J", "\\n", "\\u0000", "\\u202e", "\\u2066", "\\u200b"]
)
@pytest.mark.parametrize(
    ("line", "path"),
    [
        ('start = "a{}"', "start"),
        ('needs = ["a{}"]', "needs[1]"),
        ('cues = {{ exit = ["a", "b{}"] }}', "cues.exit[2]"),
        ('cues = {{ lift = "{}" }}', "cues.lift"),
        ('side_labels = {{ left = "{}", right = "b" }}', "side_labels.left"),
        ('breath = {{ text = "{}" }}', "breath.text"),
    ],
)
def test_control_characters_are_no_text(line: str, path: str, escape: str) -> None:
    where, code, _ = said_of(HEAD + line.format(escape))

    assert (where, code) == (path, "control-character")


def test_everything_that_is_wrong_is_said_at_once() -> None:
    found = problems_in(
        'name = 3\nkind = "holding"\nmax_pain = 11\nfoo = 1\n'
        "dose = { hold = '10', reps = 0 }\n[[avoid]]\ncode = 'KNEE'\n"
    )

    assert {show_path(problem.path) for problem in found} == {
        "name",
        "kind",
        "max_pain",
        "foo",
        "dose.hold",
        "dose.reps",
        "avoid[1].action",
        "avoid[1].text",
    }
    assert len(found) == 8


# --- keys_at -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        (("ceiling",), ["hold", "reps", "total"]),
        (("avoid", 3), ["code", "action", "text"]),
        (("breath",), ["text", "in", "out"]),
        (("figure", "props", 0), ["kind", "x", "y", "w", "h"]),
        (("poses", 0, "scale"), []),
        (("nothing",), []),
    ],
)
def test_keys_of_a_table(table: tuple[str | int, ...], keys: list[str]) -> None:
    assert keys_at(Exercise, table) == keys


# --- anything at all -----------------------------------------------------------------------------


def read_anything(values: dict[str, Any]) -> None:
    try:
        read_exercise(Document("a.toml", "", values))
    except BadFileError as error:
        assert can_be_shown(error)  # noqa: PT017


FILES = toml_tables() | spoiled(st.sampled_from(["bird-dog", "walk", "cat-cow"]).map(bundled))


@given(FILES)
@settings(deadline=None, max_examples=150)
def test_any_values_are_an_exercise_or_problems(values: dict[str, Any]) -> None:
    read_anything(values)


@pytest.mark.soak
@given(FILES)
@settings(deadline=None, max_examples=4000)
def test_very_many_values_are_an_exercise_or_problems(values: dict[str, Any]) -> None:
    read_anything(values)
