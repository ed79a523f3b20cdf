"""Everything the player knows at one moment. Frozen: a step makes a new one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from backcoach.player.barring import NOTHING_BARRED, Barred
from backcoach.player.zones import STRICTEST, PainZone
from backcoach.timeline.model import (
    Exercise,
    Form,
    Phase,
    PhaseKind,
    Step,
    Timeline,
    total_of,
)

if TYPE_CHECKING:
    from backcoach.player.events import RepDone


NOTICE_MS: Final = 5000
"""So long a notice stands in the cue's place: long enough to read, and then the cue is needed."""


class Status(StrEnum):
    """What the player is doing. Time passes in phases while `RUNNING`, and only then."""

    RUNNING = "running"
    PAUSED = "paused"
    MENU = "menu"
    """Frozen, with the stop menu open."""
    ASKING = "asking"
    """Frozen, asking whether to end here."""
    HELP = "help"
    """Frozen, showing the keys."""
    STOPPED = "stopped"
    ENDED = "ended"


class Question(StrEnum):
    """What the stop asks, or shows where there is nothing to ask."""

    WHAT = "what"
    WHERE = "where"
    HOW_MUCH = "how-much"
    RED_FLAGS = "red-flags"
    """The short check: one question for all emergency signs."""
    RELIEF = "relief"
    """Rest in a position, until the person says that it can be asked again."""
    AGAIN = "again"
    """How much is it after the relief?"""
    LEG_GONE = "leg-gone"
    CHOICE = "choice"
    """A dull effort: smaller, easier, leave it out, or end here."""
    GO_ON = "go-on"
    """After relief the rest may go on, without what is left out."""
    REST = "rest"
    """Nothing more to do but rest, and end when ready."""
    EMERGENCY = "emergency"
    BREATHE = "breathe"


class Outcome(StrEnum):
    """How a session ended."""

    COMPLETED = "completed"
    ENDED = "ended"
    PAIN = "pain"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Place:
    """A moment of the session: the phase, how far into it, and the active time by then."""

    phase: Phase
    into_ms: int
    active_ms: int


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop, from the key to its last answer.

    Attributes:
        number: of the session's stops, from 1.
        proposed: where it most likely belongs.
        other: the other place it may belong to; None where there is none.
        at_other: whether it was moved there.
        silent_since_ms: the player's time of the last key.
        began_ms: the player's time of the stop itself.
        asked: the questions that were answered or left out.
        quality, where, intensity, red_flags, again, leg_gone: the answers; None where left out.
        position: the id of the chosen relief position; empty while it is the first one.
        relief_at_ms: the player's time when the relief began.
        breath_since_ms: the player's time from which the breath is counted.
        card: whether the person has opened the emergency card.
        said: whether anything was ever answered or left out: then it was no mistake.
        alarmed: whether an alarming answer was taken back: then the short check is asked.
        frozen: whether the clock stood already when it came.
    """

    number: int
    proposed: Place
    other: Place | None
    silent_since_ms: int
    began_ms: int = 0
    breath_since_ms: int = 0
    at_other: bool = False
    question: Question = Question.WHAT
    asked: frozenset[Question] = frozenset()
    quality: str | None = None
    where: str | None = None
    intensity: int | None = None
    red_flags: str | None = None
    again: int | None = None
    leg_gone: str | None = None
    position: str = ""
    relief_at_ms: int | None = None
    card: bool = False
    saved: bool = False
    breathing: bool = False
    said: bool = False
    alarmed: bool = False
    frozen: bool = False
    mistake: bool = False

    @property
    def place(self) -> Place:
        """Where the stop belongs."""
        return self.other if self.at_other and self.other else self.proposed


@dataclass(frozen=True, slots=True)
class Undo:
    """What `back` returns to within five seconds of a skip or a swap."""

    at_ms: int
    state: "State"
    same_until: int
    """Before this index both plans are the same: there the position is kept."""


@dataclass(frozen=True, slots=True)
class State:
    """The player at one moment.

    Attributes:
        plan: the phases, as the person has adjusted them.
        index: the phase that is played, or gone on with after `settle`.
        settle: the time to get back into position after a pause or a stop.
        elapsed_ms: into the settle, else into the phase.
        resume_ms: how far into the phase it goes on after the settle.
        now_ms: the last time handed in.
        next_mark: the mark of the current phase that is due next.
        rep_ms, held_ms: what the current rep has lasted, and its hold.
        small, amber: the steps made smaller, and those that ached.
        told: the playing of a step that was announced last.
        last_work, earlier_work: the last hold that was left, and the one before; and when.
        zone: what a pain means, by the resting pain at the start.
        barred: what stops have left out of the session.
        left_out: the steps that were left out for it, with why.
        notice, noticed_at_ms: what a key or a gap has done, in words, and the active time then.
    """

    timeline: Timeline
    plan: tuple[Phase, ...]
    zone: PainZone = STRICTEST
    status: Status = Status.RUNNING
    index: int = 0
    settle: Phase | None = None
    elapsed_ms: int = 0
    resume_ms: int = 0
    now_ms: int = 0
    active_ms: int = 0
    next_mark: int = 0
    rep_ms: int = 0
    held_ms: int = 0
    small: frozenset[int] = frozenset()
    amber: frozenset[int] = frozenset()
    done: "tuple[RepDone, ...]" = ()
    stop: Stop | None = None
    stops: tuple[Stop, ...] = ()
    barred: Barred = NOTHING_BARRED
    left_out: tuple[tuple[int, str], ...] = ()
    told: tuple[int, int | None, bool] | None = None
    last_work: Place | None = None
    earlier_work: Place | None = None
    last_work_at_ms: int = 0
    undo: Undo | None = None
    back_at_ms: int | None = None
    muted: bool = False
    notice: str = ""
    noticed_at_ms: int = 0
    outcome: Outcome | None = None

    @property
    def phase(self) -> Phase:
        """The phase of the plan that is played or gone on with."""
        return self.plan[self.index]

    @property
    def following(self) -> Phase | None:
        """The phase of the plan after this one; None at the end."""
        return self.plan[self.index + 1] if self.index + 1 < len(self.plan) else None

    @property
    def current(self) -> Phase:
        """What time passes in: the settle, else the phase."""
        return self.settle or self.phase

    @property
    def step(self) -> Step:
        """The step of the file that the current phase is part of."""
        return self.step_of(self.phase)

    def step_of(self, phase: Phase) -> Step:
        """The step that a phase is part of."""
        return self.timeline.steps[phase.step - 1]

    def form_of(self, phase: Phase) -> Form:
        """The form in which a phase's step is played."""
        step = self.step_of(phase)
        easier = step.easier
        if easier and easier.exercise and phase.exercise == easier.exercise.id:
            return easier
        return step.smaller if step.smaller and step.number in self.small else step.usual

    def exercise_of(self, phase: Phase) -> Exercise | None:
        """The exercise of a phase; None in a rest."""
        return self.form_of(phase).exercise if phase.exercise else None

    def bars(self, phase: Phase) -> str:
        """Why a phase's exercise is left out of the session; empty where it isn't."""
        exercise = self.exercise_of(phase)
        return self.barred.reason(exercise) if exercise else ""

    @property
    def left_ms(self) -> int:
        """What is left of the plan, settle included."""
        if self.settle:
            ahead = self.settle.length_ms - self.elapsed_ms
            into = self.resume_ms
        else:
            ahead, into = 0, self.elapsed_ms
        length = self.phase.length_ms
        return ahead + self.after_ms + length - min(into, length)

    @property
    def notice_left_ms(self) -> int:
        """How long the notice is still shown; it stays while the clock stands."""
        left_ms = self.noticed_at_ms + NOTICE_MS - self.active_ms
        return max(0, left_ms) if self.notice else 0

    @property
    def after_ms(self) -> int:
        """What comes after the current phase of the plan."""
        last = self.plan[-1]
        return last.start_ms + last.length_ms - self.phase.start_ms - self.phase.length_ms

    def run_start(self, index: int) -> int:
        """The index of the first phase of the step, in this round, that `index` is part of."""
        run = self.plan[index].run
        while index > 0 and self.plan[index - 1].run == run:
            index -= 1
        return index

    def run_end(self, index: int) -> int:
        """The index after the last phase of the same playing of the step."""
        run = self.plan[index].run
        while index < len(self.plan) and self.plan[index].run == run:
            index += 1
        return index

    def rep_start(self, index: int) -> int:
        """The index of the first phase of the rep that `index` is part of."""
        while index > 0 and self.plan[index - 1].same_rep(self.plan[index]):
            index -= 1
        return index

    def prepare_ms(self, index: int) -> int:
        """The last prepare before a phase, in the same playing of its step."""
        for at in range(index, self.run_start(index) - 1, -1):
            if self.plan[at].kind is PhaseKind.PREPARE:
                return self.plan[at].length_ms
        return self.step_of(self.plan[index]).prepare_ms

    def held_in_plan_ms(self, phase: Phase) -> int:
        """All holds of the phase's exercise and side that the plan has."""
        return total_of(
            other
            for other in self.plan
            if (other.kind, other.exercise, other.side) == (phase.kind, phase.exercise, phase.side)
        )

    def runs(self) -> Iterator[tuple[int, int]]:
        """The playings of steps as pairs of indices, the end not included."""
        start = 0
        while start < len(self.plan):
            end = self.run_end(start)
            yield start, end
            start = end


def relaid(plan: tuple[Phase, ...]) -> tuple[Phase, ...]:
    """The plan with every start where the lengths before it put it."""
    laid = []
    at = 0
    for phase in plan:
        laid.append(phase if phase.start_ms == at else replace(phase, start_ms=at))
        at += phase.length_ms
    return tuple(laid)
