"""TOML texts for tests: the repository's own, drawn ones in any layout, and ones with slips."""

import string
from collections.abc import Callable
from typing import Any, Final, TypeVar

from hypothesis import strategies as st
from session_building import ROOT

from backcoach.document.positions import Place
from backcoach.document.problems import Problem, Problems
from backcoach.document.syntax import parse_toml

T = TypeVar("T")

FILES: Final = sorted(
    path
    for pattern in ("*.toml", "routines/*.toml", "src/**/*.toml", "tests/data/*.toml")
    for path in ROOT.glob(pattern)
)
"""Every TOML file of the repository that is right."""
ROUTINES: Final = {
    path.stem: path.read_text("utf-8") for path in FILES if path.parent == ROOT / "routines"
}
EXAMPLE: Final = (ROOT / "tests" / "data" / "format-example.toml").read_text("utf-8")
"""The routine that the format is described with."""


# --- what is said of texts -----------------------------------------------------------------------


def syntax_problems(text: str) -> list[Problem]:
    """The problems of a text that is no TOML."""
    problems = Problems("a.toml", text)
    assert parse_toml(text, problems) is None
    assert problems
    return problems.placed().found


def syntax_problem(text: str) -> Problem:
    """The only problem of a text."""
    found = syntax_problems(text)
    assert len(found) == 1, found
    return found[0]


def start(place: Place | None) -> tuple[int, int]:
    assert place is not None
    return place.line, place.column


def starts(text: str) -> list[tuple[int, int]]:
    """Line and column of each problem of a text."""
    return [start(problem.place) for problem in syntax_problems(text)]


# --- texts, drawn --------------------------------------------------------------------------------

_BARE: Final = frozenset(string.ascii_letters + string.digits + "-_")
_NAMES: Final = st.sampled_from(["a", "b", "hold", "1", "-", "é", "a.b", "", "#", " ", "'", '"'])
_NUMBERS: Final = (
    *("0", "+1", "-17", "1_000", "0xdead_BEEF", "0o17", "0b1_0", "1.5", "-0.0", "1e9", "6.02E+2_3"),
    *("inf", "+inf", "-inf", "nan", "-nan", "true", "false"),
)
_TIMES: Final = (
    *("2026-01-02", "12:30:00", "12:30", "12:30:00.25", "2026-01-02T12:30:00Z"),
    *("2026-01-02 12:30:00", "2026-01-02 12:30", "2026-01-02 12:30:00.5+01:30"),
    *("2026-01-02t12:30:00z", "2026-01-02 12:30z"),
)
_TEXTS: Final = st.text(
    st.sampled_from([*"ab \t\n\r\"'\\#=[]{},.\x00\x1b\x7f\u2028é", "\U0001f9d8"]), max_size=6
)
_ESCAPES: Final = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\x1b": "\\e", '"': '\\"', "\\": "\\\\"}


class _Writer:
    """Writes values as TOML, each choice of form and layout drawn."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def one(self, *ways: str) -> str:
        return self._draw(st.sampled_from(ways))

    def any_of(self, *ways: Callable[[], str]) -> str:
        return self._draw(st.sampled_from(ways))()

    def space(self) -> str:
        return self.one("", " ", "\t", "  ")

    def gap(self) -> str:
        """What may stand between brackets."""
        return self.one("", " ", "\n", "\t", "\n\n  ", ' # a ], } = "\n', "#'\n")

    def end(self) -> str:
        return self.one("\n", " \n", " # [x] é\n", "\t#\n\n", "\n\n")

    def escaped(self, character: str) -> str:
        number = ord(character)
        ways = [f"\\U{number:08x}"]
        if number < 0x10000:
            ways.append(f"\\u{number:04X}")
        if number < 0x100:
            ways.append(f"\\x{number:02x}")
        if character in _ESCAPES:
            ways.append(_ESCAPES[character])
        return self.one(*ways)

    def basic(self, text: str) -> str:
        shown = ""
        for character in text:
            raw = character == "\t" or (character.isprintable() and character not in '"\\')
            shown += (
                character if raw and self.one("raw", "\\") == "raw" else self.escaped(character)
            )
        return f'"{shown}"'

    def long_basic(self, text: str) -> str:
        shown = self.one("", "\n")
        for character in text:
            quotes = shown.endswith('""') and character == '"'
            raw = character in '\t\n"' and not quotes
            raw |= character.isprintable() and character not in '"\\'
            shown += character if raw else self.escaped(character)
            shown += self.one("", "", "", "\\\n  ", "\\ \t\n\n")
        return f'"""{shown}"""'

    def literal(self, text: str) -> str:
        fits = all(c == "\t" or (c.isprintable() and c != "'") for c in text)
        return f"'{text}'" if fits else self.basic(text)

    def long_literal(self, text: str) -> str:
        fits = all(c in "\t\n" or c.isprintable() for c in text) and "'''" not in text
        return f"'''{self.one('', chr(10))}{text}'''" if fits else self.long_basic(text)

    def text(self, text: str) -> str:
        forms = (self.basic, self.long_basic, self.literal, self.long_literal)
        return self._draw(st.sampled_from(forms))(text)

    def key(self, name: str) -> str:
        quoted = self._draw(st.sampled_from((self.basic, self.literal)))
        bare = bool(name) and _BARE.issuperset(name)
        return name if bare and self.one("bare", "quoted") == "bare" else quoted(name)

    def dotted(self, names: list[str]) -> str:
        shown = self.key(names[0])
        for name in names[1:]:
            shown += f"{self.space()}.{self.space()}{self.key(name)}"
        return shown

    def value(self, value: Any) -> str:
        if isinstance(value, list):
            return self.bracketed("[", [self.value(element) for element in value], "]")
        if isinstance(value, dict):
            return self.bracketed("{", self.pairs(value, []), "}")
        # What is drawn for other types is the text itself.
        return value.removeprefix("=") if value.startswith("=") else self.text(value)

    def bracketed(self, opening: str, pieces: list[str], closing: str) -> str:
        shown = opening + self.gap()
        for index, piece in enumerate(pieces):
            last = index == len(pieces) - 1
            comma = self.one("", ",") if last else ","
            shown += f"{piece}{self.gap()}{comma}{self.gap()}"
        return shown + closing

    def pairs(self, table: dict[str, Any], prefix: list[str]) -> list[str]:
        """A table's pairs, tables in it either inline or as dotted keys."""
        shown: list[str] = []
        for name, value in table.items():
            if isinstance(value, dict) and value and self.one("inline", "dotted") == "dotted":
                shown += self.pairs(value, [*prefix, name])
            else:
                key = self.dotted([*prefix, name])
                shown.append(f"{key}{self.space()}={self.space()}{self.value(value)}")
        return shown

    def body(self, table: dict[str, Any], path: list[str]) -> str:
        """A table's pairs, and below them the tables that get headers."""
        below: dict[str, Any] = {}
        for name, value in table.items():
            tables = isinstance(value, list) and value and all(isinstance(v, dict) for v in value)
            if (tables or isinstance(value, dict)) and self.one("here", "below") == "below":
                below[name] = value
        here = {name: value for name, value in table.items() if name not in below}
        shown = "".join(f"{self.space()}{pair}{self.end()}" for pair in self.pairs(here, []))
        for name in self._draw(st.permutations(list(below))):
            value = below[name]
            if isinstance(value, list):
                shown += "".join(self.headed("[[", [*path, name], each, "]]") for each in value)
            else:
                shown += self.headed("[", [*path, name], value, "]")
        return shown

    def headed(self, opening: str, path: list[str], table: dict[str, Any], closing: str) -> str:
        header = f"{opening}{self.space()}{self.dotted(path)}{self.space()}{closing}"
        return f"{self.space()}{header}{self.end()}{self.body(table, path)}"


_SCALARS: Final = (
    st.sampled_from((*_NUMBERS, *_TIMES)).map("={}".format)
    | st.integers(-(10**20), 10**20).map("={}".format)
    | _TEXTS.filter(lambda text: not text.startswith("="))
)
_VALUES: Final[st.SearchStrategy[Any]] = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(_NAMES, inner, max_size=3)
        | st.lists(st.dictionaries(_NAMES, inner, max_size=2), max_size=2)
    ),
    max_leaves=10,
)


@st.composite
def toml_texts(draw: st.DrawFn) -> str:
    """A TOML text of any values, in any of the forms and layouts that TOML 1.1 has."""
    writer = _Writer(draw)
    text = writer.body(draw(st.dictionaries(_NAMES, _VALUES, max_size=4)), [])
    return text.removesuffix("\n") if draw(st.booleans()) else text


# --- texts with slips ----------------------------------------------------------------------------

_PIECES: Final = st.sampled_from(
    [
        *"\n \t='\"[]{}.,#\\a19-_+:“”\r\x00é\ufeff",
        *("\r\n", "'''", '"""', "[[", "]]", "true", "True", "10s", "2026-01-02", " # x\n", ",\n"),
        *("\\x41", "\\e", "\\q", "a = 1\n", "[a]\n", "[[steps]]\n", "[steps]\n", "hold = 3\n"),
        *("a.b = 1\n", "reps = 6, 4\n", "{ a = 1 }", "x = [1,\n", "\\\n", "name = 'x'\n"),
    ]
)


@st.composite
def slips(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    """A text with a few things put in, left out, written twice, or in another's place."""
    text = draw(texts)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        end = min(len(text), at + draw(st.integers(0, 3) | st.integers(0, 60)))
        match draw(st.integers(0, 3)):
            case 0:
                text = text[:at] + draw(_PIECES) + text[at:]
            case 1:
                text = text[:at] + text[end:]
            case 2:
                text = text[:at] + draw(_PIECES) + text[end:]
            case _:
                there = draw(st.integers(0, len(text)))
                text = text[:there] + text[at:end] + text[there:]
    return text
