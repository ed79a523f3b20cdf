"""Where in a routine's text its problems are: the value, the key, or the table's header.

In the texts below «» marks the places that problems have, and ‹› their second places. Both are
taken out before the text is read.
"""

import pytest
from routine_building import CATALOGUE

from backcoach.document.positions import Place, Positions
from backcoach.document.problems import BadFileError, Problem
from backcoach.document.reading import parse_document
from backcoach.document.scanning import Node
from backcoach.routines.checking import Routine, check_routine

HEAD = 'name = "A"\n'
STEP = '[[steps]]\nexercise = "plank"\n'
BEFORE = {"«": "»", "‹": "›"}


def unmarked(marked: str) -> tuple[str, list[Place], list[Place]]:
    """A text without its marks, the places between them, and the second places."""
    text = ""
    spans: dict[str, list[tuple[int, int]]] = {mark: [] for mark in BEFORE}
    opened: list[tuple[str, int]] = []
    for character in marked:
        if character in BEFORE:
            opened.append((character, len(text)))
        elif opened and character == BEFORE[opened[-1][0]]:
            mark, start = opened.pop()
            spans[mark].append((start, len(text)))
        else:
            text += character
    assert not opened
    places, second = (
        sorted(Positions(text, Node(None, (0, 0))).place(span) for span in spans[mark])
        for mark in BEFORE
    )
    return text, places, second


def check(content: bytes) -> Routine:
    return check_routine("test", parse_document(content, "a.toml"), CATALOGUE)


def problems_in(content: bytes) -> list[Problem]:
    with pytest.raises(BadFileError) as raised:
        check(content)
    return raised.value.problems.found


def check_places(marked: str, *codes: str) -> None:
    """The problems of a marked text stand where its marks are, however its lines end."""
    text, places, second = unmarked(marked)
    for content in (
        text.encode(),
        text.replace("\n", "\r\n").encode(),
        text.encode("utf-8-sig"),
        text.rstrip("\n").encode(),
    ):
        found = problems_in(content)
        assert [problem.place for problem in found] == places
        assert tuple(sorted(problem.code for problem in found)) == tuple(sorted(codes))
        also = [other.place for problem in found for other in problem.also]
        assert sorted(place for place in also if place) == second
        assert None not in also


# --- the value -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"name = «3»\n{STEP}", "wrong-type"),
        (f'name = «""»\n{STEP}', "length"),
        (f'{HEAD}stage = ["acute", «"late"»]\n{STEP}', "choice"),
        (f'{HEAD}stage = [\n  # early\n  «"late"»,\n]\n{STEP}', "choice"),
        (f'{HEAD}needs = «"mat"»\n{STEP}', "wrong-type"),
        (f'{HEAD}summary = «"""\none\ntwo"""»\n{STEP}', "control-character"),
        (f"{HEAD}safety = «3»\n{STEP}", "wrong-type"),
        (f"{HEAD}{STEP}[safety]\nmax_start_pain = «11» # of 10\n", "range"),
        (f"{HEAD}safety.max_start_pain = «11»\n{STEP}", "range"),
        (f"{HEAD}safety = {{max_start_pain = «11»}}\n{STEP}", "range"),
        (f'{HEAD}[coach]\nhidden_for = [«"bad"»]\n{STEP}', "choice"),
        (f'{HEAD}{STEP}hold = «"10"»\n', "duration"),
        (f"{HEAD}{STEP}hold = «2026-01-02 12:30:00» # when\n", "duration"),
        (f'{HEAD}{STEP}prepare = «"31m"»\n', "duration-range"),
        (f"{HEAD}{STEP}reps = [6, «0»]\n", "reps"),
        (f"{HEAD}{STEP}note = «[1,\n2]»\n", "wrong-type"),
        (f'{HEAD}{STEP}pace = «"slow"»\n', "choice"),
        (f'{HEAD}{STEP}[[steps]]\nexercise = «"plonk"»\n', "unknown-exercise"),
        (f'{HEAD}{STEP}[[steps]]\nexercise = «"Plank"»\n', "not-an-id"),
        (f'{HEAD}{STEP}sides = «"left"»\n', "no-sides"),
        (f'{HEAD}{STEP}[[steps]]\nexercise = "bird-dog"\nsides = «"none"»\n', "has-sides"),
        (f"{HEAD}steps = «[]»\n", "length"),
        (f"{HEAD}steps = «{{}}»\n", "wrong-type"),
        (f"{HEAD}«[steps]»\nrest = 5\n", "wrong-type"),
        (f"{HEAD}[[steps]]\nrepeat = «1»\nsteps = [{{ rest = 5 }}]\n", "range"),
        (
            f"{HEAD}[[steps]]\nrepeat = 2\nsteps = [{{ rest = 5 }},\n{{ rest = «-5» }}]\n",
            "duration",
        ),
        (f"{HEAD}[[steps]]\nrepeat = 2\n[[steps.steps]]\nrest = «true»\n", "duration"),
        (
            f"{HEAD}[[steps]]\nrepeat = 2\n[[steps.steps]]\nrest = 1\n[[steps.steps]]\nrepeat = 2\n"
            'steps = [{ rest = 1 }, { exercise = "plank", hold = «"x"» }]\n',
            "duration",
        ),
        (f'{HEAD}{STEP}[exercises.mine]\nname = "M"\nkind = «"held"»\n', "choice"),
        (
            f'{HEAD}{STEP}[exercises.mine]\nname = "M"\nkind = "hold"\n'
            '[exercises.mine.dose]\nhold = «"10"»\n',
            "duration",
        ),
        (f'{HEAD}{STEP}[exercises]\nmine = {{ name = "M", kind = «"held"» }}\n', "choice"),
        (f"{HEAD}{STEP}«[exercises]»\nmine = 3\n", "wrong-type"),
        (
            f'{HEAD}{STEP}[exercises.mine]\nname = "M"\nkind = "hold"\neasier = «"plonk"»\n',
            "unknown-exercise",
        ),
    ],
)
def test_a_wrong_value(text: str, code: str) -> None:
    check_places(text, code)


# --- the key -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{HEAD}«zzzz» = 3\n{STEP}", "unknown-key"),
        (f"«nam» = 'A'\n{STEP}", "unknown-key"),
        (f"{HEAD}[«zzzz»]\nx = 1\ny = 2\n{STEP}", "unknown-key"),
        (f"{HEAD}[[ «zzzz» ]]\nx = 1\n[[zzzz]]\n{STEP}", "unknown-key"),
        (f"{HEAD}{STEP}[[steps]]\nrest = 5\n  «'no te'» = 1\n", "unknown-key"),
        (f"{HEAD}{STEP}«hodl» = 3\n", "unknown-key"),
        (f'{HEAD}{STEP}«"h\\u006fdl"» = 3\n', "unknown-key"),
        (f"{HEAD}{STEP}«hodl».x = 3\n", "unknown-key"),
        (f"{HEAD}safety.«zzzz» = 3\n{STEP}", "unknown-key"),
        (f'{HEAD}steps = [{{ exercise = "plank", «hodl» = 3 }}]\n', "unknown-key"),
        (f"{HEAD}[[steps]]\nrepeat = 2\n[[steps.steps]]\nrest = 1\n«zz» = 1\n", "unknown-key"),
        (f"{HEAD}[[steps]]\nrepeat = 2\n[[steps.«step»]]\nrest = 1\n", "unknown-key"),
        (f'{HEAD}{STEP}«duration» = "30s"\n', "wrong-key"),
        (f'{HEAD}[[steps]]\nexercise = "walk"\n«hold» = "30s"\n', "wrong-key"),
        (f'{HEAD}{STEP}pace = "self"\n«hold» = "30s"\n', "wrong-key"),
        (f'{HEAD}[[steps]]\nnote = "x"\n«excercise» = "plank"\n', "step-kind"),
        (f'{HEAD}{STEP}[exercises.«Mine»]\nname = "M"\nkind = "hold"\n', "exercise-id"),
        (f'{HEAD}{STEP}[exercises.«plank»]\nname = "M"\nkind = "hold"\n', "exercise-taken"),
        (f'{HEAD}exercises.«plank» = {{ name = "M", kind = "hold" }}\n{STEP}', "exercise-taken"),
        (f"{HEAD}{STEP}«exercises».mine.name = 'M'\n", "unknown-key"),
        (
            f'{HEAD}{STEP}[exercises.mine]\nname = "M"\nkind = "hold"\ndose.«hodl» = 3\n',
            "unknown-key",
        ),
        (
            f'{HEAD}{STEP}[exercises.mine]\nname = "M"\nkind = "hold"\ndose.«duration» = 3\n',
            "wrong-key",
        ),
        (
            f'{HEAD}{STEP}[exercises.mine]\nname = "M"\nkind = "hold"\n'
            "[[exercises.mine.poses]]\nscale = { «Head» = 1 }\n",
            "choice",
        ),
    ],
)
def test_a_wrong_key(text: str, code: str) -> None:
    check_places(text, code)


# --- the table -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"«»# a routine\n\n{STEP}", "missing-key"),
        (f"{HEAD}{STEP}«[[steps]]»\n# nothing yet\n", "step-kind"),
        (f"{HEAD}{STEP}  «[[ 'steps' ]]» # the last\nnote = 'x'\n", "step-kind"),
        (f"{HEAD}steps = [\n  {{ rest = 5 }},\n  «{{ note = 'x' }}»,\n]\n", "step-kind"),
        (f"{HEAD}steps = [{{ rest = 5 }}, «{{\n}}»]\n", "step-kind"),
        (f"{HEAD}steps = [{{ rest = 5 }}, «3»]\n", "step-kind"),
        (f"{HEAD}{STEP}«[[steps]]»\nrepeat = 2\n", "missing-key"),
        (f"{HEAD}steps = [{{ rest = 5 }}, «{{ repeat = 2 }}»]\n", "missing-key"),
        (f"{HEAD}[[steps]]\nrepeat = 2\n«[[steps.steps]]»\n[[steps]]\nrest = 5\n", "step-kind"),
        (
            f"{HEAD}[[steps]]\nrepeat = 2\nsteps = [{{ repeat = 2, steps = [«{{}}»] }}]\n",
            "step-kind",
        ),
        (f'{HEAD}{STEP}«[exercises.mine]»\nname = "M"\n[coach]\n', "missing-key"),
        (f'{HEAD}{STEP}[exercises]\nmine = «{{ name = "M" }}»\n', "missing-key"),
        (f'{HEAD}exercises.«mine».name = "M"\n{STEP}', "missing-key"),
        (
            f'{HEAD}{STEP}[exercises.mine]\nname = "M"\nkind = "hold"\n'
            "avoid = [«{ code = 'KNEE', text = 'No.' }»]\n",
            "missing-key",
        ),
        (
            f'{HEAD}[coach]\nswaps = [\n«{{ replace = "plank", exercise = "walk" }}»]\n{STEP}',
            "missing-key",
        ),
        (
            f'{HEAD}[[steps]]\nrest = 5\n«[[steps]]»\nexercise = "mine"\n'
            '[exercises.mine]\nname = "M"\nkind = "timed"\n',
            "missing-key",
        ),
    ],
)
def test_a_missing_key(text: str, code: str) -> None:
    check_places(text, code)


def test_two_missing_keys_of_the_file() -> None:
    check_places("«»«»# nothing\n", "missing-key", "missing-key")


# --- the file ------------------------------------------------------------------------------------


def test_the_name_of_a_file_has_no_place() -> None:
    with pytest.raises(BadFileError) as raised:
        check_routine("My Own", parse_document(f"{HEAD}{STEP}".encode(), "a.toml"), CATALOGUE)
    assert [problem.place for problem in raised.value.problems] == [None]


# --- wide characters and tabs --------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        f'{HEAD}steps = [{{ note = "🧘 é", exercise = «"plonk"» }}]\n',
        f'{HEAD}\tsteps\t=\t[{{\texercise = «"plonk"»\t}}]\n',
        f'# 🧘\n{HEAD}{STEP}[[steps]]\n\t"exercise"\t=\t«"plonk"» # 漢\n',
        f'{HEAD}steps = [{{ note = "漢 e\u0301", exercise = «"plonk"» }}]\n',
    ],
)
def test_columns_count_characters(text: str) -> None:
    check_places(text, "unknown-exercise")


# --- two places ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{HEAD}«[[steps]]»\n‹exercise› = 'plank'\nnote = 'x'\n‹rest› = 5\n", "step-kind"),
        (f"{HEAD}steps = [«{{ ‹rest› = 5, ‹repeat› = 3, ‹exercise› = 'x' }}»]\n", "step-kind"),
        (f"{HEAD}{STEP}reps = ‹[3, 2]›\n«sets» = 2\n", "sets-and-list"),
        (f"{HEAD}{STEP}«sets» = 2\nhold = 5\nreps = ‹[3,\n2]›\n", "sets-and-list"),
        (
            f'{HEAD}{STEP}[exercises.mine]\nname = "M"\nkind = "hold"\n'
            "dose = { reps = ‹[3, 2]›, «sets» = 2 }\n",
            "sets-and-list",
        ),
        (
            f'{HEAD}{STEP}[exercises.a]\nname = "A"\nkind = "hold"\neasier = «"b"»\n'
            '[exercises.c]\nname = "C"\nkind = "hold"\neasier = ‹"a"›\n'
            '[exercises.b]\nname = "B"\nkind = "hold"\neasier = ‹"c"›\n',
            "exercise-cycle",
        ),
        (
            f'{HEAD}{STEP}[exercises.a]\nname = "A"\nkind = "hold"\neasier = «"a"»\n',
            "exercise-cycle",
        ),
    ],
)
def test_two_places_that_are_wrong_together(text: str, code: str) -> None:
    check_places(text, code)


def test_a_circle_is_named_in_its_order() -> None:
    own = "".join(
        f'[exercises.{name}]\nname = "M"\nkind = "hold"\neasier = "{easier}"\n'
        for name, easier in (("x", "b"), ("a", "b"), ("b", "c"), ("c", "b"))
    )
    (problem,) = problems_in(f"{HEAD}{STEP}{own}".encode())

    assert problem.message == "`easier` leads round in a circle: b → c → b"
    assert len(problem.also) == 1


# --- limits --------------------------------------------------------------------------------------


def test_the_step_that_is_one_too_many() -> None:
    check_places(f"{HEAD}{STEP * 200}«[[steps]]»\nrest = 5\n{STEP}", "limit")


def test_the_circuit_that_is_too_deep() -> None:
    circuits = "".join(f"[[{'.'.join(['steps'] * depth)}]]\nrepeat = 2\n" for depth in (1, 2, 3))

    check_places(f"{HEAD}{circuits}«[[steps.steps.steps.steps]]»\nrepeat = 2\n", "limit")


@pytest.mark.parametrize("step", ["reps = [100, 100]\nhold = '1h'\n"])
def test_a_routine_that_is_too_long_is_so_from_its_first_step(step: str) -> None:
    check_places(f"{HEAD}«[[steps]]»\nexercise = 'plank'\n{step}{STEP}", "limit")
