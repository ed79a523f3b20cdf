"""The colours of the roles. Their contrasts and distances were chosen for two metres."""

from dataclasses import dataclass
from typing import Final

from rich.style import Style

from backcoach.tui.canvas import Role


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, as `#rrggbb`."""

    name: str
    dark: bool
    ground: str
    panel: str
    text: str
    muted: str
    prepare: str
    hold: str
    rest: str
    switch: str
    carry: str
    ahead: str
    stop: str

    def styles(self) -> dict[Role, Style]:
        """The style of each role."""

        def on(colour: str, ground: str = self.ground, *, bold: bool = False) -> Style:
            return Style(color=colour, bgcolor=ground, bold=bold)

        return {
            Role.TEXT: on(self.text),
            Role.STRONG: on(self.text, bold=True),
            Role.MUTED: on(self.muted),
            Role.PANEL: on(self.text, self.panel, bold=True),
            Role.PANEL_MUTED: on(self.muted, self.panel),
            Role.PREPARE: on(self.prepare),
            Role.HOLD: on(self.hold),
            Role.REST: on(self.rest),
            Role.SWITCH: on(self.switch),
            Role.PAUSED: on(self.text),
            Role.CARRY: on(self.carry),
            Role.AHEAD: on(self.ahead),
            Role.STOP: on("#ffffff", self.stop, bold=True),
            Role.KEY: on(self.text, self.panel, bold=True),
            Role.SELECTED: on(self.ground, self.hold, bold=True),
        }


DARK: Final = Palette(
    name="backcoach-dark",
    dark=True,
    ground="#0f1419",
    panel="#1a222b",
    text="#f2f5f7",
    muted="#a3b1bf",
    prepare="#eed453",
    hold="#51ec9e",
    rest="#6184fa",
    switch="#e868af",
    carry="#4c8672",
    ahead="#52616f",
    stop="#c62828",
)
LIGHT: Final = Palette(
    name="backcoach-light",
    dark=False,
    ground="#fbfaf7",
    panel="#eeece6",
    text="#14191e",
    muted="#55616d",
    prepare="#4a2e00",
    hold="#0f6c56",
    rest="#083dba",
    switch="#833597",
    carry="#6c8a80",
    ahead="#87949d",
    stop="#b3261e",
)
PALETTES: Final = {palette.name: palette for palette in (DARK, LIGHT)}
