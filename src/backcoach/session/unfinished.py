"""A session that was broken off and can be gone on with."""

from dataclasses import dataclass
from typing import Final

from backcoach.history.records import NewSession, SessionRecord
from backcoach.player.resuming import BrokenOff
from backcoach.timeline.model import Timeline

RESUME_H: Final = 2
"""After so many hours the warm-up is gone: then it is begun anew."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """One that is offered.

    Attributes:
        session: as far as it went.
        begun: its row as it was written at its start.
        timeline: the routine as it was then.
        after: the number of its last event.
        where: what comes first, in words: "Bird-dog, rep 3, left".
    """

    session: SessionRecord
    begun: NewSession
    timeline: Timeline
    before: BrokenOff
    after: int
    where: str
