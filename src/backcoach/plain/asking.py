"""The safety notes and the check-in, asked line by line in a terminal without a picture."""

import sys

from backcoach.coach.checkin import HURTS_FROM, CheckIn
from backcoach.coach.words import (
    CALL_SOMEONE,
    CANT_GET_UP,
    EMERGENCY_QUESTION,
    GET_UP,
    NOTHING_TO_DO,
    REST_POSITION,
    SAFETY_NOTES,
    TELL_THEM,
    emergency_card,
)
from backcoach.lines import fit
from backcoach.player.keys import STOP_KEYS

_CTRL_X = "\x18"


class HurtsError(Exception):
    """Somebody said that it hurts, instead of answering or by how much it is."""

    def __init__(self, pain: int = 0) -> None:
        super().__init__()
        self.pain = pain


def ask_to_accept() -> bool:
    """Show the safety notes; whether they are accepted.

    Raises:
        HurtsError: it hurts now.
    """
    for note in SAFETY_NOTES:
        _tell(f"{note}\n")
    answer = _ask("Type yes if you have read this, x if it hurts now: ")
    return answer.strip().lower() in ("yes", "y")


def ask_check_in() -> CheckIn | None:
    """The two questions before a session, again after a slip; None where nobody answers.

    Raises:
        HurtsError: it hurts now, or so much that there is no question of exercise.
    """
    new = _ask_for(
        "Since last time, is anything new: numb, tingling or weak in a leg or between the legs; "
        "bladder or bowels changed; a fall, a fever, feeling unwell? yes or no: ",
        ("yes", "y", "no", "n"),
    )
    if new is None:
        return None
    pain = _ask_for(
        "Your pain right now, 0 none to 10 worst imaginable: ", tuple(str(n) for n in range(11))
    )
    if pain and int(pain) >= HURTS_FROM:
        raise HurtsError(int(pain))
    return CheckIn(int(pain), nothing_new=new in ("no", "n")) if pain else None


def _ask_for(question: str, answers: tuple[str, ...]) -> str | None:
    """One of the answers; None at the end of what is typed."""
    while answer := _ask(question):
        if answer.strip().lower() in answers:
            return answer.strip().lower()
    return None


def say_what_helps(emergency: str, pain: int = 0) -> None:
    """It hurts now: nothing to do, a position, and when to call.

    Args:
        pain: how much it is, where that was said.
    """
    for line in (NOTHING_TO_DO, REST_POSITION, "Breathe in for 4, out for 6.", EMERGENCY_QUESTION):
        _tell(line)
    for line in emergency_card(emergency)[:2]:
        _tell(f"If so: {line}")
    for line in (CANT_GET_UP, GET_UP, CALL_SOMEONE, *([TELL_THEM] if pain >= HURTS_FROM else [])):
        _tell(line)


def _tell(line: str) -> None:
    print(fit(line, sys.stderr), file=sys.stderr)


def _ask(question: str) -> str:
    print(fit(question, sys.stderr), end="", file=sys.stderr, flush=True)
    answer = sys.stdin.readline()
    if _is_stop(answer.strip()):
        raise HurtsError
    return answer


def _is_stop(answer: str) -> bool:
    """Whether a line is a stop key, by its name or typed, however often."""
    typed = answer.replace(_CTRL_X, "x")
    return answer in STOP_KEYS or bool(typed and STOP_KEYS.issuperset(typed))
