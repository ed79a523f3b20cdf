"""What an exercise's tables must be together, its words, and what is said to help."""

import pytest

from backcoach.catalogue.loading import read_exercise
from backcoach.catalogue.model import Exercise
from backcoach.document.problems import BadFileError, Part, Problem, show_path
from backcoach.document.reading import parse_document

HEAD = 'name = "Wall sit"\nkind = "hold"\n'


def read(text: str) -> Exercise:
    return read_exercise(parse_document(text.encode(), "a.toml"))


def the_problem(text: str) -> Problem:
    with pytest.raises(BadFileError) as raised:
        read(text)
    (problem,) = raised.value.problems
    return problem


# --- together ------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["reps", "sets", "hold", "move", "rep_rest", "switch", "set_rest"])
@pytest.mark.parametrize(
    ("tables", "path"),
    [("dose = {{ {} = 3 }}", "dose"), ("ladder = [{{}}, {{ {} = 3 }}]", "ladder[2]")],
)
def test_a_timed_exercise_has_a_duration(tables: str, path: str, key: str) -> None:
    problem = the_problem(f'name = "A"\nkind = "timed"\n{tables.format(key)}')

    assert (problem.code, show_path(problem.path)) == ("wrong-key", f"{path}.{key}")
    assert (problem.part, problem.help) == (Part.KEY, "use `duration`")


@pytest.mark.parametrize("kind", ["hold", "dynamic"])
def test_only_a_timed_exercise_has_a_duration(kind: str) -> None:
    problem = the_problem(f'name = "A"\nkind = "{kind}"\ndose = {{ duration = 3 }}')

    assert (problem.code, show_path(problem.path)) == ("wrong-key", "dose.duration")
    assert problem.help == "use `hold`"


def test_sets_beside_a_list_of_reps() -> None:
    problem = the_problem(f"{HEAD}dose = {{ reps = [3, 2], sets = 2 }}")

    assert (problem.code, show_path(problem.path)) == ("sets-and-list", "dose.sets")
    assert [show_path(other.path) for other in problem.also] == ["dose.reps"]


def test_labels_need_sides() -> None:
    labels = 'side_labels = { left = "l", right = "r" }\n'
    problem = the_problem(HEAD + labels)

    assert (problem.code, show_path(problem.path)) == ("no-sides", "side_labels")
    assert read(f'{HEAD}{labels}sides = "alternate"').side_labels


@pytest.mark.parametrize(("poses", "hold_pose"), [(1, 2), (2, 3), (2, 20)])
def test_the_pose_that_is_held_is_one_of_them(poses: int, hold_pose: int) -> None:
    text = f"{HEAD}figure = {{{{ hold_pose = {{}} }}}}\n" + "[[poses]]\nlumbar = 0\n" * poses
    problem = the_problem(text.format(hold_pose))

    assert (problem.code, show_path(problem.path)) == ("no-pose", "figure.hold_pose")
    assert len(read(text.format(poses)).poses) == poses


# --- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["[b]", "[/b]", "[@click=app.quit]", "<b>", "</b>", "<!-- x -->"])
def test_a_name_holds_no_markup(tag: str) -> None:
    problem = the_problem(f'name = "Wall {tag} sit"\nkind = "hold"')

    assert (problem.code, show_path(problem.path)) == ("markup", "name")
    assert tag in problem.message
    assert problem.help


@pytest.mark.parametrize("name", ["Wall sit (90°)", "1 < 2", "[ ]", "[90]", "a > b", "Sit & go"])
def test_brackets_that_are_no_markup(name: str) -> None:
    assert read(f'name = "{name}"\nkind = "hold"').name == name


@pytest.mark.parametrize(
    ("cues", "path"),
    [
        ("go = ['Now.', 'One two three four five six seven eight nine.']", "cues.go[2]"),
        ("last = 'One two three four five six seven eight nine.'", "cues.last"),
        ("lift = 'Lift it up.'", "cues.lift"),
        ("lower = 'Slowly back down.'", "cues.lower"),
    ],
)
def test_a_cue_is_short(cues: str, path: str) -> None:
    problem = the_problem(f"{HEAD}cues = {{ {cues} }}")

    assert (problem.code, show_path(problem.path)) == ("cue-length", path)
    assert problem.help


def test_as_many_words_as_may_be() -> None:
    words = "One  two three four five six seven eight."
    cues = read(f"{HEAD}cues = {{ go = ['{words}'], lift = 'Lift up.', lower = '' }}").cues

    assert (cues.go, cues.lift) == ([words], "Lift up.")


# --- what to write instead -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ('max_pain = "3"', "write it without quotes: `max_pain = 3`"),
        ("max_pain = true", ""),
        ("start = 3", 'write `start = "3"`'),
        ("start = true", ""),
        ('needs = "mat"', 'write `needs = ["mat"]`'),
        ('needs = ["mat", 3]', 'write `"3"`'),
        ("avoid = { code = 'KNEE' }", "a header of a list has two brackets: `[[avoid]]`"),
        ('posture = "Supine"', 'did you mean "supine"?'),
        ('posture = "zzz"', ""),
        ('easier = "Bird Dog"', 'write "bird-dog"'),
        ("dose = { hold = '1 min' }", 'write "1m"'),
    ],
)
def test_what_to_write_instead(line: str, hint: str) -> None:
    assert the_problem(HEAD + line).help == hint


@pytest.mark.parametrize(
    "line",
    [
        "start = {}",
        "needs = {}",
        "gentle = {}",
        "max_pain = {}",
        "posture = {}",
        "easier = {}",
        "dose = {{ hold = {} }}",
        "dose = {{ reps = {} }}",
        "dose = {{ sets = {} }}",
        "poses = [{{ lumbar = {} }}]",
        "poses = [{{ scale = {{ head = {} }} }}]",
    ],
)
def test_a_number_that_python_writes_down_for_nobody(line: str) -> None:
    assert the_problem(HEAD + line.format("0x" + "f" * 4000)).message
