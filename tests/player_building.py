"""Timelines to play in tests, made by the real checker and compiler, and a hand that plays them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from hypothesis import strategies as st

from backcoach.catalogue.loading import Catalogue
from backcoach.document.reading import Document, parse_document
from backcoach.player import events as ev
from backcoach.player.deciding import EASIER_UP_TO
from backcoach.player.inputs import TICK, Input, InputKind
from backcoach.player.keys import read_key
from backcoach.player.machine import begin, next_deadline, step
from backcoach.player.questions import INTENSITIES, NO, QUALITIES, WHERES, YES
from backcoach.player.state import State, Status
from backcoach.player.zones import PainZone
from backcoach.routines.checking import check_routine
from backcoach.routines.compiling import compile_routine
from backcoach.timeline.model import PhaseKind, Timeline

Values = dict[str, Any]
QUITE_WELL: Final = PainZone(resting=2, red_from=4)
"""A pain of 2 at rest."""
E = TypeVar("E", bound=ev.Event)

EXERCISES: Final[Values] = {
    "lift-up": {
        "name": "Lift-up",
        "kind": "hold",
        "posture": "supine",
        "family": "hinge",
        "dose": {"prepare": 12, "move": 4, "rep_rest": 3, "set_rest": 20, "hold": 10},
        "ceiling": {"hold": 18, "total": 60},
        "easier": "lift-less",
        "cues": {"go": ["Lift up."], "exit": ["Lower. Rest."]},
    },
    "lift-less": {
        "name": "Lift less",
        "kind": "hold",
        "posture": "supine",
        "family": "hinge",
        "dose": {"prepare": 15, "move": 2, "rep_rest": 2, "set_rest": 8, "reps": 2, "hold": 3},
        "ceiling": {"hold": 6, "total": 30},
    },
    "reach-out": {
        "name": "Reach-out",
        "kind": "hold",
        "posture": "all-fours",
        "sides": "each",
        "side_labels": {"left": "left leg", "right": "right leg"},
        "family": "posterior",
        "dose": {"prepare": 10, "move": 4, "rep_rest": 2, "switch": 6, "hold": 8},
        "ceiling": {"hold": 10, "total": 20},
        "easier": "lie-down",
    },
    "twist-over": {
        "name": "Twist-over",
        "kind": "hold",
        "posture": "supine",
        "sides": "alternate",
        "easier": "lift-less",
    },
    "swing-by": {"name": "Swing-by", "kind": "dynamic", "posture": "standing"},
    "lie-down": {
        "name": "Lie down",
        "kind": "timed",
        "posture": "prone",
        "dose": {"duration": 60},
        "ceiling": {"hold": 70, "total": 70},
        "easier": "lie-low",
    },
    "lie-low": {
        "name": "Lie low",
        "kind": "timed",
        "posture": "prone",
        "dose": {"prepare": 0, "duration": 9},
    },
}
"""Of the tests' own, so that the catalogue may change. `lie-low` needs no prepare at all."""


def ceiling_of(exercise: str | None) -> tuple[int | None, int | None]:
    """The ceilings of a hold and of all holds of a side, in milliseconds."""
    ceiling = EXERCISES[exercise].get("ceiling") if exercise else None
    return (ceiling["hold"] * 1000, ceiling["total"] * 1000) if ceiling else (None, None)


def timeline_of(*steps: Values, **keys: Any) -> Timeline:
    """The timeline of a routine with these steps, by the real checker and compiler."""
    values = {"name": "Test", "steps": list(steps), "exercises": EXERCISES, **keys}
    return _compiled(Document("test.toml", "", values))


def timeline_of_text(text: str) -> Timeline:
    """The timeline of a routine as a file has it."""
    return _compiled(parse_document(text.encode(), "test.toml"))


def _compiled(document: Document) -> Timeline:
    return compile_routine(check_routine("test", document, Catalogue()))


class Playing:
    """A session that is played by hand: its state, and every event so far."""

    def __init__(self, timeline: Timeline, now_ms: int = 0, zone: PainZone = QUITE_WELL) -> None:
        self.state, self.events = begin(timeline, now_ms, zone)

    def give(self, given: Input, after_ms: int = 0) -> list[ev.Event]:
        """Hand in an input so much later, and have what happened."""
        self.state, events = step(self.state, given, self.state.now_ms + after_ms)
        self.events += events
        return events

    def do(self, kind: InputKind, value: str | int | None = None) -> list[ev.Event]:
        """Give an input now."""
        return self.give(Input(kind, value))

    def key(self, *keys: str) -> list[ev.Event]:
        """Press keys, one after the other, now."""
        return [event for key in keys for event in self.give(read_key(self.state, key))]

    def wait(self, ms: int) -> list[ev.Event]:
        """Let time go by in one jump."""
        return self.give(TICK, ms)

    def wake(self) -> list[ev.Event]:
        """Let time go by to the next deadline."""
        due = next_deadline(self.state)
        assert due is not None, "nothing is due"
        return self.wait(due - self.state.now_ms)

    def until(self, kind: PhaseKind, into_ms: int = 0, **places: object) -> None:
        """Let time go by until so far into the next phase of a kind, with this set, rep, side."""
        for _ in range(10_000):
            phase = self.state.current
            if phase.kind is kind and all(getattr(phase, k) == v for k, v in places.items()):
                self.wait(into_ms - self.state.elapsed_ms)
                return
            if phase.duration_ms is None:
                self.do(InputKind.DONE)
            else:
                self.wake()
        raise AssertionError(f"no {kind} comes")

    def of(self, kind: type[E]) -> list[E]:
        """The events of one kind so far."""
        return only(self.events, kind)


def only(events: list[ev.Event], kind: type[E]) -> list[E]:
    """The events of one kind."""
    return [event for event in events if isinstance(event, kind)]


# Sessions by chance


@dataclass(frozen=True)
class Turn:
    """One input of a session: the states around it, and what happened."""

    given: Input
    before: State
    after: State
    events: list[ev.Event]


@dataclass(frozen=True)
class Play:
    """A timeline, and what is done to it: each input with the time that passes before it."""

    timeline: Timeline
    script: tuple[tuple[Input, int], ...]

    def begun(self) -> tuple[State, list[ev.Event]]:
        """Where it starts."""
        return begin(self.timeline, 0, QUITE_WELL)

    def turns(self) -> Iterator[Turn]:
        """The session, one input at a time; the first turn is its beginning."""
        state, events = self.begun()
        yield Turn(TICK, state, state, events)
        for given, after_ms in self.script:
            after, events = step(state, given, state.now_ms + after_ms)
            yield Turn(given, state, after, events)
            state = after

    def end(self) -> State:
        """The state after all of it."""
        *_, last = self.turns()
        return last.after

    def running(self) -> State | None:
        """The state after all of it, if the clock then runs; a frozen one is made to go on."""
        state = self.end()
        for kind in (InputKind.GO_ON, InputKind.MISTAKE):
            state, _ = step(state, Input(kind), state.now_ms)
        return state if state.status is Status.RUNNING else None


def _seconds(*choices: int) -> st.SearchStrategy[int]:
    return st.sampled_from(choices)


_GUIDED = {
    "prepare": _seconds(10, 0, 2, 3, 5, 12),
    "move": _seconds(4, 0, 1, 3),
    "hold": _seconds(5, 0, 1, 3, 8, 10, 14, 20),
    "rep_rest": _seconds(2, 0, 1, 5, 8),
    "switch": _seconds(5, 0, 2, 8),
    "set_rest": _seconds(20, 0, 4, 9),
}
_SELF_PACED = {key: _GUIDED[key] for key in ("prepare", "switch", "set_rest")}
_SETS = st.lists(st.integers(1, 3), min_size=1, max_size=3)
_SIDES = st.sampled_from(("each", "alternate", "left", "right"))


@st.composite
def _exercise_steps(draw: st.DrawFn) -> Values:
    name = draw(st.sampled_from(sorted(EXERCISES)))
    if EXERCISES[name]["kind"] == "timed":
        duration = draw(_seconds(9, 1, 4, 25, 65, 90))
        return {"exercise": name, "duration": duration, "prepare": draw(_GUIDED["prepare"])}
    self_paced = draw(st.integers(0, 4)) == 4
    step_: Values = {"exercise": name, "reps": draw(_SETS)}
    step_ |= draw(st.fixed_dictionaries(_SELF_PACED if self_paced else _GUIDED))
    if self_paced:
        step_["pace"] = "self"
    if "sides" in EXERCISES[name]:
        step_["sides"] = draw(_SIDES)
    return step_


_RESTS = st.builds(lambda rest: {"rest": rest}, _seconds(10, 1, 7, 30))
_PLAIN_STEPS = st.one_of(_exercise_steps(), _exercise_steps(), _RESTS)
_CIRCUITS = st.builds(
    lambda repeat, rest, steps: {"repeat": repeat, "round_rest": rest, "steps": steps},
    st.integers(2, 3),
    _seconds(10, 0, 3, 30),
    st.lists(_PLAIN_STEPS, min_size=1, max_size=2),
)
TIMELINES: Final = (
    st.lists(st.one_of(_PLAIN_STEPS, _PLAIN_STEPS, _CIRCUITS), min_size=1, max_size=3)
    .map(lambda steps: timeline_of(*steps))
    .filter(lambda timeline: len(timeline.phases) > 0)
)
"""Small ones with every kind of phase, those with nothing to play left out."""

_ANSWERS = st.sampled_from((*QUALITIES, *WHERES, *INTENSITIES, YES, NO, None, "nonsense", -1))
_INPUTS = st.one_of(
    st.sampled_from([Input(kind) for kind in InputKind]),
    st.builds(Input, st.just(InputKind.ANSWER), _ANSWERS),
    st.builds(Input, st.just(InputKind.GAP), st.sampled_from((2500, 9999, 10_000, 90_000))),
)
_CHOSEN = st.builds(
    lambda kind, after_ms: (
        (Input(InputKind.PAUSE), 900),
        (Input(InputKind.CHOSEN, str(kind)), after_ms),
    ),
    st.sampled_from(list(InputKind)),
    st.sampled_from((0, 900, 8000)),
)
"""The list is opened, and something chosen from it."""
_DELAYS = st.one_of(
    st.sampled_from((0, 0, 1, 400, 1000, 2000, 2001, 3000, 4900, 5000, 5001, 10_000, 20_000)),
    st.integers(0, 60_000),
    st.integers(0, 5000),
)
_DULL = tuple((Input(InputKind.ANSWER, value), 700) for value in ("dull", "low-back", 3))
_SHARP = (
    *((Input(InputKind.ANSWER, value), 700) for value in ("sharp", "low-back", 4, NO)),
    (Input(InputKind.DONE), 130_000),
    (Input(InputKind.ANSWER, 2), 700),
)
_HABITS: Final = (
    ((Input(InputKind.PAUSE), 900), (Input(InputKind.PAUSE), 4000)),
    ((Input(InputKind.PAUSE), 4000), (Input(InputKind.PAUSE), 900), (TICK, 10_000)),
    ((Input(InputKind.EASIER), 900), (Input(InputKind.EASIER), 900)),
    ((Input(InputKind.EASIER), 300), (Input(InputKind.LONGER), 300), (Input(InputKind.BACK), 4000)),
    ((Input(InputKind.NEXT), 900), (Input(InputKind.BACK), 3000)),
    ((Input(InputKind.BACK), 900), (Input(InputKind.BACK), 900)),
    ((Input(InputKind.ACHE), 900), (Input(InputKind.ACHE), 900)),
    ((Input(InputKind.LONGER), 500),) * 3,
    ((Input(InputKind.STOP), 2000), (Input(InputKind.MISTAKE), 900)),
    ((Input(InputKind.STOP), 2000), (TICK, 700_000)),
    ((Input(InputKind.STOP), 2000), *_DULL, (Input(InputKind.GO_ON), 3000)),
    ((Input(InputKind.STOP), 2000), *_DULL, (Input(InputKind.EASIER), 3000)),
    ((Input(InputKind.STOP), 2000), *_DULL, (Input(InputKind.ACHE), 3000)),
    ((Input(InputKind.STOP), 2000), *_SHARP, (Input(InputKind.GO_ON), 3000)),
    ((Input(InputKind.STOP), 2000), *_SHARP),
)
"""What people do in one go, and what chance alone would rarely find."""


@st.composite
def _stops_gone_on_after(draw: st.DrawFn) -> tuple[tuple[Input, int], ...]:
    """A stop that is answered and rested, gone on after, and what people try then."""
    quality = draw(st.sampled_from(("dull", "sharp", "spasm")))
    where = draw(st.sampled_from(("low-back", "buttock", "hip-or-knee", "shoulder-arm-or-wrist")))
    how_much = draw(st.integers(0, 5))
    values: list[str | int] = [quality, where, how_much]
    small = quality == "dull" and how_much <= EASIER_UP_TO
    turns = [(Input(InputKind.STOP), draw(_DELAYS))]
    turns += [
        (Input(InputKind.ANSWER, value), 700) for value in (*values, *(() if small else [NO]))
    ]
    if quality == "dull" and not QUITE_WELL.is_red(how_much):
        ways = (InputKind.GO_ON, InputKind.GO_ON, InputKind.EASIER, InputKind.ACHE)
        turns.append((Input(draw(st.sampled_from(ways))), 900))
    else:
        turns += [(Input(InputKind.DONE), 130_000), (Input(InputKind.ANSWER, 2), 700)]
        turns.append((Input(InputKind.GO_ON), 900))
    after = (InputKind.BACK, InputKind.BACK, InputKind.NEXT, InputKind.TICK)
    delays = st.sampled_from((300, 300, 1500, 6000, 50_000))
    turns += draw(st.lists(st.tuples(st.sampled_from(after).map(Input), delays), max_size=6))
    return tuple(turns)


def scripts(inputs: st.SearchStrategy[Input] = _INPUTS) -> st.SearchStrategy[Any]:
    """Inputs, each with the time that passes before it."""
    return st.lists(st.tuples(inputs, _DELAYS), max_size=20).map(tuple)


_SCRIPTS = st.lists(
    st.one_of(
        st.tuples(st.tuples(_INPUTS, _DELAYS)),
        st.tuples(st.tuples(st.just(TICK), _DELAYS)),
        st.sampled_from(_HABITS),
        _CHOSEN,
        _stops_gone_on_after(),
    ),
    max_size=14,
).map(lambda parts: tuple(turn for part in parts for turn in part))

PLAYS: Final = st.builds(Play, TIMELINES, _SCRIPTS)
"""Any timeline, and anything done to it."""

_QUIET_KINDS = (
    InputKind.TICK,
    InputKind.LONGER,
    InputKind.SHORTER,
    InputKind.DONE,
    InputKind.MUTE,
)
QUIET_PLAYS: Final = st.builds(
    Play, TIMELINES, scripts(st.sampled_from([Input(kind) for kind in _QUIET_KINDS]))
)
"""Sessions that only go forward, and never stand still."""
