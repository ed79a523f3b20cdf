"""In every bundled routine: what a sharp stop has locked never comes back, whatever is pressed."""

from pathlib import Path

import pytest
from player_building import Playing, timeline_of_text

from backcoach.coach.zones import zone_at
from backcoach.player.inputs import InputKind
from backcoach.player.state import Status
from backcoach.timeline.model import PhaseKind, Timeline

ROUTINES = sorted((Path(__file__).parents[2] / "routines").glob("*.toml"))


def stopped_in(timeline: Timeline, step: int) -> Playing | None:
    """Stopped sharply in a hold of a step, rested, and gone on; None where that ends it."""
    playing = Playing(timeline, zone=zone_at(1))
    while playing.state.phase.step < step:
        playing.do(InputKind.NEXT)
        if playing.state.status is not Status.RUNNING:
            return None
    if all(phase.kind is not PhaseKind.HOLD for phase in timeline.phases if phase.step == step):
        return None
    playing.until(PhaseKind.HOLD, 500)
    playing.key("x", "1", "1", "4", "n")
    playing.wait(130_000)
    playing.key("enter", "1", "g")
    return playing if playing.state.status is Status.RUNNING else None


@pytest.mark.parametrize("tried", [("left", "left"), ("left", "left", "n"), ("e", "e", "left")])
@pytest.mark.parametrize("file", ROUTINES, ids=lambda file: file.stem)
def test_what_is_locked_never_comes_back(file: Path, tried: tuple[str, ...]) -> None:
    timeline = timeline_of_text(file.read_text("utf-8"))
    gone_on = 0
    for step in timeline.steps:
        playing = stopped_in(timeline, step.number) if step.usual.exercise else None
        if playing is None:
            continue
        gone_on += 1
        for key in tried:
            playing.wait(300)
            playing.key(key)
        while playing.state.status is Status.RUNNING:
            assert not playing.state.bars(playing.state.phase), (step.number, tried)
            if playing.state.phase.duration_ms is None:
                playing.do(InputKind.DONE)
            playing.wait(3000)
    if file.stem in ("core-foundation", "prevention-20", "back-on-track"):
        assert gone_on >= 2
