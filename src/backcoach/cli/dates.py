"""Days on a command line: `2026-03-29`, or `28d` for the last 28."""

import re
from datetime import date, time, timedelta
from typing import Final

import click

EARLIEST: Final = 1971
"""No day is in an earlier year."""

_LAST: Final = re.compile(r"([0-9]{1,5})d")
_TIME: Final = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")


def read_day(text: str, today: date, option: str) -> date:
    """The day that is meant: a date, `today` or `yesterday`.

    Raises:
        click.BadParameter: it is none.
    """
    named = {"today": today, "yesterday": today - timedelta(days=1)}
    try:
        day = named.get(text.lower()) or date.fromisoformat(text)
    except ValueError:
        day = date.min
    # Before 1970 some machines have no time zones.
    if day.year < EARLIEST:
        raise click.BadParameter(f"`{text}` is no date: write {today}", param_hint=option)
    return day


def read_time(text: str, option: str) -> time:
    """The time of day that is meant: `18:30`.

    Raises:
        click.BadParameter: it is none.
    """
    found = _TIME.fullmatch(text)
    if found is None:
        raise click.BadParameter(f"`{text}` is no time of day: write 18:30", param_hint=option)
    return time(int(found[1]), int(found[2]))


def read_since(text: str | None, today: date, option: str = "--since") -> date | None:
    """The first day that is meant; `28d` is today and the 27 days before. None where none is.

    Raises:
        click.BadParameter: it is neither a number of days nor a date.
    """
    if text is None:
        return None
    if last := _LAST.fullmatch(text):
        days = int(last[1])
        if not 1 <= days <= today.toordinal():
            raise click.BadParameter(f"`{text}` is no number of days", param_hint=option)
        return today - timedelta(days=days - 1)
    try:
        return read_day(text, today, option)
    except click.BadParameter:
        raise click.BadParameter(
            f"`{text}` is no date: write {today}, or 28d for the last 28 days", param_hint=option
        ) from None
