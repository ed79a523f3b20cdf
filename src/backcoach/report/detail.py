"""One session in full, as anybody's file may have it: made safe to show, its stops in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from backcoach.document.problems import plain_text
from backcoach.history.records import StopRecord, stops_of
from backcoach.player.questions import WORDS
from backcoach.player.words import the_phase
from backcoach.stats.words import out_of_ten

if TYPE_CHECKING:
    from backcoach.history.desk import Detail


@dataclass(frozen=True, slots=True)
class StopSaid:
    """A stop in words.

    Attributes:
        at_ms: how much of the session was over when it was pressed.
        where: where in the session it was.
        answers: what was answered; empty where nothing was.
    """

    at_ms: int
    where: str
    answers: str


def one_line(text: str) -> str:
    """Somebody's words on one line, with nothing in them that a terminal would obey."""
    return plain_text(" ".join(text.splitlines()))


def steps_of(plan: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The steps of a plan that was kept; whatever else is in it is left out."""
    steps = plan.get("steps")
    return [step for step in steps if isinstance(step, dict)] if isinstance(steps, list) else []


def tame(detail: "Detail") -> "Detail":
    """The same with nothing in it but what may stand there: a file that came in is anybody's."""
    return replace(
        detail,
        plan={"steps": [_tame_step(step) for step in steps_of(detail.plan)]},
        events=[replace(event, data=_plain(event.data, "value")) for event in detail.events],
        answers=_plain(detail.answers),
    )


def _tame_step(step: Mapping[str, Any]) -> dict[str, Any]:
    planned = step.get("planned")
    sides = planned if isinstance(planned, dict) else {}
    return _plain(step, "reps") | {"planned": {str(side): reps for side, reps in sides.items()}}


def _plain(values: Mapping[str, Any], listed: str = "") -> dict[str, Any]:
    """Those that are one value, and of the one that is a list its values; texts as shown."""
    plain: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, str):
            plain[key] = one_line(value)
        elif isinstance(value, int):
            plain[key] = value
        elif key == listed and isinstance(value, list):
            plain[key] = [each for each in value if isinstance(each, int)]
    return plain


def name_of_step(plan: Mapping[str, Any], number: object) -> str:
    """What a step is called; "step 3" where the plan doesn't say."""
    for step in steps_of(plan):
        if step.get("number") == number and isinstance(step.get("name"), str):
            return plain_text(step["name"])
    return f"step {number}"


def names_in(detail: "Detail") -> dict[str, str]:
    """The names of the exercises of a session, by id."""
    names = {done.exercise: plain_text(done.name) for done in detail.session.exercises}
    for step in steps_of(detail.plan):
        if isinstance(step.get("exercise"), str):
            names.setdefault(step["exercise"], plain_text(str(step.get("name", ""))))
    return names


def stops_said(detail: "Detail") -> list[StopSaid]:
    """The stops that were no mistake, each in words."""
    detail = tame(detail)
    places = {
        event.data["number"]: event.data
        for event in detail.events
        if event.kind == "stop" and isinstance(event.data.get("number"), int)
    }
    known = stops_of(detail.events)
    return [
        StopSaid(stop.at_ms, place_in(detail.plan, data), " · ".join(_answers(stop)))
        for (_, data), stop in zip(sorted(places.items()), known, strict=True)
        if not stop.mistake
    ]


def place_in(plan: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    """Where something happened: "Leg slide, right, set 1, rep 3, 2 s into the hold".

    Args:
        plan: the routine as it was played.
        data: of the event.
    """
    parts = [name_of_step(plan, data.get("step"))]
    if data.get("side"):
        parts.append(plain_text(str(data["side"])))
    parts += [f"{word} {data[word]}" for word in ("set", "rep") if data.get(word)]
    into_ms = data.get("into_ms")
    if isinstance(into_ms, int):
        parts.append(f"{into_ms // 1000} s into {the_phase(data.get('phase'))}")
    return ", ".join(parts)


def _answers(stop: StopRecord) -> Iterator[str]:
    for answer in (stop.quality, stop.where):
        if answer:
            yield WORDS.get(answer, plain_text(answer))
    if stop.intensity is not None:
        yield out_of_ten(stop.intensity)
