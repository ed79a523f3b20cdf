"""The command palette: Textual's own, under the product's rules. Loaded when it is opened."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, ClassVar, cast

from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.command import CommandInput, CommandPalette, SearchIcon, SimpleCommand, SimpleProvider
from textual.markup import escape

from backcoach.document.problems import plain_text
from backcoach.errors import BackcoachError
from backcoach.player.keys import STOP_KEYS
from backcoach.tui.commands import Command
from backcoach.tui.themes import theme_names

if TYPE_CHECKING:
    from backcoach.tui.app import CoachApp
    from backcoach.tui.screens.picture_screen import PictureScreen

EDITING = ("alt+backspace", "backspace", "ctrl+backspace", "ctrl+w", "delete")
"""Stop keys that edit for as long as there is something to edit."""


def _bound(key: str) -> str:
    return "full_stop" if key == "." else key


class Commands(CommandPalette):
    """Finds and does what the screen below can do. Stop keys stop in it too, at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            ",".join(sorted({_bound(key) for key in STOP_KEYS if key not in EDITING})),
            "stop",
            priority=True,
            show=False,
        ),
        Binding(",".join(EDITING), "stop_unless_editing", priority=True, show=False),
        Binding("ctrl+c", "interrupt", priority=True, show=False),
    ]

    def on_mount(self) -> None:
        """Let stop keys past the line that is edited, and show no sign that some fonts lack."""
        self.query_one(SearchIcon).icon = ">"
        # Textual takes every letter that a line could take out of its screen's bindings.
        line = self.query_one(CommandInput)
        line.check_consume_key = lambda *_: False  # type: ignore[method-assign]

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close it, once: of two quick keys the second would close the screen below."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()

    def action_stop(self) -> None:
        """It hurts."""
        coach = cast("CoachApp", self.app)
        if not self.is_mounted:
            # It isn't there yet: closed now, Textual would look for what it never made.
            self.call_later(self.action_stop)
            return
        self.dismiss()
        coach.open_hurts()

    def action_stop_unless_editing(self) -> None:
        """The same, in an empty line."""
        self.action_stop()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether delete and backspace mean the stop: only where they have nothing to delete."""
        del parameters
        typed = any(line.value for line in self.query(CommandInput))
        return action != "stop_unless_editing" or not typed

    def action_interrupt(self) -> None:
        """Ctrl-C ends the program, here too."""
        cast("CoachApp", self.app).interrupt_by_key()


def open_commands(screen: "PictureScreen", commands: Sequence[Command]) -> None:
    """Show what a screen can do. What is chosen is done there."""

    def doing(command: Command) -> Callable[[], None]:
        # A second, quick enter chooses it once more.
        return cache(lambda: screen.receive(command.key, chosen=True))

    offered = [
        # Names may come from files: to Textual, words in brackets would be colours.
        SimpleCommand(escape(each.name), doing(each), escape(f"{each.shown}   {each.help}"))
        for each in commands
    ]
    themes = cache(lambda: open_themes(screen))
    theme = SimpleCommand("Theme", themes, "dark, light, and others")
    _open(screen, [*offered, theme], "What to do?")


def open_themes(screen: "PictureScreen") -> None:
    """Show the themes. The chosen one is worn at once, and the next time too."""
    coach = screen.coach

    def wearing(name: str) -> Callable[[], None]:
        @cache
        def wear() -> None:
            coach.use_theme(name)
            try:
                coach.wiring.keep_theme(name)
            except BackcoachError as error:
                coach.last_words.append(plain_text(f"The theme isn't kept. {error}"))

        return wear

    _open(screen, [SimpleCommand(name, wearing(name)) for name in theme_names()], "Which theme?")


def _open(screen: "PictureScreen", commands: list[SimpleCommand], asks: str) -> None:
    provider = SimpleProvider(screen, list(commands))
    # It is called like a class; that it is an object, Textual's own annotations forget.
    screen.app.push_screen(Commands([cast("type[SimpleProvider]", provider)], placeholder=asks))
