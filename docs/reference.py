"""Write the tables of all keys into the guide: `python docs/reference.py [--check] [FILE]`.

They are made of the JSON schema, and so of the models. With `--check` nothing is written, and the
status is 1 where the tables in the guide are not the ones that would be.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from backcoach.catalogue.fields import ID_PATTERN
from backcoach.durations import format_duration
from backcoach.routines.schema import DEFAULT_MARK, TEXT_PATTERN, routine_schema

GUIDE: Final = Path(__file__).with_name("routine-format.md")
BEGIN: Final = "<!-- reference:begin -->\n"
END: Final = "<!-- reference:end -->"

SCHEMA: Final = routine_schema()
TABLES: Final = (
    ("The file", "RoutineFile"),
    ("A step: an exercise", "ExerciseStep"),
    ("A step: a rest", "RestStep"),
    ("A step: a circuit", "CircuitStep"),
    ("`[defaults]`", "Defaults"),
    ("`[safety]`", "SafetyTable"),
    ("`[coach]`", "CoachTable"),
    ("`swaps` of `[coach]`", "Swap"),
    ("`[exercises.ID]`", "Exercise"),
    ("`side_labels` of an exercise", "SideLabels"),
    ("`dose` of an exercise, and each of its `ladder`", "Dose"),
    ("`ceiling` of an exercise", "CeilingLimits"),
    ("`cues` of an exercise", "CueLines"),
    ("`breath` of an exercise", "Breath"),
    ("`avoid` of an exercise", "Avoid"),
    ("`figure` of an exercise", "Figure"),
    ("`props` of a figure", "Prop"),
    ("`poses` of an exercise", "Pose"),
)
"""Heading, and the definition in the schema."""
PATTERNS: Final = {
    TEXT_PATTERN: "a text",
    ID_PATTERN: "an id",
    "^[a-z]+(-[a-z]+)*$": "lower-case words joined by hyphens",
    "^[a-z_]+$": "a lower-case word",
    "^[A-Z]{2,12}$": "2 to 12 capital letters",
}
"""A pattern in the schema, in words."""


def reference() -> str:
    """All tables, in Markdown."""
    listed = {name for _, name in TABLES}
    # A table that was added to the models would be missing here without a word.
    if missing := {"RoutineFile", *SCHEMA["definitions"]} - listed - {"Step"}:
        raise SystemExit(f"docs/reference.py: there is no heading for {', '.join(missing)}")
    return "\n".join(line for heading, name in TABLES for line in _section(heading, name))


def _section(heading: str, name: str) -> Iterator[str]:
    table = SCHEMA if name == "RoutineFile" else SCHEMA["definitions"][name]
    required = table.get("required", ())
    yield f"### {heading}\n"
    yield f"{table['description']}\n"
    yield "| key | what it is | values | default |"
    yield "|---|---|---|---|"
    for key, schema in table["properties"].items():
        what, _, otherwise = _described(schema).partition(DEFAULT_MARK)
        default = "*required*" if key in required else _default(schema, otherwise)
        yield _row(f"`{key}`", what, _values(schema), default)
    yield ""


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _described(schema: dict[str, Any]) -> str:
    told: str = (_target(schema) if "$ref" in schema else schema)["description"]
    return told


def _target(schema: dict[str, Any]) -> dict[str, Any]:
    target: dict[str, Any] = SCHEMA["definitions"][schema["$ref"].rpartition("/")[2]]
    return target


def _default(schema: dict[str, Any], otherwise: str) -> str:
    if otherwise:
        return otherwise.removesuffix(".")
    if "default" not in schema:
        return ""
    value = schema["default"]
    return format_duration(value) if _is_duration(schema) else _shown(value)


def _shown(value: str | float) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f'`"{value}"`' if isinstance(value, str) else f"`{value:g}`"


def _is_duration(schema: dict[str, Any]) -> bool:
    return schema.get("type") == ["string", "integer"]


def _values(schema: dict[str, Any]) -> str:
    """What a key takes, in a few words."""
    if "$ref" in schema:
        return "a table"
    if "enum" in schema or "const" in schema:
        return ", ".join(_shown(value) for value in schema.get("enum", [schema.get("const")]))
    if _is_duration(schema):
        least, most = (format_duration(schema[end] * 1000) for end in ("minimum", "maximum"))
        return f"`{least}` to `{most}`"
    match schema["type"]:
        case ["integer", "array"]:
            a_set = f"{schema['minimum']} to {schema['maximum']}"
            return f"{a_set}, or a list of {schema['minItems']} to {schema['maxItems']} of them"
        case "array":
            return _list(schema)
        case "object":
            each = schema["additionalProperties"]
            return "a table for each id" if "$ref" in each else f"for each, {_values(each)}"
        case "boolean":
            return "`true`, `false`"
        case "string":
            return _text(schema)
        case _:
            fractions = ", fractions too" if schema["type"] == "number" else ""
            return f"{schema['minimum']:g} to {schema['maximum']:g}{fractions}"


def _list(schema: dict[str, Any]) -> str:
    items = schema["items"]
    if "$ref" in items:
        what = "steps" if _target(items)["title"] == "Step" else "tables"
        return f"a list of {what}" + (", at least one" if schema.get("minItems") else "")
    return f"any of {_values(items)}" if "enum" in items else f"a list, each {_values(items)}"


def _text(schema: dict[str, Any]) -> str:
    words = PATTERNS[schema["pattern"]]
    return f"{words}, at most {schema['maxLength']} characters" if "maxLength" in schema else words


def main() -> int:
    """Write the tables, or look whether they are there."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("guide", nargs="?", type=Path, default=GUIDE, metavar="FILE")
    args = parser.parse_args()
    text = args.guide.read_text("utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        print(f"{args.guide}: the lines {BEGIN.strip()} and {END} are missing", file=sys.stderr)
        return 2
    made = f"{before}{begin}\n{reference()}{end}{after}"
    if made == text:
        return 0
    if args.check:
        print(f"{args.guide}: refresh its tables: python docs/reference.py", file=sys.stderr)
        return 1
    args.guide.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
