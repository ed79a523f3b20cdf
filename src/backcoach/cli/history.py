"""`backcoach history`: every session, newest first."""

import click

from backcoach.cli.main import Context, echo_json
from backcoach.document.problems import plain_text
from backcoach.durations import format_clock
from backcoach.history.records import SessionRecord, session_json
from backcoach.history.store import open_existing


@click.command("history")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def command(context: Context, as_json: bool) -> None:
    """Every session: when, what, how long, and how it went."""
    store = open_existing(context.paths.history)
    sessions: list[SessionRecord] = []
    if store is not None:
        with store:
            sessions = store.sessions()
    if as_json:
        echo_json({"sessions": [session_json(session) for session in sessions]})
        return
    if not sessions:
        click.echo("No session yet. `backcoach play bird-dogs` is a start.")
    for session in sessions:
        click.echo(_line(session))


def _line(session: SessionRecord) -> str:
    before = "–" if session.pain_before is None else str(session.pain_before)
    after = "–" if session.pain_after is None else str(session.pain_after)
    stops = sum(not stop.mistake for stop in session.stops)
    parts = [
        f"{session.started_at:%Y-%m-%d %H:%M}",
        f"{format_clock(session.active_ms):>7} of {format_clock(session.planned_ms):>6}",
        f"pain {before} → {after}",
        f"{session.outcome:11}",
        plain_text(session.name),
    ]
    if stops:
        parts.append("a stop" if stops == 1 else f"{stops} stops")
    if session.rehearsal:
        parts.append("rehearsal")
    return "  ".join(parts)
