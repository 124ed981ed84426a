"""The goals, and whether they are met, each at the largest size at which both sides were run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.benchmarks.changes import CHANGED, CHECKED, DERIVED
from tests.benchmarks.results import questions_of, seconds_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.benchmarks.results import Size


def table(sizes: Mapping[int, Size]) -> Iterator[str]:
    """Yield the table of goals: met or not."""
    yield "## Goals\n"
    yield "| goal | measured | |"
    yield "|---|---|---|"
    for goal, task, who, times, above in (
        ("load within 1.15 of raw pyoxigraph", "load", "pyoxigraph", 1.15, False),
        ("N-Quads within 1.15 of `oxigraph dump`", "N-Quads of a store", "oxigraph", 1.15, False),
        ("Turtle within 1.15 of what pyoxigraph dumps", "Turtle", "pyoxigraph", 1.15, False),
        ("rules no slower than reasonable, on what both derive", "closures", "reasonable", 1, True),
        ("shapes 10 times faster than pySHACL", "shapes", "pySHACL", 10, True),
        (
            "derived after one triple more 100 times faster than reasonable",
            DERIVED,
            "reasonable",
            100,
            True,
        ),
        ("`kg ask` within 1.3 of `oxigraph query`", "ask on a store", "oxigraph", 1.3, False),
        ("`kg ask` in a fifth of an rdflib script", "ask on a store", "rdflib", 5, True),
    ):
        yield _goal(sizes, goal, task, who, times, above=above)
    yield _grown(sizes, CHANGED)
    yield _within(sizes, CHECKED, 0.5, 1_000_000)
    yield _beside_the_engine(sizes)
    yield _beside_rdflib(sizes)
    yield ""


def _goal(
    sizes: Mapping[int, Size], goal: str, task: str, who: str, times: float, *, above: bool
) -> str:
    both = [
        n for n, size in sizes.items() if seconds_of(size, task) and seconds_of(size, task, who)
    ]
    if not both:
        return f"| {goal} | {who} was not run | not measured |"
    n = max(both)
    mine, its = seconds_of(sizes[n], task) or 1, seconds_of(sizes[n], task, who) or 1
    ratio = f"{its / mine:.1f} times faster" if above else f"{mine / its:.2f} times"
    return _verdict(goal, ratio, n, met=its / mine >= times if above else mine / its <= times)


def _grown(sizes: Mapping[int, Size], task: str) -> str:
    goal = f"to {task} at most twice as long at ten times the size"
    taken = {n: took for n, size in sizes.items() if (took := seconds_of(size, task))}
    pairs = [(n, taken[n] / taken[n // 10]) for n in taken if n // 10 in taken]
    if not pairs:
        return f"| {goal} | it was not run | not measured |"
    n, ratio = max(pairs)
    return _verdict(goal, f"{ratio:.2f} times", n, met=ratio <= 2)


def _within(sizes: Mapping[int, Size], task: str, most: float, size: int) -> str:
    goal = f"to {task} in {most} s"
    took = seconds_of(sizes[size], task) if size in sizes else None
    if took is None:
        return f"| {goal} | it was not run | not measured |"
    return _verdict(goal, f"{took:.2f} s", size, met=took <= most)


def _beside_the_engine(sizes: Mapping[int, Size]) -> str:
    goal = "questions within 1.1 of the raw query"
    known = _ratios(sizes, "raw")
    if not known:
        return f"| {goal} | they were not asked | not measured |"
    n, (ended, reached, _, mean) = known
    measured_ = f"{reached} of {ended} are, the mean is {mean:.2f}"
    return _verdict(goal, measured_, n, met=reached == ended)


def _beside_rdflib(sizes: Mapping[int, Size]) -> str:
    goal = "questions 20 times faster than rdflib"
    known = _ratios(sizes, "rdflib")
    if not known:
        return f"| {goal} | rdflib was not run to the end | not measured |"
    n, (ended, reached, late, mean) = known
    measured_ = (
        f"{reached} of the {ended} that rdflib ended are, {late} it did not end in time;"
        f" the mean is {mean:.0f}"
    )
    return _verdict(goal, measured_, n, met=reached == ended)


def _verdict(goal: str, measured_: str, size: int, *, met: bool) -> str:
    return f"| {goal} | {measured_} ({size:,} triples) | {'met' if met else 'not met'} |"


def _ratios(sizes: Mapping[int, Size], who: str) -> tuple[int, tuple[int, int, int, float]] | None:
    """Return how the questions stand to another's at the largest size at which both were asked."""
    for n, size in sorted(sizes.items(), reverse=True):
        if one := questions_of(size).get("ratios", {}).get(who):
            return n, (one["ended"], one["reached"], one["late"], one["mean"])
    return None
