"""What home knows of the past, in one look at the history."""

from datetime import datetime, timedelta
from typing import Final

from backcoach.cli.resuming import find_unfinished
from backcoach.history.reader import Reader, glance
from backcoach.history.records import SessionRecord
from backcoach.paths import Paths
from backcoach.settings.model import WeekGoals
from backcoach.tui.wiring import LookBack

STOPS_D: Final = 90
"""An older stop is no news any more."""
RUNNING_D: Final = 7
"""What was begun earlier and still runs was forgotten long ago."""


def look_back(paths: Paths, goals: WeekGoals, now: datetime) -> LookBack:
    """What was done last, how the week stands, where it hurt; nothing where it can't be read.

    Args:
        now: local time.
    """
    from backcoach.catalogue.families import families
    from backcoach.stats.adherence import this_week
    from backcoach.stats.last_time import stopped_last_time

    def look(reader: Reader) -> tuple[dict[str, datetime], list[SessionRecord]]:
        since = now - timedelta(days=STOPS_D)
        return reader.last_completed(), reader.sessions(since=since, exercises=True)

    seen = glance(paths.history, look)
    if seen is None:
        return LookBack()
    last, recent = seen
    return LookBack(
        last=last,
        week=this_week(recent, now.date(), goals, families()) if recent else None,
        stops=stopped_last_time(recent),
        unfinished=find_unfinished(paths, now),
    )


def runs_elsewhere(paths: Paths, now: datetime) -> str:
    """What another process plays at this moment, in words for whoever begins; "" for nothing.

    Args:
        now: aware.
    """

    def look(reader: Reader) -> list[str]:
        lately = reader.sessions(since=now - timedelta(days=RUNNING_D))
        return [each.name for each in lately if each.outcome == "running"]

    names = glance(paths.history, look)
    if not names:
        return ""
    return f"{names[0]} still runs in another window. This one is written down beside it."
