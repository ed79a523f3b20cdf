"""Home: the library. Its names first, its lengths and dates as soon as they are known."""

from dataclasses import replace

from backcoach.document.problems import plain_text
from backcoach.errors import BackcoachError
from backcoach.routines.finding import Entry
from backcoach.session.clock import local
from backcoach.tui.canvas import Canvas
from backcoach.tui.pictures.home import Shelf, draw_home
from backcoach.tui.screens.brief import BriefScreen
from backcoach.tui.screens.picture_screen import PictureScreen


class HomeScreen(PictureScreen):
    """Chooses a routine."""

    _entries: tuple[Entry, ...] = ()
    _shelves: tuple[Shelf, ...] = ()
    _chosen = 0

    def begin(self) -> None:
        """Know the names; what takes longer is looked up after the first frame."""
        names = self.coach.wiring.names()
        self._entries = tuple(entry for entry, _ in names)
        self._shelves = tuple(Shelf(entry.id, plain_text(name)) for entry, name in names)

    def resume(self) -> None:
        """The first time, and after a session that may have been completed."""
        self.call_after_refresh(self._look_up)

    def _look_up(self) -> None:
        self.run_worker(self._load, thread=True, exclusive=True, exit_on_error=False)

    def _load(self) -> None:
        """On a thread: read every routine, and the history's dates."""
        wiring = self.coach.wiring
        last = wiring.last_completed()
        shelves = []
        for shelf, entry in zip(self._shelves, self._entries, strict=True):
            try:
                timeline = wiring.load(entry)
                known = replace(shelf, timeline=timeline, name=timeline.name, problem="")
            except BackcoachError as error:
                known = replace(shelf, problem=plain_text(str(error).splitlines()[0]))
            shelves.append(replace(known, last=last.get(shelf.id)))
        self.coach.from_thread(lambda: self._show(tuple(shelves)))

    def _show(self, shelves: tuple[Shelf, ...]) -> None:
        self._shelves = shelves
        self.redraw()

    def draw(self, width: int, height: int) -> Canvas:
        """The library and the chosen routine."""
        now = local(self.coach.clock.now())
        return draw_home(self._shelves, self._chosen, now, width, height)

    def press(self, key: str) -> None:
        """Choose, start, or leave."""
        match key:
            case "up" | "k":
                self._choose(self._chosen - 1)
            case "down" | "j":
                self._choose(self._chosen + 1)
            case "home":
                self._choose(0)
            case "end":
                self._choose(len(self._shelves) - 1)
            case "enter":
                self._start()
            case "q":
                self.coach.leave()
            case _:
                pass

    def _choose(self, index: int) -> None:
        self._chosen = max(0, min(index, len(self._shelves) - 1))
        self.redraw()

    def _start(self) -> None:
        timeline = self._shelves[self._chosen].timeline if self._shelves else None
        if timeline is not None:
            self.app.push_screen(BriefScreen(timeline))
