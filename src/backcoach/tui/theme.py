"""The colours of the roles. Their contrasts and distances were chosen for two metres."""

from dataclasses import dataclass
from typing import Final

from rich.style import Style

from backcoach.tui.ansi import COLOURLESS, DARK_16, LIGHT_16
from backcoach.tui.canvas import Role
from backcoach.tui.colours import hex_of_256, mix, nearest_of_256
from backcoach.tui.depth import Depth

WHITE: Final = "#ffffff"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, as `#rrggbb`, and in how many of them it is shown."""

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
    floor: str
    prop: str
    ahead: str
    stop: str
    depth: Depth = Depth.TRUE

    @property
    def phases(self) -> tuple[str, str, str, str]:
        """What has to be told apart."""
        return self.prepare, self.hold, self.rest, self.switch

    def colour(self, role: Role) -> str:
        """The colour that a role is drawn in; of a panel, its ground."""
        # Roles that have a colour of their own are called like it.
        colour: str = getattr(self, role.value, self.text)
        return colour

    def styles(self) -> dict[Role, Style]:
        """The style of each role."""
        if self.depth is Depth.NONE:
            return COLOURLESS
        if self.depth is Depth.COLOURS_16:
            return DARK_16 if self.dark else LIGHT_16

        return {
            **{role: self.style(self.colour(role), self.ground) for role in Role},
            Role.STRONG: self.style(self.text, self.ground, bold=True),
            Role.PANEL: self.style(self.text, self.panel, bold=True),
            Role.PANEL_MUTED: self.style(self.muted, self.panel),
            Role.KEY: self.style(self.text, self.panel, bold=True),
            Role.STOP: self.style(WHITE, self.stop, bold=True),
            Role.SELECTED: self.style(self.ground, self.hold, bold=True),
        }

    def style(self, colour: str, ground: str, *, bold: bool = False) -> Style:
        """A style of two of its colours, or of mixtures of them."""
        return Style(color=self._shown(colour), bgcolor=self._shown(ground), bold=bold)

    def pixel(self, role: Role, shade: int, of: int) -> str:
        """What a pixel is painted with that a role covers in part; Rich reads it.

        Args:
            shade: how much of it, from 0, the ground, to `of`, the role's colour.
        """
        return self._shown(mix(self.ground, self.colour(role), shade / of))

    def _shown(self, colour: str) -> str:
        # Rich's own choice of 256 puts our ground and our panel on the same black.
        return f"color({nearest_of_256(colour)})" if self.depth is Depth.COLOURS_256 else colour


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
    floor="#4c8672",
    prop="#6b7a88",
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
    floor="#6c8a80",
    prop="#7a8690",
    ahead="#87949d",
    stop="#b3261e",
)

# The nearest of 256 would be closer to each other than anyone could tell: these are chosen.
DARK_256: Final = Palette(
    name=DARK.name,
    dark=True,
    ground=hex_of_256(233),
    panel=hex_of_256(236),
    text=hex_of_256(255),
    muted=hex_of_256(249),
    prepare=hex_of_256(221),
    hold=hex_of_256(85),
    rest=hex_of_256(69),
    switch=hex_of_256(205),
    carry=hex_of_256(66),
    floor=hex_of_256(66),
    prop=hex_of_256(243),
    ahead=hex_of_256(242),
    stop=hex_of_256(160),
    depth=Depth.COLOURS_256,
)
LIGHT_256: Final = Palette(
    name=LIGHT.name,
    dark=False,
    ground=hex_of_256(231),
    panel=hex_of_256(255),
    text=hex_of_256(234),
    muted=hex_of_256(240),
    prepare=hex_of_256(236),
    hold=hex_of_256(23),
    rest=hex_of_256(19),
    switch=hex_of_256(90),
    carry=hex_of_256(66),
    floor=hex_of_256(66),
    prop=hex_of_256(244),
    ahead=hex_of_256(246),
    stop=hex_of_256(160),
    depth=Depth.COLOURS_256,
)
