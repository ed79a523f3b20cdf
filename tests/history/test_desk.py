"""The history as the screens work with it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from past_building import write_evening
from session_building import new_session

from backcoach.history.desk import HistoryDesk
from backcoach.history.opening import StoreError
from backcoach.history.owner import this_process
from backcoach.history.store import Store

NOW: Final = datetime(2026, 5, 15, 8, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a history is, or will be."""
    return tmp_path / "data" / "history.db"


@pytest.fixture
def desk(path: Path) -> HistoryDesk:
    """A desk, on a morning."""
    return HistoryDesk(path, lambda: NOW)


def test_looking_makes_no_history(path: Path, desk: HistoryDesk) -> None:
    assert desk.sessions() == []
    assert desk.detail("one") is None
    assert not path.exists()


def test_everything_about_a_session(path: Path, desk: HistoryDesk) -> None:
    write_evening(path)

    detail = desk.detail("evening")

    assert detail is not None
    assert detail.session == desk.sessions(exercises=True)[0]
    assert len(detail.plan["steps"]) == 4
    assert [event.kind for event in detail.events][-1] == "end"
    assert detail.answers["pain"] == 2
    assert desk.detail("another") is None


def test_what_is_corrected_has_its_time_and_what_was_before(path: Path, desk: HistoryDesk) -> None:
    write_evening(path)

    desk.note("evening", "stiff")
    desk.note("evening", "stiff at first")
    desk.score("evening", 3, after=False)
    desk.score("evening", 1, after=True)

    detail = desk.detail("evening")
    assert detail is not None
    assert detail.session.note == "stiff at first"
    assert (detail.session.pain_before, detail.session.pain_after) == (3, 1)
    assert [(event.at, event.kind, event.data["value"]) for event in detail.events[-4:]] == [
        (NOW, "note", "stiff"),
        (NOW, "note", "stiff at first"),
        (NOW, "pain-before", 3),
        (NOW, "pain-after", 1),
    ]


def test_a_deletion_is_taken_back(path: Path, desk: HistoryDesk) -> None:
    write_evening(path)
    before = desk.sessions()

    desk.delete("evening")
    assert desk.sessions() == []

    desk.put_back("evening")
    assert desk.sessions() == before


def test_what_still_runs_is_left_alone(path: Path, desk: HistoryDesk) -> None:
    with Store(path) as store, store.transaction():
        store.begin(new_session("one"), this_process())

    changes: tuple[Callable[[], None], ...] = (
        lambda: desk.delete("one"),
        lambda: desk.note("one", "a"),
        lambda: desk.score("one", 1, after=True),
    )
    for change in changes:
        with pytest.raises(StoreError, match="still runs"):
            change()

    assert len(desk.sessions()) == 1
