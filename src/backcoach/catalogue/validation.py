"""pydantic's errors, said as problems: one mistake, one problem, in words of our own."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from backcoach.catalogue.fields import ID_PATTERN, as_id
from backcoach.document.problems import Part, Path, Problems, closest, show_path

M = TypeVar("M", bound=BaseModel)

_MESSAGES: Final = {
    "string_type": ("wrong-type", "`{key}` is a text in quotes"),
    "int_type": ("wrong-type", "`{key}` is a whole number"),
    "float_type": ("wrong-type", "`{key}` is a number"),
    "bool_type": ("wrong-type", "`{key}` is true or false"),
    "list_type": ("wrong-type", "`{key}` is a list in brackets"),
    "dict_type": ("wrong-type", "`{key}` is a table"),
    "model_type": ("wrong-type", "`{key}` is a table"),
    "model_attributes_type": ("wrong-type", "`{key}` is a table"),
    "string_too_short": ("length", "`{key}` is empty"),
    "string_too_long": ("length", "`{key}` has {length} characters; {max_length} are the most"),
    "too_short": ("length", "`{key}` is empty"),
    "too_long": ("length", "`{key}` has more than {max_length} entries"),
    "greater_than_equal": ("range", "`{key}` is at least {ge}"),
    "less_than_equal": ("range", "`{key}` is at most {le}"),
    "literal_error": ("choice", "`{key}` is {expected}"),
    "string_pattern_mismatch": ("choice", "`{key}` is not written as it has to be"),
    "finite_number": ("wrong-type", "`{key}` is a number that can be counted to"),
}
_LISTS_OF_TABLES: Final = ("steps", "poses", "avoid", "ladder", "props", "swaps")
_PATTERNS: Final = {
    ID_PATTERN: ("not-an-id", "`{key}` is an id: lower-case words joined by hyphens"),
}


def validate(model: type[M], values: Any, problems: Problems, path: Path) -> M | None:
    """The values as a model, or None after noting everything that is wrong with them.

    Args:
        path: where in the document the values stand.
    """
    try:
        return model.model_validate(values)
    except ValidationError as error:
        note_errors(error, model, values, problems, path)
        return None


def note_errors(
    error: ValidationError,
    model: type[BaseModel],
    values: Any,
    problems: Problems,
    path: Path,
) -> None:
    """Note each error of a failed validation; a missing key and a near miss of it are one.

    Args:
        values: what was validated.
        path: where in the document it stands.
    """
    found = error.errors(include_url=False)
    missing = {each["loc"] for each in found if each["type"] == "missing"}
    meant: set[tuple[str | int, ...]] = set()
    for each in found:
        if each["type"] != "extra_forbidden":
            continue
        *parent, key = each["loc"]
        table = tuple(parent)
        hint = ""
        if problems.hinting:
            keys = keys_at(model, table)
            # What is missing is what was meant, before anything that is there already.
            missed = [name for name in keys if (*table, name) in missing]
            there = _keys_there(values, table)
            free = [name for name in keys if name not in there]
            close = closest(str(key), missed) or closest(str(key), free)
            if close:
                meant.add((*table, close))
            hint = (
                f"did you mean `{close}`?"
                if close
                else _allowed(free, others=len(free) < len(keys))
            )
        problems.add(
            "unknown-key",
            f"there is no key `{key}` here",
            hint=hint,
            path=(*path, *each["loc"]),
            part=Part.KEY,
        )
    for each in found:
        if each["type"] == "missing" and each["loc"] not in meant:
            at = (*path, *each["loc"])
            message = f"`{at[-1]}` is missing"
            problems.add("missing-key", message, hint=_example(model, each["loc"]), path=at)
        elif each["type"] != "extra_forbidden" and each["loc"] not in meant:
            _note(each, problems, path)


def _keys_there(values: Any, table: Path) -> frozenset[str]:
    for part in table:
        values = values[part]
    return frozenset(values)


def _note(each: Mapping[str, Any], problems: Problems, path: Path) -> None:
    kind, value, context = each["type"], each["input"], each.get("ctx", {})
    # pydantic marks a key that is wrong itself with a last part of its own.
    of_key = bool(each["loc"]) and each["loc"][-1] == "[key]"
    at = (*path, *(each["loc"][:-1] if of_key else each["loc"]))
    if (element := context.get("element")) is not None:
        at = (*at, element)
    key = _name(at)
    if kind in ("too_short", "too_long") and isinstance(value, str):
        # pydantic counts the characters of a checked text as if it were a list.
        kind = f"string_{kind}"
    hint = ""
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'|([0-9]+)", context["expected"])
        shown = [f'"{word}"' if word else number for word, number in choices]
        context = {"expected": _one_of(shown)}
        folded = {word.casefold(): word for word, _ in choices}
        if isinstance(value, str) and (close := closest(value.casefold(), folded)):
            hint = f'did you mean "{folded[close]}"?'
    code, words = _MESSAGES.get(kind, (kind.replace("_", "-"), ""))
    if code == "wrong-type":
        hint = _retyped(kind, key, value)
        if kind.startswith(("model", "dict")) and isinstance(value, list):
            hint = f"its header has one pair of brackets: `[{show_path(at)}]`"
    if kind == "string_pattern_mismatch" and context["pattern"] in _PATTERNS:
        code, words = _PATTERNS[context["pattern"]]
        meant = as_id(value)
        hint = f'write "{meant}"' if meant else ""
    if isinstance(value, str):
        context = {**context, "length": len(value)}
    said = words.format(key=key, **context) if words else f"`{key}`: {each['msg']}"
    part = Part.KEY if of_key else Part.VALUE
    problems.add(code, said, hint=hint or context.get("hint", ""), path=at, part=part)


def _name(at: Path) -> str:
    """What a message calls a place: its key, and which element of it."""
    name = next((depth for depth in reversed(range(len(at))) if isinstance(at[depth], str)), 0)
    return show_path(at[name:]) or "it"


def _retyped(kind: str, key: str, value: Any) -> str:
    """How the same value is written in the type that is wanted, where that is plain."""
    if kind == "list_type" and isinstance(value, dict):
        return f"a header of a list has two brackets: `[[{key}]]`"
    # Python writes down no number that is very long.
    long = value.bit_length() > 100 if isinstance(value, int) else len(str(value)) > 40
    if not isinstance(value, str | int | float) or long:
        return ""
    begin = "" if key.endswith("]") else f"{key} = "
    if kind == "list_type" and key in _LISTS_OF_TABLES:
        return f"each of its entries is a table: `[[{key}]]`"
    if kind == "list_type":
        return f"write `{begin}[{json.dumps(value, ensure_ascii=False)}]`"
    if kind == "string_type" and not isinstance(value, bool):
        return f'write `{begin}"{value}"`'
    if kind in ("int_type", "float_type") and re.fullmatch("-?[0-9]{1,9}", str(value)):
        return f"write it without quotes: `{begin}{value}`"
    return ""


def _one_of(shown: list[str]) -> str:
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"


def _example(model: type[BaseModel], path: Path) -> str:
    """How a key that is missing could be written."""
    *table, key = path
    fields = _fields_at(model, tuple(table))
    examples = fields[str(key)].examples if str(key) in fields else None
    if key == "steps":
        circuit = 'write `steps = [{ exercise = "bridge" }]` or so'
        return "begin a step with `[[steps]]`" if model.__name__ == "RoutineFile" else circuit
    return (
        f"write `{key} = {json.dumps(examples[0], ensure_ascii=False)}` or so" if examples else ""
    )


def keys_at(model: type[BaseModel], table: Path) -> list[str]:
    """The keys that a table of the document may have."""
    return list(_fields_at(model, table))


def _fields_at(model: type[BaseModel], table: Path) -> dict[str, FieldInfo]:
    """The fields of a table of the document by key, found by walking down the models."""
    here: type[BaseModel] | None = model
    fields: dict[str, FieldInfo] = {}
    for part in (*table, None):
        if here is None:
            return {}
        fields = {field.alias or name: field for name, field in here.model_fields.items()}
        if isinstance(part, str):
            here = _model_in(fields[part].annotation) if part in fields else None
    return fields


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if found := _model_in(inner):
            return found
    return None


def _allowed(keys: list[str], *, others: bool) -> str:
    what = "other keys" if others else "keys"
    return f"the {what} are {', '.join(keys)}" if 0 < len(keys) <= 14 else ""
