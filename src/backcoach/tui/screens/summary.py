"""After a session: what was done of what was planned, and one more digit."""

from typing import Final

from backcoach.document.problems import plain_text
from backcoach.session.clock import local
from backcoach.session.live import Live
from backcoach.tui.canvas import Canvas
from backcoach.tui.commands import SUMMARY, ache_commands
from backcoach.tui.line import TypedLine
from backcoach.tui.pictures.amending import ROWS, Asking, Wish, draw_asking
from backcoach.tui.pictures.summary import SummaryView, draw_summary, most_first
from backcoach.tui.pictures.tally import summary_lines
from backcoach.tui.screens.amending import NotingScreen

LOOK_S: Final = 0.25


class SummaryScreen(NotingScreen):
    """Shows a session that is over, and how the writing of its last part goes."""

    def __init__(self, live: Live) -> None:
        super().__init__()
        self._live = live
        lines = summary_lines(live.conductor.state)
        aches = [(line.letter, plain_text(line.name)) for line in lines if line.letter]
        self.commands = (*SUMMARY, *ache_commands(aches))
        self._pain_after: int | None = None
        self._note = ""
        self._first = 0
        self._ended = live.began

    def begin(self) -> None:
        """Look soon whether everything is written."""
        self._ended = self.coach.clock.now()
        self.wake_in(LOOK_S)

    def tick(self) -> None:
        """Say how the saving goes, for as long as it does."""
        self.redraw()
        if not self._live.keeper.written:
            self.wake_in(LOOK_S)

    def draw(self, width: int, height: int) -> Canvas:
        """Done against planned."""
        canvas = draw_summary(self._view(), width, height)
        if self._asking is not None:
            draw_asking(canvas, height - ROWS, self._asking)
        return canvas

    def press(self, key: str) -> None:
        """A digit is the pain now, a letter says what ached; enter goes home."""
        match key:
            case "t":
                self._score(10)
            case _ if key.isdecimal() and key.isascii():
                self._score(int(key))
            case "enter" | "escape":
                self.coach.go_home()
            case "n":
                self._ask(Asking(Wish.NOTE, "", TypedLine.of(self._note)))
            case "h":
                self.open_past()
            case "q":
                self.coach.leave()
            case "up" | "down":
                most = most_first(self._view(), *self.app.size)
                self._first = max(0, min(self._first + (1 if key == "down" else -1), most))
                self.redraw()
            case _:
                self._mark_ache(key)

    def _view(self) -> SummaryView:
        live = self._live
        began, ended = local(live.began), local(self._ended)
        day = f"{began:%A} {began.day} {began:%B} · {began:%H:%M}–{ended:%H:%M}"
        rehearsal = " · a rehearsal" if self.coach.wiring.speed != 1 else ""
        return SummaryView(
            state=live.conductor.state,
            pain_before=live.check_in.pain,
            pain_after=self._pain_after,
            when=day,
            saved=live.saving + rehearsal,
            emergency=self.coach.emergency,
            ached=frozenset(live.ached),
            first=self._first,
        )

    def _score(self, pain: int) -> None:
        self._pain_after = pain
        self._live.score(pain)
        self._written_soon()

    def keep_note(self, text: str) -> None:
        """Write it down with the session."""
        if text != self._note:
            self._note = text
            self._live.write_note(text)
            self._written_soon()

    def _mark_ache(self, letter: str) -> None:
        for line in summary_lines(self._live.conductor.state):
            if line.letter and line.letter == letter.lower():
                self._live.mark_ache(line.step)
                self._written_soon()

    def _written_soon(self) -> None:
        self.redraw()
        self.wake_in(LOOK_S)
