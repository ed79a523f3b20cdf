"""`backcoach play`: one routine, from the first "get ready" to the end."""

import math
import os
import sys
from dataclasses import replace

import click

from backcoach.cli.completing import complete_routines
from backcoach.cli.main import Context
from backcoach.cli.saying import say
from backcoach.cli.tender import Tender
from backcoach.cli.wiring import (
    can_draw,
    look_back_at,
    make_begin,
    prepare_textual,
    settings_in,
    started,
    wire_app,
)
from backcoach.coach.checkin import CheckIn, reason_not_to_start
from backcoach.errors import BackcoachError
from backcoach.paths import Paths
from backcoach.session.clock import SystemClock, local
from backcoach.settings.acceptance import accept_notes, notes_accepted
from backcoach.timeline.model import Timeline


def _a_number(context: click.Context, parameter: click.Parameter, value: float) -> float:
    """Refuse what is no number: a range lets it through."""
    if not math.isfinite(value):
        raise click.BadParameter("is not a number", context, parameter)
    return value


@click.command("play")
@click.argument("routine", shell_complete=complete_routines)
@click.option("--pain", type=click.IntRange(0, 10), help="How much it hurts now, 0 to 10.")
@click.option("--nothing-new", is_flag=True, help="No new symptom since last time.")
@click.option("--accept-safety-notes", is_flag=True, help="Accept the notes of a first run.")
@click.option("--plain", is_flag=True, help="Lines of text instead of a picture.")
@click.option("--mute", is_flag=True, help="Begin without sound.")
@click.option(
    "--speed",
    type=click.FloatRange(0.1, 1000),
    default=1.0,
    metavar="N",
    callback=_a_number,
    help="Rehearse N times faster; left out of every statistic.",
)
@click.pass_context
def command(
    ctx: click.Context,
    routine: str,
    pain: int | None,
    nothing_new: bool,
    accept_safety_notes: bool,
    plain: bool,
    mute: bool,
    speed: float,
) -> None:
    """Play ROUTINE: an id that `backcoach list` names, or the path of a .toml file.

    Without --pain and --nothing-new, both are asked first.
    """
    context: Context = ctx.obj
    check_in = _declared(pain, nothing_new)
    from backcoach.routines.finding import find_entry
    from backcoach.routines.remembering import load_timeline

    timeline = load_timeline(context.paths, find_entry(context.paths, routine))
    if check_in and (reason := reason_not_to_start(check_in, timeline.safety)):
        raise BackcoachError(reason)
    if accept_safety_notes:
        _accept(context.paths)
    if plain or not can_draw():
        if sys.platform == "win32":
            raise BackcoachError("playing as text needs a POSIX system")
        ctx.exit(
            _play_plain(
                context.paths,
                timeline,
                check_in,
                accepted=accept_safety_notes,
                speed=speed,
                mute=mute,
            )
        )
    prepare_textual()
    from backcoach.tui.app import CoachApp

    settings, notice = settings_in(context.paths)
    tender = Tender(context.paths, SystemClock())
    wiring = wire_app(
        context.paths,
        settings,
        speed=speed,
        muted=mute,
        accepted=accept_safety_notes,
        notice=notice,
        tender=tender,
    )
    screen = settings.screen
    app = CoachApp(wiring, timeline, check_in, theme=screen.theme, motion=screen.motion)
    status = app.run_to_the_end()
    tender.tell()
    ctx.exit(status)


def _declared(pain: int | None, nothing_new: bool) -> CheckIn | None:
    if pain is None and not nothing_new:
        return None
    if pain is None:
        raise click.UsageError("--nothing-new needs --pain beside it.")
    if not nothing_new:
        raise click.UsageError("--pain needs --nothing-new beside it, or leave both out.")
    return CheckIn(pain, nothing_new=True, declared=True)


def _accept(paths: Paths) -> None:
    try:
        accept_notes(paths.accepted, local(SystemClock().now()))
    except OSError as error:
        say(f"backcoach: {paths.accepted}: {error.strerror}", err=True)


def _play_plain(
    paths: Paths,
    timeline: Timeline,
    check_in: CheckIn | None,
    *,
    accepted: bool,
    speed: float,
    mute: bool,
) -> int:
    from backcoach.cli.looking_back import runs_elsewhere
    from backcoach.coach.words import emergency_number
    from backcoach.cues.sounder import Sounder
    from backcoach.plain.asking import HurtsError, say_what_helps
    from backcoach.plain.player import play_plain
    from backcoach.stats.last_time import said_of_steps

    emergency = emergency_number(os.environ)
    try:
        check_in = _answers(paths, timeline, check_in, accepted=accepted)
    except HurtsError as hurts:
        say_what_helps(emergency, hurts.pain)
        return 0
    if check_in is None:
        return 0
    clock = SystemClock()
    settings = settings_in(paths)[0]
    sound = settings.sound
    if not sys.stdout.isatty():
        # What goes to a pipe or a file is nobody's session to listen to.
        sound = replace(sound, backend="off")
    sounder = Sounder(sound, clock, speed=speed, muted=mute)
    tender = Tender(paths, clock)
    tender.look_if_needed()
    tender.tell()
    begin = make_begin(
        paths,
        clock,
        speed=speed,
        muted=mute,
        sounder=lambda: sounder,
        keeps_awake=True,
        tender=tender,
    )
    stops = look_back_at(paths, settings, clock).stops
    elsewhere = runs_elsewhere(paths, local(clock.now()))
    said = [elsewhere] + [
        f"{timeline.steps[number - 1].name}. {words}"
        for number, words in said_of_steps(timeline, stops).items()
    ]
    started()
    status = play_plain(timeline, check_in, begin, emergency, sounder, said)
    tender.tell()
    return status


def _answers(
    paths: Paths, timeline: Timeline, check_in: CheckIn | None, *, accepted: bool
) -> CheckIn | None:
    """What is asked before a session as text; None where the notes aren't accepted."""
    from backcoach.plain.asking import ask_check_in, ask_to_accept

    somebody = sys.stdin.isatty()
    if not (accepted or notes_accepted(paths.accepted)):
        if not somebody:
            raise click.UsageError(
                "the safety notes were never accepted: --accept-safety-notes does, or run "
                "`backcoach` in a terminal to read them."
            )
        if not ask_to_accept():
            return None
        _accept(paths)
    if check_in is None:
        if not somebody:
            raise click.UsageError("without a terminal, --pain N and --nothing-new are needed.")
        check_in = ask_check_in()
        if check_in is None:
            raise BackcoachError("without an answer there is no session")
        if reason := reason_not_to_start(check_in, timeline.safety):
            raise BackcoachError(reason)
    return check_in
