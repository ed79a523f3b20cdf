"""A month of sessions with known figures, in a real history, and the reports of it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

from backcoach.history.owner import Owner, this_process
from backcoach.history.records import EventRecord, NewSession
from backcoach.history.store import Store
from backcoach.report.facts import Facts
from backcoach.report.layout import Page
from backcoach.report.page import page_of
from backcoach.report.reading import facts_in

TODAY: Final = date(2026, 11, 22)
SINCE: Final = TODAY - timedelta(days=27)
HERE: Final = timezone(timedelta(hours=1))
GONE: Final = Owner(1, "a boot long ago", "0")
PLAN: Final[dict[str, Any]] = {
    "version": 2,
    "id": "bird-dogs",
    "name": "Bird-dogs",
    "steps": [
        {"number": 1, "exercise": "bird-dog", "name": "Bird-dog", "family": "anti-rotation",
         "hold_ms": 10_000, "reps": [2], "planned": {"left": 2, "right": 2}},
        {"number": 2, "exercise": None, "name": "Rest", "family": "rest", "hold_ms": 0,
         "reps": [], "planned": {}},
        {"number": 3, "exercise": "cat-cow", "name": "Cat-cow", "family": "mobility",
         "hold_ms": 0, "reps": [4], "planned": {"": 4}},
    ],
}  # fmt: skip
"""Two bird-dogs a side of ten seconds, and four cat-cows."""
STOP: Final = ("stop", {"number": 1, "step": 1, "exercise": "bird-dog", "phase": "hold",
                        "side": "left", "set": 1, "rep": 2, "round": None, "into_ms": 4_200,
                        "stopped_at_ms": 30_000, "moved": False})  # fmt: skip

Event = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A session to be kept, `ago` days before the last one; everything else as it mostly is.

    Attributes:
        left, right, cows: reps that were done.
        events: what happened besides, before the end.
        outcome: None for one whose program was killed.
    """

    ago: int = 0
    before: int | None = 2
    after: int | None = 1
    left: int = 2
    right: int = 2
    cows: int = 4
    events: tuple[Event, ...] = ()
    outcome: str | None = "completed"
    name: str = "Bird-dogs"
    note: str = ""
    hour: int = 18
    zone: timezone = HERE
    rehearsal: bool = False
    by_hand: bool = False
    running: bool = False
    plan: dict[str, Any] = field(default_factory=lambda: PLAN)


def answer(question: str, value: object, number: int = 1) -> Event:
    """An answer of a stop."""
    return "answer", {"number": number, "question": question, "value": value}


def keep(path: Path, *sessions: Kept) -> None:
    """Write sessions into a history, through the real store."""
    with Store(path) as store, store.transaction():
        for number, kept in enumerate(sessions):
            _keep(store, f"session {number}", kept)


def _keep(store: Store, name: str, kept: Kept) -> None:
    day = TODAY - timedelta(days=kept.ago)
    started = datetime(day.year, day.month, day.day, kept.hour, tzinfo=kept.zone)
    new = NewSession(
        id=name,
        routine="walk" if kept.by_hand else "bird-dogs",
        name=kept.name,
        started_at=started,
        rehearsal=kept.rehearsal,
        planned_ms=0 if kept.by_hand else 240_000,
        plan={} if kept.by_hand else kept.plan,
        pain_before=kept.before,
        by_hand=kept.by_hand,
    )
    store.begin(new, this_process() if kept.running else GONE)
    events = [*_activity(kept), *_reps(kept), *kept.events]
    if kept.outcome is not None and not kept.running:
        events.append(("end", {"outcome": kept.outcome}))
    if kept.after is not None:
        events.append(("pain-after", {"value": kept.after}))
    if kept.note:
        events.append(("note", {"value": kept.note}))
    for seq, (kind, data) in enumerate(events, 1):
        # A rep is half a minute.
        at = min(seq, 8) * 30_000
        store.add(name, EventRecord(seq, started + timedelta(seconds=30 * seq), at, kind, data))


def _activity(kept: Kept) -> list[Event]:
    if not kept.by_hand:
        return []
    data = {"exercise": "walk", "name": "Walk", "family": "walking", "reps": 1, "real_ms": 240_000}
    return [("activity", data)]


def _reps(kept: Kept) -> list[Event]:
    if kept.by_hand:
        return []
    found: list[Event] = []
    for exercise, family, side, count, held_ms in (
        ("bird-dog", "anti-rotation", "left", kept.left, 10_000),
        ("bird-dog", "anti-rotation", "right", kept.right, 10_000),
        ("cat-cow", "mobility", None, kept.cows, 0),
    ):
        data = {"exercise": exercise, "family": family, "side": side, "reps": 1}
        found += [("rep", {**data, "real_ms": 12_000, "held_ms": held_ms})] * count
    return found


def facts_of(
    path: Path,
    *sessions: Kept,
    since: date = SINCE,
    until: date = TODAY,
    a_week: int = 4,
    notes: bool = False,
) -> Facts:
    """The facts of a period, of a history with these sessions."""
    keep(path, *sessions)
    return facts_in(path, since, until, a_week=a_week, notes=notes)


def page_in(path: Path, *sessions: Kept, **asked: Any) -> Page:
    """The report of such a history, in words."""
    return page_of(facts_of(path, *sessions, **asked), TODAY)


def hurt(ago: int = 0, *answers: Event, **changes: Any) -> Kept:
    """A session that a stop has ended."""
    return Kept(ago, events=(STOP, *answers), outcome="pain", **changes)
