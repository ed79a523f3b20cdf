"""What a report says of a period: figures that were counted by hand."""

from dataclasses import replace
from datetime import date, timedelta, timezone
from pathlib import Path

import pytest
from history_building import a_year
from hypothesis import given
from hypothesis import strategies as st
from month_building import (
    PLAN,
    SINCE,
    STOP,
    TODAY,
    Kept,
    answer,
    facts_of,
    hurt,
    page_in,
)

from backcoach.history.records import EventRecord, SessionRecord, StopRecord
from backcoach.report.doses import Dose
from backcoach.report.facts import Facts, Mean, gather
from backcoach.report.page import page_of
from backcoach.report.reading import facts_in
from backcoach.stats.adherence import Adherence

YEAR = a_year(60, until=TODAY)
FIRST = next(each for each in YEAR if not each.by_hand and not each.rehearsal)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a history goes."""
    return tmp_path / "history.db"


def folded(sessions: list[SessionRecord], since: date = SINCE, until: date = TODAY) -> Facts:
    """The facts of records alone, without what else a history has of them."""
    return gather(sessions, since, until, a_week=4, events={}, plans={})


def words_of(facts: Facts) -> str:
    """Everything a report says, but for its tables."""
    page = page_of(facts, TODAY)
    keys = [f"{key.label} {key.value} {key.more}" for key in page.keys]
    lines = (line for each in page.sections for line in (*each.alerts, *each.lines))
    return "\n".join([*keys, *lines])


# Which sessions


def test_both_ends_of_a_period_are_part_of_it(path: Path) -> None:
    facts = facts_of(path, Kept(0), Kept(27), Kept(28), Kept(-1))

    assert [each.day for each in facts.sessions] == [SINCE, TODAY]
    assert facts.last_before == SINCE - timedelta(days=1)
    assert facts.whole.days == 28


def test_a_session_belongs_to_the_day_it_began_on_where_it_was_played(path: Path) -> None:
    # Late on the last day in Hawaii is the next day in Europe, early in Auckland the day before.
    late = Kept(0, hour=23, zone=timezone(timedelta(hours=-10)))
    early = Kept(27, hour=1, zone=timezone(timedelta(hours=13)))

    assert len(facts_of(path, late, early).sessions) == 2


def test_rehearsals_and_a_session_that_runs_are_left_out(path: Path) -> None:
    facts = facts_of(path, Kept(1), Kept(2, rehearsal=True), Kept(0, running=True, after=None))

    assert [each.day for each in facts.sessions] == [TODAY - timedelta(days=1)]


def test_a_session_that_was_broken_off_is_there(path: Path) -> None:
    facts = facts_of(path, Kept(0, left=1, right=0, cows=0, after=None, outcome=None))

    assert [each.outcome for each in facts.sessions] == ["interrupted"]
    assert facts.adherence.done == 0


def test_what_was_written_down_by_hand_stands_apart(path: Path) -> None:
    facts = facts_of(path, Kept(1), Kept(0, by_hand=True, name="Walk", before=None, after=None))

    assert [each.name for each in facts.sessions] == ["Bird-dogs"]
    assert [each.name for each in facts.by_hand] == ["Walk"]
    assert "Walk" not in [dose.name for dose in facts.doses]
    assert facts.adherence.done == 1
    assert facts.whole.active_ms == sum(
        each.active_ms for each in (*facts.sessions, *facts.by_hand)
    )


def test_an_empty_period_says_so(path: Path) -> None:
    page = page_in(path, Kept(40))

    assert page.keys == ()
    (section,) = page.sections
    assert section.title == "Nothing recorded"
    assert section.lines[-1] == "The last one before it was on 13 October 2026."


def test_a_history_that_is_not_there_is_an_empty_one(path: Path) -> None:
    facts = facts_in(path, SINCE, TODAY, a_week=4)

    assert facts.sessions == facts.by_hand == ()
    assert facts.last_before is None
    assert not path.exists()


# Keeping at it


def test_adherence_is_measured_over_the_whole_period(path: Path) -> None:
    sessions = [Kept(ago) for ago in (0, 3, 30, 50, 80)]

    # Twelve weeks, of which the first three days were before the first session.
    assert facts_of(path, *sessions, since=TODAY - timedelta(days=83)).adherence == Adherence(
        planned=4 * 81 // 7, done=5
    )


def test_without_a_goal_nothing_was_planned(path: Path) -> None:
    facts = facts_of(path, Kept(0), a_week=0)

    assert facts.adherence == Adherence(planned=0, done=1)
    assert "Sessions 1 no goal was set" in words_of(facts)


def test_weeks_go_back_from_the_last_day(path: Path) -> None:
    facts = facts_of(path, Kept(0), Kept(6), Kept(7, before=5), since=TODAY - timedelta(days=9))

    assert [(week.since, week.until, week.done) for week in facts.weeks] == [
        (TODAY - timedelta(days=6), TODAY, 2),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=7), 1),
    ]
    assert facts.weeks[1].before == Mean(5.0, 1, 5, 5)


@given(
    st.lists(st.sampled_from(YEAR), unique_by=lambda each: each.id),
    st.integers(0, 70),
    st.integers(0, 70),
)
def test_the_weeks_and_the_days_add_up_to_the_whole(
    sessions: list[SessionRecord], ago: int, days: int
) -> None:
    until = TODAY - timedelta(days=ago)
    facts = folded(sessions, until - timedelta(days=days), until)

    for parts in (facts.weeks, facts.days):
        assert sum(part.stops for part in parts) == facts.whole.stops
        scores = sum(part.before.count for part in parts if part.before)
        assert scores == (facts.whole.before.count if facts.whole.before else 0)
    assert sum(week.done for week in facts.weeks) == facts.whole.done == facts.adherence.done
    assert sum(week.active_ms for week in facts.weeks) == facts.whole.active_ms
    assert sum(week.days for week in facts.weeks) == facts.whole.days == days + 1
    assert folded(sessions[::-1], facts.whole.since, until) == facts


# Doses


def test_doses_are_counted_by_side_against_the_plan(path: Path) -> None:
    facts = facts_of(path, Kept(0), Kept(2, left=1, right=0, cows=0, outcome="ended"))

    assert facts.doses == (
        Dose("Bird-dog", "left", 2, reps=3, planned=4, held_ms=30_000, planned_held_ms=40_000),
        Dose("Bird-dog", "right", 1, reps=2, planned=4, held_ms=20_000, planned_held_ms=40_000),
        Dose("Cat-cow", None, 1, reps=4, planned=8, held_ms=0, planned_held_ms=0),
    )


def test_of_a_plan_that_says_less_only_what_was_done_is_known(path: Path) -> None:
    steps = [{**step, "planned": {"left": 2}} for step in PLAN["steps"][:1]]
    del steps[0]["hold_ms"]
    facts = facts_of(path, Kept(0), Kept(1, plan={**PLAN, "steps": steps}), Kept(2, plan={}))

    left = facts.doses[0]
    assert left.name == "Bird-dog"
    assert (left.reps, left.planned) == (6, 4)
    assert (left.held_ms, left.planned_held_ms) == (60_000, None)


def test_a_stop_before_the_first_rep_has_its_row_too(path: Path) -> None:
    facts = facts_of(path, hurt(0, left=0, right=0, cows=0, plan={}))

    assert facts.doses == (Dose("bird-dog", "left", stops=1),)


def test_aches_are_counted_by_session(path: Path) -> None:
    def ached(ago: int, exercise: str) -> Kept:
        return Kept(ago, events=(("ache", {"step": 1, "exercise": exercise, "ends": False}),) * 2)

    facts = facts_of(path, ached(0, "cat-cow"), ached(1, "bird-dog"), ached(2, "bird-dog"))

    assert list(facts.aches.items()) == [("Bird-dog", 2), ("Cat-cow", 1)]


# Pain


def test_means_say_of_how_many(path: Path) -> None:
    facts = facts_of(
        path,
        Kept(0, before=5, after=3),
        Kept(0, before=4, after=None, hour=9),
        Kept(3, before=None, after=0),
    )

    assert facts.whole.before == Mean(4.5, 2, 4, 5)
    assert facts.whole.after == Mean(1.5, 2, 0, 3)
    assert facts.change == Mean(-2.0, 1, -2, -2)
    assert [(day.since, day.before, day.after) for day in facts.days] == [
        (TODAY - timedelta(days=3), None, Mean(0.0, 1, 0, 0)),
        (TODAY, Mean(4.5, 2, 4, 5), Mean(3.0, 1, 3, 3)),
    ]


def test_a_small_change_is_not_called_one(path: Path) -> None:
    month = [Kept(ago, before=2) for ago in (1, 2, 3)]
    earlier = [Kept(ago, before=3) for ago in (31, 32, 33)]

    words = words_of(facts_of(path, *month, *earlier))

    assert "2.0 over the 28 days to 22 Nov, 2.0 over the last 7, 3.0 over the 28 before." in words
    assert "Compared: 1.0 lower than the month before: too little to call (2 would be)." in words


@given(st.lists(st.sampled_from(YEAR), unique_by=lambda each: each.id))
def test_no_change_is_called_good_or_bad(sessions: list[SessionRecord]) -> None:
    words = words_of(folded(sessions)).lower()

    for verdict in ("better", "worse", "improve", "heal", "treat", "recover"):
        assert verdict not in words


# Stops


def test_a_stop_has_its_place_and_every_answer(path: Path) -> None:
    answers = (
        answer("what", "electric"),
        answer("where", "thigh"),
        answer("how-much", 7),
        answer("red-flags", "no"),
        answer("again", 3),
        answer("leg-gone", "yes"),
    )
    facts = facts_of(path, hurt(0, *answers))

    (stop,) = facts.stops
    assert (stop.name, stop.stop.side, stop.stop.set, stop.stop.rep) == ("Bird-dog", "left", 1, 2)
    assert (stop.stop.phase, stop.stop.into_ms) == ("hold", 4_200)
    assert (stop.stop.quality, stop.stop.where, stop.stop.intensity) == ("electric", "thigh", 7)
    assert (stop.red_flags, stop.again, stop.leg_gone) == ("no", 3, "yes")
    assert facts.doses[0].stops == 1


@pytest.mark.parametrize(
    ("answers", "red_flags"),
    [
        ((), None),
        ((answer("red-flags", None),), ""),
        ((answer("red-flags", "no"),), "no"),
        ((answer("red-flags", "no"), answer("red-flags", "yes")), "yes"),
        ((answer("red-flags", "yes", number=2),), None),
    ],
)
def test_the_check_for_emergency_signs(
    path: Path, answers: tuple[tuple[str, dict[str, object]], ...], red_flags: str | None
) -> None:
    facts = facts_of(path, hurt(0, *answers))

    assert [stop.red_flags for stop in facts.stops] == [red_flags]
    said = "In the session of 22 Nov 18:00 the question for emergency signs was answered yes."
    assert (said in words_of(facts)) == (red_flags == "yes")


def test_mistakes_are_counted_and_no_stops(path: Path) -> None:
    again = ("stop", {**STOP[1], "number": 2, "side": "right", "into_ms": 900})
    facts = facts_of(path, hurt(0, again, ("mistake", {"number": 1}), answer("what", "dull", 2)))

    (stop,) = facts.stops
    assert (stop.stop.side, stop.stop.quality, stop.stop.into_ms) == ("right", "dull", 900)
    assert facts.mistakes == 1
    assert facts.whole.stops == 1
    assert "1 stop pressed by mistake: not counted here." in words_of(facts)


def test_a_stop_that_was_moved_is_where_it_was_moved_to(path: Path) -> None:
    moved = ("stop", {**STOP[1], "side": "right", "into_ms": 9_000, "moved": True})

    (stop,) = facts_of(path, hurt(0, moved)).stops
    assert (stop.stop.side, stop.stop.into_ms) == ("right", 9_000)


# What a file from elsewhere may hold

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 12) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner),
    max_leaves=3,
)
NUMBERS = st.sampled_from((1, 1, 2, True, None, "1"))
DATA = st.fixed_dictionaries(
    {"number": NUMBERS},
    optional=dict.fromkeys(("question", "value", "phase", "into_ms", "exercise", "side"), ANYTHING),
)
EVENTS = st.lists(
    st.builds(
        lambda kind, data: EventRecord(1, FIRST.started_at, 0, kind, data),
        st.sampled_from(("stop", "answer", "mistake", "note")),
        DATA,
    ),
    max_size=6,
)
PLANS = st.fixed_dictionaries(
    {},
    optional={
        "steps": ANYTHING
        | st.lists(
            st.fixed_dictionaries(
                {}, optional=dict.fromkeys(("exercise", "planned", "hold_ms"), ANYTHING)
            )
        )
    },
)


@given(EVENTS, PLANS)
def test_nothing_in_events_and_plans_is_taken_on_trust(
    events: list[EventRecord], plan: dict[str, object]
) -> None:
    session = replace(FIRST, stops=(StopRecord("a", "\ud800", 1, 1, 0),))
    facts = gather(
        [session], SINCE, TODAY, a_week=4, events={FIRST.id: events}, plans={FIRST.id: plan}
    )

    assert "\ud800" not in str(page_of(facts, TODAY))
    assert len(facts.stops) == 1


# Words


def test_the_tables_of_a_stop(path: Path) -> None:
    page = page_in(path, hurt(0, answer("what", "sharp"), answer("how-much", 5)))

    stops = next(section.table for section in page.sections if section.title == "Stops")
    assert stops is not None
    assert stops.rows == (
        ("22 Nov 18:00", "Bird-dog", "left", "set 1, rep 2, second 5 of the hold",
         "sharp or stabbing", "–", "5", "–", "not asked"),
    )  # fmt: skip


def test_notes_are_private_unless_asked_for(path: Path) -> None:
    page = page_in(path, Kept(0, note="My sister's wedding"))

    assert "wedding" not in str(page)
    assert page.foot.endswith("Personal notes are not part of it.")


def test_notes_that_are_asked_for(path: Path) -> None:
    page = page_in(path, Kept(0, note="Sat all day.\nThen walked\x1b[2J"), notes=True)

    assert page.sections[-1].table is not None
    assert page.sections[-1].table.rows == (
        ("22 Nov 18:00", "Bird-dogs", "Sat all day.\nThen walked\N{REPLACEMENT CHARACTER}[2J"),
    )
    assert "Personal notes" not in page.foot


def test_days_have_their_year_where_the_period_has_two(path: Path) -> None:
    page = page_in(path, Kept(0), since=date(2025, 12, 20))

    sessions = next(section.table for section in page.sections if section.title == "Sessions")
    assert sessions is not None
    assert sessions.rows[0][0] == "22 Nov 2026 18:00"
    assert page.period == "20 December 2025 to 22 November 2026, 338 days"
