"""The zone of a session, by the pain at rest."""

import pytest

from backcoach.coach.zones import zone_at


@pytest.mark.parametrize(
    ("resting", "red_from"),
    [(0, 4), (1, 4), (2, 4), (3, 5), (4, 6), (5, 6), (6, 7), (7, 8), (8, 0), (9, 0), (10, 0)],
)
def test_each_pain_has_its_zone(resting: int, red_from: int) -> None:
    zone = zone_at(resting)

    assert (zone.resting, zone.red_from) == (resting, red_from)


@pytest.mark.parametrize("resting", range(8, 11))
def test_with_so_much_nothing_settles(resting: int) -> None:
    assert not any(zone_at(resting).is_settled(pain) for pain in range(11))
