"""The app: which screen follows which, and what ends it. What it needs is handed in."""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from textual.app import App
from textual.theme import Theme

from backcoach.coach.checkin import CheckIn
from backcoach.coach.words import emergency_number
from backcoach.errors import EXIT_SIGNAL
from backcoach.player.events import Event, MarkReached
from backcoach.player.keys import STOP_KEYS
from backcoach.routines.finding import Entry
from backcoach.session.clock import Clock, Moment
from backcoach.session.live import Begin, Live
from backcoach.timeline.marks import Cue
from backcoach.timeline.model import Timeline
from backcoach.tui.endings import Endings, mend_continue
from backcoach.tui.screens.brief import BriefScreen
from backcoach.tui.screens.home import HomeScreen
from backcoach.tui.screens.hurts import HurtsScreen
from backcoach.tui.screens.notes import NotesScreen
from backcoach.tui.screens.player import PlayerScreen
from backcoach.tui.screens.summary import SummaryScreen
from backcoach.tui.theme import DARK, PALETTES

STARTED_S = 0.5
"""By then the first screen is drawn."""
CLOSE_S = 2.0
"""How long the last of a session may take to be written."""


@dataclass(frozen=True, slots=True)
class Wiring:
    """What the app works with.

    Attributes:
        names: the library's entries with their names, quickly and whatever is wrong with them.
        load: a routine by its id.
        last_completed: when each routine was last completed.
        begin: begins a session.
        notes_accepted: whether the safety notes were.
        accept_notes: writes down that they are.
        started: called when the first screen is there.
        speed: of a rehearsal, else 1.
    """

    clock: Clock
    names: Callable[[], list[tuple[Entry, str]]]
    load: Callable[[str], Timeline]
    last_completed: Callable[[], dict[str, datetime]]
    begin: Begin
    notes_accepted: bool
    accept_notes: Callable[[], None]
    started: Callable[[], None] = lambda: None
    speed: float = 1.0


class CoachApp(App[int], inherit_bindings=False):
    """The program in a terminal.

    Args:
        wiring: its parts.
        timeline: what to play at once; None for home.
        check_in: its answers, where they are known already.
    """

    TITLE = "backcoach"
    ENABLE_COMMAND_PALETTE = False
    CSS = "Screen { background: $background; }"

    def __init__(
        self, wiring: Wiring, timeline: Timeline | None = None, check_in: CheckIn | None = None
    ) -> None:
        super().__init__()
        self.wiring = wiring
        self.clock = wiring.clock
        self.palette = DARK
        self.sound = "♪ bell"
        self.emergency = emergency_number(os.environ)
        self.live: Live | None = None
        self._timeline = timeline
        self._check_in = check_in
        self._ended_by = 0
        self._last_words = ""
        self._endings = Endings(self._on_signal, self._save_at_once)

    # What the screens ask for

    def is_stop(self, key: str) -> bool:
        """Whether a key is one of the stop's."""
        return key in STOP_KEYS

    def open_hurts(self) -> None:
        """Show "it hurts now" over whatever there is."""
        self.push_screen(HurtsScreen())

    def accept_notes(self) -> None:
        """The safety notes are read: on to what was asked for."""
        with suppress(OSError):
            # A read-only disk asks again next time; it doesn't keep anybody out.
            self.wiring.accept_notes()
        self._first_screen()

    def play(self, timeline: Timeline, check_in: CheckIn) -> None:
        """Begin a session."""
        self.live = self.wiring.begin(timeline, check_in, (self._ring,))
        self.switch_screen(PlayerScreen(self.live))

    def _ring(self, event: Event, moment: Moment) -> None:
        """The bell at a phase's end, until there are better voices. Not in a fast rehearsal."""
        del moment
        if isinstance(event, MarkReached) and event.cue is Cue.END and self.wiring.speed <= 2:
            live = self.live
            if live and not live.conductor.state.muted:
                self.bell()

    def session_over(self, live: Live) -> None:
        """A session has ended: its summary, or the way out where a signal ended it."""
        if self._ended_by or self.hung_up():
            self._leave_now(EXIT_SIGNAL + (self._ended_by or signal.SIGHUP))
        else:
            self.switch_screen(SummaryScreen(live))

    def close_brief(self) -> None:
        """Back from the brief: home, or out where home was never shown."""
        self.go_home()

    def go_home(self) -> None:
        """To the library. What is left to write of a session is written."""
        self._close_live()
        if any(isinstance(screen, HomeScreen) for screen in self.screen_stack):
            self.pop_screen()
        else:
            self.switch_screen(HomeScreen())

    def leave(self) -> None:
        """End the program."""
        self._leave_now(0)

    def interrupt_by_key(self) -> None:
        """Ctrl-C, which a terminal in this state sends as a key."""
        self._end_by(signal.SIGINT)

    def hung_up(self) -> bool:
        """Whether the terminal is gone."""
        return self._endings.hung_up()

    def from_thread(self, work: Callable[[], None]) -> None:
        """Do something on the app's own thread, soon; nothing once the app has ended."""
        loop = self._loop
        if loop is not None:
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(work)

    # The app's own life

    def on_mount(self) -> None:
        """Show the first screen, and be ready to be ended."""
        for palette in PALETTES.values():
            self.register_theme(
                Theme(palette.name, primary=palette.hold, background=palette.ground,
                      foreground=palette.text, dark=palette.dark)
            )  # fmt: skip
        self.theme = self.palette.name
        self._endings.install()
        mend_continue(self)
        self.set_timer(STARTED_S, self.wiring.started)
        if self.wiring.notes_accepted:
            self._first_screen()
        else:
            self.push_screen(NotesScreen())

    def _first_screen(self) -> None:
        show = self.push_screen if len(self.screen_stack) == 1 else self.switch_screen
        if self._timeline is None:
            show(HomeScreen())
        elif self._check_in is None:
            show(BriefScreen(self._timeline))
        else:
            self.live = self.wiring.begin(self._timeline, self._check_in, (self._ring,))
            show(PlayerScreen(self.live))

    def _print_error_renderables(self) -> None:
        """Textual's pages of traceback: whoever is in pain is told in one line, by the caller."""

    def _on_signal(self, number: int) -> None:
        """In a signal's handler: only ask."""
        self.from_thread(lambda: self._end_by(number))

    def _end_by(self, number: int) -> None:
        self._ended_by = number
        if self.live and not self.live.conductor.ended:
            state = self.live.conductor.state
            exercise = state.exercise_of(state.phase)
            self._last_words = " ".join(exercise.cues.exit) if exercise else ""
            self.live.interrupt()
        self._leave_now(EXIT_SIGNAL + number)

    def _leave_now(self, status: int) -> None:
        self._close_live()
        self.exit(status, return_code=status)

    def _close_live(self) -> None:
        if self.live is not None:
            self.live.keeper.close(CLOSE_S)
            self.live = None

    def _save_at_once(self) -> None:
        if self.live is not None:
            self.live.end_at_once()
            self.live.keeper.close(CLOSE_S)

    def run_to_the_end(self) -> int:
        """Run, and give back what the process exits with.

        Raises:
            Exception: a fault of ours, after the session is saved and the terminal given back.
        """
        try:
            self.run()
        finally:
            # Only a fault of ours leaves a session behind.
            self._save_at_once()
            self._endings.restore()
        if self._exception is not None:
            raise self._exception
        if self._last_words and not self.hung_up():
            print(f"{self._last_words} What you did is saved.", file=sys.stderr)
        return self.return_code or 0
