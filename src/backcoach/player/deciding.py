"""What a stop leads to: one table, read from the top.

It is the decision table of the rulebook, as far as it concerns the session itself. Whatever is
unanswered counts as its cautious row, and a routine's file can only be stricter.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from backcoach.player.barring import NOTHING_BARRED, Barred
from backcoach.player.questions import NO, YES
from backcoach.player.state import Question, State, Stop
from backcoach.player.zones import PainZone
from backcoach.timeline.model import Exercise, Safety

EASIER_UP_TO: Final = 4
"""After a dull effort of more than this the easier exercise isn't offered."""
SHARP_ENDS_FROM: Final = 6
"""A sharp pain of this or more ends the session."""

_EMERGENCY_PLACES: Final = frozenset({"both-legs", "between-legs", "chest-or-tummy"})
ALARMING: Final = _EMERGENCY_PLACES | {"unwell", "numb"}
"""The answers that bring a card whatever else is answered."""
_LEG: Final = frozenset({"thigh", "below-knee"})
_BACK: Final = frozenset({"low-back", "upper-back", "buttock"})
_LOADS: Final = {
    "shoulder-arm-or-wrist": frozenset({"SHOULDER"}),
    "hip-or-knee": frozenset({"KNEE", "HIPREP"}),
}
"""By where it hurts outside the back, the codes of the exercises that load it."""
_SHARP: Final = frozenset({"sharp", "spasm", None})
"""Not to say what it was counts as sharp."""


class Next(StrEnum):
    """How the session may go on, if the person chooses so."""

    CHOOSE = "choose"
    """With the same exercise, smaller or easier, or without it."""
    OTHERS = "others"
    """With every exercise that doesn't load what hurts."""
    GENTLE = "gentle"
    """With gentle exercises only."""
    NOTHING = "nothing"
    """No exercise any more: rest, and end."""


class LeavesOut(StrEnum):
    """What of the session is left out."""

    NOTHING = "nothing"
    EXERCISE = "exercise"
    FAMILY = "family"
    LOADING = "loading"


class Card(StrEnum):
    """Which card is due."""

    NONE = ""
    SAME_DAY = "same-day"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a stop leads to.

    Attributes:
        why: in words, for the person.
    """

    next: Next
    leaves_out: LeavesOut
    why: str = ""
    card: Card = Card.NONE

    @property
    def ends(self) -> bool:
        """Whether the session is over for exercise."""
        return self.next is Next.NOTHING


@dataclass(frozen=True, slots=True)
class Finding:
    """Everything that a row of the table looks at.

    Attributes:
        sharp_before: how many sharp stops the session had before this one.
    """

    stop: Stop
    zone: PainZone
    safety: Safety
    sharp_before: int = 0

    @property
    def needs_care(self) -> bool:
        """Whether the emergency card is due, whatever else is answered."""
        stop = self.stop
        return (
            stop.red_flags == YES
            or stop.quality == "unwell"
            or stop.where in _EMERGENCY_PLACES
            or (stop.quality == "numb" and stop.red_flags != NO)
        )

    @property
    def is_numb(self) -> bool:
        """Whether it is numb, with no emergency sign."""
        return self.stop.quality == "numb"

    @property
    def has_no_place(self) -> bool:
        """Whether nobody said where it is: a leg isn't ruled out."""
        return self.stop.where is None

    @property
    def is_in_leg(self) -> bool:
        """Whether a leg has it."""
        return self.stop.where in _LEG

    @property
    def is_elsewhere(self) -> bool:
        """Whether it is where no row of the rulebook says what may go on."""
        return self.stop.where not in _BACK and self.stop.where not in _LOADS

    @property
    def is_electric(self) -> bool:
        """Whether it is electric or burning."""
        return self.stop.quality == "electric"

    @property
    def is_unchecked(self) -> bool:
        """Whether the emergency signs should have been asked for, and weren't denied."""
        return needs_check(self.stop) and self.stop.red_flags != NO

    @property
    def is_once_too_often(self) -> bool:
        """Whether it is the sharp stop that ends a session by its number, or by the file."""
        most = min(self.safety.stops_to_end, Safety().stops_to_end)
        ends_by_file = self.safety.on_sharp_pain != Safety().on_sharp_pain
        return is_sharp(self.stop) and (self.sharp_before + 1 >= most or ends_by_file)

    @property
    def is_very_sharp(self) -> bool:
        """Whether it is sharp, and as much as ends a session; no number counts as that."""
        how_much = self.stop.intensity
        return is_sharp(self.stop) and (how_much is None or how_much >= SHARP_ENDS_FROM)

    @property
    def is_calm_effort(self) -> bool:
        """Whether it is dull, and no more than can be carried on with."""
        stop = self.stop
        calm = stop.intensity is not None and not self.zone.is_red(stop.intensity)
        return stop.quality == "dull" and calm

    @property
    def has_no_number(self) -> bool:
        """Whether nobody said how much it was."""
        return self.stop.intensity is None

    @property
    def has_not_settled(self) -> bool:
        """Whether it is still more than before after relief, or nobody said."""
        return not self.zone.is_settled(self.stop.again)

    @property
    def is_dull(self) -> bool:
        """Whether it is dull, and more than can be carried on with."""
        return self.stop.quality == "dull"

    @property
    def is_outside_the_back(self) -> bool:
        """Whether it is sharp in a shoulder, arm, wrist, hip or knee."""
        return self.stop.where in _LOADS


_ENDS = "No more exercise today"


def _ends(why: str, leaves_out: LeavesOut = LeavesOut.EXERCISE, card: Card = Card.NONE) -> Decision:
    return Decision(Next.NOTHING, leaves_out, why, card)


_CARE = "These signs need care before anything else."
_LOOK = "New numbness deserves a look the same day."
_VERY_SHARP = f"{_ENDS}: it counts as sharp, and {SHARP_ENDS_FROM} or more."
_SHARP_UNKNOWN = f"{_ENDS}: it counts as sharp, and how much wasn't said."
_EASED = "It has settled: gentle exercises may go on"

_ROWS: Final[tuple[tuple[Callable[[Finding], bool], Decision], ...]] = (
    (lambda f: f.needs_care, _ends(_CARE, LeavesOut.NOTHING, Card.EMERGENCY)),
    (lambda f: f.is_numb, _ends(_LOOK, LeavesOut.NOTHING, Card.SAME_DAY)),
    (
        lambda f: f.has_no_place,
        _ends(f"{_ENDS}: where it is wasn't said, so it counts as in a leg."),
    ),
    (lambda f: f.is_in_leg, _ends(f"{_ENDS}: a leg may be part of it.")),
    (lambda f: f.is_elsewhere, _ends(f"{_ENDS}: what hurts should be looked at first.")),
    (lambda f: f.is_electric, _ends(f"{_ENDS}: it was electric or burning.")),
    (lambda f: f.is_once_too_often, _ends(f"{_ENDS}: no session goes on after this sharp stop.")),
    (lambda f: f.is_very_sharp and f.has_no_number, _ends(_SHARP_UNKNOWN)),
    (lambda f: f.is_very_sharp, _ends(_VERY_SHARP)),
    (lambda f: f.is_unchecked, _ends(f"{_ENDS}: the emergency signs were left out.")),
    (
        lambda f: f.is_calm_effort,
        Decision(Next.CHOOSE, LeavesOut.NOTHING, "It is not too much to carry on with."),
    ),
    (lambda f: f.has_no_number, _ends(f"{_ENDS}: without a number it counts as much.")),
    (lambda f: f.has_not_settled, _ends(f"{_ENDS}: it hasn't settled to what it was.")),
    (
        lambda f: f.is_dull,
        Decision(Next.GENTLE, LeavesOut.EXERCISE, f"{_EASED}, without this one."),
    ),
    (
        lambda f: f.is_outside_the_back,
        Decision(
            Next.OTHERS,
            LeavesOut.LOADING,
            "It has settled: the others may go on, without those that load what hurt.",
        ),
    ),
    (
        lambda _: True,
        Decision(Next.GENTLE, LeavesOut.FAMILY, f"{_EASED}, without this one and its kind."),
    ),
)


def decide(finding: Finding) -> Decision:
    """What a stop leads to: the first row that fits."""
    return next(decision for fits, decision in _ROWS if fits(finding))


def finding_of(state: State, stop: Stop) -> Finding:
    """A stop with what the session says about it."""
    earlier = (other for other in state.stops if other.number < stop.number)
    before = sum(is_sharp(other) and not other.mistake for other in earlier)
    return Finding(stop, state.zone, state.timeline.safety, before)


def any_needs_care(state: State) -> bool:
    """Whether something was answered in this session that needs care before any exercise."""
    return any(_needs_care(state, stop) for stop in state.stops if not stop.mistake)


def _needs_care(state: State, stop: Stop) -> bool:
    """Whether a card was due, or an alarming answer was taken back and no sign denied since."""
    unexplained = stop.alarmed and stop.red_flags != NO
    return unexplained or bool(decide(finding_of(state, stop)).card)


def is_alarming(stop: Stop) -> bool:
    """Whether something was answered that brings a card whatever else is answered."""
    return stop.quality in ALARMING or stop.where in ALARMING


def is_sharp(stop: Stop) -> bool:
    """Whether a stop counts as a sharp one."""
    return stop.quality in _SHARP or stop.quality == "electric"


def needs_check(stop: Stop) -> bool:
    """Whether the short check for emergency signs is asked."""
    known = stop.where in _BACK or stop.where in _LOADS
    small = stop.intensity is not None and stop.intensity <= EASIER_UP_TO
    return stop.alarmed or not (stop.quality == "dull" and small and known)


def barred_by(decision: Decision, stop: Stop, exercise: Exercise | None) -> Barred:
    """What a decision leaves out of the rest of the session.

    Args:
        exercise: that the stop belongs to; None in a rest.
    """
    if decision.leaves_out is LeavesOut.NOTHING or exercise is None:
        barred = NOTHING_BARRED
    else:
        barred = Barred(exercises=frozenset({exercise.id}))
    if decision.leaves_out is LeavesOut.FAMILY and exercise is not None:
        barred |= Barred(families=frozenset({exercise.family}))
    if decision.leaves_out is LeavesOut.LOADING:
        barred |= Barred(codes=_LOADS[stop.where or ""])
    if decision.next is Next.GENTLE:
        barred |= Barred(gentle_only=True)
    return barred


# Which question comes next


def _is_urgent(finding: Finding) -> bool:
    return finding.needs_care or finding.stop.where == "other"


_ORDER: Final[tuple[tuple[Question, Callable[[Finding], bool]], ...]] = (
    (Question.WHAT, lambda _: True),
    (Question.RED_FLAGS, _is_urgent),
    (Question.EMERGENCY, lambda f: bool(decide(f).card)),
    (Question.WHERE, lambda _: True),
    (Question.HOW_MUCH, lambda _: True),
    (Question.RED_FLAGS, lambda f: needs_check(f.stop)),
    (Question.CHOICE, lambda f: decide(f).next is Next.CHOOSE),
    (Question.RELIEF, lambda _: True),
    (Question.AGAIN, lambda _: True),
    (Question.LEG_GONE, lambda f: f.stop.where in _LEG),
    (Question.REST, lambda f: decide(f).ends),
    (Question.GO_ON, lambda _: True),
)
"""The questions in their order, and when each is asked."""


def next_question(finding: Finding) -> Question:
    """What comes next of what hasn't been asked."""
    asked = finding.stop.asked
    return next(q for q, applies in _ORDER if q not in asked and applies(finding))


def places_of_asking(finding: Finding) -> tuple[int, int]:
    """The number of the open question, and of how many that are asked in one go.

    The rest of them is counted as if nothing that is still open left a question out.
    """
    first = (Question.WHAT, Question.WHERE, Question.HOW_MUCH, Question.RED_FLAGS)
    later = (Question.AGAIN, Question.LEG_GONE)
    stop = finding.stop
    group = later if stop.question in later else first
    number = 1 + sum(question in stop.asked for question in group)
    if group is later:
        return number, 1 + (stop.where in _LEG)
    if stop.question is Question.RED_FLAGS:
        return number, number
    return number, len(first)


def ends_for_certain(finding: Finding) -> bool:
    """Whether the session is over, however much the relief may ease it."""
    eased = replace(finding, stop=replace(finding.stop, again=0))
    return decide(eased).ends
