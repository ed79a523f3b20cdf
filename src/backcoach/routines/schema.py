"""The JSON schema of a routine file, for editors: what of the models a schema can say.

It is made for taplo and tombi: draft 7, no null (TOML has none), a plain `oneOf` for the kinds of
steps, and expressions that ECMAScript, Rust and Python read alike.
"""

from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from backcoach.catalogue.fields import ID_PATTERN, printable
from backcoach.catalogue.model import Exercise, Figure, Pose
from backcoach.figure.skeleton import JOINTS, SEGMENTS
from backcoach.routines.model import CircuitStep, ExerciseStep, RestStep, RoutineFile

DEFAULT_MARK: Final = " Default: "
"""Before where a value comes from that a file leaves out, at the end of a description."""

TEXT_PATTERN: Final = (
    r"^[^\u0000-\u001F\u007F-\u009F\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]*$"
)
"""What every engine can tell of `printable`: no control characters, nothing without a width, and
nothing that turns the direction of writing."""

_STEP_KINDS: Final = (ExerciseStep, RestStep, CircuitStep)
_REF: Final = "#/definitions/{model}"
_ORDER: Final = (
    "$schema",
    "$ref",
    "title",
    "description",
    "type",
    "enum",
    "const",
    "oneOf",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "items",
    "minItems",
    "maxItems",
    "required",
    "properties",
    "propertyNames",
    "additionalProperties",
    "default",
    "examples",
    "definitions",
)
"""The order in which a schema's keywords are written, whatever pydantic's is."""


class _Generator(GenerateJsonSchema):
    """pydantic's schema without what says nothing: null, titles made of keys, empty defaults."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        del schema
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        made = super().default_schema(schema)
        if "$ref" in made or made.get("default") in (None, "", [], {}):
            made.pop("default", None)
        return made

    def function_before_schema(
        self, schema: core_schema.BeforeValidatorFunctionSchema
    ) -> JsonSchemaValue:
        made = super().function_before_schema(schema)
        if schema["function"]["function"] is printable:
            made["pattern"] = TEXT_PATTERN
        return made

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        # pydantic's `patternProperties` lets through whatever has another name.
        return {
            "type": "object",
            "propertyNames": self.generate_inner(schema["keys_schema"]),
            "additionalProperties": self.generate_inner(schema["values_schema"]),
        }


def routine_schema() -> dict[str, Any]:
    """The schema of a routine file, as draft 7 has it; its keys are always in the same order."""
    models = [(model, "validation") for model in (RoutineFile, *_STEP_KINDS, Exercise)]
    _, made = models_json_schema(
        models,  # type: ignore[arg-type]
        ref_template=_REF,
        schema_generator=_Generator,
    )
    definitions: dict[str, Any] = made["$defs"]
    definitions["Step"] = {
        "title": "Step",
        "description": "An exercise, a rest or a circuit.",
        "oneOf": [_ref(kind) for kind in _STEP_KINDS],
    }
    root = definitions.pop(RoutineFile.__name__)
    for table in (root, definitions[CircuitStep.__name__]):
        table["properties"]["steps"]["items"] = {"$ref": _REF.format(model="Step")}
    root["properties"]["exercises"] |= {
        "propertyNames": {"pattern": ID_PATTERN},
        "additionalProperties": _ref(Exercise),
    }
    _name_parts(definitions)
    root |= {"$schema": "http://json-schema.org/draft-07/schema#", "definitions": definitions}
    written: dict[str, Any] = _finished(root)
    return written


def _name_parts(definitions: dict[str, Any]) -> None:
    """Say which joints and segments a figure has; the models leave that to the drawing of it."""
    joint = definitions[Figure.__name__]["properties"]["anchor_joint"]
    joint["enum"] = list(JOINTS)
    for keyword in ("pattern", "maxLength"):
        del joint[keyword]
    scale = definitions[Pose.__name__]["properties"]["scale"]
    scale["propertyNames"] = {"enum": list(SEGMENTS)}
    scale["additionalProperties"]["minimum"] = 0


def _ref(model: type) -> dict[str, str]:
    return {"$ref": _REF.format(model=model.__name__)}


def _finished(schema: Any) -> Any:
    """A schema in its final words and order, with all the schemas in it."""
    if not isinstance(schema, dict):
        return schema
    schema = _in_words(schema)
    finished: dict[str, Any] = {}
    for keyword in sorted(schema, key=_rank):
        value = schema[keyword]
        match keyword:
            case "properties":
                value = {key: _finished(inner) for key, inner in value.items()}
            case "definitions":
                value = {name: _finished(value[name]) for name in sorted(value)}
            case "oneOf":
                value = [_finished(inner) for inner in value]
            case "items" | "propertyNames" | "additionalProperties":
                value = _finished(value)
        finished[keyword] = value
    return finished


def _rank(keyword: str) -> int:
    """A keyword's place; at the end where a later pydantic has one that isn't known here."""
    return _ORDER.index(keyword) if keyword in _ORDER else len(_ORDER)


def _in_words(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with what is said to the author: a table's first paragraph, a key's default."""
    said = {**schema}
    otherwise = said.pop("otherwise", "")
    if "description" in said:
        said["description"] = " ".join(said["description"].partition("\n\n")[0].split())
    if otherwise:
        said["description"] += f"{DEFAULT_MARK}{otherwise}."
    return said
