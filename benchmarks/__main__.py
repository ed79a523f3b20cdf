"""`python -m benchmarks [start|hold|keys|check|history …] [--runs N]`: what is measured."""

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks.checking import measure_check
from benchmarks.history import measure_history
from benchmarks.place import Place, Row
from benchmarks.playing import measure_hold, measure_move, measure_still
from benchmarks.pressing import measure_keys
from benchmarks.starting import measure_start
from benchmarks.terminal import COLUMNS, ROWS

MEASURES: Final[dict[str, tuple[Callable[[Place, int], Iterator[Row]], int]]] = {
    "start": (measure_start, 10),
    "hold": (measure_hold, 3),
    "still": (measure_still, 3),
    "move": (measure_move, 3),
    "keys": (measure_keys, 1),
    "check": (measure_check, 5),
    "history": (measure_history, 5),
}
"""Each with how often it is repeated, if nothing else is said."""


def main() -> None:
    """Measure what was asked for, and print each part as soon as it is known."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("which", nargs="*", metavar="|".join(MEASURES), help="all without")
    parser.add_argument("--runs", type=int, help="how often each is repeated")
    given = parser.parse_args()
    for name in given.which:
        if name not in MEASURES:
            parser.error(f"there is no `{name}`")
    if given.runs is not None and given.runs < 1:
        parser.error("--runs is at least 1")
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {COLUMNS}×{ROWS}, "
        f"Textual {version('textual')}. Medians; compare what was measured in one run only."
    )
    print(f"{'':32}{'ours':>8}{'bare':>8}{'':5}{'ratio':>8}{'target':>10}")
    for name in given.which or MEASURES:
        measure, usual_runs = MEASURES[name]
        with tempfile.TemporaryDirectory(prefix="backcoach-benchmark-") as folder:
            for row in measure(Place(Path(folder)), given.runs or usual_runs):
                print(_line(row), flush=True)


def _line(row: Row) -> str:
    bare = _number(row.bare) if row.bare is not None else "—"
    ratio = f"{row.ratio:.2f}" if row.ratio is not None else "—"
    line = f"{row.measure:32}{_number(row.ours):>8}{bare:>8} {row.unit:4}{ratio:>8}"
    if row.most is None:
        return line
    target = f"≤ {row.most:g}{' ×' if row.of_ratio else ''}"
    return f"{line}{target:>10}  {'met' if row.is_met else 'MISSED'}"


def _number(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"


if __name__ == "__main__":
    main()
