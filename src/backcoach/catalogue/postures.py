"""How long it takes to get from one posture into another."""

from functools import cache
from importlib import resources

from backcoach.document.reading import parse_document


@cache
def _table() -> dict[str, dict[str, int]]:
    entry = resources.files("backcoach.catalogue") / "tables" / "postures.toml"
    table: dict[str, dict[str, int]] = parse_document(entry.read_bytes(), entry.name).values[
        "normal"
    ]
    return table


def change_ms(before: str, after: str) -> int:
    """Milliseconds to allow between two postures of the catalogue; 0 where nothing changes."""
    return _table().get(before, {}).get(after, 0) * 1000
