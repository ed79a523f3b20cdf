"""The parts put together: a session that is played by a handed clock, and what is written of it."""

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import pytest
from screen_building import on_stage
from session_building import EVENING_MS, begun, bird_dogs, kinds_in, rows, until

from backcoach.cli.wiring import make_begin, new_session, settings_in, wire_app
from backcoach.coach.checkin import CheckIn
from backcoach.history.plans import plan_of
from backcoach.history.reader import Reader
from backcoach.history.records import SessionRecord
from backcoach.paths import Paths
from backcoach.player import events as ev
from backcoach.session.clock import HandedClock, local
from backcoach.session.live import Live
from backcoach.settings.model import Settings

CHECK_IN = CheckIn(2, nothing_new=True)
CLOSE_S = 20.0


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A fresh home."""
    return Paths(tmp_path / "data", tmp_path / "config")


class Played:
    """A session of bird-dogs, and the hand that moves its clock."""

    def __init__(self, paths: Paths, *, speed: float = 1.0, muted: bool = False) -> None:
        self.clock = HandedClock(EVENING_MS)
        self.heard: list[ev.Event] = []
        begin = make_begin(paths, self.clock, speed=speed, muted=muted)
        self.live: Live = begin(bird_dogs(), CHECK_IN, [lambda event, _: self.heard.append(event)])

    def wait(self, ms: int) -> None:
        """Let time go by, and wake up when it is due."""
        conductor = self.live.conductor
        while ms > 0 and not conductor.ended:
            step = min(ms, conductor.wait_ms())
            self.clock.advance(step)
            conductor.pump()
            ms -= step

    def close(self) -> None:
        """Wait until everything is written."""
        assert self.live.keeper.close(CLOSE_S)
        assert self.live.keeper.problem == ""


def only_session(paths: Paths) -> SessionRecord:
    """The one session of the history."""
    with Reader(paths.history) as store:
        (session,) = store.sessions()
    return session


def test_a_whole_session_is_written(paths: Paths) -> None:
    played = Played(paths)
    played.wait(300_000)
    played.live.score(1)
    played.close()

    session = only_session(paths)
    assert session.outcome == "completed"
    assert session.active_ms == session.planned_ms == 257_000
    assert (session.pain_before, session.pain_after) == (2, 1)
    assert not session.rehearsal
    assert session.ended_at is not None
    assert (session.ended_at - session.started_at).total_seconds() == 257
    assert session.started_at.timestamp() * 1000 == EVENING_MS
    assert set(kinds_in(paths.history)) == {"step", "rep", "end", "pain-after"}


def test_reps_are_written_with_their_real_seconds(paths: Paths) -> None:
    played = Played(paths)
    played.wait(300_000)
    played.close()

    with Reader(paths.history) as store:
        (session,) = store.sessions()
        reps = [event.data for event in store.events(session.id) if event.kind == "rep"]
    assert len(reps) == 5 + 2 * 3 + 2 * 3
    assert reps[0]["real_ms"] == 7000
    assert {rep["exercise"] for rep in reps} == {"cat-cow", "bird-dog-slide", "bird-dog"}
    assert all(rep["family"] for rep in reps)


@pytest.mark.parametrize("speed", [0.5, 2.0, 1000.0])
def test_any_other_speed_is_a_rehearsal(paths: Paths, speed: float) -> None:
    played = Played(paths, speed=speed)
    played.wait(1000)
    played.live.interrupt()
    played.close()

    session = only_session(paths)
    assert session.rehearsal
    assert session.active_ms == min(257_000, 1000 * speed)


def test_a_stop_is_written_before_it_is_asked_about(paths: Paths) -> None:
    played = Played(paths)
    saved: list[tuple[str, int]] = []

    def on_saved(kind: str, _: int | None) -> None:
        count = rows(paths.history, "SELECT count(*) FROM event WHERE kind = 'stop'")
        saved.append((kind, count[0][0]))

    played.live.on_saved = on_saved
    played.wait(100_000)
    played.live.conductor.press("x")
    until(lambda: ("stop", 1) in saved)

    assert not only_session(paths).stops[0].mistake
    assert only_session(paths).outcome == "running"
    played.wait(1000)
    for key in "413q":
        assert played.live.conductor.press(key)
        played.wait(1000)
    played.close()

    session = only_session(paths)
    assert session.outcome == "pain"
    (stop,) = session.stops
    assert (stop.quality, stop.where, stop.intensity) == ("dull", "low-back", 3)
    assert stop.at_ms <= session.active_ms == 100_000


def test_the_active_time_is_written_while_nothing_else_happens(paths: Paths) -> None:
    played = Played(paths)
    played.wait(40_000)
    until(lambda: begun(paths.history))
    until(lambda: rows(paths.history, "SELECT active_ms FROM session")[0][0] >= 35_000)

    assert kinds_in(paths.history) == ["step"]
    played.live.interrupt()
    played.close()


def test_an_end_at_once_is_an_interruption(paths: Paths) -> None:
    played = Played(paths)
    played.wait(3000)
    played.live.end_at_once()
    played.close()

    session = only_session(paths)
    assert (session.outcome, session.active_ms) == ("interrupted", 3000)


def test_a_muted_session_begins_muted(paths: Paths) -> None:
    played = Played(paths, muted=True)
    played.live.interrupt()
    played.close()

    assert played.live.conductor.state.muted


def test_what_is_played_is_kept_as_it_was() -> None:
    plan = json.loads(json.dumps(plan_of(bird_dogs())))

    assert list(plan) == ["version", "id", "name", "source", "steps"]
    assert plan["version"] == 2
    assert 'exercise = "bird-dog-slide"' in plan["source"]
    assert [step["exercise"] for step in plan["steps"]] == ["cat-cow", "bird-dog-slide", "bird-dog"]
    assert [step["number"] for step in plan["steps"]] == [1, 2, 3]
    assert plan["steps"][2]["reps"] == [2, 1]
    assert plan["steps"][2]["planned"] == {"left": 3, "right": 3}
    assert plan["steps"][2]["dose"] == "2+1 × 5 s a side"
    assert [step["rounds"] for step in plan["steps"]] == [1, 1, 1]
    assert plan["steps"][2]["hold_ms"] == 5000
    assert all(step["family"] for step in plan["steps"])


def test_every_session_has_a_name_of_its_own() -> None:
    started = local(HandedClock(EVENING_MS).now())
    sessions = [new_session(bird_dogs(), CHECK_IN, started, rehearsal=False) for _ in range(2)]

    assert sessions[0].id != sessions[1].id
    assert sessions[0].answers == CHECK_IN.answers


def test_what_is_wrong_with_the_settings_goes_to_the_screen_too(
    paths: Paths, capsys: pytest.CaptureFixture[str]
) -> None:
    assert settings_in(paths) == (Settings(), "")
    assert capsys.readouterr().err == ""
    paths.config.mkdir()
    paths.settings.write_text('[screen]\ntheme = "drak"\n')
    settings, notice = settings_in(paths)
    said = ':2:9: error[choice]: there is no theme "drak" (did you mean `dark`?)'
    assert (settings, notice) == (Settings(), f"settings.toml{said}")
    assert capsys.readouterr().err == f"backcoach: {paths.settings}{said}\n"
    assert wire_app(paths, settings, notice=notice).notice == notice


@pytest.mark.parametrize(("width", "height"), [(120, 40), (80, 24), (60, 19), (40, 12)])
def test_home_shows_it_and_nothing_else_goes(width: int, height: int) -> None:
    from backcoach.tui.pictures.home import draw_home
    from backcoach.tui.pictures.news import News

    now = local(HandedClock(EVENING_MS).now())
    notice = 'settings.toml:2:9: error[choice]: there is no theme "drak"' + " and more" * 20
    text = draw_home((), -1, now, width, height, news=News(notice)).text()
    lines = text.splitlines()
    (first,) = (row for row, line in enumerate(lines) if "settings.toml" in line)
    said = [line.strip() for line in lines[first : first + 3]]
    assert all(len(line) <= width - 2 for line in lines[first : first + 3])
    assert notice.startswith(" ".join(said).removesuffix("…"))
    assert said[-1].endswith("…") or " ".join(said) in notice
    assert "IT HURTS NOW" in text
    assert " enter  start" in text


def test_home_shows_it_until_a_key_is_pressed(tmp_path: Path) -> None:
    async def go() -> None:
        async with on_stage(tmp_path, notice="settings.toml: oh no") as stage:
            assert "settings.toml: oh no" in stage.text
            await stage.press("down")
            assert "oh no" not in stage.text
            assert "quit" in stage.text

    asyncio.run(go())


class Ends:
    """A sounder that notes how long it may take to end."""

    def __init__(self, calls: list[object]) -> None:
        self._calls = calls

    def cut(self) -> None:
        self._calls.append("cut")

    def close(self, seconds: float) -> None:
        self._calls.append(seconds)


class Kept:
    """A session that is saved at once or can't be, and its keeper."""

    def __init__(self, calls: list[object], *, can_be: bool = True) -> None:
        self._calls = calls
        self._can_be = can_be
        self.keeper = self

    def end_at_once(self) -> None:
        self._calls.append("ended")

    def close(self, timeout: float) -> bool:
        del timeout
        self._calls.append("saved" if self._can_be else "not saved")
        return self._can_be

    def keep_elsewhere(self) -> None:
        self._calls.append("kept elsewhere")


def test_a_watchdog_that_ends_the_app_leaves_no_voice_behind(tmp_path: Path) -> None:
    calls: list[object] = []

    async def go() -> None:
        async with on_stage(tmp_path) as stage:
            app: Any = stage.app
            app._lives = [Kept(calls), Kept(calls, can_be=False)]
            app.__dict__["sounder"] = Ends(calls)
            app._save_at_once()
            app._lives = []
            del app.__dict__["sounder"]

    asyncio.run(go())
    unsaved = ["ended", "not saved", "kept elsewhere"]
    assert calls == ["cut", "ended", "saved", *unsaved, 0.3]


@pytest.mark.skipif(os.name == "nt", reason="playing as text needs POSIX")
def test_a_watchdog_that_ends_the_text_player_leaves_no_voice_behind() -> None:
    from backcoach.plain import player as plain

    calls: list[object] = []
    made: Any = plain._PlainPlayer.__new__(plain._PlainPlayer)
    made._live, made.sounder = Kept(calls), Ends(calls)
    made._save_at_once()
    assert calls == ["ended", "saved", 0.3]

    calls.clear()
    made._live = Kept(calls, can_be=False)
    made._save_at_once()
    assert calls == ["ended", "not saved", "kept elsewhere", 0.3]
