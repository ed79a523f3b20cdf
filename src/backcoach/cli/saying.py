"""Messages for the person at the keyboard."""

import sys

import click

from backcoach.lines import fit


def say(text: str = "", *, err: bool = False) -> None:
    """Print a message: on a terminal broken between words, elsewhere one line a line of it.

    Args:
        text: safe to show: what comes from files went through `plain_text`.
        err: whether it goes to stderr.
    """
    click.echo(fit(text, sys.stderr if err else sys.stdout), err=err)
