"""The player's screen: wakes for what is due and for what is seen, and hands keys on."""

from typing import Final

from backcoach.player.keys import STOP_KEYS
from backcoach.player.state import Status
from backcoach.player.view import PlayerView
from backcoach.session.clock import local
from backcoach.session.live import Live
from backcoach.tui.canvas import Canvas
from backcoach.tui.pictures.player import draw_player
from backcoach.tui.pictures.stop import draw_stop
from backcoach.tui.screens.picture_screen import PictureScreen

FUSE_STEPS: Final = 40
"""How many steps the fuse burns in."""
FASTEST_S: Final = 0.1
"""The fuse is drawn no more often than this."""


class PlayerScreen(PictureScreen):
    """Plays one session."""

    def __init__(self, live: Live) -> None:
        super().__init__()
        self.live = live
        self._written_at = ""

    def begin(self) -> None:
        """Begin to wake up."""
        coach = self.coach

        def on_saved(kind: str, number: int | None) -> None:
            # On the recorder's thread, when this screen may be gone already.
            if kind == "stop":
                coach.from_thread(lambda: self._stop_is_saved(number))

        self.live.on_saved = on_saved
        self._arm()

    def _stop_is_saved(self, number: int | None) -> None:
        self._written_at = f"{local(self.live.clock.now()):%H:%M:%S}"
        self.live.stop_is_saved(number)
        self.follow()

    def tick(self) -> None:
        """Something is due, or looks different now."""
        self.live.conductor.pump()
        self.follow()

    def receive(self, key: str) -> None:
        """Every key is the player's: it knows what counts, and `x` is the stop."""
        if self.live.conductor.press(key) or self.live.conductor.ended:
            self.follow()
        if self.live.conductor.ended and key in STOP_KEYS:
            # It came with the very end: there is no session left to stop, but it hurts.
            self.coach.open_hurts()

    def follow(self) -> None:
        """After anything may have happened: draw, wake again, or leave."""
        if self.live.conductor.ended:
            self.coach.session_over(self.live)
        elif self.is_mounted:
            self.redraw()
            self._arm()

    def _arm(self) -> None:
        """Wake for the next deadline of the session or of the picture, whichever is first."""
        conductor = self.live.conductor
        wait_ms = float(conductor.wait_ms())
        view = conductor.view
        if view.status is Status.RUNNING:
            wait_ms = min(wait_ms, self._until_seen_ms(view))
        elif view.status is Status.STOPPED and not conductor.asks:
            wait_ms = min(wait_ms, FASTEST_S * 1000)
        conductor.wakes_in(wait_ms)
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
            return draw_stop(view.stop, width, height, self._stop_words(), self.coach.emergency)
        return draw_player(view, width, height, self.coach.sound)

    def _stop_words(self) -> str:
        """That the stop is written, or isn't yet; nothing before either is known."""
        conductor = self.live.conductor
        stop = conductor.state.stop
        if stop is not None and stop.saved:
            return f"written down at {self._written_at}"
        if not conductor.asks:
            return ""
        return f"not saved yet: {self.live.keeper.problem or 'still trying'}"
