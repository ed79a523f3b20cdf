"""The least that a Textual app can be: what the program is measured against.

One text that counts key presses; with the argument `tick`, digits that change every second too.
"""

import sys

from textual import events, widgets
from textual.app import App, ComposeResult


class BareApp(App[None]):
    """Counts keys.

    Args:
        ticking: whether it counts seconds as well.
    """

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, *, ticking: bool) -> None:
        super().__init__()
        self._keys = 0
        self._seconds = 300
        self._text = widgets.Static("bare: 0 keys")
        # Textual loads a widget when it is first named: the still app doesn't pay for this one.
        self._digits = widgets.Digits("300") if ticking else None

    def compose(self) -> ComposeResult:
        """The text, and the digits where there are any."""
        yield self._text
        if self._digits is not None:
            yield self._digits

    def on_mount(self) -> None:
        """Begin to count."""
        if self._digits is not None:
            self.set_interval(1.0, self._tick)

    def _tick(self) -> None:
        self._seconds -= 1
        if self._digits is not None:
            self._digits.update(str(self._seconds))

    def on_key(self, event: events.Key) -> None:
        """Count a key."""
        event.stop()
        self._keys += 1
        self._text.update(f"bare: {self._keys} keys")


if __name__ == "__main__":
    BareApp(ticking="tick" in sys.argv).run()
