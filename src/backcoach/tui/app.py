"""The app: which screen follows which, and what ends it. What it needs is handed in."""

import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from contextvars import copy_context
from functools import cached_property
from importlib import import_module
from threading import Thread, get_ident
from typing import TYPE_CHECKING

from textual.app import App
from textual.filter import LineFilter
from textual.timer import Timer

from backcoach.coach.words import emergency_number
from backcoach.document.problems import plain_text
from backcoach.errors import EXIT_PROBLEM, EXIT_SIGNAL
from backcoach.session.endings import Endings
from backcoach.session.keyguard import HELD_MS
from backcoach.timeline.model import Timeline
from backcoach.tui.continuing import mend_continue
from backcoach.tui.depth import Depth, find_depth, is_console, is_light, is_still
from backcoach.tui.filters import ForTheConsole, WithoutColours
from backcoach.tui.screens.picture_screen import PictureScreen
from backcoach.tui.themes import find_palette, theme_of
from backcoach.tui.wiring import Wiring

# A screen is imported when it is first shown: each of them draws what none of the others does.
if TYPE_CHECKING:
    from backcoach.coach.checkin import CheckIn
    from backcoach.cues.sounder import Sounder
    from backcoach.history.records import StopRecord
    from backcoach.session.live import Live
    from backcoach.session.unfinished import Unfinished

FLASH_S = 0.25
SILENT_S = 2.0
"""How long what makes the sound may take to end: longer than a program is asked to be silent."""
CUT_S = 0.3
"""The same where the process is about to be gone."""
SOUNDER = "backcoach.cues.sounder"
STARTED_S = 0.5
"""By then the first screen is drawn."""
SOON_S = 0.5
CLOSE_S = 12.0
"""How long the last of a session may take: longer than another writer is waited for."""
A_STOP_KEY = "x"


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
        self.reducing: list[LineFilter] = [WithoutColours()] if self.depth is Depth.NONE else []
        if is_console(environ):
            self.reducing.append(ForTheConsole())
        self.flashing = False
        """Whether the phase is flashed at the moment, where nothing can be heard."""
        self.emergency = emergency_number(os.environ)
        self._dark: Timer | None = None
        self._pressed: tuple[str, int, PictureScreen | None] = ("", 0, None)
        """The last key, when it came, and the screen that it went down on."""
        self.live: Live | None = None
        self.stops: Mapping[str, StopRecord] = {}
        """What was stopped for pain the last time, by exercise; known a moment after the start."""
        self.flagged = False
        """Whether something was said that needs care before any exercise; for this run."""
        self._timeline = timeline
        self._check_in = check_in
        self._own_context = copy_context()
        self._own_thread = 0
        self._ended_by = 0
        self.last_words: list[str] = []
        """What is said once the terminal is given back."""
        self._goes_on = False
        """Whether a session was broken off that will be offered again."""
        self._lives: list[Live] = []
        self._endings = Endings(self._on_signal, self._save_at_once, drawn=True)

    # What the screens ask for

    def open_hurts(self) -> None:
        """Show "it hurts now"; where a session runs, that is its stop."""
        live = self.live
        if live is None or live.conductor.ended:
            from backcoach.tui.screens.hurts import HurtsScreen

            # A second one would take the breath from the first, and leave it below.
            if not any(isinstance(screen, HurtsScreen) for screen in self.screen_stack):
                self.push_screen(HurtsScreen())
            return
        from backcoach.tui.screens.player import PlayerScreen

        live.conductor.press(A_STOP_KEY)
        for screen in self.screen_stack:
            if isinstance(screen, PlayerScreen):
                screen.follow()

    def stop_from_below(self) -> None:
        """A stop key that came to a screen just before another one covered it."""
        screen = self.screen
        if isinstance(screen, PictureScreen):
            screen.receive(A_STOP_KEY)
        else:
            screen.call_later(screen.run_action, "stop")

    def holds_on_to(self, key: str, screen: PictureScreen) -> bool:
        """Whether a key is still held down that went down on another screen."""
        now_ms = self.clock.now().monotonic_ms
        last_key, last_ms, last_screen = self._pressed
        held = key == last_key and now_ms - last_ms < HELD_MS and screen is not last_screen
        self._pressed = (key, now_ms, last_screen if held else screen)
        return held

    def accept_notes(self) -> None:
        """The safety notes are read: on to what was asked for."""
        with suppress(OSError):
            # A read-only disk asks again next time; it doesn't keep anybody out.
            self.wiring.accept_notes()
        self._first_screen()

    def play(
        self, timeline: Timeline, check_in: "CheckIn", unfinished: "Unfinished | None" = None
    ) -> None:
        """Begin a session, or go on with one, in place of the present screen."""
        from backcoach.tui.screens.player import PlayerScreen

        self._let_go()
        self.live = self.wiring.begin(timeline, check_in, (), unfinished)
        self._lives.append(self.live)
        self._show(PlayerScreen(self.live))

    @cached_property
    def sounder(self) -> "Sounder":
        """What makes the sound; it is there when it is first asked for."""
        sounder = self.wiring.make_sounder()
        sounder.signs.bell = self._ring
        sounder.signs.flash = lambda: self.from_thread(self._flash)
        return sounder

    def _ring(self) -> None:
        """Ring the bell; at once where that may be, before what is due is drawn."""
        if get_ident() == self._own_thread:
            self.bell()
        else:
            self.from_thread(self.bell)

    @property
    def sound(self) -> str:
        """What the top line says of the sound."""
        return self.sounder.label

    def _flash(self) -> None:
        """Show the phase the other way round for a moment."""
        if self._dark is not None:
            self._dark.stop()
        self._dark = self.set_timer(FLASH_S, lambda: self._light(on=False))
        self._light(on=True)

    def _light(self, *, on: bool) -> None:
        self.flashing = on
        if isinstance(self.screen, PictureScreen):
            self.screen.redraw()

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

        self._let_go()
        if not any(isinstance(screen, HomeScreen) for screen in self.screen_stack):
            self.switch_screen(HomeScreen())
            return
        while not isinstance(self.screen, HomeScreen):
            self.pop_screen()

    def _let_go(self) -> None:
        """A session that is over and written takes no thread any more, and no room."""
        self._lives = [live for live in self._lives if not live.let_go()]

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
        return [*own, *self.reducing]

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
        self._own_thread = get_ident()
        self._wear_palette()
        mend_continue(self)
        self.set_timer(STARTED_S, self._started)
        if self.wiring.notes_accepted:
            self._first_screen()
        else:
            from backcoach.tui.screens.notes import NotesScreen

            self._show(NotesScreen())

    def _started(self) -> None:
        """The first screen is there: load the others, so that nobody waits for one of them."""
        self.wiring.started()
        Thread(target=self._load_rest, name="screens", daemon=True).start()

    def _load_rest(self) -> None:
        for name in ("hurts", "brief", "player", "summary", "home"):
            import_module(f"backcoach.tui.screens.{name}")
        if self._timeline is not None:
            # Home does both itself, and says what came of it.
            self.wiring.look_after()
            self.stops = self.wiring.look_back().stops

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
            self.last_words += [" ".join(exercise.cues.exit)] if exercise else []
            self._goes_on = not (state.stop or state.stops) and self.wiring.speed == 1
            live.interrupt()
        self._leave_with(EXIT_SIGNAL + number)

    def draw_again(self) -> None:
        """Everything, whatever was there before."""
        self.refresh(layout=True)

    def _leave_with(self, status: int) -> None:
        self.exit(status, return_code=status)

    def _save_at_once(self) -> None:
        """On the watchdog's thread, when the app hangs."""
        self._silence()
        for live in self._lives:
            live.end_at_once()
            if not live.keeper.close(CLOSE_S):
                live.keep_elsewhere()
        # A process that is gone cuts nobody: its voice would speak on.
        self._silence(CUT_S)

    def _silence(self, seconds: float | None = None) -> None:
        """No sound any more; with a time, its threads end too. Nothing is loaded for that."""
        if "sounder" in self.__dict__:
            if seconds is None:
                self.sounder.cut()
            else:
                self.sounder.close(seconds)

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
            self._silence()
            saved = self._save()
            self._silence(SILENT_S)
            self._endings.restore()
        if self._exception is not None:
            raise self._exception
        for words in self.last_words:
            self._say(words)
        if saved and self._goes_on:
            self._say("What was done is saved: `backcoach` offers to go on with it.")
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
                self._say(plain_text(live.keep_elsewhere()))
        return saved

    def _say(self, words: str) -> None:
        if not self._endings.hung_up():
            with suppress(OSError):
                print(words, file=sys.stderr, flush=True)
