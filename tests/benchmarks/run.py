"""Measure everything at several sizes, and write the page: `make bench`.

    python -m tests.benchmarks.run 10000 100000 1000000

Steps of one task run one after the other, each in a process of its own with a limit on its time.
Worlds and figures are kept in the work folder: remove it to begin anew, or name with --only what
is to be measured again. Then the figures of these sizes replace those in `results/VERSION.json`,
from which the page is made; with --keep-page both stay as they are.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import kg
from kg.base import nquads
from kg.pipeline.validation import load_shapes
from tests.benchmarks import changes, conditions, generate, report, results
from tests.benchmarks.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.benchmarks.conditions import Run
    from tests.benchmarks.results import Questions, Step

LIMIT: Final = 1800
"""Seconds that one step may take."""

QUESTION_LIMIT: Final = {"kg": 120, "oxrdflib": 20, "rdflib": 10, "Virtuoso": 20}
"""Seconds (of the processor, where it is in our process) that one question may take, by who is asked."""

# The largest size for what beyond it takes more memory or time than it would tell.
LARGEST: Final = {"rdflib": 1_000_000, "oxrdflib": 1_000_000, "pySHACL": 1_000_000,
                  "pyrudof": 1_000_000, "pyshifty": 1_000_000, "kglab": 1_000_000, "Jena": 1_000_000,
                  "owlrl-turbo": 10_000}  # fmt: skip
LARGEST_TASK: Final = {"build from YAML": 1_000_000, "import a table": 10_000}
LARGEST_STEP: Final = {("Turtle", "rdflib"): 100_000, (changes.DERIVED, "reasonable"): 1_000_000}

TASKS: Final = [task for task, who in STEPS if who == "kg"]
SLOW: Final = ("rdflib", "pySHACL")


def prepare(folder: Path, triples: int, *, largest: int = LARGEST_TASK["build from YAML"]) -> Path:
    """Make the world of a size in `folder`, in all the forms that the steps read: as YAML up to the `largest`."""
    at = folder / str(triples)
    if triples <= largest and not (at / "yaml").exists():
        generate.write_yaml(at / "yaml", triples)
    if (at / "ready").exists():
        return at
    at.mkdir(parents=True, exist_ok=True)
    generate.write_nquads(at / "world.nq", triples)
    kg.build([at / "world.nq"], check=False).save(at / "store")
    made = kg.open(at / "store")
    with (at / "asserted.nt").open("wb") as asserted, (at / "all.nt").open("wb") as everything:
        for name in ("asserted", "derived"):
            # What two sources say is in two lines, one below the other, since they are sorted.
            for triple, _ in groupby(nquads.triples(made.lines(name))):
                everything.write(triple + b" .\n")
                if name == "asserted":
                    asserted.write(triple + b" .\n")
    (at / "asserted.ttl").symlink_to("asserted.nt")  # N-Triples are Turtle
    (at / "transitive.ttl").write_text(
        "<https://w3id.org/corporate-plans/ontology#locatedIn>"
        " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
        " <http://www.w3.org/2002/07/owl#TransitiveProperty> .\n",
        encoding="utf-8",
    )
    (at / "shapes.ttl").write_bytes(load_shapes())
    (at / "ready").touch()
    return at


def measure(at: Path, triples: int, kept: Path, only: str, run: tuple[str, Run]) -> None:
    """Run every step that is fit for a size and is not in the file `kept`, or has `only` in its name."""
    figures = results.read(kept) if kept.exists() else results.empty()
    figures["runs"][run[0]] = run[1]
    size = figures["sizes"].setdefault(str(triples), {"steps": {}, "questions": {}})
    steps = [(task, who) for task, who in STEPS if _fit(triples, task, who)]
    if not (at / "yaml").exists():
        steps = [one for one in steps if one[0] not in changes.TASKS]
    steps += [("questions", who) for who in QUESTION_LIMIT if _fit(triples, "questions", who)]
    for task, who in sorted(steps, key=_order):
        known = size["questions"] if task == "questions" else size["steps"].get(task, {})
        if who in known and not (only and only in f"{task}|{who}"):
            continue
        if task == "questions":
            size["questions"][who] = _asked(at, who, run[0])
            results.add_ratios(size)
        else:
            size["steps"].setdefault(task, {})[who] = _step(at, task, who, run[0])
        results.write(figures, kept)


def _order(step: tuple[str, str]) -> tuple[bool, int, bool]:
    """Put all of one task together, ours first; and what is slow last, where patience may end."""
    task, who = step
    return who in SLOW, [*TASKS, "questions"].index(task), who != "kg"


def _fit(triples: int, task: str, who: str) -> bool:
    largest = (LARGEST.get(who), LARGEST_TASK.get(task), LARGEST_STEP.get((task, who)))
    return all(triples <= size for size in largest if size)


def _step(at: Path, task: str, who: str, run: str) -> Step:
    took = _child(["tests.benchmarks.steps", task, who, str(at)])
    step: Step = {"run": run}
    step.update({"why": took} if isinstance(took, str) else took)
    return step


def _asked(at: Path, who: str, run: str) -> Questions:
    took = _child(["tests.benchmarks.asking", who, str(at), str(QUESTION_LIMIT[who])])
    return {"run": run, "why": took} if isinstance(took, str) else results.summed(took, run)


def _child(command: Sequence[str]) -> Any:
    """Run a module and return what it prints; a text where it fails."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", *command], capture_output=True, timeout=LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        return f"not done in {LIMIT:,} s"
    print(*command, done.stdout.decode()[:80], file=sys.stderr, flush=True)
    if done.returncode:
        return (done.stderr.decode().strip().splitlines() or ["killed"])[-1][:200]
    return json.loads(done.stdout)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, add to the figures of this version, and write RESULTS.md with its plot from them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--work", type=Path, default=Path("out/bench"), help="the work folder")
    parser.add_argument("--only", default="", help="measure again what has this in its name")
    parser.add_argument("--yaml", type=int, default=LARGEST_TASK["build from YAML"], metavar="SIZE",
                        help="the largest world that is written as YAML, too: changes are measured there")  # fmt: skip
    parser.add_argument("--keep-page", action="store_true",
                        help="write the figures to results.json of the work folder alone")  # fmt: skip
    given = parser.parse_args(arguments)
    run, kept = conditions.this_run(), given.work / "results.json"
    for size in sorted(given.sizes):
        measure(prepare(given.work, size, largest=given.yaml), size, kept, given.only, run)
    if not given.keep_page:
        figures = results.add(results.read(kept), given.sizes)
        report.write(figures, Path(__file__).parent)


if __name__ == "__main__":
    main()
