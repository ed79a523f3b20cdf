"""The player as lines of text: for screen readers, logs and pipes.

One line an event, each with the session's time. No escape sequences, nothing drawn twice.
"""

import sys
from typing import TextIO

from backcoach.coach.checkin import CheckIn
from backcoach.coach.words import COME_DOWN, emergency_card
from backcoach.document.problems import plain_text
from backcoach.durations import format_clock
from backcoach.errors import EXIT_PROBLEM, EXIT_SIGNAL
from backcoach.plain.keyboard import Keyboard
from backcoach.player import events as ev
from backcoach.player.keys import answer_keys
from backcoach.player.questions import WORDS, choices
from backcoach.player.state import Question, State
from backcoach.player.view import PHASE_WORDS, StopView, view
from backcoach.session.clock import Moment
from backcoach.session.endings import Endings
from backcoach.session.live import Begin, Live
from backcoach.timeline.marks import Cue
from backcoach.timeline.model import Timeline

CLOSE_S = 12.0
"""How long the last of a session may take: longer than another writer is waited for."""


def play_plain(timeline: Timeline, check_in: CheckIn, begin: Begin, emergency: str) -> int:
    """Play a session as text on stdout; what the process exits with."""
    with Keyboard() as keyboard:
        return _PlainPlayer(timeline, keyboard, emergency).play(check_in, begin)


class _PlainPlayer:
    def __init__(self, timeline: Timeline, keyboard: Keyboard, emergency: str) -> None:
        self._timeline = timeline
        self._keyboard = keyboard
        self._emergency = emergency
        self._out: TextIO = sys.stdout
        self._ended_by = 0
        self._hung_up = False
        self._events: list[ev.Event] = []
        self._saved_stops: list[int | None] = []
        self._asked: tuple[int, Question] | None = None
        self._live: Live | None = None
        self._endings = Endings(self._end_by, self._save_at_once, drawn=False)

    def play(self, check_in: CheckIn, begin: Begin) -> int:
        self._endings.install()
        live: Live | None = None
        saved = False
        try:
            self._say(f"{self._timeline.name}, {format_clock(self._timeline.total_ms)}")
            for words in (self._timeline.note, COME_DOWN):
                if words:
                    self._say(words)
            if self._keyboard.has_keys:
                self._say(
                    "Keys: x it hurts, space pause and go on, n next, left arrow again, + and - "
                    "5 seconds, a it aches, e easier, enter done or start now, q end."
                )
            live = self._live = begin(self._timeline, check_in, (self._hear,))
            live.on_saved = self._on_saved
            while not live.conductor.ended:
                self._tell(live)
                for key in self._keyboard.wait(live.conductor.wait_ms() / 1000):
                    live.conductor.press(key)
                self._turn(live)
            self._tell(live)
        finally:
            if live is not None:
                live.end_at_once()
                saved = live.keeper.close(CLOSE_S)
            self._endings.in_order()
            # Until here another signal changes nothing.
            self._endings.restore()
        problem = live.keeper.problem or "the disk is busy"
        self._say("Saved." if saved else f"Not saved: {problem}")
        return EXIT_SIGNAL + self._ended_by if self._ended_by else 0 if saved else EXIT_PROBLEM

    def _turn(self, live: Live) -> None:
        if self._ended_by or self._hung_up:
            live.interrupt()
            return
        while self._saved_stops:
            live.stop_is_saved(self._saved_stops.pop())
        live.conductor.pump()

    def _end_by(self, number: int) -> None:
        """In a signal's handler: only remember."""
        self._ended_by = number
        self._keyboard.wake()

    def _save_at_once(self) -> None:
        """On the watchdog's thread: nobody reads what is written, and the loop hangs in it."""
        if self._live is not None:
            self._live.end_at_once()
            self._live.keeper.close(CLOSE_S)

    def _on_saved(self, kind: str, number: int | None) -> None:
        """On the recorder's thread."""
        if kind == "stop":
            self._saved_stops.append(number)
            self._keyboard.wake()

    def _hear(self, event: ev.Event, moment: Moment) -> None:
        del moment
        self._events.append(event)

    def _tell(self, live: Live) -> None:
        """A line for each event since the last time, and the question that is asked now."""
        events, self._events = self._events, []
        state = live.conductor.state
        for event in events:
            for line in lines_of(event, state):
                self._say(f"{format_clock(event.active_ms)}  {line}")
        stop = state.stop
        if stop is None or not live.conductor.asks:
            return
        if self._asked is None or self._asked[0] != stop.number:
            self._say("Written down." if stop.saved else f"Not saved yet: {live.keeper.problem}")
        if self._asked != (stop.number, stop.question):
            self._asked = (stop.number, stop.question)
            seen = view(state).stop
            for line in question_lines(seen, self._emergency) if seen else ():
                self._say(line)

    def _say(self, line: str) -> None:
        try:
            print(plain_text(line), file=self._out, flush=True)
        except OSError:
            # Nobody reads any more: the session is ended, and kept.
            self._hung_up = True


def lines_of(event: ev.Event, state: State) -> list[str]:
    """An event in words; nothing for those that a listener needn't hear.

    Args:
        state: the player's, after the event.
    """
    match event:
        case ev.StepBegan():
            step = state.timeline.steps[event.step - 1]
            count = len(state.timeline.steps)
            round_ = f", round {event.round}" if event.round else ""
            return [f"{event.step} of {count}: {step.name}{round_}"]
        case ev.PhaseBegan():
            return [_phase_line(event, state)]
        case ev.MarkReached() if event.cue is Cue.HALF:
            return ["half way"]
        case ev.Paused():
            lost = f", {event.lost_ms / 1000:.0f} s went missing" if event.lost_ms else ""
            lines = [f"paused{lost}"]
            if event.reason in ("menu", "quit"):
                lines.append("x it hurts, space go on, q end here")
            return lines
        case ev.Resumed():
            return ["going on"]
        case ev.Lengthened():
            longer = "longer" if event.by_ms > 0 else "shorter"
            return [f"{abs(event.by_ms) / 1000:g} s {longer}"]
        case ev.Swapped():
            step = state.timeline.steps[event.step - 1]
            form = step.smaller if event.form == "smaller" else step.easier
            return [form.words if form else event.form]
        case ev.Skipped():
            return ["skipped"]
        case ev.WentBack():
            return ["undone" if event.undone else "again"]
        case ev.Muted():
            return ["sound off" if event.muted else "sound on"]
        case ev.Stopped():
            return _stop_lines(state)
        case ev.StopMistaken():
            return ["pressed by mistake: going on"]
        case ev.BreathingBegan():
            return ["breathe in for 4, out for 6, and again"]
        case ev.Ended():
            return [f"the end: {event.outcome}"]
        case _:
            return []


def _phase_line(event: ev.PhaseBegan, state: State) -> str:
    phase = event.phase
    exercise = state.exercise_of(phase)
    parts = [PHASE_WORDS[phase.kind]]
    if phase.duration_ms is not None:
        parts.append(f"{phase.duration_ms / 1000:g} s")
    if exercise and phase.side:
        parts.append(exercise.label(phase.side))
    if phase.rep is not None and not event.settle:
        parts.append(f"set {phase.set}, rep {phase.rep}")
    if exercise and phase.kind == "prepare":
        parts.append(" ".join((*exercise.cues.setup, *exercise.cues.go)))
    return ", ".join(parts)


def _stop_lines(state: State) -> list[str]:
    """A stop, before anything is asked: where it belongs, and how to come down."""
    shown = view(state).stop
    if shown is None:
        return ["STOP"]
    lines = [f"STOP: {shown.exercise}, {shown.place}", *shown.exit]
    if shown.other:
        lines.append(f"left arrow: or was it {shown.other}?")
    return lines


def question_lines(stop: StopView, emergency: str) -> list[str]:
    """What a stop asks now, with its keys.

    Args:
        emergency: the number to call.
    """
    question = stop.question
    if question is Question.EMERGENCY:
        return [*emergency_card(emergency), "left arrow: not that, ask again. q ends and saves"]
    keys = answer_keys(question)
    mistake = "z pressed by mistake, " if stop.mistakable else ""
    ends = f"enter leaves it out, {mistake}q ends and saves"
    if question is Question.HOW_MUCH:
        return ["How much now? 0 to 9, t for 10", ends]
    if keys:
        title = "What was it?" if question is Question.WHAT else "Where?"
        answers = zip(keys, choices(question), strict=True)
        return [f"{title} " + ", ".join(f"{key} {WORDS[str(v)]}" for key, v in answers), ends]
    if question is Question.CHOICE:
        return ["e go on smaller, g go on without this one, q end and save"]
    return ["Rest. Nothing goes on by itself. q ends and saves"]
