"""The player: `step(state, input, now_ms) -> (state, events)`.

Every transition is in `TRANSITIONS`, at the end. Nothing here reads a clock: time is handed in,
and one jump of thirty seconds gives the same events as five hundred ticks.
"""

from collections.abc import Callable
from typing import Final

from backcoach.player import adjusting, choosing, stopping
from backcoach.player import events as ev
from backcoach.player.inputs import Input, InputKind
from backcoach.player.resuming import BrokenOff, resume
from backcoach.player.running import Run, end_session, enter, finish_phase, go_on, switch_sound
from backcoach.player.state import Outcome, State, Status
from backcoach.player.zones import STRICTEST, PainZone
from backcoach.timeline.model import HELD_KINDS, WORK_KINDS, Phase, PhaseKind, Timeline

SHORT_GAP_MS: Final = 10_000
"""A shorter gap goes on by itself."""


def begin(
    timeline: Timeline,
    now_ms: int,
    zone: PainZone = STRICTEST,
    before: BrokenOff | None = None,
) -> tuple[State, list[ev.Event]]:
    """The first state of a session, and its first events.

    Args:
        timeline: a routine; one without phases is over at once.
        now_ms: the player's time, whole milliseconds from any zero that stays.
        zone: what a pain means today.
        before: how far it had come, where it was broken off.
    """
    if before is not None and (resumed := resume(timeline, before, now_ms, zone)):
        return resumed
    nothing = (Phase(PhaseKind.REST, 0, 1),)
    run = Run(State(timeline, timeline.phases or nothing, zone=zone, now_ms=now_ms))
    if timeline.phases:
        enter(run, 0)
    else:
        end_session(run, Outcome.COMPLETED)
    return run.state, run.events


def step(state: State, given: Input, now_ms: int) -> tuple[State, list[ev.Event]]:
    """The state at `now_ms`, after an input at that moment, and what happened on the way.

    A time before the last one handed in counts as that one. An input that means nothing in the
    state it reaches changes nothing.
    """
    run = Run(state)
    _advance(run, max(now_ms, state.now_ms))
    transition = TRANSITIONS.get((run.state.status, given.kind))
    if transition is not None:
        if given.kind not in (InputKind.TICK, InputKind.SAVED):
            run.set(notice="")
        transition(run, given)
        # What an input made due is done at once: a hold shortened to nothing ends here.
        _advance(run, run.state.now_ms)
    return run.state, run.events


def next_deadline(state: State) -> int | None:
    """When something is due next, in the player's time; None while nothing is.

    Cue marks count: whoever wakes at every deadline hears every cue on time.
    """
    if state.status is Status.RUNNING:
        due = _due(state)
        return None if due is None else state.now_ms + due - state.elapsed_ms
    if state.status is Status.STOPPED and state.stop:
        stop = state.stop
        breathing_ms = stopping.breathing_due_ms(stop)
        return stopping.abandoned_at_ms(stop) if breathing_ms is None else breathing_ms
    return None


# Time


def _due(state: State) -> int | None:
    """How far into the current phase its next mark is, or its end."""
    phase = state.current
    if state.next_mark < len(phase.marks):
        return phase.marks[state.next_mark].at_ms
    return phase.duration_ms


def _advance(run: Run, now_ms: int) -> None:
    while run.state.status is Status.RUNNING:
        state = run.state
        due = _due(state)
        left = now_ms - state.now_ms
        if due is None or due - state.elapsed_ms > left:
            _pass(run, left)
            return
        _pass(run, max(0, due - state.elapsed_ms))
        phase = state.current
        if state.next_mark < len(phase.marks):
            mark = phase.marks[state.next_mark]
            run.emit(ev.MarkReached, phase=phase, cue=mark.cue)
            run.set(next_mark=state.next_mark + 1)
        else:
            finish_phase(run)
    stopping.advance_silence(run, now_ms)
    run.set(now_ms=now_ms)


def _pass(run: Run, ms: int) -> None:
    """Let time go by in the current phase, and nothing else happen."""
    state = run.state
    kind = state.current.kind
    run.set(
        now_ms=state.now_ms + ms,
        active_ms=state.active_ms + ms,
        elapsed_ms=state.elapsed_ms + ms,
        rep_ms=state.rep_ms + ms * (kind in WORK_KINDS),
        held_ms=state.held_ms + ms * (kind in HELD_KINDS),
    )


def _freeze(run: Run, status: Status, reason: str, lost_ms: int = 0) -> None:
    if run.state.status is Status.RUNNING:
        run.emit(ev.Paused, reason=reason, lost_ms=lost_ms)
    run.set(status=status, notice="")


# What the keys do


def _pause(run: Run, _: Input) -> None:
    _freeze(run, Status.PAUSED, "key")


def _resume(run: Run, _: Input) -> None:
    go_on(run)


def _menu(run: Run, _: Input) -> None:
    _freeze(run, Status.MENU, "menu")


def _ask_to_end(run: Run, _: Input) -> None:
    _freeze(run, Status.ASKING, "quit")


def _help(run: Run, _: Input) -> None:
    _freeze(run, Status.HELP, "help")


def _close_help(run: Run, _: Input) -> None:
    run.set(status=Status.PAUSED)


def _end_here(run: Run, _: Input) -> None:
    end_session(run, Outcome.ENDED)


def _interrupt(run: Run, _: Input) -> None:
    end_session(run, Outcome.INTERRUPTED)


def _mute(run: Run, _: Input) -> None:
    switch_sound(run)


# What comes from outside


def _gap(run: Run, given: Input) -> None:
    """Time was lost: nothing is banked, and only a short gap goes on by itself."""
    lost_ms = given.value if isinstance(given.value, int) else 0
    _freeze(run, Status.PAUSED, "gap", lost_ms)
    if lost_ms < SHORT_GAP_MS:
        go_on(run)
    run.note(f"{lost_ms / 1000:.0f} s went missing: nothing was counted")


Transition = Callable[[Run, Input], None]

_STOP_AND_END: dict[InputKind, Transition] = {
    InputKind.STOP: stopping.it_hurts,
    InputKind.MUTE: _mute,
    InputKind.INTERRUPT: _interrupt,
}
"""What every frozen state has in common."""

_BY_STATUS: Final[dict[Status, dict[InputKind, Transition]]] = {
    Status.RUNNING: {
        **_STOP_AND_END,
        InputKind.PAUSE: _pause,
        InputKind.NEXT: adjusting.next_step,
        InputKind.BACK: adjusting.go_back,
        InputKind.LONGER: adjusting.longer,
        InputKind.SHORTER: adjusting.shorter,
        InputKind.ACHE: adjusting.ache,
        InputKind.EASIER: adjusting.easier,
        InputKind.DONE: adjusting.start_now,
        InputKind.MENU: _menu,
        InputKind.OTHER: _menu,
        InputKind.QUIT: _ask_to_end,
        InputKind.HELP: _help,
        InputKind.GAP: _gap,
    },
    Status.PAUSED: {
        **_STOP_AND_END,
        InputKind.PAUSE: _resume,
        InputKind.GO_ON: _resume,
        InputKind.NEXT: adjusting.next_step,
        InputKind.BACK: adjusting.go_back,
        InputKind.ACHE: adjusting.ache,
        InputKind.EASIER: adjusting.easier,
        InputKind.MENU: _menu,
        InputKind.QUIT: _ask_to_end,
        InputKind.HELP: _help,
        InputKind.CHOSEN: choosing.do_chosen,
    },
    Status.MENU: {
        **_STOP_AND_END,
        InputKind.DONE: stopping.it_hurts,
        InputKind.PAUSE: _resume,
        InputKind.GO_ON: _resume,
        InputKind.END: _end_here,
    },
    Status.ASKING: {
        **_STOP_AND_END,
        InputKind.PAUSE: _resume,
        InputKind.GO_ON: _resume,
        InputKind.END: _end_here,
    },
    Status.HELP: {
        **_STOP_AND_END,
        InputKind.PAUSE: _resume,
        InputKind.GO_ON: _resume,
        InputKind.HELP: _close_help,
    },
    Status.STOPPED: {
        InputKind.STOP: stopping.still_here,
        InputKind.OTHER: stopping.still_here,
        InputKind.MUTE: stopping.mute,
        InputKind.BACK: stopping.move_stop,
        InputKind.ANSWER: stopping.answer,
        InputKind.TEN: stopping.make_ten,
        InputKind.BREATHE: stopping.breathe,
        InputKind.MISTAKE: stopping.mistake,
        InputKind.DONE: stopping.ready,
        InputKind.POSITION: stopping.choose_position,
        InputKind.CARD: stopping.show_card,
        InputKind.GO_ON: stopping.go_on_without,
        InputKind.ACHE: stopping.go_on_smaller,
        InputKind.EASIER: stopping.go_on_easier,
        InputKind.END: stopping.end_stop,
        InputKind.SAVED: stopping.saved,
        InputKind.INTERRUPT: _interrupt,
    },
    Status.ENDED: {},
}

TRANSITIONS: Final[dict[tuple[Status, InputKind], Transition]] = {
    (status, kind): transition
    for status, transitions in _BY_STATUS.items()
    for kind, transition in transitions.items()
}
"""Everything an input can do. What is not here does nothing."""
