"""The schema as editors read it: JSON's idea of a file's values, values drawn from the schema
itself, and the editors' own tools."""

import json
import math
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

from hypothesis import strategies as st
from jsonschema import Draft7Validator, TypeChecker, ValidationError
from jsonschema.validators import extend
from routine_building import CATALOGUE, Values
from session_building import ROOT, TIMEOUT_S

from backcoach.catalogue.fields import ID_PATTERN

SCHEMA_FILE: Final = ROOT / "routines" / "routine.schema.json"
LONGEST_INT: Final = 2**63 - 1


@cache
def written_schema() -> dict[str, Any]:
    """The schema that stands beside the routines."""
    schema: dict[str, Any] = json.loads(SCHEMA_FILE.read_text("utf-8"))
    return schema


# --- the schema and a file's values --------------------------------------------------------------


def _is_number(checker: TypeChecker, value: object) -> bool:
    del checker
    # JSON has neither: taplo makes null of them, and tombi compares them with the limits.
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _matches(
    validator: Any, pattern: str, value: object, schema: object
) -> Iterator[ValidationError]:
    del validator, schema
    # Python's `$` also matches before a line break at the end, and ECMAScript's doesn't.
    if isinstance(value, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


_Validator: Final = extend(  # type: ignore[no-untyped-call]
    Draft7Validator,
    {"pattern": _matches},
    type_checker=Draft7Validator.TYPE_CHECKER.redefine("number", _is_number),
)


def accepts(values: Any, schema: dict[str, Any] | None = None) -> bool:
    """Whether the schema has nothing against a file's values.

    Args:
        schema: a part of the schema, for a part of a file.
    """
    whole = written_schema()
    part = whole if schema is None else {**schema, "definitions": whole["definitions"]}
    return bool(_Validator(part).is_valid(_as_json(values)))


def _as_json(value: Any) -> Any:
    """The value with its integers cut to what editors can read; no limit of ours is beyond it."""
    if isinstance(value, dict):
        return {key: _as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_json(inner) for inner in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return max(-LONGEST_INT, min(value, LONGEST_INT))
    return value


# --- values, drawn from the schema ---------------------------------------------------------------

# Around the ends of what a duration may be, and a few that are written oddly.
_DURATIONS: Final = (
    *("0s", "1s", "59s", "0m0s", "1m30s", "90s", "29m59s", "30m", "30m1s", "1800s", "59m60s"),
    *("1h", "1h1s", "3601s", "4h", "4h1s", "000001h", "999999h", "0h0m1s"),
)
_TEXTS: Final = (
    *("", "One", "One two.", "é 日本 ½", "one two 3 4 5 6 7 eight nine"),
    *("a [b] c", "no\N{NO-BREAK SPACE}break"),
)
_PLAIN: Final = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=5)


def drawn(schema: dict[str, Any] | None = None, depth: int = 4) -> st.SearchStrategy[Any]:
    """A value that the schema, or a part of it, says is right.

    Args:
        depth: so many tables deep there is more than what has to be there.
    """
    part = written_schema() if schema is None else schema
    if "$ref" in part:
        part = written_schema()["definitions"][part["$ref"].rpartition("/")[2]]
    if "oneOf" in part:
        leaves = [kind for kind in part["oneOf"] if not kind["$ref"].endswith("/CircuitStep")]
        return st.one_of([drawn(kind, depth) for kind in (part["oneOf"] if depth > 0 else leaves)])
    if "enum" in part or "const" in part:
        return st.sampled_from(part.get("enum", [part.get("const")]))
    kinds = part["type"] if isinstance(part["type"], list) else [part["type"]]
    return st.one_of([_of_type(kind, part, depth) for kind in kinds])


def _of_type(kind: str, part: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    match kind:
        case "boolean":
            return st.booleans()
        case "integer":
            ends = [part["minimum"], part["maximum"]]
            return st.integers(*ends) | st.sampled_from(ends)
        case "number":
            ends = [part["minimum"], part["maximum"]]
            return st.floats(*ends) | st.integers(*ends)
        case "string":
            return _texts(part)
        case "array":
            items = st.deferred(lambda: drawn(part["items"], depth - 1))
            return st.lists(items, min_size=part.get("minItems", 0), max_size=2)
        case _:
            return _tables(part, depth)


def _texts(part: dict[str, Any]) -> st.SearchStrategy[str]:
    pattern, most = part["pattern"], part.get("maxLength", 20)
    if "h)?" in pattern:
        return st.sampled_from(_DURATIONS)
    if pattern.startswith("^[^"):
        texts = [text for text in (*_TEXTS, "a" * most) if len(text) >= part.get("minLength", 0)]
        return st.sampled_from(texts) | _PLAIN
    if pattern == ID_PATTERN:
        return st.sampled_from([*CATALOGUE.ids, "plank", "walk", "bird-dog", "no-such-exercise"])
    return _written(pattern, most)


def _written(pattern: str, most: int = 20) -> st.SearchStrategy[str]:
    return st.from_regex(pattern, fullmatch=True).map(lambda text: text[:most].rstrip("-"))


def _tables(part: dict[str, Any], depth: int) -> st.SearchStrategy[Values]:
    if "properties" not in part:
        values = st.deferred(lambda: drawn(part["additionalProperties"], depth - 1))
        return st.dictionaries(_written(part["propertyNames"]["pattern"]), values, max_size=2)
    properties = {
        key: st.deferred(lambda inner=inner: drawn(inner, depth - 1))  # type: ignore[misc]
        for key, inner in part["properties"].items()
    }
    required = {key: properties.pop(key) for key in part.get("required", ())}
    return st.fixed_dictionaries(required, optional=properties if depth > 0 else {})


# --- the editors' tools --------------------------------------------------------------------------


def tool(name: str, folder: Path, *args: str) -> "subprocess.CompletedProcess[str]":
    """Run one of the tools that came with the development requirements, in a folder."""
    return subprocess.run(
        [Path(sys.executable).with_name(name), *args],
        cwd=folder,
        env={"HOME": str(folder), "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=TIMEOUT_S,
        check=False,
    )


class LanguageServer:
    """A language server on the pipes of a process, as an editor runs it."""

    def __init__(self, folder: Path, name: str, *args: str) -> None:
        self._process = subprocess.Popen(
            [Path(sys.executable).with_name(name), *args],
            cwd=folder,
            env={"HOME": str(folder)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        # Whoever waits for an answer that never comes reads the end of the stream instead.
        self._patience = threading.Timer(TIMEOUT_S, self._process.kill)
        self._patience.start()
        self._asked = 0
        capabilities: Values = {"textDocument": {"completion": {}}}
        self.ask("initialize", processId=None, rootUri=folder.as_uri(), capabilities=capabilities)
        self.tell("initialized")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._patience.cancel()
        with self._process as process:
            process.kill()

    def tell(self, method: str, **params: object) -> None:
        """Send a message that has no answer."""
        self._send({"method": method, "params": params})

    def ask(self, method: str, **params: object) -> Any:
        """The answer to a message. What the server asks meanwhile is answered with nothing."""
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": params})
        while True:
            message = self._receive()
            if "method" in message and "id" in message:
                self._send({"id": message["id"], "result": None})
            elif message.get("id") == self._asked:
                return message["result"]

    def _send(self, message: dict[str, object]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(content) + content)
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the server has gone"
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return message
