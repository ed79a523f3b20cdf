"""The whole file: its head, its own exercises, the coach's swaps, and what is said of them."""

from pathlib import Path

import pytest
from routine_building import (
    CATALOGUE,
    DATA,
    check_values,
    expected_ms,
    places,
    problem_of,
    problems_of,
    routine_of,
    timeline_of,
)

from backcoach.catalogue.loading import Catalogue
from backcoach.document.problems import BadFileError, show_path
from backcoach.document.reading import Document, parse_document
from backcoach.routines.checking import check_routine
from backcoach.routines.compiling import compile_routine

STEP = "[[steps]]\nrest = 5\n"


# --- the example of the format -------------------------------------------------------------------


def test_the_format_s_example() -> None:
    content = (DATA / "format-example.toml").read_bytes()
    document = parse_document(content, "core-foundation.toml")
    routine = check_routine("core-foundation", document, CATALOGUE)
    timeline = compile_routine(routine)

    assert (timeline.routine, timeline.name) == ("core-foundation", "Core foundation")
    assert timeline.summary == "A gentle Big 3 with bridges."
    assert timeline.note == "Rest and walk alone count as done."
    assert timeline.needs == ("mat", "chair")
    assert timeline.source == content.decode()
    exercises = [step.usual.exercise for step in timeline.steps]
    assert [exercise and exercise.id for exercise in exercises] == [
        "bird-dog",
        None,
        "bridge",
        "plank",
    ]
    assert [step.note for step in timeline.steps] == ["", "Sip some water.", "", ""]
    assert timeline.steps[0].usual.reps == (6, 4, 2)
    assert timeline.total_ms == expected_ms(document.values)
    assert routine.exercises.get("wall-sit")
    assert "wall-sit" in routine.exercises.ids


def test_with_a_byte_order_mark_and_crlf() -> None:
    content = (DATA / "format-example.toml").read_bytes()
    odd = b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")

    plain, other = (
        compile_routine(check_routine("a", parse_document(one, "a.toml"), CATALOGUE))
        for one in (content, odd)
    )
    assert other.phases == plain.phases
    assert other.steps == plain.steps


# --- ids -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("routine_id", ["bird-dogs", "a", "3", "a1-b2-c3"])
def test_a_routine_s_id(routine_id: str) -> None:
    document = Document("f.toml", "", {"name": "A", "steps": [{"rest": 5}]})

    assert check_routine(routine_id, document, CATALOGUE).id == routine_id


@pytest.mark.parametrize(
    "routine_id", ["", "Bird", "bird dogs", "bird_dogs", "-a", "a-", "a--b", "é", "a\n", "٣"]
)
def test_not_a_routine_s_id(routine_id: str) -> None:
    document = Document("f.toml", "", {"name": "A", "steps": [{"rest": 5}]})

    with pytest.raises(BadFileError) as raised:
        check_routine(routine_id, document, CATALOGUE)
    assert [problem.code for problem in raised.value.problems] == ["routine-id"]


# --- the head ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code", "path"),
    [
        ("foo = 1", "unknown-key", "foo"),
        ("summary = 3", "wrong-type", "summary"),
        (f'summary = "{"a" * 301}"', "length", "summary"),
        (f'note = "{"a" * 301}"', "length", "note"),
        ('summary = "a\\nb"', "control-character", "summary"),
        ('needs = ["mat\\u202e"]', "control-character", "needs[1]"),
        ('tags = ["\\u0007"]', "control-character", "tags[1]"),
        ('when = "\\u009b"', "control-character", "when"),
        ('stage = ["late"]', "choice", "stage[1]"),
        ('stage = "acute"', "wrong-type", "stage"),
        ('tags = ["core", 3]', "wrong-type", "tags[2]"),
        ('needs = "mat"', "wrong-type", "needs"),
        ("safety = 3", "wrong-type", "safety"),
        ("[safety]\nmax_start_pain = 11", "range", "safety.max_start_pain"),
        ("[safety]\nmax_start_pain = -1", "range", "safety.max_start_pain"),
        ('[safety]\nmax_start_pain = "3"', "wrong-type", "safety.max_start_pain"),
        ("[safety]\nmax_start_pain = true", "wrong-type", "safety.max_start_pain"),
        ('[safety]\non_sharp_pain = "ignore"', "choice", "safety.on_sharp_pain"),
        ("[safety]\nstops_to_end = 0", "range", "safety.stops_to_end"),
        ("[safety]\nstops_to_end = 3", "range", "safety.stops_to_end"),
        ("[safety]\nstop_to_end = 1", "unknown-key", "safety.stop_to_end"),
        ('[coach]\nmode = "maybe"', "choice", "coach.mode"),
        ('[coach]\nhidden_for = ["flexbad"]', "choice", "coach.hidden_for[1]"),
        ("[defaults]\nreps = 3", "unknown-key", "defaults.reps"),
        ("[defaults]\nduration = 3", "unknown-key", "defaults.duration"),
        ('[defaults]\nhold = "10"', "duration", "defaults.hold"),
        ('[defaults]\npace = "slow"', "choice", "defaults.pace"),
        ("[defaults]\nsets = 21", "range", "defaults.sets"),
    ],
)
def test_one_mistake_in_the_head(line: str, code: str, path: str) -> None:
    assert places([problem_of(STEP, line)]) == [(code, path)]


def test_as_long_as_may_be() -> None:
    timeline = timeline_of(STEP, f'summary = "{"é" * 300}"\nnote = "{"é" * 300}"')

    assert len(timeline.summary) == len(timeline.note) == 300


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, [("missing-key", "name"), ("missing-key", "steps")]),
        ({"name": "A"}, [("missing-key", "steps")]),
        ({"name": "A", "steps": []}, [("length", "steps")]),
        ({"name": "A", "steps": {}}, [("wrong-type", "steps")]),
        ({"name": "A", "step": [{"rest": 5}]}, [("unknown-key", "step")]),
        ({"nam": "A", "steps": [{"rest": 5}]}, [("unknown-key", "nam")]),
        ({"name": "", "steps": [{"rest": 5}]}, [("length", "name")]),
        ({"name": "a" * 81, "steps": [{"rest": 5}]}, [("length", "name")]),
        ({"name": 3, "steps": [{"rest": 5}]}, [("wrong-type", "name")]),
        ({"name": "A", "steps": [3, [], {}]}, [("step-kind", f"steps[{n}]") for n in (1, 2, 3)]),
    ],
)
def test_what_every_file_has(values: dict[str, object], expected: list[tuple[str, str]]) -> None:
    with pytest.raises(BadFileError) as raised:
        check_values(values)
    assert places(raised.value.problems.found) == expected


def test_problems_carry_the_file_s_name() -> None:
    assert {problem.file for problem in problems_of(STEP, "foo = 1\nstage = 3")} == {"test.toml"}


# --- exercises of its own ------------------------------------------------------------------------


def test_an_exercise_of_its_own() -> None:
    own = """
[exercises.wall-sit]
name = "Wall sit"
kind = "hold"
posture = "standing"
sides = "each"
side_labels = { left = "left leg", right = "right leg" }
family = "legs"
dose = { reps = 2, hold = "20s", prepare = "5s" }
ceiling = { hold = "30s", total = "2m" }
breath = { text = "Slowly." }
cues = { go = ["Slide down the wall."], lift = "Down.", exit = ["Stand up."] }
"""
    step = timeline_of(f'[[steps]]\nexercise = "wall-sit"{own}').steps[0]
    exercise = step.usual.exercise

    assert exercise is not None
    assert (exercise.id, exercise.name, exercise.family) == ("wall-sit", "Wall sit", "legs")
    assert exercise.labels == ("left leg", "right leg")
    assert (exercise.ceiling.hold_ms, exercise.ceiling.total_ms) == (30_000, 120_000)
    assert exercise.breath == "Slowly."
    assert exercise.cues.go == ("Slide down the wall.",)
    assert exercise.cues.lift == "Down."
    assert exercise.cues.exit == ("Stand up.",)
    assert (step.prepare_ms, step.usual.reps, step.usual.hold_ms) == (5000, (2,), 20_000)


def test_it_may_not_take_an_id_of_the_catalogue() -> None:
    problem = problem_of(f'{STEP}[exercises.bird-dog]\nname = "Mine"\nkind = "hold"')

    assert (problem.code, show_path(problem.path)) == ("exercise-taken", "exercises.bird-dog")
    assert problem.help


@pytest.mark.parametrize("name", ["Wall", '"wall sit"', "wall_sit", '""', "-wall"])
def test_its_id_is_words_and_hyphens(name: str) -> None:
    problem = problem_of(f'{STEP}[exercises.{name}]\nname = "Mine"\nkind = "hold"')

    assert problem.code == "exercise-id"


@pytest.mark.parametrize(
    ("lines", "code", "path"),
    [
        ('kind = "hold"', "missing-key", "exercises.mine.name"),
        ('name = "M"\nkind = "held"', "choice", "exercises.mine.kind"),
        ('name = "M"\nkinds = "hold"', "unknown-key", "exercises.mine.kinds"),
        (
            'name = "M"\nkind = "hold"\ndose = { hold = "10" }',
            "duration",
            "exercises.mine.dose.hold",
        ),
        (
            'name = "M"\nkind = "hold"\ncues = { go = ["a\\tb"] }',
            "control-character",
            "exercises.mine.cues.go[1]",
        ),
        ('name = "M"\nkind = "hold"\neasier = "stil"', "unknown-exercise", "exercises.mine.easier"),
        ('name = "M"\nkind = "hold"\nharder = "zzz"', "unknown-exercise", "exercises.mine.harder"),
    ],
)
def test_what_is_wrong_with_it_is_said_once(lines: str, code: str, path: str) -> None:
    body = '[[steps]]\nexercise = "mine"\n[[steps]]\nexercise = "mine"\n[exercises.mine]\n'

    assert places([problem_of(body + lines)]) == [(code, path)]


@pytest.mark.parametrize("value", ["3", '"Mine"', "[]"])
def test_it_is_a_table(value: str) -> None:
    problem = problem_of(f"{STEP}[exercises]\nmine = {value}")

    assert (problem.code, show_path(problem.path)) == ("wrong-type", "exercises.mine")


def test_exercises_are_tables() -> None:
    with pytest.raises(BadFileError) as raised:
        check_values({"name": "A", "steps": [{"rest": 1}], "exercises": 3})
    assert places(raised.value.problems.found) == [("wrong-type", "exercises")]


# --- a person's own exercises --------------------------------------------------------------------


def own_catalogue(folder: Path, text: str) -> Catalogue:
    (folder / "wall-sit.toml").write_text(text, encoding="utf-8")
    return Catalogue(folder)


def test_a_person_s_own_exercise_is_played(tmp_path: Path) -> None:
    catalogue = own_catalogue(tmp_path, 'name = "Wall sit"\nkind = "hold"\n')

    assert (
        timeline_of('[[steps]]\nexercise = "wall-sit"', "", catalogue).steps[0].name == "Wall sit"
    )
    hint = problem_of('[[steps]]\nexercise = "wall-sitt"', "", catalogue).help
    assert hint == "did you mean `wall-sit`?"


def test_its_id_is_taken_too(tmp_path: Path) -> None:
    catalogue = own_catalogue(tmp_path, 'name = "Wall sit"\nkind = "hold"\n')
    body = f'{STEP}[exercises.wall-sit]\nname = "Mine"\nkind = "hold"'

    assert problem_of(body, "", catalogue).code == "exercise-taken"


def test_a_broken_one_is_a_problem_of_the_step(tmp_path: Path) -> None:
    catalogue = own_catalogue(tmp_path, 'name = "Wall sit"\nkind = "held"\n')

    problem = problem_of('[[steps]]\nexercise = "wall-sit"', "", catalogue)

    assert (problem.code, show_path(problem.path)) == ("exercise-file", "steps[1].exercise")
    assert "wall-sit.toml" in problem.message
    assert "wall-sit.toml:2:8" in problem.message
    assert '`kind` is "hold", "dynamic" or "timed"' in problem.message


def test_a_broken_one_is_said_of_in_words_that_can_be_shown(tmp_path: Path) -> None:
    catalogue = own_catalogue(tmp_path, 'name = "Wall sit"\nkind = "held"\n')

    with pytest.raises(BadFileError) as raised:
        routine_of('[[steps]]\nexercise = "wall-sit"', "", catalogue)

    assert "\N{REPLACEMENT CHARACTER}" not in str(raised.value)


def test_a_broken_one_harms_no_other_routine(tmp_path: Path) -> None:
    catalogue = own_catalogue(tmp_path, "name = 3")

    assert timeline_of('[[steps]]\nexercise = "plank"', "", catalogue).steps


def test_a_folder_named_like_one_is_a_problem_of_the_step(tmp_path: Path) -> None:
    (tmp_path / "wall-sit.toml").mkdir()

    problem = problem_of('[[steps]]\nexercise = "wall-sit"', "", Catalogue(tmp_path))

    assert problem.code == "exercise-file"


# --- the coach's swaps ---------------------------------------------------------------------------


def swap(fields: str) -> str:
    return f"[coach]\nswaps = [{{ {fields} }}]"


def test_swaps_name_exercises() -> None:
    found = problems_of(STEP, swap('when = "bending-worse", replace = "plnk", exercise = "zzzz"'))

    assert places(found) == [
        ("unknown-exercise", "coach.swaps[1].replace"),
        ("unknown-exercise", "coach.swaps[1].exercise"),
    ]
    assert [problem.help for problem in found] == [
        "did you mean `plank`?",
        "`backcoach list --exercises` names them",
    ]


def test_swaps_may_name_the_file_s_own() -> None:
    head = swap('when = "arching-worse", replace = "still", exercise = "sit", duration = "60s"')

    assert timeline_of(STEP, head).steps


@pytest.mark.parametrize(
    ("fields", "code", "path"),
    [
        ('replace = "plank", exercise = "sit"', "missing-key", "coach.swaps[1].when"),
        (
            'when = "worse", replace = "plank", exercise = "sit"',
            "choice",
            "coach.swaps[1].when",
        ),
        (
            'when = "bending-worse", replace = "plank", exercise = "sit", duration = "60"',
            "duration",
            "coach.swaps[1].duration",
        ),
        (
            'when = "bending-worse", replac = "plank", exercise = "sit"',
            "unknown-key",
            "coach.swaps[1].replac",
        ),
    ],
)
def test_swaps_are_checked(fields: str, code: str, path: str) -> None:
    assert places([problem_of(STEP, swap(fields))]) == [(code, path)]


def test_what_is_wrong_in_a_step_hides_no_swap() -> None:
    found = problems_of(
        '[[steps]]\nexercise = "stil"',
        swap('when = "bending-worse", replace = "plnk", exercise = "sit"'),
    )

    assert sorted(places(found)) == [
        ("unknown-exercise", "coach.swaps[1].replace"),
        ("unknown-exercise", "steps[1].exercise"),
    ]
