"""`report` and `ics`: what is written where, who may read it, and what is refused."""

import re
import stat
from datetime import timedelta
from pathlib import Path

import pytest
import vobject
from click.testing import CliRunner, Result
from month_building import TODAY, Kept, keep
from session_building import Program

from backcoach.cli.main import Context, cli
from backcoach.paths import find_paths
from backcoach.session.clock import SystemClock, local

PERIOD = ("--until", TODAY.isoformat())


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A home with a session in it."""
    found = Program(tmp_path)
    keep(found.history, Kept(0, note="Slept badly"), Kept(40))
    return found


def run(program: Program, *args: str) -> Result:
    """Run a command."""
    context = Context(find_paths(str(program.data), str(program.home / "config")))
    return CliRunner(env=program.env()).invoke(cli, args, obj=context)


def mode(path: Path) -> int:
    """Who may do what with a file."""
    return stat.S_IMODE(path.stat().st_mode)


# report


def test_a_report_goes_to_the_standard_output(program: Program) -> None:
    result = run(program, "report", *PERIOD)

    assert result.exit_code == 0
    assert result.stdout.startswith("# Exercise and pain record\n\n26 October 2026 to 22 November")
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("name", "start"), [("page.md", "# "), ("page.html", "<!DOCTYPE"), ("PAGE.HTM", "<!DOCTYPE")]
)
def test_a_file_is_as_its_name_ends(program: Program, name: str, start: str) -> None:
    path = program.home / name
    result = run(program, "report", str(path), *PERIOD)

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"written: {path}\n"
    assert path.read_text("utf-8").startswith(start)
    assert mode(path) == 0o600


def test_a_format_that_is_said_counts(program: Program) -> None:
    path = program.home / "page.txt"

    assert run(program, "report", str(path), "--format", "html", *PERIOD).exit_code == 0
    assert path.read_text("utf-8").startswith("<!DOCTYPE")
    assert run(program, "report", "-", "--format", "html").stdout.startswith("<!DOCTYPE")


def test_a_file_is_never_written_over_unasked(program: Program) -> None:
    path = program.home / "page.md"
    path.write_text("mine", "utf-8")
    for command in ("report", "ics"):
        refused = program.run(command, str(path))
        assert refused.returncode == 2
        assert (
            refused.stderr
            == f"backcoach: {path}: there is such a file already: --force writes over it\n"
        )
        assert path.read_text("utf-8") == "mine"

    assert run(program, "report", str(path), "--force").exit_code == 0
    assert path.read_text("utf-8").startswith("# ")
    assert mode(path) == 0o600
    assert sorted(each.name for each in program.home.iterdir()) == ["data", "page.md"]


def test_notes_are_in_it_only_if_asked_for(program: Program) -> None:
    assert "Slept badly" not in run(program, "report", *PERIOD).stdout
    assert "Slept badly" in run(program, "report", "--notes", *PERIOD).stdout


def test_the_period_ends_on_the_last_day(program: Program) -> None:
    last = (TODAY - timedelta(days=40)).isoformat()
    result = run(program, "report", "--since", "7d", "--until", last)

    assert "7 October 2026 to 13 October 2026, 7 days" in result.stdout
    assert "- Sessions: 1 of 1 " in result.stdout


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (
            ("--since", "2026-11-23", *PERIOD),
            "the period would end on 2026-11-22, before it begins",
        ),
        (("--since", "lately"), "`lately` is no date"),
        (("page.pdf",), "page.pdf: end it with .md or .html, or say --format"),
        (("--format", "pdf"), "'pdf' is not one of 'md', 'html'"),
    ],
)
def test_what_a_report_refuses(program: Program, args: tuple[str, ...], words: str) -> None:
    result = run(program, "report", *args)

    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())
    assert result.stdout == ""


def test_without_a_history_there_is_nothing_to_tell(tmp_path: Path) -> None:
    program = Program(tmp_path)
    result = run(program, "report")

    assert result.exit_code == 0
    assert "No session and no activity was recorded" in result.stdout
    assert not program.data.exists()


def test_a_damaged_history_is_said(program: Program) -> None:
    program.history.write_bytes(b"no history" * 1000)
    result = program.run("report", "page.html")

    assert result.returncode == 1
    assert "history.db" in result.stderr
    assert not (program.home / "page.html").exists()


def test_neither_loads_what_draws(program: Program) -> None:
    code = (
        "import sys\nfrom backcoach.cli.main import main\n"
        "try:\n    main()\nfinally:\n"
        "    print({'textual', 'rich', 'plotext'} & sys.modules.keys())"
    )
    for args in (("report", "a.html"), ("ics", "a.ics")):
        assert program.python(code, *args).stdout == "set()\n"
    loaded = program.python(
        "import sys\nfrom backcoach.cli import ics, report\nprint('icalendar' in sys.modules)"
    )
    assert loaded.stdout == "False\n"


# ics


def test_a_plan_has_as_many_days_as_the_goal(program: Program) -> None:
    settings = program.home / "config" / "settings.toml"
    settings.parent.mkdir()
    settings.write_text("[week]\nsessions = 2\n", "utf-8")
    event = vobject.readOne(run(program, "ics").stdout).vevent

    assert re.search("BYDAY=MO,TH$", event.rrule.value)
    assert event.summary.value == "Back exercises"
    assert event.dtstart.value.hour == 18


def test_a_plan_for_a_routine(program: Program) -> None:
    path = program.home / "plan.ics"
    args = ("--routine", "bird-dogs", "--days", "Fri,mon", "--at", "7:30", "--remind", "1h")
    result = run(program, "ics", str(path), *args, "--weeks", "3")

    assert (result.exit_code, result.stdout) == (0, "")
    assert mode(path) == 0o600
    event = vobject.readOne(path.read_bytes().decode()).vevent
    assert event.summary.value == "Bird-dogs, five minutes"
    assert event.valarm.trigger.value == timedelta(hours=-1)
    times = list(event.getrruleset(addRDate=True))
    assert 5 <= len(times) <= 6
    assert {(time.weekday(), time.hour, time.minute) for time in times} == {(0, 7, 30), (4, 7, 30)}


def test_until_is_the_last_day(program: Program) -> None:
    until = local(SystemClock().now()).date() + timedelta(days=20)
    written = run(
        program, "ics", "--until", until.isoformat(), "--days", "mon,tue,wed,thu,fri,sat,sun"
    )
    event = vobject.readOne(written.stdout).vevent

    assert list(event.getrruleset(addRDate=True))[-1].date() == until


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--days", "mon,funday"), "`funday` is no day: write mon,tue,wed,thu,fri,sat,sun"),
        (("--days", ""), "`` is no day"),
        (("--at", "25:00"), "25:00"),
        (("--remind", "soon"), "this is no duration"),
        (("--weeks", "0"), "0 is not in the range"),
        (("--weeks", "2", "--until", "2030-01-01"), "take one of them"),
        (("--until", "2020-01-01"), "no day of this plan comes before 2020-01-01 is over"),
    ],
)
def test_what_a_plan_refuses(program: Program, args: tuple[str, ...], words: str) -> None:
    result = run(program, "ics", *args)

    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())
    assert result.stdout == ""
