"""It hurts now, outside a session: nothing to do, a breath to follow, one question."""

from backcoach.player.keys import STOP_KEYS
from backcoach.player.view import BREATH_IN_MS, BREATH_OUT_MS
from backcoach.tui.canvas import Canvas
from backcoach.tui.pictures.notes import draw_hurts
from backcoach.tui.screens.picture_screen import PictureScreen


class HurtsScreen(PictureScreen):
    """Paces the breath until the person wants something else."""

    _began_ms = 0
    _urgent: bool | None = None

    def begin(self) -> None:
        """Begin with a breath in."""
        self._began_ms = self._now_ms()
        self.tick()

    def tick(self) -> None:
        """Draw, and wake for the next half of the breath."""
        self.redraw()
        into = self._into_breath_ms()
        half = BREATH_IN_MS if into < BREATH_IN_MS else BREATH_IN_MS + BREATH_OUT_MS
        self.wake_in((half - into) / 1000)

    def draw(self, width: int, height: int) -> Canvas:
        """The position, the breath and the question."""
        breathe_in = self._into_breath_ms() < BREATH_IN_MS
        return draw_hurts(breathe_in, self._urgent, self.coach.emergency, width, height)

    def receive(self, key: str) -> None:
        """`x` again changes nothing: it is all here already."""
        if key not in STOP_KEYS:
            super().receive(key)

    def press(self, key: str) -> None:
        """Answer, or go back."""
        match key:
            case "y" | "n" if self._urgent is None:
                self._urgent = key == "y"
                self.coach.flagged = self.coach.flagged or self._urgent
                self.redraw()
            case "escape":
                self.dismiss()
            case _:
                pass

    def _into_breath_ms(self) -> int:
        return (self._now_ms() - self._began_ms) % (BREATH_IN_MS + BREATH_OUT_MS)
