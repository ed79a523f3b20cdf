"""What has happened in a session. History, cues and summary are folds over these.

`at_ms` is the player's own time at which it was due, not the later one at which it was noticed;
`active_ms` is how much unpaused time in phases the session had by then.
"""

from dataclasses import dataclass
from typing import ClassVar

from backcoach.timeline.marks import Cue
from backcoach.timeline.model import Phase, PhaseKind, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """The base of all events. Those with `recorded` are written to the history."""

    kind: ClassVar[str] = ""
    recorded: ClassVar[bool] = True

    at_ms: int
    active_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseBegan(Event):
    """A phase begins; `settle` where it is the time to get back into position."""

    kind: ClassVar[str] = "phase-began"
    recorded: ClassVar[bool] = False

    phase: Phase
    settle: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseEnded(Event):
    """A phase is over after `elapsed_ms` in it."""

    kind: ClassVar[str] = "phase-ended"
    recorded: ClassVar[bool] = False

    phase: Phase
    elapsed_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkReached(Event):
    """A moment in a phase at which something is heard."""

    kind: ClassVar[str] = "mark"
    recorded: ClassVar[bool] = False

    phase: Phase
    cue: Cue


@dataclass(frozen=True, slots=True, kw_only=True)
class StepBegan(Event):
    """The first phase of a step, in one of its rounds."""

    kind: ClassVar[str] = "step"

    step: int
    exercise: str | None
    round: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RepDone(Event):
    """A rep, a timed exercise or a self-paced set is done.

    Attributes:
        reps: how many it counts for: more than one for a self-paced set.
        real_ms: from its first movement to its last.
        held_ms: the hold within it.
    """

    kind: ClassVar[str] = "rep"

    step: int
    exercise: str
    family: str
    round: int | None
    side: Side | None
    set: int | None
    rep: int | None
    reps: int
    real_ms: int
    held_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped(Event):
    """On to another step before this one was over; `to_step` is None at the end."""

    kind: ClassVar[str] = "skip"

    step: int
    to_step: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WentBack(Event):
    """Back to the start of a step; `undone` where it undid a skip or a swap."""

    kind: ClassVar[str] = "back"

    step: int
    to_step: int
    undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(Event):
    """The clock stands; `reason` is "key", "menu", "quit", "help" or "gap"."""

    kind: ClassVar[str] = "pause"

    reason: str
    lost_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Event):
    """The clock runs again."""

    kind: ClassVar[str] = "resume"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengthened(Event):
    """A phase was made longer, or shorter where `by_ms` is negative."""

    kind: ClassVar[str] = "change"

    step: int
    phase: PhaseKind
    by_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Swapped(Event):
    """A step goes on in another form: "smaller" or "easier"."""

    kind: ClassVar[str] = "swap"

    step: int
    form: str
    exercise: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ached(Event):
    """It ached; `ends` where it was the second time and the exercise ends."""

    kind: ClassVar[str] = "ache"

    step: int
    exercise: str | None
    ends: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped(Event):
    """It hurts: where the person was, and how far into that phase."""

    kind: ClassVar[str] = "stop"

    number: int
    step: int
    exercise: str | None
    phase: PhaseKind
    side: Side | None
    set: int | None
    rep: int | None
    round: int | None
    into_ms: int
    stopped_at_ms: int
    """Of the active time, the moment that the stop belongs to."""
    moved: bool = False
    """Whether it says again where a stop belongs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopAnswered(Event):
    """One question of a stop has its answer; None where it was left out.

    `question` is one of `Question`, or "position" for where the person rests.
    """

    kind: ClassVar[str] = "answer"

    number: int
    question: str
    value: str | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StopMistaken(Event):
    """The stop was pressed by mistake."""

    kind: ClassVar[str] = "mistake"

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BreathingBegan(Event):
    """Nobody answered for a while: breathing is paced from here on."""

    kind: ClassVar[str] = "breathing"
    recorded: ClassVar[bool] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BreathingEnded(Event):
    """Somebody is there again: breathing is no longer paced."""

    kind: ClassVar[str] = "breathing-ended"
    recorded: ClassVar[bool] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliefBegan(Event):
    """A position to rest in is shown; `position` is its id, empty where there is none."""

    kind: ClassVar[str] = "relief"
    recorded: ClassVar[bool] = False

    position: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut(Event):
    """A step is left out of what is still to come; `reason` is one of `barring.REASONS`."""

    kind: ClassVar[str] = "left-out"

    step: int
    exercise: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Muted(Event):
    """Sound off, or on again."""

    kind: ClassVar[str] = "mute"
    recorded: ClassVar[bool] = False

    muted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended(Event):
    """The session is over: "completed", "ended", "pain" or "interrupted"."""

    kind: ClassVar[str] = "end"

    outcome: str
