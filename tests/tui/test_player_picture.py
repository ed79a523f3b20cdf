"""The player at every size: what is always there, what goes first, and that nothing is in the way
of anything else."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final, NamedTuple

import pytest
from figure_building import IDS
from hypothesis import given, settings
from hypothesis import strategies as st
from player_building import Playing, timeline_of
from rich.cells import cell_len

from backcoach.figure.letters import big_digits, block_letters
from backcoach.player.inputs import InputKind
from backcoach.player.state import State
from backcoach.player.view import view
from backcoach.timeline.model import PhaseKind
from backcoach.tui.canvas import Canvas, Pixels, Role
from backcoach.tui.pictures.player import draw_player
from backcoach.tui.stance import pacer, stance

SIZES: Final = st.tuples(st.integers(40, 300), st.integers(12, 90))
SMALLEST: Final = (40, 12)
USUAL: Final = ((40, 12), (60, 20), (77, 30), (80, 24), (100, 30), (120, 40), (200, 60), (300, 90))
FIGURE_ROLES: Final = {Role.HOLD, Role.CARRY, Role.FLOOR, Role.PROP, Role.PANEL}

each_size = pytest.mark.parametrize("size", USUAL, ids=lambda size: "×".join(map(str, size)))


class Digits(NamedTuple):
    """Where the digits were found."""

    x: int
    y: int
    rows: int
    width: int


@cache
def at(exercise: str, kind: PhaseKind, into_ms: int = 0, **keys: object) -> State:
    """A session so far into the first phase of a kind."""
    play = Playing(timeline_of({"exercise": exercise, **keys}))
    play.until(kind, into_ms)
    return play.state


def drawn(state: State, size: tuple[int, int]) -> Canvas:
    return draw_player(view(state), *size, "♪ bell", stance(state), pacer(state))


def lines(canvas: Canvas) -> list[str]:
    """Each row in full width; what is made of pixels is left blank."""
    rows = []
    for row in canvas.rows():
        parts = (" " * len(t) if isinstance(ink, Pixels) else t for t, ink in row)
        # A wide character counts as two, so that an index is a column.
        rows.append("".join(char + " " * (cell_len(char) - 1) for part in parts for char in part))
    return rows


def pixels(canvas: Canvas, *roles: Role) -> set[tuple[int, int]]:
    """The cells that are made of pixels, of these roles if any."""
    found = set()
    for y, row in enumerate(canvas.rows()):
        x = 0
        for text, ink in row:
            if isinstance(ink, Pixels) and (not roles or {ink.upper, ink.lower} & set(roles)):
                found |= {(x + n, y) for n in range(len(text))}
            x += cell_len(text)
    return found


def holds(canvas: Canvas, picture: tuple[str, ...]) -> tuple[int, int] | None:
    """Where a picture of half blocks stands whole on a canvas."""
    patterns = [re.compile(re.escape(row.rstrip()).replace(r"\ ", ".")) for row in picture]
    shown = lines(canvas)
    for y in range(len(shown) - len(picture) + 1):
        for match in re.finditer(f"(?={patterns[0].pattern})", shown[y]):
            x = match.start()
            if all(p.match(shown[y + n], x) for n, p in enumerate(patterns)):
                return x, y
    return None


def digits(canvas: Canvas, text: str) -> Digits:
    """The digits that are shown, the largest that fit."""
    for rows in range(45, 3, -1):
        picture = big_digits(text, rows)
        if len(picture[0]) <= canvas.width and (found := holds(canvas, picture)):
            return Digits(*found, rows, len(picture[0]))
    raise AssertionError(f"no {text} in\n{canvas.text()}")


def moments(exercise: str = "bird-dog", every_ms: int = 1500, **keys: object) -> Iterator[State]:
    """A session, seen now and then."""
    play = Playing(timeline_of({"exercise": exercise, **keys}))
    while play.state.outcome is None:
        yield play.state
        play.wait(every_ms)


# --- always there --------------------------------------------------------------------------------

STATES: Final = {
    "prepare": at("bird-dog", PhaseKind.PREPARE, 2000),
    "move-in": at("bird-dog", PhaseKind.MOVE_IN, 500),
    "hold": at("bird-dog", PhaseKind.HOLD, 1000),
    "switch": at("bird-dog", PhaseKind.SWITCH, 1000),
    "self-paced": at("bird-dog", PhaseKind.SELF_PACED, 7000, pace="self"),
    "move-out": at("wall-side-plank", PhaseKind.MOVE_OUT, 300),
    "short rep": at("dead-bug-taps", PhaseKind.MOVE_IN, 500),
    "long": at("walk", PhaseKind.TIMED, 900, duration=1800),
    "breath": at("rest-crook", PhaseKind.TIMED, 2000),
    "from above": at("trunk-rotation", PhaseKind.MOVE_IN, 900),
    "no figure, prepare": at("lift-up", PhaseKind.PREPARE, 2000),
    "no figure, hold": at("lift-up", PhaseKind.HOLD, 2000),
}


@settings(max_examples=50, deadline=None)
@given(moment=st.sampled_from(sorted(STATES)), size=SIZES)
def test_the_phase_the_digits_and_stop_are_there_and_whole_in_every_window(
    moment: str, size: tuple[int, int]
) -> None:
    state = STATES[moment]
    canvas = drawn(state, size)
    seen = view(state)
    shown = lines(canvas)
    assert all(sum(cell_len(text) for text, _ in row) == size[0] for row in canvas.rows())

    short = {"get ready": ("ready", "prep"), "lower": ("low",), "switch": ("side",)}
    words = (seen.word, *short.get(seen.word, ()))
    assert any(holds(canvas, block_letters(word)) for word in words)
    found = digits(canvas, seen.big)
    assert not (pixels(canvas, *FIGURE_ROLES - {Role.HOLD}) & area(found))
    stop = [text for row in canvas.rows() for text, ink in row if ink is Role.STOP]
    assert any("STOP" in text for text in stop) or holds(canvas, block_letters("STOP"))
    assert size[0] < 60 or seen.left in " ".join(shown)


def area(found: Digits) -> set[tuple[int, int]]:
    return {
        (x, y)
        for x in range(found.x, found.x + found.width)
        for y in range(found.y, found.y + found.rows)
    }


@settings(max_examples=40, deadline=None)
@given(
    size=SIZES,
    side=st.sampled_from(["left", "right"]),
    kind=st.sampled_from([PhaseKind.MOVE_IN, PhaseKind.HOLD, PhaseKind.MOVE_OUT]),
)
def test_the_side_is_there_in_letters_that_can_be_read_from_the_floor(
    size: tuple[int, int], side: str, kind: PhaseKind
) -> None:
    canvas = drawn(at("bird-dog", kind, 500, sides=side), size)

    assert any(holds(canvas, block_letters(word)) for word in (f"{side} leg", side, side[0]))


@each_size
def test_the_side_is_there_before_it_begins_and_in_a_switch(size: tuple[int, int]) -> None:
    for kind, side in ((PhaseKind.PREPARE, "left"), (PhaseKind.SWITCH, "right")):
        canvas = drawn(at("bird-dog", kind, 500), size)
        letters = (f"{side} leg", side, side[0])
        said = side in " ".join(lines(canvas))
        assert said or any(holds(canvas, block_letters(word)) for word in letters)


@each_size
def test_red_is_the_stop_and_nothing_else(size: tuple[int, int]) -> None:
    for state in (at("bird-dog", PhaseKind.HOLD, 1000), at("walk", PhaseKind.TIMED, 900)):
        canvas = drawn(state, size)
        rows = [y for y, row in enumerate(canvas.rows()) if any(i is Role.STOP for _, i in row)]
        assert rows == list(range(rows[0], canvas.height))
        assert len(rows) == (3 if size[1] >= 14 else 1)
        assert Role.STOP not in {
            role
            for row in canvas.rows()
            for _, ink in row
            if isinstance(ink, Pixels)
            for role in (ink.upper, ink.lower)
        }


# --- digits --------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (100, 30), (120, 40)], ids=str)
@pytest.mark.parametrize(
    "keys",
    [
        {"reps": 1, "hold": 10, "sides": "left"},
        {"reps": 2, "pace": "self", "sides": "left"},
    ],
    ids=["held", "self-paced"],
)
def test_the_digits_have_one_size_and_one_place_for_a_whole_phase(
    size: tuple[int, int], keys: dict[str, object]
) -> None:
    play = Playing(timeline_of({"exercise": "bird-dog", **keys}))
    rows: dict[int, set[tuple[int, int]]] = {}
    for _ in range(32):
        state = play.state
        if state.outcome is not None or state.elapsed_ms > 50_000:
            break
        found = digits(drawn(state, size), view(state).big)
        rows.setdefault(state.index, set()).add((found.rows, found.y))
        play.wait(1000)

    assert all(len(sizes) == 1 for sizes in rows.values()), rows


def test_the_digits_have_no_leading_zero_and_minutes_from_a_minute_on() -> None:
    for seconds, text in ((59, "59"), (60, "1:00"), (125, "2:05")):
        state = at("prone-lying", PhaseKind.TIMED, 0, duration=seconds)
        assert digits(drawn(state, (100, 30)), text)
    assert digits(drawn(at("prone-lying", PhaseKind.TIMED, 51_000, duration=59), (100, 30)), "8")


@pytest.mark.parametrize(
    ("size", "least"),
    [((40, 12), 8), ((60, 20), 8), ((80, 24), 10), ((100, 30), 10), ((120, 40), 10)],
)
def test_the_seconds_can_be_read_from_two_metres(size: tuple[int, int], least: int) -> None:
    for kind in (PhaseKind.PREPARE, PhaseKind.HOLD):
        state = at("bird-dog", kind, 0, hold=10, reps=1)
        assert digits(drawn(state, size), view(state).big).rows >= least


def test_a_short_rep_shows_its_number() -> None:
    state = at("dead-bug-taps", PhaseKind.MOVE_OUT, 700)

    assert view(state).big == "1"
    assert digits(drawn(state, (80, 24)), "1").rows >= 10


# --- the figure ----------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(
    size=SIZES,
    moment=st.sampled_from(["prepare", "hold", "from above", "breath"]),
)
def test_the_figure_is_in_nobodys_way(size: tuple[int, int], moment: str) -> None:
    """No text and no letter is in the rectangle that a figure takes."""
    state = STATES[moment]
    canvas = drawn(state, size)
    shown = stance(state)
    assert shown is not None
    figure = figure_cells(canvas, state, size)
    if not figure:
        return
    texts = {
        (x, y) for y, line in enumerate(lines(canvas)) for x, char in enumerate(line) if char != " "
    }
    left, right = min(x for x, _ in figure), max(x for x, _ in figure)
    top, bottom = min(y for _, y in figure), max(y for _, y in figure)
    assert right - left + 1 >= 14
    assert not {(x, y) for x, y in texts if left <= x <= right and top <= y <= bottom}


def figure_cells(canvas: Canvas, state: State, size: tuple[int, int]) -> set[tuple[int, int]]:
    """The cells of the figure: those that are pixels, but no ring's."""
    without = draw_player(view(state), *size, "♪ bell", None, None)
    return pixels(canvas) - pixels(without)


@pytest.mark.parametrize(
    ("size", "figure", "ring", "cue", "bar"),
    [
        ((120, 40), True, True, True, True),
        ((119, 40), True, False, True, True),
        ((120, 39), True, False, True, True),
        ((80, 24), True, False, True, True),
        ((40, 12), False, False, False, False),
    ],
)
def test_the_ring_goes_first_and_the_figure_before_the_cue_and_the_bar(
    size: tuple[int, int], figure: bool, ring: bool, cue: bool, bar: bool
) -> None:
    state = at("bird-dog", PhaseKind.HOLD, 1000)
    canvas = drawn(state, size)
    text = "\n".join(lines(canvas))
    without = draw_player(view(state), *size, "♪ bell", None, None)

    assert bool(figure_cells(canvas, state, size)) == figure
    assert bool(pixels(without)) == ring
    assert ("Push the floor away" in text) == cue
    assert ("━" in text or "─" in text) == bar
    fuse = any(
        len(part) >= 8 and set(part) == {"█"} and ink is Role.HOLD
        for row in canvas.rows()
        for part, ink in row
    )
    assert fuse == (not ring)


def test_a_breath_to_follow_is_there_in_a_tall_window() -> None:
    state = at("rest-crook", PhaseKind.TIMED, 2000)
    assert "breathe in" in drawn(state, (100, 30)).text()
    assert "breathe" not in drawn(state, (80, 24)).text()
    assert "breathe out" in drawn(at("rest-crook", PhaseKind.TIMED, 5000), (120, 40)).text()


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (200, 60)])
def test_the_figure_is_as_large_as_anybody_needs_to_tell_what_it_does(
    size: tuple[int, int],
) -> None:
    state = at("bird-dog", PhaseKind.HOLD, 1000)
    figure = figure_cells(drawn(state, size), state, size)
    across = max(x for x, _ in figure) - min(x for x, _ in figure) + 1
    up = max(y for _, y in figure) - min(y for _, y in figure) + 1

    assert across >= 18
    assert up >= 6


# --- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(100, 30), (120, 40)], ids=["100×30", "120×40"])
@pytest.mark.parametrize("exercise", IDS)
def test_all_of_what_is_to_be_done_fits_before_it_begins(
    exercise: str, size: tuple[int, int]
) -> None:
    state = at(exercise, PhaseKind.PREPARE, 1000)
    words = [line[: size[0] // 2 + 10].strip() for line in lines(drawn(state, size))]
    shown = " ".join(" ".join(words).split())
    # On the right of the words are digits and blocks; on their left is nothing.
    bare = " ".join(re.sub("[█▀▄▓░]|rep .*", " ", shown).split())

    assert view(state).cue.strip() in bare


def test_an_exercise_without_a_figure_has_its_name_and_its_words_instead() -> None:
    for size in ((80, 24), (100, 30), (120, 40)):
        canvas = drawn(at("lift-up", PhaseKind.PREPARE, 1000), size)
        body = lines(canvas)[1:]
        assert any("Lift-up" in line for line in body)
        assert any("Lift up." in line for line in body)


@settings(max_examples=40, deadline=None)
@given(
    size=SIZES,
    name=st.sampled_from(["宽" * 60, "A very long name " * 9, "é" * 200, "x"]),
    label=st.sampled_from(["", "宽宽宽宽, 宽宽宽宽", "a very long label, and another one" * 3]),
    moment=st.sampled_from(["prepare", "no figure, hold"]),
    help_=st.booleans(),
)
def test_long_and_wide_names_push_nothing_out(
    size: tuple[int, int], name: str, label: str, moment: str, help_: bool
) -> None:
    state = STATES[moment]
    if help_:
        play = Playing(state.timeline)
        play.do(InputKind.HELP)
        state = play.state
    seen = replace(
        view(state), exercise=name, routine=name, side_label=label, cue=name, following=name
    )
    canvas = draw_player(seen, *size, "♪ bell", stance(state), None)

    assert all(sum(cell_len(text) for text, _ in row) == size[0] for row in canvas.rows())
    if not help_:
        assert digits(canvas, seen.big)
        assert any(ink is Role.STOP for row in canvas.rows() for _, ink in row)


# --- windows that are too small for anything -----------------------------------------------------


@pytest.mark.parametrize(
    "size", [(1, 1), (2, 3), (5, 5), (7, 24), (8, 24), (10, 3), (39, 11)], ids=str
)
def test_a_window_too_small_for_anything_ends_nothing(size: tuple[int, int]) -> None:
    for state in STATES.values():
        assert len(drawn(state, size).rows()) == size[1]


def test_at_ones_own_pace_nobody_claims_to_count() -> None:
    text = "\n".join(lines(drawn(STATES["self-paced"], (80, 24))))
    assert " reps" in text
    assert "rep 1 of" not in text


# --- the top line, and what a small window has instead -------------------------------------------


@pytest.mark.parametrize("moment", sorted(STATES))
def test_a_quiet_hour_is_told_where_it_costs_the_state_nothing(moment: str) -> None:
    seen = view(STATES[moment])

    def top(width: int, sound: str) -> str:
        return draw_player(seen, width, 24, sound).text().splitlines()[0]

    for width in range(78, 100):
        whole = f"· {seen.exercise} · {seen.word}"
        assert (whole in top(width, "♪ voice, quiet")) == (whole in top(width, "♪ voice"))
        assert "♪ voice" in top(width, "♪ voice, quiet")
    assert "♪ voice, quiet" in top(120, "♪ voice, quiet")


@pytest.mark.parametrize("keys", [("space", "space"), ("space",)])
def test_the_smallest_window_says_that_nothing_was_counted(keys: tuple[str, ...]) -> None:
    playing = Playing(timeline_of({"exercise": "bird-dog"}))
    playing.until(PhaseKind.HOLD, 1000)
    assert "counted" not in drawn(playing.state, SMALLEST).text()
    playing.key(*keys)
    shown = lines(drawn(playing.state, SMALLEST))
    assert [row.split()[0] for row in shown[9:11]] == ["nothing", "counted"]


def test_the_smallest_window_has_a_long_name_in_two_lines() -> None:
    shown = lines(drawn(at("seated-tilt", PhaseKind.PREPARE, 2000), SMALLEST))
    assert [row.split()[0] for row in shown[3:5]] == ["Seated", "pelvic…"]
