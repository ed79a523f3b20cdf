"""A session that is over, hold by hold: folded from the plan it was played by and its events."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from backcoach.document.problems import plain_text
from backcoach.durations import format_clock
from backcoach.history.records import EventRecord
from backcoach.report.detail import steps_of, tame

if TYPE_CHECKING:
    from backcoach.history.desk import Detail

DONE: Final = "■"
NOT_DONE: Final = "·"
STOPPED: Final = "×"
TIMED: Final = "━"
_MOST_REPS: Final = 60
"""More reps in a set than anybody draws: a plan may be anybody's."""


@dataclass(frozen=True, slots=True)
class Holds:
    """What was done of one step.

    Attributes:
        sides: for each side, its sets, each a text of one character a rep: `DONE`, `NOT_DONE`,
            `STOPPED`, or `TIMED` for an exercise of one stretch.
        counts: the same as numbers, "5 of 8", for where there is no room.
        words: what else there is to say: "left out", "it ached", how long a stretch was.
    """

    name: str
    sides: tuple[tuple[str, ...], ...]
    counts: str
    words: tuple[str, ...] = ()

    @property
    def blocks(self) -> str:
        """All of it in one line."""
        return " / ".join(" ".join(sets) for sets in self.sides)


def holds_of(detail: "Detail") -> list[Holds]:
    """Every step that was an exercise, in the plan's order."""
    detail = tame(detail)
    steps = [step for step in steps_of(detail.plan) if isinstance(step.get("exercise"), str)]
    if not any(isinstance(step.get("planned"), dict) and step["planned"] for step in steps):
        return _without_plan(detail)
    folded = _Folded(detail.events)
    return [_holds(step, folded) for step in steps]


def _without_plan(detail: "Detail") -> list[Holds]:
    """What was written down by hand, or by a version that kept less."""
    rows = []
    for done in detail.session.exercises:
        side = f", {done.side}" if done.side else ""
        reps = str(done.reps) if done.reps > 1 else ""
        time = format_clock(done.real_ms) if done.real_ms and not reps else ""
        rows.append(Holds(plain_text(done.name) + side, (), reps or time))
    return rows


class _Folded:
    """The events of a session by the step that they belong to."""

    def __init__(self, events: Sequence[EventRecord]) -> None:
        self.reps: Counter[tuple[object, ...]] = Counter()
        self.places: set[tuple[object, ...]] = set()
        self.real_ms: Counter[tuple[object, object]] = Counter()
        self.stops: set[tuple[object, ...]] = set()
        self.words: dict[object, list[str]] = {}
        mistaken = {event.data.get("number") for event in events if event.kind == "mistake"}
        last_stops = {
            event.data.get("number"): event.data for event in events if event.kind == "stop"
        }
        for event in events:
            data = event.data
            step = data.get("step")
            if event.kind == "rep":
                place = (step, data.get("side"), data.get("round") or 1, data.get("set") or 1)
                reps = data.get("reps")
                if isinstance(reps, int) and reps > 1:
                    self.reps[place] = max(self.reps[place], min(reps, _MOST_REPS))
                else:
                    self.places.add((*place, data.get("rep") or 1))
                real_ms = data.get("real_ms")
                self.real_ms[step, data.get("side")] += real_ms if isinstance(real_ms, int) else 0
            elif event.kind == "left-out" and data.get("reason") != "stop":
                self._say(step, "left out")
            elif event.kind == "ache":
                self._say(step, "it ached")
            elif event.kind == "swap":
                self._say(step, "easier" if data.get("form") == "easier" else "smaller")
            elif event.kind == "ached-after" and isinstance(data.get("value"), list):
                for number in data["value"]:
                    self._say(number, "it ached")
        for number, data in last_stops.items():
            if number not in mistaken:
                set_ = (data.get("side"), data.get("round") or 1, data.get("set") or 1)
                self.stops.add((data.get("step"), *set_, data.get("rep") or 1))

    def _say(self, step: object, word: str) -> None:
        said = self.words.setdefault(step, [])
        if word not in said:
            said.append(word)


def _holds(step: Mapping[str, Any], folded: _Folded) -> Holds:
    number = step.get("number")
    planned = step["planned"] if isinstance(step.get("planned"), dict) else {}
    reps = [each for each in step.get("reps") or () if isinstance(each, int)]
    rounds = step.get("rounds") if isinstance(step.get("rounds"), int) else 1
    sides = []
    counts = []
    for side in planned or ("",):
        sets = [
            _set(folded, (number, side or None, round_, set_), each, timed=not reps)
            for round_ in range(1, min(rounds or 1, _MOST_REPS) + 1)
            for set_, each in enumerate(reps or (1,), 1)
        ]
        sides.append(tuple(sets))
        done = sum(each.count(DONE) + each.count(TIMED) for each in sets)
        counts.append(f"{done} of {sum(len(each) for each in sets)}")
    words = list(folded.words.get(number, ()))
    nothing = not any(sign in sets for side in sides for sets in side for sign in (DONE, TIMED))
    if not reps and not nothing:
        counts = [format_clock(folded.real_ms[number, side or None]) for side in planned or ("",)]
    if nothing and not any(STOPPED in sets for side in sides for sets in side):
        if "left out" not in words:
            words.insert(0, "not done")
        sides = []
    name = plain_text(str(step.get("name") or step["exercise"]))
    return Holds(name, tuple(sides), " / ".join(counts) if sides else "", tuple(words))


def _set(folded: _Folded, place: tuple[object, ...], reps: int, *, timed: bool) -> str:
    """The reps of a set, a character each."""
    whole = folded.reps[place]
    signs = []
    for rep in range(1, max(1, min(reps, _MOST_REPS)) + 1):
        if (*place, rep) in folded.places or rep <= whole:
            signs.append(TIMED * 6 if timed else DONE)
        elif (*place, rep) in folded.stops:
            signs.append(STOPPED)
        else:
            signs.append(NOT_DONE)
    return "".join(signs)
