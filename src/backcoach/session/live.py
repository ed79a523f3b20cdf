"""A session that runs: its conductor, and what the screens may ask of whoever records it."""

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from backcoach.coach.checkin import CheckIn
from backcoach.player.inputs import Input, InputKind
from backcoach.session.clock import Clock, Moment
from backcoach.session.conductor import Conductor, Sink
from backcoach.session.unfinished import Unfinished
from backcoach.timeline.model import Timeline


class Keeper(Protocol):
    """Whoever writes the session down."""

    @property
    def problem(self) -> str:
        """Why nothing can be written at the moment; empty where it can."""
        ...

    @property
    def written(self) -> bool:
        """Whether everything so far is written."""
        ...

    def note(self, kind: str, value: object, active_ms: int, moment: Moment) -> None:
        """Write something that is no event of the player's."""
        ...

    def finish(self) -> None:
        """Take nothing more, and let go once everything is written; nobody waits for that."""
        ...

    def close(self, timeout: float) -> bool:
        """Wait until everything is written; whether it is."""
        ...

    def save_elsewhere(self) -> str:
        """Write the session into a file of its own, once; its path, "" where nothing takes it."""
        ...


@dataclass(slots=True)
class Live:
    """One session as the screens have it.

    Attributes:
        on_saved: called, on any thread, with the kind of an event once it is written, and the
            number that it carries.
        began: when it did.
        ached: the numbers of the steps that were said afterwards to have ached.
    """

    conductor: Conductor
    keeper: Keeper
    check_in: CheckIn
    clock: Clock
    on_saved: Callable[[str, int | None], None] = field(default=lambda *_: None)
    began: Moment = field(init=False)
    ached: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """It begins now."""
        self.began = self.clock.now()

    def score(self, pain: int) -> None:
        """Write down the pain afterwards."""
        self._note("pain-after", pain)

    def write_note(self, text: str) -> None:
        """Write down what the person says of the session; the last note is in force."""
        self._note("note", text)

    def mark_ache(self, step: int) -> None:
        """Write down that a step ached, or that it didn't after all: all that did, by number."""
        self.ached ^= {step}
        self._note("ached-after", sorted(self.ached))

    def end_at_once(self) -> None:
        """Write the end of an interrupted session without asking the player.

        For a signal's time, when whoever should ask it may be in the middle of something.
        """
        if not self.conductor.ended:
            self._note("end", "interrupted")

    def let_go(self) -> bool:
        """Take nothing more if it is over; whether it is, and all of it is written."""
        if self.conductor.ended:
            self.keeper.finish()
        return self.conductor.ended and self.keeper.written

    def interrupt(self) -> None:
        """End the session from outside."""
        self.conductor.tell(Input(InputKind.INTERRUPT))

    def stop_is_saved(self, number: int | None) -> None:
        """The history has the stop with this number."""
        self.conductor.tell(Input(InputKind.SAVED, number))

    @property
    def saving(self) -> str:
        """How the writing goes: "saved", "saving …", or that it can't be."""
        if self.keeper.problem:
            return f"not saved yet: {self.keeper.problem}"
        return "saved" if self.keeper.written else "saving …"

    def keep_elsewhere(self) -> str:
        """Save what the history didn't take in another place; in words, with what to do then."""
        problem = f"Not saved in the history: {self.keeper.problem or 'the disk is busy'}."
        path = self.keeper.save_elsewhere()
        if not path:
            return f"{problem} No other folder takes it either."
        return f"{problem} It is kept: `backcoach import {shlex.quote(path)}` brings it in."

    def _note(self, kind: str, value: object) -> None:
        self.keeper.note(kind, value, self.conductor.state.active_ms, self.clock.now())


class Begin(Protocol):
    """Begins a session, or goes on with one: its row is being written when this returns."""

    def __call__(
        self,
        timeline: Timeline,
        check_in: CheckIn,
        sinks: Sequence[Sink],
        unfinished: Unfinished | None = None,
    ) -> Live:
        """The session, its events handed to the sinks."""
        ...
