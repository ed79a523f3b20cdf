"""Time by family of exercises."""

from collections import Counter
from collections.abc import Iterable
from typing import Final, Protocol

from backcoach.history.records import SessionRecord
from backcoach.stats.days import counted

WALKING: Final = frozenset({"aerobic", "walking"})
"""Walks, in a routine or by hand."""
UNNAMED: Final = "other"
"""The family of what an early version wrote down without one."""


class FamilyTable(Protocol):
    """Of the catalogue's table of families, what is asked for here."""

    @property
    def core(self) -> frozenset[str]:
        """What strengthens."""

    @property
    def warm_up(self) -> frozenset[str]:
        """What keeps moving, walks among it."""

    @property
    def stretch(self) -> frozenset[str]:
        """What stretches."""


def families_ms(sessions: Iterable[SessionRecord]) -> dict[str, int]:
    """Milliseconds of exercise by family, most first; rests and get ready are in none."""
    found: Counter[str] = Counter()
    for session in counted(sessions):
        for family, ms in session.families.items():
            found[family or UNNAMED] += ms
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
