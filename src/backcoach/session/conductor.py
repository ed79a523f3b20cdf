"""Reads the clock, moves the player on, and hands what happens to whoever listens."""

from collections.abc import Callable, Sequence
from typing import Final

from backcoach.player.events import Event
from backcoach.player.inputs import TICK, Input, InputKind
from backcoach.player.keys import read_key
from backcoach.player.machine import begin, next_deadline, step
from backcoach.player.state import Status
from backcoach.player.view import PlayerView, view
from backcoach.player.zones import STRICTEST, PainZone
from backcoach.session.clock import Clock, Moment
from backcoach.session.keyguard import KeyGuard
from backcoach.timeline.model import Timeline

LATE_MS: Final = 2000
"""A wake-up this late, or clocks this far apart, and time was lost. Real milliseconds."""
BEAT_MS: Final = 4000
"""How often the running session's active time is handed on, in real milliseconds."""

MOST_MS: Final = 1000
"""The longest wait: what is lost to a stopped process is noticed this much later at most."""

Sink = Callable[[Event, Moment], None]
Beat = Callable[[int, Moment], None]


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
    ) -> None:
        self._clock = clock
        self._sinks = tuple(sinks)
        self._beat = beat
        self._speed = speed
        self._last = clock.now()
        self._zero_ms = self._last.monotonic_ms
        self._beaten_ms = self._last.monotonic_ms
        self._guard = KeyGuard(self._last.monotonic_ms)
        self.state, events = begin(timeline, 0, zone)
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
        self.tell(TICK)

    def press(self, key: str, *, chosen: bool = False) -> bool:
        """Read the clock, then do what a key asks for; False where it doesn't count.

        Args:
            key: its name as Textual has it, or the character it types.
            chosen: by its name, from a list: nobody does that by mistake, so it counts.
        """
        moment = self._catch_up()
        # A key that comes with the end of a step was aimed at what was there before it.
        self._give(TICK, moment)
        given = read_key(self.state, key)
        passes = self._guard.lets_pass(key, given.kind, self.state, moment.monotonic_ms)
        if not (passes or chosen):
            return False
        self._give(given, moment)
        return True

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
