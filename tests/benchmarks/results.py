"""The figures of a version: `results/VERSION.json`, from which all else that tells of them is made.

A file has the figures by size (triples that are said), each with the run that measured it, and of
each run when it was, at which commit, on what machine and with which libraries. A size that is
measured again is replaced as a whole, since only what one machine did can be held against each
other; the others stay as they are, with their runs.
"""

from __future__ import annotations

import json
from pathlib import Path
from statistics import geometric_mean
from typing import TYPE_CHECKING, Final, NotRequired, TypedDict

from packaging.version import Version

from tests.benchmarks.conditions import Run, project_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FOLDER: Final = Path(__file__).parent / "results"
"""The figures of every version, a file each."""

NOT_HERE: Final = "not here: "
"""How a step begins to say that the machine lacks a program or package that it needs."""

GOALS: Final = {"raw": (1.1, False), "rdflib": (20.0, True)}
"""By how many times a question may take longer than the engine's, and is to be faster than rdflib."""


class Step(TypedDict):
    """What a step took: seconds of the processor and by the clock, MB at the peak; or `why` nothing."""

    run: str
    seconds: NotRequired[float]
    wall: NotRequired[float]
    mb: NotRequired[float]
    count: NotRequired[int]
    why: NotRequired[str]


class Question(TypedDict):
    """The seconds that a question took, those that the engine took for the same query, and the rows."""

    seconds: float
    raw: NotRequired[float]
    rows: int


class Ratios(TypedDict):
    """How many questions were ended by both sides, how many reach the goal, and the mean ratio."""

    ended: int
    reached: int
    late: int
    mean: float


class Questions(TypedDict):
    """What the questions took by name and scope ("at-risk one"; None: too long), and in sum by scope."""

    run: str
    each: NotRequired[dict[str, Question | None]]
    sums: NotRequired[dict[str, float]]
    ratios: NotRequired[dict[str, Ratios]]
    why: NotRequired[str]


class Size(TypedDict):
    """The figures of one size: steps by task and by who does it, and questions by who is asked."""

    steps: dict[str, dict[str, Step]]
    questions: dict[str, Questions]


class Results(TypedDict):
    """The figures of a version."""

    version: str
    runs: dict[str, Run]
    sizes: dict[str, Size]


def empty() -> Results:
    """Return results without figures."""
    return {"version": project_version(), "runs": {}, "sizes": {}}


def read(path: Path) -> Results:
    """Return the results in a file."""
    results: Results = json.loads(path.read_text(encoding="utf-8"))
    return results


def write(results: Results, path: Path) -> None:
    """Write results, the smallest size first, with the runs that something is of."""
    used = {one["run"] for size in results["sizes"].values() for one in measured(size)}
    kept: Results = {
        "version": results["version"],
        "runs": {name: results["runs"][name] for name in sorted(used)},
        "sizes": {str(name): size for name, size in by_size(results)},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def by_size(results: Results) -> list[tuple[int, Size]]:
    """Return the sizes with their figures, the smallest first."""
    return [(n, results["sizes"][str(n)]) for n in sorted(map(int, results["sizes"]))]


def step_of(size: Size, task: str, who: str = "kg") -> Step:
    """Return the figures of a step; none of them where it was not run."""
    nothing: Step = {"run": ""}
    return size["steps"].get(task, {}).get(who, nothing)


def seconds_of(size: Size, task: str, who: str = "kg") -> float | None:
    """Return the seconds of a step, or None where it was not run or failed."""
    return step_of(size, task, who).get("seconds")


def questions_of(size: Size, who: str = "kg") -> Questions:
    """Return the figures of the questions; none of them where they were not asked."""
    nothing: Questions = {"run": ""}
    return size["questions"].get(who, nothing)


def measured(size: Size) -> Iterable[Step | Questions]:
    """Yield everything that was measured at a size."""
    for steps in size["steps"].values():
        yield from steps.values()
    yield from size["questions"].values()


def add(now: Results, sizes: Iterable[int], folder: Path = FOLDER) -> Results:
    """Put the figures of some sizes into the file of this version, and return all that it has then."""
    path = folder / f"{project_version()}.json"
    before = read(path) if path.exists() else empty()
    fresh = {str(size): now["sizes"][str(size)] for size in sizes}
    both: Results = {
        "version": project_version(),
        "runs": before["runs"] | now["runs"],
        "sizes": before["sizes"] | fresh,
    }
    write(both, path)
    return read(path)


def versions(folder: Path = FOLDER) -> list[Path]:
    """Return the files of all versions, the newest last."""
    return sorted(folder.glob("*.json"), key=lambda path: Version(path.stem))


def summed(each: dict[str, Question | None], run: str) -> Questions:
    """Return the figures of questions with their sums, a scope that was not ended in time left out."""
    sums = {}
    for scope in ("one", "all"):
        took = [question for name, question in each.items() if name.endswith(f" {scope}")]
        if took and all(took):
            sums[scope] = round(sum(question["seconds"] for question in took if question), 6)
    return {"run": run, "each": each, "sums": sums}


def add_ratios(size: Size) -> None:
    """Add to our questions how they stand to the engine's own time and to rdflib's."""
    ours = questions_of(size).get("each")
    if not ours:
        return
    ratios = size["questions"]["kg"]["ratios"] = {}
    pairs = [(one["seconds"], one["raw"]) for one in ours.values() if one and one.get("raw")]
    ratios["raw"] = _ratios([mine / raw for mine, raw in pairs], "raw", 0)
    if theirs := questions_of(size, "rdflib").get("each"):
        both = [(its, ours.get(name)) for name, its in theirs.items()]
        times = [its["seconds"] / mine["seconds"] for its, mine in both if its and mine]
        ratios["rdflib"] = _ratios(times, "rdflib", sum(its is None for its in theirs.values()))


def _ratios(values: Sequence[float], who: str, late: int) -> Ratios:
    goal, above = GOALS[who]
    reached = sum(value >= goal if above else value <= goal for value in values)
    mean = round(geometric_mean(values), 4) if values else 0.0
    return {"ended": len(values), "reached": reached, "late": late, "mean": mean}
