"""What every screen is: one picture, keys that are read by the screen itself, and `x` on each."""

from typing import TYPE_CHECKING, Final, cast

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.timer import Timer

from backcoach.player.keys import STOP_KEYS
from backcoach.session.keyguard import CHANGED_MS
from backcoach.tui.canvas import Canvas
from backcoach.tui.widgets.picture import Picture

if TYPE_CHECKING:
    from backcoach.tui.app import CoachApp

LEAST_WAIT_S: Final = 0.001


def key_of(event: events.Key) -> str:
    """A key by the name that the key tables have: a character where it types one."""
    if event.character and event.is_printable and event.key not in ("space",):
        return event.character
    return event.key


class PictureScreen(Screen[None]):
    """A screen that draws itself. Subclasses say what is drawn, and what a key does."""

    _timer: Timer | None = None
    _shown_ms = 0

    def compose(self) -> ComposeResult:
        """One picture, as large as the window."""
        yield Picture(self.coach.palette.styles())

    @property
    def coach(self) -> "CoachApp":
        """The app, as what it is."""
        return cast("CoachApp", self.app)

    def draw(self, width: int, height: int) -> Canvas:
        """What there is to see now, in a window of this size."""
        raise NotImplementedError

    def press(self, key: str) -> None:
        """Do what a key asks for."""
        raise NotImplementedError

    def begin(self) -> None:
        """What a screen begins with; drawing follows. Textual would call an `on_mount` of each
        class, so there is just the one here."""

    def on_mount(self) -> None:
        """Begin, and draw for the first time."""
        self._shown_ms = self._now_ms()
        self.begin()
        self.redraw()

    def on_resize(self) -> None:
        """Draw for the new size."""
        self.redraw()

    def on_screen_resume(self) -> None:
        """Draw again: something may have changed meanwhile."""
        self._shown_ms = self._now_ms()
        self.resume()
        self.redraw()

    def resume(self) -> None:
        """What a screen does when it is on top again, before it is drawn."""

    def redraw(self) -> None:
        """Draw what has changed."""
        width, height = self.app.size
        for picture in self.query(Picture):
            picture.show(self.draw(width, height))

    def wake_in(self, seconds: float) -> None:
        """Call `tick` once, so many seconds from now; an earlier wish is forgotten."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(max(LEAST_WAIT_S, seconds), self.tick)

    def tick(self) -> None:
        """What is due when the time that was asked for has passed."""

    def on_key(self, event: events.Key) -> None:
        """Hand a key on, if it can have been aimed at this screen."""
        event.stop()
        event.prevent_default()
        key = key_of(event)
        if key == "ctrl+c":
            self.coach.interrupt_by_key()
        else:
            self.receive(key)

    def receive(self, key: str) -> None:
        """A key: `x` opens "it hurts now" at once; others count a moment after a change."""
        if key in STOP_KEYS:
            self.coach.open_hurts()
        elif self._now_ms() - self._shown_ms >= CHANGED_MS:
            self.press(key)

    def _now_ms(self) -> int:
        return self.coach.clock.now().monotonic_ms
