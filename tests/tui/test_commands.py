"""The command palette does what keys do, and never stands between a person and the stop."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from screen_building import Stage, on_stage
from session_building import Program
from textual import events
from textual.binding import Binding
from textual.command import CommandInput, CommandPalette
from textual.widgets import Input

from backcoach.coach.checkin import CheckIn
from backcoach.player.inputs import InputKind
from backcoach.player.keys import STOP_KEYS, read_key
from backcoach.player.state import State, Status
from backcoach.timeline.model import PhaseKind
from backcoach.tui.canvas import Role
from backcoach.tui.commands import BRIEF, HOME, HURTS, NOTES, PLAYER, STOP, SUMMARY
from backcoach.tui.commands_palette import EDITING
from backcoach.tui.screens.home import HomeScreen
from backcoach.tui.screens.hurts import HurtsScreen
from backcoach.tui.screens.picture_screen import PictureScreen
from backcoach.tui.screens.player import PlayerScreen
from backcoach.tui.theme import DARK, LIGHT
from backcoach.tui.widgets.picture import Picture

ANSWERED = CheckIn(1, nothing_new=True)
OWN_PACE = """
name = "At my own pace"

[[steps]]
exercise = "bridge"
reps = [3, 3]
pace = "self"
"""
LIMIT_S = 60


def act(
    folder: Path, what: Callable[[Stage], Awaitable[None]], routine: str | None = "bird-dogs"
) -> None:
    """Act on a stage, six seconds into a session or at home."""

    async def go() -> None:
        check_in = ANSWERED if routine else None
        async with on_stage(folder, routine, check_in, size=(100, 30)) as stage:
            if routine:
                await stage.wait(6)
            else:
                stage.clock.advance(1000)
            await what(stage)

    asyncio.run(asyncio.wait_for(go(), LIMIT_S))


async def until(stage: Stage, seen: Callable[[], bool]) -> None:
    """Let messages go round until this is so."""
    while not seen():
        await stage.pilot.pause()


async def opened(stage: Stage, key: str = "ctrl+p") -> None:
    await stage.pilot.press(key)
    await until(stage, lambda: stage.app.screen.has_class("-ready"))


def status(stage: Stage) -> Status:
    """What the session does now."""
    return stage.live.conductor.state.status


async def choose(stage: Stage, words: str) -> None:
    """Find a command by its name, and do it."""
    line = stage.app.screen.query_one(CommandInput)
    line.value = words
    await stage.app.workers.wait_for_complete()
    await stage.pilot.press("enter")
    await until(stage, lambda: stage.shows(PictureScreen))
    await stage.pilot.pause()


@pytest.mark.parametrize("key", ["ctrl+p", ":"])
def test_opening_it_freezes_the_session_and_closing_it_leaves_it_so(
    tmp_path: Path, key: str
) -> None:
    async def what(stage: Stage) -> None:
        await opened(stage, key)
        assert stage.shows(CommandPalette)
        assert stage.live.conductor.state.status is Status.PAUSED
        await stage.pilot.press("escape")
        await stage.settled()
        assert stage.shows(PlayerScreen)
        assert stage.live.conductor.state.status is Status.PAUSED

    act(tmp_path, what)


def test_what_is_chosen_is_done_at_once_and_where_it_was_opened(tmp_path: Path) -> None:
    async def what(stage: Stage) -> None:
        await opened(stage)
        await choose(stage, "next step")
        assert stage.live.conductor.state.phase.step == 2
        await opened(stage)
        await choose(stage, "sound")
        assert stage.live.conductor.state.muted

    act(tmp_path, what)


async def until_in(stage: Stage, kind: PhaseKind) -> State:
    """Wait for a phase, and a second of it."""
    while stage.live.conductor.state.current.kind is not kind:
        await stage.wait(1)
    await stage.wait(1)
    return stage.live.conductor.state


def test_longer_is_longer_for_the_hold_that_was_frozen(tmp_path: Path) -> None:
    async def what(stage: Stage) -> None:
        before = await until_in(stage, PhaseKind.HOLD)
        length_ms = before.phase.length_ms
        await opened(stage)
        await choose(stage, "longer")
        state = stage.live.conductor.state
        ceiling = state.exercise_of(before.phase).ceiling  # type: ignore[union-attr]
        assert ceiling is not None
        assert ceiling.hold_ms is not None
        assert length_ms < state.plan[before.index].length_ms <= ceiling.hold_ms
        assert state.status is Status.RUNNING
        assert state.settle is not None
        assert "longer" in stage.text

    act(tmp_path, what)


def test_start_now_starts(tmp_path: Path) -> None:
    async def what(stage: Stage) -> None:
        await opened(stage)
        await choose(stage, "start now")
        state = stage.live.conductor.state
        assert state.status is Status.RUNNING
        assert state.current.kind not in (PhaseKind.PREPARE, PhaseKind.REST)
        assert state.settle is None

    act(tmp_path, what)


def test_what_is_done_at_ones_own_pace_is_finished_from_it(tmp_path: Path) -> None:
    folder = tmp_path / "config" / "routines"
    folder.mkdir(mode=0o700, parents=True)
    (folder / "own-pace.toml").write_text(OWN_PACE)

    async def what(stage: Stage) -> None:
        await until_in(stage, PhaseKind.SELF_PACED)
        await opened(stage)
        await choose(stage, "done")
        (done,) = stage.live.conductor.state.done
        assert done.reps == 3
        assert stage.live.conductor.state.phase.set == 2

    act(tmp_path, what, "own-pace")


@pytest.mark.parametrize("words", ["Easier", "It aches", "Sound off", "Again"])
@pytest.mark.parametrize("paused", [False, True])
def test_what_goes_in_a_pause_too_leaves_it_as_it_was(
    tmp_path: Path, words: str, *, paused: bool
) -> None:
    """Frozen by the palette it goes on; paused by the person it stays so."""

    async def what(stage: Stage) -> None:
        await until_in(stage, PhaseKind.HOLD)
        if paused:
            await stage.press("space")
        await opened(stage)
        await choose(stage, words)
        assert status(stage) is (Status.PAUSED if paused else Status.RUNNING)

    act(tmp_path, what)


@pytest.mark.parametrize("words", ["Stop menu", "End here", "Keys", "It hurts: stop"])
def test_what_freezes_is_done_as_its_key_does_it(tmp_path: Path, words: str) -> None:
    async def what(stage: Stage) -> None:
        await opened(stage)
        await choose(stage, words)
        assert status(stage) in (Status.MENU, Status.ASKING, Status.HELP, Status.STOPPED)

    act(tmp_path, what)


def test_a_key_before_it_never_keeps_it_from_freezing(tmp_path: Path) -> None:
    """`space` twice and then the palette: its own pause is no repeat of theirs."""

    async def what(stage: Stage) -> None:
        for key in ("space", "space"):
            stage.clock.advance(800)
            await stage.pilot.press(key)
        await stage.settled()
        assert status(stage) is Status.RUNNING
        stage.clock.advance(100)
        await opened(stage)
        assert status(stage) is Status.PAUSED

    act(tmp_path, what)


@pytest.mark.parametrize("key", ["x", "X", ".", "ч", "χ", "ctrl+x", "alt+x", "delete", "backspace"])
def test_stop_keys_stop_in_it_at_once(tmp_path: Path, key: str) -> None:
    assert key in STOP_KEYS

    async def what(stage: Stage) -> None:
        await opened(stage)
        await stage.pilot.press("full_stop" if key == "." else key)
        await stage.settled()
        assert stage.shows(PlayerScreen)
        assert stage.live.conductor.state.status is Status.STOPPED

    act(tmp_path, what)


@pytest.mark.parametrize(
    ("key", "character"),
    [
        ("ctrl+delete", None),
        ("shift+delete", None),
        ("alt+delete", None),
        ("shift+backspace", None),
        ("ctrl+x", "\x18"),
        ("alt+x", "x"),
        ("alt+shift+x", "X"),
    ],
)
def test_what_neither_types_nor_edits_stops_while_a_command_is_looked_for(
    tmp_path: Path, key: str, character: str | None
) -> None:
    async def what(stage: Stage) -> None:
        await opened(stage)
        await stage.pilot.press("n", "e")
        for _ in range(2):
            stage.app.post_message(events.Key(key, character))
        await stage.settled()
        assert stage.shows(PlayerScreen)
        assert status(stage) is Status.STOPPED

    act(tmp_path, what)


def test_the_keys_that_edit_are_those_of_the_line() -> None:
    edits = {
        key
        for binding in Input.BINDINGS
        if isinstance(binding, Binding) and binding.action.startswith("delete")
        for key in binding.key.split(",")
    }
    assert set(EDITING) == edits & STOP_KEYS


def test_letters_look_for_commands_and_backspace_edits_while_there_is_something(
    tmp_path: Path,
) -> None:
    async def what(stage: Stage) -> None:
        await opened(stage)
        await stage.pilot.press("n", "e", "backspace")
        assert stage.app.screen.query_one(CommandInput).value == "n"
        await stage.pilot.press("backspace")
        assert stage.shows(CommandPalette)
        assert status(stage) is Status.PAUSED
        await stage.pilot.press("backspace")
        await stage.settled()
        assert status(stage) is Status.STOPPED

    act(tmp_path, what)


def test_x_in_it_at_home_opens_it_hurts_now(tmp_path: Path) -> None:
    async def what(stage: Stage) -> None:
        await opened(stage, ":")
        await stage.pilot.press("n", "x")
        await stage.settled()
        assert stage.shows(HurtsScreen)
        stage.clock.advance(1000)
        await stage.pilot.press("escape")
        assert stage.shows(HomeScreen)

    act(tmp_path, what, None)


def test_a_session_that_ends_under_it_shows_its_summary(tmp_path: Path) -> None:
    async def what(stage: Stage) -> None:
        await stage.pilot.press("x")
        await stage.settled()
        await stage.wait(2)
        await opened(stage)
        player = next(each for each in stage.app.screen_stack if isinstance(each, PlayerScreen))
        for _ in range(700):
            stage.clock.advance(1000)
            player.tick()
        await stage.settled()
        await until(stage, lambda: "HOW MUCH NOW?" in stage.text)
        assert [type(each).__name__ for each in stage.app.screen_stack][1:] == ["SummaryScreen"]

    act(tmp_path, what)


@pytest.mark.parametrize("stopped", [False, True], ids=["playing", "stopped"])
@pytest.mark.parametrize(
    "keys",
    [["enter"] * 2, ["enter"] * 5, ["escape"] * 2, ["escape", "enter"], ["x", "x"], ["x", "enter"]],
    ids="-".join,
)
def test_keys_in_one_go_close_nothing_but_it(
    tmp_path: Path, keys: list[str], *, stopped: bool
) -> None:
    """The second came where Textual would have closed the player's screen, the third its last."""

    async def what(stage: Stage) -> None:
        if stopped:
            await stage.pilot.press("x")
            await stage.settled()
            await stage.wait(2)
        await opened(stage)
        palette = stage.app.screen
        for key in keys:
            stage.app.post_message(events.Key(key, {"escape": "\x1b", "enter": "\r"}.get(key, key)))
        await until(stage, lambda: stage.app.screen is not palette)
        await stage.settled()
        assert [type(each) for each in stage.app.screen_stack][1:] == [PlayerScreen]

    act(tmp_path, what)


def test_what_is_chosen_twice_in_one_go_is_done_once(tmp_path: Path) -> None:
    async def what(stage: Stage) -> None:
        await opened(stage)
        stage.app.screen.query_one(CommandInput).value = "Sound off"
        await stage.app.workers.wait_for_complete()
        muted = stage.live.conductor.state.muted
        # After an odd number of times it would be as after once.
        for _ in range(4):
            stage.app.post_message(events.Key("enter", "\r"))
        await until(stage, lambda: stage.shows(PlayerScreen))
        await stage.settled()
        assert stage.live.conductor.state.muted is not muted

    act(tmp_path, what)


def test_a_theme_is_worn_at_once_by_what_is_shown(tmp_path: Path) -> None:
    async def what(stage: Stage) -> None:
        before = stage.text
        assert stage.app.palette.name == DARK.name
        await opened(stage)
        line = stage.app.screen.query_one(CommandInput)
        line.value = "theme"
        await stage.app.workers.wait_for_complete()
        palette = stage.app.screen
        await stage.pilot.press("enter")
        await until(stage, lambda: stage.app.screen not in (palette, stage.app.screen_stack[1]))
        await until(stage, lambda: stage.app.screen.has_class("-ready"))
        await choose(stage, "light")
        await until(stage, lambda: stage.app.palette.ground == LIGHT.ground)
        await until(stage, lambda: bool(stage.app.screen.query(Picture)) and bool(stage.text))
        assert stage.app.screen.query_one(Picture).render_line(0)
        assert "Bird-dogs" in stage.text
        assert "Bird-dogs" in before
        style = stage.app.screen.query_one(Picture).render_line(1)._segments[0].style
        assert style is not None
        assert style.bgcolor is not None
        assert style.bgcolor.name == LIGHT.ground

    act(tmp_path, what)


def test_it_is_not_loaded_before_it_is_opened(tmp_path: Path) -> None:
    code = "import sys, backcoach.tui.app; print('backcoach.tui.commands_palette' in sys.modules)"
    done = Program(tmp_path).python(code)
    assert done.stdout == "False\n", done.stderr


def test_every_key_of_the_player_has_its_command(tmp_path: Path) -> None:
    async def what(stage: Stage) -> None:
        state = stage.live.conductor.state
        offered = {read_key(state, command.key).kind for command in PLAYER}
        assert InputKind.OTHER not in offered
        keys = ("x", "space", "n", "left", "+", "-", "a", "e", "enter", "m", "escape", "q", "?")
        assert offered == {read_key(state, key).kind for key in keys}

    act(tmp_path, what)


@pytest.mark.parametrize("table", [PLAYER, STOP, HOME, BRIEF, SUMMARY, NOTES, HURTS])
def test_a_table_has_each_name_and_key_once(table: tuple[object, ...]) -> None:
    commands = [*table]
    for words in ("name", "key"):
        assert len({getattr(command, words) for command in commands}) == len(commands)


# What is no key


def test_a_click_on_the_stop_is_a_stop_and_one_elsewhere_pauses(tmp_path: Path) -> None:
    async def on_stop(stage: Stage) -> None:
        rows = stage.app.screen.draw(100, 30).rows()  # type: ignore[attr-defined]
        row = next(y for y, spans in enumerate(rows) if any(ink is Role.STOP for _, ink in spans))
        await stage.pilot.mouse_down(offset=(2, row))
        await stage.settled()
        assert stage.live.conductor.state.status is Status.STOPPED

    async def elsewhere(stage: Stage) -> None:
        await stage.pilot.mouse_down(offset=(60, 5))
        assert stage.live.conductor.state.status is Status.MENU

    act(tmp_path, on_stop)
    act(tmp_path, elsewhere)


def test_pasted_text_pauses_whatever_letters_are_in_it(tmp_path: Path) -> None:
    async def what(stage: Stage) -> None:
        from textual.events import Paste

        stage.app.screen.post_message(Paste("x q n enter"))
        await stage.pilot.pause()
        assert stage.live.conductor.state.status is Status.MENU
        assert stage.live.conductor.state.phase.step == 1

    act(tmp_path, what)
