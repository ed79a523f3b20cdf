"""What the coach says: calm, cautious, and never a promise or a diagnosis."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from session_building import ROOT

from backcoach.coach import checkin, words
from backcoach.coach.checkin import CheckIn, reason_not_to_start
from backcoach.coach.words import SAFETY_NOTES, emergency_number
from backcoach.player import barring, deciding, questions
from backcoach.timeline.model import Safety

CLAIMS = re.compile(
    r"\b(treat(?!y)\w*|cur(e|es|ed|ing)|heal(s|ed|ing)?|diagnos\w*|guarantee\w*)\b", re.IGNORECASE
)
DENIED = re.compile(r"\b(not|never|no|can't|don't|nor)\b[^.;]*$", re.IGNORECASE)
SOOTHING = re.compile(
    r"\byou(’|')?(re| are| will be|(’|')ll be) (fine|ok|okay|all right)\b"
    r"|\bnothing (to worry|is wrong|serious)\b|\bno need to worry\b|\bharmless\b",
    re.IGNORECASE,
)
ALL_NUMBERS = "Emergency 999, 112 or 911"


def texts(value: object) -> Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)


def said() -> list[str]:
    """Everything that the coach and the library say."""
    named: list[Any] = [vars(words)[name] for name in vars(words) if name.isupper()]
    named += [vars(checkin)["ANCHORS"], questions.WORDS, barring.REASONS]
    named += [decision.why for _, decision in deciding._ROWS]
    named += [
        reason_not_to_start(CheckIn(pain, nothing_new=new), Safety(max_start_pain=3))
        for pain in range(11)
        for new in (True, False)
    ]
    files: list[Path] = sorted((ROOT / "routines").glob("*.toml"))
    files += sorted((ROOT / "src" / "backcoach" / "catalogue" / "data").glob("*.toml"))
    named += [tomllib.loads(path.read_text("utf-8")) for path in files]
    return [text for value in named for text in texts(value)]


def claims_in(text: str) -> list[str]:
    """The words in a text that promise something, those left out that it denies."""
    return [found[0] for found in CLAIMS.finditer(text) if not DENIED.search(text[: found.start()])]


def test_there_is_much_to_look_at() -> None:
    assert len(said()) > 500


def test_nothing_is_claimed() -> None:
    assert [text for text in said() if claims_in(text)] == []


def test_nobody_is_told_that_they_are_fine() -> None:
    assert [text for text in said() if SOOTHING.search(text)] == []


@pytest.mark.parametrize(
    "text", ["This treats back pain.", "It heals.", "Not for all. A cure.", "We diagnose it"]
)
def test_a_claim_is_found(text: str) -> None:
    assert claims_in(text)


@pytest.mark.parametrize(
    "text", ["It does not treat anything.", "never a diagnosis", "Healthy, secure, curl, treaty"]
)
def test_no_claim_is_found_where_there_is_none(text: str) -> None:
    assert not claims_in(text)


@pytest.mark.parametrize("text", ["You're fine.", "you are OK", "You’ll be all right"])
def test_false_comfort_is_found(text: str) -> None:
    assert SOOTHING.search(text)


def test_the_notes_say_what_matters() -> None:
    notes = " ".join(SAFETY_NOTES)

    for said_there in (
        "not medical advice",
        "Stop at any sharp, electric or spreading pain: press x",
        "numbness between the legs",
        "bladder or bowels",
        "weakness or tingling in both legs",
        "serious fall or crash",
        "chest pain",
        "fever",
        "stays on this machine",
    ):
        assert said_there in notes


# The emergency number


@pytest.mark.parametrize(
    ("locale", "number"),
    [
        ("en_US.UTF-8", "911"),
        ("en_CA", "911"),
        ("en_GB.UTF-8", "999 or 112"),
        ("de_DE.UTF-8", "112"),
        ("de_AT@euro", "112"),
        ("de_CH.ISO-8859-1@euro", "112"),
        ("en_AU.UTF-8", "000"),
        ("en_NZ.UTF-8", "111"),
        ("ja_JP.UTF-8", "119"),
        ("zh_CN.GB18030", "120"),
        ("pt_BR.UTF-8", "192"),
        ("pt_PT.UTF-8", "112"),
    ],
)
@pytest.mark.parametrize("variable", ["LC_ALL", "LC_TELEPHONE", "LANG"])
def test_the_number_of_the_locales_country(variable: str, locale: str, number: str) -> None:
    assert emergency_number({variable: locale}) == f"Emergency {number}"


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"LANG": ""},
        {"LANG": "C"},
        {"LANG": "C.UTF-8"},
        {"LANG": "POSIX"},
        {"LANG": "en"},
        {"LANG": "en_XX.UTF-8"},
        {"LANG": "_"},
        {"LANG": "sw_KE.UTF-8"},
        {"HOME": "en_US.UTF-8"},
    ],
)
def test_without_a_known_country_all_the_usual_numbers(environ: dict[str, str]) -> None:
    assert emergency_number(environ) == ALL_NUMBERS


def test_where_the_telephone_is_counts_more_than_the_language() -> None:
    environ = {"LANG": "en_US.UTF-8", "LC_TELEPHONE": "de_DE.UTF-8"}

    assert emergency_number(environ) == "Emergency 112"
    assert emergency_number(environ | {"LC_ALL": "en_GB.UTF-8"}) == "Emergency 999 or 112"
    assert emergency_number(environ | {"LC_ALL": "C.UTF-8"}) == "Emergency 112"


@pytest.mark.parametrize("variable", ["LC_ALL", "LC_TELEPHONE"])
def test_an_unknown_country_is_not_taken_for_another_one(variable: str) -> None:
    environ = {"LANG": "en_US.UTF-8", variable: "sw_KE.UTF-8"}

    assert emergency_number(environ) == ALL_NUMBERS
