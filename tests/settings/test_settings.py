"""The settings file: what it may hold, where it is wrong, and that nothing ever stops for it."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from session_building import Program

from backcoach.document.reading import parse_document
from backcoach.settings.model import (
    CUES,
    THEMES,
    ScreenSettings,
    Settings,
    SoundSettings,
    WeekGoals,
)
from backcoach.settings.reading import problem_line, read_settings, settings_of

ALL = """
[sound]
backend = "tones"
rate = 180
volume = 60
quiet_from = "21:30"
quiet_to = "6:15"
cues = ["reps", "side"]
breath_pacer = true

[screen]
theme = "light"
motion = "reduced"

[week]
sessions = 3
walking = "1h30m"
strength_days = 0
mobility_days = 7
"""


def read(text: str) -> tuple[Settings, str]:
    settings, problems = settings_of(parse_document(text.encode(), "settings.toml"))
    return settings, problem_line(problems)


def test_everything_can_be_set() -> None:
    assert read(ALL) == (
        Settings(
            SoundSettings(
                backend="tones",
                rate=180,
                volume=60,
                quiet_from=21 * 60 + 30,
                quiet_to=6 * 60 + 15,
                cues=frozenset({"reps", "side"}),
                breath_pacer=True,
            ),
            ScreenSettings("light", "reduced"),
            WeekGoals(sessions=3, walking_ms=90 * 60_000, strength_days=0, mobility_days=7),
        ),
        "",
    )


@pytest.mark.parametrize("text", ["", "[sound]", "[screen]\n[sound]\n"])
def test_without_a_word_there_are_defaults(text: str) -> None:
    assert read(text) == (Settings(), "")


def test_no_file_is_fine(tmp_path: Path) -> None:
    settings, problems = read_settings(tmp_path / "settings.toml")
    assert settings == Settings()
    assert not problems.found


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("rate = 90", "2:8: error[range]: `rate` is from 100 to 220"),
        ('rate = "fast"', "2:8: error[wrong-type]: `rate` is a whole number"),
        ("rate = true", "2:8: error[wrong-type]: `rate` is a whole number"),
        ("volume = 101", "2:10: error[range]: `volume` is from 0 to 100"),
        ("volume = 5.5", "2:10: error[wrong-type]: `volume` is a whole number"),
        (
            'backend = "voise"',
            '2:11: error[choice]: `backend` is one of "auto", "voice", "tones", "bell", "flash", '
            '"off" (did you mean `voice`?)',
        ),
        (
            "quiet_from = 22",
            "2:14: error[wrong-type]: `quiet_from` is a time of the day in quotes "
            '(write `quiet_from = "22:00"` or so)',
        ),
        (
            'quiet_to = "24:00"',
            "2:12: error[range]: `quiet_to` is a time of the day, from 00:00 to 23:59 "
            '(write `quiet_to = "22:00"` or so)',
        ),
        (
            'cues = "reps"',
            '2:8: error[wrong-type]: `cues` is a list in brackets (write `cues = ["reps"]`)',
        ),
        ("breath_pacer = 1", "2:16: error[wrong-type]: `breath_pacer` is true or false"),
        ("rat = 150", "2:1: warning[unknown-key]: there is no key `rat` here "
         "(did you mean `rate`?)"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place_and_the_default_holds(line: str, said: str) -> None:
    settings, told = read(f'[sound]\n{line}\n[screen]\ntheme = "light"\n')
    assert told == f"settings.toml:{said}"
    assert settings == Settings(screen=ScreenSettings("light"))


def test_one_wrong_cue_leaves_the_others() -> None:
    settings, told = read('[sound]\ncues = ["reps", "sides"]')
    assert told.startswith("settings.toml:2:17: error[choice]: `cues[2]` is one of ")
    assert ', not "sides" (' in told
    assert "did you mean `side`?" in told
    assert settings.sound.cues == {"reps"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sound = 1", "settings.toml:1:9: error[wrong-type]: `sound` is a table "
         "(its header is `[sound]`)"),
        ("[[screen]]", "settings.toml:1:1: error[wrong-type]: `screen` is a table "
         "(its header is `[screen]`)"),
        ("[screen]\ntheme = 'drak'", 'settings.toml:2:9: error[choice]: there is no theme "drak" '
         "(did you mean `dark`?)"),
        ("[screen]\ntheme = 1", "settings.toml:2:9: error[wrong-type]: "
         "`theme` is a text in quotes"),
        ("[screen]\nmotion = 0", 'settings.toml:2:10: error[choice]: `motion` is one of "full", '
         '"reduced"'),
        ("[colours]", "settings.toml:1:2: warning[unknown-key]: there is no key `colours` here "
         "(the keys are screen, sound, week)"),
    ],
)  # fmt: skip
def test_tables_are_checked_too(text: str, said: str) -> None:
    settings, told = read(text)
    assert told == said
    assert settings == Settings()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("sessions = 29", "2:12: error[range]: `sessions` is from 0 to 28"),
        ("sessions = -1", "2:12: error[range]: `sessions` is from 0 to 28"),
        ('sessions = "4"', "2:12: error[wrong-type]: `sessions` is a whole number"),
        ("strength_days = 8", "2:17: error[range]: `strength_days` is from 0 to 7"),
        ("mobility_days = 2.5", "2:17: error[wrong-type]: `mobility_days` is a whole number"),
        (
            "walking = 150",
            "2:11: error[wrong-type]: `walking` is a length of time in quotes "
            '(write `walking = "150m"` or so)',
        ),
        (
            'walking = "150 min"',
            '2:11: error[duration]: `walking`: this is no duration (write "2h30m")',
        ),
        (
            'walking = "far"',
            '2:11: error[duration]: `walking`: this is no duration (write "45s", "1m30s", "2m" '
            'or "1h")',
        ),
        ('walking = "40h1s"', "2:11: error[range]: `walking` is at most 40 hours a week"),
        ("days = 2", "2:1: warning[unknown-key]: there is no key `days` here "
         "(the keys are mobility_days, sessions, strength_days, walking)"),
    ],
)  # fmt: skip
def test_a_wrong_goal_is_told_and_the_usual_one_holds(line: str, said: str) -> None:
    settings, told = read(f"[week]\n{line}\n")
    assert told == f"settings.toml:{said}"
    assert settings == Settings()


@pytest.mark.parametrize(
    ("written", "minutes"), [("0s", 0), ("150m", 150), ("2h30m", 150), ("40h", 2400)]
)
def test_a_goal_for_walking_is_a_length_of_time(written: str, minutes: int) -> None:
    goals = WeekGoals(walking_ms=minutes * 60_000)
    assert read(f'[week]\nwalking = "{written}"') == (Settings(week=goals), "")


def test_the_first_is_told_and_the_others_counted() -> None:
    _, told = read("[sound]\nvolume = 900\nrate = 1\nquiet_to = 7")
    assert told.startswith("settings.toml:2:10: error[range]: ")
    assert told.endswith(" (and 2 more)")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"[sound\n", "error["),
        (b"\xff\xfe[\0s\0", "error[not-utf-8]"),
        (b"#" * 2_000_000, "error[too-large]"),
        (b"[sound]\nrate = 1\nrate = 2\n", "error["),
    ],
)
def test_a_bad_file_gives_defaults_and_a_line(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    settings, problems = read_settings(path)
    assert settings == Settings()
    assert problem_line(problems).startswith(str(path))
    assert code in problem_line(problems)


def test_a_folder_in_its_place_gives_defaults_and_a_line(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.mkdir()
    settings, problems = read_settings(path)
    assert settings == Settings()
    assert problem_line(problems) == f"{path}: error[unreadable]: not a regular file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no FIFOs here")
def test_a_fifo_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    os.mkfifo(path)
    assert problem_line(read_settings(path)[1]) == f"{path}: error[unreadable]: not a regular file"


def test_what_is_wrong_never_reaches_the_terminal_raw() -> None:
    _, told = read('[sound]\n"\\u001b]0;bad\\u0007" = 1\n')
    assert told.isprintable()


@pytest.mark.parametrize("theme", ["", "\\u001b[31m", "x" * 500])
def test_a_theme_that_is_none_is_no_theme_and_what_there_is_is_listed(theme: str) -> None:
    settings, told = read(f'[screen]\ntheme = "{theme}"')
    assert settings == Settings()
    assert told.startswith("settings.toml:2:9: error[choice]: there is no theme ")
    assert "the themes are dark, light, auto, " in told
    assert told.isprintable()
    assert len(told) < 450


def test_the_themes_are_ours_and_textual_s() -> None:
    from backcoach.tui.themes import theme_names

    assert theme_names() == THEMES
    for name in THEMES:
        assert read(f'[screen]\ntheme = "{name}"') == (Settings(screen=ScreenSettings(name)), "")


@pytest.mark.parametrize("to", ["nowhere.toml", "settings.toml"])
def test_a_link_to_nowhere_is_told(to: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.symlink_to(to)
    settings, problems = read_settings(path)
    assert settings == Settings()
    assert problem_line(problems).startswith(f"{path}: error[unreadable]: ")


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    path = tmp_path / ("a" * 300) / "settings.toml"
    assert "error[unreadable]: " in problem_line(read_settings(path)[1])


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another")
def test_a_closed_folder_is_told(tmp_path: Path) -> None:
    program = Program(tmp_path)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    code = """
import os, sys
from pathlib import Path
from backcoach.cli.wiring import settings_in
from backcoach.paths import Paths
import backcoach.settings.reading
os.setuid(65534)
print(settings_in(Paths(Path("/tmp"), Path(sys.argv[1])))[1])
"""
    done = program.python(code, str(closed))
    assert (done.returncode, done.stdout) == (
        0, "settings.toml: error[unreadable]: Permission denied\n"
    ), done.stderr  # fmt: skip


VALUES = st.recursive(
    st.one_of(st.booleans(), st.integers(), st.text(max_size=12), st.sampled_from(CUES)),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(["backend", "rate", "quiet_to", "cues", "x"]), VALUES))
@hypothesis_settings(deadline=None, max_examples=150)
def test_any_values_give_settings_that_can_be_used(values: dict[str, object]) -> None:
    import tomli_w

    settings, problems = settings_of(
        parse_document(tomli_w.dumps({"sound": values}).encode(), "settings.toml")
    )
    assert all(problem.place is not None for problem in problems)
    assert 100 <= settings.sound.rate <= 220
    assert settings.sound.cues <= frozenset(CUES)
    assert isinstance(settings.sound.is_quiet(0), bool)


@pytest.mark.parametrize(
    ("begin", "end", "quiet"),
    [
        (1320, 420, {0, 419, 1320, 1439}),
        (60, 120, {60, 119}),
        (600, 600, set()),
    ],
)
def test_the_quiet_hours_may_go_past_midnight(begin: int, end: int, quiet: set[int]) -> None:
    sound = SoundSettings(quiet_from=begin, quiet_to=end)
    asked = {0, 59, 60, 119, 120, 419, 420, 599, 600, 1319, 1320, 1439}
    found = {minute for minute in asked if sound.is_quiet(minute)}
    expected = {m for m in asked if (m >= begin or m < end)} if begin > end else quiet
    assert found == expected
    assert quiet <= found


def test_reading_them_loads_no_pydantic(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(ALL)
    code = """
import sys
from pathlib import Path
from backcoach.settings.reading import read_settings
print(read_settings(Path(sys.argv[1]))[0].sound.rate, "pydantic" in sys.modules)
"""
    done = Program(tmp_path).python(code, str(path))
    assert done.stdout == "180 False\n", done.stderr
