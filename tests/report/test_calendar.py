"""A weekly plan, read by two other readers of calendars."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
import vobject
from hypothesis import given
from hypothesis import strategies as st

from backcoach.report.calendar import DAYS, WeeklyPlan, first_time, spread, to_calendar

BERLIN: Final = ZoneInfo("Europe/Berlin")
SPRING: Final = date(2026, 3, 29)
"""The Sunday on which a night is an hour shorter there."""
AUTUMN: Final = date(2026, 10, 25)


def plan(**changes: Any) -> WeeklyPlan:
    """Mondays, Wednesdays and Fridays at six in the evening."""
    fields: dict[str, Any] = {
        "routine": "bird-dogs",
        "name": "Bird-dogs, five minutes",
        "days": (0, 2, 4),
        "at": time(18),
        "until": SPRING + timedelta(days=12),
        "lasts": timedelta(minutes=5),
        "remind": timedelta(minutes=10),
    }
    return WeeklyPlan(**fields | changes)


def morning(day: date) -> datetime:
    """Eight o'clock."""
    return datetime.combine(day, time(8), BERLIN)


def made(found: WeeklyPlan, now: datetime) -> bytes:
    """The file."""
    first = first_time(found, now)
    assert first is not None
    return to_calendar(found, first, now)


def times_of(written: bytes) -> list[datetime]:
    """When the first reader says that it is time."""
    event = vobject.readOne(written.decode()).vevent
    return list(event.getrruleset(addRDate=True))


def times_between(written: bytes, since: date, until: date) -> list[datetime]:
    """When the second one says so."""
    calendar = icalendar.Calendar.from_ical(written.decode())
    found = recurring_ical_events.of(calendar).between(since, until + timedelta(days=1))
    return sorted(event["DTSTART"].dt for event in found)


def times_counted(found: WeeklyPlan, now: datetime) -> list[datetime]:
    """When it is, counted day by day."""
    here = now.replace(tzinfo=None)
    days = (here.date() + timedelta(days=n) for n in range((found.until - here.date()).days + 1))
    moments = [datetime.combine(day, found.at) for day in days if day.weekday() in found.days]
    return [moment for moment in moments if moment > here]


@pytest.mark.parametrize("change", [SPRING, AUTUMN])
def test_six_in_the_evening_stays_so_when_the_clocks_change(change: date) -> None:
    since, until = change - timedelta(days=7), change + timedelta(days=5)
    written = made(plan(until=until), morning(since))
    expected = [
        datetime.combine(change + timedelta(days=n), time(18)) for n in (-6, -4, -2, 1, 3, 5)
    ]

    assert times_of(written) == expected
    assert times_between(written, since, until) == expected


@given(
    days=st.sets(st.integers(0, 6), min_size=1),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    day=st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    hour=st.times(),
    lasts=st.integers(0, 100),
)
def test_two_readers_find_the_days_that_were_meant(
    days: set[int], at: time, day: date, hour: time, lasts: int
) -> None:
    here = datetime.combine(day, hour, BERLIN)
    found = plan(days=tuple(sorted(days)), at=at, until=day + timedelta(days=lasts))
    expected = times_counted(found, here)
    first = first_time(found, here)

    assert first == (expected[0] if expected else None)
    if first is not None:
        written = to_calendar(found, first, here)
        assert times_of(written) == expected
        assert times_between(written, day, found.until) == expected


def test_what_is_in_the_file() -> None:
    written = made(plan(), morning(SPRING))
    event = vobject.readOne(written.decode()).vevent

    assert event.summary.value == "Bird-dogs, five minutes"
    assert event.description.value.splitlines()[0] == "backcoach play bird-dogs"
    assert event.dtstart.value == datetime.combine(date(2026, 3, 30), time(18))
    assert event.dtstart.value.tzinfo is None
    assert event.duration.value == timedelta(minutes=5)
    assert event.dtstamp.value == morning(SPRING).astimezone(UTC)
    assert event.valarm.trigger.value == timedelta(minutes=-10)
    assert event.valarm.action.value == "DISPLAY"


def test_its_lines_are_as_the_standard_has_them() -> None:
    written = made(plan(name="腰" * 60 + ", x; y\\z"), morning(SPRING))

    lines = written.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert max(map(len, lines)) <= 75
    assert b"\n" not in written.replace(b"\r\n", b"")


@pytest.mark.parametrize("name", ["a, b; c\\d", "BEGIN:VEVENT", "腰が軽い", '"quoted": yes'])
def test_a_name_is_text(name: str) -> None:
    event = vobject.readOne(made(plan(name=name), morning(SPRING)).decode()).vevent

    assert event.summary.value == name
    assert event.valarm.description.value == name


def test_a_name_of_several_lines_adds_no_line() -> None:
    name = "One\r\nEND:VEVENT\x1b[2J"
    event = vobject.readOne(made(plan(name=name), morning(SPRING)).decode()).vevent

    assert event.summary.value == "One\ufffd\ufffdEND:VEVENT\ufffd[2J"


def test_the_same_plan_made_again_replaces_the_old_one() -> None:
    def of(found: WeeklyPlan, now: datetime) -> Any:
        return vobject.readOne(made(found, now).decode()).vevent

    old = of(plan(), morning(SPRING))
    new = of(plan(days=(1, 5), at=time(7)), morning(SPRING) + timedelta(minutes=2))
    other = of(plan(routine="planks"), morning(SPRING))

    assert old.uid.value == new.uid.value != other.uid.value
    assert int(new.sequence.value) > int(old.sequence.value)


def test_what_is_over_today_comes_next_week() -> None:
    evening = datetime(2026, 3, 30, 18, tzinfo=BERLIN)

    assert first_time(plan(days=(0,)), evening) == datetime.combine(date(2026, 4, 6), time(18))
    assert first_time(plan(days=(0,)), evening - timedelta(minutes=1)) == datetime.combine(
        date(2026, 3, 30), time(18)
    )


@pytest.mark.parametrize(
    ("sessions", "days"),
    [
        (1, "mon"),
        (2, "mon thu"),
        (3, "mon wed fri"),
        (4, "mon tue thu sat"),
        (5, "mon tue wed fri sat"),
        (7, "mon tue wed thu fri sat sun"),
    ],
)
def test_sessions_are_spread_over_the_week(sessions: int, days: str) -> None:
    assert " ".join(DAYS[day] for day in spread(sessions)) == days
