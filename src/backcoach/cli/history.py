"""`backcoach history`: every session, newest first; one in full; and what is put right later."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import click

from backcoach.cli.dates import read_since
from backcoach.cli.main import Context, echo_json
from backcoach.cli.saying import say
from backcoach.document.problems import plain_text
from backcoach.durations import format_clock
from backcoach.errors import BackcoachError
from backcoach.history.reader import Reader, open_existing
from backcoach.history.records import SessionRecord, session_json
from backcoach.session.clock import SystemClock, local
from backcoach.stats.words import how_it_ended, so_many_stops

NONE_YET = "No session yet. `backcoach play bird-dogs` is a start."
SHORT_ID = 8
"""So many characters of an id are shown."""
SHORTEST_ID = 4
"""So many have to be typed."""

_PAIN = click.IntRange(0, 10)
_DAY = timedelta(days=1)


@click.command("history")
@click.argument("session", required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--since", metavar="DATE|28d", help="Only from this day on.")
@click.option("--routine", metavar="ID", help="Only sessions of this routine.")
@click.option("--exercise", metavar="ID", help="Only sessions with this exercise.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Only the newest N.")
@click.option("--note", metavar="TEXT", help="Write a note to SESSION.")
@click.option("--pain-before", type=_PAIN, help="Put right how much it hurt before SESSION.")
@click.option("--pain-after", type=_PAIN, help="Put right how much it hurt after it.")
@click.option("--delete", is_flag=True, help="Take SESSION out of everything.")
@click.option("--undelete", is_flag=True, help="Put it back.")
@click.option("--deleted", is_flag=True, help="Those that were deleted, and can be put back.")
@click.option("--yes", is_flag=True, help="Delete without asking.")
@click.pass_obj
def command(
    context: Context,
    session: str | None,
    as_json: bool,
    since: str | None,
    routine: str | None,
    exercise: str | None,
    limit: int | None,
    note: str | None,
    pain_before: int | None,
    pain_after: int | None,
    delete: bool,
    undelete: bool,
    deleted: bool,
    yes: bool,
) -> None:
    """Every session: when, what, how long, and how it went.

    SESSION, the first characters of an id or `last`, shows one of them in full. What is put right
    later doesn't wipe out what was there before, and a deletion can be taken back.
    """
    now = local(SystemClock().now())
    changes = {
        kind: value
        for kind, value in (
            ("note", note),
            ("pain-before", pain_before),
            ("pain-after", pain_after),
        )
        if value is not None
    }
    if session is None:
        if changes or delete or undelete:
            raise click.UsageError("Which session? Name it by its id, or `last`.")
        wish = _Wish(since, routine, exercise, limit, deleted)
        _show_list(context, now, wish, as_json=as_json)
        return
    if since or routine or exercise or limit or deleted:
        raise click.UsageError("One session needs nothing that picks from all of them.")
    if delete and (undelete or changes):
        raise click.UsageError("--delete goes alone.")
    reader = open_existing(context.paths.history)
    if reader is None:
        raise BackcoachError("there is no session yet")
    with reader:
        found = find_session(reader, session)
    if delete or undelete or changes:
        from backcoach.cli.amending import amend, delete_session, undelete_session

        if delete:
            delete_session(context.paths.history, found, now, yes=yes)
        if undelete:
            undelete_session(context.paths.history, found)
        if changes:
            amend(context.paths.history, found, changes, now)
        return
    with Reader(context.paths.history) as reader:
        if as_json:
            one = reader.session(found.id)
            echo_json({"sessions": [session_json(one)] if one else []})
            return
        from backcoach.cli.session_view import session_lines

        for line in session_lines(reader, found.id):
            say(line)


@dataclass(frozen=True, slots=True)
class _Wish:
    """Which sessions are listed."""

    since: str | None
    routine: str | None
    exercise: str | None
    limit: int | None
    deleted: bool

    @property
    def picks(self) -> bool:
        return bool(self.since or self.routine or self.exercise or self.deleted)


def _show_list(context: Context, now: datetime, wish: _Wish, *, as_json: bool) -> None:
    first = read_since(wish.since, now.date())
    # A session belongs to the day it had where it was played: look further back than that.
    earliest = datetime.combine(first, time(), UTC) - _DAY if first else None
    sessions: list[SessionRecord] = []
    with ExitStack() as stack:
        reader = open_existing(context.paths.history)
        if reader is not None:
            sessions = stack.enter_context(reader).sessions(
                wish.limit,
                since=earliest,
                routine=wish.routine,
                exercise=wish.exercise,
                deleted=wish.deleted,
            )
        if not sessions and (wish.routine or wish.exercise):
            from backcoach.cli.picking import look_for_slips

            look_for_slips(context.paths, reader, wish.routine, wish.exercise)
    sessions = [each for each in sessions if first is None or each.day >= first]
    if as_json:
        echo_json({"sessions": [session_json(session) for session in sessions]})
        return
    if not sessions and wish.picks:
        say("No such session.")
    elif not sessions:
        from backcoach.history.rescue import what_is_left

        left = what_is_left(context.paths.history)
        say(f"No session here. {left}" if left else NONE_YET)
    for session in sessions:
        say(_line(session))


def find_session(reader: Reader, name: str) -> SessionRecord:
    """The session that is meant: `last`, an id, or the first characters of one.

    Raises:
        BackcoachError: there is none, or more than one.
    """
    if name == "last":
        for newest in reader.sessions(1):
            return newest
        raise BackcoachError("there is no session yet")
    exact = reader.session(name)
    if exact is not None:
        return exact
    if len(name) < SHORTEST_ID:
        raise BackcoachError(f"{name}: write at least {SHORTEST_ID} characters of a session's id")
    ids = reader.beginning(name)
    if not ids:
        raise BackcoachError(f"no session begins with {name}")
    if len(ids) > 1:
        shown = ", ".join(ids[:3])
        raise BackcoachError(f"{len(ids)} sessions begin with {name}: write more of it ({shown})")
    found = reader.session(ids[0])
    if found is None:
        raise BackcoachError(f"no session begins with {name}")
    return found


def _line(session: SessionRecord) -> str:
    before = "–" if session.pain_before is None else str(session.pain_before)
    after = "–" if session.pain_after is None else str(session.pain_after)
    planned = " " * 9 if session.by_hand else f"of {format_clock(session.planned_ms):>6}"
    parts = [
        f"{plain_text(session.id[:SHORT_ID]):{SHORT_ID}}",
        f"{session.started_at:%Y-%m-%d %H:%M}",
        f"{format_clock(session.active_ms):>7} {planned}",
        f"pain {before} → {after}",
        f"{plain_text(how_it_ended(session)):10}",
        plain_text(session.name),
    ]
    if stops := so_many_stops(session):
        parts.append(stops)
    if session.by_hand:
        parts.append("by hand")
    if session.rehearsal:
        parts.append("rehearsal")
    return "  ".join(parts)
