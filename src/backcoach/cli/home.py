"""`backcoach` alone: the library in the terminal."""

import click

from backcoach.cli.tender import Tender
from backcoach.cli.wiring import can_draw, prepare_textual, settings_in, wire_app
from backcoach.paths import Paths
from backcoach.session.clock import SystemClock


def open_home(paths: Paths) -> int:
    """Open the app at its home; what the process exits with."""
    if not can_draw():
        raise click.UsageError(
            "there is no terminal to draw on. `backcoach play ROUTINE --plain` plays as text; "
            "`backcoach --help` lists the commands."
        )
    prepare_textual()
    from backcoach.tui.app import CoachApp

    settings, notice = settings_in(paths)
    screen = settings.screen
    tender = Tender(paths, SystemClock())
    wiring = wire_app(paths, settings, notice=notice, tender=tender)
    status = CoachApp(wiring, theme=screen.theme, motion=screen.motion).run_to_the_end()
    tender.tell()
    return status
