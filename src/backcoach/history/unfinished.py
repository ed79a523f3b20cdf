"""How far a session had come that was broken off, by what was written of it."""

from collections.abc import Sequence
from dataclasses import fields

from backcoach.history.records import EventRecord
from backcoach.player.events import RepDone
from backcoach.player.resuming import BrokenOff
from backcoach.timeline.model import Side

_REP: frozenset[str] = frozenset(field.name for field in fields(RepDone)) - {"at_ms", "active_ms"}


def broken_off(events: Sequence[EventRecord], active_ms: int) -> BrokenOff | None:
    """Where a session goes on.

    None after a stop that was no mistake: what hurt isn't gone on with by itself, and what a stop
    leaves out of a session ends with it.
    """
    mistakes = {event.data.get("number") for event in events if event.kind == "mistake"}
    forms: dict[str, set[int]] = {"smaller": set(), "easier": set()}
    amber: set[int] = set()
    over: set[int] = set()
    done: list[RepDone] = []
    place: tuple[int, int | None, bool] = (1, None, False)
    swapped: tuple[str, int] | None = None
    for event in events:
        data = event.data
        match event.kind:
            case "stop":
                if data.get("number") not in mistakes:
                    return None
            case "step":
                place = (data["step"], data["round"], data["exercise"] is None)
            case "rep":
                known = {name: data[name] for name in _REP}
                side = Side(known.pop("side")) if known["side"] else known.pop("side")
                done.append(RepDone(at_ms=0, active_ms=event.active_ms, side=side, **known))
            case "swap":
                swapped = (data["form"], data["step"])
                forms[data["form"]].add(data["step"])
            case "skip":
                swapped = None
            case "back":
                if data["undone"] and swapped:
                    forms[swapped[0]].discard(swapped[1])
            case "ache":
                amber.add(data["step"])
                if data["ends"]:
                    over.add(data["step"])
    step, round_, resting = place
    return BrokenOff(
        active_ms=active_ms,
        step=step,
        round=round_,
        resting=resting,
        done=tuple(done),
        small=frozenset(forms["smaller"]),
        easier=frozenset(forms["easier"]),
        amber=frozenset(amber),
        over=frozenset(over),
    )
