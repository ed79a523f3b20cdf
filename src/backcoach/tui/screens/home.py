"""Home: the library. Its names first, its lengths and dates as soon as they are known."""

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Final

from backcoach.document.problems import plain_text
from backcoach.errors import BackcoachError
from backcoach.routines.finding import Entry
from backcoach.session.clock import local
from backcoach.tui.app import SOUNDER
from backcoach.tui.canvas import Canvas
from backcoach.tui.commands import HOME
from backcoach.tui.pictures.card import Shelf
from backcoach.tui.pictures.home import draw_home
from backcoach.tui.pictures.news import News, brought_back, stop_news, unfinished_news
from backcoach.tui.screens.picture_screen import PictureScreen
from backcoach.tui.wiring import LookBack

if TYPE_CHECKING:
    from backcoach.history.tending import Tended

FIRST: Final = "back-on-track"
"""What is chosen while nothing was ever done: everything but rest and relief comes after it."""


class HomeScreen(PictureScreen):
    """Chooses a routine."""

    commands = HOME
    _entries: tuple[Entry, ...] = ()
    _shelves: tuple[Shelf, ...] = ()
    _chosen = -1
    _heard = False
    """Whether what makes the sound is loaded, and can be asked what it is."""
    _past = LookBack()
    _tended: "Tended | None" = None
    """What came of looking after the history, until it is answered."""
    _said = ""
    """What else there is to say, until a key is pressed."""
    _card = False
    """Whether a narrow window shows the card."""

    def begin(self) -> None:
        """Know the names; what takes longer is looked up after the first frame."""
        self._said = self.coach.wiring.notice
        names = sorted(self.coach.wiring.names(), key=lambda each: each[1].casefold())
        self._entries = tuple(entry for entry, _ in names)
        self._shelves = tuple(Shelf(entry.id, plain_text(name)) for entry, name in names)

    def resume(self) -> None:
        """The first time, and after a session that may have been completed."""
        self.call_after_refresh(self._look_up)

    def _look_up(self) -> None:
        self.run_worker(self._load, thread=True, exclusive=True, exit_on_error=False)

    def _load(self) -> None:
        """On a thread: look after the history, and read it and every routine."""
        wiring = self.coach.wiring
        tended = wiring.tend() if wiring.tend else None
        past = wiring.look_back()
        shelves = []
        for shelf, entry in zip(self._shelves, self._entries, strict=True):
            try:
                timeline = wiring.load(entry)
                said = stop_news(timeline, past.stops)
                known = replace(shelf, timeline=timeline, name=timeline.name, problem="", said=said)
            except Exception as error:
                # Whatever is wrong with one file, the others are there.
                lines = str(error).splitlines() or [type(error).__name__]
                known = replace(shelf, problem=plain_text(lines[0]))
            shelves.append(replace(known, last=past.last.get(shelf.id)))
        # The top line says what is heard, as soon as it costs nobody the first frame.
        import_module(SOUNDER)
        self.coach.from_thread(lambda: self._show(tuple(shelves), past, tended))

    def _show(self, shelves: tuple[Shelf, ...], past: LookBack, tended: "Tended | None") -> None:
        self._shelves, self._past, self._heard = shelves, past, True
        self.coach.stops = past.stops
        if tended is not None and tended.notice:
            self._tended = tended
        if self._chosen < 0:
            self._chosen = first_of(shelves)
        self.redraw()

    def draw(self, width: int, height: int) -> Canvas:
        """The library and the chosen routine."""
        now = local(self.coach.clock.now())
        sound, card = self.coach.sound if self._heard else "", self._card
        return draw_home(
            self._shelves,
            self._chosen,
            now,
            width,
            height,
            sound=sound,
            card=card,
            news=self._news(),
            week=self._past.week,
        )

    def _news(self) -> News | None:
        """What there is to say: what is wrong before what is left to do."""
        tended, unfinished = self._tended, self._past.unfinished
        if tended is not None:
            offer = (("b", "bring them back"), ("n", "not now")) if tended.offer else ()
            return News(tended.notice, offer)
        if self._said:
            return News(self._said)
        return unfinished_news(unfinished) if unfinished else None

    def press(self, key: str) -> None:
        """Choose, start, or leave."""
        news = self._news()
        if news is not None and key in dict(news.keys):
            self._answer(key)
            return
        if news is not None and not news.keys:
            self._tended, self._said = None, ""
            self.redraw()
        match key:
            case "up" | "k":
                self._choose(self._chosen - 1)
            case "down" | "j":
                self._choose(self._chosen + 1)
            case "home":
                self._choose(0)
            case "end":
                self._choose(len(self._shelves) - 1)
            case "tab" | "shift+tab":
                self._card = not self._card
                self.redraw()
            case "enter":
                self._start()
            case "h":
                self.open_past()
            case "p":
                self.open_past(progress=True)
            case "q":
                self.coach.leave()
            case _:
                pass

    def _answer(self, key: str) -> None:
        """Do what the news asked about."""
        tended, unfinished = self._tended, self._past.unfinished
        self._tended = None
        if tended is not None:
            if key == "b":
                self._said = "Bringing them back …"
                self.run_worker(lambda: self._bring_back(tended), thread=True, exit_on_error=False)
        elif unfinished is not None:
            self._past = replace(self._past, unfinished=None)
            if key == "g":
                from backcoach.tui.screens.brief import BriefScreen

                self.app.push_screen(BriefScreen(unfinished.timeline, unfinished))
            else:
                self.coach.wiring.decline(unfinished.session)
        self.redraw()

    def _bring_back(self, tended: "Tended") -> None:
        """On a thread: take in what a copy has."""
        bring_back = self.coach.wiring.bring_back
        if bring_back is None or tended.offer is None:
            return
        try:
            said = brought_back(bring_back(tended.offer))
        except (BackcoachError, OSError) as error:
            said = plain_text(str(error).splitlines()[0])
        self.coach.from_thread(lambda: self._say(said))

    def _say(self, words: str) -> None:
        self._said = words
        self._look_up()
        self.redraw()

    def _choose(self, index: int) -> None:
        # The very first key may come before anything is chosen: it begins at the top.
        self._chosen = max(0, min(index, len(self._shelves) - 1)) if self._shelves else -1
        self.redraw()

    def _start(self) -> None:
        timeline = self._shelves[self._chosen].timeline if self._chosen >= 0 else None
        if timeline is not None:
            from backcoach.tui.screens.brief import BriefScreen

            self.app.push_screen(BriefScreen(timeline))


def first_of(shelves: tuple[Shelf, ...]) -> int:
    """What is chosen at first: what was done last, else where everybody begins; -1 for nothing."""
    done = [shelf.last for shelf in shelves if shelf.last and not shelf.problem]
    for number, shelf in enumerate(shelves):
        if shelf.last == max(done) if done else shelf.id == FIRST:
            return number
    return 0 if shelves else -1
