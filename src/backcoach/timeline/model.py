"""A routine laid out in time: the contract between the routines and the player.

Everything here is frozen, every time is a whole number of milliseconds, and nothing knows TOML.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from backcoach.figure.drawing import Drawing
from backcoach.timeline.marks import Mark, marks_of


class PhaseKind(StrEnum):
    """What a stretch of time asks of the person."""

    PREPARE = "prepare"
    MOVE_IN = "move-in"
    HOLD = "hold"
    MOVE_OUT = "move-out"
    REP_REST = "rep-rest"
    SWITCH = "switch"
    SET_REST = "set-rest"
    REST = "rest"
    TIMED = "timed"
    SELF_PACED = "self-paced"


class Side(StrEnum):
    """The side of the body that works."""

    LEFT = "left"
    RIGHT = "right"


REP_KINDS: Final = frozenset({PhaseKind.MOVE_IN, PhaseKind.HOLD, PhaseKind.MOVE_OUT})
"""The phases that make up one rep."""
HELD_KINDS: Final = frozenset({PhaseKind.HOLD, PhaseKind.TIMED})
"""The phases that have a ceiling, and that a smaller form halves."""
REST_KINDS: Final = frozenset(
    {PhaseKind.REP_REST, PhaseKind.SWITCH, PhaseKind.SET_REST, PhaseKind.REST}
)
"""The phases in which nothing is asked of the muscles."""
WORK_KINDS: Final = REP_KINDS | {PhaseKind.TIMED, PhaseKind.SELF_PACED}
"""The phases that an exercise is made of."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of a timeline.

    Attributes:
        start_ms: from the start of the timeline; self-paced phases before it count nothing.
        duration_ms: None for a self-paced phase, which lasts until the person says so.
        step: the number of the step in the file, from 1.
        exercise: the exercise's id; None in a rest of its own and between rounds.
        side, set, rep, round: as `show --json` has them; None where they mean nothing.
        marks: the moments in it at which something is heard.
    """

    kind: PhaseKind
    duration_ms: int | None
    step: int
    exercise: str | None = None
    side: Side | None = None
    set: int | None = None
    rep: int | None = None
    round: int | None = None
    start_ms: int = 0
    marks: tuple[Mark, ...] = ()

    @property
    def length_ms(self) -> int:
        """What the phase adds to a total: its duration, nothing for a self-paced one."""
        return self.duration_ms or 0

    @property
    def run(self) -> tuple[int, int | None, bool]:
        """Equal in neighbours that belong to the same playing of the same step."""
        return (self.step, self.round, self.exercise is None)

    def same_rep(self, other: "Phase") -> bool:
        """Whether both are parts of one rep."""
        return (
            self.kind in REP_KINDS
            and other.kind in REP_KINDS
            and (self.run, self.side, self.set, self.rep)
            == (other.run, other.side, other.set, other.rep)
        )

    def same_work(self, other: "Phase") -> bool:
        """Whether both are parts of one effort: a rep, or a timed or self-paced stretch."""
        return self.same_rep(other) or (
            self.kind in WORK_KINDS - REP_KINDS
            and (self.run, self.kind, self.side, self.set)
            == (other.run, other.kind, other.side, other.set)
        )


@dataclass(frozen=True, slots=True)
class Cues:
    """An exercise's words, as they are shown and spoken."""

    setup: tuple[str, ...] = ()
    go: tuple[str, ...] = ()
    lift: str = ""
    hold: tuple[str, ...] = ()
    lower: str = ""
    last: str = ""
    between: str = ""
    again: str = ""
    exit: tuple[str, ...] = ()
    up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What the player never lengthens past. `total_ms` counts the holds of one side."""

    hold_ms: int | None = None
    total_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Exercise:
    """What the player knows of an exercise.

    Attributes:
        labels: what is said for the left and the right side; empty without sides.
        breath: how to breathe, in words.
        breath_in_ms, breath_out_ms: of a breath that is paced; 0 where none is.
        max_pain: a resting pain above it leaves the exercise out.
        gentle: whether it may be done on a day on which something hurt.
        avoid: the codes of those whom it isn't for, or not as it is.
        drawing: its figure; None where it has none.
    """

    id: str
    name: str
    family: str
    posture: str
    labels: tuple[str, str] | tuple[()] = ()
    cues: Cues = Cues()
    breath: str = ""
    breath_in_ms: int = 0
    breath_out_ms: int = 0
    ceiling: Ceiling = Ceiling()
    max_pain: int = 5
    gentle: bool = False
    avoid: tuple[str, ...] = ()
    drawing: Drawing | None = None

    def label(self, side: Side | None) -> str:
        """The words for a side: `"left leg, right arm"`, else `"left"`, else nothing."""
        if side is None:
            return ""
        return self.labels[side is Side.RIGHT] if self.labels else str(side)


@dataclass(frozen=True, slots=True)
class Form:
    """One way to play a step.

    Attributes:
        exercise: None for a rest of its own.
        words: what is different about this form; empty for the usual one.
        reps: how many in each set, a side; empty for a timed form.
        hold_ms: the hold of each rep, or the duration of a timed form.
        phases: of one playing, from 0; the timeline has them with round and start.
    """

    exercise: Exercise | None
    words: str = ""
    reps: tuple[int, ...] = ()
    hold_ms: int = 0
    phases: tuple[Phase, ...] = ()

    def reps_in(self, set_: int | None) -> int:
        """How many reps a set has, a side; 1 for a timed form."""
        return self.reps[set_ - 1] if self.reps and set_ else 1

    @property
    def dose(self) -> str:
        """How much of it, to read: "3 × 5 s a side", "2+1 × 5 s", "5 slow"; empty if timed."""
        if self.exercise is None or not self.reps:
            return ""
        if len(self.reps) > 4 and len(set(self.reps)) == 1:
            reps = f"{len(self.reps)} sets of {self.reps[0]}"
        else:
            reps = "+".join(str(count) for count in self.reps)
        hold = f" × {self.hold_ms / 1000:g} s" if self.hold_ms else " slow"
        return reps + hold + (" a side" if self.exercise.labels else "")


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the file: how it is played, and the forms it can be swapped for.

    Attributes:
        number: from 1, in reading order.
        smaller: the same exercise, phase for phase, with half the hold.
        easier: another exercise, with a prepare of its own and as many sets.
    """

    number: int
    usual: Form
    note: str = ""
    prepare_ms: int = 0
    smaller: Form | None = None
    easier: Form | None = None

    @property
    def name(self) -> str:
        """The exercise's name, or "Rest"."""
        return self.usual.exercise.name if self.usual.exercise else "Rest"


RULEBOOK_START_PAIN: Final = 5
"""A resting pain above it leaves rest positions and a short walk only, whatever a file says."""
REST_START_PAIN: Final = 7
"""A resting pain above it leaves no session at all."""


@dataclass(frozen=True, slots=True)
class Safety:
    """How a session must be stricter than the rulebook, by its file and by its exercises.

    Attributes:
        max_start_pain: 0 to 10; above it the session doesn't start.
        on_sharp_pain: "ask" or "end".
        stops_to_end: the sharp stop that ends the session, 1 or 2.
    """

    max_start_pain: int = RULEBOOK_START_PAIN
    on_sharp_pain: str = "ask"
    stops_to_end: int = 2


@dataclass(frozen=True, slots=True)
class Timeline:
    """A routine, ready to be played.

    Attributes:
        routine: the routine's id.
        phases: in order, without gaps.
        steps: `steps[n - 1]` is the step with number n.
        relief: the positions to rest in after a stop, the one that needs nothing first.
        source: the text of the file it was made from, kept with the session.
    """

    routine: str
    name: str
    phases: tuple[Phase, ...]
    steps: tuple[Step, ...]
    summary: str = ""
    note: str = ""
    stage: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    safety: Safety = Safety()
    relief: tuple[Exercise, ...] = ()
    source: str = ""

    @property
    def total_ms(self) -> int:
        """The whole length; self-paced phases count nothing."""
        return total_of(self.phases)

    def relief_called(self, position: str) -> Exercise | None:
        """The position to rest in that has this id; None where there is none."""
        return next((each for each in self.relief if each.id == position), None)


def total_of(phases: Iterable[Phase]) -> int:
    """The sum of the phases' lengths in milliseconds."""
    return sum(phase.length_ms for phase in phases)


def with_duration(phase: Phase, duration_ms: int) -> Phase:
    """The phase with another length, its marks where they then belong."""
    return replace(phase, duration_ms=duration_ms, marks=marks_of(phase.kind, duration_ms))


def lay_out(phases: Iterable[Phase]) -> tuple[Phase, ...]:
    """The phases one after the other from 0, with their marks; those of zero length left out."""
    laid = []
    at = 0
    for phase in phases:
        if phase.duration_ms == 0:
            continue
        laid.append(replace(phase, start_ms=at, marks=marks_of(phase.kind, phase.duration_ms)))
        at += phase.length_ms
    return tuple(laid)
