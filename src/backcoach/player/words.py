"""What phases and exercises are called, the same on the screen, in plain text and in the voice."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from backcoach.player.state import State
from backcoach.timeline.model import Cues, Exercise, Phase, PhaseKind

PHASE_WORDS: Final = {
    PhaseKind.PREPARE: "get ready",
    PhaseKind.MOVE_IN: "lift",
    PhaseKind.HOLD: "hold",
    PhaseKind.MOVE_OUT: "lower",
    PhaseKind.REP_REST: "rest",
    PhaseKind.SWITCH: "switch",
    PhaseKind.SET_REST: "rest",
    PhaseKind.REST: "rest",
    PhaseKind.TIMED: "go",
    PhaseKind.SELF_PACED: "go",
}
"""What each phase is called, the same on the screen, in the plain mode and in the voice."""

_NAMELESS: Final = "go"
"""What is called out where a phase is all of its exercise: it is no name to speak of it by."""
_PHASES: Final[Mapping[object, str]] = {
    **{str(kind): f"the {word}" for kind, word in PHASE_WORDS.items() if word != _NAMELESS},
    str(PhaseKind.PREPARE): "getting ready",
}

BREATH_IN_MS: Final = 4000
BREATH_OUT_MS: Final = 6000
"""A paced breath."""
NOT_COUNTED: Final = "Nothing was counted meanwhile."
"""Of a pause, a stop and a gap, when it goes on."""


def the_phase(kind: object) -> str:
    """A phase in a sentence, "the hold"; "it" where it has no name, or isn't known here.

    Args:
        kind: as `PhaseKind` has it, or as it was written down.
    """
    return _PHASES.get(kind, "it")


def name_of(state: State, phase: Phase) -> str:
    """The name of what a phase is part of."""
    exercise = state.exercise_of(phase)
    return exercise.name if exercise else "Rest"


def relief_name(position: Exercise) -> str:
    """What a position to rest in is called; those that arch the back aren't for everybody."""
    arches = position.family == "extension"
    return f"{position.name}, if arching eases" if arches else position.name


class ToPrepare(NamedTuple):
    """What there is to know before a phase of work, the same to be heard and to be seen.

    Attributes:
        whole: whether it is everything; else only what is forgotten in a pause.
        note: the step's own.
        changed: what is different about a smaller form.
    """

    whole: bool
    note: str
    setup: tuple[str, ...]
    changed: str
    go: tuple[str, ...]


def to_prepare(state: State, phase: Phase, *, settle: bool) -> ToPrepare:
    """What a prepare says.

    Time to get back into position says everything as well, unless the person has begun with this
    very exercise: whoever comes to it by a stop or a pause has heard nothing of it.

    Args:
        phase: a prepare of an exercise.
        settle: whether it is the time to get back into position.
    """
    form = state.form_of(phase)
    whole = not (settle and _has_begun(state, phase))
    cues = form.exercise.cues if form.exercise else Cues()
    return ToPrepare(
        whole,
        note_of(state, phase) if whole else "",
        cues.setup if whole else (),
        form.words if form is state.step_of(phase).smaller else "",
        cues.go,
    )


def _has_begun(state: State, phase: Phase) -> bool:
    """Whether some work of a phase's exercise was begun, in this playing of its step.

    Of work long past nothing is known here: then it is said once more.
    """
    return any(
        place.phase.run == phase.run and place.phase.exercise == phase.exercise
        for place in (state.last_work, state.earlier_work)
        if place is not None
    )


def note_of(state: State, phase: Phase) -> str:
    """The note of a phase's step; none for the rest between two rounds, which is no step."""
    step = state.step_of(phase)
    return step.note if phase.exercise or step.usual.exercise is None else ""
