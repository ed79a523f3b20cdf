"""Every line of the catalogue is said in the time that there is for it.

How long a line takes was measured with a real voice by `tools/measure_cues.py`; the time for it is
that of the compiled phases, up to the first tone that would be talked over.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from measure_cues import TABLE, cue_lines, main
from routine_building import bundled, check_values

from backcoach.catalogue.loading import bundled_ids
from backcoach.document.reading import read_document
from backcoach.paths import Paths
from backcoach.routines.compiling import compile_routine
from backcoach.routines.finding import bundled_folder
from backcoach.routines.library import Library
from backcoach.timeline.marks import WORDS, Cue
from backcoach.timeline.model import Form, Phase, PhaseKind

SPOKEN: Final[dict[str, int]] = read_document(str(TABLE)).values
PAUSE_MS: Final = 450
"""Between two lines, as the voice leaves it between two sentences: 390 to 450 ms."""
SPARE_MS: Final = 3000
"""What a prepare has left when all is said: its countdown is heard in it."""
AGAIN_MS: Final = 4000
"""How long before a set rest ends one is told to get ready again."""
EXIT_MS: Final = 6000
LEFT_MS: Final = 30_000
"""Half a minute left."""
POSTURES: Final = sorted({bundled(name)["posture"] for name in bundled_ids()})
RESTS: Final = (PhaseKind.REP_REST, PhaseKind.SWITCH, PhaseKind.SET_REST)

each = pytest.mark.parametrize("name", sorted(bundled_ids()))
each_routine = pytest.mark.parametrize(
    "routine", sorted(path.stem for path in bundled_folder().glob("*.toml"))
)
each_place = pytest.mark.parametrize(
    "place", ["prepare", "lift", "last", "hold", "lower", "between", "again", "half-minute", "exit"]
)


# --- where a line is said ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Slot:
    """Lines that are said one after the other, and the milliseconds that there are for them."""

    place: str
    lines: tuple[str, ...]
    room_ms: int


def slots(form: Form) -> Iterator[Slot]:
    """What is said in a form, wherever it says something.

    - `last` is said together with `lift`, as the screen has it, and not in the rest before: a rest
      between reps is often 0, and silent below five seconds.
    - `hold` is its first line: the others are said if there is time.
    - `again` ends a set rest, so `between` has what is before it.
    - A phase that a dose doesn't have, a move of 0 say, has no room at all.
    """
    assert form.exercise is not None
    cues = form.exercise.cues
    kinds = {phase.kind for phase in form.phases}
    told = (form.exercise.name, *cues.setup, *cues.go)
    yield Slot("prepare", told, max(0, shortest_ms(form, PhaseKind.PREPARE) - SPARE_MS))
    yield Slot("exit", cues.exit, EXIT_MS)
    if len(form.reps) > 1:
        yield from rest_slots(form, PhaseKind.SET_REST)
    if not form.reps:
        yield from timed_slots(form)
    elif PhaseKind.SELF_PACED not in kinds:
        move_in_ms = room_ms(form, PhaseKind.MOVE_IN)
        yield Slot("lift", (cues.lift,), move_in_ms)
        if max(form.reps) > 1:
            yield Slot("last", (cues.last, cues.lift), move_in_ms)
        yield Slot("hold", cues.hold[:1], room_ms(form, PhaseKind.HOLD))
        yield Slot("lower", (cues.lower,), room_ms(form, PhaseKind.MOVE_OUT))


def rest_slots(form: Form, kind: PhaseKind) -> Iterator[Slot]:
    """What is said as such a rest begins, and before it ends."""
    assert form.exercise is not None
    cues = form.exercise.cues
    if cues.again:
        rest_ms = shortest_ms(form, kind)
        yield Slot("between", (cues.between,), max(0, rest_ms - AGAIN_MS))
        yield Slot("again", (cues.again,), min(rest_ms, AGAIN_MS))
    else:
        yield Slot("between", (cues.between,), room_ms(form, kind))


def timed_slots(form: Form) -> Iterator[Slot]:
    """A timed form has no reps: its lines begin it, and half a minute before the end is said."""
    assert form.exercise is not None
    cues = form.exercise.cues
    (timed,) = (phase for phase in form.phases if phase.kind is PhaseKind.TIMED)
    said_ms = timed.length_ms - LEFT_MS
    first_ms = quiet_ms(timed)
    yield Slot("hold", cues.hold, min(first_ms, said_ms) if said_ms > 0 else first_ms)
    if said_ms > 0:
        yield Slot("half-minute", (cues.last,), quiet_ms(timed, said_ms))


def shortest_ms(form: Form, kind: PhaseKind) -> int:
    """The shortest phase of a kind; 0 where the form has none."""
    return min((phase.length_ms for phase in form.phases if phase.kind is kind), default=0)


def quiet_ms(phase: Phase, from_ms: int = 0) -> int:
    """How long nothing else is heard in a phase, from a moment in it."""
    tones = (mark for mark in phase.marks if mark.cue not in WORDS)
    ahead = (mark.at_ms for mark in tones if mark.at_ms > from_ms)
    return min(ahead, default=phase.length_ms) - from_ms


def room_ms(form: Form, kind: PhaseKind) -> int:
    """The least of it at the start of a phase of a kind; 0 where the form has none."""
    return min((quiet_ms(phase) for phase in form.phases if phase.kind is kind), default=0)


def needed_ms(lines: Iterable[str], spoken: Mapping[str, int]) -> int:
    """What it takes to say some lines; nothing for an empty one."""
    said = [spoken[line] for line in lines if line]
    return sum(said) + PAUSE_MS * (len(said) - 1) if said else 0


def overruns(
    place: str, forms: Iterable[Form], spoken: Mapping[str, int] = SPOKEN
) -> list[tuple[Slot, int]]:
    """Where there is too little time, and how much it takes."""
    here = {slot for form in forms for slot in slots(form) if slot.place == place}
    return [(slot, ms) for slot in here if (ms := needed_ms(slot.lines, spoken)) > slot.room_ms]


# --- what is played ------------------------------------------------------------------------------


@cache
def doses(name: str) -> tuple[Form, ...]:
    """An exercise's own dose and each of its ladder, in two sets and more."""
    values = bundled(name)
    return forms_of(*({"exercise": name, **twice(dose)} for dose in rungs(values)))


def rungs(values: dict[str, Any]) -> list[dict[str, Any]]:
    return [values["dose"], *values["ladder"]]


def twice(dose: dict[str, Any]) -> dict[str, Any]:
    """The dose with every set played twice, so that a rest between sets is always there."""
    if "reps" not in dose:
        return dose
    reps = dose["reps"]
    a_set = reps if isinstance(reps, list) else [reps] * dose.get("sets", 1)
    return {key: value for key, value in dose.items() if key != "sets"} | {"reps": a_set * 2}


def forms_of(*steps: dict[str, Any], **more: Any) -> tuple[Form, ...]:
    """The usual form of each step."""
    values = {"name": "Doses", "steps": list(steps), **more}
    return tuple(step.usual for step in compile_routine(check_values(values)).steps)


def played(routine: str, folder: Path) -> list[Form]:
    """The usual form of each exercise step of a bundled routine."""
    library = Library(Paths(folder, folder))
    steps = library.load(library.find(routine)).steps
    return [step.usual for step in steps if step.usual.exercise is not None]


# --- it fits -------------------------------------------------------------------------------------


def test_every_line_has_been_measured_and_nothing_else() -> None:
    assert main(["--check"]) == 0


@each
def test_each_line_of_a_file_has_been_measured(name: str) -> None:
    values = bundled(name)
    lines = [values["name"]]
    for written in values["cues"].values():
        lines += [written] if isinstance(written, str) else written

    assert [line for line in lines if line and line not in SPOKEN] == []


def test_every_measure_is_one_of_a_voice() -> None:
    a_word = {line: ms / len(line.split()) for line, ms in SPOKEN.items()}

    assert [line for line, ms in a_word.items() if not 150 < ms < 1000] == []


@each_place
@each
def test_what_is_said_fits_every_dose(name: str, place: str) -> None:
    assert overruns(place, doses(name)) == []


@each_place
@each_routine
def test_what_is_said_fits_the_routine(routine: str, place: str, tmp_path: Path) -> None:
    assert overruns(place, played(routine, tmp_path)) == []


def test_feet_come_down_in_every_rest_of_the_dead_bug() -> None:
    for form in doses("dead-bug"):
        for kind in RESTS:
            for slot in rest_slots(form, kind):
                assert needed_ms(slot.lines, SPOKEN) <= slot.room_ms, (kind, slot)


@pytest.mark.parametrize("kind", ["hold", "dynamic"])
def test_the_default_words_fit_the_default_figures(kind: str) -> None:
    own = {"own": {"name": "Bird-dog", "kind": kind}}
    (form,) = forms_of({"exercise": "own", "reps": [2, 2]}, exercises=own)
    said = [slot for slot in slots(form) if any(slot.lines)]

    assert {slot.place for slot in said} == {"prepare", "exit", "lift", "last", "lower"}
    assert [slot for slot in said if needed_ms(slot.lines, SPOKEN) > slot.room_ms] == []


@pytest.mark.parametrize("posture", POSTURES)
def test_the_default_words_are_few_too(posture: str) -> None:
    own = {"own": {"name": "Own", "kind": "hold", "posture": posture}}
    (form,) = forms_of({"exercise": "own"}, exercises=own)
    assert form.exercise is not None
    cues = form.exercise.cues

    assert [line for line in cue_lines(cues) if len(line.split()) > 8] == []
    assert len(cues.lift.split()) <= 2
    assert len(cues.lower.split()) <= 2
    assert needed_ms(cues.exit, SPOKEN) <= EXIT_MS


# --- and what doesn't is found -------------------------------------------------------------------


@each_place
def test_a_slow_voice_is_found(place: str) -> None:
    slow = {line: 30 * ms for line, ms in SPOKEN.items()}
    everything = [form for name in bundled_ids() for form in doses(name)]

    assert overruns(place, everything, slow) != []


@each_place
def test_a_millisecond_too_much_is_found(place: str) -> None:
    some = (doses(name)[0] for name in ("curl-up", "dead-bug", "walk"))
    form, slot = next(
        (form, slot)
        for form in some
        for slot in slots(form)
        if slot.place == place and any(slot.lines)
    )
    first, *others = (line for line in slot.lines if line)
    full = dict.fromkeys(others, 0) | {first: slot.room_ms - PAUSE_MS * len(others)}

    assert overruns(place, [form], full) == []
    full[first] += 1
    assert overruns(place, [form], full) == [(slot, slot.room_ms + 1)]


@pytest.mark.parametrize(
    ("change", "places"),
    [
        ({}, set()),
        ({"move": "0s"}, {"lift", "last", "lower"}),
        ({"move": "1s"}, {"last", "lower"}),
        ({"move": "1s", "reps": [1, 1]}, {"lower"}),
        ({"hold": "0s"}, {"hold"}),
        ({"hold": "1s"}, {"hold"}),
        ({"prepare": "11s"}, {"prepare"}),
        ({"pace": "self", "hold": None}, set()),
    ],
)
def test_a_dose_that_is_too_short_is_found(change: dict[str, Any], places: set[str]) -> None:
    step = {"exercise": "bird-dog", "reps": [2, 2], "hold": "5s", **change}
    forms = forms_of({key: value for key, value in step.items() if value is not None})

    everywhere = {slot.place for form in forms for slot in slots(form)}

    assert {place for place in everywhere if overruns(place, forms)} == places


def test_a_rest_that_is_too_short_is_found() -> None:
    def found(set_rest: str) -> set[str]:
        forms = forms_of({"exercise": "dead-bug-taps", "reps": [1, 1], "set_rest": set_rest})
        return {place for place in ("between", "again") if overruns(place, forms)}

    assert found("7s") == set()
    assert found("6s") == {"between"}
    assert found("1s") == {"between", "again"}
    assert found("0s") == {"between", "again"}


def test_half_a_minute_is_not_said_from_the_start() -> None:
    def places(duration: str) -> list[str]:
        (form,) = forms_of({"exercise": "walk", "duration": duration})
        return [slot.place for slot in slots(form)]

    assert places("30s") == ["prepare", "exit", "hold"]
    assert places("31s") == ["prepare", "exit", "hold", "half-minute"]


def test_nothing_is_said_over_a_tone() -> None:
    (form,) = forms_of({"exercise": "walk", "duration": "40s"})
    (timed,) = (phase for phase in form.phases if phase.kind is PhaseKind.TIMED)

    assert [mark.cue for mark in timed.marks] == [
        *(Cue.HALF_MINUTE, Cue.HALF, Cue.THREE, Cue.TWO, Cue.ONE, Cue.END)
    ]
    assert quiet_ms(timed) == 20_000
    assert quiet_ms(timed, 10_000) == 10_000
    assert quiet_ms(timed, 20_000) == 17_000


def test_a_line_without_a_measure_is_found() -> None:
    with pytest.raises(KeyError):
        needed_ms(("Never said.",), SPOKEN)
