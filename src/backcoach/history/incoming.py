"""Lines of JSON on their way in: a stranger's work, looked at before anything of it is used."""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import IO, Any, Final, TypeGuard

from backcoach.document.problems import closest, show_path
from backcoach.errors import BackcoachError
from backcoach.history.records import MOST_PAIN, OUTCOMES, EventRecord, NewSession
from backcoach.history.transfer import FORMAT, VERSION, WholeSession

MAX_LINE: Final = 8 << 20
"""Bytes; a session of several hours needs a small part of it."""
MAX_LINES: Final = 1_000_000
MAX_DEPTH: Final = 50
"""Levels of lists and tables in what an event or a plan holds."""
MOST_TOLD: Final = 20
"""So many wrong lines are told at once."""

_MOST: Final = 10**12
"""No count is higher, and no length of time longer, in milliseconds."""
_MOST_NUMBER: Final = 1 << 62
_MOST_TEXT: Final = 1 << 20
_TOO_DEEP: Final = f"lists and tables are nested more than {MAX_DEPTH} deep"


class BadExportError(BackcoachError):
    """A file that can't be imported, with what is wrong in which of its lines."""

    def __init__(self, problems: list[str], more: int = 0) -> None:
        rest = [f"and {more} more"] if more else []
        super().__init__("\n".join([*problems, *rest, "Nothing was imported."]))


class _WrongError(Exception):
    """What is wrong with a line."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a value has to be, and the words that ask for it."""

    holds: Callable[[Any], bool]
    words: str

    def or_null(self) -> "_Rule":
        return _Rule(lambda value: value is None or self.holds(value), f"{self.words}, or null")


def _is_text(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and len(value) <= _MOST_TEXT


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value <= _MOST


def _is_time(value: Any) -> bool:
    """Whether it is a moment that can be told in any zone."""
    try:
        time = datetime.fromisoformat(value)
        return time.tzinfo is not None and all(
            (time + timedelta(days=days)).astimezone(UTC) for days in (-2, 2)
        )
    except (TypeError, ValueError, OverflowError):
        return False


_TEXT: Final = _Rule(_is_text, "a text")
_ID: Final = _Rule(lambda value: _is_text(value) and 0 < len(value) <= 200, "a text, not empty")
_COUNT: Final = _Rule(_is_count, "a whole number from 0 on")
_NUMBER: Final = _Rule(lambda value: _is_count(value) and value > 0, "a whole number from 1 on")
_TIME: Final = _Rule(_is_time, 'a time with its offset, like "2026-03-29T19:30:00+05:30"')
_TRUTH: Final = _Rule(lambda value: isinstance(value, bool), "true or false")
_PAIN: Final = _Rule(
    lambda value: type(value) is int and 0 <= value <= MOST_PAIN,
    f"a whole number from 0 to {MOST_PAIN}",
).or_null()
_OUTCOME: Final = _Rule(
    lambda value: isinstance(value, str) and value in OUTCOMES,
    ", ".join(f'"{each}"' for each in OUTCOMES[:-1]) + f' or "{OUTCOMES[-1]}"',
)
_TABLE: Final = _Rule(lambda value: isinstance(value, dict), "a table in { }")
_LIST: Final = _Rule(lambda value: isinstance(value, list), "a list in [ ]")

_SESSION: Final = {
    "id": _ID,
    "routine": _TEXT,
    "name": _TEXT,
    "started_at": _TIME,
    "ended_at": _TIME.or_null(),
    "seen_at": _TIME,
    "outcome": _OUTCOME.or_null(),
    "rehearsal": _TRUTH,
    "by_hand": _TRUTH,
    "active_ms": _COUNT,
    "planned_ms": _COUNT,
    "pain_before": _PAIN,
    "pain_after": _PAIN,
    "answers": _TABLE,
    "plan": _TABLE,
    "extra": _TABLE,
    "events": _LIST,
}
_EVENT: Final = {
    "seq": _NUMBER,
    "at": _TIME,
    "active_ms": _COUNT,
    "kind": _ID,
    "data": _TABLE,
}
_DATA: Final = {
    "exercise": _TEXT.or_null(),
    "name": _TEXT,
    "family": _TEXT,
    "side": _TEXT.or_null(),
    "step": _COUNT.or_null(),
    "set": _COUNT.or_null(),
    "rep": _COUNT.or_null(),
    "round": _COUNT.or_null(),
    "reps": _COUNT,
    "held_ms": _COUNT,
    "real_ms": _COUNT,
    "stopped_at_ms": _COUNT,
    "phase": _TEXT.or_null(),
    "into_ms": _COUNT.or_null(),
    "number": _COUNT,
    "question": _TEXT,
}
"""Of an event of a kind that we add up; one of another kind may hold what it likes."""
_KINDS: Final[Mapping[str, Mapping[str, _Rule]]] = {
    **dict.fromkeys(("rep", "activity"), _DATA | {"exercise": _TEXT}),
    **dict.fromkeys(("stop", "mistake", "ache", "step"), _DATA),
    "answer": _DATA | {"value": _Rule(lambda value: not isinstance(value, (dict, list)), "a text")},
    "end": {"outcome": _OUTCOME},
    "note": {"value": _TEXT.or_null()},
    "pain-before": {"value": _PAIN},
    "pain-after": {"value": _PAIN},
    "ached-after": {"value": _LIST.or_null()},
}
_NEEDED: Final = {"end": ("outcome",), "rep": ("exercise",), "activity": ("exercise",)}


def read_sessions(file: IO[bytes], name: str) -> Iterator[WholeSession]:
    """The sessions of an export, one after the other; at the end, that anything was wrong.

    Args:
        file: read once, from where it stands.
        name: what the person calls it.

    Raises:
        BadExportError: something is wrong: after the last session, so that all of it is told.
    """
    wrong: list[str] = []
    wrong_count = seen = 0
    announced = None
    lines: dict[str, int] = {}
    for number, raw in _lines(file):
        try:
            value = _parse(raw)
            if announced is None:
                announced = _announced(value)
                continue
            seen += 1
            session = _session(value)
            before = lines.setdefault(session.begun.id, number)
            if before != number:
                raise _WrongError(f"session {session.begun.id} stands in line {before} already")
        except _WrongError as error:
            wrong_count += 1
            if len(wrong) < MOST_TOLD:
                wrong.append(f"{name}:{number}: {error}")
            if announced is None:
                # It may be anything: its other lines say nothing.
                break
        else:
            yield session
    if announced is None and not wrong:
        raise BadExportError([f"{name}: there is nothing in it"])
    if announced is not None and seen < announced:
        wrong_count += 1
        wrong.append(f"{name}: it ends early: {seen} of its {announced} sessions are there")
    if wrong:
        raise BadExportError(wrong, more=wrong_count - len(wrong))


def _lines(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines that aren't empty, with their numbers; one that is too long ends them."""
    for number in range(1, MAX_LINES + 2):
        raw = file.readline(MAX_LINE + 1)
        if not raw:
            return
        if raw.strip():
            yield number, raw
        if len(raw) > MAX_LINE:
            return


def _parse(raw: bytes) -> dict[str, Any]:
    if raw.startswith(b"SQLite format 3\0"):
        raise _WrongError("this is a history itself: `backcoach restore FILE` takes it in")
    if len(raw) > MAX_LINE:
        raise _WrongError(f"the line is longer than {MAX_LINE >> 20} MB: no session is")
    try:
        value = json.loads(raw.decode("utf-8-sig"), parse_float=_finite, parse_constant=_finite)
        if b"\\u" in raw:
            # Half a character can be written in JSON, and nowhere else.
            value = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    except UnicodeError:
        raise _WrongError("the text is no UTF-8") from None
    except RecursionError:
        raise _WrongError(_TOO_DEEP) from None
    except json.JSONDecodeError as error:
        raise _WrongError(f"this is no JSON from character {error.pos + 1} on") from None
    except ValueError:
        raise _WrongError("a number has too many digits") from None
    if not isinstance(value, dict):
        raise _WrongError("a line is a table in { }")
    return value


def _finite(text: str) -> float:
    """A number of JSON; NaN and what is beyond all numbers come here too."""
    number = float(text)
    if not math.isfinite(number):
        raise _WrongError(f"{text[:20]} is no number")
    return number


def _announced(header: dict[str, Any]) -> int:
    """How many sessions a header announces."""
    version = header.get("version")
    if header.get("backcoach") != FORMAT or type(version) is not int or version < 1:
        raise _WrongError("this is no history that `backcoach export` has written")
    if version > VERSION:
        raise _WrongError(
            f"a newer version of backcoach has written this (format {version});"
            f" this one reads formats up to {VERSION}"
        )
    _check(header, {"sessions": _COUNT}, "")
    return int(header["sessions"])


def _session(value: dict[str, Any]) -> WholeSession:
    if "backcoach" in value:
        raise _WrongError("another export begins here: import each of them by itself")
    _check(value, _SESSION, "")
    _refuse_unknown(value, _SESSION, "")
    for key in ("plan", "answers", "extra"):
        _look_into(value[key], key)
    started = datetime.fromisoformat(value["started_at"])
    ended = value["ended_at"]
    return WholeSession(
        begun=NewSession(
            id=value["id"],
            routine=value["routine"],
            name=value["name"],
            started_at=_to_milliseconds(started),
            rehearsal=value["rehearsal"],
            planned_ms=value["planned_ms"],
            plan=value["plan"],
            pain_before=value["pain_before"],
            answers=value["answers"],
            by_hand=value["by_hand"],
        ),
        seen_at=_utc(value["seen_at"]),
        ended_at=ended and _utc(ended),
        outcome=value["outcome"],
        active_ms=value["active_ms"],
        pain_after=value["pain_after"],
        events=_events(value["events"]),
        extra=value["extra"],
    )


def _events(values: list[Any]) -> tuple[EventRecord, ...]:
    """A session's events, in their order."""
    events: dict[int, EventRecord] = {}
    for index, value in enumerate(values):
        where = show_path(("events", index))
        if not isinstance(value, dict):
            raise _WrongError(f"{where}: an event is a table in {{ }}")
        _check(value, _EVENT, where)
        _refuse_unknown(value, _EVENT, where)
        seq, kind, data = value["seq"], value["kind"], value["data"]
        if seq in events:
            raise _WrongError(f"{where}: there is an event {seq} already")
        _look_into(data, f"{where}.data")
        rules = _KINDS.get(kind)
        if rules is not None:
            needed = _NEEDED.get(kind, ())
            told = {key: rule for key, rule in rules.items() if key in data or key in needed}
            _check(data, told, f"{where}.data")
        events[seq] = EventRecord(seq, _utc(value["at"]), value["active_ms"], kind, data)
    return tuple(events[seq] for seq in sorted(events))


def _check(value: Mapping[str, Any], rules: Mapping[str, _Rule], where: str) -> None:
    for key, rule in rules.items():
        if key not in value:
            raise _WrongError(f"{_inside(where, key)} is missing: {rule.words}")
        if not rule.holds(value[key]):
            raise _WrongError(f"{_inside(where, key)} has to be {rule.words}")


def _refuse_unknown(value: Mapping[str, Any], known: Mapping[str, _Rule], where: str) -> None:
    """Nothing is left out without a word."""
    for key in value:
        if key not in known:
            close = closest(key, known)
            meant = f": did you mean `{close}`?" if close else ""
            raise _WrongError(f"{_inside(where, key[:100])} is not known{meant}")


def _inside(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key


def _look_into(value: Any, where: str, depth: int = 1) -> None:
    """Refuse what no reader of it could bear."""
    if depth > MAX_DEPTH:
        raise _WrongError(f"{where}: {_TOO_DEEP}")
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, (dict, list)):
            _look_into(inner, where, depth + 1)
        elif isinstance(inner, int) and not -_MOST_NUMBER <= inner <= _MOST_NUMBER:
            raise _WrongError(f"{where}: a number has too many digits")


def _utc(text: str) -> datetime:
    return _to_milliseconds(datetime.fromisoformat(text).astimezone(UTC))


def _to_milliseconds(time: datetime) -> datetime:
    """As the history keeps it."""
    return time.replace(microsecond=time.microsecond // 1000 * 1000)
