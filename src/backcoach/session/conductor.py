"""Reads the clock, moves the player on, and hands what happens to whoever listens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from backcoach.player.choosing import as_chosen
from backcoach.player.events import Event
from backcoach.player.inputs import TICK, Input, InputKind
from backcoach.player.keys import read_key
from backcoach.player.machine import begin, next_deadline, step
from backcoach.player.resuming import BrokenOff
from backcoach.player.state import Status
from backcoach.player.view import PlayerView, view
from backcoach.player.zones import STRICTEST, PainZone
from backcoach.session.clock import Clock, Moment
from backcoach.session.keyguard import NEXT_REPEAT_MS, Face, KeyGuard, Verdict, face_of
from backcoach.timeline.model import Timeline

LATE_MS: Final = 2000
"""A wake-up this late, or clocks this far apart, and time was lost. Real milliseconds."""
BEAT_MS: Final = 4000
"""How often the running session's active time is handed on, in real milliseconds."""

MOST_MS: Final = 1000
"""The longest wait: what is lost to a stopped process is noticed this much later at most."""

Sink = Callable[[Event, Moment], None]
Beat = Callable[[int, Moment], None]


@dataclass(frozen=True, slots=True)
class _Pending:
    """A press that may be the first repeat of a key that is held down."""

    key: str
    given: Input
    face: Face
    at_ms: int


class Conductor:
    """One session, from its first phase to its end.

    Whoever owns it calls `pump` when `wait_ms` has passed, and `press` for each key.

    Args:
        timeline: what is played.
        clock: where the time comes from.
        sinks: called with every event, in order, on the caller's thread.
        beat: called with the active time at least every `BEAT_MS` while it runs.
        speed: a rehearsal's; the player's time runs this many times faster.
        muted: whether the session begins without sound.
        zone: what a pain means today.
        before: how far the session had come, where it was broken off.
    """

    def __init__(
        self,
        timeline: Timeline,
        clock: Clock,
        *,
        sinks: Sequence[Sink] = (),
        beat: Beat | None = None,
        speed: float = 1.0,
        muted: bool = False,
        zone: PainZone = STRICTEST,
        before: BrokenOff | None = None,
    ) -> None:
        self._clock = clock
        self._sinks = tuple(sinks)
        self._beat = beat
        self._speed = speed
        self._last = clock.now()
        self._zero_ms = self._last.monotonic_ms
        self._beaten_ms = self._last.monotonic_ms
        self._guard = KeyGuard(self._last.monotonic_ms)
        self._pending: _Pending | None = None
        self.state, events = begin(timeline, 0, zone, before)
        if muted:
            # Before anything is heard.
            self._step(Input(InputKind.MUTE), 0)
        self._settle(events, self._last)
        self._wake_ms = self._last.monotonic_ms + self.wait_ms()

    @property
    def ended(self) -> bool:
        """Whether the session is over."""
        return self.state.status is Status.ENDED

    @property
    def view(self) -> PlayerView:
        """What there is to see, as of the last time the clock was read."""
        return view(self.state)

    def pump(self) -> None:
        """Read the clock and let everything happen that is due."""
        moment = self._catch_up()
        self._give(TICK, moment)
        pending = self._pending
        if pending and moment.monotonic_ms - pending.at_ms >= NEXT_REPEAT_MS:
            self._deliver(moment)

    def press(self, key: str, *, chosen: bool = False, frozen: bool = False) -> bool:
        """Read the clock, then do what a key asks for; False where it doesn't count.

        The same key again so soon that it may be a repeat counts a moment later, in `pump`.

        Args:
            key: its name as Textual has it, or the character it types.
            chosen: by its name, from a list: nobody does that by mistake, so it counts.
            frozen: whether the session ran until that list was opened.
        """
        moment = self._catch_up()
        # A key that comes with the end of a step was aimed at what was there before it.
        self._give(TICK, moment)
        now_ms = moment.monotonic_ms
        pending = self._pending
        if pending and (key != pending.key or now_ms - pending.at_ms >= NEXT_REPEAT_MS):
            # Another key, or the same one too late to be a repeat: it was a press.
            self._deliver(moment)
        self._pending = None
        if question := self._guard.made_ten(key, now_ms):
            self._give(Input(InputKind.TEN, str(question)), moment)
            return True
        given = read_key(self.state, key)
        verdict = self._guard.judge(key, given.kind, self.state, now_ms)
        if verdict is Verdict.WAITS and not chosen:
            self._pending = _Pending(key, given, face_of(self.state), now_ms)
            return True
        if not (verdict is Verdict.COUNTS or chosen):
            return False
        if chosen:
            given = as_chosen(self.state, given, frozen=frozen)
        self._guard.note_answer(given, self.state, now_ms)
        self._give(given, moment)
        return True

    def _deliver(self, moment: Moment) -> None:
        """Do what a press asks for that was no repeat, if what it was aimed at is still there."""
        pending, self._pending = self._pending, None
        if pending is not None and pending.face == face_of(self.state):
            self._guard.note_answer(pending.given, self.state, pending.at_ms)
            self._give(pending.given, moment)

    def tell(self, given: Input) -> None:
        """Read the clock, then give the player an input that is no key."""
        self._give(given, self._catch_up())

    def wait_ms(self) -> int:
        """Real milliseconds until the next call of `pump` is due.

        While the session runs that is never more than a second, else never more than a beat.
        """
        beat_ms = self._beaten_ms + BEAT_MS - self._last.monotonic_ms
        running = self.state.status is Status.RUNNING
        soonest_ms = max(0, min(MOST_MS, beat_ms)) if running else BEAT_MS
        if self._pending:
            waited_ms = self._last.monotonic_ms - self._pending.at_ms
            soonest_ms = min(soonest_ms, max(0, NEXT_REPEAT_MS - waited_ms))
        due = next_deadline(self.state)
        if due is None:
            return soonest_ms
        now_ms = self._player_ms(self._last)
        return min(soonest_ms, max(0, -int(-(due - now_ms) // self._speed)))

    def wakes_in(self, ms: float) -> None:
        """Whoever owns it wakes sooner than `wait_ms` says: by this a late wake-up is known."""
        self._wake_ms = min(self._wake_ms, self._last.monotonic_ms + int(ms))

    @property
    def asks(self) -> bool:
        """Whether a stop's questions are asked: once it is written, or after a moment."""
        return self._guard.asks(self.state, self._last.monotonic_ms)

    def _player_ms(self, moment: Moment) -> int:
        return int((moment.monotonic_ms - self._zero_ms) * self._speed)

    def _catch_up(self) -> Moment:
        """The present moment; where time was lost, the player is told, and doesn't get it."""
        moment = self._clock.now()
        last = self._last
        passed_ms = moment.monotonic_ms - last.monotonic_ms
        apart_ms = max(
            abs(moment.wall_ms - last.wall_ms - passed_ms),
            abs(moment.boot_ms - last.boot_ms - passed_ms),
        )
        late = moment.monotonic_ms - self._wake_ms > LATE_MS
        if self.state.status is Status.RUNNING and (late or apart_ms > LATE_MS):
            before_ms = self._player_ms(last)
            self._zero_ms += passed_ms
            self._last = moment
            self._step(Input(InputKind.GAP, max(passed_ms, apart_ms)), before_ms, moment)
        self._last = moment
        return moment

    def _give(self, given: Input, moment: Moment) -> None:
        self._step(given, self._player_ms(moment), moment)
        self._wake_ms = moment.monotonic_ms + self.wait_ms()

    def _step(self, given: Input, now_ms: int, moment: Moment | None = None) -> None:
        self.state, events = step(self.state, given, now_ms)
        self._settle(events, moment or self._last)

    def _settle(self, events: Sequence[Event], moment: Moment) -> None:
        """Hand the events on, and the active time where it is time for it."""
        self._guard.see(self.state, moment.monotonic_ms)
        # Each sink hears everything before the next one does: the first is whoever writes it down.
        for sink in self._sinks:
            for event in events:
                sink(event, moment)
        if moment.monotonic_ms - self._beaten_ms >= BEAT_MS:
            self._beaten_ms = moment.monotonic_ms
            if self._beat and self.state.status is Status.RUNNING:
                self._beat(self.state.active_ms, moment)
