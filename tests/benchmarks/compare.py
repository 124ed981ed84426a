"""What a version costs beside the one before: `make bench-compare`.

    python -m tests.benchmarks.compare                      # the newest two of results/
    python -m tests.benchmarks.compare BEFORE.json NOW.json

It tells of every cost of ours that has grown by more than its margin, one sentence each, and then
exits 1. A margin is a factor and a least amount, both of which must be exceeded: what takes a tenth
of a second differs by half from run to run. Nor are two machines, or the same one idle and busy,
equally fast: times may grow as those of the others do, whose steps are measured beside ours.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from kg.query import format_table
from tests.benchmarks import results
from tests.benchmarks.results import NOT_HERE, questions_of, seconds_of, step_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tests.benchmarks.conditions import Run
    from tests.benchmarks.results import Results, Size

FEW: Final = 5
"""How many steps of others tell how fast the machine is."""

SCOPES: Final = {"one": "of one company", "all": "of everything"}


@dataclass(frozen=True)
class Margin:
    """By how many times, and by how much at least, a cost may grow without a word."""

    times: float
    least: float
    worse: str
    unit: str

    def exceeded(self, before: float, now: float) -> bool:
        """Tell whether a cost has grown by more."""
        return now > before * self.times and now - before >= self.least


TIME: Final = Margin(1.25, 0.1, "slower", "s")
MEMORY: Final = Margin(1.15, 10, "larger", "MB")
# A question is asked again and again until the clock is fine enough, so its margin is finer.
QUESTION: Final = Margin(1.25, 0.001, "slower", "s")


@dataclass(frozen=True)
class Row:
    """A cost of both results, and by how many times it may differ since the machine does.

    `now` is a text where there is no figure any more.
    """

    size: int
    what: str
    margin: Margin
    before: float
    now: float | str
    pace: float = 1.0

    @property
    def told(self) -> str:
        """One sentence if it has become worse, else nothing."""
        where = f"{self.what} at {self.size:,} triples"
        unit = self.margin.unit
        if isinstance(self.now, str):
            return f"{where} took {_figure(self.before)} {unit} and now has no figure: {self.now}."
        expected = self.before * self.pace
        if not self.margin.exceeded(expected, self.now):
            return ""
        others = "" if self.pace == 1 else f", where others took {self.pace:.2f} times their time"
        return (
            f"{where} is {self.now / expected:.2f} times {self.margin.worse}:"
            f" {_figure(self.before)} {unit} before, {_figure(self.now)} {unit} now{others}."
        )


def rows(before: Results, now: Results) -> Iterator[Row]:
    """Yield every cost of ours that both have, and those that only the first one could tell."""
    ratio = pace(before, now)
    for name, then in before["sizes"].items():
        if after := now["sizes"].get(name):
            for row in (*_steps(int(name), then, after), *_questions(int(name), then, after)):
                yield row if row.margin is MEMORY else replace(row, pace=ratio)


def pace(before: Results, now: Results) -> float:
    """Return how many times longer the steps of others take, the median; 1 if they are few."""
    pairs = [
        (seconds_of(then, task, who), seconds_of(after, task, who))
        for name, then in before["sizes"].items()
        if (after := now["sizes"].get(name))
        for task, steps in then["steps"].items()
        for who in steps
        if who != "kg"
    ]
    ratios = [its_now / its for its, its_now in pairs if its and its_now]
    return median(ratios) if len(ratios) >= FEW else 1.0


def _steps(size: int, before: Size, now: Size) -> Iterator[Row]:
    for task in before["steps"]:
        then, after = step_of(before, task), step_of(now, task)
        if "seconds" not in then:
            continue
        if why := after.get("why"):
            if not why.startswith(NOT_HERE):
                yield Row(size, task, TIME, then["seconds"], why)
        elif "seconds" in after:
            yield Row(size, task, TIME, then["seconds"], after["seconds"])
            yield Row(size, task, MEMORY, then["mb"], after["mb"])


def _questions(size: int, before: Size, now: Size) -> Iterator[Row]:
    then, after = questions_of(before), questions_of(now)
    sums = after.get("sums", {})
    for scope, seconds in then.get("sums", {}).items():
        if "each" in after or scope in sums:
            sum_now = sums.get(scope, "not every one ends in time")
            yield Row(size, f"all questions {SCOPES[scope]}", QUESTION, seconds, sum_now)
    if why := after.get("why"):
        yield Row(size, "asking all questions", QUESTION, sum(then.get("sums", {}).values()), why)
    asked = after.get("each", {})
    for key, question in then.get("each", {}).items():
        if question and key in asked:
            name, _, scope = key.partition(" ")
            took = asked[key]
            seconds_now = took["seconds"] if took else "it does not end in time"
            yield Row(size, f"{name} {SCOPES[scope]}", QUESTION, question["seconds"], seconds_now)


def table(compared: Sequence[Row]) -> str:
    """Return the rows as a table, without single questions that are as they were."""
    lines: dict[tuple[int, str], dict[Margin, Row]] = {}
    singles = tuple(f" {scope}" for scope in SCOPES.values())
    for row in compared:
        single = row.what.endswith(singles) and not row.what.startswith("all questions")
        if row.told or not single:
            lines.setdefault((row.size, row.what), {})[row.margin] = row
    cells = [
        (size, what, *_cells(costs.get(TIME) or costs.get(QUESTION)), *_cells(costs.get(MEMORY)))
        for (size, what), costs in lines.items()
    ]
    head = ("triples", "", "s before", "s now", "s ratio", "MB before", "MB now", "MB ratio")
    return format_table(head, cells)


def _cells(row: Row | None) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    if row is None:
        return None, None, None
    before = Decimal(_figure(row.before))
    if isinstance(row.now, str):
        return before, None, None
    ratio = Decimal(f"{row.now / row.before:.2f}") if row.before else None
    return before, Decimal(_figure(row.now)), ratio


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.4f}"


def differences(before: Results, now: Results) -> Iterator[str]:
    """Yield what else the two differ in: machines, libraries, and what only one of them measured."""
    shared = [name for name in before["sizes"] if name in now["sizes"]]
    if machines(before, shared) != machines(now, shared):
        yield "They were measured on different machines, or it is not known on which."
    if (ratio := pace(before, now)) != 1:
        yield f"Others took {ratio:.2f} times what they took before, and so may we."
    then, after = libraries(before, shared), libraries(now, shared)
    changed = [
        f"{name} {'/'.join(sorted(then[name]))} -> {'/'.join(sorted(after[name]))}"
        for name in sorted(then.keys() & after.keys())
        if then[name] != after[name]
    ]
    if changed:
        yield f"Libraries have changed: {', '.join(changed)}."
    for one, other, which in ((before, now, "before"), (now, before, "now")):
        there = _ours(other, shared)
        if only := [name for name in _ours(one, shared) if name not in there]:
            yield f"Measured {which} only: {', '.join(only)}."


def machines(of: Results, sizes: Iterable[str]) -> list[str]:
    """Return the machines on which some sizes were measured."""
    return sorted({str(run.get("machine")) for run in _runs(of, sizes)})


def libraries(of: Results, sizes: Iterable[str]) -> dict[str, set[str]]:
    """Return the versions of every library with which some sizes were measured."""
    used: dict[str, set[str]] = {}
    for run in _runs(of, sizes):
        for name, version in run.get("libraries", {}).items():
            used.setdefault(name, set()).add(version)
    return used


def _runs(of: Results, sizes: Iterable[str]) -> list[Run]:
    names = {one["run"] for size in sizes for one in results.measured(of["sizes"][size])}
    return [of["runs"][name] for name in sorted(names)]


def _ours(of: Results, sizes: Iterable[str]) -> list[str]:
    """Return what of ours was measured: sizes, and the steps of some of them."""
    return [f"{n:,} triples" for n, _ in results.by_size(of)] + [
        f"{task} at {int(size):,} triples"
        for size in sizes
        for task in of["sizes"][size]["steps"]
        if seconds_of(of["sizes"][size], task)
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare two results; exit 1 where something of ours has become slower or larger."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="before, and now")
    named = parser.parse_args(arguments).files
    files = named or results.versions()[-2:]
    if not named and len(files) < 2:
        print(f"{files[0].stem} is the only version that has been measured: nothing to compare.")
        return
    if len(files) != 2 or not all(file.is_file() for file in files):
        parser.error("give two files of results, the earlier one first")
    before, now = map(results.read, files)
    compared = list(rows(before, now))
    print(
        f"{before['version']} before, {now['version']} now: {files[0].name} and {files[1].name}\n"
    )
    print(table(compared))
    print(*differences(before, now), sep="\n")
    if told := [row.told for row in compared if row.told]:
        print("", *told, sep="\n")
        sys.exit(1)
    print(f"Nothing has become worse by more than {_margins()}.")


def _margins() -> str:
    return ", ".join(
        f"{one.times} times and {one.least} {one.unit} ({what})"
        for what, one in (("time", TIME), ("memory", MEMORY), ("a question", QUESTION))
    )


if __name__ == "__main__":
    main()
