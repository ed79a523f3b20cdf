"""What the app holds: events in, sound out, as well as this machine can. It never fails."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial
from importlib import resources
from typing import TYPE_CHECKING, Final

from backcoach.cues.channel import Channel, Turn
from backcoach.cues.lengths import Lengths
from backcoach.cues.programs import Programs
from backcoach.cues.signs import Signs
from backcoach.cues.sounds import ENDS, Cut, Pace, Ring, Say, Sound, Tone
from backcoach.cues.tones import PLAYERS, Note
from backcoach.cues.voice import VOICES, Line, Voice
from backcoach.player.words import BREATH_IN_MS, BREATH_OUT_MS
from backcoach.session.clock import Clock, Moment, SystemClock, local
from backcoach.settings.model import SoundSettings

if TYPE_CHECKING:
    from backcoach.cues.children import Outcome
    from backcoach.player.events import Event
    from backcoach.player.state import State

SILENT_ABOVE: Final = 4.0
"""A faster rehearsal is silent."""
SOFTER: Final = 0.4
"""How loud the quiet hours are."""
SOON_MS: Final = 1000
"""A voice that fails this soon leaves the time for another one to say the line."""
LATE_MS: Final = 1000
"""A breath that is this late, after the machine slept, begins from now."""
BREATHE_IN: Final = "Breathe in."
BREATHE_OUT: Final = "Breathe out."

_VOICE: Final = ("auto", "voice")
_TONES: Final = (*_VOICE, "tones")
_BELL: Final = (*_TONES, "bell")

_LOOK: Final = object()
"""In place of a note: only look for who could play one."""

Hear = Callable[["Event", "State", Moment], None]
"""Hears an event, the state after it, and when it was noticed."""


@dataclass(frozen=True, slots=True)
class _Spoken:
    line: Line
    tone: Tone | None


@dataclass(frozen=True, slots=True)
class _Breath:
    pace: Pace
    opening: str = ""


class Sounder:
    """Makes the sound of a run of the program. Its methods never wait, but `finish` and `close`.

    Args:
        settings: how it should sound.
        clock: where the time comes from.
        speed: of a rehearsal, else 1.
        muted: whether it begins without sound.

    Attributes:
        signs: the bell and the flash, which the screen lends.
    """

    def __init__(
        self, settings: SoundSettings, clock: Clock, *, speed: float = 1.0, muted: bool = False
    ) -> None:
        self.signs = Signs()
        self._settings = settings
        self._clock = clock
        self._speed = speed
        self._mute = muted
        self._voices = Programs(VOICES if settings.backend in _VOICE else ())
        self._players = Programs(PLAYERS if settings.backend in _TONES else ())
        self._voice = Channel("voice", self._speak)
        self._tones = Channel("tones", self._play)
        self._breath = Channel("breath", self._breathe)

    @cached_property
    def _lengths(self) -> Lengths:
        # Not before the first frame is drawn: it reads a table.
        return Lengths(measured(), self._settings.rate)

    # What is asked of it

    def listen(self) -> Hear:
        """Listen to a new session: whoever calls what this gives back makes it heard."""
        # By the time that the first phase ends, it is known who can play that.
        self._tones.put(_LOOK)
        from backcoach.cues.script import Script

        script = Script(
            self._lengths,
            self._settings.cues,
            speed=self._speed,
            breath_pacer=self._settings.breath_pacer,
        )

        def hear(event: "Event", state: "State", moment: Moment) -> None:
            self.mute = state.muted
            # Asked for while muted too: it knows what was said, and that a session has begun.
            for sound in script.sounds_of(event, state):
                self._make(sound, moment)

        return hear

    def say(self, line: str) -> None:
        """Say a line now, in place of what is being said."""
        self._make(Say(line, self._lengths.of([line])), self._clock.now())

    def breathe(self, opening: str = "") -> None:
        """Pace the breath aloud, 4 seconds in and 6 out, until it is cut.

        Args:
            opening: what is said in place of the first "Breathe in."; at most 4 seconds of it.
        """
        if not self.mute:
            self._breath.put(_Breath(Pace(BREATH_IN_MS, BREATH_OUT_MS, aloud=True), opening))

    def cut(self) -> None:
        """Silence, at once."""
        self._breath.cut()
        self._voice.cut()
        self._tones.cut()

    @property
    def mute(self) -> bool:
        """Whether nothing sounds, by the person's wish, the settings' or the rehearsal's."""
        return self._mute or self._settings.backend == "off" or self._speed > SILENT_ABOVE

    @mute.setter
    def mute(self, muted: bool) -> None:
        was, self._mute = self._mute, muted
        if muted and not was:
            # Muted first: what another thread begins just now, it begins before this cuts it.
            self.cut()

    @property
    def label(self) -> str:
        """What the top line says of the sound; until something was tried, what is hoped for."""
        if self.mute:
            return "mute"
        return self._loudest + (", quiet" if self._is_quiet(self._clock.now()) else "")

    @property
    def _loudest(self) -> str:
        backend = self._settings.backend
        if backend in _VOICE and not self._voices.none_left:
            return "♪ voice"
        if backend in _TONES and not self._players.none_left:
            return "♪ tones"
        return "♪ bell" if backend in _BELL and self.signs.bell else "flash"

    def finish(self, seconds: float) -> None:
        """Let what is being said be said to its end, so long at most."""
        self._voice.finish(seconds)

    def close(self, seconds: float) -> bool:
        """Cut everything and end the threads; whether all ended in that time.

        They end at once, but for a program that hangs while it is told to be silent.
        """
        # By the real time, whatever the session's clock says: threads are waited for.
        clock = SystemClock()
        end_ms = clock.now().monotonic_ms + seconds * 1000
        self.cut()
        ended = [
            channel.close(max(0.0, end_ms - clock.now().monotonic_ms) / 1000)
            for channel in (self._breath, self._voice, self._tones)
        ]
        return all(ended)

    # How it is made

    def _make(self, sound: Sound, moment: Moment) -> None:
        match sound:
            case Cut():
                self.cut()
            case _ if self.mute:
                pass
            case Say():
                self._say(sound, moment)
            case Ring():
                self._ring(sound.tone, moment)
            case Pace() if sound.in_ms + sound.out_ms > 0:
                self._breath.put(_Breath(sound))
            case Pace():
                self._breath.cut()

    def _say(self, sound: Say, moment: Moment) -> None:
        if not self._voices.none_left and self._settings.backend in _VOICE:
            line = Line(sound.line, sound.ms, self._settings.rate, self._volume(moment))
            self._voice.put(_Spoken(line, sound.tone))
        elif sound.tone is not None:
            self._ring(sound.tone, moment)

    def _ring(self, tone: Tone, moment: Moment) -> None:
        if not self._players.none_left and self._settings.backend in _TONES:
            self._tones.put(Note(tone, self._volume(moment)))
        else:
            self._sign(tone, moment)

    def _sign(self, tone: Tone, moment: Moment) -> None:
        """What is left for the end of a phase; everything else is silent."""
        if tone not in ENDS:
            return
        if self._settings.backend in _BELL:
            self.signs.ring()
        heard = self._settings.backend in _VOICE and not self._voices.none_left
        if not heard and not self._is_quiet(moment):
            self.signs.light(moment.monotonic_ms)

    def _volume(self, moment: Moment) -> int:
        loudness = SOFTER if self._is_quiet(moment) else 1.0
        return round(self._settings.volume * loudness)

    def _is_quiet(self, moment: Moment) -> bool:
        here = local(moment)
        return self._settings.is_quiet(here.hour * 60 + here.minute)

    # On the channels' threads

    def _speak(self, spoken: _Spoken, turn: Turn) -> None:
        from backcoach.cues.children import run

        for voice, path in self._voices.left():
            began_ms = self._clock.now().monotonic_ms
            outcome = run(voice.command(path, spoken.line), turn.wait)
            took_ms = self._clock.now().monotonic_ms - began_ms
            # One that hangs is always cut by the next line before its time is up.
            if outcome.cut and took_ms <= spoken.line.ms * 2 + SOON_MS:
                return
            good = was_said(voice, outcome, took_ms, spoken.line)
            self._voices.note(voice.name, good=good)
            if good or took_ms > SOON_MS or turn.over:
                return
        if spoken.tone is not None:
            self._ring(spoken.tone, self._clock.now())

    def _play(self, note: Note | object, turn: Turn) -> None:
        from backcoach.cues.children import run

        if not isinstance(note, Note):
            self._players.left()
            return
        for player, path in self._players.left():
            began_ms = self._clock.now().monotonic_ms
            outcome = run(player.command(path, note), turn.wait)
            took_ms = self._clock.now().monotonic_ms - began_ms
            if outcome.cut and took_ms <= SOON_MS:
                return
            good = outcome.status == 0
            self._players.note(player.name, good=good)
            if good or took_ms > SOON_MS or turn.over:
                return
        self._sign(note.tone, self._clock.now())

    def _breathe(self, breath: _Breath, turn: Turn) -> None:
        pace = breath.pace
        opening = breath.opening
        next_ms = self._clock.now().monotonic_ms
        while True:
            for words, tone, ms in (
                (BREATHE_IN, Tone.BREATHE_IN, pace.in_ms),
                (BREATHE_OUT, Tone.BREATHE_OUT, pace.out_ms),
            ):
                line, opening = opening or words, ""
                sound = Say(line, self._lengths.of([line]), tone) if pace.aloud else Ring(tone)
                now = self._clock.now()
                if now.monotonic_ms - next_ms > LATE_MS:
                    next_ms = now.monotonic_ms
                # A channel's turn may reach into the voice's and the tones', never the other way.
                if turn.do(partial(self._make, sound, now)):
                    return
                next_ms += ms
                if turn.wait(max(0, next_ms - now.monotonic_ms) / 1000):
                    return


def was_said(voice: Voice, outcome: "Outcome", took_ms: int, line: Line) -> bool:
    """Whether a voice has said a line: one that is silent about a missing device ends too soon."""
    return outcome.status == 0 and (voice.tells or took_ms * 2 >= line.ms)


@cache
def measured() -> Mapping[str, int]:
    """How long the catalogue's lines take to say, in milliseconds."""
    from backcoach.document.reading import parse_document

    entry = resources.files("backcoach.catalogue") / "tables" / "spoken.toml"
    return parse_document(entry.read_bytes(), entry.name).values
