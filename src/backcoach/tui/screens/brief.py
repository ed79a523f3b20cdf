"""Before a session: the plan, and one digit that starts it."""

from backcoach.coach.checkin import CheckIn, reason_not_to_start
from backcoach.coach.words import FLAGGED
from backcoach.timeline.model import Timeline
from backcoach.tui.canvas import Canvas
from backcoach.tui.pictures.brief import draw_brief
from backcoach.tui.screens.picture_screen import PictureScreen


class BriefScreen(PictureScreen):
    """Asks whether anything is new and how much it hurts."""

    def __init__(self, timeline: Timeline) -> None:
        super().__init__()
        self._timeline = timeline
        self._advice = ""

    def begin(self) -> None:
        """What was said before isn't forgotten."""
        if self.coach.flagged:
            self._advice = FLAGGED

    def draw(self, width: int, height: int) -> Canvas:
        """The plan and the questions, or why not today."""
        return draw_brief(self._timeline, self._advice, width, height)

    def press(self, key: str) -> None:
        """A digit starts; `f` says that something is new."""
        if key == "escape":
            self.coach.go_home()
        elif key == "u" and self.coach.flagged:
            self.coach.flagged = False
            self._advice = ""
            self.redraw()
        elif self._advice:
            return
        elif key == "f":
            self._answer(CheckIn(pain=0, nothing_new=False))
        elif key == "t":
            self._answer(CheckIn(pain=10, nothing_new=True))
        elif key.isdecimal() and key.isascii():
            self._answer(CheckIn(pain=int(key), nothing_new=True))

    def _answer(self, check_in: CheckIn) -> None:
        self._advice = reason_not_to_start(check_in, self._timeline.safety)
        if not check_in.nothing_new:
            self.coach.flagged = True
            self._advice += " Pressed f by mistake? u takes it back."
        if self._advice:
            self.redraw()
        else:
            self.coach.play(self._timeline, check_in)
