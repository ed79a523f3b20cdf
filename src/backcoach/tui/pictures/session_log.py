"""A session that is over as lines to read: what happened when, and what was corrected since."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from backcoach.document.problems import plain_text
from backcoach.durations import format_clock
from backcoach.history.records import EventRecord
from backcoach.player.barring import REASONS
from backcoach.player.questions import WORDS
from backcoach.tui.canvas import Role
from backcoach.tui.pictures.holds import name_of_step, names_in, phase_word, steps_of, tame

if TYPE_CHECKING:
    from backcoach.history.desk import Detail

AMENDED: Final = {
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


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of a session.

    Attributes:
        time: when it was, "18:07:12"; empty where the line belongs to the one before.
        active: how much of the session was over by then, "0:32".
    """

    time: str
    active: str
    text: str
    role: Role = Role.TEXT


def session_log(detail: "Detail") -> list[LogLine]:
    """Everything that happened in a session, in its order; the reps of a set in one line."""
    return list(_Log(tame(detail)).lines())


class _Log:
    """Tells a session's events."""

    def __init__(self, detail: "Detail") -> None:
        self._detail = detail
        self._zone = detail.session.started_at.tzinfo
        self._names = names_in(detail)
        self._doses = {
            step.get("number"): plain_text(str(step.get("dose") or ""))
            for step in steps_of(detail.plan)
        }
        self._ended = detail.session.ended_at
        # Of the score at the start, the row has what was written last.
        self._before: dict[str, Any] = {"pain-before": detail.answers.get("pain")}

    def lines(self) -> Iterator[LogLine]:
        """From its first event to its last."""
        events = list(self._detail.events)
        number = 0
        over = False
        while number < len(events):
            event = events[number]
            if event.kind == "rep":
                after = number
                place = _set_of(event)
                while after < len(events) and events[after].kind == "rep":
                    if _set_of(events[after]) != place:
                        break
                    after += 1
                yield self._line(event, _reps(events[number:after]), Role.TEXT)
                number = after
                continue
            over = over or event.kind == "end"
            yield from self._one(event, events[number + 1 :], over=over)
            number += 1

    def _one(
        self, event: EventRecord, later: list[EventRecord], *, over: bool
    ) -> Iterator[LogLine]:
        data = event.data
        match event.kind:
            case "step":
                step = data.get("step")
                words = [name_of_step(self._detail.plan, step), self._doses.get(step, "")]
                if data.get("round"):
                    words.append(f"round {data['round']}")
                yield self._line(event, " · ".join(filter(None, words)), Role.STRONG)
            case "pause":
                yield self._line(event, self._pause(event, later), Role.MUTED)
            case "resume" | "mute" | "breathing" | "relief":
                return
            case "change":
                yield self._line(event, _change(data), Role.MUTED)
            case "swap":
                yield self._line(event, self._swap(data), Role.MUTED)
            case "ache":
                words_ = "it ached again: this exercise ended" if data.get("ends") else "it ached"
                yield self._line(event, words_, Role.PREPARE)
            case "check-in":
                yield self._line(event, "went on with it, after another check-in", Role.STRONG)
            case "skip":
                yield self._line(event, "on to the next step", Role.MUTED)
            case "back":
                back = name_of_step(self._detail.plan, data.get("to_step"))
                undone = "took that back: " if data.get("undone") else "back to "
                yield self._line(event, f"{undone}{back}", Role.MUTED)
            case "stop":
                yield self._line(event, f"× {self._stop(data)}", Role.STRONG)
            case "answer":
                answer = _answer(data, self._names)
                yield LogLine("", "", f"  {answer}", Role.TEXT)
            case "mistake":
                yield self._line(event, "× that was pressed by mistake", Role.MUTED)
            case "left-out":
                name = name_of_step(self._detail.plan, data.get("step"))
                why = REASONS.get(str(data.get("reason")), "left out")
                yield self._line(event, f"{name}: {why}", Role.MUTED)
            case "activity":
                name = plain_text(str(data.get("name") or data.get("exercise") or "activity"))
                real_ms = data.get("real_ms")
                length = format_clock(real_ms) if isinstance(real_ms, int) else ""
                yield self._line(event, f"{name}   {length}".rstrip(), Role.STRONG)
            case "end":
                outcome = str(data.get("outcome"))
                words_ = _OUTCOMES.get(outcome, plain_text(outcome))
                yield self._line(event, words_, Role.STRONG)
            case kind if kind in AMENDED:
                yield self._amended(event, over=over)
            case kind:
                yield self._line(event, plain_text(kind), Role.MUTED)

    def _line(self, event: EventRecord, text: str, role: Role) -> LogLine:
        at = event.at.astimezone(self._zone)
        return LogLine(f"{at:%H:%M:%S}", format_clock(event.active_ms), text, role)

    def _pause(self, event: EventRecord, later: list[EventRecord]) -> str:
        words = _PAUSES.get(str(event.data.get("reason")), "paused")
        lost_ms = event.data.get("lost_ms")
        ended = next((each.at for each in later if each.kind in ("resume", "end", "stop")), None)
        if isinstance(lost_ms, int) and lost_ms > 0:
            return f"{words}: {format_clock(lost_ms)} not counted"
        if ended is None:
            return words
        return f"{words} for {format_clock(round((ended - event.at).total_seconds() * 1000))}"

    def _swap(self, data: Mapping[str, Any]) -> str:
        if data.get("form") == "easier":
            easier = self._names.get(str(data.get("exercise")), str(data.get("exercise") or ""))
            return f"on with an easier exercise: {plain_text(easier)}"
        return "made smaller: half of the hold"

    def _stop(self, data: Mapping[str, Any]) -> str:
        parts = [name_of_step(self._detail.plan, data.get("step"))]
        if data.get("side"):
            parts.append(plain_text(str(data["side"])))
        if data.get("rep"):
            parts.append(f"rep {data['rep']}")
        into_ms = data.get("into_ms")
        if isinstance(into_ms, int):
            parts.append(f"{into_ms // 1000} s into the {phase_word(data.get('phase'))}")
        moved = "no, the one before: " if data.get("moved") else "it hurt: "
        return moved + ", ".join(parts)

    def _amended(self, event: EventRecord, *, over: bool) -> LogLine:
        """What was written down, and what stood there before."""
        value = self._said(event.kind, event.data.get("value"))
        was = self._before.get(event.kind)
        self._before[event.kind] = value
        text = f"{AMENDED[event.kind]}: {value}"
        if was not in (None, ""):
            text += f"   (was: {was})"
        at = event.at.astimezone(self._zone)
        late = over and self._ended is not None and at.date() != self._ended.date()
        time = f"{at.day} {at:%b}" if late else f"{at:%H:%M:%S}"
        return LogLine(time, "", text, Role.TEXT)

    def _said(self, kind: str, value: object) -> str:
        if kind == "ached-after" and isinstance(value, list):
            names = [name_of_step(self._detail.plan, number) for number in value]
            return ", ".join(names) or "nothing"
        if value is None or value == "":
            return "nothing"
        return plain_text(str(value))


def _set_of(event: EventRecord) -> tuple[object, ...]:
    data = event.data
    return tuple(data.get(key) for key in ("step", "exercise", "side", "round", "set"))


def _reps(events: list[EventRecord]) -> str:
    """The reps of a set: on which side, how many, and how long each was held."""
    data = events[0].data
    reps = [event.data.get("reps") for event in events]
    count = sum(each for each in reps if isinstance(each, int))
    held = [round(ms / 1000) for event in events if (ms := _ms(event, "held_ms"))]
    parts = []
    if data.get("side"):
        parts.append(plain_text(str(data["side"])))
    if data.get("set") is None:
        # One stretch of time, with no sets.
        parts.append(format_clock(sum(_ms(event, "real_ms") for event in events)))
        return "  " + " · ".join(parts)
    parts.append(f"set {data['set']}")
    if len(held) == count and len(set(held)) == 1:
        parts.append(f"{count} × {held[0]} s")
    else:
        parts.append("a rep" if count == 1 else f"{count} reps")
        if held:
            parts.append(f"held {', '.join(map(str, held))} s")
    return "  " + " · ".join(parts)


def _ms(event: EventRecord, key: str) -> int:
    value = event.data.get(key)
    return value if isinstance(value, int) else 0


def _change(data: Mapping[str, Any]) -> str:
    by_ms = data.get("by_ms")
    seconds = by_ms // 1000 if isinstance(by_ms, int) else 0
    longer = "longer" if seconds >= 0 else "shorter"
    return f"the {phase_word(data.get('phase'))} {abs(seconds)} s {longer}"


def _answer(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    question = str(data.get("question"))
    value = data.get("value")
    asked = _QUESTIONS.get(question, plain_text(question))
    if value is None:
        return f"{asked}: left out"
    said = names.get(str(value), str(value)) if question == "position" else str(value)
    return f"{asked}: {WORDS.get(said, plain_text(said))}"
