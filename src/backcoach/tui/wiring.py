"""What the app works with. It is put together outside, by whoever starts it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from backcoach.figure.drawing import Drawing
from backcoach.routines.finding import Entry
from backcoach.session.clock import Clock
from backcoach.timeline.model import Timeline

if TYPE_CHECKING:
    from backcoach.cues.sounder import Sounder
    from backcoach.session.live import Begin


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
        sounder: what makes the sound, the same one each time; None for silence.
        resting: the figure of the position that needs nothing; it may take a moment.
        notice: what is wrong with the settings, for home to say once; "" for nothing.
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
    sounder: "Callable[[], Sounder] | None" = None
    resting: Callable[[], Drawing | None] = lambda: None
    notice: str = ""
