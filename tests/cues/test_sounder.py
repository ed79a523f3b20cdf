"""The sound of a whole session by real programs: what works, what is broken, and what is left."""

import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from cues_building import FAIL, HANG, Fake, alive, program
from player_building import timeline_of
from session_building import until

from backcoach.coach.words import COME_DOWN
from backcoach.cues.lengths import Lengths
from backcoach.cues.sounder import BREATHE_IN, Sounder
from backcoach.player.inputs import Input, InputKind
from backcoach.player.machine import begin, step
from backcoach.player.state import State
from backcoach.session.clock import Clock, HandedClock, Moment, SystemClock, local
from backcoach.settings.model import BACKENDS, SoundSettings
from backcoach.timeline.model import Timeline

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the programs of these tests are scripts")

LIFT = timeline_of({"exercise": "lift-up", "reps": 1, "prepare": 20})
SPEAKS = "threading.Event().wait(5)"
"""Long enough to be cut, and to be taken for speaking."""
SAID = f"import threading; {SPEAKS}"


class Stage:
    """A sounder, the folder of its programs, and what it rang and flashed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: list[Sounder] = []
        self.rung = 0
        self.flashed = 0

    def sounder(self, clock: Clock | None = None, **settings: Any) -> Sounder:
        run = {key: settings.pop(key) for key in ("speed", "muted") if key in settings}
        # At whatever hour the tests run.
        settings = {"quiet_from": 0, "quiet_to": 0, **settings}
        made = Sounder(SoundSettings(**settings), clock or SystemClock(), **run)
        made.signs.bell = self._bell
        made.signs.flash = self._flash
        self.made.append(made)
        return made

    def _bell(self) -> None:
        self.rung += 1

    def _flash(self) -> None:
        self.flashed += 1

    def program(self, name: str, then: str = "") -> Fake:
        return program(self.folder, name, then)


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """Only the programs that a test makes are installed."""
    here = Stage(tmp_path / "bin")
    here.folder.mkdir()
    monkeypatch.setenv("PATH", str(here.folder))
    before = {thread.ident for thread in threading.enumerate()}
    yield here
    closed = [sounder.close(5) for sounder in here.made]
    assert all(closed)
    assert {thread.ident for thread in threading.enumerate()} <= before


class Session:
    """A session that is handed to a sounder event by event."""

    def __init__(self, sounder: Sounder, timeline: Timeline = LIFT, moment: Moment | None = None):
        self._hear = sounder.listen()
        self._moment = moment or SystemClock().now()
        self.state, events = begin(timeline, 0)
        self._hand(events)

    def _hand(self, events: Any) -> None:
        for event in events:
            self._hear(event, self.state, self._moment)

    def do(self, kind: InputKind = InputKind.TICK, after_ms: int = 0) -> State:
        self.state, events = step(self.state, Input(kind), self.state.now_ms + after_ms)
        self._hand(events)
        return self.state


def moment_at(hour: int) -> Moment:
    here = local(Moment(0, 0, 0)).tzinfo
    wall = datetime(2026, 3, 4, hour, 30, tzinfo=here).astimezone(UTC)
    return Moment(0, round(wall.timestamp() * 1000), 0)


# --- what works ----------------------------------------------------------------------------------


def test_the_first_line_is_spoken_and_the_end_of_a_phase_sounds(stage: Stage) -> None:
    speaks, plays = stage.program("espeak-ng", SAID), stage.program("aplay")
    sounder = stage.sounder()
    session = Session(sounder)
    until(lambda: speaks.calls)
    assert COME_DOWN in speaks.calls[0]["stdin"]
    session.do(after_ms=20_000)
    until(lambda: plays.calls)
    assert sounder.label == "♪ voice"
    assert stage.rung == 0


def test_a_tone_doesnt_cut_the_voice_and_a_line_does(stage: Stage) -> None:
    speaks, plays = stage.program("espeak-ng", HANG), stage.program("aplay")
    session = Session(stage.sounder())
    until(lambda: speaks.calls)
    session.do(after_ms=17_000)
    until(lambda: plays.calls)
    assert alive(speaks.calls[0]["pid"])
    session.do(InputKind.PAUSE)
    until(lambda: len(speaks.calls) == 2)
    until(lambda: not alive(speaks.calls[0]["pid"]))
    assert speaks.calls[1]["stdin"] == "Paused.\n"


@pytest.mark.parametrize("how", ["cut", "mute", "close"])
def test_everything_is_silent_within_0_3_seconds(stage: Stage, how: str) -> None:
    speaks, plays = stage.program("espeak-ng", HANG), stage.program("aplay", HANG)
    sounder = stage.sounder()
    session = Session(sounder)
    session.do(after_ms=17_000)
    until(lambda: speaks.calls and plays.calls)
    pids = [fake.calls[0]["pid"] for fake in (speaks, plays)]
    clock = SystemClock()
    began_ms = clock.now().monotonic_ms
    if how == "mute":
        session.do(InputKind.MUTE)
    elif how == "cut":
        sounder.cut()
    else:
        assert sounder.close(5)
    until(lambda: not any(alive(pid) for pid in pids))
    assert clock.now().monotonic_ms - began_ms < 300


def test_a_stop_is_said_at_once(stage: Stage) -> None:
    speaks = stage.program("espeak-ng", HANG)
    session = Session(stage.sounder())
    session.do(after_ms=23_000)
    session.do(InputKind.STOP)
    until(lambda: any("Stop" in call["stdin"] for call in speaks.calls))
    assert speaks.calls[-1]["stdin"] == "Stop. Breathe out. Lower. Rest.\n"


def test_what_a_screen_reader_says_by_spd_say_is_never_cancelled(stage: Stage) -> None:
    speaks = stage.program("spd-say", HANG)
    sounder = stage.sounder()
    sounder.say("Lift up.")
    until(lambda: speaks.calls)
    assert sounder.close(5)
    assert not alive(speaks.calls[0]["pid"])
    assert [call["argv"][-1] for call in speaks.calls] == ["Lift up."]


def test_a_voice_of_our_own_comes_before_the_shared_one(stage: Stage) -> None:
    shared, own = stage.program("spd-say", SAID), stage.program("espeak-ng", SAID)
    stage.sounder().say("Lift up.")
    until(lambda: own.calls)
    assert shared.calls == []


def test_breathing_is_paced_until_it_is_cut(stage: Stage) -> None:
    speaks = stage.program("espeak-ng")
    clock = HandedClock(1)
    sounder = stage.sounder(clock)
    sounder.breathe("Stay still.")
    until(lambda: speaks.calls)
    assert speaks.calls[0]["stdin"] == "Stay still.\n"
    sounder.cut()
    until(lambda: sounder._breath.finish(0))


def test_breathing_goes_on_by_the_clock(stage: Stage) -> None:
    plays = stage.program("aplay")
    speed = FastClock(200)
    sounder = stage.sounder(speed, backend="tones")
    sounder.breathe()
    until(lambda: len(plays.calls) >= 2)
    sounder.cut()


@pytest.mark.parametrize("how", ["cut", "mute"])
def test_a_breath_that_was_begun_says_nothing_after_a_cut(stage: Stage, how: str) -> None:
    speaks, plays = stage.program("espeak-ng", SAID), stage.program("aplay")
    measuring, go_on = threading.Event(), threading.Event()

    class Slow(Lengths):
        def of(self, lines: Any) -> int:
            if BREATHE_IN in list(lines):
                measuring.set()
                go_on.wait(10)
            return 500

    sounder = stage.sounder()
    sounder.__dict__["_lengths"] = Slow({})
    sounder.breathe()
    assert measuring.wait(10)
    if how == "cut":
        sounder.cut()
        sounder.say("Lower.")
    else:
        sounder.mute = True
    go_on.set()
    until(lambda: sounder._breath.finish(0))
    if how == "cut":
        until(lambda: speaks.calls)
    assert [call["stdin"] for call in speaks.calls] == ["Lower.\n"] * (how == "cut")
    assert plays.calls == []


def test_muting_is_known_before_anything_is_cut(stage: Stage) -> None:
    sounder = stage.sounder()
    seen: list[bool] = []
    sounder._voice.cut = lambda: seen.append(sounder.mute)  # type: ignore[method-assign]
    sounder.mute = True
    assert seen == [True]


def test_closing_takes_its_time_once(stage: Stage) -> None:
    sounder = stage.sounder()
    hung = threading.Event()
    for channel in (sounder._breath, sounder._voice, sounder._tones):
        hangs: Any = channel
        hangs._work = lambda *_: hung.wait(20)
        hangs.put("job")
        until(lambda: hangs._turn)  # noqa: B023
    clock = SystemClock()
    began_ms = clock.now().monotonic_ms
    assert not sounder.close(0.5)
    assert 400 < clock.now().monotonic_ms - began_ms < 1000
    hung.set()


class FastClock:
    """A clock whose every reading is so many milliseconds after the one before."""

    def __init__(self, step_ms: int) -> None:
        self._step_ms = step_ms
        self._clock = HandedClock(0)

    def now(self) -> Moment:
        self._clock.advance(self._step_ms * 20)
        return self._clock.now()


# --- what is broken ------------------------------------------------------------------------------


def test_a_voice_that_fails_gives_the_line_to_the_next(stage: Stage) -> None:
    fails, speaks = stage.program("espeak-ng", FAIL), stage.program("espeak", SAID)
    sounder = stage.sounder()
    sounder.say("Lift up.")
    until(lambda: speaks.calls)
    assert speaks.calls[0]["stdin"] == "Lift up.\n"
    sounder.say("Lower.")
    until(lambda: len(speaks.calls) == 2)
    assert len(fails.calls) == 1
    assert sounder.label == "♪ voice"


def test_a_voice_that_ends_too_soon_is_none(stage: Stage) -> None:
    silent = stage.program("espeak-ng")
    sounder = stage.sounder()
    stage.program("aplay")
    line = "word " * 200
    sounder.say(line)
    until(lambda: sounder.label == "♪ tones")
    sounder.say(line)
    assert len(silent.calls) == 1


def test_a_voice_that_hangs_is_given_up(stage: Stage) -> None:
    hangs = stage.program("espeak-ng", HANG)
    stage.program("aplay")
    sounder = stage.sounder()
    sounder.say("Lift.")
    until(lambda: hangs.calls)
    pid = hangs.calls[0]["pid"]
    until(lambda: sounder.label == "♪ tones")
    assert not alive(pid)
    assert len(hangs.calls) == 1


def test_one_that_hangs_and_is_always_cut_is_given_up_too(stage: Stage) -> None:
    hangs = stage.program("espeak-ng", HANG)
    sounder = stage.sounder(FastClock(100))
    sounder.say("Lift.")
    until(lambda: hangs.calls)
    sounder.say("Lower.")
    until(lambda: sounder._voices.none_left)
    assert len(hangs.calls) == 1


def test_players_that_fail_leave_the_bell(stage: Stage) -> None:
    fails = [stage.program(name, FAIL) for name in ("pw-play", "paplay", "aplay", "ffplay")]
    sounder = stage.sounder(backend="tones")
    session = Session(sounder)
    session.do(after_ms=20_000)
    until(lambda: stage.rung)
    assert [len(fake.calls) for fake in fails] == [1] * 4
    assert sounder.label == "♪ bell"
    session.do(after_ms=2000)
    assert stage.rung == 2, "nobody is asked again"
    assert [len(fake.calls) for fake in fails] == [1] * 4


def test_without_any_program_a_phase_ends_with_the_bell_and_a_flash(stage: Stage) -> None:
    sounder = stage.sounder()
    session = Session(sounder, moment=moment_at(12))
    # Until it is known that there is no player, a phase's end goes by the clock of its thread.
    until(lambda: sounder._voices.none_left and sounder._players.none_left)
    session.do(after_ms=20_000)
    until(lambda: stage.rung == 1)
    until(lambda: stage.flashed == 1)
    assert sounder.label == "♪ bell"


def test_a_bell_that_raises_is_no_ones_business(stage: Stage) -> None:
    def broken() -> None:
        raise OSError("no terminal")

    sounder = stage.sounder(backend="bell")
    sounder.signs.bell = broken
    Session(sounder).do(after_ms=20_000)
    sounder.signs.bell = None
    assert sounder.label == "flash"


@pytest.mark.parametrize(
    ("name", "content"), [("espeak-ng", "no program"), ("aplay", "\0\0\0"), ("espeak", "")]
)
def test_a_program_that_is_none_never_raises(stage: Stage, name: str, content: str) -> None:
    path = stage.folder / name
    path.write_text(content)
    path.chmod(0o755)
    sounder = stage.sounder()
    session = Session(sounder)
    session.do(after_ms=20_000)
    until(lambda: stage.rung)


# --- what is wished ------------------------------------------------------------------------------


@pytest.mark.parametrize("backend", BACKENDS)
def test_each_backend_uses_its_own_programs_only(stage: Stage, backend: str) -> None:
    speaks, plays = stage.program("espeak-ng", SAID), stage.program("aplay")
    sounder = stage.sounder(backend=backend)
    session = Session(sounder, moment=moment_at(12))
    session.do(after_ms=20_000)
    wanted = {
        "auto": ("♪ voice", True, True, 0, 0),
        "voice": ("♪ voice", True, True, 0, 0),
        "tones": ("♪ tones", False, True, 0, 0),
        "bell": ("♪ bell", False, False, 1, 1),
        "flash": ("flash", False, False, 0, 1),
        "off": ("mute", False, False, 0, 0),
    }[backend]
    until(lambda: bool(speaks.calls) >= wanted[1] and bool(plays.calls) >= wanted[2])
    assert sounder.close(5)
    found = (bool(speaks.calls), bool(plays.calls), stage.rung, stage.flashed)
    assert (sounder.label, *found) == wanted


def test_a_muted_session_starts_nothing_until_it_is_unmuted(stage: Stage) -> None:
    speaks, plays = stage.program("espeak-ng", SAID), stage.program("aplay")
    sounder = stage.sounder(muted=True)
    assert sounder.label == "mute"
    sounder.say("Lift up.")
    sounder.breathe()
    assert sounder._voice._thread is sounder._breath._thread is None
    sounder.mute = False
    sounder.say("Lower.")
    until(lambda: speaks.calls)
    assert speaks.calls[0]["stdin"] == "Lower.\n"
    assert plays.calls == []


@pytest.mark.parametrize(("speed", "silent"), [(4.0, False), (4.1, True), (60.0, True)])
def test_a_fast_rehearsal_is_silent(stage: Stage, speed: float, silent: bool) -> None:
    sounder = stage.sounder(speed=speed, backend="bell")
    Session(sounder).do(after_ms=20_000)
    assert (stage.rung == 0) == silent
    assert (sounder.label == "mute") == silent


NIGHT: Final[dict[str, Any]] = {"quiet_from": 22 * 60, "quiet_to": 7 * 60}


class StillClock:
    """A clock that stands at one hour."""

    def __init__(self, hour: int) -> None:
        self._moment = moment_at(hour)

    def now(self) -> Moment:
        return self._moment


@pytest.mark.parametrize(
    ("hour", "muted", "label"),
    [(21, False, "♪ bell"), (22, False, "♪ bell, quiet"), (6, False, "♪ bell, quiet"),
     (7, False, "♪ bell"), (23, True, "mute")],
)  # fmt: skip
def test_the_quiet_hours_are_told(stage: Stage, hour: int, muted: bool, label: str) -> None:
    sounder = stage.sounder(StillClock(hour), backend="bell", muted=muted, **NIGHT)
    assert sounder.label == label


def test_the_quiet_hours_are_softer_and_dont_flash(stage: Stage) -> None:
    plays = stage.program("paplay")
    for hour in (12, 23):
        sounder = stage.sounder(backend="tones", **NIGHT)
        Session(sounder, moment=moment_at(hour)).do(after_ms=20_000)
        until(lambda: len(plays.calls) == (1 if hour == 12 else 2))  # noqa: B023
    loud, soft = (call["argv"][1] for call in plays.calls)
    assert (loud, soft) == ("--volume=65536", f"--volume={65536 * 40 // 100}")
    flashes = stage.sounder(backend="flash", **NIGHT)
    Session(flashes, moment=moment_at(23)).do(after_ms=20_000)
    Session(flashes, moment=moment_at(6)).do(after_ms=20_000)
    assert stage.flashed == 0
    Session(flashes, moment=moment_at(7)).do(after_ms=20_000)
    assert stage.flashed == 1


def test_nothing_flashes_more_than_once_a_second(stage: Stage) -> None:
    signs = stage.sounder().signs
    flashed = [signs.light(ms) for ms in (0, 400, 999, 1000, 1001, 2500)]
    assert flashed == [True, False, False, True, False, True]


def test_two_threads_at_once_flash_once(stage: Stage) -> None:
    signs = stage.sounder().signs
    asked: list[bool] = []

    class Millis(int):
        """A time that takes a moment to compare, so that another thread comes between."""

        def __sub__(self, other: int) -> int:
            threading.Event().wait(0.05)
            return int(self) - other

    both = [
        threading.Thread(target=lambda: asked.append(signs.light(Millis(5000)))) for _ in range(2)
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(asked) == [False, True]
    assert stage.flashed == 1


def test_last_words_can_be_waited_for(stage: Stage) -> None:
    speaks = stage.program("espeak-ng")
    sounder = stage.sounder()
    sounder.say("Lift.")
    sounder.finish(10)
    assert len(speaks.calls) == 1
