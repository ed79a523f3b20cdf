"""Years of a history, as somebody may have them: played by the real player, on other days.

The same ones for the same seed. Each bundled routine is played a few times in different ways, to
its end or not; a session of some day in the past is one of these, moved there.
"""

import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any, Final

from player_building import Playing
from session_building import ROOT

from backcoach.catalogue.loading import Catalogue
from backcoach.document.reading import read_document
from backcoach.history.owner import Owner
from backcoach.history.plans import plan_of
from backcoach.history.records import EventRecord, NewSession, SessionRecord
from backcoach.history.store import Store
from backcoach.history.summary import last_value, summarise
from backcoach.routines.checking import check_routine
from backcoach.routines.compiling import compile_routine
from backcoach.timeline.model import PhaseKind, Timeline

TODAY: Final = date(2026, 11, 22)
"""The last day of every history."""
GONE: Final = Owner(1, "a boot long ago", "0")
"""Whoever played: none of them still runs."""
NOTES: Final = (
    "Left hip stiff until the second round.",
    "Sat all day; the walk helped.",
    "Rücken müde, sonst gut.",
    "=slept badly, so only half",
    "腰が軽い",
    "Felt fine.\nTook the stairs afterwards.",
)
ACTIVITIES: Final = (
    ("walk", "Walk", "walking", 20),
    ("walk", "Walk", "walking", 45),
    ("swim", "Swim", "other", 30),
    ("heat", "Heat", "relief", 15),
)
_WAYS: Final = ("whole", "whole", "paused", "ached", "stopped", "mistaken", "ended", "killed")
_WEIGHTS: Final = (35, 30, 10, 7, 5, 2, 6, 5)
_TRAVELS: Final = {2: 19_800, 7: -14_400, 10: 46_800}
"""In the first days of these months: India, New York, Auckland."""


@dataclass(frozen=True, slots=True)
class Past:
    """A session of a past day: what was written at its start, and all that happened in it.

    Attributes:
        outcome: None where its program was killed.
    """

    new: NewSession
    events: tuple[EventRecord, ...]
    outcome: str | None


def ten_years(path: Path, sessions: int = 3650, *, until: date = TODAY, seed: int = 0) -> None:
    """Write a history by the real store, about 30 events a session and one session a day.

    Args:
        path: of the database, which may be there already.
        until: the day of the last session.
    """
    with Store(path) as store, store.transaction():
        for past in past_sessions(sessions, until, seed):
            store.begin(past.new, GONE)
            for event in past.events:
                store.add(past.new.id, event)
        for session in store.unsettled():
            store.settle(session)


def a_year(sessions: int = 365, *, until: date = TODAY, seed: int = 0) -> list[SessionRecord]:
    """As many sessions as `Reader.sessions(exercises=True)` would give of such a history."""
    return [_record(past) for past in past_sessions(sessions, until, seed)][::-1]


def past_sessions(sessions: int, until: date = TODAY, seed: int = 0) -> Iterator[Past]:
    """So many sessions up to a day, the oldest first: on some days none, on others two."""
    chance = random.Random(seed)
    begun: list[datetime] = []
    day = until
    while len(begun) < sessions:
        for hour in sorted(chance.sample((7, 12, 18, 21), chance.choice((0, 1, 1, 2)))):
            moment = time(hour, chance.randrange(60), chance.randrange(60))
            begun.append(datetime.combine(day, moment, _zone(day)))
        day -= timedelta(days=1)
    pain = 5.0
    for number, started in enumerate(sorted(begun)[-sessions:]):
        # It gets better in the end, and worse now and then.
        pain = min(7.0, max(0.5, pain + chance.gauss(-0.02, 0.5) + (2 - pain) * 0.01))
        name = str(uuid.UUID(int=chance.getrandbits(128), version=4))
        before = min(10, max(0, round(pain + chance.gauss(0, 0.5))))
        if number % 9 == 4:
            yield _by_hand(name, started, chance)
        else:
            yield _played(name, started, before, chance)


def _zone(day: date) -> timezone:
    summer = 3600 if 3 < day.month < 11 else 0
    offset_s = _TRAVELS.get(day.month, 3600 + summer) if day.day < 12 else 3600 + summer
    return timezone(timedelta(seconds=offset_s))


def _by_hand(name: str, started: datetime, chance: random.Random) -> Past:
    activity, title, family, minutes = chance.choice(ACTIVITIES)
    real_ms = minutes * 60_000
    new = NewSession(
        id=name,
        routine=activity,
        name=title,
        started_at=started,
        rehearsal=False,
        planned_ms=0,
        plan={},
        by_hand=True,
    )
    done = {"exercise": activity, "name": title, "family": family, "reps": 1, "real_ms": real_ms}
    over = started + timedelta(milliseconds=real_ms)
    events = (
        EventRecord(1, over, real_ms, "activity", done),
        EventRecord(2, over, real_ms, "end", {"outcome": "completed"}),
    )
    return Past(new, events, "completed")


def _played(name: str, started: datetime, before: int, chance: random.Random) -> Past:
    routine = chance.choice(_routines())
    (way,) = chance.choices(_WAYS, _WEIGHTS)
    timeline, plan = _timeline(routine)
    played = _play(routine, way, 0 if way == "whole" else chance.randrange(8))
    events = [
        EventRecord(seq, started + timedelta(milliseconds=at_ms), active_ms, kind, data)
        for seq, (at_ms, active_ms, kind, data) in enumerate(played, 1)
    ]
    outcome = events[-1].data["outcome"] if events[-1].kind == "end" else None
    after = max(0, before + chance.choice((-2, -1, -1, 0, 0, 1)))
    for kind, value, share in (("pain-after", after, 0.85), ("note", chance.choice(NOTES), 0.1)):
        if outcome is not None and chance.random() < share:
            last = events[-1]
            at = last.at + timedelta(seconds=8)
            events.append(EventRecord(last.seq + 1, at, last.active_ms, kind, {"value": value}))
    new = NewSession(
        id=name,
        routine=routine,
        name=timeline.name,
        started_at=started,
        rehearsal=chance.random() < 0.02,
        planned_ms=timeline.total_ms,
        plan=plan,
        pain_before=before,
        answers={"pain": before, "nothing_new": True, "declared": False},
    )
    return Past(new, tuple(events), outcome)


@cache
def _routines() -> Sequence[str]:
    return sorted(path.stem for path in (ROOT / "routines").glob("*.toml"))


@cache
def _timeline(routine: str) -> tuple[Timeline, dict[str, Any]]:
    document = read_document(str(ROOT / "routines" / f"{routine}.toml"))
    timeline = compile_routine(check_routine(routine, document, Catalogue()))
    return timeline, plan_of(timeline)


@cache
def _play(routine: str, way: str, seed: int) -> Sequence[tuple[int, int, str, dict[str, Any]]]:
    """The recorded events of a session: when, by the player's time and the active one, and what."""
    chance = random.Random(f"{routine} {way} {seed}")
    timeline, _ = _timeline(routine)
    playing = Playing(timeline)
    if way != "whole":
        playing.wait(chance.randrange(timeline.total_ms // 10, timeline.total_ms * 9 // 10))
        if way not in ("ended", "killed"):
            # An ache or a stop belongs to an exercise.
            while playing.state.current.kind not in (PhaseKind.HOLD, PhaseKind.TIMED):
                playing.wake()
    match way:
        case "paused":
            playing.key("space")
            playing.wait(chance.randrange(5_000, 90_000))
            playing.key("space")
        case "ached":
            playing.key("a")
        case "stopped":
            what, where, how_much = chance.choice("13"), chance.choice("123"), chance.choice("2345")
            playing.key("x", what, where, how_much)
            playing.wait(chance.randrange(20_000, 200_000))
            playing.key("q")
        case "mistaken":
            playing.key("x", "z")
        case "ended":
            playing.key("q", "y")
    if way != "killed":
        # Four hours: whatever is asked in between, nobody waits for longer.
        playing.wait(14_400_000)
    found = []
    for event in playing.events:
        if event.recorded:
            data = asdict(event)
            found.append((data.pop("at_ms"), data.pop("active_ms"), event.kind, data))
    return found


def _record(past: Past) -> SessionRecord:
    new, events = past.new, past.events
    summary = summarise(new.plan, events, past.outcome)
    end = next((event.at for event in events if event.kind == "end"), None)
    before = last_value(events, "pain-before")
    zone = new.started_at.tzinfo
    over = end or (events[-1].at if events else new.started_at)
    return SessionRecord(
        id=new.id,
        routine=new.routine,
        name=new.name,
        started_at=new.started_at,
        ended_at=over.astimezone(zone),
        outcome=past.outcome or "interrupted",
        rehearsal=new.rehearsal,
        active_ms=max((event.active_ms for event in events), default=0),
        planned_ms=new.planned_ms,
        pain_before=new.pain_before if before is None else before,
        pain_after=last_value(events, "pain-after"),
        stops=summary.stops,
        by_hand=new.by_hand,
        families=summary.families,
        aches=summary.aches,
        clean=summary.clean,
        note=summary.note,
        exercises=summary.exercises,
    )
