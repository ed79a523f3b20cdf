"""What commands print on a terminal: no word is broken at its edge."""

import pytest
from end_to_end_terminal import Home

ANSWERS = ("--pain", "1", "--nothing-new", "--accept-safety-notes")
SAID = {
    "plain": ("play", "bird-dogs", "--plain", "--mute", "--speed", "1000", *ANSWERS),
    "list": ("list",),
    "wrong": ("play", "bird-dgs"),
    "usage": ("history", "--note", "a"),
    "explain": ("explain", "over-ceiling"),
}
"""By what is tried: a command that prints more than a narrow terminal holds on a line."""


@pytest.mark.parametrize("command", SAID.values(), ids=SAID.keys())
def test_lines_are_broken_between_words(home: Home, command: tuple[str, ...]) -> None:
    done = home.run(*command)
    terminal = home.open(*command, size=(44, 24))
    while terminal.read(20):
        pass
    rows = terminal.raw.decode().splitlines()

    assert max(map(len, (done.stdout + done.stderr).splitlines())) > 44
    assert max(map(len, rows)) <= 44
    assert "\x1b" not in terminal.raw.decode()
    if command[0] != "play":
        assert " ".join(rows).split() == (done.stdout + done.stderr).split()


def test_an_event_goes_on_beside_its_time(home: Home) -> None:
    terminal = home.open(*SAID["plain"], size=(44, 24))
    while terminal.read(20):
        pass
    rows = terminal.raw.decode().splitlines()
    (at,) = (number for number, row in enumerate(rows) if row.startswith("0:00  get ready"))

    assert rows[at + 1].startswith("      ")
    assert rows[at + 1][6] != " "
