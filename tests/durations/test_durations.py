"""Durations as they are written in files and read on a screen."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backcoach.durations import DurationError, format_clock, format_duration, parse_duration


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("45s", 45),
        ("1m30s", 90),
        ("2m", 120),
        ("1h", 3600),
        ("1h1s", 3601),
        ("1h2m3s", 3723),
        ("90s", 90),
        ("90m", 5400),
        ("0s", 0),
        ("0h0m0s", 0),
        ("007s", 7),
        (10, 10),
        (0, 0),
        (999_999, 999_999),
    ],
)
def test_accepted(written: object, seconds: int) -> None:
    assert parse_duration(written) == seconds * 1000


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("10", 'this is no duration: write "10s"'),
        (" 10 ", 'this is no duration: write "10s"'),
        ("1.5m", 'this is no duration: write "1m30s"'),
        ("0.1s", 'this is no duration: write "1s"'),
        ("1500ms", 'this is no duration: write "2s"'),
        ("45 sec", 'this is no duration: write "45s"'),
        ("45S", 'this is no duration: write "45s"'),
        ("2 Minutes", 'this is no duration: write "2m"'),
        ("1 hr", 'this is no duration: write "1h"'),
        ("1:30", 'this is no duration: write "1m30s"'),
        ("1:02:03", 'this is no duration: write "1h2m3s"'),
        ("", 'this is no duration: write "45s", "1m30s", "2m" or "1h"'),
        ("s", 'this is no duration: write "45s", "1m30s", "2m" or "1h"'),
        ("soon", 'this is no duration: write "45s", "1m30s", "2m" or "1h"'),
        ("30s1m", 'this is no duration: write "45s", "1m30s", "2m" or "1h"'),
        ("1m1m", 'this is no duration: write "45s", "1m30s", "2m" or "1h"'),
        ("1m 30s", 'this is no duration: write "1m30s"'),
        ("1m30", 'this is no duration: write "1m30s"'),
        ("1h30", 'this is no duration: write "1h30m"'),
        ("1h30m15", 'this is no duration: write "1h30m15s"'),
        ("1 min 30 sec", 'this is no duration: write "1m30s"'),
        ("1 Hour 2 minutes", 'this is no duration: write "1h2m"'),
        ("-5s", 'this is no duration: write "45s", "1m30s", "2m" or "1h"'),
        ("+5s", 'this is no duration: write "45s", "1m30s", "2m" or "1h"'),
        ("PT45S", 'this is no duration: write "45s", "1m30s", "2m" or "1h"'),
        ("45s\n", 'this is no duration: write "45s"'),
        ("٤٥s", 'this is no duration: write "45s", "1m30s", "2m" or "1h"'),
        ("1:75", 'this is no duration: write "45s", "1m30s", "2m" or "1h"'),
        (0.5, 'a duration has whole seconds: write "1s"'),
        (2.5, 'a duration has whole seconds: write "2s"'),
        (90.0, 'a duration has whole seconds: write "1m30s"'),
        (-2.5, 'a duration has whole seconds: write "45s" or "1m30s"'),
        (float("inf"), 'a duration has whole seconds: write "45s" or "1m30s"'),
        (float("nan"), 'a duration has whole seconds: write "45s" or "1m30s"'),
        (-5, 'a duration can\'t be negative: write "5s"'),
        (1_000_000, 'a duration can\'t be that long: write "45s" or "1h"'),
        pytest.param(2**20_000, 'a duration can\'t be that long: write "45s" or "1h"', id="huge"),
        (True, 'a duration is no true or false: write "45s" or 45'),
        (False, 'a duration is no true or false: write "45s" or 45'),
        ([45], 'this is no duration: write "45s", "1m30s" or 45'),
        ({"s": 45}, 'this is no duration: write "45s", "1m30s" or 45'),
        (datetime.time(0, 1, 30), 'this is no duration: write "45s", "1m30s" or 45'),
        (None, 'this is no duration: write "45s", "1m30s" or 45'),
    ],
)
def test_refused_with_what_to_write(written: object, message: str) -> None:
    with pytest.raises(DurationError) as raised:
        parse_duration(written)
    assert str(raised.value) == message


@given(st.integers(0, 9_999_999))
@settings(deadline=None, max_examples=200)
def test_whole_seconds_come_back(seconds: int) -> None:
    assert parse_duration(format_duration(seconds * 1000)) == seconds * 1000


@given(st.integers(0, 10**8))
@settings(deadline=None, max_examples=100)
def test_parts_of_a_second_are_left_out(ms: int) -> None:
    assert parse_duration(format_duration(ms)) == ms // 1000 * 1000


@given(
    st.one_of(
        st.text(max_size=12),
        st.text(alphabet="0123456789hms.: ", max_size=10),
        st.integers(),
        st.floats(),
        st.booleans(),
        st.binary(max_size=4),
    )
)
@settings(deadline=None, max_examples=400)
def test_anything_else_is_a_duration_error_with_one_sentence(value: object) -> None:
    try:
        ms = parse_duration(value)
    except DurationError as error:
        message = str(error)
        assert message
        assert "\n" not in message
        assert not message.endswith(".")
    else:
        assert ms >= 0
        assert ms % 1000 == 0


@given(
    st.from_regex(r"[0-9]{1,7}(\.[0-9]{1,3})? ?(s|sec|min|Hours|ms)?", fullmatch=True)
    | st.from_regex(r"[0-9]{1,4}:[0-9]{1,2}(:[0-9]{1,2})?", fullmatch=True)
    | st.floats()
)
@settings(deadline=None, max_examples=200)
def test_what_is_suggested_is_accepted(value: object) -> None:
    try:
        parse_duration(value)
    except DurationError as error:
        for suggested in str(error).split('"')[1::2]:
            parse_duration(suggested)


@pytest.mark.parametrize(
    ("ms", "shown"),
    [
        (0, "0s"),
        (999, "0s"),
        (45_000, "45s"),
        (60_000, "1m"),
        (90_000, "1m30s"),
        (3_600_000, "1h"),
        (3_601_000, "1h1s"),
        (3_723_000, "1h2m3s"),
        (100 * 3_600_000, "100h"),
    ],
)
def test_written_as_files_have_it(ms: int, shown: str) -> None:
    assert format_duration(ms) == shown


@pytest.mark.parametrize(
    ("ms", "shown"),
    [
        (0, "0:00"),
        (499, "0:00"),
        (500, "0:01"),
        (59_499, "0:59"),
        (59_500, "1:00"),
        (245_000, "4:05"),
        (3_599_500, "1:00:00"),
        (3_725_000, "1:02:05"),
    ],
)
def test_clock_is_rounded_to_the_nearest_second(ms: int, shown: str) -> None:
    assert format_clock(ms) == shown
