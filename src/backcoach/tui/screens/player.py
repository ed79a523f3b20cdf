"""The player's screen: wakes for what is due and for what is seen, and hands keys on."""

import math
from dataclasses import replace
from typing import Final

from backcoach.player.deciding import any_needs_care
from backcoach.player.keys import STOP_KEYS
from backcoach.player.state import Status
from backcoach.player.view import PlayerView
from backcoach.session.clock import local
from backcoach.session.live import Live
from backcoach.stats.last_time import said_of_steps
from backcoach.timeline.model import PhaseKind
from backcoach.tui.canvas import Canvas
from backcoach.tui.commands import OPENS_COMMANDS, PLAYER, STOP
from backcoach.tui.pictures.figures import painter
from backcoach.tui.pictures.flash import flash_phase
from backcoach.tui.pictures.player import draw_player
from backcoach.tui.pictures.stop import draw_stop
from backcoach.tui.screens.picture_screen import PictureScreen
from backcoach.tui.stance import FRAME_MS, Pacer, Stance, pacer, stance

FUSE_STEPS: Final = 40
"""How many steps the fuse burns in."""
FASTEST_MS: Final = 100.0
"""The fuse is drawn no more often than this."""
STILL_MS: Final = 1000.0
"""The same where little is to move."""


class PlayerScreen(PictureScreen):
    """Plays one session."""

    def __init__(self, live: Live) -> None:
        super().__init__()
        self.live = live
        self._written_at = ""
        self._view = live.conductor.view
        self._stance: Stance | None = None
        self._pacer: Pacer | None = None
        self._froze = False
        """Whether the session ran until the command palette was opened over it."""

    def begin(self) -> None:
        """Begin to wake up."""
        coach = self.coach

        def on_saved(kind: str, number: int | None) -> None:
            # On the recorder's thread, when this screen may be gone already.
            if kind == "stop":
                coach.from_thread(lambda: self._stop_is_saved(number))

        self.live.on_saved = on_saved
        self._arm()

    def _stop_is_saved(self, number: int | None) -> None:
        self._written_at = f"{local(self.live.clock.now()):%H:%M:%S}"
        self.live.stop_is_saved(number)
        self.follow()

    def tick(self) -> None:
        """Something is due, or looks different now."""
        self.live.conductor.pump()
        self.follow()

    def receive(self, key: str, *, chosen: bool = False) -> None:
        """Every key is the player's: it knows what counts, and `x` is the stop."""
        if key in OPENS_COMMANDS:
            self._freeze_for_commands(key)
        else:
            conductor = self.live.conductor
            if conductor.press(key, chosen=chosen, frozen=self._froze) or conductor.ended:
                self.follow()
        if self.live.conductor.ended and key in STOP_KEYS:
            # It came with the very end: there is no session left to stop, but it hurts.
            self.coach.open_hurts()

    def _freeze_for_commands(self, key: str) -> None:
        """Open the command palette over a session that stands still; a menu has its own keys."""
        conductor = self.live.conductor
        self._froze = conductor.state.status is Status.RUNNING
        match conductor.state.status:
            case Status.RUNNING:
                # Whatever key came last: it isn't this one that is held down.
                conductor.press("space", chosen=True)
            case Status.STOPPED if not conductor.press(key):
                return
        self.follow()
        status = conductor.state.status
        if status in (Status.PAUSED, Status.STOPPED):
            self.commands = STOP if status is Status.STOPPED else PLAYER
            self.open_commands()

    def follow(self) -> None:
        """After anything may have happened: draw, wake again, or leave."""
        if self.live.conductor.ended:
            if any_needs_care(self.live.conductor.state):
                self.coach.flagged = True
            self.coach.session_over(self.live)
        elif self.is_mounted:
            self.redraw()
            self._arm()

    def _arm(self) -> None:
        """Wake for the next deadline of the session or of the picture, whichever is first."""
        conductor = self.live.conductor
        wait_ms = min(float(conductor.wait_ms()), self._until_seen_ms())
        conductor.wakes_in(wait_ms)
        self.wake_in(wait_ms / 1000)

    def _until_seen_ms(self) -> float:
        """Real milliseconds until what was drawn last looks different."""
        view, figure, breath = self._view, self._stance, self._pacer
        if view.stop and not self.live.conductor.asks:
            return FASTEST_MS
        if view.status not in (Status.RUNNING, Status.STOPPED):
            return math.inf
        speed = self.coach.wiring.speed
        changes = [math.inf if view.change_ms is None else float(view.change_ms)]
        if figure and figure.change_ms:
            changes.append(figure.change_ms)
        # While a figure moves, the rest comes along with its frames.
        if view.status is Status.RUNNING and not (figure and figure.moves):
            if breath:
                changes.append(breath.change_ms)
            if view.duration_ms:
                fastest = STILL_MS if self.coach.still else FASTEST_MS
                step = max(view.duration_ms / FUSE_STEPS, fastest * speed)
                changes.append(step - view.fraction * view.duration_ms % step)
        # A rehearsal is drawn no more often than a session; what is due in it is on time.
        return max(1.0 if speed <= 1 else FRAME_MS, min(changes) / speed)

    def draw(self, width: int, height: int) -> Canvas:
        """The player, or the stop inside it."""
        state = self.live.conductor.state
        self._view = view = self.live.conductor.view
        self._stance = stance(state, still=self.coach.still)
        self._pacer = pacer(state, still=self.coach.still)
        if view.stop:
            return draw_stop(
                view.stop,
                width,
                height,
                self._stop_words(),
                self.coach.emergency,
                painter(self._stance),
            )
        view = self._with_last_time(view)
        canvas = draw_player(view, width, height, self.coach.sound, self._stance, self._pacer)
        if self.coach.flashing:
            flash_phase(canvas, view)
        return canvas

    def _with_last_time(self, view: PlayerView) -> PlayerView:
        """In a step's get ready, say first where it was stopped last time."""
        stops = self.coach.stops
        if not stops or view.kind is not PhaseKind.PREPARE:
            return view
        said = said_of_steps(self.live.conductor.state.timeline, stops).get(view.step)
        return replace(view, cue=f"{said} {view.cue}") if said else view

    def _stop_words(self) -> str:
        """That the stop is written, or isn't yet; nothing before either is known."""
        conductor = self.live.conductor
        stop = conductor.state.stop
        if stop is not None and stop.saved:
            return f"written down at {self._written_at}"
        if not conductor.asks:
            return ""
        return f"not saved yet: {self.live.keeper.problem or 'still trying'}"
