"""Who looks after the history while the program runs, and says once what came of it."""

import threading
from typing import TYPE_CHECKING

from backcoach.cli.saying import say
from backcoach.paths import Paths
from backcoach.session.clock import Clock, utc

if TYPE_CHECKING:
    from backcoach.history.tending import Tended


class Tender:
    """Tends one history, on whatever thread; nothing is loaded for it before.

    Args:
        paths: where the history and its copies are.
        clock: tells when something is done.
    """

    def __init__(self, paths: Paths, clock: Clock) -> None:
        self._paths = paths
        self._clock = clock
        self._lock = threading.Lock()
        self._untold: Tended | None = None

    def look(self) -> None:
        """Tend it, and keep what there is to say."""
        from backcoach.history.tending import tend

        with self._lock:
            tended = tend(self._paths, utc(self._clock.now()))
            # What was found first says more than that it is still so.
            if self._untold is None or not self._untold.notice:
                self._untold = tended

    def tend(self) -> "Tended":
        """Tend it; what nobody was told yet, found earlier or just now."""
        from backcoach.history.tending import Tended

        self.look()
        untold, self._untold = self._untold, None
        return untold or Tended()

    def tell(self) -> None:
        """Say on stderr what nobody was told yet."""
        untold, self._untold = self._untold, None
        if untold is not None and untold.notice:
            from backcoach.document.problems import plain_text

            say(f"backcoach: {plain_text(untold.words)}", err=True)

    def look_if_needed(self) -> None:
        """Tend it where it isn't fine, before a session begins; else that has time."""
        from backcoach.history.rescue import Finding, diagnose

        if diagnose(self._paths.history).finding is not Finding.FINE:
            self.look()
