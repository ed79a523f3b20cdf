"""After a session: what was done of what was planned, and one more digit."""

from typing import Final

from backcoach.session.live import Live
from backcoach.tui.canvas import Canvas
from backcoach.tui.pictures.summary import draw_summary
from backcoach.tui.screens.picture_screen import PictureScreen

LOOK_S: Final = 0.25


class SummaryScreen(PictureScreen):
    """Shows a session that is over, and how the writing of its last part goes."""

    def __init__(self, live: Live) -> None:
        super().__init__()
        self._live = live
        self._pain_after: int | None = None

    def begin(self) -> None:
        """Look soon whether everything is written."""
        self.wake_in(LOOK_S)

    def tick(self) -> None:
        """Say how the saving goes, for as long as it does."""
        self.redraw()
        if not self._live.keeper.written:
            self.wake_in(LOOK_S)

    def draw(self, width: int, height: int) -> Canvas:
        """Done against planned."""
        rehearsal = " · a rehearsal" if self.coach.wiring.speed != 1 else ""
        return draw_summary(
            self._live.conductor.state,
            self._live.check_in.pain,
            self._pain_after,
            self._live.saving + rehearsal,
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
        self.wake_in(LOOK_S)
