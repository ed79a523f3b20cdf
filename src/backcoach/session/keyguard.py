"""Which key presses count: a key acts on the screen that it was aimed at.

For a moment after the screen has changed only stop and pause count, and a key that repeats
itself because it is held down never does. Times are real milliseconds, whatever the speed.
"""

from typing import Final

from backcoach.player.inputs import InputKind
from backcoach.player.state import State, Status

CHANGED_MS: Final = 400
"""After a change of screen, only stop and pause count for so long."""
STOPPED_MS: Final = 700
"""After a stop, only stop counts for so long."""
UNSAVED_MS: Final = 1000
"""A stop that isn't written after so long asks all the same, and says that it isn't."""
HELD_MS: Final = 750
"""The same key again within this may be the first repeat of a key that is held down."""
REPEAT_MS: Final = 120
"""The same for keys that are pressed twice on purpose; held down, these may count twice."""

_TWICE = frozenset({InputKind.LONGER, InputKind.SHORTER, InputKind.BACK})

Face = tuple[object, ...]


class KeyGuard:
    """Remembers when the screen changed and which key came last."""

    def __init__(self, changed_ms: int) -> None:
        self._face: Face = ()
        self._changed_ms = changed_ms
        self._key = ""
        self._key_ms: int | None = None

    def see(self, state: State, now_ms: int) -> None:
        """Note what is on the screen now."""
        face = _face(state)
        if face != self._face:
            self._face = face
            self._changed_ms = now_ms

    def asks(self, state: State, now_ms: int) -> bool:
        """Whether a stop's questions are on the screen: once it is saved, or after a second."""
        stop = state.stop
        return stop is not None and (
            stop.saved or not _just_stopped(state) or now_ms - self._changed_ms >= UNSAVED_MS
        )

    def lets_pass(self, key: str, kind: InputKind, state: State, now_ms: int) -> bool:
        """Whether the press counts. Every press is remembered, counted or not."""
        since_ms = None if key != self._key or self._key_ms is None else now_ms - self._key_ms
        self._key, self._key_ms = key, now_ms
        if kind is InputKind.STOP:
            return True
        if since_ms is not None and since_ms < (REPEAT_MS if kind in _TWICE else HELD_MS):
            return False
        shown_ms = now_ms - self._changed_ms
        if state.status is Status.STOPPED:
            if kind is InputKind.ANSWER and not self.asks(state, now_ms):
                return False
            return shown_ms >= (STOPPED_MS if _just_stopped(state) else CHANGED_MS)
        # A pause aimed at a session that runs never sends one on that has just been paused.
        pauses = kind is InputKind.PAUSE and state.status is Status.RUNNING
        return pauses or shown_ms >= CHANGED_MS


def _face(state: State) -> Face:
    """What makes one screen another: the status, the question or the card over it, the step."""
    if not state.plan:
        return ()
    stop = state.stop
    return (state.status, stop and (stop.question, stop.card), state.phase.run)


def _just_stopped(state: State) -> bool:
    """Whether nothing has been answered yet."""
    stop = state.stop
    return stop is not None and not stop.said and not stop.card and stop.question == "what"
