"""How many of something, and how a session went, in words."""

from typing import Final

from backcoach.history.records import SessionRecord

OUTCOMES: Final = {
    "completed": "completed",
    "ended": "ended",
    "pain": "it hurt",
    "interrupted": "broke off",
    "running": "still runs",
}
"""How a session ended, in a word or two; files and JSON have the names."""


def plural(count: int, noun: str) -> str:
    """So many of something: "no stops", "1 stop", "2 stops"."""
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"


def how_it_ended(session: SessionRecord) -> str:
    """How a session ended, in words; whoever ended it by choice after a stop did so for that."""
    hurt = session.outcome == "ended" and session.real_stops
    return OUTCOMES["pain"] if hurt else OUTCOMES.get(session.outcome, session.outcome)


def so_many_stops(session: SessionRecord) -> str:
    """The stops that were meant: "a stop", "2 stops"; empty where there was none."""
    stops = len(session.real_stops)
    return "a stop" if stops == 1 else plural(stops, "stop") if stops else ""


def out_of_ten(pain: int) -> str:
    """A score as text: "6/10"."""
    return f"{pain}/10"
