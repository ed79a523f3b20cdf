"""How many of something, and which phase, in words."""

import pytest

from backcoach.player.words import the_phase
from backcoach.stats.words import plural
from backcoach.timeline.model import PhaseKind


def test_so_many() -> None:
    assert [plural(count, "stop") for count in (0, 1, 2)] == ["no stops", "1 stop", "2 stops"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (PhaseKind.HOLD, "the hold"),
        ("move-in", "the lift"),
        (PhaseKind.TIMED, "it"),
        ("self-paced", "it"),
        ("float", "it"),
        (None, "it"),
    ],
)
def test_a_phase_in_a_sentence(kind: object, words: str) -> None:
    assert the_phase(kind) == words
