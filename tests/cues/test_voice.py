"""The programs that speak and play: what each is asked, and that no text is more than a text."""

import shutil
import threading
import wave
from io import BytesIO
from pathlib import Path

import pytest
from cues_building import Fake, program
from hypothesis import given
from hypothesis import strategies as st
from make_tones import main, same

from backcoach.cues.children import Outcome, run
from backcoach.cues.lengths import Lengths, joined
from backcoach.cues.programs import MOST_FAILURES, Programs
from backcoach.cues.sounder import was_said
from backcoach.cues.sounds import Tone
from backcoach.cues.tones import PLAYERS, Note, Player
from backcoach.cues.voice import VOICES, Line, Voice, tame

HOSTILE = (
    "-w/etc/passwd",
    "--stdin",
    "-- -f",
    "<speak>loud</speak>",
    "[[volm 9]] [[inpt PHON]]",
    "$(touch bad) `touch bad` ; touch bad | tee bad & 'x' \"y\"",
    "'); Start-Process calc; ('",
    "\x1b]0;title\x07 \x00 \r\n \u202e backwards",
    "x" * 100_000,
)


def voice_of(name: str) -> Voice:
    return next(voice for voice in VOICES if voice.name == name)


def player_of(name: str) -> Player:
    return next(player for player in PLAYERS if player.name == name)


def wait(seconds: float) -> bool:
    return threading.Event().wait(seconds)


def asked(fake: Fake, kind: Voice, line: Line) -> tuple[list[str], str]:
    """How a program was called, and what it read."""
    assert run(kind.command(str(fake.path), line), wait).status == 0
    return fake.calls[-1]["argv"][1:], fake.calls[-1]["stdin"]


@pytest.mark.parametrize(
    ("name", "argv", "stdin"),
    [
        ("say", ["-r", "180", "-f", "-"], "[[volm 0.40]] Lift up.\n"),
        ("spd-say", ["--wait", "-r", "18", "-i", "-60", "--", "Lift up."], ""),
        ("espeak-ng", ["-v", "en-gb", "-s", "180", "-a", "40", "--stdin"], "Lift up.\n"),
        ("espeak", ["-v", "en-gb", "-s", "180", "-a", "40", "--stdin"], "Lift up.\n"),
    ],
)
def test_how_each_voice_is_asked(name: str, argv: list[str], stdin: str, tmp_path: Path) -> None:
    fake = program(tmp_path, name)
    assert asked(fake, voice_of(name), Line("Lift up.", 600, 180, 40)) == (argv, stdin)


def test_powershell_is_given_a_script_of_ours_and_reads_the_text(tmp_path: Path) -> None:
    fake = program(tmp_path, "powershell")
    argv, stdin = asked(fake, voice_of("powershell"), Line("'); Remove-Item x; ('", 600, 204, 40))
    assert argv[:3] == ["-NoProfile", "-NonInteractive", "-Command"]
    assert "Remove-Item" not in argv[3]
    assert "$voice.Rate = 2; $voice.Volume = 40" in argv[3]
    assert "Remove-Item" in stdin


@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: voice.name)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_text_is_never_more_than_a_text(voice: Voice, text: str) -> None:
    harmless = voice.command("program", Line("x", 100))
    hostile = voice.command("program", Line(text, 100))
    shown = tame(text)
    in_arguments = [word for word in hostile.argv if word not in harmless.argv]
    assert in_arguments in ([], [shown])
    if in_arguments:
        assert hostile.argv[hostile.argv.index(shown) - 1] == "--"
    assert hostile.stdin in (b"", harmless.stdin.replace(b"x\n", shown.encode() + b"\n"))


@given(st.text())
def test_nothing_is_left_that_a_voice_obeys(text: str) -> None:
    shown = tame(text)
    assert not shown.startswith("-")
    assert not set(shown) & set('[]<>{}|\\`"$&')
    assert all(char.isprintable() for char in shown)
    assert len(shown) <= 400


@given(st.text(st.sampled_from("abcdefgÄéß ,.!?'-:0123456789")))
def test_words_are_said_as_they_are(text: str) -> None:
    assert tame(f"A{text}") == " ".join(f"A{text}".split())[:400].rstrip()


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="there is no espeak-ng here")
@pytest.mark.parametrize("text", ["Lift up.", *HOSTILE[:-1]])
def test_the_real_espeak_ends_well_whatever_it_reads(text: str, tmp_path: Path) -> None:
    path = shutil.which("espeak-ng")
    assert path
    command = voice_of("espeak-ng").command(path, Line(text, 500))
    outcome = run(command, wait)
    assert outcome.status == 0, outcome
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="there is no espeak-ng here")
def test_the_real_espeak_speaks_what_it_reads(tmp_path: Path) -> None:
    path = shutil.which("espeak-ng")
    assert path

    def length_ms(text: str, rate: int) -> float:
        command = voice_of("espeak-ng").command(path, Line(text, 500, rate))
        file = tmp_path / "said.wav"
        to_file = type(command)((*command.argv, "-w", str(file)), command.limit_s, command.stdin)
        assert run(to_file, wait).status == 0
        with wave.open(str(file)) as said:
            return float(said.getnframes() / said.getframerate() * 1000)

    long = length_ms("Push the floor away. Breathe.", 150)
    assert length_ms("Lift.", 150) < long
    assert length_ms("Push the floor away. Breathe.", 220) < long
    assert 2000 <= long < 4000


def test_a_voice_that_says_nothing_of_a_missing_device_ends_too_soon() -> None:
    silent, honest = voice_of("espeak-ng"), voice_of("spd-say")
    line = Line("Push the floor away.", 2000)
    assert not was_said(silent, Outcome(0), 90, line)
    assert was_said(silent, Outcome(0), 1500, line)
    assert was_said(honest, Outcome(0), 90, line)
    assert not was_said(honest, Outcome(1), 2000, line)


# --- players -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "argv"),
    [
        ("afplay", ["-v", "0.40", "FILE"]),
        ("pw-play", ["--volume=0.40", "FILE"]),
        ("paplay", ["--volume=26214", "FILE"]),
        ("aplay", ["-q", "-"]),
        ("play", ["-q", "-v", "0.40", "FILE"]),
        ("ffplay", ["-nodisp", "-autoexit", "-loglevel", "quiet", "-volume", "40", "FILE"]),
    ],
)
def test_how_each_player_is_asked(name: str, argv: list[str], tmp_path: Path) -> None:
    fake = program(tmp_path, name)
    note = Note(Tone.END_LEFT, 40)
    assert run(player_of(name).command(str(fake.path), note), wait).status == 0
    expected = [str(note.path) if word == "FILE" else word for word in argv]
    assert fake.calls[-1]["argv"][1:] == expected
    assert note.path.name == "end-left.wav"


@pytest.mark.parametrize("tone", Tone)
def test_every_tone_is_a_short_small_wav_that_fades(tone: Tone) -> None:
    content = Note(tone).path.read_bytes()
    assert len(content) < 15_000
    with wave.open(BytesIO(content)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        assert file.getnframes() / file.getframerate() <= 1.0
        frames = file.readframes(file.getnframes())
    assert frames[:2] == frames[-2:] == b"\0\0"
    assert max(frames) > 0


def test_a_softer_tone_is_the_same_and_softer() -> None:
    note = Note(Tone.END, 40)
    loud, soft = note.path.read_bytes(), note.softened()
    assert loud[:44] == soft[:44]
    assert len(loud) == len(soft)
    loudest, softest = (
        max(abs(int.from_bytes(f[i : i + 2], "little", signed=True)) for i in range(44, len(f), 2))
        for f in (loud, soft)
    )
    assert 0.35 < softest / loudest < 0.45


def test_the_tones_are_those_that_the_tool_makes(tmp_path: Path) -> None:
    assert main(["--check"]) == 0
    assert main(["--check", "--folder", str(tmp_path)]) == 1
    assert main(["--folder", str(tmp_path)]) == 0
    assert main(["--check", "--folder", str(tmp_path)]) == 0
    wav = tmp_path / "end.wav"
    content = wav.read_bytes()
    wav.write_bytes(content[:-100] + b"\x11\x11" * 50)
    assert main(["--check", "--folder", str(tmp_path)]) == 1
    assert not same(content, content[:-2])


# --- which of them -------------------------------------------------------------------------------


def test_a_program_that_never_worked_gets_no_second_chance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("espeak-ng", "espeak"):
        program(tmp_path, name)
    monkeypatch.setenv("PATH", str(tmp_path))
    programs = Programs(VOICES)
    assert not programs.none_left, "nobody has looked yet"
    assert [voice.name for voice, _ in programs.left()] == ["espeak-ng", "espeak"]
    programs.note("espeak-ng", good=False)
    assert [voice.name for voice, _ in programs.left()] == ["espeak"]
    programs.note("espeak", good=True)
    for _ in range(MOST_FAILURES - 1):
        programs.note("espeak", good=False)
    assert not programs.none_left
    programs.note("espeak", good=True)
    for _ in range(MOST_FAILURES):
        assert not programs.none_left
        programs.note("espeak", good=False)
    assert programs.left() == []


def test_without_any_program_none_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    programs = Programs(PLAYERS)
    assert programs.left() == []
    assert programs.none_left


def test_who_asks_what_is_known_never_waits_for_who_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    looking, go_on, asked = threading.Event(), threading.Event(), threading.Event()

    def slow(name: str) -> None:
        del name
        looking.set()
        go_on.wait(10)

    monkeypatch.setattr(shutil, "which", slow)
    programs = Programs(PLAYERS)
    looks = threading.Thread(target=programs.left)
    looks.start()
    assert looking.wait(10)

    def ask() -> None:
        assert not programs.none_left
        asked.set()

    asks = threading.Thread(target=ask)
    asks.start()
    answered = asked.wait(5)
    go_on.set()
    looks.join()
    asks.join()
    assert answered
    assert programs.none_left


# --- lengths -------------------------------------------------------------------------------------


def test_measured_lines_take_what_was_measured_and_others_150_words_a_minute() -> None:
    lengths = Lengths({"Lift.": 393})
    assert lengths.of(["Lift."]) == 393
    assert lengths.of(["Wall sit"]) == 800
    assert lengths.of(["Lift.", "Wall sit"]) == 393 + 450 + 800
    assert lengths.of([]) == lengths.of([""]) == 0
    assert Lengths({"Lift.": 393}, 300).of(["Lift.", "Wall sit"]) == (393 + 450 + 800) // 2


def test_the_highest_rank_is_left_out_first() -> None:
    lengths = Lengths({})
    ranked = [(2, "a"), (0, "b"), (1, "c"), (0, "d"), (2, "e")]
    all_of_it = 5 * 400 + 4 * 450
    assert lengths.fitting(ranked, all_of_it) == ("a", "b", "c", "d", "e")
    assert lengths.fitting(ranked, all_of_it - 1) == ("a", "b", "c", "d")
    assert lengths.fitting(ranked, all_of_it - 851) == ("b", "c", "d")
    assert lengths.fitting(ranked, 400) == ("b",)
    assert lengths.fitting(ranked, 399) == ()


@given(
    st.lists(st.tuples(st.integers(0, 6), st.text(max_size=30)), max_size=8),
    st.integers(-100, 20_000),
)
def test_what_fits_fits(ranked: list[tuple[int, str]], room_ms: int) -> None:
    lengths = Lengths({})
    kept = lengths.fitting(ranked, room_ms)
    assert not kept or lengths.of(kept) <= room_ms
    rest = iter(line for _, line in ranked)
    assert all(line in rest for line in kept), "in their order"


def test_lines_become_sentences() -> None:
    assert joined(["Bird-dog", "Lift up.", "Really?"]) == "Bird-dog. Lift up. Really?"
