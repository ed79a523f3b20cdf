"""Durations as people write them in files, and as they read them on a screen.

Inside the program a duration is always a whole number of milliseconds.
"""

import re

_SECOND = 1000
_UNITS = {"h": 3600 * _SECOND, "m": 60 * _SECOND, "s": _SECOND}
_DURATION = re.compile(r"(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?")
_WORDED = re.compile(r"\s*([0-9]{1,6}(?:\.[0-9]{1,6})?)\s*([a-z]*)\s*", re.IGNORECASE)
_WORDS = re.compile(r"(?<=[0-9])([hms])(?:rs?|ours?|ins?|inutes?|ecs?|econds?)(?![a-z])")
_HOURS_AND_MORE = re.compile(r"[0-9]+h[0-9]+")
_COLONS = re.compile(r"([0-9]{1,4}):([0-5]?[0-9])(?::([0-5]?[0-9]))?")
_WORD_UNITS = {
    "": _SECOND,
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), _SECOND),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 60 * _SECOND),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3600 * _SECOND),
    "ms": 1,
}


class DurationError(ValueError):
    """A value that is no duration; its message says what to write instead."""


def parse_duration(value: object) -> int:
    """Milliseconds of a duration in a file: `"1m30s"`, or a whole number of seconds.

    Raises:
        DurationError: for anything else. The message is one sentence without a full stop.
    """
    if isinstance(value, bool):
        raise DurationError('a duration is no true or false: write "45s" or 45')
    if isinstance(value, int):
        if value < 0:
            raise DurationError(f"a duration can't be negative{_suggest_seconds(-value)}")
        if value > 999_999:
            raise DurationError('a duration can\'t be that long: write "45s" or "1h"')
        return value * _SECOND
    if isinstance(value, float):
        raise DurationError(f"a duration has whole seconds{_suggest_seconds(value)}")
    if not isinstance(value, str):
        raise DurationError('this is no duration: write "45s", "1m30s" or 45')
    found = _DURATION.fullmatch(value)
    if found is None or not value:
        raise DurationError(f"this is no duration{_suggest(value)}")
    return sum(
        int(amount) * _UNITS[unit]
        for amount, unit in zip(found.groups(), "hms", strict=True)
        if amount is not None
    )


def _suggest_seconds(seconds: float) -> str:
    if 0 < seconds < 360_000:
        return f': write "{format_duration(max(1, round(seconds)) * _SECOND)}"'
    return ': write "45s" or "1m30s"'


def _suggest(text: str) -> str:
    if colons := _COLONS.fullmatch(text.strip()):
        first, second, third = colons.groups()
        seconds = int(first) * 60 + int(second)
        if third is not None:
            seconds = seconds * 60 + int(third)
        return f': write "{format_duration(seconds * _SECOND)}"'
    worded = _WORDED.fullmatch(text)
    if worded and worded[2].lower() in _WORD_UNITS:
        seconds_written = float(worded[1]) * _WORD_UNITS[worded[2].lower()] / _SECOND
        return _suggest_seconds(seconds_written)
    squeezed = _WORDS.sub(lambda word: word[1], "".join(text.lower().split()))
    last = "m" if _HOURS_AND_MORE.fullmatch(squeezed) else "s"
    for meant in (squeezed, f"{squeezed}{last}"):
        if meant and _DURATION.fullmatch(meant):
            return f': write "{format_duration(parse_duration(meant))}"'
    return ': write "45s", "1m30s", "2m" or "1h"'


def format_duration(ms: int) -> str:
    """A duration the way a file has it: `"1m30s"`; parts of a second are left out."""
    seconds = ms // _SECOND
    hours, seconds = divmod(seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    parts = [(hours, "h"), (minutes, "m"), (seconds, "s")]
    return "".join(f"{amount}{unit}" for amount, unit in parts if amount) or "0s"


def format_clock(ms: int) -> str:
    """A length of time to read: `"4:05"`, `"1:02:05"`; rounded to the nearest second."""
    seconds = (ms + _SECOND // 2) // _SECOND
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
