"""How long filings take, beside Arelle, and that memory is flat in their number: `python -m tests.benchmarks.filings`.

The filings are made up, in the structure of the Tokyo Stock Exchange's notices of revisions. Every step
runs in a process of its own, by the time of the processor, and all in one run; FILINGS.md is written.
"""

from __future__ import annotations

import importlib.util
import os
import resource
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.formats.filings import Number, dividend, per_share, write_filing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MANY: Final = 1000
"""How many filings are read."""

_PAGE: Final = Path(__file__).with_name("FILINGS.md")
_ARELLE: Final = Path(__file__).parents[1] / "formats" / "arelle_facts.py"
_LINES: Final = ("NetSales", "OperatingIncome", "OrdinaryIncome", "NetIncome")
_PAID: Final = ("FirstQuarter", "SecondQuarter", "ThirdQuarter", "YearEnd", "Annual")


class Spent(NamedTuple):
    """What a step took: seconds of the processor, and mebibytes at its peak."""

    seconds: float
    memory: float


def make_filings(folder: Path, number: int) -> list[Path]:
    """Write filings of a hundred companies into a folder: each revises what its company forecast before."""
    paths = []
    for count in range(number):
        day = date(2025, 5, 1) + timedelta(days=count // 100 * 20)
        code = f"{9900 + count % 100}0"
        numbers = list(_numbers(count))
        path = folder / f"{count:05}.htm"
        notice = (
            "NoticeOfForecastCorrection",
            "令和7年4月20日に公表した業績予想を修正いたしました。",
        )
        said = f"令和7年{day.month}月{day.day}日"
        paths.append(write_filing(path, numbers, filed=said, code=code, words=[notice]))
    return paths


def _numbers(count: int) -> Iterator[Number]:
    for moment, base in (("Previous", 1000 + count // 100), ("Current", 1001 + count // 100)):
        for step, concept in enumerate(_LINES):
            yield Number(concept, f"{base * (4 - step):,}", moment=moment, loss=count % 7 == step)
            for role in ("Lower", "Upper"):
                yield Number(concept, None, moment=moment, role=role)
        yield per_share("NetIncomePerShare", f"{base / 10:.2f}", moment=moment)
        for paid in _PAID:
            yield dividend(f"{base / 100:.2f}", paid, moment=moment)
    for concept in _LINES:
        yield Number(f"AmountChange{concept}", "1")
        yield Number(f"ChangeIn{concept}", "0.1", scale="-2", unit="Pure")


def read_facts(paths: list[Path]) -> int:
    """Read the facts of files and return how many there are."""
    from kg.formats.inline import read_inline

    return sum(len(read_inline(path)) for path in paths)


def read_statements(paths: list[Path]) -> int:
    """Read what files state and return how many statements there are."""
    from kg.base import SourceError
    from kg.formats.tdnet.reader import read_tdnet

    told = 0
    for batch in read_tdnet(paths):
        if isinstance(batch, SourceError):
            raise batch
        told += len(batch.statements)
    return told


_STEPS: Final[dict[str, Callable[[list[Path]], int]]] = {
    "facts": read_facts,
    "statements": read_statements,
}


def measure(command: list[str], files: list[Path]) -> Spent:
    """Return what a command takes with some files, whose names come after its own arguments."""
    process = subprocess.Popen([*command, *map(str, files)], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Spent(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def other_reader() -> str | None:
    """Return a Python that has Arelle: that of KG_ARELLE, else this one if it has it."""
    has_it = importlib.util.find_spec("arelle") is not None
    return os.environ.get("KG_ARELLE") or (sys.executable if has_it else None)


def main() -> None:
    """Measure, and write the page."""
    if sys.argv[1:2] == ["--step"]:
        print(_STEPS[sys.argv[2]](list(map(Path, sys.argv[3:]))))
        return
    python = other_reader()
    own = [sys.executable, "-m", "tests.benchmarks.filings", "--step"]
    with tempfile.TemporaryDirectory() as folder:
        files = make_filings(Path(folder), MANY)
        spent = {
            f"{step}, {number:,} filings": measure([*own, step], files[:number])
            for step in _STEPS
            for number in (MANY // 10, MANY)
        }
        if python is not None:
            spent[f"Arelle, {MANY:,} filings"] = measure([python, str(_ARELLE), "--time"], files)
    text = _page(spent)
    _PAGE.write_text(text, "utf-8")
    print(text)


def _page(spent: dict[str, Spent]) -> str:
    rows = [f"| {name} | {one.seconds:.1f} | {one.memory:.0f} |" for name, one in spent.items()]
    return "\n".join((
        "# How fast filings are read",
        "",
        "`python -m tests.benchmarks.filings` writes this: filings of companies that do not exist, in the",
        "structure of the Tokyo Stock Exchange's notices, read by `kg.formats` and by Arelle without a taxonomy,",
        "each in a process of its own, its start included. Time is that of the processor.",
        "",
        "| step | seconds | MiB at the peak |",
        "| --- | --- | --- |",
        *rows,
        "",
        *_ratios(spent),
        "",
        f"Measured on {datetime.now(UTC):%Y-%m-%d}.",
        "",
    ))  # fmt: skip


def _ratios(spent: dict[str, Spent]) -> Iterator[str]:
    facts, statements = (spent[f"{step}, {MANY:,} filings"] for step in _STEPS)
    few = spent[f"statements, {MANY // 10:,} filings"]
    yield f"Ten times as many filings take {statements.memory / few.memory:.2f} times as much memory."
    other = spent.get(f"Arelle, {MANY:,} filings")
    if other is None:
        yield "Arelle is not installed; KG_ARELLE may name a Python that has it."
    else:
        yield (
            f"The same facts take {facts.seconds / other.seconds:.3f} of Arelle's time (at most 0.25 is wanted),"
            f" and the statements {statements.seconds / other.seconds:.3f}."
        )


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
