"""How long getting from one posture into another takes."""

from typing import get_args

import pytest

from backcoach.catalogue.model import Posture
from backcoach.catalogue.postures import change_ms

POSTURES = sorted(get_args(Posture))
UPRIGHT = {"standing", "seated"}


@pytest.mark.parametrize("before", POSTURES)
@pytest.mark.parametrize("after", POSTURES)
def test_every_pair(before: str, after: str) -> None:
    ms = change_ms(before, after)

    assert ms == change_ms(after, before)
    if before == after:
        assert ms == 0
    elif before in UPRIGHT and after in UPRIGHT:
        assert ms == 15_000
    elif before in UPRIGHT or after in UPRIGHT:
        assert ms == 45_000
    else:
        assert 15_000 <= ms <= 25_000


def test_a_posture_that_is_not_known_needs_no_time() -> None:
    assert change_ms("floating", "supine") == 0
    assert change_ms("supine", "floating") == 0
