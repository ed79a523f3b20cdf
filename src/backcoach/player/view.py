"""What there is to see of a session at one moment, in words and numbers, for whatever shows it."""

from dataclasses import dataclass
from typing import Final

from backcoach.durations import format_clock
from backcoach.player.state import State, Status
from backcoach.player.stopview import StopView as StopView
from backcoach.player.stopview import stop_view, until_changed_ms
from backcoach.player.words import BREATH_IN_MS as BREATH_IN_MS
from backcoach.player.words import BREATH_OUT_MS as BREATH_OUT_MS
from backcoach.player.words import NOT_COUNTED, name_of, note_of, to_prepare
from backcoach.player.words import PHASE_WORDS as PHASE_WORDS
from backcoach.timeline.model import (
    REP_KINDS,
    REST_KINDS,
    Exercise,
    PhaseKind,
    Side,
)

SHORT_REP_MS: Final = 8000
"""In a rep shorter than this without a hold, its number is worth more than its seconds."""


@dataclass(frozen=True, slots=True)
class PlayerView:
    """What there is to see.

    Attributes:
        word: the state in one word, as the top line has it.
        kind: the current phase's kind, for its colour.
        big: the digits to show: seconds or minutes left, or a short rep's number; "" for none.
        reps_done: those of the current set and side.
        settling: whether it is the time to get back into position.
        fraction: how much of the phase is over, 0 to 1; 0 where it has no length.
        bar: for each playing of a step its length and what of it is over, in milliseconds.
        following: what comes next.
        change_ms: how long until it looks different by itself; None while it doesn't.
    """

    routine: str
    step: int
    steps: int
    exercise: str
    word: str
    kind: PhaseKind
    status: Status
    side: Side | None
    side_label: str
    big: str
    rep: int
    reps: int
    reps_done: int
    set: int
    sets: int
    round: int | None
    settling: bool
    fraction: float
    duration_ms: int | None
    left_ms: int
    left: str
    cue: str
    following: str
    bar: tuple[tuple[int, int], ...]
    muted: bool
    notice: str
    amber: bool
    stop: StopView | None
    outcome: str
    change_ms: int | None


def view(state: State) -> PlayerView:
    """The state as it is seen now."""
    phase = state.current
    form = state.form_of(state.phase)
    exercise = state.exercise_of(state.phase)
    rep = phase.rep or 1
    in_rep = phase.kind in REP_KINDS
    left_ms = state.left_ms
    big, change_ms = _countdown(state)
    if state.notice_left_ms:
        change_ms = min(change_ms, state.notice_left_ms)
    return PlayerView(
        routine=state.timeline.name,
        step=phase.step,
        steps=len(state.timeline.steps),
        exercise=name_of(state, state.phase),
        word=_word(state),
        kind=phase.kind,
        status=state.status,
        side=phase.side,
        side_label=exercise.label(phase.side) if exercise else "",
        big=big,
        rep=rep,
        reps=form.reps_in(phase.set),
        reps_done=rep - 1 if in_rep or phase.kind is not PhaseKind.TIMED else 0,
        set=phase.set or 1,
        sets=max(1, len(form.reps)),
        round=phase.round,
        settling=state.settle is not None,
        fraction=min(1.0, state.elapsed_ms / phase.duration_ms) if phase.duration_ms else 0.0,
        duration_ms=phase.duration_ms,
        left_ms=left_ms,
        left=format_clock(-(-left_ms // 1000) * 1000),
        cue=_cue(state, exercise),
        following=following(state),
        bar=_bar(state),
        muted=state.muted,
        notice=state.notice if state.notice_left_ms else "",
        amber=phase.step in state.amber,
        stop=stop_view(state, state.stop) if state.stop else None,
        outcome=str(state.outcome or ""),
        change_ms=change_ms if state.status is Status.RUNNING else until_changed_ms(state),
    )


def _word(state: State) -> str:
    match state.status:
        case Status.STOPPED:
            return "stopped"
        case Status.ENDED:
            return "done"
        case Status.RUNNING:
            return PHASE_WORDS[state.current.kind]
        case _:
            return "paused"


def _countdown(state: State) -> tuple[str, int]:
    """The digits, and the milliseconds until they change."""
    phase = state.current
    if phase.duration_ms is None:
        return _digits(state.elapsed_ms // 1000, 0), 1000 - state.elapsed_ms % 1000
    left_ms = phase.duration_ms - state.elapsed_ms
    form = state.form_of(state.phase)
    a_rep_ms = sum(other.length_ms for other in form.phases if phase.same_rep(other))
    if phase.kind in REP_KINDS and not form.hold_ms and a_rep_ms < SHORT_REP_MS:
        return str(phase.rep or ""), left_ms
    seconds = -(-left_ms // 1000)
    return _digits(seconds, phase.duration_ms), left_ms - (seconds - 1) * 1000


def _digits(seconds: int, duration_ms: int) -> str:
    """Seconds, or `m:ss` throughout a phase that is a minute or longer."""
    if seconds >= 60 or duration_ms >= 60_000:
        return f"{seconds // 60}:{seconds % 60:02}"
    return str(seconds)


def _cue(state: State, exercise: Exercise | None) -> str:
    """The line to show: what to do now, or what comes with the next phase."""
    phase = state.current
    if exercise is None:
        return note_of(state, phase)
    cues = exercise.cues
    form = state.form_of(phase)
    if phase.kind is PhaseKind.PREPARE:
        settle = state.settle is not None
        words = to_prepare(state, phase, settle=settle)
        # What there is no room for is left out from its start: how to go stands last.
        lines = (NOT_COUNTED if settle else "", words.note, *words.setup, words.changed, *words.go)
        return " ".join(line for line in lines if line)
    if phase.kind is PhaseKind.MOVE_IN:
        last = phase.rep == form.reps_in(phase.set) > 1
        return f"{cues.last} {cues.lift}" if last else cues.lift
    if phase.kind is PhaseKind.SELF_PACED:
        return " ".join(("At your own pace. Press enter when done.", *cues.go))
    if phase.kind in (PhaseKind.HOLD, PhaseKind.TIMED):
        return " ".join(cues.hold or cues.go)
    if phase.kind is PhaseKind.MOVE_OUT:
        return cues.lower
    if phase.kind is PhaseKind.SET_REST:
        return cues.between or "Rest."
    return ""


def following(state: State) -> str:
    """What comes after the current phase, in a few words."""
    after = state.phase if state.settle else state.following
    if after is None:
        return "the end"
    if after.exercise is None:
        return f"rest, {format_clock(after.length_ms)}"
    if after.run != state.phase.run or after.kind is PhaseKind.PREPARE:
        return name_of(state, after)
    exercise = state.exercise_of(after)
    seconds = f"{after.length_ms / 1000:.0f} s"
    if after.kind is PhaseKind.SWITCH and exercise:
        return f"switch: {exercise.label(after.side)}"
    if after.kind in REST_KINDS:
        more = f"set {after.set}" if after.kind is PhaseKind.SET_REST else f"rep {after.rep}"
        return f"{seconds} rest · {more}"
    word = PHASE_WORDS[after.kind]
    return f"{word}, {seconds}" if after.kind is PhaseKind.HOLD else word


def _bar(state: State) -> tuple[tuple[int, int], ...]:
    bar = []
    for start, end in state.runs():
        length = sum(phase.length_ms for phase in state.plan[start:end])
        if end <= state.index:
            over = length
        elif start > state.index:
            over = 0
        else:
            over = min(length, _reached_ms(state) - state.plan[start].start_ms)
        bar.append((length, over))
    return tuple(bar)


def _reached_ms(state: State) -> int:
    """How far into the plan the session is; a settle stands in for the prepare before its work."""
    if not state.settle:
        return state.phase.start_ms + state.elapsed_ms
    before = state.plan[state.index - 1] if state.index else None
    if before and before.kind is PhaseKind.PREPARE and not state.resume_ms:
        return before.start_ms + min(state.elapsed_ms, before.length_ms)
    return state.phase.start_ms + state.resume_ms
