"""A line of text that is being typed: plain values, so that a screen draws it like all the rest."""

from dataclasses import dataclass
from typing import Final

MOST: Final = 400
"""Characters of a note: a few sentences."""


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A text, and where in it the next character goes.

    Attributes:
        at: from 0, before the first character, to the text's length.
    """

    text: str = ""
    at: int = 0

    @classmethod
    def of(cls, text: str) -> "TypedLine":
        """A text to go on with at its end."""
        return cls(text, len(text))

    def insert(self, text: str) -> "TypedLine":
        """With more text where the next character goes; what can't be shown is left out."""
        words = "".join(char if char.isprintable() else " " for char in text)
        words = words[: max(0, MOST - len(self.text))]
        return TypedLine(self.text[: self.at] + words + self.text[self.at :], self.at + len(words))

    def press(self, key: str) -> "TypedLine":
        """As a key leaves it, by Textual's names; a key without a meaning changes nothing."""
        before, after = self.text[: self.at], self.text[self.at :]
        match key:
            case "space":
                return self.insert(" ")
            case "full_stop" | "decimal":
                return self.insert(".")
            case "backspace" | "ctrl+h":
                return TypedLine(before[:-1] + after, len(before[:-1]))
            case "delete":
                return TypedLine(before + after[1:], self.at)
            case "ctrl+w" | "alt+backspace":
                kept = before.rstrip().rpartition(" ")
                start = kept[0] + kept[1]
                return TypedLine(start + after, len(start))
            case "ctrl+u":
                return TypedLine(after, 0)
            case "left":
                return TypedLine(self.text, max(0, self.at - 1))
            case "right":
                return TypedLine(self.text, min(len(self.text), self.at + 1))
            case "home" | "ctrl+a":
                return TypedLine(self.text, 0)
            case "end" | "ctrl+e":
                return TypedLine.of(self.text)
            case _ if len(key) == 1 and key.isprintable():
                return self.insert(key)
            case _:
                return self
