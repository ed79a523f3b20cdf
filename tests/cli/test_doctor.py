"""`backcoach doctor`: what was found on this machine, and whether it works."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cues_building import FAIL, HANG, Fake, program
from damage_building import DAMAGES, write_sessions
from session_building import Program

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the programs of these tests are scripts")
SPEAKS = "import threading; threading.Event().wait(2)"


class Machine:
    """A home, and the only programs that are installed."""

    def __init__(self, folder: Path) -> None:
        self.home = Program(folder)
        self.programs = folder / "bin"
        self.programs.mkdir()

    def put(self, name: str, then: str = "") -> Fake:
        return program(self.programs, name, then)

    def doctor(self, *args: str) -> tuple[int, str, str]:
        done = self.home.run("doctor", *args, env={"PATH": str(self.programs)})
        return done.returncode, done.stdout, done.stderr

    def json(self, *args: str) -> dict[str, Any]:
        _, out, _ = self.doctor("--json", *args)
        found: dict[str, Any] = json.loads(out)
        return found

    @property
    def settings(self) -> Path:
        path = self.home.home / "config" / "settings.toml"
        path.parent.mkdir(exist_ok=True)
        return path


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """One without any sound."""
    return Machine(tmp_path)


def test_a_bare_machine_is_told_what_it_lacks(machine: Machine) -> None:
    status, out, err = machine.doctor()
    assert (status, err) == (0, "")
    lines = dict(line.split(maxsplit=1) for line in out.splitlines())
    assert lines["voice"].startswith("none of ")
    assert lines["tones"].endswith(" is installed")
    assert lines["bell"] == "not rung"
    assert lines["terminal"].startswith("none, ")
    assert lines["data"].endswith(": can be written")
    assert lines["settings"].endswith(": nothing wrong")
    assert lines["awake"]


def test_each_program_is_heard_once(machine: Machine) -> None:
    fakes = {
        "espeak-ng": machine.put("espeak-ng", SPEAKS),
        "espeak": machine.put("espeak", FAIL),
        "aplay": machine.put("aplay"),
    }
    found = machine.json()
    assert found["version"] == 1
    assert [(v["name"], v["worked"], v["status"], v["problem"]) for v in found["voices"]] == [
        ("espeak-ng", True, 0, ""),
        ("espeak", False, 3, "exit status 3"),
    ]
    assert [(p["name"], p["worked"]) for p in found["players"]] == [("aplay", True)]
    assert found["voices"][0]["took_ms"] >= 2000
    assert [len(fake.calls) for fake in fakes.values()] == [1, 1, 1]


def test_a_voice_that_ends_too_soon_has_no_device(machine: Machine) -> None:
    machine.put("espeak-ng")
    _, out, _ = machine.doctor()
    assert "espeak-ng: ended too soon: is there a sound device?, " in out


def test_a_player_that_hangs_is_killed(machine: Machine) -> None:
    machine.put("aplay", HANG)
    _, out, _ = machine.doctor()
    assert "aplay: took longer than 3 s, " in out


def test_silently_it_only_looks(machine: Machine) -> None:
    fakes = [machine.put("espeak-ng"), machine.put("aplay")]
    found = machine.json("--silent")
    assert [(v["name"], v["worked"], v["took_ms"]) for v in found["voices"]] == [
        ("espeak-ng", None, None)
    ]
    assert [fake.calls for fake in fakes] == [[], []]
    assert "espeak-ng: found at " in machine.doctor("--silent")[1]


def test_wrong_settings_are_told_and_are_a_problem(machine: Machine) -> None:
    machine.settings.write_text("[sound]\nrate = 1\n")
    status, out, _ = machine.doctor("--silent")
    assert status == 1
    assert f"{machine.settings}:2:8: error[range]: `rate` is from 100 to 220" in out
    (problem,) = machine.json("--silent")["settings"]["problems"]
    assert (problem["line"], problem["column"], problem["code"]) == (2, 8, "range")


def test_a_data_folder_that_is_a_file_is_a_problem(machine: Machine) -> None:
    machine.home.data.write_text("no folder")
    status, out, _ = machine.doctor("--silent")
    assert status == 1
    assert "Not a directory" in out
    assert machine.json("--silent")["data"]["writable"] is False


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damage_is_said_in_our_words_first(
    machine: Machine, damage: Callable[[Path], None]
) -> None:
    damage(write_sessions(machine.home.history, [f"{number}" for number in range(40)]))
    status, out, err = machine.doctor("--silent")

    (line,) = (each for each in out.splitlines() if each.startswith("history"))
    words, _, theirs = line.partition(" (")
    assert (status, err) == (1, "")
    assert words.endswith(f"{machine.home.history}: it is damaged. `backcoach restore` helps")
    assert theirs.endswith(")")


def test_nothing_is_made_by_looking(machine: Machine) -> None:
    before = set(machine.home.home.rglob("*"))
    machine.doctor()
    assert set(machine.home.home.rglob("*")) == before
