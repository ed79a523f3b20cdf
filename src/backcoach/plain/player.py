"""The player as lines of text: for screen readers, logs and pipes.

One line an event, each with the session's time. No escape sequences, nothing drawn twice.
"""

import signal
import sys
from types import FrameType
from typing import Any, TextIO

from backcoach.coach.checkin import CheckIn
from backcoach.coach.words import COME_DOWN, EMERGENCY_CARD
from backcoach.durations import format_clock
from backcoach.errors import EXIT_SIGNAL
from backcoach.plain.keyboard import Keyboard
from backcoach.player import events as ev
from backcoach.player.inputs import Input, InputKind
from backcoach.player.keys import answer_keys
from backcoach.player.questions import WORDS, choices
from backcoach.player.state import Question, State
from backcoach.player.view import PHASE_WORDS, view
from backcoach.session.clock import Moment
from backcoach.session.live import Begin, Live
from backcoach.timeline.marks import Cue
from backcoach.timeline.model import Timeline

CLOSE_S = 5.0


def play_plain(timeline: Timeline, check_in: CheckIn, begin: Begin, emergency: str) -> int:
    """Play a session as text on stdout; what the process exits with."""
    return _PlainPlayer(timeline, check_in, begin, emergency).run()


class _PlainPlayer:
    def __init__(self, timeline: Timeline, check_in: CheckIn, begin: Begin, emergency: str) -> None:
        self._timeline = timeline
        self._emergency = emergency
        self._out: TextIO = sys.stdout
        self._ended_by = 0
        self._hung_up = False
        self._waiting: list[ev.Event] = []
        self._stop_saved = False
        self._say(f"{timeline.name}, {format_clock(timeline.total_ms)}")
        for words in (timeline.note, COME_DOWN):
            if words:
                self._say(words)
        self._live: Live = begin(timeline, check_in, (self._hear,))

    def run(self) -> int:
        with Keyboard() as keyboard:
            if keyboard.has_keys:
                self._say("Keys: x it hurts, space pause, n next, q end.")
            self._live.on_saved = lambda kind: self._on_saved(kind, keyboard)
            before = self._install(keyboard)
            try:
                while not self._live.conductor.ended:
                    self._tell_what_happened()
                    for key in keyboard.wait(self._live.conductor.wait_ms() / 1000):
                        self._live.conductor.press(key)
                    self._turn()
                self._tell_what_happened()
            finally:
                if not self._live.conductor.ended:
                    self._live.end_at_once()
                saved = self._live.keeper.close(CLOSE_S)
                # Until here another signal changes nothing.
                for number, handler in before.items():
                    signal.signal(number, handler)
        self._say("Saved." if saved else f"Not saved: {self._live.keeper.problem}")
        return EXIT_SIGNAL + self._ended_by if self._ended_by else 0

    def _turn(self) -> None:
        if self._ended_by or self._hung_up:
            self._live.interrupt()
            return
        if self._stop_saved:
            self._stop_saved = False
            self._live.conductor.tell(Input(InputKind.SAVED))
            self._say("Written down.")
        self._live.conductor.pump()

    def _on_saved(self, kind: str, keyboard: Keyboard) -> None:
        """On the recorder's thread."""
        if kind == "stop":
            self._stop_saved = True
            keyboard.wake()

    def _install(self, keyboard: Keyboard) -> dict[int, Any]:
        def end(number: int, frame: FrameType | None) -> None:
            del frame
            self._ended_by = number
            keyboard.wake()

        before: dict[int, Any] = {}
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, end)
        return before

    def _hear(self, event: ev.Event, moment: Moment) -> None:
        del moment
        self._waiting.append(event)

    def _tell_what_happened(self) -> None:
        """Write a line for each event since the last time."""
        events, self._waiting = self._waiting, []
        state = self._live.conductor.state
        for event in events:
            for line in lines_of(event, state, self._emergency):
                self._say(f"{format_clock(event.active_ms)}  {line}")

    def _say(self, line: str) -> None:
        try:
            print(line, file=self._out, flush=True)
        except OSError:
            # Nobody reads any more: the session is ended, and kept.
            self._hung_up = True


def lines_of(event: ev.Event, state: State, emergency: str) -> list[str]:
    """An event in words; nothing for those that a listener needn't hear.

    Args:
        state: the player's, after the event.
        emergency: the number to call.
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
        case ev.Stopped() | ev.StopAnswered():
            return _stop_lines(event, state, emergency)
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


def _stop_lines(event: ev.Event, state: State, emergency: str) -> list[str]:
    shown = view(state).stop
    if shown is None:
        return ["STOP"]
    lines = []
    if isinstance(event, ev.Stopped):
        lines += [f"STOP: {shown.exercise}, {shown.place}", *shown.exit]
        if shown.movable:
            lines.append("left arrow: no, the other one")
    question = shown.question
    if question is Question.EMERGENCY:
        return [*lines, *EMERGENCY_CARD, emergency, "q ends and saves"]
    keys = answer_keys(question)
    if question is Question.HOW_MUCH:
        lines.append("How much now? 0 to 9, t for 10, enter leaves it out")
    elif keys:
        title = "What was it?" if question is Question.WHAT else "Where?"
        answers = zip(keys, choices(question), strict=True)
        lines.append(f"{title} " + ", ".join(f"{key} {WORDS[str(v)]}" for key, v in answers))
        lines.append("enter leaves it out, z pressed by mistake, q ends and saves")
    elif question is Question.CHOICE:
        lines.append("e go on smaller, g go on without this one, q end and save")
    else:
        lines.append("Rest. Nothing goes on by itself. q ends and saves")
    return lines
