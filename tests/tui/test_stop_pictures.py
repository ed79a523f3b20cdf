"""The stop at every size: nothing overlaps, and no key and no word is cut."""

import re
from dataclasses import replace

import pytest
from figure_building import IDS, exercise_of
from player_building import QUITE_WELL, Playing, timeline_of_text
from session_building import ROOT

from backcoach.coach.words import (
    CANT_GET_UP,
    EMERGENCY_QUESTION,
    GET_UP,
    NOT_URGENT,
    SHORT_CHECK,
    TELL_THEM,
    emergency_card,
)
from backcoach.player.keys import answer_keys
from backcoach.player.questions import SHORT_WORDS, WORDS, choices
from backcoach.player.view import StopView, view
from backcoach.player.zones import PainZone
from backcoach.timeline.model import PhaseKind
from backcoach.tui.canvas import Canvas, Role
from backcoach.tui.pictures.notes import draw_hurts
from backcoach.tui.pictures.stop import draw_stop

EMERGENCY = "Emergency 999, 112 or 911"
WRITTEN = "written down at 18:16:40"
SIZES = [(40, 12), (60, 18), (80, 22), (80, 24), (100, 30), (120, 40), (200, 60)]
STATES = {
    "what": "",
    "where": "1",
    "how much": "1 1",
    "red flags": "1 1 4",
    "numb": "5",
    "relief": "1 1 4 n",
    "relief, ready": "1 1 4 n +130",
    "relief, over for certain": "1 1 7 n",
    "side": "1 1 4 n 2",
    "again": "1 1 4 n +130 enter",
    "go on": "1 1 4 n +130 enter 2",
    "rest": "1 1 4 n +130 enter 6",
    "leg gone": "1 4 4 n enter 2",
    "choice": "4 1 3",
    "card": "1 !",
    "card due": "5 y",
    "same day": "5 n",
    "breathe": "space",
    "breathing": "+12",
}


def stop_after(keys: str, zone: PainZone = QUITE_WELL) -> StopView:
    """The stop in a bird-dog after these keys; `+130` waits so many seconds."""
    text = (ROOT / "routines" / "core-foundation.toml").read_text("utf-8")
    playing = Playing(timeline_of_text(text), zone=zone)
    playing.until(PhaseKind.HOLD, 2000)
    playing.key("x")
    for key in keys.split():
        if key.startswith("+"):
            playing.wait(int(key) * 1000)
        else:
            playing.key(key)
    seen = view(playing.state).stop
    assert seen is not None
    return seen


def words_of(canvas: Canvas) -> str:
    """All that is written on it, in one line."""
    return " ".join(canvas.text().split())


def caps(canvas: Canvas) -> list[str]:
    """The key caps, as they are drawn."""
    roles = (Role.KEY, Role.SELECTED)
    return [text.strip() for row in canvas.rows() for text, role in row if role in roles]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", STATES)
def test_every_key_that_does_something_is_shown_whole(name: str, size: tuple[int, int]) -> None:
    stop = stop_after(STATES[name])
    canvas = draw_stop(stop, *size, WRITTEN, EMERGENCY)
    shown = caps(canvas)
    assert "q" in shown
    if not stop.card:
        for key in answer_keys(stop.question):
            assert key in shown
        for option in stop.options:
            assert option.key in shown
            assert all(word in canvas.text() for word in option.words.split())
        for number in range(len(stop.positions)):
            assert str(number + 1) in shown
        assert "!" in shown
        assert "card" in canvas.text()
        assert ("z" in shown) == stop.mistakable
    assert re.search(r"q  end( and save)?\b", canvas.text())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", STATES)
def test_every_answer_and_every_sign_is_readable(name: str, size: tuple[int, int]) -> None:
    stop = stop_after(STATES[name])
    text = words_of(draw_stop(stop, *size, WRITTEN, EMERGENCY))
    assert "…" not in text.replace("breathe in …", "").replace("… and breathe", "") or size[0] < 80
    if size != (40, 12) or name != "where":
        assert EMERGENCY in text or "Call 999, 112 or 911" in text or "call 999" in text
    if stop.card:
        return
    for value in choices(stop.question):
        if isinstance(value, str) and value in WORDS:
            assert WORDS[value] in text or SHORT_WORDS[value] in text
    if stop.question == "red-flags":
        assert all(sign in text for sign in SHORT_CHECK)
        assert "none of them" in text


@pytest.mark.parametrize("size", SIZES)
def test_the_card_is_whole_at_every_size(size: tuple[int, int]) -> None:
    for keys in ("5 y", "!"):
        text = words_of(draw_stop(stop_after(keys), *size, WRITTEN, EMERGENCY))
        assert all(line in text for line in emergency_card(EMERGENCY))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["rest", "relief, over for certain", "go on"])
def test_why_is_always_said(name: str, size: tuple[int, int]) -> None:
    stop = stop_after(STATES[name])
    assert stop.why
    assert stop.why in words_of(draw_stop(stop, *size, WRITTEN, EMERGENCY))


def test_nothing_is_asked_before_it_is_known_whether_it_is_written() -> None:
    text = draw_stop(stop_after(""), 80, 24, "", EMERGENCY).text()
    assert "WHAT WAS IT?" not in text


@pytest.mark.parametrize(
    ("size", "drawn"),
    [((40, 12), 0), ((80, 24), 1), ((90, 25), 1), ((100, 30), 1), ((200, 60), 1)],
)
def test_a_figure_has_a_region_of_its_own(size: tuple[int, int], drawn: int) -> None:
    for keys in STATES.values():
        regions: list[tuple[int, int, int, int]] = []

        def figure(canvas: Canvas, x: int, y: int, width: int, height: int) -> None:
            for row in range(y, y + height):
                assert canvas.text().splitlines()[row][x : x + width].strip() == ""
            regions.append((x, y, width, height))  # noqa: B023

        draw_stop(stop_after(keys), *size, WRITTEN, EMERGENCY, figure)
        assert len(regions) == drawn
        for x, y, width, height in regions:
            assert width >= 18
            assert height >= 7
            assert x + width <= size[0]
            assert y + height <= size[1]


def test_a_narrow_window_has_the_figure_below_where_there_is_room() -> None:
    drawn = []
    for keys in STATES.values():

        def figure(canvas: Canvas, x: int, y: int, width: int, height: int) -> None:
            below = [line[x : x + width] for line in canvas.text().splitlines()[y : y + height]]
            drawn.append("".join(below).strip() == "" and height >= 7)

        draw_stop(stop_after(keys), 40, 24, WRITTEN, EMERGENCY, figure)
    assert all(drawn)
    assert len(drawn) > len(STATES) / 2


@pytest.mark.parametrize("width", [80, 90, 100])
def test_beside_a_figure_all_that_is_to_be_done_is_there(width: int) -> None:
    asked, resting = stop_after(""), stop_after("1 1 4 n")
    stops = [replace(asked, exit=exercise_of(name).cues.exit) for name in IDS]
    stops += [replace(resting, position=position) for position in resting.positions]
    for stop in stops:
        text = words_of(draw_stop(stop, width, 24, WRITTEN, EMERGENCY, _nothing))
        words = stop.position.cues.setup if stop.position else stop.exit
        assert " ".join(words) in text
        assert "Take your time." in text


def _nothing(*_: object) -> None:
    """A figure that leaves its rectangle empty."""


@pytest.mark.parametrize("name", STATES)
def test_red_is_for_stop_and_the_card_alone(name: str) -> None:
    stop = stop_after(STATES[name])
    canvas = draw_stop(stop, 100, 30, WRITTEN, EMERGENCY)
    below = [text for row in canvas.rows()[5:] for text, role in row if role is Role.STOP]
    assert bool(below) == bool(stop.card)


# It hurts now, outside a session


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("pain", [0, 9])
def test_the_question_and_the_number_are_whole(size: tuple[int, int], pain: int) -> None:
    canvas = draw_hurts(True, None, EMERGENCY, *size, pain)
    assert EMERGENCY_QUESTION in words_of(canvas)
    for word in EMERGENCY.split():
        assert word in words_of(canvas)
    assert caps(canvas) == ["y", "n", "esc"]


@pytest.mark.parametrize("size", SIZES)
def test_after_a_no_it_says_how_to_get_up(size: tuple[int, int]) -> None:
    text = words_of(draw_hurts(True, False, EMERGENCY, *size))
    assert NOT_URGENT in text
    assert CANT_GET_UP in text
    assert GET_UP in text


@pytest.mark.parametrize("size", SIZES)
def test_after_a_yes_there_is_the_card(size: tuple[int, int]) -> None:
    text = words_of(draw_hurts(True, True, EMERGENCY, *size))
    assert all(line in text for line in emergency_card(EMERGENCY))


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40)])
@pytest.mark.parametrize("urgent", [True, False])
def test_at_a_high_pain_it_says_what_to_tell(size: tuple[int, int], urgent: bool) -> None:
    assert TELL_THEM in words_of(draw_hurts(True, urgent, EMERGENCY, *size, 8))
    assert TELL_THEM not in words_of(draw_hurts(True, urgent, EMERGENCY, *size, 7))


def test_no_line_is_half_a_sentence() -> None:
    for size in SIZES:
        for urgent in (True, False, None):
            lines = draw_hurts(False, urgent, EMERGENCY, *size, 9).text().splitlines()[:-1]
            last = next(line for line in reversed(lines) if line.strip())
            assert re.search(r"[.?:]$", last.rstrip())


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (200, 60)])
def test_the_answers_stand_right_below_the_emergency_question(size: tuple[int, int]) -> None:
    shown = draw_hurts(True, None, EMERGENCY, *size).text().splitlines()
    last = next(y for y, line in enumerate(shown) if line.rstrip().endswith("fever."))
    assert "yes, one of them" in shown[last + 1]
    assert "none of them" in shown[last + 1]


def test_an_emergency_number_is_never_broken() -> None:
    for width in range(40, 130):
        shown = draw_hurts(True, None, "Emergency 999, 112 or 911", width, 24).text()
        assert "999, 112 or 911" in shown
