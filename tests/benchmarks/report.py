"""The page of what was measured: RESULTS.md, with its curves as results.svg, both from one file.

python -m tests.benchmarks.report      # anew from the figures of the newest version
"""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING

from tests.benchmarks import goals, plot, prose
from tests.benchmarks.results import (
    FOLDER,
    NOT_HERE,
    by_size,
    measured,
    questions_of,
    read,
    seconds_of,
    step_of,
    versions,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from tests.benchmarks.results import Question, Results, Size

_OTHERS = ("oxrdflib", "rdflib", "Virtuoso")
"""Who else is asked the questions."""


def write(results: Results, folder: Path) -> None:
    """Write the page and its plot to `folder`."""
    plot.draw(results, folder / "results.svg")
    (folder / "RESULTS.md").write_text(page(results), encoding="utf-8")


def page(results: Results) -> str:
    """Return the page."""
    sizes = dict(by_size(results))
    parts = [
        prose.HEAD,
        *runs(results),
        *goals.table(sizes),
        *costs(sizes),
        *others(sizes),
        *questions(sizes),
        prose.SHAPES,
        prose.PEERS,
        prose.LEFT,
        *missing(sizes),
    ]
    return "\n".join(parts) + "\n"


def runs(results: Results) -> Iterator[str]:
    """Yield when, of which commit and on what machine each size was measured."""
    file = f"results/{results['version']}.json"
    yield f"The figures are those of [`{file}`]({file}), with the versions of the libraries where they are known.\n"
    for name, run in results["runs"].items():
        sizes = [
            f"{n:,}"
            for n, size in by_size(results)
            if any(one["run"] == name for one in measured(size))
        ]
        machine = ", ".join(f"{key} {value}" for key, value in run.get("machine", {}).items())
        where = f" ({machine})" if machine else ""
        note = f" {run['note']}" if "note" in run else ""
        yield f"- {', '.join(sizes)} triples: {run['date']}, commit {run['commit']}{where}.{note}"
    yield ""


def asked(size: Size, who: str = "kg") -> dict[str, Question | None]:
    """Return what the questions took, by name and scope."""
    return questions_of(size, who).get("each", {})


def missing(sizes: Mapping[int, Size]) -> Iterator[str]:
    """Yield what was measured at some sizes and not at others, or did not end."""
    figures = {
        n: {
            f"{task} by {who}": one for task, by in size["steps"].items() for who, one in by.items()
        }
        | {f"questions by {who}": one for who, one in size["questions"].items()}
        for n, size in sizes.items()
    }
    everything = dict.fromkeys(name for size in figures.values() for name in size)
    away = {name: one.get("why", "") for size in figures.values() for name, one in size.items()
            if one.get("why", "").startswith(NOT_HERE)}  # fmt: skip
    for name, why in away.items():
        yield f"- {name}: {why}."
    for n, size in figures.items():
        if absent := [
            name
            for name in everything
            if name not in away and (name not in size or "why" in size[name])
        ]:
            yield f"- At {n:,} triples there is no figure of: {', '.join(absent)}."


def costs(sizes: Mapping[int, Size]) -> Iterator[str]:
    """Yield our own costs by size, and by how much the last step grows."""
    yield "## Our costs: seconds, and MB at the peak\n"
    yield f"| | {' | '.join(f'{n:,}' for n in sizes)} | growth per tenfold, at the end |"
    yield f"|---|{'---:|' * (len(sizes) + 1)}"
    for task in _tasks(sizes):
        steps = {n: step_of(size, task) for n, size in sizes.items()}
        cells = [
            f"{step['seconds']:.2f} s, {step['mb']:,.0f} MB"
            if "seconds" in step
            else step.get("why", "-")
            for step in steps.values()
        ]
        took = {n: step["seconds"] for n, step in steps.items() if "seconds" in step}
        if took or any(cell != "-" for cell in cells):
            yield f"| {task} | {' | '.join(cells)} | {_growth(took)} |"
    for scope, what in (
        ("one", "25 questions of one company"),
        ("all", "questions of everything"),
    ):
        sums = {n: _sums(size)[scope] for n, size in sizes.items() if scope in _sums(size)}
        cells = [f"{sums[n]:.2f} s" if n in sums else "-" for n in sizes]
        yield f"| {what} | {' | '.join(cells)} | {_growth(sums)} |"
    yield ""


def _tasks(sizes: Mapping[int, Size]) -> Iterable[str]:
    return dict.fromkeys(task for size in sizes.values() for task in size["steps"])


def _sums(size: Size) -> dict[str, float]:
    return questions_of(size).get("sums", {})


def _growth(took: Mapping[int, float]) -> str:
    """Return how many times more the largest size takes than the one before, per tenfold."""
    if len(took) < 2:
        return "-"
    (small, before), (large, after) = sorted(took.items())[-2:]
    return f"{(after / before) ** (1 / log10(large / small)):.1f}"


def others(sizes: Mapping[int, Size]) -> Iterator[str]:
    """Yield how many times longer others take, or why they were not measured."""
    yield "## Others: how many times our time\n"
    yield f"| | | {' | '.join(f'{n:,}' for n in sizes)} |"
    yield f"|---|---|{'---:|' * len(sizes)}"
    for task in _tasks(sizes):
        everyone = dict.fromkeys(
            who for size in sizes.values() for who in size["steps"].get(task, {})
        )
        for who in everyone:
            if who != "kg":
                cells = [_times(size, task, who) for size in sizes.values()]
                yield f"| {task} | {who} | {' | '.join(cells)} |"
    yield ""


def _times(size: Size, task: str, who: str) -> str:
    mine, its = seconds_of(size, task), seconds_of(size, task, who)
    if mine and its:
        return f"{its / mine:.2f}"
    why = step_of(size, task, who).get("why", "-")
    return "-" if why.startswith(NOT_HERE) else why


def questions(sizes: Mapping[int, Size]) -> Iterator[str]:
    """Yield the questions at the largest size that others were asked at, in milliseconds and as ratios."""
    singly = [n for n, size in sizes.items() if asked(size)]
    largest = max(
        (n for n in singly if asked(sizes[n], "rdflib")), default=max(singly, default=None)
    )
    if largest is None:
        return
    yield f"## Questions at {largest:,} triples\n"
    yield "Milliseconds in memory, of one company and of everything; others as times of ours, of one company.\n"
    yield f"| question | one | rows | all | rows | raw | {' | '.join(_OTHERS)} |"
    yield f"|---|---:|---:|---:|---:|---:|{'---:|' * len(_OTHERS)}"
    mine = asked(sizes[largest])
    for name in dict.fromkeys(key.partition(" ")[0] for key in mine):
        one, everything = mine.get(f"{name} one"), mine.get(f"{name} all")
        cells = [*_timed(one), *_timed(everything)]
        cells.append(f"{one['raw'] / one['seconds']:.2f}" if one and "raw" in one else "-")
        cells += [_ratio(asked(sizes[largest], who), f"{name} one", one) for who in _OTHERS]
        yield f"| {name} | {' | '.join(cells)} |"


def _timed(question: Question | None) -> Iterable[str]:
    return (f"{question['seconds'] * 1000:.1f}", f"{question['rows']}") if question else ("-", "-")


def _ratio(theirs: Mapping[str, Question | None], key: str, ours: Question | None) -> str:
    if key not in theirs:
        return "-"
    its = theirs[key]
    return f"{its['seconds'] / ours['seconds']:.1f}" if its and ours else "too long"


if __name__ == "__main__":
    write(read(versions()[-1]), FOLDER.parent)
