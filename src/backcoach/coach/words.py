"""What the coach says about safety: calm, cautious, and never a diagnosis."""

from collections.abc import Mapping
from typing import Final

SAFETY_NOTES: Final = (
    "backcoach guides gentle stretches and core exercises. It is general exercise information "
    "for adults, not medical advice, and it can't tell what is wrong with a back.",
    "Stop at any sharp, electric or spreading pain: press x, at any time, on any screen. "
    "Muscle work, shaking and a mild stretch are fine.",
    "See a doctor first if you have had an operation in the last 12 weeks, are pregnant, or have "
    "osteoporosis, heart trouble or another condition that exercise could affect.",
    "Get help at once, and don't exercise, with: numbness between the legs; new trouble with "
    "bladder or bowels; weakness or tingling in both legs, or a foot that drags; pain after a "
    "serious fall or crash; chest pain, or fever with feeling very ill.",
    "If it has not eased after 48 to 72 hours, a consultation is appropriate.",
    "What you record stays on this machine.",
)

COME_DOWN: Final = "If it hurts, come down. The keyboard can wait."
"""Said at the start of every session."""

NOTHING_TO_DO: Final = "Stay still. You don't have to do anything."
REST_POSITION: Final = (
    "If you want to move: on your back, knees bent, feet flat. Or on your side, knees bent. "
    "Or simply stay as you are."
)
REST_POSITION_SHORT: Final = "On your back, knees bent, feet flat. Or stay as you are."
"""The same for a small window."""
CANT_GET_UP: Final = "Can't get up? Stay there; roll to your side, knees bent, when you can."

EMERGENCY_QUESTION: Final = (
    "Any of these? Numb between the legs. New trouble peeing, or holding pee or stool. Both legs, "
    "or a leg that drags. A fall or crash. Chest pain, faint, fever."
)
SHORT_CHECK: Final = (
    "numb around the genitals or back passage",
    "new trouble peeing, pooing or holding it",
    "weak or numb in both legs, or a foot that drags",
    "a fall, or a crack that you heard",
    "chest pain, faint, or fever",
)
"""The emergency signs that a stop asks for, as one question."""
GET_UP: Final = "When you are ready: knees bent. Roll to your side. Push up with your hands."
CALL_SOMEONE: Final = (
    "Still unable after 10 to 15 minutes, or alone and frightened: call someone, or the number."
)
TELL_THEM: Final = "Tell whoever answers when it began, how much it hurts, and what you said here."
"""At a pain of 8 or more, what the emergency line wants to know."""
NOT_URGENT: Final = "You said no to these signs. Rest as long as you like."
MEDICAL_ADVICE: Final = "At a pain like this, get medical advice today."
FLAGGED: Final = (
    "You said that there is something that needs care first. Rest, slow breathing and help if it "
    "is urgent: exercise can wait. If you answered by mistake, press u."
)
NEW_SYMPTOM: Final = (
    "Something new deserves a look before any exercise: ask a doctor or a physiotherapist, the "
    "same day if you feel unwell. Resting positions stay open."
)
CHANGES: Final = "New numbness or weakness, or bladder or bowels change: don't wait."

_EMERGENCY: Final = "Emergency "
_ALL_NUMBERS: Final = "999, 112 or 911"
_NUMBERS: Final = {
    "US": "911",
    "CA": "911",
    "GB": "999 or 112",
    "IE": "112 or 999",
    "AU": "000",
    "NZ": "111",
    "IN": "112",
    "ZA": "112",
    "JP": "119",
    "CN": "120",
    "BR": "192",
    **dict.fromkeys(
        (
            *("AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR"),
            *("HU", "IS", "IT", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI"),
            *("SK", "TR", "UA"),
        ),
        "112",
    ),
}


def emergency_number(environ: Mapping[str, str]) -> str:
    """The number of the locale's country; all the usual ones where that isn't known.

    Args:
        environ: the environment, with the variables that name the locale.
    """
    for variable in ("LC_ALL", "LC_TELEPHONE", "LC_MESSAGES", "LANG"):
        country = environ.get(variable, "").split(".")[0].partition("_")[2].split("@")[0]
        if country:
            return _EMERGENCY + _NUMBERS.get(country, _ALL_NUMBERS)
    return _EMERGENCY + _ALL_NUMBERS


def same_day_card(emergency: str) -> tuple[str, ...]:
    """What to do about something that should be looked at the same day.

    Args:
        emergency: as `emergency_number` gives it.
    """
    return (
        "Stop here. Call your doctor today; outside their hours, the out-of-hours line.",
        f"If it spreads, or a sign from the question comes, call {_number(emergency)}.",
        "Slow breathing stays open, and nothing you answered is lost.",
    )


def _number(emergency: str) -> str:
    return emergency.removeprefix(_EMERGENCY)


def emergency_card(emergency: str) -> tuple[str, ...]:
    """What to do in an emergency, the most urgent first.

    Args:
        emergency: as `emergency_number` gives it.
    """
    return (
        f"Stop here. Call {_number(emergency)} or go to emergency now.",
        "Don't wait to see if it passes, and don't drive yourself.",
        "Say when it began, and what you answered.",
        "Slow breathing stays open, and nothing you answered is lost.",
    )
