"""Writes what has changed of a row from where it has changed.

Textual 8.2 cuts such a stretch off at its end only, and writes the row from its start: beside a
figure that breathes, a ring would be sent with all that is left of it.
"""

from rich.console import Console
from textual._compositor import ChopsUpdate, Compositor


class Stretches(ChopsUpdate):
    """What has changed, as it is written to the terminal."""

    def render_segments(self, console: Console) -> str:
        """Each stretch, with where it begins."""
        written = []
        for y, left, right in self.spans:
            for end, (start, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                first, last = max(start, left), min(end, right)
                if strip is not None and first < last:
                    written.append(f"\x1b[{y + 1};{first + 1}H")
                    written.append(strip.crop(first - start, last - start).render(console))
        return "".join(written)


class StretchCompositor(Compositor):
    """Textual's, which hands on stretches."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """What has changed since the last time; None where nothing has."""
        update = super().render_partial_update()
        return update and Stretches(update.chops, update.spans, update.chop_ends)
