"""What the figure does at a moment of a session, and the breath beside it. Pure."""

import math
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Final

from backcoach.figure.drawing import Drawing
from backcoach.figure.moving import (
    BREATH_STEPS,
    ease,
    going_round,
    held,
    moving_in,
    moving_out,
    shown,
)
from backcoach.figure.skeleton import KeyPose, between
from backcoach.player.state import State, Status, Stop
from backcoach.player.words import BREATH_IN_MS, BREATH_OUT_MS
from backcoach.timeline.model import (
    REP_KINDS,
    REST_KINDS,
    Exercise,
    Phase,
    PhaseKind,
    Side,
)

FRAME_MS: Final = 1000 / 12
"""While a figure moves it is drawn anew this often."""
SHOWN_MS: Final = 9000
"""One demonstration, where there is time for it: a moment to look, in, stay, out."""
SHORTEST_SHOWN_MS: Final = 4000
"""In less time than this nothing is demonstrated: it would be a twitch."""
STRIDE_MS: Final = 2400
"""Once round a movement that goes on and on."""
INTO_IT_MS: Final = 2000
"""What is timed begins at once: its figure gets into position in this time."""
STILL_MS: Final = 4000
"""Where nothing moves, a demonstration is two pictures that change this often."""
EXIT_MS: Final = 2500
"""After a stop the figure comes down in this time."""
QUIET_IN_MS: Final = 4000
QUIET_OUT_MS: Final = 4000
"""The breath of a figure whose exercise has none of its own."""
PACER_STEPS: Final = 11
"""A paced breath is shown in so many cells."""


@dataclass(frozen=True, slots=True)
class Pacer:
    """A breath to follow.

    Attributes:
        full: how many of `PACER_STEPS` cells.
        change_ms: until it looks different, in the player's time.
    """

    inward: bool
    full: int
    change_ms: float


@dataclass(frozen=True, slots=True)
class Stance:
    """A figure at a moment.

    Attributes:
        breath: how full it is, 0 to `BREATH_STEPS`.
        change_ms: until it looks different, in the player's time; None while it is still.
        moves: whether it is between two poses, and drawn `FRAME_MS` by `FRAME_MS`.
    """

    drawing: Drawing
    pose: KeyPose
    breath: int = 0
    change_ms: float | None = None
    moves: bool = False


def stance(state: State, *, still: bool = False) -> Stance | None:
    """What the figure does; None where there is nobody to draw.

    Args:
        still: with pictures that don't move.
    """
    if state.stop is not None and state.stop.position:
        return _resting(state, state.stop, still=still)
    phase = state.current if state.stop is None else state.stop.place.phase
    exercise, side = _shown_exercise(state, phase)
    if exercise is None or exercise.drawing is None:
        return None
    drawing = exercise.drawing
    if side is not None:
        drawing = drawing.on_side(side is Side.LEFT)
    if state.stop is not None:
        return _coming_down(state, phase, drawing, still=still)
    into_ms = state.elapsed_ms
    frame_ms = _frame(into_ms)
    share = frame_ms / phase.duration_ms if phase.duration_ms else 0.0
    match phase.kind:
        case PhaseKind.MOVE_IN if still:
            return Stance(drawing, moving_in(drawing, 1.0))
        case PhaseKind.MOVE_IN:
            return _moving(drawing, moving_in(drawing, share), into_ms)
        case PhaseKind.MOVE_OUT if still:
            return Stance(drawing, moving_out(drawing, 1.0))
        case PhaseKind.MOVE_OUT:
            return _moving(drawing, moving_out(drawing, share), into_ms)
        case PhaseKind.PREPARE | PhaseKind.SELF_PACED:
            return _demonstration(drawing, into_ms, phase.duration_ms, still=still)
        case PhaseKind.TIMED if drawing.cycle and not still:
            return _moving(drawing, going_round(drawing, frame_ms / STRIDE_MS), into_ms)
        case PhaseKind.TIMED if into_ms < INTO_IT_MS and len(drawing.poses) > 1 and not still:
            return _moving(drawing, moving_in(drawing, frame_ms / INTO_IT_MS), into_ms)
        case PhaseKind.HOLD | PhaseKind.TIMED:
            return breathed(drawing, exercise, into_ms, still=still)
        case _:
            return Stance(drawing, drawing.poses[0])


def pacer(state: State, *, still: bool = False) -> Pacer | None:
    """The breath to follow now; None where the exercise has none, or the clock stands.

    Args:
        still: as its word alone, which changes when the breath turns.
    """
    phase = state.current
    exercise = state.exercise_of(phase)
    if (
        exercise is None
        or not (exercise.breath_in_ms and exercise.breath_out_ms)
        or state.status is not Status.RUNNING
        or phase.kind not in REST_KINDS | {PhaseKind.HOLD, PhaseKind.TIMED}
    ):
        return None
    breath = paced(state.elapsed_ms, exercise.breath_in_ms, exercise.breath_out_ms)
    if not still:
        return breath
    into = state.elapsed_ms % (exercise.breath_in_ms + exercise.breath_out_ms)
    turns_ms = exercise.breath_in_ms + (0 if breath.inward else exercise.breath_out_ms)
    return Pacer(breath.inward, PACER_STEPS, turns_ms - into)


def paced(into_ms: int, in_ms: int, out_ms: int) -> Pacer:
    """A breath so far into breathing in and out, again and again."""
    into = into_ms % (in_ms + out_ms)
    inward = into < in_ms
    into, length_ms = (into, in_ms) if inward else (into - in_ms, out_ms)
    done = into * PACER_STEPS // length_ms
    change_ms = max(1.0, (done + 1) * length_ms / PACER_STEPS - into)
    return Pacer(inward, done + 1 if inward else PACER_STEPS - done, change_ms)


def breathing(drawing: Drawing, into_ms: int, in_ms: int, out_ms: int) -> Stance:
    """A figure that lies or holds still, and breathes."""
    cycle_ms = in_ms + out_ms
    turns, steps = _breath_turns(in_ms, out_ms)
    into = into_ms % cycle_ms
    at = bisect_right(turns, into)
    next_ms = turns[at] if at < len(turns) else cycle_ms + turns[0]
    return Stance(drawing, held(drawing), steps[at], max(1.0, next_ms - into))


def _shown_exercise(state: State, phase: Phase) -> tuple[Exercise | None, Side | None]:
    """Whom to draw, and which side works: in a rest of its own, what comes next."""
    if phase.exercise is not None:
        return state.exercise_of(phase), phase.side
    for coming in state.plan[state.index :]:
        if coming.exercise is not None:
            return state.exercise_of(coming), coming.side
    return None, None


def _frame(into_ms: float) -> float:
    """The moment whose frame is shown: between two frames nothing moves, whatever is drawn."""
    return into_ms // FRAME_MS * FRAME_MS


def _moving(drawing: Drawing, pose: KeyPose, into_ms: float) -> Stance:
    return Stance(drawing, pose, 0, max(1.0, FRAME_MS - into_ms % FRAME_MS), moves=True)


def _demonstration(
    drawing: Drawing, into_ms: int, duration_ms: int | None, *, still: bool
) -> Stance:
    """What is to be done, again and again; it ends where the exercise begins."""
    if len(drawing.poses) == 1 or (still and drawing.hold_pose == 0):
        return Stance(drawing, drawing.poses[0])
    if still:
        held_now = into_ms // STILL_MS % 2
        pose = held(drawing) if held_now else drawing.poses[0]
        return Stance(drawing, pose, 0, STILL_MS - into_ms % STILL_MS)
    if duration_ms is not None:
        if duration_ms < SHORTEST_SHOWN_MS:
            return Stance(drawing, drawing.poses[0])
        # As fast whether a prepare is made longer or not: a figure doesn't jump for a key.
        once_ms = min(duration_ms, SHOWN_MS)
        if (into_ms // once_ms + 1) * once_ms > duration_ms:
            # What can't be shown whole any more isn't begun.
            return Stance(drawing, drawing.poses[0])
        return demonstrated(drawing, into_ms, once_ms)
    return demonstrated(drawing, into_ms, SHOWN_MS)


def demonstrated(drawing: Drawing, into_ms: float, once_ms: float) -> Stance:
    """What is to be done, once in so many milliseconds, again and again."""
    quarter_ms = once_ms / 4
    quarters, since_ms = divmod(into_ms, quarter_ms)
    pose = shown(drawing, (quarters + _frame(since_ms) / quarter_ms) / 4)
    if any(pose is key_pose for key_pose in drawing.poses):
        return Stance(drawing, pose, 0, max(1.0, quarter_ms - since_ms))
    return _moving(drawing, pose, since_ms)


def breathed(drawing: Drawing, exercise: Exercise, into_ms: int, *, still: bool) -> Stance:
    """A slow breath in the position that is held: the exercise's own, else a quiet one."""
    if still:
        return Stance(drawing, held(drawing))
    in_ms = exercise.breath_in_ms or QUIET_IN_MS
    return breathing(drawing, into_ms, in_ms, exercise.breath_out_ms or QUIET_OUT_MS)


def _resting(state: State, stop: Stop, *, still: bool) -> Stance | None:
    """The position that the person rests in after a stop."""
    position = state.timeline.relief_called(stop.position)
    drawing = position.drawing if position else None
    if drawing is None:
        return None
    if still:
        return Stance(drawing, held(drawing))
    return breathing(drawing, state.now_ms - stop.breath_since_ms, BREATH_IN_MS, BREATH_OUT_MS)


def _coming_down(state: State, phase: Phase, drawing: Drawing, *, still: bool) -> Stance:
    """The exit: from where the figure was when the stop came, back to where the exercise begins."""
    assert state.stop is not None
    first = Stance(drawing, drawing.poses[0])
    # A stop in a rest may belong to the hold before it: by then the figure is down already.
    if still or phase != state.current or phase.kind not in REP_KINDS | {PhaseKind.TIMED}:
        return first
    coming_ms = state.now_ms - state.stop.began_ms
    if coming_ms >= EXIT_MS:
        return first
    done = _frame(coming_ms) / EXIT_MS
    into_ms = _frame(state.stop.place.into_ms)
    share = into_ms / phase.duration_ms if phase.duration_ms else 0.0
    if drawing.cycle:
        # The shortest way: the rest of its round would take it through its farthest pose.
        here = _in_cycle(drawing, phase.kind, share, into_ms)
        return _moving(drawing, between(here, drawing.poses[0], ease(done)), coming_ms)
    left = {PhaseKind.MOVE_IN: 1 - share, PhaseKind.MOVE_OUT: share}.get(phase.kind, 0.0)
    return _moving(drawing, moving_out(drawing, left + (1 - left) * done), coming_ms)


def _in_cycle(drawing: Drawing, kind: PhaseKind, share: float, into_ms: float) -> KeyPose:
    """Where a figure is in its round."""
    match kind:
        case PhaseKind.MOVE_IN:
            return moving_in(drawing, share)
        case PhaseKind.MOVE_OUT:
            return moving_out(drawing, share)
        case PhaseKind.TIMED:
            return going_round(drawing, into_ms / STRIDE_MS)
        case _:
            return held(drawing)


@cache
def _breath_turns(in_ms: int, out_ms: int) -> tuple[list[float], list[int]]:
    """When a breath's picture changes, from its start, and how full it is before each change."""
    shares = [
        math.acos(1 - 2 * (step + 0.5) / BREATH_STEPS) / math.pi for step in range(BREATH_STEPS)
    ]
    turns = [share * in_ms for share in shares]
    turns += [in_ms + (1 - share) * out_ms for share in reversed(shares)]
    return turns, [*range(BREATH_STEPS), *range(BREATH_STEPS, -1, -1)]
