"""The player as lines of text: for screen readers, logs and pipes.

One line an event, each with the session's time; a terminal that is too narrow for it gets it broken
between words. No escape sequences, nothing drawn twice.
"""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, TextIO

from backcoach.coach.checkin import CheckIn
from backcoach.coach.words import (
    COME_DOWN,
    REST_POSITION,
    SHORT_CHECK,
    emergency_card,
    same_day_card,
)
from backcoach.document.problems import plain_text
from backcoach.durations import format_clock
from backcoach.errors import EXIT_PROBLEM, EXIT_SIGNAL
from backcoach.lines import fit
from backcoach.plain.keyboard import Keyboard
from backcoach.player import events as ev
from backcoach.player.barring import REASONS
from backcoach.player.deciding import Card
from backcoach.player.keys import answer_keys, position_key
from backcoach.player.questions import AGAIN_FROM, WORDS, choices
from backcoach.player.state import Question, State, Status
from backcoach.player.view import PHASE_WORDS, StopView, view
from backcoach.player.words import relief_name
from backcoach.session.clock import Moment
from backcoach.session.endings import Endings
from backcoach.session.live import Begin, Live
from backcoach.timeline.marks import Cue
from backcoach.timeline.model import Timeline

if TYPE_CHECKING:
    from backcoach.cues.sounder import Sounder

LAST_WORDS_S = 8.0
SILENT_S = 2.0
KEYS: Final = (
    "Keys: x it hurts, space pause and go on, n next, left arrow again, + and - 5 seconds, "
    "a it aches, e easier, enter done or start now, m sound, Esc menu, q end, ? these keys."
)
_WHILE_IT_STANDS: Final = {
    Status.MENU: ("x it hurts, space go on, q end here",),
    Status.ASKING: ("End here? y or q end here, space go on",),
    Status.HELP: (KEYS, "space goes on"),
}
CUT_S = 0.3
"""How long the sound may take to end where the process is about to be gone."""
CLOSE_S = 12.0
"""How long the last of a session may take: longer than another writer is waited for."""


def play_plain(
    timeline: Timeline,
    check_in: CheckIn,
    begin: Begin,
    emergency: str,
    sounder: "Sounder | None" = None,
    said: Sequence[str] = (),
) -> int:
    """Play a session as text on stdout; what the process exits with.

    Args:
        said: what there is to know before it begins, in lines.
        sounder: whose last words are waited for, and which is then closed.

    Raises:
        OSError: the text couldn't be written; the session was ended for that, and kept.
    """
    try:
        with Keyboard() as keyboard:
            player = _PlainPlayer(timeline, keyboard, emergency)
            player.sounder = sounder
            if sounder is not None and sys.stderr.isatty():
                sounder.signs.bell = _ring
            status = player.play(check_in, begin, said)
        if sounder is not None and status == 0:
            sounder.finish(LAST_WORDS_S)
    finally:
        if sounder is not None:
            sounder.close(SILENT_S)
    return status


def _ring() -> None:
    print("\a", end="", file=sys.stderr, flush=True)


class _PlainPlayer:
    def __init__(self, timeline: Timeline, keyboard: Keyboard, emergency: str) -> None:
        self._timeline = timeline
        self._keyboard = keyboard
        self._emergency = emergency
        self._out: TextIO = sys.stdout
        self._ended_by = 0
        self._unheard: OSError | None = None
        self._events: list[ev.Event] = []
        self._saved_stops: list[int | None] = []
        self._told_stop = 0
        self._told_problem = False
        self._told_status = Status.RUNNING
        self._told_notice = ("", 0)
        self._asked: list[str] = []
        self._live: Live | None = None
        self.sounder: Sounder | None = None
        self._endings = Endings(self._end_by, self._save_at_once, drawn=False)

    def play(self, check_in: CheckIn, begin: Begin, said: Sequence[str]) -> int:
        self._endings.install()
        live: Live | None = None
        saved = False
        try:
            self._say(f"{self._timeline.name}, {format_clock(self._timeline.total_ms)}")
            for words in (self._timeline.note, *said, COME_DOWN):
                if words:
                    self._say(words)
            if self._keyboard.has_keys:
                self._say(KEYS)
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
        self._say("Saved." if saved else live.keep_elsewhere())
        if self._ended_by:
            return EXIT_SIGNAL + self._ended_by
        if self._unheard:
            raise self._unheard
        return 0 if saved else EXIT_PROBLEM

    def _turn(self, live: Live) -> None:
        if self._ended_by or self._unheard:
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
            if not self._live.keeper.close(CLOSE_S):
                self._live.keep_elsewhere()
        if self.sounder is not None:
            # A process that is gone cuts nobody: its voice would speak on.
            self.sounder.close(CUT_S)

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
        if live.keeper.problem and not self._told_problem:
            self._told_problem = True
            self._say(f"Not saved yet: {live.keeper.problem}. The session goes on.")
        events, self._events = self._events, []
        state = live.conductor.state
        said = []
        for event in events:
            for line in lines_of(event, state):
                said.append(line)
                self._say(f"{format_clock(event.active_ms)}  {line}")
        for line in self._news(state):
            if line not in said:
                self._say(f"{format_clock(state.active_ms)}  {line}")
        stop, seen = state.stop, live.conductor.view.stop
        if stop is None or self._told_stop != stop.number:
            # Each stop is asked whole.
            self._asked = []
        if stop is None or seen is None or not live.conductor.asks:
            return
        if self._told_stop != stop.number:
            self._told_stop = stop.number
            self._say("Written down." if stop.saved else f"Not saved yet: {live.keeper.problem}")
        lines = question_lines(seen, self._emergency)
        # Once the relief has been long enough there is a line more.
        new = lines if lines[0] not in self._asked else [x for x in lines if x not in self._asked]
        self._asked = lines
        for line in new:
            self._say(line)

    def _news(self, state: State) -> list[str]:
        """What no event says: that a key could do nothing, and what is asked while it stands."""
        lines = []
        notice = (state.notice, state.noticed_at_ms)
        if state.notice and notice != self._told_notice:
            lines.append(state.notice)
        if state.status is not self._told_status and self._keyboard.has_keys:
            lines += _WHILE_IT_STANDS.get(state.status, ())
        self._told_notice, self._told_status = notice, state.status
        return lines

    def _say(self, line: str) -> None:
        try:
            print(fit(plain_text(line), self._out), file=self._out, flush=True)
        except OSError as error:
            # Nobody reads any more: the session is ended, and kept.
            self._unheard = error


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
        case ev.MarkReached() if event.cue is Cue.HALF_MINUTE:
            return ["half a minute left"]
        case ev.MarkReached() if event.cue is Cue.REMIND:
            return ["no hurry: enter when you are done"]
        case ev.Paused():
            lost = f", {event.lost_ms / 1000:.0f} s went missing" if event.lost_ms else ""
            return [f"paused{lost}"]
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
        case ev.ReliefBegan():
            return _relief_lines(event, state)
        case ev.LeftOut():
            step = state.timeline.steps[event.step - 1]
            return [f"{step.name}: {REASONS[event.reason]}"]
        case ev.StopMistaken():
            paused = state.status is Status.PAUSED
            return [f"pressed by mistake: {'still paused' if paused else 'going on'}"]
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


def _relief_lines(event: ev.ReliefBegan, state: State) -> list[str]:
    """A position to rest in, and how to get there."""
    position = state.timeline.relief_called(event.position)
    return [position.name, " ".join(position.cues.setup)] if position else [REST_POSITION]


def question_lines(stop: StopView, emergency: str) -> list[str]:
    """What a stop asks or shows now, with its keys; the first line names it.

    Args:
        emergency: the number to call.
    """
    if stop.card is not Card.NONE:
        card = same_day_card if stop.card is Card.SAME_DAY else emergency_card
        back = "" if stop.card_is_due else "left arrow back, "
        return [*card(emergency), f"{back}space breathe, q ends and saves"]
    keys = answer_keys(stop.question)
    if not keys:
        return _resting_lines(stop)
    place = f" ({stop.number} of {stop.count})"
    mistake = "z pressed by mistake, " if stop.mistakable else ""
    again = "left arrow a wrong key: ask again, " if stop.question in AGAIN_FROM else ""
    ends = (
        f"enter leaves it out, {again}{mistake}space no questions, breathe, "
        "! emergency card, q ends and saves"
    )
    match stop.question:
        case Question.HOW_MUCH:
            return [f"How much now?{place} 0 to 9, t for 10", ends]
        case Question.AGAIN:
            return [f"How much after resting?{place} 0 to 9, t for 10", ends]
        case Question.LEG_GONE:
            return [f"Has it gone from the leg?{place} y yes, n no", ends]
        case Question.RED_FLAGS:
            signs = "; ".join(SHORT_CHECK)
            return [f"Any of these?{place} {signs}", "y yes, n none of them", ends]
        case _:
            title = "What was it?" if stop.question is Question.WHAT else "Where?"
            answers = zip(keys, choices(stop.question), strict=True)
            words = ", ".join(f"{key} {WORDS[str(value)]}" for key, value in answers)
            return [f"{title}{place} {words}", ends]


_TITLES = {
    Question.RELIEF: "Rest.",
    Question.REST: "That is enough for today. Rest as long as you like.",
    Question.BREATHE: "Breathe in for 4, out for 6. Rest as long as you like.",
    Question.CHOICE: "Your choice.",
    Question.GO_ON: "Only if you want to.",
}


def _resting_lines(stop: StopView) -> list[str]:
    lines = [" ".join(filter(None, (_TITLES[stop.question], stop.why)))]
    positions = enumerate(stop.positions)
    if named := ", ".join(
        f"{position_key(n)} {relief_name(exercise)}" for n, exercise in positions
    ):
        lines.append(f"Positions: {named}")
    lines += [f"{option.key}: {option.words}" for option in stop.options]
    return [*lines, "Nothing goes on by itself. ! emergency card, q ends and saves"]
