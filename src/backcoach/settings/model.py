"""What a person can set: plain values with their defaults, so that no start pays for a model."""

from dataclasses import dataclass, field
from typing import Final

BACKENDS: Final = ("auto", "voice", "tones", "bell", "flash", "off")
"""How it sounds. `auto` is the best that works; each other one falls back as `auto` does."""
CUES: Final = (
    "name",
    "setup",
    "side",
    "reps",
    "hold",
    "countdown",
    "half",
    "next",
    "reminder",
)
"""What can be left out. `go`, the end of a phase and everything of a stop always sound."""
MOTIONS: Final = ("full", "reduced")
TEXTUAL_THEMES: Final = (
    "ansi-dark",
    "ansi-light",
    "atom-one-dark",
    "atom-one-light",
    "catppuccin-frappe",
    "catppuccin-latte",
    "catppuccin-macchiato",
    "catppuccin-mocha",
    "dracula",
    "flexoki",
    "gruvbox",
    "monokai",
    "nord",
    "rose-pine",
    "rose-pine-dawn",
    "rose-pine-moon",
    "solarized-dark",
    "solarized-light",
    "textual-dark",
    "textual-light",
    "tokyo-night",
)
"""Textual's own, which is not imported to read a file; a test compares them."""
THEMES: Final = ("dark", "light", "auto", *TEXTUAL_THEMES)
LEAST_RATE, MOST_RATE = 100, 220


@dataclass(frozen=True, slots=True)
class SoundSettings:
    """How it sounds.

    Attributes:
        backend: one of `BACKENDS`.
        rate: of the voice, in words a minute.
        volume: 0 to 100.
        quiet_from, quiet_to: minutes of the day between which it is softer; equal: never.
        cues: those of `CUES` that are wanted.
        breath_pacer: whether the breath is paced by tones in a hold.
    """

    backend: str = "auto"
    rate: int = 150
    volume: int = 100
    quiet_from: int = 22 * 60
    quiet_to: int = 7 * 60
    cues: frozenset[str] = frozenset(CUES)
    breath_pacer: bool = False

    def is_quiet(self, minute: int) -> bool:
        """Whether a minute of the day, 0 to 1439, is in the quiet hours."""
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= minute < self.quiet_to
        return minute >= self.quiet_from or minute < self.quiet_to


@dataclass(frozen=True, slots=True)
class ScreenSettings:
    """How it looks.

    Attributes:
        theme: one of `THEMES`.
        motion: "full", or "reduced": nothing moves that doesn't have to.
    """

    theme: str = "dark"
    motion: str = "full"


@dataclass(frozen=True, slots=True)
class WeekGoals:
    """What a week is to have. A goal of 0 is none.

    Attributes:
        sessions: of any routine.
        strength_days, mobility_days: days with exercises that strengthen, or that keep moving.
    """

    sessions: int = 4
    walking_ms: int = 150 * 60_000
    strength_days: int = 2
    mobility_days: int = 5


@dataclass(frozen=True, slots=True)
class Settings:
    """All of it."""

    sound: SoundSettings = field(default_factory=SoundSettings)
    screen: ScreenSettings = field(default_factory=ScreenSettings)
    week: WeekGoals = field(default_factory=WeekGoals)
