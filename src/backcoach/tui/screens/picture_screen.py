"""What every screen is: one picture, keys that are read by the screen itself, and `x` on each."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, cast

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.timer import Timer

from backcoach.player.keys import STOP_KEYS
from backcoach.session.keyguard import CHANGED_MS
from backcoach.tui.canvas import Canvas, Ink, Role
from backcoach.tui.commands import OPENS_COMMANDS, Command
from backcoach.tui.painting import Paint
from backcoach.tui.stretches import StretchCompositor
from backcoach.tui.widgets.picture import Picture

if TYPE_CHECKING:
    from backcoach.tui.app import CoachApp

LEAST_WAIT_S: Final = 0.001
A_TOUCH: Final = "touch"
"""What a click or pasted text counts as: a key without a meaning, which pauses what runs."""


def key_of(event: events.Key) -> str:
    """A key by the name that the key tables have: a character where it types one."""
    if event.character and event.is_printable and event.key not in ("space",):
        return event.character
    return event.key


def _ink_at(canvas: Canvas, x: int, y: int) -> Ink | None:
    """What a cell is drawn with."""
    for text, ink in canvas.rows()[y] if y < canvas.height else ():
        x -= cell_len(text)
        if x < 0:
            return ink
    return None


class PictureScreen(Screen[None]):
    """A screen that draws itself. Subclasses say what is drawn, and what a key does."""

    BLANK = True
    """Its picture covers it: it keeps no rows of its own, which Textual would remember for long."""

    commands: Sequence[Command] = ()
    """What the command palette offers here."""
    _picture: Picture | None = None
    _timer: Timer | None = None
    _shown_ms = 0

    def __init__(self) -> None:
        super().__init__()
        self._compositor = StretchCompositor()

    def compose(self) -> ComposeResult:
        """One picture, as large as the window."""
        self._picture = Picture(Paint(self.coach.palette), self.coach.reducing)
        yield self._picture

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
        self.resized()

    def resized(self) -> None:
        """What a screen does when its window has another size, and is drawn."""

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
        if self._picture is not None:
            self._picture.show(self.draw(width, height))

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
        elif key in STOP_KEYS:
            if self.app.screen is self:
                self.receive(key)
            else:
                self.coach.stop_from_below()
        elif self.app.screen is self and not self.coach.holds_on_to(key, self):
            self.receive(key)

    def on_paste(self, event: events.Paste) -> None:
        """A text is no key, whatever letters are in it."""
        event.stop()
        if self.app.screen is self:
            self.receive(A_TOUCH)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """On what is drawn as STOP: a stop. Elsewhere a hand has landed there."""
        event.stop()
        if self.app.screen is not self:
            return
        ink = _ink_at(self.draw(*self.app.size), int(event.screen_x), int(event.screen_y))
        self.receive("x" if ink is Role.STOP else A_TOUCH)

    def receive(self, key: str, *, chosen: bool = False) -> None:
        """A key: `x` opens "it hurts now" at once; others count a moment after a change.

        Args:
            chosen: in the command palette, which nobody does by mistake: it counts at once.
        """
        if key in STOP_KEYS:
            self.coach.open_hurts()
        elif chosen or self._now_ms() - self._shown_ms >= CHANGED_MS:
            if key in OPENS_COMMANDS:
                self.open_commands()
            else:
                self.press(key)

    def open_commands(self) -> None:
        """Open the command palette."""
        # It takes as long to load as the first frame has: nobody waits for what nobody opens.
        from backcoach.tui.commands_palette import open_commands

        open_commands(self, self.commands)

    def open_past(self, *, progress: bool = False) -> None:
        """Show what was done: the history, or its charts."""
        if self.coach.wiring.desk is None:
            return
        # Each brings what nobody else needs, the charts most of all.
        if progress:
            from backcoach.tui.screens.progress import ProgressScreen

            self.app.push_screen(ProgressScreen())
        else:
            from backcoach.tui.screens.history import HistoryScreen

            self.app.push_screen(HistoryScreen())

    async def recompose(self) -> None:
        """In another palette, and drawn at once."""
        await super().recompose()
        self.redraw()

    def _now_ms(self) -> int:
        return self.coach.clock.now().monotonic_ms
