"""What the documents say of the figures, held to the program."""

import re
from typing import Final

import pytest
from session_building import ROOT
from stats_building import TODAY, a_session, days_ago

from backcoach.catalogue.families import families
from backcoach.document.reading import parse_document
from backcoach.settings.model import Settings, WeekGoals
from backcoach.settings.reading import MOST_WALKING_MS, settings_of
from backcoach.stats.adherence import adherence
from backcoach.stats.days import MONTH_DAYS
from backcoach.stats.families import WALKING
from backcoach.stats.pain import LEAST_DAYS, SMALLEST_CHANGE
from backcoach.stats.streak import MOST_REST_DAYS

HISTORY: Final = ROOT / "docs" / "history.md"
NUMBERS: Final = ("none", "one", "two", "three", "four")


def said() -> str:
    """The document on one line."""
    return " ".join(HISTORY.read_text("utf-8").split())


@pytest.mark.parametrize("name", ["README.md", "docs/history.md"])
def test_the_settings_that_are_shown_are_the_usual_ones(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    (shown,) = re.findall(r"(?ms)^```text\n((?:\[\w+\].*?)?^\[week\].*?)^```$", text)

    settings, problems = settings_of(parse_document(shown.encode(), name))

    assert settings == Settings()
    assert not problems.found


def test_the_limits_of_the_goals() -> None:
    hours = MOST_WALKING_MS // 3_600_000

    assert f'walking = "150m" # "0s" to "{hours}h"' in said()
    for key, most in (("sessions", 28), ("strength_days", 7), ("mobility_days", 7)):
        default = getattr(WeekGoals(), key)
        assert re.search(rf"{key} = {default} # [a-z, ]*;? ?0 to {most}\b", said()), key
        for value, fine in ((0, True), (most, True), (most + 1, False)):
            text = f"[week]\n{key} = {value}\n"
            _, problems = settings_of(parse_document(text.encode(), "settings.toml"))
            assert (not problems.found) == fine


def test_the_numbers_are_those_of_the_program() -> None:
    rest, least, points = (NUMBERS[int(n)] for n in (MOST_REST_DAYS, LEAST_DAYS, SMALLEST_CHANGE))

    assert f"**Up to {rest} days in a row with nothing are part of it**" in said()
    assert f"{NUMBERS[MOST_REST_DAYS + 1].capitalize()} break it." in said()
    assert f"at least {least} days with scores" in said()
    assert f"**Below {points} points a change is called nothing.**" in said()
    assert f"A **month** is always {MONTH_DAYS} days" in said()


def test_what_is_planned_at_first() -> None:
    planned = [adherence([a_session(days_ago(days))], TODAY, 4).planned for days in range(7)]

    assert planned == [1, 1, 1, 2, 2, 3, 4]
    assert "that is 1 until the third day, 2 on the fourth, 4 after a week" in said()


def test_the_families_are_those_of_the_table() -> None:
    table = families()
    strength, mobility = re.findall(r"family(?: that warms up or stretches)? \(([^)]+)\)", said())

    assert set(re.findall(r"`([^`]+)`", strength)) == table.core
    assert set(re.findall(r"`([^`]+)`", mobility)) == (table.warm_up | table.stretch) - WALKING
