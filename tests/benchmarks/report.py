"""The page of what was measured: RESULTS.md, with its curves as results.svg."""

from __future__ import annotations

from math import log10
from statistics import geometric_mean
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_HEAD: Final = """# How fast, and how large

`make bench` makes seeded worlds in the project's own model (`generate.py`), measures each step in a
process of its own, and writes this page. The times are seconds of the processor, over all threads and
children, since the machine may do other things too. Trust ratios, not figures. Sizes are triples that are said;
the rules add half as many.

![Costs by size](results.svg)
"""

_SHAPES: Final = """
## Why this SHACL engine

The shapes are run by [`shacl`](https://pypi.org/project/shacl/) (MIT or Apache-2.0, one wheel for
all Pythons). Others were tried on the same worlds and on the 276 examples of `tests/ontology/shapes/`:

- `shacl` finds in every example what pySHACL finds, and what pySHACL finds in data broken at random
  (`tests/ontology/test_shapes_oracle.py`). It reads N-Quads as one graph, refuses a shape that it does not
  understand, and keeps literals as they are written. It is young and has one maintainer, so the tests hold
  it against pySHACL, and changing it again is a matter of one function.
- pyrudof agrees on a world that keeps the shapes, but is known to say "conforms" wrongly where a constraint is
  in SPARQL, and takes several times the time and the memory.
- pyshifty agrees there too, and takes several times the time. pyshacl-turbo takes two thirds of pySHACL's.
- shacl-rust does not read an alternative of paths that are sequences, which our shapes use.
- SHACL's own definitions in SPARQL, over the store: the store rewrites literals, so that datatypes could
  not be told there.

It breaks off at years of more than eighteen digits; those are made ill-typed before it sees them.
"""

_PEERS: Final = """
## How the peers are run

- Virtuoso 7.2 (Debian) is a server: its time is that of its process, and of ours while it asks. It loads by its bulk
  loader, in two threads, and keeps the result on disk; it is asked over HTTP, with 2 GB of buffers.
- Jena 4.5 (Debian) is a Java machine a step, whose start of about a second counts. It loads and checks in memory, and
  is asked of a TDB2 store. Debian's cannot start without texts that it lost; `peers.py` puts them back.
- kglab, which wraps rdflib, morph-kgc and owlrl-turbo are each in an environment of their own.
- The table is the Clean Investment Monitor, of four columns, by one mapping in SPARQL and the same in RML. `kg import`
  also holds every cell against the table's metadata, says more of the table itself, and sorts; morph-kgc does not.
"""

_LEFT: Final = """
## Why some goals are not met, and some costs grow faster than the data

- Turtle: what Oxigraph dumps from a store is not what was said, `"5"^^xsd:nonNegativeInteger` becomes an `xsd:integer`. So
  ours is parsed from the lines that are kept, in their order, and written by the same serialiser; "parsed and written" is the
  engine doing that by itself.
- `kg ask`: Python, the engine's import, opening the store and asking are by themselves 1.5 to 1.7 times `oxigraph query`, so
  1.3 is out of reach for a command in Python. It costs the same in a graph of any size; a test pins what it imports.
- Questions: the engine answers some in a quarter of a millisecond, where the twentieth that binding the arguments takes shows.
- Growth: ten million triples are far beyond the caches of the processor, and the allocator of glibc searches what was freed
  among them. So loading grows thirteen times per tenfold, for raw pyoxigraph as for ours, and eleven times with mimalloc
  in its place (`LD_PRELOAD`). Large data is loaded by a thread, whose memory others need not fill, and the rules hold few
  triples at a time; before that they took more than twice as long at ten million.

## What is not measured

- Fuseki, the server of Jena: Debian has Jena 4.5 without it, and neither PyPI nor npm has a later Jena.
- At ten million triples only what fits in 24 GB beside itself: not rdflib, pySHACL, pyrudof, pyshifty, kglab and Jena.
  The system kills reasonable there, for want of memory.
- No reasoner derives what our rules do: reasonable and owlrl-turbo, an alpha, are held against the three rules that
  they have too (classes, places, symmetry), and derive much else besides."""


def write(found: Mapping[int, Mapping[str, Any]], folder: Path) -> None:
    """Write the page and its plot to `folder`."""
    plot(found, folder / "results.svg")
    parts = [
        _HEAD,
        *goals(found),
        *costs(found),
        *others(found),
        *questions(found),
        _SHAPES,
        _PEERS,
        _LEFT,
        *missing(found),
    ]
    (folder / "RESULTS.md").write_text("\n".join(parts) + "\n", encoding="utf-8")


def cpu(found: Mapping[str, Any], task: str, who: str = "kg") -> float | None:
    """Return the seconds of a step, or None where it was not run or failed."""
    step = found.get(f"{task}|{who}")
    return step["cpu"] if isinstance(step, dict) else None


def asked(found: Mapping[str, Any], who: str = "kg") -> dict[str, dict[str, float] | None]:
    """Return what the questions took, by name and scope."""
    questions_ = found.get(f"questions|{who}")
    return questions_ if isinstance(questions_, dict) else {}


def missing(found: Mapping[int, Mapping[str, Any]]) -> Iterator[str]:
    """Yield what was measured at some sizes and not at others, or did not end."""
    all_ = dict.fromkeys(name for one in found.values() for name in one)
    away = {name: one[name] for one in found.values() for name in one if _away(one[name])}
    for name, why in away.items():
        yield f"- {name.replace('|', ' by ')}: {why}."
    for size, one in found.items():
        if absent := [
            name.replace("|", " by ")
            for name in all_
            if not isinstance(one.get(name), dict) and name not in away
        ]:
            yield f"- At {size:,} triples this run has no figure of: {', '.join(absent)}."


def _away(step: object) -> bool:
    """Tell whether a step could not be run for want of a program or package on the machine."""
    return isinstance(step, str) and step.startswith("not here: ")


def goals(found: Mapping[int, Mapping[str, Any]]) -> Iterator[str]:
    """Yield the table of goals: met or not, at the largest size at which both sides were run."""
    yield "## Goals\n"
    yield "| goal | measured | |"
    yield "|---|---|---|"
    for goal, task, who, times, above in (
        ("load within 1.15 of raw pyoxigraph", "load", "pyoxigraph", 1.15, False),
        ("N-Quads within 1.15 of `oxigraph dump`", "N-Quads of a store", "oxigraph", 1.15, False),
        ("Turtle within 1.15 of what pyoxigraph dumps", "Turtle", "pyoxigraph", 1.15, False),
        ("rules no slower than reasonable, on what both derive", "closures", "reasonable", 1, True),
        ("shapes 10 times faster than pySHACL", "shapes", "pySHACL", 10, True),
        ("`kg ask` within 1.3 of `oxigraph query`", "ask on a store", "oxigraph", 1.3, False),
        ("`kg ask` in a fifth of an rdflib script", "ask on a store", "rdflib", 5, True),
    ):
        yield _goal(found, goal, task, who, times, above=above)
    largest = max((n for n in found if asked(found[n])), default=None)
    if largest:
        ratios = [q["kg"] / q["raw"] for q in asked(found[largest]).values() if q and q["raw"]]
        within = sum(ratio <= 1.1 for ratio in ratios)
        verdict = "met" if within == len(ratios) else "not met"
        yield (
            f"| questions within 1.1 of the raw query | {within} of {len(ratios)} are, the mean is "
            f"{geometric_mean(ratios):.2f} ({largest:,} triples) | {verdict} |"
        )
        yield _against_rdflib(found)
    yield ""


def _goal(
    found: Mapping[int, Mapping[str, Any]],
    goal: str,
    task: str,
    who: str,
    times: float,
    *,
    above: bool,
) -> str:
    both = [n for n in found if cpu(found[n], task) and cpu(found[n], task, who)]
    if not both:
        return f"| {goal} | {who} was not run | not measured |"
    n = max(both)
    mine, its = cpu(found[n], task) or 1, cpu(found[n], task, who) or 1
    if above:
        return (
            f"| {goal} | {its / mine:.1f} times faster ({n:,} triples) "
            f"| {'met' if its / mine >= times else 'not met'} |"
        )
    return (
        f"| {goal} | {mine / its:.2f} times ({n:,} triples) "
        f"| {'met' if mine / its <= times else 'not met'} |"
    )


def _against_rdflib(found: Mapping[int, Mapping[str, Any]]) -> str:
    both_asked = (n for n, one in found.items() if asked(one) and asked(one, "rdflib"))
    n = max(both_asked, default=None)
    if n is None:
        return "| questions 20 times faster than rdflib | rdflib was not run to the end | not measured |"
    mine, its = asked(found[n]), asked(found[n], "rdflib")
    pairs = ((took, mine.get(name)) for name, took in its.items())
    both = [theirs["rdflib"] / ours["kg"] for theirs, ours in pairs if theirs and ours]
    faster = sum(ratio >= 20 for ratio in both)
    late = sum(one is None for one in its.values())
    return (
        f"| questions 20 times faster than rdflib | {faster} of the {len(both)} that rdflib ended are, "
        f"{late} it did not end in time; the mean is {geometric_mean(both):.0f} "
        f"({n:,} triples) | {'met' if faster == len(both) else 'not met'} |"
    )


def costs(found: Mapping[int, Mapping[str, Any]]) -> Iterator[str]:
    """Yield our own costs by size, and by how much the last step grows."""
    yield "## Our costs: seconds, and MB at the peak\n"
    yield f"| | {' | '.join(f'{n:,}' for n in found)} | growth per tenfold, at the end |"
    yield f"|---|{'---:|' * (len(found) + 1)}"
    tasks = dict.fromkeys(name.partition("|")[0] for one in found.values() for name in one
                          if name.endswith("|kg") and not name.startswith("questions"))  # fmt: skip
    for task in tasks:
        steps = [one.get(f"{task}|kg") for one in found.values()]
        cells = [
            f"{s['cpu']:.2f} s, {s['mb']:,.0f} MB" if isinstance(s, dict) else s or "-"
            for s in steps
        ]
        known = {n: s["cpu"] for n, s in zip(found, steps, strict=True) if isinstance(s, dict)}
        growth = _growth(known)
        yield f"| {task} | {' | '.join(cells)} | {growth} |"
    for scope in ("one", "all"):
        totals = [total(one, scope) for one in found.values()]
        cells = [f"{t:.2f} s" if t else "-" for t in totals]
        growth = _growth({n: t for n, t in zip(found, totals, strict=True) if t})
        what = "25 questions of one company" if scope == "one" else "questions of everything"
        yield f"| {what} | {' | '.join(cells)} | {growth} |"
    yield ""


def _growth(seconds: Mapping[int, float]) -> str:
    """Return how many times more the largest size takes than the one before, per tenfold."""
    if len(seconds) < 2:
        return "-"
    (small, before), (large, after) = sorted(seconds.items())[-2:]
    return f"{(after / before) ** (1 / log10(large / small)):.1f}"


def total(found: Mapping[str, Any], scope: str) -> float:
    """Return what all questions of a scope took together; 0 where one was not ended in time."""
    took = [q for name, q in asked(found).items() if name.endswith(scope)]
    return sum(q["kg"] for q in took if q) if all(took) else 0


def others(found: Mapping[int, Mapping[str, Any]]) -> Iterator[str]:
    """Yield how many times longer others take, or why they were not measured."""
    yield "## Others: how many times our time\n"
    yield f"| | | {' | '.join(f'{n:,}' for n in found)} |"
    yield f"|---|---|{'---:|' * len(found)}"
    pairs = dict.fromkeys(name for one in found.values() for name in one
                          if not name.endswith("|kg") and not name.startswith("questions"))  # fmt: skip
    for name in pairs:
        task, _, who = name.partition("|")
        cells = []
        for one in found.values():
            mine, its = cpu(one, task), cpu(one, task, who)
            failed = one.get(name)
            said = failed if isinstance(failed, str) and not _away(failed) else "-"
            cells.append(f"{its / mine:.2f}" if mine and its else said)
        yield f"| {task} | {who} | {' | '.join(cells)} |"
    yield ""


def questions(found: Mapping[int, Mapping[str, Any]]) -> Iterator[str]:
    """Yield the questions at the largest size that others were asked at, in milliseconds and as ratios."""
    sizes = [n for n in found if asked(found[n])]
    largest = max((n for n in sizes if asked(found[n], "rdflib")), default=max(sizes, default=None))
    if largest is None:
        return
    yield f"## Questions at {largest:,} triples\n"
    yield "Milliseconds in memory, of one company and of everything; others as times of ours, of one company.\n"
    yield "| question | one | rows | all | rows | raw | oxrdflib | rdflib | Virtuoso |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    mine = asked(found[largest])
    theirs = {who: asked(found[largest], who) for who in ("oxrdflib", "rdflib", "Virtuoso")}
    for name in dict.fromkeys(key.partition(" ")[0] for key in mine):
        one, all_ = mine.get(f"{name} one"), mine.get(f"{name} all")
        cells = [*_timed(one), *_timed(all_)]
        cells.append(f"{one['raw'] / one['kg']:.2f}" if one else "-")
        for who, its in theirs.items():
            key = f"{name} one"
            cells.append(_ratio(its, key, who, one["kg"] if one else None))
        yield f"| {name} | {' | '.join(cells)} |"


def _timed(question: dict[str, float] | None) -> Iterable[str]:
    return (f"{question['kg'] * 1000:.1f}", f"{question['rows']:.0f}") if question else ("-", "-")


def _ratio(its: Mapping[str, Any], key: str, who: str, mine: float | None) -> str:
    if key not in its:
        return "-"
    return f"{its[key][who] / mine:.1f}" if its[key] and mine else "too long"


def plot(found: Mapping[int, Mapping[str, Any]], path: Path) -> None:
    """Draw seconds and memory by size, both logarithmic, with a line of what is linear."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "kg"
    from matplotlib import pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(14, 5), layout="constrained")
    tasks = dict.fromkeys(name.partition("|")[0] for one in found.values() for name in one
                          if name.endswith("|kg") and not name.startswith("questions"))  # fmt: skip
    for axes, key in ((left, "cpu"), (right, "mb")):
        for task in tasks:
            points = [(n, one[f"{task}|kg"][key]) for n, one in found.items()
                      if isinstance(one.get(f"{task}|kg"), dict)]  # fmt: skip
            axes.plot(*zip(*points, strict=True), marker="o", label=task)
        axes.set(xscale="log", yscale="log", xlabel="triples")
        axes.grid(visible=True, alpha=0.3)
    for scope, label in (("one", "25 questions, one company"), ("all", "questions of everything")):
        points = [(n, total(one, scope)) for n, one in found.items() if total(one, scope)]
        left.plot(*zip(*points, strict=True), marker="s", linestyle="--", label=label)
    sizes = list(found)
    left.plot(sizes, [n / 1e6 for n in sizes], color="grey", linestyle=":", label="linear")
    left.set_ylabel("seconds of the processor")
    right.set_ylabel("MB at the peak")
    figure.legend(*left.get_legend_handles_labels(), loc="outside right center", fontsize="small")
    figure.savefig(path, metadata={"Date": None})
