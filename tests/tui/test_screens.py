"""The app's screens and the ways between them, with real parts and time handed in."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from screen_building import Stage, on_stage

from backcoach.coach.checkin import CheckIn
from backcoach.player.state import Status
from backcoach.tui.screens.brief import BriefScreen
from backcoach.tui.screens.home import HomeScreen
from backcoach.tui.screens.hurts import HurtsScreen
from backcoach.tui.screens.notes import NotesScreen
from backcoach.tui.screens.player import PlayerScreen
from backcoach.tui.screens.summary import SummaryScreen

ANSWERED = CheckIn(1, nothing_new=True)
Act = Callable[[Stage], Awaitable[None]]


def play(
    folder: Path,
    act: Act,
    routine: str | None = None,
    check_in: CheckIn | None = None,
    *,
    size: tuple[int, int] = (80, 24),
    accepted: bool = True,
) -> None:
    """Act on a stage of its own."""

    async def go() -> None:
        async with on_stage(folder, routine, check_in, size=size, accepted=accepted) as stage:
            await act(stage)

    asyncio.run(go())


def test_home_shows_names_lengths_and_when_last_done(tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        assert stage.shows(HomeScreen)
        assert "Bird-dogs, five minutes" in stage.text
        assert "4:17" in stage.text
        assert "14:37" in stage.text
        assert "—" in stage.text
        assert "The first steps back: walk" in stage.text
        await stage.press("down")
        assert "Leg slides, then opposite arm and leg." in stage.text

    play(tmp_path, act, size=(100, 30))


def test_a_whole_session_from_home_to_home(tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.press("down", "enter")
        assert stage.shows(BriefScreen)
        assert "NOTHING NEW?" in stage.text
        await stage.press("2")
        assert stage.shows(PlayerScreen)
        assert "get ready" in stage.text
        await stage.wait(257)
        assert stage.shows(SummaryScreen)
        assert "4:17 of 4:17" in stage.text
        assert "3 of 3 exercises whole" in stage.text
        await stage.press("1", "enter")
        assert stage.shows(HomeScreen)
        (session,) = stage.sessions()
        assert session.outcome == "completed"
        assert session.active_ms == session.planned_ms == 257_000
        assert (session.pain_before, session.pain_after) == (2, 1)
        assert "today" in stage.text

    play(tmp_path, act, size=(100, 30))


def test_a_high_digit_never_starts(tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.press("4")
        assert stage.shows(BriefScreen)
        assert "NOT THIS ONE TODAY" in stage.text
        await stage.press("1")
        assert stage.app.live is None
        await stage.press("escape")
        assert stage.shows(HomeScreen)

    play(tmp_path, act, "bird-dogs")


def test_something_new_never_starts(tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.press("f")
        assert "NOT THIS ONE TODAY" in stage.text
        assert "Something new deserves a look" in stage.text
        assert stage.app.live is None

    play(tmp_path, act, "bird-dogs", size=(120, 40))


def test_a_first_run_shows_the_notes_and_remembers_them(tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        assert stage.shows(NotesScreen)
        await stage.press("enter")
        assert stage.shows(HomeScreen)

    async def again(stage: Stage) -> None:
        assert stage.shows(HomeScreen)

    play(tmp_path, act, size=(100, 40), accepted=False)
    play(tmp_path, again, accepted=False)


def test_the_notes_are_read_to_their_end_before_they_can_be_accepted(tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        pages = 0
        while "I have read this" not in stage.text:
            await stage.press("enter")
            assert stage.shows(NotesScreen)
            pages += 1
        assert 3 <= pages <= 12
        await stage.press("enter")
        assert stage.shows(HomeScreen)

    play(tmp_path, act, size=(40, 12), accepted=False)


@pytest.mark.parametrize("key", ["x", "X", "delete", "backspace", "ctrl+x", "."])
def test_x_opens_it_hurts_now_from_everywhere(tmp_path: Path, key: str) -> None:
    async def act(stage: Stage) -> None:
        before = stage.app.screen
        await stage.pilot.press(key)
        await stage.settled()
        assert stage.shows(HurtsScreen)
        assert "You don't have to do anything" in stage.text
        await stage.press("escape")
        assert stage.app.screen is before

    play(tmp_path, act)
    play(tmp_path, act, accepted=False)
    play(tmp_path, act, "bird-dogs")


def test_it_hurts_now_paces_a_breath_and_asks_one_question(tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.press("x")
        assert "██  ██" in stage.text
        into = stage.text
        await stage.wait(4)
        out = stage.text
        assert into != out
        await stage.wait(6)
        assert stage.text == into
        await stage.press("n")
        assert "You said no to these signs" in stage.text

    async def urgent(stage: Stage) -> None:
        await stage.press("x", "y")
        assert "Don't wait to see if it passes" in stage.text

    play(tmp_path, act, size=(100, 30))
    play(tmp_path, urgent, size=(100, 30))


@pytest.mark.parametrize("key", ["8", "9", "t"])
def test_so_much_pain_before_a_session_is_it_hurts_now(tmp_path: Path, key: str) -> None:
    async def act(stage: Stage) -> None:
        await stage.press(key)
        assert stage.shows(HurtsScreen)
        await stage.press("n")
        assert "Tell whoever answers" in stage.text
        assert "get medical advice" in stage.text
        await stage.press("escape")
        assert stage.shows(BriefScreen)
        assert "NOT THIS ONE TODAY" in stage.text
        assert stage.app.live is None

    play(tmp_path, act, "bird-dogs", size=(100, 30))


def test_a_red_flag_in_a_stop_is_not_forgotten(tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.wait(52)
        await stage.press("x", "5", "y", "q")
        assert stage.shows(SummaryScreen)
        assert stage.app.flagged

    play(tmp_path, act, "bird-dogs", ANSWERED)


def test_a_stop_asks_only_once_it_is_written(tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.wait(52)
        await stage.pilot.press("x")
        await stage.settled()
        assert stage.live.conductor.state.status is Status.STOPPED
        assert "WHAT WAS IT?" in stage.text
        assert "written down at" in stage.text
        (session,) = stage.sessions()
        assert len(session.stops) == 1

    play(tmp_path, act, "bird-dogs", ANSWERED)


def test_a_stop_that_cannot_be_written_says_so_and_asks_all_the_same(tmp_path: Path) -> None:
    in_the_way = tmp_path / "data" / "history.db"
    in_the_way.mkdir(parents=True)

    async def act(stage: Stage) -> None:
        stage.clock.advance(1000)
        stage.tick()
        await stage.pilot.press("x")
        assert "WHAT WAS IT?" not in stage.text
        stage.clock.advance(1000)
        stage.tick()
        await stage.pilot.pause()
        assert "not saved yet" in stage.text
        assert "WHAT WAS IT?" in stage.text

    play(tmp_path, act, "bird-dogs", ANSWERED, size=(120, 40))
    assert list(in_the_way.iterdir()) == []


def test_keys_right_after_a_stop_count_for_nothing(tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.wait(52)
        await stage.pilot.press("x")
        await stage.settled()
        await stage.pilot.press("q", "1", "space", "z")
        assert "WHAT WAS IT?" in stage.text

    play(tmp_path, act, "bird-dogs", ANSWERED)


def test_any_other_key_pauses_and_shows_the_menu(tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.wait(5)
        await stage.press("k")
        assert "PAUSED" in stage.text
        before = stage.live.conductor.state.active_ms
        await stage.wait(30)
        assert stage.live.conductor.state.active_ms == before
        await stage.press("space")
        assert stage.live.conductor.state.status is Status.RUNNING

    play(tmp_path, act, "bird-dogs", ANSWERED)


def test_home_survives_a_broken_file_of_the_persons_own(tmp_path: Path) -> None:
    folder = tmp_path / "config" / "routines"
    folder.mkdir(parents=True)
    (folder / "my-physio.toml").write_text('name = "Mine"\n[[steps]]\nhold = 3\n', "utf-8")
    (folder / "a-folder.toml").mkdir()

    async def act(stage: Stage) -> None:
        assert "✗ Mine" in stage.text
        assert "✗ a-folder" in stage.text
        assert "Bird-dogs, five minutes" in stage.text
        await stage.press("home", "enter")
        assert stage.shows(HomeScreen)

    play(tmp_path, act, size=(120, 40))


def test_markup_and_escapes_in_a_file_stay_text(tmp_path: Path) -> None:
    folder = tmp_path / "config" / "routines"
    folder.mkdir(parents=True)
    (folder / "markup.toml").write_text(
        'name = "[bold red]Loud[/]"\n[[steps]]\nexercise = "bridge"\nnote = "[link]x[/link]"\n',
        "utf-8",
    )

    async def act(stage: Stage) -> None:
        assert "[bold red]Loud[/]" in stage.text

    play(tmp_path, act, size=(120, 40))


def test_a_resize_draws_for_the_new_size(tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await stage.pilot.resize_terminal(40, 12)
        await stage.settled()
        lines = stage.text.splitlines()
        assert len(lines) == 12
        assert "space pause" in lines[-1]
        await stage.pilot.resize_terminal(120, 40)
        await stage.settled()
        assert "then  lift" in stage.text

    play(tmp_path, act, "bird-dogs", ANSWERED)


@pytest.mark.parametrize("keys", [("x", "y", "escape", "enter"), ("enter", "f", "escape", "enter")])
def test_what_needs_care_first_is_not_forgotten(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async def act(stage: Stage) -> None:
        await stage.press(*keys)
        assert stage.shows(BriefScreen)
        assert "NOT THIS ONE TODAY" in stage.text
        await stage.press("1")
        assert stage.app.live is None
        await stage.press("u", "1")
        assert stage.shows(PlayerScreen)

    play(tmp_path, act, size=(120, 40))


def test_a_step_that_never_began_is_not_ticked_off(tmp_path: Path) -> None:
    folder = tmp_path / "config" / "routines"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(
        'name = "Mine"\n[[steps]]\nrepeat = 2\nsteps = [\n'
        '{ exercise = "bridge", reps = 1, hold = "3s" },\n'
        '{ exercise = "pelvic-tilt", reps = 3, pace = "self" },\n]\n',
        "utf-8",
    )

    async def act(stage: Stage) -> None:
        await stage.wait(2)
        await stage.press("q", "y")
        assert stage.shows(SummaryScreen)
        assert "0 of 2 exercises whole" in stage.text
        assert "✓" not in stage.text

    play(tmp_path, act, "mine", ANSWERED, size=(120, 40))
