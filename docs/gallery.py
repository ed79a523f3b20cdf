"""Draw every screen at several sizes, as SVG: `python docs/gallery.py FOLDER`.

Real screens with a real timeline and the time handed in. The README's picture is one of them.
"""

import asyncio
import html
import re
import sys
import tempfile
from pathlib import Path

from backcoach.cli.wiring import make_begin
from backcoach.paths import Paths
from backcoach.routines.finding import list_entries, quick_name
from backcoach.routines.library import Library
from backcoach.session.clock import HandedClock
from backcoach.timeline.model import Timeline
from backcoach.tui.app import CoachApp, Wiring
from backcoach.tui.screens.player import PlayerScreen

SIZES = ((40, 12), (80, 24), (120, 40))
EVENING_MS = 1_778_000_000_000

Moves = tuple[int | str, ...]
"""Numbers are milliseconds that pass, texts are keys."""

SCREENS: dict[str, tuple[str | None, Moves]] = {
    "home": (None, ()),
    "brief": ("core-foundation", ()),
    "get-ready": ("bird-dogs", ("1", 14_000)),
    "hold": ("bird-dogs", ("1", 170_500)),
    "rest": ("bird-dogs", ("1", 214_000)),
    "switch": ("bird-dogs", ("1", 188_000)),
    "paused": ("bird-dogs", ("1", 170_500, "space")),
    "menu": ("bird-dogs", ("1", 170_500, "escape")),
    "help": ("bird-dogs", ("1", 170_500, "?")),
    "stop": ("bird-dogs", ("1", 170_500, "x", 900)),
    "stop-where": ("bird-dogs", ("1", 170_500, "x", 900, "4")),
    "stop-how-much": ("bird-dogs", ("1", 170_500, "x", 900, "4", 500, "1")),
    "stop-choice": ("bird-dogs", ("1", 170_500, "x", 900, "4", 500, "1", 500, "3")),
    "stop-rest": ("bird-dogs", ("1", 170_500, "x", 900, "1", 500, "1", 500, "7")),
    "stop-help": ("bird-dogs", ("1", 170_500, "x", 900, "5")),
    "summary": ("bird-dogs", ("1", 257_000)),
    "summary-stopped": ("bird-dogs", ("1", 170_500, "x", 900, "q")),
    "hurts": (None, ("x",)),
    "notes": ("notes", ()),
}


class Studio:
    """One app, its clock, and what to do with it."""

    def __init__(self, folder: Path, routine: str | None) -> None:
        self.clock = HandedClock(EVENING_MS)
        paths = Paths(folder / "data", folder / "config")
        self._library = Library(paths)
        wiring = Wiring(
            clock=self.clock,
            names=lambda: [(entry, quick_name(entry)) for entry in list_entries(paths)],
            load=self._library.load,
            last_completed=dict,
            begin=make_begin(paths, self.clock),
            notes_accepted=routine != "notes",
            accept_notes=lambda: None,
        )
        timeline: Timeline | None = None
        if routine and routine != "notes":
            timeline = self._library.load(self._library.find(routine))
        self.app = CoachApp(wiring, timeline)

    async def draw(self, moves: Moves, size: tuple[int, int]) -> str:
        """The screen after these moves."""
        async with self.app.run_test(size=size) as pilot:
            await pilot.pause()
            self.clock.advance(500)
            for move in moves:
                if isinstance(move, str):
                    await pilot.press(move)
                    await self._settled()
                else:
                    # In steps that no gap rule takes for a machine that slept.
                    for _ in range(move // 1000):
                        self.clock.advance(1000)
                        self._pump()
                    self.clock.advance(move % 1000)
                    self._pump()
                await pilot.pause()
            await self.app.workers.wait_for_complete()
            await pilot.pause()
            return self_contained(self.app.export_screenshot(title="backcoach"))

    def _pump(self) -> None:
        if self.app.live is not None:
            self.app.screen.tick()  # type: ignore[attr-defined]

    async def _settled(self) -> None:
        """Let a session's screen come up, and the recorder say that a stop is written."""
        while (live := self.app.live) and not isinstance(self.app.screen, PlayerScreen):
            await asyncio.sleep(0)
        while live and (stop := live.conductor.state.stop) and not stop.saved:
            await asyncio.sleep(0)


_TEXT = re.compile(
    r'<text class="([^"]*)" x="([^"]*)" y="([^"]*)" textLength="([^"]*)"([^>]*)>(.*?)</text>'
)


_FONT = re.compile(r"@font-face \{.*?\}", re.DOTALL)


def self_contained(picture: str) -> str:
    """The SVG without fonts from elsewhere, and with each word where it stands.

    Some viewers don't give blanks their width.
    """

    def split(found: re.Match[str]) -> str:
        style, x, y, length, rest, content = found.groups()
        text = html.unescape(content)
        cell = float(length) / len(text)
        return "".join(
            f'<text class="{style}" x="{float(x) + run.start() * cell:g}" y="{y}" '
            f'textLength="{len(run[0]) * cell:g}"{rest}>{html.escape(run[0])}</text>'
            for run in re.finditer(r"[^\xa0]+", text)
        )

    return _TEXT.sub(split, _FONT.sub("", picture)).replace(
        "Fira Code", "DejaVu Sans Mono, Menlo, Consolas"
    )


def main(folder: Path) -> None:
    """Draw everything into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SCREENS:
        for size in SIZES:
            (folder / f"{name}-{size[0]}x{size[1]}.svg").write_text(draw(name, size), "utf-8")


def draw(name: str, size: tuple[int, int]) -> str:
    """One screen as an SVG."""
    routine, moves = SCREENS[name]
    with tempfile.TemporaryDirectory() as home:
        return asyncio.run(Studio(Path(home), routine).draw(moves, size))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
