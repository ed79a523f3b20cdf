"""The safety notes and the check-in, asked line by line in a terminal without a picture."""

import sys

from backcoach.coach.checkin import CheckIn
from backcoach.coach.words import SAFETY_NOTES


def ask_to_accept() -> bool:
    """Show the safety notes; whether they are accepted."""
    for note in SAFETY_NOTES:
        print(f"{note}\n", file=sys.stderr)
    return _ask("Type yes if you have read this: ").lower() in ("yes", "y")


def ask_check_in() -> CheckIn | None:
    """The two questions before a session; None where they aren't answered."""
    new = _ask(
        "Since last time, is anything new: numb, tingling or weak in a leg or between the legs; "
        "bladder or bowels changed; a fall, a fever, feeling unwell? yes or no: "
    ).lower()
    if new not in ("yes", "y", "no", "n"):
        return None
    pain = _ask("Your pain right now, 0 none to 10 worst imaginable: ")
    if not (pain.isascii() and pain.isdecimal() and int(pain) <= 10):
        return None
    return CheckIn(pain=int(pain), nothing_new=new in ("no", "n"))


def _ask(question: str) -> str:
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()
