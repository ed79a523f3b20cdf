"""What is chosen by its name, from a list for which the session was frozen.

It does what its key would have done in the session that ran, and the session goes on as after any
pause. A person who lies on the mat presses keys; who chooses from a list has to get back down.
"""

from collections.abc import Callable, Mapping
from typing import Final

from backcoach.player import adjusting
from backcoach.player import events as ev
from backcoach.player.inputs import Input, InputKind
from backcoach.player.running import Run, finish_phase, go_on, switch_sound
from backcoach.player.state import State, Status
from backcoach.timeline.model import REST_KINDS, PhaseKind

Act = Callable[[Run, Input], None]


def as_chosen(state: State, given: Input, *, frozen: bool) -> Input:
    """What an input asks for where it was chosen by its name.

    Args:
        frozen: whether the session ran until the list was opened. What a person has paused stays
            paused, unless what is chosen has a meaning in a session that runs only.
    """
    if state.status is Status.PAUSED and given.kind in (_CHOSEN if frozen else _RUNNING_ONLY):
        return Input(InputKind.CHOSEN, str(given.kind))
    return given


def do_chosen(run: Run, given: Input) -> None:
    """Do what was chosen to the phase that is frozen, then go on."""
    do = _CHOSEN.get(given.value)
    if do is None:
        return
    do(run, given)
    if run.state.status is Status.PAUSED:
        notice = run.state.notice
        go_on(run)
        run.set(notice=notice)


def _longer(run: Run, given: Input) -> None:
    _change_length(run, given, adjusting.longer)


def _shorter(run: Run, given: Input) -> None:
    _change_length(run, given, adjusting.shorter)


def _change_length(run: Run, given: Input, change: Act) -> None:
    if run.state.current.kind is PhaseKind.PREPARE:
        # It begins anew, whatever was over of it: that one is meant.
        go_on(run)
    change(run, given)
    state = run.state
    length_ms = state.current.duration_ms
    if state.status is Status.PAUSED and length_ms is not None and state.elapsed_ms >= length_ms:
        # Cut to what has passed of it, it is over, as it would be in a session that runs.
        finish_phase(run)


def _done(run: Run, _: Input) -> None:
    """Done, or start now. Nobody does that by mistake here: a prepare needs no first seconds."""
    kind = run.state.current.kind
    if kind is PhaseKind.SELF_PACED:
        finish_phase(run)
    elif kind in REST_KINDS | {PhaseKind.PREPARE}:
        run.set(status=Status.RUNNING)
        run.emit(ev.Resumed)
        finish_phase(run)


def _mute(run: Run, _: Input) -> None:
    switch_sound(run)


_RUNNING_ONLY: Final[Mapping[object, Act]] = {
    InputKind.LONGER: _longer,
    InputKind.SHORTER: _shorter,
    InputKind.DONE: _done,
}
_CHOSEN: Final[Mapping[object, Act]] = {
    **_RUNNING_ONLY,
    InputKind.NEXT: adjusting.next_step,
    InputKind.BACK: adjusting.go_back,
    InputKind.ACHE: adjusting.ache,
    InputKind.EASIER: adjusting.easier,
    InputKind.MUTE: _mute,
}
