"""`backcoach ics`: a weekly plan, for a calendar."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

import click

from backcoach.cli.completing import complete_routines
from backcoach.cli.dates import read_day, read_time
from backcoach.cli.handing_out import hand_out
from backcoach.cli.main import Context
from backcoach.durations import DurationError, parse_duration

WEEKS: Final = 12
"""A plan ends after so many weeks where nothing else is asked for, and can be made anew."""
MOST_WEEKS: Final = 520
_ANY: Final = ("Back exercises", timedelta(minutes=15))
"""What stands in the calendar where no routine is named, and how long it takes."""


@click.command("ics")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--days", metavar="mon,wed,fri", help="By default as many as the goal of a week.")
@click.option("--at", "hour", metavar="HH:MM", default="18:00", show_default=True, help="When.")
@click.option("--routine", shell_complete=complete_routines, help="Which one, by id.")
@click.option(
    "--weeks",
    type=click.IntRange(1, MOST_WEEKS),
    help=f"For how long; else {WEEKS} weeks.",
)
@click.option("--until", metavar="DATE", help="The last day, instead of weeks.")
@click.option("--remind", metavar="10m", default="10m", show_default=True, help="How long before.")
@click.option("--force", is_flag=True, help="Write over FILE.")
@click.pass_obj
def command(
    context: Context,
    file: Path | None,
    days: str | None,
    hour: str,
    routine: str | None,
    weeks: int | None,
    until: str | None,
    remind: str,
    force: bool,
) -> None:
    """A weekly plan with reminders, into FILE (.ics) or to the standard output.

    A calendar that imports it again, for the same routine, replaces what it had: so the plan can be
    moved. Nothing about pain or past sessions is in it.
    """
    from backcoach.report.calendar import WeeklyPlan, first_time, to_calendar
    from backcoach.session.clock import SystemClock, local

    now = local(SystemClock().now())
    name, lasts = _ANY if routine is None else _routine(context, routine)
    plan = WeeklyPlan(
        routine=routine or "",
        name=name,
        days=_days(context, days),
        at=read_time(hour, "--at"),
        until=_until(weeks, until, now),
        lasts=lasts,
        remind=_remind(remind),
    )
    first = first_time(plan, now)
    if first is None:
        raise click.UsageError(f"no day of this plan comes before {plan.until} is over")
    hand_out(file, [to_calendar(plan, first, now)], force=force)


def _days(context: Context, text: str | None) -> tuple[int, ...]:
    from backcoach.report.calendar import DAYS, spread

    if text is None:
        from backcoach.cli.wiring import settings_in
        from backcoach.settings.model import WeekGoals

        goal = settings_in(context.paths)[0].week.sessions or WeekGoals().sessions
        return spread(min(goal, len(DAYS)))
    words = [word.strip().lower() for word in text.split(",")]
    if strange := [word for word in words if word not in DAYS]:
        raise click.BadParameter(
            f"`{strange[0]}` is no day: write {','.join(DAYS)}", param_hint="--days"
        )
    return tuple(sorted({DAYS.index(word) for word in words}))


def _until(weeks: int | None, until: str | None, now: datetime) -> date:
    if until is None:
        return now.date() + timedelta(weeks=weeks or WEEKS, days=-1)
    if weeks is not None:
        raise click.UsageError("--weeks and --until both say how long: take one of them")
    return read_day(until, now.date(), "--until")


def _remind(text: str) -> timedelta:
    try:
        return timedelta(milliseconds=parse_duration(text))
    except DurationError as error:
        raise click.BadParameter(str(error), param_hint="--remind") from error


def _routine(context: Context, routine: str) -> tuple[str, timedelta]:
    """A routine's name, and how long it takes in whole minutes."""
    from backcoach.routines.finding import find_entry
    from backcoach.routines.remembering import load_timeline

    timeline = load_timeline(context.paths, find_entry(context.paths, routine))
    return timeline.name, timedelta(minutes=max(1, -(-timeline.total_ms // 60_000)))
