"""One session of the past in which much happened, and what pictures make of it."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from functools import cache, wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from history_building import GONE, ten_years
from session_building import new_session

from backcoach.history.desk import Detail, HistoryDesk
from backcoach.history.records import EventRecord, SessionRecord
from backcoach.history.store import Store
from backcoach.stats.days import minutes_by_day, stop_days
from backcoach.tui.pictures.history import HistoryView
from backcoach.tui.pictures.month import month_of

NOW: Final = datetime(2026, 5, 14, 20, 5, tzinfo=UTC)
BEGAN: Final = datetime(2026, 5, 14, 18, 7, tzinfo=UTC)
PLAN: Final[dict[str, Any]] = {
    "version": 2,
    "steps": [
        {
            "number": 1,
            "exercise": "curl-up",
            "name": "Curl-up",
            "family": "anterior",
            "dose": "3+2 × 8 s",
            "reps": [3, 2],
            "rounds": 1,
            "planned": {"": 5},
        },
        {
            "number": 2,
            "exercise": "leg-slide",
            "name": "Leg slide",
            "family": "control",
            "dose": "3 × 3 s a side",
            "reps": [3],
            "rounds": 1,
            "planned": {"left": 3, "right": 3},
        },
        {
            "number": 3,
            "exercise": "bridge",
            "name": "Bridge",
            "family": "posterior",
            "dose": "4 × 5 s",
            "reps": [4],
            "rounds": 1,
            "planned": {"": 4},
        },
        {
            "number": 4,
            "exercise": "crook",
            "name": "90/90 rest",
            "family": "relief",
            "dose": "1 min",
            "reps": [],
            "rounds": 1,
            "planned": {"": 1},
        },
    ],
}


def awaited(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """A test that awaits, as one that is called."""

    @wraps(test)
    def run(*args: Any, **values: Any) -> None:
        asyncio.run(test(*args, **values))

    return run


def write_evening(path: Path, session: str = "evening", began: datetime = BEGAN) -> None:
    """Write a session: two steps, a pause, a stop with its answers, and what is left out then."""
    events = _events()
    with Store(path) as store, store.transaction():
        store.begin(
            new_session(session, began, plan=PLAN, planned_ms=697_000, name="Core foundation"),
            GONE,
        )
        for seq, (seconds, kind, data) in enumerate(events, 1):
            at = began + timedelta(seconds=seconds)
            store.add(session, EventRecord(seq, at, seconds * 1000, kind, data))


def _events() -> list[tuple[int, str, dict[str, Any]]]:
    def rep(at: int, step: int, set_: int, rep_: int, side: str | None = None) -> Any:
        step_ = PLAN["steps"][step - 1]
        data = {"step": step, "side": side, "round": None, "set": set_, "rep": rep_, "reps": 1}
        done = {"exercise": step_["exercise"], "family": step_["family"]}
        return at, "rep", {**data, **done, "held_ms": 8000, "real_ms": 10_000}

    place = {"step": 2, "exercise": "leg-slide", "phase": "hold", "side": "right", "set": 1}
    return [
        (0, "step", {"step": 1, "exercise": "curl-up", "round": None}),
        *(rep(10 + 10 * n, 1, 1, n) for n in (1, 2, 3)),
        (45, "pause", {"reason": "key", "lost_ms": 0}),
        (75, "resume", {}),
        *(rep(80 + 10 * n, 1, 2, n) for n in (1, 2)),
        (110, "step", {"step": 2, "exercise": "leg-slide", "round": None}),
        *(rep(110 + 10 * n, 2, 1, n, "left") for n in (1, 2, 3)),
        *(rep(150 + 10 * n, 2, 1, n, "right") for n in (1, 2)),
        (183, "stop", {**place, "number": 1, "rep": 3, "into_ms": 2500, "stopped_at_ms": 182_000}),
        (190, "answer", {"number": 1, "question": "what", "value": "sharp"}),
        (192, "answer", {"number": 1, "question": "where", "value": "low-back"}),
        (194, "answer", {"number": 1, "question": "how-much", "value": 4}),
        (195, "left-out", {"step": 3, "exercise": "bridge", "reason": "gentle"}),
        (200, "step", {"step": 4, "exercise": "crook", "round": None}),
        (
            260,
            "rep",
            {"step": 4, "exercise": "crook", "family": "relief", "side": None, "round": None}
            | {"set": None, "rep": None, "reps": 1, "held_ms": 0, "real_ms": 60_000},
        ),
        (260, "end", {"outcome": "completed"}),
    ]


@cache
def evening_detail() -> Detail:
    """The same as it is read again."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "history.db"
        write_evening(path)
        found = HistoryDesk(path, lambda: NOW).detail("evening")
    assert found is not None
    return found


@cache
def months() -> tuple[SessionRecord, ...]:
    """A hundred sessions, the newest first."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "history.db"
        ten_years(path, 100, until=NOW.date())
        return tuple(HistoryDesk(path, lambda: NOW).sessions(exercises=True))


def view_of(sessions: tuple[SessionRecord, ...] | None = None, **changes: Any) -> HistoryView:
    """What the history shows of sessions, the first of them chosen."""
    listed = (evening_detail().session, *months()) if sessions is None else sessions
    fields: dict[str, Any] = {
        "listed": listed,
        "detail": evening_detail(),
        "minutes": minutes_by_day(listed),
        "stops": stop_days(listed),
        "month": month_of(listed, NOW.date(), 4, {}),
        "filters": "all routines · all exercises · 12 months",
    }
    return HistoryView(NOW, **fields | changes)
