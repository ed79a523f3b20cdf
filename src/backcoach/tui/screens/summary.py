"""After a session: what was done of what was planned, and one more digit."""

from backcoach.session.live import Live
from backcoach.tui.canvas import Canvas
from backcoach.tui.pictures.summary import draw_summary
from backcoach.tui.screens.picture_screen import PictureScreen


class SummaryScreen(PictureScreen):
    """Shows a session that is over. It is written already."""

    def __init__(self, live: Live) -> None:
        super().__init__()
        self._live = live
        self._pain_after: int | None = None

    def on_mount(self) -> None:
        """Look now and then whether what couldn't be written has been."""
        super().on_mount()
        self.wake_in(1.0)

    def tick(self) -> None:
        """Say how the saving goes."""
        self.redraw()
        if self._live.keeper.problem:
            self.wake_in(1.0)

    def draw(self, width: int, height: int) -> Canvas:
        """Done against planned."""
        problem = self._live.keeper.problem
        saved = f"not saved yet: {problem}" if problem else "saved"
        if self.coach.wiring.speed != 1:
            saved += " · a rehearsal"
        return draw_summary(
            self._live.conductor.state,
            self._live.check_in.pain,
            self._pain_after,
            saved,
            self.coach.emergency,
            width,
            height,
        )

    def press(self, key: str) -> None:
        """A digit is the pain now; enter goes home."""
        match key:
            case "t":
                self._score(10)
            case _ if key.isdecimal() and key.isascii():
                self._score(int(key))
            case "enter" | "escape":
                self.coach.go_home()
            case "q":
                self.coach.leave()
            case _:
                pass

    def _score(self, pain: int) -> None:
        self._pain_after = pain
        self._live.score(pain)
        self.redraw()
