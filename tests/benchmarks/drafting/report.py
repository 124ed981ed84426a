"""The page of what was measured, DRAFTING.md: goals, what was found, how exact, beside whom, how fast."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tests.benchmarks.drafting import prose
from tests.benchmarks.drafting.matching import KINDS
from tests.benchmarks.drafting.scores import ALL, Score, Tally, bounds
from tests.benchmarks.drafting.tools import OURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tests.benchmarks.conditions import Run
    from tests.benchmarks.drafting.promises import Published

WHOLE: Final = "kg draft, from a page to a source"
SURE: Final = "the three, where a text can be read in one way"
NOT_HERE: Final = "not installed here"
GOALS: Final[Mapping[str, tuple[float, float]]] = {"seed": (0.8, 0.85), "held": (0.7, 0.8)}
"""What is to be reached of the three kinds together: recall, and precision."""
MOST_SECONDS: Final = 60
"""What a thousand articles may take of one processor."""
SETS: Final = ("tuned", "structures", "held", "fresh", "later", "seed")


@dataclass(frozen=True, slots=True)
class Measured:
    """What one tool made of one set of texts."""

    tool: str
    texts: str
    score: Score
    published: Published


@dataclass
class Figures:
    """All that was measured in one run; `absent` are the tools that were not there."""

    measured: list[Measured] = field(default_factory=list)
    recorded: list[Measured] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)

    def of(self, tool: str, texts: str) -> Measured | None:
        """Return what a tool made of a set, if it was asked."""
        return next((m for m in self.measured if (m.tool, m.texts) == (tool, texts)), None)


def page(figures: Figures, run: Run, load: float) -> str:
    """Return the page."""
    parts = [
        prose.HEAD,
        *_goals(figures),
        prose.FOUND,
        *_found(figures),
        prose.EXACT,
        *_exact(figures),
        prose.PEERS,
        *_beside(figures.measured),
        *_absent(figures),
        prose.RECORDED,
        *_beside(figures.recorded),
        prose.PUBLISHED,
        *_published(figures),
        prose.COST,
        *_cost(figures),
        f"\nMeasured on {run['date']}, of {run['commit']}, on {_machine(run)}; its load was {load:.0f} when it began.",
    ]
    return "\n".join(parts) + "\n"


def _goals(figures: Figures) -> Iterator[str]:
    yield from _head("goal", "wanted", "reached", "")
    for texts, (recall, precision) in GOALS.items():
        found = figures.of(OURS, texts)
        wanted = f"recall {recall}, precision {precision}"
        if found is None:
            yield _line(f"the three kinds, {texts}", wanted, "not measured here", "")
            continue
        tally = found.score.found[ALL]
        met = tally.recall >= recall and tally.precision >= precision
        reached = ", ".join(_with_bounds(found.score, share) for share in ("recall", "precision"))
        yield _line(f"the three kinds, {texts}", wanted, reached, _met(met=met))
    if WHOLE in figures.seconds:
        spent = figures.seconds[WHOLE]
        wanted = f"at most {MOST_SECONDS} s"
        yield _line(
            "a thousand articles", wanted, f"{spent:.1f} s", _met(met=spent <= MOST_SECONDS)
        )


def _found(figures: Figures) -> Iterator[str]:
    yield from _head("texts", "kind", "stated", "proposed", "right", "precision", "recall", "F1")
    for texts in SETS:
        if found := figures.of(OURS, texts):
            for kind in (*KINDS, ALL):
                yield _line(texts, kind, *_counted(found.score.found[kind]))
            sure = found.score.sure
            yield _line(
                texts, SURE, str(sure.gold), "", str(sure.right), "", f"{sure.recall:.2f}", ""
            )


def _counted(tally: Tally) -> tuple[str, ...]:
    precision = f"{tally.precision:.2f}" if tally.proposed else ""
    counts = (str(tally.gold), str(tally.proposed), str(tally.right))
    return (*counts, precision, f"{tally.recall:.2f}", f"{tally.f1:.2f}")


def _exact(figures: Figures) -> Iterator[str]:
    measured = [found for texts in SETS if (found := figures.of(OURS, texts))]
    yield from _head("of what was found", *(found.texts for found in measured))
    named = dict.fromkeys(one for found in measured for one in found.score.exact)
    for aspect in named:
        cells = (found.score.exact.get(aspect, (0, 0)) for found in measured)
        yield _line(aspect, *(_share(*cell) for cell in cells))
    yield _line("overlap of words (IoU)", *(f"{found.score.overlap:.2f}" for found in measured))
    yield _line("ROUGE-L of words", *(f"{found.score.rouge:.2f}" for found in measured))


def _beside(measured: Iterable[Measured]) -> Iterator[str]:
    yield from _head(
        "texts", "tool", "precision", "recall", "F1", "whole: precision", "recall", "words (IoU)"
    )
    for one in measured:
        found, whole = one.score.found[ALL], one.score.whole[ALL]
        shares = (found.precision, found.recall, found.f1, whole.precision, whole.recall)
        yield _line(
            one.texts, one.tool, *(f"{share:.2f}" for share in (*shares, one.score.overlap))
        )


def _absent(figures: Figures) -> Iterator[str]:
    for tool in figures.absent:
        yield f"\n{tool}: {NOT_HERE}; `pip install --group bench` brings it."


def _published(figures: Figures) -> Iterator[str]:
    yield from _head(
        "texts", "tool", "is there a promise, in a sentence: accuracy", "F1 of yes", "macro F1", "in a text: accuracy",
        "timing: accuracy", "macro F1", "borne out: accuracy", "ROUGE-L of promises",
    )  # fmt: skip
    for one in figures.measured:
        told = one.published
        shares = (
            told.identified.accuracy, told.identified.f1("yes"), told.identified.macro_f1, told.in_texts.accuracy,
            told.timing.accuracy, told.timing.macro_f1, told.evidence.accuracy, told.rouge,
        )  # fmt: skip
        yield _line(one.texts, one.tool, *(f"{share:.2f}" for share in shares))


def _cost(figures: Figures) -> Iterator[str]:
    yield from _head("tool", "seconds for a thousand articles", "times that of kg draft")
    ours = figures.seconds.get(OURS)
    for tool, spent in figures.seconds.items():
        times = f"{spent / ours:.1f}" if ours and tool != WHOLE else ""
        yield _line(tool, f"{spent:.1f}", times)


def _head(*cells: str) -> Iterator[str]:
    yield "\n" + _line(*cells)
    yield _line(*("---" for _ in cells))


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _with_bounds(score: Score, share: str) -> str:
    tally, texts = score.found[ALL], score.by_text
    told = f"{share} {getattr(tally, share):.2f}"
    if len(texts) == 1:
        return told
    low, high = bounds(texts, share)
    return f"{told} ({low:.2f} to {high:.2f})"


def _share(agreeing: int, having: int) -> str:
    return f"{agreeing} of {having}" if having else ""


def _met(*, met: bool) -> str:
    return "met" if met else "**not met**"


def _machine(run: Run) -> str:
    return ", ".join(f"{name} {value}" for name, value in run["machine"].items())
