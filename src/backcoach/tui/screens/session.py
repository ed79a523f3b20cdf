"""One session of the past in full: its holds, and all that happened in it, to scroll through."""

from dataclasses import replace
from typing import TYPE_CHECKING

from backcoach.document.problems import plain_text
from backcoach.history.records import SessionRecord
from backcoach.report.session_log import session_log
from backcoach.tui.canvas import Canvas
from backcoach.tui.commands import SESSION
from backcoach.tui.pictures.session import SessionView, draw_session, most_first, rows_at
from backcoach.tui.screens.amending import AmendingScreen

if TYPE_CHECKING:
    from backcoach.history.desk import Detail


class SessionScreen(AmendingScreen):
    """Shows what happened in a session.

    Args:
        session: as the list has it.
    """

    commands = SESSION

    def __init__(self, session: SessionRecord) -> None:
        super().__init__()
        self._session = session
        self._view = SessionView(session)

    def resume(self) -> None:
        """Read it, after the first frame."""
        self.call_after_refresh(self.amended)

    @property
    def subject(self) -> SessionRecord | None:
        """This session, unless it was deleted."""
        return None if self._deleted else self._session

    def amended(self) -> None:
        """Read it again, on a thread."""
        self.run_worker(self._load, thread=True, exclusive=True, exit_on_error=False)

    def _load(self) -> None:
        problem = ""
        detail: Detail | None = None
        try:
            detail = self.desk.detail(self._session.id)
        except Exception as error:
            problem = plain_text(str(error) or type(error).__name__)
        self.coach.from_thread(lambda: self._show(detail, problem))

    def _show(self, detail: "Detail | None", problem: str) -> None:
        if detail is not None:
            self._session = detail.session
            self._view = replace(self._view, detail=detail, log=tuple(session_log(detail)))
        self._view = replace(self._view, session=self._session, problem=problem)
        self.redraw()

    def draw(self, width: int, height: int) -> Canvas:
        """From the present line on."""
        view = replace(
            self._view,
            notice=self._notice,
            asking=self._asking,
            deleted=bool(self._deleted),
        )
        return draw_session(view, width, height)

    def press(self, key: str) -> None:
        """Scroll, correct, or go back."""
        if self.amend(key):
            return
        page = max(1, rows_at(self.app.size.height) - 1)
        match key:
            case "up" | "k":
                self._scroll(-1)
            case "down" | "j":
                self._scroll(1)
            case "pageup":
                self._scroll(-page)
            case "pagedown" | "space":
                self._scroll(page)
            case "home":
                self._scroll(-1_000_000)
            case "end":
                self._scroll(1_000_000)
            case "escape" | "enter":
                self.dismiss()
            case "q":
                self.coach.leave()
            case _:
                self.redraw()

    def _scroll(self, by: int) -> None:
        most = most_first(self._view, *self.app.size)
        first = max(0, min(self._view.first + by, most))
        self._view = replace(self._view, first=first)
        self.redraw()
