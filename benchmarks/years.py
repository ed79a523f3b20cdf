"""Homes with a history: as many sessions as in ten years, or none yet."""

import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from backcoach.settings.acceptance import accept_notes
from benchmarks.place import Place

SESSIONS: Final = 3650
"""Ten years of them, with 110,000 events."""


def home_of(folder: Path, sessions: int) -> Place:
    """A place where so many sessions were played up to yesterday, and the safety notes accepted."""
    # The tests know how a history is written.
    tests = str(Path(__file__).resolve().parents[1] / "tests")
    if tests not in sys.path:
        sys.path.append(tests)
    from history_building import ten_years

    place = Place(folder)
    now = datetime.now().astimezone()
    accept_notes(place.paths.accepted, now)
    ten_years(place.paths.history, sessions, until=now.date() - timedelta(days=1))
    return place
