"""The stops of a period, each with its place and everything that was answered."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from backcoach.history.records import EventRecord, SessionRecord, StopRecord
from backcoach.player.state import Question
from backcoach.stats.places import names_of


@dataclass(frozen=True, slots=True)
class StopFact:
    """A stop that was no mistake.

    Attributes:
        name: of the exercise; empty in a rest.
        red_flags: what was answered to the check for emergency signs, "yes" or "no"; empty where
            it was left out, None where it wasn't asked.
        again: the pain after the rest that followed; None where nobody said.
        leg_gone: whether what was felt in a leg had gone, as `red_flags`.
    """

    session: SessionRecord
    stop: StopRecord
    name: str
    red_flags: str | None = None
    again: int | None = None
    leg_gone: str | None = None


def stops_in(session: SessionRecord, events: Iterable[EventRecord]) -> Iterator[StopFact]:
    """A session's stops; what its record doesn't have of them stands in its events."""
    names = names_of([session])
    stopped: set[int] = set()
    answers: dict[int, dict[str, Any]] = {}
    for event in events:
        number = event.data.get("number")
        if not isinstance(number, int):
            continue
        if event.kind == "stop":
            stopped.add(number)
        elif event.kind == "answer":
            question = str(event.data.get("question"))
            answers.setdefault(number, {})[question] = event.data.get("value")
    numbers = sorted(stopped)
    for at, stop in enumerate(session.stops):
        if stop.mistake:
            continue
        number = numbers[at] if len(numbers) == len(session.stops) else 0
        said = answers.get(number, {})
        again = said.get(Question.AGAIN)
        yield StopFact(
            session,
            stop,
            name=names.get(stop.exercise, stop.exercise) if stop.exercise else "",
            red_flags=_said(said, Question.RED_FLAGS),
            again=again if isinstance(again, int) else None,
            leg_gone=_said(said, Question.LEG_GONE),
        )


def _said(answers: Mapping[str, Any], question: Question) -> str | None:
    return str(answers[question] or "") if question in answers else None
