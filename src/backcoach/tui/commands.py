"""What can be done on each screen: the one table for its keys, its help and its command palette."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

OPENS_COMMANDS: Final = frozenset({"ctrl+p", ":", "colon"})


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a screen does.

    Attributes:
        key: the key that does it, as `PictureScreen.receive` takes it.
        name: what it is called where it is looked for.
        help: what it does, in a line.
        keys: all of its keys, as people read them; empty where there is just `key`.
    """

    key: str
    name: str
    help: str
    keys: str = ""

    @property
    def shown(self) -> str:
        """Its keys, for people."""
        return self.keys or self.key

    @property
    def brief(self) -> str:
        """Its name, without what only explains it."""
        return re.split("[:,]", self.name)[0]


def _scale(does: str) -> tuple[Command, ...]:
    """The keys of the pain scale, each with what it does."""
    return (
        *(Command(str(pain), f"Pain {pain}", does) for pain in range(10)),
        Command("t", "Pain 10", does),
    )


_HURTS: Final = Command(
    "x", "It hurts", "a resting position and slow breathing, at once", "x · Delete · Backspace · ."
)
_LEAVE: Final = Command("q", "Leave", "end the program")

PLAYER: Final[tuple[Command, ...]] = (
    Command("x", "It hurts: stop", "it hurts: stop; also . Delete Backspace Ctrl+X Alt+X"),
    Command("space", "Go on, or pause", "pause, and go on"),
    Command("right", "Next step", "next step", "→ · n · PageDown"),
    Command("left", "Again", "this step again; twice: the one before; undoes →, e", "← · PageUp"),
    Command("+", "Longer", "five seconds longer"),
    Command("-", "Shorter", "five seconds shorter", "−"),
    Command("a", "It aches", "it aches: half the hold from here on"),
    Command("e", "Easier", "easier: smaller first, then another exercise"),
    Command("enter", "Done, or start now", "done, or start now"),
    Command("m", "Sound: off or on", "sound off, on"),
    Command("escape", "Stop menu", "freeze, and ask: it hurts, go on, or end here", "Esc"),
    Command("q", "End here", "end here, after one question"),
    Command("?", "Keys", "pause, and show these keys"),
)
STOP: Final[tuple[Command, ...]] = (
    Command("space", "Breathe", "no questions: slow breathing"),
    Command("left", "The one before", "the stop belongs to the rep before", "←"),
    Command("enter", "Leave the question out", "on to the next one"),
    Command("a", "Smaller", "after a dull effort: go on with half of it"),
    Command("e", "Easier", "after a dull effort: go on with an easier exercise"),
    Command("g", "Go on", "without what is left out, where that may be"),
    Command("z", "A mistake", "pressed by mistake: go on, with time to get back"),
    Command("!", "Emergency", "the emergency card"),
    Command("m", "Sound: off or on", "sound off, on"),
    Command("q", "End and save", "end the session here"),
)
HOME: Final[tuple[Command, ...]] = (
    Command("enter", "Start", "start the chosen routine"),
    _HURTS,
    Command("up", "Up", "choose the routine above", "↑ k"),
    Command("down", "Down", "choose the routine below", "↓ j"),
    Command("home", "First", "choose the first routine", "Home"),
    Command("end", "Last", "choose the last routine", "End"),
    Command("g", "Go on", "with the session that was broken off, where there is one"),
    Command("n", "Leave it", "what was broken off, or not now"),
    Command("b", "Bring back", "what a copy of the history has, where that is offered"),
    Command("tab", "Library or card", "in a narrow window, the other of the two", "Tab"),
    Command("h", "History", "what was done, and how it went"),
    Command("p", "Progress", "charts, and what has changed"),
    _LEAVE,
)
_PAST: Final = (
    Command("n", "A note", "write or change the session's note"),
    Command("s", "A pain score", "how much it hurt, before or afterwards"),
    Command("d", "Delete", "delete the session, after one question"),
    Command("u", "Put it back", "what was deleted last"),
)
HISTORY: Final[tuple[Command, ...]] = (
    Command("enter", "Open", "the chosen session in full"),
    _HURTS,
    Command("up", "Up", "choose the session above", "↑ k"),
    Command("down", "Down", "choose the session below", "↓ j"),
    Command("pageup", "Page up", "as many as are shown", "PageUp"),
    Command("pagedown", "Page down", "as many as are shown", "PageDown · space"),
    Command("home", "Newest", "choose the newest session", "Home"),
    Command("end", "Oldest", "choose the oldest session", "End"),
    *_PAST,
    Command("f", "Filter", "by routine, exercise and period"),
    Command("p", "Progress", "charts, and what has changed"),
    Command("tab", "List, year or month", "in a small window, the next of them", "Tab"),
    Command("escape", "Back", "to where this was opened", "Esc"),
    _LEAVE,
)
SESSION: Final[tuple[Command, ...]] = (
    _HURTS,
    Command("up", "Up", "a line up", "↑ k"),
    Command("down", "Down", "a line down", "↓ j"),
    Command("pageup", "Page up", "a page up", "PageUp"),
    Command("pagedown", "Page down", "a page down", "PageDown · space"),
    Command("home", "Top", "to its beginning", "Home"),
    Command("end", "End", "to its end", "End"),
    *_PAST,
    Command("escape", "Back", "to the history", "Esc · enter"),
    _LEAVE,
)
PROGRESS: Final[tuple[Command, ...]] = (
    _HURTS,
    Command("right", "Longer", "a longer time", "→"),
    Command("left", "Shorter", "a shorter time", "←"),
    Command("tab", "Next chart", "in a small window, the next of them", "Tab · ↓ j"),
    Command("up", "Chart before", "in a small window, the one before", "↑ k"),
    Command("h", "History", "the sessions"),
    Command("escape", "Back", "to where this was opened", "Esc"),
    _LEAVE,
)
BRIEF: Final[tuple[Command, ...]] = (
    *_scale("nothing is new, and so much it hurts: start"),
    Command("f", "Something is new", "a new symptom since last time"),
    Command("u", "Nothing is new after all", "take back what was said to be new"),
    Command("down", "Next step", "look at the next step of the plan", "↓"),
    Command("up", "Step before", "look at the one before", "↑"),
    Command("tab", "Plan or questions", "in a small window, the other of the two", "Tab"),
    _HURTS,
    Command("escape", "Back", "back to the library", "Esc"),
)
SUMMARY: Final[tuple[Command, ...]] = (
    Command("enter", "Home", "back to the library", "enter · Esc"),
    _HURTS,
    Command("n", "A note", "what you would say of this session"),
    *_scale("so much it hurts now"),
    Command("up", "Up", "a line up, where not all of it is shown", "↑"),
    Command("down", "Down", "a line down, where not all of it is shown", "↓"),
    Command("h", "History", "what was done, and how it went"),
    _LEAVE,
)
NOTES: Final[tuple[Command, ...]] = (
    Command("enter", "Read on", "on, and accept at their end", "enter"),
    Command("pagedown", "Page down", "a page down", "PageDown · space"),
    Command("down", "Down", "a line down", "↓ j"),
    Command("up", "Back up", "a line up", "↑ k · PageUp"),
    _HURTS,
    _LEAVE,
)
HURTS: Final[tuple[Command, ...]] = (
    Command("y", "Yes", "one of the signs that are asked about is there"),
    Command("n", "None of them", "none of the signs that are asked about"),
    Command("escape", "Back", "to where this was opened", "Esc"),
)


def ache_commands(letters: Sequence[tuple[str, str]]) -> tuple[Command, ...]:
    """After a session: that something ached, for each letter and name of an exercise."""
    return tuple(
        Command(letter, f"It ached: {name}", "mark it, or take that back")
        for letter, name in letters
    )
