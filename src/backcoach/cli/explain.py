"""`backcoach explain`: what a problem means, and how it is put right."""

import click
from click.shell_completion import CompletionItem

from backcoach.cli.saying import say
from backcoach.document.explaining import Explanation, explanations
from backcoach.document.problems import did_you_mean
from backcoach.errors import UnreadableError


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    del ctx, param
    return [
        CompletionItem(code, help=explanation.title)
        for code, explanation in explanations().items()
        if code.startswith(incomplete)
    ]


@click.command("explain")
@click.argument("code", required=False, shell_complete=_complete)
def command(code: str | None) -> None:
    """What the problem CODE means, and how it is put right. Without a CODE: all of them."""
    known = explanations()
    if code is None:
        width = max(map(len, known))
        for name, explanation in known.items():
            say(f"{name:{width}}  {explanation.title}")
        return
    # As it is copied from a report: error[unknown-key]
    name = code.rpartition("[")[2].rstrip("]:")
    if name not in known:
        hint = did_you_mean(name, known) or "`backcoach explain` names them."
        raise UnreadableError(f"there is no problem `{name}`. {hint[:1].upper()}{hint[1:]}")
    say(_page(name, known[name]))


def _page(name: str, explanation: Explanation) -> str:
    parts = [
        f"{explanation.severity}[{name}]: {explanation.title}",
        " ".join(explanation.text.split()),
    ]
    for title, example in (("Wrong:", explanation.wrong), ("Right:", explanation.right)):
        if example:
            lines = (f"    {line}".rstrip() for line in example.strip().splitlines())
            parts.append(f"{title}\n\n" + "\n".join(lines))
    return "\n\n".join(parts)
