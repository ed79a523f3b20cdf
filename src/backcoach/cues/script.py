"""What is said and what sounds at each event of the player. Pure: time is in the events.

A line that would overrun the time that there is for it, up to the next tone of its phase, is
shortened or left out. It never waits for its turn.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from backcoach.coach.words import COME_DOWN
from backcoach.cues import own_lines as own
from backcoach.cues.lengths import Lengths, Ranked, joined, sentence, spoken_dose
from backcoach.cues.sounds import Cut, Pace, Ring, Say, Sound, Tone, end_tone, tick_tone
from backcoach.player import events as ev
from backcoach.player.state import State, Status
from backcoach.player.words import (
    BREATH_IN_MS,
    BREATH_OUT_MS,
    NOT_COUNTED,
    note_of,
    to_prepare,
)
from backcoach.timeline.marks import AGAIN_FROM_MS, AGAIN_MS, QUIET_REP_REST_MS, WORDS, Cue
from backcoach.timeline.model import HELD_KINDS, REST_KINDS, Exercise, Phase, PhaseKind, Side

NEXT_FROM_MS: Final = 6000
"""A rest this long says what comes next."""
COUNT_MS: Final = 1000
"""From one of a count to the next."""
LATE_MS: Final = 400
"""A tone that is noticed later than this would say a wrong time."""

# The order in which lines are left out, the last first. What a note or a smaller form changes comes
# before the set-up: with that alone somebody would do too much.
_GO, _SIDE, _COME_DOWN, _CHANGED, _NAME, _NOTE, _SETUP, _DOSE, _OPENING = range(9)
_OTHERS, _NOT_COUNTED = 9, 10


class Script:
    """Listens to one session, and says what is heard of it.

    Args:
        lengths: how long lines take.
        wanted: the settings' cues.
        speed: of a rehearsal; the voice is no faster in it.
        breath_pacer: whether holds are breathed by tones.
    """

    def __init__(
        self,
        lengths: Lengths,
        wanted: frozenset[str],
        *,
        speed: float = 1.0,
        breath_pacer: bool = False,
    ) -> None:
        self._lengths = lengths
        self._wanted = wanted
        self._speed = speed
        self._breath_pacer = breath_pacer
        self._opened = False
        self._opened_by_ms = 0
        self._side: Side | None = None
        self._said_until_ms = 0
        self._pacing = False

    def sounds_of(self, event: ev.Event, state: State) -> list[Sound]:
        """What is heard at an event.

        Args:
            state: the player's, after the event.
        """
        match event:
            case ev.PhaseBegan():
                return self._phase(event, state)
            case ev.MarkReached():
                return self._mark(event, state)
            case ev.Stopped():
                return self._stop(event, state)
            case ev.BreathingBegan():
                self._pacing = True
                return [Pace(BREATH_IN_MS, BREATH_OUT_MS, aloud=True)]
            case ev.ReliefBegan() if position := state.timeline.relief_called(event.position):
                return [self._say([position.name, *position.cues.setup], event.at_ms)]
            case ev.Paused():
                # Who has pressed a key knows why; of a gap nobody does.
                why = [NOT_COUNTED] if event.reason == "gap" else []
                return [*self._silence(event), self._say([own.PAUSED, *why], event.at_ms)]
            case ev.Ended() if event.outcome == "completed":
                return [*self._silence(event), self._say([own.DONE, *_way_up(state)], event.at_ms)]
            case ev.Swapped() if event.form == "smaller":
                smaller = state.timeline.steps[event.step - 1].smaller
                return self._in_passing(smaller.words if smaller else "", event, state)
            case ev.Ached() if not event.ends:
                return self._in_passing(own.ACHED, event, state)
            case ev.Muted() if not event.muted and state.stop and state.stop.breathing:
                return [Pace(BREATH_IN_MS, BREATH_OUT_MS, aloud=True)]
            case (
                ev.Muted() | ev.Ended() | ev.Skipped() | ev.WentBack() | ev.Resumed()
                | ev.StopAnswered() | ev.StopMistaken() | ev.BreathingEnded()
            ):  # fmt: skip
                return self._silence(event)
            case _:
                return []

    # At once

    def _silence(self, event: ev.Event) -> list[Sound]:
        if event.at_ms < self._opened_by_ms:
            # Cut short, it was said to nobody.
            self._opened = False
        self._opened_by_ms = self._said_until_ms = 0
        self._pacing = False
        return [Cut()]

    def _say(self, lines: Iterable[str], at_ms: int, tone: Tone | None = None) -> Say:
        lines = tuple(lines)
        ms = self._lengths.of(lines)
        self._said_until_ms = at_ms + int(ms * self._speed)
        return Say(joined(lines), ms, tone)

    def _stop(self, event: ev.Stopped, state: State) -> list[Sound]:
        """Where it hurts nothing is weighed: it is said whole."""
        stop = state.stop
        exercise = state.exercise_of(stop.place.phase) if stop else None
        way_out = (exercise.cues.exit if exercise else ()) or (own.STAY,)
        lines = way_out if event.moved else (own.STOP, *way_out)
        return [*self._silence(event), self._say(lines, event.at_ms)]

    def _in_passing(self, words: str, event: ev.Event, state: State) -> list[Sound]:
        """Words about what was just changed, if what is left of the phase has time for them."""
        if not words or state.status is not Status.RUNNING:
            return []
        room_ms = self._room_ms(state.current, state.elapsed_ms, state, event)
        if self._lengths.of([words]) > room_ms:
            return []
        return [self._say([words], event.at_ms)]

    # As a phase begins

    def _phase(self, event: ev.PhaseBegan, state: State) -> list[Sound]:
        phase = event.phase
        sounds: list[Sound] = []
        if self._pacing:
            self._pacing = False
            sounds.append(Pace(0, 0))
        exercise = state.exercise_of(phase)
        lines = self._lines(event, exercise, state)
        if COME_DOWN in lines:
            self._opened = True
            opening = self._lengths.of(lines[: lines.index(COME_DOWN) + 1])
            self._opened_by_ms = event.at_ms + int(opening * self._speed)
        if phase.side is None:
            self._side = None
        elif any(_names(line, exercise, phase.side) for line in lines):
            self._side = phase.side
        if lines:
            sounds.append(self._say(lines, event.at_ms))
        if self._breath_pacer and exercise and phase.kind in HELD_KINDS and self._speed == 1:
            breath_ms = exercise.breath_in_ms + exercise.breath_out_ms
            if 0 < breath_ms <= phase.length_ms:
                self._pacing = True
                sounds.append(Pace(exercise.breath_in_ms, exercise.breath_out_ms))
        return sounds

    def _lines(
        self, event: ev.PhaseBegan, exercise: Exercise | None, state: State
    ) -> tuple[str, ...]:
        room_ms = self._room_ms(event.phase, _into_ms(event, state), state, event)
        if event.phase.kind is PhaseKind.PREPARE:
            return self._prepare(event, exercise, state, room_ms)
        lines = self._usual_lines(event.phase, exercise, state, room_ms)
        if event.phase.kind not in REST_KINDS:
            return lines
        gone_on = NOT_COUNTED if _into_ms(event, state) > 0 else ""
        ranked = [(_NOT_COUNTED, gone_on), *((_OTHERS, line) for line in lines)]
        return self._opened_with(ranked, state, room_ms)

    def _opened_with(
        self, lines: Sequence[Ranked], state: State, room_ms: float
    ) -> tuple[str, ...]:
        """What fits of some lines, with the session's first words where they weren't said yet.

        By the first sound of a session a silent device is noticed.
        """
        opening = [(_OPENING, sentence(state.timeline.name)), (_COME_DOWN, COME_DOWN)]
        opened = () if self._opened else self._lengths.fitting([*opening, *lines], room_ms)
        return opened if COME_DOWN in opened else self._lengths.fitting(lines, room_ms)

    def _usual_lines(
        self, phase: Phase, exercise: Exercise | None, state: State, room_ms: float
    ) -> tuple[str, ...]:
        if phase.kind is PhaseKind.REST:
            return self._rest(phase, exercise, state, room_ms)
        if exercise is None:
            return ()
        match phase.kind:
            case PhaseKind.MOVE_IN:
                return self._lift(phase, exercise, state, room_ms)
            case PhaseKind.MOVE_OUT:
                return self._lengths.first_fitting(
                    [[self._if("reps", exercise.cues.lower)]], room_ms
                )
            case PhaseKind.HOLD | PhaseKind.TIMED:
                hold = exercise.cues.hold if "hold" in self._wanted else ()
                return self._lengths.fitting([(0, line) for line in hold], room_ms)
            case PhaseKind.SELF_PACED:
                return ()
            case _:
                return self._rest(phase, exercise, state, room_ms)

    def _prepare(
        self, event: ev.PhaseBegan, exercise: Exercise | None, state: State, room_ms: float
    ) -> tuple[str, ...]:
        if exercise is None:
            return ()
        phase = event.phase
        words = to_prepare(state, phase, settle=event.settle)
        setup = [line for line in words.setup if self._if("setup", line)]
        about: list[Ranked] = [
            (_NOT_COUNTED, NOT_COUNTED if event.settle else ""),
            (_NAME, self._if("name", exercise.name) if words.whole else ""),
            (_DOSE, self._if("name", spoken_dose(state.form_of(phase))) if words.whole else ""),
            (_NOTE, words.note),
            *((_SETUP, line) for line in setup),
            (_CHANGED, words.changed),
        ]
        go: list[Ranked] = [(_GO, line) for line in words.go]
        sides = (sentence(exercise.label(phase.side)), sentence(phase.side or ""))
        counted = any(mark.cue is Cue.THREE for mark in phase.marks)
        rooms = (room_ms, room_ms + COUNT_MS / self._speed) if counted else (room_ms,)
        choices = [
            self._opened_with([*about, (_SIDE, self._if("side", side)), *go], state, room)
            for room in rooms
            for side in sides
        ]
        # A side in one word, or the count from two on, where more can be said for it.
        needed = {*sides, words.note, words.changed, *setup}
        return max(choices, key=lambda lines: len(needed.intersection(lines)))

    def _lift(
        self, phase: Phase, exercise: Exercise, state: State, room_ms: float
    ) -> tuple[str, ...]:
        lift = self._if("reps", exercise.cues.lift)
        reps = state.form_of(phase).reps_in(phase.set)
        last = self._if("reps", exercise.cues.last) if phase.rep == reps > 1 else ""
        # Where the rest before was too short for it, the side is heard here.
        side = "" if phase.side is self._side else self._if("side", sentence(phase.side or ""))
        return self._lengths.first_fitting(
            [[side, last, lift], [side, lift] if side else [last, lift], [side], [lift]], room_ms
        )

    def _rest(
        self, phase: Phase, exercise: Exercise | None, state: State, room_ms: float
    ) -> tuple[str, ...]:
        if phase.kind is PhaseKind.REP_REST and phase.length_ms < QUIET_REP_REST_MS:
            return ()
        side = ""
        if exercise and phase.side is not None and phase.side is not self._side:
            side = self._if("side", sentence(exercise.label(phase.side)))
        short_side = sentence(phase.side or "") if side else ""
        between = self._between(phase, exercise)
        following = self._next(phase, exercise, state)
        choices = [[between, following, side], [between, side or following]]
        if exercise is None and (note := note_of(state, phase)):
            choices = [[between, note, following], [between, note], [note], *choices]
        if between == own.SWITCH:
            # Which side it is says that it is another one.
            choices += [[side], [between, short_side], [short_side]]
        choices += [[between, short_side], [between], [side], [short_side], [following]]
        return self._lengths.first_fitting(choices, room_ms)

    def _between(self, phase: Phase, exercise: Exercise | None) -> str:
        """What a rest begins with: always in a set rest, in others where `again` ends them."""
        if exercise is None:
            return own.REST
        cues = exercise.cues
        if phase.kind is PhaseKind.SET_REST:
            return cues.between or own.REST
        if phase.kind is PhaseKind.SWITCH:
            return cues.between if self._comes_down(phase, exercise) else own.SWITCH
        if self._comes_down(phase, exercise):
            return cues.between
        return own.REST if phase.length_ms >= NEXT_FROM_MS else ""

    def _comes_down(self, phase: Phase, exercise: Exercise) -> bool:
        """Whether a rest is long enough to come down in, and to get up again."""
        cues = exercise.cues
        if not cues.again or phase.length_ms < AGAIN_FROM_MS:
            return False
        between_ms = self._lengths.of([cues.between]) if cues.between else 0
        return between_ms * self._speed <= phase.length_ms - AGAIN_MS

    def _next(self, phase: Phase, exercise: Exercise | None, state: State) -> str:
        if phase.length_ms < NEXT_FROM_MS or "next" not in self._wanted:
            return ""
        if phase.kind is PhaseKind.SET_REST:
            return f"Next, set {phase.set}."
        if phase.kind is PhaseKind.REP_REST:
            return f"Next, rep {phase.rep}."
        after = state.following
        if phase.kind is not PhaseKind.REST or state.current != phase or after is None:
            return ""
        coming = state.exercise_of(after)
        return sentence(f"Next, {coming.name}") if coming and exercise is None else ""

    # In a phase

    def _mark(self, event: ev.MarkReached, state: State) -> list[Sound]:
        phase, cue = event.phase, event.cue
        late_ms = state.now_ms - event.at_ms
        if cue is Cue.END:
            return [Ring(end_tone(phase.side))] if late_ms <= LATE_MS * self._speed else []
        if late_ms > LATE_MS * self._speed:
            return []
        match cue:
            case Cue.THREE | Cue.TWO | Cue.ONE:
                # A count under a line would be neither heard nor understood.
                counted = "countdown" in self._wanted and event.at_ms >= self._said_until_ms
                return [Ring(tick_tone(phase.side))] if counted else []
            case Cue.AGAIN:
                return self._again(event, state)
            case Cue.REMIND:
                return self._words_or_tone("reminder", own.REMINDER, event, state)
            case Cue.HALF_MINUTE:
                return self._words_or_tone("half", _half_minute(state, phase), event, state)
            case _:
                return self._words_or_tone("half", own.HALF, event, state)

    def _again(self, event: ev.MarkReached, state: State) -> list[Sound]:
        phase = event.phase
        exercise = state.exercise_of(phase)
        if exercise is None or not self._comes_down(phase, exercise):
            return []
        again = exercise.cues.again
        # It has until the end: the first of the count gives way to it.
        if self._lengths.of([again]) * self._speed > AGAIN_MS:
            return []
        return [self._say([again], event.at_ms)]

    def _words_or_tone(
        self, cue: str, words: str, event: ev.MarkReached, state: State
    ) -> list[Sound]:
        if cue not in self._wanted:
            return []
        mark = next(mark for mark in event.phase.marks if mark.cue is event.cue)
        into_ms = state.elapsed_ms if event.phase.duration_ms is None else mark.at_ms
        if self._lengths.of([words]) > self._room_ms(event.phase, into_ms, state, event):
            return [Ring(Tone.HALF)]
        return [self._say([words], event.at_ms, Tone.HALF)]

    # Time

    def _room_ms(self, phase: Phase, into_ms: int, state: State, event: ev.Event) -> float:
        """Real milliseconds until the next tone of a phase, from the moment it is noticed."""
        if phase.duration_ms is None:
            return float("inf")
        says_again = self._again_follows(phase, state)
        ahead = [
            mark.at_ms
            for mark in phase.marks
            if mark.at_ms > into_ms
            and (mark.cue not in WORDS or mark.cue is Cue.HALF_MINUTE or says_again)
        ]
        late_ms = max(0, state.now_ms - event.at_ms)
        return (min(ahead, default=phase.duration_ms) - into_ms - late_ms) / self._speed

    def _again_follows(self, phase: Phase, state: State) -> bool:
        exercise = state.exercise_of(phase)
        return exercise is not None and self._comes_down(phase, exercise)

    def _if(self, cue: str, words: str) -> str:
        return words if cue in self._wanted else ""


def _into_ms(event: ev.PhaseBegan, state: State) -> int:
    """How far into its phase a phase begins: one that is gone on with isn't at its start."""
    if state.current != event.phase:
        return 0
    return max(0, state.elapsed_ms - (state.now_ms - event.at_ms))


def _names(line: str, exercise: Exercise | None, side: Side) -> bool:
    """Whether a line says which side it is."""
    return exercise is not None and line in (sentence(exercise.label(side)), sentence(side))


def _half_minute(state: State, phase: Phase) -> str:
    exercise = state.exercise_of(phase)
    last = exercise.cues.last if exercise else ""
    return last if last and last != own.LAST_REP else own.HALF_MINUTE


def _way_up(state: State) -> Sequence[str]:
    exercise = state.exercise_of(state.phase)
    return exercise.cues.up if exercise else ()
