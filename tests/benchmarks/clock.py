"""How a step is measured: in a process of its own, by the time of the processor and the peak of memory.

What a step has to read first is read before the clock starts. The time is that of the processor,
in all threads and children, so that whatever else the machine does counts little.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.graph import Graph

STEPS: Final[dict[tuple[str, str], Callable[[Path], Callable[[], int]]]] = {}
"""Every step by (task, who): from a folder with a world to what is timed, which counts its work."""

SERVERS: Final[list[int]] = []
"""Processes beside this one whose time and memory count as well."""


def step(task: str, who: str) -> Callable[[Callable[[Path], Callable[[], int]]], None]:
    """Add a step."""

    def add(make: Callable[[Path], Callable[[], int]]) -> None:
        STEPS[task, who] = make

    return add


def opened(at: Path) -> Graph:
    """Return the graph of a world that the step `build` has stored."""
    import kg

    return kg.open(at / "store")


ASKED: Final = "partners", "company-0"
"""The question of `ask on a store`, and of whom."""


def query(at: Path) -> Path:
    """Write the query of `ask on a store` to a file, and return that."""
    name, company = ASKED
    path = at / "asked.rq"
    path.write_text(opened(at).sparql(name, arguments={"company": company}), encoding="utf-8")
    return path


def printed(command: list[object]) -> int:
    """Run a command and return how many bytes it prints."""
    with TemporaryFile() as answer:
        subprocess.run([str(part) for part in command], check=True, stdout=answer)
        return os.fstat(answer.fileno()).st_size


def output(command: list[object]) -> str:
    """Run a command and return what it prints."""
    done = subprocess.run([str(part) for part in command], check=True, capture_output=True)
    return done.stdout.decode()


def spent() -> float:
    """Return the seconds of the processor that this process, its children and servers have used."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    mine = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
    return mine + sum(map(_spent_by, SERVERS))


def _spent_by(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf(
        "SC_CLK_TCK"
    )  # utime and stime: proc(5)


def _peak(process: int | str = "self") -> float:
    """Return the peak of a process in MB; the usual call counts its parent's too."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _peak_of_children() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main(task: str, who: str, folder: str) -> None:
    """Run one step and print what it took as JSON."""
    run = STEPS[task, who](Path(folder))
    began, clock = spent(), time.perf_counter()
    count = run()
    seconds, wall = spent() - began, time.perf_counter() - clock
    peak = _peak_of_children()
    if not task.endswith("a store"):
        peak = max(peak, _peak(), *map(_peak, SERVERS))
    taken = {
        "seconds": round(seconds, 6),
        "wall": round(wall, 6),
        "mb": round(peak, 1),
        "count": count,
    }
    json.dump(taken, sys.stdout)
