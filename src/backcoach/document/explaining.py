"""What each problem means, in more words than fit a report."""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import tomli

from backcoach.document.problems import Severity


@dataclass(frozen=True, slots=True)
class Explanation:
    """A problem, explained.

    Attributes:
        title: in a few words.
        text: why it is one, and what to do.
        wrong, right: a file that has it, and the same without; empty where no text shows it.
    """

    title: str
    text: str
    severity: Severity
    wrong: str = ""
    right: str = ""


_FILES: Final = {
    "files": Severity.ERROR,
    "values": Severity.ERROR,
    "warnings": Severity.WARNING,
}


@cache
def explanations() -> dict[str, Explanation]:
    """Every problem there is: its code → what it means; errors first."""
    folder = resources.files("backcoach.document") / "explained"
    found: dict[str, Explanation] = {}
    for name, severity in _FILES.items():
        table = tomli.loads((folder / f"{name}.toml").read_text("utf-8"))
        found |= {code: Explanation(severity=severity, **value) for code, value in table.items()}
    return found
