"""The sound of the installed program: players that hang, fail, or write where they shouldn't."""

import json
import subprocess
from pathlib import Path

import pytest
from cues_building import FAIL, HANG, Fake, program, running
from end_to_end_terminal import BACKCOACH, Home, Terminal

from backcoach.coach.words import COME_DOWN, NOTHING_TO_DO

NAMES = ("espeak-ng", "pw-play", "paplay", "aplay", "play", "ffplay")
SPEAKS = "import threading; threading.Event().wait(3)"


class Machine:
    """A home whose only sound programs are those of a test."""

    def __init__(self, home: Home, folder: Path) -> None:
        self.home = home
        self.folder = folder
        self.fakes: dict[str, Fake] = {}

    def put(self, then: str, names: tuple[str, ...] = NAMES) -> None:
        for name in names:
            self.fakes[name] = program(self.folder, name, then)

    def play(self, *more: str) -> Terminal:
        answers = ("--pain", "1", "--nothing-new", "--accept-safety-notes")
        return self.home.open("play", "bird-dogs", *answers, *more)

    def pids(self) -> list[int]:
        return [call["pid"] for fake in self.fakes.values() for call in fake.calls]

    def said(self) -> list[str]:
        return [call["stdin"] for call in self.fakes["espeak-ng"].calls]


@pytest.fixture
def machine(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """One without any sound, until a program is put there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return Machine(home, folder)


def leave(terminal: Terminal) -> int:
    terminal.run_for(0.6)
    terminal.press("q")
    terminal.wait_for("END HERE?")
    terminal.run_for(0.6)
    terminal.press("y")
    terminal.wait_for("HOW MUCH NOW?")
    terminal.run_for(0.6)
    terminal.press("q")
    return terminal.wait_exit()


@pytest.mark.parametrize("then", [SPEAKS, FAIL, HANG, ""], ids=["works", "fails", "hangs", "ends"])
def test_whatever_the_players_do_the_routine_runs_and_nothing_is_drawn_over(
    machine: Machine, then: str
) -> None:
    machine.put(then, (*NAMES, "spd-say", "espeak"))
    terminal = machine.play()
    terminal.wait_for("get ready")
    terminal.wait_until(lambda _: bool(machine.pids()), what="a player that is started")
    terminal.run_for(3)
    assert b"NOISE" not in terminal.raw
    assert "get ready" in terminal.text
    assert leave(terminal) == 0
    assert b"NOISE" not in terminal.raw
    assert not any(running(pid) for pid in machine.pids())
    (session,) = machine.home.sessions()
    # Prepared for as long as the clock says, whatever the players did meanwhile.
    assert 2500 <= session["active_ms"] <= 12_000


def test_without_any_program_the_bell_is_heard(machine: Machine) -> None:
    terminal = machine.play("--speed", "4")
    terminal.wait_for("get ready")
    terminal.wait_until(lambda _: b"\x07" in terminal.raw, what="a bell")
    terminal.wait_for("♪ bell")
    assert leave(terminal) == 0


def test_the_stop_is_spoken_and_silence_begins_with_it(machine: Machine) -> None:
    machine.put(SPEAKS)
    terminal = machine.play()
    terminal.wait_until(lambda _: bool(machine.said()), what="the first line")
    assert COME_DOWN in machine.said()[0]
    terminal.press("x")
    terminal.wait_until(lambda _: len(machine.said()) == 2, what="the stop")
    assert machine.said()[1].startswith("Stop. Breathe out. ")
    assert not running(machine.fakes["espeak-ng"].calls[0]["pid"])


def test_x_outside_a_session_is_spoken_to_and_breathed_with(machine: Machine) -> None:
    machine.put(SPEAKS)
    terminal = machine.home.open()
    terminal.wait_for("Before the first session")
    terminal.press("x")
    terminal.wait_until(lambda _: len(machine.said()) >= 2, what="the first breath out")
    assert machine.said()[:2] == [f"{NOTHING_TO_DO}\n", "Breathe out.\n"]


@pytest.mark.parametrize("how", ["--mute", "m", "off"])
def test_muted_nothing_is_started(machine: Machine, how: str) -> None:
    machine.put(SPEAKS)
    if how == "off":
        config = machine.home.folder / "config"
        config.mkdir()
        (config / "settings.toml").write_text('[sound]\nbackend = "off"\n')
    terminal = machine.play(*(["--mute"] if how == "--mute" else []))
    terminal.wait_for("get ready")
    if how == "m":
        terminal.wait_until(lambda _: bool(machine.pids()), what="the first line")
        terminal.run_for(0.6)
        terminal.press("m")
        terminal.wait_until(lambda _: not any(map(running, machine.pids())), what="silence")
    terminal.wait_for("mute")
    before = len(machine.pids())
    terminal.run_for(2)
    assert len(machine.pids()) == before == (1 if how == "m" else 0)


def test_plain_mode_sounds_in_a_terminal_and_not_in_a_pipe(machine: Machine) -> None:
    machine.put(SPEAKS)
    answers = ("--pain", "1", "--nothing-new", "--accept-safety-notes", "--plain")
    piped = machine.home.run("play", "bird-dogs", *answers, "--speed", "1000")
    assert piped.returncode == 0
    assert machine.pids() == []
    with subprocess.Popen(
        [str(BACKCOACH), "play", "bird-dogs", *answers],
        env=machine.home.env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert b"get ready" in b"".join(process.stdout.readline() for _ in range(5))
        process.terminate()
        process.wait(15)
    assert machine.pids() == []
    terminal = machine.play("--plain")
    terminal.wait_until(lambda _: bool(machine.said()), what="the first line")
    assert COME_DOWN in machine.said()[0]
    terminal.run_for(0.6)
    terminal.press("q")
    terminal.wait_for("q end here")
    assert b"NOISE" not in terminal.raw


@pytest.mark.parametrize("number", [2, 15, 1])
def test_no_player_outlives_the_program(machine: Machine, number: int) -> None:
    machine.put(HANG)
    terminal = machine.play()
    terminal.wait_until(lambda _: bool(machine.pids()), what="the first line")
    terminal.signal(number)
    assert terminal.wait_exit() == 128 + number
    assert not any(running(pid) for pid in machine.pids())


def test_wrong_settings_are_said_and_stop_nothing(machine: Machine) -> None:
    config = machine.home.folder / "config"
    config.mkdir()
    (config / "settings.toml").write_text("[sound]\nrate = 1\n")
    terminal = machine.play()
    terminal.wait_for("get ready")
    told = b"settings.toml:2:8: error[range]: `rate` is from 100 to 220"
    assert told in b" ".join(terminal.raw.split())
    assert leave(terminal) == 0


def test_the_doctor_tells_of_this_machine(machine: Machine) -> None:
    machine.put(SPEAKS, ("espeak-ng",))
    done = machine.home.run("doctor", "--json")
    assert done.returncode == 0, done.stderr
    (voice,) = json.loads(done.stdout)["voices"]
    assert (voice["name"], voice["worked"]) == ("espeak-ng", True)
