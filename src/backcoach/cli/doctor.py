"""`backcoach doctor`: what was found on this machine, and whether it works."""

import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click

from backcoach.cli.main import Context, echo_json
from backcoach.cli.saying import say
from backcoach.cues.children import Command, run
from backcoach.cues.sounder import measured, was_said
from backcoach.cues.sounds import Tone
from backcoach.cues.tones import PLAYERS, Note
from backcoach.cues.voice import VOICES, Line, Voice
from backcoach.document.problems import Problems, plain_text, problem_json
from backcoach.document.problems import describe as describe_problem
from backcoach.errors import EXIT_PROBLEM
from backcoach.paths import Paths
from backcoach.session.clock import SystemClock, utc
from backcoach.settings.model import SoundSettings
from backcoach.settings.reading import read_settings
from backcoach.tui.depth import Depth, find_depth

SAID: Final = "Hands and knees down. Stay there."
_COLOURS: Final = {
    Depth.TRUE: "16 million",
    Depth.COLOURS_256: "256",
    Depth.COLOURS_16: "16",
    Depth.NONE: "no",
}
TOO_SOON: Final = "ended too soon: is there a sound device?"


@dataclass(frozen=True, slots=True)
class Tried:
    """A program that makes sound; `worked` is None where it was not run.

    Attributes:
        status: its exit status; None where it has none.
        took_ms: how long it ran.
        problem: in words; empty where there is none.
    """

    name: str
    path: str
    worked: bool | None = None
    status: int | None = None
    took_ms: int | None = None
    problem: str = ""


@click.command("doctor")
@click.option("--silent", is_flag=True, help="Only look; make no sound.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def command(ctx: click.Context, silent: bool, as_json: bool) -> None:
    """What was found on this machine: each voice, player and the bell is heard once."""
    context: Context = ctx.obj
    paths = context.paths
    settings, problems = read_settings(paths.settings)
    voices = [_try_voice(voice, path, settings.sound, silent) for voice, path in _found(VOICES)]
    players = [
        _tried(player.name, path, player.command(path, Note(Tone.END)), silent)
        for player, path in _found(PLAYERS)
    ]
    rung = not silent and sys.stderr.isatty()
    if rung:
        print("\a", end="", file=sys.stderr, flush=True)
    unwritable = _why_not_writable(paths.data)
    found: dict[str, Any] = {
        "terminal": _terminal(),
        "voices": [asdict(tried) for tried in voices],
        "players": [asdict(tried) for tried in players],
        "bell": rung,
        "awake": _awake(),
        "data": {"path": str(paths.data), "writable": not unwritable, "problem": unwritable},
        "history": _history(paths),
        "settings": {
            "path": str(paths.settings),
            "problems": [problem_json(problem) for problem in problems],
        },
    }
    if as_json:
        echo_json(found)
    else:
        for title, lines in _text(found, voices, players, problems):
            for line in lines:
                say(f"{title:10} {plain_text(line)}")
                title = ""
    bad = found["history"]["finding"] in ("damaged", "lost", "unreadable")
    ctx.exit(EXIT_PROBLEM if unwritable or bad or problems.found else 0)


# --- looking -------------------------------------------------------------------------------------


def _found(kinds: Iterable[Any]) -> list[tuple[Any, str]]:
    """The programs that are installed, with their paths."""
    paths = [(kind, shutil.which(kind.name)) for kind in kinds if kind.here]
    return [(kind, path) for kind, path in paths if path is not None]


def _try_voice(voice: Voice, path: str, sound: SoundSettings, silent: bool) -> Tried:
    line = Line(SAID, measured()[SAID], volume=sound.volume)
    return _tried(voice.name, path, voice.command(path, line), silent, voice, line)


def _tried(
    name: str,
    path: str,
    command: Command,
    silent: bool,
    voice: Voice | None = None,
    line: Line | None = None,
) -> Tried:
    if silent:
        return Tried(name, path)
    clock = SystemClock()
    began_ms = clock.now().monotonic_ms
    outcome = run(command, threading.Event().wait)
    took_ms = clock.now().monotonic_ms - began_ms
    worked = outcome.status == 0
    problem = outcome.problem
    if worked and voice and line and not was_said(voice, outcome, took_ms, line):
        worked, problem = False, TOO_SOON
    return Tried(name, path, worked, outcome.status, took_ms, problem)


def _terminal() -> dict[str, Any]:
    there = sys.stdout.isatty()
    size = shutil.get_terminal_size() if there else None
    return {
        "terminal": there,
        "columns": size and size.columns,
        "rows": size and size.lines,
        "term": os.environ.get("TERM", ""),
        "colours": _COLOURS[find_depth(os.environ)],
        "encoding": sys.stdout.encoding,
    }


def _awake() -> str:
    """Whether the screen can be kept on."""
    from backcoach.session.awake import describe

    return describe()


def _why_not_writable(folder: Path) -> str:
    """Why nothing can be written into a folder, which need not be there yet; "" if it can."""
    there = next((place for place in (folder, *folder.parents) if place.exists()), folder)
    if there != folder:
        return "" if os.access(there, os.W_OK | os.X_OK) else f"{there} can't be written"
    try:
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except OSError as error:
        return f"{folder} can't be written ({error.strerror or error})"


def _history(paths: Paths) -> dict[str, Any]:
    """The history's file with its check, its copies, and the folder they are in."""
    from backcoach.history.backups import list_backups
    from backcoach.history.opening import what_is_left
    from backcoach.history.places import free_bytes, network_of
    from backcoach.history.rescue import diagnose

    found = diagnose(paths.history)
    lost = found.finding in ("missing", "empty") and what_is_left(paths.history)
    try:
        backups = list_backups(paths.backups)
    except OSError:
        backups = []
    return {
        "path": str(paths.history),
        "finding": "lost" if lost else str(found.finding),
        "problem": f"{found.words}{lost or ''}",
        "backups": len(backups),
        "newest_backup": backups[0].at.isoformat(timespec="seconds") if backups else None,
        "network": network_of(paths.data),
        "free_bytes": free_bytes(paths.data),
    }


# --- saying --------------------------------------------------------------------------------------


def _text(
    found: dict[str, Any], voices: list[Tried], players: list[Tried], problems: Problems
) -> list[tuple[str, list[str]]]:
    terminal = found["terminal"]
    size = f"{terminal['columns']}×{terminal['rows']}, " if terminal["terminal"] else "none, "
    kinds = f"TERM={terminal['term'] or '?'}, {terminal['colours']} colours, "
    wrong = [describe_problem(problem) for problem in problems]
    return [
        ("terminal", [size + kinds + f"{terminal['encoding']}"]),
        ("voice", [_line(tried) for tried in voices] or [_none(VOICES)]),
        ("tones", [_line(tried) for tried in players] or [_none(PLAYERS)]),
        ("bell", ["rung just now" if found["bell"] else "not rung"]),
        ("awake", [found["awake"]]),
        ("data", [found["data"]["problem"] or f"{found['data']['path']}: can be written"]),
        ("history", _history_lines(found["history"])),
        ("settings", wrong or [f"{found['settings']['path']}: nothing wrong"]),
    ]


def _history_lines(history: dict[str, Any]) -> list[str]:
    from backcoach.history.places import LITTLE_BYTES

    lines = [history["problem"] or f"{history['path']}: checked, and whole"]
    copies = "a copy" if history["backups"] == 1 else f"{history['backups']} copies"
    if history["newest_backup"]:
        newest = datetime.fromisoformat(history["newest_backup"])
        days = (utc(SystemClock().now()) - newest).days
        age = "today" if days < 1 else "a day ago" if days == 1 else f"{days} days ago"
        lines.append(f"{copies}, the newest of {age}: `backcoach restore` lists them")
    else:
        lines.append("no copy yet: one is made after a session")
    if history["network"]:
        lines.append(
            f"its folder is on a network ({history['network']}), where a history can be damaged: "
            "--data-dir, or BACKCOACH_DATA_DIR, moves it"
        )
    free = history["free_bytes"]
    if free is not None and free < LITTLE_BYTES:
        lines.append(f"only {free >> 20} MB are free on its disk")
    return lines


def _line(tried: Tried) -> str:
    if tried.worked is None:
        return f"{tried.name}: found at {tried.path}"
    seconds = f"{(tried.took_ms or 0) / 1000:.1f} s"
    return f"{tried.name}: {'worked' if tried.worked else tried.problem}, {seconds}"


def _none(kinds: Iterable[Any]) -> str:
    return f"none of {', '.join(kind.name for kind in kinds if kind.here)} is installed"
