"""The library as home has it, and what a picture is measured by."""

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from hypothesis import strategies as st
from rich.cells import cell_len

from backcoach.paths import Paths
from backcoach.routines.finding import list_entries
from backcoach.routines.library import Library
from backcoach.timeline.model import Timeline
from backcoach.tui.canvas import Canvas, Pixels, Role
from backcoach.tui.pictures.card import Shelf

NOW: Final = datetime(2026, 5, 14, 18, 5, tzinfo=UTC)
SIZES: Final = ((40, 12), (80, 24), (100, 30), (120, 40), (200, 60), (300, 90))
ANY_SIZE: Final = st.tuples(st.integers(40, 300), st.integers(12, 90))
BROKEN: Final = Shelf("my-physio", "My physio", problem='line 12: `hold = "10"` has no unit')


@cache
def library() -> dict[str, Timeline]:
    """The bundled routines."""
    paths = Paths(Path("nowhere"), Path("nowhere"))
    loaded = Library(paths)
    return {entry.id: loaded.load(entry) for entry in list_entries(paths)}


@cache
def shelves() -> tuple[Shelf, ...]:
    """The library with a broken file in it; one routine was done on Saturday."""
    last = {"core-foundation": NOW - timedelta(days=5)}
    known = [Shelf(id_, line.name, line, last=last.get(id_)) for id_, line in library().items()]
    return tuple(sorted((*known, BROKEN), key=lambda shelf: shelf.name.casefold()))


def index_of(name: str) -> int:
    """Where a routine is in `shelves`."""
    return next(number for number, shelf in enumerate(shelves()) if shelf.id == name)


def assert_fits(canvas: Canvas, size: tuple[int, int]) -> None:
    """As many rows as there are, each as wide as the window."""
    rows = canvas.rows()
    assert len(rows) == size[1]
    assert all(sum(cell_len(text) for text, _ in row) == size[0] for row in rows)


def stretches(canvas: Canvas, role: Role) -> list[str]:
    """What is drawn with a role, stretch by stretch."""
    return [text for row in canvas.rows() for text, ink in row if ink is role]


def figure_rows(canvas: Canvas) -> int:
    """In how many rows there is something of a figure."""
    return sum(any(isinstance(ink, Pixels) for _, ink in row) for row in canvas.rows())


def assert_caps_are_whole(canvas: Canvas) -> None:
    """Every key cap has its margins: nothing was written over it, and it isn't cut off."""
    for role in (Role.KEY, Role.SELECTED):
        for cap in stretches(canvas, role):
            assert (cap[0], cap[-1]) == (" ", " "), repr(cap)
            assert cap.strip(), repr(cap)
