"""Make the tones of the player: `python tools/make_tones.py [--check]`.

Each is a few sines with a soft beginning and end. Left is a fourth lower, right a fourth higher.
Nothing of the program runs this: it is for whoever changes a tone.
"""

import argparse
import io
import math
import sys
import wave
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Final

from backcoach.cues.sounds import Tone

FOLDER: Final = Path(__file__).resolve().parents[1] / "src" / "backcoach" / "cues" / "tones"
RATE: Final = 8000
LOUDEST: Final = 0.5
MIDDLE_HZ: Final = 587.33
"""D5: high enough for small loudspeakers, low enough for whoever hears high tones badly."""
PITCHES: Final = {"": 1.0, "-left": 3 / 4, "-right": 4 / 3}
FADE_S: Final = 0.012
HEADER: Final = 44
"""Bytes of a WAV file before its samples."""


def sine(hz: float, seconds: float, decay: float = 6.0) -> list[float]:
    """A struck tone with a little of its octave."""
    return [
        (math.sin(math.tau * hz * at) + 0.25 * math.sin(2 * math.tau * hz * at))
        / 1.25
        * math.exp(-decay * at)
        for at in (index / RATE for index in range(round(seconds * RATE)))
    ]


def sweep(from_hz: float, to_hz: float, seconds: float) -> list[float]:
    """A tone that glides and swells, for a breath."""
    count = round(seconds * RATE)
    phase, samples = 0.0, []
    for index in range(count):
        part = index / count
        phase += math.tau * (from_hz + (to_hz - from_hz) * part) / RATE
        samples.append(0.5 * math.sin(phase) * math.sin(math.pi * part) ** 2)
    return samples


def faded(samples: list[float]) -> list[float]:
    """Without a click at either end."""
    edge = round(FADE_S * RATE)
    last = len(samples) - 1
    return [
        sample * min(1.0, index / edge, (last - index) / edge)
        for index, sample in enumerate(samples)
    ]


def _tick(pitch: float) -> list[float]:
    return sine(MIDDLE_HZ * pitch, 0.09, 22.0)


def _end(pitch: float) -> list[float]:
    return sine(MIDDLE_HZ * pitch * 1.5, 0.3, 9.0)


STRUCK: Final[dict[str, Callable[[float], list[float]]]] = {"tick": _tick, "end": _end}


def tones() -> dict[str, list[float]]:
    """Every tone's samples by its name, from -1 to 1."""
    made = {
        f"{name}{side}": make(pitch)
        for name, make in STRUCK.items()
        for side, pitch in PITCHES.items()
    }
    made["half"] = [*sine(MIDDLE_HZ, 0.12, 14.0), *sine(MIDDLE_HZ, 0.16, 12.0)]
    made["breathe-in"] = sweep(220.0, 293.66, 0.9)
    made["breathe-out"] = sweep(293.66, 196.0, 0.9)
    return made


def wav(samples: list[float]) -> bytes:
    """Samples as a WAV file, one channel of 16 bits."""
    values = array("h", (round(32_767 * LOUDEST * sample) for sample in faded(samples)))
    if sys.byteorder == "big":
        values.byteswap()
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(values.tobytes())
    return file.getvalue()


def same(one: bytes, other: bytes) -> bool:
    """Whether two files sound the same: machines differ in the last bit of a sine."""
    if len(one) != len(other) or one[:HEADER] != other[:HEADER]:
        return False
    samples = zip(array("h", one[HEADER:]), array("h", other[HEADER:]), strict=True)
    return all(abs(first - second) <= 1 for first, second in samples)


def main(arguments: list[str] | None = None) -> int:
    """Write the files, or compare them. 0: well; 1: one is missing or differs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="only say whether they are the same")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="another than the bundled one")
    given = parser.parse_args(arguments)
    made = {f"{name}.wav": wav(samples) for name, samples in tones().items()}
    assert set(made) == {f"{tone}.wav" for tone in Tone}
    if given.check:
        found = {path.name: path.read_bytes() for path in given.folder.glob("*.wav")}
        odd = sorted(
            name for name in {*made, *found} if not same(made.get(name, b""), found.get(name, b""))
        )
        print("\n".join(f"differs: {name}" for name in odd) or f"{len(made)} tones, all the same")
        return 1 if odd else 0
    given.folder.mkdir(exist_ok=True)
    for name, content in made.items():
        (given.folder / name).write_bytes(content)
    print(f"{len(made)} tones made")
    return 0


if __name__ == "__main__":
    sys.exit(main())
