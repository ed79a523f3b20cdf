"""`log`: what was done without a routine, written down by hand."""

from datetime import date, datetime, time, timedelta

import pytest
from click.testing import CliRunner, Result
from session_building import Program, rows

from backcoach.cli.main import Context, cli
from backcoach.history.activities import ACTIVITIES, activity_of, by_hand, probably_meant
from backcoach.history.reader import Reader
from backcoach.history.records import SessionRecord
from backcoach.paths import find_paths
from backcoach.session.clock import SystemClock, local


@pytest.fixture
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A fresh home."""
    return Program(tmp_path_factory.mktemp("home"))


def log(program: Program, *args: str) -> Result:
    """The command, in this process."""
    context = Context(find_paths(str(program.data), str(program.home / "config")))
    return CliRunner(env=program.env()).invoke(cli, ["log", *args], obj=context)


def logged(program: Program) -> SessionRecord:
    """The only session that there is."""
    with Reader(program.history) as reader:
        (session,) = reader.sessions(exercises=True)
        return session


def today() -> date:
    """The day that the program has."""
    return local(SystemClock().now()).date()


def a_while_ago() -> datetime:
    """A moment of a past day, in the local time of that day."""
    return datetime.combine(today() - timedelta(days=3), time(18, 30)).astimezone()


def test_a_walk_is_a_session_that_has_just_ended(program: Program) -> None:
    before = local(SystemClock().now())
    result = log(program, "walk", "20m")
    session = logged(program)

    assert result.exit_code == 0
    assert session.ended_at is not None
    assert timedelta() <= session.ended_at - before + timedelta(seconds=1) < timedelta(minutes=1)
    assert session.ended_at - session.started_at == timedelta(minutes=20)
    assert (session.routine, session.name, session.outcome) == ("walk", "Walk", "completed")
    assert (session.by_hand, session.rehearsal, session.clean) == (True, False, False)
    assert (session.active_ms, session.planned_ms) == (1_200_000, 0)
    assert session.families == {"walking": 1_200_000}
    (done,) = session.exercises
    assert (done.exercise, done.reps, done.planned, done.real_ms) == ("walk", 1, 0, 1_200_000)


def test_it_says_what_was_written_and_how_to_take_it_out(program: Program) -> None:
    when = a_while_ago()
    result = log(program, "walk", "1h30m", "--on", str(when.date()), "--at", "18:30")

    shown = f"{when.date()} 18:30 to 20:00"
    assert result.stdout == f"written down: Walk, 1h30m, {shown}\n"
    assert f"backcoach history {logged(program).id[:8]} --delete" in result.stderr


def test_it_keeps_the_day_the_scores_and_the_note(program: Program) -> None:
    when = a_while_ago()
    asked = ("--on", str(when.date()), "--at", "18:30", "--pain", "3", "--after", "0")
    log(program, "swim", "45m", *asked, "--note", " Kühl,\naber gut ")
    session = logged(program)

    assert session.started_at == when
    assert session.started_at.utcoffset() == when.utcoffset()
    assert (session.pain_before, session.pain_after) == (3, 0)
    assert session.note == "Kühl,\naber gut"
    ((answers,),) = rows(program.history, "SELECT answers FROM session")
    assert answers == '{"pain":3}'


@pytest.mark.parametrize(
    ("args", "clock"),
    [
        (("--on", "yesterday"), time(12)),
        (("--on", "yesterday", "--at", "7:05"), time(7, 5)),
        (("--on", "yesterday", "--at", "23.30"), time(23, 30)),
    ],
)
def test_yesterday_it_began_at_noon_unless_said(
    program: Program, args: tuple[str, ...], clock: time
) -> None:
    log(program, "gardening", "1m", *args)

    started = logged(program).started_at
    assert (started.date(), started.time()) == (today() - timedelta(days=1), clock)


def test_today_may_be_said(program: Program) -> None:
    assert log(program, "walk", "1s", "--on", "today").exit_code == 0

    assert local(SystemClock().now()) - logged(program).started_at < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("wlak", "20m"), "`wlak` is not known: did you mean `walk`?"),
        (("Swiming", "20m"), "`Swiming` is not known: did you mean `swimming`?"),
        (("a walk", "20m"), "one word, like `walk`"),
        (("=cmd", "20m"), "one word, like `walk`"),
        (("x" * 50, "20m"), "one word, like `walk`"),
        (("walk", "20"), "`20` of what? Write 20m"),
        (("walk", "long"), "this is no duration"),
        (("walk", "20 minutes"), 'write "20m"'),
        (("walk", "0m"), "that is no time at all"),
        (("walk", "24h1s"), "more than 24h"),
        (("walk", "20m", "--on", "2999-01-01"), "2999-01-01 12:00 is still to come"),
        (("walk", "20m", "--on", "soon"), "`soon` is no date: write 2"),
        (("walk", "20m", "--on", "1960-01-01"), "is no date"),
        (("walk", "20m", "--at", "25:00"), "`25:00` is no time of day: write 18:30"),
        (("walk", "20m", "--at", "18"), "is no time of day"),
        (("walk", "20m", "--pain", "11"), "--pain"),
        (("walk", "20m", "--after", "-1"), "--after"),
    ],
)
def test_what_can_not_be(program: Program, args: tuple[str, ...], words: str) -> None:
    result = log(program, *args)

    assert result.exit_code == 2
    assert words in result.output
    assert not program.history.exists()


def test_what_is_not_over_yet_is_not_written_down(program: Program) -> None:
    later = local(SystemClock().now()) - timedelta(minutes=2)
    at = ("--on", str(later.date()), "--at", f"{later:%H:%M}")
    result = log(program, "walk", "1h", *at)

    assert result.exit_code == 2
    assert "its end, is still to come" in result.output
    assert not program.history.exists()


def test_any_other_word_is_taken_as_it_is(program: Program) -> None:
    log(program, "Slack-lining", "10m")
    session = logged(program)

    assert (session.routine, session.name) == ("slack-lining", "Slack lining")
    assert session.families == {"other": 600_000}


@pytest.mark.parametrize(
    ("word", "known", "family"),
    [
        ("walk", "walk", "walking"),
        ("WALKING", "walk", "walking"),
        ("stretch", "stretching", "mobility"),
        ("heat", "heat", "relief"),
        ("ice", "ice", "relief"),
        ("rest", "rest", "relief"),
        ("swimming", "swim", "other"),
        ("bike", "cycle", "other"),
        ("housework", "housework", "other"),
        ("boxing", "boxing", "other"),
    ],
)
def test_what_words_mean(word: str, known: str, family: str) -> None:
    activity = activity_of(word)

    assert (activity.id, activity.family) == (known, family)
    assert probably_meant(word) is None


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("wakl", "walk"),
        ("wwalk", "walk"),
        ("walx", "walk"),
        ("swm", None),
        ("siwm", "swim"),
        ("yogo", "yoga"),
        ("gradening", "gardening"),
        ("huosework", "housework"),
        ("Dancin", "dancing"),
    ],
)
def test_a_slip_of_the_fingers(word: str, meant: str | None) -> None:
    assert probably_meant(word) == meant


@pytest.mark.parametrize(
    "word", ["surf", "golf", "tennis", "football", "climbing", "ikx", "sailing"]
)
def test_no_slip_is_seen_in_what_is_a_word(word: str) -> None:
    assert probably_meant(word) is None


def test_no_word_means_two_things() -> None:
    assert [each for each in ACTIVITIES if activity_of(each) != ACTIVITIES[each]] == []


def test_nothing_is_said_of_a_score_that_nobody_gave() -> None:
    new, events = by_hand("id", activity_of("walk"), a_while_ago(), 1000)

    assert (new.pain_before, new.answers) == (None, {})
    assert [event.kind for event in events] == ["activity", "end"]


def test_half_a_character_is_no_fault(program: Program) -> None:
    done = program.shell('"$@" "$(printf \'kalt\\377\')"', "log", "walk", "5m", "--note")

    assert (done.returncode, done.stdout[:13]) == (0, "written down:")
    assert logged(program).note == "kalt?"
