"""What phases and exercises are called, the same on the screen, in plain text and in the voice."""

from collections.abc import Mapping
from typing import Final

from backcoach.player.state import State
from backcoach.timeline.model import Exercise, Phase, PhaseKind

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
