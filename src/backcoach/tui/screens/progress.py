"""Progress: is it getting better, what hurts, and is it kept at?"""

from dataclasses import replace

from backcoach.catalogue.families import families
from backcoach.document.problems import plain_text
from backcoach.session.clock import local
from backcoach.tui.canvas import Canvas
from backcoach.tui.commands import PROGRESS
from backcoach.tui.pictures.progress import PAGES, SPANS, ProgressView, draw_progress
from backcoach.tui.pictures.sieve import exercise_names
from backcoach.tui.pictures.weeks import Progress, progress_of
from backcoach.tui.screens.history import HistoryScreen
from backcoach.tui.screens.picture_screen import PictureScreen


class ProgressScreen(PictureScreen):
    """Shows charts, and what has changed."""

    commands = PROGRESS
    _view = ProgressView()

    def resume(self) -> None:
        """Read everything, after the first frame: a score may have been corrected meanwhile."""
        self.call_after_refresh(self._look_up)

    def _look_up(self) -> None:
        self.run_worker(self._load, thread=True, exclusive=True, exit_on_error=False)

    def _load(self) -> None:
        wiring = self.coach.wiring
        progress: Progress | None = None
        problem = ""
        try:
            sessions = wiring.desk().sessions(exercises=True) if wiring.desk else []
            names = exercise_names(sessions)
            today = local(self.coach.clock.now()).date()
            progress = progress_of(sessions, today, wiring.goals, families(), names)
        except Exception as error:
            # Whatever is wrong with the file: it is said, and the way back is open.
            problem = plain_text(str(error) or type(error).__name__)
        self.coach.from_thread(lambda: self._show(progress, problem))

    def _show(self, progress: Progress | None, problem: str) -> None:
        self._view = replace(self._view, progress=progress, problem=problem)
        self.redraw()

    def draw(self, width: int, height: int) -> Canvas:
        """The charts and the words, all at once or one after the other."""
        return draw_progress(self._view, width, height)

    def press(self, key: str) -> None:
        """Turn pages, take a longer or a shorter time, or go back."""
        view = self._view
        match key:
            case "tab" | "down" | "j":
                self._view = replace(view, page=(view.page + 1) % len(PAGES))
            case "shift+tab" | "up" | "k":
                self._view = replace(view, page=(view.page - 1) % len(PAGES))
            case "left" | "right":
                at = SPANS.index(view.weeks) + (1 if key == "right" else -1)
                self._view = replace(view, weeks=SPANS[max(0, min(at, len(SPANS) - 1))])
            case "h":
                self._open_history()
                return
            case "escape":
                self.dismiss()
                return
            case "q":
                self.coach.leave()
                return
            case _:
                return
        self.redraw()

    def _open_history(self) -> None:
        """Where this was opened from the history, it lies below."""
        if any(isinstance(screen, HistoryScreen) for screen in self.app.screen_stack):
            self.dismiss()
        else:
            self.app.switch_screen(HistoryScreen())
