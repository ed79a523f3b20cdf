"""`history`: the list and what is picked from it, one session in full, and what is put right."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from end_to_end_terminal import Terminal
from session_building import Program, evening, new_session, record, rows, unprintable
from transfer_building import EVENTS, REP, running, told, write, write_three

from backcoach.cli.main import Context, cli
from backcoach.errors import UnreadableError
from backcoach.history.activities import activity_of, by_hand
from backcoach.history.reader import Reader
from backcoach.history.records import EventRecord
from backcoach.history.store import Store
from backcoach.paths import find_paths

PLAN = {
    "version": 2,
    "steps": [
        {
            "number": 1,
            "exercise": "bird-dog",
            "name": "Bird-dog",
            "family": "posterior",
            "planned": {"left": 3, "right": 3},
        },
        {"number": 2, "exercise": "cat-cow", "name": "Cat-cow", "planned": {"": 5}},
    ],
}


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A home with three sessions."""
    program = Program(tmp_path)
    write_three(program.history)
    return program


def history(program: Program, *args: str) -> Result:
    """The command, in this process."""
    context = Context(find_paths(str(program.data), str(program.home / "config")))
    return CliRunner(env=program.env()).invoke(cli, ["history", *args], obj=context)


def words(result: Result) -> str:
    """Everything that a person is told, the error included."""
    return result.output + ("" if result.exception is None else str(result.exception))


def shown(program: Program, *args: str) -> list[str]:
    """The sessions that are shown, by their short ids."""
    result = history(program, *args)
    assert result.exit_code == 0, result.output
    as_json = json.loads(history(program, *args, "--json").stdout)["sessions"]
    ids = [line.split()[0] for line in result.stdout.splitlines()]
    assert ids == [each["id"][:8] for each in as_json]
    return ids


# The list


def test_each_line_begins_with_what_names_it(program: Program) -> None:
    assert shown(program) == ["west-3", "kill-2", "hurt-1"]


@pytest.mark.parametrize(
    ("args", "ids"),
    [
        (("--limit", "2"), ["west-3", "kill-2"]),
        (("--since", "2026-03-30"), ["west-3", "kill-2"]),
        (("--since", "2026-03-31"), ["west-3"]),
        (("--since", "2026-03-29", "--limit", "1"), ["west-3"]),
        (("--exercise", "bird-dog"), ["kill-2", "hurt-1"]),
        (("--exercise", "bird-dog", "--since", "2026-03-30"), ["kill-2"]),
        (("--routine", "bird-dogs"), ["west-3", "kill-2", "hurt-1"]),
    ],
)
def test_sessions_are_picked(program: Program, args: tuple[str, ...], ids: list[str]) -> None:
    assert shown(program, *args) == ids


@pytest.mark.parametrize(
    "args",
    [
        ("--since", "28d"),
        ("--routine", "planks"),
        ("--routine", "walk"),
        ("--routine", "bird-dogs", "--since", "28d"),
        ("--exercise", "bridge"),
    ],
)
def test_none_is_picked(program: Program, args: tuple[str, ...]) -> None:
    assert history(program, *args).stdout == "No such session.\n"


@pytest.mark.parametrize("json", [(), ("--json",)])
@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--routine", "bird-dgs"), "no routine `bird-dgs`, in the library or in the history. Did"),
        (("--routine", "xyzzy"), "history. `backcoach list` names those of the library."),
        (("--exercise", "Bird dog"), "no exercise `Bird dog`, in the library or in the history."),
        (("--exercise", "bird-dgo"), "Did you mean `bird-dog`?"),
        (("--exercise", "xyzzy"), "history. `backcoach list --exercises` names them."),
    ],
)
def test_what_there_is_none_of_is_a_slip(
    program: Program, args: tuple[str, ...], told: str, json: tuple[str, ...]
) -> None:
    result = history(program, *args, *json)

    assert isinstance(result.exception, UnreadableError)
    assert result.exception.exit_status == 2
    assert told in str(result.exception)
    assert result.stdout == ""


def test_a_slip_is_one_without_a_history_too(tmp_path: Path) -> None:
    assert "no routine `xyzzy`" in words(history(Program(tmp_path), "--routine", "xyzzy"))


def test_what_has_left_the_library_is_found_where_it_was_played(program: Program) -> None:
    done = record(1, "rep", 20_000, **REP | {"exercise": "my-stretch"})
    write(program.history, new_session("mine-4", evening(270_000), routine="my-own"), done)

    assert shown(program, "--exercise", "my-stretch") == ["mine-4"]
    assert shown(program, "--routine", "my-own") == ["mine-4"]
    assert history(program, "--routine", "my-own", "--since", "1d").stdout == "No such session.\n"
    assert history(program, "mine-4", "--delete", "--yes").exit_code == 0
    assert history(program, "--routine", "my-own").stdout == "No such session.\n"
    assert "Did you mean `my-own`?" in words(history(program, "--routine", "my-onw"))


def test_what_was_written_down_by_hand_is_marked(program: Program) -> None:
    new, events = by_hand("hand-4", activity_of("walk"), evening(400_000), 1_200_000)
    write(program.history, new, *events)
    line = history(program).stdout.splitlines()[0]

    assert line.split() == [
        *("hand-4", "2026-04-03", "10:36", "20:00", "pain", "–", "→", "–"),
        *("completed", "Walk", "by", "hand"),
    ]
    lines = history(program).stdout.splitlines()
    assert len({line.index("pain") for line in lines}) == 1


# One in full


def full(program: Program, session: str) -> list[str]:
    """A session in full."""
    result = history(program, session)
    assert result.exit_code == 0, words(result)
    return result.stdout.splitlines()


def test_a_session_is_shown_in_full(program: Program) -> None:
    write(program.history, new_session("whole", evening(500_000), plan=PLAN), *EVENTS)

    assert full(program, "whole") == [
        "Bird-dogs, five minutes  whole",
        "Saturday 4 Apr 2026, 14:23 to 19:30, it hurt",
        "0:41 of 4:17   pain 2 → 5",
        "note: =steif",
        "      und müde \N{FLEXED BICEPS}",
        "",
        "Bird-dog  left   1 of 3  held 0:05  0:09 in all",
        "Bird-dog  right  0 of 3",
        "Cat-cow          0 of 5",
        "",
        "stop at 0:30: Bird-dog, left, set 1, rep 2: sharp or stabbing · low back · 6/10",
        "",
        "29 Mar",
        "19:30:01     0:00  Bird-dog",
        "19:30:02     0:20    left · set 1 · 1 × 5 s",
        "19:30:03     0:31  × it hurt: Bird-dog, left, set 1, rep 2",
        "                     what it was: sharp or stabbing",
        "                     where: low back",
        "                     how much: 6",
        "19:30:07     0:32  waved",
        "19:30:08     0:41  ended after a stop",
        "19:30:09           pain afterwards: 5",
        "19:30:10           note: =steif und müde \N{FLEXED BICEPS}",
    ]


@pytest.mark.parametrize(
    "data", [{}, {"by_ms": "x", "lost_ms": [], "number": {}, "value": {}, "to_step": []}]
)
def test_events_that_make_no_sense_are_shown_all_the_same(
    program: Program, data: dict[str, Any]
) -> None:
    kinds = ["step", "activity", "skip", "back", "pause", "change", "swap", "ache", "end", "note"]
    events = [record(seq, kind, **data) for seq, kind in enumerate(kinds, 1) if kind != "end"]
    write(program.history, new_session("odd-one", plan={"steps": 5}), *events)

    assert len(full(program, "odd-one")) >= len(events)


def test_a_walk_by_hand_was_never_planned(program: Program) -> None:
    new, events = by_hand("hand-4", activity_of("walk"), evening(), 1_200_000, 3, 2, "fein")
    write(program.history, new, *events)

    assert full(program, "hand-4") == [
        "Walk  by hand  hand-4",
        "Sunday 29 Mar 2026, 19:30 to 19:50, completed",
        "20:00   pain 3 → 2",
        "note: fein",
        "",
        "Walk  1  20:00 in all",
        "",
        "19:50:00    20:00  Walk · 20:00",
        "19:50:00    20:00  done",
        "19:50:00           pain afterwards: 2",
        "19:50:00           note: fein",
    ]


def test_nothing_that_is_shown_steers_a_terminal(program: Program) -> None:
    evil = "\x1b[2J\x9b\u202e\r"
    plan = {"steps": [{"number": 1, "exercise": f"e{evil}", "name": evil, "planned": {evil: 1}}]}
    stop: dict[str, Any] = {"number": 1, "exercise": f"e{evil}", "side": evil, "step": evil}
    write(
        program.history,
        new_session(f"evil{evil}", evening(500_000), name=evil, plan=plan),
        record(1, "step", **stop),
        record(2, "rep", **REP | {"exercise": evil, "name": evil, "side": evil}),
        record(3, "stop", **stop),
        record(4, "answer", number=1, question="what", value=evil),
        record(5, "note", value=f"{evil}\n{evil}"),
        EventRecord(6, evening(6), 0, evil, {evil: evil}),
        record(7, "pause", reason=evil),
    )

    told = words(history(program, "evil")) + words(history(program))
    assert unprintable(told) == set()


def test_one_session_as_json_is_as_in_the_list(program: Program) -> None:
    listed = json.loads(history(program, "--json").stdout)["sessions"]

    assert json.loads(history(program, "kill", "--json").stdout)["sessions"] == [listed[1]]


# Which one


@pytest.mark.parametrize(
    ("name", "session"), [("hurt", "hurt-1"), ("hurt-1", "hurt-1"), ("last", "west-3")]
)
def test_a_session_is_named_by_how_its_id_begins(program: Program, name: str, session: str) -> None:
    assert full(program, name)[0].endswith(session)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("3f2a", "no session begins with 3f2a"),
        ("hur", "hur: write at least 4 characters of a session's id"),
        ("same", "2 sessions begin with same: write more of it (same-1, same-2)"),
        ("%%%%", "no session begins with %%%%"),
    ],
)
def test_who_is_meant_by_nobody(program: Program, name: str, why: str) -> None:
    for number in (1, 2):
        write(program.history, new_session(f"same-{number}"))
    done = program.run("history", name)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"backcoach: {why}\n"


def test_an_id_that_another_one_begins_with_is_meant_itself(program: Program) -> None:
    for name in ("a", "ab", "abcd", "abcde"):
        write(program.history, new_session(name))

    assert full(program, "a")[0].endswith("  a")
    assert full(program, "abcd")[0].endswith("  abcd")


@pytest.mark.parametrize("name", ["last", "3f2a"])
def test_before_the_first_session(tmp_path: Path, name: str) -> None:
    program = Program(tmp_path)
    assert "there is no session yet" in words(history(program, name))
    assert not program.data.exists()

    Store(program.history).close()
    assert "no session" in words(history(program, name))


@pytest.mark.parametrize(
    "args",
    [
        *(("--note", "x"), ("--delete",), ("--undelete",), ("--pain-after", "3")),
        *(("hurt", "--since", "1d"), ("hurt", "--limit", "3"), ("hurt", "--pain-before", "11")),
        *(("hurt", "--delete", "--undelete"), ("hurt", "--delete", "--note", "x")),
        *(("--limit", "0"), ("--since", "soon")),
    ],
)
def test_what_does_not_go_together(program: Program, args: tuple[str, ...]) -> None:
    assert history(program, *args).exit_code == 2
    assert len(shown(program)) == 3


# Put right


def test_a_score_is_put_right_and_the_old_one_stays(program: Program) -> None:
    assert history(program, "hurt", "--pain-before", "3", "--pain-after", "0").exit_code == 0
    history(program, "hurt", "--pain-before", "4")

    (session,) = (each for each in told(program.history) if each["id"] == "hurt-1")
    assert (session["pain_before"], session["pain_after"]) == (4, 0)
    lines = full(program, "hurt")
    assert lines[2] == "0:41 of 4:17   pain 4 → 0"
    assert [line[19:] for line in lines[-3:]] == [
        "pain before: 3   (was: 2)",
        "pain afterwards: 0   (was: 5)",
        "pain before: 4   (was: 3)",
    ]


def test_a_note_is_written_and_the_old_one_stays(program: Program) -> None:
    result = history(program, "hurt", "--note", "Besser")

    assert result.stdout == "written down: Bird-dogs, five minutes, 2026-03-29 19:30\n"
    lines = full(program, "hurt")
    assert lines[3] == "note: Besser"
    assert lines[-1].endswith("note: Besser   (was: =steif und müde \N{FLEXED BICEPS})")


def test_half_a_character_is_no_fault(program: Program) -> None:
    done = program.shell('"$@" "$(printf \'kalt\\377\')"', "history", "hurt", "--note")

    assert done.returncode == 0
    assert full(program, "hurt")[3] == "note: kalt?"


def test_an_empty_note_is_none(program: Program) -> None:
    history(program, "hurt", "--note", "")

    assert full(program, "hurt")[3] == ""
    with Reader(program.history) as reader:
        session = reader.session("hurt-1")
        assert session is not None
        assert session.note == ""


def test_one_that_was_broken_off_can_have_a_note(program: Program) -> None:
    assert history(program, "kill", "--note", "power cut").exit_code == 0

    assert "note: power cut" in full(program, "kill")


def test_what_still_runs_is_left_alone(program: Program) -> None:
    running(program.history, new_session("now-4"), EVENTS[0])

    assert "still runs" in words(history(program, "now-4", "--note", "x"))
    assert "still runs" in words(history(program, "now-4", "--delete", "--yes"))
    assert "now-4" in shown(program)


def test_a_deleted_session_can_be_put_back(program: Program) -> None:
    before = told(program.history)
    result = history(program, "hurt", "--delete", "--yes")

    assert result.exit_code == 0
    assert result.stdout == "deleted: Bird-dogs, five minutes, 2026-03-29 19:30\n"
    assert "backcoach history hurt-1 --undelete    puts it back" in result.stderr
    assert shown(program) == ["west-3", "kill-2"]
    assert shown(program, "--deleted") == ["hurt-1"]
    assert full(program, "hurt")[2].startswith("deleted ")

    assert history(program, "hurt", "--undelete").exit_code == 0
    assert history(program, "--deleted").stdout == "No such session.\n"
    assert told(program.history) == before
    assert not full(program, "hurt")[2].startswith("deleted ")


def test_without_a_terminal_nothing_is_deleted(program: Program) -> None:
    done = program.run("history", "hurt", "--delete")

    assert done.returncode == 2
    assert "say --yes" in done.stderr
    assert len(shown(program)) == 3


@pytest.mark.parametrize(("key", "left"), [("y", 2), ("n", 3), ("", 3)])
def test_at_a_terminal_it_is_asked(program: Program, key: str, left: int) -> None:
    terminal = Terminal(program.command("history", "hurt", "--delete"), program.env(), (100, 24))
    try:
        terminal.wait_for("It can be put back for a while. [y/N]:")
        assert rows(program.history, "SELECT id FROM session WHERE deleted_at NOT NULL") == []
        terminal.press(f"{key}\r")
        assert terminal.wait_exit() == 0
    finally:
        terminal.close()

    assert len(shown(program)) == left


def test_a_history_of_a_newer_version_is_only_read(program: Program) -> None:
    with Store(program.history) as store, store.transaction():
        store.db.execute("UPDATE meta SET value = '99' WHERE key = 'min_writer'")
        store.db.execute("PRAGMA user_version = 99")

    assert full(program, "hurt")
    for change in (("--note", "x"), ("--delete", "--yes"), ("--undelete",)):
        assert "newer version" in words(history(program, "hurt", *change))
