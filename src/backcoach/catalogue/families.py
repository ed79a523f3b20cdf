"""What the families of exercises are for."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

from backcoach.document.reading import parse_document
from backcoach.durations import parse_duration


@dataclass(frozen=True, slots=True)
class Families:
    """The family table.

    Attributes:
        core, warm_up, stretch: the names of families.
        plank_exceptions: the core exercises, by id, that may be held longer.
        max_core_ms: the longest core effort without setting down.
    """

    core: frozenset[str]
    warm_up: frozenset[str]
    stretch: frozenset[str]
    plank_exceptions: frozenset[str]
    max_core_ms: int


@cache
def families() -> Families:
    """The table that comes with the program."""
    entry = resources.files("backcoach.catalogue") / "tables" / "families.toml"
    table = parse_document(entry.read_bytes(), entry.name).values
    return Families(
        core=frozenset(table["core"]),
        warm_up=frozenset(table["warm_up"]),
        stretch=frozenset(table["stretch"]),
        plank_exceptions=frozenset(table["plank_exceptions"]),
        max_core_ms=parse_duration(table["max_core_continuous"]),
    )
