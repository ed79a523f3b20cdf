"""The kinds of values that files hold, as pydantic types with messages of our own."""

import re
from typing import Annotated, Any
from unicodedata import combining, normalize

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from backcoach.durations import DurationError, format_duration, parse_duration

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LONGEST = 400
"""Nobody means more characters than these by an id."""
MINUTE = 60_000
HOUR = 60 * MINUTE


def as_id(text: str) -> str:
    """How an id is written that says this; empty where nothing of it can be in one."""
    # An accent is left out and its letter kept: Übung is ubung.
    folded = "".join(c for c in normalize("NFKD", text[:LONGEST].casefold()) if not combining(c))
    return "-".join(re.findall("[a-z0-9]+", folded))


class Model(BaseModel):
    """What every table of a file is: strict in its types, frozen, and without unknown keys."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


def about(what: str, *examples: object) -> Any:
    """What a key means, for the JSON schema and the reference; it checks nothing.

    Args:
        what: in a sentence or two, with the unit where the values don't show it.
        examples: values as a file has them.
    """
    return Field(description=what, examples=list(examples) or None)


def otherwise(where: str) -> Any:
    """Where a key's value comes from if the file has none; likewise checks nothing."""
    return Field(json_schema_extra={"otherwise": where})


def duration_between(low_ms: int, high_ms: int) -> BeforeValidator:
    """A validator that reads a duration into milliseconds and keeps it in a range."""

    def read(value: object) -> int:
        try:
            ms = parse_duration(value)
        except DurationError as error:
            why, _, hint = str(error).partition(": ")
            raise PydanticCustomError("duration", "{why}", {"why": why, "hint": hint}) from error
        if not low_ms <= ms <= high_ms:
            least, most = format_duration(low_ms), format_duration(high_ms)
            raise PydanticCustomError(
                "duration-range",
                "{shown} is outside {least} to {most}",
                {"shown": format_duration(ms), "least": least, "most": most, "hint": ""},
            )
        return ms

    return BeforeValidator(read)


def _name_characters(text: str) -> str:
    odd = dict.fromkeys(c for c in text if not c.isprintable())
    return ", ".join(f"U+{ord(c):04X}" for c in list(odd)[:3])


def printable(value: Any) -> Any:
    """Refuse characters that a terminal would obey or that hide what is written."""
    if isinstance(value, str) and not value.isprintable():
        raise PydanticCustomError(
            "control-character",
            "a character that can't be shown: {shown}",
            {"shown": _name_characters(value), "hint": "take it out"},
        )
    return value


_MARKUP = re.compile(r"\[/?[a-zA-Z@#$!][^\[\]]*\]|</?[a-zA-Z!][^<>]*>")


def without_markup(value: Any) -> Any:
    """Refuse what other programs would take for tags, where a name is shown by them."""
    if isinstance(value, str) and (found := _MARKUP.search(value)):
        raise PydanticCustomError(
            "markup",
            "`{tag}` looks like markup",
            {"tag": found.group()[:40], "hint": "use round brackets"},
        )
    return value


def words_at_most(most: int) -> BeforeValidator:
    """A validator for a line that is spoken: it has to be short."""

    def check(value: Any) -> Any:
        if isinstance(value, str) and (count := len(value.split())) > most:
            raise PydanticCustomError(
                "cue-length",
                "a cue of {count} words, where {most} are the most",
                {"count": count, "most": most, "hint": "say it in fewer words"},
            )
        return value

    return BeforeValidator(check)


DURATION_PATTERN = "^([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?$"


def _as_duration(low_ms: int, high_ms: int) -> WithJsonSchema:
    """A duration for the JSON schema: of a text it can't say the range."""
    return WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": DURATION_PATTERN,
            "minLength": 2,
            "minimum": low_ms // 1000,
            "maximum": high_ms // 1000,
        }
    )


Text = Annotated[str, BeforeValidator(printable)]
Name = Annotated[Text, Field(min_length=1, max_length=80), BeforeValidator(without_markup)]
Id = Annotated[str, Field(max_length=80, pattern=ID_PATTERN)]
UpToHour = Annotated[int, duration_between(0, HOUR), _as_duration(0, HOUR)]
UpToHalfHour = Annotated[int, duration_between(0, 30 * MINUTE), _as_duration(0, 30 * MINUTE)]
UpToFourHours = Annotated[int, duration_between(1000, 4 * HOUR), _as_duration(1000, 4 * HOUR)]


_REPS_HINT = "write `reps = 6`, or a list with one number a set: `reps = [6, 4, 2]`"


_ON_A_SHEET = re.compile(r"([0-9]{1,2})\s*[x×*X]\s*([0-9]{1,3})")
"""Two sets of ten, as it is written by hand: sets first."""


def _is_number(written: object) -> bool:
    return isinstance(written, str) and bool(re.fullmatch("[1-9][0-9]?|100", written))


def read_reps(value: object) -> object:
    """A number of reps, or a list of them, one a set: always a tuple, so that it is frozen.

    A single number is told from a list of one by its type: the number stays a number.
    """
    counts = value if isinstance(value, list) else [value]
    if isinstance(value, str) and (sheet := _ON_A_SHEET.fullmatch(value)):
        hint = f"write `reps = {sheet[2]}` and `sets = {sheet[1]}`"
        raise PydanticCustomError("reps", "reps are whole numbers", {"hint": hint})
    if not counts or len(counts) > 20:
        raise PydanticCustomError("reps", "a list of reps has 1 to 20 sets", {"hint": _REPS_HINT})
    for index, count in enumerate(counts):
        if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= 100:
            raise PydanticCustomError(
                "reps",
                "reps are whole numbers from 1 to 100",
                {
                    "hint": f"write {count}, without quotes" if _is_number(count) else _REPS_HINT,
                    "element": index if isinstance(value, list) else None,
                },
            )
    return tuple(counts) if isinstance(value, list) else value


Reps = Annotated[
    Any,
    BeforeValidator(read_reps),
    WithJsonSchema(
        {
            "type": ["integer", "array"],
            "minimum": 1,
            "maximum": 100,
            "items": {"type": "integer", "minimum": 1, "maximum": 100},
            "minItems": 1,
            "maxItems": 20,
        }
    ),
    about("Reps, on each side; or a list of them, one a set.", 6, [6, 4, 2]),
]
"""`int` or `tuple[int, ...]`; pydantic's own union would report one mistake twice."""

Sets = Annotated[
    Annotated[int, Field(ge=1, le=20)] | None,
    about("How many sets of these reps. A list of reps says it already.", 3),
]
Hold = Annotated[UpToHour | None, about("How long each rep is held.", "5s", "10s")]
Duration = Annotated[
    UpToFourHours | None, about("The whole time of an exercise of kind `timed`.", "1m", "1m30s")
]
Prepare = Annotated[UpToHalfHour | None, about("Time to get into position.", "10s", "45s")]
Move = Annotated[
    UpToHour | None, about("Time to move in and back out in one rep, half of it each way.", "4s")
]
RepRest = Annotated[UpToHalfHour | None, about("The rest between two reps.", "2s")]
Switch = Annotated[UpToHalfHour | None, about("Time to change sides.", "5s")]
SetRest = Annotated[UpToHalfHour | None, about("The rest between two sets.", "20s", "1m")]
