"""What is said beside the exercises' words."""

from typing import Final

from backcoach.coach.words import COME_DOWN
from backcoach.player.words import NOT_COUNTED

STOP: Final = "Stop. Breathe out."
STAY: Final = "Stay still."
HALF_MINUTE: Final = "Half a minute left."
HALF: Final = "Half way."
REMINDER: Final = "No hurry. Press enter when you are done."
REST: Final = "Rest."
SWITCH: Final = "Switch."
DONE: Final = "That was all. Well done."
PAUSED: Final = "Paused."
ACHED: Final = "Half the hold from here on."
LAST_REP: Final = "Last one."
"""What the compiler gives an exercise without words of its own; of something timed it says
nothing."""
OWN_LINES: Final = (
    *(STOP, STAY, COME_DOWN, HALF_MINUTE, HALF, REMINDER, REST, SWITCH, DONE, PAUSED, ACHED),
    *(NOT_COUNTED, "Left.", "Right."),
)
"""All of them: how long each takes is measured."""
