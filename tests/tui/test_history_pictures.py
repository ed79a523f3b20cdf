"""The history as pictures: the year, the month, the list, one session, and its timeline."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from history_building import a_year
from home_building import ANY_SIZE, SIZES, assert_caps_are_whole, assert_fits, stretches
from hypothesis import given, settings
from hypothesis import strategies as st
from past_building import NOW, evening_detail, view_of

from backcoach.history.desk import Detail
from backcoach.history.records import EventRecord, SessionRecord, StopRecord
from backcoach.report.session_log import session_log
from backcoach.tui.canvas import Canvas, Role
from backcoach.tui.line import MOST, TypedLine
from backcoach.tui.pictures.amending import Asking, Wish, draw_asking
from backcoach.tui.pictures.heat import draw_heat, shade
from backcoach.tui.pictures.history import EMPTY, draw_history, pages_at
from backcoach.tui.pictures.holds import holds_of
from backcoach.tui.pictures.month import month_of, pain_line
from backcoach.tui.pictures.session import SessionView, draw_session, most_first
from backcoach.tui.pictures.session_card import how
from backcoach.tui.pictures.sieve import Sieve

TODAY = date(2026, 5, 14)
"""A Thursday."""
SAME = NOW.replace(hour=18)


def session(**changes: Any) -> SessionRecord:
    """A session that went well."""
    fields: dict[str, Any] = {
        "id": "one",
        "routine": "core",
        "name": "Core",
        "started_at": SAME,
        "ended_at": SAME + timedelta(minutes=10),
        "outcome": "completed",
        "rehearsal": False,
        "active_ms": 600_000,
        "planned_ms": 600_000,
    }
    return SessionRecord(**fields | changes)


# The year


@pytest.mark.parametrize(
    ("minutes", "sign"),
    [(0, "·"), (0.1, "░"), (4.9, "░"), (5, "▒"), (14.9, "▒"), (15, "▓"), (25, "█"), (200, "█")],
)
def test_more_minutes_are_darker(minutes: float, sign: str) -> None:
    assert shade(minutes) == sign


def test_a_week_is_a_column_and_today_is_the_last_day() -> None:
    canvas = Canvas(60, 9)
    minutes = {TODAY: 30.0, TODAY - timedelta(days=7): 3.0, TODAY - timedelta(days=1): 16.0}

    draw_heat(canvas, 0, 0, 57, minutes, frozenset({TODAY - timedelta(days=2)}), TODAY)

    rows = canvas.text().splitlines()
    assert rows[4].endswith("·░█")
    assert rows[3].endswith("·▓")
    assert rows[2].endswith("·×")
    # What is still to come is no day without minutes.
    assert len(rows[5]) == len(rows[4]) - 1
    assert rows[4].startswith("Th  ")
    assert len(rows[4]) == 4 + 53


def test_months_stand_above_the_week_with_their_first_day() -> None:
    canvas = Canvas(60, 9)

    draw_heat(canvas, 0, 0, 57, {date(2026, 3, 1): 30.0}, frozenset(), TODAY)

    rows = canvas.text().splitlines()
    assert rows[0].index("Mar") == rows[7].index("█")


def test_the_legend_names_every_sign() -> None:
    canvas = Canvas(60, 9)

    draw_heat(canvas, 0, 0, 57, {}, frozenset(), TODAY)

    legend = canvas.text().splitlines()[8]
    assert legend.split() == [
        *("·", "none", "░", "under", "5", "▒", "15", "▓", "25", "█", "more", "min"),
        *("×", "a", "stop"),
    ]


# The month


def test_a_small_change_is_never_called_better_or_worse() -> None:
    scored = [
        session(id=f"{n}", started_at=SAME - timedelta(days=n), pain_before=4 if n > 27 else 3)
        for n in range(56)
    ]

    month = month_of(scored, TODAY, 4, {})

    assert month.trend == ("1.0 lower than the month before: too little to call (2 would be).")


def test_the_month_says_where_it_hurt() -> None:
    stop = StopRecord("leg-slide", "right", 1, 3, 1000)

    month = month_of([session(stops=(stop,))], TODAY, 4, {"leg-slide": "Leg slide"})

    assert dict(month.facts)["stops"] == "1   Leg slide, right"


def test_a_part_of_the_sessions_has_no_plan() -> None:
    facts = dict(month_of([session()], TODAY, 4, {}, all_of_it=False).facts)

    assert facts["sessions"] == "1"


def test_a_day_without_a_score_is_a_gap() -> None:
    assert pain_line([0, None, 5, 10, None]) == "▁ ▅█ "


# The list


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "✓"),
        ({"clean": True}, "✓ clean"),
        ({"stops": (StopRecord(None, None, None, None, 0),)}, "× a stop"),
        (
            {"stops": (StopRecord(None, None, None, None, 0, mistake=True),), "clean": True},
            "✓ clean",
        ),
        ({"stops": (StopRecord(None, None, None, None, 0),) * 2}, "× 2 stops"),
        ({"outcome": "pain", "stops": (StopRecord(None, None, None, None, 0),)}, "× it hurt"),
        ({"outcome": "ended"}, "◐ ended"),
        ({"outcome": "interrupted"}, "◐ broke off"),
        ({"outcome": "running"}, "still runs"),
        ({"by_hand": True}, "by hand"),
        ({"rehearsal": True}, "✓ rehearsal"),
    ],
)
def test_how_it_went_is_a_sign_and_a_word(changes: dict[str, Any], words: str) -> None:
    assert how(session(**changes)) == words


@settings(deadline=None)
@given(ANY_SIZE, st.integers(0, 2), st.integers(0, 100))
def test_fits_every_window(size: tuple[int, int], page: int, chosen: int) -> None:
    assert_fits(draw_history(view_of(page=page, chosen=chosen), *size), size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("page", [0, 1, 2])
def test_key_caps_are_whole_and_the_stop_is_there(size: tuple[int, int], page: int) -> None:
    canvas = draw_history(view_of(page=page), *size)

    assert_caps_are_whole(canvas)
    assert " x " in stretches(canvas, Role.STOP)


@pytest.mark.parametrize("size", SIZES)
def test_every_page_has_something_and_no_two_are_the_same(size: tuple[int, int]) -> None:
    pages = [draw_history(view_of(page=page), *size).text() for page in range(pages_at(*size))]

    assert len(set(pages)) == len(pages)
    assert any("Core foundation" in page for page in pages)
    assert any("28 DAYS" in page for page in pages)
    assert any("Mo  " in page for page in pages)


@pytest.mark.parametrize("size", SIZES)
def test_an_empty_history_says_what_will_be_there(size: tuple[int, int]) -> None:
    text = draw_history(view_of((), none_at_all=True), *size).text()

    assert EMPTY[0] in text
    assert "esc" in text


@pytest.mark.parametrize("size", SIZES)
def test_a_history_that_cannot_be_read_says_why(size: tuple[int, int]) -> None:
    problem = "history.db: file is not a database"

    text = " ".join(draw_history(view_of((), problem=problem), *size).text().split())

    assert problem in text
    assert "Nothing was changed" in text


def test_an_old_session_has_its_year() -> None:
    old = session(started_at=datetime(2019, 5, 14, 7, 0, tzinfo=NOW.tzinfo))

    assert "14 May 2019" in draw_history(view_of((old,)), 80, 24).text()


# One session


def test_a_session_is_drawn_hold_by_hold() -> None:
    blocks = {each.name: (each.blocks, each.words) for each in holds_of(evening_detail())}

    assert blocks == {
        "Curl-up": ("■■■ ■■", ()),
        "Leg slide": ("■■■ / ■■×", ()),
        "Bridge": ("", ("left out",)),
        "90/90 rest": ("━━━━━━", ()),
    }


def test_a_session_without_a_plan_is_what_was_done() -> None:
    (walk,) = [each for each in a_year(40) if each.by_hand and each.routine == "walk"][:1]

    holds = holds_of(Detail(walk, {}, ()))

    assert [(each.name, each.counts) for each in holds] == [
        ("Walk", f"{walk.active_ms // 60_000}:00")
    ]


def test_the_card_shows_the_stop_with_its_answers() -> None:
    text = draw_history(view_of(), 120, 40).text()

    assert "× Leg slide, right, set 1, rep 3" in text
    assert "sharp or stabbing · low back · 4/10" in text


@settings(deadline=None)
@given(ANY_SIZE, st.integers(0, 60))
def test_one_session_fits_every_window(size: tuple[int, int], first: int) -> None:
    detail = evening_detail()
    view = SessionView(detail.session, detail, tuple(session_log(detail)), first)

    assert_fits(draw_session(view, *size), size)


@pytest.mark.parametrize("size", SIZES)
def test_all_of_a_session_can_be_scrolled_to(size: tuple[int, int]) -> None:
    detail = evening_detail()
    view = SessionView(detail.session, detail, tuple(session_log(detail)))
    seen = " ".join(
        draw_session(replace(view, first=first), *size).text()
        for first in range(most_first(view, *size) + 1)
    )

    for words in ("■■■ ■■", "sharp or", "paused for 0:30", "how much: 4", "gentle", "done"):
        assert words in seen


# What is asked


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("wish", list(Wish))
def test_every_question_says_how_to_stop(size: tuple[int, int], wish: Wish) -> None:
    canvas = Canvas(*size)

    draw_asking(canvas, size[1] - 2, Asking(wish, "Core, 14 May 18:07", scores=(2, None)))

    assert_fits(canvas, size)
    if wish is not Wish.NOTE:
        # The place to type at is drawn like a chosen cap.
        assert_caps_are_whole(canvas)
    assert stretches(canvas, Role.STOP) == [" ctrl+x " if wish is Wish.NOTE else " x "]


@settings(deadline=None)
@given(st.text(max_size=300), st.sampled_from(((40, 12), (80, 24))), st.data())
def test_the_place_to_type_at_is_always_seen(
    text: str, size: tuple[int, int], data: st.DataObject
) -> None:
    line = TypedLine().insert(text)
    line = replace(line, at=data.draw(st.integers(0, len(line.text))))
    canvas = Canvas(*size)

    draw_asking(canvas, 0, Asking(Wish.NOTE, "", line))

    assert_fits(canvas, size)
    assert len(stretches(canvas, Role.SELECTED)) == 1


KEYS = st.sampled_from(
    ("a", "x", "é", "腰", "space", "backspace", "delete", "left", "right", "home", "end", "ctrl+w")
)


@given(st.lists(KEYS, max_size=60))
def test_typing_keeps_its_place(keys: list[str]) -> None:
    line = TypedLine.of("slept badly")
    for key in keys:
        before = line
        line = line.press(key)
        assert 0 <= line.at <= len(line.text)
        if len(key) == 1:
            assert line.text == before.text[: before.at] + key + before.text[before.at :]


def test_a_word_is_taken_back() -> None:
    assert TypedLine.of("slept badly").press("ctrl+w") == TypedLine.of("slept ")
    assert TypedLine.of("slept  ").press("ctrl+w") == TypedLine.of("")


def test_a_pasted_text_is_one_line_of_some_length() -> None:
    line = TypedLine().insert("two\nlines" + "y" * 2 * MOST)

    assert len(line.text) == MOST
    assert line.text.startswith("two lines")


# The filters


def test_what_was_chosen_stays_chosen() -> None:
    sieve = Sieve().with_choices([("a", "A"), ("b", "B")], [("e", "E")])
    sieve = sieve.change(2).move(1).change(1)

    again = sieve.with_choices([("b", "B"), ("c", "C")], [])

    assert again.words == ("B", "all exercises", "12 months")


def test_round_and_round() -> None:
    sieve = Sieve().move(-1)

    assert [sieve.change(n).words[2] for n in (0, 1, -1)] == ["12 months", "3 months", "all of it"]
    assert sieve.change(1).since(TODAY) == date(2026, 2, 13)
    assert sieve.change(-1).since(TODAY) == date.min
    assert sieve.change(1).reset().words == Sieve().words


# What anybody may have written

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 99) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)
FIELDS = (
    *("number", "exercise", "name", "family", "dose", "reps", "rounds", "planned", "step", "side"),
    *("set", "rep", "round", "held_ms", "real_ms", "into_ms", "phase", "reason", "question"),
    *("value", "form", "by_ms", "lost_ms", "to_step", "outcome", "ends"),
)
KINDS = st.sampled_from(
    (
        *("step", "rep", "pause", "resume", "change", "swap", "ache", "skip", "back", "stop"),
        *("answer", "mistake", "left-out", "activity", "note", "pain-before", "ached-after"),
        *("end", "check-in", "morning", "new"),
    )
)
OBJECTS = st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=8)


@settings(deadline=None)
@given(st.lists(OBJECTS, max_size=4), st.lists(st.tuples(KINDS, OBJECTS), max_size=8), ANYTHING)
def test_whatever_is_in_a_history_is_drawn(
    steps: list[Any], events: list[tuple[str, Any]], answer: Any
) -> None:
    records = [
        # A stop's own time is checked when it is read.
        EventRecord(seq, SAME + timedelta(seconds=seq), seq, kind, data)
        for seq, (kind, data) in enumerate(events, 1)
    ]
    detail = Detail(session(), {"steps": steps}, records, {"pain": answer})

    log = session_log(detail)
    for size in ((40, 12), (120, 40)):
        assert_fits(draw_session(SessionView(detail.session, detail, tuple(log)), *size), size)
        assert_fits(draw_history(view_of((detail.session,), detail=detail), *size), size)
    assert all(line.text.isprintable() for line in log)
