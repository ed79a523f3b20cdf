"""Reminders for a weekly plan, as a file that calendars read (iCalendar, RFC 5545)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import icalendar

from backcoach.document.problems import plain_text

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The days of a week, as they are written on a command line."""
_BYDAY: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_OURS: Final = uuid.UUID("5c0a1f52-5d0e-4c5b-9a49-7f3c2f6b1e84")
"""The space of our names: the same plan has the same one, so that a calendar replaces it."""


@dataclass(frozen=True, slots=True)
class WeeklyPlan:
    """When to exercise.

    Attributes:
        routine: its id; empty for whichever is chosen then.
        name: what is seen in the calendar.
        days: of the week, from 0 for Monday.
        at: local time, wherever one is.
        until: the last day.
        lasts: how long a session is.
        remind: how long before it a reminder comes.
    """

    routine: str
    name: str
    days: tuple[int, ...]
    at: time
    until: date
    lasts: timedelta
    remind: timedelta


def spread(sessions: int) -> tuple[int, ...]:
    """So many days of a week, 1 to 7, as far from each other as they can be: 3 is mon, wed, fri."""
    return tuple(number * 7 // sessions for number in range(sessions))


def first_time(plan: WeeklyPlan, now: datetime) -> datetime | None:
    """The plan's first session after a moment, in local time without a zone; None where none is.

    Args:
        now: local time.
    """
    here = now.replace(tzinfo=None)
    for ahead in range(8):
        day = here.date() + timedelta(days=ahead)
        moment = datetime.combine(day, plan.at)
        if day.weekday() in plan.days and moment > here:
            return moment if day <= plan.until else None
    return None


def to_calendar(plan: WeeklyPlan, first: datetime, made: datetime) -> bytes:
    """The file: one event that repeats, with its reminder.

    Times have no zone: six in the evening stays six in the evening, in summer and abroad.

    Args:
        first: as `first_time` gives it.
        made: the present moment.
    """
    event = icalendar.Event()
    event.add("uid", str(uuid.uuid5(_OURS, plan.routine)))
    event.add("dtstamp", made.astimezone(UTC))
    # Of two files with the same name calendars keep the one with the higher number.
    event.add("sequence", int(made.timestamp()) // 60)
    name = plain_text(plan.name)
    event.add("summary", name)
    event.add("description", "\n".join(_description(plan.routine)))
    event.add("dtstart", first)
    event.add("duration", plan.lasts)
    event.add("rrule", _rule(plan))
    event.add("class", "PRIVATE")
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", name)
    alarm.add("trigger", -plan.remind)
    event.add_component(alarm)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//backcoach//weekly plan//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _rule(plan: WeeklyPlan) -> dict[str, object]:
    days: Sequence[str] = [_BYDAY[day] for day in plan.days]
    return {"freq": "WEEKLY", "byday": days, "until": datetime.combine(plan.until, plan.at)}


def _description(routine: str) -> tuple[str, ...]:
    return (
        f"backcoach play {routine}" if routine else "backcoach",
        "Only if it is all right today: a day of rest is part of it.",
    )
