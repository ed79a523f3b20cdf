"""What was probably meant by a line that isn't TOML."""

import re
from typing import Final

from backcoach.durations import DurationError, format_duration, parse_duration

Columns = tuple[int, int]
"""A stretch of a line: columns from 1, the end not included."""

LONGEST_LINE: Final = 500
"""Nobody has typed a longer one."""

_PAIR: Final = re.compile(r"[ \t]*([A-Za-z0-9_-]+)[ \t]*=[ \t]*(.*?)[ \t]*(?:#.*)?$")
_COLON: Final = re.compile(r"[ \t]*([A-Za-z0-9_-]+)[ \t]*:[ \t]*(.*)$")
_TWO_SIGNS: Final = re.compile(r"[ \t]*([A-Za-z0-9_-]+)[ \t]*==[ \t]*(.*)$")
_HEADER: Final = re.compile(r"[ \t]*(\[+)[ \t]*([A-Za-z0-9_.-]+)[ \t]*(\]*)[ \t]*(?:#.*)?$")
_NUMBERS: Final = re.compile(r"[0-9]+(?:[ \t]*,[ \t]*[0-9]+)+,?")
_ODD_NUMBER: Final = re.compile(r"0+([1-9][0-9]*)|([0-9]+)\.")
_BARE_TEXT: Final = re.compile(r"[^\"'\[\]{}=#,\\\x00-\x1f]{1,80}")
_BARE_WORD: Final = re.compile(r"(?<![\w\"'-])[A-Za-z0-9][\w.:-]*+(?![\"'])(?![ \t]*=)")
_CURLY_QUOTES: Final = re.compile("[“”„‟‘’‚«»]")
_RIGHT_VALUE: Final = re.compile(r"""[0-9]+|true|false|"[^"\\]*"|'[^']*'|\[[^\[\]]*\]""")
_TRUTHS: Final = {"True": "true", "False": "false", "yes": "true", "no": "false"}


def guess(line: str, column: int, *, inside: bool) -> tuple[str, Columns | None]:
    """What to write instead, and the part of the line that is about; nothing where it isn't plain.

    Args:
        column: where the parser stopped, from 1.
        inside: whether that is in brackets.
    """
    if len(line) > LONGEST_LINE:
        return "", None
    if found := _CURLY_QUOTES.search(line):
        return f'use straight quotes, " instead of {found.group()}', None
    if found := _HEADER.match(line):
        opening, name, closing = found.groups()
        brackets = min(2, max(len(opening), len(closing)))
        return f"as many `]` as `[`: `{'[' * brackets}{name}{']' * brackets}`", None
    if found := _TWO_SIGNS.match(line):
        return f"one `=` is enough: `{found[1]} = {found[2].strip()}`", None
    if found := _COLON.match(line):
        return f"write `=` instead of `:`: `{found[1]} = {found[2].strip()}`", None
    found = _PAIR.match(line)
    if found is not None and column > found.start(2):
        said = _of_pair(found[1], found[2])
        bare = said and found[2] and found[2][0] not in "\"'"
        if said or not inside:
            return said, (found.start(2) + 1, found.end(2) + 1) if bare else None
    for word in _BARE_WORD.finditer(line) if inside else ():
        if word.start() < column <= word.end() + 1 and not word.group().isdigit():
            meant = _duration(word.group()) or word.group()
            return f'a text has quotes: "{meant}"', (word.start() + 1, word.end() + 1)
    return "", None


def _of_pair(key: str, value: str) -> str:
    """What to write instead of a key and its value."""
    if value[-1:] in (",", ";") and _RIGHT_VALUE.fullmatch(value[:-1].rstrip()):
        return f"take out the `{value[-1]}`"
    if not value:
        return f"write a value after `{key} =`"
    if key == "reps" and _NUMBERS.fullmatch(value):
        return f"a list has brackets: `{key} = [{value.rstrip(',')}]`"
    if value in _TRUTHS:
        return f"write `{key} = {_TRUTHS[value]}`"
    if number := _ODD_NUMBER.fullmatch(value):
        return f"write `{key} = {number[1] or number[2]}`"
    if _BARE_TEXT.fullmatch(value):
        return f'a text has quotes: `{key} = "{_duration(value) or value}"`'
    if value[-1] in "\"'" and _BARE_TEXT.fullmatch(value[:-1]):
        return f'a text has a quote at both ends: `{key} = "{value[:-1]}"`'
    if value.startswith('"') and value.count('"') > 2 and "\\" not in value:
        return "inside a text, write `\\\"` for a quote, or begin and end the text with `'`"
    if value.startswith('"') and "\\" in value:
        return "inside a text, write `\\\\` for `\\`, or begin and end the text with `'`"
    return ""


def _duration(word: str) -> str | None:
    """The duration that is meant by what isn't written as a text."""
    try:
        return format_duration(parse_duration(word))
    except DurationError as error:
        meant, _, more = str(error).partition('write "')[2].partition('"')
        return meant if meant and not more else None
