"""What the screens of the past share: a note, a score and a deletion, asked for at their foot."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events

from backcoach.document.problems import plain_text
from backcoach.history.records import SessionRecord
from backcoach.player.keys import STOP_KEYS
from backcoach.report.detail import one_line
from backcoach.tui.line import TypedLine
from backcoach.tui.pictures.amending import Asking, Wish
from backcoach.tui.screens.picture_screen import PictureScreen, key_of

if TYPE_CHECKING:
    from backcoach.history.desk import HistoryDesk

EDITING = frozenset(
    {"delete", "backspace", "ctrl+h", "ctrl+w", "alt+backspace", ".", "full_stop", "decimal"}
)
"""Stop keys that belong to whoever types a text."""
LETTERS = frozenset({key for key in STOP_KEYS if len(key) == 1} - EDITING)
"""Stop keys that are letters: in a text they are, and twice in a row they stop."""
ALWAYS = STOP_KEYS - LETTERS - EDITING
"""Stop keys that neither type nor edit."""


class NotingScreen(PictureScreen):
    """A screen on which a note about a session is typed.

    In a note, `x` is a letter. So that it still stops from here, `ctrl+x` and `alt+x` do, and so
    does `x` twice in a row, which no word has and a hand in need finds by itself.
    """

    _asking: Asking | None = None
    _letter = ""
    """The stop key that was typed last, if it was the last key: small, whichever it was."""

    def keep_note(self, text: str) -> None:
        """Write a note down, if it is another than there was."""
        raise NotImplementedError

    def on_key(self, event: events.Key) -> None:
        """While a note is typed, its keys are its own."""
        if not self._types or self.app.screen is not self or key_of(event) == "ctrl+c":
            super().on_key(event)
            return
        event.stop()
        event.prevent_default()
        # With a hand on Alt a key has its letter still, and types nothing.
        self._type(event.key if event.key in ALWAYS else key_of(event))

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted into a note is part of it."""
        if not self._types or self.app.screen is not self or self._asking is None:
            super().on_paste(event)
            return
        event.stop()
        self._ask(replace(self._asking, line=self._asking.line.insert(plain_text(event.text))))

    @property
    def _types(self) -> bool:
        return self._asking is not None and self._asking.wish is Wish.NOTE

    def _ask(self, asking: Asking | None) -> None:
        self._asking = asking
        self.redraw()

    def _type(self, key: str) -> None:
        asking = self._asking
        if asking is None:
            return
        line = asking.line
        before, self._letter = self._letter, key.casefold() if key in LETTERS else ""
        if before and before == self._letter:
            self._letter = ""
            if line.text[: line.at].casefold().endswith(before):
                # It was meant for the stop too. In a note that is full there is none.
                self._ask(replace(asking, line=line.press("backspace")))
            self.coach.open_hurts()
        elif key in ALWAYS:
            self.coach.open_hurts()
        elif key == "escape":
            self._ask(None)
        elif key == "enter":
            self._ask(None)
            self.keep_note(line.text.strip())
        else:
            self._ask(replace(asking, line=line.press(key)))


class AmendingScreen(NotingScreen):
    """A screen on which a session of the past is corrected."""

    _notice = ""
    _deleted = ""
    """The session that was deleted last, for as long as this screen is there."""

    @property
    def subject(self) -> SessionRecord | None:
        """The session that is spoken of."""
        raise NotImplementedError

    def amended(self) -> None:
        """Something was changed: read it again."""
        raise NotImplementedError

    @property
    def deleted(self) -> str:
        """The session that was deleted here last, and not put back."""
        return self._deleted

    @property
    def desk(self) -> "HistoryDesk":
        """Where the history is looked up and corrected."""
        desk = self.coach.wiring.desk
        if desk is None:
            raise LookupError("there is no history to look at")
        return desk()

    def keep_note(self, text: str) -> None:
        """Write it down beside the one that there was."""
        session = self.subject
        if session is not None and text != one_line(session.note).strip():
            name = session.id
            self._write(lambda desk: desk.note(name, text), "The note is kept.")

    def amend(self, key: str) -> bool:
        """Do what a key asks for, if it is about the session; whether it was."""
        self._notice = ""
        if self._asking is not None:
            self._answer(key, self._asking)
            return True
        if key == "u":
            self._undo()
            return True
        session = self.subject
        if session is None or key not in ("n", "s", "d"):
            return False
        at = session.started_at
        about = f"{plain_text(session.name)}, {at.day} {at:%b} {at:%H:%M}"
        if session.outcome == "running":
            self._notice = "That one still runs: change it when it is over."
            self.redraw()
        elif key == "n":
            self._ask(Asking(Wish.NOTE, about, TypedLine.of(one_line(session.note))))
        elif key == "s":
            scores = (session.pain_before, session.pain_after)
            self._ask(Asking(Wish.SCORE, about, scores=scores))
        else:
            self._ask(Asking(Wish.DELETE, about))
        return True

    def _answer(self, key: str, asking: Asking) -> None:
        session = self.subject
        if session is None or key in ("escape", "n"):
            self._ask(None)
        elif asking.wish is Wish.DELETE:
            if key == "y":
                self._ask(None)
                self._delete(session)
        elif key in ("tab", "shift+tab", "left", "right"):
            self._ask(replace(asking, after=not asking.after))
        elif key == "t" or (key.isascii() and key.isdecimal()):
            self._ask(None)
            pain, after, name = 10 if key == "t" else int(key), asking.after, session.id
            said = f"Pain {'afterwards' if after else 'before'}: {pain}."
            self._write(lambda desk: desk.score(name, pain, after=after), said)

    def _delete(self, session: SessionRecord) -> None:
        name = session.id

        def delete(desk: "HistoryDesk") -> None:
            desk.delete(name)
            self._deleted = name

        self._write(
            delete, "Deleted. u puts it back; later, `backcoach history --deleted` lists it."
        )

    def _undo(self) -> None:
        name = self._deleted
        if not name:
            self._notice = "There is nothing to undo."
            self.redraw()
            return

        def put_back(desk: "HistoryDesk") -> None:
            desk.put_back(name)
            self._deleted = ""

        self._write(put_back, "It is back.")

    def _write(self, change: "Callable[[HistoryDesk], None]", said: str) -> None:
        """On a thread: another program may be writing, and is waited for."""

        def work() -> None:
            notice = said
            try:
                change(self.desk)
            except Exception as error:
                # Whatever keeps it from being written, nothing was changed, and it is said.
                lines = str(error).splitlines() or [type(error).__name__]
                notice = f"Not changed: {plain_text(lines[0])}"
            self.coach.from_thread(lambda: self._written(notice))

        self.run_worker(work, thread=True, group="writing", exit_on_error=False)

    def _written(self, notice: str) -> None:
        self._notice = notice
        self.amended()
        self.redraw()
