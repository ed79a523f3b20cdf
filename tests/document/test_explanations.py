"""What `backcoach explain` says: true of its own examples, and fit to be read."""

import tempfile
from pathlib import Path
from typing import Final

import pytest

from backcoach.document.explaining import Explanation, explanations
from backcoach.document.problems import Problem, Severity
from backcoach.paths import Paths
from backcoach.routines.library import Library

WITH_EXAMPLES: Final = {code: each for code, each in explanations().items() if each.wrong}
WITHOUT: Final = {
    *("too-deep", "too-large", "not-utf-8", "unreadable", "control-character", "routine-id"),
    *("exercise-id", "exercise-file", "length", "no-pose", "same-name", "misplaced", "cant-draw"),
}
"""No text shows it, or none that is short."""

examples = pytest.mark.parametrize(
    ("code", "explanation"), WITH_EXAMPLES.items(), ids=WITH_EXAMPLES.keys()
)
every = pytest.mark.parametrize("explanation", explanations().values(), ids=explanations())


def problems_in(text: str) -> list[Problem]:
    """What is wrong and what is unwise in a routine."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        return list(Library(Paths(here, here)).check_text(text.encode(), "a.toml"))


@examples
def test_wrong_has_this_problem_and_no_other(code: str, explanation: Explanation) -> None:
    found = problems_in(explanation.wrong)

    assert [problem.code for problem in found] == [code]
    assert {problem.severity for problem in found} == {explanation.severity}


@examples
def test_right_can_be_played(code: str, explanation: Explanation) -> None:
    found = problems_in(explanation.right)

    assert explanation.right
    assert code not in [problem.code for problem in found]
    assert Severity.ERROR not in [problem.severity for problem in found]


@pytest.mark.parametrize(
    "code",
    [code for code, each in WITH_EXAMPLES.items() if each.severity is Severity.WARNING],
)
def test_right_is_not_unwise_either(code: str) -> None:
    assert problems_in(explanations()[code].right) == []


def test_where_there_is_no_example() -> None:
    assert explanations().keys() - WITH_EXAMPLES.keys() == WITHOUT


@every
def test_a_title_is_a_short_line(explanation: Explanation) -> None:
    assert 0 < len(explanation.title) <= 50
    assert explanation.title[0].isupper()
    assert not explanation.title.endswith(".")
    assert explanation.title.isprintable()


@every
def test_a_text_is_sentences(explanation: Explanation) -> None:
    words = " ".join(explanation.text.split())

    assert words.endswith(".")
    assert words.isprintable()
    assert words.count("`") % 2 == 0


@every
def test_lines_fit(explanation: Explanation) -> None:
    for line in (explanation.wrong + explanation.right).splitlines():
        assert len(line) <= 76, "with its indent it is wider than a terminal"
        assert line.isprintable()
        assert line == line.rstrip()


def test_titles_and_texts_are_all_different() -> None:
    found = explanations().values()

    assert len({each.title for each in found}) == len({each.text for each in found}) == len(found)


def test_errors_come_before_warnings() -> None:
    severities = [each.severity for each in explanations().values()]

    assert severities == sorted(severities)
    assert set(severities) == set(Severity)
