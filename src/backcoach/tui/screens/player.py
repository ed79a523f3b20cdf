"""The player's screen: wakes for what is due and for what is seen, and hands keys on."""

from typing import Final

from backcoach.player.inputs import Input, InputKind
from backcoach.player.state import Status
from backcoach.player.view import PlayerView
from backcoach.session.clock import local
from backcoach.session.live import Live
from backcoach.tui.canvas import Canvas
from backcoach.tui.pictures.player import draw_player
from backcoach.tui.pictures.stop import draw_stop
from backcoach.tui.screens.picture_screen import PictureScreen

UNSAVED_MS: Final = 1000
"""A stop that isn't written after this long says so, and asks all the same."""
FUSE_STEPS: Final = 40
"""How many steps the fuse burns in."""
FASTEST_S: Final = 0.1
"""The fuse is drawn no more often than this."""


class PlayerScreen(PictureScreen):
    """Plays one session."""

    def __init__(self, live: Live) -> None:
        super().__init__()
        self.live = live
        self._stop_number = 0
        self._stopped_ms = 0
        self._written = ""

    def on_mount(self) -> None:
        """Begin to wake up."""
        self.live.on_saved = self._on_saved
        super().on_mount()
        self._arm()

    def _on_saved(self, kind: str) -> None:
        """On the recorder's thread: a stop is written."""
        if kind == "stop":
            self.coach.from_thread(self._stop_is_saved)

    def _stop_is_saved(self) -> None:
        self.live.conductor.tell(Input(InputKind.SAVED))
        now = local(self.live.clock.now())
        self._written = f"written down at {now:%H:%M:%S}"
        self._follow()

    def tick(self) -> None:
        """Something is due, or looks different now."""
        if self.coach.hung_up():
            self.live.interrupt()
        else:
            self.live.conductor.pump()
        self._follow()

    def receive(self, key: str) -> None:
        """Every key is the player's: it knows what counts, and `x` is the stop."""
        heard = self.live.conductor.press(key)
        if heard or self.live.conductor.ended:
            self._follow()

    def _follow(self) -> None:
        """After anything may have happened: draw, wake again, or leave."""
        if self.live.conductor.ended:
            self.coach.session_over(self.live)
            return
        self._note_stop()
        self.redraw()
        self._arm()

    def _note_stop(self) -> None:
        stop = self.live.conductor.state.stop
        if stop is None:
            self._stop_number = 0
        elif stop.number != self._stop_number:
            self._stop_number = stop.number
            self._stopped_ms = self._now_ms()
            self._written = ""
        elif not self._written and self._now_ms() - self._stopped_ms >= UNSAVED_MS:
            self._written = f"not saved yet: {self.live.keeper.problem or 'still trying'}"

    def _arm(self) -> None:
        """Wake for the next deadline of the session or of the picture, whichever is first."""
        conductor = self.live.conductor
        wait_ms = float(conductor.wait_ms())
        view = conductor.view
        if view.status is Status.RUNNING:
            wait_ms = min(wait_ms, self._until_seen_ms(view))
        elif view.status is Status.STOPPED:
            # The breath changes on whole seconds; the note that it isn't saved yet is due too.
            wait_ms = min(wait_ms, 250.0 if not self._written else 1000.0)
        self.wake_in(wait_ms / 1000)

    def _until_seen_ms(self, view: PlayerView) -> float:
        """Real milliseconds until the picture looks different."""
        speed = self.coach.wiring.speed
        changes = [float(view.change_ms)] if view.change_ms is not None else []
        if view.duration_ms:
            step = max(view.duration_ms / FUSE_STEPS, FASTEST_S * 1000 * speed)
            elapsed = view.fraction * view.duration_ms
            changes.append(step - elapsed % step)
        return max(1.0, min(changes, default=1000.0) / speed)

    def draw(self, width: int, height: int) -> Canvas:
        """The player, or the stop inside it."""
        view = self.live.conductor.view
        if view.stop:
            emergency = self.coach.emergency
            return draw_stop(view.stop, width, height, self._written, emergency)
        return draw_player(view, width, height, self.coach.sound)
