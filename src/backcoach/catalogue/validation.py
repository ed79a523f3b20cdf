"""pydantic's errors, said as problems: one mistake, one problem, in words of our own."""

from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from backcoach.document.problems import Path, Problems

M = TypeVar("M", bound=BaseModel)

_MESSAGES = {
    "missing": ("missing-key", "`{key}` is missing"),
    "string_type": ("wrong-type", "`{key}` is a text in quotes"),
    "int_type": ("wrong-type", "`{key}` is a whole number"),
    "float_type": ("wrong-type", "`{key}` is a number"),
    "bool_type": ("wrong-type", "`{key}` is true or false"),
    "list_type": ("wrong-type", "`{key}` is a list in brackets"),
    "dict_type": ("wrong-type", "`{key}` is a table"),
    "model_type": ("wrong-type", "`{key}` is a table"),
    "model_attributes_type": ("wrong-type", "`{key}` is a table"),
    "string_too_short": ("length", "`{key}` is empty"),
    "string_too_long": ("length", "`{key}` is longer than {max_length} characters"),
    "too_short": ("length", "`{key}` needs at least {min_length}"),
    "too_long": ("length", "`{key}` has more than {max_length}"),
    "greater_than_equal": ("range", "`{key}` is at least {ge}"),
    "less_than_equal": ("range", "`{key}` is at most {le}"),
    "literal_error": ("choice", "`{key}` is one of {expected}"),
    "string_pattern_mismatch": ("choice", "`{key}` is not written as it has to be"),
}


def validate(model: type[M], values: Any, problems: Problems, path: Path) -> M | None:
    """The values as a model, or None after noting everything that is wrong with them.

    Args:
        path: where in the document the values stand.
    """
    try:
        return model.model_validate(values)
    except ValidationError as error:
        note_errors(error, model, problems, path)
        return None


def note_errors(
    error: ValidationError, model: type[BaseModel], problems: Problems, path: Path
) -> None:
    """Note each error of a failed validation; a missing key and a near miss of it are one."""
    found = error.errors(include_url=False)
    missing = {(*e["loc"][:-1], str(e["loc"][-1])) for e in found if e["type"] == "missing"}
    explained: set[tuple[str | int, ...]] = set()
    for each in found:
        if each["type"] != "extra_forbidden":
            continue
        *parent, key = each["loc"]
        table = tuple(parent)
        close = get_close_matches(str(key), keys_at(model, table), n=1, cutoff=0.6)
        if close and (*table, close[0]) in missing:
            explained.add((*table, close[0]))
        problems.add(
            "unknown-key",
            f"there is no key `{key}` here",
            hint=f"did you mean `{close[0]}`?" if close else _allowed(model, table),
            path=(*path, *each["loc"]),
        )
    for each in found:
        loc = each["loc"]
        if each["type"] == "extra_forbidden" or loc in explained:
            continue
        key = next((part for part in reversed((*path, *loc)) if isinstance(part, str)), "it")
        kind = each["type"]
        if kind in ("too_short", "too_long") and isinstance(each["input"], str):
            # pydantic counts the characters of a checked text as if it were a list.
            kind = f"string_{kind}"
        code, words = _MESSAGES.get(kind, (kind.replace("_", "-"), ""))
        context = each.get("ctx", {})
        said = words.format(key=key, **context) if words else f"`{key}`: {each['msg']}"
        problems.add(code, said, path=(*path, *loc))


def keys_at(model: type[BaseModel], table: tuple[str | int, ...]) -> list[str]:
    """The keys that a table of the document may have, by walking down the models."""
    here: Any = model
    for part in table:
        if isinstance(part, int):
            continue
        field = next((f for name, f in here.model_fields.items() if part in (name, f.alias)), None)
        inner = _model_in(field.annotation) if field else None
        if inner is None:
            return []
        here = inner
    return [field.alias or name for name, field in here.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if found := _model_in(inner):
            return found
    return None


def _allowed(model: type[BaseModel], table: tuple[str | int, ...]) -> str:
    keys = keys_at(model, table)
    return f"the keys are {', '.join(keys)}" if 0 < len(keys) <= 12 else ""
