"""`backcoach log`: a walk, a swim or heat, written down by hand."""

import re
import uuid
from datetime import datetime, timedelta
from typing import Final

import click

from backcoach.cli.changing import changing
from backcoach.cli.dates import read_day, read_time
from backcoach.cli.main import Context
from backcoach.cli.saying import say
from backcoach.document.problems import plain_text
from backcoach.durations import DurationError, format_duration, parse_duration
from backcoach.history.activities import LONGEST_MS, activity_of, by_hand, probably_meant
from backcoach.history.owner import this_process
from backcoach.history.records import whole_text
from backcoach.session.clock import SystemClock, local

_WORD: Final = re.compile(r"[^\W\d_][\w-]{0,39}")
_PAIN: Final = click.IntRange(0, 10)


@click.command("log")
@click.argument("activity")
@click.argument("duration")
@click.option(
    "--on", "day", metavar="DATE", help="The day it began on; today, where none is given."
)
@click.option("--at", "hour", metavar="HH:MM", help="When it began.")
@click.option("--pain", type=_PAIN, help="How much it hurt before, 0 to 10.")
@click.option("--after", type=_PAIN, help="How much it hurt afterwards.")
@click.option("--note", default="", help="A few words about it.")
@click.pass_obj
def command(
    context: Context,
    activity: str,
    duration: str,
    day: str | None,
    hour: str | None,
    pain: int | None,
    after: int | None,
    note: str,
) -> None:
    """Write down that you did ACTIVITY for DURATION: `log walk 20m`.

    A walk counts towards the week's walking; stretching is mobility; heat, ice and rest are
    relief. Swim, cycle, gardening and any other word are minutes of their own. Without --on and
    --at it has just ended; with --on alone it began at noon.
    """
    now = local(SystemClock().now())
    if not _WORD.fullmatch(activity):
        raise click.BadParameter("one word, like `walk`", param_hint="ACTIVITY")
    if meant := probably_meant(activity):
        raise click.BadParameter(
            f"`{activity}` is not known: did you mean `{meant}`?", param_hint="ACTIVITY"
        )
    done = activity_of(activity)
    lasted_ms = _duration(duration)
    lasted = timedelta(milliseconds=lasted_ms)
    started = _started(day, hour, lasted, now)
    session, events = by_hand(
        str(uuid.uuid4()), done, started, lasted_ms, pain, after, whole_text(note).strip()
    )
    with changing(context.paths.history) as store:
        store.begin(session, this_process())
        for event in events:
            store.add(session.id, event)
    when = f"{started:%Y-%m-%d %H:%M} to {started + lasted:%H:%M}"
    told = f"{done.name}, {format_duration(lasted_ms)}, {when}"
    say(plain_text(f"written down: {told}"))
    say(f"backcoach history {session.id[:8]} --delete    takes it out again", err=True)


def _duration(text: str) -> int:
    if text.isdecimal():
        raise click.BadParameter(f"`{text}` of what? Write {text}m", param_hint="DURATION")
    try:
        lasted_ms = parse_duration(text)
    except DurationError as error:
        raise click.BadParameter(str(error), param_hint="DURATION") from None
    if lasted_ms > LONGEST_MS:
        raise click.BadParameter("nothing is done for more than 24h", param_hint="DURATION")
    if not lasted_ms:
        raise click.BadParameter("that is no time at all", param_hint="DURATION")
    return lasted_ms


def _started(day: str | None, hour: str | None, lasted: timedelta, now: datetime) -> datetime:
    """When it began, with the offset that this machine's clock had then."""
    today = now.date()
    on = today if day is None else read_day(day, today, "--on")
    if hour is None and on == today:
        return now - lasted
    started = datetime.combine(on, read_time(hour or "12:00", "--at")).astimezone()
    if started > now:
        raise click.UsageError(f"{started:%Y-%m-%d %H:%M} is still to come.")
    if started + lasted > now:
        raise click.UsageError(f"{started + lasted:%Y-%m-%d %H:%M}, its end, is still to come.")
    return started
