"""What there is to see of a session at one moment, in words and numbers, for whatever shows it."""

from dataclasses import dataclass
from typing import Final

from backcoach.durations import format_clock
from backcoach.player.state import Question, State, Status, Stop
from backcoach.timeline.model import (
    REP_KINDS,
    REST_KINDS,
    Exercise,
    Phase,
    PhaseKind,
    Side,
)

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

BREATH_IN_MS: Final = 4000
BREATH_OUT_MS: Final = 6000
SHORT_REP_MS: Final = 8000
"""In a rep shorter than this without a hold, its number is worth more than its seconds."""


@dataclass(frozen=True, slots=True)
class StopView:
    """The stop, as it is shown.

    Attributes:
        place: "set 1 · rep 3 · 2 s into the hold".
        other: the exercise that it can be moved to; empty where there is none.
        mistakable: whether it can still be taken for a mistake.
        breathe_in: which half of a breath it is.
    """

    exercise: str
    place: str
    exit: tuple[str, ...]
    question: Question
    other: str
    mistakable: bool
    breathing: bool
    breathe_in: bool


@dataclass(frozen=True, slots=True)
class PlayerView:
    """What there is to see.

    Attributes:
        word: the state in one word, as the top line has it.
        kind: the current phase's kind, for its colour.
        big: the digits to show: seconds or minutes left, or a short rep's number; "" for none.
        reps_done: those of the current set and side.
        fraction: how much of the phase is over, 0 to 1; 0 where it has no length.
        bar: for each playing of a step its length and what of it is over, in milliseconds.
        following: what comes next.
        change_ms: how long until `big` or `left` shows something else; None while frozen.
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
    return PlayerView(
        routine=state.timeline.name,
        step=phase.step,
        steps=len(state.timeline.steps),
        exercise=_name(state, state.phase),
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
        fraction=min(1.0, state.elapsed_ms / phase.duration_ms) if phase.duration_ms else 0.0,
        duration_ms=phase.duration_ms,
        left_ms=left_ms,
        left=format_clock(-(-left_ms // 1000) * 1000),
        cue=_cue(state, exercise),
        following=following(state),
        bar=_bar(state),
        muted=state.muted,
        notice=state.notice,
        amber=phase.step in state.amber,
        stop=_stop_view(state, state.stop) if state.stop else None,
        outcome=str(state.outcome or ""),
        change_ms=change_ms if state.status is Status.RUNNING else None,
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


def _name(state: State, phase: Phase) -> str:
    exercise = state.exercise_of(phase)
    return exercise.name if exercise else "Rest"


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
    note = state.step.note
    if exercise is None:
        return note
    cues = exercise.cues
    form = state.form_of(phase)
    if phase.kind is PhaseKind.PREPARE:
        first = not state.settle and (phase.set or 1) == 1
        return " ".join((note, *cues.setup, *cues.go) if first else cues.go)
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
        return _name(state, after)
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
            into = 0 if state.settle else state.elapsed_ms
            over = min(length, state.phase.start_ms - state.plan[start].start_ms + into)
        bar.append((length, over))
    return tuple(bar)


def _stop_view(state: State, stop: Stop) -> StopView:
    phase = stop.place.phase
    exercise = state.exercise_of(phase)
    parts = []
    if phase.set is not None:
        parts.append(f"set {phase.set}")
    if phase.rep is not None:
        parts.append(f"rep {phase.rep}")
    word = PHASE_WORDS[phase.kind]
    parts.append(f"{stop.place.into_ms // 1000} s into the {word}")
    label = exercise.label(phase.side) if exercise else ""
    silent_ms = state.now_ms - stop.silent_since_ms
    return StopView(
        exercise=" · ".join(part for part in (_name(state, phase), label) if part),
        place=" · ".join(parts),
        exit=exercise.cues.exit if exercise else ("Stay still. Breathe out.",),
        question=stop.question,
        other=_other_place(state, stop),
        mistakable=not stop.said,
        breathing=stop.breathing,
        breathe_in=silent_ms % (BREATH_IN_MS + BREATH_OUT_MS) < BREATH_IN_MS,
    )


def _other_place(state: State, stop: Stop) -> str:
    """The place that a stop would be moved to, in words."""
    if stop.other is None or stop.question is not Question.WHAT:
        return ""
    phase = (stop.proposed if stop.at_other else stop.other).phase
    rep = f", rep {phase.rep}" if phase.rep is not None else ""
    return f"{_name(state, phase)}{rep}"
