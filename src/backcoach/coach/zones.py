"""What a pain means in a session, by the pain at rest before it: the rulebook's one table."""

from functools import cache
from importlib import resources
from typing import Any

from backcoach.document.reading import parse_document
from backcoach.player.zones import STRICTEST, PainZone
from backcoach.timeline.model import REST_START_PAIN


def zone_at(resting: int) -> PainZone:
    """The zone for a pain at rest from 0 to 10.

    Above the table there are rest positions and a short walk, and any rise is too much; above
    those nothing is little enough.
    """
    for row in _table():
        if row["start"] == resting:
            return PainZone(resting, row["red_min"])
    return PainZone(resting, resting + 1 if resting <= REST_START_PAIN else STRICTEST.red_from)


@cache
def _table() -> list[dict[str, Any]]:
    entry = resources.files("backcoach.catalogue") / "tables" / "pain-zones.toml"
    rows: list[dict[str, Any]] = parse_document(entry.read_bytes(), entry.name).values["zones"]
    return rows
