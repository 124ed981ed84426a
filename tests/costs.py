"""How much processor time each test takes, with that of all processes that it starts.

`pytest -p tests.costs` ends by telling it for each folder, and keeps what each test function takes: its
calls, and its share of the fixtures that it has in common with others. `python -m tests.costs` then
writes `slow.txt` anew, by which the others have the mark `slow`; what was not run stays as it is there.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

ROOT = Path(__file__).resolve().parent.parent
SLOW = Path(__file__).with_name("slow.txt")
LIMIT = 0.12
"""How many seconds of processor time a test function may take, with all that it is given, and not be slow."""

TICKS = os.sysconf("SC_CLK_TCK")
KEPT = "kg/costs"

own: Counter[str] = Counter()
"""What each test function takes itself."""
fixtures: Counter[tuple[str, str]] = Counter()
"""What is set up for several, by the function where that happened first and the name of the fixture."""
users: dict[str, set[str]] = {}
"""Which test functions use a fixture, by its name."""


def spent() -> float:
    """Return the processor time of this process and of all that it has started, ended or not."""
    return sum(os.times()[:4]) + _running(os.getpid())


def _running(pid: int) -> float:
    total = 0.0
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, task.read_text().split()):
                numbers = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
                total += sum(map(int, numbers[11:15])) / TICKS + _running(child)
    return total


def function_of(item: pytest.Item) -> str:
    """Return the name of the function of a test, without what it is given."""
    return item.nodeid.partition("[")[0]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    """Add up what a test takes, but for what is set up for several."""
    for name in getattr(item, "fixturenames", ()):
        users.setdefault(name, set()).add(function_of(item))
    begun, before = spent(), fixtures.total()
    try:
        return (yield)
    finally:
        own[function_of(item)] += max(0, spent() - begun - (fixtures.total() - before))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Generator[None, Any, Any]:
    """Add up what is set up for several tests, which is no cost of whichever comes first."""
    if fixturedef.scope == "function":
        return (yield)
    begun, before = spent(), fixtures.total()
    try:
        return (yield)
    finally:
        cost = spent() - begun - (fixtures.total() - before)
        fixtures[request.node.nodeid, fixturedef.argname] += max(0, cost)


def shared() -> Counter[str]:
    """Return what each test function takes, with its share of what is set up for several."""
    costs = Counter(own)
    for (where, name), cost in fixtures.items():
        mine = {one for one in users.get(name, ()) if one.startswith(where)}
        costs.update(dict.fromkeys(mine, cost / len(mine)) if mine else {where: cost})
    return costs


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Tell what each folder takes."""
    costs = shared()
    folders: Counter[str] = Counter()
    for name, cost in costs.items():
        folders[str(Path(name.partition("::")[0]).parent)] += cost
    terminalreporter.section("processor time")
    for folder, cost in folders.most_common():
        terminalreporter.write_line(f"{cost:>8.1f} s  {folder}")
    terminalreporter.write_line(f"{sum(os.times()[:4]):>8.1f} s  with all that this takes besides")
    assert config.cache is not None
    config.cache.set(KEPT, {name: round(cost, 3) for name, cost in costs.most_common()})


def main() -> None:
    """Write which test functions are slow, by what was kept of the last run."""
    costs = json.loads((ROOT / ".pytest_cache" / "v" / KEPT).read_bytes())
    before = set(SLOW.read_text("utf-8").split())
    slow = before.difference(costs) | {name for name, cost in costs.items() if cost > LIMIT}
    SLOW.write_text("".join(f"{name}\n" for name in sorted(slow)), "utf-8")
    rest = sum(cost for name, cost in costs.items() if name not in slow)
    print(f"{len(slow)} are slow; the others of {len(costs)} took {rest:.0f} s")  # noqa: T201


if __name__ == "__main__":
    main()
