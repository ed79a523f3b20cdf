"""A report in a real browser: it asks for nothing, complains of nothing, and prints on a sheet."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from month_building import Kept, answer, hurt, page_in
from PIL import Image
from session_building import TIMEOUT_S

from backcoach.report.html import to_html

BROWSER: Final = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
FLAGS: Final = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-default-apps", "--disable-extensions", "--enable-logging=stderr"),
    # Whatever is asked for, nothing gets out.
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
SCREEN: Final = (1000, 1400)

pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no chromium here")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a browser did with a page.

    Attributes:
        asked: every address that the page asked for.
        complaints: what it wrote on its console.
    """

    asked: tuple[str, ...]
    complaints: tuple[str, ...]


def show(page: Path, *wanted: str) -> Shown:
    """Have a browser show a page, in a profile of its own."""
    log = page.with_suffix(".json")
    assert BROWSER is not None
    done = subprocess.run(
        [
            *(BROWSER, *FLAGS, f"--user-data-dir={page.with_suffix('.profile')}"),
            *(f"--log-net-log={log}", *wanted, page.as_uri()),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=TIMEOUT_S,
        check=True,
    )
    complaints = re.findall(r"CONSOLE[^\n]*", done.stderr)
    return Shown(tuple(addresses(log)), tuple(complaints))


def addresses(log: Path) -> Iterator[str]:
    """What pages asked for, in a browser's log of its network, which has an event a line."""
    for line in log.read_text("utf-8", "replace").splitlines():
        if '"initiator":' in line:
            event, _ = json.JSONDecoder().raw_decode(line)
            # What the browser wants for itself comes from no page.
            if event["params"]["initiator"] != "not an origin":
                yield event["params"]["url"]


def month(path: Path) -> str:
    """The report of a usual month: four sessions a week, walks, and a stop."""
    stop = (answer("what", "dull"), answer("where", "low-back"), answer("how-much", 4))
    sessions = [
        Kept(ago, before=2 + ago % 5 // 2, after=1 + ago % 3, name="Core foundation")
        for ago in range(28)
        if ago % 7 in (1, 3, 5)
    ]
    walks = [Kept(ago, by_hand=True, name="Walk", before=None, after=None) for ago in (2, 9, 16)]
    notes = Kept(12, name="<script src=https://example.org/a.js></script>")
    return to_html(page_in(path, *sessions, *walks, notes, hurt(0, *stop), hurt(7, *stop)))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A usual month, in a file."""
    folder = tmp_path_factory.mktemp("browser")
    path = folder / "page.html"
    path.write_text(month(folder / "history.db"), "utf-8")
    return path


def test_a_report_asks_for_nothing_and_is_seen(page: Path) -> None:
    picture = page.with_suffix(".png")
    shown = show(page, f"--screenshot={picture}", f"--window-size={SCREEN[0]},{SCREEN[1]}")

    assert shown == Shown(asked=(), complaints=())
    with Image.open(picture) as image:
        assert image.size == SCREEN
        tall = image.convert("L").resize((1, SCREEN[1] // 20), Image.Resampling.BOX)
        dark = [shade < 250 for shade in tall.tobytes()]
    # Its style is let through: it is white, with words from the top to the bottom.
    assert not dark[0]
    assert sum(dark) > len(dark) / 2


def test_a_usual_month_is_printed_on_one_sheet(page: Path) -> None:
    printed = page.with_suffix(".pdf")
    shown = show(page, "--no-pdf-header-footer", f"--print-to-pdf={printed}")

    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed.read_bytes())) == 1
    assert shown == Shown(asked=(), complaints=())


def test_what_asks_for_something_is_found(tmp_path: Path) -> None:
    path = tmp_path / "asks.html"
    asks = '<img src="http://example.org/a.png">'
    path.write_text(f"<!DOCTYPE html><title>a</title>{asks}", "utf-8")
    assert "http://example.org/a.png" in show(path, "--dump-dom").asked

    # The same in our page, as if it had not been made text: the policy keeps it in, and says so.
    closed = month(tmp_path / "history.db").replace("</main>", f"{asks}</main>")
    path.write_text(closed, "utf-8")
    shown = show(path, "--dump-dom")
    assert "http://example.org/a.png" not in shown.asked
    assert "Content Security Policy" in " ".join(shown.complaints)
