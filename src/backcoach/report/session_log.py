"""A session that is over as lines to read: what happened when, and what was corrected since."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from backcoach.document.problems import plain_text
from backcoach.durations import format_clock
from backcoach.history.records import EventRecord
from backcoach.player.barring import REASONS
from backcoach.player.questions import WORDS
from backcoach.player.words import the_phase
from backcoach.report.detail import (
    name_of_step,
    names_in,
    place_in,
    steps_of,
    tame,
)

if TYPE_CHECKING:
    from backcoach.history.desk import Detail

_AMENDED: Final = {
    "note": "note",
    "pain-before": "pain before",
    "pain-after": "pain afterwards",
    "ached-after": "ached",
    "morning": "next morning",
}
"""What may be written down after a session, and what it is called."""
_PAUSES: Final = {
    "key": "paused",
    "menu": "paused at the stop menu",
    "quit": "asked whether to end",
    "help": "looked at the keys",
    "gap": "the machine slept or the program stood still",
}
_QUESTIONS: Final = {
    "what": "what it was",
    "where": "where",
    "how-much": "how much",
    "red-flags": "a warning sign",
    "again": "how much now",
    "leg-gone": "gone from the leg",
    "position": "rested as",
}
_OUTCOMES: Final = {
    "completed": "done",
    "ended": "ended by choice",
    "pain": "ended after a stop",
    "interrupted": "broken off",
}
_MOST_UNKNOWN: Final = 60
"""Characters that are shown of what an event of another version holds."""


class Weight(Enum):
    """How much a line counts, for whoever draws it."""

    STRONG = auto()
    USUAL = auto()
    LIGHT = auto()
    AMBER = auto()


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of a session; a day by itself where the lines below it are of another one.

    Attributes:
        time: when it was, "18:07:12", or the day; empty where it belongs to the line above.
        active: how much of the session was over by then, "0:32"; empty for what came after it.
        text: what happened; indented where it is a part of what is above.
    """

    time: str
    active: str
    text: str
    weight: Weight = Weight.USUAL


def session_log(detail: "Detail") -> list[LogLine]:
    """Everything that happened in a session, in its order; the reps of a set in one line."""
    return list(_Log(tame(detail)).lines())


class _Log:
    """Tells a session's events."""

    def __init__(self, detail: "Detail") -> None:
        self._plan = detail.plan
        self._events = detail.events
        self._zone = detail.session.started_at.tzinfo
        self._day = detail.session.day
        self._names = names_in(detail)
        self._doses = {
            step.get("number"): str(step.get("dose") or "") for step in steps_of(detail.plan)
        }
        # Of the score at the start, the row has what was written last.
        self._before: dict[str, Any] = {"pain-before": detail.answers.get("pain")}

    def lines(self) -> Iterator[LogLine]:
        """From its first event to its last."""
        number = 0
        for place, group in groupby(self._events, key=_set_of):
            events = list(group)
            if place:
                for run in _runs(events):
                    yield from self._line(run[0], _reps(run), Weight.USUAL)
            else:
                for after, event in enumerate(events, number + 1):
                    yield from self._one(event, self._events[after:])
            number += len(events)

    def _one(self, event: EventRecord, later: Sequence[EventRecord]) -> Iterator[LogLine]:
        data = event.data
        match event.kind:
            case "answer":
                yield LogLine("", "", f"  {self._answer(data)}")
            case "pause":
                yield from self._line(event, _pause(event, later), Weight.LIGHT)
            case "resume":
                # A pause says how long it was.
                return
            case kind if kind in _AMENDED:
                for line in self._line(event, self._amended(event), Weight.USUAL):
                    yield LogLine(line.time, "", line.text)
            case _:
                yield from self._line(event, *self._told(event))

    def _told(self, event: EventRecord) -> tuple[str, Weight]:
        """An event in a few words; one that isn't known, with what it holds."""
        data = event.data
        match event.kind:
            case "step":
                return self._step(data), Weight.STRONG
            case "change":
                return _change(data), Weight.LIGHT
            case "swap":
                return self._swap(data), Weight.LIGHT
            case "ache":
                again = "it ached again: this exercise ended"
                return again if data.get("ends") else "it ached", Weight.AMBER
            case "skip":
                to_step = data.get("to_step")
                where = "the end" if to_step is None else name_of_step(self._plan, to_step)
                return f"on to {where}", Weight.LIGHT
            case "back":
                undone = "took that back: " if data.get("undone") else "back to "
                return undone + name_of_step(self._plan, data.get("to_step")), Weight.LIGHT
            case "stop":
                moved = "no, the one before: " if data.get("moved") else "it hurt: "
                return f"× {moved}{place_in(self._plan, data)}", Weight.STRONG
            case "mistake":
                return "× that was pressed by mistake", Weight.LIGHT
            case "left-out":
                why = REASONS.get(str(data.get("reason")), "left out")
                return f"{name_of_step(self._plan, data.get('step'))}: {why}", Weight.LIGHT
            case "activity":
                name = str(data.get("name") or data.get("exercise") or "activity")
                length = [format_clock(real_ms)] if (real_ms := _ms(event, "real_ms")) else []
                return " · ".join([name, *length]), Weight.STRONG
            case "end":
                outcome = str(data.get("outcome"))
                return _OUTCOMES.get(outcome, outcome), Weight.STRONG
            case "taken-over":
                return "gone on with", Weight.STRONG
            case "check-in":
                pain = f": pain {data['pain']}" if "pain" in data else ""
                return f"checked in again{pain}", Weight.LIGHT
            case "declined":
                return "not gone on with", Weight.LIGHT
        holds = json.dumps(data, ensure_ascii=False) if data else ""
        if len(holds) > _MOST_UNKNOWN:
            holds = holds[: _MOST_UNKNOWN - 1] + "…"
        return plain_text(f"{event.kind} {holds}".rstrip()), Weight.LIGHT

    def _line(self, event: EventRecord, text: str, weight: Weight) -> Iterator[LogLine]:
        at = event.at.astimezone(self._zone)
        if at.date() != self._day:
            yield LogLine(_short_day(at.date(), self._day), "", "", Weight.LIGHT)
            self._day = at.date()
        yield LogLine(f"{at:%H:%M:%S}", format_clock(event.active_ms), text, weight)

    def _step(self, data: Mapping[str, Any]) -> str:
        step = data.get("step")
        round_ = f"round {data['round']}" if data.get("round") else ""
        parts = (name_of_step(self._plan, step), self._doses.get(step, ""), round_)
        return " · ".join(filter(None, parts))

    def _swap(self, data: Mapping[str, Any]) -> str:
        if data.get("form") == "easier":
            easier = str(data.get("exercise") or "")
            return f"on with an easier exercise: {self._names.get(easier, easier)}"
        return "made smaller: half of the hold"

    def _answer(self, data: Mapping[str, Any]) -> str:
        question, value = str(data.get("question")), data.get("value")
        asked = _QUESTIONS.get(question, question)
        if value is None:
            return f"{asked}: left out"
        said = str(value)
        if question == "position":
            return f"{asked}: {self._names.get(said, said)}"
        return f"{asked}: {WORDS.get(said, said)}"

    def _amended(self, event: EventRecord) -> str:
        """What was written down, and what stood there before."""
        value = self._said(event.kind, event.data.get("value"))
        was = self._before.get(event.kind)
        self._before[event.kind] = value
        changed = "" if was in (None, "") else f"   (was: {was})"
        return f"{_AMENDED[event.kind]}: {value}{changed}"

    def _said(self, kind: str, value: object) -> str:
        if kind == "ached-after" and isinstance(value, list):
            names = [name_of_step(self._plan, number) for number in value]
            return ", ".join(names) or "nothing"
        if value is None or value == "":
            return "nothing"
        return str(value)


def _short_day(day: date, before: date) -> str:
    """A day, "15 May", with its year where that is another one."""
    return f"{day.day} {day:%b}{f' {day.year}' if day.year != before.year else ''}"


def _set_of(event: EventRecord) -> tuple[object, ...]:
    """The set that a rep belongs to, whatever its side; nothing for what is no rep."""
    if event.kind != "rep":
        return ()
    return tuple(event.data.get(key) for key in ("step", "exercise", "round", "set"))


def _runs(reps: list[EventRecord]) -> list[list[EventRecord]]:
    """The reps of a set by side; those that took turns stay together."""
    runs = [list(run) for _, run in groupby(reps, key=lambda rep: rep.data.get("side"))]
    return [reps] if all(len(run) == 1 for run in runs) else runs


def _reps(reps: list[EventRecord]) -> str:
    """Some reps of a set: on which side, how many, and how long each was held."""
    counts = [event.data.get("reps") for event in reps]
    count = sum(each for each in counts if isinstance(each, int))
    held = [round(ms / 1000) for event in reps if (ms := _ms(event, "held_ms"))]
    sides = dict.fromkeys(str(side) for event in reps if (side := event.data.get("side")))
    parts = [" and ".join(sides)] if sides else []
    set_ = reps[0].data.get("set")
    if set_ is None:
        # One stretch of time, with no sets.
        return "  " + " · ".join([*parts, format_clock(sum(_ms(rep, "real_ms") for rep in reps))])
    parts.append(f"set {set_}")
    if len(held) == count and len(set(held)) == 1:
        parts.append(f"{count} × {held[0]} s")
    else:
        parts.append("a rep" if count == 1 else f"{count} reps")
        if held:
            parts.append(f"held {', '.join(map(str, held))} s")
    return "  " + " · ".join(parts)


def _pause(event: EventRecord, later: Sequence[EventRecord]) -> str:
    words = _PAUSES.get(str(event.data.get("reason")), "paused")
    lost_ms = _ms(event, "lost_ms")
    if lost_ms > 0:
        return f"{words}: {format_clock(lost_ms)} not counted"
    ended = next((each.at for each in later if each.kind in ("resume", "end", "stop")), None)
    if ended is None:
        return words
    return f"{words} for {format_clock(round((ended - event.at).total_seconds() * 1000))}"


def _change(data: Mapping[str, Any]) -> str:
    by_ms = data.get("by_ms")
    seconds = by_ms // 1000 if isinstance(by_ms, int) else 0
    longer = "longer" if seconds >= 0 else "shorter"
    return f"{the_phase(data.get('phase'))} {abs(seconds)} s {longer}"


def _ms(event: EventRecord, key: str) -> int:
    value = event.data.get(key)
    return value if isinstance(value, int) else 0
