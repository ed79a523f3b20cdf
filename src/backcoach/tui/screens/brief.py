"""Before a session: the plan, and one digit that starts it."""

from typing import TYPE_CHECKING

from backcoach.coach.checkin import HURTS_FROM, CheckIn, reason_not_to_start
from backcoach.coach.words import FLAGGED
from backcoach.timeline.model import Timeline
from backcoach.tui.canvas import Canvas
from backcoach.tui.commands import BRIEF
from backcoach.tui.pictures.brief import BriefView, draw_brief, takes_turns
from backcoach.tui.screens.hurts import HurtsScreen
from backcoach.tui.screens.picture_screen import PictureScreen
from backcoach.tui.showing import showing
from backcoach.tui.stance import Stance

if TYPE_CHECKING:
    from backcoach.session.unfinished import Unfinished


class BriefScreen(PictureScreen):
    """Asks whether anything is new and how much it hurts."""

    commands = BRIEF

    def __init__(self, timeline: Timeline, unfinished: "Unfinished | None" = None) -> None:
        super().__init__()
        self._unfinished = unfinished
        self._timeline = timeline
        self._advice = ""
        self._marked = 0
        self._marked_ms = 0
        self._plan = False

    def begin(self) -> None:
        """What was said before isn't forgotten."""
        if self.coach.flagged:
            self._advice = FLAGGED
        self._marked_ms = self._now_ms()
        if self._unfinished:
            self._marked = self._unfinished.before.step - 1

    def resume(self) -> None:
        """The figure goes on where it was left for another screen."""
        self._wake()

    def resized(self) -> None:
        """What moves may be there only now."""
        self._wake()

    def tick(self) -> None:
        """The marked step's figure looks different now."""
        self.redraw()
        self._wake()

    def draw(self, width: int, height: int) -> Canvas:
        """The plan and the questions, or why not today."""
        where = self._unfinished.where if self._unfinished else ""
        view = BriefView(
            self._timeline, self._advice, self._marked, self._figure(), self._plan, where=where
        )
        return draw_brief(view, width, height)

    def press(self, key: str) -> None:
        """A digit starts; `f` says that something is new; arrows look at the steps."""
        if key == "escape":
            self.coach.go_home()
        elif key in ("up", "down"):
            self._mark(self._marked + (1 if key == "down" else -1))
        elif key in ("tab", "shift+tab"):
            self._turn(plan=not self._plan)
        elif self._plan and takes_turns(*self.app.size):
            # What is answered has to be seen.
            self._turn(plan=False)
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

    def _mark(self, index: int) -> None:
        """Look at a step; in a small window that is what the plan is opened for."""
        if self._plan or not takes_turns(*self.app.size):
            self._marked = max(0, min(index, len(self._timeline.steps) - 1))
            self._marked_ms = self._now_ms()
        self._turn(plan=True)

    def _turn(self, *, plan: bool) -> None:
        self._plan = plan
        self.redraw()
        self._wake()

    def _figure(self) -> Stance | None:
        exercise = self._timeline.steps[self._marked].usual.exercise
        into_ms = self._now_ms() - self._marked_ms
        return showing(exercise, into_ms, still=self.coach.still)

    def _wake(self) -> None:
        """Wake when the figure looks different, where there is one."""
        if self.app.screen is not self:
            # Covered by another screen, it is woken by `resume`.
            return
        stance = self._figure()
        if stance and stance.change_ms and (self._plan or not takes_turns(*self.app.size)):
            self.wake_in(stance.change_ms / 1000)

    def _answer(self, check_in: CheckIn) -> None:
        self._advice = reason_not_to_start(check_in, self._timeline.safety)
        if not check_in.nothing_new:
            self.coach.flagged = True
            self._advice += " Pressed f by mistake? u takes it back."
        if check_in.pain >= HURTS_FROM:
            self.coach.push_screen(HurtsScreen(check_in.pain))
        elif self._advice:
            self.redraw()
        else:
            self.coach.play(self._timeline, check_in, self._unfinished)
