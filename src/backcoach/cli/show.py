"""`backcoach show`: one routine, with its steps and its length."""

from typing import Any

import click

from backcoach.cli.completing import complete_routines
from backcoach.cli.main import Context, echo_json
from backcoach.cli.saying import say
from backcoach.durations import format_clock
from backcoach.timeline.model import Phase, Timeline, total_of


@click.command("show")
@click.argument("routine", shell_complete=complete_routines)
@click.option("--json", "as_json", is_flag=True, help="As JSON, with every phase.")
@click.option("--timeline", "phases", is_flag=True, help="Every phase, one a line.")
@click.pass_obj
def command(context: Context, routine: str, as_json: bool, phases: bool) -> None:
    """One routine: its steps, or its phases."""
    from backcoach.routines.library import Library

    library = Library(context.paths)
    timeline = library.load(library.find(routine))
    if as_json:
        echo_json(timeline_json(timeline))
        return
    say(f"{timeline.name}, {format_clock(timeline.total_ms)}")
    for words in (timeline.summary, timeline.note, ", ".join(timeline.needs)):
        if words:
            say(f"  {words}")
    say()
    if phases:
        for phase in timeline.phases:
            say(_phase_line(phase))
        return
    for step in timeline.steps:
        time = format_clock(total_of(step.usual.phases))
        say(f"{step.number:3}  {time:>6}  {step.name}  {step.usual.dose}".rstrip())


def timeline_json(timeline: Timeline) -> dict[str, Any]:
    """A timeline as `show --json` has it."""
    return {
        "id": timeline.routine,
        "name": timeline.name,
        "total_ms": timeline.total_ms,
        "phases": [
            {
                "kind": phase.kind,
                "start_ms": phase.start_ms,
                "duration_ms": phase.duration_ms,
                "step": phase.step,
                "exercise": phase.exercise,
                "side": phase.side,
                "set": phase.set,
                "rep": phase.rep,
                "round": phase.round,
            }
            for phase in timeline.phases
        ],
    }


def _phase_line(phase: Phase) -> str:
    length = "     –" if phase.duration_ms is None else f"{phase.duration_ms / 1000:5g}s"
    parts = [f"{format_clock(phase.start_ms):>7}", length, f"{phase.kind:10}"]
    parts.append(f"step {phase.step}")
    for name in ("exercise", "side", "set", "rep", "round"):
        value = getattr(phase, name)
        if value is not None:
            parts.append(str(value) if name in ("exercise", "side") else f"{name} {value}")
    return "  ".join(parts)
