"""What the app works with. It is put together outside, by whoever starts it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from backcoach.figure.drawing import Drawing
from backcoach.routines.finding import Entry
from backcoach.session.clock import Clock
from backcoach.settings.model import WeekGoals
from backcoach.timeline.model import Timeline

if TYPE_CHECKING:
    from backcoach.cues.sounder import Sounder
    from backcoach.history.backups import Backup
    from backcoach.history.desk import HistoryDesk
    from backcoach.history.records import SessionRecord, StopRecord
    from backcoach.history.tending import Tended
    from backcoach.session.live import Begin
    from backcoach.session.unfinished import Unfinished
    from backcoach.stats.adherence import Week


@dataclass(frozen=True, slots=True)
class LookBack:
    """What home knows of the past.

    Attributes:
        last: when each routine was last completed, by id.
        week: how this week stands; None before anything was done.
        stops: the exercises that were stopped for pain the last time, by id.
        unfinished: what was broken off, and can be gone on with.
    """

    last: Mapping[str, datetime] = field(default_factory=dict)
    week: "Week | None" = None
    stops: "Mapping[str, StopRecord]" = field(default_factory=dict)
    unfinished: "Unfinished | None" = None


@dataclass(frozen=True, slots=True)
class Wiring:
    """What the app works with.

    Attributes:
        names: the library's entries with their names, quickly and whatever is wrong with them.
        load: the routine of an entry.
        look_back: what home knows of the past.
        decline: writes down that a session isn't gone on with.
        begin: begins a session.
        notes_accepted: whether the safety notes were.
        accept_notes: writes down that they are.
        started: called when the first screen is there.
        speed: of a rehearsal, else 1.
        sounder: what makes the sound, the same one each time; None for silence.
        resting: the figure of the position that needs nothing; it may take a moment.
        notice: what is wrong with the settings, for home to say once; "" for nothing.
        look_after: looks after the history, which takes a moment.
        tend: the same, and what nobody was told of it yet.
        bring_back: takes a copy's missing sessions in; how many came back.
        desk: looks up and corrects what was done; None where there is no history to look at.
        goals: what a week is to have.
        keep_theme: writes down the theme that was chosen, for the next time.
    """

    clock: Clock
    names: Callable[[], list[tuple[Entry, str]]]
    load: Callable[[Entry], Timeline]
    look_back: Callable[[], "LookBack"]
    begin: "Begin"
    notes_accepted: bool
    accept_notes: Callable[[], None]
    decline: "Callable[[SessionRecord], None]" = lambda _: None
    started: Callable[[], None] = lambda: None
    speed: float = 1.0
    sounder: "Callable[[], Sounder] | None" = None
    resting: Callable[[], Drawing | None] = lambda: None
    notice: str = ""
    look_after: Callable[[], None] = lambda: None
    tend: "Callable[[], Tended] | None" = None
    bring_back: "Callable[[Backup], int] | None" = None
    desk: "Callable[[], HistoryDesk] | None" = None
    goals: WeekGoals = field(default_factory=WeekGoals)
    keep_theme: Callable[[str], None] = lambda _: None

    def make_sounder(self) -> "Sounder":
        """What makes the sound; a silent one where there is none."""
        if self.sounder:
            return self.sounder()
        from backcoach.cues.sounder import Sounder
        from backcoach.settings.model import SoundSettings

        return Sounder(SoundSettings(backend="off"), self.clock)
