"""A session that was broken off is offered at home, and goes on where it was."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from screen_building import Stage, on_stage

from backcoach.coach.checkin import CheckIn
from backcoach.history.owner import Owner
from backcoach.history.reader import Reader
from backcoach.history.records import SessionRecord
from backcoach.history.store import Store
from backcoach.timeline.model import PhaseKind
from backcoach.tui.screens.brief import BriefScreen
from backcoach.tui.screens.home import HomeScreen
from backcoach.tui.screens.player import PlayerScreen

NOBODY = Owner(0, "", "")
FIRST = 52.0
"""So many seconds into the bird-dogs, in the cat-cows."""


def on(
    folder: Path,
    act: Callable[[Stage], Awaitable[None]],
    routine: str | None = None,
    size: tuple[int, int] = (100, 30),
) -> None:
    async def go() -> None:
        check_in = CheckIn(1, nothing_new=True) if routine else None
        async with on_stage(folder, routine, check_in, size=size) as stage:
            await act(stage)

    asyncio.run(go())


def break_off(folder: Path, seconds: float = FIRST) -> SessionRecord:
    """Play for a while, until something ends the program."""
    found: list[SessionRecord] = []

    async def act(stage: Stage) -> None:
        await stage.wait(seconds)
        live = stage.live
        live.interrupt()
        assert live.keeper.close(20)
        found.extend(stage.sessions())

    on(folder, act, "bird-dogs")
    session = found[0]
    assert session.outcome == "interrupted"
    return session


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (100, 30), (120, 40)])
def test_home_offers_it(tmp_path: Path, size: tuple[int, int]) -> None:
    break_off(tmp_path)

    async def act(stage: Stage) -> None:
        (line,) = (line for line in stage.text.splitlines() if "go on" in line)
        assert " g  go on" in line
        assert " n  leave it" in line
        assert "Bird-dogs, five minutes, at Cat-cow, rep" in " ".join(stage.text.split())
        assert "IT HURTS NOW" in stage.text

    on(tmp_path, act, size=size)


def test_it_goes_on_in_its_own_row_at_the_start_of_its_rep(tmp_path: Path) -> None:
    before = break_off(tmp_path)

    async def act(stage: Stage) -> None:
        await stage.press("g")
        assert stage.shows(BriefScreen)
        assert "goes on: Cat-cow, rep" in stage.text
        await stage.press("2")
        assert stage.shows(PlayerScreen)
        state = stage.live.conductor.state
        assert state.settle is not None
        assert state.phase.kind is PhaseKind.MOVE_IN
        assert state.active_ms == before.active_ms
        assert state.done
        for _ in range(20):
            await stage.wait(30)
            if stage.app.live is None:
                break
        (session,) = stage.sessions()
        assert session.id == before.id
        assert session.outcome == "completed"
        assert session.started_at == before.started_at
        assert session.pain_before == before.pain_before
        assert session.active_ms > before.active_ms

    on(tmp_path, act)


def test_left_alone_it_stays_broken_off_and_is_not_offered_again(tmp_path: Path) -> None:
    before = break_off(tmp_path)

    async def act(stage: Stage) -> None:
        await stage.press("n")
        assert stage.shows(HomeScreen)
        assert "go on" not in stage.text
        (session,) = stage.sessions()
        assert session == before

    on(tmp_path, act)

    async def again(stage: Stage) -> None:
        assert "go on" not in stage.text

    on(tmp_path, again)


def test_after_a_stop_it_is_not_offered(tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.wait(FIRST)
        await stage.press("x")
        stage.live.interrupt()

    on(tmp_path, act, "bird-dogs")

    async def home(stage: Stage) -> None:
        assert "go on" not in stage.text

    on(tmp_path, home)


def test_one_that_runs_elsewhere_is_not_offered(tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.wait(FIRST)

        async def home(other: Stage) -> None:
            assert [each.outcome for each in other.sessions()] == ["running"]
            assert "go on" not in other.text

        async with on_stage(tmp_path) as other:
            await home(other)

    on(tmp_path, act, "bird-dogs")


def test_the_check_in_before_it_goes_on_is_kept(tmp_path: Path) -> None:
    break_off(tmp_path)

    async def act(stage: Stage) -> None:
        await stage.press("g", "2")
        live = stage.live
        live.interrupt()
        assert live.keeper.close(20)

    on(tmp_path, act)

    async def look(stage: Stage) -> None:
        with Reader(stage.paths.history) as reader:
            (session,) = reader.sessions()
            events = reader.events(session.id)
        assert [event.seq for event in events] == list(range(1, len(events) + 1))
        (check_in,) = (event for event in events if event.kind == "check-in")
        assert check_in.data["pain"] == 2
        assert [event.kind for event in events].count("end") == 2

    on(tmp_path, look)


def test_where_it_hurt_last_time_is_said_at_home_and_in_get_ready(tmp_path: Path) -> None:
    async def stop(stage: Stage) -> None:
        await stage.wait(FIRST)
        await stage.press("x", "1", "1", "3", "n")
        await stage.press("q")

    on(tmp_path, stop, "bird-dogs")

    async def home(stage: Stage) -> None:
        await stage.press("home")
        for _ in range(20):
            if "▶ Bird-dogs" in stage.text:
                break
            await stage.press("down")
        assert "Cat-cow. Last time you stopped here" in " ".join(stage.text.split())
        await stage.press("enter", "1")
        assert stage.shows(PlayerScreen)
        assert "Last time you stopped here" in stage.text

    on(tmp_path, home, size=(120, 40))


def test_after_a_stop_in_another_session_it_is_not_offered_any_more(tmp_path: Path) -> None:
    break_off(tmp_path / "other")

    async def stop(stage: Stage) -> None:
        await stage.wait(FIRST)
        await stage.press("x", "1", "1", "6", "n")
        await stage.press("q")

    on(tmp_path, stop, "bird-dogs")
    with Store(tmp_path / "data" / "history.db") as store:
        with Reader(tmp_path / "other" / "data" / "history.db") as other, store.transaction():
            (broken,) = other.sessions()
            begun = other.begun(broken.id)
            assert begun is not None
            # It began before the stop in the other program, and is the newest all the same.
            store.begin(replace(begun, started_at=begun.started_at + timedelta(seconds=20)), NOBODY)
            for event in other.events(broken.id):
                store.add(broken.id, event)
        newest, stopped = store.sessions()
        assert (newest.outcome, stopped.outcome) == ("interrupted", "pain")

    async def home(stage: Stage) -> None:
        assert "go on" not in stage.text

    on(tmp_path, home)
