"""The countdown of the player: digits, with a ring or a fuse, and the reps."""

from math import hypot
from typing import Final

from backcoach.durations import format_clock
from backcoach.figure.letters import big_digits, digits_width
from backcoach.figure.raster import Tone, ring, room_in_ring
from backcoach.player.state import Status
from backcoach.player.view import PlayerView
from backcoach.timeline.model import PhaseKind
from backcoach.tui.canvas import FIGURE, Canvas, Role

PHASE_ROLES: Final = {
    PhaseKind.PREPARE: Role.PREPARE,
    PhaseKind.MOVE_IN: Role.PREPARE,
    PhaseKind.MOVE_OUT: Role.PREPARE,
    PhaseKind.HOLD: Role.HOLD,
    PhaseKind.TIMED: Role.HOLD,
    PhaseKind.SELF_PACED: Role.PAUSED,
    PhaseKind.REP_REST: Role.REST,
    PhaseKind.SET_REST: Role.REST,
    PhaseKind.REST: Role.REST,
    PhaseKind.SWITCH: Role.SWITCH,
}
PHASE_SHAPES: Final = {
    PhaseKind.PREPARE: "▲",
    PhaseKind.MOVE_IN: "↕",
    PhaseKind.MOVE_OUT: "↕",
    PhaseKind.HOLD: "■",
    PhaseKind.TIMED: "■",
    PhaseKind.SELF_PACED: "□",
    PhaseKind.REP_REST: "○",
    PhaseKind.SET_REST: "○",
    PhaseKind.REST: "○",
    PhaseKind.SWITCH: "⇄",
}
"""Before the state's word in plain text: phases are told apart without their colours too."""
PAUSED_SHAPE: Final = "‖"


def phase_role(view: PlayerView) -> Role:
    """The colour of the moment."""
    return PHASE_ROLES[view.kind] if view.status is Status.RUNNING else Role.PAUSED


def state_of(view: PlayerView, word: str = "") -> str:
    """The state in plain text: its shape, then its word or another one for it."""
    running = view.status is Status.RUNNING
    return f"{PHASE_SHAPES[view.kind] if running else PAUSED_SHAPE} {word or view.word}"


def counts_of(view: PlayerView) -> list[str]:
    """Which rep, set and round it is, of how many; nothing of what there is just one."""
    counts = []
    if view.reps > 1 or view.sets > 1:
        # At one's own pace nobody counts them but the person.
        own_pace = view.kind is PhaseKind.SELF_PACED
        reps = f"{view.reps} reps" if own_pace else f"rep {view.rep} of {view.reps}"
        counts += [reps, f"set {view.set} of {view.sets}"]
    if view.round is not None:
        counts.append(f"round {view.round}")
    return counts


def widest_digits(view: PlayerView) -> str:
    """The widest digits that the phase shows: they have one size from its start to its end."""
    if view.duration_ms is None:
        # At one's own pace it counts up; nobody knows how far.
        return view.big if ":" in view.big else "00"
    if view.duration_ms < 10_000:
        return view.big
    return format_clock(view.duration_ms) if ":" in view.big else "00"


def draw_digits(canvas: Canvas, view: PlayerView, x: int, y: int, width: int, rows: int) -> None:
    """The digits, in the middle of their column."""
    while rows > 4 and digits_width(widest_digits(view), rows) > width:
        rows -= 1
    left = x + max(0, (width - digits_width(view.big, rows)) // 2)
    canvas.put_rows(left, y, big_digits(view.big, rows), Role.TEXT)


def draw_fuse(canvas: Canvas, view: PlayerView, x: int, y: int, width: int, rows: int = 2) -> None:
    """What is left of the phase, burning down from the left."""
    if view.duration_ms is None:
        return
    burnt = round(view.fraction * width)
    canvas.fill(x, y, burnt, rows, Role.AHEAD, "░")
    canvas.fill(x + burnt, y, width - burnt, rows, phase_role(view), "█")


def rows_in_ring(widest: str, size: int) -> int:
    """How high digits can be inside a ring of so many pixels."""
    rows = 4
    while hypot(digits_width(widest, rows + 1) / 2, rows + 1) < room_in_ring(size) - 1:
        rows += 1
    return rows


def draw_ring(canvas: Canvas, view: PlayerView, x: int, y: int, size: int, rows: int) -> None:
    """A ring of the time that is left, with digits of so many rows inside it."""
    if view.duration_ms is not None:
        roles = {Tone.FLOOR: Role.AHEAD, Tone.WORK: phase_role(view)}
        canvas.put_pixels(x, y, ring(size, round(view.fraction, 2)), {**FIGURE, **roles})
    draw_digits(canvas, view, x, y + (size // 2 - rows) // 2, size, rows)


def draw_reps(canvas: Canvas, view: PlayerView, x: int, y: int, width: int, rows: int) -> None:
    """The reps of the set as blocks of so many rows, then in words."""
    gap = 2
    block = min(6, (width + gap) // max(1, view.reps) - gap)
    if block >= 1 and view.reps > 1:
        for rep in range(1, view.reps + 1):
            if rep <= view.reps_done:
                role, char = Role.HOLD, "█"
            elif rep == view.rep:
                role, char = phase_role(view), "▓"
            else:
                role, char = Role.AHEAD, "░"
            canvas.fill(x + (rep - 1) * (block + gap), y, block, rows, role, char)
    y += rows + (rows > 1)
    for words in counts_of(view):
        x = canvas.put(x, y, words, Role.TEXT) + 4
