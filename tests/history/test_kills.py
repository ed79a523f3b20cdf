"""Players that are killed without a word, two at a time on one history: what was saved is there."""

import random
import signal
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from history_building import ten_years
from session_building import DECLARED, Program, rows, until

from backcoach.history.opening import first_fault
from backcoach.history.store import Store

RECORDS: Final = """
import itertools, os, sys, threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from backcoach.history.recorder import Recorder
from backcoach.history.records import NewSession
from backcoach.player.events import RepDone

saved = itertools.count()
room = threading.Semaphore(3)

def on_saved(kind, number):
    os.write(1, f"{next(saved)}\\n".encode())
    room.release()

at = datetime(2026, 3, 29, 19, 30, tzinfo=UTC)
new = NewSession(sys.argv[2], "bird-dogs", "Bird-dogs", at, False, 257_000, {"version": 2})
recorder = Recorder(Path(sys.argv[1]), new, on_saved)
for rep in itertools.count(1):
    # Sometimes more than one is in a commit.
    room.acquire()
    recorder.record(RepDone(
        at_ms=rep, active_ms=rep, step=1, exercise="bird-dog", family="posterior", round=None,
        side=None, set=1, rep=rep, reps=1, real_ms=8000, held_ms=5000,
    ), at + timedelta(milliseconds=rep))
"""
"""Says how many events are saved, until it is killed."""
OLD: Final = 6
"""Sessions of other days."""


@dataclass(frozen=True, slots=True)
class Player:
    """A process that plays.

    Attributes:
        session: the id of what it records; "" where the program chooses it.
        output: the file that it writes to: no reader holds it up, and a kill takes nothing of it.
    """

    process: "subprocess.Popen[bytes]"
    session: str
    output: Path

    def has_said(self, lines: int) -> bool:
        """Whether it has written so many lines."""
        return self._said() >= lines

    def _said(self) -> int:
        return self.output.read_bytes().count(b"\n")

    def kill(self) -> int:
        """Kill it in the middle; how many events it has said to be saved."""
        assert self.process.poll() is None, self.output.read_text("utf-8")
        self.process.kill()
        assert self.process.wait() == -signal.SIGKILL
        return max(0, self._said() - 1)


@contextmanager
def playing(program: Program, number: int) -> Iterator[Player]:
    """Every other player is the program itself, the rest say what they have saved."""
    session = "" if number % 2 else str(uuid.UUID(int=number))
    plays = ("play", "bird-dogs", "--plain", "--speed", "100", *DECLARED)
    records = [sys.executable, "-c", RECORDS, str(program.history), session]
    output = program.home / f"{number}.txt"
    with output.open("wb") as file:
        process = subprocess.Popen(
            records if session else program.command(*plays),
            env=program.env(),
            cwd=program.home,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Player(process, session, output)
    finally:
        process.kill()
        process.wait()


def kill_players(program: Program, kills: int, seed: int) -> tuple[dict[str, int], set[str]]:
    """Kill one player after the other, and start another in its place.

    Returns:
        How many events were saved of each session that said so; and the sessions of other days.
    """
    chance = random.Random(seed)
    never = threading.Event()
    ten_years(program.history, OLD)
    old = {session for (session,) in rows(program.history, "SELECT id FROM session")}
    saved: dict[str, int] = {}
    with ExitStack() as running:
        players = [running.enter_context(playing(program, number)) for number in range(2)]
        for number in range(2, kills + 2):
            player = players.pop(chance.randrange(len(players)))
            lines = chance.choice((0, 1, 1, 2, 20, 100) if player.session else (1, 2, 3, 5))
            until(partial(player.has_said, lines))
            # Anywhere in a commit, which takes a few of these.
            never.wait(chance.uniform(0, 0.01))
            events = player.kill()
            if player.session:
                saved[player.session] = events
            if number < kills:
                players.append(running.enter_context(playing(program, number)))
    return saved, old


def check_kills(program: Program, kills: int, seed: int) -> None:
    """All that was saved is there, in whole sessions of which each reads as broken off."""
    saved, old = kill_players(program, kills, seed)

    with Store(program.history) as store:
        assert first_fault(store.db) == "ok"
        sessions = {session.id: session for session in store.sessions()}
        events = {name: [event.seq for event in store.events(name)] for name in sessions}
    found = {name: len(seqs) for name, seqs in events.items()}
    assert {name: count for name, count in saved.items() if found.get(name, 0) < count} == {}
    assert all(seqs == list(range(1, len(seqs) + 1)) for seqs in events.values())
    assert old <= set(sessions)
    played = set(sessions) - old
    assert {sessions[name].outcome for name in played} == {"interrupted"}
    assert all(sessions[name].ended_at for name in played)
    print(f"\n{kills} kills: {sum(saved.values())} saved events, {len(played)} sessions")
    # Both kinds have come to something, or this shows nothing.
    assert sum(saved.values()) > kills
    assert any(found[name] for name in played - set(saved))


def test_twenty_kills_lose_nothing(tmp_path: Path) -> None:
    check_kills(Program(tmp_path), 20, seed=1)


@pytest.mark.soak
def test_two_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    check_kills(Program(tmp_path), 200, seed=2)
