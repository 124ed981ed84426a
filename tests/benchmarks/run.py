"""Measure everything at several sizes, and write the page: `make bench`.

    python -m tests.benchmarks.run 10000 100000 1000000

Steps of one task run one after the other, ours between the others', each in a process of its own
with a limit on its time. Worlds and measurements are kept in the work folder: remove it to begin
anew, or name with --only what is to be measured again.
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
from kg.pipeline import validation as shapes
from tests.benchmarks import generate, report
from tests.benchmarks.peers import STEPS

if TYPE_CHECKING:
    from collections.abc import Sequence

LIMIT: Final = 1800
"""Seconds that one step may take."""

QUESTION_LIMIT: Final = {"kg": 120, "oxrdflib": 20, "rdflib": 10, "Virtuoso": 20}
"""Seconds (of the processor, where it is in our process) that one question may take, by who is asked."""

# The largest size for what beyond it takes more memory or time than it would tell.
LARGEST: Final = {"rdflib": 1_000_000, "oxrdflib": 1_000_000, "pySHACL": 1_000_000,
                  "pyrudof": 1_000_000, "pyshifty": 1_000_000, "kglab": 1_000_000, "Jena": 1_000_000,
                  "owlrl-turbo": 10_000}  # fmt: skip
LARGEST_TASK: Final = {"build from YAML": 1_000_000, "import a table": 10_000}
LARGEST_STEP: Final = {"Turtle|rdflib": 100_000}


def prepare(folder: Path, triples: int) -> Path:
    """Make the world of a size in `folder`, in all the forms that the steps read."""
    at = folder / str(triples)
    if (at / "made").exists():
        return at
    at.mkdir(parents=True, exist_ok=True)
    generate.write_nquads(at / "world.nq", triples)
    if triples <= LARGEST_TASK["build from YAML"]:
        generate.write_yaml(at / "yaml", triples)
    kg.build([at / "world.nq"], check=False).save(at / "store")
    generation = at / "store" / (at / "store" / "current").read_text(encoding="utf-8").strip()
    with (at / "said.nt").open("wb") as said, (at / "all.nt").open("wb") as all_:
        for name in ("asserted.nq", "derived.nq"):
            with (generation / name).open("rb") as quads:
                # What two sources say is in two lines, one below the other, since they are sorted.
                for triple, _ in groupby(nquads.triples(quads)):
                    all_.write(triple + b" .\n")
                    if name == "asserted.nq":
                        said.write(triple + b" .\n")
    (at / "said.ttl").symlink_to("said.nt")  # N-Triples are Turtle
    (at / "transitive.ttl").write_text(
        "<https://w3id.org/corporate-plans/ontology#locatedIn>"
        " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
        " <http://www.w3.org/2002/07/owl#TransitiveProperty> .\n",
        encoding="utf-8",
    )
    (at / "shapes.ttl").write_bytes(shapes.load_shapes())
    (at / "made").touch()
    return at


def measure(at: Path, triples: int, only: str) -> dict[str, Any]:
    """Run every step that is fit for a size and has not been run, or has `only` in its name."""
    kept = at / "measured.json"
    found: dict[str, Any] = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    steps = {f"{task}|{who}": ["peers", task, who, str(at)] for task, who in STEPS}
    for who, seconds in QUESTION_LIMIT.items():
        steps[f"questions|{who}"] = ["asking", who, str(at), str(seconds)]
    # The slow ones come last, so that the rest is there if one loses patience.
    for name, (module, *rest) in sorted(steps.items(), key=lambda item: _slow(item[0])):
        task, who = name.split("|")
        largest = (LARGEST.get(who), LARGEST_TASK.get(task), LARGEST_STEP.get(name))
        fit = triples <= min(size for size in (*largest, triples) if size)
        if fit and (name not in found or (only and only in name)):
            found[name] = _child([f"tests.benchmarks.{module}", *rest])
            kept.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return found


def _slow(name: str) -> bool:
    return name.endswith(("|rdflib", "|pySHACL"))


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
    """Measure, and write RESULTS.md with its plot beside this file."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--work", type=Path, default=Path("out/bench"), help="the work folder")
    parser.add_argument("--only", default="", help="measure again what has this in its name")
    given = parser.parse_args(arguments)
    found = {n: measure(prepare(given.work, n), n, given.only) for n in sorted(given.sizes)}
    report.write(found, Path(__file__).parent)


if __name__ == "__main__":
    main()
