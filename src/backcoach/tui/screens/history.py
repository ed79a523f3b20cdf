"""The history: a year of days, the sessions, and the chosen one hold by hold."""

from dataclasses import replace
from typing import TYPE_CHECKING

from backcoach.document.problems import plain_text
from backcoach.history.records import SessionRecord
from backcoach.session.clock import local
from backcoach.stats.days import minutes_by_day, stop_days
from backcoach.tui.canvas import Canvas
from backcoach.tui.commands import HISTORY
from backcoach.tui.pictures.history import HistoryView, draw_history, list_rows, pages_at
from backcoach.tui.pictures.month import month_of
from backcoach.tui.pictures.sieve import Choice, Sieve, exercise_names
from backcoach.tui.screens.amending import AmendingScreen

if TYPE_CHECKING:
    from backcoach.history.desk import Detail


class HistoryScreen(AmendingScreen):
    """Looks through what was done."""

    commands = HISTORY

    def __init__(self) -> None:
        super().__init__()
        self._all: list[SessionRecord] | None = None
        self._listed: tuple[SessionRecord, ...] | None = None
        self._chosen = ""
        """The id of the chosen session: it stays chosen whatever is read again."""
        self._index = 0
        self._detail: Detail | None = None
        self._looking = False
        self._problem = ""
        self._left = ""
        self._opened: AmendingScreen | None = None
        """The session that is looked at in full, from here."""
        self._page = 0
        self._sieve = Sieve()
        self._choosing = False
        """Whether the filters are open."""
        self._folded: HistoryView | None = None
        """What the sessions that pass come to; folded anew when they change."""

    def resume(self) -> None:
        """The first time, and after a session was looked at in full, and maybe changed."""
        if self._opened is not None and self._opened.deleted:
            self._deleted = self._opened.deleted
        self._opened = None
        self.call_after_refresh(self.amended)

    @property
    def subject(self) -> SessionRecord | None:
        """The chosen session."""
        listed = self._listed or ()
        return listed[self._index] if self._index < len(listed) else None

    def amended(self) -> None:
        """Read everything, on a thread."""
        self.run_worker(self._load, thread=True, exclusive=True, exit_on_error=False)

    def _load(self) -> None:
        try:
            sessions, problem = self.desk.sessions(exercises=True), ""
            left = "" if sessions else self.desk.what_is_left()
        except Exception as error:
            # Whatever is wrong with the file: it is said, and the way back is open.
            sessions, problem = [], plain_text(str(error) or type(error).__name__)
            left = ""
        self.coach.from_thread(lambda: self._show(sessions, problem, left))

    def _show(self, sessions: list[SessionRecord], problem: str, left: str) -> None:
        self._all, self._problem, self._left = sessions, problem, left
        self._sieve = self._sieve.with_choices(*_choices(sessions))
        self._sift()

    def _sift(self) -> None:
        """What passes the filters; the chosen session stays, or else the one in its place."""
        now = local(self.coach.clock.now())
        today = now.date()
        passing = [each for each in self._all or () if self._sieve.passes(each)]
        since = self._sieve.since(today)
        self._listed = tuple(each for each in passing if each.day >= since)
        names = dict(self._sieve.choices[1])
        a_week = self.coach.wiring.goals.sessions
        self._folded = HistoryView(
            now,
            minutes=minutes_by_day(passing),
            stops=stop_days(passing),
            month=month_of(passing, today, a_week, names, all_of_it=self._sieve.is_open),
        )
        ids = [each.id for each in self._listed]
        index = ids.index(self._chosen) if self._chosen in ids else self._index
        self._choose(index)

    def draw(self, width: int, height: int) -> Canvas:
        """The list, the chosen session, the year and the month, as far as there is room."""
        now = local(self.coach.clock.now())
        view = self._folded or HistoryView(now)
        return draw_history(
            replace(
                view,
                now=now,
                listed=self._listed,
                none_at_all=not self._all,
                chosen=self._index,
                detail=self._detail,
                filters=" · ".join(self._sieve.words),
                page=self._page,
                problem=self._problem,
                notice=self._notice,
                asking=self._asking,
                sieve=self._sieve if self._choosing else None,
                left=self._left,
                can_undo=bool(self._deleted),
            ),
            width,
            height,
        )

    def press(self, key: str) -> None:
        """Choose, open, correct, filter, or go back."""
        if self._choosing:
            self._filter(key)
            return
        if self.amend(key):
            return
        rows = list_rows(*self.app.size)
        match key:
            case "up" | "k":
                self._choose(self._index - 1)
            case "down" | "j":
                self._choose(self._index + 1)
            case "pageup":
                self._choose(self._index - rows)
            case "pagedown" | "space":
                self._choose(self._index + rows)
            case "home":
                self._choose(0)
            case "end":
                self._choose(len(self._listed or ()) - 1)
            case "tab" | "shift+tab":
                self._page = (self._page + (1 if key == "tab" else -1)) % pages_at(*self.app.size)
                self.redraw()
            case "f":
                self._choosing = bool(self._all)
                self.redraw()
            case "enter":
                self._open()
            case "p":
                self.open_past(progress=True)
            case "escape":
                self.dismiss()
            case "q":
                self.coach.leave()
            case _:
                self.redraw()

    def _filter(self, key: str) -> None:
        sieve = self._sieve
        match key:
            case "up" | "k" | "shift+tab":
                self._sieve = sieve.move(-1)
            case "down" | "j" | "tab":
                self._sieve = sieve.move(1)
            case "left":
                self._sieve = sieve.change(-1)
            case "right" | "space":
                self._sieve = sieve.change(1)
            case "0":
                self._sieve = sieve.reset()
            case "enter" | "escape" | "f":
                self._choosing = False
            case _:
                return
        if self._sieve.at != sieve.at:
            self._sift()
        self.redraw()

    def _choose(self, index: int) -> None:
        listed = self._listed or ()
        self._index = max(0, min(index, len(listed) - 1))
        session = self.subject
        self._chosen = session.id if session else ""
        self.redraw()
        self._look_closer()

    def _look_closer(self) -> None:
        """Read everything about the chosen session, one after the other: a key may be held down."""
        if self._chosen and not self._looking:
            self._looking, name = True, self._chosen
            self.run_worker(
                lambda: self._look_at(name), thread=True, group="detail", exit_on_error=False
            )

    def _look_at(self, session: str) -> None:
        try:
            detail = self.desk.detail(session)
        except Exception:
            # The list is there all the same; the next reading of it says what is wrong.
            detail = None
        self.coach.from_thread(lambda: self._show_detail(session, detail))

    def _show_detail(self, session: str, detail: "Detail | None") -> None:
        self._looking = False
        if session != self._chosen:
            self._look_closer()
        elif detail is not None:
            self._detail = detail
            self.redraw()

    def _open(self) -> None:
        session = self.subject
        if session is not None:
            from backcoach.tui.screens.session import SessionScreen

            self._opened = SessionScreen(session)
            self.app.push_screen(self._opened)


def _choices(sessions: list[SessionRecord]) -> tuple[list[Choice], list[Choice]]:
    """The routines and exercises that there are, by name."""
    routines = {each.routine: each.name for each in reversed(sessions)}
    names = {routine: plain_text(name) for routine, name in routines.items()}
    return _by_name(names), _by_name(exercise_names(sessions))


def _by_name(names: dict[str, str]) -> list[Choice]:
    return sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0]))
