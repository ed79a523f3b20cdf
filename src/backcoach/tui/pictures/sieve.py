"""The filters of the history: a routine, an exercise, a period; and the panel they are set on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from backcoach.document.problems import plain_text
from backcoach.history.records import SessionRecord
from backcoach.tui.canvas import Canvas, Role, shorten
from backcoach.tui.pictures.pieces import put_keys

Choice = tuple[str, str]
"""A value and its name; the first choice of each row is all of them, and its value is empty."""
PERIODS: Final[tuple[Choice, ...]] = (
    ("365", "12 months"),
    ("91", "3 months"),
    ("28", "28 days"),
    ("", "all of it"),
)
_ROWS: Final = ("routine", "exercise", "period")


def exercise_names(sessions: Sequence[SessionRecord]) -> dict[str, str]:
    """The exercises that were planned or done, by id, each by the name it had last.

    Args:
        sessions: newest first.
    """
    # There are few names, and thousands of sessions that have them.
    names = {done.exercise: done.name for each in reversed(sessions) for done in each.exercises}
    return {exercise: plain_text(name) for exercise, name in names.items()}


@dataclass(frozen=True, slots=True)
class Sieve:
    """What is chosen of what there is.

    Attributes:
        choices: of routines, exercises and periods.
        at: which of them is chosen, in each row.
        row: the one that the arrows change.
    """

    choices: tuple[tuple[Choice, ...], tuple[Choice, ...], tuple[Choice, ...]] = (
        (("", "all routines"),),
        (("", "all exercises"),),
        PERIODS,
    )
    at: tuple[int, int, int] = (0, 0, 0)
    row: int = 0

    def value(self, row: int) -> str:
        """What is chosen in a row; empty for all."""
        return self.choices[row][self.at[row]][0]

    @property
    def words(self) -> tuple[str, ...]:
        """What is chosen, in words."""
        return tuple(choices[at][1] for choices, at in zip(self.choices, self.at, strict=True))

    @property
    def is_open(self) -> bool:
        """Whether every routine and exercise passes."""
        return not (self.value(0) or self.value(1))

    def move(self, rows: int) -> "Sieve":
        """With another row to change."""
        return replace(self, row=(self.row + rows) % len(_ROWS))

    def change(self, by: int) -> "Sieve":
        """With the next choice of the row, or the one before; round and round."""
        at = list(self.at)
        at[self.row] = (at[self.row] + by) % len(self.choices[self.row])
        return replace(self, at=(at[0], at[1], at[2]))

    def reset(self) -> "Sieve":
        """As it was at first."""
        return replace(self, at=(0, 0, 0))

    def with_choices(self, routines: Iterable[Choice], exercises: Iterable[Choice]) -> "Sieve":
        """For what there is now; what was chosen stays chosen where it is still there."""
        choices = (
            (("", "all routines"), *routines),
            (("", "all exercises"), *exercises),
            PERIODS,
        )
        values = [self.value(row) for row in range(2)]
        at = [
            next((n for n, choice in enumerate(choices[row]) if choice[0] == values[row]), 0)
            for row in range(2)
        ]
        return replace(self, choices=choices, at=(at[0], at[1], self.at[2]))

    def passes(self, session: SessionRecord) -> bool:
        """Whether a session is of the chosen routine, and has the chosen exercise."""
        routine, exercise = self.value(0), self.value(1)
        if routine and session.routine != routine:
            return False
        return not exercise or any(done.exercise == exercise for done in session.exercises)

    def since(self, today: date) -> date:
        """The first day of the chosen period."""
        days = self.value(2)
        return today - timedelta(days=int(days) - 1) if days else date.min


def draw_sieve(canvas: Canvas, sieve: Sieve) -> None:
    """The panel, over what is filtered behind it."""
    width = min(canvas.width - 2, 56)
    height = 7 if canvas.height >= 14 else 6
    x = (canvas.width - width) // 2
    y = max(1, (canvas.height - height) // 2 - 1)
    canvas.fill(x, y, width, height, Role.PANEL)
    canvas.put(x + 2, y, "WHICH SESSIONS?", Role.PANEL)
    for row, label in enumerate(_ROWS):
        line = y + 1 + row + (height == 7)
        here = row == sieve.row
        canvas.put(x + 2, line, "▶" if here else " ", Role.PANEL)
        canvas.put(x + 4, line, label, Role.PANEL_MUTED)
        at, choices = sieve.at[row], sieve.choices[row]
        count = f" {at + 1} of {len(choices)}" if here and len(choices) > 1 else ""
        name = shorten(choices[at][1], width - 17 - len(count))
        end = canvas.put(x + 14, line, f" {name} ", Role.SELECTED if here else Role.PANEL)
        canvas.put(end, line, count, Role.PANEL_MUTED)
    keys = [("←→", "change"), ("enter", "done"), ("x", "it hurts"), ("0", "all")]
    put_keys(canvas, x + 2, y + height - 1, keys, gap=2, role=Role.PANEL_MUTED, end=x + width - 1)
