"""What commands cost as one types them: each in a shell's place, from its start to its end, all of its processes.

    python -m tests.benchmarks.typed                  # a million triples said, into docs/scale.md
    python -m tests.benchmarks.typed 10000 --print    # of another size, to look at

The world is that of `generate.py`. Memory is the largest of a command's processes, files that the engine
has mapped counted in; what the system keeps of files besides is not.
"""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.base import EXPORT_FORMATS, FOLDER_FORMATS
from tests.benchmarks.generate import write_nquads, write_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PAGE: Final = Path(__file__).parents[2] / "docs" / "scale.md"
BEGIN: Final = "<!-- What follows is written by python -m tests.benchmarks.typed -->\n"
END: Final = "<!-- What precedes is written by it -->\n"

BUILDS: Final = (
    "kg build world.nq --store store",
    "kg build world.nq --store store",
    "kg build folder --store of-yaml",
    "kg check world.nq",
)
CHANGED: Final = ("kg build folder --store of-yaml", "kg check {changed} --store of-yaml")
"""Run where one file of the folder says something else than before."""

ASKED: Final = (
    "kg ask partners --company company-0 --store store",
    "kg ask outcome --company company-0 --store store",
    "kg show company-0 --store store",
)
BASE: Final = "nq"
"""The form with which all others are compared."""


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds from start to end, those of the processor, and the most memory in MB."""

    wall: float
    seconds: float
    mb: float


def cost_of(command: str, folder: Path, **variables: str) -> Cost:
    """Run a command in a folder, with more variables of the environment, and return what it took.

    Raises:
        CalledProcessError: it failed, or found a fault.
    """
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    # Where an environment has Python keep nothing compiled, each command would compile all of it anew.
    rest = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = rest | {"PATH": path} | variables
    began = time.perf_counter()
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            shlex.split(command), cwd=folder, env=environment, stdout=told, stderr=told
        )
        # Of this process and of those that it has waited for, which those of kg all are.
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - began
        told.seek(0)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command, told.read())
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def exports() -> Iterable[tuple[str, str]]:
    """Yield every form with its command, the one that others are compared with first."""
    for form in sorted((*EXPORT_FORMATS, *FOLDER_FORMATS), key=lambda form: form != BASE):
        yield form, f"kg export --store store -f {form} -o out-{form}"


def table(rows: Sequence[tuple[str, Cost]]) -> str:
    """Return the rows of commands as Markdown."""
    head = "| command | seconds | of the processor | MB |\n|---|--:|--:|--:|"
    lines = (f"| `{what}` | {c.wall:.1f} | {c.seconds:.1f} | {c.mb:,.0f} |" for what, c in rows)
    return "\n".join((head, *lines))


def compared(rows: Sequence[tuple[str, Cost]]) -> str:
    """Return what forms cost, beside the first of them."""
    base = rows[0][1]
    head = "| `-f` | of the processor | MB | times | times the memory |\n|---|--:|--:|--:|--:|"
    lines = (
        f"| `{form}` | {c.seconds:.1f} | {c.mb:,.0f} | {c.seconds / base.seconds:.1f}"
        f" | {c.mb / base.mb:.1f} |"
        for form, c in rows
    )
    return "\n".join((head, *lines))


def change_one(folder: Path) -> Path:
    """Have one source of a folder tell another status than before, and return it."""
    for path in sorted(folder.rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        if "  status: announced\n" in text and "type: StatusReport" in text:
            path.write_text(text.replace("  status: announced\n", "  status: underway\n"), "utf-8")
            return path
    raise LookupError(folder)


def measured(size: int, folder: Path) -> str:
    """Make a world in a folder, run all commands there, and return what they took as Markdown."""
    said = write_nquads(folder / "world.nq", size)
    write_yaml(folder / "folder", size)
    rows = [(command, cost_of(command, folder)) for command in BUILDS]
    changed = change_one(folder / "folder").relative_to(folder)
    rows += [
        (command, cost_of(command, folder))
        for command in (*(one.format(changed=changed) for one in CHANGED), *ASKED)
    ]
    forms = [(form, cost_of(command, folder)) for form, command in exports()]
    again = (
        "The second build of `world.nq` finds nothing changed, that of `folder` one file of"
        f" {sum(1 for _ in (folder / 'folder').rglob('*.yaml')):,}."
    )
    return (
        f"Of {said:,} triples in N-Quads (`world.nq`) and the same in YAML (`folder`). {again}\n\n"
        f"{table(rows)}\n\n`kg export --store store -f FORM -o out`:\n\n{compared(forms)}\n"
    )


def replaced(page: str, text: str) -> str:
    """Return a page with what stands between the two marks replaced."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}"


def main() -> None:
    """Measure and write it down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--print", dest="shown", action="store_true", help="print it instead")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        text = measured(given.size, Path(folder))
    if given.shown:
        print(text)
    else:
        PAGE.write_text(replaced(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")


if __name__ == "__main__":
    main()
