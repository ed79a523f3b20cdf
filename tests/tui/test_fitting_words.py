"""No window cuts a word: names give way before the state, sentences are whole or not there."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final

import pytest
from player_building import Playing, timeline_of, timeline_of_text
from rich.cells import cell_len
from session_building import ROOT

from backcoach.figure.letters import LETTER_ROWS, big_digits, block_letters
from backcoach.player.state import State, Status
from backcoach.player.view import PlayerView, view
from backcoach.timeline.model import PhaseKind
from backcoach.tui.canvas import Canvas, Pixels, Role
from backcoach.tui.commands import PLAYER
from backcoach.tui.depth import CONSOLE
from backcoach.tui.pictures.countdown import PAUSED_SHAPE, PHASE_SHAPES
from backcoach.tui.pictures.fitting import first_that_fits, whole_sentences, whole_words
from backcoach.tui.pictures.flash import flash_phase
from backcoach.tui.pictures.landmarks import Layout, layout_of, wordings_of
from backcoach.tui.pictures.player import draw_player
from backcoach.tui.stance import Stance, stance

SIZES: Final = ((40, 12), (40, 24), (60, 16), (77, 30), (78, 22), (80, 24), (100, 30), (120, 40))
SOUND: Final = "♪ voice, quiet"
ALWAYS: Final = """x STOP space pause go on then next keys enter now again a ache e easier + − 5 s
other ? help q end m sound esc menu mute rep set of round left · smaller breathe in out → ←
▲ ↕ ■ □ ○ ⇄ ‖ At your own pace. Press enter when done."""
KEPT_IN_HELP: Final = ("x", "space", "→", "←", "+", "−", "a", "e", "enter", "m", "Esc", "q", "?")


def at_start(exercise: str, **keys: object) -> State:
    """A session of one exercise, just begun."""
    return Playing(timeline_of({"exercise": exercise, **keys})).state


@cache
def _stance() -> Stance:
    found = stance(at_start("bird-dog"))
    assert found is not None
    return found


def moments() -> Iterator[State]:
    """Every phase of every bundled routine, each kind on each side of an exercise once."""
    seen = set()
    for path in sorted((ROOT / "routines").glob("*.toml")):
        state = Playing(timeline_of_text(path.read_text("utf-8"))).state
        for index, phase in enumerate(state.plan):
            key = (phase.exercise, phase.kind, phase.side)
            if key not in seen:
                seen.add(key)
                yield replace(state, index=index, elapsed_ms=900)


def drawn(seen: PlayerView, size: tuple[int, int], *, figure: bool = True) -> Canvas:
    return draw_player(seen, *size, SOUND, _stance() if figure else None)


def rows_of(canvas: Canvas) -> list[str]:
    """Its rows in full width; what is made of pixels is left blank."""
    return [
        "".join(" " * len(text) if isinstance(ink, Pixels) else text for text, ink in row)
        for row in canvas.rows()
    ]


def written(canvas: Canvas) -> list[str]:
    """Its words, without letters and digits that are made of blocks."""
    return re.sub("[█▀▄▓░━─]", " ", " ".join(rows_of(canvas))).split()


def known(seen: PlayerView) -> set[str]:
    """Every word that may stand there."""
    texts = (seen.routine, seen.exercise, seen.side_label, seen.cue, seen.following, seen.left)
    words = {*" ".join((*texts, *wordings_of(seen.word), ALWAYS, SOUND)).split()}
    return words | {word.rstrip(",") for word in words}


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_no_routine_has_a_phase_in_which_a_word_is_cut(size: tuple[int, int]) -> None:
    for state in moments():
        seen = view(state)
        canvas = drawn(seen, size, figure=state.phase.exercise is not None)
        allowed = known(seen)
        for word in written(canvas):
            counted = re.fullmatch(r"[\d/,·:]+", word)
            assert word in allowed or word.endswith("…") or counted, (word, canvas.text())
        if layout_of(*size) is not Layout.SMALL:
            assert f"· {PHASE_SHAPES[seen.kind]} {seen.word} " in rows_of(canvas)[0]
            assert f"{seen.left} left" in rows_of(canvas)[0]


@pytest.mark.parametrize("size", [size for size in SIZES if size[1] > 16], ids=str)
def test_before_it_begins_what_to_do_is_there_whole_after_whatever_comes_before_it(
    size: tuple[int, int],
) -> None:
    before = "Last time you stopped here: right side to the wall, 12 s into the hold. "
    for state in moments():
        seen = view(state)
        if seen.kind is not PhaseKind.PREPARE or not seen.cue:
            continue
        canvas = drawn(replace(seen, cue=before + seen.cue), size)
        left = [row[: size[0] // 2 + 10 if size[0] > 77 else 77] for row in rows_of(canvas)]
        bare = " ".join(" ".join(re.sub("[█▀▄▓░]|rep .*", " ", row) for row in left).split())
        assert re.split(r"(?<=\.) ", seen.cue)[-1] in bare
        assert "Last time" not in bare or before.strip() in bare


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_what_an_exercise_calls_the_side_is_said_in_letters_or_in_words(
    size: tuple[int, int],
) -> None:
    for state in moments():
        seen = view(state)
        if seen.side is None or ":" in seen.big:
            continue
        canvas = drawn(seen, size)
        words, shown = written(canvas), rows_of(canvas)
        first = seen.side_label.partition(",")[0]
        in_letters = all(
            line.strip() in row for row, line in zip(shown[2:5], block_letters(first), strict=True)
        )
        said = first.split() if size[0] < 60 else seen.side_label.replace(",", "").split()
        assert {*said} <= {word.rstrip(",") for word in words} | {*(first.split() * in_letters)}


def test_of_several_wordings_the_fullest_that_fits_is_taken() -> None:
    assert first_that_fits(9, "get ready", "ready") == "get ready"
    assert first_that_fits(8, "get ready", "ready") == "ready"
    assert first_that_fits(4, "get ready", "ready") == "rea…"
    assert first_that_fits(0, "pause", "") == ""


def test_a_text_loses_whole_sentences_from_its_start() -> None:
    text = "You stopped here. Lie down. Lift one leg."
    assert whole_sentences(text, 50, 1) == (text,)
    assert whole_sentences(text, 30, 1) == ("Lie down. Lift one leg.",)
    assert whole_sentences(text, 14, 1) == ("Lift one leg.",)
    assert whole_sentences(text, 10, 1) == ("Lift one …",)
    assert whole_sentences(text, 10, 0) == ()


def test_a_long_word_is_shortened_and_not_broken() -> None:
    assert whole_words("Schulterblätter zur Mitte", 8, 3) == ("Schulte…", "zur", "Mitte")
    assert whole_words("knees to the right", 8, 2) == ("knees to", "the …")


def test_the_exercise_gives_way_before_the_state() -> None:
    state = at_start("bird-dog")
    seen = replace(view(state), exercise="A very long name " * 4, routine="Another one " * 6)
    top = rows_of(drawn(seen, (80, 24)))[0]
    assert " · ▲ get ready " in top
    assert "Another…" in top


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_an_ache_is_marked_in_amber_with_a_figure_too(size: tuple[int, int]) -> None:
    for state in moments():
        seen = replace(view(state), amber=True)
        if ":" in seen.big and size[1] == 12:
            continue
        for figure in (True, False):
            inks = [
                (t.strip(), ink)
                for row in drawn(seen, size, figure=figure).rows()
                for t, ink in row
            ]
            assert ("smaller", Role.PREPARE) in inks


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_flash_turns_the_letters_of_the_phase_round_and_nothing_else(
    size: tuple[int, int],
) -> None:
    for state in moments():
        seen = view(state)
        plain, flashed = drawn(seen, size), drawn(seen, size)
        flash_phase(flashed, seen)
        rows = list(zip(rows_of(plain), rows_of(flashed), strict=True))
        changed = {
            (x, y)
            for y, (one, other) in enumerate(rows)
            for x, (a, b) in enumerate(zip(one, other, strict=True))
            if a != b
        }
        top = {Layout.SMALL: 0, Layout.USUAL: 1, Layout.TALL: 2}[layout_of(*size)]
        assert {y for _, y in changed} == set(range(top, top + LETTER_ROWS))
        widest = max(len(block_letters(word)[0]) for word in wordings_of(seen.word))
        assert max(x for x, _ in changed) - min(x for x, _ in changed) <= widest + 1
        shown = [one[min(x for x, _ in changed) + 1 :] for one, _ in rows[top : top + LETTER_ROWS]]
        assert any(
            all(row.startswith(line) for row, line in zip(shown, block_letters(word), strict=True))
            for word in wordings_of(seen.word)
        )


@pytest.mark.parametrize("size", [*SIZES, (40, 14), (46, 13), (78, 27)], ids=str)
def test_help_has_every_key_and_leaves_stop_alone(size: tuple[int, int]) -> None:
    state = at_start("bird-dog")
    running, helped = (
        drawn(view(replace(state, status=status)), size) for status in (Status.PAUSED, Status.HELP)
    )
    caps = [
        text.strip().partition(" · ")[0]
        for row in helped.rows()[: -3 if size[1] >= 14 else -1]
        for text, ink in row
        if ink in (Role.KEY, Role.STOP)
    ]
    assert sorted(caps) == sorted(KEPT_IN_HELP)
    assert len(caps) == len(PLAYER)
    assert (
        helped.rows()[-3 if size[1] >= 14 else -1 :]
        == running.rows()[-3 if size[1] >= 14 else -1 :]
    )
    assert "…" not in "".join(rows_of(helped)[1:-3])


def test_every_key_of_the_stop_and_of_the_steps_is_in_the_help() -> None:
    state = replace(at_start("bird-dog"), status=Status.HELP)
    words = drawn(view(state), (80, 24)).text().split()
    assert {".", "Delete", "Backspace", "Ctrl+X", "Alt+X", "PageUp", "PageDown"} <= set(words)


@pytest.mark.parametrize("width", [40, 44, 49, 50, 60])
def test_beside_stop_a_hint_is_whole_or_not_there(width: int) -> None:
    state = at_start("bird-dog")
    for status, word in ((Status.RUNNING, "pause"), (Status.PAUSED, "go on")):
        rows = rows_of(drawn(view(replace(state, status=status)), (width, 24)))[-3:]
        hints = [re.split("[█▀▄]", row)[-1].strip() for row in rows]
        assert hints[0] in ("space", f"space {word}")
        assert hints[1:] == ["→ next", "? keys"]


def test_minutes_are_eight_rows_high_in_the_smallest_window() -> None:
    state = replace(at_start("walk", duration=300), elapsed_ms=0)
    index = next(n for n, phase in enumerate(state.plan) if phase.kind is PhaseKind.TIMED)
    seen = view(replace(state, index=index))
    rows = rows_of(drawn(seen, (40, 12)))
    digits = big_digits("5:00", 8)
    assert all(line.strip() == row.strip() for line, row in zip(rows[3:11], digits, strict=True))
    assert f"{seen.left} left" in rows[2]


def test_every_shape_is_one_cell_and_phases_of_one_colour_share_theirs() -> None:
    shapes = {*PHASE_SHAPES.values(), PAUSED_SHAPE}
    assert PHASE_SHAPES.keys() == set(PhaseKind)
    assert all(cell_len(shape) == 1 for shape in shapes)
    console = [shape.translate(CONSOLE) for shape in sorted(shapes)]
    assert all(sign.isascii() or sign == "■" for sign in console)


def test_how_to_go_outlives_what_else_there_is_to_say() -> None:
    """Of what is said when it goes on, the least needed gives way first."""
    playing = Playing(timeline_of({"exercise": "seated-tilt"}))
    playing.wait(2000)
    playing.key("space", "space")
    go = " ".join(whole_sentences(view(playing.state).cue, 30, 3))
    assert "counted" not in go
    assert go.endswith("arch it.")
