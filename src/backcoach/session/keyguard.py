"""Which key presses count: a key acts on the screen that it was aimed at.

For a moment after the screen has changed only stop and pause count, and a key that repeats
itself because it is held down never does. The first repeat looks like a second press: it waits
until a further one would have come. Times are real milliseconds, whatever the speed.
"""

from enum import Enum, auto
from typing import Final

from backcoach.player.inputs import Input, InputKind
from backcoach.player.state import Question, State, Status

CHANGED_MS: Final = 400
"""After a change of screen, only stop and pause count for so long."""
STOPPED_MS: Final = 700
"""After a stop, only stop counts for so long."""
UNSAVED_MS: Final = 1000
"""A stop that isn't written after so long asks all the same, and says that it isn't."""
HELD_MS: Final = 750
"""The same key again within this may be the first repeat of a key that is held down."""
NEXT_REPEAT_MS: Final = 150
"""Where no further one has come after so long, it was pressed again."""
TEN_MS: Final = 1500
"""A 0 this soon after a 1 makes it a 10."""
REPEAT_MS: Final = 120
"""The same for keys that are pressed twice on purpose; held down, these may count twice."""

_TWICE = frozenset({InputKind.LONGER, InputKind.SHORTER, InputKind.BACK})
_NUMBERS = frozenset({Question.HOW_MUCH, Question.AGAIN})


class Verdict(Enum):
    """What becomes of a press."""

    COUNTS = auto()
    WAITS = auto()
    """It counts if the key doesn't come again at once."""
    DROPPED = auto()


Face = tuple[object, ...]


class KeyGuard:
    """Remembers when the screen changed and which key came last."""

    def __init__(self, changed_ms: int) -> None:
        self._face: Face = ()
        self._changed_ms = changed_ms
        self._key = ""
        self._key_ms: int | None = None
        self._waits = False
        self._held = False
        self._one: tuple[Question, int] | None = None

    def see(self, state: State, now_ms: int) -> None:
        """Note what is on the screen now."""
        face = face_of(state)
        if face != self._face:
            self._face = face
            self._changed_ms = now_ms

    def asks(self, state: State, now_ms: int) -> bool:
        """Whether a stop's questions are on the screen: once it is saved, or after a second."""
        stop = state.stop
        return stop is not None and (
            stop.saved or not _just_stopped(state) or now_ms - self._changed_ms >= UNSAVED_MS
        )

    def made_ten(self, key: str, now_ms: int) -> Question | None:
        """The question whose 1 was the first digit of 10, if this key is the second one."""
        one, self._one = self._one, None
        if key != "0" or one is None or now_ms - one[1] > TEN_MS:
            return None
        self._key, self._key_ms = key, now_ms
        return one[0]

    def note_answer(self, given: Input, state: State, now_ms: int) -> None:
        """Note an answer that is about to be given: a 1 may become a 10."""
        stop = state.stop
        if stop and given == Input(InputKind.ANSWER, 1) and stop.question in _NUMBERS:
            self._one = stop.question, now_ms

    def judge(self, key: str, kind: InputKind, state: State, now_ms: int) -> Verdict:
        """Whether the press counts. Every press is remembered, counted or not."""
        since_ms = None if key != self._key or self._key_ms is None else now_ms - self._key_ms
        waited, self._waits = self._waits, False
        self._key, self._key_ms = key, now_ms
        if kind is InputKind.STOP:
            return Verdict.COUNTS
        soon = since_ms is not None and since_ms < HELD_MS
        if soon and kind in _TWICE:
            soon = since_ms is not None and since_ms < REPEAT_MS
        elif since_ms is not None and soon:
            # Once a key is known to repeat itself, all that follow are repeats as well.
            self._held = self._held or (waited and since_ms < NEXT_REPEAT_MS)
            self._waits = not self._held and since_ms >= REPEAT_MS
        if not soon:
            self._held = False
        elif not self._waits:
            return Verdict.DROPPED
        if not self._fits(kind, state, now_ms):
            self._waits = False
            return Verdict.DROPPED
        return Verdict.WAITS if self._waits else Verdict.COUNTS

    def _fits(self, kind: InputKind, state: State, now_ms: int) -> bool:
        """Whether what is on the screen has been there long enough to be meant."""
        shown_ms = now_ms - self._changed_ms
        if state.status is Status.STOPPED:
            if kind is InputKind.ANSWER and not self.asks(state, now_ms):
                return False
            return shown_ms >= (STOPPED_MS if _just_stopped(state) else CHANGED_MS)
        # A pause aimed at a session that runs never sends one on that has just been paused.
        pauses = kind is InputKind.PAUSE and state.status is Status.RUNNING
        return pauses or shown_ms >= CHANGED_MS


def face_of(state: State) -> Face:
    """What makes one screen another: the status, the question or the card over it, the step."""
    if not state.plan:
        return ()
    stop = state.stop
    return (state.status, stop and (stop.question, stop.card), state.phase.run)


def _just_stopped(state: State) -> bool:
    """Whether nothing has been answered yet."""
    stop = state.stop
    return stop is not None and not stop.said and not stop.card and stop.question == "what"
