"""What is sent of a row that has changed: the changed stretch, from where it begins."""

import pytest
from rich.console import Console
from rich.segment import Segment
from textual.strip import Strip

from backcoach.tui.stretches import Stretches

ROW = "abcdefghij"


def written(row: str, left: int, right: int, cuts: tuple[int, ...] = (0, 10)) -> str:
    """What is sent of the third row."""
    strip = Strip([Segment(row)])
    pieces = strip.divide(cuts[1:])
    chops = [{}, {}, dict(zip(cuts, pieces, strict=False))]
    ends = [[], [], list(cuts[1:])]
    console = Console(color_system=None)
    return Stretches(chops, [(2, left, right)], ends).render_segments(console)


@pytest.mark.parametrize(("left", "right"), [(0, 10), (0, 3), (4, 7), (9, 10)])
def test_a_stretch_is_sent_from_its_start(left: int, right: int) -> None:
    assert written(ROW, left, right) == f"\x1b[3;{left + 1}H{ROW[left:right]}"


def test_a_stretch_over_two_widgets_is_sent_in_two_pieces() -> None:
    assert written(ROW, 3, 8, (0, 5, 10)) == "\x1b[3;4Hde\x1b[3;6Hfgh"


def test_beside_a_stretch_nothing_is_sent() -> None:
    assert written(ROW, 0, 5, (0, 5, 10)) == "\x1b[3;1Habcde"
    assert written(ROW, 5, 10, (0, 5, 10)) == "\x1b[3;6Hfghij"


def test_a_wide_character_that_is_cut_leaves_no_half_of_it() -> None:
    assert written("ab界cdefgh", 3, 6) == "\x1b[3;4H cd"
