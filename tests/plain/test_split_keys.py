"""What a terminal sends, as keys."""

import pytest

from backcoach.plain.keyboard import UNKNOWN, split_keys, without_tail
from backcoach.player.keys import STOP_KEYS

SEQUENCES = {
    b"\x1b[C": "right",
    b"\x1b[D": "left",
    b"\x1bOC": "right",
    b"\x1bOD": "left",
    b"\x1b[5~": "pageup",
    b"\x1b[6~": "pagedown",
    b"\x1b[3~": "delete",
    b"\x7f": "backspace",
    b"\x08": "ctrl+h",
    b"\r": "enter",
    b"\n": "enter",
    b"\x18": "ctrl+x",
    b"\x1bx": "alt+x",
    b"\x1bX": "alt+X",
    b" ": "space",
    b"\x1b": "escape",
}


@pytest.mark.parametrize(("data", "key"), SEQUENCES.items())
def test_a_sequence_is_a_key(data: bytes, key: str) -> None:
    assert split_keys(data) == [key]


@pytest.mark.parametrize("key", [*"aenmqz?.+-=xX1209g", "ч", "Ч", "χ", "Χ", "ü", "€", "😀"])
def test_a_character_is_itself(key: str) -> None:
    assert split_keys(key.encode()) == [key]


def test_nothing_is_no_key() -> None:
    assert split_keys(b"") == []


@pytest.mark.parametrize("last", [data for data in SEQUENCES if data != b"\x1b"])
@pytest.mark.parametrize("first", [data for data in SEQUENCES if data != b"\x1b"])
def test_keys_that_come_together_are_told_apart(first: bytes, last: bytes) -> None:
    both = first + "é".encode() + last

    assert split_keys(both) == [SEQUENCES[first], "é", SEQUENCES[last]]


@pytest.mark.parametrize(
    "data",
    [
        *(b"x", b"X", b"\x7f", b"\x08", b"\x1b[3~", b"\x18", b"\x1bx", b"\x1bX", b"."),
        *(key.encode() for key in "чЧχΧ"),
        *(b"\x1b" + key.encode() for key in "чχ"),
    ],
)
def test_every_stop_key_is_heard(data: bytes) -> None:
    assert STOP_KEYS.intersection(split_keys(data))


@pytest.mark.parametrize("data", [b"\xff", b"\xc3", b"\xe2\x82", b"\xf0\x9f\x98", b"\x80\x80"])
def test_bytes_that_are_no_text_are_some_key(data: bytes) -> None:
    keys = split_keys(data)

    assert keys
    assert STOP_KEYS.isdisjoint(keys)


def test_a_stop_after_bytes_that_are_no_text_is_heard() -> None:
    assert split_keys(b"\x80x")[-1] == "x"
    assert split_keys(b"\xffx\x1b[C") != []


@pytest.mark.parametrize(
    "data", [b"\x1b[A", b"\x1b[1~", b"\x1b[4~", b"\x1b[1;5C", b"\x1bOP", b"\x1bq", b"\x1b[200~"]
)
def test_a_key_that_no_table_has_is_one_key(data: bytes) -> None:
    assert split_keys(data) == [UNKNOWN]


@pytest.mark.parametrize("data", [*SEQUENCES, *(key.encode() for key in "чχ€😀")])
def test_a_key_in_pieces_waits_for_its_rest(data: bytes) -> None:
    for cut in range(1, len(data)):
        assert without_tail(b"a" + data[:cut]) == (b"a", data[:cut])
    whole, tail = without_tail(b"a" + data)
    assert split_keys(whole) + split_keys(tail) == ["a", *split_keys(data)]


@pytest.mark.parametrize("data", [b"", b"x", b"abc", b"\x1b[C", "ü".encode(), b"\xbf\xbf\xbf"])
def test_whole_keys_wait_for_nothing(data: bytes) -> None:
    assert without_tail(data) == (data, b"")
