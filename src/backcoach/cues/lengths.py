"""How long it takes to say something, and what fits into a time."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from backcoach.timeline.model import Form

MEASURED_RATE: Final = 150
"""Words a minute at which the catalogue's lines were measured."""
WORD_MS: Final = 60_000 // MEASURED_RATE
LETTERS_A_WORD: Final = 6
"""Of a language without spaces, or of names that are all one word."""
PAUSE_MS: Final = 450
"""Between two sentences, as a voice leaves it."""

Ranked = tuple[int, str]
"""A line with its rank: 0 is the last to be left out."""


class Lengths:
    """Milliseconds of lines.

    Args:
        spoken: those that were measured, at `MEASURED_RATE`.
        rate: of the voice, in words a minute.
    """

    def __init__(self, spoken: Mapping[str, int], rate: int = MEASURED_RATE) -> None:
        self._spoken = spoken
        self._rate = rate

    def of(self, lines: Iterable[str]) -> int:
        """What some lines take, one after the other; 0 for none."""
        each = [self._line_ms(line) for line in lines if line]
        total = sum(each) + PAUSE_MS * (len(each) - 1) if each else 0
        return total * MEASURED_RATE // self._rate

    def _line_ms(self, line: str) -> int:
        if (measured := self._spoken.get(line)) is not None:
            return measured
        words = max(len(line.split()), -(-len(line) // LETTERS_A_WORD))
        return words * WORD_MS

    def fitting(self, lines: Sequence[Ranked], room_ms: float) -> tuple[str, ...]:
        """What of some lines can be said in a time, in their order.

        Chosen by rank. A line that doesn't fit takes no other rank's place; of its own rank
        nothing after it is said.
        """
        chosen: set[int] = set()
        full: set[int] = set()
        for rank, index in sorted((rank, index) for index, (rank, _) in enumerate(lines)):
            if rank in full:
                continue
            if self.of(lines[other][1] for other in {*chosen, index}) <= room_ms:
                chosen.add(index)
            else:
                full.add(rank)
        return tuple(line for index, (_, line) in enumerate(lines) if line and index in chosen)

    def first_fitting(self, choices: Iterable[Sequence[str]], room_ms: float) -> tuple[str, ...]:
        """The first of some choices that can be said whole in a time; nothing where none can."""
        for choice in choices:
            lines = tuple(line for line in choice if line)
            if lines and self.of(lines) <= room_ms:
                return lines
        return ()


def joined(lines: Iterable[str]) -> str:
    """Some lines as one text to say, each a sentence of its own."""
    return " ".join(line if line.endswith((".", "!", "?")) else f"{line}." for line in lines)


def sentence(words: str) -> str:
    """The same with a capital and a full stop; nothing for nothing."""
    if not words:
        return ""
    return words[0].upper() + words[1:] + ("" if words.endswith((".", "!", "?")) else ".")


def spoken_dose(form: Form) -> str:
    """How much of it, to say: "Sets of 3 and 2, 8 seconds each, on each side."."""
    if form.exercise is None:
        return ""
    if not form.reps:
        return f"{_duration(form.hold_ms)}." if form.hold_ms else ""
    if len(form.reps) == 1:
        amount = _count(form.reps[0], "rep")
    elif len(set(form.reps)) == 1:
        amount = f"{_count(len(form.reps), 'set')} of {form.reps[0]}"
    elif len(form.reps) <= 4:
        *others, last = (str(count) for count in form.reps)
        amount = f"Sets of {', '.join(others)} and {last}"
    else:
        amount = _count(len(form.reps), "set")
    each = (
        f" of {_duration(form.hold_ms)}"
        if form.reps == (1,)
        else f", {_duration(form.hold_ms)} each"
    )
    hold = each if form.hold_ms else ", slowly"
    return amount + hold + (", on each side." if form.exercise.labels else ".")


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _duration(ms: int) -> str:
    minutes, seconds = divmod(round(ms / 1000), 60)
    parts = [_count(minutes, "minute")] if minutes else []
    if seconds or not minutes:
        parts.append(_count(seconds, "second"))
    return " ".join(parts)
