"""What small commands cost beside another version: in pairs, so that whatever else the machine does hits both.

    git worktree add ../before e5f855e && make -C ../before
    git worktree add ../now && make -C ../now
    python -m tests.benchmarks.cold ../before ../now

A version runs with the libraries of its own `.venv`, or else with those that run this. Compare only installations of the
same extras. What is compiled is kept beside the sources, as an installation has it. A pair is one
run of each, in turns the one first and the other; the ratio is the median of all pairs. What ships is built anew each
time, into a store of its own.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.benchmarks.typed import Cost, cost_of

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE: Final = Path(__file__).parents[2]

COMMANDS: Final = (
    "kg --help",
    "kg build --store new",
    "kg ask partners --company xiaomi --store kept",
    "kg show xiaomi --store kept",
)

Pair = tuple[Cost, Cost]


def pairs_of(command: str, now: Path, before: Path, times: int) -> list[Pair]:
    """Run a command of two checkouts in turns and return what each pair took, once both have run unmeasured."""
    with tempfile.TemporaryDirectory() as folder:
        places = {}
        for name, checkout in (("now", now), ("before", before)):
            place = Path(folder, name)
            place.mkdir()
            places[checkout] = place
            if "kept" in command:
                _run("kg build --store kept", checkout, place)
            _run(command, checkout, place)
        pairs = []
        for at in range(times):
            order = (now, before) if at % 2 else (before, now)
            costs = {one: _run(command, one, places[one], anew=True) for one in order}
            pairs.append((costs[now], costs[before]))
    return pairs


def _run(command: str, checkout: Path, place: Path, *, anew: bool = False) -> Cost:
    if anew:
        # A store is only built anew where there is none.
        for folder in place.glob("new"):
            folder.rename(place / f"old-{len(list(place.iterdir()))}")
    own = checkout / ".venv" / "bin" / "python"
    python = own if own.exists() else Path(sys.executable)
    typed = command.replace("kg", f"{python} -m kg", 1)
    return cost_of(typed, place, PYTHONPATH=str(checkout), XDG_CACHE_HOME=str(place / "cache"))


def table(rows: Sequence[tuple[str, Sequence[Pair]]]) -> str:
    """Return the medians of some commands as Markdown: of both versions, and of the ratio of each pair."""
    lines = ["| command | s, now | s, before | ratio | ratio of the processor | ratio of memory |",
             "|---|--:|--:|--:|--:|--:|"]  # fmt: skip
    for command, pairs in rows:
        now, before = zip(*pairs, strict=True)
        walls = [statistics.median(one.wall for one in side) for side in (now, before)]
        ratios = [
            statistics.median(getattr(a, what) / getattr(b, what) for a, b in pairs)
            for what in ("wall", "seconds", "mb")
        ]
        told = " | ".join(f"{number:.2f}" for number in (*walls, *ratios))
        lines.append(f"| `{command}` | {told} |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("before", type=Path, help="a checkout of another version")
    parser.add_argument("now", type=Path, nargs="?", default=HERE, help="another than this one")
    parser.add_argument("--times", type=int, default=11, help="how many pairs")
    given = parser.parse_args()
    now, before = (Path(os.path.realpath(one)) for one in (given.now, given.before))
    rows = [(one, pairs_of(one, now, before, given.times)) for one in COMMANDS]
    print(table(rows))


if __name__ == "__main__":
    main()
