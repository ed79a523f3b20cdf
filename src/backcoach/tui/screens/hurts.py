"""It hurts now, outside a session: nothing to do, a breath to follow, one question."""

from backcoach.coach.words import NOTHING_TO_DO
from backcoach.figure.drawing import Drawing
from backcoach.figure.moving import held
from backcoach.player.keys import STOP_KEYS
from backcoach.player.words import BREATH_IN_MS, BREATH_OUT_MS
from backcoach.tui.canvas import Canvas
from backcoach.tui.commands import HURTS
from backcoach.tui.pictures.figures import painter
from backcoach.tui.pictures.notes import draw_hurts
from backcoach.tui.screens.picture_screen import PictureScreen
from backcoach.tui.stance import Stance, breathing


class HurtsScreen(PictureScreen):
    """Paces the breath until the person wants something else.

    Args:
        pain: how much it is, where that was said.
    """

    commands = HURTS
    _began_ms = 0
    _urgent: bool | None = None

    def __init__(self, pain: int = 0) -> None:
        super().__init__()
        self._pain = pain
        self._drawing: Drawing | None = None

    def begin(self) -> None:
        """Begin with a breath in."""
        self._began_ms = self._now_ms()
        self.coach.sounder.breathe(NOTHING_TO_DO)
        # The position comes a moment later: nothing has to be read for what is there at once.
        self.run_worker(self._find_position, thread=True, exit_on_error=False)
        self.tick()

    def _find_position(self) -> None:
        drawing = self.coach.wiring.resting()
        self.coach.from_thread(lambda: self._show_position(drawing))

    def _show_position(self, drawing: Drawing | None) -> None:
        self._drawing = drawing
        self.tick()

    def tick(self) -> None:
        """Draw, and wake for what changes next: the half of the breath, or the figure."""
        self.redraw()
        into = self._into_breath_ms()
        half = BREATH_IN_MS if into < BREATH_IN_MS else BREATH_IN_MS + BREATH_OUT_MS
        figure = self._stance()
        change_ms = (figure.change_ms if figure else None) or half
        self.wake_in(min(half - into, change_ms) / 1000)

    def _stance(self) -> Stance | None:
        if self._drawing is None:
            return None
        if self.coach.still:
            return Stance(self._drawing, held(self._drawing))
        return breathing(self._drawing, self._into_breath_ms(), BREATH_IN_MS, BREATH_OUT_MS)

    def draw(self, width: int, height: int) -> Canvas:
        """The position, the breath and the question."""
        breathe_in = self._into_breath_ms() < BREATH_IN_MS
        return draw_hurts(
            breathe_in,
            self._urgent,
            self.coach.emergency,
            width,
            height,
            self._pain,
            painter(self._stance()),
        )

    def receive(self, key: str, *, chosen: bool = False) -> None:
        """`x` again changes nothing: it is all here already."""
        if key not in STOP_KEYS:
            super().receive(key, chosen=chosen)

    def press(self, key: str) -> None:
        """Answer, or go back."""
        match key:
            case "y" | "n" if self._urgent is None:
                self._urgent = key == "y"
                self.coach.flagged = self.coach.flagged or self._urgent
                self.redraw()
            case "escape":
                self.coach.sounder.cut()
                self.dismiss()
            case _:
                pass

    def _into_breath_ms(self) -> int:
        return (self._now_ms() - self._began_ms) % (BREATH_IN_MS + BREATH_OUT_MS)
