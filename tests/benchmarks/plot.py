"""The curves of what was measured: results.svg."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tests.benchmarks.results import by_size, questions_of, step_of

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes

    from tests.benchmarks.results import Results


def draw(results: Results, path: Path) -> None:
    """Draw seconds and memory by size, both logarithmic, with a line of what is linear."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "kg"
    from matplotlib import pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(14, 5), layout="constrained")
    tasks = dict.fromkeys(task for size in results["sizes"].values() for task in size["steps"])
    drawn: list[tuple[Axes, Literal["seconds", "mb"]]] = [(left, "seconds"), (right, "mb")]
    for axes, key in drawn:
        for task in tasks:
            steps = [(n, step_of(size, task)) for n, size in by_size(results)]
            points = [(n, step[key]) for n, step in steps if key in step]
            axes.plot(*zip(*points, strict=True), marker="o", label=task)
        axes.set(xscale="log", yscale="log", xlabel="triples")
        axes.grid(visible=True, alpha=0.3)
    for scope, label in (("one", "25 questions, one company"), ("all", "questions of everything")):
        sums = [(n, questions_of(size).get("sums", {})) for n, size in by_size(results)]
        points = [(n, one[scope]) for n, one in sums if scope in one]
        left.plot(*zip(*points, strict=True), marker="s", linestyle="--", label=label)
    sizes = [n for n, _ in by_size(results)]
    left.plot(sizes, [n / 1e6 for n in sizes], color="grey", linestyle=":", label="linear")
    left.set_ylabel("seconds of the processor")
    right.set_ylabel("MB at the peak")
    figure.legend(*left.get_legend_handles_labels(), loc="outside right center", fontsize="small")
    figure.savefig(path, metadata={"Date": None})
