"""The schema against the models: the same files are right for both, but for what it can't say."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic import ValidationError
from routine_building import (
    Values,
    bundled,
    check_values,
    routine_values,
    spoiled,
    toml_tables,
)
from schema_building import SCHEMA_FILE, accepts, drawn, written_schema
from session_building import ROOT, Program

from backcoach.catalogue.fields import Model
from backcoach.catalogue.loading import bundled_ids
from backcoach.document.problems import BadFileError, Problem
from backcoach.durations import DurationError, format_duration, parse_duration
from backcoach.routines.doses import MOVE_MS, PREPARE_MS, REP_REST_MS, SET_REST_MS, SWITCH_MS
from backcoach.routines.model import RoutineFile

REFRESH: Final = "refresh it: backcoach schema > routines/routine.schema.json"
DEFINITIONS: Final = written_schema()["definitions"]
ROUTINES: Final = sorted((ROOT / "routines").glob("*.toml"))
USUAL = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])

BRIDGE: Final = '[[steps]]\nexercise = "bridge"\n'
MINE: Final = '[[steps]]\nrest = 1\n[exercises.mine]\nname = "Mine"\nkind = "hold"\n'

UNSAID: Final = {
    # how long a text's length of time is
    "duration-range": f'{BRIDGE}hold = "61m"',
    # which exercises there are, and what is known of them
    "unknown-exercise": '[[steps]]\nexercise = "brigde"',
    "exercise-taken": "[[steps]]\nrest = 1\n[exercises.plank]\nname = 'Mine'\nkind = 'hold'",
    "exercise-cycle": f'{MINE}easier = "mine"',
    "wrong-key": f'{BRIDGE}duration = "1m"',
    "no-sides": f'{BRIDGE}sides = "left"',
    "has-sides": '[[steps]]\nexercise = "bird-dog"\nsides = "none"',
    # what two keys must be together
    "sets-and-list": f"{BRIDGE}reps = [3, 2]\nsets = 2",
    "no-pose": f"{MINE}poses = [{{ lumbar = 0 }}]\nfigure = {{ hold_pose = 2 }}",
    "cant-draw": f"{MINE}poses = [{{ head = 0 }}]",
    # sums, and how deep circuits nest
    "limit": '[[steps]]\nrepeat = 50\nsteps = [{ rest = "30m" }]',
    # what is counted or looked for in a text
    "cue-length": f'{MINE}cues = {{ lift = "more than two" }}',
    "markup": MINE.replace("Mine", "<b>Mine</b>"),
    "control-character": f'{BRIDGE}note = "no\\u00A0break"',
}
"""What the schema can't say: the codes of the problems, each with a file that it accepts."""
UNSAID_OF_DURATION: Final = MINE.replace("hold", "timed").replace("rest = 1", 'exercise = "mine"')
"""`missing-key` is unsaid of one key: whether a step needs it depends on its exercise."""
WHOLE_FLOATS: Final = {
    "wrong-type": "[[steps]]\nrepeat = 2.0\nsteps = [{ rest = 1 }]",
    "duration": "[[steps]]\nrest = 1.0",
    "reps": f"{BRIDGE}reps = [6, 4.0]",
}
"""5.0 is an integer for JSON's schemas, and no whole number for TOML: the codes of its problems."""


REFUSED: Final = (
    *("", "steps = []", "steps = {}", "steps = [3]", "steps = [{}]", f"{BRIDGE}rest = 1"),
    *(f"{BRIDGE}{line}" for line in ('reps = "6"', "reps = []", "reps = true", "reps = 0")),
    *(f"{BRIDGE}{line}" for line in ("reps = [101]", "hold = -1", "hold = 3601", "hold = 2.5")),
    *(f"{BRIDGE}{line}" for line in ('hold = ""', 'hold = "10"', 'hold = "10s\\n"', "holt = 1")),
    *(f"{BRIDGE}{line}" for line in ('sides = "both"', "note = 2026-01-02", "steps = []")),
    *('[[steps]]\nexercise = "A b"', f"nam = 1\n{BRIDGE}", 'name2 = "x"\n' + BRIDGE),
    *("[[steps]]\nrepeat = 1\nsteps = [{ rest = 1 }]", "[[steps]]\nrepeat = 2\nsteps = []"),
    *("[[steps]]\nrepeat = 2\nsteps = [{ rest = -1 }]", f"{BRIDGE}[safety]\nstops_to_end = 3"),
    *(f"{BRIDGE}[safety]\nstops_to_end = true", MINE.replace("s.mine", 's."My own"')),
    *(f"{MINE}poses = [{{ head = {angle} }}]" for angle in ("nan", "inf", "721", "true", '"1"')),
    *(f"{MINE}poses = [{{ scale = {{ hed = 1 }} }}]", f'{MINE}figure.anchor_joint = "toe"'),
    *(f"{MINE}gentle = 1", MINE.replace("hold", "holt"), f'{MINE}easier = ""'),
)
"""Files that are wrong for both."""


def values_of(body: str) -> Values:
    """The values of a file with these lines."""
    return tomllib.loads(f'name = "Test"\n{body}')


def problems_with(values: Values) -> list[Problem]:
    """What the program has against a file's values."""
    try:
        check_values(values)
    except BadFileError as error:
        return error.problems.found
    return []


def holds_whole_float(value: Any) -> bool:
    """Whether it is a float without a fraction, or a list with one."""
    if isinstance(value, list):
        return any(holds_whole_float(inner) for inner in value)
    return isinstance(value, float) and value.is_integer()


def is_unsaid(problem: Problem, values: Values) -> bool:
    """Whether a problem is one that the schema can't say."""
    if problem.code == "missing-key":
        return problem.path[-1] == "duration"
    if problem.code in WHOLE_FLOATS:
        here: Any = values
        for part in problem.path:
            here = here[part]
        return holds_whole_float(here)
    return problem.code in UNSAID


def hold_against_each_other(values: Values) -> None:
    """What the schema refuses, the program refuses; what it alone refuses can't be said."""
    problems = problems_with(values)
    if accepts(values):
        assert [problem for problem in problems if not is_unsaid(problem, values)] == []
    else:
        assert problems


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """A schema, and all schemas in it."""
    if isinstance(schema, dict):
        yield schema
    for inner in schema.values() if isinstance(schema, dict) else schema:
        if isinstance(inner, dict | list):
            yield from parts(inner)


MODELS: Final = {model.__name__: model for model in Model.__subclasses__()}
TABLES: Final = {RoutineFile.__name__: written_schema(), **DEFINITIONS}
KEYS: Final = [
    (name, key, schema)
    for name, table in TABLES.items()
    for key, schema in table.get("properties", {}).items()
]
"""Each key of each table: the table's name, the key, its schema."""
SHOWN: Final = [
    (name, key, value)
    for name, key, schema in KEYS
    for value in (
        *schema.get("examples", ()),
        *([schema["default"]] if "default" in schema else []),
    )
]
"""Each example and each default."""


# --- the file beside the routines ----------------------------------------------------------------


def test_the_written_schema_is_what_the_program_prints(tmp_path: Path) -> None:
    done = Program(tmp_path).run("schema")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == SCHEMA_FILE.read_text("utf-8"), REFRESH


def test_what_is_printed_can_be_read_in_any_encoding() -> None:
    assert SCHEMA_FILE.read_bytes().isascii()


def test_it_is_a_schema_of_draft_7() -> None:
    assert written_schema()["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(written_schema())


def test_every_table_of_the_models_is_in_it() -> None:
    assert {*TABLES} == {*MODELS, "Step"}


@pytest.mark.parametrize("path", ROUTINES, ids=lambda path: path.stem)
def test_it_accepts_every_routine_of_the_library(path: Path) -> None:
    assert accepts(tomllib.loads(path.read_text("utf-8")))


@pytest.mark.parametrize("exercise", sorted(bundled_ids()))
def test_it_accepts_every_exercise_of_the_catalogue(exercise: str) -> None:
    file = values_of("[[steps]]\nrest = 1") | {"exercises": {"mine": bundled(exercise)}}

    assert accepts(file)


def test_its_keywords_are_always_in_the_same_order() -> None:
    assert next(iter(written_schema())) == "$schema"
    assert [*written_schema()][-1] == "definitions"
    assert list(DEFINITIONS) == sorted(DEFINITIONS)


# --- its words -----------------------------------------------------------------------------------


@pytest.mark.parametrize("schema", [schema for _, _, schema in KEYS])
def test_every_key_is_described(schema: dict[str, Any]) -> None:
    of_table = DEFINITIONS[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    described = of_table["description"]

    assert described.endswith(".")
    assert "\n" not in described
    # Beside a reference, draft 7 reads nothing.
    assert "$ref" not in schema or len(schema) == 1


@pytest.mark.parametrize("schema", TABLES.values(), ids=list(TABLES))
def test_every_table_has_a_title_and_a_description(schema: dict[str, Any]) -> None:
    assert schema["title"]
    assert schema["description"].endswith(".")


@pytest.mark.parametrize(("table", "key", "value"), SHOWN)
def test_its_examples_and_defaults_are_right(table: str, key: str, value: object) -> None:
    assert accepts(value, TABLES[table]["properties"][key])
    assert model_takes(table, {key: value})


@pytest.mark.parametrize(
    ("key", "ms"),
    [
        ("prepare", PREPARE_MS),
        ("move", MOVE_MS),
        ("rep_rest", REP_REST_MS),
        ("switch", SWITCH_MS),
        ("set_rest", SET_REST_MS),
    ],
)
@pytest.mark.parametrize("table", ["ExerciseStep", "Defaults", "Dose"])
def test_the_last_default_it_names_is_the_program_s(table: str, key: str, ms: int) -> None:
    described = DEFINITIONS[table]["properties"][key]["description"]

    assert described.endswith(f" {format_duration(ms)}.")


# --- its tables, one by one, and the models ------------------------------------------------------


def needed(table: str) -> Values:
    """All that a table has to have, and nothing else."""
    schemas = TABLES[table]["properties"]
    return {key: _right(schemas[key]) for key in TABLES[table].get("required", ())}


def _right(schema: dict[str, Any]) -> Any:
    return [*schema.get("enum", ()), *schema.get("examples", ()), [{"rest": 1}]][0]


def model_takes(table: str, values: Values) -> bool:
    """Whether the model of a table is content with these values and all that it has to have."""
    try:
        MODELS[table].model_validate({**needed(table), **values})
    except ValidationError:
        return False
    return True


def ends(schema: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """Values that are just right for a key, and values that are just not."""
    if "$ref" in schema:
        return [], [1, "a", [{}]]
    right: list[Any] = [*schema.get("enum", ())]
    wrong: list[Any] = ["no-such-word"] if right else []
    if "minimum" in schema:
        right += [schema["minimum"], schema["maximum"]]
        wrong += [schema["minimum"] - 1, schema["maximum"] + 1, True]
    if "maxLength" in schema:
        right += ["a" * schema["maxLength"]]
        wrong += ["a" * (schema["maxLength"] + 1)]
    if "minLength" in schema:
        wrong += [""]
    if schema["type"] == ["string", "integer"]:
        right += [*(format_duration(end * 1000) for end in right), "000001s", "0h0m1s"]
        wrong += ["0000001s", "1s ", "1m1h", "1.5m", "10"]
    if "maxItems" in schema:
        right += [[1], [1] * schema["maxItems"]]
        wrong += [[], [1] * (schema["maxItems"] + 1)]
    if "items" in schema and "$ref" not in schema["items"]:
        for inside, outside in zip(ends(schema["items"]), (right, wrong), strict=True):
            outside += [[value] for value in inside]
    return right, wrong


@pytest.mark.parametrize("table", MODELS)
def test_a_table_needs_the_same_for_both(table: str) -> None:
    least = needed(table)

    assert accepts(least, TABLES[table])
    assert model_takes(table, {})
    for key in least:
        rest = {name: value for name, value in least.items() if name != key}
        assert not accepts(rest, TABLES[table])
        with pytest.raises(ValidationError):
            MODELS[table].model_validate(rest)
    assert not accepts({**least, "no_such_key": 1}, TABLES[table])


@pytest.mark.parametrize(("table", "key", "schema"), KEYS)
def test_a_key_ends_in_the_same_place_for_both(
    table: str, key: str, schema: dict[str, Any]
) -> None:
    right, wrong = ends(schema)

    for value in right:
        assert accepts(value, schema)
        assert model_takes(table, {key: value}), value
    for value in wrong:
        assert not accepts(value, schema), value
        # The names of joints are no affair of the model, but of a check of its own.
        assert key == "anchor_joint" or not model_takes(table, {key: value}), value


# --- its patterns --------------------------------------------------------------------------------


def patterns() -> list[str]:
    """Every regular expression in it."""
    found = {part["pattern"] for part in parts(written_schema()) if "pattern" in part}
    return sorted(pattern for pattern in found if isinstance(pattern, str))


@pytest.mark.parametrize("pattern", patterns())
def test_every_engine_reads_its_patterns_alike(pattern: str) -> None:
    # No classes of characters, which Unicode changes; nothing that Rust's engine lacks.
    assert re.search(r"\\[^u]|\(\?|\\uD[89A-F]", pattern) is None
    assert pattern.startswith("^")
    assert pattern.endswith("$")


@given(
    st.text("0129hms :.-\n", max_size=10)
    | st.from_regex(r"([0-9]{1,7}h)?([0-9]{1,7}m)?([0-9]{1,7}s)?", fullmatch=True)
)
@USUAL
def test_a_text_is_a_duration_for_both_or_for_neither(text: str) -> None:
    try:
        parse_duration(text)
        is_duration = True
    except DurationError:
        is_duration = False

    assert accepts(text, DEFINITIONS["RestStep"]["properties"]["rest"]) == is_duration


@pytest.mark.parametrize(
    "character", ["\x00", "\t", "\n", "\r", "\x1b", "\x7f", "\x9b", "\u200b", "\u202e", "\u2066"]
)
def test_it_refuses_what_a_terminal_would_obey(character: str) -> None:
    for text in (character, f"before{character}after", f"before{character}"):
        assert not accepts(text, written_schema()["properties"]["summary"])


# --- held against the program --------------------------------------------------------------------


@pytest.mark.parametrize(("code", "body"), [*UNSAID.items(), *WHOLE_FLOATS.items()])
def test_what_it_can_t_say_the_program_says(code: str, body: str) -> None:
    values = values_of(body)

    assert accepts(values)
    assert [problem.code for problem in problems_with(values)] == [code]


def test_it_can_t_say_when_a_duration_is_missing() -> None:
    values = values_of(UNSAID_OF_DURATION)

    assert accepts(values)
    assert [problem.path for problem in problems_with(values)] == [("steps", 0, "duration")]


@pytest.mark.parametrize("body", REFUSED)
def test_both_refuse(body: str) -> None:
    values = values_of(body)

    assert not accepts(values)
    assert problems_with(values)


@given(routine_values())
@USUAL
def test_it_accepts_whatever_routine_is_right(values: Values) -> None:
    assert problems_with(values) == []
    assert accepts(values)


@given(drawn())
@USUAL
def test_whatever_it_accepts_is_right_but_for_what_it_can_t_say(values: Values) -> None:
    assert accepts(values)
    hold_against_each_other(values)


@given(spoiled(routine_values()) | spoiled(drawn()) | toml_tables())
@USUAL
def test_any_values_are_right_or_wrong_for_both(values: Values) -> None:
    hold_against_each_other(values)


@pytest.mark.soak
@given(spoiled(routine_values()) | drawn() | spoiled(drawn()) | toml_tables())
@settings(USUAL, max_examples=8000)
def test_very_many_values_are_right_or_wrong_for_both(values: Values) -> None:
    hold_against_each_other(values)
