"""A fresh machine for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from end_to_end_terminal import Home


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """One person's folders, and everything that is started there, ended afterwards."""
    here = Home(tmp_path)
    yield here
    here.close()
