"""What a shell offers when the tab key is pressed."""

import click
from click.shell_completion import CompletionItem

from backcoach.document.problems import plain_text
from backcoach.errors import BackcoachError
from backcoach.paths import find_paths
from backcoach.routines.finding import list_entries, quick_name


def complete_routines(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The ids of routines, with their names; files where a path is begun."""
    del param
    if "/" in incomplete or incomplete.startswith((".", "~")):
        return [CompletionItem(incomplete, type="file")]
    root = ctx.find_root().params
    try:
        entries = list_entries(find_paths(root.get("data_dir"), root.get("config_dir")))
    except BackcoachError:
        return []
    found = [
        # fish would take a comma for the end of it.
        CompletionItem(plain_text(entry.id), help=plain_text(quick_name(entry)).replace(",", ""))
        for entry in entries
        if entry.id.startswith(incomplete)
    ]
    return found or [CompletionItem(incomplete, type="file")]
