"""The safety notes, on a first run: accepted once, before anything else but `x`."""

from backcoach.tui.canvas import Canvas
from backcoach.tui.commands import NOTES
from backcoach.tui.pictures.notes import draw_notes
from backcoach.tui.screens.picture_screen import PictureScreen


class NotesScreen(PictureScreen):
    """Shows the notes until they are accepted."""

    commands = NOTES
    _scroll = 0
    _most = 0

    def draw(self, width: int, height: int) -> Canvas:
        """The notes from the present line on."""
        canvas, self._most = draw_notes(self._scroll, width, height)
        return canvas

    def press(self, key: str) -> None:
        """Scroll, accept at their end, or leave."""
        match key:
            case "enter" | "space" | "down" | "j" | "pagedown" if self._scroll < self._most:
                page = 1 if key in ("down", "j") else max(1, self.size.height - 6)
                self._scroll = min(self._most, self._scroll + page)
                self.redraw()
            case "up" | "k" | "pageup":
                self._scroll = max(0, self._scroll - 1)
                self.redraw()
            case "enter":
                self.coach.accept_notes()
            case "q":
                self.coach.leave()
            case _:
                pass
