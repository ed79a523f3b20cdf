"""The script that measures the cues: what it takes for sound, and what it says when it can't."""

import sys
import tomllib
import wave
from array import array
from pathlib import Path

import measure_cues
import pytest
from measure_cues import CantMeasureError, differences, main, measure, sound_ms, table_text

RATE = 1000
"""A sample a millisecond."""


def wav(path: Path, samples: list[int], channels: int = 1) -> Path:
    values = array("h", samples)
    if sys.byteorder == "big":
        values.byteswap()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(values.tobytes())
    return path


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which programs are looked for; it is empty."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def voice(programs: Path, script: str) -> None:
    """A shell script in the place of the voice."""
    program = programs / "espeak-ng"
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(0o755)


def refusal(lines: set[str]) -> str:
    with pytest.raises(CantMeasureError) as raised:
        measure(lines)
    return str(raised.value)


# --- sound ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("samples", "ms"),
    [
        ([5000] * 40, 40),
        ([0] * 25 + [5000] * 40 + [0] * 300, 40),
        ([0] * 25 + [-5000] + [0] * 30 + [65] + [0] * 10, 32),
        ([64, -64, 5000, 64, -64], 1),
        ([-32768, 32767], 2),
    ],
)
def test_silence_before_and_after_is_left_out(tmp_path: Path, samples: list[int], ms: int) -> None:
    assert sound_ms(wav(tmp_path / "a.wav", samples)) == ms


def test_what_cannot_be_measured(tmp_path: Path) -> None:
    no_wave = tmp_path / "b.wav"
    no_wave.write_bytes(b"RIFF")
    for path, words in (
        (wav(tmp_path / "a.wav", [0, 64, -64]), "nothing but silence"),
        (wav(tmp_path / "empty.wav", []), "nothing but silence"),
        (wav(tmp_path / "two.wav", [9000] * 4, channels=2), "not one channel"),
        (no_wave, "b.wav: "),
        (tmp_path / "none.wav", "none.wav: "),
    ):
        with pytest.raises(CantMeasureError, match=words):
            sound_ms(path)


# --- the voice -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("programs")
def test_without_a_voice_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "spoken.toml"

    assert main(["--table", str(table)]) == 1
    assert capsys.readouterr().err.startswith("measure_cues: espeak-ng isn't installed")
    assert not table.exists()


def test_a_voice_that_fails(programs: Path) -> None:
    voice(programs, "echo no such voice >&2; exit 3")

    assert refusal({"Go."}) == "espeak-ng ended with 3: no such voice"


def test_a_voice_that_says_nothing(programs: Path) -> None:
    voice(programs, "exit 0")

    assert "line.wav" in refusal({"Go."})


def test_a_voice_that_hangs(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure_cues, "TIMEOUT_S", 0.1)
    voice(programs, "while :; do :; done")

    assert "took longer than" in refusal({"Go."})


def test_a_line_reaches_the_voice_as_it_is(programs: Path, tmp_path: Path) -> None:
    sound = wav(tmp_path / "sound.wav", [0] * 10 + [5000] * 40)
    said = tmp_path / "said"
    voice(
        programs,
        "read -r _ && exit 9\n"  # nothing is typed at it
        f"printf '%s|' \"$@\" >> '{said}'\n"
        f'while [ $# -gt 0 ]; do [ "$1" = -w ] && /bin/cp \'{sound}\' "$2"; shift; done',
    )

    assert measure({"Go.", '-x "1"; $(2)'}) == {'-x "1"; $(2)': 40, "Go.": 40}
    assert "|-s|150|" in said.read_text("utf-8")
    assert '|--|-x "1"; $(2)|' in said.read_text("utf-8")


# --- the table -----------------------------------------------------------------------------------


def test_the_table_is_sorted_and_says_what_it_is() -> None:
    spoken = {"Lift.": 393, 'Say "ah"\\.': 2, "Child's pose": 1012, "Für": 1}
    text = table_text(spoken, "9.9")

    assert tomllib.loads(text) == spoken
    assert "espeak-ng 9.9, voice en-gb, 150 words" in text
    assert list(tomllib.loads(text)) == sorted(spoken)
    assert text.endswith('\n"Say \\"ah\\"\\\\." = 2\n')


def test_what_is_missing_and_what_is_left_over() -> None:
    assert differences({"Go.", "Lift."}, ["Lift.", "Up."]) == [
        "not measured: 'Go.'",
        "said nowhere: 'Up.'",
    ]


def test_a_check_needs_a_whole_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = measure_cues.TABLE.read_text("utf-8")
    table = tmp_path / "spoken.toml"
    check = ["--check", "--table", str(table)]

    assert main(check) == 1
    table.write_text(whole, "utf-8")
    assert main(check) == 0
    table.write_text(whole + '"Up you go." = 900\n', "utf-8")
    capsys.readouterr()
    assert main(check) == 1
    assert capsys.readouterr().out == "said nowhere: 'Up you go.'\n"
