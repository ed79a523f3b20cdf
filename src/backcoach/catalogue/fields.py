"""The kinds of values that files hold, as pydantic types with messages of our own."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from backcoach.durations import DurationError, format_duration, parse_duration

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
MINUTE = 60_000
HOUR = 60 * MINUTE


class Model(BaseModel):
    """What every table of a file is: strict in its types, frozen, and without unknown keys."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


def duration_between(low_ms: int, high_ms: int) -> BeforeValidator:
    """A validator that reads a duration into milliseconds and keeps it in a range."""

    def read(value: object) -> int:
        try:
            ms = parse_duration(value)
        except DurationError as error:
            raise PydanticCustomError("duration", "{why}", {"why": str(error)}) from error
        if not low_ms <= ms <= high_ms:
            least, most = format_duration(low_ms), format_duration(high_ms)
            raise PydanticCustomError(
                "duration-range",
                "{shown} is outside {least} to {most}",
                {"shown": format_duration(ms), "least": least, "most": most},
            )
        return ms

    return BeforeValidator(read)


def printable(value: Any) -> Any:
    """Refuse characters that a terminal would obey or that hide what is written."""
    if isinstance(value, str) and not value.isprintable():
        raise PydanticCustomError(
            "control-character", "the text holds a character that can't be shown", {}
        )
    return value


Text = Annotated[str, BeforeValidator(printable)]
Id = Annotated[str, Field(max_length=80, pattern=ID_PATTERN)]
UpToHour = Annotated[int, duration_between(0, HOUR)]
UpToHalfHour = Annotated[int, duration_between(0, 30 * MINUTE)]
UpToFourHours = Annotated[int, duration_between(1000, 4 * HOUR)]


def read_reps(value: object) -> object:
    """A number of reps, or a list of them, one a set: always a tuple, so that it is frozen.

    A single number is told from a list of one by its type: the number stays a number.
    """
    counts = value if isinstance(value, list) else [value]
    if not counts or len(counts) > 20:
        raise PydanticCustomError("reps", "a list of reps has 1 to 20 sets", {})
    for count in counts:
        if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= 100:
            raise PydanticCustomError("reps", "reps are whole numbers from 1 to 100", {})
    return tuple(counts) if isinstance(value, list) else value


Reps = Annotated[Any, BeforeValidator(read_reps)]
"""`int` or `tuple[int, ...]`; pydantic's own union would report one mistake twice."""
