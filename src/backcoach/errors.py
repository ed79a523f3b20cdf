"""What can go wrong in a way that a person is told about, and the exit status that says so."""

EXIT_PROBLEM = 1
"""A problem in the data."""
EXIT_USAGE = 2
"""Wrong usage, or an input that can't be read."""
EXIT_CRASH = 70
"""A fault of our own."""
EXIT_SIGNAL = 128
"""Added to a signal's number when one ends the program."""


class BackcoachError(Exception):
    """An error with a message for the person at the keyboard.

    Attributes:
        exit_status: what the process exits with when nothing handles the error.
    """

    exit_status: int = EXIT_PROBLEM


class UnreadableError(BackcoachError):
    """An input that can't be found, opened or read."""

    exit_status = EXIT_USAGE
