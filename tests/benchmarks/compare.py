"""What a version costs beside the one before: `make bench-compare`.

    python -m tests.benchmarks.compare                      # the newest two of results/
    python -m tests.benchmarks.compare BEFORE.json NOW.json

It tells of every cost of ours that has grown by more than its margin, one sentence each, and then
exits 1. A margin is a factor and a least amount, both of which must be exceeded: what takes a tenth
of a second differs by half from run to run.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.query import format_table
from tests.benchmarks import results
from tests.benchmarks.results import NOT_HERE, questions_of, step_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.benchmarks.conditions import Run
    from tests.benchmarks.results import Results, Size

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
    """A cost of both results; `now` is a text where there is no figure any more."""

    size: int
    what: str
    margin: Margin
    before: float
    now: float | str

    @property
    def told(self) -> str:
        """One sentence if it has become worse, else nothing."""
        where = f"{self.what} at {self.size:,} triples"
        unit = self.margin.unit
        if isinstance(self.now, str):
            return f"{where} took {_figure(self.before)} {unit} and now has no figure: {self.now}."
        if not self.margin.exceeded(self.before, self.now):
            return ""
        return (
            f"{where} is {self.now / self.before:.2f} times {self.margin.worse}:"
            f" {_figure(self.before)} {unit} before, {_figure(self.now)} {unit} now."
        )


def rows(before: Results, now: Results) -> Iterator[Row]:
    """Yield every cost of ours that both have, and those that only the first one could tell."""
    for name, then in before["sizes"].items():
        after = now["sizes"].get(name)
        if after:
            yield from _steps(int(name), then, after)
            yield from _questions(int(name), then, after)


def _steps(size: int, before: Size, now: Size) -> Iterator[Row]:
    for task in before["steps"]:
        then, after = step_of(before, task), step_of(now, task)
        if "seconds" not in then:
            continue
        if why := after.get("why"):
            if not why.startswith(NOT_HERE):
                yield Row(size, task, TIME, then["seconds"], why)
            continue
        if "seconds" in after:
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
    shared = before["sizes"].keys() & now["sizes"].keys()
    if machines(before, shared) != machines(now, shared):
        yield "They were measured on different machines, or it is not known on which: trust no second."
    then, after = libraries(before, shared), libraries(now, shared)
    changed = [
        f"{name} {'/'.join(sorted(then[name]))} -> {'/'.join(sorted(after[name]))}"
        for name in sorted(then.keys() & after.keys())
        if then[name] != after[name]
    ]
    if changed:
        yield f"Libraries have changed: {', '.join(changed)}."
    for one, other, which in ((before, now, "before"), (now, before, "now")):
        if only := [name for name in _ours(one) if name not in _ours(other)]:
            yield f"Measured {which} only: {', '.join(only)}."


def machines(of: Results, sizes: set[str]) -> list[str]:
    """Return the machines on which some sizes were measured."""
    return sorted({str(run.get("machine")) for run in _runs(of, sizes)})


def libraries(of: Results, sizes: set[str]) -> dict[str, set[str]]:
    """Return the versions of every library with which some sizes were measured."""
    used: dict[str, set[str]] = {}
    for run in _runs(of, sizes):
        for name, version in run.get("libraries", {}).items():
            used.setdefault(name, set()).add(version)
    return used


def _runs(of: Results, sizes: set[str]) -> list[Run]:
    names = {one["run"] for size in sizes for one in results.measured(of["sizes"][size])}
    return [of["runs"][name] for name in sorted(names)]


def _ours(of: Results) -> list[str]:
    return [
        f"{task} at {int(size):,} triples"
        for size, figures in of["sizes"].items()
        for task, steps in figures["steps"].items()
        if "seconds" in steps.get("kg", {})
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare two results; exit 1 where something of ours has become slower or larger."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="before, and now")
    files = parser.parse_args(arguments).files or results.versions()[-2:]
    if len(files) == 1 and not arguments:
        print(f"{files[0].stem} is the only version that has been measured: nothing to compare.")
        return
    if len(files) != 2:
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
