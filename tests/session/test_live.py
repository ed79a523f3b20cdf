"""What the screens may ask of a session that runs."""

from dataclasses import dataclass, field

from session_building import Conducted

from backcoach.coach.checkin import CheckIn
from backcoach.player.state import Outcome
from backcoach.session.clock import Moment
from backcoach.session.live import Live


@dataclass
class Notebook:
    """A keeper that keeps everything in memory."""

    problem: str = ""
    written: bool = True
    elsewhere: str = ""
    notes: list[tuple[str, object, int, int]] = field(default_factory=list)

    def note(self, kind: str, value: object, active_ms: int, moment: Moment) -> None:
        """Remember it."""
        self.notes.append((kind, value, active_ms, moment.monotonic_ms))

    def finish(self) -> None:
        """Nothing is left to write."""

    def close(self, timeout: float) -> bool:
        """Nothing is left to write."""
        return timeout >= 0

    def save_elsewhere(self) -> str:
        """A place that has to be quoted."""
        return self.elsewhere


def begun() -> tuple[Live, Notebook, Conducted]:
    """A session, three seconds old."""
    session = Conducted()
    keeper = Notebook()
    live = Live(session.conductor, keeper, CheckIn(2, nothing_new=True), session.clock)
    session.wait(3000)
    session.clock.advance(500)
    return live, keeper, session


def test_the_pain_afterwards_is_written_down() -> None:
    live, keeper, _ = begun()
    live.score(4)

    assert keeper.notes == [("pain-after", 4, 3000, 3500)]


def test_what_was_not_saved_says_why_and_where_it_is() -> None:
    live, keeper, _ = begun()
    keeper.problem, keeper.elsewhere = "history.db: the disk is full", "/tmp/my files/one.jsonl"
    assert live.keep_elsewhere() == (
        "Not saved in the history: history.db: the disk is full. It is kept: "
        "`backcoach import '/tmp/my files/one.jsonl'` brings it in."
    )
    keeper.problem, keeper.elsewhere = "", ""
    assert live.keep_elsewhere() == (
        "Not saved in the history: the disk is busy. No other folder takes it either."
    )


def test_what_ached_is_written_down_whole_each_time() -> None:
    live, keeper, _ = begun()
    for number in (2, 1, 2):
        live.mark_ache(number)

    assert [(kind, value) for kind, value, *_ in keeper.notes] == [
        ("ached-after", [2]),
        ("ached-after", [1, 2]),
        ("ached-after", [1]),
    ]
    assert live.ached == {1}
    assert live.began.monotonic_ms == 0


def test_an_end_at_once_asks_nobody() -> None:
    live, keeper, session = begun()
    live.end_at_once()

    assert keeper.notes == [("end", "interrupted", 3000, 3500)]
    assert not session.conductor.ended


def test_what_has_ended_is_not_ended_again() -> None:
    live, keeper, session = begun()
    live.interrupt()
    live.end_at_once()

    assert session.conductor.state.outcome is Outcome.INTERRUPTED
    assert session.active_ms == 3500
    assert keeper.notes == []


def test_nobody_has_to_listen() -> None:
    live, _, _ = begun()

    live.on_saved("stop", 1)
