"""Which of some programs are installed, and which of those still do what they should."""

import shutil
import threading
from collections.abc import Sequence
from typing import Final, Generic, Protocol, TypeVar

MOST_FAILURES: Final = 3
"""So many in a row, and a program that has worked before is left alone."""


class Kind(Protocol):
    """What is known of a program before it is looked for."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def here(self) -> bool:
        """Whether it is looked for on this machine."""
        ...


K = TypeVar("K", bound=Kind)


class Programs(Generic[K]):
    """Some programs that do the same, the best first. Safe to ask from any thread.

    Args:
        kinds: those that there may be.
    """

    def __init__(self, kinds: Sequence[K]) -> None:
        self._kinds = kinds
        self._lock = threading.Lock()
        self._found: list[tuple[K, str]] | None = None
        self._worked: set[str] = set()
        self._failures: dict[str, int] = {}

    def left(self) -> list[tuple[K, str]]:
        """Those that are worth trying, each with its path; looked for when it is first asked."""
        found = self._found
        if found is None:
            # Outside the lock: a slow folder of PATH holds up nobody who asks what is known.
            paths = [(kind, shutil.which(kind.name)) for kind in self._kinds if kind.here]
            found = [(kind, path) for kind, path in paths if path is not None]
        with self._lock:
            self._found = found
            return [(kind, path) for kind, path in found if not self._given_up(kind.name)]

    @property
    def none_left(self) -> bool:
        """Whether it is known that none can do it."""
        with self._lock:
            return self._found is not None and all(
                self._given_up(kind.name) for kind, _ in self._found
            )

    def note(self, name: str, *, good: bool) -> None:
        """How a program did this time."""
        with self._lock:
            if good:
                self._worked.add(name)
                self._failures[name] = 0
            else:
                self._failures[name] = self._failures.get(name, 0) + 1

    def _given_up(self, name: str) -> bool:
        """One that has never worked gets no second chance; one that has, gets a few."""
        most = MOST_FAILURES if name in self._worked else 1
        return self._failures.get(name, 0) >= most
