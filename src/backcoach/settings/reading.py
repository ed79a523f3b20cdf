"""`settings.toml` → the settings. What is wrong in it is told, and the default holds there.

Checked by hand and not by pydantic: the theme is known before the first frame is drawn.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from pathlib import Path as FilePath
from typing import Any, Final, TypeVar

from backcoach.document.problems import (
    BadFileError,
    Part,
    Path,
    Problems,
    Severity,
    describe,
    did_you_mean,
    show_path,
)
from backcoach.document.reading import Document, read_document
from backcoach.durations import DurationError, parse_duration
from backcoach.errors import UnreadableError
from backcoach.settings.model import (
    BACKENDS,
    CUES,
    LEAST_RATE,
    MOST_RATE,
    MOTIONS,
    THEMES,
    ScreenSettings,
    Settings,
    SoundSettings,
    WeekGoals,
)

LONGEST_SHOWN: Final = 30
"""So much of a wrong word is shown."""
MOST_WALKING_MS: Final = 40 * 3_600_000
"""A week's walking that is no slip of the fingers."""
_TIME: Final = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")

T = TypeVar("T", SoundSettings, ScreenSettings, WeekGoals)
Check = Callable[[Any, Problems, Path], Any]
"""A value of the file → the setting, or None after noting what is wrong with it."""


def read_settings(path: FilePath) -> tuple[Settings, Problems]:
    """The settings of a file, and everything that is wrong with it; nothing where none is there.

    Never raises: a bad file stops no session.
    """
    nothing = Problems(str(path))
    try:
        document = read_document(str(path))
    except BadFileError as error:
        return Settings(), error.problems
    except UnreadableError as error:
        if isinstance(error.__cause__, FileNotFoundError) and not os.path.islink(path):
            return Settings(), nothing
        # Also a link to nowhere: whoever made it thinks that it is read.
        reason = str(error).removeprefix(f"{path}: ")
        nothing.add("unreadable", reason, part=Part.FILE)
        return Settings(), nothing
    return settings_of(document)


def settings_of(document: Document) -> tuple[Settings, Problems]:
    """The settings of a text, and what is wrong with it, in the order of the text."""
    problems = Problems(document.file, document.text)
    tables = {field.name for field in fields(Settings)}
    _note_unknown(document.values, tables, (), problems)
    settings = Settings(
        sound=_table(document.values, "sound", SoundSettings(), _SOUND, problems),
        screen=_table(document.values, "screen", ScreenSettings(), _SCREEN, problems),
        week=_table(document.values, "week", WeekGoals(), _WEEK, problems),
    )
    return settings, problems.placed()


def problem_line(problems: Problems) -> str:
    """The first problem on one line with its place, and how many more there are; "" for none."""
    if not problems.found:
        return ""
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return f"{describe(problems.found[0])}{more}"


def _table(
    values: Mapping[str, Any], name: str, default: T, checks: Mapping[str, Check], into: Problems
) -> T:
    table = values.get(name, {})
    if not isinstance(table, dict):
        into.add(
            "wrong-type", f"`{name}` is a table", hint=f"its header is `[{name}]`", path=(name,)
        )
        return default
    _note_unknown(table, checks, (name,), into)
    found = {
        _FIELDS.get(key, key): check(table[key], into, (name, key))
        for key, check in checks.items()
        if key in table
    }
    return replace(default, **{key: value for key, value in found.items() if value is not None})


def _note_unknown(
    table: Mapping[str, Any], known: Iterable[str], path: Path, problems: Problems
) -> None:
    names = sorted(known)
    for key in table:
        if key not in names:
            problems.add(
                "unknown-key",
                f"there is no key `{key}` here",
                hint=did_you_mean(key, names) or f"the keys are {', '.join(names)}",
                path=(*path, key),
                part=Part.KEY,
                severity=Severity.WARNING,
            )


# --- what a value may be -------------------------------------------------------------------------


def _choice(choices: tuple[str, ...]) -> Check:
    def check(value: Any, problems: Problems, path: Path) -> str | None:
        if isinstance(value, str) and value in choices:
            return value
        listed = ", ".join(f'"{choice}"' for choice in choices)
        hint = did_you_mean(value, choices) if isinstance(value, str) else ""
        # In a list of several, which of them is wrong.
        word = f", not {_shown(value)}" if isinstance(path[-1], int) else ""
        name = show_path(path[1:])
        problems.add("choice", f"`{name}` is one of {listed}{word}", hint=hint, path=path)
        return None

    return check


def _shown(value: Any) -> str:
    """A wrong value, or as much of it as tells which one it is."""
    text = str(value)
    text = text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
    return f'"{text}"' if isinstance(value, str) else text


def _number(least: int, most: int) -> Check:
    def check(value: Any, problems: Problems, path: Path) -> int | None:
        if not isinstance(value, int) or isinstance(value, bool):
            problems.add("wrong-type", f"`{path[-1]}` is a whole number", path=path)
            return None
        if not least <= value <= most:
            problems.add("range", f"`{path[-1]}` is from {least} to {most}", path=path)
            return None
        return value

    return check


def _minute(value: Any, problems: Problems, path: Path) -> int | None:
    found = _TIME.fullmatch(value) if isinstance(value, str) else None
    if found is None and isinstance(value, str):
        problems.add(
            "range",
            f"`{path[-1]}` is a time of the day, from 00:00 to 23:59",
            hint=f'write `{path[-1]} = "22:00"` or so',
            path=path,
        )
        return None
    if found is None:
        problems.add(
            "wrong-type",
            f"`{path[-1]}` is a time of the day in quotes",
            hint=f'write `{path[-1]} = "22:00"` or so',
            path=path,
        )
        return None
    return int(found[1]) * 60 + int(found[2])


def _walking(value: Any, problems: Problems, path: Path) -> int | None:
    hint = f'write `{path[-1]} = "150m"` or so'
    if not isinstance(value, str):
        # A number would be seconds anywhere else, and is meant as minutes here.
        said = f"`{path[-1]}` is a length of time in quotes"
        problems.add("wrong-type", said, hint=hint, path=path)
        return None
    try:
        ms = parse_duration(value)
    except DurationError as error:
        what, _, meant = str(error).partition(": ")
        problems.add("duration", f"`{path[-1]}`: {what}", hint=meant or hint, path=path)
        return None
    if ms > MOST_WALKING_MS:
        most = MOST_WALKING_MS // 3_600_000
        problems.add("range", f"`{path[-1]}` is at most {most} hours a week", path=path)
        return None
    return ms


def _flag(value: Any, problems: Problems, path: Path) -> bool | None:
    if isinstance(value, bool):
        return value
    problems.add("wrong-type", f"`{path[-1]}` is true or false", path=path)
    return None


def _theme(value: Any, problems: Problems, path: Path) -> str | None:
    if not isinstance(value, str):
        problems.add("wrong-type", f"`{path[-1]}` is a text in quotes", path=path)
        return None
    if value in THEMES:
        return value
    listed = ", ".join(THEMES)
    problems.add(
        "choice",
        f"there is no theme {_shown(value)}",
        hint=did_you_mean(value, THEMES) or f"the themes are {listed}",
        path=path,
    )
    return None


def _some_cues(value: Any, problems: Problems, path: Path) -> frozenset[str] | None:
    if not isinstance(value, list):
        hint = f'write `{path[-1]} = ["{value}"]`' if value in CUES else ""
        problems.add("wrong-type", f"`{path[-1]}` is a list in brackets", hint=hint, path=path)
        return None
    check = _choice(CUES)
    checked = [check(cue, problems, (*path, index)) for index, cue in enumerate(value)]
    return frozenset(cue for cue in checked if cue is not None)


_SOUND: Final[Mapping[str, Check]] = {
    "backend": _choice(BACKENDS),
    "rate": _number(LEAST_RATE, MOST_RATE),
    "volume": _number(0, 100),
    "quiet_from": _minute,
    "quiet_to": _minute,
    "cues": _some_cues,
    "breath_pacer": _flag,
}
_WEEK: Final[Mapping[str, Check]] = {
    "sessions": _number(0, 28),
    "walking": _walking,
    "strength_days": _number(0, 7),
    "mobility_days": _number(0, 7),
}
_FIELDS: Final = {"walking": "walking_ms"}
"""Keys whose settings say their unit."""
_SCREEN: Final[Mapping[str, Check]] = {"theme": _theme, "motion": _choice(MOTIONS)}
