"""The app: which screen follows which, and what ends it. What it needs is handed in."""

import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from threading import Thread
from types import FrameType
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.filter import LineFilter

from backcoach.coach.words import emergency_number
from backcoach.cues.sounder import Sounder
from backcoach.document.problems import plain_text
from backcoach.errors import EXIT_PROBLEM, EXIT_SIGNAL
from backcoach.figure.drawing import Drawing
from backcoach.routines.finding import Entry
from backcoach.session.clock import Clock
from backcoach.session.endings import Endings
from backcoach.settings.model import SoundSettings
from backcoach.timeline.model import Timeline
from backcoach.tui.depth import Depth, find_depth, is_console, is_light, is_still
from backcoach.tui.filters import ForTheConsole, WithoutColours
from backcoach.tui.screens.picture_screen import PictureScreen
from backcoach.tui.themes import find_palette, theme_of

# A screen is imported when it is first shown: each of them draws what none of the others does.
if TYPE_CHECKING:
    from backcoach.coach.checkin import CheckIn
    from backcoach.session.live import Begin, Live

FLASH_S = 0.25
SILENT_S = 2.0
"""How long what makes the sound may take to end: longer than a program is asked to be silent."""
STARTED_S = 0.5
"""By then the first screen is drawn."""
SOON_S = 0.5
CLOSE_S = 12.0
"""How long the last of a session may take: longer than another writer is waited for."""
A_STOP_KEY = "x"


@dataclass(frozen=True, slots=True)
class Wiring:
    """What the app works with.

    Attributes:
        names: the library's entries with their names, quickly and whatever is wrong with them.
        load: the routine of an entry.
        last_completed: when each routine was last completed.
        begin: begins a session.
        notes_accepted: whether the safety notes were.
        accept_notes: writes down that they are.
        started: called when the first screen is there.
        speed: of a rehearsal, else 1.
        sounder: makes the sound; None for silence.
        resting: the figure of the position that needs nothing; it may take a moment.
    """

    clock: Clock
    names: Callable[[], list[tuple[Entry, str]]]
    load: Callable[[Entry], Timeline]
    last_completed: Callable[[], dict[str, datetime]]
    begin: "Begin"
    notes_accepted: bool
    accept_notes: Callable[[], None]
    started: Callable[[], None] = lambda: None
    speed: float = 1.0
    sounder: Sounder | None = None
    resting: Callable[[], Drawing | None] = lambda: None


class CoachApp(App[int], inherit_bindings=False):
    """The program in a terminal.

    Args:
        wiring: its parts.
        timeline: what to play at once; None for home.
        check_in: its answers, where they are known already.
        theme: one of `theme_names`.
        motion: "full", or "reduced" for `still`.
        environ: what the terminal says of itself.
    """

    TITLE = "backcoach"
    ENABLE_COMMAND_PALETTE = False
    CSS = "Screen { background: $background; }"

    def __init__(
        self,
        wiring: Wiring,
        timeline: Timeline | None = None,
        check_in: "CheckIn | None" = None,
        *,
        theme: str = "dark",
        motion: str = "full",
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        super().__init__()
        self.wiring = wiring
        self.clock = wiring.clock
        self.depth = find_depth(environ)
        self.still = is_still(motion, environ)
        """Whether no figure moves or breathes, and nothing burns more often than once a second."""
        self._light_ground = is_light(environ)
        self.palette = find_palette(theme, self.depth, light=self._light_ground)
        self._reducing: list[LineFilter] = [WithoutColours()] if self.depth is Depth.NONE else []
        if is_console(environ):
            self._reducing.append(ForTheConsole())
        self.sounder = wiring.sounder or Sounder(SoundSettings(backend="off"), wiring.clock)
        self.sounder.signs.bell = lambda: self.from_thread(self.bell)
        self.sounder.signs.flash = lambda: self.from_thread(self._flash)
        self.flashing = False
        """Whether the phase is flashed at the moment, where nothing can be heard."""
        self.emergency = emergency_number(os.environ)
        self.live: Live | None = None
        self.flagged = False
        """Whether something was said that needs care before any exercise; for this run."""
        self._timeline = timeline
        self._check_in = check_in
        self._own_context = copy_context()
        self._ended_by = 0
        self._last_words = ""
        self._lives: list[Live] = []
        self._endings = Endings(self._on_signal, self._save_at_once, drawn=True)

    # What the screens ask for

    def open_hurts(self) -> None:
        """Show "it hurts now"; where a session runs, that is its stop."""
        live = self.live
        if live is None or live.conductor.ended:
            from backcoach.tui.screens.hurts import HurtsScreen

            self.push_screen(HurtsScreen())
            return
        from backcoach.tui.screens.player import PlayerScreen

        live.conductor.press(A_STOP_KEY)
        for screen in self.screen_stack:
            if isinstance(screen, PlayerScreen):
                screen.follow()

    def accept_notes(self) -> None:
        """The safety notes are read: on to what was asked for."""
        with suppress(OSError):
            # A read-only disk asks again next time; it doesn't keep anybody out.
            self.wiring.accept_notes()
        self._first_screen()

    def play(self, timeline: Timeline, check_in: "CheckIn") -> None:
        """Begin a session in place of the present screen."""
        from backcoach.tui.screens.player import PlayerScreen

        self.live = self.wiring.begin(timeline, check_in, ())
        self._lives.append(self.live)
        self._show(PlayerScreen(self.live))

    @property
    def sound(self) -> str:
        """What the top line says of the sound."""
        return self.sounder.label

    def _flash(self) -> None:
        """Show the phase the other way round for a moment."""
        self.flashing = not self.flashing
        if isinstance(self.screen, PictureScreen):
            self.screen.redraw()
        if self.flashing:
            self.set_timer(FLASH_S, self._flash)

    def session_over(self, live: "Live") -> None:
        """A session has ended: its summary."""
        from backcoach.tui.screens.summary import SummaryScreen

        if live is self.live and not self._ended_by:
            self.live = None
            while not isinstance(self.screen, PictureScreen):
                # The command palette was open over it.
                self.pop_screen()
            self.switch_screen(SummaryScreen(live))

    def go_home(self) -> None:
        """To the library."""
        from backcoach.tui.screens.home import HomeScreen

        if any(isinstance(screen, HomeScreen) for screen in self.screen_stack):
            self.pop_screen()
        else:
            self.switch_screen(HomeScreen())

    def leave(self) -> None:
        """End the program."""
        self._leave_with(0)

    def interrupt_by_key(self) -> None:
        """Ctrl-C, which a terminal in this state sends as a key."""
        self._end_by(signal.SIGINT)

    def use_theme(self, name: str) -> None:
        """Wear another theme from now on, on every screen there is."""
        self.palette = find_palette(name, self.depth, light=self._light_ground)
        self._wear_palette()
        for screen in self.screen_stack:
            if isinstance(screen, PictureScreen):
                screen.call_later(screen.recompose)

    def _wear_palette(self) -> None:
        theme = theme_of(self.palette)
        self.register_theme(theme)
        self.theme = theme.name

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What is taken out last: with fewer colours, the palette has chosen from those there are,
        and Textual's own filters would only mix them again."""
        own = super().get_line_filters() if self.depth is Depth.TRUE else ()
        return [*own, *self._reducing]

    def from_thread(self, work: Callable[[], None]) -> None:
        """Do something on the app's own thread, soon; nothing once the app has ended."""
        loop = self._loop
        if loop is not None:
            with suppress(RuntimeError):
                # Outside the app's own context, Textual's timers don't find their app.
                loop.call_soon_threadsafe(work, context=self._own_context)

    # The app's own life

    def on_mount(self) -> None:
        """Show the first screen."""
        self._own_context = copy_context()
        self._wear_palette()
        _mend_continue(self)
        self.set_timer(STARTED_S, self._started)
        if self.wiring.notes_accepted:
            self._first_screen()
        else:
            from backcoach.tui.screens.notes import NotesScreen

            self._show(NotesScreen())

    def _started(self) -> None:
        """The first screen is there: load the others, so that nobody waits for one of them."""
        self.wiring.started()
        Thread(target=_load_screens, name="screens", daemon=True).start()

    def _first_screen(self) -> None:
        if self._timeline is None:
            from backcoach.tui.screens.home import HomeScreen

            self._show(HomeScreen())
        elif self._check_in is None:
            from backcoach.tui.screens.brief import BriefScreen

            self._show(BriefScreen(self._timeline))
        else:
            self.play(self._timeline, self._check_in)

    def _show(self, screen: PictureScreen) -> None:
        """Show a screen in place of the present one; the very first goes on top of nothing."""
        if len(self.screen_stack) == 1:
            self.push_screen(screen)
        else:
            self.switch_screen(screen)

    def _print_error_renderables(self) -> None:
        """Textual's pages of traceback: whoever is in pain is told in one line, by the caller."""

    # Endings

    def _on_signal(self, number: int) -> None:
        """In a signal's handler: only ask."""
        self.from_thread(lambda: self._end_by(number))

    def _end_by(self, number: int) -> None:
        self._ended_by = number
        live = self.live
        if live and not live.conductor.ended:
            state = live.conductor.state
            exercise = state.exercise_of(state.phase)
            self._last_words = " ".join(exercise.cues.exit) if exercise else ""
            live.interrupt()
        self._leave_with(EXIT_SIGNAL + number)

    def draw_again(self) -> None:
        """Everything, whatever was there before."""
        self.refresh(layout=True)

    def _leave_with(self, status: int) -> None:
        self.exit(status, return_code=status)

    def _save_at_once(self) -> None:
        """On the watchdog's thread, when the app hangs."""
        self.sounder.cut()
        for live in self._lives:
            live.end_at_once()
            live.keeper.close(CLOSE_S)

    def run_to_the_end(self) -> int:
        """Run, save what is left to save, and give back what the process exits with.

        Raises:
            Exception: a fault of ours, after the session is saved and the terminal given back.
        """
        self._endings.install()
        self._endings.watch_terminal()
        try:
            self.run()
        finally:
            self._endings.in_order()
            self.sounder.cut()
            saved = self._save()
            self.sounder.close(SILENT_S)
            self._endings.restore()
        if self._exception is not None:
            raise self._exception
        if self._last_words:
            self._say(self._last_words)
        return self.return_code or (0 if saved else EXIT_PROBLEM)

    def _save(self) -> bool:
        """With the terminal given back: wait for what is still to be written; whether it is."""
        saved = True
        for live in self._lives:
            # Only a fault of ours leaves a session that hasn't ended.
            live.end_at_once()
            if live.keeper.close(SOON_S):
                continue
            self._say("Saving …")
            if not live.keeper.close(CLOSE_S):
                saved = False
                self._say(f"Not saved: {plain_text(live.keeper.problem or 'the disk is busy')}")
        return saved

    def _say(self, words: str) -> None:
        if not self._endings.hung_up():
            with suppress(OSError):
                print(words, file=sys.stderr, flush=True)


def _load_screens() -> None:
    for name in ("hurts", "brief", "player", "summary", "home"):
        import_module(f"backcoach.tui.screens.{name}")


def _mend_continue(app: CoachApp) -> None:
    """After SIGCONT, draw again; only a suspended app takes its terminal back.

    Textual's own handler takes it back unasked, and leaves a thread behind each time.
    """
    driver: Any = app._driver
    if not hasattr(driver, "_must_signal_resume") or not hasattr(signal, "SIGCONT"):
        return

    def on_continue(number: int, frame: FrameType | None) -> None:
        del number, frame
        if driver._must_signal_resume:
            driver._sigcont_application()
        else:
            app.from_thread(app.draw_again)

    signal.signal(signal.SIGCONT, on_continue)
