"""What is put right about a session when it is over: its note, its scores, whether it counts."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from backcoach.cli.changing import changing, sure
from backcoach.cli.saying import say
from backcoach.document.problems import plain_text
from backcoach.errors import BackcoachError
from backcoach.history.records import SessionRecord, whole_text


def amend(
    path: Path, session: SessionRecord, changes: Mapping[str, str | int], now: datetime
) -> None:
    """Write a note or a score; what stood there before is kept.

    Raises:
        BackcoachError: the session still runs, or the history can't be written.
    """
    with changing(path) as store:
        for kind, value in changes.items():
            told = whole_text(value).strip() if isinstance(value, str) else value
            store.amend(session.id, kind, told, now)
    say(f"written down: {_which(session)}")


def delete_session(path: Path, session: SessionRecord, now: datetime, *, yes: bool) -> None:
    """Take a session out of everything, once the person is sure.

    Raises:
        BackcoachError: the session still runs, or the history can't be written.
        click.UsageError: there is nobody to ask.
    """
    if session.outcome == "running":
        raise BackcoachError(f"{session.name} still runs: delete it when it is over")
    if not sure(f"Delete {_which(session)}? It can be put back for a while.", yes=yes):
        say("Nothing was deleted.")
        return
    with changing(path) as store:
        store.delete(session.id, now)
    say(f"deleted: {_which(session)}")
    say(f"backcoach history {plain_text(session.id[:8])} --undelete    puts it back", err=True)


def undelete_session(path: Path, session: SessionRecord) -> None:
    """Take a deletion back.

    Raises:
        BackcoachError: the history can't be written.
    """
    with changing(path) as store:
        store.put_back(session.id)
    say(f"it is back: {_which(session)}")


def _which(session: SessionRecord) -> str:
    return plain_text(f"{session.name}, {session.started_at:%Y-%m-%d %H:%M}")
