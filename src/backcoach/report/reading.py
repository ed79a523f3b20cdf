"""Reads what a report needs from the history: no more than that of its days."""

from datetime import date
from pathlib import Path

from backcoach.history.reader import open_existing
from backcoach.report.facts import Facts, gather, reported


def facts_in(path: Path, since: date, until: date, *, a_week: int, notes: bool = False) -> Facts:
    """The facts of a period; of a history that isn't there yet, that there is nothing.

    Args:
        path: the history.
        since, until, a_week, notes: as `gather` has them.

    Raises:
        StoreError: it can't be read.
    """
    reader = open_existing(path)
    if reader is None:
        return gather([], since, until, a_week=a_week, events={}, plans={}, notes=notes)
    with reader:
        sessions = reader.sessions(exercises=True)
        inside = reported(sessions, since, until)
        return gather(
            sessions,
            since,
            until,
            a_week=a_week,
            events={each.id: reader.events(each.id) for each in inside if each.real_stops},
            plans={each.id: reader.plan(each.id) for each in inside},
            notes=notes,
        )
