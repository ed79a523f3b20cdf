"""How many of something, and which phase, in words."""

import pytest
from stats_building import a_session, a_stop

from backcoach.cli.history import _line
from backcoach.player.words import the_phase
from backcoach.stats.words import OUTCOMES, how_it_ended, plural, so_many_stops
from backcoach.timeline.model import PhaseKind
from backcoach.tui.pictures.session_card import how


def test_so_many() -> None:
    assert [plural(count, "stop") for count in (0, 1, 2)] == ["no stops", "1 stop", "2 stops"]


@pytest.mark.parametrize(
    ("outcome", "stops", "ended", "many"),
    [
        ("completed", 0, "completed", ""),
        ("completed", 1, "completed", "a stop"),
        ("ended", 0, "ended", ""),
        ("ended", 2, "it hurt", "2 stops"),
        ("pain", 1, "it hurt", "a stop"),
        ("interrupted", 1, "broke off", "a stop"),
        ("running", 0, "still runs", ""),
        ("waved", 0, "waved", ""),
    ],
)
def test_how_a_session_ended(outcome: str, stops: int, ended: str, many: str) -> None:
    found = a_session(outcome=outcome, stops=(a_stop(),) * stops + (a_stop(mistake=True),))

    assert (how_it_ended(found), so_many_stops(found)) == (ended, many)


def test_every_screen_and_line_says_it_so() -> None:
    for outcome, words in OUTCOMES.items():
        found = a_session(outcome=outcome)

        assert words in _line(found)
        assert words in how(found) or outcome == "completed"


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
