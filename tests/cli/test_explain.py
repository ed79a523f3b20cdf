"""`backcoach explain`: every problem there is, and each in more words."""

import pytest
from click.testing import CliRunner, Result

from backcoach.cli.explain import command
from backcoach.document.explaining import explanations
from backcoach.errors import EXIT_USAGE, UnreadableError

CODES = list(explanations())


def explain(*args: str) -> Result:
    """What the command says."""
    return CliRunner().invoke(command, args)


def test_without_a_code_it_is_one_line_for_each() -> None:
    lines = explain().stdout.splitlines()

    assert [line.split()[0] for line in lines] == CODES
    for line, explanation in zip(lines, explanations().values(), strict=True):
        assert line.endswith(f"  {explanation.title}")
        assert len(line) <= 80


@pytest.mark.parametrize("code", CODES)
def test_a_page(code: str) -> None:
    explanation = explanations()[code]
    page = explain(code).stdout

    assert page.startswith(f"{explanation.severity}[{code}]: {explanation.title}\n\n")
    assert f"\n\n{' '.join(explanation.text.split())}\n" in page
    assert ("\nWrong:\n" in page) is bool(explanation.wrong)
    for line in (explanation.wrong + explanation.right).strip().splitlines():
        assert f"\n    {line}".rstrip() in page


@pytest.mark.parametrize("written", ["error[range]", "error[range]:", "[range]", "range:"])
def test_a_code_as_it_is_copied_from_a_report(written: str) -> None:
    assert explain(written).stdout == explain("range").stdout


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("unknown-keys", "there is no problem `unknown-keys`. Did you mean `unknown-key`?"),
        ("xyzzy", "there is no problem `xyzzy`. `backcoach explain` names them."),
        ("", "there is no problem ``. `backcoach explain` names them."),
    ],
)
def test_a_code_that_nobody_knows(code: str, message: str) -> None:
    result = explain(code)

    assert result.stdout == ""
    assert isinstance(result.exception, UnreadableError)
    assert str(result.exception) == message
    assert result.exception.exit_status == EXIT_USAGE
