"""Sessions of plain values, on days that are handed in."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import count
from typing import Any, Final

from hypothesis import strategies as st

from backcoach.history.records import SessionRecord, StopRecord

TODAY: Final = date(2026, 11, 22)
"""A Sunday."""
_NUMBERS: Final = count()


def days_ago(days: int) -> date:
    """A day before `TODAY`; after it where the number is negative."""
    return TODAY - timedelta(days=days)


def a_session(
    day: date = TODAY, at: str = "19:30", *, hours: float = 0, minutes: float = 10, **changes: Any
) -> SessionRecord:
    """A completed session of ten minutes.

    Args:
        day, at: of the place it is played at.
        hours: that place's offset from UTC.
        minutes: of active time.
    """
    zone = timezone(timedelta(hours=hours)) if hours else UTC
    started = datetime.combine(day, time.fromisoformat(at), zone)
    fields: dict[str, Any] = {
        "id": f"session-{next(_NUMBERS)}",
        "routine": "bird-dogs",
        "name": "Bird-dogs",
        "started_at": started,
        "ended_at": started + timedelta(minutes=minutes),
        "outcome": "completed",
        "rehearsal": False,
        "active_ms": round(minutes * 60_000),
        "planned_ms": 600_000,
    }
    return SessionRecord(**fields | changes)


def a_walk(day: date = TODAY, minutes: float = 20, **changes: Any) -> SessionRecord:
    """A walk that was written down by hand."""
    fields: dict[str, Any] = {
        "routine": "walk",
        "by_hand": True,
        "planned_ms": 0,
        "families": {"walking": round(minutes * 60_000)},
    }
    return a_session(day, minutes=minutes, **fields | changes)


def a_stop(exercise: str | None = "plank", side: str | None = None, **changes: Any) -> StopRecord:
    """A stop in the second rep."""
    return StopRecord(**{"exercise": exercise, "side": side, "set": 1, "rep": 2, "at_ms": 9000}
                      | changes)  # fmt: skip


_PAIN: Final = st.none() | st.integers(0, 10)
_STOPS: Final = st.builds(
    a_stop,
    st.sampled_from([None, "plank", "bridge"]),
    st.sampled_from([None, "left", "right"]),
    intensity=_PAIN,
    mistake=st.booleans(),
)
SESSIONS: Final = st.builds(
    a_session,
    st.integers(-5, 70).map(days_ago),
    st.sampled_from(["00:00", "12:00", "23:59:59"]),
    hours=st.sampled_from([-10, 0, 5.5, 14]),
    minutes=st.sampled_from([0, 0.5, 4, 5, 10, 30]),
    outcome=st.sampled_from(["running", "completed", "ended", "pain", "interrupted"]),
    rehearsal=st.booleans(),
    by_hand=st.booleans(),
    pain_before=_PAIN,
    pain_after=_PAIN,
    families=st.dictionaries(
        st.sampled_from(["", "aerobic", "walking", "lateral", "hip", "rest"]),
        st.integers(1, 10**6),
        max_size=3,
    ),
    stops=st.lists(_STOPS, max_size=2).map(tuple),
    aches=st.lists(st.sampled_from(["plank", "bridge"]), unique=True).map(tuple),
)
HISTORIES: Final = st.lists(SESSIONS, max_size=25)
