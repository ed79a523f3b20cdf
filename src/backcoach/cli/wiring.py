"""Where the parts are put together: a session with its recorder, and what the app works with."""

import gc
import os
import sys
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from backcoach.cli.saying import say
from backcoach.cli.tender import Tender
from backcoach.paths import Paths
from backcoach.session.clock import Clock, Moment, SystemClock, local, utc
from backcoach.settings.model import Settings

if TYPE_CHECKING:
    from backcoach.coach.checkin import CheckIn
    from backcoach.cues.sounder import Sounder
    from backcoach.figure.drawing import Drawing
    from backcoach.history.backups import Backup
    from backcoach.history.desk import HistoryDesk
    from backcoach.history.recorder import Recorder
    from backcoach.history.records import NewSession, SessionRecord
    from backcoach.player.events import Event
    from backcoach.session.awake import Awake
    from backcoach.session.conductor import Sink
    from backcoach.session.live import Begin, Live
    from backcoach.session.unfinished import Unfinished
    from backcoach.timeline.model import Timeline
    from backcoach.tui.wiring import LookBack, Wiring


def can_draw() -> bool:
    """Whether there is a terminal to draw on, and somebody at it."""
    return (
        bool(sys.stdin)
        and sys.stdin.isatty()
        and bool(sys.stderr)
        and sys.stderr.isatty()
        and sys.stdout.isatty()
        and os.environ.get("TERM", "") != "dumb"
    )


def prepare_textual() -> None:
    """What Textual reads from the environment, once, before it is imported."""
    # An empty NO_COLOR means no wish; Textual would take it for one.
    if os.environ.get("NO_COLOR") == "":
        del os.environ["NO_COLOR"]
    from backcoach.tui.depth import Depth, find_depth

    # Textual's console knows fewer terminals by name. It has no word for no colour at all.
    depth = find_depth(os.environ)
    if depth is not Depth.NONE:
        os.environ["TEXTUAL_COLOR_SYSTEM"] = depth.value
    # A key soon after a tick waits for the next frame: shorter frames, shorter waits.
    os.environ.setdefault("TEXTUAL_FPS", "1000")
    # The terminal says its own size; a size in the environment would never change.
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)


def started() -> None:
    """Start-up is over: what there is now stays, and the collector looks after the rest only."""
    gc.freeze()
    gc.enable()


def settings_in(paths: Paths) -> tuple[Settings, str]:
    """The person's settings, and what is wrong with them, for the screen; it stops nothing.

    It is said on stderr too, which a full screen hides until it ends.
    """
    try:
        os.lstat(paths.settings)
    except FileNotFoundError:
        # As for nearly everybody: what reads them takes time to load.
        return Settings(), ""
    except (OSError, ValueError):
        # Whatever it is, reading tells.
        pass
    from backcoach.settings.reading import problem_line, read_settings

    settings, problems = read_settings(paths.settings)
    if line := problem_line(problems):
        say(f"backcoach: {line}", err=True)
    # A screen has no room for the folders.
    return settings, line.replace(str(paths.settings), paths.settings.name, 1)


def make_begin(
    paths: Paths,
    clock: Clock,
    *,
    speed: float = 1.0,
    muted: bool = False,
    sounder: "Callable[[], Sounder] | None" = None,
    keeps_awake: bool = False,
    tender: Tender | None = None,
) -> "Begin":
    """How a session begins: a recorder that writes its row, and a conductor that plays it.

    Args:
        sounder: makes it heard; None where nothing does.
        keeps_awake: whether the screen is kept from going dark.
        tender: mends a damaged history, and remembers what there is to say of it.
    """
    tender = tender or Tender(paths, clock)

    def begin(
        timeline: "Timeline",
        check_in: "CheckIn",
        sinks: "Sequence[Sink]",
        unfinished: "Unfinished | None" = None,
    ) -> "Live":
        from backcoach.coach.zones import zone_at
        from backcoach.history.backups import back_up
        from backcoach.history.recorder import Recorder
        from backcoach.session.awake import Awake
        from backcoach.session.conductor import Conductor
        from backcoach.session.live import Live

        started = local(clock.now())
        session = new_session(timeline, check_in, started, rehearsal=speed != 1)
        before, after = None, 0
        if unfinished is not None:
            from backcoach.cli.resuming import go_on_with

            session, before, after = go_on_with(paths, unfinished, session)
        live: Live | None = None

        def on_saved(kind: str, number: int | None) -> None:
            if live is not None:
                live.on_saved(kind, number)

        recorder = Recorder(
            paths.history,
            session,
            on_saved,
            after=after,
            mend=tender.look,
            back_up=lambda store, at: back_up(store.db, paths.backups, at),
        )
        if after:
            answers = dict(check_in.answers)
            recorder.note("check-in", answers, before.active_ms if before else 0, utc(clock.now()))
        hear = sounder().listen() if sounder is not None else None
        early: list[tuple[Event, Moment]] = []

        def sound(event: "Event", moment: Moment) -> None:
            if live is None:
                # While the conductor is made there is no state to ask for.
                early.append((event, moment))
            elif hear is not None:
                hear(event, live.conductor.state, moment)

        awake = Awake() if keeps_awake else None
        also = (awake, *sinks) if awake is not None else sinks
        conductor = Conductor(
            timeline,
            clock,
            sinks=(lambda event, moment: recorder.record(event, utc(moment)), sound, *also),
            beat=lambda active_ms, moment: recorder.progress(active_ms, utc(moment)),
            speed=speed,
            muted=muted,
            zone=zone_at(check_in.pain),
            before=before,
        )
        live = Live(conductor, _Keeper(paths, recorder, awake), check_in, clock)
        for event, moment in early:
            sound(event, moment)
        return live

    return begin


class _Keeper:
    """A recorder, as a session that runs knows it."""

    def __init__(self, paths: Paths, recorder: "Recorder", awake: "Awake | None") -> None:
        self._paths = paths
        self._recorder = recorder
        self._awake = awake
        self._elsewhere = ""

    @property
    def problem(self) -> str:
        return self._recorder.problem

    @property
    def written(self) -> bool:
        return self._recorder.written

    def note(self, kind: str, value: object, active_ms: int, moment: Moment) -> None:
        key = "outcome" if kind == "end" else "value"
        self._recorder.note(kind, {key: value}, active_ms, utc(moment))

    def finish(self) -> None:
        self._recorder.finish()

    def close(self, timeout: float) -> bool:
        saved = self._recorder.close(timeout)
        if self._awake is not None:
            self._awake.close()
        return saved

    def save_elsewhere(self) -> str:
        if not self._elsewhere:
            from backcoach.history.unsaved import other_places, save_elsewhere

            recorder, places = self._recorder, other_places(self._paths.data)
            history = self._paths.history
            kept = save_elsewhere(history, recorder.session, recorder.events, places)
            self._elsewhere = str(kept or "")
        return self._elsewhere


def new_session(
    timeline: "Timeline", check_in: "CheckIn", started: datetime, *, rehearsal: bool
) -> "NewSession":
    """What is written of a session at its start, the routine as it was included."""
    from backcoach.history.plans import plan_of
    from backcoach.history.records import NewSession

    return NewSession(
        id=str(uuid.uuid4()),
        routine=timeline.routine,
        name=timeline.name,
        started_at=started,
        rehearsal=rehearsal,
        planned_ms=timeline.total_ms,
        plan=plan_of(timeline),
        pain_before=check_in.pain,
        answers=check_in.answers,
    )


def look_back_at(paths: Paths, settings: Settings, clock: Clock) -> "LookBack":
    """What home knows of the past, as of now."""
    from backcoach.cli.looking_back import look_back

    return look_back(paths, settings.week, local(clock.now()))


def decline_session(paths: Paths, session: "SessionRecord", clock: Clock) -> None:
    """Write down that a session that was broken off isn't gone on with."""
    from backcoach.cli.resuming import decline

    decline(paths, session, utc(clock.now()))


def wire_app(
    paths: Paths,
    settings: Settings,
    *,
    speed: float = 1.0,
    muted: bool = False,
    accepted: bool = False,
    notice: str = "",
    tender: Tender | None = None,
) -> "Wiring":
    """Everything the app works with, loaded when it is used.

    Args:
        accepted: whether the safety notes were accepted on the command line.
        notice: what is wrong with the settings.
        tender: looks after the history.
    """
    from backcoach.routines.finding import Entry, list_entries, quick_name
    from backcoach.settings.acceptance import accept_notes, notes_accepted
    from backcoach.tui.wiring import Wiring

    clock = SystemClock()
    tender = tender or Tender(paths, clock)

    @cache
    def sounder() -> "Sounder":
        from backcoach.cues.sounder import Sounder

        return Sounder(settings.sound, clock, speed=speed, muted=muted)

    def names() -> list[tuple[Entry, str]]:
        return [(entry, quick_name(entry)) for entry in list_entries(paths)]

    def load(entry: Entry) -> "Timeline":
        from backcoach.routines.remembering import load_timeline

        return load_timeline(paths, entry)

    return Wiring(
        clock=clock,
        names=names,
        load=load,
        look_back=lambda: look_back_at(paths, settings, clock),
        decline=lambda session: decline_session(paths, session, clock),
        begin=make_begin(
            paths,
            clock,
            speed=speed,
            muted=muted,
            sounder=sounder,
            keeps_awake=True,
            tender=tender,
        ),
        look_after=tender.look,
        tend=tender.tend,
        bring_back=lambda backup: bring_back(paths, backup),
        notes_accepted=accepted or notes_accepted(paths.accepted),
        accept_notes=lambda: accept_notes(paths.accepted, local(clock.now())),
        started=started,
        speed=speed,
        sounder=sounder,
        resting=resting_figure,
        notice=notice,
        desk=lambda: open_desk(paths, clock),
        goals=settings.week,
        keep_theme=lambda name: keep_theme(paths, name),
    )


def keep_theme(paths: Paths, name: str) -> None:
    """Write down the theme that was chosen."""
    from backcoach.settings import keeping

    keeping.keep_theme(paths.settings, name)


def open_desk(paths: Paths, clock: Clock) -> "HistoryDesk":
    """The history as the screens of the past look things up in it, and correct them."""
    from backcoach.history.desk import HistoryDesk

    return HistoryDesk(paths.history, lambda: local(clock.now()))


def bring_back(paths: Paths, backup: "Backup") -> int:
    """Take a copy's missing sessions into the history; how many came back."""
    from backcoach.history import tending

    return tending.bring_back(paths, backup.path)


def resting_figure() -> "Drawing | None":
    """The figure of the position to rest in that needs nothing."""
    from backcoach.catalogue.drawing import drawing_of
    from backcoach.catalogue.loading import Catalogue
    from backcoach.routines.compiling import RELIEF

    exercise = Catalogue().get(RELIEF[0])
    return drawing_of(exercise) if exercise else None
