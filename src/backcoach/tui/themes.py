"""Which themes there are: ours, and Textual's, where what can't be read falls back to ours."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Final

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from backcoach.tui.colours import contrast, distance, hex_of_256, least_distance, mix
from backcoach.tui.colours import nearest_of_256 as nearest
from backcoach.tui.depth import Depth
from backcoach.tui.theme import DARK, DARK_256, LIGHT, LIGHT_256, WHITE, Palette

OURS: Final = ("dark", "light", "auto")
TEXT: Final = 7.0
READ: Final = 4.5
SEEN: Final = 3.0
AHEAD: Final = 2.0
"""The least contrasts: of texts, of words in colour, of graphics, of what is still to come."""
TOLD_APART: Final = 11.0
"""How far apart our own light palette keeps its phases: no theme's may be closer."""
_STEPS: Final = 20

Phases = tuple[str, str, str, str]


def theme_names() -> tuple[str, ...]:
    """Every theme there is: ours, then Textual's."""
    return (*OURS, *sorted(BUILTIN_THEMES))


def find_palette(name: str, depth: Depth, *, light: bool = False) -> Palette:
    """The palette of a theme; our dark one where there is none of this name.

    Args:
        depth: how many colours the terminal has.
        light: whether its ground is light, for `auto`.
    """
    theme = BUILTIN_THEMES.get(name)
    if theme is None:
        bright = name == "light" or (name == "auto" and light)
        return _ours(dark=not bright, depth=depth)
    if theme.ansi and depth.mixes:
        depth = Depth.COLOURS_16
    if depth.mixes:
        return _of_textual(name, depth)
    return replace(_ours(dark=theme.dark, depth=depth), name=name)


def _ours(*, dark: bool, depth: Depth) -> Palette:
    if depth is Depth.COLOURS_256:
        return DARK_256 if dark else LIGHT_256
    return replace(DARK if dark else LIGHT, depth=depth)


def theme_of(palette: Palette) -> Theme:
    """A palette as Textual's own widgets have it."""
    if not palette.depth.mixes:
        # The terminal's own colours: whatever was mixed for it would be another one's guess.
        return BUILTIN_THEMES["ansi-dark" if palette.dark else "ansi-light"]
    return Theme(
        name=f"backcoach-{palette.name}",
        primary=palette.rest,
        secondary=palette.muted,
        warning=palette.prepare,
        error=palette.stop,
        success=palette.hold,
        accent=palette.hold,
        foreground=palette.text,
        background=palette.ground,
        surface=palette.panel,
        panel=palette.panel,
        dark=palette.dark,
    )


@cache
def _of_textual(name: str, depth: Depth) -> Palette:
    theme = BUILTIN_THEMES[name]
    ours = _ours(dark=theme.dark, depth=depth)
    given = theme.to_color_system().generate()

    def shown(colour: str) -> str:
        return hex_of_256(nearest(colour)) if depth is Depth.COLOURS_256 else colour

    def of(key: str) -> str:
        return shown(Color.parse(given[key]).hex6.lower())

    ground = of("background")
    white_or_black = WHITE if theme.dark else "#000000"
    panel = next(
        each
        for each in (of("panel"), of("surface"), shown(mix(ground, white_or_black, 0.08)), ground)
        if each == ground or contrast(white_or_black, each) >= 2 * READ
    )

    def lifted(colour: str, least: float) -> str:
        """As much nearer to white, or to black, as it needs to be for this contrast."""
        for step in range(_STEPS):
            nearer = shown(mix(colour, white_or_black, step / _STEPS))
            if min(contrast(nearer, ground), contrast(nearer, panel)) >= least:
                return nearer
        return white_or_black

    text = lifted(of("foreground"), TEXT)
    carry = lifted(mix(ground, of("success"), 0.5), SEEN)
    prepare, hold, rest, switch = _phases(
        (of("warning"), of("success"), of("primary"), of("secondary")), ours, ground, lifted
    )
    return Palette(
        name=name,
        dark=theme.dark,
        ground=ground,
        panel=panel,
        text=text,
        muted=lifted(mix(ground, text, 0.6), READ),
        prepare=prepare,
        hold=hold,
        rest=rest,
        switch=switch,
        carry=carry,
        floor=carry,
        prop=lifted(mix(ground, text, 0.4), SEEN),
        ahead=lifted(mix(ground, text, 0.3), AHEAD),
        stop=ours.stop,
        depth=depth,
    )


def _phases(
    theirs: Phases, ours: Palette, ground: str, lifted: Callable[[str, float], str]
) -> Phases:
    """The theme's own where they can be told apart, else ours in the places of those that can't."""
    usual = tuple(lifted(colour, READ) for colour in ours.phases)
    mixed = []
    for number, colour in enumerate(theirs):
        others = (*theirs[:number], *theirs[number + 1 :], ours.stop)
        apart = min(distance(colour, other) for other in others) >= TOLD_APART
        mixed.append(colour if apart and contrast(colour, ground) >= READ else usual[number])
    chosen = mixed if least_distance((*mixed, ours.stop)) >= TOLD_APART else usual
    prepare, hold, rest, switch = chosen
    return prepare, hold, rest, switch
